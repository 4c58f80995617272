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
	bool scrubs;          /* of texts or names; likewise */
	bool erased;          /* something was, and is in the file's bytes yet */
	struct scrub *scrub;  /* owned; from its first use to the end of the write */
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
/* The thread's labels, in the arena, in canonical order. */
int labels_read(struct archive *a, struct arena *arena, struct thread *t,
		struct diags *diags);
/*
 * All labels, thread by thread, each with what became of the post that it was said of.
 * take() gets one after the other, in canonical order, their strings in the arena; then
 * finish() what it is to do about the thread: 0 to go on, another value ends the walk
 * and is returned; the arena is reset behind it.
 */
enum label_post { LABEL_POST_SAME, LABEL_POST_CHANGED, LABEL_POST_GONE };
struct label_walk {
	void (*take)(void *ctx, const struct label *label, enum label_post now);
	int (*finish)(void *ctx);
	void *ctx;
	/* the thread at hand */
	int64_t thread;
	struct str venue, id;
	bool withdrawn; /* gone or hidden as a whole */
	struct arena arena;
};
int labels_walk(struct archive *a, struct label_walk *w, struct diags *diags);
/* archive_each_doubt() in its two parts: of labels whose posts changed or went, and of
 * curators who contradict each other. */
int labels_each_stale(struct archive *a,
		      int (*fn)(void *ctx, const struct label_doubt *doubt), void *ctx,
		      struct diags *diags);
int labels_each_conflict(struct archive *a,
			 int (*fn)(void *ctx, const struct label_doubt *doubt), void *ctx,
			 struct diags *diags);
/* Warns of each of these; -1 on failure. */
int labels_check(struct archive *a, struct diags *diags);
/* Warns, once for each venue and licence, of those that leave open which one it is. */
int licences_check(struct archive *a, struct diags *diags);
/*
 * --- Tombstones: what was forgotten, as HMAC-SHA-256 under one of the archive's keys
 * of up to four words with NUL between them: the kind, and what candor-archive(5)
 * says.  The third is absent where there are but two behind the kind. ---
 */
enum tombstone_kind {
	TOMBSTONE_AUTHOR = ARCHIVE_AUTHOR,
	TOMBSTONE_THREAD = ARCHIVE_THREAD,
	TOMBSTONE_POST = ARCHIVE_POST,
	TOMBSTONE_TEXT,
	TOMBSTONE_NAME
};
int tombstones_load(struct archive *a, struct diags *diags); /* at begin */
void tombstone_hash(const struct tombstone_key *key, enum tombstone_kind kind,
		    struct str first, struct str second, struct str third,
		    unsigned char hash[SHA256_SIZE]);
/* 1: there is one, of whichever key; 0: there isn't; -1: failed. */
int tombstone_find(struct archive *a, enum tombstone_kind kind, struct str first,
		   struct str second, struct str third, struct diags *diags);
/* Under the archive's own key; there may be one. */
int tombstone_add(struct archive *a, enum tombstone_kind kind, struct str first,
		  struct str second, struct str third, struct diags *diags);
/* All of a kind. */
int tombstone_each(struct archive *a, enum tombstone_kind kind,
		   int (*fn)(void *ctx, const unsigned char *hash), void *ctx,
		   struct diags *diags);
/* The scrubber of this write; dropped when some of it is rolled back. */
struct scrub *archive_scrub(struct archive *a);
void archive_scrub_drop(struct archive *a);
/*
 * --- What of a thread may come in (sift.c) ---
 * Says which posts were forgotten, makes references to them absent, and replaces what
 * the rest has of them; strings in the scratch arena.  How many, or -1.
 */
int sift_thread(struct archive *a, struct thread *t, bool *refused, struct diags *diags);
/* The same of a label; 1: it rests on a post that was forgotten. */
int sift_label(struct archive *a, int64_t thread, struct label *label, struct diags *diags);
/* --- What somebody wants removed (target.c) --- */
struct target_post {
	int64_t row, thread; /* of the post, of its thread */
};
/* Its posts, by thread; *out is owned by the caller, also after -1. */
int target_posts(struct archive *a, const struct archive_target *what,
		 struct target_post **out, size_t *n, struct diags *diags);
/* The row of the thread that is meant, or that the post is in; 0: there is none. */
int64_t target_thread(struct archive *a, const struct archive_target *what,
		      struct diags *diags);

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
