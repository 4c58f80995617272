/*
 * What a Markdown body may hold, counted before it is parsed.  cmark 0.30 takes
 * quadratic time for what is counted here; the counts are upper
 * bounds read off the lines, not a parse.
 */
#include "text/mdlimits.h"

enum {
	CONTAINERS = 100,          /* block quotes and lists open at once */
	CONTAINER_WORK = 2000000,  /* lines times the containers open at each */
	BRACKETS = 10000,
	REFERENCE_WORK = 128 << 20 /* brackets times bytes, with definitions */
};

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of the list marker at the start of s, 0 when there is none. */
static size_t list_marker(struct str s)
{
	size_t n = 0;

	while (n < s.n && n < 9 && digit(s.p[n]))
		n++;
	if (n && n < s.n && (s.p[n] == '.' || s.p[n] == ')'))
		n++;
	else if (!n && s.n && (s.p[0] == '-' || s.p[0] == '+' || s.p[0] == '*'))
		n = 1;
	else
		return 0;
	return n == s.n || blank(s.p[n]) ? n : 0;
}

/*
 * The most containers that can be open behind this line when `open` were
 * before it.  A line with markers closes what neither its indentation (two
 * columns per item) nor its own markers can continue; a line without any may
 * be a lazy continuation, which closes nothing.
 */
static size_t containers(struct str line, size_t open)
{
	size_t markers = 0, quotes = 0, columns = 0;

	for (;;) {
		size_t n = 0;

		while (n < line.n && blank(line.p[n]))
			columns += line.p[n++] == '\t' ? 4 : 1;
		line = str_slice(line, n, line.n);
		n = str_starts(line, STR(">")) ? 1 : 0;
		quotes += n;
		if (!n)
			n = list_marker(line);
		if (!n)
			break;
		markers++;
		columns += n;
		line = str_slice(line, n, line.n);
	}
	if (!markers)
		return open;
	return (open < quotes + columns / 2 ? open : quotes + columns / 2) + markers;
}

const char *markdown_limits(struct str body)
{
	struct str rest = body;
	size_t open = 0, work = 0, brackets = 0, at;

	while (str_present(rest)) {
		open = containers(str_split(&rest, '\n'), open);
		work += open;
		if (open > CONTAINERS)
			return "nesting of more than 100 quotations and lists";
		if (work > CONTAINER_WORK)
			return "nesting that goes on for too many lines";
	}
	for (rest = body; (at = str_index(rest, '[')) < rest.n; brackets++)
		rest = str_slice(rest, at + 1, rest.n);
	if (brackets > BRACKETS)
		return "more than 10000 opening brackets";
	if (brackets * body.n > REFERENCE_WORK &&
	    str_find(body, STR("]:")) < body.n)
		return "too many brackets for its length beside defined references";
	return NULL;
}
