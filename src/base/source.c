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

int source_load(struct source *s, const char *path, struct diags *diags)
{
	s->path = xstrdup(path);
	buf_init(&s->text);
	if (fsys_read(path, SOURCE_MAX, &s->text, diags) == 0) {
		drop_bom(&s->text);
		if (check_text(s, diags) == 0)
			return 0;
	}
	source_release(s);
	return -1;
}

void source_from(struct source *s, const char *path, struct str text)
{
	s->path = xstrdup(path);
	buf_init(&s->text);
	buf_addstr(&s->text, text);
}

void source_release(struct source *s)
{
	free(s->path);
	s->path = NULL;
	buf_release(&s->text);
}

static size_t line_start(struct str text, size_t at)
{
	while (at > 0 && text.p[at - 1] != '\n')
		at--;
	return at;
}

void source_position(const struct source *s, size_t at, unsigned *line,
		     unsigned *column)
{
	struct str text = source_text(s);
	size_t start;

	at = at < text.n ? at : text.n;
	start = line_start(text, at);
	*line = 1;
	for (size_t i = 0; i < start; i++)
		*line += text.p[i] == '\n';
	*column = 1 + (unsigned)utf8_count(str_slice(text, start, at));
}

struct str source_line(const struct source *s, size_t at)
{
	struct str text = source_text(s);
	size_t start, n;

	start = line_start(text, at < text.n ? at : text.n);
	text = str_slice(text, start, text.n);
	n = str_index(text, '\n');
	if (n && text.p[n - 1] == '\r')
		n--;
	return str_slice(text, 0, n);
}
