/* Quotations in BBCode as block quotes. */
#include "text/bbquote.h"

#include "base/buf.h"

enum { DEPTH_MAX = 8 }; /* deeper ones are of that depth */

static const struct str closing = { "[/quote]", 8 };

static void add_line(struct buf *out, size_t depth, struct str line)
{
	for (size_t i = 0; i < depth && i < DEPTH_MAX; i++)
		buf_addlit(out, "> ");
	buf_addstr(out, line);
	buf_addc(out, '\n');
}

/* The length of the opening tag that s begins with, or 0. */
static size_t opening(struct str s)
{
	size_t end = str_index(s, ']');

	if (end == s.n || !str_starts(s, STR("[quote")))
		return 0;
	return s.p[6] == '=' || s.p[6] == ']' ? end + 1 : 0;
}

static bool is_fence(struct str line)
{
	line = str_trim(line);
	return str_starts(line, STR("```")) || str_starts(line, STR("~~~"));
}

/* One line, whose tags change the depth. */
static void convert_line(struct buf *out, size_t *depth, struct str line)
{
	struct str rest = line;
	size_t n;

	while ((n = opening(str_trim(rest)))) {
		++*depth;
		rest = str_trim(rest);
		rest = str_slice(rest, n, rest.n);
	}
	while (*depth && (n = str_find(rest, closing)) < rest.n) {
		if (str_trim(str_slice(rest, 0, n)).n)
			add_line(out, *depth, str_slice(rest, 0, n));
		/* Else what follows were a lazy continuation. */
		add_line(out, --*depth, STR(""));
		rest = str_slice(rest, n + closing.n, rest.n);
	}
	if (rest.n == line.n || str_trim(rest).n)
		add_line(out, *depth, rest);
}

struct str bbquote_markdown(struct arena *a, struct str md)
{
	struct buf out = BUF_INIT;
	size_t depth = 0;
	bool fenced = false;

	if (str_find(md, STR("[quote")) == md.n)
		return md;
	while (str_present(md)) {
		struct str line = str_split(&md, '\n');

		if (is_fence(line))
			fenced = !fenced;
		if (fenced || is_fence(line))
			add_line(&out, depth, line);
		else
			convert_line(&out, &depth, line);
	}
	return buf_to_arena(&out, a);
}
