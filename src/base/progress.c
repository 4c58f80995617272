/* The progress line.  Results and messages are printed elsewhere, after it was taken
 * away. */
#include "base/progress.h"

#include "base/utf8.h"
#include "base/when.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Nothing for what is over at once; ten times a second is fluent. */
enum { FIRST_MS = 1000, EVERY_MS = 100, BAR = 20, COLUMNS = 80 };

/* Counters are everybody's; the rest belongs to whoever holds the mutex. */
static struct {
	bool allowed, on, visible;
	const char *what;
	uint64_t total;
	atomic_uint_fast64_t done, read, input;
	int64_t started_ms, shown_ms;
	pthread_mutex_t mutex;
} line = { .mutex = PTHREAD_MUTEX_INITIALIZER };

static bool terminal(void)
{
	const char *term = getenv("TERM");

	return isatty(STDERR_FILENO) && term && *term && strcmp(term, "dumb") != 0;
}

/* Asked each time: a window may be made smaller. */
static size_t columns(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) < 0 || !size.ws_col)
		return COLUMNS;
	return size.ws_col;
}

/* --- What it says --- */

static void add_bar(struct buf *out, double part)
{
	buf_addc(out, '[');
	for (int i = 0; i < BAR; i++)
		buf_addc(out, i < (int)(part * BAR) ? '#' : '.');
	buf_addlit(out, "] ");
}

/* ", 1:05 left", ", 1:00:00 left" */
static void add_left(struct buf *out, uint64_t seconds)
{
	if (seconds >= 3600)
		buf_addf(out, ", %d:%02d:%02d left", (int)(seconds / 3600 % 10000),
			 (int)(seconds / 60 % 60), (int)(seconds % 60));
	else
		buf_addf(out, ", %d:%02d left", (int)(seconds / 60), (int)(seconds % 60));
}

static void add_count(struct buf *out, const struct progress_state *p)
{
	buf_addint(out, (long long)p->done);
	if (p->total) {
		buf_addlit(out, " of ");
		buf_addint(out, (long long)p->total);
	}
	buf_addf(out, " %s", p->what);
}

/* What follows the count is there whole or not at all. */
static void add_part(struct buf *text, struct buf *part, size_t room)
{
	if (text->n + part->n <= room)
		buf_addstr(text, buf_str(part));
	buf_reset(part);
}

/* How much of it is done, 0 to 1: what is counted, or else the bytes. */
static double part_of(const struct progress_state *p)
{
	uint64_t done = p->total ? p->done : p->read;
	uint64_t total = p->total ? p->total : p->input;

	return done < total ? (double)done / (double)total : 1;
}

void progress_line(const struct progress_state *p, int64_t elapsed_ms, size_t width,
		   struct buf *out)
{
	double ms = elapsed_ms > 0 ? (double)elapsed_ms : 1, part = part_of(p);
	bool known = p->total || p->input;
	struct buf text = BUF_INIT, more = BUF_INIT;
	size_t room = width > 1 ? width - 1 : 0;

	if (known)
		buf_addf(&text, "%3d%%  ", (int)(part * 100));
	add_count(&text, p);
	buf_addf(&more, ", %.0f/s", (double)p->done * 1000 / ms);
	add_part(&text, &more, room);
	if (known && part > 0 && part < 1)
		add_left(&more, (uint64_t)(ms / 1000 * (1 - part) / part + 0.5));
	add_part(&text, &more, room);
	if (known && text.n + BAR + 3 <= room)
		add_bar(out, part);
	buf_add(out, text.p, text.n < room ? text.n : room);
	buf_release(&more);
	buf_release(&text);
}

/* --- On the terminal --- */

static void print(struct str text)
{
	fprintf(stderr, "\r%.*s\033[K", STR_ARG(text));
	fflush(stderr);
	line.visible = true;
}

static void show(int64_t now)
{
	const struct progress_state p = {
		.what = line.what, .done = line.done, .total = line.total,
		.read = line.read, .input = line.input,
	};
	struct buf text = BUF_INIT;

	progress_line(&p, now - line.started_ms, columns(), &text);
	print(buf_str(&text));
	line.shown_ms = now;
	buf_release(&text);
}

/* Who finds another thread at it has nothing to add. */
static void show_if_due(void)
{
	int64_t now;

	if (!line.on)
		return;
	now = when_clock_ms();
	if (now - line.started_ms < FIRST_MS || pthread_mutex_trylock(&line.mutex) != 0)
		return;
	if (now - line.shown_ms >= EVERY_MS)
		show(now);
	pthread_mutex_unlock(&line.mutex);
}

void progress_allow(bool allowed)
{
	line.allowed = allowed;
}

void progress_begin(const char *what, uint64_t total)
{
	progress_end();
	line.what = what;
	line.total = total;
	line.done = line.read = line.input = 0;
	line.started_ms = when_clock_ms();
	line.shown_ms = 0;
	line.on = line.allowed && terminal();
}

void progress_add(uint64_t n)
{
	line.done += n;
	show_if_due();
}

void progress_input(const char *path)
{
	struct stat st;

	if (line.on && stat(path, &st) == 0 && S_ISREG(st.st_mode))
		line.input += (uint64_t)st.st_size;
}

void progress_read(uint64_t bytes)
{
	line.read += bytes;
	show_if_due();
}

void progress_say(const char *text)
{
	struct buf masked = BUF_INIT;

	if (!line.allowed || !terminal())
		return;
	utf8_add_masked(&masked, str_of(text));
	print(str_slice(buf_str(&masked), 0, columns() - 1));
	buf_release(&masked);
}

void progress_end(void)
{
	if (line.visible) {
		fputs("\r\033[K", stderr);
		fflush(stderr);
	}
	line.on = line.visible = false;
}
