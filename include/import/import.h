#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include "archive/archive.h"
#include "base/diag.h"
#include "base/progress.h"

/*
 * Importers: one file per format, one row in import/formats.h.  An importer
 * reads exports, streaming, and hands venues, products and threads to the
 * archive inside the transaction that import_run() opened.
 */
struct import_options {
	const char *venue;   /* --venue SLUG, or NULL */
	const char *url;     /* --url, or NULL */
	const char *name;    /* --name, or NULL: the archive's, else the slug */
	const char *licence; /* --licence, or NULL */
	bool own;            /* --own */
	bool keep_going;     /* --keep-going: bad records are counted, not fatal */
	int64_t now;         /* becomes `fetched` where the export says nothing */
	struct progress *progress; /* begun and ended by the caller, or NULL; it
				    * counts rows put aside and threads stored */
};

struct import_counts {
	uint64_t threads_new, threads_changed, threads_same;
	uint64_t threads_gone;   /* in the archive, deleted at the venue since */
	uint64_t posts;          /* read */
	uint64_t authors_unknown; /* posts whose author the venue deleted */
	uint64_t refused;        /* threads: tombstoned */
	uint64_t left_out;       /* records of kinds that aren't conversation */
	uint64_t orphans;        /* replies to what the export doesn't hold */
	uint64_t skipped;        /* bad records under keep_going */
};

/* What an importer works with; all borrowed for the run. */
struct import {
	struct archive *archive;
	const struct import_options *options;
	struct import_counts *counts;
	struct diags *diags;
};

struct importer {
	const char *name;    /* "stackexchange" */
	const char *reads;   /* one line for help: "a folder of the data dump" */
	/* How sure this format is of the file (or folder, with an empty head)
	 * at path that begins with head: 0 to 100. */
	int (*sniff)(const char *path, struct str head);
	/* Reads all paths, at least one: a thread may span them.  0, or -1 when
	 * reading could not go on; mistakes that were stepped over are in the
	 * diagnostics alone, and import_run() looks there. */
	int (*read)(struct import *in, char **paths, size_t n);
};

extern const struct importer *const importers[]; /* NULL-terminated, by name */
const struct importer *importer_find(const char *name);

/* Reads all paths in one transaction: all of them or none. */
int import_run(struct archive *a, const struct importer *how, char **paths, size_t n,
	       const struct import_options *o, struct import_counts *counts,
	       struct diags *diags);

/* --- For importers --- */

/*
 * The venue that an export belongs to, stored, its row set: what the options
 * say, over what the archive has under that slug, over the guess made from the
 * export (absent members: no guess; the slug defaults to one made of the URL's
 * host).  Strings are in the arena.  -1 with a usage diagnostic when slug or
 * URL remain unknown.
 */
int import_venue(struct import *in, const struct venue *guess, struct arena *arena,
		 struct venue *out);
/* One more row or thread is done, for who looks on. */
void import_step(const struct import *in);
/* Stores a thread (sorted here) and counts what that did. */
int import_thread(struct import *in, struct thread *thread,
		  const struct archive_put *how);
/*
 * What to do about one bad record, whose mistakes are in bad (emptied here):
 * under keep_going one warning and a count, else the mistakes stand.  0 to go
 * on, -1 when there are too many to be worth it.
 */
int import_bad_record(struct import *in, struct place where, struct diags *bad);
/*
 * Marks as gone what the archive has of the venue and a complete export of it
 * doesn't: threads for which gone() says so.
 */
int import_mark_gone(struct import *in, int64_t venue,
		     bool (*gone)(void *ctx, struct str id), void *ctx);

/* --- Export --- */

/*
 * The archive as JSON Lines in canonical order: venues and products by slug,
 * then threads by venue and id.  Lines come without their line feed, each
 * valid during the call.
 */
struct jsonl_sink {
	int (*line)(void *ctx, struct str line); /* -1 stops */
	void *ctx;
};
int export_jsonl(struct archive *a, const struct jsonl_sink *sink, struct diags *diags);

#endif
