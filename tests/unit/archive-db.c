/*
 * A connection by itself, whatever schema lies beneath: what a hostile file or
 * statement could use is switched off, every limit holds, and both modes have
 * the settings that they promise.
 */
#include "archive-fixture.h"

#include "archive/db.h"

static struct db *open_db(enum db_mode mode)
{
	struct diags d = DIAGS_INIT;
	struct buf path = BUF_INIT;
	char cwd[4096];
	struct db *db;

	shell("a.db", "CREATE TABLE IF NOT EXISTS t (x);"
		      "CREATE VIEW IF NOT EXISTS v AS SELECT 1 AS x");
	buf_addf(&path, "%s/a.db", getcwd(cwd, sizeof(cwd)));
	assert_int_equal(db_open(&db, path.p, "a.db", mode, &d), 0);
	assert_int_equal(db_prepare(db, &d), 0);
	buf_release(&path);
	return db;
}

static void refused(struct db *db, const char *sql, const char *says)
{
	struct diags d = DIAGS_INIT;

	if (db_exec(db, sql, &d) == 0)
		fail_msg("not refused: %.100s", sql);
	if (!strstr(d.items[0].message, says))
		fail_msg("%.100s: %s", sql, d.items[0].message);
	assert_string_equal(d.items[0].path, "a.db");
	diags_release(&d);
}

static void is_switched_off(void **state)
{
	static const struct {
		const char *sql, *says;
	} cases[] = {
		{ "SELECT x FROM v", "view" },
		{ "SELECT \"nobody\" FROM t", "no such column" },
		{ "CREATE TABLE u (x CHECK (\"nobody\"))", "no such column" },
		{ "ATTACH 'b.db' AS b", "attached" },
		{ "SELECT load_extension('x')", "not authorized" },
		{ "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema", "may not be modified" },
		{ "SELECT zeroblob(16777217)", "too big" },
		{ "SELECT 'a' LIKE printf('%.*c', 129, 'a')", "LIKE" },
		{ "SELECT max(1, 2, 3, 4, 5, 6, 7, 8, 9)", "too many arguments" },
		{ "SELECT ?65", "variable number" },
	};
	struct db *db = open_db(DB_WRITE);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		refused(db, cases[i].sql, cases[i].says);
	db_close(db);
}

static void limits(void **state)
{
	static const struct {
		const char *piece;
		int n;
		const char *says;
	} cases[] = {
		{ ", 1", 64, "columns" },
		{ " UNION ALL SELECT 1", 8, "compound" },
		{ " + 1", 101, "depth" },
		{ " ", 65536, "too big" },
	};
	struct db *db = open_db(DB_WRITE);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf sql = BUF_INIT;

		buf_adds(&sql, "SELECT 1");
		for (int n = 0; n < cases[i].n; n++)
			buf_adds(&sql, cases[i].piece);
		refused(db, sql.p, cases[i].says);
		buf_release(&sql);
	}
	assert_int_equal(sqlite3_hard_heap_limit64(-1), 512 << 20);
	db_close(db);
}

static int64_t pragma(struct db *db, const char *sql)
{
	struct diags d = DIAGS_INIT;
	struct query *q = db_query(db, "pragma", sql, &d);
	int64_t v = -1;

	if (query_step(q) == 1) {
		query_id(q);
		v = query_int(q);
	}
	query_end(q);
	no_diags(&d);
	return v;
}

static void settings(void **state)
{
	struct db *db = open_db(DB_READ);

	(void)state;
	assert_int_equal(pragma(db, "SELECT 1, * FROM pragma_query_only"), 1);
	assert_int_equal(pragma(db, "SELECT 1, * FROM pragma_cell_size_check"), 1);
	assert_int_equal(pragma(db, "SELECT 1, * FROM pragma_trusted_schema"), 0);
	assert_int_equal(pragma(db, "SELECT 1, * FROM pragma_temp_store"), 2);
	db_close(db);
	db = open_db(DB_WRITE);
	assert_int_equal(pragma(db, "SELECT 1, * FROM pragma_cell_size_check"), 1);
	assert_int_equal(pragma(db, "SELECT 1, * FROM pragma_trusted_schema"), 0);
	assert_int_equal(pragma(db, "SELECT 1, * FROM pragma_foreign_keys"), 1);
	assert_int_equal(pragma(db, "SELECT 1, * FROM pragma_synchronous"), 2);
	assert_int_equal(pragma(db, "SELECT 1, * FROM pragma_secure_delete"), 1);
	db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(is_switched_off),
		IN_FOLDER(limits),
		IN_FOLDER(settings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
