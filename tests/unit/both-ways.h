#ifndef UNIT_BOTH_WAYS_H
#define UNIT_BOTH_WAYS_H

#include "render/body.h"

/*
 * A Markdown body as it is, and with a comment at its end, which makes it one
 * with raw HTML and leaves nothing.
 */
#define BOTH_WAYS_MARK "both ways"

/* Appends the HTML; why it is plain text, or NULL. */
static inline const char *both_ways_read(struct str body, struct buf *out)
{
	static const struct body_style style = {
		.base_url = { "https://forum.example/t/1", 25 }, .heading_base = 1
	};
	struct arena a = ARENA_INIT;
	struct body_tree tree;

	body_read(&a, BODY_MARKDOWN, body, &tree);
	body_html(&tree, &style, out);
	arena_release(&a);
	return tree.fallback;
}

/* False when the two differ, though both were read as Markdown and the comment
 * as one; in code that isn't closed it is text.  Blank lines at the end are left
 * out, which might go to such code in a list; body holds no raw HTML itself. */
static inline bool both_ways(struct str body, struct buf *direct, struct buf *rendered)
{
	struct buf with = BUF_INIT;
	bool same;

	/* Controls are left out of a body, and make a line no less blank. */
	while (body.n && (unsigned char)body.p[body.n - 1] <= ' ')
		body.n--;
	buf_addstr(&with, body);
	buf_addlit(&with, "\n<!-- " BOTH_WAYS_MARK " -->");
	same = both_ways_read(body, direct) || both_ways_read(buf_str(&with), rendered) ||
	       str_eq(buf_str(direct), buf_str(rendered)) ||
	       str_find(buf_str(rendered), STR(BOTH_WAYS_MARK)) < rendered->n;
	buf_release(&with);
	return same;
}

#endif
