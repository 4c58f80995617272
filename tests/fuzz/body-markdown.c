/* Posts in Markdown, which read the same in both ways that lead to the tree. */
#include "body.h"

#include "../unit/both-ways.h"

static void target(struct str in)
{
	struct buf direct = BUF_INIT, rendered = BUF_INIT;

	fuzz_body(BODY_MARKDOWN, in);
	if (str_index(in, '<') == in.n && !both_ways(in, &direct, &rendered))
		fuzz_broken("reads %s\nand %s", direct.p, rendered.p);
	buf_release(&direct);
	buf_release(&rendered);
}
