#ifndef TEXT_HTMLSCAN_H
#define TEXT_HTMLSCAN_H

#include "base/buf.h"
#include "base/str.h"

/*
 * A pass over HTML before it is parsed.  It cuts the bytes into text, tags and
 * the rest as a browser does (HTML Standard, 13.2.5), so that the parser's own
 * idea of comments and raw text doesn't matter, and so that no text can be lost
 * in it: the parser gets the tags alone, with a mark in place of each run of
 * text, and whoever puts the texts back counts the marks.
 */
struct html_scan {
	struct buf tags;  /* owned: in one <div>; between tags, marks and blanks */
	struct str *runs; /* owned: one for each mark; views of the HTML */
	size_t n, cap;
};

enum { HTML_MARK = 'x' };
enum { HTML_ATTRIBUTES = 100 };

/*
 * Scans html, valid UTF-8 without NUL, leaving out comments, declarations,
 * instructions and raw-text elements.  NULL, or why the markup can't be read
 * (static): something isn't closed and would take the rest along, a raw-text
 * element holds what browsers show, or a tag has more attributes than
 * HTML_ATTRIBUTES.  To be released in both cases.
 */
const char *html_scan(struct html_scan *scan, struct str html);
void html_scan_release(struct html_scan *scan);

#endif
