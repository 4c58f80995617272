/* The lock of one site.  The folder it lies in is the stage's. */
#include "publish/lock.h"

#include "base/fsys.h"
#include "base/mem.h"
#include "base/progress.h"
#include "base/stop.h"
#include "base/when.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Ten looks a second: nobody notices, and nobody waits in vain for long. */
enum { HOLDER_MAX = 512, NAME_MAX_SHOWN = 64, LOOK_MS = 100 };

/* --- Who has it --- */

/* What the file says, a line each. */
struct holder {
	char text[HOLDER_MAX];
	struct str pid, since, user, host, command; /* in text; absent when cut short */
};

/* Its holder may be about to write it: then there is less to say. */
static bool read_holder(int fd, struct holder *h)
{
	ssize_t n = pread(fd, h->text, sizeof(h->text), 0);
	struct str rest = str_make(h->text, n > 0 ? (size_t)n : 0);

	h->pid = str_split(&rest, '\n');
	h->since = str_split(&rest, '\n');
	h->user = str_split(&rest, '\n');
	h->host = str_split(&rest, '\n');
	h->command = str_split(&rest, '\n');
	return str_present(h->command) && str_present(rest);
}

static void add_age(struct buf *out, int64_t seconds)
{
	static const struct {
		int64_t seconds;
		const char *name;
	} units[] = {
		{ WHEN_DAY, "day" }, { 3600, "hour" }, { 60, "minute" }, { 1, "second" },
	};

	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		int64_t n = seconds / units[i].seconds;

		if (n < 1)
			continue;
		buf_addf(out, " (for %lld %s%s)", (long long)n, units[i].name,
			 n == 1 ? "" : "s");
		return;
	}
}

/* "'candor build' of eve on pc1, process 12, since 2026-11-22T07:30:00Z (for 3 minutes)" */
static void say_holder(int fd, struct buf *out)
{
	struct holder h;
	int64_t since;

	if (!read_holder(fd, &h)) {
		buf_addlit(out, "another process");
		return;
	}
	buf_addf(out, "'candor %.*s' of %.*s on %.*s, process %.*s, since %.*s",
		 STR_ARG(h.command), STR_ARG(h.user), STR_ARG(h.host), STR_ARG(h.pid),
		 STR_ARG(h.since));
	if (when_parse(h.since, &since))
		add_age(out, (int64_t)time(NULL) - since);
}

static int busy(int fd, const char *output, struct diags *diags)
{
	struct buf who = BUF_INIT;

	say_holder(fd, &who);
	diag_add(diags, DIAG_LOCKED, NO_PLACE, "'%s' is being built by %s", output, who.p);
	diag_hint(diags, "--wait SECONDS waits for it to finish; the lock goes with its "
			 "process");
	buf_release(&who);
	return -1;
}

/* The file has no other name, under which it would be somebody else's: nothing
 * is ever written to a file outside. */
static bool is_ours(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_nlink == 1;
}

static void add_user(struct buf *out)
{
	const char *name = getenv("USER");

	if (!name || !*name)
		name = getenv("LOGNAME");
	if (name && *name)
		buf_addf(out, "%.*s\n", NAME_MAX_SHOWN, name);
	else
		buf_addf(out, "user %ld\n", (long)geteuid());
}

/* Only a help to whoever finds the lock taken: failure is no matter. */
static void write_holder(int fd, const char *command)
{
	char since[WHEN_RFC3339], host[NAME_MAX_SHOWN + 1] = "";
	struct buf text = BUF_INIT;
	ssize_t done;

	if (!is_ours(fd))
		return;
	when_format((int64_t)time(NULL), since);
	buf_addf(&text, "%ld\n%s\n", (long)getpid(), since);
	add_user(&text);
	gethostname(host, sizeof(host) - 1);
	buf_addf(&text, "%s\n%s\n", host, command);
	done = ftruncate(fd, 0) < 0 ? -1 : pwrite(fd, text.p, text.n, 0);
	(void)done;
	buf_release(&text);
}

/* --- Taking it --- */

static int try(int fd)
{
	int result;

	do {
		result = flock(fd, LOCK_EX | LOCK_NB);
	} while (result < 0 && errno == EINTR);
	return result;
}

static void say_waiting(int fd, int64_t left_ms)
{
	struct buf text = BUF_INIT;

	buf_addf(&text, "%lld s left to wait for ", (long long)(left_ms + 999) / 1000);
	say_holder(fd, &text);
	progress_say(text.p);
	buf_release(&text);
}

/* What try() says in the end. */
static int wait_for(int fd, struct lock_wish *wish)
{
	const struct timespec pause = { .tv_nsec = LOOK_MS * 1000000L };
	int64_t end = when_clock_ms() + wish->wait * 1000, left;
	int result = try(fd), error;

	wish->waited = result < 0 && errno == EWOULDBLOCK;
	while (result < 0 && errno == EWOULDBLOCK && (left = end - when_clock_ms()) > 0 &&
	       !stop_asked()) {
		say_waiting(fd, left);
		nanosleep(&pause, NULL);
		result = try(fd);
	}
	error = errno;
	progress_end();
	errno = error;
	return result;
}

int lock_take(int dir, const char *output, struct lock_wish *wish, struct diags *diags)
{
	int fd = fsys_open_at(dir, "lock", O_RDWR | O_CREAT, 0644);

	if (fd < 0)
		return diag_errno(diags, DIAG_IO, NO_PLACE,
				  "cannot open the lock of '%s'", output);
	if (wait_for(fd, wish) == 0) {
		write_holder(fd, wish->command);
		return fd;
	}
	if (errno == EWOULDBLOCK && !stop_asked())
		busy(fd, output, diags);
	else if (errno != EWOULDBLOCK)
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
