#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/*
 * Allocation that cannot fail: out of memory is the one condition that this
 * program does not carry through its interfaces.  Everything returned here is
 * owned by the caller and released with free().
 */

/* Prints "candor: fatal: ..." on stderr and ends the process with status 3. */
_Noreturn void die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* A broken invariant: prints where, and aborts.  Kept in release builds. */
#define invariant(cond) \
	((cond) ? (void)0 : invariant_broken(#cond, __FILE__, __LINE__))
_Noreturn void invariant_broken(const char *what, const char *file, int line);

void *xmalloc(size_t n);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *p, size_t n);
/* count * size, dying when the product overflows. */
void *xreallocarray(void *p, size_t count, size_t size);
char *xstrdup(const char *s);
/* n bytes and a NUL. */
char *xmemdup0(const void *p, size_t n);

/*
 * Makes room for one more item in a growing array: p an owned pointer, n the
 * items in use, cap the items allocated.  Grows by half.
 */
#define GROW(p, n, cap) \
	((n) < (cap) ? (void)0 : \
	 (void)((cap) = (cap) + ((cap) >> 1) + 8, \
		(p) = xreallocarray((p), (cap), sizeof(*(p)))))

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
