/* Messages into threads.  What a message holds is the importer's. */
#include "import/mailthread.h"

#include "base/mem.h"
#include "base/when.h"

#include <stdlib.h>

static const int64_t window = (int64_t)MAILTHREAD_DAYS * WHEN_DAY;

/* --- Nodes --- */

uint32_t mailthread_find(const struct mailthread *t, struct str id)
{
	uint64_t number = seen_get(&t->ids, id, STR_NONE);

	return number ? (uint32_t)(number - 1) : MAILTHREAD_NONE;
}

uint32_t mailthread_node(struct mailthread *t, struct str id)
{
	uint64_t number = seen_add(&t->ids, id, STR_NONE, t->n + 1);
	struct mailthread_node *node;

	if (number)
		return (uint32_t)(number - 1);
	invariant(id.n == MAILTHREAD_ID && t->n < MAILTHREAD_NONE);
	GROW(t->nodes, t->n, t->cap);
	node = &t->nodes[t->n];
	*node = (struct mailthread_node){ .parent = MAILTHREAD_NONE, .set = (uint32_t)t->n };
	memcpy(node->id, id.p, id.n);
	return (uint32_t)t->n++;
}

void mailthread_refer(struct mailthread *t, uint32_t node, struct str id)
{
	uint32_t to = mailthread_node(t, id), *refs;
	struct mailthread_node *from = &t->nodes[node];

	if (to == node)
		return;
	if (!from->refs_n)
		from->refs = (uint32_t)t->refs_n;
	if (from->refs_n == MAILTHREAD_REFS) {
		refs = t->refs + from->refs;
		memmove(refs + 1, refs + 2, (MAILTHREAD_REFS - 2) * sizeof(*refs));
		t->refs_n--;
		from->refs_n--;
	}
	GROW(t->refs, t->refs_n, t->refs_cap);
	t->refs[t->refs_n++] = to;
	from->refs_n++;
}

void mailthread_release(struct mailthread *t)
{
	seen_release(&t->ids);
	free(t->nodes);
	free(t->refs);
}

/* --- Links --- */

/* Whose thread it is so far: a tree each, joined as sets are (Tarjan). */
static uint32_t set_of(struct mailthread *t, uint32_t i)
{
	while (t->nodes[i].set != i)
		i = t->nodes[i].set = t->nodes[t->nodes[i].set].set;
	return i;
}

/* Unless the child has a parent, or is above the parent itself: the root of its tree is
 * the only node there without one. */
static void join(struct mailthread *t, uint32_t child, uint32_t parent)
{
	uint32_t below = set_of(t, child), above = set_of(t, parent);

	if (t->nodes[child].parent != MAILTHREAD_NONE || below == above)
		return;
	t->nodes[child].parent = parent;
	t->nodes[below].set = above;
}

static void link_references(struct mailthread *t, const uint32_t *order, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct mailthread_node *m = &t->nodes[order[i]];

		if (m->refs_n)
			join(t, order[i], t->refs[m->refs + m->refs_n - 1]);
	}
	for (size_t i = 0; i < n; i++) {
		const struct mailthread_node *m = &t->nodes[order[i]];

		for (uint32_t k = 1; k < m->refs_n; k++)
			join(t, t->refs[m->refs + k], t->refs[m->refs + k - 1]);
	}
}

/* order: of one subject, the oldest first. */
static void link_subject(struct mailthread *t, const uint32_t *order, size_t n)
{
	uint32_t start = MAILTHREAD_NONE;
	int64_t last = 0;

	for (size_t i = 0; i < n; i++) {
		const struct mailthread_node *m = &t->nodes[order[i]];

		if (!m->reply || m->refs_n)
			start = order[i];
		else if (start != MAILTHREAD_NONE && m->date - last <= window)
			join(t, order[i], start);
		last = m->date;
	}
}

static void link_subjects(struct mailthread *t, const uint32_t *order, size_t n)
{
	size_t same;

	for (size_t i = 0; i < n; i += same) {
		uint64_t subject = t->nodes[order[i]].subject;

		for (same = 1; i + same < n; same++)
			if (t->nodes[order[i + same]].subject != subject)
				break;
		if (subject)
			link_subject(t, order + i, same);
	}
}

/* --- Order --- */

static int by_date(const void *a, const void *b, void *nodes)
{
	const struct mailthread_node *x = nodes, *y = nodes;

	x += *(const uint32_t *)a;
	y += *(const uint32_t *)b;
	if (x->date != y->date)
		return x->date < y->date ? -1 : 1;
	return memcmp(x->id, y->id, MAILTHREAD_ID);
}

static int by_subject(const void *a, const void *b, void *nodes)
{
	const struct mailthread_node *x = nodes, *y = nodes;

	x += *(const uint32_t *)a;
	y += *(const uint32_t *)b;
	if (x->subject != y->subject)
		return x->subject < y->subject ? -1 : 1;
	return by_date(a, b, nodes);
}

static uint32_t *messages(const struct mailthread *t, size_t *n)
{
	uint32_t *order = xreallocarray(NULL, t->n + 1, sizeof(*order));

	*n = 0;
	for (size_t i = 0; i < t->n; i++)
		if (t->nodes[i].here)
			order[(*n)++] = (uint32_t)i;
	return order;
}

/* --- Threads --- */

static void settle_roots(struct mailthread *t)
{
	for (uint32_t i = 0; i < t->n; i++)
		if (t->nodes[i].parent == MAILTHREAD_NONE)
			t->nodes[set_of(t, i)].root = i;
	for (uint32_t i = 0; i < t->n; i++) {
		struct mailthread_node *m = &t->nodes[i], *root;

		m->root = t->nodes[set_of(t, i)].root;
		root = &t->nodes[m->root];
		if (m->known && (!root->thread || m->known < root->thread))
			root->thread = m->known;
	}
}

static bool is_there(const struct mailthread *t, uint32_t i)
{
	const struct mailthread_node *m = &t->nodes[i];

	return m->here || (m->known && m->known == t->nodes[m->root].thread);
}

/* Every parent that isn't there gives way to the next one above it. */
static void settle_parents(struct mailthread *t)
{
	for (uint32_t i = 0; i < t->n; i++) {
		uint32_t found = t->nodes[i].parent, next;

		while (found != MAILTHREAD_NONE && !is_there(t, found))
			found = t->nodes[found].parent;
		/* No way is walked twice. */
		for (uint32_t at = i; t->nodes[at].parent != found; at = next) {
			next = t->nodes[at].parent;
			t->nodes[at].parent = found;
		}
	}
}

void mailthread_link(struct mailthread *t)
{
	size_t n;
	uint32_t *order = messages(t, &n);

	qsort_r(order, n, sizeof(*order), by_date, t->nodes);
	link_references(t, order, n);
	qsort_r(order, n, sizeof(*order), by_subject, t->nodes);
	link_subjects(t, order, n);
	free(order);
	settle_roots(t);
	settle_parents(t);
}
