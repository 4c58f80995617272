/* Who of the company wrote a post: accounts, known by venue and the venue's
 * id, never by a display name. */
#include "select/select.h"

#include "base/mem.h"

#include <stdlib.h>

struct roster {
	struct entry {
		struct str venue, id; /* borrowed from the config */
		int contributor;
	} *entries; /* owned; by venue, then id */
	size_t n;
};

static int entry_cmp(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int c = str_cmp(x->venue, y->venue);

	return c ? c : str_cmp(x->id, y->id);
}

struct roster *roster_new(const struct config *c)
{
	struct roster *r = xcalloc(1, sizeof(*r));
	size_t n = 0;

	for (size_t i = 0; i < c->contributors_n; i++)
		n += c->contributors[i].accounts_n;
	r->entries = xcalloc(n, sizeof(*r->entries));
	for (size_t i = 0; i < c->contributors_n; i++) {
		const struct contributor *who = &c->contributors[i];

		for (size_t j = 0; j < who->accounts_n; j++)
			r->entries[r->n++] =
				(struct entry){ who->accounts[j].venue,
						who->accounts[j].id, (int)i };
	}
	if (r->n)
		qsort(r->entries, r->n, sizeof(*r->entries), entry_cmp);
	return r;
}

void roster_free(struct roster *r)
{
	if (!r)
		return;
	free(r->entries);
	free(r);
}

int roster_find(const struct roster *r, struct str venue, const struct author *author)
{
	struct entry key = { .venue = venue, .id = author->id };
	const struct entry *found = NULL;

	if (r->n)
		found = bsearch(&key, r->entries, r->n, sizeof(key), entry_cmp);
	if (found)
		return found->contributor;
	return author->staff ? ROSTER_STAFF : ROSTER_NONE;
}
