/*
 * The rules put to every thread.  Owns which candidates there are and why some
 * aren't eligible; which of the others are shown is choose.c's.
 */
#include "select/judge.h"

#include "base/mem.h"
#include "select/admission.h"
#include "select/reading.h"

#include <stdlib.h>

struct judging {
	struct judgement *j;
	const struct columns *c;
	const struct rules *r;
	const struct roster *roster;
	int64_t now;
	struct diags *diags;
	struct reading reading;
	struct diags doubts;    /* about the thread at hand's admission */
	struct facts facts;     /* of the thread at hand */
	struct admission admission;
	const struct claim *claim;     /* that it is by, or NULL: by this */
	const struct passage *passage;
	uint32_t *pages;        /* owned: whose candidate it is; see struct pair */
	size_t pages_n;
	bool *is_candidate;     /* owned: the same by page */
	size_t link_at; /* this list and the next two are by thread */
	size_t claim_at, claim_end, passage_at, passage_end;
};

/* --- The admission --- */

/* Posts that are read for it, of those labelled and of those found: more are no help. */
enum { TRIES = 64 };

static bool in_time(const struct judging *g, int64_t at)
{
	return days_since(at, g->now) <= g->r->wrong.max_age;
}

/* The thread's own part of the claims and passages, which are by thread. */
static void find_said(struct judging *g, size_t thread)
{
	const struct columns *c = g->c;

	g->claim_at = g->claim_end;
	g->passage_at = g->passage_end;
	while (g->claim_at < c->claims_n && c->claims[g->claim_at].thread < thread)
		g->claim_at++;
	while (g->passage_at < c->passages_n && c->passages[g->passage_at].thread < thread)
		g->passage_at++;
	for (g->claim_end = g->claim_at;
	     g->claim_end < c->claims_n && c->claims[g->claim_end].thread == thread;)
		g->claim_end++;
	for (g->passage_end = g->passage_at; g->passage_end < c->passages_n &&
					     c->passages[g->passage_end].thread == thread;)
		g->passage_end++;
}

/* The latest that holds.  1, 0 when none does, or -1. */
static int confirmed(struct judging *g, size_t thread)
{
	/* Nobody can mend what is gone at its venue. */
	struct diags *doubts = g->c->threads[thread].gone ? NULL : &g->doubts;
	int tries = 0;

	for (size_t i = g->claim_end; i-- > g->claim_at && tries < TRIES;) {
		const struct claim *claim = &g->c->claims[i];
		const struct thread *t;

		if (claim->rejects)
			continue;
		tries++;
		t = reading_post(&g->reading, claim->post);
		if (!t)
			return -1;
		g->admission = (struct admission){ .post = claim->post,
						   .quote = claim->quote };
		g->claim = claim;
		if (admission_holds(&g->admission, t, g->roster,
				    place_file(archive_path(g->reading.archive)), doubts))
			return 1;
	}
	return 0;
}

/* Whether a curator rejected the post as a whole, or that sentence of it. */
static bool rejected(const struct judging *g, struct str post, struct str quote)
{
	return claims_reject(g->c->claims + g->claim_at, g->claim_end - g->claim_at, post,
			     quote);
}

/* The plainest that holds, of these the first.  1, 0 when none does, or -1. */
static int detected(struct judging *g)
{
	int tries = 0, found = 0;

	for (size_t i = g->passage_at; i < g->passage_end && tries < TRIES && !found; i++) {
		const struct passage *p = &g->c->passages[i];
		const struct thread *t;

		if (!in_time(g, p->created))
			continue;
		tries++;
		if (rejected(g, p->post, STR_NONE))
			continue;
		t = reading_post(&g->reading, p->post);
		if (!t)
			return -1;
		found = admission_found(&g->admission, p, t, g->roster, g->c->arena,
					place_file(archive_path(g->reading.archive)),
					g->diags);
		if (found > 0 && rejected(g, p->post, g->admission.quote))
			found = 0;
		g->passage = p;
	}
	return found;
}

static int check_admission(struct judging *g, size_t thread)
{
	int found;

	g->facts.wrong = false;
	g->claim = NULL;
	g->passage = NULL;
	find_said(g, thread);
	found = confirmed(g, thread);
	if (found == 0) {
		g->claim = NULL;
		found = detected(g);
	}
	/* The post that was read is gone as soon as another is. */
	if (found > 0)
		g->admission.author = arena_str(g->c->arena, g->admission.author);
	g->facts.wrong = found > 0 && in_time(g, g->admission.at);
	return found < 0 ? -1 : 0;
}

/* --- Candidates --- */

static void gather_facts(struct judging *g, size_t thread)
{
	const struct column *t = &g->c->threads[thread];
	struct facts *f = &g->facts;
	size_t contributors;

	columns_list(g->c, LIST_CONTRIBUTORS, thread, &contributors);
	*f = (struct facts){
		.venue = g->c->venues[t->venue].slug,
		.id = str_of(t->id),
		.age = days_since(t->activity, g->now),
		.score = t->score,
		.posts = t->posts,
		.contributor = contributors > 0,
		.solved = t->accepted || t->solved,
		.thanked = t->thanked,
		.referral = t->referral,
		.found = column_found(t),
		.admission = (enum evidence_grade)t->admission,
		.topics = g->r->topics,
		.has = reading_has,
		.matches = reading_matches,
		.ctx = &g->reading,
		.diags = g->diags,
	};
	f->labels = columns_list(g->c, LIST_LABELS, thread, &f->labels_n);
	f->tags = columns_list(g->c, LIST_TAGS, thread, &f->tags_n);
}

static void add_page(struct judging *g, uint32_t page)
{
	if (g->is_candidate[page])
		return;
	g->is_candidate[page] = true;
	g->pages[g->pages_n++] = page;
}

static void follow_links(struct judging *g, size_t thread)
{
	const struct columns *c = g->c;

	for (size_t i = 0; i < g->pages_n; i++)
		g->is_candidate[g->pages[i]] = false;
	g->pages_n = 0;
	for (; g->link_at < c->links_n && c->links[g->link_at].thread == thread;
	     g->link_at++)
		add_page(g, c->links[g->link_at].product);
}

static int product_cmp(const void *key, const void *product)
{
	return str_cmp(*(const struct str *)key, ((const struct product *)product)->slug);
}

/* The products of the rules' `match` lines, in their order; owned. */
static uint32_t *match_products(const struct columns *c, const struct rules *r)
{
	uint32_t *products = xcalloc(r->matches_n + 1, sizeof(*products));

	for (size_t i = 0; i < r->matches_n; i++) {
		const struct product *p = bsearch(&r->matches[i].product, c->products,
						  c->products_n, sizeof(*p), product_cmp);

		invariant(p); /* unknown ones are errors before */
		products[i] = (uint32_t)(p - c->products);
	}
	return products;
}

static int try_matches(struct judging *g, const uint32_t *products)
{
	for (size_t i = 0; i < g->r->matches_n; i++) {
		int holds;

		if (g->is_candidate[products[i]])
			continue;
		holds = predicate_test(&g->r->matches[i].when, &g->facts);
		if (holds < 0)
			return -1;
		if (holds)
			add_page(g, products[i]);
	}
	return 0;
}

/* What is nobody's candidate is no scenario's either: whatever the site shows
 * is about something that the company sells, and among what its counts are of. */
static int try_scenarios(struct judging *g)
{
	for (size_t i = 0; g->pages_n && i < g->r->scenarios_n; i++) {
		int holds = predicate_test(&g->r->scenarios[i].when, &g->facts);

		if (holds < 0)
			return -1;
		if (holds)
			add_page(g, (uint32_t)(g->c->products_n + i));
	}
	return 0;
}

/* --- Eligibility --- */

static int keep_and_drop(struct judging *g, struct judged *t)
{
	const struct rules *r = g->r;

	for (size_t i = 0; i < r->keep_n + r->drop_n; i++) {
		bool keep = i < r->keep_n;
		const struct rule *rule = keep ? &r->keep[i] : &r->drop[i - r->keep_n];
		int holds = predicate_test(&rule->when, &g->facts);

		if (holds < 0)
			return -1;
		if ((holds > 0) == keep)
			continue;
		t->reason = keep ? REASON_KEEP : REASON_DROP;
		t->rule = rule->line;
		return 0;
	}
	/* Whatever the rules say. */
	if (g->c->threads[t->column].private)
		t->reason = REASON_DROP;
	return 0;
}

static int find_reason(struct judging *g, struct judged *t)
{
	const struct column *column = &g->c->threads[t->column];

	t->reason = column->gone ? REASON_GONE
		  : column->no_ground ? REASON_GROUND
		  : column->embargoed ? REASON_EMBARGO
		  : column->expired ? REASON_EXPIRED : REASON_SHOWN;
	return t->reason == REASON_SHOWN ? keep_and_drop(g, t) : 0;
}

static int find_topics(struct judging *g, uint64_t *topics)
{
	*topics = 0;
	for (size_t i = 0; i < g->r->topics_n; i++) {
		int holds = predicate_test(&g->r->topics[i].when, &g->facts);

		if (holds < 0)
			return -1;
		*topics |= (uint64_t)holds << i;
	}
	return 0;
}

/* The admission at hand, as the record has it. */
static void note_admission(struct judging *g, struct chosen_thread *t)
{
	const struct admission *a = &g->admission;

	t->wrong_post = a->post;
	t->wrong_quote = a->quote;
	t->wrong_at = a->at;
	t->wrong_who = a->who;
	t->wrong_author = a->who >= 0 ? g->roster->config->contributors[a->who].name
				      : a->author;
	if (g->claim) {
		t->wrong_by = g->claim->by;
		t->wrong_said = g->claim->at;
	} else {
		t->wrong_pattern = g->passage->pattern;
		t->wrong_grade = g->passage->grade;
	}
}

static int add_candidate(struct judging *g, size_t thread)
{
	const struct column *column = &g->c->threads[thread];
	struct judgement *j = g->j;
	struct judged t = { .column = (uint32_t)thread };

	if (find_reason(g, &t) < 0)
		return -1;
	t.thread = (struct chosen_thread){
		.row = column->row,
		.venue = g->facts.venue,
		.id = g->facts.id,
		.activity = column->activity,
		.rank = column_rank(column, &g->r->order),
		.eligible = t.reason == REASON_SHOWN,
		.withdrawn = t.reason == REASON_GONE,
		.claimed = column->wrong || g->r->wrong.evidence != GRADE_NONE,
		.wrong = g->facts.wrong,
		.solved = g->facts.solved,
		.thanked = g->facts.thanked,
		.wrong_at = WHEN_NONE,
		.wrong_who = ROSTER_NONE,
	};
	if (t.thread.wrong)
		note_admission(g, &t.thread);
	if (find_topics(g, &t.thread.topics) < 0)
		return -1;
	for (size_t i = 0; i < g->pages_n; i++) {
		GROW(j->pairs, j->pairs_n, j->pairs_cap);
		j->pairs[j->pairs_n++] = (struct pair){ (uint32_t)j->n, g->pages[i] };
	}
	GROW(j->threads, j->n, j->cap);
	j->threads[j->n++] = t;
	if (g->doubts.n)
		diags_merge(g->diags, &g->doubts);
	return 0;
}

static int judge_thread(struct judging *g, size_t thread, const uint32_t *matched)
{
	int result = 0;

	follow_links(g, thread);
	if (!g->pages_n && !g->r->matches_n)
		return 0;
	reading_begin(&g->reading, g->c->threads[thread].row);
	gather_facts(g, thread);
	if (check_admission(g, thread) < 0 || try_matches(g, matched) < 0 ||
	    try_scenarios(g) < 0)
		result = -1;
	else if (g->pages_n)
		result = add_candidate(g, thread);
	diags_release(&g->doubts); /* of a thread that is nobody's candidate */
	return result;
}

int judge(struct judgement *j, const struct columns *c, const struct rules *r,
	  const struct roster *roster, struct archive *a, int64_t now,
	  struct texts *texts, struct diags *diags)
{
	struct judging g = {
		.j = j, .c = c, .r = r, .roster = roster, .now = now, .diags = diags,
		.reading = { .archive = a, .venues = c->venues, .venues_n = c->venues_n,
			     .vocabulary = &r->vocabulary, .texts = texts, .diags = diags },
	};
	uint32_t *matched = match_products(c, r);
	size_t pages = c->products_n + r->scenarios_n;
	int result = 0;

	reading_init(&g.reading);
	g.pages = xcalloc(pages, sizeof(*g.pages));
	g.is_candidate = xcalloc(pages, sizeof(*g.is_candidate));
	for (size_t i = 0; i < c->n && result == 0; i++)
		result = judge_thread(&g, i, matched);
	reading_release(&g.reading);
	free(g.pages);
	free(g.is_candidate);
	free(matched);
	return result;
}

void judgement_release(struct judgement *j)
{
	free(j->threads);
	free(j->pairs);
}
