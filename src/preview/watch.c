/* What changes in folders: by looking at the files, when inotify or the clock says so. */
#include "preview/watch.h"

#include "base/fsys.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/when.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/inotify.h>
#endif

enum {
	/* An editor writes a file in several steps: milliseconds of rest before a look,
	 * fewer when the last one closed what was written, but not for ever. */
	REST_MS = 15,
	REST_CLOSED_MS = 3,
	REST_MOST_MS = 150,
	/* Between looks that nobody asked for. */
	POLL_MS = 250,
	DEPTH_MAX = 32
};

struct root {
	char *path; /* owned */
	bool tree;
	bool (*skip)(int dir, const char *name);
	unsigned what;
	uint64_t seen;  /* of the last look; see look_at() */
	bool dirty;     /* something happened in one of its folders */
};

/* A folder that inotify looks into, for a root. */
struct folder {
	int wd;
	size_t root;
};

struct watch {
	struct root *roots;
	size_t n;
	int fd;          /* inotify's, or -1 */
	struct folder *folders;
	size_t folders_n, folders_cap;
	int64_t first, due; /* since when something is dirty, and the next look; 0: none */
};

/* --- inotify --- */

#ifdef __linux__

static int notify_open(void)
{
	return inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
}

/* The number of the folder; -1 with errno. */
static int notify_add(int fd, const char *folder)
{
	return inotify_add_watch(fd, folder,
				 IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | IN_CREATE |
					 IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
					 IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR);
}

/* The number of a folder in which something happened, -1: in any; 0 when that is all.
 * closed: that a file was which had been written. */
static int notify_next(int fd, char *events, size_t size, size_t *at, size_t *n, bool *closed)
{
	const struct inotify_event *e;

	if (*at == *n) {
		ssize_t got = read(fd, events, size);

		*at = 0;
		*n = got > 0 ? (size_t)got : 0;
		if (!*n)
			return 0;
	}
	e = (const void *)(events + *at);
	*at += sizeof(*e) + e->len;
	*closed = e->mask & IN_CLOSE_WRITE;
	return e->wd;
}

#else

static int notify_open(void)
{
	return -1;
}

static int notify_add(int fd, const char *folder)
{
	(void)fd, (void)folder;
	errno = ENOSYS;
	return -1;
}

static int notify_next(int fd, char *events, size_t size, size_t *at, size_t *n, bool *closed)
{
	(void)fd, (void)events, (void)size, (void)at, (void)n, (void)closed;
	return 0;
}

#endif

/* Without it from now on: there are no more of its watches, or too many files open. */
static void do_without(struct watch *w)
{
	if (w->fd >= 0)
		close(w->fd);
	w->fd = -1;
	w->folders_n = 0;
	for (size_t i = 0; i < w->n; i++)
		w->roots[i].dirty = true;
}

/* False when there is no such folder. */
static bool add_folder(struct watch *w, size_t root, const char *path)
{
	int wd;

	if (w->fd < 0)
		return true;
	wd = notify_add(w->fd, path);
	if (wd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return false;
	if (wd < 0) {
		do_without(w);
		return true;
	}
	for (size_t i = 0; i < w->folders_n; i++)
		if (w->folders[i].wd == wd && w->folders[i].root == root)
			return true;
	GROW(w->folders, w->folders_n, w->folders_cap);
	w->folders[w->folders_n++] = (struct folder){ wd, root };
	return true;
}

/* The folder that holds path; where that isn't there either, the next one above. */
static void add_parent(struct watch *w, size_t root, const char *path)
{
	char *folder = xmemdup0(path, strlen(path));
	char *slash;

	do {
		slash = strrchr(folder, '/');
		if (slash)
			*slash = '\0';
	} while (slash && !add_folder(w, root, slash == folder ? "/" : folder));
	if (!slash)
		add_folder(w, root, ".");
	free(folder);
}

/* --- Looking --- */

/* FNV-1a; that two states look alike by chance costs a change that isn't noticed. */
static uint64_t mix(uint64_t h, const void *p, size_t n)
{
	const unsigned char *bytes = p;

	for (size_t i = 0; i < n; i++)
		h = (h ^ bytes[i]) * UINT64_C(0x100000001b3);
	return h;
}

static uint64_t look_at_file(const char *path, const struct stat *st)
{
	const struct fsys_stamp stamp = {
		.inode = st->st_ino, .size = st->st_size,
		.mtime_ns = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec,
	};

	return mix(mix(UINT64_C(0xcbf29ce484222325), path, strlen(path)), &stamp,
		   sizeof(stamp));
}

/* The sum over all files doesn't depend on the order in which they are listed. */
static uint64_t look_into(struct watch *w, size_t root, const char *path, int depth)
{
	bool (*skip)(int, const char *) = w->roots[root].skip;
	DIR *dir = opendir(path);
	uint64_t sum = 0;
	struct dirent *e;

	if (!dir)
		return 0;
	/* Before its files are looked at: what comes later is an event. */
	add_folder(w, root, path);
	while ((e = readdir(dir))) {
		struct stat st;
		char *name;

		if (*e->d_name == '.' ||
		    fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
			continue;
		name = fsys_join(path, e->d_name);
		if (S_ISREG(st.st_mode))
			sum += look_at_file(name, &st);
		else if (S_ISDIR(st.st_mode) && depth < DEPTH_MAX &&
			 !(skip && skip(dirfd(dir), e->d_name)))
			sum += look_into(w, root, name, depth + 1);
		free(name);
	}
	closedir(dir);
	return sum;
}

/* What a root is like. */
static uint64_t look_at(struct watch *w, size_t i)
{
	struct root *r = &w->roots[i];
	struct stat st;
	char *real;

	r->dirty = false;
	add_parent(w, i, r->path);
	if (r->tree)
		return look_into(w, i, r->path, 0);
	/* What a link leads to may be written anywhere. */
	real = realpath(r->path, NULL);
	if (real)
		add_parent(w, i, real);
	free(real);
	return stat(r->path, &st) == 0 ? look_at_file(r->path, &st) : 0;
}

/* --- When to look --- */

static void mark(struct watch *w, int wd)
{
	for (size_t i = 0; wd < 0 && i < w->n; i++)
		w->roots[i].dirty = true;
	for (size_t i = 0; i < w->folders_n; i++)
		if (w->folders[i].wd == wd)
			w->roots[w->folders[i].root].dirty = true;
}

static void take_events(struct watch *w)
{
	_Alignas(8) char events[8192];
	size_t at = 0, n = 0;
	bool closed = false;
	int64_t now;
	int wd = w->fd < 0 ? 0 : notify_next(w->fd, events, sizeof(events), &at, &n, &closed);

	if (!wd)
		return;
	for (; wd; wd = notify_next(w->fd, events, sizeof(events), &at, &n, &closed))
		mark(w, wd);
	now = when_clock_ms();
	if (!w->first)
		w->first = now;
	w->due = now + (closed ? REST_CLOSED_MS : REST_MS);
	if (w->due > w->first + REST_MOST_MS)
		w->due = w->first + REST_MOST_MS;
}

int watch_wait(const struct watch *w)
{
	int64_t left = w->due - when_clock_ms();

	if (!w->due)
		return INT_MAX;
	return left > 0 ? (int)left : 0;
}

unsigned watch_look(struct watch *w)
{
	unsigned what = 0;

	take_events(w);
	if (watch_wait(w) > 0)
		return 0;
	for (size_t i = 0; i < w->n; i++) {
		uint64_t before = w->roots[i].seen;

		if (w->fd >= 0 && !w->roots[i].dirty)
			continue;
		w->roots[i].seen = look_at(w, i);
		if (w->roots[i].seen != before)
			what |= w->roots[i].what;
	}
	w->first = 0;
	w->due = w->fd < 0 ? when_clock_ms() + POLL_MS : 0;
	return what;
}

/* --- What to look at --- */

static const struct root *find(const struct root *roots, size_t n,
			       const struct watch_root *wanted)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(roots[i].path, wanted->path) && roots[i].tree == wanted->tree)
			return &roots[i];
	return NULL;
}

static void free_roots(struct root *roots, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(roots[i].path);
	free(roots);
}

/* Folders of roots that are gone go on being looked into by inotify, for nothing. */
void watch_set(struct watch *w, const struct watch_root *roots, size_t n)
{
	struct root *before = w->roots;
	size_t before_n = w->n;

	w->roots = xcalloc(n, sizeof(*w->roots));
	w->n = n;
	w->folders_n = 0;
	for (size_t i = 0; i < n; i++) {
		const struct root *known = find(before, before_n, &roots[i]);
		uint64_t seen;

		w->roots[i] = (struct root){
			.path = xmemdup0(roots[i].path, strlen(roots[i].path)),
			.tree = roots[i].tree, .skip = roots[i].skip,
			.what = roots[i].what,
		};
		seen = look_at(w, i);
		w->roots[i].seen = known ? known->seen : seen;
		if (w->roots[i].seen != seen) {
			w->roots[i].dirty = true;
			w->due = when_clock_ms();
		}
	}
	free_roots(before, before_n);
	if (w->fd < 0 && !w->due)
		w->due = when_clock_ms() + POLL_MS;
}

int watch_fd(const struct watch *w)
{
	return w->fd;
}

struct watch *watch_new(bool poll)
{
	struct watch *w = xcalloc(1, sizeof(*w));

	w->fd = poll ? -1 : notify_open();
	return w;
}

void watch_free(struct watch *w)
{
	if (!w)
		return;
	if (w->fd >= 0)
		close(w->fd);
	free_roots(w->roots, w->n);
	free(w->folders);
	free(w);
}
