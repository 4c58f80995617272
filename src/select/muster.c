/* What is doubtful about the roster.  Nothing here decides anything: who counts as
 * the company's is roster.c's. */
#include "select/muster.h"

#include "base/mem.h"

#include <stdlib.h>

void muster_init(struct muster *m, const struct roster *roster, struct arena *a,
		 int64_t now)
{
	*m = (struct muster){ .config = roster->config, .roster = roster, .arena = a,
			      .now = now };
	m->found = xcalloc(roster->n, sizeof(*m->found));
}

void muster_release(struct muster *m)
{
	free(m->doubts);
	free(m->found);
}

/* --- Finding --- */

/* Who speaks for the company no more may be called anything. */
static bool misnamed(const struct muster *m, const struct listed *listed,
		     const struct naming *naming, struct str name)
{
	return naming && roster_speaks(m->roster, listed->who, m->now) &&
	       !naming_matches(naming, name);
}

/* Without a roster the venue's flag is what the company goes by. */
static bool flagged(const struct muster *m, const struct author *author)
{
	return author->staff && (m->roster->n || m->config->named.n);
}

/* What is doubtful about an account, or DIAG_COUNT. */
static enum diag_id doubt_of(const struct muster *m, const struct listed *listed,
			     const struct naming *naming, const struct author *author)
{
	if (listed)
		return misnamed(m, listed, naming, author->name) ? DIAG_CONTRIBUTOR_NAME
								 : DIAG_COUNT;
	if (flagged(m, author))
		return DIAG_STAFF_UNLISTED;
	return naming && naming_matches(naming, author->name) ? DIAG_CONTRIBUTOR_UNLISTED
							      : DIAG_COUNT;
}

static void add_doubt(struct muster *m, const struct doubt *doubt)
{
	GROW(m->doubts, m->n, m->cap);
	m->doubts[m->n++] = *doubt;
}

void muster_author(struct muster *m, struct str venue, const struct author *author,
		   uint32_t number)
{
	const struct listed *listed = roster_account(m->roster, venue, author->id);
	const struct naming *naming = namings_find(&m->config->named, venue);
	enum diag_id id = doubt_of(m, listed, naming, author);

	if (listed)
		m->found[listed - m->roster->listed] = true;
	if (id != DIAG_COUNT)
		add_doubt(m, &(struct doubt){ id, number, venue,
					      arena_str(m->arena, author->id),
					      arena_str(m->arena, author->name), listed,
					      naming });
}

static bool has_venue(const struct venue *venues, size_t n, struct str slug)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(venues[i].slug, slug))
			return true;
	return false;
}

/* Whose time has yet to come may not have written anything. */
static bool expected(const struct muster *m, const struct listed *listed)
{
	const struct contributor *c;

	if (listed->who < 0)
		return true;
	c = &m->config->contributors[listed->who];
	return !c->active_n || c->active[0].from <= m->now;
}

static void add_missing(struct muster *m, const struct venue *venues, size_t venues_n)
{
	for (size_t i = 0; i < m->roster->n; i++) {
		const struct listed *listed = &m->roster->listed[i];
		const struct account *account = listed->account;

		if (!m->found[i] && expected(m, listed) &&
		    has_venue(venues, venues_n, account->venue))
			add_doubt(m, &(struct doubt){ DIAG_UNKNOWN_ACCOUNT, 0,
						      account->venue, account->id,
						      STR_NONE, listed, NULL });
	}
}

/* --- Telling --- */

static struct place account_place(const struct muster *m, const struct doubt *d)
{
	const struct account *account = d->listed->account;

	return place_in(&m->config->source, account->at, account->n);
}

static void tell_unlisted(const struct muster *m, const struct doubt *d, uint32_t posts,
			  struct diags *diags)
{
	diag_add(diags, d->id, place_in(&m->config->source, d->naming->at, d->naming->n),
		 "'%.*s' (account '%.*s' at '%.*s', with %u post%s) is named like one of "
		 "your people and isn't listed", STR_ARG(d->name), STR_ARG(d->account),
		 STR_ARG(d->venue), posts, posts == 1 ? "" : "s");
	diag_hint(diags, "list the account under 'contributors' if it is one of you; "
			 "anybody can take such a name, so it counts for nothing");
}

static void tell_staff(const struct muster *m, const struct doubt *d, uint32_t posts,
		       struct diags *diags)
{
	const struct config *c = m->config;

	diag_add(diags, d->id,
		 c->contributors_n
			 ? place_in(&c->source, c->contributors_at, strlen("contributors"))
			 : place_file(c->source.path),
		 "'%.*s' (account '%.*s' at '%.*s', with %u post%s) is flagged as staff "
		 "there and isn't listed", STR_ARG(d->name), STR_ARG(d->account),
		 STR_ARG(d->venue), posts, posts == 1 ? "" : "s");
	diag_hint(diags, "list the account under 'contributors', or under "
			 "'shared_accounts' when no single person stands behind it");
}

static void tell_name(const struct muster *m, const struct doubt *d, struct diags *diags)
{
	diag_add(diags, d->id, account_place(m, d),
		 "the account '%.*s' at '%.*s' is called '%.*s', which isn't as "
		 "'contributors_named' says", STR_ARG(d->account), STR_ARG(d->venue),
		 STR_ARG(d->name));
	diag_hint(diags, "see whether it is the right account; if it is, have it renamed");
}

static void tell_missing(const struct muster *m, const struct doubt *d,
			 struct diags *diags)
{
	diag_add(diags, d->id, account_place(m, d),
		 "no account '%.*s' at '%.*s' in the archive", STR_ARG(d->account),
		 STR_ARG(d->venue));
	diag_hint(diags, "an account is known by the venue's id, not by its name; for who "
			 "has yet to begin, say from when they are 'active'");
}

/* glibc's and FreeBSD's form of qsort with a context: how many posts an author has.
 * Whoever wrote the most matters the most. */
static int doubt_cmp(const void *a, const void *b, void *ctx)
{
	const struct doubt *x = a, *y = b;
	const uint32_t *posts = ctx;
	int c = (x->id > y->id) - (x->id < y->id);

	if (!c && x->id != DIAG_UNKNOWN_ACCOUNT)
		c = (posts[x->author] < posts[y->author]) - (posts[x->author] > posts[y->author]);
	if (!c)
		c = str_cmp(x->venue, y->venue);
	return c ? c : str_cmp(x->account, y->account);
}

void muster_report(struct muster *m, const uint32_t *posts, const struct venue *venues,
		   size_t venues_n, struct diags *diags)
{
	add_missing(m, venues, venues_n);
	if (m->n)
		qsort_r(m->doubts, m->n, sizeof(*m->doubts), doubt_cmp, (void *)posts);
	for (size_t i = 0; i < m->n; i++) {
		const struct doubt *d = &m->doubts[i];

		if (d->id == DIAG_UNKNOWN_ACCOUNT)
			tell_missing(m, d, diags);
		else if (d->id == DIAG_CONTRIBUTOR_NAME)
			tell_name(m, d, diags);
		else if (!posts[d->author])
			continue; /* all of it is gone: nobody reads them */
		else if (d->id == DIAG_STAFF_UNLISTED)
			tell_staff(m, d, posts[d->author], diags);
		else
			tell_unlisted(m, d, posts[d->author], diags);
	}
}
