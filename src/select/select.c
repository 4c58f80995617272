/*
 * The choice for the whole site: reads, judges, chooses page by page, makes the
 * site's share hold, and writes the one record that everybody else reads.
 */
#include "select/select.h"

#include "base/mem.h"
#include "base/suggest.h"
#include "select/choose.h"
#include "select/doubts.h"
#include "select/judge.h"
#include "select/texts.h"

#include <stdlib.h>

struct selecting {
	struct selection *s;
	const struct rules *r;
	const struct config *config;
	int64_t now;
	struct texts *texts; /* or NULL */
	struct diags *diags;
	struct roster *roster; /* owned */
	struct muster muster;
	struct columns columns;
	struct judgement judgement;
	struct eligible *all;      /* owned: every candidate of every page, by page */
	struct eligible *options; /* owned: the eligible ones, each page's at its first */
	size_t *first;             /* owned: where a page begins in both; one more */
	size_t n;                  /* pages: the products' and the scenarios' */
	struct page_choice *pages; /* owned; in the order of selection.pages */
};

/* --- Names that the archive must know --- */

static bool has_product(const struct selection *s, struct str slug)
{
	for (size_t from = 0, to = s->products_n; from < to;) {
		size_t middle = from + (to - from) / 2;
		int c = str_cmp(slug, s->products[middle].slug);

		if (c == 0)
			return true;
		if (c < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return false;
}

static bool has_venue(const struct selection *s, struct str slug)
{
	for (size_t i = 0; i < s->venues_n; i++)
		if (str_eq(s->venues[i].slug, slug))
			return true;
	return false;
}

/* Slugs are views; suggest() takes C strings. */
static void hint_slug(struct selection *s, struct str name, bool venues,
		      struct diags *diags)
{
	size_t n = venues ? s->venues_n : s->products_n;
	const char **slugs = arena_array(&s->arena, const char *, n);
	const char *meant;

	for (size_t i = 0; i < n; i++)
		slugs[i] = arena_strz(&s->arena, venues ? s->venues[i].slug
							: s->products[i].slug);
	meant = suggest(name, slugs, n);
	if (meant)
		diag_hint(diags, "did you mean '%s'?", meant);
	else
		diag_hint(diags, "import it first");
}

static int check_product(struct selecting *g, struct str slug, size_t at, size_t n)
{
	if (has_product(g->s, slug))
		return 0;
	diag_add(g->diags, DIAG_UNKNOWN_PRODUCT, place_in(&g->r->source, at, n),
		 "no product '%.*s' in the archive", STR_ARG(slug));
	hint_slug(g->s, slug, false, g->diags);
	return -1;
}

static void check_venue(struct selecting *g, struct str slug, struct place where)
{
	if (has_venue(g->s, slug))
		return;
	diag_add(g->diags, DIAG_UNKNOWN_VENUE, where, "no venue '%.*s' in the archive",
		 STR_ARG(slug));
	hint_slug(g->s, slug, true, g->diags);
}

static void check_rule_venue(void *ctx, const struct predicate *p, struct str venue)
{
	check_venue(ctx, venue, place_in(p->source, p->at, p->n));
}

static void check_account_venues(struct selecting *g, const struct accounts *accounts)
{
	const struct account *all = accounts->items;

	for (size_t i = 0; i < accounts->n; i++)
		if (i == 0 || !str_eq(all[i].venue, all[i - 1].venue))
			check_venue(g, all[i].venue,
				    place_in(&g->config->source, all[i].at, all[i].n));
}

static void check_roster_venues(struct selecting *g)
{
	const struct config *c = g->config;

	for (size_t i = 0; i < c->contributors_n; i++)
		check_account_venues(g, &c->contributors[i].accounts);
	check_account_venues(g, &c->shared);
	for (size_t i = 0; i < c->named.n; i++)
		if (str_present(c->named.items[i].venue))
			check_venue(g, c->named.items[i].venue,
				    place_in(&c->source, c->named.items[i].at,
					     c->named.items[i].n));
}

static int check_names(struct selecting *g)
{
	const struct rules *r = g->r;
	int result = 0;

	for (size_t i = 0; i < r->matches_n; i++) {
		const struct match *m = &r->matches[i];

		if (check_product(g, m->product, m->at, m->n) < 0)
			result = -1;
		predicate_each_venue(&m->when, check_rule_venue, g);
	}
	for (size_t i = 0; i < r->overrides_n; i++)
		if (check_product(g, r->overrides[i].product, r->overrides[i].at,
				  r->overrides[i].n) < 0)
			result = -1;
	for (size_t i = 0; i < r->keep_n; i++)
		predicate_each_venue(&r->keep[i].when, check_rule_venue, g);
	for (size_t i = 0; i < r->drop_n; i++)
		predicate_each_venue(&r->drop[i].when, check_rule_venue, g);
	for (size_t i = 0; i < r->scenarios_n; i++)
		predicate_each_venue(&r->scenarios[i].when, check_rule_venue, g);
	for (size_t i = 0; i < r->topics_n; i++)
		predicate_each_venue(&r->topics[i].when, check_rule_venue, g);
	check_roster_venues(g);
	return result;
}

/* --- Pages --- */

static void name_pages(struct selecting *g)
{
	struct selection *s = g->s;

	s->pages_n = s->products_n;
	s->scenarios_n = g->r->scenarios_n;
	g->n = s->pages_n + s->scenarios_n;
	s->pages = arena_array(&s->arena, struct choice, g->n);
	s->scenarios = s->pages + s->pages_n;
	for (size_t i = 0; i < s->pages_n; i++)
		s->pages[i] = (struct choice){ .slug = s->products[i].slug,
					       .product = &s->products[i] };
	for (size_t i = 0; i < s->scenarios_n; i++) {
		const struct scenario *from = &g->r->scenarios[i];

		s->scenarios[i] = (struct choice){
			.slug = arena_str(&s->arena, from->slug),
			.title = arena_str(&s->arena, from->title),
			.about = arena_str(&s->arena, from->about),
		};
	}
}

/* The page's own numbers, or NULL. */
static const struct override *own_numbers(const struct selecting *g, size_t page)
{
	if (page < g->s->pages_n)
		return rules_override(g->r, g->s->pages[page].slug);
	return &g->r->scenarios[page - g->s->pages_n].own;
}

/* Pairs come by thread; each page wants its own. */
static void sort_pairs(struct selecting *g)
{
	const struct judgement *j = &g->judgement;
	size_t *next;

	g->first = xcalloc(g->n + 2, sizeof(*g->first));
	g->all = xcalloc(j->pairs_n, sizeof(*g->all));
	g->options = xcalloc(j->pairs_n, sizeof(*g->options));
	next = g->first + 1; /* ends up as the pages' first */
	for (size_t i = 0; i < j->pairs_n; i++)
		next[j->pairs[i].page + 1]++;
	for (size_t p = 0; p < g->n; p++)
		next[p + 1] += next[p];
	for (size_t i = 0; i < j->pairs_n; i++) {
		const struct judged *t = &j->threads[j->pairs[i].thread];
		const struct column *column = &g->columns.threads[t->column];
		size_t contributors;
		struct eligible *e = &g->all[next[j->pairs[i].page]++];

		*e = (struct eligible){
			.rank = t->thread.rank,
			.activity = t->thread.activity,
			.id = column->id,
			.venue = column->venue,
			.customer = column->customer,
			.thread = j->pairs[i].thread,
			.wrong = t->thread.wrong,
		};
		e->contributors = columns_list(&g->columns, LIST_CONTRIBUTORS, t->column,
					       &contributors);
		e->contributors_n = (uint32_t)contributors;
	}
}

static void set_limits(struct selecting *g, size_t at)
{
	const struct override *o = own_numbers(g, at);
	struct page_limits *limits = &g->pages[at].limits;

	limits->limit = o && o->has_limit ? o->limit : g->r->limit;
	limits->share = (struct ratio){ 0, 1 };
	if (o && o->has_share)
		limits->share = o->share;
	else if (g->r->wrong.over_page)
		limits->share = g->r->wrong.share;
	limits->spread = g->r->wrong.spread;
	memcpy(limits->caps, g->r->caps, sizeof(limits->caps));
}

static void page_falls_short(struct selecting *g, size_t at)
{
	const struct page_choice *page = &g->pages[at];
	struct str slug = g->s->pages[at].slug;
	const struct override *o = own_numbers(g, at);
	size_t wanted = page->n, wrong = 0;

	if (wanted > (size_t)page->limits.limit)
		wanted = (size_t)page->limits.limit;
	for (size_t i = 0; i < page->n; i++)
		wrong += page->options[i].wrong;
	if (g->r->wrong.shortfall == SHORTFALL_SKIP)
		choose_none(&g->pages[at]);
	if (g->r->wrong.shortfall != SHORTFALL_FAIL)
		return;
	diag_add(g->diags, DIAG_SHARE_NOT_MET,
		 o && o->has_share ? place_in(&g->r->source, o->at, o->n) : rules_share_place(g->r),
		 "the page of '%.*s' would show %zu threads, of which %zu must be wrong "
		 "threads, but has %zu", STR_ARG(slug), wanted,
		 share_ceil(page->limits.share, wanted), wrong);
	diag_hint(g->diags,
		  "label more threads 'wrong', or say 'shortfall: trim' to show fewer");
}

static void choose_page(struct selecting *g, size_t at)
{
	struct page_choice *page = &g->pages[at];
	size_t n = g->first[at + 1] - g->first[at];
	struct eligible *all = g->all + g->first[at];

	if (n)
		qsort(all, n, sizeof(*all), eligible_cmp);
	page->options = g->options + g->first[at];
	for (size_t i = 0; i < n; i++)
		if (g->judgement.threads[all[i].thread].reason == REASON_SHOWN)
			page->options[page->n++] = all[i];
	set_limits(g, at);
	choose(page);
	if (page->shortfall)
		page_falls_short(g, at);
}

/* The site's share is over the products' pages; a scenario's holds its own. */
static void hold_site_share(struct selecting *g)
{
	struct ratio share = g->r->wrong.share;
	size_t shown, wrong, threads = g->judgement.n;

	if (!g->r->wrong.over_site)
		return;
	if (g->r->wrong.shortfall != SHORTFALL_FAIL) {
		site_trim(g->pages, g->s->pages_n, threads, share);
		return;
	}
	site_count(g->pages, g->s->pages_n, threads, &shown, &wrong);
	if (wrong >= share_ceil(share, shown))
		return;
	diag_add(g->diags, DIAG_SHARE_NOT_MET, rules_share_place(g->r),
		 "the site would show %zu threads, of which %zu must be wrong threads, "
		 "but has %zu", shown, share_ceil(share, shown), wrong);
	diag_hint(g->diags,
		  "label more threads 'wrong', or say 'shortfall: trim' to show fewer");
}

static void choose_pages(struct selecting *g)
{
	name_pages(g);
	g->pages = xcalloc(g->n, sizeof(*g->pages));
	sort_pairs(g);
	for (size_t p = 0; p < g->n; p++)
		choose_page(g, p);
	hold_site_share(g);
}

/* --- The record --- */

static unsigned rule_line(const struct rules *r, const struct override *o,
			  const struct eligible *e)
{
	switch (e->reason) {
	case REASON_SHARE:
		return o && o->has_share ? o->share_line : r->wrong.share_line;
	case REASON_LIMIT:
		return o && o->has_limit ? o->limit_line : r->limit_line;
	case REASON_CAP:
		return e->cap < 0 ? r->caps_line : r->cap_lines[e->cap];
	default:
		return 0;
	}
}

static void record_candidate(struct selecting *g, struct choice *choice,
			     const struct eligible *e, const struct override *o)
{
	const struct judged *t = &g->judgement.threads[e->thread];
	struct chosen_thread *thread = &g->s->threads[e->thread];
	bool eligible = t->reason == REASON_SHOWN;
	uint32_t index = (uint32_t)choice->candidates_n++;

	choice->candidates[index] = (struct candidate){
		.thread = e->thread,
		.position = eligible ? e->position : 0,
		.reason = eligible ? e->reason : t->reason,
		.rule = eligible ? rule_line(g->r, o, e) : t->rule,
	};
	choice->candidates_wrong += e->wrong;
	choice->eligible += eligible;
	choice->eligible_wrong += eligible && e->wrong;
	choice->withdrawn += t->reason == REASON_GONE;
	if (choice->candidates[index].position) {
		choice->confirmed += str_present(thread->wrong_by);
		choice->shown[e->position - 1] = index;
		*(choice->product ? &thread->shown : &thread->in_scenario) = true;
	}
}

static void record_page(struct selecting *g, size_t at)
{
	const struct page_choice *page = &g->pages[at];
	const struct override *o = own_numbers(g, at);
	struct choice *choice = &g->s->pages[at];
	size_t first = g->first[at], n = g->first[at + 1] - first;
	const struct eligible *option = page->options;

	choice->limit = page->limits.limit;
	choice->required = page->limits.share;
	choice->candidates = arena_array(&g->s->arena, struct candidate, n);
	choice->shown = arena_array(&g->s->arena, uint32_t, page->shown);
	choice->shown_n = page->shown;
	choice->shown_wrong = page->shown_wrong;
	choice->shortfall = page->shortfall;
	choice->skipped = page->shortfall && g->r->wrong.shortfall == SHORTFALL_SKIP;
	/* The eligible ones are in the same order among all. */
	for (size_t i = first; i < first + n; i++) {
		const struct eligible *e = &g->all[i];

		if (g->judgement.threads[e->thread].reason == REASON_SHOWN)
			e = option++;
		record_candidate(g, choice, e, o);
	}
}

static int64_t next_midnight(int64_t now)
{
	return (when_day(now) + 1) * WHEN_DAY;
}

static void record_clock(struct selecting *g)
{
	struct selection *s = g->s;
	bool days = g->r->vocabulary.ages || g->r->order.recent > 0 ||
		    g->r->wrong.max_age != MAX_AGE_NONE;

	s->day = when_day(g->now);
	s->next = g->columns.next;
	if (days && next_midnight(g->now) < s->next)
		s->next = next_midnight(g->now);
}

static void record_site(struct selecting *g)
{
	struct selection *s = g->s;

	s->required = g->r->wrong.over_site ? g->r->wrong.share : (struct ratio){ 0, 1 };
	s->candidates = s->threads_n;
	s->first = s->last = s->day;
	for (size_t i = 0; i < s->threads_n; i++) {
		const struct chosen_thread *t = &s->threads[i];
		int64_t day = when_day(t->activity);

		s->shown += t->shown;
		s->shown_wrong += t->shown && t->wrong;
		s->confirmed += t->shown && str_present(t->wrong_by);
		s->candidates_wrong += t->wrong;
		s->eligible += t->eligible;
		s->eligible_wrong += t->eligible && t->wrong;
		s->withdrawn += g->judgement.threads[i].reason == REASON_GONE;
		s->first = i == 0 || day < s->first ? day : s->first;
		s->last = i == 0 || day > s->last ? day : s->last;
	}
}

static int index_cmp(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* Links come in the order of the archive's rows: nobody should see that. */
static void record_threads(struct selecting *g)
{
	const struct judgement *j = &g->judgement;
	struct selection *s = g->s;
	uint32_t *products = arena_array(&s->arena, uint32_t, j->pairs_n);
	size_t n = 0;

	s->threads_n = j->n;
	s->threads = arena_array(&s->arena, struct chosen_thread, j->n);
	for (size_t i = 0, pair = 0; i < j->n; i++) {
		size_t first = n;

		for (; pair < j->pairs_n && j->pairs[pair].thread == i; pair++)
			if (j->pairs[pair].page < s->products_n)
				products[n++] = j->pairs[pair].page;
		qsort(products + first, n - first, sizeof(*products), index_cmp);
		s->threads[i] = j->threads[i].thread;
		s->threads[i].products = products + first;
		s->threads[i].products_n = n - first;
	}
}

/* Without those whom only the venue calls staff: they are nobody of the roster. */
static void record_contributors(struct selecting *g)
{
	struct selection *s = g->s;
	uint32_t *all = arena_array(&s->arena, uint32_t,
				    g->columns.lists[LIST_CONTRIBUTORS].n);

	for (size_t i = 0; i < s->threads_n; i++) {
		struct chosen_thread *t = &s->threads[i];
		size_t n;
		const uint32_t *who = columns_list(&g->columns, LIST_CONTRIBUTORS,
						   g->judgement.threads[i].column, &n);

		t->contributors = all;
		for (size_t k = 0; k < n; k++)
			if (who[k] < g->config->contributors_n)
				*all++ = who[k];
		t->contributors_n = (size_t)(all - t->contributors);
	}
}

static void record_topics(struct selecting *g)
{
	struct selection *s = g->s;

	s->topics_n = g->r->topics_n;
	s->topics = arena_array(&s->arena, struct about, s->topics_n);
	for (size_t i = 0; i < s->topics_n; i++)
		s->topics[i] = (struct about){
			arena_str(&s->arena, g->r->topics[i].name),
			arena_str(&s->arena, g->r->topics[i].title),
		};
}

static void record(struct selecting *g)
{
	record_topics(g);
	record_threads(g);
	record_contributors(g);
	for (size_t p = 0; p < g->n; p++)
		record_page(g, p);
	record_clock(g);
	record_site(g);
}

/* --- All of it --- */

static int read_and_judge(struct selecting *g, struct archive *a)
{
	struct selection *s = g->s;
	int result;

	g->roster = roster_new(g->config);
	muster_init(&g->muster, g->roster, &s->arena, g->now);
	g->columns = (struct columns){ .arena = &s->arena,
				       .muster = &g->muster,
				       .venues = s->venues,
				       .venues_n = s->venues_n,
				       .products = s->products,
				       .products_n = s->products_n };
	result = columns_read(&g->columns, a, g->r, g->roster, g->now, g->diags);
	if (result == 0 && g->texts)
		result = texts_begin(g->texts, a, &g->r->vocabulary, g->diags);
	if (result == 0)
		result = judge(&g->judgement, &g->columns, g->r, g->roster, a, g->now,
			       g->texts, g->diags);
	return result;
}

static int run(struct selecting *g, struct archive *a)
{
	struct selection *s = g->s;
	size_t errors = diags_errors(g->diags);

	if (archive_venues(a, &s->arena, &s->venues, &s->venues_n, g->diags) < 0 ||
	    archive_products(a, &s->arena, &s->products, &s->products_n, g->diags) < 0 ||
	    check_names(g) < 0 || read_and_judge(g, a) < 0)
		return -1;
	choose_pages(g);
	record(g);
	doubts_tell(&(struct doubts){ s, g->r, g->config, &g->columns, &g->muster }, g->diags);
	return diags_errors(g->diags) > errors ? -1 : 0;
}

int select_again(struct selection *s, struct archive *a, const struct rules *r,
		 const struct config *c, int64_t now, struct texts *texts,
		 struct diags *diags)
{
	struct selecting g = { .s = s, .r = r, .config = c, .now = now, .texts = texts,
			       .diags = diags };
	int result;

	*s = (struct selection){ .arena = ARENA_INIT };
	result = run(&g, a);
	muster_release(&g.muster);
	roster_free(g.roster);
	columns_release(&g.columns);
	judgement_release(&g.judgement);
	free(g.all);
	free(g.options);
	free(g.first);
	free(g.pages);
	return result;
}

int select_run(struct selection *s, struct archive *a, const struct rules *r,
	       const struct config *c, int64_t now, struct diags *diags)
{
	return select_again(s, a, r, c, now, NULL, diags);
}

void selection_release(struct selection *s)
{
	arena_release(&s->arena);
}
