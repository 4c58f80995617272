#ifndef IMPORT_MAILTEXT_H
#define IMPORT_MAILTEXT_H

#include "base/buf.h"
#include "base/str.h"

#include <stdbool.h>

/*
 * The text of a message as a post's body: lines behind '>' are quotations.  What others
 * wrote and isn't marked so becomes one: all that follows "-----Original Message-----",
 * the header that Outlook copies, or "On ... Dana wrote:".  So does such a line itself,
 * without the address in it.
 *
 * Left out, for it isn't what the author says:
 *   - a signature: behind a line "-- " up to 8 lines, behind "--" up to 4 (RFC 3676,
 *     section 4.3), blank ones not counted, up to the end or to a quotation;
 *   - the footer of a list, behind a line of underscores;
 *   - pipermail's notes of scrubbed attachments, whose names are kept.
 */
struct mailtext {
	struct buf text;  /* lines, each with its line feed */
	struct buf files; /* names of attachments, one a line */
	bool html_scrubbed; /* pipermail took an HTML version away */
};

#define MAILTEXT_INIT { BUF_INIT, BUF_INIT, false }

/* Appends a text, valid UTF-8; a blank line is between two. */
void mailtext_add(struct mailtext *t, struct str text);
void mailtext_add_file(struct mailtext *t, struct str name);
void mailtext_release(struct mailtext *t);
/* Appends a format=flowed text (RFC 3676) with a line for each of its paragraphs. */
void mailtext_unflow(struct buf *out, struct str text, bool delsp);

#endif
