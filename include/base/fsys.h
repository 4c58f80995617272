#ifndef BASE_FSYS_H
#define BASE_FSYS_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct diags;

/*
 * The file system, checked to the last close.  Functions return 0, or -1
 * with a diagnostic: not-found where the file is absent, unreadable where
 * reading fails otherwise, io where writing does.
 *
 * The functions named _at work below a directory handle.  Their names are
 * relative paths without ".", ".." and empty parts, and no symbolic link is
 * followed on the way, not even as the last part.  They may be called from any
 * thread.
 */

/* Appends the whole file (or pipe) to out; more than limit bytes are too-large.
 * A named pipe that nobody writes to is empty: nothing is waited for. */
int fsys_read(const char *path, size_t limit, struct buf *out, struct diags *diags);
/* The same below a directory handle; path as it shall stand in messages. */
int fsys_read_at(int dir, const char *name, const char *path, size_t limit,
		 struct buf *out, struct diags *diags);
/* Whether there is a file or folder of that name; links are followed.  What
 * can't be looked at counts as there: whoever opens it learns why. */
bool fsys_exists(const char *path);
/* "a" and "b" to "a/b" (owned); b alone when it is absolute or a is "." or "". */
char *fsys_join(const char *a, const char *b);

/*
 * File names, sorted by byte; each owned, the array too.  A function that
 * fills one starts it anew; after -1 there is nothing to release.
 */
struct fsys_names {
	char **items;
	size_t n, cap;
};
/* The names in a folder, without "." and "..". */
int fsys_list(const char *path, struct fsys_names *names, struct diags *diags);
/* Every regular file below path, as relative paths; links and special files
 * are left out. */
int fsys_walk(const char *path, struct fsys_names *names, struct diags *diags);
/* The same without the folders that skip() names, by the one that holds them. */
int fsys_walk_into(const char *path, bool (*skip)(int dir, const char *name),
		   struct fsys_names *names, struct diags *diags);
void fsys_names_release(struct fsys_names *names);

/*
 * openat() below dir for what isn't here.  A handle (close-on-exec) owned by
 * the caller, or -1 with errno and no diagnostic: ELOOP or ENOTDIR where a
 * link lies on the way.
 */
int fsys_open_at(int dir, const char *name, int flags, mode_t mode);

/* Writes the file name below dir, folders made as needed, by way of a temporary
 * file beside it and a rename; the permissions of an old file stay, and its owner
 * where the system lets us.  No sync: fsys_sync() once at the end. */
int fsys_replace_at(int dir, const char *name, struct str bytes, struct diags *diags);
/* The same, and the bytes are on the disk before the old file goes; path as it shall
 * stand in messages. */
int fsys_replace_synced_at(int dir, const char *name, const char *path, struct str bytes,
			   struct diags *diags);
/* Removes a file or a tree; absent is fine. */
int fsys_remove_tree_at(int dir, const char *name, struct diags *diags);
/* Writes all of it at fd; -1 with errno and no diagnostic. */
int fsys_write(int fd, struct str bytes);
/* Everything written to dir's file system reaches the disk (syncfs); path as
 * it shall stand in messages. */
int fsys_sync(int dir, const char *path, struct diags *diags);

/* Size, mtime and inode: enough to know that a file is the one of last time. */
struct fsys_stamp {
	uint64_t inode;
	int64_t size;
	int64_t mtime_ns;
};
/* False with errno: ENOENT when there is no such regular file. */
bool fsys_stamp(const char *path, struct fsys_stamp *stamp);
/* The same below a handle. */
bool fsys_stamp_at(int dir, const char *name, struct fsys_stamp *stamp);

#endif
