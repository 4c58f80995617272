/* The interchange form. */
#include "import.h"

static void target(struct str in)
{
	fuzz_open();
	fuzz_import("jsonl", fuzz_file(in));
}
