#ifndef IMPORT_CSVMAP_H
#define IMPORT_CSVMAP_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/fields.h"
#include "base/source.h"
#include "text/body.h"

#include <stdbool.h>

/*
 * What the columns of a table mean: the file of `candor import csv --map FILE`, which
 * candor-archive(5) describes.  A value is made of columns and of text between them.
 */
enum { CSV_TEXT_ONLY = -1 };

struct csvpart {
	struct str text; /* where column is CSV_TEXT_ONLY */
	long column;     /* index in the map's columns */
};

struct csvvalue {
	struct csvpart *parts;
	size_t n;          /* 0: not mapped */
	const char *name;  /* the column, or the key in the map: for messages */
};

struct csvflag {
	struct csvvalue value;
	struct strs yes;   /* what means so; none: the usual words */
};

struct csvlist {
	struct csvvalue value;
	struct str split;  /* between the items */
};

struct csvauthor {
	struct csvvalue id, name, url;
	struct csvflag staff;
};

struct csvpost {
	struct csvvalue id, parent, created, edited, body, score, url, licence;
	struct csvauthor author;
	struct csvflag solves;
	int format; /* enum body_format */
};

struct csvthread {
	struct csvvalue id, url, title, updated, score, views, solved_by;
	struct csvlist tags, products;
};

struct csvcolumn {
	struct str name;
	size_t at, n; /* where the map names it first */
};

struct csvmap {
	struct source source;
	struct arena arena;   /* all below is in it */
	char separator;       /* 0: the likely one */
	struct strs dates;    /* patterns; none: csvdate_guess() */
	struct str zone;      /* or absent */
	struct csvthread thread;
	struct csvpost *posts; /* of each row */
	size_t posts_n;
	struct csvcolumn *columns; /* owned; each once */
	size_t columns_n, columns_cap;
};

/* 0, or -1 with diagnostics and nothing to release. */
int csvmap_load(struct csvmap *map, const char *path, struct diags *diags);
void csvmap_release(struct csvmap *map);
/* Where the map names the column. */
struct place csvmap_place(const struct csvmap *map, size_t column);

/* The value in a row, in the arena or one of its cells; absent when not mapped, blanks at
 * its ends gone. */
struct str csvvalue_text(const struct csvvalue *v, const struct str *cells,
			 struct arena *arena);
/* The same of ids and what is made of them: "1665.0" in a cell is 1665, as it was before a
 * spreadsheet had it.  False when one rounded it, as in 1.67E+12. */
bool csvvalue_id(const struct csvvalue *v, const struct str *cells, struct arena *arena,
		 struct str *out);
/* Whether the value is among those that mean yes. */
bool csvflag_is(const struct csvflag *f, const struct str *cells, struct arena *arena);

#endif
