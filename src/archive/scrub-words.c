/* The words of a name, and what stands between them. */
#include "archive/scrub.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "text/entities.h"
#include "text/htmltoken.h"

enum {
	WORD_MAX = 128, /* bytes of a word: what is longer is several */
	GAP_MAX = 6,    /* characters between two */
	REFERENCE_MAX = 8 /* bytes of "&apos;" and the like */
};

static bool wordlike(struct str text, size_t at, size_t *behind)
{
	const char *p = text.p + at;
	uint32_t c;

	if (at >= text.n)
		return false;
	*behind = at + 1;
	if ((unsigned char)*p < 0x80)
		return html_letter(*p) || (*p >= '0' && *p <= '9') || *p == '_';
	c = utf8_next(&p, str_end(text));
	*behind = (size_t)(p - text.p);
	return c != UTF8_BAD && utf8_wordlike(c);
}

struct str scrub_word(struct str text, size_t from)
{
	size_t at = from, behind;
	struct str out;

	while (at < text.n && !wordlike(text, at, &behind))
		at++;
	out = str_slice(text, at, at);
	while (out.n < WORD_MAX && wordlike(text, at, &behind)) {
		out.n = behind - (size_t)(out.p - text.p);
		at = behind;
		if (at < text.n && (text.p[at] == '.' || text.p[at] == '-') &&
		    wordlike(text, at + 1, &behind))
			at++;
	}
	return out;
}

/* "%27" */
static size_t percent(struct str s, uint32_t *c)
{
	static const char digits[] = "0123456789abcdef";
	const char *high, *low;

	if (s.n < 3 || s.p[0] != '%' || !s.p[1] || !s.p[2])
		return 0;
	high = strchr(digits, s.p[1] | 0x20);
	low = strchr(digits, s.p[2] | 0x20);
	if (!high || !low)
		return 0;
	*c = (uint32_t)((high - digits) * 16 + (low - digits));
	return *c < 0x80 ? 3 : 0;
}

/* "&#39;" */
static size_t reference(struct str s, uint32_t *c)
{
	size_t n = str_index(str_slice(s, 0, REFERENCE_MAX), ';') + 1;
	struct buf b = BUF_INIT;
	const char *p;

	if (s.p[0] != '&' || n > REFERENCE_MAX || n > s.n)
		return 0;
	html_decode(&b, str_slice(s, 0, n));
	p = b.p;
	*c = b.n ? utf8_next(&p, b.p + b.n) : UTF8_BAD;
	if (p != b.p + b.n)
		n = 0;
	buf_release(&b);
	return n;
}

/* The character that s begins with, however it is written, in one form; its bytes. */
static size_t one_character(struct str s, uint32_t *c)
{
	const char *p = s.p;
	size_t n = percent(s, c);

	if (!n)
		n = reference(s, c);
	if (!n) {
		*c = utf8_next(&p, str_end(s));
		n = (size_t)(p - s.p);
	}
	if (*c == 0x2019 || *c == 0x2018)
		*c = '\'';
	else if (*c == 0xa0)
		*c = ' ';
	return n;
}

size_t scrub_gap(struct str text, size_t from, struct buf *out)
{
	size_t at = from, start = out->n, lines = 0, n = 0;

	while (at < text.n) {
		uint32_t c;
		size_t bytes = one_character(str_slice(text, at, text.n), &c);

		if (c == '_' || c == UTF8_BAD || utf8_wordlike(c))
			break;
		lines += c == '\n';
		if (lines > 1)
			return 0;
		if (utf8_blank(c) || (c == '>' && lines))
			c = ' ';
		at += bytes;
		if (c == ' ' && out->n > start && out->p[out->n - 1] == ' ')
			continue;
		if (++n > GAP_MAX)
			return 0;
		utf8_add(out, c);
	}
	/* As addresses have a blank. */
	if (at == from + 1 && text.p[from] == '+')
		out->p[start] = ' ';
	return at;
}
