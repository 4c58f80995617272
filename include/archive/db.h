#ifndef ARCHIVE_DB_H
#define ARCHIVE_DB_H

#include "base/diag.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A connection to an SQLite file that may be damaged or hostile, and prepared
 * statements on it that check what they read.  For the archive's own files;
 * nobody else includes it.  Functions return 0, or -1 with a diagnostic that
 * holds SQLite's words and the SQL.  One connection is used by one thread of
 * execution at a time: SQLite runs in its multi-thread mode, without a mutex.
 */
struct db;

enum db_mode {
	DB_READ,  /* no writing, no triggers, a small cache */
	DB_WRITE, /* the file must exist */
	DB_CREATE /* made when absent */
};

/* The longest text or row that goes in or comes out, in bytes. */
enum { DB_LENGTH_MAX = 16 << 20 };

/*
 * file is an absolute path whose folders are resolved (SQLite refuses a link
 * in it); name is what the user called it, for messages.  Nothing is read yet.
 * On failure *out is NULL.
 */
int db_open(struct db **out, const char *file, const char *name, enum db_mode mode,
	    struct diags *diags);
/* The rest of the settings, once the header is known to be a good one: from
 * here on SQLite reads. */
int db_prepare(struct db *db, struct diags *diags);
/* Another's lock is `locked` at once. */
void db_wait_for_nobody(struct db *db);
void db_close(struct db *db); /* rolls back; NULL is fine */
/* The archive as a place in messages. */
struct place db_place(const struct db *db);

/* The first bytes of the file as they stand on disk, read through SQLite's own
 * handle: an own one would drop its locks when closed. */
enum { DB_HEADER_SIZE = 100 };
struct db_header {
	int64_t size; /* of the file */
	unsigned char bytes[DB_HEADER_SIZE];
};
int db_header(struct db *db, struct db_header *out, struct diags *diags);
/* Whether the path no longer leads to the file that is open. */
bool db_was_moved(struct db *db);

/* One or several statements without results. */
int db_exec(struct db *db, const char *sql, struct diags *diags);
/* VACUUM: the file written anew, by way of a temporary one. */
int db_vacuum(struct db *db, struct diags *diags);
/* Leaves a transaction, if there is one. */
void db_rollback(struct db *db);
/* SQLite leaves it by itself when the disk is full. */
bool db_in_transaction(const struct db *db);
int64_t db_last_row(const struct db *db);
/* Rows that the last statement changed, triggers not counted. */
int64_t db_changes(const struct db *db);

/*
 * A prepared statement, owned by its connection and prepared once.  sql is a
 * string literal: it is known by its address.  table names what the rows are
 * in messages; then column 0 must be the row's id.  Any earlier run of the
 * same statement is over.  NULL with a diagnostic on failure.  Diagnostics of
 * the run go to diags.
 *
 *	q = db_query(db, "post", "SELECT id, body FROM post WHERE ...", diags);
 *	query_bind_int(q, thread);
 *	while ((got = query_step(q)) == 1) {
 *		id = query_id(q);
 *		body = query_text(q);
 *		if (query_failed(q))
 *			break;
 *	}
 *
 * NULL may be bound to and stepped, so that one check after query_step() is
 * enough.
 */
struct query;
struct query *db_query(struct db *db, const char *table, const char *sql,
		       struct diags *diags);

/* Parameters, from the first to the last.  Texts are borrowed until the run
 * ends; an absent one is NULL, and so is an empty one with bind_optional. */
void query_bind_int(struct query *q, int64_t v);
void query_bind_unless(struct query *q, int64_t v, int64_t none); /* NULL if equal */
void query_bind_text(struct query *q, struct str s);
void query_bind_optional(struct query *q, struct str s);
void query_bind_blob(struct query *q, const void *p, size_t n); /* p NULL: NULL */

/* 1: a row; 0: no more, the run is over; -1: failed, the run is over. */
int query_step(struct query *q);
/* Runs a statement that returns no row. */
int query_run(struct query *q);
/* The id in the first row, for a statement that finds one at most: 0 when it
 * finds none, -1 on failure; the run is over. */
int64_t query_row(struct query *q);
/* Ends a run early. */
void query_end(struct query *q);

/*
 * The row's columns, from the left; strings are valid until the next step.
 * What isn't as it must be (type, range, UTF-8, NUL bytes) is archive-damaged
 * with table and row, once per run, and comes back as 0 or as absent.
 */
int64_t query_id(struct query *q); /* at least 1 */
int64_t query_id_or_zero(struct query *q);
int64_t query_int(struct query *q);
int64_t query_int_or(struct query *q, int64_t none);
int64_t query_time(struct query *q);
int64_t query_time_or_none(struct query *q); /* WHEN_NONE */
bool query_bool(struct query *q);
struct str query_text(struct query *q);
struct str query_name(struct query *q); /* not empty */
struct str query_optional(struct query *q);
struct str query_language(struct query *q); /* a BCP 47 tag; may be absent */
/* The index in names (NULL-terminated). */
int query_enum(struct query *q, const char *const *names);
/* n bytes, or NULL. */
const unsigned char *query_blob(struct query *q, size_t n);
/* Says that the row is damaged for another reason; -1.  The message goes on
 * behind "table 'post', row 17: ". */
int query_damaged(struct query *q, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Ends the run when something in the row was damaged. */
bool query_failed(struct query *q);

#endif
