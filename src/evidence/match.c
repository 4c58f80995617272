/*
 * Patterns against one post.  One search marks what every phrase is there for, then
 * each sentence is decided by its own marks, its neighbours' and the guards'.
 */
#include "evidence/evidence.h"

#include "base/mem.h"
#include "text/bytemap.h"
#include "text/sentence.h"

#include <stdlib.h>

/* A sentence with more than this is none: it was made to take long. */
enum { MARKS_MAX = 300 };
/* A post with more findings than this, likewise: each has to be found in the body. */
enum { FINDINGS_MAX = 64 };
/* How far behind a sentence "then" looks. */
enum { THEN_SENTENCES = 2 };

struct sentence {
	size_t from, to;
	size_t first, n; /* its marks */
};

struct mark {
	struct phrase_owner owner;
	uint32_t from, to; /* in the text */
};

struct match {
	const struct patterns *p;
	const struct evidence_post *post;
	struct sentence *sentences; /* owned */
	size_t sentences_n, sentences_cap;
	struct hit {
		uint32_t phrase, sentence, from, to;
	} *hits;                    /* owned; by sentence when sorted */
	size_t hits_n, hits_cap;
	struct mark *marks;         /* owned; by sentence */
	size_t marks_n, marks_cap;
	bool *previous;             /* owned, by pattern: the post that is answered has
				     * what it asks for; NULL until somebody asks */
};

/* --- Sentences and marks --- */

static void find_sentences(struct match *m, struct str text)
{
	struct sentences all = sentences_of(text);
	size_t from, to;

	while (sentences_next(&all, &from, &to)) {
		GROW(m->sentences, m->sentences_n, m->sentences_cap);
		m->sentences[m->sentences_n++] = (struct sentence){ .from = from, .to = to };
	}
}

/* The sentence that holds byte at; the number of sentences when none does. */
static size_t sentence_at(const struct match *m, size_t at)
{
	size_t low = 0, high = m->sentences_n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (m->sentences[middle].to <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low < m->sentences_n && m->sentences[low].from <= at ? low : m->sentences_n;
}

static bool take_hit(void *ctx, int phrase, size_t from, size_t to)
{
	struct match *m = ctx;
	size_t i = sentence_at(m, from);

	if (i == m->sentences_n || to > m->sentences[i].to)
		return true;
	if (m->sentences[i].n == MARKS_MAX)
		return true;
	m->sentences[i].n++;
	GROW(m->hits, m->hits_n, m->hits_cap);
	m->hits[m->hits_n++] = (struct hit){ (uint32_t)phrase, (uint32_t)i, (uint32_t)from,
					     (uint32_t)to };
	return true;
}

static int hit_cmp(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->sentence != y->sentence)
		return x->sentence < y->sentence ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->phrase > y->phrase) - (x->phrase < y->phrase);
}

static void mark_hit(struct match *m, const struct hit *h)
{
	struct sentence *s = &m->sentences[h->sentence];
	const struct patterns *p = m->p;

	for (uint32_t i = p->first_owner[h->phrase]; i < p->first_owner[h->phrase + 1]; i++) {
		if (s->n == MARKS_MAX)
			return;
		GROW(m->marks, m->marks_n, m->marks_cap);
		m->marks[m->marks_n++] = (struct mark){ p->owners[i], h->from, h->to };
		s->n++;
	}
}

static void mark_hits(struct match *m)
{
	size_t last = SIZE_MAX;

	if (m->hits_n)
		qsort(m->hits, m->hits_n, sizeof(*m->hits), hit_cmp);
	for (size_t i = 0; i < m->hits_n; i++) {
		size_t sentence = m->hits[i].sentence;

		if (sentence != last) {
			m->sentences[sentence].first = m->marks_n;
			m->sentences[sentence].n = 0;
		}
		last = sentence;
		mark_hit(m, &m->hits[i]);
	}
}

static void search_for(const struct patterns *p, struct str own,
		       bool (*hit)(void *ctx, int phrase, size_t from, size_t to), void *ctx)
{
	struct buf text = BUF_INIT;

	buf_addstr(&text, own);
	patterns_read_over(p, &text);
	phrases_search(p->phrases, buf_str(&text), hit, ctx);
	buf_release(&text);
}

static void search(struct match *m, struct str own)
{
	find_sentences(m, own);
	search_for(m->p, own, take_hit, m);
	mark_hits(m);
}

/* --- The post that is answered --- */

static bool take_previous(void *ctx, int phrase, size_t from, size_t to)
{
	struct match *m = ctx;
	const struct patterns *p = m->p;

	(void)from;
	(void)to;
	for (uint32_t i = p->first_owner[phrase]; i < p->first_owner[phrase + 1]; i++)
		if (p->owners[i].use == USE_PREVIOUS)
			m->previous[p->owners[i].owner] = true;
	return true;
}

static bool previous_has(struct match *m, uint32_t pattern)
{
	struct buf visible = BUF_INIT, own = BUF_INIT;

	if (m->previous)
		return m->previous[pattern];
	m->previous = xcalloc(m->p->n, sizeof(*m->previous));
	if (m->post->previous.n) {
		evidence_prose(m->post->previous_format, m->post->previous, &visible, &own);
		search_for(m->p, buf_str(&own), take_previous, m);
	}
	buf_release(&visible);
	buf_release(&own);
	return m->previous[pattern];
}

/* --- Deciding --- */

static bool is_use(const struct mark *k, uint32_t owner, enum phrase_use use)
{
	return k->owner.owner == owner && k->owner.use == use;
}

static bool has(const struct match *m, const struct sentence *s, uint32_t owner,
		enum phrase_use use)
{
	for (size_t i = s->first; i < s->first + s->n; i++)
		if (is_use(&m->marks[i], owner, use))
			return true;
	return false;
}

/* The first person's and the machines' phrases are everybody's. */
static bool has_common(const struct match *m, const struct sentence *s,
		       enum phrase_use use)
{
	return has(m, s, (uint32_t)m->p->n, use);
}

/* Whether owner, a pattern or the guards of its kind, speaks against the hit. */
static bool vetoes(const struct match *m, const struct sentence *s, uint32_t owner,
		   const struct mark *hit)
{
	for (size_t i = s->first; i < s->first + s->n; i++) {
		const struct mark *k = &m->marks[i];

		if (is_use(k, owner, USE_NOT) ||
		    (is_use(k, owner, USE_NOT_BEFORE) && k->from < hit->from) ||
		    (is_use(k, owner, USE_UNLESS) && k->from <= hit->from &&
		     k->to >= hit->to))
			return true;
	}
	return false;
}

static bool then_follows(const struct match *m, const struct sentence *s, uint32_t owner)
{
	const struct sentence *end = m->sentences + m->sentences_n;

	for (int i = 0; i < THEN_SENTENCES && ++s < end; i++)
		if (has(m, s, owner, USE_THEN))
			return true;
	return false;
}

static bool answers(const struct evidence_post *post, int after)
{
	if (after == AFTER_ANYTHING)
		return true;
	if (!str_present(post->previous) || after == AFTER_SOMEONE)
		return str_present(post->previous);
	return (post->previous_role == ROLE_CONTRIBUTOR) == (after == AFTER_CONTRIBUTOR);
}

/* What closes may stand behind the question mark. */
static bool asks(struct str text, const struct sentence *s)
{
	size_t at = s->to;

	while (at > s->from && strchr(")]\"'!", text.p[at - 1]))
		at--;
	return at > s->from && text.p[at - 1] == '?';
}

/* Whether the pattern finds what it looks for where its phrase is hit. */
static bool holds(struct match *m, struct str text, const struct sentence *s,
		  const struct mark *hit)
{
	uint32_t owner = hit->owner.owner;
	const struct pattern *p = &m->p->items[owner];

	if (!(evidence_roles[p->kind] & m->post->role) || !answers(m->post, p->after))
		return false;
	if ((p->start && s != m->sentences) || (!p->question && asks(text, s)))
		return false;
	if (p->first && !has_common(m, s, USE_FIRST))
		return false;
	if (p->lists & 1u << USE_WITH && !has(m, s, owner, USE_WITH))
		return false;
	if (vetoes(m, s, owner, hit) ||
	    vetoes(m, s, (uint32_t)(m->p->n + (unsigned)p->kind), hit))
		return false;
	if (p->lists & 1u << USE_THEN && !then_follows(m, s, owner))
		return false;
	return !(p->lists & 1u << USE_PREVIOUS) || previous_has(m, owner);
}

static bool is_better(const struct pattern *a, const struct pattern *b)
{
	return !b || a->grade > b->grade || (a->grade == b->grade && a < b);
}

/* The best pattern of each kind in the sentence, or NULL. */
static void decide(struct match *m, struct str text, const struct sentence *s,
		   const struct pattern **best)
{
	if (has_common(m, s, USE_AUTOMATIC))
		return;
	for (size_t i = s->first; i < s->first + s->n; i++) {
		const struct mark *k = &m->marks[i];
		const struct pattern *p = &m->p->items[k->owner.owner];

		if (k->owner.use == USE_ANY && is_better(p, best[p->kind]) &&
		    holds(m, text, s, k))
			best[p->kind] = p;
	}
}

/* --- Findings --- */

struct findings {
	struct finding *items; /* owned */
	size_t n, cap;
	struct bytemap map;
	bool mapped;
};

static void add_finding(struct findings *f, const struct match *m, struct str visible,
			const struct sentence *s, const struct pattern *p)
{
	struct finding *one;

	if (!f->mapped)
		bytemap_init(&f->map, m->post->format, m->post->body, visible);
	f->mapped = true;
	GROW(f->items, f->n, f->cap);
	one = &f->items[f->n++];
	*one = (struct finding){ .kind = (enum evidence_kind)p->kind,
				 .grade = (enum evidence_grade)p->grade,
				 .pattern = p->name };
	if (!bytemap_find(&f->map, s->from, s->to, &one->start, &one->stop)) {
		one->start = 0;
		one->stop = m->post->body.n;
	}
}

static void decide_all(struct match *m, struct str visible, struct str own,
		       struct findings *f)
{
	for (size_t i = 0; i < m->sentences_n && f->n < FINDINGS_MAX; i++) {
		const struct pattern *best[KIND_REFERRAL + 1] = { NULL };

		decide(m, own, &m->sentences[i], best);
		for (size_t k = 0; k < ARRAY_LEN(best); k++)
			if (best[k])
				add_finding(f, m, visible, &m->sentences[i], best[k]);
	}
}

void evidence_find(const struct patterns *p, const struct evidence_post *post,
		   struct arena *arena, struct finding **out, size_t *n)
{
	struct match m = { .p = p, .post = post };
	struct findings f = { .items = NULL };
	struct buf visible = BUF_INIT, own = BUF_INIT;

	evidence_prose(post->format, post->body, &visible, &own);
	search(&m, buf_str(&own));
	decide_all(&m, buf_str(&visible), buf_str(&own), &f);
	*n = f.n;
	*out = arena_memdup(arena, f.items, f.n * sizeof(*f.items));
	if (f.mapped)
		bytemap_release(&f.map);
	free(f.items);
	free(m.sentences);
	free(m.hits);
	free(m.marks);
	free(m.previous);
	buf_release(&visible);
	buf_release(&own);
}

void evidence_quote(enum body_format format, struct str body, size_t start, size_t stop,
		    struct buf *out)
{
	struct arena arena = ARENA_INIT;
	struct body_tree tree;
	size_t from = out->n;

	body_read(&arena, format, str_slice(body, start, stop), &tree);
	body_visible(&tree, 0, out);
	for (size_t i = from; i < out->n; i++)
		if (out->p[i] == '\n')
			out->p[i] = ' ';
	arena_release(&arena);
}
