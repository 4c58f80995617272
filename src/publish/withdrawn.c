/* What was shown until somebody took it away: the page in the place of a thread, and
 * what feeds say of entries that readers may have kept. */
#include "publish/site.h"

#include "base/mem.h"

#include <stdlib.h>

struct gone_post {
	uint32_t thread;
	int64_t since;
	struct str id;
};

struct withdrawn {
	struct gone_post *posts; /* since when is known; by thread */
	size_t n, cap;
	size_t *first;  /* per thread of the selection, and one behind the last */
	int64_t *since; /* likewise: when the last of its posts went; or WHEN_NONE */
	bool *unknown;  /* likewise: when the thread went */
};

/* --- Reading --- */

struct scan {
	struct site *site;
	struct withdrawn *w;
	size_t at; /* the thread that the scan has come to */
};

/* Moves on to the thread of that row; false when it is nobody's candidate. */
static bool seek(struct scan *s, int64_t row)
{
	const struct selection *sel = &s->site->selection;

	while (s->at < sel->threads_n && sel->threads[s->at].row < row)
		s->w->first[++s->at] = s->w->n;
	return s->at < sel->threads_n && sel->threads[s->at].row == row;
}

static int see_post(void *ctx, const struct withdrawn_post *post)
{
	struct scan *s = ctx;
	struct withdrawn *w = s->w;

	if (!seek(s, post->thread))
		return 0;
	if (post->since == WHEN_NONE) {
		w->unknown[s->at] |= !post->alone;
		return 0;
	}
	if (post->since > w->since[s->at])
		w->since[s->at] = post->since;
	GROW(w->posts, w->n, w->cap);
	w->posts[w->n++] = (struct gone_post){
		(uint32_t)s->at, post->since, arena_str(&s->site->arena, post->id),
	};
	return 0;
}

int withdrawn_plan(struct site *site, struct diags *diags)
{
	size_t n = site->selection.threads_n + 1;
	struct withdrawn *w = arena_new(&site->arena, struct withdrawn);
	struct scan scan = { site, w, 0 };

	site->withdrawn = w;
	w->first = arena_array(&site->arena, size_t, n);
	w->since = arena_array(&site->arena, int64_t, n);
	w->unknown = arena_array(&site->arena, bool, n);
	for (size_t i = 0; i < n; i++)
		w->since[i] = WHEN_NONE;
	if (archive_each_withdrawn(site->in->archive, see_post, &scan, diags) < 0)
		return -1;
	seek(&scan, INT64_MAX);
	return 0;
}

void withdrawn_release(struct site *site)
{
	if (site->withdrawn)
		free(site->withdrawn->posts);
}

/* --- The page --- */

/* It holds nothing of the thread, and no link to it: whoever took it away there wants
 * that nobody finds it. */
int withdrawn_write(struct worker *w, uint32_t thread, struct diags *diags)
{
	const struct site *site = w->site;
	const struct withdrawn *all = site->withdrawn;
	struct value scope = value_object(&w->arena, 5);
	struct buf path = BUF_INIT;
	struct page_meta meta = {
		.title = str_of(site->theme.builtin->withdrawn.title),
		.noindex = true,
	};
	int status;

	value_set(&w->arena, &scope, "withdrawn",
		  all->unknown[thread] ? value_none()
				       : view_date(&w->arena, site->view.language,
						   all->since[thread]));
	view_thread_path(&path, &site->view, &site->selection.threads[thread]);
	meta.path = buf_str(&path);
	status = page_write_content(w, site->withdrawn_page, &meta, &scope, diags);
	buf_release(&path);
	return status;
}

/* --- Feeds --- */

static int newest_first(const void *a, const void *b, void *ctx)
{
	const struct gone_post *x = a, *y = b;
	const struct site *site = ctx;
	int c;

	if (x->since != y->since)
		return x->since > y->since ? -1 : 1;
	c = site_thread_cmp(&site->selection.threads[x->thread],
			    &site->selection.threads[y->thread]);
	return c ? c : str_cmp(x->id, y->id);
}

static void add_posts(const struct withdrawn *w, size_t thread, struct gone_post *out,
		      size_t *n)
{
	size_t from = w->first[thread], count = w->first[thread + 1] - from;

	if (count)
		memcpy(out + *n, w->posts + from, count * sizeof(*out));
	*n += count;
}

/* The newest of the n, as many as the feed holds entries. */
static void set_deleted(struct worker *w, struct gone_post *posts, size_t n, size_t most,
			struct feed *feed)
{
	const struct site *site = w->site;
	struct feed_deleted *out;

	qsort_r(posts, n, sizeof(*posts), newest_first, w->site);
	n = n < most ? n : most;
	out = arena_array(&w->arena, struct feed_deleted, n);
	for (size_t i = 0; i < n; i++) {
		const struct chosen_thread *t = &site->selection.threads[posts[i].thread];
		struct buf path = BUF_INIT;

		view_thread_path(&path, &site->view, t);
		out[i] = (struct feed_deleted){
			.path = buf_to_arena(&path, &w->arena),
			.anchor = view_post_anchor(&w->arena, t, posts[i].id),
			.when = posts[i].since,
		};
	}
	feed->deleted = out;
	feed->deleted_n = n;
}

void withdrawn_of_page(struct worker *w, const struct choice *page, size_t most,
		       struct feed *feed)
{
	const struct withdrawn *all = w->site->withdrawn;
	struct gone_post *posts;
	size_t n = 0;

	for (size_t i = 0; i < page->candidates_n; i++) {
		uint32_t thread = page->candidates[i].thread;

		n += all->first[thread + 1] - all->first[thread];
	}
	posts = arena_array(&w->arena, struct gone_post, n);
	n = 0;
	for (size_t i = 0; i < page->candidates_n; i++)
		add_posts(all, page->candidates[i].thread, posts, &n);
	set_deleted(w, posts, n, most, feed);
}

void withdrawn_of_site(struct worker *w, bool wrong, size_t most, struct feed *feed)
{
	const struct selection *s = &w->site->selection;
	const struct withdrawn *all = w->site->withdrawn;
	struct gone_post *posts = arena_array(&w->arena, struct gone_post, all->n);
	size_t n = 0;

	for (size_t i = 0; i < s->threads_n; i++)
		if (!wrong || s->threads[i].claimed)
			add_posts(all, i, posts, &n);
	set_deleted(w, posts, n, most, feed);
}
