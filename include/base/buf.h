#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

#include <stdarg.h>
#include <stddef.h>

struct arena;

/*
 * Owned, growing bytes.  Always holds: p is never NULL, p[n] is NUL (so p is
 * a C string when the bytes hold no NUL), and p may be written only below n.
 * An initialised buf without bytes has allocated nothing.
 */
struct buf {
	char *p;
	size_t n;
	size_t cap; /* bytes allocated; 0 while p is the shared empty byte */
};

extern char buf_empty[];
#define BUF_INIT { buf_empty, 0, 0 }

void buf_init(struct buf *b);
/* Frees the bytes; the buf is empty and usable again. */
void buf_release(struct buf *b);
/* Forgets the bytes, keeps the memory. */
void buf_reset(struct buf *b);
/* Room for n more bytes and the NUL; returns where they go. */
char *buf_room(struct buf *b, size_t n);
/* The first n bytes stay; n must not be over b->n. */
void buf_cut(struct buf *b, size_t n);
/* The bytes, owned by the caller (free()); the buf is empty again. */
char *buf_detach(struct buf *b);
/* The bytes, copied into the arena; the buf is released. */
struct str buf_to_arena(struct buf *b, struct arena *a);

void buf_add(struct buf *b, const void *p, size_t n);
void buf_addf(struct buf *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void buf_vaddf(struct buf *b, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));
/* Decimal, without printf's cost. */
void buf_addint(struct buf *b, long long v);
/* At most room bytes of a slug: ASCII letters in lower case and digits, every run of
 * other bytes as one '-', none at the ends.  Nothing when there are no such. */
void buf_addslug(struct buf *b, struct str s, size_t room);
#define buf_addlit(b, literal) buf_add((b), "" literal, sizeof(literal) - 1)

static inline void buf_addc(struct buf *b, char c)
{
	if (b->n + 1 >= b->cap)
		buf_room(b, 1);
	b->p[b->n++] = c;
	b->p[b->n] = '\0';
}

static inline void buf_adds(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

static inline void buf_addstr(struct buf *b, struct str s)
{
	buf_add(b, s.p, s.n);
}

/* A view of the bytes, valid until the buf changes. */
static inline struct str buf_str(const struct buf *b)
{
	return str_make(b->p, b->n);
}

#endif
