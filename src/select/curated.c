/* What curators said of threads, and what was found in them, in the columns. */
#include "scan.h"

#include "base/mem.h"

#include <stdlib.h>

/* --- Labels --- */

/* A label takes back its opposite: X and not-X, publish and private. */
static void opposite(struct str name, struct buf *out)
{
	buf_reset(out);
	if (str_starts(name, STR("not-")))
		buf_addstr(out, str_slice(name, 4, name.n));
	else if (str_is(name, "publish"))
		buf_addlit(out, "private");
	else if (str_is(name, "private"))
		buf_addlit(out, "publish");
	else
		buf_addf(out, "not-%.*s", STR_ARG(name));
}

static void take_back(struct scan *s, int64_t number)
{
	struct columns *c = s->c;
	size_t last = c->lists[LIST_LABELS].n;

	for (size_t i = c->threads[s->at].at[LIST_LABELS]; i < last; i++)
		if (c->lists[LIST_LABELS].items[i] == number) {
			c->lists[LIST_LABELS].items[i] =
				c->lists[LIST_LABELS].items[last - 1];
			c->lists[LIST_LABELS].n--;
			return;
		}
}

static void note_label(struct scan *s, struct str name)
{
	const struct words *words = &s->rules->vocabulary.labels;
	struct buf other = BUF_INIT;
	int64_t number = words_find(words, name);

	if (!words->n)
		return;
	opposite(name, &other);
	take_back(s, words_find(words, buf_str(&other)));
	take_back(s, number);
	if (number != WORD_NONE)
		scan_list(s->c, LIST_LABELS, (uint32_t)number);
	buf_release(&other);
}

static void note_claim(struct scan *s, const struct claim *claim)
{
	struct columns *c = s->c;
	struct claim *own;

	GROW(c->claims, c->claims_n, c->claims_cap);
	own = &c->claims[c->claims_n++];
	*own = *claim;
	own->thread = (uint32_t)s->at;
	own->post = arena_str(c->arena, claim->post);
	own->quote = arena_str(c->arena, claim->quote);
	own->by = arena_str(c->arena, claim->by);
}

/* The labels of the thread at hand have all been seen: which of its claims stand. */
static void close_claims(struct scan *s)
{
	struct columns *c = s->c;
	struct claim *own = c->claims + s->claims_from;
	size_t n;
	bool wrong;

	if (s->at >= c->n || s->claims_from == c->claims_n)
		return;
	n = claims_settle(own, c->claims_n - s->claims_from);
	wrong = claims_wrong(own, n);
	c->claims_n = s->claims_from += n;
	c->threads[s->at].wrong = wrong;
	note_label(s, wrong ? STR("wrong") : STR("not-wrong"));
}

static bool seek_label(struct scan *s, int64_t row)
{
	struct columns *c = s->c;

	while (s->at < c->n && c->threads[s->at].row < row) {
		close_claims(s);
		c->threads[++s->at].at[LIST_LABELS] = (uint32_t)c->lists[LIST_LABELS].n;
	}
	return s->at < c->n && c->threads[s->at].row == row;
}

/* What is known of a thread without asking for the label's name. */
static void note_flag(struct column *t, struct str name, bool stands)
{
	if (str_is(name, "solved"))
		t->solved = stands;
	else if (str_is(name, "thanked"))
		t->thanked = stands;
	else if (str_is(name, "referral"))
		t->referral = stands;
	else if (str_is(name, "private"))
		t->private = stands;
	else if (str_is(name, "publish") && stands)
		t->private = false;
}

static int see_label(void *ctx, int64_t thread, const struct label *label)
{
	struct scan *s = ctx;
	bool taken_back = str_starts(label->name, STR("not-"));
	struct str name = str_slice(label->name, taken_back ? 4 : 0, label->name.n);
	struct claim claim;

	if (!seek_label(s, thread))
		return 0;
	if (claim_read(&claim, label)) {
		note_claim(s, &claim);
		return 0;
	}
	note_flag(&s->c->threads[s->at], name, !taken_back);
	note_label(s, label->name);
	return 0;
}

int scan_labels(struct scan *s, struct archive *a, struct diags *diags)
{
	scan_rewind(s);
	if (archive_each_label(a, see_label, s, diags) < 0)
		return -1;
	seek_label(s, INT64_MAX);
	close_claims(s);
	return 0;
}

/* --- Evidence --- */

static void note_passage(struct scan *s, const struct evidence_facts *e)
{
	struct columns *c = s->c;

	GROW(c->passages, c->passages_n, c->passages_cap);
	c->passages[c->passages_n++] = (struct passage){
		.thread = (uint32_t)s->at,
		.grade = e->found.grade,
		.created = e->created,
		.start = e->found.start,
		.stop = e->found.stop,
		.post = arena_str(c->arena, e->post),
		.pattern = arena_str(c->arena, e->found.pattern),
	};
}

/* Admissions are the company's, thanks and solutions the customer's, and what others
 * told somebody is told by somebody else than us. */
static void note_evidence(struct scan *s, const struct evidence_facts *e)
{
	struct column *t = &s->c->threads[s->at];
	const struct known *author = scan_author(s, e->author);
	bool ours = scan_speaks(s, author, e->created);
	bool customers = !ours && author &&
			 t->customer == (uint32_t)(author - s->authors) + 1;
	int least = s->rules->wrong.evidence;

	if (e->found.kind == KIND_ADMISSION) {
		if (ours && e->found.grade > t->admission)
			t->admission = e->found.grade & 7;
		if (ours && least != GRADE_NONE && (int)e->found.grade >= least)
			note_passage(s, e);
		return;
	}
	if (e->found.kind == KIND_REFERRAL ? ours : !customers)
		return;
	t->found = (t->found | 1u << (e->found.kind - KIND_GRATITUDE)) & 7;
	t->thanked |= e->found.kind == KIND_GRATITUDE;
	t->solved |= e->found.kind == KIND_RESOLUTION;
	t->referral |= e->found.kind == KIND_REFERRAL;
}

static int see_evidence(void *ctx, const struct evidence_facts *e)
{
	struct scan *s = ctx;
	struct columns *c = s->c;

	c->evidence = true;
	while (s->at < c->n && c->threads[s->at].row < e->thread)
		s->at++;
	if (s->at < c->n && c->threads[s->at].row == e->thread && !e->gone && !e->hidden)
		note_evidence(s, e);
	return 0;
}

static int passage_cmp(const void *a, const void *b)
{
	const struct passage *x = a, *y = b;
	int c = (x->thread > y->thread) - (x->thread < y->thread);

	if (!c)
		c = (x->grade < y->grade) - (x->grade > y->grade);
	if (!c)
		c = (x->created > y->created) - (x->created < y->created);
	if (!c)
		c = str_cmp(x->post, y->post);
	return c ? c : (x->start > y->start) - (x->start < y->start);
}

int scan_evidence(struct scan *s, struct archive *a, struct diags *diags)
{
	scan_rewind(s);
	if (archive_each_evidence(a, see_evidence, s, diags) < 0)
		return -1;
	if (s->c->passages_n)
		qsort(s->c->passages, s->c->passages_n, sizeof(*s->c->passages),
		      passage_cmp);
	return 0;
}
