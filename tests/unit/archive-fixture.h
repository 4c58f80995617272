#ifndef TESTS_ARCHIVE_FIXTURE_H
#define TESTS_ARCHIVE_FIXTURE_H

/*
 * What the archive's tests share: a folder of their own, a small archive with
 * one venue, one product and two threads, a shell that may do all that a
 * hostile hand could, and assertions on diagnostics.
 */
#include "archive/archive.h"
#include "archive/jsonl.h"
#include "archive/schema.h"
#include "base/fsys.h"
#include "base/mem.h"

#include <fcntl.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

/* --- A folder of the test's own, the current one while it runs --- */

__attribute__((unused)) static int enter_folder(void **state)
{
	char *folder = xstrdup("/tmp/candor-archive-XXXXXX");

	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	*state = folder;
	return 0;
}

__attribute__((unused)) static int leave_folder(void **state)
{
	const char *name = strrchr(*state, '/') + 1;
	struct diags d = DIAGS_INIT;
	int tmp = open("/tmp", O_RDONLY | O_DIRECTORY);

	assert_int_equal(chdir("/"), 0);
	assert_int_equal(fsys_remove_tree_at(tmp, name, &d), 0);
	close(tmp);
	free(*state);
	return 0;
}

#define IN_FOLDER(test) \
	cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

__attribute__((unused)) static void write_file(const char *path, const void *p, size_t n)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(p, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

/* The whole file; released with buf_release(). */
__attribute__((unused)) static struct buf read_file(const char *path)
{
	struct buf b = BUF_INIT;
	FILE *f = fopen(path, "rb");
	int c;

	assert_non_null(f);
	while ((c = getc(f)) != EOF)
		buf_addc(&b, (char)c);
	fclose(f);
	return b;
}

/* --- A shell: SQLite without candor's care --- */

__attribute__((unused)) static void shell(const char *path, const char *sql)
{
	char *error = NULL;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
		fail_msg("%s: %s", sql, error);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* The first column of the first row; -1 for NULL or none. */
__attribute__((unused)) static int64_t shell_int(const char *path, const char *sql)
{
	sqlite3_stmt *stmt;
	int64_t v = -1;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
	if (sqlite3_step(stmt) == SQLITE_ROW && sqlite3_column_type(stmt, 0) != SQLITE_NULL)
		v = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	return v;
}

/* Runs sql without the schema's checks: with a schema that has none, put back
 * afterwards. */
__attribute__((unused)) static void force(const char *path, const char *sql)
{
	struct buf b = BUF_INIT;

	shell(path, "PRAGMA writable_schema = ON;"
		    "UPDATE sqlite_schema SET sql = replace(replace(replace(sql, 'STRICT, ', ''), "
		      "'STRICT', ''), 'NOT NULL', '') WHERE type = 'table'");
	buf_addf(&b, "PRAGMA ignore_check_constraints = ON; %s", sql);
	shell(path, b.p);
	buf_reset(&b);
	buf_adds(&b, "PRAGMA writable_schema = ON;");
	for (const struct schema_object *o = schema_objects; o->name; o++) {
		char *update = sqlite3_mprintf("UPDATE sqlite_schema SET sql = %Q "
					       "WHERE type = 'table' AND name = %Q;",
					       o->sql, o->name);

		buf_adds(&b, update);
		sqlite3_free(update);
	}
	shell(path, b.p);
	buf_release(&b);
}

/* --- Diagnostics --- */

__attribute__((unused)) static void no_diags(struct diags *d)
{
	for (size_t i = 0; i < d->n; i++)
		fail_msg("%s [%s]", d->items[i].message, diag_name(d->items[i].id));
}

/* The one diagnostic has this id and says this; none is left. */
__attribute__((unused)) static void one_diag(struct diags *d, enum diag_id id,
					     const char *says)
{
	assert_int_equal(d->n, 1);
	if (d->items[0].id != id || !strstr(d->items[0].message, says))
		fail_msg("%s [%s] instead of %s [%s]", d->items[0].message,
			 diag_name(d->items[0].id), says, diag_name(id));
	diags_release(d);
}

/* --- Content --- */

__attribute__((unused)) static const struct venue a_venue = {
	.slug = { "forum", 5 }, .name = { "The forum", 9 },
	.url = { "https://forum.example/", 22 }, .language = { "en", 2 },
	.licence = { "CC BY-SA 4.0", 12 },
};

__attribute__((unused)) static const struct product a_product = {
	.slug = { "kettle-2", 8 }, .name = { "Kettle 2", 8 },
	.url = { "https://shop.example/kettle-2", 29 },
};

static const struct author dana = {
	.id = { "u17", 3 }, .name = { "Dana", 4 }, .staff = true,
};
static const struct author carl = {
	.id = { "u4", 2 }, .name = { "Carl", 4 }, .url = { "https://carl.example/", 21 },
};

/* Thread number n with two posts: a customer's, a contributor's. */
__attribute__((unused)) static struct thread *a_thread(struct arena *a,
						       const struct venue *venue, int n)
{
	static struct str tags[] = { { "boil", 4 }, { "lid", 3 } };
	static struct str products[] = { { "kettle-2", 8 } };
	struct thread *t = arena_new(a, struct thread);
	struct post *p = arena_array(a, struct post, 2);

	p[0] = (struct post){
		.id = arena_printf(a, "%d", n * 10), .author = &carl,
		.created = 1700000000 + n, .edited = WHEN_NONE, .format = BODY_MARKDOWN,
		.body = STR("The *lid* leaks.\n\"Why?\""), .score = 3,
		.withdrawn = WHEN_NONE, .fetched = WHEN_NONE,
	};
	p[1] = (struct post){
		.id = arena_printf(a, "%d", n * 10 + 1), .parent = p[0].id, .author = &dana,
		.created = 1700000100 + n, .edited = 1700000200, .format = BODY_HTML,
		.language = STR("de-AT"),
		.body = STR("<p>We were wrong \xe2\x80\x94 sorry.</p>"),
		.withdrawn = WHEN_NONE, .fetched = WHEN_NONE,
		.url = STR("https://forum.example/p"), .licence = STR("CC BY 4.0"),
	};
	*t = (struct thread){
		.venue = venue, .id = arena_printf(a, "t%d", n),
		.url = arena_printf(a, "https://forum.example/t%d", n),
		.title = STR("A lid that leaks"), .created = 1700000000 + n,
		.updated = WHEN_NONE, .views = NUMBER_NONE, .solved_by = p[1].id,
		.withdrawn = WHEN_NONE, .embargo = WHEN_NONE, .expires = WHEN_NONE, .tags = tags, .tags_n = 2,
		.products = products, .products_n = 1, .posts = p, .posts_n = 2,
	};
	return t;
}

__attribute__((unused)) static enum archive_change put(struct archive *a,
						       struct thread *t, bool complete)
{
	struct archive_put how = { .complete = complete };
	struct diags d = DIAGS_INIT;
	enum archive_change change;

	assert_int_equal(archive_put_thread(a, t, &how, &change, &d), 0);
	no_diags(&d);
	return change;
}

__attribute__((unused)) static struct archive *open_ok(const char *path,
						       enum archive_mode mode)
{
	struct diags d = DIAGS_INIT;
	struct archive *a;

	if (archive_open(&a, path, mode, &d) < 0)
		no_diags(&d);
	assert_non_null(a);
	assert_int_equal(d.n, 0);
	return a;
}

__attribute__((unused)) static void begin(struct archive *a)
{
	struct diags d = DIAGS_INIT;

	assert_int_equal(archive_begin(a, &d), 0);
}

__attribute__((unused)) static void commit(struct archive *a)
{
	struct diags d = DIAGS_INIT;

	archive_commit(a, &d);
	no_diags(&d);
}

/* Puts venue and product into an archive between begin and commit; venue gets
 * its row. */
__attribute__((unused)) static void put_basics(struct archive *a, struct venue *venue)
{
	struct product product = a_product;
	struct diags d = DIAGS_INIT;
	enum archive_change change;

	*venue = a_venue;
	assert_int_equal(archive_put_venue(a, venue, &change, &d), 0);
	assert_int_equal(archive_put_product(a, &product, &change, &d), 0);
}

/* The archive that most tests begin with: threads t1 and t2, one label. */
__attribute__((unused)) static void make_archive(const char *path)
{
	struct archive *a = open_ok(path, ARCHIVE_CREATE);
	struct arena arena = ARENA_INIT;
	struct venue venue;
	struct label label = {
		.name = STR("wrong"), .post = STR("11"), .quote = STR("We were wrong"),
		.by = STR("kim"), .at = 1700000300,
	};
	struct thread *t;

	begin(a);
	put_basics(a, &venue);
	t = a_thread(&arena, &venue, 1);
	t->labels = &label;
	t->labels_n = 1;
	assert_int_equal(put(a, t, true), ARCHIVE_NEW);
	assert_int_equal(put(a, a_thread(&arena, &venue, 2), true), ARCHIVE_NEW);
	commit(a);
	archive_close(a);
	arena_release(&arena);
}

/* --- The canonical lines, read anew --- */

static int add_row(void *ctx, const struct thread *t)
{
	struct buf *rows = ctx;

	buf_add(rows, &t->row, sizeof(t->row));
	return 0;
}

/* All lines, each with a line feed: venues, products, threads by row.  Fails
 * with the diagnostics in d. */
__attribute__((unused)) static int all_lines(struct archive *a, bool fetched,
					     struct buf *out, struct diags *d)
{
	struct arena arena = ARENA_INIT;
	struct buf rows = BUF_INIT;
	struct venue *venues;
	struct product *products;
	size_t venues_n, products_n;
	int status = -1;

	if (archive_venues(a, &arena, &venues, &venues_n, d) < 0 ||
	    archive_products(a, &arena, &products, &products_n, d) < 0 ||
	    archive_each_thread(a, add_row, &rows, d) < 0)
		goto out;
	for (size_t i = 0; i < venues_n; i++, buf_addc(out, '\n'))
		jsonl_venue(out, &venues[i]);
	for (size_t i = 0; i < products_n; i++, buf_addc(out, '\n'))
		jsonl_product(out, &products[i]);
	for (size_t i = 0; i < rows.n; i += sizeof(int64_t), buf_addc(out, '\n')) {
		struct thread t;
		int64_t row;

		memcpy(&row, rows.p + i, sizeof(row));
		if (archive_thread(a, row, venues, venues_n, &arena, &t, d) < 0)
			goto out;
		jsonl_thread(out, &t, fetched);
	}
	status = 0;
out:
	buf_release(&rows);
	arena_release(&arena);
	return status;
}

static int compare_hash(const void *a, const void *b)
{
	return memcmp(a, b, SHA256_SIZE);
}

/* The archive's digest as anybody with the export computes it. */
__attribute__((unused)) static void digest_of_lines(struct archive *a,
						    unsigned char out[SHA256_SIZE])
{
	struct buf lines = BUF_INIT, hashes = BUF_INIT;
	struct diags d = DIAGS_INIT;
	struct str rest;

	all_lines(a, false, &lines, &d);
	no_diags(&d);
	rest = buf_str(&lines);
	while (rest.n) {
		unsigned char hash[SHA256_SIZE];

		sha256_of(str_split(&rest, '\n'), hash);
		buf_add(&hashes, hash, SHA256_SIZE);
	}
	qsort(hashes.p, hashes.n / SHA256_SIZE, SHA256_SIZE, compare_hash);
	sha256_of(buf_str(&hashes), out);
	buf_release(&lines);
	buf_release(&hashes);
}

/* The archive's own digest agrees with its lines; it comes back in out. */
__attribute__((unused)) static void digest_agrees(const char *path,
						  unsigned char out[SHA256_SIZE])
{
	struct archive *a = open_ok(path, ARCHIVE_READ);
	unsigned char lines[SHA256_SIZE];
	struct diags d = DIAGS_INIT;

	archive_digest(a, out, &d);
	no_diags(&d);
	digest_of_lines(a, lines);
	assert_memory_equal(out, lines, SHA256_SIZE);
	archive_close(a);
}

#endif
