/* Posts in Markdown. */
#include "body.h"

static void target(struct str in)
{
	fuzz_body(BODY_MARKDOWN, in);
}
