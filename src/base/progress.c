/* The progress line.  Results and messages are printed elsewhere, after it
 * was taken away. */
#include "base/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Nothing for what is over at once; ten times a second is fluent. */
enum { FIRST_MS = 1000, EVERY_MS = 100, BAR = 20 };

static int64_t clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool terminal(void)
{
	const char *term = getenv("TERM");

	return isatty(STDERR_FILENO) && term && *term && strcmp(term, "dumb") != 0;
}

void progress_begin(struct progress *p, const char *what, uint64_t total, bool on)
{
	*p = (struct progress){
		.what = what,
		.total = total,
		.started_ms = clock_ms(),
		.on = on && terminal(),
	};
}

static void add_bar(struct buf *out, uint64_t done, uint64_t total)
{
	double part = done < total ? (double)done / (double)total : 1;

	buf_addc(out, '[');
	for (int i = 0; i < BAR; i++)
		buf_addc(out, i < (int)(part * BAR) ? '#' : '.');
	buf_addf(out, "] %3d%%  ", (int)(part * 100));
}

/* "1:05 left", "1:00:00 left" */
static void add_left(struct buf *out, uint64_t seconds)
{
	if (seconds >= 3600)
		buf_addf(out, ", %d:%02d:%02d left", (int)(seconds / 3600 % 10000),
			 (int)(seconds / 60 % 60), (int)(seconds % 60));
	else
		buf_addf(out, ", %d:%02d left", (int)(seconds / 60), (int)(seconds % 60));
}

void progress_line(const struct progress *p, int64_t elapsed_ms, struct buf *out)
{
	double ms = elapsed_ms > 0 ? (double)elapsed_ms : 1;
	double rate = (double)p->done * 1000 / ms;

	if (p->total)
		add_bar(out, p->done, p->total);
	buf_addint(out, (long long)p->done);
	if (p->total) {
		buf_addlit(out, " of ");
		buf_addint(out, (long long)p->total);
	}
	buf_addf(out, " %s, %.0f/s", p->what, rate);
	if (p->done && p->done < p->total)
		add_left(out, (uint64_t)((double)(p->total - p->done) / rate + 0.5));
}

static void show(struct progress *p, int64_t now)
{
	struct buf line = BUF_INIT;

	buf_addc(&line, '\r');
	progress_line(p, now - p->started_ms, &line);
	buf_addlit(&line, "\033[K");
	fputs(line.p, stderr);
	fflush(stderr);
	buf_release(&line);
	p->visible = true;
	p->shown_ms = now;
}

void progress_add(struct progress *p, uint64_t n)
{
	int64_t now;

	p->done += n;
	if (!p->on)
		return;
	now = clock_ms();
	if (now - p->started_ms >= FIRST_MS && now - p->shown_ms >= EVERY_MS)
		show(p, now);
}

void progress_end(struct progress *p)
{
	if (p->visible)
		fputs("\r\033[K", stderr);
	p->on = false;
	p->visible = false;
}
