#ifndef TEXT_HTMLSCAN_H
#define TEXT_HTMLSCAN_H

#include "base/buf.h"
#include "base/str.h"

#include <stdint.h>

/*
 * A pass over HTML before it is parsed.  It cuts the bytes into text, tags and
 * the rest as a browser does (HTML Standard, 13.2.5), so that nothing of the
 * parser's own idea of comments and raw text matters.
 */

/* The character that a named reference stands for, 0 when there is none. */
typedef uint32_t entity_lookup(const char *name);

struct html_scan {
	struct buf clean; /* owned: tags and text; a '<' that is text as &lt; */
	size_t weight;    /* html_weight() of the text in clean */
};

/*
 * Copies html, valid UTF-8 without NUL, to clean, without comments,
 * declarations, instructions and raw-text elements.  NULL, or why the
 * markup can't be trusted to keep its text (static): something isn't closed
 * and would take the rest along, or a tag has more attributes than
 * HTML_ATTRIBUTES.  scan->clean is to be released in both cases.
 */
enum { HTML_ATTRIBUTES = 100 };
const char *html_scan(struct html_scan *scan, struct str html, entity_lookup *lookup);

/*
 * How much a reader would miss if text were lost: its ASCII letters and
 * digits and all bytes beyond ASCII.  What the parser reports must weigh as
 * much as what it was given.
 */
size_t html_weight(struct str text);

#endif
