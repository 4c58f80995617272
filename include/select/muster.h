#ifndef SELECT_MUSTER_H
#define SELECT_MUSTER_H

#include "select/roster.h"

/*
 * The roster and the accounts of the archive held against each other: who is named
 * like one of the company's people or flagged as one by the venue and isn't listed,
 * and who is listed under a name or an id that can't be right.
 */
struct muster {
	const struct config *config; /* borrowed, as the two below */
	const struct roster *roster;
	struct arena *arena;
	int64_t now;
	struct doubt {
		enum diag_id id;
		uint32_t author; /* its number */
		struct str venue, account, name; /* name is in the arena */
		const struct listed *listed; /* or NULL */
		const struct naming *naming; /* the venue's, or NULL */
	} *doubts; /* owned */
	size_t n, cap;
	bool *found; /* owned: by index in roster->listed */
};

void muster_init(struct muster *m, const struct roster *roster, struct arena *a,
		 int64_t now);
void muster_release(struct muster *m);
/* Every author of the archive, numbered as the caller likes; venue must stay. */
void muster_author(struct muster *m, struct str venue, const struct author *author,
		   uint32_t number);
/* Warnings, sorted by what they say, posts (the most first), venue and account.  posts is
 * by an author's number; of a venue that the archive doesn't have nothing is said. */
void muster_report(struct muster *m, const uint32_t *posts, const struct venue *venues,
		   size_t venues_n, struct diags *diags);

#endif
