#ifndef BASE_CSVW_H
#define BASE_CSVW_H

#include "base/buf.h"

/* A field of a table as RFC 4180 writes it, in quotes where it needs them, and what
 * stands behind it: a comma, or the line's end. */
void csvw_field(struct buf *out, struct str s, char end);

#endif
