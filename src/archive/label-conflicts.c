/*
 * Curators who contradict each other.  Of a matter (X, not-X; publish, private) the
 * last word contradicts the one before it when somebody else said that; unless the
 * one before that agreed with it, and so they are two against one; or the post that
 * was spoken of is no longer what it was.  What is said of a whole thread is said of
 * each of its posts.  So the last three words on a matter tell, and one more word,
 * whoever's, settles it.
 */
#include "archive/handle.h"

#include "base/mem.h"

#include <stdlib.h>

enum { LAST = 3 };

/* One label of the thread at hand; strings in the arena. */
struct word {
	struct str matter, post; /* post is absent for the whole thread */
	struct str name, by;
	bool past; /* it was said of a post that changed or went since */
	bool yes;  /* the matter itself was said, not its opposite */
	int64_t at;
	size_t order; /* among the thread's labels, the latest last */
};

struct conflicts {
	struct archive *a;
	struct diags *diags;
	struct arena arena;
	int64_t thread;
	struct str venue, id;
	struct word *words; /* owned */
	size_t n, cap;
};

/* The last of one matter and post, the latest first. */
struct recent {
	const struct word *words[LAST];
	size_t n;
};

static void set_matter(struct word *w)
{
	bool opposite = str_starts(w->name, STR("not-"));

	w->matter = str_slice(w->name, opposite ? 4 : 0, w->name.n);
	w->yes = !opposite;
	if (!str_is(w->matter, "publish"))
		return;
	w->matter = STR("private");
	w->yes = opposite;
}

static int word_cmp(const void *a, const void *b)
{
	const struct word *x = a, *y = b;
	int c = str_cmp(x->matter, y->matter);

	if (!c)
		c = str_present(x->post) - str_present(y->post);
	if (!c)
		c = str_cmp(x->post, y->post);
	return c ? c : (x->order < y->order) - (x->order > y->order);
}

static bool same_matter(const struct word *a, const struct word *b)
{
	return str_eq(a->matter, b->matter);
}

static bool same_post(const struct word *a, const struct word *b)
{
	return str_present(a->post) == str_present(b->post) && str_eq(a->post, b->post);
}

static bool contradicts(const struct word *a, const struct word *earlier)
{
	return !earlier->past && a->yes != earlier->yes && !str_eq(a->by, earlier->by);
}

static struct recent merge(const struct recent *a, const struct recent *b)
{
	struct recent out = { .n = 0 };
	size_t i = 0, j = 0;

	while (out.n < LAST && (i < a->n || j < b->n)) {
		bool first = j == b->n ||
			     (i < a->n && a->words[i]->order > b->words[j]->order);

		out.words[out.n++] = first ? a->words[i++] : b->words[j++];
	}
	return out;
}

static void tell(const struct conflicts *c, const struct word *last,
		 const struct word *before)
{
	char at[2][WHEN_DATE];
	struct str post = last->post.n ? last->post : before->post;

	when_format_date(last->at, at[0]);
	when_format_date(before->at, at[1]);
	diag_add(c->diags, DIAG_LABEL_CONFLICT, db_place(c->a->db),
		 "%s%.*s%s'%.*s/%.*s' is '%.*s' by %.*s on %s, and '%.*s' by %.*s on %s",
		 post.n ? "post '" : "", STR_ARG(post), post.n ? "' of " : "",
		 STR_ARG(c->venue), STR_ARG(c->id), STR_ARG(before->name),
		 STR_ARG(before->by), at[1], STR_ARG(last->name), STR_ARG(last->by), at[0]);
	diag_hint(c->diags, "'%.*s' stands; say again what holds, and it is settled",
		  STR_ARG(last->name));
}

/* post: one of the two must be of it; absent: none may be. */
static void judge(const struct conflicts *c, const struct recent *r, bool of_post)
{
	const struct word *const *w = r->words;

	if (r->n < 2 || !contradicts(w[0], w[1]) ||
	    (r->n > 2 && contradicts(w[1], w[2])) ||
	    of_post != (w[0]->post.n || w[1]->post.n))
		return;
	tell(c, w[0], w[1]);
}

/* The run of one matter and post that begins at from. */
static size_t take_run(const struct conflicts *c, size_t from, struct recent *out)
{
	size_t i = from;

	out->n = 0;
	while (i < c->n && same_matter(&c->words[i], &c->words[from]) &&
	       same_post(&c->words[i], &c->words[from])) {
		if (out->n < LAST)
			out->words[out->n++] = &c->words[i];
		i++;
	}
	return i;
}

static void finish_thread(struct conflicts *c)
{
	struct recent whole = { .n = 0 }, run, both;

	if (c->n)
		qsort(c->words, c->n, sizeof(*c->words), word_cmp);
	for (size_t i = 0, next; i < c->n; i = next) {
		bool of_post = str_present(c->words[i].post);

		if (i == 0 || !same_matter(&c->words[i - 1], &c->words[i]))
			whole.n = 0;
		next = take_run(c, i, &run);
		if (!of_post)
			whole = run;
		both = of_post ? merge(&run, &whole) : run;
		judge(c, &both, of_post);
	}
	c->n = 0;
	arena_reset(&c->arena);
}

static void take_word(struct conflicts *c, struct query *q)
{
	int64_t thread;
	struct word *w;

	query_id(q);
	thread = query_id(q);
	if (thread < c->thread)
		query_damaged(q, "the row is out of order");
	if (thread != c->thread)
		finish_thread(c);
	c->thread = thread;
	GROW(c->words, c->n, c->cap);
	w = &c->words[c->n];
	*w = (struct word){ .order = c->n++ };
	w->name = arena_str(&c->arena, query_name(q));
	w->post = arena_str(&c->arena, query_optional(q));
	w->by = arena_str(&c->arena, query_name(q));
	w->at = query_time(q);
	w->past = query_int(q) != 0;
	c->venue = arena_str(&c->arena, query_text(q));
	c->id = arena_str(&c->arena, query_text(q));
	set_matter(w);
}

int label_conflicts_check(struct archive *a, struct diags *diags)
{
	static const char sql[] =
		"SELECT l.id, l.thread_id, l.name, l.post, l.by, l.at, " LABEL_NOW ", v.slug, "
		"t.ref FROM label AS l CROSS JOIN thread AS t ON t.id = l.thread_id "
		"CROSS JOIN venue AS v ON v.id = t.venue_id "
		"LEFT JOIN post AS p ON p.thread_id = l.thread_id AND p.ref = l.post "
		"ORDER BY l.thread_id, l.at, l.name, l.post, l.by, l.quote, l.note";
	struct conflicts c = { .a = a, .diags = diags, .arena = ARENA_INIT };
	struct query *q = db_query(a->db, "label", sql, diags);
	int got;

	while ((got = query_step(q)) == 1) {
		take_word(&c, q);
		if (query_failed(q)) {
			got = -1;
			break;
		}
	}
	if (got == 0)
		finish_thread(&c);
	arena_release(&c.arena);
	free(c.words);
	return got;
}
