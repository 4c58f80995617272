#ifndef IMPORT_LINES_H
#define IMPORT_LINES_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/instream.h"

#include <stdbool.h>

/*
 * A file line by line, streaming (base/instream.h).  A UTF-8 BOM is taken off, the
 * encoding is not checked.
 */
struct lines {
	struct instream in;
	struct buf buf;       /* owned */
	size_t at;            /* the next line's first byte in buf */
	unsigned long number; /* of the line last given, from 1 */
	bool ended;
};

enum { LINE_MAX_MB = 64 };

/* 0, or -1 with a diagnostic; then there is nothing to release. */
int lines_open(struct lines *l, const char *path, struct diags *diags);
/*
 * The next line without its line feed, valid until the next call.  1; 0 at the
 * end; -1 with a diagnostic on a read error.  A line over LINE_MAX_MB comes as
 * STR_NONE, its bytes passed over.
 */
int lines_next(struct lines *l, struct str *line, struct diags *diags);
void lines_release(struct lines *l);

#endif
