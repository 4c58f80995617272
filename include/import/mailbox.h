#ifndef IMPORT_MAILBOX_H
#define IMPORT_MAILBOX_H

#include "base/buf.h"
#include "base/diag.h"
#include "import/lines.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A mailbox (mbox), one message at a time: the bytes behind a line "From SENDER DATE"
 * (import/maildate.h) up to the next one.  Such a line has a blank line before it, or
 * the sender is an address: other lines that begin with "From " are text.  A file that
 * begins with a message's header instead of such a line is one message.
 *
 * Line ends are line feeds, NUL is gone.  A '>' that was put before "From " (mboxo,
 * mboxrd) is taken away, but not beside a line that begins with '>', too: there it is
 * a quotation.
 */
enum { MAIL_MAX_MB = 32 }; /* of a message */

struct mail {
	struct str text;    /* header and body; valid until the next call */
	int64_t sent;       /* of the "From " line, or WHEN_NONE */
	struct place where; /* the message's first line */
	bool too_large;     /* over MAIL_MAX_MB: text is absent */
};

struct mailbox {
	struct lines lines;
	struct buf text; /* owned */
	struct mail next; /* the one whose "From " line was read */
	bool more;       /* there is such a one */
	bool single;     /* a file that is one message */
};

/* 0, or -1 with a diagnostic, also when it is no mailbox; then there is nothing to
 * release. */
int mailbox_open(struct mailbox *m, const char *path, struct diags *diags);
/* 1; 0 at the end; -1 with a diagnostic when the file can't be read on. */
int mailbox_next(struct mailbox *m, struct mail *mail, struct diags *diags);
void mailbox_release(struct mailbox *m);
/* Whether text begins as a mailbox does, or as a message with the fields of one. */
bool mailbox_begins(struct str text);
bool mailbox_begins_as_message(struct str text);

#endif
