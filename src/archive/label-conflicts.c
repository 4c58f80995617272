/*
 * Curators who contradict each other.  Of a matter (X, not-X; publish, private) the
 * last word contradicts the one before it when somebody else said that; unless the
 * one before that agreed with it, and so they are two against one; or the post that
 * was spoken of is no longer what it was.  What is said of a whole thread is said of
 * each of its posts, what is said of a post of each sentence that was called wrong.  So
 * the last three words on a matter tell, and one more word, whoever's, settles it.
 */
#include "archive/handle.h"

#include "base/mem.h"
#include "base/seen.h"

#include <stdlib.h>

enum { LAST = 3 };

/* What a word is said of. */
enum scope { SCOPE_THREAD, SCOPE_POST, SCOPE_SENTENCE, SCOPE_COUNT };

/* One label of the thread at hand; strings in the arena. */
struct word {
	struct str matter;
	enum scope scope;
	struct label label;
	bool past; /* it was said of a post that changed or went since */
	bool yes;  /* the matter itself was said, not its opposite */
	size_t order; /* among the thread's labels, the latest last */
};

struct conflicts {
	int (*fn)(void *ctx, const struct label_doubt *doubt);
	void *ctx;
	struct label_walk walk;
	struct word *words; /* owned */
	size_t n, cap;
	const struct word *told; /* the last that was told of, with its post */
	struct str told_post;
};

/* The last of one matter and post, the latest first. */
struct recent {
	const struct word *words[LAST];
	size_t n;
};

static void set_matter(struct word *w)
{
	const struct label *l = &w->label;
	bool opposite = str_starts(l->name, STR("not-"));

	w->matter = str_slice(l->name, opposite ? 4 : 0, l->name.n);
	w->yes = !opposite;
	w->scope = !l->post.n ? SCOPE_THREAD
		   : l->quote.n && str_is(w->matter, "wrong") ? SCOPE_SENTENCE
							      : SCOPE_POST;
	if (!str_is(w->matter, "publish"))
		return;
	w->matter = STR("private");
	w->yes = opposite;
}

static int optional_cmp(struct str a, struct str b)
{
	int c = str_present(a) - str_present(b);

	return c ? c : str_cmp(a, b);
}

/* The whole before its parts. */
static int place_cmp(const struct word *x, const struct word *y)
{
	int c = str_cmp(x->matter, y->matter);

	if (!c)
		c = optional_cmp(x->label.post, y->label.post);
	if (!c)
		c = (x->scope > y->scope) - (x->scope < y->scope);
	if (!c && x->scope == SCOPE_SENTENCE)
		c = str_cmp(x->label.quote, y->label.quote);
	return c;
}

static int word_cmp(const void *a, const void *b)
{
	const struct word *x = a, *y = b;
	int c = place_cmp(x, y);

	return c ? c : (x->order < y->order) - (x->order > y->order);
}

/* Who lifts an embargo, or takes a permission back, is of no other mind. */
static bool is_opinion(struct str matter)
{
	return !str_is(matter, "embargo") && !str_is(matter, "expires") &&
	       !str_is(matter, "permission");
}

static bool contradicts(const struct word *a, const struct word *earlier)
{
	return is_opinion(a->matter) && !earlier->past && a->yes != earlier->yes &&
	       !str_eq(a->label.by, earlier->label.by);
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

static int tell(struct conflicts *c, const struct word *last, const struct word *before)
{
	const struct label *l = &last->label, *k = &before->label;
	const struct label_doubt doubt = {
		.why = DOUBT_CONFLICT,
		.thread = c->walk.thread, .venue = c->walk.venue, .id = c->walk.id,
		.post = l->post.n ? l->post : k->post,
		.label = l, .other = k,
	};

	/* Of two sentences of one post. */
	if (c->told == last && str_eq(c->told_post, doubt.post))
		return 0;
	c->told = last;
	c->told_post = doubt.post;
	return c->fn(c->ctx, &doubt);
}

/* Of what has that scope: what is said of more than that was told before. */
static int judge(struct conflicts *c, const struct recent *r, enum scope scope)
{
	const struct word *const *w = r->words;

	if (r->n < 2 || !contradicts(w[0], w[1]) ||
	    (r->n > 2 && contradicts(w[1], w[2])) ||
	    (w[0]->scope != scope && w[1]->scope != scope))
		return 0;
	return tell(c, w[0], w[1]);
}

/* The run of one matter and place that begins at from. */
static size_t take_run(const struct conflicts *c, size_t from, struct recent *out)
{
	size_t i = from;

	out->n = 0;
	while (i < c->n && place_cmp(&c->words[i], &c->words[from]) == 0) {
		if (out->n < LAST)
			out->words[out->n++] = &c->words[i];
		i++;
	}
	return i;
}

/* What a word there shares with the one before it is still said of it. */
static void leave_scopes(const struct conflicts *c, size_t i, struct recent *of)
{
	const struct word *w = &c->words[i], *before = w - 1;

	if (i == 0 || !str_eq(before->matter, w->matter))
		of[SCOPE_THREAD].n = of[SCOPE_POST].n = 0;
	else if (!str_eq(before->label.post, w->label.post))
		of[SCOPE_POST].n = 0;
}

static int judge_all(struct conflicts *c)
{
	struct recent of[SCOPE_COUNT] = { { .n = 0 } };
	int status = 0;

	for (size_t i = 0, next; i < c->n && !status; i = next) {
		enum scope scope = c->words[i].scope;
		struct recent all;

		leave_scopes(c, i, of);
		next = take_run(c, i, &of[scope]);
		all = of[scope];
		for (int wider = SCOPE_THREAD; wider < (int)scope; wider++)
			all = merge(&all, &of[wider]);
		status = judge(c, &all, scope);
	}
	return status;
}

/* Words that were taken back are no words. */
static void drop_undecided(struct conflicts *c)
{
	struct seen undecided = SEEN_INIT;
	size_t kept = c->n;

	for (size_t i = c->n; i-- > 0;)
		if (!label_taken_back(&undecided, &c->words[i].label))
			c->words[--kept] = c->words[i];
	if (c->n > kept)
		memmove(c->words, c->words + kept, (c->n - kept) * sizeof(*c->words));
	c->n -= kept;
	seen_release(&undecided);
}

static int finish_words(void *ctx)
{
	struct conflicts *c = ctx;
	int status;

	drop_undecided(c);
	if (c->n)
		qsort(c->words, c->n, sizeof(*c->words), word_cmp);
	status = judge_all(c);
	c->n = 0;
	c->told = NULL;
	return status;
}

static void take_word(void *ctx, const struct label *label, enum label_post now)
{
	struct conflicts *c = ctx;
	struct word *w;

	GROW(c->words, c->n, c->cap);
	w = &c->words[c->n];
	*w = (struct word){ .label = *label, .past = now != LABEL_POST_SAME,
			    .order = c->n++ };
	set_matter(w);
}

int labels_each_conflict(struct archive *a,
			 int (*fn)(void *ctx, const struct label_doubt *doubt), void *ctx,
			 struct diags *diags)
{
	struct conflicts c = { .fn = fn, .ctx = ctx, .walk = {
		.take = take_word, .finish = finish_words, .ctx = &c } };
	int status = labels_walk(a, &c.walk, diags);

	free(c.words);
	return status;
}
