#ifndef PUBLISH_LOCK_H
#define PUBLISH_LOCK_H

#include "base/diag.h"

/*
 * One run at a time: flock(2) on the file `lock` below a folder, released by
 * the kernel when its holder dies.  The file says who holds it and since when;
 * it stays when the lock is released.
 */

/* A handle to give to lock_release(), or -1 with a diagnostic: locked (exit 5)
 * when another run has it.  output names what is locked in the message. */
int lock_take(int dir, const char *output, struct diags *diags);
void lock_release(int fd);

#endif
