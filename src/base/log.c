/* The log: lines with the time and the process.  What is told is the runner's. */
#include "base/log.h"

#include "base/buf.h"
#include "base/diag.h"
#include "base/fsys.h"
#include "base/when.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A pipe without a reader is refused rather than waited for. */
enum { APPEND = O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK };

/* Opened by their names these would be other handles, at another place in a file, and no
 * socket can be opened. */
static int stream(const char *path)
{
	return !strcmp(path, "/dev/stdout")   ? STDOUT_FILENO
	       : !strcmp(path, "/dev/stderr") ? STDERR_FILENO
					      : -1;
}

static int open_file(const char *path)
{
	int fd = open(path, APPEND);

	if (fd < 0 && errno == ENOENT)
		fd = open(path, APPEND | O_CREAT | O_EXCL, 0644);
	/* Another run was faster, or it is a link to nothing. */
	if (fd < 0 && errno == EEXIST)
		fd = open(path, APPEND);
	/* A reader that is slow is waited for. */
	if (fd >= 0)
		fcntl(fd, F_SETFL, O_APPEND);
	return fd;
}

int log_open(const char *path, struct diags *diags)
{
	int fd = stream(path);

	fd = fd >= 0 ? fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1) : open_file(path);
	if (fd < 0)
		diag_errno(diags, DIAG_IO, place_file(path), "cannot append to it");
	return fd;
}

int log_write(int fd, const char *command, struct str text)
{
	char now[WHEN_RFC3339];
	struct buf line = BUF_INIT;
	int status;

	when_format((int64_t)time(NULL), now);
	buf_addf(&line, "%s candor %s[%ld]: %.*s\n", now, command, (long)getpid(),
		 STR_ARG(text));
	status = fsys_write(fd, buf_str(&line));
	buf_release(&line);
	return status;
}
