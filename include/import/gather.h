#ifndef IMPORT_GATHER_H
#define IMPORT_GATHER_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/seen.h"
#include "base/spool.h"

#include <stddef.h>
#include <stdint.h>

/*
 * Brings the pieces of threads together that lie far apart in an export: in other
 * files, or gigabytes further on.  Pieces are text, whatever the importer makes of
 * them; they wait in a temporary file.  A piece takes 40 bytes of memory, a thread
 * its key and 40 more.
 */
enum { GATHER_MAX_MB = 256 }; /* of a thread: it is in memory as a whole */

struct gather_piece {
	struct str text;    /* valid during the call */
	int kind;           /* the importer's own */
	struct place where; /* as it was given: the path is borrowed for the run */
};

struct gather {
	struct spool spool;
	struct seen known;   /* key to index + 1 */
	struct str *keys;    /* owned; in the arena, by index: the order of arrival */
	size_t keys_n, keys_cap;
	struct gather_item *items; /* owned */
	size_t items_n, items_cap;
	struct arena arena;
};

#define GATHER_INIT { .spool = SPOOL_INIT, .known = SEEN_INIT, .arena = ARENA_INIT }

/* -1 with a diagnostic when the disk is full. */
int gather_add(struct gather *g, struct str key, const struct gather_piece *piece,
	       struct diags *diags);
/* Each thread in the order in which their first pieces came, its pieces in the order
 * in which they came.  fn returns 0 to go on; another value ends it and is returned. */
int gather_each(struct gather *g,
		int (*fn)(void *ctx, struct str key, const struct gather_piece *pieces,
			  size_t n),
		void *ctx, struct diags *diags);
void gather_release(struct gather *g);

#endif
