/* Text with positions.  Uses fsys to read, diag to complain. */
#include "base/source.h"

#include "base/diag.h"
#include "base/fsys.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>

static int check_text(struct source *s, struct diags *diags)
{
	struct str text = source_text(s);
	size_t bad = utf8_check(text);
	size_t nul = str_index(text, '\0');

	if (bad < text.n)
		return diag_add(diags, DIAG_BAD_UTF8, place_in(s, bad, 1),
				"byte 0x%02X is not UTF-8",
				(unsigned char)text.p[bad]);
	if (nul < text.n)
		return diag_add(diags, DIAG_BAD_UTF8, place_in(s, nul, 1),
				"a NUL byte in a text file");
	return 0;
}

static void drop_bom(struct buf *b)
{
	if (!str_starts(buf_str(b), STR("\xef\xbb\xbf")))
		return;
	memmove(b->p, b->p + 3, b->n - 3);
	buf_cut(b, b->n - 3);
}

static void find_lines(struct source *s)
{
	const char *at = s->text.p, *end = at + s->text.n;

	while ((at = memchr(at, '\n', (size_t)(end - at)))) {
		GROW(s->starts, s->starts_n, s->starts_cap);
		s->starts[s->starts_n++] = (size_t)(++at - s->text.p);
	}
}

int source_load(struct source *s, const char *path, struct diags *diags)
{
	*s = (struct source){ .path = xstrdup(path), .text = BUF_INIT };
	if (fsys_read(path, SOURCE_MAX, &s->text, diags) == 0) {
		drop_bom(&s->text);
		find_lines(s);
		if (check_text(s, diags) == 0)
			return 0;
	}
	source_release(s);
	return -1;
}

void source_from(struct source *s, const char *path, struct str text)
{
	*s = (struct source){ .path = xstrdup(path), .text = BUF_INIT };
	buf_addstr(&s->text, text);
	find_lines(s);
}

void source_release(struct source *s)
{
	free(s->path);
	s->path = NULL;
	buf_release(&s->text);
	free(s->starts);
	s->starts = NULL;
	s->starts_n = s->starts_cap = 0;
}

/* The line that holds byte at, from 0. */
static size_t line_of(const struct source *s, size_t at)
{
	size_t from = 0, to = s->starts_n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (s->starts[middle] <= at)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static size_t line_start(const struct source *s, size_t line)
{
	return line ? s->starts[line - 1] : 0;
}

void source_position(const struct source *s, size_t at, unsigned *line,
		     unsigned *column)
{
	size_t number = line_of(s, at);
	struct str before = str_slice(source_text(s), line_start(s, number), at);

	*line = 1 + (unsigned)number;
	*column = 1 + (unsigned)utf8_count(before);
}

struct str source_line(const struct source *s, size_t at)
{
	struct str text = source_text(s);
	size_t start, n;

	start = line_start(s, line_of(s, at));
	text = str_slice(text, start, text.n);
	n = str_index(text, '\n');
	if (n && text.p[n - 1] == '\r')
		n--;
	return str_slice(text, 0, n);
}
