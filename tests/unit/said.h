#ifndef TESTS_SAID_H
#define TESTS_SAID_H

#include "base/diag.h"

/*
 * Appends what was recorded, a line each:
 * "3:5 unknown-key: unknown key 'shaer' in 'wrong' (did you mean 'share'?)".
 */
static inline void said(struct buf *out, const struct diags *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct diag *x = &d->items[i];

		if (x->line)
			buf_addf(out, "%lu:%lu ", x->line, x->column);
		buf_addf(out, "%s: %s", diag_name(x->id), x->message);
		if (x->hint)
			buf_addf(out, " (%s)", x->hint);
		buf_addc(out, '\n');
	}
}

#endif
