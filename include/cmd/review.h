#ifndef CMD_REVIEW_H
#define CMD_REVIEW_H

#include "cmd/command.h"
#include "select/waiting.h"

struct review_flags {
	bool all, json, csv, serve, open;
	int64_t limit, port; /* 0: not given */
	const char *by;
};

/* What waits, as of one state of the archive. */
struct review {
	struct run *run;       /* borrowed: config, rules, clock, operands */
	struct roster *roster; /* owned */
	struct selection selection;
	struct waiting_list list;
	bool chosen; /* selection has been made */
};

void review_init(struct review *r, struct run *run);
void review_release(struct review *r);
/* The choice, from anew.  A share that can't be met is no failure here: 0, or -1 with
 * diagnostics. */
int review_choose(struct review *r, struct archive *a, struct diags *diags);
/* Whether there are the products that the command line names: 0, or -1 with
 * diagnostics. */
int review_check(struct review *r);
/* What waits of the candidates that were chosen from then; of the products that the
 * command line names, if it does. */
int review_list(struct review *r, struct archive *a, struct diags *diags);

/* candor review --serve: until a signal ends it. */
int review_serve(struct run *run);

#endif
