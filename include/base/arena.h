#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

#include <stddef.h>

/*
 * A bump allocator: many small allocations that die together.  Everything it
 * returns is borrowed from the arena and valid until the next arena_reset()
 * or arena_release().  Memory is aligned for any type.  Not safe to share
 * between threads: each worker has its own.
 */
struct arena_block;

struct arena {
	struct arena_block *blocks; /* owned; the newest first */
	char *at;                   /* next free byte of the newest block */
	char *end;
};

#define ARENA_INIT { NULL, NULL, NULL }

void *arena_alloc(struct arena *a, size_t n);  /* not cleared */
void *arena_zalloc(struct arena *a, size_t n); /* cleared */
/* A growable array cannot live in an arena cheaply; copy it in when it is done. */
void *arena_memdup(struct arena *a, const void *p, size_t n);
/* A terminated copy; the copy of STR_NONE is STR_NONE. */
struct str arena_str(struct arena *a, struct str s);
char *arena_strz(struct arena *a, struct str s);
struct str arena_printf(struct arena *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Forgets everything and keeps one block for the next round. */
void arena_reset(struct arena *a);
void arena_release(struct arena *a);

#define arena_new(a, type) ((type *)arena_zalloc((a), sizeof(type)))
#define arena_array(a, type, count) \
	((type *)arena_zalloc((a), arena_product((count), sizeof(type))))
/* a * b, dying on overflow. */
size_t arena_product(size_t a, size_t b);

#endif
