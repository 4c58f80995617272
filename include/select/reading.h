#ifndef SELECT_READING_H
#define SELECT_READING_H

#include "archive/archive.h"
#include "select/predicate.h"
#include "select/texts.h"

/*
 * One thread at a time, read when somebody first asks for it: what the small
 * columns can't answer.  Everything given out is valid until reading_begin().
 */
struct reading {
	struct archive *archive;
	const struct venue *venues;
	size_t venues_n;
	const struct vocabulary *vocabulary; /* NULL: nothing will be looked for */
	struct texts *texts; /* or NULL; texts_begin() was called */
	struct diags *diags;

	struct arena arena; /* the thread at hand */
	int64_t row;
	enum { READING_NOTHING, READING_THREAD, READING_FAILED } state;
	struct thread thread;
	struct text *kept; /* what texts has of it, or NULL */
	const struct str *parts; /* its visible text, or NULL: nobody asked */
	size_t parts_n;
	bool searched;     /* for the phrases: */
	bool *found;       /* owned; by number */
	struct buf visible;
};

/* The rest of the struct is set by the caller, or zero. */
void reading_init(struct reading *r);
void reading_release(struct reading *r);
void reading_begin(struct reading *r, int64_t row);
/* NULL with a diagnostic when the archive can't be read. */
const struct thread *reading_thread(struct reading *r);
/* The thread with at least that post, which costs less; valid until anything else
 * is read. */
const struct thread *reading_post(struct reading *r, struct str post);
/* struct facts' has and matches; ctx is the struct reading. */
int reading_has(void *ctx, uint32_t phrase);
int reading_matches(void *ctx, uint32_t pattern);

#endif
