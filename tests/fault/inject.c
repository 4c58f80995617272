/*
 * Faults for a real program: preloaded, this makes the Nth call of one
 * function of the C library fail.  sweep.c says which, by environment:
 *
 *	FAULT=write:12:28    the 12th write() answers -1 with errno 28
 *	FAULT=write:12+:28   so does every write() after it
 *	FAULT=write:12:0     the 12th write() writes one byte only; read() likewise
 * close_written() is the close() of a file that was opened for writing only.  When
 * the fault comes, the file `fired` is made in the current folder.
 *
 *	FAULT_LOG=FILE       no fault: a line "write 12" for each call that comes by
 *	                     another way (other callers) than all before it;
 *	FAULT_DEPTH=N        so many callers count, and callers' callers
 *
 * What the C library calls inside itself (stdio's write) isn't seen here.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define CALLS(X) \
	X(write) X(pwrite) X(fsync) X(fdatasync) X(syncfs) X(ftruncate) X(close) X(close_written) \
	X(open) X(openat) X(openat2) X(mkostemp) X(read) X(pread) X(readdir) \
	X(fdopendir) X(stat) X(fstat) X(fstatat) X(lstat) X(statx) X(faccessat) \
	X(mkdirat) X(unlink) X(unlinkat) X(renameat) X(renameat2) X(linkat) \
	X(fchmod) X(flock) X(fcntl) X(pthread_create) X(malloc) X(calloc) X(realloc)

enum call {
#define X(name) CALL_##name,
	CALLS(X)
#undef X
	CALL_COUNT
};

static const char *const names[CALL_COUNT] = {
#define X(name) [CALL_##name] = #name,
	CALLS(X)
#undef X
};

/* Frames; those of them that are this file's. */
enum { DEPTH = 24, OWN = 3, WAYS = 1 << 16 };

static unsigned long counts[CALL_COUNT];
static struct {
	bool active, after;
	enum call call;
	unsigned long at;
	int error;
	int log, depth;
} plan = { .log = -1 };
static uint64_t ways[WAYS]; /* seen; open addressing, 0: free */
static _Thread_local bool inside;

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t count, size_t n);
void *__libc_realloc(void *p, size_t n);

static void *real(const char *name)
{
	void *found;

	inside = true;
	found = dlsym(RTLD_NEXT, name);
	inside = false;
	return found;
}

/* Whether nobody came by this way before. */
static bool new_way(enum call call)
{
	uint64_t hash = 14695981039346656037u + (uint64_t)call;
	void *frames[DEPTH];
	int n = backtrace(frames, plan.depth);

	/* The first frames are of this file, some of them inlined. */
	for (int i = 0; i < n; i++)
		hash = (hash ^ (uint64_t)(uintptr_t)frames[i]) * 1099511628211u;
	for (uint64_t i = hash;; i++) {
		if (ways[i % WAYS] == hash)
			return false;
		if (!ways[i % WAYS]) {
			ways[i % WAYS] = hash;
			return true;
		}
	}
}

static void say(enum call call, unsigned long n)
{
	char line[64];
	int size = snprintf(line, sizeof(line), "%s %lu\n", names[call], n);

	syscall(SYS_write, plan.log, line, (size_t)size);
}

/* Counts the call; true with errno when it shall fail. */
static bool fails(enum call call)
{
	int error = errno;
	unsigned long n;

	if (!plan.active || inside)
		return false;
	n = __atomic_add_fetch(&counts[call], 1, __ATOMIC_RELAXED);
	if (plan.log >= 0) {
		inside = true;
		if (new_way(call))
			say(call, n);
		inside = false;
	}
	errno = error;
	if (plan.log >= 0 || call != plan.call || !(plan.after ? n >= plan.at : n == plan.at))
		return false;
	syscall(SYS_close, syscall(SYS_openat, AT_FDCWD, "fired", O_CREAT | O_WRONLY, 0644));
	errno = plan.error;
	return true;
}

__attribute__((constructor)) static void begin(void)
{
	const char *fault = getenv("FAULT"), *log = getenv("FAULT_LOG");
	const char *depth = getenv("FAULT_DEPTH");
	void *frames[1];
	char name[32], after[2] = "";

	inside = true;
	if (log) {
		backtrace(frames, 1); /* loads what it needs now */
		plan.depth = depth ? OWN + atoi(depth) : DEPTH;
		if (plan.depth > DEPTH)
			plan.depth = DEPTH;
		plan.log = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
		plan.active = true;
	} else if (fault && (sscanf(fault, "%31[a-z_0-9]:%lu:%d", name, &plan.at,
				    &plan.error) == 3 ||
			     sscanf(fault, "%31[a-z_0-9]:%lu%1[+]:%d", name, &plan.at,
				    after, &plan.error) == 4)) {
		for (int i = 0; i < CALL_COUNT; i++)
			if (!strcmp(names[i], name)) {
				plan.call = (enum call)i;
				plan.active = true;
			}
		plan.after = *after;
	}
	inside = false;
}

/* --- The functions --- */

#define PASS(type, name, params, args, bad) \
	type name params \
	{ \
		static type(*next) params; \
		if (!next) \
			next = real(#name); \
		if (fails(CALL_##name)) \
			return bad; \
		return next args; \
	}
/* The same under its name for large files. */
#define PASS64(type, name, params, args, bad) \
	type name##64 params \
	{ \
		static type(*next) params; \
		if (!next) \
			next = real(#name "64"); \
		if (fails(CALL_##name)) \
			return bad; \
		return next args; \
	}

/* errno 0 is a short write. */
#define SHORT (errno ? -1 : next(fd, p, n < 2 ? n : 1))
#define SHORT_AT (errno ? -1 : next(fd, p, n < 2 ? n : 1, at))

PASS(ssize_t, write, (int fd, const void *p, size_t n), (fd, p, n), SHORT)
PASS(ssize_t, pwrite, (int fd, const void *p, size_t n, off_t at), (fd, p, n, at), SHORT_AT)
PASS64(ssize_t, pwrite, (int fd, const void *p, size_t n, off64_t at), (fd, p, n, at), SHORT_AT)
PASS(ssize_t, read, (int fd, void *p, size_t n), (fd, p, n), SHORT)
PASS(ssize_t, pread, (int fd, void *p, size_t n, off_t at), (fd, p, n, at), SHORT_AT)
PASS64(ssize_t, pread, (int fd, void *p, size_t n, off64_t at), (fd, p, n, at), SHORT_AT)
PASS(int, fsync, (int fd), (fd), -1)
PASS(int, fdatasync, (int fd), (fd), -1)
PASS(int, syncfs, (int fd), (fd), -1)
PASS(int, ftruncate, (int fd, off_t n), (fd, n), -1)
PASS64(int, ftruncate, (int fd, off64_t n), (fd, n), -1)
PASS(int, mkostemp, (char *name, int flags), (name, flags), -1)
PASS64(int, mkostemp, (char *name, int flags), (name, flags), -1)
PASS(struct dirent *, readdir, (DIR * dir), (dir), NULL)
PASS64(struct dirent64 *, readdir, (DIR * dir), (dir), NULL)
PASS(DIR *, fdopendir, (int fd), (fd), NULL)
PASS(int, stat, (const char *name, struct stat *st), (name, st), -1)
PASS64(int, stat, (const char *name, struct stat64 *st), (name, st), -1)
PASS(int, fstat, (int fd, struct stat *st), (fd, st), -1)
PASS64(int, fstat, (int fd, struct stat64 *st), (fd, st), -1)
PASS(int, fstatat, (int dir, const char *name, struct stat *st, int flags),
     (dir, name, st, flags), -1)
PASS64(int, fstatat, (int dir, const char *name, struct stat64 *st, int flags),
       (dir, name, st, flags), -1)
PASS(int, lstat, (const char *name, struct stat *st), (name, st), -1)
PASS64(int, lstat, (const char *name, struct stat64 *st), (name, st), -1)
PASS(int, statx, (int dir, const char *name, int flags, unsigned mask, struct statx *st),
     (dir, name, flags, mask, st), -1)
PASS(int, faccessat, (int dir, const char *name, int mode, int flags),
     (dir, name, mode, flags), -1)
PASS(int, mkdirat, (int dir, const char *name, mode_t mode), (dir, name, mode), -1)
PASS(int, unlink, (const char *name), (name), -1)
PASS(int, unlinkat, (int dir, const char *name, int flags), (dir, name, flags), -1)
PASS(int, renameat, (int a, const char *old, int b, const char *new), (a, old, b, new), -1)
PASS(int, renameat2, (int a, const char *old, int b, const char *new, unsigned flags),
     (a, old, b, new, flags), -1)
PASS(int, linkat, (int a, const char *old, int b, const char *new, int flags),
     (a, old, b, new, flags), -1)
PASS(int, fchmod, (int fd, mode_t mode), (fd, mode), -1)
PASS(int, flock, (int fd, int how), (fd, how), -1)
PASS(int, pthread_create,
     (pthread_t * id, const pthread_attr_t *attributes, void *(*run)(void *), void *arg),
     (id, attributes, run, arg), errno)

/* The file is closed all the same: as Linux does it. */
int close(int fd)
{
	bool written = (syscall(SYS_fcntl, fd, F_GETFL) & O_ACCMODE) == O_WRONLY;
	bool failing = fails(written ? CALL_close_written : CALL_close);
	int error = errno;
	int result = (int)syscall(SYS_close, fd);

	if (!failing)
		return result;
	errno = error;
	return -1;
}

static mode_t mode_of(int flags, va_list ap)
{
	return flags & (O_CREAT | O_TMPFILE) ? va_arg(ap, mode_t) : 0;
}

#define OPEN(name) \
	int name(const char *path, int flags, ...) \
	{ \
		va_list ap; \
		mode_t mode; \
		va_start(ap, flags); \
		mode = mode_of(flags, ap); \
		va_end(ap); \
		if (fails(CALL_open)) \
			return -1; \
		return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode); \
	}
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
	int name(int dir, const char *path, int flags, ...) \
	{ \
		va_list ap; \
		mode_t mode; \
		va_start(ap, flags); \
		mode = mode_of(flags, ap); \
		va_end(ap); \
		if (fails(CALL_openat)) \
			return -1; \
		return (int)syscall(SYS_openat, dir, path, flags, mode); \
	}
OPENAT(openat)
OPENAT(openat64)

/* POSIX locks. */
#define FCNTL(name) \
	int name(int fd, int what, ...) \
	{ \
		va_list ap; \
		void *arg; \
		va_start(ap, what); \
		arg = va_arg(ap, void *); \
		va_end(ap); \
		if (fails(CALL_fcntl)) \
			return -1; \
		return (int)syscall(SYS_fcntl, fd, what, arg); \
	}
FCNTL(fcntl)
FCNTL(fcntl64)

long syscall(long number, ...)
{
	static long (*next)(long, ...);
	long a[6];
	va_list ap;

	va_start(ap, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(ap, long);
	va_end(ap);
	if (!next)
		next = real("syscall");
	if (number == SYS_openat2 && fails(CALL_openat2))
		return -1;
	return next(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

void *malloc(size_t n)
{
	return fails(CALL_malloc) ? NULL : __libc_malloc(n);
}

void *calloc(size_t count, size_t n)
{
	return fails(CALL_calloc) ? NULL : __libc_calloc(count, n);
}

void *realloc(void *p, size_t n)
{
	return fails(CALL_realloc) ? NULL : __libc_realloc(p, n);
}
