/* A file line by line.  What a line holds is the importer's. */
#include "import/lines.h"

enum { BLOCK = 256 * 1024 };
static const size_t line_max = (size_t)LINE_MAX_MB << 20;

int lines_open(struct lines *l, const char *path, struct diags *diags)
{
	*l = (struct lines){ .buf = BUF_INIT };
	return instream_open(&l->in, path, diags);
}

void lines_release(struct lines *l)
{
	instream_release(&l->in);
	buf_release(&l->buf);
}

/* Drops the lines that were given and reads some more. */
static int more(struct lines *l, struct diags *diags)
{
	ssize_t n;

	if (l->at) {
		memmove(l->buf.p, l->buf.p + l->at, l->buf.n - l->at);
		buf_cut(&l->buf, l->buf.n - l->at);
		l->at = 0;
	}
	n = instream_read(&l->in, buf_room(&l->buf, BLOCK), BLOCK, diags);
	if (n < 0)
		return -1;
	l->buf.n += (size_t)n;
	l->buf.p[l->buf.n] = '\0';
	l->ended = n == 0;
	if (l->number == 0 && str_starts(buf_str(&l->buf), STR("\xef\xbb\xbf")))
		l->at = 3;
	return 0;
}

int lines_next(struct lines *l, struct str *line, struct diags *diags)
{
	size_t looked = 0; /* bytes known to hold no line feed */
	bool too_long = false;

	for (;;) {
		struct str s = str_slice(buf_str(&l->buf), l->at, l->buf.n);
		size_t at = looked + str_index(str_slice(s, looked, s.n), '\n');

		too_long |= at > line_max;
		if (at < s.n || (l->ended && (s.n || too_long))) {
			*line = too_long ? STR_NONE : str_slice(s, 0, at);
			l->at += at < s.n ? at + 1 : at;
			l->number++;
			return 1;
		}
		if (l->ended)
			return 0;
		looked = too_long ? 0 : s.n;
		if (too_long)
			l->at += s.n;
		if (more(l, diags) < 0)
			return -1;
	}
}
