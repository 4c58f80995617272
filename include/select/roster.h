#ifndef SELECT_ROSTER_H
#define SELECT_ROSTER_H

#include "archive/model.h"
#include "select/config.h"

/*
 * Who of the company wrote a post: an account that candor.yaml lists, at the time
 * at which its person speaks for the company, and no other; of all other accounts
 * those that the venue itself calls staff.
 */
struct roster {
	const struct config *config; /* borrowed */
	struct listed {
		const struct account *account; /* the config's */
		int who; /* index in the config's contributors, or ROSTER_STAFF */
	} *listed; /* owned; by venue, then id, then place in the file */
	size_t n;
};

/* ROSTER_STAFF: the company's, but nobody's of the roster. */
enum { ROSTER_NONE = -1, ROSTER_STAFF = -2 };

struct roster *roster_new(const struct config *c); /* owned: roster_free */
void roster_free(struct roster *r);
/* The entry of an account, or NULL. */
const struct listed *roster_account(const struct roster *r, struct str venue,
				    struct str id);
/* Whose the account is at any time, if it isn't a customer's: the contributor's index
 * in the config, ROSTER_STAFF, or ROSTER_NONE. */
int roster_whose(const struct roster *r, struct str venue, const struct author *author);
/* Whether that one's posts are the company's at that time. */
bool roster_speaks(const struct roster *r, int who, int64_t at);
/* Who wrote it, of a post of that time: as roster_whose(), and ROSTER_NONE for those
 * who don't speak for the company then. */
int roster_find(const struct roster *r, struct str venue, const struct author *author,
		int64_t at);

#endif
