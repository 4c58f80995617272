/* Issues, discussions and comments of GitHub; pull requests are among them. */
#include "import.h"

static void target(struct str in)
{
	fuzz_open();
	fuzz_import("github", fuzz_file(in));
}
