/* A mailbox; nothing where mail can't be read. */
#include "import.h"

#include "import/mime.h"

static void target(struct str in)
{
	struct diags diags = DIAGS_INIT;

	if (mime_ready(&diags) == 0) {
		fuzz_open();
		fuzz_import("mbox", fuzz_file(in));
	}
	diags_release(&diags);
}
