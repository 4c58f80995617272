#ifndef SELECT_DOUBTS_H
#define SELECT_DOUBTS_H

#include "select/columns.h"
#include "select/muster.h"
#include "select/rules.h"
#include "select/select.h"

/*
 * What is likely not meant: nobody of the company in the archive, rules that go by
 * evidence without any, no wrong threads, pages without candidates.
 */
struct doubts {
	const struct selection *selection; /* made */
	const struct rules *rules;
	const struct config *config;
	const struct columns *columns;
	struct muster *muster;
};

void doubts_tell(const struct doubts *d, struct diags *diags);

#endif
