/*
 * The Markdown that GitHub shows below a workflow's step: docs.github.com, "Workflow
 * commands", "Adding a job summary".  A step may add 1 MiB; with more, all of it is lost.
 */
#include "outcome.h"

#include "base/log.h"
#include "base/fsys.h"

#include <unistd.h>

enum { SUMMARY_MAX = 512 * 1024 };

/* Strangers' words say what they say, and nothing to Markdown: neither pipes nor
 * brackets, nor an address or a name that would become a link. */
static void add_escaped(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';

		if (letter || (c >= '0' && c <= '9') || c == ' ' || c >= 0x80)
			buf_addc(out, (char)c);
		else
			buf_addf(out, "&#%d;", c);
	}
}

void step_fact(struct buf *out, const char *name, const char *fmt, ...)
{
	struct buf value = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&value, fmt, ap);
	va_end(ap);
	buf_addf(out, "| %s | ", name);
	add_escaped(out, buf_str(&value));
	buf_addlit(out, " |\n");
	buf_release(&value);
}

static void add_diag(struct buf *out, const struct diag *d)
{
	static const char *const levels[] = {
		[DIAG_NOTE] = "note",
		[DIAG_WARNING] = "warning",
		[DIAG_ERROR] = "**error**",
	};

	buf_addf(out, "| %s | ", levels[diag_level(d->id)]);
	add_escaped(out, str_of(d->path ? d->path : ""));
	if (d->path && d->line)
		buf_addf(out, "&#58;%lu", d->line);
	buf_addlit(out, " | ");
	add_escaped(out, str_of(d->message));
	if (d->hint) {
		buf_addlit(out, "<br>hint: ");
		add_escaped(out, str_of(d->hint));
	}
	buf_addf(out, " | `%s` |\n", diag_name(d->id));
}

static void add_diags(struct buf *out, const struct diags *d, bool verbose)
{
	size_t more = diags_beyond(d, verbose), told = 0;

	for (size_t i = 0; i < d->n; i++) {
		if (!diag_shown(&d->items[i], verbose))
			continue;
		if (out->n > SUMMARY_MAX) {
			more++;
			continue;
		}
		if (!told++)
			buf_addlit(out, "\n| | where | what | |\n|:--|:--|:--|:--|\n");
		add_diag(out, &d->items[i]);
	}
	if (more)
		buf_addf(out, "\nand %zu more like these\n", more);
}

void step_summary(struct run *run, const char *path)
{
	struct buf text = BUF_INIT;
	int fd, status = diags_status(&run->diags, run->global.strict);

	buf_addf(&text, "### candor %s: ", run->command->name);
	if (status)
		buf_addf(&text, "failed, with exit status %d\n", status);
	else
		buf_addf(&text, "%s\n", run->facts.n ? "done" : "nothing has changed");
	if (run->facts.n)
		buf_addf(&text, "\n| | |\n|:--|:--|\n%s", run->facts.p);
	add_diags(&text, &run->diags, run->global.verbose > 0);
	buf_addc(&text, '\n');
	fd = log_open(path, &run->diags);
	if (fd >= 0 && fsys_write(fd, buf_str(&text)) < 0)
		diag_errno(&run->diags, DIAG_IO, place_file(path), "cannot write the summary");
	if (fd >= 0)
		close(fd);
	buf_release(&text);
}
