#ifndef IMPORT_CSVREAD_H
#define IMPORT_CSVREAD_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/instream.h"

#include <stdbool.h>

/*
 * A table as spreadsheets and databases write it (RFC 4180), row by row: the first
 * row names the columns.  Separators other than the comma, line ends with and
 * without CR, and a UTF-8 BOM are understood; lines with nothing in them are passed
 * over.  A field in quotes holds anything, line ends too, and a quote as two; quotes
 * further on in a field are text.  The encoding is UTF-8.
 */
enum { CSV_ROW_MAX_MB = 64 };

struct csvrow {
	const struct str *fields; /* valid until the next call; each ends with a NUL */
	size_t n;                 /* as many as there are columns */
	struct place where;       /* its first line */
};

struct csvread {
	struct instream in;
	char separator;
	struct str *names;    /* in the arena, ending with a NUL each: the columns */
	size_t names_n;
	struct arena arena;
	struct buf block;     /* owned; read from in */
	size_t at;            /* the next byte of the block */
	bool ended;
	bool wrong;           /* the row at hand is */
	unsigned long line;   /* of that byte, from 1 */
	struct buf text;      /* owned; the fields of the row, a NUL behind each */
	size_t *ends;         /* owned; where in text each ends */
	size_t n, cap;
	struct str *fields;   /* owned */
	size_t fields_cap;
};

/* Reads the first row.  separator 0: the one of , ; tab | that is most often in it.
 * 0, or -1 with a diagnostic; then there is nothing to release. */
int csvread_open(struct csvread *r, const char *path, char separator,
		 struct diags *diags);
/*
 * The next row.  1, and then a row that is wrong in itself has left a diagnostic and
 * has no fields: the next one may be read; 0 at the end; -1 with a diagnostic: the
 * rest of the file can't be read.
 */
int csvread_next(struct csvread *r, struct csvrow *row, struct diags *diags);
/* The first column of that name, or -1. */
long csvread_find(const struct csvread *r, struct str name);
/* The same; when there is none, or more than one, a diagnostic at where. */
long csvread_column(const struct csvread *r, struct str name, struct place where,
		    struct diags *diags);
void csvread_release(struct csvread *r);

#endif
