#ifndef SELECT_CLAIM_H
#define SELECT_CLAIM_H

#include "archive/model.h"

/*
 * What a curator said of an admission: that there is one (the label wrong), or that there
 * is none (not-wrong), in a sentence, a post or the thread.  What is said of more is said
 * of each of its parts.
 */
struct claim {
	uint32_t thread; /* the caller's number */
	bool rejects;
	bool undecided; /* takes back what its curator said before: label_taken_back() */
	int64_t at;
	struct str post, quote, by; /* the first two may be absent */
};

/* Whether the label is one; strings are the label's, thread is left 0. */
bool claim_read(struct claim *c, const struct label *label);
/*
 * Of one thread's, the latest last: those that stand, in place, which is how many.  A
 * later word on the same takes back an earlier one; not-wrong of a post or the thread
 * every wrong in it.
 */
size_t claims_settle(struct claim *claims, size_t n);
/* Whether one of those that stand says that there is one. */
bool claims_wrong(const struct claim *claims, size_t n);
/*
 * Whether one says that there is none in the post, or in that sentence of it (may be
 * absent): what was rejected then may be a part of what is found now.
 */
bool claims_reject(const struct claim *claims, size_t n, struct str post, struct str quote);

#endif
