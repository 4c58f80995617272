/* Labels: read, and held against the posts that they were said of.  How one comes in
 * is put.c's. */
#include "archive/handle.h"

#include "base/mem.h"
#include "base/seen.h"

#include <stdlib.h>

/* Strings are borrowed from the row. */
static void take_label(struct query *q, struct label *l)
{
	l->row = query_id(q);
	l->name = query_name(q);
	l->post = query_optional(q);
	l->quote = query_optional(q);
	l->by = query_name(q);
	l->at = query_time(q);
	l->note = query_optional(q);
}

#define LABEL_ORDER "at, name, post, by, quote, note"

int archive_each_label(struct archive *a,
		       int (*fn)(void *ctx, int64_t thread, const struct label *label),
		       void *ctx, struct diags *diags)
{
	static const char sql[] =
		"SELECT id, name, post, quote, by, at, note, thread_id FROM label "
		"ORDER BY thread_id, " LABEL_ORDER;
	struct query *q = db_query(a->db, "label", sql, diags);
	int64_t thread, before = 0;
	int got;

	while ((got = query_step(q)) == 1) {
		struct label label;
		int status;

		take_label(q, &label);
		thread = query_id(q);
		if (thread < before)
			query_damaged(q, "the row is out of order");
		if (query_failed(q))
			return -1;
		before = thread;
		status = fn(ctx, thread, &label);
		if (status) {
			query_end(q);
			return status;
		}
	}
	return got;
}

int labels_read(struct archive *a, struct arena *arena, struct thread *t,
		struct diags *diags)
{
	static const char sql[] = "SELECT id, name, post, quote, by, at, note FROM label "
				  "WHERE thread_id = ? ORDER BY " LABEL_ORDER;
	struct query *q = db_query(a->db, "label", sql, diags);
	struct label *items = NULL;
	size_t cap = 0;
	int got;

	query_bind_int(q, t->row);
	while ((got = query_step(q)) == 1) {
		struct label *l;

		GROW(items, t->labels_n, cap);
		l = &items[t->labels_n];
		take_label(q, l);
		if (query_failed(q)) {
			got = -1;
			break;
		}
		l->name = arena_str(arena, l->name);
		l->post = arena_str(arena, l->post);
		l->quote = arena_str(arena, l->quote);
		l->by = arena_str(arena, l->by);
		l->note = arena_str(arena, l->note);
		t->labels_n++;
	}
	t->labels = arena_memdup(arena, items, t->labels_n * sizeof(*items));
	free(items);
	return got;
}

int archive_each_word(struct archive *a,
		      int (*fn)(void *ctx, struct str venue, struct str thread,
				const struct label *label),
		      void *ctx, struct diags *diags)
{
	static const char sql[] =
		"SELECT l.id, l.name, l.post, l.quote, l.by, l.at, l.note, v.slug, t.ref "
		"FROM label AS l CROSS JOIN thread AS t ON t.id = l.thread_id "
		"CROSS JOIN venue AS v ON v.id = t.venue_id "
		"ORDER BY v.slug, t.ref, l.at, l.name, l.post, l.by, l.quote, l.note";
	struct query *q = db_query(a->db, "label", sql, diags);
	int got;

	while ((got = query_step(q)) == 1) {
		struct str venue, thread;
		struct label label;
		int status;

		take_label(q, &label);
		venue = query_name(q);
		thread = query_name(q);
		if (query_failed(q))
			return -1;
		status = fn(ctx, venue, thread, &label);
		if (status) {
			query_end(q);
			return status;
		}
	}
	return got;
}

/* --- Every label, by thread --- */

static int finish_walked(struct label_walk *w)
{
	int status = w->thread ? w->finish(w->ctx) : 0;

	arena_reset(&w->arena);
	return status;
}

static int walk_row(struct label_walk *w, struct query *q)
{
	struct label label = { .row = query_id(q) };
	int64_t thread = query_id(q);
	enum label_post now;
	int status = 0;

	if (thread < w->thread)
		query_damaged(q, "the row is out of order");
	if (thread != w->thread)
		status = finish_walked(w);
	w->thread = thread;
	label.name = arena_str(&w->arena, query_name(q));
	label.post = arena_str(&w->arena, query_optional(q));
	label.by = arena_str(&w->arena, query_name(q));
	label.at = query_time(q);
	label.quote = arena_str(&w->arena, query_optional(q));
	label.note = arena_str(&w->arena, query_optional(q));
	now = (enum label_post)query_int(q);
	w->venue = arena_str(&w->arena, query_text(q));
	w->id = arena_str(&w->arena, query_text(q));
	w->withdrawn = query_bool(q);
	if (query_failed(q))
		return -1;
	w->take(w->ctx, &label, now);
	return status;
}

int labels_walk(struct archive *a, struct label_walk *w, struct diags *diags)
{
	/* Who labels what is gone already knows that it is; and without a hash, the
	 * venue's word that the post was edited since must do. */
	static const char sql[] =
		"SELECT l.id, l.thread_id, l.name, l.post, l.by, l.at, l.quote, l.note, CASE "
		"WHEN p.id IS NULL THEN 2 * (l.hash IS NOT NULL) "
		"WHEN p.gone OR p.hidden THEN 2 * ifnull(l.at < p.withdrawn, 0) "
		"WHEN l.hash IS NULL THEN ifnull(p.edited > l.at, 0) "
		"ELSE l.hash IS NOT p.hash END, v.slug, t.ref, t.gone OR t.hidden "
		"FROM label AS l CROSS JOIN thread AS t ON t.id = l.thread_id "
		"CROSS JOIN venue AS v ON v.id = t.venue_id "
		"LEFT JOIN post AS p ON p.thread_id = l.thread_id AND p.ref = l.post "
		"ORDER BY l.thread_id, l.at, l.name, l.post, l.by, l.quote, l.note";
	struct query *q = db_query(a->db, "label", sql, diags);
	int got;

	while ((got = query_step(q)) == 1) {
		int status = walk_row(w, q);

		if (status) {
			query_end(q);
			got = status;
			break;
		}
	}
	if (got == 0)
		got = finish_walked(w);
	arena_release(&w->arena);
	return got;
}

/* --- Labels on posts that are no longer what they were --- */

/* One label of the thread at hand; strings in the arena. */
struct said {
	struct label label;
	enum label_post now;
};

struct checking {
	int (*fn)(void *ctx, const struct label_doubt *doubt);
	void *ctx;
	struct label_walk walk;
	struct said *labels; /* owned */
	size_t n, cap;
};

/* X and not-X are said of the same; so is what is said of the whole thread. */
static void drop_settled(struct checking *c)
{
	struct seen newer = SEEN_INIT, undecided = SEEN_INIT;

	for (size_t i = c->n; i-- > 0;) {
		const struct label *l = &c->labels[i].label;
		bool negative = str_starts(l->name, STR("not-"));
		struct str name = str_slice(l->name, negative ? 4 : 0, l->name.n);

		if (label_taken_back(&undecided, l) || seen_add(&newer, name, l->post, 1) ||
		    seen_get(&newer, name, STR("")))
			c->labels[i].now = LABEL_POST_SAME;
	}
	seen_release(&undecided);
	seen_release(&newer);
}

static int finish_stale(void *ctx)
{
	struct checking *c = ctx;
	const struct label_walk *w = &c->walk;
	int status = 0;

	drop_settled(c);
	for (size_t i = 0; i < c->n && !status && !w->withdrawn; i++) {
		const struct label *l = &c->labels[i].label;
		const struct label_doubt doubt = {
			.why = c->labels[i].now == LABEL_POST_GONE ? DOUBT_WITHDRAWN
								   : DOUBT_CHANGED,
			.thread = w->thread, .venue = w->venue, .id = w->id,
			.post = l->post, .label = l,
		};

		if (c->labels[i].now != LABEL_POST_SAME)
			status = c->fn(c->ctx, &doubt);
	}
	c->n = 0;
	return status;
}

static void take_said(void *ctx, const struct label *label, enum label_post now)
{
	struct checking *c = ctx;

	GROW(c->labels, c->n, c->cap);
	c->labels[c->n++] = (struct said){ *label, now };
}

int labels_each_stale(struct archive *a,
		      int (*fn)(void *ctx, const struct label_doubt *doubt), void *ctx,
		      struct diags *diags)
{
	struct checking c = { .fn = fn, .ctx = ctx, .walk = {
		.take = take_said, .finish = finish_stale, .ctx = &c } };
	int status = labels_walk(a, &c.walk, diags);

	free(c.labels);
	return status;
}

/* --- Both kinds of doubts --- */

int archive_each_doubt(struct archive *a,
		       int (*fn)(void *ctx, const struct label_doubt *doubt), void *ctx,
		       struct diags *diags)
{
	int status = labels_each_stale(a, fn, ctx, diags);

	return status ? status : labels_each_conflict(a, fn, ctx, diags);
}

struct warning {
	struct archive *a;
	struct diags *diags;
};

static void warn_conflict(const struct warning *w, const struct label_doubt *d)
{
	const struct label *l = d->label, *k = d->other;
	char at[2][WHEN_DATE];

	when_format_date(l->at, at[0]);
	when_format_date(k->at, at[1]);
	diag_add(w->diags, DIAG_LABEL_CONFLICT, db_place(w->a->db),
		 "%s%.*s%s'%.*s/%.*s' is '%.*s' by %.*s on %s, and '%.*s' by %.*s on %s",
		 d->post.n ? "post '" : "", STR_ARG(d->post), d->post.n ? "' of " : "",
		 STR_ARG(d->venue), STR_ARG(d->id), STR_ARG(k->name), STR_ARG(k->by), at[1],
		 STR_ARG(l->name), STR_ARG(l->by), at[0]);
	diag_hint(w->diags, "'%.*s' stands; say again what holds, and it is settled",
		  STR_ARG(l->name));
}

static int warn_doubt(void *ctx, const struct label_doubt *d)
{
	struct warning *w = ctx;

	if (d->why == DOUBT_CONFLICT) {
		warn_conflict(w, d);
		return 0;
	}
	diag_add(w->diags, DIAG_LABEL_STALE, db_place(w->a->db),
		 "post '%.*s' of '%.*s/%.*s' %s after %.*s labelled it '%.*s'",
		 STR_ARG(d->post), STR_ARG(d->venue), STR_ARG(d->id),
		 d->why == DOUBT_WITHDRAWN ? "was withdrawn" : "changed",
		 STR_ARG(d->label->by), STR_ARG(d->label->name));
	diag_hint(w->diags, "look at the thread, and label it again or take the label back");
	return 0;
}

int labels_check(struct archive *a, struct diags *diags)
{
	struct warning w = { a, diags };

	return archive_each_doubt(a, warn_doubt, &w, diags);
}
