#ifndef TEXT_ENTITIES_H
#define TEXT_ENTITIES_H

#include "base/buf.h"
#include "base/str.h"

/*
 * Appends HTML's text or attribute value with its character references decoded, as a
 * browser does it: names with their semicolon, numbers without one too.  Bytes that
 * begin no reference stay.  Never a NUL.
 */
void html_decode(struct buf *out, struct str s);

#endif
