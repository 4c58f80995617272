#ifndef PUBLISH_LOCK_H
#define PUBLISH_LOCK_H

#include "base/diag.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * One run at a time: flock(2) on the file `lock` below a folder, released by
 * the kernel when its holder dies.  The file says who holds it and since when;
 * it stays when the lock is released.
 */

/* Who wants it, and how long they would wait. */
struct lock_wish {
	const char *command; /* "build", for whoever finds it taken; borrowed */
	int64_t wait;        /* seconds; 0: not at all */
	bool waited;         /* set: others had it first, and may have changed anything */
};

/* A handle to give to lock_release(), or -1 with a diagnostic: locked (exit 5)
 * when another run has it for longer than that, none when somebody asked to stop.
 * output names what is locked in the message.  A terminal shows for whom it waits. */
int lock_take(int dir, const char *output, struct lock_wish *wish, struct diags *diags);
void lock_release(int fd);

#endif
