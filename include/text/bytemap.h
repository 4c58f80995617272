#ifndef TEXT_BYTEMAP_H
#define TEXT_BYTEMAP_H

#include "text/body.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * From a passage of a body's visible text to its bytes in the body.  Readers don't
 * say where a character came from, so the letters and digits of the passage are
 * looked for in those of the body, markup left out; of several places the one is
 * taken that is as many occurrences from the start as in the visible text, and none
 * unless the body has as many.
 */
struct bytemap {
	struct buf seen;    /* owned: letters and digits of the visible text */
	struct buf stored;  /* owned: those of the body */
	uint32_t *at;       /* owned: for each byte of stored, where it begins */
	uint32_t *behind;   /* owned: and where it ends: an entity is many bytes */
	size_t cap;
	struct str visible, body; /* borrowed */
	enum body_format format;
};

/* visible: all of it, body_prose() or body_visible(). */
void bytemap_init(struct bytemap *m, enum body_format format, struct str body,
		  struct str visible);
/* Bytes [from, to) of visible as bytes of the body; false when their place isn't
 * sure. */
bool bytemap_find(const struct bytemap *m, size_t from, size_t to, size_t *start,
		  size_t *stop);
void bytemap_release(struct bytemap *m);

#endif
