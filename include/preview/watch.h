#ifndef PREVIEW_WATCH_H
#define PREVIEW_WATCH_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Notices that files change.  What changed is told by looking at them: their names,
 * sizes, times and inodes, compared with those of the last look.  The system only says
 * when to look (inotify on Linux); where it can't, there is a look every now and then.
 * So whatever way an editor saves, a change is one, and what lies beside the files and
 * changes all the time (the built site) is none.
 */
struct watch;

struct watch_root {
	const char *path; /* need not be there yet */
	bool tree;        /* a folder with all that is in it, but not what links lead to */
	bool (*skip)(int dir, const char *name); /* folders that are left out, or NULL */
	unsigned what;    /* the caller's bits, for watch_look() */
};

/* poll: without asking the system.  Never NULL; free with watch_free(). */
struct watch *watch_new(bool poll);
void watch_free(struct watch *w); /* NULL is fine */
/*
 * From now on these, which are copied.  Of those that were watched before, what has
 * changed since the last look is still told; the others are looked at now.
 */
void watch_set(struct watch *w, const struct watch_root *roots, size_t n);
/* Has something to read when something may have changed; -1: it can't be known. */
int watch_fd(const struct watch *w);
/* Milliseconds until the next look. */
int watch_wait(const struct watch *w);
/* Looks, if it is time to: `what` of all roots that changed; 0: nothing did. */
unsigned watch_look(struct watch *w);

#endif
