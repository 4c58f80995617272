#ifndef TEXT_SCRATCH_H
#define TEXT_SCRATCH_H

#include "base/arena.h"

/*
 * Memory for a library whose allocator hook has no context: an arena of the
 * thread's own, for one call at a time.  Nothing is freed one by one, and where
 * memory runs out the program dies as it does elsewhere.
 */

/* The arena, empty; it goes away with its thread. */
struct arena *scratch_begin(void);
void scratch_end(void);

/* As in <stdlib.h>, within it. */
void *scratch_calloc(size_t count, size_t size);
void *scratch_realloc(void *p, size_t size);
void scratch_free(void *p);

#endif
