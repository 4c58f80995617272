/*
 * Opening an archive: is it the file that is meant, is it candor's, can it be
 * read as it lies there.  Nothing is believed before all of that is known.
 */
#include "archive/handle.h"
#include "archive/schema.h"

#include "base/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Places in SQLite's file header ("The Database Header", fileformat2.html). */
enum { WRITE_VERSION = 18, READ_VERSION, COUNTER = 24, ENCODING = 56, USER_VERSION = 60,
       APPLICATION_ID = 68 };
enum { UTF8 = 1, WAL = 2 };

static uint32_t big_endian(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* --- The path --- */

/* The path with its folders resolved and its last part as it is; owned, NULL
 * when the folder isn't there. */
static char *resolve(const char *path, struct diags *diags)
{
	const char *slash = strrchr(path, '/');
	const char *last = slash ? slash + 1 : path;
	struct buf out = BUF_INIT;
	char *folder, *real;

	folder = !slash	       ? xstrdup(".")
		 : slash == path ? xstrdup("/")
				 : xmemdup0(path, (size_t)(slash - path));
	real = realpath(folder, NULL);
	if (!real) {
		diag_errno(diags, DIAG_NOT_FOUND, place_file(path), "no folder '%s'", folder);
		free(folder);
		return NULL;
	}
	buf_addf(&out, "%s/%s", strcmp(real, "/") ? real : "", last);
	free(real);
	free(folder);
	return buf_detach(&out);
}

/* Whether something other than an empty file lies at file plus suffix. */
static bool beside(const char *file, const char *suffix)
{
	struct buf path = BUF_INIT;
	struct stat st;
	bool there;

	buf_addf(&path, "%s%s", file, suffix);
	there = lstat(path.p, &st) == 0 && st.st_size > 0;
	buf_release(&path);
	return there;
}

static int refuse_wal(const char *name, const char *problem, struct diags *diags)
{
	diag_add(diags, DIAG_ARCHIVE_WAL, place_file(name), "%s", problem);
	diag_hint(diags, "convert it: sqlite3 '%s' 'PRAGMA journal_mode = DELETE'", name);
	return -1;
}

static int check_path(struct archive *a, struct diags *diags)
{
	struct place where = place_file(a->name);
	struct stat st;

	if (lstat(a->file, &st) < 0) {
		if (errno != ENOENT)
			return diag_errno(diags, DIAG_UNREADABLE, where, "can't be read");
		a->made = a->mode == ARCHIVE_CREATE;
		if (a->made)
			return 0;
		diag_add(diags, DIAG_NOT_FOUND, where, "there is no such archive");
		diag_hint(diags, "'candor import' makes one");
		return -1;
	}
	if (S_ISLNK(st.st_mode)) {
		diag_add(diags, DIAG_ARCHIVE_LINK, where, "the archive is a symbolic link");
		diag_hint(diags, "name the file itself; a link among its folders is fine");
		return -1;
	}
	if (!S_ISREG(st.st_mode))
		return diag_add(diags, DIAG_UNREADABLE, where, "not a file but a %s",
				S_ISDIR(st.st_mode) ? "folder" : "device or the like");
	if (beside(a->file, "-wal"))
		return refuse_wal(a->name, "a write-ahead log lies beside the archive", diags);
	return 0;
}

/*
 * A journal beside the file may belong to a writer at work, or to one that
 * was killed: then a reader without the right to write couldn't read at all.
 * Reading once through a connection that may write lets SQLite decide, and
 * roll back what was left half-done.
 */
static int settle_journal(const struct archive *a, struct diags *diags)
{
	struct db *db;
	int status;

	if (!beside(a->file, "-journal"))
		return 0;
	if (db_open(&db, a->file, a->name, DB_WRITE, diags) < 0)
		return -1;
	status = db_exec(db, "SELECT 1 FROM sqlite_schema LIMIT 1", diags);
	if (status < 0)
		diag_hint(diags, "an interrupted write must be rolled back first, where "
				 "'%s' and its folder may be written", a->name);
	db_close(db);
	return status;
}

/* --- The header --- */

static int foreign(const struct archive *a, const char *problem, struct diags *diags)
{
	return diag_add(diags, DIAG_ARCHIVE_FOREIGN, place_file(a->name),
			"not an archive of candor's: %s", problem);
}

static int check_header(struct archive *a, const struct db_header *h,
			struct diags *diags)
{
	static const char magic[16] = "SQLite format 3";

	if (h->size == 0)
		return foreign(a, "the file is empty", diags);
	if (memcmp(h->bytes, magic, sizeof(magic)))
		return foreign(a, "no SQLite database", diags);
	if (big_endian(h->bytes + APPLICATION_ID) != SCHEMA_APPLICATION_ID)
		return foreign(a, "a database of another program", diags);
	if (h->bytes[WRITE_VERSION] == WAL || h->bytes[READ_VERSION] == WAL)
		return refuse_wal(a->name, "the archive is in WAL mode", diags);
	if (h->bytes[ENCODING + 3] != UTF8)
		return diag_add(diags, DIAG_ARCHIVE_DAMAGED, place_file(a->name),
				"the texts in it aren't UTF-8");
	return 0;
}

/* Takes the read lock of the transaction that was begun: from here on the file
 * stays as it is. */
static int lock_header(struct archive *a, struct db_header *h, struct diags *diags)
{
	return db_exec(a->db, "SELECT 1 FROM sqlite_schema LIMIT 1", diags) < 0 ||
			       db_header(a->db, h, diags) < 0
		       ? -1
		       : check_header(a, h, diags);
}

static int check_version(struct archive *a, int version, struct diags *diags)
{
	struct place where = place_file(a->name);

	if (version == SCHEMA_VERSION)
		return 0;
	if (version > SCHEMA_VERSION) {
		diag_add(diags, DIAG_ARCHIVE_FUTURE, where,
			 "schema version %d; this candor knows %d", version, SCHEMA_VERSION);
		diag_hint(diags, "a newer candor wrote it: use that one");
		return -1;
	}
	if (version < 1)
		return diag_add(diags, DIAG_ARCHIVE_DAMAGED, where,
				"schema version %d never was", version);
	diag_add(diags, DIAG_ARCHIVE_OLD, where, "schema version %d; this candor reads %d",
		 version, SCHEMA_VERSION);
	diag_hint(diags, "every command that writes migrates it: candor import "
			 "--archive '%s' jsonl /dev/null", a->name);
	return -1;
}

int archive_read_counter(struct archive *a, struct diags *diags)
{
	struct db_header h;

	if (db_header(a->db, &h, diags) < 0)
		return -1;
	a->counter = big_endian(h.bytes + COUNTER);
	return 0;
}

/* --- The three modes --- */

static int enter_read(struct archive *a, struct diags *diags)
{
	struct db_header h;

	if (db_exec(a->db, "BEGIN", diags) < 0 || lock_header(a, &h, diags) < 0 ||
	    check_version(a, (int)big_endian(h.bytes + USER_VERSION), diags) < 0)
		return -1;
	return schema_compare(a->db, diags);
}

static int create(struct archive *a, struct diags *diags)
{
	struct db_header h;

	if (db_exec(a->db, "BEGIN IMMEDIATE", diags) < 0 ||
	    db_header(a->db, &h, diags) < 0)
		return -1;
	/* Another program may have been faster. */
	if (h.size > 0) {
		db_rollback(a->db);
		return 0;
	}
	if (schema_create(a->db, diags) < 0 ||
	    db_exec(a->db, "INSERT INTO tombstone_key VALUES (1, randomblob(32))", diags) < 0)
		return -1;
	return db_exec(a->db, "COMMIT", diags);
}

static int enter_write(struct archive *a, struct diags *diags)
{
	struct db_header h;
	int version;

	if (db_exec(a->db, "BEGIN IMMEDIATE", diags) < 0 || lock_header(a, &h, diags) < 0)
		return -1;
	version = (int)big_endian(h.bytes + USER_VERSION);
	if (version >= 1 && version < SCHEMA_VERSION &&
	    schema_migrate(a->db, version, diags) < 0)
		return -1;
	if (version < 1 || version > SCHEMA_VERSION)
		return check_version(a, version, diags);
	if (schema_compare(a->db, diags) < 0)
		return -1;
	return db_exec(a->db, "COMMIT", diags);
}

static int open_checked(struct archive *a, bool patient, struct diags *diags)
{
	static const enum db_mode modes[] = {
		[ARCHIVE_READ] = DB_READ,
		[ARCHIVE_WRITE] = DB_WRITE,
		[ARCHIVE_CREATE] = DB_CREATE,
	};
	struct db_header h;

	if (a->mode == ARCHIVE_READ && settle_journal(a, diags) < 0)
		return -1;
	if (db_open(&a->db, a->file, a->name, modes[a->mode], diags) < 0)
		return -1;
	if (!patient)
		db_wait_for_nobody(a->db);
	if (db_header(a->db, &h, diags) < 0)
		return -1;
	if (a->mode == ARCHIVE_CREATE && h.size == 0) {
		if (create(a, diags) < 0 || db_header(a->db, &h, diags) < 0)
			return -1;
	}
	/* Before SQLite reads a byte, so that it never starts on a WAL. */
	if (check_header(a, &h, diags) < 0 || db_prepare(a->db, diags) < 0)
		return -1;
	if ((a->mode == ARCHIVE_READ ? enter_read : enter_write)(a, diags) < 0)
		return -1;
	return archive_read_counter(a, diags);
}

int archive_open(struct archive **out, const char *path, enum archive_mode mode,
		 struct diags *diags)
{
	struct archive *a = xcalloc(1, sizeof(*a));

	*out = NULL;
	a->mode = mode == ARCHIVE_TRY ? ARCHIVE_READ : mode;
	a->name = xstrdup(path);
	a->file = resolve(path, diags);
	if (!a->file || check_path(a, diags) < 0 ||
	    open_checked(a, mode != ARCHIVE_TRY, diags) < 0) {
		archive_discard(a);
		return -1;
	}
	*out = a;
	return 0;
}

int archive_open_again(struct archive **out, const struct archive *first,
		       struct diags *diags)
{
	invariant(first->mode == ARCHIVE_READ);
	if (archive_open(out, first->name, ARCHIVE_READ, diags) < 0)
		return -1;
	if ((*out)->counter == first->counter && !strcmp((*out)->file, first->file) &&
	    !db_was_moved(first->db) && !db_was_moved((*out)->db))
		return 0;
	archive_close(*out);
	*out = NULL;
	diag_add(diags, DIAG_LOCKED, place_file(first->name),
		 "the archive was replaced while it was being read");
	diag_hint(diags, "run the command again");
	return -1;
}

/* Nobody has committed more than the schema.  The lock keeps others out until
 * the file is gone; whoever waits for it then finds that it was moved. */
static bool is_empty(struct archive *a)
{
	struct diags unsaid = DIAGS_INIT;
	struct stat st;
	bool empty;

	if (!a->db)
		return lstat(a->file, &st) == 0 && st.st_size == 0;
	db_rollback(a->db);
	empty = db_exec(a->db, "BEGIN EXCLUSIVE", &unsaid) == 0 &&
		archive_read_counter(a, &unsaid) == 0 && a->counter <= 1;
	diags_release(&unsaid);
	return empty;
}

void archive_discard(struct archive *a)
{
	if (a->made && is_empty(a))
		unlink(a->file);
	archive_close(a);
}

void archive_close(struct archive *a)
{
	if (!a)
		return;
	if (a->db)
		db_rollback(a->db);
	db_close(a->db);
	arena_release(&a->scratch);
	archive_scrub_drop(a);
	free(a->keys);
	free(a->name);
	free(a->file);
	free(a);
}

const char *archive_path(const struct archive *a)
{
	return a->name;
}

uint32_t archive_change_counter(const struct archive *a)
{
	return a->counter;
}
