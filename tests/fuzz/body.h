#ifndef FUZZ_BODY_H
#define FUZZ_BODY_H

/*
 * A post's body in a format: what it becomes consists of the forms that
 * strict.h knows, shows what the tree shows, and stays as it is when it is read
 * and written again.
 */
#include "target.h"

#include "../unit/strict.h"
#include "render/body.h"

static const struct body_style fuzz_style = {
	.base_url = { "https://forum.example/t/1", 25 }, .heading_base = 1
};

/* The serialiser's word for images without one of their own. */
static void name_images(struct node *n)
{
	if (n->kind == NODE_IMAGE && !str_trim(n->text).n)
		n->text = STR("image");
	for (struct node *c = n->first; c; c = c->next)
		name_images(c);
}

static void fuzz_read(struct arena *a, enum body_format format, struct str body,
		      struct buf *html, struct buf *visible, const char **fallback)
{
	struct body_tree tree;

	body_read(a, format, body, &tree);
	body_html(&tree, &fuzz_style, html);
	name_images(tree.root);
	body_visible(&tree, 0, visible);
	*fallback = tree.fallback;
}

static inline void fuzz_body(enum body_format format, struct str body)
{
	struct buf html = BUF_INIT, visible = BUF_INIT, again = BUF_INIT, seen = BUF_INIT;
	struct arena a = ARENA_INIT;
	struct strict strict;
	const char *fallback;

	fuzz_read(&a, format, body, &html, &visible, &fallback);
	invariant(utf8_valid(buf_str(&html)));
	if (strict_check(&strict, buf_str(&html)))
		fuzz_broken("%s in %s", strict.fault, html.p);
	fuzz_read(&a, BODY_HTML, buf_str(&html), &again, &seen, &fallback);
	if (fallback)
		fuzz_broken("falls back (%s) when read again: %s", fallback, html.p);
	if (!str_eq(buf_str(&html), buf_str(&again)))
		fuzz_broken("changes when read again: %s\nto: %s", html.p, again.p);
	if (!str_eq(buf_str(&visible), buf_str(&seen)))
		fuzz_broken("shows %s\ninstead of %s", seen.p, visible.p);
	buf_release(&html);
	buf_release(&visible);
	buf_release(&again);
	buf_release(&seen);
	arena_release(&a);
}

#endif
