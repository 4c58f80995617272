/* The sentences of any body are found within its bytes, or not at all. */
#include "target.h"

#include "text/bytemap.h"
#include "text/sentence.h"

static void try_format(enum body_format format, struct str body)
{
	struct body_spans foreign = { .items = NULL };
	struct arena arena = ARENA_INIT;
	struct buf visible = BUF_INIT;
	struct body_tree tree;
	struct sentences all;
	struct bytemap map;
	size_t from, to, start, stop, n = 0;

	body_read(&arena, format, body, &tree);
	body_prose(&tree, &visible, &foreign);
	for (size_t i = 0; i < foreign.n; i++)
		invariant(foreign.items[i].from < foreign.items[i].to &&
			  foreign.items[i].to <= visible.n);
	bytemap_init(&map, format, body, buf_str(&visible));
	all = sentences_of(buf_str(&visible));
	while (n++ < 50 && sentences_next(&all, &from, &to))
		if (bytemap_find(&map, from, to, &start, &stop))
			invariant(start < stop && stop <= body.n);
	bytemap_release(&map);
	body_spans_release(&foreign);
	buf_release(&visible);
	arena_release(&arena);
}

static void target(struct str in)
{
	for (int format = BODY_MARKDOWN; format <= BODY_TEXT; format++)
		try_format((enum body_format)format, in);
}
