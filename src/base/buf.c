/* Owned bytes.  Uses arena, mem and str. */
#include "base/buf.h"

#include "base/arena.h"
#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Shared by all empty bufs; nothing writes to it but a NUL over its NUL. */
char buf_empty[1];

void buf_init(struct buf *b)
{
	*b = (struct buf)BUF_INIT;
}

void buf_release(struct buf *b)
{
	if (b->cap)
		free(b->p);
	buf_init(b);
}

void buf_reset(struct buf *b)
{
	b->n = 0;
	if (b->cap)
		b->p[0] = '\0';
}

char *buf_room(struct buf *b, size_t n)
{
	size_t want, cap;

	if (n < b->cap - b->n && b->cap)
		return b->p + b->n;
	if (n > SIZE_MAX / 4 || b->n > SIZE_MAX / 4)
		die("out of memory (%zu bytes)", n);
	want = b->n + n + 1;
	cap = b->cap + b->cap / 2;
	if (cap < want)
		cap = want < 64 ? 64 : want;
	b->p = xrealloc(b->cap ? b->p : NULL, cap);
	b->cap = cap;
	b->p[b->n] = '\0';
	return b->p + b->n;
}

void buf_cut(struct buf *b, size_t n)
{
	invariant(n <= b->n);
	b->n = n;
	if (b->cap)
		b->p[n] = '\0';
}

struct str buf_to_arena(struct buf *b, struct arena *a)
{
	struct str copy = arena_str(a, buf_str(b));

	buf_release(b);
	return copy;
}

char *buf_detach(struct buf *b)
{
	char *p;

	buf_room(b, 0);
	p = b->p;
	buf_init(b);
	return p;
}

void buf_add(struct buf *b, const void *p, size_t n)
{
	if (!n)
		return;
	if (n >= b->cap - b->n)
		buf_room(b, n);
	memcpy(b->p + b->n, p, n);
	b->n += n;
	b->p[b->n] = '\0';
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(b, fmt, ap);
	va_end(ap);
}

void buf_vaddf(struct buf *b, const char *fmt, va_list ap)
{
	size_t room = b->cap ? b->cap - b->n : 0;
	va_list again;
	int n;

	/* Nearly always there is room, and it is said only once. */
	va_copy(again, ap);
	n = vsnprintf(room ? b->p + b->n : NULL, room, fmt, again);
	va_end(again);
	invariant(n >= 0);
	if ((size_t)n >= room)
		vsnprintf(buf_room(b, (size_t)n), (size_t)n + 1, fmt, ap);
	b->n += (size_t)n;
}

void buf_addint(struct buf *b, long long v)
{
	char digits[24];
	char *at = digits + sizeof(digits);
	unsigned long long u = v < 0 ? 0ULL - (unsigned long long)v
				     : (unsigned long long)v;

	do {
		*--at = (char)('0' + u % 10);
	} while (u /= 10);
	if (v < 0)
		*--at = '-';
	buf_add(b, at, (size_t)(digits + sizeof(digits) - at));
}

void buf_addslug(struct buf *b, struct str s, size_t room)
{
	size_t start = b->n;
	bool dash = false;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
			dash = b->n > start;
			continue;
		}
		if (b->n - start + dash + 1 > room)
			return;
		if (dash)
			buf_addc(b, '-');
		buf_addc(b, c);
		dash = false;
	}
}
