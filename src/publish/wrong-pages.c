/* "Where we were wrong": every wrong thread that has a page, be it on a product's
 * page or not, the newest admission first. */
#include "publish/site.h"

#include "base/mem.h"
#include "render/paths.h"

#include <stdlib.h>

/* candor(1) says how many stand on a page. */
enum { PER_PAGE = WRONG_PER_PAGE };

struct wrong_list {
	uint32_t *threads; /* newest admission first */
	size_t n;
};

static bool is_listed(const struct site *site, const struct chosen_thread *t)
{
	return t->wrong && site_has_page(site, t);
}

static int newest_admission_first(const void *a, const void *b, void *ctx)
{
	const struct site *site = ctx;
	const struct chosen_thread *x = &site->selection.threads[*(const uint32_t *)a];
	const struct chosen_thread *y = &site->selection.threads[*(const uint32_t *)b];

	if (x->wrong_at != y->wrong_at)
		return x->wrong_at > y->wrong_at ? -1 : 1;
	return site_thread_cmp(x, y);
}

void wrong_plan(struct site *site)
{
	const struct selection *s = &site->selection;
	struct wrong_list *list = arena_new(&site->arena, struct wrong_list);

	list->threads = arena_array(&site->arena, uint32_t, s->threads_n);
	for (uint32_t i = 0; i < s->threads_n; i++)
		if (is_listed(site, &s->threads[i]))
			list->threads[list->n++] = i;
	qsort_r(list->threads, list->n, sizeof(*list->threads), newest_admission_first, site);
	site->wrong = list;
}

size_t wrong_pages_n(const struct site *site)
{
	size_t n = site->wrong->n;

	return n ? (n + PER_PAGE - 1) / PER_PAGE : 1;
}

int64_t wrong_newest(const struct site *site)
{
	const struct wrong_list *list = site->wrong;

	return list->n ? site->selection.threads[list->threads[0]].wrong_at : WHEN_NONE;
}

size_t wrong_of(const struct site *site, size_t who, uint32_t *out, size_t *n)
{
	const struct wrong_list *list = site->wrong;
	size_t all = 0, most = *n;

	*n = 0;
	for (size_t i = 0; i < list->n; i++) {
		if (site->selection.threads[list->threads[i]].wrong_who != (int)who)
			continue;
		all++;
		if (*n < most)
			out[(*n)++] = list->threads[i];
	}
	return all;
}

static struct value path_value(struct arena *a, size_t n)
{
	struct buf b = BUF_INIT;

	wrong_path(&b, n);
	return value_text(buf_to_arena(&b, a));
}

static int thread_value(struct worker *w, uint32_t thread, struct value *out,
			struct diags *diags)
{
	const struct chosen_thread *t = &w->site->selection.threads[thread];

	if (page_head(w, thread, out, diags) < 0)
		return -1;
	value_set(&w->arena, out, "shown", value_bool(t->shown));
	return 0;
}

static void set_numbers(struct worker *w, size_t page, struct value *scope)
{
	struct arena *a = &w->arena;
	size_t pages = wrong_pages_n(w->site), listed = w->site->wrong->n;
	size_t known = w->site->selection.candidates_wrong;

	value_set(a, scope, "count", count_value(w, listed));
	value_set(a, scope, "left_out",
		  known > listed ? count_value(w, known - listed) : value_none());
	value_set(a, scope, "several", value_bool(pages > 1));
	value_set(a, scope, "page_number", count_value(w, page));
	value_set(a, scope, "pages_count", count_value(w, pages));
	value_set(a, scope, "newer_path", page > 1 ? path_value(a, page - 1) : value_none());
	value_set(a, scope, "older_path",
		  page < pages ? path_value(a, page + 1) : value_none());
}

static int write_page(struct worker *w, size_t page, struct diags *diags)
{
	const struct wrong_list *list = w->site->wrong;
	struct arena *a = &w->arena;
	size_t from = (page - 1) * PER_PAGE;
	size_t n = list->n - from < PER_PAGE ? list->n - from : PER_PAGE;
	struct value scope = value_object(a, 14), threads = value_list(a, n);
	const char *title = w->site->theme.builtin->wrong.title;
	const struct page_meta meta = {
		.path = path_value(a, page).u.text,
		.title = page == 1 ? str_of(title)
				   : arena_printf(a, "%s (%zu)", title, page),
		.feed_path = STR(PATH_WRONG_FEED),
	};

	if (!site_wants(w->site, meta.path))
		return 0;
	for (size_t i = 0; i < n; i++)
		if (thread_value(w, list->threads[from + i], &threads.u.list.items[i], diags) < 0)
			return -1;
	value_set(a, &scope, "threads", threads);
	set_numbers(w, page, &scope);
	return page_write_content(w, w->site->wrong_page, &meta, &scope, diags);
}

int wrong_job(void *worker, size_t i, struct diags *diags)
{
	struct worker *w = worker;
	int status = write_page(w, i + 1, diags);

	arena_reset(&w->arena);
	return status;
}
