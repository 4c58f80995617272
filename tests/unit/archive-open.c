/*
 * Which files are opened, and how the others are refused: each kind of wrong
 * file has its diagnostic; a killed writer's journal is rolled back; workers see
 * what the first reader saw.  Other schemas are archive-hostile.c's.
 */
#include "archive-fixture.h"

#include "archive/schema.h"

#include <sys/wait.h>

static void refused(const char *path, enum archive_mode mode, enum diag_id id,
		    const char *says)
{
	struct diags d = DIAGS_INIT;
	struct archive *a;

	assert_int_equal(archive_open(&a, path, mode, &d), -1);
	assert_null(a);
	one_diag(&d, id, says);
}

static void wrong_files(void **state)
{
	(void)state;
	refused("none.db", ARCHIVE_READ, DIAG_NOT_FOUND, "no such archive");
	refused("none.db", ARCHIVE_WRITE, DIAG_NOT_FOUND, "no such archive");
	refused("none/a.db", ARCHIVE_CREATE, DIAG_NOT_FOUND, "'none'");
	assert_int_equal(mkdir("folder", 0755), 0);
	refused("folder", ARCHIVE_READ, DIAG_UNREADABLE, "folder");
	refused("folder/", ARCHIVE_READ, DIAG_UNREADABLE, "folder");
	refused("", ARCHIVE_READ, DIAG_UNREADABLE, "folder");
	refused("/", ARCHIVE_READ, DIAG_UNREADABLE, "folder");
	assert_int_equal(mkfifo("fifo", 0600), 0);
	refused("fifo", ARCHIVE_READ, DIAG_UNREADABLE, "device");
	write_file("empty", "", 0);
	refused("empty", ARCHIVE_READ, DIAG_ARCHIVE_FOREIGN, "empty");
	refused("empty", ARCHIVE_WRITE, DIAG_ARCHIVE_FOREIGN, "empty");
	write_file("text", "Dear diary", 10);
	refused("text", ARCHIVE_READ, DIAG_ARCHIVE_FOREIGN, "no SQLite database");
	refused("text", ARCHIVE_CREATE, DIAG_ARCHIVE_FOREIGN, "no SQLite database");
	shell("other.db", "CREATE TABLE thread (id)");
	refused("other.db", ARCHIVE_READ, DIAG_ARCHIVE_FOREIGN, "another program");
}

static void unreadable_file(void **state)
{
	(void)state;
	uid_t user = geteuid();

	make_archive("a.db");
	assert_int_equal(chmod("a.db", 0), 0);
	assert_int_equal(chmod(".", 0755), 0);
	/* root reads everything: be nobody for a moment */
	if (user == 0)
		assert_int_equal(seteuid(65534), 0);
	refused("a.db", ARCHIVE_READ, DIAG_UNREADABLE, "Permission denied");
	assert_int_equal(seteuid(user), 0);
}

static void versions(void **state)
{
	(void)state;
	make_archive("a.db");
	shell("a.db", "PRAGMA user_version = 3");
	refused("a.db", ARCHIVE_READ, DIAG_ARCHIVE_FUTURE, "version 3");
	refused("a.db", ARCHIVE_WRITE, DIAG_ARCHIVE_FUTURE, "version 3");
	shell("a.db", "PRAGMA user_version = 0");
	refused("a.db", ARCHIVE_READ, DIAG_ARCHIVE_DAMAGED, "version 0");
	refused("a.db", ARCHIVE_WRITE, DIAG_ARCHIVE_DAMAGED, "version 0");
}

/* --- Older schemas --- */

static struct buf version_1; /* as an archive of version 1 dumps itself */

static int read_version_1(void **state)
{
	(void)state;
	version_1 = read_file("tests/unit/archive-version-1.sql");
	buf_adds(&version_1, "PRAGMA application_id = 0x43616e64; PRAGMA user_version = 1;");
	return 0;
}

static int drop_version_1(void **state)
{
	(void)state;
	buf_release(&version_1);
	return 0;
}

static void migration(void **state)
{
	static const char *const tables[] = {
		"venue", "product", "product_alias", "author", "thread", "post",
		"thread_product", "thread_tag", "label", "evidence", "tombstone_key",
		"tombstone", "import_run",
	};
	unsigned char digest[SHA256_SIZE];
	struct diags d = DIAGS_INIT;
	struct archive *a;

	(void)state;
	shell("a.db", version_1.p);
	shell("old.db", version_1.p);
	refused("a.db", ARCHIVE_READ, DIAG_ARCHIVE_OLD, "version 1; this candor reads 2");
	archive_close(open_ok("a.db", ARCHIVE_WRITE));
	assert_int_equal(shell_int("a.db", "PRAGMA user_version"), SCHEMA_VERSION);
	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		struct buf count = BUF_INIT;

		buf_addf(&count, "SELECT count(*) FROM %s", tables[i]);
		assert_int_equal(shell_int("a.db", count.p), shell_int("old.db", count.p));
		assert_true(shell_int("a.db", count.p) > 0);
		buf_release(&count);
	}
	/* The digests went along, are right, and nothing else lost its rows' ids. */
	assert_int_equal(shell_int("a.db", "SELECT count(digest) FROM thread"), 2);
	assert_int_equal(shell_int("a.db", "SELECT count(*) FROM thread WHERE hidden AND "
				   "withdrawn IS NULL"), 1);
	assert_int_equal(shell_int("a.db", "SELECT key_id FROM tombstone"), 1);
	digest_agrees("a.db", digest);
	a = open_ok("a.db", ARCHIVE_READ);
	archive_check(a, &d);
	no_diags(&d);
	archive_close(a);
}

/* A migration that fails leaves the archive as it was. */
static void failed_migration(void **state)
{
	static const char *const strange[] = {
		"CREATE TABLE tea (id)",
		"CREATE VIEW tea AS SELECT 1",
		"CREATE TABLE old_post (id)",
		"PRAGMA foreign_keys = OFF; DELETE FROM thread WHERE id = 1",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(strange); i++) {
		struct diags d = DIAGS_INIT;
		struct buf before, after;
		struct archive *a;

		unlink("a.db");
		shell("a.db", version_1.p);
		shell("a.db", strange[i]);
		before = read_file("a.db");
		assert_int_equal(archive_open(&a, "a.db", ARCHIVE_WRITE, &d), -1);
		assert_int_equal(d.n, 1);
		diags_release(&d);
		after = read_file("a.db");
		assert_true(str_eq(buf_str(&before), buf_str(&after)));
		buf_release(&before);
		buf_release(&after);
	}
}

static void write_ahead_logs(void **state)
{
	(void)state;
	make_archive("a.db");
	shell("a.db", "PRAGMA journal_mode = WAL");
	refused("a.db", ARCHIVE_READ, DIAG_ARCHIVE_WAL, "WAL mode");
	refused("a.db", ARCHIVE_WRITE, DIAG_ARCHIVE_WAL, "WAL mode");
	shell("a.db", "PRAGMA journal_mode = DELETE");
	archive_close(open_ok("a.db", ARCHIVE_READ));
	write_file("a.db-wal", "x", 1);
	refused("a.db", ARCHIVE_READ, DIAG_ARCHIVE_WAL, "beside");
}

static void links(void **state)
{
	(void)state;
	assert_int_equal(mkdir("folder", 0755), 0);
	make_archive("folder/a.db");
	assert_int_equal(symlink("folder/a.db", "link.db"), 0);
	assert_int_equal(symlink("folder", "linked"), 0);
	assert_int_equal(symlink("nowhere", "dangling.db"), 0);
	refused("link.db", ARCHIVE_READ, DIAG_ARCHIVE_LINK, "symbolic link");
	refused("dangling.db", ARCHIVE_CREATE, DIAG_ARCHIVE_LINK, "symbolic link");
	archive_close(open_ok("linked/a.db", ARCHIVE_READ));
}

/* Names that would mean something in a URI are names. */
static void odd_names(void **state)
{
	static const char *const names[] = {
		"a?mode=memory", "a%20b#c", "file:a.db", ":memory:", "a'b\".db", " ",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct stat st;

		make_archive(names[i]);
		assert_int_equal(lstat(names[i], &st), 0);
		archive_close(open_ok(names[i], ARCHIVE_READ));
	}
}

/* A program killed while it made an archive leaves an empty file. */
static void create_fills_an_empty_file(void **state)
{
	struct diags d = DIAGS_INIT;
	struct archive *a;

	(void)state;
	write_file("a.db", "", 0);
	a = open_ok("a.db", ARCHIVE_CREATE);
	archive_close(a);
	a = open_ok("a.db", ARCHIVE_CREATE);
	archive_close(a);
	a = open_ok("a.db", ARCHIVE_READ);
	assert_int_equal(archive_check(a, &d), 0);
	archive_close(a);
}

static void statistics_may_stay(void **state)
{
	(void)state;
	make_archive("a.db");
	shell("a.db", "ANALYZE; VACUUM");
	archive_close(open_ok("a.db", ARCHIVE_READ));
}

static int count_row(void *ctx, const struct thread *t)
{
	(void)t;
	++*(int *)ctx;
	return 0;
}

static int threads_in(struct archive *a)
{
	struct diags d = DIAGS_INIT;
	int n = 0;

	assert_int_equal(archive_each_thread(a, count_row, &n, &d), 0);
	return n;
}

/* A writer that dies after it began to write into the file itself: its cache
 * is small, so that pages are spilled before the commit. */
static void kill_writer(const char *path)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		sqlite3 *db;

		sqlite3_open(path, &db);
		sqlite3_exec(db, "PRAGMA cache_size = 5; BEGIN;"
				 "UPDATE thread SET title = hex(zeroblob(20000));"
				 "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n "
				 "LIMIT 2000) INSERT INTO thread (venue_id, ref, url, title, "
				 "created) SELECT 1, i, 'u', hex(zeroblob(500)), 0 FROM n",
			     NULL, NULL, NULL);
		_exit(0);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(access("a.db-journal", F_OK), 0);
}

static void killed_writer(void **state)
{
	struct diags d = DIAGS_INIT;
	struct archive *a;

	(void)state;
	make_archive("a.db");
	kill_writer("a.db");
	a = open_ok("a.db", ARCHIVE_READ);
	assert_int_equal(threads_in(a), 2);
	assert_int_equal(archive_check(a, &d), 0);
	assert_int_equal(access("a.db-journal", F_OK), -1);
	archive_close(a);
	kill_writer("a.db");
	a = open_ok("a.db", ARCHIVE_WRITE);
	assert_int_equal(threads_in(a), 2);
	archive_close(a);
}

static void workers_share_a_snapshot(void **state)
{
	struct diags d = DIAGS_INIT;
	struct archive *first, *second;
	sqlite3 *db;

	(void)state;
	make_archive("a.db");
	first = open_ok("a.db", ARCHIVE_READ);
	/* A writer at work can't commit while the first reads. */
	assert_int_equal(sqlite3_open("a.db", &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE; DELETE FROM thread", NULL, NULL,
				      NULL), SQLITE_OK);
	assert_int_equal(archive_open_again(&second, first, &d), 0);
	assert_int_equal(threads_in(second), 2);
	assert_int_equal(archive_change_counter(first), archive_change_counter(second));
	archive_close(second);
	assert_int_equal(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_BUSY);
	assert_int_equal(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	/* The path leads to another file, equal or not. */
	assert_int_equal(rename("a.db", "old.db"), 0);
	make_archive("a.db");
	assert_int_equal(archive_open_again(&second, first, &d), -1);
	one_diag(&d, DIAG_LOCKED, "replaced");
	archive_close(first);
}

static void counter_tells_commits(void **state)
{
	struct archive *a;
	uint32_t before;

	(void)state;
	make_archive("a.db");
	a = open_ok("a.db", ARCHIVE_READ);
	before = archive_change_counter(a);
	archive_close(a);
	shell("a.db", "UPDATE thread SET title = 'x' WHERE id = 1");
	a = open_ok("a.db", ARCHIVE_READ);
	assert_int_not_equal(archive_change_counter(a), before);
	archive_close(a);
}

static void readers_cannot_write(void **state)
{
	struct diags d = DIAGS_INIT;
	struct buf path = BUF_INIT;
	char cwd[4096];
	struct db *db;

	(void)state;
	make_archive("a.db");
	buf_addf(&path, "%s/a.db", getcwd(cwd, sizeof(cwd)));
	assert_int_equal(db_open(&db, path.p, "a.db", DB_READ, &d), 0);
	assert_int_equal(db_exec(db, "DELETE FROM label", &d), -1);
	one_diag(&d, DIAG_UNREADABLE, "readonly");
	assert_int_equal(db_exec(db, "ATTACH 'b.db' AS b", &d), -1);
	one_diag(&d, DIAG_ARCHIVE_DAMAGED, "attached");
	assert_int_equal(db_exec(db, "SELECT load_extension('x')", &d), -1);
	one_diag(&d, DIAG_ARCHIVE_DAMAGED, "not authorized");
	db_close(db);
	buf_release(&path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(wrong_files),
		IN_FOLDER(unreadable_file),
		IN_FOLDER(versions),
		IN_FOLDER(migration),
		IN_FOLDER(failed_migration),
		IN_FOLDER(write_ahead_logs),
		IN_FOLDER(links),
		IN_FOLDER(odd_names),
		IN_FOLDER(create_fills_an_empty_file),
		IN_FOLDER(statistics_may_stay),
		IN_FOLDER(killed_writer),
		IN_FOLDER(workers_share_a_snapshot),
		IN_FOLDER(counter_tells_commits),
		IN_FOLDER(readers_cannot_write),
	};

	return cmocka_run_group_tests(tests, read_version_1, drop_version_1);
}
