/* What a site shows, of a selection.  How it is read from a ledger is record-ledger.c's,
 * what differs between two plan.c's. */
#include "publish/record.h"

#include <stdlib.h>

int record_page_cmp(const void *a, const void *b)
{
	const struct record_page *x = a, *y = b;

	if (x->scenario != y->scenario)
		return x->scenario ? 1 : -1;
	return str_cmp(x->slug, y->slug);
}

int record_thread_cmp(const void *a, const void *b)
{
	const struct record_thread *x = a, *y = b;
	int c = str_cmp(x->venue, y->venue);

	return c ? c : str_cmp(x->id, y->id);
}

static void take_page(struct record *r, struct record_page *page,
		      const struct selection *s, const struct choice *choice)
{
	*page = (struct record_page){
		.slug = choice->slug,
		.scenario = !choice->product,
		.skipped = choice->skipped,
		.required = choice->required,
		.shown = choice->shown_n,
		.wrong = choice->shown_wrong,
		.threads = arena_array(&r->arena, struct record_thread, choice->candidates_n),
		.threads_n = choice->candidates_n,
	};
	for (size_t i = 0; i < choice->candidates_n; i++) {
		const struct candidate *c = &choice->candidates[i];
		const struct chosen_thread *t = &s->threads[c->thread];

		page->threads[i] = (struct record_thread){
			t->venue, t->id, c->position, c->rule, c->reason, t->wrong, t
		};
	}
	if (page->threads_n)
		qsort(page->threads, page->threads_n, sizeof(*page->threads),
		      record_thread_cmp);
}

void record_of_selection(struct record *r, const struct selection *s, struct str rules)
{
	*r = (struct record){
		.arena = ARENA_INIT,
		.pages_n = s->pages_n + s->scenarios_n,
		.shown = s->shown,
		.wrong = s->shown_wrong,
		.required = s->required,
		.day = s->day,
		.whole = true,
	};
	r->rules = arena_str(&r->arena, rules);
	r->pages = arena_array(&r->arena, struct record_page, r->pages_n);
	for (size_t i = 0; i < r->pages_n; i++)
		take_page(r, &r->pages[i], s, &s->pages[i]);
	if (r->pages_n)
		qsort(r->pages, r->pages_n, sizeof(*r->pages), record_page_cmp);
}

void record_release(struct record *r)
{
	arena_release(&r->arena);
}

const struct record_page *record_page(const struct record *r, bool scenario,
				      struct str slug)
{
	const struct record_page key = { .slug = slug, .scenario = scenario };

	return r->pages_n ? bsearch(&key, r->pages, r->pages_n, sizeof(key), record_page_cmp)
			  : NULL;
}

const struct record_thread *record_thread(const struct record_page *page, struct str venue,
					  struct str id)
{
	const struct record_thread key = { .venue = venue, .id = id };

	return page->threads_n ? bsearch(&key, page->threads, page->threads_n, sizeof(key),
					 record_thread_cmp)
			       : NULL;
}
