#ifndef ARCHIVE_SCHEMA_H
#define ARCHIVE_SCHEMA_H

#include "archive/db.h"

/*
 * The schema of the archive: its tables, indexes and triggers as SQL, how a
 * file is recognised, and how an older one becomes the present one.  For the
 * archive's own files.  candor-archive(5) prints the same text.
 */
enum {
	SCHEMA_APPLICATION_ID = 0x43616e64, /* "Cand" */
	SCHEMA_VERSION = 2
};

/* One CREATE statement, exactly as sqlite_schema keeps it. */
struct schema_object {
	const char *name, *sql;
};
extern const struct schema_object schema_objects[]; /* ended by a NULL name */

/* Fills an empty file; inside the caller's transaction. */
int schema_create(struct db *db, struct diags *diags);
/*
 * Whether the file holds this schema and nothing else: every object must be
 * there with the same text, beside it only SQLite's own indexes and
 * statistics.  What differs is archive-damaged.
 */
int schema_compare(struct db *db, struct diags *diags);

/*
 * Brings an older version, from 1, to the present one in one step: the rows
 * move into new tables, and what stands beside ours is left for
 * schema_compare() to refuse.  Inside the caller's transaction; needs as much
 * room again as the file has.
 */
int schema_migrate(struct db *db, int from, struct diags *diags);
/* What schema_create() does in two steps. */
int schema_create_tables(struct db *db, struct diags *diags);
int schema_create_rest(struct db *db, struct diags *diags); /* sets the version */

#endif
