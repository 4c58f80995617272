#ifndef PUBLISH_STAGE_H
#define PUBLISH_STAGE_H

#include "base/diag.h"
#include "base/sha256.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The published tree and how it changes: DESIGN section 9.  Pages are put one
 * by one, from any worker; nothing of the old site changes before
 * stage_publish(), and nothing of a half-made one survives a kill.
 */
struct stage;

enum publish_way { PUBLISH_EXCHANGE, PUBLISH_FILES };

/* What was built last time, from .candor/ beside the output.  All fields are
 * hashes or times, never text. */
struct stage_inputs {
	unsigned char key[SHA256_SIZE]; /* of everything that decides the bytes */
	int64_t until; /* the clock at which the choice may differ; WHEN_MAX: never */
};

/*
 * Takes the lock (locked: exit 5) and checks the output folder: absent, empty
 * or ours (output-foreign, output-link).  Stale staging folders of killed runs
 * are cleared away.
 */
int stage_open(struct stage **out, const char *output, enum publish_way way,
	       struct diags *diags);
/* True when the site that stands was built from the same key and now is before
 * its until: nothing to do, nothing touched. */
bool stage_current(const struct stage *s, const unsigned char key[SHA256_SIZE],
		   int64_t now);
/*
 * Adds the file path (relative, "/"-separated, made by paths.h) with these
 * bytes.  A file whose bytes are those of the last build is carried over
 * instead of written.  Thread-safe.
 */
int stage_put(struct stage *s, struct str path, struct str bytes, struct diags *diags);
/* What the build did so far. */
struct stage_counts {
	uint64_t files, bytes;           /* in the new tree */
	uint64_t written, carried, removed;
	bool exchanged;                  /* false: file by file */
};
/* Syncs, switches, prunes and remembers; afterwards only stage_close. */
int stage_publish(struct stage *s, const struct stage_inputs *inputs,
		  struct stage_counts *counts, struct diags *diags);
/* Drops the staging folder when nothing was published, releases the lock. */
void stage_close(struct stage *s);

#endif
