/* Atom and RSS, broken or not. */
#include "import.h"

static void target(struct str in)
{
	fuzz_open();
	fuzz_import("atom", fuzz_file(in));
}
