/* The addresses that hold something of a thread. */
#include "publish/purge.h"

#include "base/mem.h"
#include "publish/site.h"
#include "render/paths.h"

#include <stdlib.h>

struct purge_tag {
	int64_t thread;
	struct str tag;
};

struct tags {
	struct purge *purge;
	size_t cap;
	struct purge_tag *items; /* owned */
};

static int add_tag(void *ctx, int64_t thread, struct str tag)
{
	struct tags *t = ctx;
	struct purge *p = t->purge;

	GROW(t->items, p->tags_n, t->cap);
	t->items[p->tags_n++] = (struct purge_tag){ thread, arena_str(&p->arena, tag) };
	return 0;
}

int purge_begin(struct purge *p, struct archive *a, const struct config *c,
		const struct selection *s, struct diags *diags)
{
	struct tags tags = { .purge = p };
	int status;

	*p = (struct purge){ .config = c, .selection = s, .arena = ARENA_INIT };
	status = archive_each_tag(a, add_tag, &tags, diags);
	p->tags = arena_memdup(&p->arena, tags.items, p->tags_n * sizeof(*tags.items));
	free(tags.items);
	return status;
}

void purge_release(struct purge *p)
{
	arena_release(&p->arena);
}

/* --- Collecting --- */

struct list {
	const struct purge *purge;
	struct arena arena;
	struct str *urls; /* owned */
	size_t n, cap;
	const bool *touched; /* per thread of the selection */
};

static void add(struct list *l, struct str path)
{
	GROW(l->urls, l->n, l->cap);
	l->urls[l->n++] = arena_printf(&l->arena, "%.*s%.*s",
				       STR_ARG(l->purge->config->url), STR_ARG(path));
}

/* The path is made by one of paths.h's functions, in b. */
static void add_buf(struct list *l, struct buf *b)
{
	add(l, buf_str(b));
	buf_release(b);
}

static void add_of(struct list *l, void (*path)(struct buf *, struct str), struct str slug)
{
	struct buf b = BUF_INIT;

	path(&b, slug);
	add_buf(l, &b);
}

static void add_thread(struct list *l, const struct chosen_thread *t, bool is_long)
{
	struct buf b = BUF_INIT;

	(is_long ? thread_path_long : thread_path)(&b, t->venue, t->id);
	add_buf(l, &b);
	for (size_t i = 0; i < t->contributors_n; i++)
		add_of(l, contributor_path,
		       l->purge->config->contributors[t->contributors[i]].slug);
}

/* The pages of the topics that are called like one of the thread's tags, in both
 * forms: which one it has depends on all the others. */
static void add_topics(struct list *l, struct str slug, int64_t row)
{
	const struct purge *p = l->purge;
	size_t low = 0, high = p->tags_n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (p->tags[middle].thread < row)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < p->tags_n && p->tags[low].thread == row; low++) {
		struct buf b = BUF_INIT, b_long = BUF_INIT;

		topic_path(&b, slug, p->tags[low].tag);
		topic_path_long(&b_long, slug, p->tags[low].tag);
		if (!str_is_slug(p->tags[low].tag))
			add(l, buf_str(&b_long));
		buf_release(&b_long);
		add_buf(l, &b);
	}
}

static void add_page(struct list *l, const struct choice *page)
{
	static void (*const of_product[])(struct buf *, struct str) = {
		product_path, candidates_path, fragment_path, product_feed_path, NULL
	};
	static void (*const of_scenario[])(struct buf *, struct str) = {
		scenario_path, scenario_candidates_path, NULL
	};
	void (*const *paths)(struct buf *, struct str) = page->product ? of_product
								       : of_scenario;
	bool any = false;

	for (size_t i = 0; i < page->candidates_n; i++) {
		uint32_t thread = page->candidates[i].thread;

		if (!l->touched[thread])
			continue;
		any = true;
		if (page->product)
			add_topics(l, page->slug, l->purge->selection->threads[thread].row);
	}
	for (size_t i = 0; any && paths[i]; i++)
		add_of(l, paths[i], page->slug);
}

static void add_site(struct list *l)
{
	static const char *const always[] = {
		PATH_HOME, PATH_SCENARIOS, PATH_CONTRIBUTORS, PATH_FEED, PATH_WRONG_FEED,
		PATH_LEDGER, PATH_SITEMAP,
	};
	const struct selection *s = l->purge->selection;
	size_t wrong = 0;

	for (size_t i = 0; i < ARRAY_LEN(always); i++)
		add(l, str_of(always[i]));
	for (size_t i = 0; i < s->threads_n; i++)
		wrong += s->threads[i].wrong;
	for (size_t i = 0; i == 0 || i * WRONG_PER_PAGE < wrong; i++) {
		struct buf b = BUF_INIT;

		wrong_path(&b, i + 1);
		add_buf(l, &b);
	}
}

static int compare_rows(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

void purge_each(const struct purge *p, const int64_t *rows, size_t n,
		void (*fn)(void *ctx, struct str url), void *ctx)
{
	const struct selection *s = p->selection;
	struct list l = { .purge = p, .arena = ARENA_INIT };
	bool *touched = arena_array(&l.arena, bool, s->threads_n);
	const bool *is_long = site_long_paths(s, &l.arena);
	bool any = false;

	l.touched = touched;
	for (size_t i = 0; n && i < s->threads_n; i++) {
		touched[i] = bsearch(&s->threads[i].row, rows, n, sizeof(*rows), compare_rows);
		any |= touched[i];
		if (touched[i])
			add_thread(&l, &s->threads[i], is_long[i]);
	}
	for (size_t i = 0; any && i < s->pages_n + s->scenarios_n; i++)
		add_page(&l, &s->pages[i]);
	if (any)
		add_site(&l);
	str_sort(l.urls, l.n);
	for (size_t i = 0; i < l.n; i++)
		if (!i || !str_eq(l.urls[i], l.urls[i - 1]))
			fn(ctx, l.urls[i]);
	free(l.urls);
	arena_release(&l.arena);
}
