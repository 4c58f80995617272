/*
 * Nobody who edits with a shell leaves a digest that lies: after each kind of
 * edit the digests of the threads it touches, and of no others, are gone; the
 * archive's digest agrees with its lines all the same, and differs from before;
 * the next commit stores it.  What no line contains leaves them alone.
 */
#include "archive-fixture.h"

static const struct {
	const char *sql;
	int undigested; /* threads: t1 is 1, t2 is 2, both are 3 */
} edits[] = {
	{ "UPDATE thread SET ref = 'x' WHERE id = 1", 1 },
	{ "UPDATE thread SET url = 'x' WHERE id = 1", 1 },
	{ "UPDATE thread SET title = 'x' WHERE id = 2", 2 },
	{ "UPDATE thread SET created = 1 WHERE id = 1", 1 },
	{ "UPDATE thread SET updated = 1 WHERE id = 1", 1 },
	{ "UPDATE thread SET score = 1 WHERE id = 1", 1 },
	{ "UPDATE thread SET views = 1 WHERE id = 1", 1 },
	{ "UPDATE thread SET solved_by = NULL WHERE id = 1", 1 },
	{ "UPDATE thread SET gone = 1 WHERE id = 1", 1 },
	{ "UPDATE thread SET hidden = 1 WHERE id = 1", 1 },
	{ "UPDATE thread SET withdrawn = 1 WHERE id = 1", 1 },
	{ "UPDATE thread SET embargo = 1 WHERE id = 1", 1 },
	{ "UPDATE thread SET expires = 1 WHERE id = 1", 1 },
	{ "UPDATE thread SET venue_id = 2 WHERE id = 1; UPDATE author SET venue_id = 2 "
	  "WHERE id = 2; UPDATE post SET author_id = 2 WHERE thread_id = 1; "
	  "UPDATE post SET author_id = NULL WHERE thread_id = 2", 3 },
	{ "UPDATE post SET ref = 'x' WHERE id = 1", 1 },
	{ "UPDATE post SET parent = NULL WHERE id = 2", 1 },
	{ "UPDATE post SET author_id = NULL WHERE id = 2", 1 },
	{ "UPDATE post SET created = 1 WHERE id = 3", 2 },
	{ "UPDATE post SET edited = 1 WHERE id = 3", 2 },
	{ "UPDATE post SET format = 'text' WHERE id = 3", 2 },
	{ "UPDATE post SET language = 'da' WHERE id = 3", 2 },
	{ "UPDATE post SET body = 'x' WHERE id = 3", 2 },
	{ "UPDATE post SET score = 9 WHERE id = 3", 2 },
	{ "UPDATE post SET url = 'x' WHERE id = 3", 2 },
	{ "UPDATE post SET licence = 'x' WHERE id = 3", 2 },
	{ "UPDATE post SET permission = 'x' WHERE id = 3", 2 },
	{ "UPDATE post SET gone = 1 WHERE id = 3", 2 },
	{ "UPDATE post SET hidden = 1 WHERE id = 3", 2 },
	{ "UPDATE post SET withdrawn = 1 WHERE id = 3", 2 },
	{ "UPDATE post SET thread_id = 2 WHERE id = 1", 3 },
	{ "DELETE FROM post WHERE id = 1", 1 },
	{ "INSERT INTO post (thread_id, ref, created, format, body) "
	  "VALUES (2, 'x', 0, 'text', '')", 2 },
	{ "REPLACE INTO post (id, thread_id, ref, created, format, body) "
	  "VALUES (1, 1, 'x', 0, 'text', '')", 1 },
	{ "INSERT INTO thread_tag VALUES (1, 'x')", 1 },
	{ "DELETE FROM thread_tag WHERE thread_id = 2 AND tag = 'lid'", 2 },
	{ "UPDATE thread_tag SET tag = 'x' WHERE thread_id = 2 AND tag = 'lid'", 2 },
	{ "UPDATE thread_tag SET tag = 'x', thread_id = 1 WHERE thread_id = 2 "
	  "AND tag = 'lid'", 3 },
	{ "DELETE FROM thread_product WHERE thread_id = 1", 1 },
	{ "INSERT INTO thread_product VALUES (1, 2)", 1 },
	{ "UPDATE thread_product SET product_id = 2 WHERE thread_id = 1", 1 },
	{ "UPDATE thread_product SET product_id = 2, thread_id = 1 WHERE thread_id = 2", 3 },
	{ "INSERT INTO label (thread_id, name, by, at) VALUES (2, 'x', 'x', 1)", 2 },
	{ "UPDATE label SET note = 'x'", 1 },
	{ "UPDATE label SET thread_id = 2", 3 },
	{ "DELETE FROM label", 1 },
	{ "UPDATE author SET name = 'x' WHERE id = 1", 3 },
	{ "UPDATE author SET staff = 0 WHERE id = 2", 3 },
	{ "UPDATE author SET url = NULL WHERE id = 1", 3 },
	{ "UPDATE author SET ref = 'x' WHERE id = 1", 3 },
	{ "UPDATE venue SET slug = 'x' WHERE id = 1", 3 },
	{ "UPDATE product SET slug = 'x' WHERE id = 1", 3 },
	{ "PRAGMA foreign_keys = ON; DELETE FROM author WHERE id = 1", 3 },
	{ "PRAGMA foreign_keys = ON; DELETE FROM product WHERE id = 1", 3 },
	{ "PRAGMA foreign_keys = ON; DELETE FROM thread WHERE id = 1", 0 },
	{ "UPDATE venue SET name = 'x' WHERE id = 1", 0 },
	{ "UPDATE product SET name = 'x' WHERE id = 1", 0 },
	{ "INSERT INTO product_alias VALUES (1, 'x')", 0 },
};

static int64_t undigested(void)
{
	return shell_int("a.db", "SELECT ifnull(sum(id), 0) FROM thread WHERE digest IS NULL");
}

static void prepare(void)
{
	unlink("a.db");
	make_archive("a.db");
	shell("a.db", "INSERT INTO venue (slug, name, url) VALUES ('list', 'x', 'x');"
		      "INSERT INTO product (slug, name, url) VALUES ('pot', 'x', 'x')");
}

static void edits_take_digests_away(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(edits); i++) {
		unsigned char before[SHA256_SIZE], after[SHA256_SIZE], stored[SHA256_SIZE];
		struct archive *a;

		prepare();
		digest_agrees("a.db", before);
		shell("a.db", edits[i].sql);
		if (undigested() != edits[i].undigested)
			fail_msg("%s: %d", edits[i].sql, (int)undigested());
		digest_agrees("a.db", after);
		if (!memcmp(before, after, SHA256_SIZE))
			fail_msg("%s: the digest is the same", edits[i].sql);
		a = open_ok("a.db", ARCHIVE_WRITE);
		begin(a);
		commit(a);
		archive_close(a);
		assert_int_equal(undigested(), 0);
		digest_agrees("a.db", stored);
		assert_memory_equal(stored, after, SHA256_SIZE);
	}
}

/* The same for the lines of venues and products: the digest is gone, and what was
 * written by hand is read and digested by the next commit. */
static void descriptions(void **state)
{
	static const struct {
		const char *sql, *undigested;
	} described[] = {
		{ "UPDATE venue SET slug = 'x' WHERE id = 1", "venue" },
		{ "UPDATE venue SET name = 'y' WHERE id = 1", "venue" },
		{ "UPDATE venue SET url = 'y' WHERE id = 1", "venue" },
		{ "UPDATE venue SET kind = 'y' WHERE id = 1", "venue" },
		{ "UPDATE venue SET language = 'da' WHERE id = 1", "venue" },
		{ "UPDATE venue SET licence = 'y' WHERE id = 1", "venue" },
		{ "UPDATE venue SET own = 1 WHERE id = 1", "venue" },
		{ "UPDATE product SET slug = 'x' WHERE id = 1", "product" },
		{ "UPDATE product SET name = 'y' WHERE id = 1", "product" },
		{ "UPDATE product SET url = 'y' WHERE id = 1", "product" },
		{ "INSERT INTO product_alias VALUES (1, 'x')", "product" },
		{ "DELETE FROM product_alias WHERE product_id = 1", "product" },
		{ "UPDATE product_alias SET alias = 'x'", "product" },
		{ "UPDATE product_alias SET product_id = 2", "product" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(described); i++) {
		struct buf sql = BUF_INIT;
		unsigned char digest[SHA256_SIZE];
		struct archive *a;

		prepare();
		shell("a.db", "INSERT INTO product_alias VALUES (1, 'pan')");
		a = open_ok("a.db", ARCHIVE_WRITE);
		begin(a);
		commit(a);
		archive_close(a);
		buf_addf(&sql, "SELECT count(*) FROM %s WHERE digest IS NULL",
			 described[i].undigested);
		assert_int_equal(shell_int("a.db", sql.p), 0);
		shell("a.db", described[i].sql);
		if (shell_int("a.db", sql.p) < 1)
			fail_msg("%s: the digest is still there", described[i].sql);
		digest_agrees("a.db", digest);
		a = open_ok("a.db", ARCHIVE_WRITE);
		begin(a);
		commit(a);
		archive_close(a);
		assert_int_equal(shell_int("a.db", sql.p), 0);
		digest_agrees("a.db", digest);
		buf_release(&sql);
	}
}

static void other_edits_leave_them(void **state)
{
	static const char *const harmless[] = {
		"UPDATE post SET fetched = 5",
		"UPDATE post SET hash = NULL",
		"UPDATE label SET hash = NULL",
		"INSERT INTO evidence (post_id, kind, start, stop, pattern) "
		"VALUES (1, 'gratitude', 0, 5, 'thanks')",
		"INSERT INTO import_run VALUES (NULL, 0, 'x', 'x', 'x')",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(harmless); i++) {
		unsigned char before[SHA256_SIZE], after[SHA256_SIZE];

		prepare();
		digest_agrees("a.db", before);
		shell("a.db", harmless[i]);
		assert_int_equal(undigested(), 0);
		digest_agrees("a.db", after);
		assert_memory_equal(before, after, SHA256_SIZE);
	}
}

/* A body that was rewritten by hand has no hash until the next commit, and no
 * evidence; one that was only touched keeps both. */
static void rewritten_bodies(void **state)
{
	static const char *const hashes =
		"SELECT count(hash) FROM post WHERE length(hash) = 32";
	struct archive *a;

	(void)state;
	prepare();
	shell("a.db", "INSERT INTO evidence (post_id, kind, start, stop, pattern) "
		      "VALUES (1, 'gratitude', 0, 5, 'x'), (2, 'gratitude', 0, 5, 'x')");
	shell("a.db", "UPDATE post SET body = 'x' WHERE id = 1");
	shell("a.db", "UPDATE post SET body = body, score = 4 WHERE id = 2");
	assert_int_equal(shell_int("a.db", hashes), 3);
	assert_int_equal(shell_int("a.db", "SELECT sum(post_id) FROM evidence"), 2);
	a = open_ok("a.db", ARCHIVE_WRITE);
	begin(a);
	commit(a);
	archive_close(a);
	assert_int_equal(shell_int("a.db", hashes), 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(edits_take_digests_away),
		IN_FOLDER(descriptions),
		IN_FOLDER(other_edits_leave_them),
		IN_FOLDER(rewritten_bodies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
