#ifndef SELECT_JUDGE_H
#define SELECT_JUDGE_H

#include "select/columns.h"
#include "select/rules.h"
#include "select/select.h"

/*
 * What the rules make of each thread: whose candidate it is, whether it is
 * eligible, whether it counts as a wrong thread.
 */

/* A thread that is some product's candidate. */
struct judged {
	struct chosen_thread thread;
	uint32_t column;    /* index in columns.threads */
	enum reason reason; /* REASON_SHOWN: eligible; else what stops it */
	unsigned rule;      /* the line that does, or 0 */
};

struct judgement {
	struct judged *threads; /* owned; by row */
	size_t n, cap;
	struct pair {
		uint32_t thread; /* index in threads */
		uint32_t page;   /* index in columns.products; behind them come the
				  * scenarios of the rules */
	} *pairs; /* owned; by thread, products first */
	size_t pairs_n, pairs_cap;
};

/* texts may be NULL.  0, or -1 with diagnostics; release in both cases. */
int judge(struct judgement *j, const struct columns *c, const struct rules *r,
	  const struct roster *roster, struct archive *a, int64_t now,
	  struct texts *texts, struct diags *diags);
void judgement_release(struct judgement *j);

#endif
