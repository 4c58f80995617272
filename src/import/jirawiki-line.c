/*
 * A line of Jira's wiki markup: emphasis, links, pictures, monospace.  Blocks and
 * macros are jirawiki.c's.
 *
 * The line is cut into pieces; a delimiter that may open waits until one that may
 * close comes, and pairs with it over those in between, which stay text (the stack of
 * CommonMark's appendix, "A parsing strategy").  Each piece is looked at a fixed
 * number of times.
 */
#include "jirawiki-line.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "render/html.h"

#include <stdlib.h>

/* --- Pieces --- */

static const struct style {
	const char *mark, *braced; /* braces let it stand within a word */
	const char *open, *close;
} styles[] = {
	{ "*", "{*}", "<strong>", "</strong>" },
	{ "_", "{_}", "<em>", "</em>" },
	{ "-", "{-}", "<del>", "</del>" },
	{ "+", "{+}", "<ins>", "</ins>" },
	{ "^", "{^}", "<sup>", "</sup>" },
	{ "~", "{~}", "<sub>", "</sub>" },
	{ "??", "{??}", "<cite>", "</cite>" },
};

enum { STYLES = ARRAY_LEN(styles) };

struct piece {
	struct str text;
	int style; /* of a delimiter, else -1 */
	bool opens, closes;
	const char *tag;  /* what a delimiter became, else it is text */
	size_t from, n;   /* HTML that stands for it, in made; n 0: none */
};

struct line {
	struct str text;
	const struct jira_people *people;
	struct piece *pieces; /* owned */
	size_t n, cap;
	struct buf made;      /* owned; HTML of links and the like */
	size_t start;         /* of the text that isn't in a piece yet */
	bool in_link;
	bool no_monospace;    /* no "}}" comes any more */
};

static struct piece *add_piece(struct line *l, struct str text)
{
	GROW(l->pieces, l->n, l->cap);
	l->pieces[l->n] = (struct piece){ .text = text, .style = -1 };
	return &l->pieces[l->n++];
}

static void add_text(struct line *l, size_t end)
{
	if (end > l->start)
		add_piece(l, str_slice(l->text, l->start, end));
}

/* What was put into made since from stands for the bytes up to end. */
static size_t add_made(struct line *l, size_t at, size_t end, size_t from)
{
	struct piece *piece;

	add_text(l, at);
	piece = add_piece(l, str_slice(l->text, at, end));
	piece->from = from;
	piece->n = l->made.n - from;
	l->start = end;
	return end;
}

/* --- Emphasis --- */

static bool is_blank(struct str s, size_t at)
{
	return at >= s.n || strchr(" \t\r\n", s.p[at]);
}

/* An underscore may be a mark itself. */
static bool is_word(uint32_t c)
{
	return c != '_' && utf8_wordlike(c);
}

static bool word_before(struct str s, size_t at)
{
	size_t from = at;
	const char *c;

	while (from > 0 && at - from < 4 && ((unsigned char)s.p[--from] & 0xc0) == 0x80)
		;
	c = s.p + from;
	return at > 0 && is_word(utf8_next(&c, s.p + at));
}

static bool word_at(struct str s, size_t at)
{
	const char *c = s.p + at;

	return at < s.n && is_word(utf8_next(&c, str_end(s)));
}

/* "->", "+---+", "<-": nobody means emphasis. */
static bool is_drawing(struct str s, size_t at)
{
	if (s.p[at] != '-' && s.p[at] != '+')
		return false;
	return (at > 0 && strchr("-+=<", s.p[at - 1])) ||
	       (at + 1 < s.n && strchr("-+=>", s.p[at + 1]));
}

/* A delimiter of the style stands at `at`: not a part of a longer run of the same, and
 * beside a blank or punctuation on its outer side. */
static bool try_mark(struct line *l, size_t at, int style, size_t n)
{
	struct str s = l->text;
	bool same_before = at > 0 && s.p[at - 1] == s.p[at];
	bool same_behind = at + n < s.n && s.p[at + n] == s.p[at];
	struct piece *piece;
	bool opens, closes;

	if (same_before || same_behind || is_drawing(s, at))
		return false;
	opens = !word_before(s, at) && !is_blank(s, at + n);
	closes = at > 0 && !is_blank(s, at - 1) && !word_at(s, at + n);
	if (!opens && !closes)
		return false;
	add_text(l, at);
	piece = add_piece(l, str_slice(s, at, at + n));
	piece->style = style;
	piece->opens = opens;
	piece->closes = closes;
	l->start = at + n;
	return true;
}

static size_t read_mark(struct line *l, size_t at)
{
	struct str rest = str_slice(l->text, at, l->text.n);

	for (int i = 0; i < STYLES; i++) {
		struct str mark = str_of(styles[i].mark), braced = str_of(styles[i].braced);

		if (str_starts(rest, mark) && try_mark(l, at, i, mark.n))
			return at + mark.n;
		if (str_starts(rest, braced)) {
			struct piece *piece;

			add_text(l, at);
			piece = add_piece(l, str_slice(rest, 0, braced.n));
			piece->style = i;
			piece->opens = piece->closes = true;
			return l->start = at + braced.n;
		}
	}
	return at + 1;
}

/* Those that find each other become tags. */
static void pair_marks(struct line *l)
{
	size_t *waiting = xreallocarray(NULL, l->n + 1, sizeof(*waiting));
	size_t n = 0, open[STYLES] = { 0 };

	for (size_t i = 0; i < l->n; i++) {
		struct piece *piece = &l->pieces[i];
		int style = piece->style;

		if (style < 0)
			continue;
		if (piece->closes && open[style]) {
			while (l->pieces[waiting[n - 1]].style != style)
				open[l->pieces[waiting[--n]].style]--;
			l->pieces[waiting[--n]].tag = styles[style].open;
			open[style]--;
			piece->tag = styles[style].close;
		} else if (piece->opens) {
			waiting[n++] = i;
			open[style]++;
		}
	}
	free(waiting);
}

/* --- Links and pictures --- */

static bool has_scheme(struct str s)
{
	static const char *const schemes[] = { "http://", "https://", "ftp://", "mailto:" };

	for (size_t i = 0; i < ARRAY_LEN(schemes); i++)
		if (s.n > strlen(schemes[i]) &&
		    str_ieq(str_slice(s, 0, strlen(schemes[i])), str_of(schemes[i])))
			return true;
	return false;
}

static bool has_blank(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (is_blank(s, i))
			return true;
	return false;
}

/* An address to link to: on the web, or from the root of the venue. */
static bool is_address(struct str s)
{
	bool rooted = str_starts(s, STR("/")) && !str_starts(s, STR("//"));

	return !has_blank(s) && (has_scheme(s) || (rooted && s.n > 1));
}

static void read_line(struct line *l, bool cell, struct buf *out);

/* The words of a link. */
static void make_alias(struct line *l, struct str words)
{
	struct line inner = { .text = words, .people = l->people, .made = BUF_INIT,
			      .in_link = true };

	read_line(&inner, false, &l->made);
}

static void make_link(struct line *l, struct str url)
{
	buf_addlit(&l->made, "<a href=\"");
	html_attr(&l->made, url);
	buf_addlit(&l->made, "\">");
}

/* "text|url|tip", "url", "~person", "^attachment", "#anchor", without the brackets.
 * False: it is none of these. */
static bool make_bracketed(struct line *l, struct str inside)
{
	struct str rest = inside, alias = str_split(&rest, '|');
	struct str target = str_trim(str_present(rest) ? str_split(&rest, '|') : alias);
	bool named = alias.n < inside.n && str_trim(alias).n;

	if (target.n > 1 && target.p[0] == '~') {
		target = str_slice(target, str_starts(target, STR("~accountid:")) ? 11 : 1,
				   target.n);
		buf_addc(&l->made, '@');
		html_text(&l->made, jira_people_name(l->people, target));
		return true;
	}
	if (target.n > 1 && strchr("^#", target.p[0])) {
		html_text(&l->made, named ? alias : str_slice(target, 1, target.n));
		return true;
	}
	if (!is_address(target))
		return false;
	make_link(l, target);
	if (named)
		make_alias(l, alias);
	else
		html_text(&l->made, target);
	buf_addlit(&l->made, "</a>");
	return true;
}

static size_t read_bracket(struct line *l, size_t at)
{
	size_t end = at + 1, from = l->made.n;

	while (end < l->text.n && l->text.p[end] != '[' && l->text.p[end] != ']')
		end++;
	if (l->in_link || end == l->text.n || l->text.p[end] != ']' ||
	    !make_bracketed(l, str_slice(l->text, at + 1, end)))
		return at + 1;
	return add_made(l, at, end + 1, from);
}

static bool is_picture(struct str name)
{
	static const char *const endings[] = { ".png", ".jpg", ".jpeg", ".gif", ".bmp",
					       ".svg", ".tif", ".tiff", ".webp", ".ico" };

	if (has_scheme(name))
		return !has_blank(name);
	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		size_t n = strlen(endings[i]);

		if (name.n > n && str_ieq(str_slice(name, name.n - n, name.n),
					  str_of(endings[i])))
			return true;
	}
	return false;
}

/* "!picture.png|thumbnail!" */
static size_t read_picture(struct line *l, size_t at)
{
	size_t n = str_index(str_slice(l->text, at + 1, l->text.n), '!');
	struct str inside = str_slice(l->text, at + 1, at + 1 + n);
	struct str name = str_split(&inside, '|');
	size_t from = l->made.n;
	bool linked;

	if (at + 1 + n == l->text.n || is_blank(name, 0) || !is_picture(name))
		return at + 1;
	linked = !l->in_link && has_scheme(name);
	if (linked)
		make_link(l, name);
	html_text(&l->made, name);
	if (linked)
		buf_addlit(&l->made, "</a>");
	return add_made(l, at, at + n + 2, from);
}

/* An address in the text, without the punctuation behind it. */
static size_t read_address(struct line *l, size_t at)
{
	struct str s = l->text;
	size_t end = at, from = l->made.n;
	bool opened = false;

	if (l->in_link || word_before(s, at) || !has_scheme(str_slice(s, at, s.n)))
		return at + 1;
	while (end < s.n && !is_blank(s, end) && !strchr("<>\"[]{}|", s.p[end]))
		opened |= s.p[end++] == '(';
	while (end > at && (strchr(".,;:!?'*_", s.p[end - 1]) ||
			    (s.p[end - 1] == ')' && !opened)))
		end--;
	if (!has_scheme(str_slice(s, at, end)))
		return at + 1;
	make_link(l, str_slice(s, at, end));
	html_text(&l->made, str_slice(s, at, end));
	buf_addlit(&l->made, "</a>");
	return add_made(l, at, end, from);
}

/* --- The rest --- */

static size_t read_monospace(struct line *l, size_t at)
{
	struct str behind = str_slice(l->text, at + 2, l->text.n);
	size_t n = l->no_monospace ? behind.n : str_find(behind, STR("}}"));
	size_t from = l->made.n;

	l->no_monospace |= n == behind.n;
	if (n == behind.n || n == 0)
		return at + 2;
	n += at + 4 + n < l->text.n && l->text.p[at + 4 + n] == '}'; /* "{{{x}}}" */
	buf_addlit(&l->made, "<code>");
	html_text(&l->made, str_slice(behind, 0, n));
	buf_addlit(&l->made, "</code>");
	return add_made(l, at, at + n + 4, from);
}

static size_t read_backslash(struct line *l, size_t at)
{
	bool twice = at + 1 < l->text.n && l->text.p[at + 1] == '\\';
	size_t from = l->made.n;

	if (at + 1 < l->text.n && strchr("{}[]*_-+^~!|?#", l->text.p[at + 1])) {
		html_text(&l->made, str_slice(l->text, at + 1, at + 2));
		return add_made(l, at, at + 2, from);
	}
	if (!twice || !is_blank(l->text, at + 2)) /* "\\server" */
		return at + 1 + twice;
	buf_addlit(&l->made, "<br>");
	return add_made(l, at, at + 2, from);
}

static size_t read_line_end(struct line *l, size_t at)
{
	size_t from = l->made.n;

	buf_addlit(&l->made, "<br>\n");
	return add_made(l, at, at + 1, from);
}

static size_t read_next(struct line *l, size_t at)
{
	switch (l->text.p[at]) {
	case '\n':
		return read_line_end(l, at);
	case '\\':
		return read_backslash(l, at);
	case '[':
		return read_bracket(l, at);
	case '!':
		return read_picture(l, at);
	case 'h': case 'H': case 'f': case 'F': case 'm': case 'M':
		return read_address(l, at);
	case '{':
		if (at + 1 < l->text.n && l->text.p[at + 1] == '{')
			return read_monospace(l, at);
		return read_mark(l, at);
	case '*': case '_': case '-': case '+': case '^': case '~': case '?':
		return read_mark(l, at);
	default:
		return at + 1;
	}
}

/* The line, or no more of it than a cell; the rest is taken off its text. */
static void read_line(struct line *l, bool cell, struct buf *out)
{
	size_t at = 0;

	while (at < l->text.n && !(cell && l->text.p[at] == '|'))
		at = read_next(l, at);
	l->text.n = at;
	add_text(l, at);
	pair_marks(l);
	for (size_t i = 0; i < l->n; i++) {
		const struct piece *piece = &l->pieces[i];

		if (piece->tag)
			buf_adds(out, piece->tag);
		else if (piece->n)
			buf_add(out, l->made.p + piece->from, piece->n);
		else
			html_text(out, piece->text);
	}
	free(l->pieces);
	buf_release(&l->made);
}

void jirawiki_line(struct str line, const struct jira_people *people, struct buf *out)
{
	struct line l = { .text = line, .people = people, .made = BUF_INIT };

	read_line(&l, false, out);
}

size_t jirawiki_cell(struct str row, const struct jira_people *people,
		     bool *no_monospace, struct buf *out)
{
	struct line l = { .text = row, .people = people, .made = BUF_INIT,
			  .no_monospace = *no_monospace };

	read_line(&l, true, out);
	*no_monospace = l.no_monospace;
	return l.text.n;
}
