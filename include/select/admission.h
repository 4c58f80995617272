#ifndef SELECT_ADMISSION_H
#define SELECT_ADMISSION_H

#include "archive/model.h"
#include "base/diag.h"
#include "select/columns.h"
#include "select/select.h"

/*
 * Whether an admission holds, be it labelled `wrong` or found: it is in a post of the
 * thread that is neither gone nor hidden and is by a contributor of its time, and what
 * it quotes, if anything, stands there.
 */
struct admission {
	struct str post, quote; /* quote may be absent */
	int64_t at;             /* out: instant of the post */
	int who;                /* out: its author, as roster_find() says */
	struct str author;      /* out: their name at the venue */
};

/*
 * Of a label, as it was given.  1: it holds.  0: it doesn't; why has been recorded as
 * bad-admission at where, when diags isn't NULL.
 */
int admission_holds(struct admission *a, const struct thread *t,
		    const struct roster *roster, struct place where,
		    struct diags *diags);
/*
 * Of a passage: post and quote are set, the quote being what a reader sees of it, in the
 * arena.  1: it holds; 0: it doesn't; -1: it isn't in the body, which is damage, at where.
 */
int admission_found(struct admission *a, const struct passage *p, const struct thread *t,
		    const struct roster *roster, struct arena *arena, struct place where,
		    struct diags *diags);

#endif
