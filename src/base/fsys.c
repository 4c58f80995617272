/* Reading files and folders, and opening below a handle.  Writing and
 * removing is fsys-write.c's. */
#include "base/fsys.h"

#include "base/diag.h"
#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Nobody nests a theme or a site deeper; a walk holds a handle per level. */
enum { MAX_DEPTH = 64 };

/* A relative path whose parts are names: not "a//b", "../a", "./a", "/a". */
static bool plain_path(const char *name)
{
	struct str rest = str_of(name);

	while (str_present(rest)) {
		struct str part = str_split(&rest, '/');

		if (!part.n || str_is(part, ".") || str_is(part, ".."))
			return false;
	}
	return true;
}

/* Closes fd unless it is the caller's own handle; errno stays. */
static void close_own(int fd, int dir)
{
	int error = errno;

	if (fd != dir)
		close(fd);
	errno = error;
}

/* What openat2 does, part by part, for kernels before 5.6 and sandboxes that
 * don't know it. */
static int open_by_parts(int dir, const char *name, int flags, mode_t mode)
{
	int at = dir, next;
	const char *slash;

	while ((slash = strchr(name, '/'))) {
		char *part = xmemdup0(name, (size_t)(slash - name));

		next = openat(at, part, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		free(part);
		close_own(at, dir);
		if (next < 0)
			return -1;
		at = next;
		name = slash + 1;
	}
	next = openat(at, name, flags | O_NOFOLLOW | O_CLOEXEC, mode);
	close_own(at, dir);
	return next;
}

int fsys_open_at(int dir, const char *name, int flags, mode_t mode)
{
	struct open_how how = {
		.flags = (unsigned)(flags | O_NOFOLLOW | O_CLOEXEC),
		.mode = flags & O_CREAT ? mode : 0,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
	};
	long fd;

	if (!plain_path(name)) {
		errno = EINVAL;
		return -1;
	}
	do {
		fd = syscall(SYS_openat2, dir, name, &how, sizeof(how));
	} while (fd < 0 && errno == EINTR);
	if (fd < 0 && (errno == ENOSYS || errno == EPERM))
		return open_by_parts(dir, name, flags, mode);
	return (int)fd;
}

static int cannot_read(const char *path, const char *what, struct diags *diags)
{
	return diag_errno(diags, errno == ENOENT ? DIAG_NOT_FOUND : DIAG_UNREADABLE,
			  place_file(path), "cannot read the %s", what);
}

/* Files are opened without blocking, so that no pipe in a theme makes a build
 * wait for ever; one that has a writer is waited for here. */
static bool wait_for(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, -1) > 0 || errno == EINTR;
}

/* Appends at most limit bytes of fd and closes it. */
static int read_all(int fd, const char *path, size_t limit, struct buf *out,
		    struct diags *diags)
{
	size_t start = out->n, room = 16384;
	struct stat st;
	ssize_t got;

	/* One byte more than there should be, to see the end at once. */
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (uint64_t)st.st_size <= limit)
		room = (size_t)st.st_size + 1;
	for (;;) {
		got = read(fd, buf_room(out, room), room);
		if (got < 0 && (errno == EINTR || (errno == EAGAIN && wait_for(fd))))
			continue;
		if (got <= 0)
			break;
		out->n += (size_t)got;
		out->p[out->n] = '\0';
		if (out->n - start > limit)
			break;
		room = 16384;
	}
	if (got < 0)
		cannot_read(path, "file", diags);
	close(fd);
	if (got <= 0)
		return got < 0 ? -1 : 0;
	return diag_add(diags, DIAG_TOO_LARGE, place_file(path),
			"the file is larger than %zu bytes", limit);
}

int fsys_read(const char *path, size_t limit, struct buf *out, struct diags *diags)
{
	int fd;

	do {
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	} while (fd < 0 && errno == EINTR);
	if (fd < 0)
		return cannot_read(path, "file", diags);
	return read_all(fd, path, limit, out, diags);
}

int fsys_read_at(int dir, const char *name, const char *path, size_t limit,
		 struct buf *out, struct diags *diags)
{
	int fd = fsys_open_at(dir, name, O_RDONLY | O_NOCTTY | O_NONBLOCK, 0);

	if (fd < 0)
		return cannot_read(path, "file", diags);
	return read_all(fd, path, limit, out, diags);
}

bool fsys_exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

char *fsys_join(const char *a, const char *b)
{
	struct buf path = BUF_INIT;

	if (*a && strcmp(a, ".") != 0 && *b != '/') {
		buf_adds(&path, a);
		if (path.p[path.n - 1] != '/')
			buf_addc(&path, '/');
	}
	buf_adds(&path, b);
	return buf_detach(&path);
}

void fsys_names_release(struct fsys_names *names)
{
	for (size_t i = 0; i < names->n; i++)
		free(names->items[i]);
	free(names->items);
	*names = (struct fsys_names){ NULL, 0, 0 };
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort(struct fsys_names *names)
{
	if (names->n)
		qsort(names->items, names->n, sizeof(names->items[0]), by_bytes);
}

static void add_name(struct fsys_names *names, char *name)
{
	GROW(names->items, names->n, names->cap);
	names->items[names->n++] = name;
}

/* What a walk carries along. */
struct walk {
	struct fsys_names *names;
	struct diags *diags;
	const char *root;
	struct buf path; /* of the folder below root, with its "/" */
	int depth;
	bool into; /* regular files of all levels, not one level's names */
	bool (*skip)(int dir, const char *name); /* or NULL */
};

static int walk_folder(struct walk *w, int fd);

static int walk_entry(struct walk *w, int dir, const struct dirent *e)
{
	unsigned char type = e->d_type;
	size_t length = w->path.n;
	struct stat st;
	int fd, result;

	if (type == DT_UNKNOWN &&
	    fstatat(dir, e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0)
		type = S_ISDIR(st.st_mode) ? DT_DIR : S_ISREG(st.st_mode) ? DT_REG : 0;
	if (!w->into || type == DT_REG) {
		add_name(w->names, fsys_join(w->path.p, e->d_name));
		return 0;
	}
	if (type != DT_DIR || (w->skip && w->skip(dir, e->d_name)))
		return 0;
	if (w->depth == MAX_DEPTH)
		return diag_add(w->diags, DIAG_TOO_DEEP, place_file(w->root),
				"folders more than %d levels deep", MAX_DEPTH);
	fd = fsys_open_at(dir, e->d_name, O_RDONLY | O_DIRECTORY, 0);
	if (fd < 0)
		return cannot_read(w->root, "folder", w->diags);
	buf_addf(&w->path, "%s/", e->d_name);
	w->depth++;
	result = walk_folder(w, fd);
	w->depth--;
	buf_cut(&w->path, length);
	return result;
}

/* Closes fd. */
static int walk_folder(struct walk *w, int fd)
{
	DIR *dir = fdopendir(fd);
	struct dirent *e;
	int result = 0;

	if (!dir) {
		close(fd);
		return cannot_read(w->root, "folder", w->diags);
	}
	for (errno = 0; result == 0 && (e = readdir(dir)); errno = 0)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			result = walk_entry(w, fd, e);
	if (result == 0 && errno)
		result = cannot_read(w->root, "folder", w->diags);
	closedir(dir);
	return result;
}

static int walk(const char *path, bool into, bool (*skip)(int, const char *),
		struct fsys_names *names, struct diags *diags)
{
	struct walk w = { .names = names, .diags = diags, .root = path,
			  .path = BUF_INIT, .into = into, .skip = skip };
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result;

	*names = (struct fsys_names){ NULL, 0, 0 };
	if (fd < 0)
		return cannot_read(path, "folder", diags);
	result = walk_folder(&w, fd);
	buf_release(&w.path);
	if (result < 0)
		fsys_names_release(names);
	else
		sort(names);
	return result;
}

int fsys_list(const char *path, struct fsys_names *names, struct diags *diags)
{
	return walk(path, false, NULL, names, diags);
}

int fsys_walk(const char *path, struct fsys_names *names, struct diags *diags)
{
	return walk(path, true, NULL, names, diags);
}

int fsys_walk_into(const char *path, bool (*skip)(int dir, const char *name),
		   struct fsys_names *names, struct diags *diags)
{
	return walk(path, true, skip, names, diags);
}
