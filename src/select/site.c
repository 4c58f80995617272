/* The share over the whole site.  What stands on one page is choose.c's. */
#include "select/choose.h"

#include "base/mem.h"

#include <stdlib.h>

/* What the site shows of a thread. */
struct seen {
	const struct eligible *option; /* on the first page that shows it, or NULL */
	bool leaves;
};

static void look(const struct page_choice *pages, size_t n, struct seen *seen,
		 size_t *shown, size_t *wrong)
{
	*shown = *wrong = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < pages[i].n; j++) {
			const struct eligible *o = &pages[i].options[j];

			if (!o->position || seen[o->thread].option)
				continue;
			seen[o->thread].option = o;
			*shown += 1;
			*wrong += o->wrong;
		}
}

void site_count(const struct page_choice *pages, size_t n, size_t threads, size_t *shown,
		size_t *wrong)
{
	struct seen *seen = xcalloc(threads, sizeof(*seen));

	look(pages, n, seen, shown, wrong);
	free(seen);
}

/* The last in page order first. */
static int seen_cmp(const void *a, const void *b)
{
	const struct seen *const *x = a, *const *y = b;

	return eligible_cmp((*y)->option, (*x)->option);
}

/* Marks the lowest threads that aren't wrong. */
static void send_away(struct seen *seen, size_t threads, size_t most)
{
	struct seen **others = xcalloc(threads, sizeof(*others));
	size_t n = 0;

	for (size_t i = 0; i < threads; i++)
		if (seen[i].option && !seen[i].option->wrong)
			others[n++] = &seen[i];
	invariant(most <= n);
	qsort(others, n, sizeof(*others), seen_cmp);
	for (size_t i = 0; i < most; i++)
		others[i]->leaves = true;
	free(others);
}

/* Chooses again among what is on the page and doesn't leave. */
static void choose_again(struct page_choice *page, const struct seen *seen)
{
	struct page_choice rest = { .limits = page->limits };
	uint32_t *from = xcalloc(page->n, sizeof(*from));
	uint32_t *position = xcalloc(page->n, sizeof(*position));

	rest.options = xcalloc(page->n, sizeof(*rest.options));
	for (size_t i = 0; i < page->n; i++)
		if (page->options[i].position && !seen[page->options[i].thread].leaves) {
			from[rest.n] = (uint32_t)i; /* order is kept: both are sorted */
			rest.options[rest.n++] = page->options[i];
		}
	choose(&rest);
	for (size_t i = 0; i < rest.n; i++)
		position[from[i]] = rest.options[i].position;
	choose_none(page);
	for (size_t i = 0; i < page->n; i++)
		if (position[i]) {
			page->options[i].position = position[i];
			page->options[i].reason = REASON_SHOWN;
		}
	page->shown = rest.shown;
	page->shown_wrong = rest.shown_wrong;
	free(rest.options);
	free(from);
	free(position);
}

static bool somebody_leaves(const struct page_choice *page, const struct seen *seen)
{
	for (size_t i = 0; i < page->n; i++)
		if (page->options[i].position && seen[page->options[i].thread].leaves)
			return true;
	return false;
}

/* More than one round is needed only when a percentage cap, on a page that
 * became smaller, takes a wrong thread with it. */
bool site_trim(struct page_choice *pages, size_t n, size_t threads, struct ratio share)
{
	bool trimmed = false;

	for (;;) {
		struct seen *seen = xcalloc(threads, sizeof(*seen));
		size_t shown, wrong, size;

		look(pages, n, seen, &shown, &wrong);
		size = share_size(share, wrong);
		if (shown <= size) {
			free(seen);
			return trimmed;
		}
		send_away(seen, threads, shown - size);
		for (size_t i = 0; i < n; i++)
			if (somebody_leaves(&pages[i], seen))
				choose_again(&pages[i], seen);
		free(seen);
		trimmed = true;
	}
}
