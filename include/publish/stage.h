#ifndef PUBLISH_STAGE_H
#define PUBLISH_STAGE_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/sha256.h"
#include "base/str.h"
#include "publish/lock.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The published tree and how it changes.  Pages are put one
 * by one, from any worker; nothing of the old site changes before
 * stage_publish(), and nothing of a half-made one survives a kill.
 *
 * For the output `public`, beside it:
 *
 *	public/.candor-site        says that the folder is ours; names its tree
 *	.candor/public/lock        who is building, since when
 *	.candor/public/manifest    publish/manifest.h: of which tree, its files
 *	.candor/public/inputs      what the tree was built from
 *	.candor/public/next/       the staging folder of a build; the old tree
 *	                           after the exchange, until it is removed
 *
 * Each tree has a name, the hash of all its paths and bytes.  It stands in
 * the marker, the manifest and the inputs, and records of another tree than
 * the one that is there are ignored: that is what a kill between the exchange
 * and the records leaves behind.
 *
 * A file that didn't change is carried over as a hard link to the old one, so
 * two trees share inodes for a while.  That is sound because candor writes to
 * no file once it is closed: it makes new ones and renames.  A file that
 * somebody else wrote to in place has another mtime, or another inode, than
 * the manifest says, and is written anew.
 */
struct stage;

/* The first turns into the second by itself where folders can't be exchanged:
 * on a mount point, across file systems, on file systems that don't know how. */
enum publish_way { PUBLISH_EXCHANGE, PUBLISH_FILES };

/* What was built last time, from .candor/ beside the output.  All fields are
 * hashes or times, never text. */
struct stage_inputs {
	unsigned char key[SHA256_SIZE]; /* of everything that decides the bytes */
	int64_t since; /* the clock that it was made by */
	int64_t until; /* the clock at which it may differ; WHEN_MAX: never */
};

/*
 * Takes the lock (locked: exit 5), waiting as wish says, and checks the output folder:
 * absent, empty or ours (output-foreign, output-link).  Missing folders above it are made.
 * Stale staging folders of killed runs are cleared away.  *out is NULL after
 * -1.
 */
int stage_open(struct stage **out, const char *output, enum publish_way way,
	       struct lock_wish *wish, struct diags *diags);
/* Whether it is that of the output, published that way. */
bool stage_is(const struct stage *s, const char *output, enum publish_way way);
/*
 * True when the site that stands was built from the same key and now is from its
 * since on and before its until: nothing to do, nothing touched.  Notices when the output folder,
 * its marker or anything at its top was taken away or it was replaced by
 * another tree; a page edited in place is found by the next real build only.
 */
bool stage_current(const struct stage *s, const unsigned char key[SHA256_SIZE],
		   int64_t now);
/*
 * Adds the file path (relative, "/"-separated, made by paths.h or found by
 * fsys_walk) with these bytes.  A file whose bytes are those of the last build
 * is carried over instead of written.  The same path twice is duplicate-path.
 * Thread-safe.
 */
int stage_put(struct stage *s, struct str path, struct str bytes, struct diags *diags);
/* What the build did so far; the marker doesn't count. */
struct stage_counts {
	uint64_t files, bytes; /* in the new tree */
	uint64_t written, carried;
	uint64_t removed; /* of the last build's */
	bool exchanged;   /* the whole tree at once; false: file by file */
};
/*
 * Syncs, switches, prunes and remembers; afterwards only stage_close.  After
 * -1 the old site stands untouched, unless files were being replaced one by
 * one: then the next build puts that right.  Fails when a stage_put did.  Whoever
 * asks to stop is heard before the switch, and after it is over.
 */
int stage_publish(struct stage *s, const struct stage_inputs *inputs,
		  struct stage_counts *counts, struct diags *diags);

/* --- Looking at what stands: no lock, and nothing is made, changed or cleared away --- */

/*
 * Opens the folder, which may be absent and may be switched meanwhile: what is read of it
 * afterwards is of one tree, unless it is replaced file by file.  With ours, a folder that
 * a build would refuse is refused here too.  Only the functions below, stage_current() and
 * stage_close() take such a stage.  *out is NULL after -1.
 */
int stage_look(struct stage **out, const char *output, bool ours, struct diags *diags);
/* Whether there is a folder. */
bool stage_stands(const struct stage *s);
/* Whether it isn't the folder of that name any more: a build switched trees.  Then what
 * was read may lack anything, and is best read again. */
bool stage_moved(const struct stage *s);
/* Reads one of its files; fsys_read_at() says how it fails. */
int stage_read(const struct stage *s, const char *path, size_t limit, struct buf *out,
	       struct diags *diags);
/* Whether it has the file. */
bool stage_has(const struct stage *s, const char *path);
/* What is known of its files, to be changed at will, or NULL. */
struct manifest;
struct manifest *stage_manifest(struct stage *s);

/* Drops the staging folder when nothing was published, releases the lock.
 * NULL is fine. */
void stage_close(struct stage *s);

#endif
