#ifndef SELECT_READING_H
#define SELECT_READING_H

#include "archive/archive.h"
#include "select/predicate.h"

/*
 * One thread at a time, read when somebody first asks for it: what the small
 * columns can't answer.  Everything given out is valid until reading_begin().
 */
struct reading {
	struct archive *archive;
	const struct venue *venues;
	size_t venues_n;
	const struct vocabulary *vocabulary;
	struct diags *diags;

	struct arena arena; /* the thread at hand */
	int64_t row;
	enum { READING_NOTHING, READING_THREAD, READING_TEXT, READING_FAILED } state;
	struct thread thread;
	struct buf visible;
	struct str *parts;
	struct thread_text text;
	bool *found; /* owned */
};

/* The rest of the struct is set by the caller, or zero. */
void reading_init(struct reading *r);
void reading_release(struct reading *r);
void reading_begin(struct reading *r, int64_t row);
/* NULL with a diagnostic when the archive can't be read. */
const struct thread *reading_thread(struct reading *r);
/* struct facts' read; ctx is the struct reading. */
const struct thread_text *reading_text(void *ctx);

#endif
