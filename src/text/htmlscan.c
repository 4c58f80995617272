/*
 * The cutting of HTML into tokens, and the weighing of its text.  Which
 * element contains which is the parser's to say, not this file's.
 */
#include "text/htmlscan.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "text/elements.h"

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

size_t html_weight(struct str text)
{
	size_t weight = 0;

	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		weight += (unsigned char)((c | 0x20) - 'a') < 26 ||
			  (unsigned char)(c - '0') < 10 || c >= 0x80;
	}
	return weight;
}

struct scanner {
	struct html_scan *out;
	entity_lookup *lookup;
	const char *at, *end;
	long dropped;     /* opened and not closed of ELEMENT_DROP */
	const char *why;
};

static size_t character_weight(uint32_t c)
{
	if (c >= 0x80)
		return c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	return html_weight(str_make(&(char){ (char)c }, 1));
}

/* The characters that XML allows are those that the parser passes on. */
static bool passes(uint32_t c)
{
	return c >= 0x20 ? c < 0xd800 || (c >= 0xe000 && c != 0xfffe && c != 0xffff &&
					  c <= 0x10ffff)
			 : c == '\t' || c == '\n' || c == '\r';
}

/* "&#" and behind it, as libxml2 reads it: the semicolon may be missing. */
static const char *number_reference(struct scanner *s, const char *at)
{
	bool hex = at < s->end && (*at == 'x' || *at == 'X');
	uint32_t c = 0;

	for (at += hex; at < s->end && *at != ';'; at++) {
		char low = (char)(*at | 0x20);
		unsigned value;

		if (digit(*at))
			value = (unsigned)(*at - '0');
		else if (hex && low >= 'a' && low <= 'f')
			value = (unsigned)(low - 'a' + 10);
		else
			break;
		if (c < 0x110000)
			c = c * (hex ? 16 : 10) + value;
	}
	if (passes(c))
		s->out->weight += character_weight(c);
	return at < s->end && *at == ';' ? at + 1 : at;
}

/* Weighs the reference at `at`, which is '&', and returns its end. */
static const char *reference(struct scanner *s, const char *at)
{
	char name[32];
	size_t n = 0;
	uint32_t c;

	at++;
	if (at < s->end && *at == '#')
		return number_reference(s, at + 1);
	while (at + n < s->end && n < sizeof(name) - 1 &&
	       (letter(at[n]) || (n && digit(at[n])))) {
		name[n] = at[n];
		n++;
	}
	name[n] = '\0';
	c = n && at + n < s->end && at[n] == ';' ? s->lookup(name) : 0;
	s->out->weight += c ? character_weight(c) : html_weight(str_make(at, n));
	return c ? at + n + 1 : at + n;
}

/* Text up to the next '<'. */
static void text(struct scanner *s)
{
	const char *from = s->at;
	const char *end = memchr(from, '<', (size_t)(s->end - from));

	s->at = end ? end : s->end;
	buf_add(&s->out->clean, from, (size_t)(s->at - from));
	while (from < s->at) {
		const char *amp = memchr(from, '&', (size_t)(s->at - from));
		const char *stop = amp ? amp : s->at;

		s->out->weight += html_weight(str_make(from, (size_t)(stop - from)));
		from = amp ? reference(s, amp) : stop;
	}
}

/* Behind the first c from `at` on, or NULL. */
static const char *behind(const struct scanner *s, const char *at, char c)
{
	const char *p = at < s->end ? memchr(at, c, (size_t)(s->end - at)) : NULL;

	return p ? p + 1 : NULL;
}

/* at is behind "<!--". */
static const char *comment_end(const struct scanner *s, const char *at)
{
	struct str rest = str_make(at, (size_t)(s->end - at));

	if (str_starts(rest, STR(">")))
		return at + 1;
	if (str_starts(rest, STR("->")))
		return at + 2;
	for (; at < s->end; at++) {
		at = memchr(at, '-', (size_t)(s->end - at));
		if (!at || s->end - at < 3)
			return NULL;
		if (at[1] == '-' && at[2] == '>')
			return at + 3;
		if (at[1] == '-' && at[2] == '!' && s->end - at > 3 && at[3] == '>')
			return at + 4;
	}
	return NULL;
}

static const char *skip_value(const struct scanner *s, const char *at)
{
	while (at < s->end && blank(*at))
		at++;
	if (at < s->end && (*at == '"' || *at == '\''))
		return behind(s, at + 1, *at);
	while (at < s->end && !blank(*at) && *at != '>')
		at++;
	return at;
}

/* at is behind a tag's name.  Behind its '>', or NULL. */
static const char *attributes_end(struct scanner *s, const char *at)
{
	unsigned n = 0;

	while (at && at < s->end) {
		if (*at == '>')
			return at + 1;
		if (blank(*at) || *at == '/') {
			at++;
			continue;
		}
		if (++n > HTML_ATTRIBUTES) {
			s->why = "attributes";
			return NULL;
		}
		at++; /* a name may begin with '=' */
		while (at < s->end && !blank(*at) && *at != '/' && *at != '>' &&
		       *at != '=')
			at++;
		while (at < s->end && blank(*at))
			at++;
		if (at < s->end && *at == '=')
			at = skip_value(s, at + 1);
	}
	return NULL;
}

/* Behind the end tag of a raw-text element whose text begins at `at`. */
static const char *raw_end(struct scanner *s, const char *at, struct str name)
{
	while ((at = behind(s, at, '<'))) {
		struct str rest = str_make(at, (size_t)(s->end - at));

		if (rest.n > name.n + 1 && rest.p[0] == '/' &&
		    str_ieq(str_slice(rest, 1, name.n + 1), name)) {
			char c = rest.p[name.n + 1];

			if (blank(c) || c == '/' || c == '>')
				return attributes_end(s, at + name.n + 1);
		}
	}
	return NULL;
}

/* at is behind '<' or "</" and on a letter.  Behind the tag, or the whole
 * element if its text is raw; NULL when that doesn't end. */
static const char *tag(struct scanner *s, const char *at, bool closing)
{
	const char *name = at, *end;
	const struct element *e;
	struct str n;

	while (at < s->end && !blank(*at) && *at != '/' && *at != '>')
		at++;
	n = str_make(name, (size_t)(at - name));
	e = element_find(n);
	end = attributes_end(s, at);
	if (end && e && e->fate == ELEMENT_RAW)
		return closing ? end : raw_end(s, end, n);
	if (end && e && e->fate == ELEMENT_DROP)
		s->dropped += closing ? -1 : end[-2] != '/';
	if (end)
		buf_add(&s->out->clean, s->at, (size_t)(end - s->at));
	return end;
}

/* s->at is '<'. */
static const char *markup(struct scanner *s)
{
	const char *at = s->at + 1;
	struct str rest = str_make(at, (size_t)(s->end - at));

	if (rest.n && letter(at[0]))
		return tag(s, at, false);
	if (rest.n > 1 && at[0] == '/' && letter(at[1]))
		return tag(s, at + 1, true);
	if (str_starts(rest, STR("!--")))
		return comment_end(s, at + 3);
	if (rest.n && (at[0] == '!' || at[0] == '?' || (at[0] == '/' && rest.n > 1)))
		return behind(s, at, '>');
	buf_addlit(&s->out->clean, "&lt;");
	return at;
}

const char *html_scan(struct html_scan *scan, struct str html, entity_lookup *lookup)
{
	struct scanner s = {
		.out = scan, .lookup = lookup, .at = html.p, .end = html.p + html.n,
	};

	*scan = (struct html_scan){ .clean = BUF_INIT };
	buf_room(&scan->clean, html.n + 16);
	buf_addlit(&scan->clean, "<div>");
	while (s.at && s.at < s.end) {
		if (*s.at == '<')
			s.at = markup(&s);
		else
			text(&s);
	}
	buf_addlit(&scan->clean, "</div>");
	if (s.why)
		return s.why;
	return s.at && s.dropped <= 0 ? NULL : "unclosed markup";
}
