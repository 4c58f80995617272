#ifndef IMPORT_JSONSTREAM_H
#define IMPORT_JSONSTREAM_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/instream.h"

#include <stdbool.h>

/*
 * The values of a JSON file of any size, one at a time, as text for json_parse():
 * only one is in memory.  Given are
 *   - each document of a file that holds one, or several behind each other (JSON
 *     Lines, RFC 7464's sequences);
 *   - of a document that is a list, its items;
 *   - of a document that is an object, the items of the lists that the caller names,
 *     and at its end what the object holds beside them.
 * Only brackets and strings are looked at here, for where a value ends; what is
 * between them is json_parse()'s.  A UTF-8 BOM is taken off.
 */
enum { JSONSTREAM_MAX_MB = 64 }; /* of a value */

struct jsonitem {
	const char *list; /* of whose items it is one, as the caller named it, or NULL */
	struct str text;  /* valid until the next call */
	struct place where; /* of its first byte */
};

struct jsonstream {
	struct instream in;
	const char *const *lists; /* borrowed; NULL-terminated */
	struct buf buf;      /* owned; what was read and isn't done with */
	size_t at;           /* the next byte to look at */
	size_t start;        /* of the value at hand, where keep is set */
	bool keep;
	struct buf head;     /* owned; an object's members beside the lists */
	const char *list;    /* whose items come now, and the line it began in */
	unsigned long list_line;
	enum { JSONSTREAM_TOP, JSONSTREAM_LIST, JSONSTREAM_MEMBERS } state;
	bool ended;
	unsigned long line, column; /* of the byte at `at`, from 1 */
	struct place opened; /* where the document began */
};

/* 0, or -1 with a diagnostic; then there is nothing to release. */
int jsonstream_open(struct jsonstream *s, const char *path, const char *const *lists,
		    struct diags *diags);
/* 1; 0 at the end; -1 with a diagnostic: the rest of the file can't be read. */
int jsonstream_next(struct jsonstream *s, struct jsonitem *item, struct diags *diags);
/* While an item of a named list is at hand: appends the members that came before it,
 * as an object. */
void jsonstream_head(const struct jsonstream *s, struct buf *out);
void jsonstream_release(struct jsonstream *s);

#endif
