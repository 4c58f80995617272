#ifndef ARCHIVE_ARCHIVE_H
#define ARCHIVE_ARCHIVE_H

#include "archive/model.h"
#include "base/arena.h"
#include "base/diag.h"
#include "base/sha256.h"

/*
 * The archive: a SQLite file with the schema of candor-archive(5).  A reader
 * trusts nothing in it.  Functions return 0, or -1 with
 * diagnostics.  One struct archive belongs to one thread of execution.
 */
struct archive;

enum archive_mode {
	ARCHIVE_READ,  /* read-only, hardened, inside one read transaction */
	ARCHIVE_TRY,   /* the same, and `locked` at once when somebody is writing */
	ARCHIVE_WRITE, /* must exist; older schemas are migrated in place */
	ARCHIVE_CREATE /* made when absent */
};

int archive_open(struct archive **out, const char *path, enum archive_mode mode,
		 struct diags *diags);
/* A second reader in the same snapshot, for a worker.  The first must stay
 * open: its read lock keeps writers from committing. */
int archive_open_again(struct archive **out, const struct archive *first,
		       struct diags *diags);
void archive_close(struct archive *a); /* NULL is fine; rolls back */
/* The same, and the file goes when opening it made it and nobody committed
 * anything to it: an empty archive would build an empty site. */
void archive_discard(struct archive *a);
const char *archive_path(const struct archive *a);

/* --- Reading.  Rows come to fn in the order said; strings are valid during
 * the call only.  fn returns 0 to go on; another value ends the reading and is
 * returned. --- */

/* All venues by slug, all products by slug; arrays in the arena. */
int archive_venues(struct archive *a, struct arena *arena, struct venue **out,
		   size_t *n, struct diags *diags);
int archive_products(struct archive *a, struct arena *arena, struct product **out,
		     size_t *n, struct diags *diags);
/* How many threads, or posts, there are; 0 where that can't be read: for who watches. */
uint64_t archive_count_threads(struct archive *a);
uint64_t archive_count_posts(struct archive *a);
/* By row. */
int archive_each_author(struct archive *a,
			int (*fn)(void *ctx, const struct author *author), void *ctx,
			struct diags *diags);
/* By row; posts, labels, tags and products of the thread are left empty. */
int archive_each_thread(struct archive *a,
			int (*fn)(void *ctx, const struct thread *thread), void *ctx,
			struct diags *diags);
/* The small columns of every post, by thread row, then created, then id; never
 * the body. */
struct post_facts {
	int64_t thread; /* row */
	int64_t author; /* row; 0 when deleted */
	int64_t created;
	int64_t score;
	struct str id;
	bool gone, hidden;
	enum ground ground;
};
int archive_each_post(struct archive *a,
		      int (*fn)(void *ctx, const struct post_facts *post), void *ctx,
		      struct diags *diags);
/* Every label by thread row, then at, then name, post, by, quote, note: the
 * latest comes last, and the order is that of the content, not of its arrival. */
int archive_each_label(struct archive *a,
		       int (*fn)(void *ctx, int64_t thread, const struct label *label),
		       void *ctx, struct diags *diags);
/* The same with the slug of its venue and its thread's id, by these, then as above. */
int archive_each_word(struct archive *a,
		      int (*fn)(void *ctx, struct str venue, struct str thread,
				const struct label *label),
		      void *ctx, struct diags *diags);
/* Every thread-product link, by thread row; product is the product's row. */
int archive_each_link(struct archive *a,
		      int (*fn)(void *ctx, int64_t thread, int64_t product), void *ctx,
		      struct diags *diags);
/* Every tag, by thread row, then tag. */
int archive_each_tag(struct archive *a,
		     int (*fn)(void *ctx, int64_t thread, struct str tag), void *ctx,
		     struct diags *diags);

/* Every post that its venue, its author or a curator took away, alone or with its
 * thread, by thread row, then created, then id. */
struct withdrawn_post {
	int64_t thread; /* row */
	struct str id;
	bool alone;     /* it would be without its thread, too */
	int64_t since;  /* of it and its thread the first that is known, or WHEN_NONE */
};
int archive_each_withdrawn(struct archive *a,
			   int (*fn)(void *ctx, const struct withdrawn_post *post),
			   void *ctx, struct diags *diags);

/* Everything that has an address at its venue and isn't gone there: first the threads,
 * by row, then the posts of those that aren't hidden, by thread row. */
struct archive_origin {
	int64_t thread; /* row */
	struct str venue, id; /* of the thread */
	struct str post;      /* absent: the thread itself */
	struct str url;
	bool hidden;
};
int archive_each_origin(struct archive *a,
			int (*fn)(void *ctx, const struct archive_origin *origin),
			void *ctx, struct diags *diags);
/* What origin-check labels what it hides, and as whom. */
#define ORIGIN_GONE "origin-gone"
#define ORIGIN_CHECK "origin-check"
/* 1: the newest word on the thread, or on that post of it, among a label and the one
 * that takes it back is the label; 0: it isn't; -1. */
int archive_label_stands(struct archive *a, int64_t thread, struct str post,
			 struct str name, struct diags *diags);

/*
 * What curators said and somebody should look at again.  First each label whose post
 * changed or went since, unless a newer one of the same name or its opposite was put on
 * that post or on the thread; threads that are gone or hidden left out.  Then each matter
 * on which the latest word contradicts another curator's.  Both by thread row.
 */
enum label_doubt_why { DOUBT_CHANGED, DOUBT_WITHDRAWN, DOUBT_CONFLICT };
struct label_doubt {
	enum label_doubt_why why;
	int64_t thread; /* row */
	struct str venue, id; /* of the thread */
	struct str post;      /* absent: the whole thread */
	const struct label *label; /* that stands */
	const struct label *other; /* DOUBT_CONFLICT: what was said before; else NULL */
};
int archive_each_doubt(struct archive *a,
		       int (*fn)(void *ctx, const struct label_doubt *doubt), void *ctx,
		       struct diags *diags);

/*
 * What is known of each post to those who look for evidence: by thread row, then
 * created, then id, as the posts of a thread are listed.
 */
struct post_look {
	int64_t row, thread; /* rows */
	int64_t author;      /* row; 0 when deleted */
	int64_t created;
	struct str id, parent; /* parent may be absent */
	int64_t looked;      /* what archive_put_findings() was given; 0: nobody looked
			      * since the post, or one beside it, was written */
};
int archive_each_look(struct archive *a,
		      int (*fn)(void *ctx, const struct post_look *look), void *ctx,
		      struct diags *diags);
/* Every finding, by thread row, then the post's created and id, then start; found's
 * stop is not compared with the body, which isn't read. */
struct evidence_facts {
	int64_t thread, author; /* rows; author 0 when deleted */
	int64_t created;        /* of the post */
	struct str post;        /* its id */
	bool gone, hidden;      /* the post is */
	struct finding found;
};
int archive_each_evidence(struct archive *a,
			  int (*fn)(void *ctx, const struct evidence_facts *evidence),
			  void *ctx, struct diags *diags);

/*
 * One thread whole: with posts (authors included), labels, tags, products, in
 * canonical order.  venues are the array that archive_venues() gave; the
 * thread's venue points into it.  -1 with a diagnostic also when there is no
 * such row, or when it isn't what its stored digest says.  Everything is in the
 * arena.
 */
int archive_thread(struct archive *a, int64_t row, const struct venue *venues,
		   size_t venues_n, struct arena *arena, struct thread *out,
		   struct diags *diags);
/* The same without posts, labels, tags and products; it knows the first one's language. */
int archive_thread_head(struct archive *a, int64_t row, const struct venue *venues,
			size_t venues_n, struct arena *arena, struct thread *out,
			struct diags *diags);
/* The head with one post, if the thread has it: for those who need to look at
 * that one alone. */
int archive_thread_post(struct archive *a, int64_t row, struct str post,
			const struct venue *venues, size_t venues_n, struct arena *arena,
			struct thread *out, struct diags *diags);
/* What was found in a whole thread's posts, in their order, then by start: in the
 * arena.  A passage that doesn't lie in its post's body is damage. */
struct evidence {
	int64_t row;
	const struct post *post; /* of the thread */
	struct finding found;
};
int archive_evidence(struct archive *a, const struct thread *t, struct arena *arena,
		     struct evidence **out, size_t *n, struct diags *diags);
/* The row of venue/id or of a thread's URL; 0 when there is none; -1 on error. */
int64_t archive_find_thread(struct archive *a, struct str name, struct diags *diags);

/*
 * The digest of candor-archive(5): SHA-256 over the sorted SHA-256 of the
 * canonical lines, without `fetched`.  Uses the digests stored with threads;
 * a thread changed behind candor's back is read and hashed again.
 */
int archive_digest(struct archive *a, unsigned char digest[SHA256_SIZE],
		   struct diags *diags);
/* Every thread by row, with the digest of all that is under it; NULL when the thread was
 * changed behind candor's back. */
int archive_each_digest(struct archive *a,
			int (*fn)(void *ctx, int64_t row, const unsigned char *digest),
			void *ctx, struct diags *diags);
/* SQLite's file change counter, when opened or after the last commit: it
 * changes with every commit. */
uint32_t archive_change_counter(const struct archive *a);
/*
 * Everything that only a whole read can tell, for `check`: SQLite's own
 * quick_check, references, every row's types and text, every stored hash and
 * digest.  Too dear for a build, which checks what it reads.  -1 with up to
 * some hundred diagnostics.  Warnings: labels on posts that changed since,
 * curators who contradict each other, and licences without a version.
 */
int archive_check(struct archive *a, struct diags *diags);

/* --- Writing, all of it between begin and commit. --- */

int archive_begin(struct archive *a, struct diags *diags);
int archive_commit(struct archive *a, struct diags *diags); /* digests stored */
void archive_rollback(struct archive *a);

/* What a write did. */
enum archive_change { ARCHIVE_SAME, ARCHIVE_NEW, ARCHIVE_CHANGED, ARCHIVE_REFUSED };

/* By slug: inserts, or updates what differs; the row id comes back in row.
 * Aliases become those given. */
int archive_put_venue(struct archive *a, struct venue *venue,
		      enum archive_change *change, struct diags *diags);
int archive_put_product(struct archive *a, struct product *product,
			enum archive_change *change, struct diags *diags);
/*
 * By venue (whose row must be set) and id: inserts or updates the thread, its
 * posts and their authors; the rows of thread and posts come back in row, and
 * the thread in canonical order.  A second put of the same changes no row.
 *
 * - With complete, posts that the archive has and the thread doesn't are
 *   marked gone; a post or thread that is back is no longer gone.
 * - Tags become those given.  Labels and links to products are added where not
 *   there yet, none is ever removed; an unknown product slug is a diagnostic.
 * - What a venue doesn't say is kept: language, licence, permission, embargo, expires.
 *   hidden is set but never taken away: only a curator does that.
 * - What was shown until now and is gone or hidden from now on was withdrawn
 *   now, unless the thread says when; what is back wasn't.
 * - fetched alone is no change.
 * - Of several names of an author the one on their newest post stands, in
 *   whatever order the posts came.
 * - Tombstoned material stays out: ARCHIVE_REFUSED for a whole thread, or a new one
 *   none of whose posts may come in; posts (their own or their author's tombstone),
 *   and labels on them, silently.  What the rest quotes of it, and names that were
 *   forgotten, become a mark, in the thread given as well.
 *
 * On failure nothing of the thread was written, and the transaction goes on.
 */
struct archive_put_counts {
	uint64_t posts_new, posts_changed, posts_same;
	uint64_t posts_gone;     /* known here, no longer at the venue */
	uint64_t posts_refused;  /* tombstoned */
	uint64_t labels_stale;   /* on posts that changed since they were labelled */
};
struct archive_put {
	bool complete;        /* the export holds every post of the thread */
	int64_t now;          /* the run's clock */
	struct place where;   /* for diagnostics */
	struct archive_put_counts *counts; /* added to, or NULL */
};
int archive_put_thread(struct archive *a, struct thread *thread,
		       const struct archive_put *how, enum archive_change *change,
		       struct diags *diags);
/* ARCHIVE_NEW, ARCHIVE_SAME, or ARCHIVE_REFUSED when its post is tombstoned. */
int archive_add_label(struct archive *a, int64_t thread, const struct label *label,
		      enum archive_change *change, struct diags *diags);
/* Hides the thread, or that post of it, from now on; or shows it again. */
int archive_set_hidden(struct archive *a, int64_t thread, struct str post, bool hidden,
		       int64_t now, struct diags *diags);
/*
 * Some labels are more than words: embargo and expires set the thread's own, permission
 * that of its post, and their opposites take it away.  Does what the latest word on the
 * same matter says; nothing for other labels.
 */
int archive_apply_label(struct archive *a, int64_t thread, const struct label *label,
			struct diags *diags);
/* Where the author's permission to publish the post is recorded; absent: it isn't. */
int archive_set_permission(struct archive *a, int64_t thread, struct str post,
			   struct str permission, struct diags *diags);

/* 1: a tombstone keeps the thread, or its post, out; post may be absent. */
int archive_refuses(struct archive *a, struct str venue, struct str thread,
		    struct str post, struct diags *diags);

/* What somebody wants removed, by the venue's slug and ids; or a name, wherever it
 * stands. */
enum archive_thing { ARCHIVE_AUTHOR, ARCHIVE_THREAD, ARCHIVE_POST, ARCHIVE_NAME };
struct archive_target {
	enum archive_thing thing;
	struct str venue, id; /* of the author, or of the thread; id: the name */
	struct str post;      /* of the post, else absent */
	bool found;           /* set: the archive had something of it */
};

/* What was done about it. */
struct archive_forgotten {
	size_t posts, threads, labels, authors; /* erased; or hidden, or shown again */
	size_t quotations, names; /* replaced in what others wrote */
	int64_t *rows;            /* owned: the threads that were changed, by row */
	size_t rows_n, rows_cap;
};
/* Notes a thread; and, once all are noted: by row, each once. */
void archive_forgotten_add(struct archive_forgotten *f, int64_t row);
void archive_forgotten_sort(struct archive_forgotten *f);
void archive_forgotten_release(struct archive_forgotten *f);

/* What was found in the post takes the place of what was found there before;
 * looked (not 0) says by which means, for archive_each_look(). */
int archive_put_findings(struct archive *a, int64_t post, int64_t looked,
			 const struct finding *findings, size_t n, struct diags *diags);

/*
 * Erases authors with all their posts, threads, and posts: bodies, labels that
 * rest on them, threads without posts and authors without posts, the title when its
 * post goes, references to what is erased, and the log's words of it.  What others
 * quote of it in blocks, and an author's names in what others wrote, become a mark.
 * Leaves keyed hashes that keep all of it from coming back, also when there was
 * nothing to erase.  Capitalised words that may or may not be the name are
 * warnings (name-left).  out is to be released in any case.
 */
int archive_forget(struct archive *a, struct archive_target *targets, size_t n,
		   struct archive_forgotten *out, struct diags *diags);
/* The same for all that the tombstones tell of, once others' have come in. */
int archive_forget_known(struct archive *a, struct archive_forgotten *out,
			 struct diags *diags);
/* Hides posts or a thread from `now` on, or shows them again; the thread too when it
 * is its first post. */
int archive_hide(struct archive *a, struct archive_target *what, bool hide,
		 int64_t now, struct archive_forgotten *out, struct diags *diags);
/*
 * Outside a transaction: writes the file anew, so that nothing is left of what was
 * erased from it at any time, and drops statistics, which hold values of columns.
 * Needs as much room again as the file has.  The archive is sound after a failure.
 */
int archive_compact(struct archive *a, struct diags *diags);
/* Whether something was erased since it was opened, and the file not written anew. */
bool archive_wants_compacting(const struct archive *a);

/*
 * Tombstones on their way to other archives: their lines in the interchange form,
 * sorted, without the line feed.  With a key and a guess anybody can find out
 * whether it was forgotten.
 */
int archive_each_tombstone(struct archive *a, int (*line)(void *ctx, struct str line),
			   void *ctx, struct diags *diags);
/* A key of another archive, which may be known. */
int archive_add_key(struct archive *a, const unsigned char key[SHA256_SIZE],
		    struct diags *diags);
/* One under that key: 1; 0: there is no such key; -1.  kind is one of the archive's. */
int archive_add_tombstone(struct archive *a, struct str key_id, struct str kind,
			  const unsigned char hash[SHA256_SIZE], struct diags *diags);
/* What kinds there are, NULL-terminated. */
extern const char *const tombstone_kinds[];
/* How a key is called: 16 hex digits of its SHA-256. */
enum { TOMBSTONE_KEY_ID = 16 };

/* One row in the run log. */
int archive_log_run(struct archive *a, int64_t at, const char *command,
		    const char *source, const char *result, struct diags *diags);

#endif
