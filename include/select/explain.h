#ifndef SELECT_EXPLAIN_H
#define SELECT_EXPLAIN_H

#include "base/json.h"
#include "select/select.h"

/* The record of a choice as JSON, as `explain` prints it: members of the object that was
 * begun. */

/* Whose page it is, as of which day, its limit and what share it requires. */
void explain_page(struct jsonw *w, const struct selection *s, const struct choice *page);
/* One of its candidates: shown or not, and the rule that decided; of a wrong thread the
 * admission. */
void explain_candidate(struct jsonw *w, const struct rules *rules, const struct selection *s,
		       const struct candidate *c);
/* "rules.yaml:12"; nothing for line 0, what is built in. */
void explain_rule(struct buf *b, const struct rules *rules, unsigned line);

#endif
