/* Posts in HTML. */
#include "body.h"

static void target(struct str in)
{
	fuzz_body(BODY_HTML, in);
}
