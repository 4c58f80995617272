/*
 * Addresses, tildes and rows of tables in plain characters.  Where in a
 * document they count, and what becomes of them, is markdown's.
 */
#include "text/mdextra.h"

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* Letter or digit; all beyond ASCII count as letters. */
static bool word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Bytes of "http://" or the like at the start of s, 0 for "www." as well. */
static bool is_start(struct str s, size_t *scheme)
{
	static const struct str schemes[] = { { "http://", 7 }, { "https://", 8 } };

	*scheme = 0;
	for (size_t i = 0; i < 2; i++)
		if (str_ieq(str_slice(s, 0, schemes[i].n), schemes[i]))
			*scheme = schemes[i].n;
	return *scheme || str_ieq(str_slice(s, 0, 4), STR("www."));
}

/* Bytes that a domain may consist of at the start of s; it is one with a period
 * inside, and without '_' in its last two parts. */
static size_t domain(struct str s, bool *valid)
{
	size_t n = 0, periods = 0, last = 0, before = 0; /* '_' in those parts */

	for (; n < s.n && (word(s.p[n]) || strchr("-_.", s.p[n])); n++) {
		if (s.p[n] == '.') {
			periods += n + 1 < s.n && word(s.p[n + 1]);
			before = last;
			last = 0;
		} else if (s.p[n] == '_') {
			last++;
		}
	}
	*valid = periods && !last && !before && word(s.p[0]);
	return n;
}

/* Bytes of "&name;" at the end of s, or 0. */
static size_t entity_at_end(struct str s)
{
	size_t n = s.n - 1;

	while (n && word(s.p[n - 1]))
		n--;
	return n && n < s.n - 1 && s.p[n - 1] == '&' ? s.n - n + 1 : 0;
}

/* The address without the punctuation of the sentence that it stands in. */
static size_t without_punctuation(struct str url)
{
	static const char pairs[] = "()[]";
	long open[2] = { 0, 0 };

	for (size_t i = 0; i < url.n; i++) {
		const char *pair = strchr(pairs, url.p[i]);

		if (pair)
			open[(pair - pairs) / 2] += (pair - pairs) % 2 ? -1 : 1;
	}
	while (url.n) {
		char c = url.p[url.n - 1];
		long *close = c == ')' ? &open[0] : c == ']' ? &open[1] : NULL;
		size_t cut = 0;

		if (close ? *close < 0 : !!strchr("?!.,:*_~'\"", c))
			cut = 1;
		else if (c == ';')
			cut = entity_at_end(url);
		if (!cut)
			break;
		if (close)
			++*close;
		url.n -= cut;
	}
	return url.n;
}

/* Not within a word, nor within an address of another kind. */
static bool may_start(struct str s, size_t at)
{
	char before = at ? s.p[at - 1] : ' ';

	return (unsigned char)before >= 0x80 || (!word(before) && !strchr("/@.-", before));
}

size_t md_url(struct str s, size_t *at)
{
	static const bool first[256] = {
		['h'] = true, ['H'] = true, ['w'] = true, ['W'] = true,
	};

	for (;;) {
		struct str rest;
		size_t scheme, n;
		bool valid;

		*at += str_until(str_slice(s, *at, s.n), first);
		if (*at >= s.n)
			return 0;
		rest = str_slice(s, *at, s.n);
		if (!may_start(s, *at) || !is_start(rest, &scheme)) {
			++*at;
			continue;
		}
		n = scheme + domain(str_slice(rest, scheme, rest.n), &valid);
		if (valid) {
			while (n < rest.n && !blank(rest.p[n]) && rest.p[n] != '<')
				n++;
			return without_punctuation(str_slice(rest, 0, n));
		}
		*at += n;
	}
}

bool md_has_more(struct str body)
{
	static const bool mark[256] = {
		['~'] = true, ['|'] = true, [':'] = true, ['.'] = true, ['['] = true,
	};

	for (size_t i = 0; (i += str_until(str_slice(body, i, body.n), mark)) < body.n; i++) {
		struct str from = str_slice(body, i, body.n);

		if (from.p[0] == '~' || from.p[0] == '|' || str_starts(from, STR("://")) ||
		    (from.p[0] == '[' && md_task(str_slice(from, 0, 4))) ||
		    (i >= 3 && str_ieq(str_slice(body, i - 3, i), STR("www"))))
			return true;
	}
	return false;
}

struct md_tildes md_tildes(struct str s, size_t *at, char before, char after)
{
	while (*at < s.n) {
		struct md_tildes t = { 0 };
		char left, right;

		*at += str_index(str_slice(s, *at, s.n), '~');
		while (*at + t.n < s.n && s.p[*at + t.n] == '~')
			t.n++;
		left = *at ? s.p[*at - 1] : before;
		right = *at + t.n < s.n ? s.p[*at + t.n] : after;
		if (t.n == 2 || (t.n == 1 && !(word(left) && word(right)))) {
			t.opens = !blank(right);
			t.closes = !blank(left);
		}
		if (t.opens || t.closes)
			return t;
		*at += t.n;
	}
	return (struct md_tildes){ 0 };
}

const char *md_task(struct str mark)
{
	if (str_is(mark, "[ ] "))
		return "\u2610";
	return str_ieq(mark, STR("[x] ")) ? "\u2611" : NULL;
}

/* A row without the '|' that may stand at either end. */
static struct str within_row(struct str line)
{
	line = str_trim(line);
	if (str_starts(line, STR("|")))
		line = str_slice(line, 1, line.n);
	if (str_ends(line, STR("|")) && !str_ends(line, STR("\\|")))
		line = str_slice(line, 0, line.n - 1);
	return line;
}

size_t md_row_cells(struct str line)
{
	struct str row = within_row(line);
	size_t cells = 1;

	for (size_t i = 0; i < row.n; i++)
		cells += row.p[i] == '|' && !(i && row.p[i - 1] == '\\');
	return cells;
}

static bool is_delimiter(struct str cell)
{
	cell = str_trim(cell);
	if (str_starts(cell, STR(":")))
		cell = str_slice(cell, 1, cell.n);
	if (str_ends(cell, STR(":")))
		cell = str_slice(cell, 0, cell.n - 1);
	for (size_t i = 0; i < cell.n; i++)
		if (cell.p[i] != '-')
			return false;
	return cell.n;
}

size_t md_delimiter_cells(struct str line)
{
	struct str rest = within_row(line);
	size_t cells = 0;

	if (str_index(line, '|') == line.n)
		return 0;
	for (; str_present(rest); cells++)
		if (!is_delimiter(str_split(&rest, '|')))
			return 0;
	return cells;
}

struct str md_behind_quotes(struct str line, size_t quotes, size_t *missing)
{
	*missing = quotes;
	for (;;) {
		while (line.n && blank(line.p[0]))
			line = str_slice(line, 1, line.n);
		if (!*missing || !line.n || line.p[0] != '>')
			return line;
		line = str_slice(line, 1, line.n);
		--*missing;
	}
}
