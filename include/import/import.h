#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include "archive/archive.h"
#include "base/diag.h"

/*
 * Importers: one file per format, one row in the table.  An importer reads an
 * export, streaming, and hands venues, products and threads to the archive
 * inside the transaction that import_run() opened.
 */
struct import_options {
	const char *venue;   /* --venue SLUG, or NULL */
	const char *url;     /* --url, or NULL */
	const char *name;    /* --name, or NULL: the slug */
	const char *licence; /* --licence, or NULL */
	bool own;            /* --own */
	bool keep_going;     /* --keep-going: bad records are counted, not fatal */
	int64_t now;         /* becomes `fetched` where the export says nothing */
};

struct import_counts {
	uint64_t threads_new, threads_changed, threads_same;
	uint64_t posts;     /* read */
	uint64_t refused;   /* tombstoned */
	uint64_t skipped;   /* bad records under keep_going */
};

struct importer {
	const char *name;    /* "stackexchange" */
	const char *reads;   /* one line for help: "a folder of the data dump" */
	/* How sure this format is of the file that begins with head: 0 to 100. */
	int (*sniff)(const char *path, struct str head);
	int (*read)(struct archive *a, const char *path, const struct import_options *o,
		    struct import_counts *counts, struct diags *diags);
};

extern const struct importer *const importers[]; /* NULL-terminated, by name */
const struct importer *importer_find(const char *name);

/* Reads all paths in one transaction: all of them or none. */
int import_run(struct archive *a, const struct importer *how, char **paths, size_t n,
	       const struct import_options *o, struct import_counts *counts,
	       struct diags *diags);

/* The archive as JSON Lines in canonical order, to out. */
struct jsonl_sink {
	int (*line)(void *ctx, struct str line); /* -1 stops */
	void *ctx;
};
int export_jsonl(struct archive *a, const struct jsonl_sink *sink, struct diags *diags);

#endif
