#ifndef TEXT_QUOTATION_H
#define TEXT_QUOTATION_H

#include "base/buf.h"
#include "base/str.h"
#include "text/body.h"

#include <stddef.h>

/*
 * Where a body as it was written quotes somebody in a block: lines behind '>' (in
 * Markdown with those that go on without it), blockquote elements and Discourse's
 * <aside class="quote">, and forums' [quote] to [/quote].
 */
enum quotation_kind { QUOTATION_LINES, QUOTATION_LAZY, QUOTATION_HTML, QUOTATION_BBCODE };

struct quotation {
	enum quotation_kind kind;
	size_t start, end; /* bytes of the body, marks included */
	size_t inner;      /* where its text begins: behind its first tag */
	unsigned depth;    /* of lines: marks before each, from 1 */
	size_t next;       /* index of the first one that isn't within it */
};

struct quotations {
	struct quotation *items; /* owned; by start, an outer before an inner one */
	size_t n, cap;
};

#define QUOTATIONS_INIT { NULL, 0, 0 }

/* Starts anew; never fails.  One is within another or apart from it. */
void quotations_find(struct quotations *q, enum body_format format, struct str body);
void quotations_release(struct quotations *q);
/* Appends what stands for a quotation that was taken out, mark in it. */
void quotation_replace(struct buf *out, const struct quotation *q, struct str mark);

#endif
