/* Issues of Jira, and pages of them and of comments. */
#include "import.h"

static void target(struct str in)
{
	fuzz_open();
	fuzz_import("jira", fuzz_file(in));
}
