/* A file line by line.  What a line holds is the importer's. */
#include "import/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { BLOCK = 256 * 1024 };
static const size_t line_max = (size_t)LINE_MAX_MB << 20;

int lines_open(struct lines *l, const char *path, struct diags *diags)
{
	*l = (struct lines){ .path = path, .buf = BUF_INIT };
	l->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (l->fd >= 0)
		return 0;
	return diag_errno(diags, errno == ENOENT ? DIAG_NOT_FOUND : DIAG_UNREADABLE,
			  place_file(path), "cannot open");
}

void lines_release(struct lines *l)
{
	close(l->fd);
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
	do {
		n = read(l->fd, buf_room(&l->buf, BLOCK), BLOCK);
	} while (n < 0 && errno == EINTR);
	if (n < 0)
		return diag_errno(diags, DIAG_UNREADABLE, place_file(l->path),
				  "cannot read");
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
