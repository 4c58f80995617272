/* How a run's messages reach their readers: a person, a program, the journal, a log, a
 * pipeline's pages.  What they say is everybody else's. */
#include "outcome.h"

#include "base/log.h"
#include "base/stop.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *env(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

/* --- Who reads --- */

/* systemd.exec(5), JOURNAL_STREAM: the journal is at the other end of standard error
 * itself, not of that of a process above which we were started with another. */
static bool to_journal(void)
{
	const char *stream = env("JOURNAL_STREAM");
	unsigned long long device, inode;
	struct stat st;

	return stream && sscanf(stream, "%llu:%llu", &device, &inode) == 2 &&
	       fstat(STDERR_FILENO, &st) == 0 && st.st_dev == device && st.st_ino == inode;
}

static enum diag_format choose_format(const struct run *run)
{
	const char *actions = env("GITHUB_ACTIONS");

	if (run->global.format >= 0 && run->global.format != FORMAT_MARKDOWN)
		return (enum diag_format)run->global.format;
	if (actions && !strcmp(actions, "true"))
		return DIAG_GITHUB;
	return to_journal() ? DIAG_JOURNAL : DIAG_TEXT;
}

bool want_color(const struct run *run, int fd)
{
	const char *term = env("TERM");

	if (run->global.color)
		return run->global.color == 1;
	return !env("NO_COLOR") && !(term && !strcmp(term, "dumb")) && isatty(fd);
}

/* Annotations are of files in the repository, wherever in it the run was. */
static void rebase(struct run *run, enum diag_format format)
{
	const char *root = format == DIAG_GITHUB   ? env("GITHUB_WORKSPACE")
			   : format == DIAG_GITLAB ? env("CI_PROJECT_DIR")
						   : NULL;
	char *real = root ? realpath(root, NULL) : NULL, *here = getcwd(NULL, 0);

	if (real && here)
		diags_rebase(&run->diags, real, here);
	free(real);
	free(here);
}

/* --- The log --- */

int outcome_open(struct run *run)
{
	run->log = -1;
	if (run->global.log_file)
		run->log = log_open(run->global.log_file, &run->diags);
	return run->global.log_file && run->log < 0 ? -1 : 0;
}

void outcome_close(struct run *run)
{
	if (run->log >= 0)
		close(run->log);
}

static void say_end(const struct run *run, int status, struct buf *out)
{
	if (run->done.n)
		buf_addf(out, "%s; ", run->done.p);
	if (stop_asked())
		buf_addlit(out, "ended by a signal");
	else
		buf_addf(out, "exit status %d", status);
}

static int log_diags(const struct run *run, const struct diags *d)
{
	struct buf line = BUF_INIT;
	int result = 0;

	for (size_t i = 0; i < d->n && result == 0; i++) {
		if (!diag_shown(&d->items[i], run->global.verbose > 0))
			continue;
		buf_reset(&line);
		diag_line(&d->items[i], &line);
		result = log_write(run->log, run->command->name, buf_str(&line));
	}
	buf_release(&line);
	return result;
}

static void write_log(struct run *run)
{
	struct diags *d = &run->diags;
	struct buf line = BUF_INIT;
	int result = log_diags(run, d);

	say_end(run, diags_status(d, run->global.strict), &line);
	if (result == 0)
		result = log_write(run->log, run->command->name, buf_str(&line));
	if (result < 0)
		diag_errno(d, DIAG_IO, place_file(run->global.log_file), "cannot write the log");
	buf_release(&line);
}

/* --- All of it --- */

/* What was done, where somebody wants to know. */
static void say_done(const struct run *run, enum diag_format format)
{
	bool asked = run->global.verbose || (!run->global.quiet && isatty(STDERR_FILENO));

	if (!asked || !run->done.n || !run->command->tells || format == DIAG_JSON ||
	    format == DIAG_GITLAB)
		return;
	fprintf(stderr, "%s%s\n", format == DIAG_JOURNAL ? "<6>" : "", run->done.p);
}

int outcome_tell(struct run *run)
{
	enum diag_format format = choose_format(run);
	const char *summary = env("GITHUB_STEP_SUMMARY");

	if (run->log >= 0)
		write_log(run);
	rebase(run, format);
	if (format == DIAG_GITHUB && summary && run->command && run->command->tells)
		step_summary(run, summary);
	say_done(run, format);
	diags_print(&run->diags, stderr, format, want_color(run, STDERR_FILENO),
		    run->global.verbose > 0);
	return diags_status(&run->diags, run->global.strict);
}

void command_report(const struct run *run, const struct diags *diags)
{
	/* What can't be written is told at the end, when the rest can't be either. */
	if (run->log >= 0)
		log_diags(run, diags);
	diags_print(diags, stderr, choose_format(run), want_color(run, STDERR_FILENO),
		    run->global.verbose > 0);
}
