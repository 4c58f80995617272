#ifndef REVIEW_SESSION_H
#define REVIEW_SESSION_H

#include "cmd/review.h"

#include <time.h>

/*
 * What a curator does between the beginning and the end of `review --serve`.  The archive
 * is open for reading while a page is made, and for writing while a label is written:
 * others can read and write all the time, and what they said is there on the next page.
 */

/* What was answered, or skipped; the last of it can be undone. */
struct done {
	struct waiting item;  /* strings in the session's arena */
	struct label label;   /* that was written; no name: it was skipped */
	bool undone;
};

struct session {
	struct run *run;
	struct review review;
	const char *path;    /* of the archive */
	struct archive *archive; /* open for reading since the last look, or NULL */
	uint32_t counter;    /* of the archive when the list was read */
	bool listed;
	time_t started;
	struct arena arena;  /* of the session */
	struct str by;
	struct done *done;   /* owned; the last answer last */
	size_t done_n, done_cap;
	size_t answered;
	bool keys;
	struct buf message;  /* for the next page */
	bool failed;
};

void session_init(struct session *s, struct run *run);
void session_release(struct session *s);
/* Reads the archive as it is now; choose: what is shown, too, which takes longer.  0, or
 * -1 with diagnostics. */
int session_look(struct session *s, bool choose, struct diags *diags);
/* Lets go of the archive. */
void session_rest(struct session *s);

/* The best that waits and wasn't skipped, or NULL. */
const struct waiting *session_next(const struct session *s);
/* That waits, or that was answered here and can be answered anew; NULL: somebody else
 * did. */
const struct waiting *session_find(const struct session *s, struct str key);
/* What was answered here to what no longer waits, or NULL. */
const struct done *session_answered(const struct session *s, struct str key);
/* The last that can be undone, or NULL. */
struct done *session_last(const struct session *s);
size_t session_skipped(const struct session *s);

/* Writes the label, checked as any is; its time is set here.  0, or -1 with diagnostics,
 * and then nothing was written. */
int session_put(struct session *s, const struct waiting *w, struct label *label,
		struct diags *diags);
/* What was answered is kept; a label without a name: it was skipped. */
void session_note(struct session *s, const struct waiting *w, const struct label *label);

#endif
