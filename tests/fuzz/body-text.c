/* Posts in plain text. */
#include "body.h"

static void target(struct str in)
{
	fuzz_body(BODY_TEXT, in);
}
