/* The lock of one site.  The folder it lies in is the stage's. */
#include "publish/lock.h"

#include "base/fsys.h"
#include "base/when.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* "1234 2026-11-22T07:30:00Z\n" */
enum { HOLDER_MAX = 64 };

static int busy(int fd, const char *output, struct diags *diags)
{
	char text[HOLDER_MAX] = "", since[WHEN_RFC3339];
	ssize_t n = pread(fd, text, sizeof(text) - 1, 0);
	long pid;

	/* Its holder may be about to write it: then there is less to say. */
	if (n > 0 && sscanf(text, "%ld %20s", &pid, since) == 2)
		diag_add(diags, DIAG_LOCKED, NO_PLACE,
			 "process %ld has been building '%s' since %s", pid, output,
			 since);
	else
		diag_add(diags, DIAG_LOCKED, NO_PLACE,
			 "another process is building '%s'", output);
	diag_hint(diags, "wait for it to finish; the lock goes with its process");
	return -1;
}

/* The file has no other name, under which it would be somebody else's: nothing
 * is ever written to a file outside. */
static bool is_ours(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_nlink == 1;
}

/* Only a help to whoever finds the lock taken: failure is no matter. */
static void write_holder(int fd)
{
	char text[HOLDER_MAX], since[WHEN_RFC3339];
	ssize_t done;
	int n;

	if (!is_ours(fd))
		return;
	when_format((int64_t)time(NULL), since);
	n = snprintf(text, sizeof(text), "%ld %s\n", (long)getpid(), since);
	done = ftruncate(fd, 0) < 0 ? -1 : pwrite(fd, text, (size_t)n, 0);
	(void)done;
}

int lock_take(int dir, const char *output, struct diags *diags)
{
	int fd = fsys_open_at(dir, "lock", O_RDWR | O_CREAT, 0644);
	int result;

	if (fd < 0)
		return diag_errno(diags, DIAG_IO, NO_PLACE,
				  "cannot open the lock of '%s'", output);
	do {
		result = flock(fd, LOCK_EX | LOCK_NB);
	} while (result < 0 && errno == EINTR);
	if (result == 0) {
		write_holder(fd);
		return fd;
	}
	if (errno == EWOULDBLOCK)
		busy(fd, output, diags);
	else
		diag_errno(diags, DIAG_IO, NO_PLACE, "cannot lock '%s'", output);
	close(fd);
	return -1;
}

void lock_release(int fd)
{
	int ignored = is_ours(fd) ? ftruncate(fd, 0) : 0;

	(void)ignored;
	close(fd);
}
