#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/str.h"

struct diags;

/*
 * A file that runs append lines to, several at once too: each line is one write.
 *
 *	2026-11-30T03:17:04Z candor build[4711]: nothing has changed; exit status 0
 */

/* Opens it for appending, made when absent, but not at the other end of a link to
 * nothing; /dev/stdout and /dev/stderr are this process's own, whatever they are.  A
 * handle, or -1 with a diagnostic. */
int log_open(const char *path, struct diags *diags);
/* The line of this process about that command at this moment; text has no line end.
 * -1 with errno and no diagnostic. */
int log_write(int fd, const char *command, struct str text);

#endif
