/* Topics and posts of Discourse. */
#include "import.h"

static void target(struct str in)
{
	fuzz_open();
	fuzz_import("discourse", fuzz_file(in));
}
