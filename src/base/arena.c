/* The bump allocator.  Uses mem. */
#include "base/arena.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Blocks double from the least to the most, so that an arena soon holds what a
 * page needs in the one block that arena_reset() keeps. */
enum { BLOCK_LEAST = 16 * 1024, BLOCK_MOST = 1024 * 1024, ALIGN = alignof(max_align_t) };

struct arena_block {
	struct arena_block *next;
	size_t n; /* bytes of data */
	alignas(max_align_t) char data[];
};

static void add_block(struct arena *a, size_t n)
{
	struct arena_block *b;
	size_t least;

	if (n > SIZE_MAX / 2)
		die("out of memory (%zu bytes)", n);
	least = a->blocks ? a->blocks->n * 2 : BLOCK_LEAST;
	least = least > BLOCK_MOST ? BLOCK_MOST : least;
	n = n < least ? least : n;
	b = xmalloc(sizeof(*b) + n);
	b->next = a->blocks;
	b->n = n;
	a->blocks = b;
	a->at = b->data;
	a->end = b->data + n;
}

void *arena_alloc(struct arena *a, size_t n)
{
	void *p;

	/* Even nothing gets a place of its own: the result is never NULL. */
	n = n ? n : 1;
	if (n <= SIZE_MAX - ALIGN)
		n = (n + ALIGN - 1) / ALIGN * ALIGN;
	if (n > (size_t)(a->end - a->at))
		add_block(a, n);
	p = a->at;
	a->at += n;
	return p;
}

void *arena_zalloc(struct arena *a, size_t n)
{
	return memset(arena_alloc(a, n), 0, n);
}

size_t arena_product(size_t a, size_t b)
{
	if (b && a > SIZE_MAX / b)
		die("out of memory (%zu items of %zu bytes)", a, b);
	return a * b;
}

void *arena_memdup(struct arena *a, const void *p, size_t n)
{
	void *copy = arena_alloc(a, n);

	return n ? memcpy(copy, p, n) : copy;
}

char *arena_strz(struct arena *a, struct str s)
{
	char *copy = arena_alloc(a, s.n + 1);

	if (s.n)
		memcpy(copy, s.p, s.n);
	copy[s.n] = '\0';
	return copy;
}

struct str arena_str(struct arena *a, struct str s)
{
	return str_present(s) ? str_make(arena_strz(a, s), s.n) : STR_NONE;
}

struct str arena_printf(struct arena *a, const char *fmt, ...)
{
	size_t room = (size_t)(a->end - a->at);
	va_list ap;
	char *p;
	int n;

	/* Nearly always there is room, and it is said only once. */
	va_start(ap, fmt);
	n = vsnprintf(a->at, room, fmt, ap);
	va_end(ap);
	invariant(n >= 0);
	p = arena_alloc(a, (size_t)n + 1);
	if ((size_t)n >= room) {
		va_start(ap, fmt);
		vsnprintf(p, (size_t)n + 1, fmt, ap);
		va_end(ap);
	}
	return str_make(p, (size_t)n);
}

static void free_from(struct arena_block *b)
{
	while (b) {
		struct arena_block *next = b->next;

		free(b);
		b = next;
	}
}

void arena_reset(struct arena *a)
{
	struct arena_block *keep = a->blocks;

	if (!keep)
		return;
	/* One post of 27 MB must not pin 27 MB for the rest of the run. */
	if (keep->n > BLOCK_MOST) {
		arena_release(a);
		return;
	}
	free_from(keep->next);
	keep->next = NULL;
	a->at = keep->data;
	a->end = keep->data + keep->n;
}

void arena_release(struct arena *a)
{
	free_from(a->blocks);
	*a = (struct arena)ARENA_INIT;
}
