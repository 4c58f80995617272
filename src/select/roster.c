/* Who of the company wrote a post: accounts, known by venue and the venue's
 * id, never by a display name. */
#include "select/roster.h"

#include "base/mem.h"

#include <stdlib.h>

static int account_cmp(const struct account *x, const struct account *y)
{
	int c = str_cmp(x->venue, y->venue);

	return c ? c : str_cmp(x->id, y->id);
}

static int listed_cmp(const void *a, const void *b)
{
	const struct account *x = ((const struct listed *)a)->account;
	const struct account *y = ((const struct listed *)b)->account;
	int c = account_cmp(x, y);

	return c ? c : (x->at > y->at) - (x->at < y->at);
}

static void list(struct roster *r, const struct accounts *accounts, int who)
{
	for (size_t i = 0; i < accounts->n; i++)
		r->listed[r->n++] = (struct listed){ &accounts->items[i], who };
}

struct roster *roster_new(const struct config *c)
{
	struct roster *r = xcalloc(1, sizeof(*r));
	size_t n = c->shared.n;

	for (size_t i = 0; i < c->contributors_n; i++)
		n += c->contributors[i].accounts.n;
	r->config = c;
	r->listed = xcalloc(n, sizeof(*r->listed));
	for (size_t i = 0; i < c->contributors_n; i++)
		list(r, &c->contributors[i].accounts, (int)i);
	list(r, &c->shared, ROSTER_STAFF);
	if (r->n)
		qsort(r->listed, r->n, sizeof(*r->listed), listed_cmp);
	return r;
}

void roster_free(struct roster *r)
{
	if (!r)
		return;
	free(r->listed);
	free(r);
}

static int key_cmp(const void *key, const void *listed)
{
	return account_cmp(key, ((const struct listed *)listed)->account);
}

const struct listed *roster_account(const struct roster *r, struct str venue,
				    struct str id)
{
	const struct account key = { .venue = venue, .id = id };

	return r->n ? bsearch(&key, r->listed, r->n, sizeof(*r->listed), key_cmp) : NULL;
}

int roster_whose(const struct roster *r, struct str venue, const struct author *author)
{
	const struct listed *found = roster_account(r, venue, author->id);

	if (found)
		return found->who;
	return author->staff ? ROSTER_STAFF : ROSTER_NONE;
}

bool roster_speaks(const struct roster *r, int who, int64_t at)
{
	if (who < 0)
		return who == ROSTER_STAFF;
	return contributor_speaks(&r->config->contributors[who], at);
}

int roster_find(const struct roster *r, struct str venue, const struct author *author,
		int64_t at)
{
	int who = roster_whose(r, venue, author);

	return roster_speaks(r, who, at) ? who : ROSTER_NONE;
}
