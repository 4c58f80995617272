#ifndef IMPORT_MAILTHREAD_H
#define IMPORT_MAILTHREAD_H

#include "base/seen.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Which messages are a thread, and which answers which: after Jamie Zawinski's
 * algorithm (https://www.jwz.org/doc/threading.html), with these differences.
 *   - What a message says of its own parent counts more than what others say, in
 *     whatever order they come; a link that would close a loop is left out.
 *   - Messages that are referred to but not there hold their thread together, and a
 *     message's parent is the nearest one above it that is there.
 *     What the archive has already is there, too, if it is in the same thread.
 *   - By subject only a reply without references finds its thread: below the last
 *     message with that subject that says itself where it belongs, if the last one with
 *     the subject came at most MAILTHREAD_DAYS earlier.
 * A message takes some 100 bytes, however long it is.
 */
enum {
	MAILTHREAD_DAYS = 30,
	MAILTHREAD_REFS = 32, /* of a message; of more the first and the last ones */
	MAILTHREAD_ID = 16,   /* bytes of an id */
	MAILTHREAD_NONE = UINT32_MAX,
};

struct mailthread_node {
	char id[MAILTHREAD_ID];
	uint64_t same;    /* what two copies of the message have in common */
	uint64_t subject; /* of a normalised one; 0: none */
	int64_t date;
	int64_t known;    /* the row of its thread in the archive, or 0 */
	int64_t thread;   /* of a root: the lowest such row of its thread, or 0 */
	uint32_t refs;    /* where its references are */
	uint32_t parent, root; /* or MAILTHREAD_NONE; settled by mailthread_link() */
	uint32_t set;     /* one of the same thread */
	uint8_t refs_n;
	bool here;        /* there is such a message */
	bool reply;       /* its subject says so */
};

struct mailthread {
	struct seen ids;
	struct mailthread_node *nodes; /* owned */
	size_t n, cap;
	uint32_t *refs; /* owned; nodes, the oldest first */
	size_t refs_n, refs_cap;
};

#define MAILTHREAD_INIT { .ids = SEEN_INIT }

/* The node of an id of MAILTHREAD_ID bytes, made where there is none. */
uint32_t mailthread_node(struct mailthread *t, struct str id);
/* The same or MAILTHREAD_NONE. */
uint32_t mailthread_find(const struct mailthread *t, struct str id);
/* Adds to the references of the node that was made here last. */
void mailthread_refer(struct mailthread *t, uint32_t node, struct str id);
/* Settles parent, root and thread. */
void mailthread_link(struct mailthread *t);
void mailthread_release(struct mailthread *t);

#endif
