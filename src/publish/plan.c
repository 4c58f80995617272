/* What differs between two records.  Why, in words, is plan-why.c's. */
#include "publish/plan.h"

#include "base/mem.h"

#include <stdlib.h>

static int by_place_now(const void *a, const void *b)
{
	const struct plan_thread *x = a, *y = b;

	return (x->after->position > y->after->position) -
	       (x->after->position < y->after->position);
}

static int by_place_then(const void *a, const void *b)
{
	const struct plan_thread *x = a, *y = b;

	return (x->before->position > y->before->position) -
	       (x->before->position < y->before->position);
}

static void sort(struct plan_list *list, int (*cmp)(const void *, const void *))
{
	if (list->n)
		qsort(list->items, list->n, sizeof(*list->items), cmp);
}

/* The longest part of the list, which is in the new order, that is in the old order too:
 * says of each whether it is in that.  (Patience sorting: Fredman, "On computing the
 * length of longest increasing subsequences", 1975.) */
static void find_unmoved(const struct plan_list *all, bool *unmoved)
{
	size_t *ends = xcalloc(all->n, sizeof(*ends)); /* by length: the lowest that ends one */
	size_t *links = xcalloc(all->n, sizeof(*links)); /* index + 1 of the one before */
	size_t length = 0;

	for (size_t i = 0; i < all->n; i++) {
		uint32_t place = all->items[i].before->position;
		size_t low = 0, high = length;

		while (low < high) {
			size_t middle = low + (high - low) / 2;

			if (all->items[ends[middle]].before->position < place)
				low = middle + 1;
			else
				high = middle;
		}
		links[i] = low ? ends[low - 1] + 1 : 0;
		ends[low] = i;
		if (low == length)
			length++;
	}
	for (size_t at = length ? ends[length - 1] + 1 : 0; at; at = links[at - 1])
		unmoved[at - 1] = true;
	free(links);
	free(ends);
}

static void add(struct plan_list *list, struct plan_thread t)
{
	list->items[list->n++] = t;
}

static void find_moves(struct plan_page *page, struct plan_list *kept)
{
	bool *unmoved = xcalloc(kept->n, sizeof(*unmoved));

	sort(kept, by_place_now);
	find_unmoved(kept, unmoved);
	for (size_t i = 0; i < kept->n; i++)
		if (!unmoved[i])
			add(&page->lists[PLAN_MOVE], kept->items[i]);
	free(unmoved);
}

/* One thread that one of the records, or both, know. */
static void compare_thread(struct plan_page *page, struct plan_list *kept,
			   const struct record_thread *before,
			   const struct record_thread *after)
{
	const struct plan_thread t = { .before = before, .after = after };
	bool then = before && before->position, now = after && after->position;

	if (now && !then)
		add(&page->lists[PLAN_ENTER], t);
	else if (then && !now)
		add(&page->lists[PLAN_LEAVE], t);
	else if (then) {
		add(kept, t);
		if (before->wrong != after->wrong)
			add(&page->lists[PLAN_TURN], t);
	}
}

static const struct record_page no_page;

static void compare_page(struct plan *p, struct plan_page *page)
{
	const struct record_page *before = page->before ? page->before : &no_page;
	const struct record_page *after = page->after ? page->after : &no_page;
	size_t most = before->shown + after->shown, i = 0, k = 0;
	struct plan_list kept = { xcalloc(most, sizeof(*kept.items)), 0 };

	for (int c = 0; c < PLAN_CHANGES; c++)
		page->lists[c].items = arena_array(&p->arena, struct plan_thread, most);
	while (i < before->threads_n || k < after->threads_n) {
		const struct record_thread *x = i < before->threads_n ? &before->threads[i]
								     : NULL;
		const struct record_thread *y = k < after->threads_n ? &after->threads[k]
								    : NULL;
		int c = !x ? 1 : !y ? -1 : record_thread_cmp(x, y);

		compare_thread(page, &kept, c <= 0 ? x : NULL, c >= 0 ? y : NULL);
		i += c <= 0;
		k += c >= 0;
	}
	find_moves(page, &kept);
	sort(&page->lists[PLAN_ENTER], by_place_now);
	sort(&page->lists[PLAN_LEAVE], by_place_then);
	sort(&page->lists[PLAN_TURN], by_place_now);
	free(kept.items);
}

void plan_make(struct plan *p, const struct record *before, const struct record *after)
{
	size_t before_n = before ? before->pages_n : 0, i = 0, k = 0;

	*p = (struct plan){ .arena = ARENA_INIT, .before = before, .after = after };
	p->pages = arena_array(&p->arena, struct plan_page, before_n + after->pages_n);
	while (i < before_n || k < after->pages_n) {
		struct plan_page *page = &p->pages[p->pages_n++];
		const struct record_page *x = i < before_n ? &before->pages[i] : NULL;
		const struct record_page *y = k < after->pages_n ? &after->pages[k] : NULL;
		int c = !x ? 1 : !y ? -1 : record_page_cmp(x, y);

		if (c <= 0)
			page->before = &before->pages[i++];
		if (c >= 0)
			page->after = &after->pages[k++];
		compare_page(p, page);
	}
}

void plan_release(struct plan *p)
{
	arena_release(&p->arena);
}

static bool ratio_eq(struct ratio a, struct ratio b)
{
	return a.num == b.num && a.den == b.den;
}

bool plan_page_changes(const struct plan_page *page)
{
	if (plan_stands(page->before) != plan_stands(page->after) || page->text)
		return true;
	if (page->before && page->after && plan_stands(page->after) &&
	    !ratio_eq(page->before->required, page->after->required))
		return true;
	for (int c = 0; c < PLAN_CHANGES; c++)
		if (page->lists[c].n)
			return true;
	return false;
}

struct plan_counts plan_count(const struct plan *p)
{
	struct plan_counts counts = { 0 };

	for (size_t i = 0; i < p->pages_n; i++) {
		const struct plan_page *page = &p->pages[i];
		bool then = plan_stands(page->before), now = plan_stands(page->after);

		counts.enter += now && !then;
		counts.leave += then && !now;
		counts.change += then == now && plan_page_changes(page);
	}
	return counts;
}

bool plan_empty(const struct plan *p)
{
	struct plan_counts counts = plan_count(p);

	return p->before && !counts.change && !counts.enter && !counts.leave &&
	       p->before->shown == p->after->shown && p->before->wrong == p->after->wrong &&
	       ratio_eq(p->before->required, p->after->required) && !p->files.fresh_n &&
	       !p->files.changed_n && !p->files.removed;
}
