#ifndef SELECT_ADMISSION_H
#define SELECT_ADMISSION_H

#include "archive/model.h"
#include "base/diag.h"
#include "select/select.h"

/*
 * Whether a label `wrong` holds: it names a post of the thread that is neither
 * gone nor hidden and is by a contributor of its time, and what it quotes, if anything,
 * stands there.
 */
struct admission {
	struct str post, quote; /* as labelled; quote may be absent */
	int64_t at;             /* out: instant of the post */
	int who;                /* out: its author, as roster_find() says */
};

/*
 * 1: it holds.  0: it doesn't; why has been recorded as bad-admission at where,
 * when diags isn't NULL.
 */
int admission_holds(struct admission *a, const struct thread *t,
		    const struct roster *roster, struct place where,
		    struct diags *diags);

#endif
