/* Names and addresses in mail.  Encoded words are mime.c's. */
#include "import/mailname.h"

#include "base/mem.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_domain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || (unsigned char)c >= 0x80;
}

static bool is_local(char c)
{
	return is_domain(c) || (c && strchr("._%+'=/&!#$*?^{|}~", c));
}

/* --- Finding addresses --- */

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* The sign between the parts of an address, at i: its length, or 0. */
static size_t at_sign(struct str s, size_t i)
{
	static const struct str spelt[] = {
		{ " at ", 4 },	 { "(at)", 4 },	  { "[at]", 4 }, { "{at}", 4 }, { "(a)", 3 },
		{ " (at) ", 6 }, { " [at] ", 6 }, { " {at} ", 6 }, { "_at_", 4 }, { "%40", 3 },
	};
	static const bool first[256] = { [' '] = true, ['('] = true, ['['] = true,
					 ['{'] = true, ['_'] = true, ['%'] = true };

	if (s.p[i] == '@')
		return 1;
	if (!first[(unsigned char)s.p[i]] || i + 1 == s.n)
		return 0;
	for (size_t k = 0; k < ARRAY_LEN(spelt); k++)
		if (spelt[k].p[0] == s.p[i] && spelt[k].p[1] == lower(s.p[i + 1]) &&
		    str_ieq(str_slice(s, i, i + spelt[k].n), spelt[k]))
			return spelt[k].n;
	return 0;
}

/* The end of the domain at i; i where there is none.  Behind anything but an @ it has
 * a dot. */
static size_t domain_end(struct str s, size_t i, bool dotted)
{
	size_t end = i, dots = 0;

	while (end < s.n && (is_domain(s.p[end]) ||
			     (s.p[end] == '.' && end + 1 < s.n && is_domain(s.p[end + 1])))) {
		dots += s.p[end] == '.';
		end++;
	}
	return dots || !dotted ? end : i;
}

struct address {
	size_t from, at, domain, to; /* [from, at) and [domain, to) */
};

/* The next address from i on, none of it before from. */
static bool find(struct str s, size_t i, struct address *out)
{
	size_t start = i;

	for (; i < s.n; i++) {
		size_t sign = at_sign(s, i), from = i, to;

		if (!sign)
			continue;
		to = domain_end(s, i + sign, sign > 1);
		if (to == i + sign)
			continue;
		while (from > start && is_local(s.p[from - 1]))
			from--;
		if (from == i)
			continue;
		*out = (struct address){ from, i, i + sign, to };
		return true;
	}
	return false;
}

/* --- Hiding them --- */

static bool closes(char open, char close)
{
	return (open == '<' && close == '>') || (open == '(' && close == ')') ||
	       (open == '[' && close == ']');
}

/* Takes brackets around the address, and a blank beside them, off the text. */
static bool widen(struct str s, struct address *a, size_t start)
{
	size_t from = a->from;

	if (from > start + 7 && str_ieq(str_slice(s, from - 7, from), STR("mailto:")))
		from -= 7;
	if (from == start || a->to == s.n || !closes(s.p[from - 1], s.p[a->to]))
		return false;
	a->from = from - 1;
	a->to++;
	if (a->from > start && is_blank(s.p[a->from - 1]))
		a->from--;
	else if (a->from == 0 && a->to < s.n && is_blank(s.p[a->to]))
		a->to++;
	return true;
}

void mailname_add_hidden(struct buf *out, struct str text)
{
	struct address a;
	size_t i = 0;

	while (find(text, i, &a)) {
		bool bracketed = widen(text, &a, i);

		buf_addstr(out, str_slice(text, i, bracketed ? a.from : a.at));
		i = a.to;
	}
	buf_addstr(out, str_slice(text, i, text.n));
}

/* Whether it ends in what looks like a top-level domain, not in a class or a number. */
static bool is_public(struct str domain)
{
	size_t n = domain.n;

	while (n && domain.p[n - 1] >= 'a' && domain.p[n - 1] <= 'z')
		n--;
	return n && domain.p[n - 1] == '.' && domain.n - n >= 2 && domain.n - n <= 7;
}

void mailname_add_marked(struct buf *out, struct str text)
{
	struct address a;
	size_t i = 0;

	for (; find(text, i, &a); i = a.domain) {
		struct str sign = str_slice(text, a.at, a.domain);

		buf_addstr(out, str_slice(text, i, a.at));
		if (str_is(sign, " at ") && is_public(str_slice(text, a.domain, a.to)))
			buf_addlit(out, " (at) ");
		else
			buf_addstr(out, sign);
	}
	buf_addstr(out, str_slice(text, i, text.n));
}

/* --- From --- */

/* Where the '<' is that isn't in quotes, or s.n. */
static size_t angle(struct str s)
{
	bool quoted = false;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == '"')
			quoted = !quoted;
		else if (s.p[i] == '<' && !quoted)
			return i;
	}
	return s.n;
}

/* The first address of s, or all of it. */
static void add_address(struct buf *out, struct str s)
{
	struct address a;
	size_t from = out->n;

	if (find(s, 0, &a)) {
		buf_addstr(out, str_slice(s, a.from, a.at));
		buf_addc(out, '@');
		buf_addstr(out, str_slice(s, a.domain, a.to));
	} else {
		buf_addstr(out, str_trim(s));
	}
	for (; from < out->n; from++)
		out->p[from] = lower(out->p[from]);
}

struct str mailname_unquoted(struct str name)
{
	name = str_trim(name);
	while (name.n > 1 && name.p[0] == name.p[name.n - 1] &&
	       (name.p[0] == '"' || name.p[0] == '\''))
		name = str_trim(str_slice(name, 1, name.n - 1));
	return name;
}

/* A backslash stands before what would end the quotes. */
static void add_name(struct buf *out, struct str s)
{
	s = mailname_unquoted(s);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n)
			i++;
		buf_addc(out, s.p[i]);
	}
}

void mailname_split(struct str from, struct buf *address, struct buf *name)
{
	size_t open = angle(from), close;
	struct address a;

	from = str_trim(from);
	if (open < from.n) {
		close = open + str_index(str_slice(from, open, from.n), '>');
		add_address(address, str_slice(from, open + 1, close));
		add_name(name, str_slice(from, 0, open));
		return;
	}
	if (!find(from, 0, &a)) {
		add_name(name, from);
		return;
	}
	add_address(address, from);
	open = a.to + str_index(str_slice(from, a.to, from.n), '(');
	if (open < from.n && str_ends(from, STR(")")))
		add_name(name, str_slice(from, open + 1, from.n - 1));
}
