/*
 * What readers get to see of strangers' names and titles.  Escaping them is
 * html.c's; bodies have their own way, by the tree of text/tree.h.
 */
#include "render/visible.h"

#include "base/buf.h"
#include "base/utf8.h"

enum { ZWNJ = 0x200c, ZWJ = 0x200d };
enum { MARKS_MAX = 4, MARKS_STACKED = 8 };

static bool in(uint32_t c, uint32_t first, uint32_t last)
{
	return c >= first && c <= last;
}

static bool blank(uint32_t c)
{
	return c == ' ' || c == 0xa0 || c == 0x1680 || in(c, 0x2000, 0x200a) ||
	       c == 0x202f || c == 0x205f || c == 0x2800 || c == 0x3000;
}

static bool line_end(uint32_t c)
{
	return c == '\t' || c == '\n' || c == '\r' || c == 0x85 || in(c, 0x2028, 0x2029);
}

/* The Indic blocks from Devanagari to Malayalam are laid out alike. */
static bool virama(uint32_t c)
{
	return (in(c, 0x900, 0xd7f) && (c & 0x7f) == 0x4d) || c == 0xdca;
}

/* Arabic, Syriac and their like: letters that join. */
static bool joining(uint32_t c)
{
	return in(c, 0x620, 0x65f) || in(c, 0x66e, 0x8ff);
}

/* What may be a part of an emoji; U+FE0F stands behind one. */
static bool emoji(uint32_t c)
{
	return in(c, 0x2190, 0x21ff) || in(c, 0x2300, 0x27bf) || in(c, 0x2b00, 0x2bff) ||
	       c == 0xfe0f || in(c, 0x1f000, 0x1faff);
}

static bool shapes(uint32_t before, uint32_t joiner, uint32_t after)
{
	if (before == ZWNJ || before == ZWJ)
		return false;
	return virama(before) || virama(after) || (joining(before) && joining(after)) ||
	       (joiner == ZWJ && emoji(before) && emoji(after));
}

static unsigned marks_max(uint32_t mark)
{
	return in(mark, 0xf00, 0x109f) ? MARKS_STACKED : MARKS_MAX;
}

/* A line as it is read: the last character that stayed, or 0, and the marks
 * on the last one that is none. */
struct line {
	uint32_t before;
	unsigned marks;
	bool seen; /* something but blanks stayed */
};

/* Whether c, with what follows at next, stays. */
static bool stays(struct line *l, uint32_t c, const char *next, const char *end)
{
	if (c == ZWNJ || c == ZWJ) {
		uint32_t after = next < end ? utf8_next(&next, end) : 0;

		if (!shapes(l->before, c, after))
			return false;
	} else if (c == UTF8_BAD || utf8_invisible(c)) {
		return false;
	} else if (utf8_mark(c)) {
		if (!l->before || l->marks == marks_max(c))
			return false;
		l->marks++;
	} else {
		l->marks = 0;
		l->seen = l->seen || !blank(c);
	}
	l->before = c;
	return true;
}

static struct str clean(struct arena *a, struct str s, struct line *l)
{
	const char *at = s.p, *end = str_end(s), *run = at;
	struct buf b = BUF_INIT;

	while (at < end) {
		const char *from = at;
		uint32_t c = utf8_next(&at, end);

		if (stays(l, c, at, end))
			continue;
		buf_add(&b, run, (size_t)(from - run));
		if (line_end(c))
			buf_addc(&b, ' ');
		run = at;
	}
	if (run == s.p)
		return s;
	buf_add(&b, run, (size_t)(end - run));
	return buf_to_arena(&b, a);
}

struct str visible_line(struct arena *a, struct str s)
{
	struct line l = { 0 };

	return clean(a, s, &l);
}

/* Where to cut a line of more than `most` characters, with room for an ellipsis. */
static size_t cut_at(struct str line, size_t most)
{
	const char *at = line.p, *end = str_end(line);
	size_t word = 0, letter = 0;
	uint32_t before = 0;

	for (size_t n = 0; n < most; n++) {
		size_t here = (size_t)(at - line.p);
		uint32_t c = utf8_next(&at, end);

		if (blank(c))
			word = here;
		if (!utf8_mark(c) && c != ZWJ && c != ZWNJ && before != ZWJ)
			letter = here;
		before = c;
	}
	return word > letter / 2 ? word : letter;
}

struct str visible_excerpt(struct arena *a, struct str s, size_t most)
{
	struct str line = str_trim(visible_name(a, s, STR("")));

	if (utf8_count(line) <= most)
		return arena_str(a, line);
	line = str_trim(str_slice(line, 0, cut_at(line, most)));
	if (!line.n)
		return STR("");
	return arena_printf(a, "%.*s\xe2\x80\xa6", STR_ARG(line));
}

struct str visible_name(struct arena *a, struct str s, struct str instead)
{
	struct line l = { 0 };

	s = clean(a, s, &l);
	return l.seen ? s : instead;
}
