#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include "archive/archive.h"
#include "base/diag.h"
#include "base/seen.h"

/*
 * Importers: one file per format, one row in import/formats.h.  An importer
 * reads exports, streaming, and hands venues, products and threads to the
 * archive inside the transaction that import_run() opened.  Rows put aside and threads
 * stored are steps of the progress line.
 */
struct import_options {
	const char *venue;   /* --venue SLUG, or NULL */
	const char *url;     /* --url, or NULL */
	const char *url_flag; /* what the command calls that, for hints; NULL: "--url" */
	const char *name;    /* --name, or NULL: the archive's, else the slug */
	const char *licence; /* --licence, or NULL */
	const char *map;     /* --map FILE: which column is what, or NULL */
	bool own;            /* --own */
	bool pulls;          /* --pulls: pull requests are threads, too */
	bool whole;          /* --whole: the export holds every thread of the venue */
	bool partial;        /* --partial: it may lack posts of the threads it holds */
	bool keep_going;     /* --keep-going: bad records are counted, not fatal */
	int64_t now;         /* becomes `fetched` where the export says nothing */
	/* What belongs to the same transaction, when all is read; -1 with diagnostics
	 * takes it all back.  May be NULL. */
	int (*finish)(void *ctx);
	void *ctx;
};

enum import_skip {
#define SKIP(name, key, words) SKIP_##name,
#include "import/skips.h"
#undef SKIP
	SKIP_COUNT
};

struct import_counts {
	uint64_t threads_new, threads_changed, threads_same;
	uint64_t threads_gone;    /* in the archive, deleted at the venue since */
	uint64_t threads_refused; /* tombstoned */
	uint64_t posts;           /* read, of these: */
	uint64_t replies;         /* answer a post that the thread holds */
	uint64_t authors_unknown; /* the venue deleted their author */
	uint64_t solved;          /* threads whose solution the venue marks */
	struct archive_put_counts put; /* what became of posts, and labels on them */
	uint64_t products_new, products_changed, products_same;
	uint64_t skipped[SKIP_COUNT];
};

/* What an importer works with; borrowed for the run but for the import's own. */
struct import {
	struct archive *archive;
	const struct import_options *options;
	struct import_counts *counts;
	struct diags *diags;
	struct seen threads; /* owned; stored ones by venue and id, under --whole */
};

struct importer {
	const char *name;    /* "stackexchange" */
	const char *reads;   /* one line for help: "folders of the data dump" */
	/* Of a file that it may be, in a folder: ".json .jsonl"; others there are left
	 * alone, and endings .gz and .zst are looked behind.  NULL: a folder is given to
	 * read() as it is. */
	const char *endings;
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

/* The name under which the command line asks for that. */
#define IMPORTER_ANY "auto"
/*
 * The format that all operands are of, by their first bytes; NULL with diagnostics
 * when that isn't clear.
 */
const struct importer *importer_sniff(char **operands, size_t n, struct diags *diags);

/*
 * Reads all that the operands name in one transaction: all of it or nothing.  An
 * operand is a file, a folder (the files below it), a pattern of glob(7) when there is
 * no such file, or "-" for standard input.
 */
int import_run(struct archive *a, const struct importer *how, char **operands, size_t n,
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
static inline void import_skip(struct import *in, enum import_skip why)
{
	in->counts->skipped[why]++;
}
/*
 * Stores a thread (sorted here) and counts what that did.  It isn't taken for complete
 * under --partial, or after a bad record was skipped: nothing follows from what an
 * export lacks.
 */
int import_thread(struct import *in, struct thread *thread,
		  const struct archive_put *how);
/* The same of a product. */
int import_product(struct import *in, struct product *product,
		   enum archive_change *change);
/*
 * What to do about one bad record, whose mistakes are in bad (emptied here):
 * under keep_going one warning and a count, else the mistakes stand.  0 to go
 * on, -1 when there are too many to be worth it.
 */
int import_bad_record(struct import *in, struct place where, struct diags *bad);
/*
 * Marks as gone what the archive has of the venue and a complete export of it
 * doesn't: threads for which gone() says so.  Under --whole import_run() does so by
 * itself.
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
