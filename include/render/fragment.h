#ifndef RENDER_FRAGMENT_H
#define RENDER_FRAGMENT_H

#include "base/buf.h"
#include "base/str.h"

/* What lets a fragment stand in somebody else's page. */

/*
 * Shifts all headings of the rendered html so that the first one is of this level;
 * no other becomes higher than it or lower than h6.
 */
void fragment_headings(struct buf *html, int level);
/* Appends the style sheet as an element.  It comes out in ASCII, so that it means the
 * same in a page of another encoding. */
void fragment_style(struct buf *out, struct str css);

#endif
