#ifndef IMPORT_JSONFILES_H
#define IMPORT_JSONFILES_H

#include "base/arena.h"
#include "base/json.h"
#include "import/import.h"
#include "import/jsonstream.h"

/*
 * Exports in JSON: each value of each file (import/jsonstream.h), parsed.  A file that
 * ends early or isn't JSON is a bad record like any other, and so is what fn finds.
 */
struct json_record {
	const char *path;   /* as the caller has it; lives as long as the run */
	const char *list;   /* of whose items it is one, or NULL */
	const struct json *value;
	struct str text;    /* the same as it stands in the file */
	struct place where; /* its first line */
	const struct jsonstream *stream; /* for jsonstream_head() */
	struct arena *arena; /* of this record: the value is in it */
	struct diags *bad;  /* the record's mistakes */
};

/* fn returns 0 to go on, with mistakes in bad or without; -1 (with a diagnostic in the
 * import's) stops.  0, or -1. */
int jsonfiles_read(struct import *in, char **paths, size_t n, const char *const *lists,
		   int (*fn)(void *ctx, const struct json_record *record), void *ctx);

#endif
