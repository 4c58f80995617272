#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/buf.h"
#include "base/str.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

/*
 * Diagnostics: every mistake of a run is collected here with an id, a level
 * and a place, and printed at the end like a good compiler does.  A struct
 * diags copies all it is given, so that sources and arenas may die before it.
 *
 * A hostile or hopeless input can be wrong in a million places.  Of each id
 * the first DIAGS_KEPT are kept whole; the rest still count, for the exit
 * status and in the line that says how many more there are.
 */
enum { DIAGS_KEPT = 200 };

enum diag_id {
#define DIAG(name, id, level, status) DIAG_##name,
#include "base/diag-list.h"
#undef DIAG
	DIAG_COUNT
};

enum diag_level { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };
enum diag_format { DIAG_TEXT, DIAG_JSON, DIAG_GITHUB, DIAG_GITLAB, DIAG_JOURNAL };

struct source;

/* Where: bytes in a source; a line and column of a file that isn't in
 * memory (0 = unknown); a file or thing by name; or nowhere. */
struct place {
	const struct source *source; /* borrowed for the call, or NULL */
	size_t at, n;                /* bytes in source; n 0: a caret alone */
	const char *path;            /* borrowed for the call; NULL with source */
	unsigned long line, column;
};

#define NO_PLACE ((struct place){ 0 })
static inline struct place place_in(const struct source *s, size_t at, size_t n)
{
	return (struct place){ .source = s, .at = at, .n = n };
}
static inline struct place place_file(const char *path)
{
	return (struct place){ .path = path };
}
static inline struct place place_line(const char *path, unsigned long line,
				      unsigned long column)
{
	return (struct place){ .path = path, .line = line, .column = column };
}

struct diag {
	enum diag_id id;
	char *path;           /* owned, or NULL */
	unsigned long line;   /* 0: none */
	unsigned long column; /* in characters, from 1; 0: none */
	unsigned long width;  /* characters of the source meant; 0: unknown */
	char *message;        /* owned; one line, control bytes masked */
	char *excerpt;        /* owned, or NULL: the source line, masked; of a
				 long one the part around the place */
	unsigned long caret;  /* characters of excerpt before the caret */
	unsigned long under;  /* characters of excerpt underlined, at least 1 */
	char *hint;           /* owned, or NULL */
};

struct diags {
	struct diag *items; /* owned */
	size_t n, cap;
	size_t counts[DIAG_COUNT]; /* recorded, kept or not, by id */
	bool dropped;              /* the last one was not kept: nor is its hint */
};

#define DIAGS_INIT { .items = NULL }

void diags_release(struct diags *d);
/*
 * Records a diagnostic and returns -1, so that a failing function ends with
 * `return diag_add(...)`.  The message starts in lower case, has no full stop
 * and names its subject in 'quotes'; strangers' text in it is masked here.
 */
int diag_add(struct diags *d, enum diag_id id, struct place where,
	     const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* errno's text behind the message: "...: No such file or directory". */
int diag_errno(struct diags *d, enum diag_id id, struct place where,
	       const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* What to do about the last diagnostic. */
void diag_hint(struct diags *d, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Moves what d has not yet (same id, place and message) from from, in order,
 * behind what is in d; from is empty afterwards. */
void diags_merge(struct diags *d, struct diags *from);

const char *diag_name(enum diag_id id);
enum diag_level diag_level(enum diag_id id);
size_t diags_count(const struct diags *d, enum diag_level level);
static inline size_t diags_errors(const struct diags *d)
{
	return diags_count(d, DIAG_ERROR);
}
static inline size_t diags_warnings(const struct diags *d)
{
	return diags_count(d, DIAG_WARNING);
}
/* The exit status: the lowest of the errors' (and, under strict, of the
 * warnings'), or 0. */
int diags_status(const struct diags *d, bool strict);
/*
 * Prints in order of recording, notes only with verbose.  Text is for people, coloured as
 * gcc does; without verbose it and the journal have no more than ten warnings of an id.
 * JSON is one document, {"diagnostics":[{"id","level","file","line","column","message",
 * "hint"}]}, null where there is none, and "more" with the number of those not kept;
 * GitHub's are workflow commands, GitLab's are one document, a report on code quality; the
 * journal's are diag_line()s with their priority.
 */
void diags_print(const struct diags *d, FILE *out, enum diag_format format,
		 bool color, bool verbose);
/* Whether it is printed at all. */
static inline bool diag_shown(const struct diag *d, bool verbose)
{
	return verbose || diag_level(d->id) != DIAG_NOTE;
}
/* All of it but the excerpt in one line, without its end. */
void diag_line(const struct diag *d, struct buf *out);
/* How many there are beyond those that were kept. */
size_t diags_beyond(const struct diags *d, bool verbose);
/*
 * Says paths as from `root`, for readers who stand there, such as at the top of a
 * repository: those of files below it, relative to here or not, which is the folder
 * `here`.  Both are absolute; neither is looked at.
 */
void diags_rebase(struct diags *d, const char *root, const char *here);
/* These members of one, in an object that was begun. */
struct jsonw;
void diag_json(struct jsonw *w, const struct diag *d);

#endif
