/* System calls for staging.  No diagnostics and no policy: the callers know
 * what a failure means. */
#include "stage-sys.h"

#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

void sys_close(int fd)
{
	int error = errno;

	close(fd);
	errno = error;
}

ssize_t sys_read(int fd, void *p, size_t n)
{
	size_t done = 0;

	while (done < n) {
		ssize_t got = read(fd, (char *)p + done, n - done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		done += (size_t)got;
	}
	return (ssize_t)done;
}

bool sys_stamp(const struct stat *st, struct fsys_stamp *stamp)
{
	if (!S_ISREG(st->st_mode))
		return false;
	stamp->inode = st->st_ino;
	stamp->size = st->st_size;
	stamp->mtime_ns = st->st_mtim.tv_sec * INT64_C(1000000000) +
			  st->st_mtim.tv_nsec;
	return true;
}

bool sys_stamp_eq(const struct fsys_stamp *a, const struct fsys_stamp *b)
{
	return a->inode == b->inode && a->size == b->size &&
	       a->mtime_ns == b->mtime_ns;
}

static int make_folder(int dir, const char *path)
{
	return mkdirat(dir, path, 0755) < 0 && errno != EEXIST ? -1 : 0;
}

/* From the top down; path is as before afterwards. */
static int make_chain(int dir, char *path)
{
	int result = 0;

	for (char *c = strchr(path + 1, '/'); c && result == 0;
	     c = strchr(c + 1, '/')) {
		*c = '\0';
		result = make_folder(dir, path);
		*c = '/';
	}
	return result < 0 ? -1 : make_folder(dir, path);
}

int sys_make_parents(int dir, const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder;
	int result;

	if (!slash || slash == path)
		return 0;
	folder = xmemdup0(path, (size_t)(slash - path));
	/* Mostly only the last folder is new. */
	result = make_folder(dir, folder);
	if (result < 0 && errno == ENOENT)
		result = make_chain(dir, folder);
	free(folder);
	return result;
}

int sys_make_folder(int dir, const char *name)
{
	if (make_folder(dir, name) < 0)
		return -1;
	return fsys_open_at(dir, name, O_RDONLY | O_DIRECTORY, 0);
}

/* Writes the parts, takes the stamp, closes. */
static int fill(int fd, const struct str *parts, size_t n, struct fsys_stamp *stamp)
{
	struct stat st;
	int result = 0;

	for (size_t i = 0; i < n && result == 0; i++)
		result = fsys_write(fd, parts[i]);
	if (result == 0 && stamp) {
		result = fstat(fd, &st);
		if (result == 0)
			sys_stamp(&st, stamp);
	}
	if (result < 0) {
		sys_close(fd);
		return -1;
	}
	return close(fd);
}

int sys_write_new(int dir, const char *path, const struct str *parts, size_t n,
		  struct fsys_stamp *stamp)
{
	int fd, error;

	/* Nearly every page has a folder of its own: asking first whether it
	 * is there would cost more. */
	if (sys_make_parents(dir, path) < 0)
		return -1;
	fd = openat(dir, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		    0644);
	if (fd < 0)
		return -1;
	if (fill(fd, parts, n, stamp) == 0)
		return 0;
	error = errno;
	unlinkat(dir, path, 0);
	errno = error;
	return -1;
}

bool sys_is_mount(int dir, const char *name)
{
#ifdef STATX_ATTR_MOUNT_ROOT
	struct statx sx;

	if (statx(dir, name, AT_SYMLINK_NOFOLLOW, 0, &sx) == 0 &&
	    sx.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT)
		return sx.stx_attributes & STATX_ATTR_MOUNT_ROOT;
#endif
	struct stat in, st;

	return fstat(dir, &in) == 0 &&
	       fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	       in.st_dev != st.st_dev;
}

int sys_exchange(int dir_a, const char *a, int dir_b, const char *b)
{
#ifdef __APPLE__
	return renameatx_np(dir_a, a, dir_b, b, RENAME_SWAP);
#else
	return renameat2(dir_a, a, dir_b, b, RENAME_EXCHANGE);
#endif
}

/* A handle of its own: closedir() takes the one that it reads. */
static DIR *open_names(int dir)
{
	int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *names = fd < 0 ? NULL : fdopendir(fd);

	if (!names && fd >= 0)
		sys_close(fd);
	return names;
}

void sys_next_tick(void)
{
	const struct timespec pause = { .tv_nsec = 500000 };
	struct timespec before, now;

	clock_gettime(CLOCK_REALTIME_COARSE, &before); /* the clock of mtimes */
	do {
		nanosleep(&pause, NULL);
		clock_gettime(CLOCK_REALTIME_COARSE, &now);
	} while (now.tv_sec == before.tv_sec && now.tv_nsec == before.tv_nsec);
}

int sys_each(int dir, int (*fn)(void *ctx, int dir, const char *name), void *ctx)
{
	DIR *names = open_names(dir);
	int result = 0, error;

	if (!names)
		return -1;
	while (result == 0) {
		struct dirent *e;

		errno = 0;
		e = readdir(names);
		if (!e) {
			result = errno ? -1 : 0;
			break;
		}
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			result = fn(ctx, dir, e->d_name);
	}
	error = errno;
	closedir(names);
	errno = error;
	return result;
}
