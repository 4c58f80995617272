#ifndef TEXT_HTMLTOKEN_H
#define TEXT_HTMLTOKEN_H

#include "base/str.h"

#include <stdbool.h>

/*
 * Where the tokens of HTML end, as a browser sees them (HTML Standard, 13.2.5),
 * for any encoding that ASCII is a part of.  All look at the bytes from `at` up
 * to end, and return NULL for what isn't closed there.
 */

bool html_letter(char c);
bool html_blank(char c);
/* at is behind "<!--"; behind the comment. */
const char *html_comment_end(const char *at, const char *end);
/*
 * The next attribute of a tag.  *at is behind the tag's name or an attribute and
 * moves behind the next one; false at the tag's end, with *at behind its '>' or
 * NULL.  The value is as written, absent where there is none.
 */
bool html_attribute(const char **at, const char *end, struct str *name,
		    struct str *value);
/* at is behind the name of a tag; behind its '>'.  Adds the number of attributes to
 * *attributes, unless that is NULL. */
const char *html_tag_end(const char *at, const char *end, unsigned *attributes);
/* The '<' of the end tag of a raw-text element whose text begins at `at`. */
const char *html_raw_end(const char *at, const char *end, struct str name);
/* A tag's name, from at on. */
struct str html_name(const char *at, const char *end);

#endif
