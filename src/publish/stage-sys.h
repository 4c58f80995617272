#ifndef PUBLISH_STAGE_SYS_H
#define PUBLISH_STAGE_SYS_H

#include "base/fsys.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* What staging asks of the operating system beyond base/fsys.h.  Functions
 * answer -1 with errno and make no diagnostics. */

/* Closes what was only read; errno stays. */
void sys_close(int fd);
/* Reads until n bytes or the end of the file; how many there were. */
ssize_t sys_read(int fd, void *p, size_t n);
/* A new file of these parts, with the folders it needs; it must not exist.
 * Its stamp is taken before it is closed, when stamp isn't NULL.  Nothing is
 * left behind when writing fails.  Folders on the way are trusted: dir is the
 * staging folder, which only the holder of the lock writes to, or path is a
 * name. */
int sys_write_new(int dir, const char *path, const struct str *parts, size_t n,
		  struct fsys_stamp *stamp);
/* The folders of path, not its last part. */
int sys_make_parents(int dir, const char *path);
/* A folder below dir, made when absent; never a link. */
int sys_make_folder(int dir, const char *name);
/* The stamp of a regular file; false for anything else. */
struct stat;
bool sys_stamp(const struct stat *st, struct fsys_stamp *stamp);
bool sys_stamp_eq(const struct fsys_stamp *a, const struct fsys_stamp *b);
/* Something is mounted there: it can't be renamed, nor linked into. */
bool sys_is_mount(int dir, const char *name);
/* Two folders change places, at once. */
int sys_exchange(int dir_a, const char *a, int dir_b, const char *b);
/* Waits until files that are written from now on get a later mtime than all
 * before: a few milliseconds at most. */
void sys_next_tick(void);
/* Calls fn for every name in the folder but "." and ".."; what it returns
 * other than 0 ends the walk and is returned.  fn may remove the name. */
int sys_each(int dir, int (*fn)(void *ctx, int dir, const char *name), void *ctx);

#endif
