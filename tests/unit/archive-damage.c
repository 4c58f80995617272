/*
 * Nothing in a file can hurt a reader: what a row mustn't hold is answered
 * with a diagnostic that names table and row; truncated files are refused; a
 * text that fails its hash is never read; a full disk leaves the archive as it
 * was.  Files with flipped bits are archive-flips.c's.
 */
#include "archive-fixture.h"

#include <signal.h>
#include <sys/resource.h>

static int ignore_post(void *ctx, const struct post_facts *p)
{
	(void)ctx;
	(void)p;
	return 0;
}

static int ignore_label(void *ctx, int64_t thread, const struct label *l)
{
	(void)ctx;
	(void)thread;
	(void)l;
	return 0;
}

static int ignore_link(void *ctx, int64_t thread, int64_t product)
{
	(void)ctx;
	(void)thread;
	(void)product;
	return 0;
}

static int ignore_tag(void *ctx, int64_t thread, struct str tag)
{
	(void)ctx;
	(void)thread;
	(void)tag;
	return 0;
}

static int ignore_author(void *ctx, const struct author *author)
{
	(void)ctx;
	(void)author;
	return 0;
}

/* Everything that a reader can ask; -1 when anything failed. */
static int read_all(struct archive *a, struct diags *d)
{
	unsigned char digest[SHA256_SIZE];
	struct buf lines = BUF_INIT;
	int status = all_lines(a, true, &lines, d);

	buf_release(&lines);
	status |= archive_each_post(a, ignore_post, NULL, d);
	status |= archive_each_author(a, ignore_author, NULL, d);
	status |= archive_each_label(a, ignore_label, NULL, d);
	status |= archive_each_link(a, ignore_link, NULL, d);
	status |= archive_each_tag(a, ignore_tag, NULL, d);
	status |= archive_digest(a, digest, d);
	return status | archive_check(a, d);
}

static bool says(const struct diags *d, const char *text)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->items[i].id == DIAG_ARCHIVE_DAMAGED &&
		    strstr(d->items[i].message, text))
			return true;
	return false;
}

static void rows_that_must_not_be(void **state)
{
	static const struct {
		const char *sql, *says;
	} cases[] = {
		{ "UPDATE post SET body = x'00' WHERE id = 2",
		  "table 'post', row 2: 'body' is not text" },
		{ "UPDATE post SET body = NULL WHERE id = 2", "row 2: 'body' is missing" },
		{ "UPDATE post SET body = CAST(x'610062' AS TEXT) WHERE id = 3",
		  "row 3: 'body' holds a NUL byte" },
		{ "UPDATE post SET body = CAST(x'c3' AS TEXT) WHERE id = 3",
		  "row 3: 'body' holds a NUL byte or broken UTF-8" },
		{ "UPDATE post SET ref = CAST(x'ff' AS TEXT) WHERE id = 3",
		  "row 3: 'ref' holds a NUL byte or broken UTF-8" },
		{ "UPDATE post SET created = 'noon' WHERE id = 1",
		  "row 1: 'created' is not an integer" },
		{ "UPDATE post SET created = 9000000000000 WHERE id = 1",
		  "row 1: 'created' is not a time" },
		{ "UPDATE post SET gone = 2 WHERE id = 4", "row 4: 'gone' is neither 0 nor 1" },
		{ "UPDATE post SET format = 'word' WHERE id = 4", "row 4: 'format' is none of" },
		{ "UPDATE post SET hash = x'00' WHERE id = 4", "row 4: 'hash' has the wrong length" },
		{ "UPDATE post SET hash = zeroblob(32) WHERE id = 4",
		  "row 4: 'body' isn't what was stored" },
		{ "UPDATE post SET author_id = 77 WHERE id = 4", "row 4: there is no author 77" },
		{ "UPDATE post SET thread_id = 77 WHERE id = 4", "row 4: there is no thread 77" },
		{ "UPDATE thread SET venue_id = 77 WHERE id = 2",
		  "table 'thread', row 2: there is no venue 77" },
		{ "UPDATE thread SET title = NULL WHERE id = 2", "row 2: 'title' is missing" },
		{ "UPDATE thread SET digest = zeroblob(32) WHERE id = 2",
		  "row 2: 'digest' isn't that of the thread" },
		{ "DELETE FROM product", "table 'thread_product', row 1: 'slug' is missing" },
		{ "UPDATE product SET slug = '../x'", "table 'product', row 1: 'slug' is no slug" },
		{ "UPDATE venue SET slug = 'a/b'", "table 'venue', row 1: 'slug' is no slug" },
		{ "UPDATE venue SET own = 'yes'", "row 1: 'own' is not an integer" },
		{ "UPDATE author SET name = x'41' WHERE id = 1",
		  "table 'author', row 1: 'name' is not text" },
		{ "UPDATE label SET by = NULL", "table 'label', row 1: 'by' is missing" },
		{ "UPDATE thread_tag SET tag = x'41' WHERE thread_id = 2 AND tag = 'lid'",
		  "table 'thread_tag', row 2: 'tag' is not text" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct diags d = DIAGS_INIT;
		struct archive *a;

		unlink("a.db");
		make_archive("a.db");
		force("a.db", cases[i].sql);
		a = open_ok("a.db", ARCHIVE_READ);
		assert_int_equal(read_all(a, &d), -1);
		if (!says(&d, cases[i].says))
			fail_msg("%s: %s", cases[i].sql, d.items[0].message);
		archive_close(a);
		diags_release(&d);
	}
}

static void no_such_row(void **state)
{
	struct arena arena = ARENA_INIT;
	struct diags d = DIAGS_INIT;
	struct archive *a;
	struct thread t;

	(void)state;
	make_archive("a.db");
	a = open_ok("a.db", ARCHIVE_READ);
	assert_int_equal(archive_thread(a, 99, NULL, 0, &arena, &t, &d), -1);
	one_diag(&d, DIAG_ARCHIVE_DAMAGED, "no row 99");
	archive_close(a);
	arena_release(&arena);
}

/* Opens and reads what may be anything; what goes wrong has a diagnostic. */
static bool survives(const char *path)
{
	struct diags d = DIAGS_INIT;
	struct archive *a;
	int status = archive_open(&a, path, ARCHIVE_READ, &d);

	if (!status)
		status = read_all(a, &d);
	archive_close(a);
	assert_int_equal(status != 0, d.n > 0);
	diags_release(&d);
	return status == 0;
}

static void truncated_files(void **state)
{
	struct buf whole;

	(void)state;
	make_archive("a.db");
	whole = read_file("a.db");
	for (size_t n = 0; n < whole.n; n += n < 200 ? 1 : 1024 - n % 512) {
		write_file("b.db", whole.p, n);
		assert_false(survives("b.db"));
	}
	buf_release(&whole);
}

/* A byte of a body that changed on the disk is never published. */
static void rotten_body(void **state)
{
	struct diags d = DIAGS_INIT;
	struct archive *a;
	struct buf bytes;
	char *at;

	(void)state;
	make_archive("a.db");
	bytes = read_file("a.db");
	at = memmem(bytes.p, bytes.n, "The *lid* leaks", 15);
	assert_non_null(at);
	at[5] = 'k';
	write_file("a.db", bytes.p, bytes.n);
	a = open_ok("a.db", ARCHIVE_READ);
	assert_int_equal(read_all(a, &d), -1);
	assert_true(says(&d, "'body' isn't what was stored"));
	diags_release(&d);
	archive_close(a);
	buf_release(&bytes);
}

/* The same with a limit on the size of files, as a full disk would have it. */
static void full_disk(void **state)
{
	struct rlimit before, low;
	struct arena arena = ARENA_INIT;
	struct diags d = DIAGS_INIT;
	struct archive_put how = { .complete = true };
	enum archive_change change;
	struct venue venue;
	struct stat st;
	struct archive *a;
	struct thread *t;
	char *big = xmalloc(1 << 20);
	int status;

	(void)state;
	make_archive("a.db");
	assert_int_equal(stat("a.db", &st), 0);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	low = before;
	low.rlim_cur = (rlim_t)st.st_size + 65536;
	memset(big, 'x', 1 << 20);

	a = open_ok("a.db", ARCHIVE_WRITE);
	begin(a);
	put_basics(a, &venue);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &low), 0);
	for (int i = 3; i < 80; i++) {
		t = a_thread(&arena, &venue, i);
		t->posts[0].body = str_make(big, 1 << 20);
		status = archive_put_thread(a, t, &how, &change, &d);
		if (status)
			break;
	}
	if (!status)
		status = archive_commit(a, &d);
	assert_int_equal(status, -1);
	assert_int_equal(d.items[0].id, DIAG_IO);
	diags_release(&d);
	/* SQLite has left the transaction: what comes now must not be committed
	 * piece by piece. */
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(archive_put_thread(a, a_thread(&arena, &venue, 90), &how, &change, &d),
			 -1);
	one_diag(&d, DIAG_IO, "rolled back");
	archive_close(a);

	a = open_ok("a.db", ARCHIVE_READ);
	assert_int_equal(read_all(a, &d), 0);
	archive_close(a);
	assert_int_equal(shell_int("a.db", "SELECT count(*) FROM thread"), 2);
	arena_release(&arena);
	free(big);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(rows_that_must_not_be),
		IN_FOLDER(no_such_row),
		IN_FOLDER(truncated_files),
		IN_FOLDER(rotten_body),
		IN_FOLDER(full_disk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
