/* Quotations of removed texts.  Names are scrub-names.c's. */
#include "archive/scrub.h"

#include "archive/handle.h"
#include "base/mem.h"
#include "base/seen.h"
#include "text/quotation.h"
#include "text/words.h"

#include <stdlib.h>

/* Words of a run, and of the shortest sentence that is known in every thread; and the
 * most of a line that says who is quoted. */
enum { RUN = 4, HEAD_MAX = 40 };

struct scrub {
	struct archive *a;
	struct scrub_names *names; /* owned */
	struct str venue, thread;  /* borrowed */
	struct buf scope;          /* of the thread: both, for runs bound to it */
	struct seen runs;          /* of posts at hand: scope, words */
	struct quotations found;
	struct sentence sentence;
	struct buf whole; /* a quotation's words */
	struct scrub_counts counts;
};

struct scrub *scrub_new(struct archive *a)
{
	struct scrub *s = xcalloc(1, sizeof(*s));

	s->a = a;
	s->names = scrub_names_new(a);
	buf_init(&s->scope);
	buf_init(&s->whole);
	buf_init(&s->sentence.words);
	return s;
}

void scrub_free(struct scrub *s)
{
	if (!s)
		return;
	scrub_names_free(s->names);
	buf_release(&s->scope);
	seen_release(&s->runs);
	quotations_release(&s->found);
	sentence_release(&s->sentence);
	buf_release(&s->whole);
	free(s);
}

int scrub_enter(struct scrub *s, struct str venue, struct str thread, struct diags *diags)
{
	s->venue = venue;
	s->thread = thread;
	buf_reset(&s->scope);
	buf_addf(&s->scope, "%.*s/%.*s", STR_ARG(venue), STR_ARG(thread));
	return scrub_names_enter(s->names, venue, thread, diags);
}

void scrub_forget_pieces(struct scrub *s)
{
	seen_release(&s->runs);
}

void scrub_ask(struct scrub *s)
{
	scrub_names_ask(s->names);
}

const struct scrub_counts *scrub_counts(const struct scrub *s)
{
	return &s->counts;
}

/* --- Learning --- */

/* Runs of up to RUN words; the shorter ones count in this thread alone. */
static void learn_runs(struct scrub *s)
{
	for (size_t i = 0; i < s->sentence.n; i++)
		for (size_t n = 1; n <= RUN && i + n <= s->sentence.n; n++)
			seen_add(&s->runs, n < RUN ? buf_str(&s->scope) : STR(""),
				 sentence_part(&s->sentence, i, n), 1);
}

/* The hash of the sentence's words, bound to the thread when they are few. */
static int learn_sentence(struct scrub *s, struct diags *diags)
{
	bool everywhere = s->sentence.n >= RUN;

	learn_runs(s);
	return tombstone_add(s->a, TOMBSTONE_TEXT, everywhere ? STR("") : s->venue,
			     everywhere ? STR("") : s->thread, buf_str(&s->sentence.words),
			     diags);
}

static int learn_text(struct scrub *s, struct str text, struct diags *diags)
{
	struct words w;

	words_init(&w, text);
	while (sentence_next(&w, &s->sentence))
		if (learn_sentence(s, diags) < 0)
			return -1;
	return 0;
}

int scrub_learn_post(struct scrub *s, enum body_format format, struct str body,
		     struct diags *diags)
{
	size_t at = 0;

	quotations_find(&s->found, format, body);
	for (size_t i = 0; i < s->found.n; i = s->found.items[i].next) {
		const struct quotation *q = &s->found.items[i];

		if (learn_text(s, str_slice(body, at, q->start), diags) < 0)
			return -1;
		/* A line that goes on without '>' may well be the author's own. */
		at = q->kind == QUOTATION_LAZY ? q->start : q->end;
	}
	return learn_text(s, str_slice(body, at, body.n), diags);
}

int scrub_learn_title(struct scrub *s, struct str title, struct diags *diags)
{
	struct buf slug = BUF_INIT;
	int status;

	buf_addslug(&slug, title, title.n);
	status = learn_text(s, title, diags);
	if (!status)
		status = tombstone_add(s->a, TOMBSTONE_TEXT, s->venue, s->thread, STR(""),
				       diags);
	if (!status)
		status = scrub_names_learn_slug(s->names, buf_str(&slug), diags);
	buf_release(&slug);
	return status;
}

int scrub_title_gone(struct scrub *s, struct diags *diags)
{
	return tombstone_find(s->a, TOMBSTONE_TEXT, s->venue, s->thread, STR(""), diags);
}

int scrub_learn_author(struct scrub *s, const struct author *author, struct diags *diags)
{
	return scrub_names_learn(s->names, author, diags);
}

int scrub_learn_name(struct scrub *s, struct str name, struct diags *diags)
{
	return scrub_names_learn_anywhere(s->names, name, diags);
}

/* --- Judging --- */

static bool runs_known(const struct scrub *s)
{
	size_t n = s->sentence.n, hits = 0;

	if (n < RUN)
		return seen_get(&s->runs, buf_str(&s->scope), buf_str(&s->sentence.words));
	for (size_t i = 0; i + RUN <= n; i++)
		hits += seen_get(&s->runs, STR(""), sentence_part(&s->sentence, i, RUN)) != 0;
	return 2 * hits >= n - RUN + 1;
}

static int sentence_known(struct scrub *s, struct diags *diags)
{
	bool everywhere = s->sentence.n >= RUN;

	if (s->runs.n && runs_known(s))
		return 1;
	return tombstone_find(s->a, TOMBSTONE_TEXT, everywhere ? STR("") : s->venue,
			      everywhere ? STR("") : s->thread, buf_str(&s->sentence.words),
			      diags);
}

/* What is known of a quotation's words. */
struct weight {
	size_t words, known;
	size_t head; /* words of "On Monday, Jane wrote:", which are nobody's; not in words */
};

/* A quotation may begin with who is quoted. */
static void set_head_apart(struct weight *w)
{
	if (w->head || w->known || w->words > HEAD_MAX)
		return;
	w->head = w->words;
	w->words = 0;
}

/* Adds a piece of a quotation. */
static int weigh(struct scrub *s, struct str piece, struct weight *weight,
		 struct diags *diags)
{
	struct words w;

	words_init(&w, piece);
	while (sentence_next(&w, &s->sentence)) {
		int is_known = sentence_known(s, diags);

		if (is_known < 0)
			return -1;
		weight->words += s->sentence.n;
		weight->known += is_known ? s->sentence.n : 0;
		if (s->sentence.announces)
			set_head_apart(weight);
		buf_addstr(&s->whole, buf_str(&s->sentence.words));
		buf_addc(&s->whole, '\n');
	}
	return 0;
}

static bool is_mostly_known(const struct weight *w)
{
	return w->words && 2 * w->known >= w->words;
}

/* Whether what quotation i says itself is removed text. */
static int is_removed(struct scrub *s, struct str body, size_t i, struct diags *diags)
{
	const struct quotation *q = &s->found.items[i];
	struct weight weight = { 0 };
	size_t at = q->inner;
	bool removed;

	buf_reset(&s->whole);
	for (size_t k = i + 1; k < q->next; k = s->found.items[k].next) {
		if (weigh(s, str_slice(body, at, s->found.items[k].start), &weight, diags) < 0)
			return -1;
		at = s->found.items[k].end;
	}
	if (weigh(s, str_slice(body, at, q->end), &weight, diags) < 0)
		return -1;
	if (!s->whole.n || str_is(buf_str(&s->whole), "removed\n"))
		return 0; /* nothing, or our own mark */
	removed = is_mostly_known(&weight);
	if (!removed)
		return tombstone_find(s->a, TOMBSTONE_TEXT, s->venue, s->thread,
				      buf_str(&s->whole), diags);
	return tombstone_add(s->a, TOMBSTONE_TEXT, s->venue, s->thread, buf_str(&s->whole),
			     diags) < 0 ? -1 : 1;
}

/* Appends the body with removed quotations replaced; how many, or -1. */
static int replace_quotations(struct scrub *s, enum body_format format, struct str body,
			      struct buf *out, struct diags *diags)
{
	size_t at = 0;
	int replaced = 0;

	quotations_find(&s->found, format, body);
	for (size_t i = 0; i < s->found.n;) {
		const struct quotation *q = &s->found.items[i];
		int removed = is_removed(s, body, i, diags);

		if (removed < 0)
			return -1;
		if (!removed) {
			i++; /* what is within it may be */
			continue;
		}
		buf_addstr(out, str_slice(body, at, q->start));
		quotation_replace(out, q, STR(SCRUB_MARK));
		at = q->end;
		i = q->next;
		replaced++;
	}
	buf_addstr(out, str_slice(body, at, body.n));
	return replaced;
}

/* --- What is left --- */

/* Whether byte `at` is in a line that ends with a colon, before a quotation, or in
 * the tag that begins one. */
static bool introduces(void *ctx, size_t at)
{
	const struct quotations *found = ctx;
	size_t low = 0, high = found->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (found->items[middle].start <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 && at < found->items[low - 1].inner;
}

/* Turns each quotation into the bytes that say who is quoted: the line before it
 * when that ends with a colon, and its first tag. */
static void mark_introductions(struct quotations *found, struct str body)
{
	size_t before = 0;

	for (size_t i = 0; i < found->n; i++) {
		struct quotation *q = &found->items[i];
		size_t end = q->start, start;

		while (end > before && strchr(" \t\r\n*_>", body.p[end - 1]) && body.p[end - 1])
			end--;
		start = end;
		if (end > before && body.p[end - 1] == ':')
			while (start > before && body.p[start - 1] != '\n')
				start--;
		before = q->start;
		q->start = start < end ? start : q->start;
	}
}

/* Appends the body, or what is left of it; how much was replaced, or -1. */
static int scrub_once(struct scrub *s, enum body_format format, struct str body,
		      struct buf *out, struct diags *diags)
{
	struct buf rest = BUF_INIT;
	int quotations = replace_quotations(s, format, body, &rest, diags), names = 0;

	if (quotations >= 0) {
		if (quotations)
			quotations_find(&s->found, format, buf_str(&rest));
		mark_introductions(&s->found, buf_str(&rest));
		names = scrub_names_replace(s->names, buf_str(&rest), STR(SCRUB_MARK),
					    s->found.n ? introduces : NULL, &s->found, out);
		s->counts.quotations += (size_t)quotations;
		s->counts.names += (size_t)names;
	}
	if (!names)
		buf_addstr(out, buf_str(&rest));
	buf_release(&rest);
	return quotations < 0 ? -1 : quotations + names;
}

/* Where marks went in, another quotation may end than before: so until nothing more
 * is found. */
enum { ROUNDS = 16 };

int scrub_body(struct scrub *s, enum body_format format, struct str body,
	       struct arena *arena, struct str *out, struct diags *diags)
{
	int replaced = 1, changed = 0;

	*out = body;
	for (int round = 0; round < ROUNDS && replaced > 0; round++) {
		struct buf b = BUF_INIT;

		replaced = scrub_once(s, format, *out, &b, diags);
		if (replaced > 0) {
			changed = 1;
			*out = arena_str(arena, buf_str(&b));
		}
		buf_release(&b);
	}
	s->counts.unsure += scrub_names_unsure(s->names);
	return replaced < 0 ? -1 : changed;
}

static int names_only(struct scrub *s, struct str text, struct str mark,
		      struct arena *arena, struct str *out)
{
	struct buf b = BUF_INIT;
	int names = scrub_names_replace(s->names, text, mark, NULL, NULL, &b);

	*out = text;
	s->counts.names += (size_t)names;
	s->counts.unsure += scrub_names_unsure(s->names);
	if (names)
		*out = arena_str(arena, buf_str(&b));
	buf_release(&b);
	return names > 0;
}

int scrub_text(struct scrub *s, struct str text, struct arena *arena, struct str *out,
	       struct diags *diags)
{
	(void)diags;
	return names_only(s, text, STR(SCRUB_MARK), arena, out);
}

/* The host isn't anybody's name. */
int scrub_url(struct scrub *s, struct str url, struct arena *arena, struct str *out,
	      struct diags *diags)
{
	size_t at = str_find(url, STR("://"));
	struct str path;
	int changed;

	(void)diags;
	at = at < url.n ? at + 3 : 0;
	at += str_index(str_slice(url, at, url.n), '/');
	changed = names_only(s, str_slice(url, at, url.n), STR("-"), arena, &path);
	*out = changed ? arena_printf(arena, "%.*s%.*s", (int)at, url.p, STR_ARG(path)) : url;
	return changed;
}

int scrub_quote(struct scrub *s, struct str quote, struct arena *arena, struct str *out,
		struct diags *diags)
{
	struct weight weight = { 0 };

	buf_reset(&s->whole);
	if (weigh(s, quote, &weight, diags) < 0)
		return -1;
	if (!is_mostly_known(&weight))
		return scrub_text(s, quote, arena, out, diags);
	*out = STR(SCRUB_MARK);
	s->counts.quotations++;
	return 1;
}
