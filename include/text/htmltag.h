#ifndef TEXT_HTMLTAG_H
#define TEXT_HTMLTAG_H

#include "base/str.h"

#include <stdbool.h>

/*
 * HTML's tokens as a browser cuts them (HTML Standard, 13.2.5), without their
 * meaning: text/htmlscan.h builds on these before posts are parsed, and who
 * asks what a finished page links to takes one tag after another.
 */

/* HTML's blanks and ASCII letters. */
static inline bool html_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}
static inline bool html_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/*
 * The next attribute of a tag.  *at is behind the tag's name or the last
 * attribute and moves behind this one; false at the tag's end, with *at behind
 * its '>' or NULL when there is none.  The value is as written, absent where
 * there is none.
 */
bool html_attribute(const char **at, const char *end, struct str *name,
		    struct str *value);
/* at is behind "<!--"; behind the comment, or NULL when it doesn't end. */
const char *html_comment_end(const char *at, const char *end);
/* The "</name" that ends the raw text that begins at `at`, or NULL. */
const char *html_raw_end(const char *at, const char *end, struct str name);

struct html_tag {
	struct str name;
	const char *attributes; /* for html_attribute() */
	struct str raw; /* the text of a script, style and the like; else absent */
};

/* Takes up to the next start tag off *rest; false when there is none. */
bool html_next_tag(struct str *rest, struct html_tag *tag);

#endif
