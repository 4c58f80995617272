/*
 * No schema but candor's is ever used, whatever it says and whoever made it; and
 * within candor's schema no row can harm: each hostile archive is refused, or
 * what it holds is read or answered with a diagnostic that names the file, in
 * bounded time and memory.
 */
#include "archive-fixture.h"

#include <sys/resource.h>
#include <time.h>

/* CPU seconds that no case may take. */
enum { SECONDS = 20 };

/* sqlite_schema as one likes it. */
#define SCHEMA(sql) "PRAGMA writable_schema = ON; " sql "; PRAGMA writable_schema = RESET;"
#define ENTRY(type, name, table, root, sql) \
	"INSERT INTO sqlite_schema VALUES ('" type "', '" name "', '" table "', " root ", " sql ")"
#define NUMBERS(n) \
	"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT " #n ") "

static const struct {
	const char *sql, *says;
} schemas[] = {
	/* What would run when it is read. */
	{ "DROP TABLE evidence; CREATE VIEW evidence AS WITH RECURSIVE r AS (SELECT 1 "
	  "UNION ALL SELECT 1 FROM r) SELECT * FROM r", "view 'evidence' differs" },
	{ "ALTER TABLE venue ADD COLUMN x TEXT AS (hex(zeroblob(1000000000))) VIRTUAL",
	  "table 'venue' differs" },
	{ SCHEMA("UPDATE sqlite_schema SET sql = replace(sql, 'title TEXT NOT NULL', "
		 "'title TEXT NOT NULL AS (hex(randomblob(99999999))) STORED') "
		 "WHERE name = 'thread'"), "schema (thread)" },
	{ SCHEMA("UPDATE sqlite_schema SET sql = replace(sql, 'title TEXT NOT NULL', "
		 "'title TEXT NOT NULL DEFAULT (load_extension(''x''))') "
		 "WHERE name = 'thread'"), "table 'thread' differs" },
	{ "CREATE INDEX i ON post (hex(body))", "index 'i' isn't candor's" },
	{ "CREATE INDEX i ON post (score) WHERE gone", "index 'i' isn't candor's" },
	{ SCHEMA(ENTRY("table", "v", "v", "0", "'CREATE VIRTUAL TABLE v USING fts5(x)'")),
	  "'v" },
	{ SCHEMA(ENTRY("table", "v", "v", "0", "'CREATE VIRTUAL TABLE v USING rtree(a, b, c)'")),
	  "'v" },
	{ SCHEMA(ENTRY("table", "v", "v", "0", "'CREATE VIRTUAL TABLE v USING dbstat'")),
	  "table 'v' isn't candor's" },
	{ SCHEMA(ENTRY("table", "v", "v", "0", "'CREATE VIRTUAL TABLE v USING sqlite_stmt'")),
	  "table 'v' isn't candor's" },
	{ SCHEMA("UPDATE sqlite_schema SET rootpage = 0, sql = "
		 "'CREATE VIRTUAL TABLE post USING json_each' WHERE name = 'post'"), "orphan index" },
	{ "CREATE TRIGGER extra AFTER INSERT ON label BEGIN DELETE FROM label; END",
	  "trigger 'extra' isn't candor's" },
	{ "DROP TRIGGER post_updated; CREATE TRIGGER post_updated AFTER UPDATE ON post "
	  "BEGIN DELETE FROM label; END", "trigger 'post_updated' differs" },

	{ "CREATE TABLE more (id)", "table 'more' isn't candor's" },

	/* A table that is almost ours. */
	{ "ALTER TABLE post ADD COLUMN x TEXT", "table 'post' differs" },
	{ "DROP INDEX post_facts", "tables, indexes and triggers are there" },
	{ SCHEMA("UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') "
		 "WHERE name = 'post'"), "table 'post' differs" },
	{ SCHEMA("UPDATE sqlite_schema SET sql = replace(sql, 'STRICT, WITHOUT ROWID', "
		 "'STRICT') WHERE name = 'thread_tag'"), "'thread_tag" },
	{ SCHEMA("UPDATE sqlite_schema SET sql = replace(sql, 'ref TEXT', "
		 "'ref TEXT COLLATE NOCASE') WHERE name = 'thread'"), "table 'thread' differs" },
	{ SCHEMA("UPDATE sqlite_schema SET sql = replace(sql, 'name <> ''''', "
		 "printf('%.*c1', 20000, '(')) WHERE name = 'label'"), "label" },
	{ SCHEMA("UPDATE sqlite_schema SET sql = replace(sql, 'CREATE TABLE', "
		 "'create table') WHERE name = 'post'"), "table 'post' differs" },
	{ SCHEMA("UPDATE sqlite_schema SET sql = sql || char(10) WHERE name = 'post'"),
	  "table 'post' differs" },
	{ SCHEMA("UPDATE sqlite_schema SET type = 'view' WHERE name = 'post'"),
	  "schema (post)" },
	{ SCHEMA("UPDATE sqlite_schema SET name = 'Post' WHERE name = 'post'"), "'Post'" },
	{ SCHEMA("UPDATE sqlite_schema SET type = zeroblob(3) WHERE name = 'post'"),
	  "schema (post)" },
	{ "ALTER TABLE label RENAME TO labels; ALTER TABLE evidence RENAME TO label",
	  "differs" },

	/* Entries that lie. */
	{ SCHEMA("UPDATE sqlite_schema SET rootpage = 1000000 WHERE name = 'post'"),
	  "post" },
	{ SCHEMA("UPDATE sqlite_schema SET rootpage = -1 WHERE name = 'post'"), "post" },
	{ SCHEMA("DELETE FROM sqlite_schema WHERE name = 'label_deleted'; "
		 ENTRY("index", "sqlite_autoindex_post_9", "post", "3", "NULL")),
	  "schema (sqlite_autoindex_post_9)" },
	{ SCHEMA("DELETE FROM sqlite_schema WHERE name = 'label_deleted'; "
		 ENTRY("index", "sqlite_autoindex_post_1", "post", "3", "NULL")),
	  "'sqlite_autoindex_post_1' is there twice" },
	{ SCHEMA("DELETE FROM sqlite_schema WHERE name = 'label_deleted'"),
	  "tables, indexes and triggers are there" },
	{ SCHEMA("DELETE FROM sqlite_schema WHERE name = 'post_facts'"),
	  "tables, indexes and triggers are there" },
	{ SCHEMA(ENTRY("table", "sqlite_evil", "sqlite_evil", "2",
		       "'CREATE TABLE sqlite_evil (x)'")), "'sqlite_evil' isn't candor's" },
	{ SCHEMA(ENTRY("table", "sqlite_stat1", "sqlite_stat1", "2",
		       "'CREATE TABLE sqlite_stat1(tbl,idx,stat,evil)'")),
	  "table 'sqlite_stat1'" },
	{ SCHEMA(ENTRY("table", "t", "t", "2", "'CREATE TABLE t (id' || char(0)")), "schema (t)" },
	{ SCHEMA(ENTRY("table", "t", "t", "2", "'SELECT randomblob(1000000000)'")),
	  "schema (t)" },
	{ SCHEMA(ENTRY("table", "t", "t", "2", "'CREATE TABLE t AS SELECT 1'")),
	  "schema (t)" },

	/* Many and large. */
	{ SCHEMA("INSERT INTO sqlite_schema " NUMBERS(100000)
		 "SELECT 'table', 't' || i, 't' || i, 2, 'CREATE TABLE t' || i || ' (x)' FROM n"),
	  "far more work" },
	{ SCHEMA(ENTRY("table", "t", "t", "2", "printf('CREATE TABLE t (%.*cx)', 1000000, ' ')")),
	  "schema (t)" },
	{ SCHEMA("INSERT INTO sqlite_schema " NUMBERS(50)
		 "SELECT 'table', 't' || i, 't' || i, 2, "
		 "printf('CREATE TABLE t%d (x CHECK (x%.*c))', i, 60000, ' ') FROM n"),
	  "isn't candor's" },
	{ SCHEMA(ENTRY("table", "t", "t", "2", "zeroblob(20000000)")), "too big" },
};

/* A shell that doesn't mind when its own work ends in a schema that it can't
 * read any more. */
static void hostile_shell(const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open("a.db", &db), SQLITE_OK);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	sqlite3_exec(db, sql, NULL, NULL, NULL);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void refused(const char *sql, enum archive_mode mode, const char *text)
{
	struct diags d = DIAGS_INIT;
	clock_t began = clock();
	struct archive *a;

	if (archive_open(&a, "a.db", mode, &d) == 0)
		fail_msg("not refused: %s", sql);
	assert_int_equal(d.n, 1);
	if (!strstr(d.items[0].message, text))
		fail_msg("%.300s: %s", sql, d.items[0].message);
	assert_string_equal(d.items[0].path, "a.db");
	assert_true(clock() - began < SECONDS * CLOCKS_PER_SEC);
	diags_release(&d);
}

static void foreign_schemas(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(schemas); i++) {
		unlink("a.db");
		make_archive("a.db");
		hostile_shell(schemas[i].sql);
		refused(schemas[i].sql, ARCHIVE_READ, schemas[i].says);
		refused(schemas[i].sql, ARCHIVE_WRITE, schemas[i].says);
	}
}

/* --- Rows --- */

/* Reads the product and thread 1 and puts them back; -1 with a diagnostic. */
static int read_and_put(struct diags *d)
{
	struct archive_put how = { .complete = true, .where = place_file("a.db") };
	struct archive *a = open_ok("a.db", ARCHIVE_WRITE);
	struct arena arena = ARENA_INIT;
	enum archive_change change;
	struct product *products;
	struct venue *venues;
	struct thread t;
	size_t n;
	int status;

	begin(a);
	status = archive_products(a, &arena, &products, &n, d);
	if (!status)
		status = archive_put_product(a, &products[0], &change, d);
	if (!status)
		status = archive_venues(a, &arena, &venues, &n, d);
	if (!status)
		status = archive_thread(a, 1, venues, n, &arena, &t, d);
	if (!status)
		status = archive_put_thread(a, &t, &how, &change, d);
	if (!status)
		status = archive_commit(a, d);
	archive_close(a);
	arena_release(&arena);
	return status;
}

/* Rows that the schema lets pass, and some that it doesn't: what can't be read
 * is said, what can is read and written back, both in little time. */
static void hostile_rows(void **state)
{
	static const struct {
		const char *sql, *says;
	} rows[] = {
		{ "UPDATE post SET parent = ref", NULL },
		{ "UPDATE post SET parent = (SELECT max(ref) FROM post AS p "
		  "WHERE p.thread_id = post.thread_id AND p.ref <> post.ref)", NULL },
		{ "INSERT INTO thread_tag " NUMBERS(200000) "SELECT 1, 'tag' || i FROM n", NULL },
		{ "INSERT INTO label (thread_id, name, post, by, at) " NUMBERS(100000)
		  "SELECT 1, 'l' || i, '11', 'kim', 5 FROM n", NULL },
		{ "INSERT INTO post (thread_id, ref, parent, created, format, body) "
		  NUMBERS(200000) "SELECT 1, i + 100, i + 99, 5, 'text', '' FROM n", NULL },
		{ "INSERT INTO product_alias " NUMBERS(200000) "SELECT 1, 'a' || i FROM n", NULL },
		{ "UPDATE thread SET title = replace(hex(zeroblob(8000000)), '0', '(')", NULL },
		{ "UPDATE post SET body = replace(hex(zeroblob(9000000)), '0', '(')",
		  "table 'post': string or blob too big" },
		{ "UPDATE post SET score = 9223372036854775807, created = -62135596800", NULL },
		{ "UPDATE post SET score = -9223372036854775808", "'score' is out of range" },
		{ "UPDATE post SET score = 9e999", "'score' is not an integer" },
		{ "UPDATE post SET score = 0.5 WHERE id = 2", "row 2: 'score' is not an integer" },
		{ "UPDATE post SET id = -5 WHERE id = 2", "'id' is not the id of a row" },
		{ "UPDATE author SET id = -5 WHERE id = 1", "there is no author 1" },
		{ "INSERT INTO venue (slug, name, url) VALUES ('list', 'x', 'x'); "
		  "UPDATE author SET venue_id = 2", "its author belongs to another venue" },
		{ "UPDATE venue SET slug = 'Forum'", "table 'venue', row 1: 'slug' is no slug" },
		{ "UPDATE venue SET language = 'e\"n'", "'language' is no language tag" },
		{ "UPDATE post SET language = 'en--gb' WHERE id = 1",
		  "row 1: 'language' is no language tag" },
		{ "UPDATE post SET ref = '' WHERE id = 1", "row 1: 'ref' is empty" },
		{ "UPDATE author SET ref = '' WHERE id = 1", "row 1: 'ref' is empty" },
		{ "UPDATE thread SET url = ''", "'url' is empty" },
		{ "UPDATE label SET by = ''", "'by' is empty" },
		{ "UPDATE thread_tag SET tag = '' WHERE tag = 'lid'", "'tag' is empty" },
		{ "UPDATE product SET name = ''", "'name' is empty" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct diags d = DIAGS_INIT;
		clock_t began;
		int status;

		unlink("a.db");
		make_archive("a.db");
		force("a.db", rows[i].sql);
		began = clock();
		status = read_and_put(&d);
		assert_int_equal(status, rows[i].says ? -1 : 0);
		assert_int_equal(d.n, rows[i].says ? 1 : 0);
		if (rows[i].says && !strstr(d.items[0].message, rows[i].says))
			fail_msg("%s: %s", rows[i].sql, d.items[0].message);
		assert_true(clock() - began < SECONDS * CLOCKS_PER_SEC);
		diags_release(&d);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(foreign_schemas),
		IN_FOLDER(hostile_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
