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

/* The first byte beyond ASCII, or end; eight at a time, as most text is. */
static const char *skip_ascii(const char *at, const char *end)
{
	uint64_t eight;

	for (; end - at >= 8; at += 8) {
		memcpy(&eight, at, 8);
		if (eight & 0x8080808080808080u)
			break;
	}
	while (at < end && (unsigned char)*at < 0x80)
		at++;
	return at;
}

size_t utf8_check(struct str s)
{
	const char *end = str_end(s), *at = skip_ascii(s.p, end);

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
		at = skip_ascii(at, end);
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

bool utf8_blank(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0 || c == 0x1680 ||
	       (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
	       c == 0x202f || c == 0x205f || c == 0x3000;
}

/* Above ASCII everything is part of a word but spaces, punctuation, symbols
 * and what modifies those; the ranges below hold them.  Coarse on purpose:
 * word boundaries of scripts without blanks need a dictionary, not a table. */
static const struct range not_wordlike[] = {
	{ 0x80, 0xa9 }, { 0xab, 0xb4 }, { 0xb6, 0xb9 }, { 0xbb, 0xbf },
	{ 0xd7, 0xd7 }, { 0xf7, 0xf7 }, { 0x37e, 0x37e }, { 0x387, 0x387 },
	{ 0x55a, 0x55f }, { 0x589, 0x58a }, { 0x5be, 0x5be }, { 0x5c0, 0x5c0 },
	{ 0x5c3, 0x5c3 }, { 0x5c6, 0x5c6 }, { 0x5f3, 0x5f4 }, { 0x60c, 0x60d },
	{ 0x61b, 0x61b }, { 0x61d, 0x61f }, { 0x66a, 0x66d }, { 0x6d4, 0x6d4 },
	{ 0x964, 0x965 }, { 0x1680, 0x1680 }, { 0x2000, 0x206f },
	{ 0x20a0, 0x20ff }, { 0x2116, 0x2118 }, { 0x211e, 0x2123 },
	{ 0x2190, 0x2bff },
	{ 0x2e00, 0x2e7f }, { 0x3000, 0x3004 }, { 0x3008, 0x3020 },
	{ 0x3030, 0x3030 }, { 0xfe00, 0xfe1f }, { 0xfe30, 0xfe6f },
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

/* Simple case folding (Unicode 15, CaseFolding.txt, status C) of the scripts
 * in the header, but for the few letters that change their length. */
enum { EVEN = INT32_MAX, ODD = EVEN - 1 }; /* pairs; the upper one's parity */

static const struct {
	uint32_t first, last;
	int32_t delta;
} folds[] = {
	{ 0xb5, 0xb5, 775 },	 { 0xc0, 0xd6, 32 },	  { 0xd8, 0xde, 32 },
	{ 0x100, 0x12f, EVEN },	 { 0x132, 0x137, EVEN },  { 0x139, 0x148, ODD },
	{ 0x14a, 0x177, EVEN },	 { 0x178, 0x178, -121 },  { 0x179, 0x17e, ODD },
	{ 0x1a0, 0x1a5, EVEN },	 { 0x1af, 0x1b0, ODD },
	{ 0x1cd, 0x1dc, ODD },	 { 0x1de, 0x1ef, EVEN },  { 0x1f8, 0x21f, EVEN },
	{ 0x222, 0x233, EVEN },	 { 0x246, 0x24f, EVEN },  { 0x370, 0x373, EVEN },
	{ 0x386, 0x386, 38 },	 { 0x388, 0x38a, 37 },	  { 0x38c, 0x38c, 64 },
	{ 0x38e, 0x38f, 63 },	 { 0x391, 0x3a1, 32 },	  { 0x3a3, 0x3ab, 32 },
	{ 0x3c2, 0x3c2, 1 },	 { 0x3d8, 0x3ef, EVEN },  { 0x400, 0x40f, 80 },
	{ 0x410, 0x42f, 32 },	 { 0x460, 0x481, EVEN },  { 0x48a, 0x4bf, EVEN },
	{ 0x4c0, 0x4c0, 15 },	 { 0x4c1, 0x4ce, ODD },	  { 0x4d0, 0x52f, EVEN },
	{ 0x531, 0x556, 48 },	 { 0x1e00, 0x1e95, EVEN },
	{ 0x1ea0, 0x1eff, EVEN },
};

uint32_t utf8_fold(uint32_t c)
{
	size_t lo = 0, hi = ARRAY_LEN(folds);

	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (c > folds[mid].last)
			lo = mid + 1;
		else if (c < folds[mid].first)
			hi = mid;
		else if (folds[mid].delta == EVEN)
			return c | 1;
		else if (folds[mid].delta == ODD)
			return c + (c & 1);
		else
			return c + (uint32_t)folds[mid].delta;
	}
	return c;
}
