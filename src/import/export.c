/* The archive in the interchange form, in canonical order.  Holds one thread
 * at a time; how a line is written is the archive's (archive/jsonl.h). */
#include "import/import.h"

#include "archive/jsonl.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/progress.h"

#include <stdlib.h>

struct entry {
	size_t venue;  /* index in venues, which are in order */
	struct str id; /* in the export's arena */
	int64_t row;
};

struct export {
	struct archive *archive;
	const struct jsonl_sink *sink;
	struct diags *diags;
	struct arena arena; /* venues, products, ids */
	struct venue *venues;
	size_t venues_n;
	struct entry *threads; /* owned */
	size_t n, cap;
	struct buf line;
};

static int send(struct export *x)
{
	return x->sink->line(x->sink->ctx, buf_str(&x->line)) < 0 ? -1 : 0;
}

static int send_venues(struct export *x)
{
	for (size_t i = 0; i < x->venues_n; i++) {
		buf_reset(&x->line);
		jsonl_venue(&x->line, &x->venues[i]);
		if (send(x) < 0)
			return -1;
	}
	return 0;
}

static int send_products(struct export *x)
{
	struct product *products;
	size_t n;

	if (archive_products(x->archive, &x->arena, &products, &n, x->diags) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		buf_reset(&x->line);
		jsonl_product(&x->line, &products[i]);
		if (send(x) < 0)
			return -1;
	}
	return 0;
}

static int collect(void *ctx, const struct thread *t)
{
	struct export *x = ctx;
	size_t venue = 0;

	while (venue < x->venues_n && x->venues[venue].row != t->venue->row)
		venue++;
	GROW(x->threads, x->n, x->cap);
	x->threads[x->n++] = (struct entry){ venue, arena_str(&x->arena, t->id), t->row };
	return 0;
}

static int entry_cmp(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->venue != y->venue)
		return x->venue < y->venue ? -1 : 1;
	return str_cmp(x->id, y->id);
}

static int send_thread(struct export *x, int64_t row, struct arena *arena)
{
	struct thread t;

	if (archive_thread(x->archive, row, x->venues, x->venues_n, arena, &t,
			   x->diags) < 0)
		return -1;
	buf_reset(&x->line);
	jsonl_thread(&x->line, &t, true);
	return send(x);
}

static int send_threads(struct export *x)
{
	struct arena arena = ARENA_INIT;
	int status = archive_each_thread(x->archive, collect, x, x->diags);

	if (x->n)
		qsort(x->threads, x->n, sizeof(*x->threads), entry_cmp);
	progress_begin("threads", x->n);
	for (size_t i = 0; status == 0 && i < x->n; i++) {
		status = send_thread(x, x->threads[i].row, &arena);
		arena_reset(&arena);
		progress_add(1);
	}
	progress_end();
	arena_release(&arena);
	return status;
}

int export_jsonl(struct archive *a, const struct jsonl_sink *sink, struct diags *diags)
{
	struct export x = { .archive = a, .sink = sink, .diags = diags,
			    .arena = ARENA_INIT, .line = BUF_INIT };
	int status = archive_venues(a, &x.arena, &x.venues, &x.venues_n, diags);

	if (status == 0)
		status = send_venues(&x);
	if (status == 0)
		status = send_products(&x);
	if (status == 0)
		status = send_threads(&x);
	free(x.threads);
	buf_release(&x.line);
	arena_release(&x.arena);
	return status;
}
