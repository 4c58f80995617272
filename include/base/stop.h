#ifndef BASE_STOP_H
#define BASE_STOP_H

#include <stdbool.h>

/*
 * Ctrl-C and its like (SIGINT, SIGTERM, SIGHUP).  A run that would leave something
 * half-done catches the first one, notices it where it works for long, goes back the way
 * it goes after a mistake, and dies by that signal at its very end.  A second one ends it
 * at once.  Signals belong to the process, and so does what is kept here.
 */

/* From here on the first signal only asks; one that was ignored stays so. */
void stop_catch(void);
/* Whether somebody asked.  From any thread; always false where nothing is caught.  Who
 * gives up for that needs no diagnostic: the runner has the one that counts. */
bool stop_asked(void);
/* Between these no signal comes through, not even a second one: what must not be left
 * half-done is done here.  One thread.  False when they were held before: then it is
 * another's to let them. */
bool stop_hold(void);
void stop_let(void);
/* Dies by the signal that asked; returns when none did. */
void stop_die(void);

#endif
