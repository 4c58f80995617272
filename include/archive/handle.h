#ifndef ARCHIVE_HANDLE_H
#define ARCHIVE_HANDLE_H

#include "archive/archive.h"
#include "archive/db.h"

/* What tombstones are hashed with; they travel with it. */
struct tombstone_key {
	int64_t row;
	unsigned char key[SHA256_SIZE];
};

/* What struct archive is, and what its files share.  For src/archive only. */
struct archive {
	struct db *db;        /* owned */
	char *name;           /* owned; as the user named it */
	char *file;           /* owned; absolute, folders resolved */
	enum archive_mode mode;
	uint32_t counter;     /* the file's change counter when opened or committed */
	struct arena scratch; /* of one call of a writer */
	bool made;            /* by opening it, and nothing was committed yet */
	bool in_write;        /* between begin and commit */
	bool tombstones;      /* there are some; known while in_write */
	struct tombstone_key *keys; /* owned; of the tombstones, by row, the first
				     * is this archive's own; known likewise */
	size_t keys_n;
};

/* The change counter as it stands in the file now. */
int archive_read_counter(struct archive *a, struct diags *diags);
/* SHA-256 of format and body: what a label or a finding was said of. */
void post_hash(enum body_format format, struct str body, unsigned char out[SHA256_SIZE]);
/* The venue of that row in the array, or NULL. */
const struct venue *venue_of_row(const struct venue *venues, size_t n, int64_t row);
/* --- Tombstones: what was forgotten, as HMAC-SHA-256 under the archive's key
 * of kind, venue and ids with NUL between them. --- */
int tombstones_load(struct archive *a, struct diags *diags); /* at begin */
/* 1: forgotten; 0: not; -1: failed.  post is absent but for ARCHIVE_POST. */
int tombstone_find(struct archive *a, enum archive_thing thing, struct str venue,
		   struct str id, struct str post, struct diags *diags);
/* -1, with the row said to be damaged, when a stored digest (NULL: there is none)
 * isn't that of its canonical line. */
int digest_check(struct query *q, const char *table, int64_t row,
		 const unsigned char *stored, const struct buf *line, struct diags *diags);
/* -1 when t, whole and in canonical order, isn't what its stored digest says. */
int digest_verify(struct archive *a, const struct thread *t, struct diags *diags);
/* Stores the digests that are NULL. */
int digest_store(struct archive *a, struct diags *diags);
/* Stores that of a thread whose rows say what t says, and no more. */
int digest_store_of(struct archive *a, const struct thread *t, struct diags *diags);

#endif
