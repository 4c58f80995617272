/*
 * Values inside URLs inside quoted attributes.  Which of the three ways is
 * right, template-context.c knows; whether a stranger's link is worth having
 * at all, render/html.h's url_safe() has judged before.
 */
#include "template-impl.h"

static bool unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

/* All but RFC 3986's unreserved and reserved characters; and of these the '&',
 * and the quote that could end the attribute. */
static const bool unfit[256] = {
	[0x00 ... 0x20] = true, ['"'] = true, ['%'] = true, ['&'] = true,
	['\''] = true, ['<'] = true, ['>'] = true, ['\\'] = true, ['^'] = true,
	['`'] = true, ['{'] = true, ['|'] = true, ['}'] = true, [0x7f ... 0xff] = true,
};

static bool hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/*
 * Nothing, or http, https or mailto, is what may stand before the first colon
 * of a path: a scheme ends there, whatever stood before the value.  A leading
 * // would name another host.
 */
static bool scheme_ok(struct str s)
{
	static const char *const good[] = { "http", "https", "mailto" };
	size_t n = 0;

	if (str_starts(s, STR("//")))
		return false;
	while (n < s.n && !strchr(":/?#", s.p[n]))
		n++;
	if (n == s.n || s.p[n] != ':')
		return true;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (str_ieq(str_slice(s, 0, n), str_of(good[i])))
			return true;
	return false;
}

static struct str trim_controls(struct str s)
{
	while (s.n && (unsigned char)s.p[0] <= ' ')
		s = str_slice(s, 1, s.n);
	while (s.n && (unsigned char)s.p[s.n - 1] <= ' ')
		s = str_slice(s, 0, s.n - 1);
	return s;
}

static void percent(struct buf *out, unsigned char c)
{
	static const char digits[] = "0123456789ABCDEF";
	const char text[] = { '%', digits[c >> 4], digits[c & 15] };

	buf_add(out, text, sizeof(text));
}

/* What is encoded already stays; what can't stand in a URL is encoded. */
static void normalise(struct buf *out, struct str s)
{
	while (s.n) {
		size_t n = str_until(s, unfit);

		buf_add(out, s.p, n);
		if (n == s.n)
			break;
		s = str_slice(s, n, s.n);
		if (s.p[0] == '&')
			buf_addlit(out, "&amp;");
		else if (s.p[0] == '%' && s.n > 2 && hex(s.p[1]) && hex(s.p[2]))
			buf_addc(out, '%');
		else
			percent(out, (unsigned char)s.p[0]);
		s = str_slice(s, 1, s.n);
	}
}

static void component(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (unreserved((unsigned char)s.p[i]))
			buf_addc(out, s.p[i]);
		else
			percent(out, (unsigned char)s.p[i]);
}

/* Whether all that stands in the attribute yet is a '/': another would make
 * what follows the name of a host. */
static bool only_slash(const struct buf *out)
{
	return out->n > 1 && out->p[out->n - 1] == '/' &&
	       strchr("\"' ,", out->p[out->n - 2]);
}

void url_value(struct buf *out, enum escape escape, struct str s)
{
	s = trim_controls(s);
	if (s.n && s.p[0] == '/' && only_slash(out)) {
		percent(out, '/');
		s = str_slice(s, 1, s.n);
	}
	if (escape == ESCAPE_URL_PART)
		component(out, s);
	else if (escape == ESCAPE_URL && !scheme_ok(s))
		buf_addlit(out, "#blocked");
	else
		normalise(out, s);
}
