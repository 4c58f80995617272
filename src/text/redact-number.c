/* Phone and card numbers: the grammar is in include/text/redact.h. */
#include "redact-find.h"

#include "base/mem.h"

enum { GROUPS = 9, PHONE_DIGITS = 15, CARD_DIGITS = 19 };

/* Groups of digits, read from left to right. */
struct number {
	bool plus;
	size_t n, digits;
	struct group {
		size_t from, n, end;
		size_t digits; /* up to its end */
		char before;   /* what separates it: one of " -./" or, if that is all, ')' */
		bool closed;   /* stands in parentheses */
	} groups[GROUPS];
};

struct scan {
	const char *t; /* the text, terminated */
	size_t n;
	const unsigned char *is;
	size_t url_end; /* where the URL ends that was entered last */
};

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool in(char c, const char *set)
{
	return c && strchr(set, c);
}

/* A letter or digit that would be part of the same word. */
static bool word(const struct scan *s, size_t i)
{
	return (s->is[i] & (LOOKS_WORD | LOOKS_DENSE)) == LOOKS_WORD || s->t[i] == '_';
}

/* Whether a number may begin at i: "Tel:", "=" and blanks may stand before it,
 * the rest of an order code may not. */
static bool begins(const struct scan *s, size_t i, const char *never)
{
	char before = i ? s->t[i - 1] : ' ';

	if (!i)
		return true;
	if (word(s, i - 1) || in(before, never))
		return false;
	if (in(before, "-/"))
		return i < 2 || (!word(s, i - 2) && s->t[i - 2] != before);
	return !in(before, ".:") || i < 2 || !digit(s->t[i - 2]);
}

/* And whether one may end before i: none of these and a digit may follow. */
static bool ends(const struct scan *s, size_t i, const char *never)
{
	if (word(s, i) || s->t[i] == '%')
		return false;
	return !in(s->t[i], never) || !digit(s->t[i + 1]);
}

/*
 * What stands between two groups: ')', then blank, hyphen, dot or slash, the
 * hyphen and slash also with blanks around, then '('.  How much that is, or 0,
 * and what separates.
 */
static size_t separator(const struct scan *s, size_t i, char *what)
{
	size_t from = i;
	bool blank;

	*what = ' ';
	if (s->t[i] == ')') {
		*what = ')';
		i++;
	}
	blank = in(s->t[i], " \n");
	if (blank) {
		*what = ' ';
		i++;
	}
	if (in(s->t[i], "-/") || (!blank && s->t[i] == '.')) {
		*what = s->t[i++];
		i += *what != '.' && s->t[i] == ' ';
	}
	i += s->t[i] == '(';
	return digit(s->t[i]) ? i - from : 0;
}

/* "(30" or "(+49". */
static bool in_parentheses(const struct scan *s, size_t i)
{
	i -= i && s->t[i - 1] == '+';
	return i && s->t[i - 1] == '(';
}

/* Another phone number after one that may be whole: "030 1234567 0171 1234567". */
static bool next_begins(const struct scan *s, size_t end, size_t next,
			const struct number *n)
{
	return n->digits >= (n->plus ? 10 : 9) && s->t[end] == ' ' &&
	       (s->t[next - 1] == '(' ||
		(s->t[next] == '0' && digit(s->t[next + 1]) && digit(s->t[next + 2])));
}

/* Reads as many groups as there are, at most so many digits; true if any. */
static bool read_number(const struct scan *s, size_t i, size_t most, struct number *out)
{
	*out = (struct number){ .plus = s->t[i] == '+' };
	i += out->plus;
	i += s->t[i] == '(';
	i += s->t[i] == '+' && !out->plus;
	out->plus = out->plus || (i && s->t[i - 1] == '+');
	while (out->n < GROUPS && digit(s->t[i])) {
		struct group *g = &out->groups[out->n];
		size_t gap;

		g->from = i;
		while (digit(s->t[i]))
			i++;
		g->n = i - g->from;
		g->end = i;
		g->closed = s->t[i] == ')' && in_parentheses(s, g->from);
		out->digits += g->n;
		g->digits = out->digits;
		if (out->digits > most)
			break;
		out->n++;
		if (out->n == GROUPS)
			break;
		gap = separator(s, i, &g[1].before);
		if (!gap || (most == PHONE_DIGITS && next_begins(s, i, i + gap, out)))
			break;
		i += gap;
	}
	return out->n > 0;
}

/* --- phone --- */

static bool all_long(const struct number *n, size_t from, size_t k, size_t least,
		     size_t most)
{
	for (size_t i = from; i < k; i++)
		if (n->groups[i].n < least || n->groups[i].n > most)
			return false;
	return true;
}

static bool all_before(const struct number *n, size_t k, char c)
{
	for (size_t i = 1; i < k; i++)
		if (n->groups[i].before != c)
			return false;
	return k > 1;
}

static bool is_international(const struct scan *s, const struct number *n, size_t k)
{
	const struct group *g = n->groups;

	if (!n->plus || s->t[g[0].from] == '0' || g[k - 1].digits < 8 || g[k - 1].n < 2)
		return false;
	/* +1.23456789 is a number. */
	return k != 2 || g[1].before != '.';
}

/* 15.01.2024, 01-15-2024, 01/02/2024. */
static bool is_date(const struct number *n, size_t k)
{
	const struct group *g = n->groups;

	return k >= 3 && g[0].n == 2 && g[1].n == 2 && g[2].n == 4 &&
	       g[1].before == g[2].before && g[1].before != ' ';
}

/* 010.020.030.040, 02139-4307, and behind a digit, of one number with it,
 * 050 000 000 or 006381 333931. */
static bool is_other(const struct scan *s, const struct number *n, size_t k)
{
	const struct group *g = n->groups;
	size_t i = g[0].from;

	if (k == 4 && all_before(n, k, '.') && all_long(n, 0, k, 1, 3))
		return true;
	if (k == 2 && g[0].n == 5 && g[1].n == 4 && g[1].before == '-')
		return true;
	return i > 1 && s->t[i - 1] == ' ' && digit(s->t[i - 2]) &&
	       (all_long(n, 0, k, 3, 3) || (k == 2 && all_long(n, 0, k, 6, 6)));
}

static bool is_national(const struct scan *s, const struct number *n, size_t k)
{
	const struct group *g = n->groups;
	const char *first = s->t + g[0].from;
	size_t digits = g[k - 1].digits;
	size_t from = 1;

	if (n->plus || first[0] != '0' || k < 2 || digits < 9 || is_date(n, k) ||
	    is_other(s, n, k))
		return false;
	if (g[0].n == 1 && !g[0].closed)
		return false;
	if (first[1] == '0')
		/* "00 49", "0049". */
		from = g[0].n == 2 ? g[1].before == ' ' && s->t[g[1].from] != '0' ? 1 : k
				   : first[2] != '0' ? 1 : k;
	return g[0].n <= (first[1] == '0' ? 8 : 6) && from < k && all_long(n, from, k, 2, 8);
}

/* A row of numbers: 100 200 300 4000. */
static bool beside_number(const struct scan *s, size_t from, size_t to)
{
	return (from > 1 && s->t[from - 1] == ' ' && digit(s->t[from - 2])) ||
	       (s->t[to] == ' ' && digit(s->t[to + 1]));
}

static bool is_nanp(const struct scan *s, const struct number *n, size_t k)
{
	const struct group *g = n->groups;
	bool trunk = s->t[g[0].from] == '1';
	size_t area = g[0].from + trunk;

	if (n->plus)
		return false;
	if (trunk && k == 4 && g[0].n == 1) {
		g++;
		k--;
		area = g[0].from;
	} else if (g[0].n != 3u + trunk) {
		return false;
	}
	if (k != 3 || g[1].n != 3 || g[2].n != 4 || s->t[area] < '2')
		return false;
	return g[0].closed || g[1].before != ' ' || g[2].before != ' ' ||
	       !beside_number(s, n->groups[0].from, g[2].end);
}

static bool is_phone(const struct scan *s, const struct number *n, size_t k)
{
	if (is_international(s, n, k))
		return true;
	if (s->is[n->groups[0].from] & LOOKS_CODE || n->groups[0].from < s->url_end)
		return false;
	return is_national(s, n, k) || is_nanp(s, n, k);
}

/* Where the longest phone number at i ends, or 0. */
static size_t phone_end(const struct scan *s, size_t i)
{
	static const char never[] = "#$@\\%^~+";
	struct number n;

	if (!begins(s, i, never) || (s->t[i] == '+' && i && in(s->t[i - 1], ")-.")) ||
	    !read_number(s, i, PHONE_DIGITS, &n))
		return 0;
	if (s->t[i] == '(' && !n.groups[0].closed)
		return 0;
	for (size_t k = n.n; k; k--)
		if (ends(s, n.groups[k - 1].end, "-./:+") && is_phone(s, &n, k))
			return n.groups[k - 1].end;
	return 0;
}

/* --- card --- */

/* First and last of the numbers that begin as a brand's do, and how many digits
 * they have. */
static const struct brand {
	unsigned first, last; /* of four digits */
	unsigned least, most;
} brands[] = {
	{ 2200, 2204, 16, 16 }, /* Mir */
	{ 2221, 2720, 16, 16 }, /* Mastercard */
	{ 3000, 3059, 14, 19 }, /* Diners Club */
	{ 3400, 3499, 15, 15 }, /* American Express */
	{ 3528, 3589, 16, 19 }, /* JCB */
	{ 3600, 3699, 14, 19 }, /* Diners Club */
	{ 3700, 3799, 15, 15 }, /* American Express */
	{ 3800, 3999, 14, 19 }, /* Diners Club */
	{ 4000, 4999, 13, 19 }, /* Visa: 13, 16, 19 */
	{ 5000, 5099, 13, 19 }, /* Maestro */
	{ 5100, 5599, 16, 16 }, /* Mastercard */
	{ 5600, 5899, 13, 19 }, /* Maestro */
	{ 6011, 6011, 16, 19 }, /* Discover */
	{ 6200, 6299, 16, 19 }, /* UnionPay */
	{ 6300, 6399, 13, 19 }, /* Maestro */
	{ 6440, 6599, 16, 19 }, /* Discover */
	{ 6700, 6799, 13, 19 }, /* Maestro */
	{ 8100, 8171, 16, 19 }, /* UnionPay */
};

static bool is_brand(const char *digits, size_t n)
{
	unsigned start = 0;

	for (size_t i = 0; i < 4; i++)
		start = start * 10 + (unsigned)(digits[i] - '0');
	for (size_t i = 0; i < ARRAY_LEN(brands); i++)
		if (start >= brands[i].first && start <= brands[i].last)
			return n >= brands[i].least && n <= brands[i].most &&
			       (digits[0] != '4' || n == 13 || n == 16 || n == 19);
	return false;
}

/* The sum of the digits modulo 10, each second one from the right weighted: as
 * Luhn does (ISO/IEC 7812-1, annex B), else as GS1 does for EANs. */
static unsigned check(const char *digits, size_t n, bool luhn)
{
	unsigned sum = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned d = (unsigned)(digits[n - 1 - i] - '0');

		if (i % 2)
			d = !luhn ? 3 * d : d > 4 ? 2 * d - 9 : 2 * d;
		sum += d;
	}
	return sum % 10;
}

/* In fours, the last of 1 to 4; as American Express and Diners Club print it;
 * 6-13; or in one run. */
static bool is_grouped(const struct number *n, size_t k)
{
	const struct group *g = n->groups;

	if (k == 1)
		return true;
	if (!in(g[1].before, " -") || !all_before(n, k, g[1].before))
		return false;
	if (k == 2)
		return g[0].n == 6 && g[1].n == 13;
	if (k == 3 && g[0].n == 4 && g[1].n == 6)
		return g[2].n == 4 || g[2].n == 5;
	return all_long(n, 0, k - 1, 4, 4) && g[k - 1].n <= 4;
}

static bool is_card(const struct scan *s, const struct number *n, size_t k)
{
	char digits[CARD_DIGITS];
	size_t count = 0;

	if (n->plus || n->groups[k - 1].digits < 13 || !is_grouped(n, k))
		return false;
	for (size_t i = 0; i < k; i++) {
		memcpy(digits + count, s->t + n->groups[i].from, n->groups[i].n);
		count += n->groups[i].n;
	}
	/* Of 13 digits most are EANs, and some look like cards. */
	return is_brand(digits, count) && check(digits, count, true) == 0 &&
	       !(count == 13 && check(digits, count, false) == 0);
}

static size_t card_end(const struct scan *s, size_t i)
{
	struct number n;

	if (!digit(s->t[i]) || i < s->url_end || !begins(s, i, "$@\\%^~+") ||
	    !read_number(s, i, CARD_DIGITS, &n))
		return 0;
	for (size_t k = n.n; k; k--)
		if (ends(s, n.groups[k - 1].end, "-.") && is_card(s, &n, k))
			return n.groups[k - 1].end;
	return 0;
}

/* --- */

/* Notices that a URL begins at i. */
static void watch_urls(struct scan *s, size_t i)
{
	if (i < s->url_end || (strncmp(s->t + i, "://", 3) != 0 &&
			       (strncmp(s->t + i, "www.", 4) != 0 || (i && word(s, i - 1)))))
		return;
	s->url_end = i + strcspn(s->t + i, " \n<>\"");
}

static void find(const struct looks *l, size_t (*end_of)(const struct scan *, size_t),
		 size_t item, struct spans *out)
{
	struct scan s = { l->text.p, l->text.n, l->is, 0 };

	for (size_t i = 0; i < s.n; i++) {
		char c = s.t[i];
		size_t end;

		if (c == ':' || c == 'w')
			watch_urls(&s, i);
		if (!digit(c) && c != '+' && c != '(')
			continue;
		end = end_of(&s, i);
		if (!end)
			continue;
		spans_add(out, i, end, item);
		i = end - 1;
	}
}

void find_phones(const struct looks *l, size_t item, struct spans *out)
{
	find(l, phone_end, item, out);
}

void find_cards(const struct looks *l, size_t item, struct spans *out)
{
	find(l, card_end, item, out);
}
