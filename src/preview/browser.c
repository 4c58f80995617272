/* The user's browser. */
#include "preview/browser.h"

#include "base/mem.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __APPLE__
#define OPENER "open"
#else
#define OPENER "xdg-open"
#endif

extern char **environ;

/* A page that leads to the address; its name is left in path. */
static int write_page(struct buf *path, const char *url, struct diags *diags)
{
	static const char suffix[] = ".html";
	const char *folder = getenv("XDG_RUNTIME_DIR");
	struct buf page = BUF_INIT;
	ssize_t n;
	int fd;

	buf_addf(path, "%s/candor-XXXXXX%s", folder && *folder ? folder : "/tmp", suffix);
	buf_addf(&page, "<!doctype html><title>candor</title>"
			"<meta http-equiv=\"refresh\" content=\"0;url=%s\">\n", url);
	fd = mkstemps(path->p, sizeof(suffix) - 1);
	n = fd < 0 ? -1 : write(fd, page.p, page.n);
	if (n != (ssize_t)page.n)
		diag_errno(diags, DIAG_IO, NO_PLACE, "cannot write '%s'", path->p);
	if (fd >= 0)
		close(fd);
	n -= (ssize_t)page.n;
	buf_release(&page);
	return n ? -1 : 0;
}

int browser_open(const char *url, char **file, struct diags *diags)
{
	char *argv[] = { OPENER, NULL, NULL };
	struct buf path = BUF_INIT;
	pid_t child;
	int failed;

	*file = NULL;
	if (write_page(&path, url, diags) < 0) {
		buf_release(&path);
		return -1;
	}
	argv[1] = *file = buf_detach(&path);
	/* Nobody waits for it. */
	signal(SIGCHLD, SIG_IGN);
	failed = posix_spawnp(&child, OPENER, NULL, NULL, argv, environ);
	if (!failed)
		return 0;
	browser_forget(*file);
	*file = NULL;
	errno = failed;
	return diag_errno(diags, DIAG_NOT_FOUND, NO_PLACE, "cannot run '%s'", OPENER);
}

void browser_forget(char *file)
{
	if (file)
		unlink(file);
	free(file);
}
