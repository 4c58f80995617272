#ifndef TEXT_BBQUOTE_H
#define TEXT_BBQUOTE_H

#include "base/arena.h"
#include "base/str.h"

/*
 * Markdown with quotations in BBCode, as forums have it, into Markdown alone: what is
 * between [quote="..."] at the beginning of a line and [/quote] becomes a block quote,
 * so that nobody takes another's words for the author's.  A quotation that isn't closed
 * goes on to the end.  Code between fences is left alone.  The result is md itself when
 * there is nothing to do, else in the arena.
 */
struct str bbquote_markdown(struct arena *a, struct str md);

#endif
