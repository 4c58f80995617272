#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A line on a terminal's standard error for what takes over a second: what, how many of
 * how many, rate, time left.  Nothing of it where stderr is no terminal, under TERM=dumb,
 * or unless it was allowed.  A process has one such terminal, and so one line: whoever
 * has work to count says so here, and nobody hands the line around.
 *
 * One thread begins and ends; any may add in between.
 */

/* By the runner, once; off until then. */
void progress_allow(bool allowed);
/* A line for so many (0: unknown) of what, a literal: "posts".  It takes the place of the
 * one before. */
void progress_begin(const char *what, uint64_t total);
void progress_add(uint64_t n);
/* Where what is counted has no known total, but the input has: this file will be read,
 * if it is one; and so many bytes were. */
void progress_input(const char *path);
void progress_read(uint64_t bytes);
/* A sentence for somebody who waits, in the place of a count; at once. */
void progress_say(const char *text);
/* Takes the line away: before anything else is printed. */
void progress_end(void);

/* --- For tests --- */

struct progress_state {
	const char *what;
	uint64_t done, total;  /* total 0: unknown */
	uint64_t read, input;  /* bytes; input 0: unknown */
};
/* Appends the line as it stands elapsed_ms after the beginning; it is shorter than
 * columns, for which the bar goes first, then the time, then the rate. */
void progress_line(const struct progress_state *p, int64_t elapsed_ms, size_t columns,
		   struct buf *out);

#endif
