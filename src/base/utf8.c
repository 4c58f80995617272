/* UTF-8.  Uses buf and str; no table larger than a few ranges. */
#include "base/utf8.h"

#include "base/mem.h"

uint32_t utf8_next(const char **at, const char *end)
{
	const unsigned char *p = (const unsigned char *)*at;
	size_t left = (size_t)(end - *at);
	unsigned char lo = 0x80, hi = 0xbf;
	uint32_t c = p[0];
	size_t more;

	*at += 1;
	if (c < 0x80)
		return c;
	if (c < 0xc2 || c > 0xf4)
		return UTF8_BAD;
	more = c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
	if (left <= more)
		return UTF8_BAD;
	if (c == 0xe0)
		lo = 0xa0;
	else if (c == 0xed)
		hi = 0x9f;
	else if (c == 0xf0)
		lo = 0x90;
	else if (c == 0xf4)
		hi = 0x8f;
	if (p[1] < lo || p[1] > hi)
		return UTF8_BAD;
	c = (c & (0x3fu >> more)) << 6 | (p[1] & 0x3f);
	for (size_t i = 2; i <= more; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return UTF8_BAD;
		c = c << 6 | (p[i] & 0x3f);
	}
	*at += more;
	return c;
}

void utf8_add(struct buf *b, uint32_t c)
{
	invariant(c <= 0x10ffff && (c < 0xd800 || c > 0xdfff));
	if (c < 0x80) {
		buf_addc(b, (char)c);
		return;
	}
	if (c < 0x800) {
		buf_addc(b, (char)(0xc0 | c >> 6));
	} else {
		if (c < 0x10000) {
			buf_addc(b, (char)(0xe0 | c >> 12));
		} else {
			buf_addc(b, (char)(0xf0 | c >> 18));
			buf_addc(b, (char)(0x80 | (c >> 12 & 0x3f)));
		}
		buf_addc(b, (char)(0x80 | (c >> 6 & 0x3f)));
	}
	buf_addc(b, (char)(0x80 | (c & 0x3f)));
}

size_t utf8_check(struct str s)
{
	const char *at = s.p, *end = str_end(s);

	while (at < end) {
		const char *from;
		uint64_t eight;

		/* Most text is ASCII for long stretches. */
		while (end - at >= 8) {
			memcpy(&eight, at, 8);
			if (eight & UINT64_C(0x8080808080808080))
				break;
			at += 8;
		}
		if (at == end)
			break;
		from = at;
		if (utf8_next(&at, end) == UTF8_BAD)
			return (size_t)(from - s.p);
	}
	return s.n;
}

size_t utf8_count(struct str s)
{
	const char *at = s.p, *end = str_end(s);
	size_t n = 0;

	for (; at < end; n++)
		utf8_next(&at, end);
	return n;
}

void utf8_add_repaired(struct buf *b, struct str s)
{
	const char *at = s.p, *end = str_end(s);

	while (at < end) {
		uint32_t c = utf8_next(&at, end);

		utf8_add(b, c == UTF8_BAD ? 0xfffd : c);
	}
}

struct range {
	uint32_t first, last;
};

static bool in_ranges(uint32_t c, const struct range *r, size_t n)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (c > r[mid].last)
			lo = mid + 1;
		else if (c < r[mid].first)
			hi = mid;
		else
			return true;
	}
	return false;
}

/* Unicode 15: Default_Ignorable_Code_Point without U+034F and the variation
 * selectors (emoji need them), with controls and line separators. */
static const struct range invisible[] = {
	{ 0x00, 0x1f }, { 0x7f, 0x9f }, { 0xad, 0xad }, { 0x61c, 0x61c },
	{ 0x115f, 0x1160 }, { 0x17b4, 0x17b5 }, { 0x180b, 0x180f },
	{ 0x200b, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x206f },
	{ 0x3164, 0x3164 }, { 0xfdd0, 0xfdef }, { 0xfeff, 0xfeff },
	{ 0xffa0, 0xffa0 }, { 0xfff0, 0xfffb }, { 0xfffe, 0xffff },
	{ 0x1bca0, 0x1bca3 }, { 0x1d173, 0x1d17a }, { 0xe0000, 0xe0fff },
};

bool utf8_invisible(uint32_t c)
{
	return in_ranges(c, invisible, ARRAY_LEN(invisible)) ||
	       (c & 0xfffe) == 0xfffe;
}

void utf8_add_masked(struct buf *b, struct str s)
{
	const char *at = s.p, *end = str_end(s);

	while (at < end) {
		const char *from = at;
		uint32_t c = utf8_next(&at, end);

		if (c == UTF8_BAD)
			buf_addf(b, "\\x%02X", (unsigned char)*from);
		else if (utf8_invisible(c))
			buf_addf(b, c < 0x80 ? "\\x%02X" : "\\u{%04X}", (unsigned)c);
		else
			buf_add(b, from, (size_t)(at - from));
	}
}

/* Above ASCII everything is part of a word but spaces, punctuation and
 * symbols; the blocks below hold those.  Coarse on purpose: word boundaries
 * of scripts without blanks need a dictionary, not a table. */
static const struct range not_wordlike[] = {
	{ 0x80, 0xa9 }, { 0xab, 0xb4 }, { 0xb6, 0xb9 }, { 0xbb, 0xbf },
	{ 0xd7, 0xd7 }, { 0xf7, 0xf7 }, { 0x1680, 0x1680 },
	{ 0x2000, 0x206f }, { 0x20a0, 0x20cf }, { 0x2190, 0x2bff },
	{ 0x2e00, 0x2e7f }, { 0x3000, 0x3004 }, { 0x3008, 0x3020 },
	{ 0x3030, 0x3030 }, { 0xfe10, 0xfe1f }, { 0xfe30, 0xfe6f },
	{ 0xff01, 0xff0f }, { 0xff1a, 0xff20 }, { 0xff3b, 0xff40 },
	{ 0xff5b, 0xff65 }, { 0xffe0, 0xffff }, { 0x1f000, 0x1faff },
};

bool utf8_wordlike(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
		       (c >= 'a' && c <= 'z') || c == '_';
	return c != UTF8_BAD && !utf8_invisible(c) &&
	       !in_ranges(c, not_wordlike, ARRAY_LEN(not_wordlike));
}

uint32_t utf8_fold(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	if ((c >= 0xc0 && c <= 0xde && c != 0xd7) ||
	    (c >= 0x391 && c <= 0x3ab && c != 0x3a2) || (c >= 0x410 && c <= 0x42f))
		return c + 32;
	if (c >= 0x400 && c <= 0x40f)
		return c + 80;
	if (c >= 0x531 && c <= 0x556)
		return c + 48;
	if (c == 0x178)
		return 0xff;
	if (c == 0x3c2)
		return 0x3c3;
	/* Pairs: even upper case, then odd; and the two stretches that are odd. */
	if ((c >= 0x100 && c <= 0x137 && c != 0x130 && c != 0x131) ||
	    (c >= 0x14a && c <= 0x177) || (c >= 0x460 && c <= 0x481) ||
	    (c >= 0x48a && c <= 0x4bf) || (c >= 0x1e00 && c <= 0x1e95) ||
	    (c >= 0x1ea0 && c <= 0x1eff))
		return c | 1;
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e))
		return c + (c & 1);
	return c;
}
