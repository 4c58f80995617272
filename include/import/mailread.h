#ifndef IMPORT_MAILREAD_H
#define IMPORT_MAILREAD_H

#include "archive/model.h"
#include "base/arena.h"
#include "base/buf.h"
#include "import/mailbox.h"
#include "text/body.h"

/*
 * A message of a mailbox, and what of it becomes a post.
 *
 * Ids are the first 16 hex digits of a SHA-256: of the Message-ID (where there is none,
 * of date, sender, subject and text), and of the author's address in lower case.  So
 * none shows an address, though who guesses one can check it.
 *
 * A date before 1990 or after tomorrow is none: then that of the "From " line counts,
 * then that of the last Received.  Lists that put their own address into From (for
 * DMARC: "Dana via Kettles") say the author's elsewhere.
 */
enum { MAILREAD_ID = AUTHOR_HASH }; /* digits of an id */

struct mailread {
	struct str id;
	struct str author; /* id; empty when the message doesn't say who wrote it */
	struct str name;   /* never with an address */
	struct str subject;
	struct str url;    /* Archived-At, or absent */
	struct str references, reply_to; /* for mailread_next_id() */
	struct str list_url, list_name;  /* what it says of its list, or absent */
	enum body_format format;
	struct str body;
	int64_t date;
	uint64_t same;     /* equal for copies of a message: sender, date and subject */
};

/* Strings are in the arena.  NULL, or what is wrong with the message. */
const char *mailread(struct arena *a, const struct mail *mail, int64_t now,
		     struct mailread *out);
/* Takes the next Message-ID off *field: its id; absent at the end. */
struct str mailread_next_id(struct arena *a, struct str *field);
/* The first 8 bytes of a text's SHA-256, never 0. */
uint64_t mailread_number(struct str s);
struct str mailread_hash(struct arena *a, struct str s);

#endif
