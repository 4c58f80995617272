#ifndef IMPORT_JIRAWIKI_H
#define IMPORT_JIRAWIKI_H

#include "base/buf.h"

#include <stddef.h>

/*
 * Jira's wiki markup to HTML, as Atlassian's "Text Formatting Notation Help" describes
 * it.  What isn't markup after all (a macro that nothing ends, a lone asterisk) stays
 * as text, and text is always escaped.  Left out are looks alone (colours, borders)
 * and anchors; emoticons and dashes stay as they were typed.  Pictures and attachments
 * are named, those on the web linked to.  Takes time and room linear in the text.
 */
struct jira_person {
	struct str id, name;
};

/* People that mentions may mean, sorted by id. */
struct jira_people {
	struct jira_person *items;
	size_t n;
};

/* The name, or the id when there is none of it. */
struct str jira_people_name(const struct jira_people *people, struct str id);
/* Appends the HTML of text, which must be valid UTF-8. */
void jirawiki_html(struct str text, const struct jira_people *people, struct buf *out);

#endif
