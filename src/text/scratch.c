/* calloc and realloc on a thread's arena.  Knows nothing of who calls them. */
#include "text/scratch.h"

#include "base/mem.h"

#include <pthread.h>

static _Thread_local struct arena scratch = ARENA_INIT;
static pthread_key_t scratch_key;
static pthread_once_t scratch_once = PTHREAD_ONCE_INIT;

static void scratch_release(void *arena)
{
	arena_release(arena);
}

static void scratch_make_key(void)
{
	if (pthread_key_create(&scratch_key, scratch_release))
		die("no thread key left");
}

struct arena *scratch_begin(void)
{
	pthread_once(&scratch_once, scratch_make_key);
	pthread_setspecific(scratch_key, &scratch);
	return &scratch;
}

void scratch_end(void)
{
	arena_reset(&scratch);
}

struct chunk {
	size_t n; /* bytes of data, a multiple of 16 */
	_Alignas(16) char data[];
};

static struct chunk *chunk_of(void *p)
{
	return (struct chunk *)((char *)p - offsetof(struct chunk, data));
}

void *scratch_calloc(size_t count, size_t size)
{
	size_t n = (arena_product(count, size) + 15) & ~(size_t)15;
	struct chunk *c = arena_zalloc(&scratch, sizeof(*c) + n);

	c->n = n;
	return c->data;
}

void *scratch_realloc(void *p, size_t size)
{
	struct chunk *c = p ? chunk_of(p) : NULL;
	size_t n = (size + 15) & ~(size_t)15;
	void *copy;

	if (c && n <= c->n)
		return p;
	/* The newest chunk grows where it is. */
	if (c && c->data + c->n == scratch.at &&
	    n - c->n <= (size_t)(scratch.end - scratch.at)) {
		scratch.at += n - c->n;
		c->n = n;
		return p;
	}
	copy = scratch_calloc(1, n);
	return c ? memcpy(copy, p, c->n) : copy;
}

void scratch_free(void *p)
{
	(void)p;
}
