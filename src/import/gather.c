/* Pieces of threads brought together.  What a piece holds is the importers'. */
#include "import/gather.h"

#include "base/mem.h"

#include <stdlib.h>

struct gather_item {
	struct spool_ref at;
	const char *path;
	uint32_t thread; /* index in keys */
	uint32_t line, column;
	int32_t kind;
};

static uint32_t index_of(struct gather *g, struct str key)
{
	uint64_t known = seen_add(&g->known, key, STR_NONE, g->keys_n + 1);

	if (known)
		return (uint32_t)(known - 1);
	GROW(g->keys, g->keys_n, g->keys_cap);
	GROW(g->same, g->keys_n, g->same_cap);
	g->keys[g->keys_n] = arena_str(&g->arena, key);
	g->same[g->keys_n] = (uint32_t)g->keys_n;
	return (uint32_t)g->keys_n++;
}

/* The oldest key of the thread.  On the way there paths become shorter, so that no
 * order of joins makes it slow. */
static uint32_t oldest(struct gather *g, uint32_t i)
{
	while (g->same[i] != i)
		i = g->same[i] = g->same[g->same[i]];
	return i;
}

void gather_join(struct gather *g, struct str a, struct str b)
{
	uint32_t x = index_of(g, a), y = index_of(g, b);

	x = oldest(g, x);
	y = oldest(g, y);
	g->same[x < y ? y : x] = x < y ? x : y;
}

int gather_add(struct gather *g, struct str key, const struct gather_piece *piece,
	       struct diags *diags)
{
	struct gather_item *item;

	GROW(g->items, g->items_n, g->items_cap);
	item = &g->items[g->items_n++];
	*item = (struct gather_item){
		.path = piece->where.path,
		.thread = index_of(g, key),
		.line = (uint32_t)piece->where.line,
		.column = (uint32_t)piece->where.column,
		.kind = piece->kind,
	};
	return spool_add(&g->spool, piece->text, &item->at, diags);
}

/* The spool knows which came first. */
static int item_cmp(const void *a, const void *b)
{
	const struct gather_item *x = a, *y = b;

	if (x->thread != y->thread)
		return x->thread < y->thread ? -1 : 1;
	return (x->at.at > y->at.at) - (x->at.at < y->at.at);
}

/* The pieces of one thread; texts lie in text, one behind the other. */
static int read_pieces(const struct gather *g, const struct gather_item *items, size_t n,
		       struct buf *text, struct gather_piece *pieces, struct diags *diags)
{
	size_t bytes = 0;

	for (size_t i = 0; i < n; i++)
		bytes += items[i].at.n;
	if (bytes > (size_t)GATHER_MAX_MB << 20)
		return diag_add(diags, DIAG_TOO_LARGE,
				place_line(items[0].path, items[0].line, items[0].column),
				"a thread of more than %d MB begins here", GATHER_MAX_MB);
	buf_reset(text);
	buf_room(text, bytes); /* they must not move */
	for (size_t i = 0; i < n; i++) {
		size_t from = text->n;

		if (spool_read(&g->spool, items[i].at, text, diags) < 0)
			return -1;
		pieces[i] = (struct gather_piece){
			.text = str_make(text->p + from, text->n - from),
			.kind = items[i].kind,
			.where = place_line(items[i].path, items[i].line, items[i].column),
		};
	}
	return 0;
}

int gather_each(struct gather *g,
		int (*fn)(void *ctx, struct str key, const struct gather_piece *pieces,
			  size_t n),
		void *ctx, struct diags *diags)
{
	struct gather_piece *pieces = NULL;
	struct buf text = BUF_INIT;
	size_t cap = 0, n;
	int status = spool_flush(&g->spool, diags);

	for (size_t i = 0; i < g->items_n; i++)
		g->items[i].thread = oldest(g, g->items[i].thread);
	if (g->items_n)
		qsort(g->items, g->items_n, sizeof(*g->items), item_cmp);
	for (size_t i = 0; status == 0 && i < g->items_n; i += n) {
		const struct gather_item *items = g->items + i;

		for (n = 1; i + n < g->items_n; n++)
			if (items[n].thread != items[0].thread)
				break;
		while (cap < n)
			GROW(pieces, cap, cap);
		status = read_pieces(g, items, n, &text, pieces, diags);
		if (status == 0)
			status = fn(ctx, g->keys[items[0].thread], pieces, n);
	}
	free(pieces);
	buf_release(&text);
	return status;
}

void gather_release(struct gather *g)
{
	spool_release(&g->spool);
	seen_release(&g->known);
	free(g->keys);
	free(g->same);
	free(g->items);
	arena_release(&g->arena);
}
