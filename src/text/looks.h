#ifndef TEXT_LOOKS_H
#define TEXT_LOOKS_H

#include "base/buf.h"
#include "base/str.h"

#include <stdint.h>

/* A text as it looks: see include/text/redact.h.  Filled piece by piece. */
struct looks {
	struct buf text;   /* owned */
	uint32_t *at;      /* owned; for each byte and the end, where it was in the pieces */
	unsigned char *is; /* owned; for each byte, of the LOOKS below */
	size_t cap;
	size_t from;       /* bytes of the pieces so far */
};

enum {
	LOOKS_WORD = 1, /* a letter or digit */
	LOOKS_DENSE = 2, /* one of a script that has no blanks between words */
	LOOKS_CODE = 4,
	LOOKS_URL = 8   /* blanks are left out, as a browser does */
};

#define LOOKS_INIT { BUF_INIT, NULL, NULL, 0, 0 }

/* Appends a piece; how is LOOKS_CODE, LOOKS_URL or 0. */
void looks_add(struct looks *l, struct str piece, unsigned how);
/* A line break between pieces. */
void looks_break(struct looks *l);
void looks_reset(struct looks *l);
void looks_release(struct looks *l);

#endif
