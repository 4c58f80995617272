#ifndef IMPORT_MAILSUBJECT_H
#define IMPORT_MAILSUBJECT_H

#include "base/buf.h"
#include "base/str.h"

#include <stdbool.h>

/*
 * Subjects, decoded.  In front of them stand marks of replies ("Re:", "AW:", "Re[2]:"),
 * of what was forwarded ("Fwd:"), and tags in brackets ("[kettles]").
 */

/* Appends what two subjects of one thread have in common: no marks, no tags, ASCII in
 * lower case, one blank between words.  *reply: it had the mark of one. */
void mailsubject_key(struct buf *out, struct str subject, bool *reply);
/* The subject as a title: a part of it, without marks of replies, and without tags
 * whose words (as of a slug) are those of one of the lists' names. */
struct str mailsubject_title(struct str subject, const struct str *names, size_t names_n);

#endif
