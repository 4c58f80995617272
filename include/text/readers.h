#ifndef TEXT_READERS_H
#define TEXT_READERS_H

#include "text/builder.h"

/*
 * The two readers of markup; body_read is what others call.  Each feeds the
 * builder and returns NULL, or why the body must be taken as plain text
 * instead (static).  body is valid UTF-8 without NUL, its lines end in LF.
 * Safe to call from several threads at once.
 */
const char *markdown_read(struct builder *b, struct str body);
const char *html_read(struct builder *b, struct str body);

#endif
