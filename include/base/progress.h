#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A line on a terminal's standard error for what takes over a second: what,
 * how many of how many, rate, time left.  Prints nothing where stderr is no
 * terminal, under TERM=dumb or when turned off.  One thread only.
 */
struct progress {
	const char *what; /* borrowed: "posts" */
	uint64_t done, total; /* total 0: unknown */
	int64_t started_ms, shown_ms;
	bool on, visible;
};

void progress_begin(struct progress *p, const char *what, uint64_t total, bool on);
void progress_add(struct progress *p, uint64_t n);
/* Takes the line away again. */
void progress_end(struct progress *p);
/* Appends the line as it stands elapsed_ms after the beginning. */
void progress_line(const struct progress *p, int64_t elapsed_ms, struct buf *out);

#endif
