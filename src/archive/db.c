/*
 * SQLite, and all of it: connections with everything switched off that a
 * hostile file could use, statements that check what they read.  What the
 * tables mean is not known here.
 */
/* long: one library, one file */
#include "archive/db.h"

#include "base/library.h"
#include "base/mem.h"
#include "base/stop.h"
#include "base/utf8.h"
#include "base/when.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>

enum {
	/* Virtual machine steps between two calls of the progress handler, and
	 * calls before a statement is given up: up to a minute of work, ten times
	 * what a scan of ten million posts takes. */
	TICK_STEPS = 1 << 20,
	TICKS_MAX = 1 << 11,
	/* Steps for reading the schema: a hundred times what ours takes.  SQLite
	 * needs a time that grows with the square of the number of tables. */
	SCHEMA_STEPS = 1 << 16,
	/* Milliseconds to wait for a lock.  Readers wait longer, so that a writer
	 * that waits for a first reader gives up before a second one does. */
	BUSY_WRITER = 5000,
	BUSY_READER = 15000,
	BUSY_LOOK = 20
};

struct query {
	struct query *next;
	struct db *db;
	const char *sql;   /* the caller's literal */
	const char *table;
	struct diags *diags;
	sqlite3_stmt *stmt;
	int bound, taken;  /* parameters and columns so far */
	bool failed;
};

struct db {
	sqlite3 *handle;
	char *name;            /* owned; as the user named it */
	struct query *queries; /* owned */
	unsigned ticks;
	int patience; /* milliseconds */
};

struct place db_place(const struct db *db)
{
	return place_file(db->name);
}

/* --- Errors --- */

static const struct {
	int code;
	enum diag_id id;
	const char *hint;
} errors[] = {
	{ SQLITE_BUSY, DIAG_LOCKED, "another program is using the archive: try again "
				    "when it is done" },
	{ SQLITE_LOCKED, DIAG_LOCKED, NULL },
	{ SQLITE_FULL, DIAG_IO, "make room on the disk; the archive is as it was before" },
	{ SQLITE_IOERR, DIAG_IO, NULL },
	{ SQLITE_READONLY, DIAG_UNREADABLE, "the archive and its folder must be writable" },
	{ SQLITE_CANTOPEN, DIAG_UNREADABLE, NULL },
	{ SQLITE_PERM, DIAG_UNREADABLE, NULL },
	{ SQLITE_AUTH, DIAG_UNREADABLE, NULL },
	{ SQLITE_TOOBIG, DIAG_TOO_LARGE, "no text may be longer than 16 MB" },
	{ SQLITE_CONSTRAINT, DIAG_BAD_VALUE, NULL },
};

static const char recover_hint[] =
	"restore it from a backup, or try: sqlite3 '%s' .recover | sqlite3 recovered.db";

static void report(struct db *db, int code, const char *message, struct diags *diags)
{
	for (size_t i = 0; i < ARRAY_LEN(errors); i++) {
		if (errors[i].code != code)
			continue;
		diag_add(diags, errors[i].id, db_place(db), "%s", message);
		if (errors[i].hint)
			diag_hint(diags, "%s", errors[i].hint);
		return;
	}
	diag_add(diags, DIAG_ARCHIVE_DAMAGED, db_place(db), "%s", message);
	diag_hint(diags, recover_hint, db->name);
}

/* table is what a query reads, else NULL. */
static int fail(struct db *db, const char *table, const char *sql, struct diags *diags)
{
	int code = sqlite3_errcode(db->handle) & 0xff;
	const char *words = sqlite3_errmsg(db->handle);
	struct buf message = BUF_INIT;

	if (code == SQLITE_NOMEM)
		die("out of memory (SQLite)");
	if (code == SQLITE_NOTADB)
		return diag_add(diags, DIAG_ARCHIVE_FOREIGN, db_place(db),
				"not an archive of candor's: no SQLite database");
	if (code == SQLITE_INTERRUPT)
		words = "reading takes far more work than an archive of any size should";
	if (table)
		buf_addf(&message, "table '%s': ", table);
	buf_addf(&message, "%s, at '%.200s'", words, sql);
	report(db, code, message.p, diags);
	buf_release(&message);
	return -1;
}

/* --- Connections --- */

static int tick(void *ctx)
{
	struct db *db = ctx;

	return ++db->ticks > TICKS_MAX || stop_asked();
}

/* As sqlite3_busy_timeout() would have it, but for who is asked to stop meanwhile. */
static int wait_for_lock(void *ctx, int times)
{
	const struct db *db = ctx;

	if (stop_asked() || times >= db->patience / BUSY_LOOK)
		return 0;
	sqlite3_sleep(BUSY_LOOK);
	return 1;
}

static int give_up(void *ctx)
{
	(void)ctx;
	return 1;
}

static const struct {
	int option, value;
} switches[] = {
	{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
	{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
	{ SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
	{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
	{ SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0 },
	{ SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0 },
	{ SQLITE_DBCONFIG_DQS_DDL, 0 },
	{ SQLITE_DBCONFIG_DQS_DML, 0 },
};

/* What the largest statement of ours needs, with room. */
static const struct {
	int limit, value;
} limits[] = {
	{ SQLITE_LIMIT_LENGTH, DB_LENGTH_MAX },
	{ SQLITE_LIMIT_SQL_LENGTH, 65536 },
	{ SQLITE_LIMIT_COLUMN, 64 },
	{ SQLITE_LIMIT_EXPR_DEPTH, 100 },
	{ SQLITE_LIMIT_COMPOUND_SELECT, 8 },
	{ SQLITE_LIMIT_VDBE_OP, 20000 },
	{ SQLITE_LIMIT_FUNCTION_ARG, 8 },
	{ SQLITE_LIMIT_ATTACHED, 0 },
	{ SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 128 },
	{ SQLITE_LIMIT_VARIABLE_NUMBER, 64 },
	{ SQLITE_LIMIT_TRIGGER_DEPTH, 8 },
	{ SQLITE_LIMIT_WORKER_THREADS, 0 },
};

/* Memory that SQLite may take in the whole process: far more than any archive
 * of ours needs, far less than what a hostile one could ask for. */
static const sqlite3_int64 heap_max = (sqlite3_int64)512 << 20;

/* SQLite reads the schema before it carries these out. */
static const char reader_pragmas[] =
	"PRAGMA query_only = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
	"PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4096";
static const char writer_pragmas[] =
	"PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
	"PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768;"
	"PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON";

static void configure(struct db *db, enum db_mode mode)
{
	sqlite3 *h = db->handle;

	for (size_t i = 0; i < ARRAY_LEN(switches); i++)
		sqlite3_db_config(h, switches[i].option, switches[i].value, NULL);
	sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_TRIGGER, mode != DB_READ, NULL);
	for (size_t i = 0; i < ARRAY_LEN(limits); i++)
		sqlite3_limit(h, limits[i].limit, limits[i].value);
	sqlite3_hard_heap_limit64(heap_max);
	db->patience = mode == DB_READ ? BUSY_READER : BUSY_WRITER;
	sqlite3_busy_handler(h, wait_for_lock, db);
}

int db_prepare(struct db *db, struct diags *diags)
{
	bool reader = sqlite3_db_readonly(db->handle, "main");
	int status;

	sqlite3_progress_handler(db->handle, SCHEMA_STEPS, give_up, NULL);
	status = db_exec(db, reader ? reader_pragmas : writer_pragmas, diags);
	sqlite3_progress_handler(db->handle, TICK_STEPS, tick, db);
	return status;
}

int db_open(struct db **out, const char *file, const char *name, enum db_mode mode,
	    struct diags *diags)
{
	static const int flags[] = {
		[DB_READ] = SQLITE_OPEN_READONLY,
		[DB_WRITE] = SQLITE_OPEN_READWRITE,
		[DB_CREATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
	};
	struct db *db = xcalloc(1, sizeof(*db));
	int status;

	*out = NULL;
	db->name = xstrdup(name);
	/* An absolute path begins with '/', so it is never taken for a URI. */
	invariant(file[0] == '/');
	status = sqlite3_open_v2(file, &db->handle,
				 flags[mode] | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW,
				 NULL);
	if (!db->handle)
		die("out of memory (SQLite)");
	if (status != SQLITE_OK) {
		errno = sqlite3_system_errno(db->handle);
		if (errno)
			diag_errno(diags, DIAG_UNREADABLE, db_place(db), "can't be opened");
		else
			fail(db, NULL, "open", diags);
		db_close(db);
		return -1;
	}
	configure(db, mode);
	*out = db;
	return 0;
}

void db_wait_for_nobody(struct db *db)
{
	sqlite3_busy_timeout(db->handle, 0);
}

void db_close(struct db *db)
{
	if (!db)
		return;
	while (db->queries) {
		struct query *q = db->queries;

		db->queries = q->next;
		sqlite3_finalize(q->stmt);
		free(q);
	}
	sqlite3_close(db->handle);
	free(db->name);
	free(db);
}

static sqlite3_file *file_of(struct db *db)
{
	sqlite3_file *file = NULL;

	sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
	return file && file->pMethods ? file : NULL;
}

int db_header(struct db *db, struct db_header *out, struct diags *diags)
{
	sqlite3_file *file = file_of(db);
	sqlite3_int64 size = 0;
	int status = SQLITE_IOERR;

	*out = (struct db_header){ 0 };
	if (file)
		status = file->pMethods->xFileSize(file, &size);
	if (status == SQLITE_OK && size > 0)
		status = file->pMethods->xRead(file, out->bytes, DB_HEADER_SIZE, 0);
	out->size = size;
	if (status != SQLITE_OK && status != SQLITE_IOERR_SHORT_READ)
		return diag_add(diags, DIAG_IO, db_place(db), "can't be read: %s",
				sqlite3_errstr(status));
	return 0;
}

bool db_was_moved(struct db *db)
{
	int moved = 0;

	sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
	return moved;
}

int db_exec(struct db *db, const char *sql, struct diags *diags)
{
	db->ticks = 0;
	return sqlite3_exec(db->handle, sql, NULL, NULL, NULL) == SQLITE_OK
		       ? 0
		       : fail(db, NULL, sql, diags);
}

/* It attaches its temporary file, which must not be in memory. */
int db_vacuum(struct db *db, struct diags *diags)
{
	int status;

	sqlite3_limit(db->handle, SQLITE_LIMIT_ATTACHED, 1);
	status = db_exec(db, "PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY",
			 diags);
	sqlite3_limit(db->handle, SQLITE_LIMIT_ATTACHED, 0);
	return status;
}

void db_rollback(struct db *db)
{
	for (struct query *q = db->queries; q; q = q->next)
		sqlite3_reset(q->stmt);
	if (!sqlite3_get_autocommit(db->handle))
		sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
}

bool db_in_transaction(const struct db *db)
{
	return !sqlite3_get_autocommit(db->handle);
}

int64_t db_last_row(const struct db *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}

int64_t db_changes(const struct db *db)
{
	return sqlite3_changes64(db->handle);
}

/* --- Statements --- */

static struct query *prepare(struct db *db, const char *table, const char *sql,
			     struct diags *diags)
{
	struct query *q;
	sqlite3_stmt *stmt;

	if (sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt,
			       NULL) != SQLITE_OK) {
		fail(db, table, sql, diags);
		return NULL;
	}
	q = xcalloc(1, sizeof(*q));
	*q = (struct query){ .next = db->queries, .db = db, .sql = sql, .stmt = stmt };
	db->queries = q;
	return q;
}

struct query *db_query(struct db *db, const char *table, const char *sql,
		       struct diags *diags)
{
	struct query *q = db->queries;

	while (q && q->sql != sql)
		q = q->next;
	if (!q)
		q = prepare(db, table, sql, diags);
	if (!q)
		return NULL;
	sqlite3_reset(q->stmt);
	sqlite3_clear_bindings(q->stmt);
	q->table = table;
	q->diags = diags;
	q->bound = q->taken = 0;
	q->failed = false;
	db->ticks = 0;
	return q;
}

void query_bind_int(struct query *q, int64_t v)
{
	if (!q)
		return;
	q->bound++;
	/* It stands for what isn't known, and couldn't be read again. */
	if (v == INT64_MIN && !q->failed) {
		diag_add(q->diags, DIAG_BAD_VALUE, db_place(q->db),
			 "a number below %lld", (long long)-INT64_MAX);
		q->failed = true;
	}
	if (!q->failed)
		sqlite3_bind_int64(q->stmt, q->bound, v);
}

void query_bind_unless(struct query *q, int64_t v, int64_t none)
{
	if (q && v == none)
		q->bound++;
	else
		query_bind_int(q, v);
}

/* What couldn't be read again is never written. */
static bool text_ok(struct str s)
{
	return !s.n || (!memchr(s.p, 0, s.n) && utf8_valid(s));
}

void query_bind_text(struct query *q, struct str s)
{
	if (!q)
		return;
	q->bound++;
	if (!str_present(s))
		return;
	if (s.n > DB_LENGTH_MAX && !q->failed) {
		diag_add(q->diags, DIAG_TOO_LARGE, db_place(q->db),
			 "a text of %zu bytes is longer than the %d that the archive takes",
			 s.n, DB_LENGTH_MAX);
		q->failed = true;
	} else if (!text_ok(s) && !q->failed) {
		diag_add(q->diags, DIAG_BAD_UTF8, db_place(q->db),
			 "text with a NUL byte or broken UTF-8: '%.*s'",
			 s.n < 60 ? (int)s.n : 60, s.p);
		q->failed = true;
	}
	if (!q->failed)
		sqlite3_bind_text64(q->stmt, q->bound, s.p, s.n, SQLITE_STATIC,
				    SQLITE_UTF8);
}

void query_bind_optional(struct query *q, struct str s)
{
	query_bind_text(q, s.n ? s : STR_NONE);
}

void query_bind_blob(struct query *q, const void *p, size_t n)
{
	if (!q)
		return;
	q->bound++;
	if (p)
		sqlite3_bind_blob64(q->stmt, q->bound, p, n, SQLITE_STATIC);
}

int query_step(struct query *q)
{
	int status;

	if (!q)
		return -1;
	if (q->failed || stop_asked()) {
		sqlite3_reset(q->stmt);
		return -1;
	}
	q->taken = 0;
	status = sqlite3_step(q->stmt);
	if (status == SQLITE_ROW)
		return 1;
	if (status != SQLITE_DONE) {
		fail(q->db, q->table, q->sql, q->diags);
		q->failed = true;
	}
	sqlite3_reset(q->stmt);
	return status == SQLITE_DONE ? 0 : -1;
}

int query_run(struct query *q)
{
	int status = query_step(q);

	invariant(status != 1);
	return status;
}

void query_end(struct query *q)
{
	if (q)
		sqlite3_reset(q->stmt);
}

/* --- Columns --- */

int query_damaged(struct query *q, const char *fmt, ...)
{
	struct buf message = BUF_INIT;
	va_list ap;

	if (q->failed)
		return -1;
	q->failed = true;
	buf_addf(&message, "table '%s', row %lld: ", q->table,
		 (long long)sqlite3_column_int64(q->stmt, 0));
	va_start(ap, fmt);
	buf_vaddf(&message, fmt, ap);
	va_end(ap);
	diag_add(q->diags, DIAG_ARCHIVE_DAMAGED, db_place(q->db), "%s", message.p);
	diag_hint(q->diags, "mend the row with sqlite3 '%s', or restore the archive from "
			    "a backup", q->db->name);
	buf_release(&message);
	return -1;
}

bool query_failed(struct query *q)
{
	if (q->failed)
		sqlite3_reset(q->stmt);
	return q->failed;
}

static void bad_column(struct query *q, int column, const char *problem)
{
	query_damaged(q, "'%s' %s", sqlite3_column_name(q->stmt, column), problem);
}

/*
 * The next column if it has the type, else NULL; SQL's NULL is silent when
 * optional.  Such a value is "unprotected": as good as any other while only one
 * thread uses the connection, and a third cheaper to take apart.
 */
static sqlite3_value *take(struct query *q, int type, bool optional)
{
	int column = q->taken++;
	sqlite3_value *value = sqlite3_column_value(q->stmt, column);
	int found = sqlite3_value_type(value);

	if (found == type)
		return value;
	if (found == SQLITE_NULL && optional)
		return NULL;
	bad_column(q, column,
		   found == SQLITE_NULL	     ? "is missing"
		   : type == SQLITE_INTEGER ? "is not an integer"
		   : type == SQLITE_TEXT    ? "is not text"
					    : "is not a blob");
	return NULL;
}

static int64_t take_int(struct query *q, int64_t min, int64_t max, bool optional,
			int64_t none, const char *problem)
{
	sqlite3_value *value = take(q, SQLITE_INTEGER, optional);
	int64_t v;

	if (!value)
		return none;
	v = sqlite3_value_int64(value);
	if (v >= min && v <= max)
		return v;
	bad_column(q, q->taken - 1, problem);
	return none;
}

static const char no_row[] = "is not the id of a row";
static const char no_time[] = "is not a time between the years 1 and 9999";

int64_t query_id(struct query *q)
{
	return take_int(q, 1, INT64_MAX, false, 0, no_row);
}

int64_t query_row(struct query *q)
{
	int got = query_step(q);
	int64_t row;

	if (got != 1)
		return got;
	row = query_id(q);
	if (query_failed(q))
		return -1;
	query_end(q);
	return row;
}

int64_t query_id_or_zero(struct query *q)
{
	return take_int(q, 1, INT64_MAX, true, 0, no_row);
}

int64_t query_int(struct query *q)
{
	return take_int(q, -INT64_MAX, INT64_MAX, false, 0, "is out of range");
}

int64_t query_int_or(struct query *q, int64_t none)
{
	return take_int(q, -INT64_MAX, INT64_MAX, true, none, "is out of range");
}

int64_t query_time(struct query *q)
{
	return take_int(q, WHEN_MIN, WHEN_MAX, false, 0, no_time);
}

int64_t query_time_or_none(struct query *q)
{
	return take_int(q, WHEN_MIN, WHEN_MAX, true, WHEN_NONE, no_time);
}

bool query_bool(struct query *q)
{
	return take_int(q, 0, 1, false, 0, "is neither 0 nor 1");
}

static struct str take_text(struct query *q, bool optional)
{
	sqlite3_value *value = take(q, SQLITE_TEXT, optional);
	struct str s;

	if (!value)
		return STR_NONE;
	s.p = (const char *)sqlite3_value_text(value);
	s.n = (size_t)sqlite3_value_bytes(value);
	if (!s.p)
		die("out of memory (SQLite)");
	if (text_ok(s))
		return s;
	bad_column(q, q->taken - 1, "holds a NUL byte or broken UTF-8");
	return STR_NONE;
}

struct str query_text(struct query *q)
{
	return take_text(q, false);
}

struct str query_name(struct query *q)
{
	struct str s = take_text(q, false);

	if (str_present(s) && !s.n)
		bad_column(q, q->taken - 1, "is empty");
	return s;
}

struct str query_optional(struct query *q)
{
	struct str s = take_text(q, true);

	return s.n ? s : STR_NONE;
}

struct str query_language(struct query *q)
{
	int column = q->taken;
	struct str tag = query_optional(q);

	if (str_present(tag) && !str_is_language(tag))
		bad_column(q, column, "is no language tag");
	return tag;
}

int query_enum(struct query *q, const char *const *names)
{
	int column = q->taken;
	struct str s = query_text(q);

	for (int i = 0; names[i]; i++)
		if (str_is(s, names[i]))
			return i;
	bad_column(q, column, "is none of the words that it may be");
	return 0;
}

const unsigned char *query_blob(struct query *q, size_t n)
{
	sqlite3_value *value = take(q, SQLITE_BLOB, true);

	if (!value)
		return NULL;
	if ((size_t)sqlite3_value_bytes(value) == n)
		return sqlite3_value_blob(value);
	bad_column(q, q->taken - 1, "has the wrong length");
	return NULL;
}

void library_sqlite(struct buf *out)
{
	buf_adds(out, sqlite3_libversion());
}
