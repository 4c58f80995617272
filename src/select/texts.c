/* Texts, and what was found in them, from one choice to the next.  What a text is, and
 * when it is looked at, is reading.c's. */
#include "select/texts.h"

#include "base/jobs.h"
#include "base/mem.h"
#include "base/seen.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum {
	CHUNK = 64,       /* texts, that a thread looks through before it asks for more */
	FRESH_MOST = 8,   /* new phrases for which looking for each by itself is faster */
	CONDITIONS = 1000 /* kept beside those of the rules at hand, and thrice as many */
};

struct text {
	int64_t row;
	unsigned char digest[SHA256_SIZE];
	struct str *parts; /* owned, their bytes behind them; NULL: not kept */
	size_t parts_n, bytes;
	bool plain;        /* printable ASCII and white space alone */
	unsigned char *verdicts; /* owned; by condition, those behind verdicts_n unknown */
	size_t verdicts_n;
};

struct texts {
	int jobs;
	size_t most, bytes;
	struct text *items; /* owned; by row */
	size_t n, cap;
	bool full;          /* one was not kept */
	/* A condition: a phrase or a pattern that some rules asked for, by its words. */
	struct seen known;    /* their numbers, from 1 */
	size_t conditions_n;  /* and 1 */
	size_t fresh;         /* the first that the rules before didn't ask for */
	const struct vocabulary *vocabulary;
	size_t *phrases, *patterns; /* owned; by number in the vocabulary */
};

struct texts *texts_new(int jobs, size_t most)
{
	struct texts *t = xcalloc(1, sizeof(*t));

	t->jobs = jobs;
	t->most = most;
	t->conditions_n = 1;
	return t;
}

static void text_release(struct texts *t, struct text *x)
{
	t->bytes -= x->bytes;
	free(x->parts);
	free(x->verdicts);
}

void texts_free(struct texts *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < t->n; i++)
		text_release(t, &t->items[i]);
	seen_release(&t->known);
	free(t->items);
	free(t->phrases);
	free(t->patterns);
	free(t);
}

/* --- Looking --- */

static bool note(void *ctx, int phrase, size_t from, size_t to)
{
	bool *found = ctx;

	(void)from;
	(void)to;
	found[phrase] = true;
	return true;
}

void parts_find(const struct vocabulary *v, const struct str *parts, size_t n, bool *found)
{
	size_t phrases = phrases_count(v->phrases);

	memset(found, 0, phrases * sizeof(*found));
	for (size_t i = 0; phrases && i < n; i++)
		phrases_search(v->phrases, parts[i], note, found);
}

enum verdict parts_match(const struct vocabulary *v, uint32_t pattern,
			 const struct str *parts, size_t n)
{
	size_t from, to;
	int found = 0;

	for (size_t i = 0; i < n && !found; i++)
		found = regex_find(v->patterns[pattern].regex, parts[i], 0, &from, &to);
	return found < 0 ? VERDICT_STOPPED : found ? VERDICT_YES : VERDICT_NO;
}

/* --- Verdicts --- */

static enum verdict verdict_of(const struct text *x, size_t condition)
{
	return condition < x->verdicts_n ? (enum verdict)x->verdicts[condition]
					 : VERDICT_UNKNOWN;
}

static void set_verdict(const struct texts *t, struct text *x, size_t condition,
			enum verdict verdict)
{
	if (condition >= x->verdicts_n) {
		x->verdicts = xreallocarray(x->verdicts, t->conditions_n, 1);
		memset(x->verdicts + x->verdicts_n, VERDICT_UNKNOWN,
		       t->conditions_n - x->verdicts_n);
		x->verdicts_n = t->conditions_n;
	}
	x->verdicts[condition] = (unsigned char)verdict;
}

enum verdict text_phrase(const struct texts *t, const struct text *x, uint32_t phrase)
{
	return verdict_of(x, t->phrases[phrase]);
}

enum verdict text_pattern(const struct texts *t, const struct text *x, uint32_t pattern)
{
	return verdict_of(x, t->patterns[pattern]);
}

void text_set_phrases(const struct texts *t, struct text *x, const bool *found)
{
	size_t n = phrases_count(t->vocabulary->phrases);

	for (size_t i = 0; i < n; i++)
		set_verdict(t, x, t->phrases[i], found[i] ? VERDICT_YES : VERDICT_NO);
}

void text_set_pattern(const struct texts *t, struct text *x, uint32_t pattern,
		      enum verdict verdict)
{
	set_verdict(t, x, t->patterns[pattern], verdict);
}

/* --- Texts --- */

static int row_cmp(const void *key, const void *item)
{
	int64_t x = *(const int64_t *)key, y = ((const struct text *)item)->row;

	return (x > y) - (x < y);
}

struct text *texts_find(struct texts *t, int64_t row)
{
	return t->n ? bsearch(&row, t->items, t->n, sizeof(*t->items), row_cmp) : NULL;
}

size_t texts_count(const struct texts *t)
{
	return t->n;
}

bool texts_lacks(const struct texts *t, size_t i, int64_t *row)
{
	*row = t->items[i].row;
	return !t->full && !t->items[i].parts;
}

const struct str *text_parts(const struct text *x, size_t *n)
{
	*n = x->parts_n;
	return x->parts;
}

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] < ' ' && s.p[i] != '\n' && s.p[i] != '\t') || s.p[i] > '~')
			return false;
	return true;
}

void text_keep(struct texts *t, struct text *x, const struct str *parts, size_t n)
{
	size_t bytes = n * sizeof(*parts);
	char *at;

	for (size_t i = 0; i < n; i++)
		bytes += parts[i].n + 1;
	if (bytes > t->most - t->bytes)
		t->full = true;
	if (x->parts || t->full)
		return;
	x->parts = xmalloc(bytes);
	x->parts_n = n;
	x->bytes = bytes;
	x->plain = true;
	t->bytes += bytes;
	at = (char *)(x->parts + n);
	for (size_t i = 0; i < n; i++) {
		x->parts[i] = str_make(at, parts[i].n);
		if (parts[i].n)
			memcpy(at, parts[i].p, parts[i].n);
		at[parts[i].n] = '\0';
		at += parts[i].n + 1;
		x->plain = x->plain && is_plain(parts[i]);
	}
}

/* --- What the archive has now --- */

struct renewal {
	struct texts *t;
	struct text *items; /* as they will be */
	size_t n, cap;
	size_t old; /* the next of t->items */
};

static int renew(void *ctx, int64_t row, const unsigned char *digest)
{
	struct renewal *r = ctx;
	struct texts *t = r->t;
	struct text x = { .row = row };

	while (r->old < t->n && t->items[r->old].row < row)
		text_release(t, &t->items[r->old++]);
	if (!digest)
		return 0;
	memcpy(x.digest, digest, SHA256_SIZE);
	if (r->old < t->n && t->items[r->old].row == row &&
	    !memcmp(t->items[r->old].digest, digest, SHA256_SIZE))
		x = t->items[r->old++];
	GROW(r->items, r->n, r->cap);
	r->items[r->n++] = x;
	return 0;
}

int texts_renew(struct texts *t, struct archive *a, struct diags *diags)
{
	struct renewal r = { .t = t };
	int status = archive_each_digest(a, renew, &r, diags);

	t->full = false;
	while (r.old < t->n)
		text_release(t, &t->items[r.old++]);
	free(t->items);
	t->items = r.items;
	t->n = r.n;
	t->cap = r.cap;
	return status;
}

/* --- What the rules ask --- */

static size_t number_of(struct texts *t, const char *kind, struct str words)
{
	uint64_t known = seen_add(&t->known, str_of(kind), words, t->conditions_n);

	return known ? (size_t)known : t->conditions_n++;
}

/* Rules that are written on and on ask for more and more. */
static void forget_conditions(struct texts *t)
{
	for (size_t i = 0; i < t->n; i++) {
		free(t->items[i].verdicts);
		t->items[i].verdicts = NULL;
		t->items[i].verdicts_n = 0;
	}
	seen_release(&t->known);
	t->known = (struct seen)SEEN_INIT;
	t->conditions_n = 1;
}

static void number_conditions(struct texts *t, const struct vocabulary *v)
{
	size_t phrases = phrases_count(v->phrases);

	if (t->conditions_n > CONDITIONS + 4 * (phrases + v->patterns_n))
		forget_conditions(t);
	t->vocabulary = v;
	t->fresh = t->conditions_n;
	t->phrases = xreallocarray(t->phrases, phrases + 1, sizeof(*t->phrases));
	t->patterns = xreallocarray(t->patterns, v->patterns_n + 1, sizeof(*t->patterns));
	for (size_t i = 0; i < phrases; i++)
		t->phrases[i] = number_of(t, "phrase", phrases_form(v->phrases, (int)i));
	for (size_t i = 0; i < v->patterns_n; i++)
		t->patterns[i] = number_of(t, "pattern", v->patterns[i].text);
}

/* --- Looking through all of them --- */

struct looker {
	struct texts *t;
	bool *found;          /* owned */
	const int *phrases;   /* the fresh ones */
	size_t phrases_n;
	atomic_bool *stopped; /* a pattern that gives up takes its time each time */
};

/* Whether it is worth a search. */
static bool may_hold(const struct looker *l, const struct text *x)
{
	if (!x->plain || l->phrases_n > FRESH_MOST)
		return l->phrases_n > 0;
	for (size_t i = 0; i < l->phrases_n; i++)
		for (size_t k = 0; k < x->parts_n; k++)
			if (phrases_maybe(l->t->vocabulary->phrases, l->phrases[i],
					  x->parts[k].p))
				return true;
	return false;
}

static void look_for_phrases(const struct looker *l, struct text *x)
{
	const struct texts *t = l->t;

	if (may_hold(l, x)) {
		parts_find(t->vocabulary, x->parts, x->parts_n, l->found);
		text_set_phrases(t, x, l->found);
		return;
	}
	for (size_t i = 0; i < l->phrases_n; i++)
		set_verdict(t, x, t->phrases[l->phrases[i]], VERDICT_NO);
}

static void look_for_patterns(const struct looker *l, struct text *x)
{
	const struct texts *t = l->t;

	for (uint32_t i = 0; i < t->vocabulary->patterns_n; i++) {
		enum verdict verdict;

		if (t->patterns[i] < t->fresh || atomic_load(l->stopped))
			continue;
		verdict = parts_match(t->vocabulary, i, x->parts, x->parts_n);
		text_set_pattern(t, x, i, verdict);
		if (verdict == VERDICT_STOPPED)
			atomic_store(l->stopped, true);
	}
}

static int look(void *worker, size_t chunk, struct diags *diags)
{
	const struct looker *l = worker;
	size_t end = (chunk + 1) * CHUNK;

	(void)diags;
	for (size_t i = chunk * CHUNK; i < l->t->n && i < end; i++) {
		struct text *x = &l->t->items[i];

		if (!x->parts)
			continue;
		look_for_phrases(l, x);
		look_for_patterns(l, x);
	}
	return 0;
}

static int look_through(struct texts *t, const int *phrases, size_t n, struct diags *diags)
{
	size_t workers = (size_t)t->jobs, all = phrases_count(t->vocabulary->phrases);
	struct looker *lookers = xcalloc(workers, sizeof(*lookers));
	void **each = xcalloc(workers, sizeof(*each));
	atomic_bool stopped = false;
	int status;

	for (size_t i = 0; i < workers; i++) {
		lookers[i] = (struct looker){ t, xcalloc(all + 1, sizeof(bool)), phrases, n,
					      &stopped };
		each[i] = &lookers[i];
	}
	status = jobs_run(&(struct jobs){ look, each, workers }, (t->n + CHUNK - 1) / CHUNK,
			  diags);
	for (size_t i = 0; i < workers; i++)
		free(lookers[i].found);
	free(lookers);
	free(each);
	return status;
}

int texts_begin(struct texts *t, struct archive *a, const struct vocabulary *v,
		struct diags *diags)
{
	size_t all = phrases_count(v->phrases), n = 0;
	int *fresh, status = texts_renew(t, a, diags);

	if (status < 0)
		return -1;
	number_conditions(t, v);
	if (t->fresh == t->conditions_n)
		return 0;
	fresh = xcalloc(all + 1, sizeof(*fresh));
	for (size_t i = 0; i < all; i++)
		if (t->phrases[i] >= t->fresh)
			fresh[n++] = (int)i;
	status = look_through(t, fresh, n, diags);
	free(fresh);
	return status;
}
