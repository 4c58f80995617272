#ifndef SELECT_TEXTS_H
#define SELECT_TEXTS_H

#include "archive/archive.h"
#include "select/predicate.h"

/*
 * What is known of threads' visible texts, kept from one choice to the next of the same
 * process: the texts, and for each phrase and pattern that some rules asked for in which
 * threads it is.  A thread is known again by its row and digest: nothing holds any
 * longer of one that changed, whatever happened to the archive in between.  Of one
 * without a digest nothing is kept.
 *
 * A choice with it and one without are the same.  It serves one choice at a time.
 */
struct texts;

enum { TEXTS_MOST = 1 << 30 }; /* bytes: some 250,000 conversations */

/* Owned: texts_free().  jobs threads look through the texts, of which `most` bytes at
 * most are kept; of the others what was found in them is. */
struct texts *texts_new(int jobs, size_t most);
void texts_free(struct texts *t); /* NULL is fine */

/* Before a choice: forgets what is no longer so, and looks through the texts that are
 * there for what the rules ask for the first time.  v is borrowed until the next.  0,
 * or -1 with diagnostics. */
int texts_begin(struct texts *t, struct archive *a, const struct vocabulary *v,
		struct diags *diags);

/* The first half of that, also between choices, when the archive changed. */
int texts_renew(struct texts *t, struct archive *a, struct diags *diags);

/*
 * Between choices, when there is time: reads the text of thread i, of texts_count(), so
 * that no rule has to wait for it that asks for texts later.  venues are the archive's,
 * which is as texts_begin() or texts_renew() saw it.  What can't be read is for those who ask.
 */
size_t texts_count(const struct texts *t);
void texts_read_ahead(struct texts *t, size_t i, struct archive *a,
		      const struct venue *venues, size_t venues_n);

/* One thread; valid until texts_begin(). */
struct text;
/* NULL: nothing is kept of it. */
struct text *texts_find(struct texts *t, int64_t row);
/* Whether thread i's text isn't kept and there is room; row is the thread's. */
bool texts_lacks(const struct texts *t, size_t i, int64_t *row);
/* Its title and posts, each a C string; NULL: they aren't kept. */
const struct str *text_parts(const struct text *x, size_t *n);
/* Copies them, unless there is no room. */
void text_keep(struct texts *t, struct text *x, const struct str *parts, size_t n);

/* Of the vocabulary's phrase or pattern of that number. */
enum verdict { VERDICT_UNKNOWN, VERDICT_NO, VERDICT_YES, VERDICT_STOPPED };
enum verdict text_phrase(const struct texts *t, const struct text *x, uint32_t phrase);
enum verdict text_pattern(const struct texts *t, const struct text *x, uint32_t pattern);
/* found is by number of phrase. */
void text_set_phrases(const struct texts *t, struct text *x, const bool *found);
void text_set_pattern(const struct texts *t, struct text *x, uint32_t pattern,
		      enum verdict verdict);

/* --- Looking --- */

/* Sets found[i] for each phrase of the vocabulary that is in one of the parts: nothing
 * is found across the end of a part, a title's last word and a post's first make no
 * phrase. */
void parts_find(const struct vocabulary *v, const struct str *parts, size_t n, bool *found);
/* Whether the pattern matches in one of them, or reached a limit before. */
enum verdict parts_match(const struct vocabulary *v, uint32_t pattern,
			 const struct str *parts, size_t n);

#endif
