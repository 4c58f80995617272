/* A text as it looks.  What is looked for in it is others' business. */
#include "looks.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>

/* The zeros of the scripts that have digits of their own (Unicode 15, Nd). */
static const uint32_t zeros[] = {
	0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6,
	0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946,
	0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900,
	0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec,
	0x1d7f6, 0x1fbf0,
};

/* From here on most scripts have no blanks between words. */
enum { DENSE = 0xe00 };

/* Those that look like one of ASCII; a long dash separates and is none. */
static uint32_t plain(uint32_t c)
{
	if (c >= 0xff01 && c <= 0xff5e)
		return c - 0xff01 + '!';
	if ((c >= 0x2010 && c <= 0x2013) || c == 0x2212 || c == 0xfe58 || c == 0xfe63)
		return '-';
	if (c == 0x3002 || c == 0xff61 || c == 0xfe52 || c == 0x2024)
		return '.';
	if (c == 0x2044 || c == 0x2215)
		return '/';
	if (c == 0xfe62)
		return '+';
	if (c == 0xfe6b)
		return '@';
	for (size_t i = 0; i < ARRAY_LEN(zeros) && zeros[i] <= c; i++)
		if (c - zeros[i] < 10)
			return '0' + c - zeros[i];
	return c;
}

/* 0 for what isn't seen: variation selectors and keycaps too, which dress up
 * digits. */
static uint32_t looks_like(uint32_t c)
{
	if (c == UTF8_BAD)
		return 0xfffd;
	if (c == '\n' || (c > ' ' && c < 0x7f))
		return c;
	if (utf8_blank(c))
		return ' ';
	if (utf8_invisible(c) || c == 0x34f || c == 0x20e3 || (c >= 0xfe00 && c <= 0xfe0f))
		return 0;
	return plain(c);
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "%40" as in an address: the ASCII character meant, or 0. */
static uint32_t percent(const char *at, const char *end)
{
	int high, low;

	if (end - at < 3 || (high = hex(at[1])) < 0 || (low = hex(at[2])) < 0)
		return 0;
	return high >= 2 && high < 8 && high * 16 + low < 0x7f ? (uint32_t)(high * 16 + low)
							       : 0;
}

static void room(struct looks *l, size_t n)
{
	size_t need = l->text.n + n + 5;

	if (need <= l->cap)
		return;
	l->cap = need + l->cap / 2;
	buf_room(&l->text, l->cap - l->text.n);
	l->at = xreallocarray(l->at, l->cap, sizeof(*l->at));
	l->is = xreallocarray(l->is, l->cap, sizeof(*l->is));
}

static void add(struct looks *l, uint32_t c, size_t at, unsigned how)
{
	size_t n = l->text.n;
	unsigned is = how & LOOKS_CODE;

	if (c != '_' && utf8_wordlike(c))
		is |= c < DENSE ? LOOKS_WORD : LOOKS_WORD | LOOKS_DENSE;
	room(l, 0);
	utf8_add(&l->text, c);
	for (; n < l->text.n; n++) {
		l->at[n] = (uint32_t)at;
		l->is[n] = (unsigned char)is;
	}
	l->at[n] = (uint32_t)l->from;
	l->is[n] = 0;
}

/* Of blanks and line breaks in a row one is left, a break if there is one. */
static void add_blank(struct looks *l, uint32_t c, size_t at, unsigned how)
{
	char *last = l->text.n ? &l->text.p[l->text.n - 1] : NULL;

	if (how & LOOKS_URL)
		return;
	if (!last || (*last != ' ' && *last != '\n'))
		add(l, c, at, how);
	else if (c == '\n')
		*last = '\n';
}

/* ASCII that looks like itself: most of any text. */
enum { SELF = 0x80, SELF_WORD = SELF | LOOKS_WORD };

static const unsigned char self[256] = {
	['!' ... '$'] = SELF, ['&' ... '/'] = SELF, [':' ... '@'] = SELF,
	['[' ... '`'] = SELF, ['{' ... '~'] = SELF,
	['0' ... '9'] = SELF_WORD, ['A' ... 'Z'] = SELF_WORD, ['a' ... 'z'] = SELF_WORD,
};

/* Copies such bytes, for which there is room, from p on; where they end. */
static const char *add_self(struct looks *l, const char *p, const char *end, size_t at,
			    unsigned how)
{
	size_t n = l->text.n;
	unsigned char is;

	for (; p < end && (is = self[(unsigned char)*p]); p++, n++, at++) {
		l->text.p[n] = *p;
		l->at[n] = (uint32_t)at;
		l->is[n] = (unsigned char)((is & LOOKS_WORD) | (how & LOOKS_CODE));
	}
	l->text.n = n;
	l->text.p[n] = '\0';
	return p;
}

void looks_add(struct looks *l, struct str piece, unsigned how)
{
	const char *p = piece.p, *end = str_end(piece);
	size_t start = l->from;

	if (start + piece.n >= UINT32_MAX)
		die("text of %zu bytes is too long to redact", start + piece.n);
	l->from += piece.n;
	room(l, piece.n);
	while (p < end) {
		size_t at = start + (size_t)(p - piece.p);
		uint32_t meant, c;

		if (self[(unsigned char)*p]) {
			room(l, (size_t)(end - p));
			p = add_self(l, p, end, at, how);
			continue;
		}
		meant = *p == '%' ? percent(p, end) : 0;
		c = meant ? meant : looks_like(utf8_next(&p, end));
		p += meant ? 3 : 0;
		if (c == ' ' || c == '\n')
			add_blank(l, how & LOOKS_CODE ? c : ' ', at, how);
		else if (c)
			add(l, c, at, how);
	}
	l->at[l->text.n] = (uint32_t)l->from;
	l->is[l->text.n] = 0;
}

void looks_break(struct looks *l)
{
	add_blank(l, '\n', l->from, 0);
}

void looks_reset(struct looks *l)
{
	buf_reset(&l->text);
	l->from = 0;
}

void looks_release(struct looks *l)
{
	buf_release(&l->text);
	free(l->at);
	free(l->is);
	*l = (struct looks)LOOKS_INIT;
}
