#ifndef TEXT_REDACT_FIND_H
#define TEXT_REDACT_FIND_H

#include "looks.h"

#include "text/redact.h"

/* Bytes [from, to) of the text, and which item found them. */
struct span {
	size_t from, to;
	size_t item;
};

struct spans {
	struct span *items; /* owned */
	size_t n, cap;
};

void spans_add(struct spans *s, size_t from, size_t to, size_t item);

/* What an item of each kind finds, from left to right, without overlaps. */
void find_emails(const struct looks *l, struct str spared, size_t item,
		 struct spans *out);
void find_phones(const struct looks *l, size_t item, struct spans *out);
void find_cards(const struct looks *l, size_t item, struct spans *out);

#endif
