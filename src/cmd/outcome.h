#ifndef CMD_OUTCOME_H
#define CMD_OUTCOME_H

#include "cmd/command.h"

/*
 * What a run tells of itself when it is over: on standard error in the form that whoever
 * is there reads, in the log, in the summary of a GitHub workflow's step.
 */

/* Opens the log, where there shall be one.  0, or -1 with a diagnostic. */
int outcome_open(struct run *run);
/* Tells everything; the exit status. */
int outcome_tell(struct run *run);
void outcome_close(struct run *run);

/* Whether what goes to fd, a standard stream, is coloured. */
bool want_color(const struct run *run, int fd);

/* --- step-summary.c --- */

/* A line of the table of results. */
void step_fact(struct buf *out, const char *name, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Appends to the file a heading, the run's facts, and a table of its diagnostics. */
void step_summary(struct run *run, const char *path);

#endif
