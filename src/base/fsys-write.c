/* Writing and removing below a directory handle.  Staging, locks and the
 * exchange of whole trees are publish's. */
#include "base/fsys.h"

#include "base/diag.h"
#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int io_error(const char *name, const char *what, struct diags *diags)
{
	return diag_errno(diags, DIAG_IO, place_file(name), "cannot %s", what);
}

/* Closes a handle that open_parent or make_parent gave; errno stays. */
static void close_parent(int parent, int dir)
{
	int error = errno;

	if (parent >= 0 && parent != dir)
		close(parent);
	errno = error;
}

/*
 * The folder that holds the last part of name, and that part in *last.  dir
 * itself when name has one part; -1 with errno.  Missing folders are made
 * when make says so: only after opening failed, since most are there already.
 */
static int open_parent(int dir, const char *name, bool make, const char **last)
{
	const char *slash = strrchr(name, '/');
	char *folder;
	int fd;

	*last = slash ? slash + 1 : name;
	if (!slash)
		return dir;
	folder = xmemdup0(name, (size_t)(slash - name));
	fd = fsys_open_at(dir, folder, O_PATH | O_DIRECTORY, 0);
	if (fd < 0 && errno == ENOENT && make) {
		const char *part;
		int above = open_parent(dir, folder, true, &part);

		/* Another worker may have made it meanwhile. */
		if (above >= 0 && (mkdirat(above, part, 0777) == 0 || errno == EEXIST))
			fd = fsys_open_at(above, part, O_PATH | O_DIRECTORY, 0);
		close_parent(above, dir);
	}
	free(folder);
	return fd;
}

int fsys_write(int fd, struct str bytes)
{
	while (bytes.n) {
		ssize_t n = write(fd, bytes.p, bytes.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0)
			errno = EIO;
		if (n <= 0)
			return -1;
		bytes = str_slice(bytes, (size_t)n, bytes.n);
	}
	return 0;
}

/* Writes all of it and closes fd; -1 with errno. */
static int write_and_close(int fd, struct str bytes, bool synced)
{
	int error = fsys_write(fd, bytes) < 0 || (synced && fsync(fd) < 0) ? errno : 0;

	if (close(fd) < 0 && !error)
		error = errno;
	errno = error;
	return error ? -1 : 0;
}

/* A new file beside the one to replace; its name in tmp. */
static int open_temporary(int parent, char *tmp, size_t size)
{
	int fd = -1;

	for (unsigned i = 0; fd < 0 && i < 1000; i++) {
		snprintf(tmp, size, ".candor-%ld-%u.tmp", (long)getpid(), i);
		fd = fsys_open_at(parent, tmp, O_WRONLY | O_CREAT | O_EXCL, 0666);
		if (fd < 0 && errno != EEXIST)
			break;
	}
	return fd;
}

/* The new file is as the old one was to all but its bytes.  Only root may give it
 * to another user, and it is as good without that. */
static int take_after(int fd, const struct stat *old)
{
	struct stat st;

	if (fstat(fd, &st) == 0 && (st.st_uid != old->st_uid || st.st_gid != old->st_gid)) {
		int ignored = fchown(fd, old->st_uid, old->st_gid);

		(void)ignored;
	}
	return fchmod(fd, old->st_mode & 07777);
}

static int replace_in(int parent, const char *last, struct str bytes, bool synced)
{
	char tmp[64];
	struct stat old;
	bool there = fstatat(parent, last, &old, AT_SYMLINK_NOFOLLOW) == 0;
	int fd, error;

	/* What can't be looked at might be nobody else's to read. */
	if (!there && errno != ENOENT)
		return -1;
	fd = open_temporary(parent, tmp, sizeof(tmp));
	if (fd < 0)
		return -1;
	if (there && S_ISREG(old.st_mode) && take_after(fd, &old) < 0) {
		error = errno;
		close(fd);
	} else {
		if (write_and_close(fd, bytes, synced) == 0 &&
		    renameat(parent, tmp, parent, last) == 0)
			return 0;
		error = errno;
	}
	unlinkat(parent, tmp, 0);
	errno = error;
	return -1;
}

static int replace(int dir, const char *name, const char *path, struct str bytes,
		   bool synced, struct diags *diags)
{
	const char *last;
	int parent = open_parent(dir, name, true, &last);
	int result;

	if (parent < 0)
		return io_error(path, "make the folder of the file", diags);
	result = replace_in(parent, last, bytes, synced);
	close_parent(parent, dir);
	return result < 0 ? io_error(path, "replace the file", diags) : 0;
}

int fsys_replace_at(int dir, const char *name, struct str bytes, struct diags *diags)
{
	return replace(dir, name, name, bytes, false, diags);
}

int fsys_replace_synced_at(int dir, const char *name, const char *path, struct str bytes,
			   struct diags *diags)
{
	return replace(dir, name, path, bytes, true, diags);
}

static int remove_in(int parent, const char *name);

/* Empties a folder and closes it; -1 with errno.  The names are read first:
 * readdir() may skip some when the folder changes under it. */
static int empty_folder(int fd)
{
	struct fsys_names names = { NULL, 0, 0 };
	DIR *dir = fdopendir(fd);
	struct dirent *e;
	int error;

	if (!dir) {
		error = errno;
		close(fd);
		errno = error;
		return -1;
	}
	for (errno = 0; (e = readdir(dir)); errno = 0) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		GROW(names.items, names.n, names.cap);
		names.items[names.n++] = xstrdup(e->d_name);
	}
	error = errno;
	for (size_t i = 0; !error && i < names.n; i++)
		if (remove_in(fd, names.items[i]) < 0)
			error = errno;
	fsys_names_release(&names);
	closedir(dir);
	errno = error;
	return error ? -1 : 0;
}

static int remove_in(int parent, const char *name)
{
	int fd;

	/* Linux says EISDIR for a folder, POSIX EPERM. */
	if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
		return 0;
	if (errno != EISDIR && errno != EPERM)
		return -1;
	fd = fsys_open_at(parent, name, O_RDONLY | O_DIRECTORY, 0);
	if (fd < 0) {
		errno = errno == ENOTDIR ? EPERM : errno;
		return -1;
	}
	if (empty_folder(fd) < 0)
		return -1;
	return unlinkat(parent, name, AT_REMOVEDIR) == 0 || errno == ENOENT ? 0 : -1;
}

int fsys_remove_tree_at(int dir, const char *name, struct diags *diags)
{
	const char *last;
	int parent = open_parent(dir, name, false, &last);
	int result;

	if (parent < 0)
		return errno == ENOENT ? 0 : io_error(name, "remove it", diags);
	result = remove_in(parent, last);
	close_parent(parent, dir);
	return result < 0 ? io_error(name, "remove it", diags) : 0;
}

int fsys_sync(int dir, const char *path, struct diags *diags)
{
	if (syncfs(dir) < 0)
		return io_error(path, "bring what was written to the disk", diags);
	return 0;
}

static bool stamp_entry(int dir, const char *name, struct fsys_stamp *stamp)
{
	struct stat st;

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return false;
	errno = ENOENT;
	if (!S_ISREG(st.st_mode))
		return false;
	*stamp = (struct fsys_stamp){
		.inode = st.st_ino,
		.size = st.st_size,
		.mtime_ns = st.st_mtim.tv_sec * INT64_C(1000000000) + st.st_mtim.tv_nsec,
	};
	return true;
}

/* Nothing can be there: a file or a link where a folder would be, or no name
 * that a file could have. */
static bool cannot_be(int error)
{
	return error == ENOTDIR || error == ELOOP || error == ENAMETOOLONG ||
	       error == EINVAL || error == EILSEQ;
}

bool fsys_stamp(const char *path, struct fsys_stamp *stamp)
{
	return stamp_entry(AT_FDCWD, path, stamp);
}

bool fsys_stamp_at(int dir, const char *name, struct fsys_stamp *stamp)
{
	const char *last;
	int parent = open_parent(dir, name, false, &last);
	bool result = parent >= 0 && stamp_entry(parent, last, stamp);

	if (parent >= 0)
		close_parent(parent, dir);
	if (!result && cannot_be(errno))
		errno = ENOENT;
	return result;
}
