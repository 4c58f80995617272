/* Allocation and the two ways to die.  Knows no other module. */
#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void die(const char *fmt, ...)
{
	va_list ap;

	fputs("candor: fatal: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	/* Other threads are at work with what exit() would take from them. */
	_exit(3);
}

void invariant_broken(const char *what, const char *file, int line)
{
	fprintf(stderr, "candor: bug: %s:%d: '%s' does not hold\n", file, line, what);
	abort();
}

static void *checked(void *p, size_t n)
{
	if (!p)
		die("out of memory (%zu bytes)", n);
	return p;
}

void *xmalloc(size_t n)
{
	return checked(malloc(n ? n : 1), n);
}

static size_t product(size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		die("out of memory (%zu items of %zu bytes)", count, size);
	return count * size;
}

void *xcalloc(size_t count, size_t size)
{
	size_t n = product(count, size);

	return checked(calloc(n ? n : 1, 1), n);
}

void *xrealloc(void *p, size_t n)
{
	return checked(realloc(p, n ? n : 1), n);
}

void *xreallocarray(void *p, size_t count, size_t size)
{
	return xrealloc(p, product(count, size));
}

char *xstrdup(const char *s)
{
	return xmemdup0(s, strlen(s));
}

char *xmemdup0(const void *p, size_t n)
{
	char *copy = xmalloc(n + 1);

	if (n)
		memcpy(copy, p, n);
	copy[n] = '\0';
	return copy;
}
