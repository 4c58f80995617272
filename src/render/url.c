/*
 * Addresses: percent-encoding, and which ones may be linked to.  A reference is
 * resolved as RFC 3986, section 5.2, says.
 */
#include "base/utf8.h"
#include "render/html.h"

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static void percent(struct buf *out, char c)
{
	static const char hex[] = "0123456789ABCDEF";
	unsigned char byte = (unsigned char)c;

	buf_addc(out, '%');
	buf_addc(out, hex[byte >> 4]);
	buf_addc(out, hex[byte & 15]);
}

void url_segment(struct buf *out, struct str s)
{
	struct buf whole = BUF_INIT;

	utf8_add_repaired(&whole, s);
	for (size_t i = 0; i < whole.n; i++) {
		char c = whole.p[i];

		if (letter(c) || digit(c) || (c && strchr("-._~", c)))
			buf_addc(out, c);
		else
			percent(out, c);
	}
	buf_release(&whole);
}

struct url {
	struct str scheme;    /* without ':', absent when relative */
	struct str authority; /* without "//", may be absent */
	struct str path;      /* may be empty */
	struct str query;     /* with '?', may be empty */
	struct str fragment;  /* with '#', may be empty */
};

static struct str take_scheme(struct str *rest)
{
	size_t n = 0;
	struct str scheme;

	while (n < rest->n && (letter(rest->p[n]) ||
			       (n && (digit(rest->p[n]) || rest->p[n] == '+' ||
				      rest->p[n] == '-' || rest->p[n] == '.'))))
		n++;
	if (!n || n == rest->n || rest->p[n] != ':')
		return STR_NONE;
	scheme = str_slice(*rest, 0, n);
	*rest = str_slice(*rest, n + 1, rest->n);
	return scheme;
}

/* The part before any of the stop bytes. */
static struct str take_until(struct str *rest, const char *stops)
{
	size_t n = 0;
	struct str part;

	while (n < rest->n && !strchr(stops, rest->p[n]))
		n++;
	part = str_slice(*rest, 0, n);
	*rest = str_slice(*rest, n, rest->n);
	return part;
}

/* Appendix B. */
static struct url url_parse(struct str s)
{
	struct url u = { .authority = STR_NONE };

	u.scheme = take_scheme(&s);
	if (str_starts(s, STR("//"))) {
		s = str_slice(s, 2, s.n);
		u.authority = take_until(&s, "/?#");
	}
	u.path = take_until(&s, "?#");
	u.query = take_until(&s, "#");
	u.fragment = s;
	return u;
}

/* What a browser drops or trips over: controls, blanks, characters that
 * aren't seen.  The rest that has no place in a URL is percent-encoded. */
static void add_clean(struct buf *out, struct str s)
{
	static const bool unclean[256] = {
		[0x00 ... 0x20] = true, ['"'] = true, ['<'] = true, ['>'] = true,
		['^'] = true, ['`'] = true, ['{'] = true, ['|'] = true, ['}'] = true,
		[0x7f ... 0xff] = true,
	};
	const char *at = s.p, *end = str_end(s);

	while (at < end) {
		const char *from = at;
		uint32_t c;

		at += str_until(str_make(at, (size_t)(end - at)), unclean);
		buf_add(out, from, (size_t)(at - from));
		if (at == end)
			break;
		from = at;
		c = utf8_next(&at, end);
		if (c == ' ' || c == 0xa0 || c == 0x3000 || c == UTF8_BAD ||
		    (c >= 0x2000 && c <= 0x200a) || utf8_invisible(c))
			continue;
		if (c < 0x80 && strchr("\"<>^`{|}", (int)c))
			percent(out, (char)c);
		else
			buf_add(out, from, (size_t)(at - from));
	}
}

/* 5.2.4 on the path that begins at out->p + start. */
static void remove_dot_segments(struct buf *out, size_t start, struct str path)
{
	while (path.n) {
		struct str segment;

		path = str_slice(path, 1, path.n); /* the '/' */
		segment = take_until(&path, "/");
		if (str_is(segment, "..")) {
			while (out->n > start && out->p[out->n - 1] != '/')
				buf_cut(out, out->n - 1);
			if (out->n > start)
				buf_cut(out, out->n - 1);
		}
		if (str_is(segment, "..") || str_is(segment, ".")) {
			if (!path.n)
				buf_addc(out, '/');
			continue;
		}
		buf_addc(out, '/');
		buf_addstr(out, segment);
	}
}

static void add_path(struct buf *out, const struct url *ref, const struct url *base)
{
	struct buf merged = BUF_INIT;

	if (!str_starts(ref->path, STR("/"))) {
		size_t n = base->path.n;

		while (n && base->path.p[n - 1] != '/')
			n--;
		buf_addstr(&merged, str_slice(base->path, 0, n));
		if (!merged.n)
			buf_addc(&merged, '/');
	}
	buf_addstr(&merged, ref->path);
	remove_dot_segments(out, out->n, buf_str(&merged));
	buf_release(&merged);
}

static bool is_web(const struct url *u)
{
	return (str_ieq(u->scheme, STR("http")) || str_ieq(u->scheme, STR("https"))) &&
	       u->authority.n && str_index(u->authority, '@') == u->authority.n;
}

static void add_lower(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		buf_addc(out, (char)(letter(s.p[i]) ? s.p[i] | 0x20 : s.p[i]));
}

static void add_scheme(struct buf *out, struct str scheme)
{
	add_lower(out, scheme);
	buf_addc(out, ':');
}

/* 5.2.2, for a reference without scheme and authority. */
static void add_resolved(struct buf *out, const struct url *ref, const struct url *base)
{
	add_scheme(out, base->scheme);
	buf_addlit(out, "//");
	buf_addstr(out, base->authority);
	if (ref->path.n)
		add_path(out, ref, base);
	else
		buf_addstr(out, base->path);
	buf_addstr(out, ref->path.n || ref->query.n ? ref->query : base->query);
	buf_addstr(out, ref->fragment);
}

static bool resolve(const struct url *ref, struct str base_url, struct buf *out)
{
	struct buf clean = BUF_INIT;
	struct url base;
	bool web;

	add_clean(&clean, base_url);
	base = url_parse(buf_str(&clean));
	web = is_web(&base) && str_index(base_url, '\\') == base_url.n;
	if (web)
		add_resolved(out, ref, &base);
	buf_release(&clean);
	return web;
}

/* 4.2: what comes before the first ':' would be a scheme to somebody. */
static bool colon_in_first_segment(struct str path)
{
	return str_index(path, ':') < str_index(path, '/');
}

static bool add_safe(const struct url *u, struct str whole, struct str base,
		     struct buf *out)
{
	if (!whole.n || str_index(whole, '\\') < whole.n)
		return false;
	if (!str_present(u->scheme)) {
		if (str_present(u->authority) || colon_in_first_segment(u->path))
			return false;
		return resolve(u, base, out);
	}
	if (!is_web(u) && !(str_ieq(u->scheme, STR("mailto")) && u->path.n))
		return false;
	add_scheme(out, u->scheme);
	buf_addstr(out, str_slice(whole, u->scheme.n + 1, whole.n));
	return true;
}

bool url_safe(struct str url, struct str base, struct buf *out)
{
	struct buf clean = BUF_INIT;
	struct url u;
	bool safe;

	add_clean(&clean, url);
	u = url_parse(buf_str(&clean));
	safe = add_safe(&u, buf_str(&clean), base, out);
	buf_release(&clean);
	return safe;
}

static int hex_value(char c)
{
	if (digit(c))
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decoded; what has no place in a file's name is encoded again. */
static void add_name(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '%' && i + 2 < s.n && hex_value(s.p[i + 1]) >= 0 &&
		    hex_value(s.p[i + 2]) >= 0) {
			c = (char)(hex_value(s.p[i + 1]) << 4 | hex_value(s.p[i + 2]));
			i += 2;
		}
		if (c == '/' || (unsigned char)c < ' ' || c == 0x7f)
			percent(out, c);
		else
			buf_addc(out, c);
	}
}

bool url_file(struct str url, struct buf *out)
{
	struct url u = url_parse(url);
	struct str standard = str_is(u.scheme, "https") ? STR(":443") : STR(":80");

	if (!is_web(&u))
		return false;
	if (str_ends(u.authority, standard))
		u.authority = str_slice(u.authority, 0, u.authority.n - standard.n);
	add_lower(out, u.authority);
	if (!u.path.n)
		u.path = STR("/");
	for (struct str rest = u.path; str_present(rest);) {
		struct str part = str_split(&rest, '/');

		if (part.n)
			buf_addc(out, '/');
		add_name(out, part);
	}
	if (str_ends(u.path, STR("/")))
		buf_addlit(out, "/index.html");
	add_name(out, u.query);
	return true;
}
