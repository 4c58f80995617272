/*
 * An archive whose bytes were changed: a byte that says which archive, then
 * edits of one byte's length, two bytes' place and so many bytes.  What can be
 * read comes out as JSON Lines and is the same when those are imported; where
 * digests are, it is what was stored.  A writer comes to an end.
 */
#include "import.h"

#include <sqlite3.h>

/* A second archive has no digests and hashes: there every edit may pass. */
enum { SIGNED, UNSIGNED, ARCHIVES };
static struct buf sound[ARCHIVES], sound_lines;

static const char content[] =
	"{\"type\":\"venue\",\"slug\":\"qa\",\"name\":\"Q\",\"url\":\"https://qa.example\"}\n"
	"{\"type\":\"product\",\"slug\":\"pot\",\"name\":\"Pot\",\"url\":\"/pot\","
	"\"aliases\":[\"pan\"]}\n"
	"{\"type\":\"thread\",\"venue\":\"qa\",\"id\":\"1\",\"url\":\"/1\",\"title\":\"It leaks\","
	"\"created\":\"2026-01-01T00:00:00Z\",\"views\":7,\"tags\":[\"lid\"],"
	"\"products\":[\"pot\"],\"posts\":[{\"id\":\"2\",\"author\":{\"id\":\"c\",\"name\":\"Carl\"},"
	"\"created\":\"2026-01-01T00:00:00Z\",\"format\":\"text\",\"body\":\"Why?\"},"
	"{\"id\":\"3\",\"parent\":\"2\",\"created\":\"2026-01-01T00:00:01Z\",\"format\":\"html\","
	"\"body\":\"<p>Sorry\",\"score\":3,\"hidden\":true}],\"labels\":[{\"name\":\"wrong\","
	"\"post\":\"3\",\"by\":\"kim\",\"at\":\"2026-01-02T00:00:00Z\"}]}\n"
	"{\"type\":\"thread\",\"venue\":\"qa\",\"id\":\"2\",\"url\":\"/2\",\"title\":\"\","
	"\"created\":\"2026-01-01T00:00:00Z\",\"posts\":[]}\n";

static char *fuzz_path(void)
{
	return fsys_join(fuzz_dir, "damaged.db");
}

static void write_damaged(const struct buf *bytes)
{
	char *path = fuzz_path();
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	invariant(fd >= 0 && write(fd, bytes->p, bytes->n) == (ssize_t)bytes->n);
	close(fd);
	free(path);
}

static void sql(const char *path, const char *text)
{
	sqlite3 *db;

	invariant(sqlite3_open(path, &db) == SQLITE_OK);
	invariant(sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK);
	sqlite3_close(db);
}

static void make_sound(void)
{
	struct diags diags = DIAGS_INIT;
	struct import_counts counts;
	char *path;

	fuzz_open();
	path = fuzz_path();
	invariant(archive_begin(fuzz_archive, &diags) == 0);
	invariant(fuzz_take("jsonl", fuzz_file(str_of(content)), false, &counts,
			    &sound_lines));
	invariant(archive_commit(fuzz_archive, &diags) == 0);
	sql(archive_path(fuzz_archive), "PRAGMA page_size = 512; VACUUM");
	invariant(fsys_read(archive_path(fuzz_archive), SIZE_MAX, &sound[SIGNED], &diags) ==
		  0);
	write_damaged(&sound[SIGNED]);
	sql(path, "UPDATE thread SET digest = NULL; UPDATE venue SET digest = NULL;"
		  "UPDATE product SET digest = NULL; UPDATE post SET hash = NULL; VACUUM");
	invariant(fsys_read(path, SIZE_MAX, &sound[UNSIGNED], &diags) == 0);
	sql(archive_path(fuzz_archive), "DELETE FROM venue; DELETE FROM product;"
					"DELETE FROM author; DELETE FROM thread;"
					"DELETE FROM post; DELETE FROM label;"
					"DELETE FROM thread_tag; DELETE FROM thread_product;"
					"DELETE FROM product_alias");
	free(path);
}

static void edit(struct buf *bytes, struct str edits)
{
	while (edits.n > 3) {
		const unsigned char *e = (const unsigned char *)edits.p;
		size_t n = e[0], at = ((size_t)e[1] << 8 | e[2]) % bytes->n;

		edits = str_slice(edits, 3, edits.n);
		/* 0: the file ends here */
		if (!n) {
			buf_cut(bytes, at ? at : 1);
			continue;
		}
		for (size_t i = 0; i < n && i < edits.n && at + i < bytes->n; i++)
			bytes->p[at + i] = edits.p[i];
		edits = str_slice(edits, n, edits.n);
	}
}

/* Whether everything could be read, and then the lines. */
static bool read_damaged(const char *path, struct buf *lines)
{
	const struct jsonl_sink sink = { fuzz_line, lines };
	unsigned char digest[SHA256_SIZE];
	struct diags diags = DIAGS_INIT;
	struct archive *a;
	bool whole = archive_open(&a, path, ARCHIVE_READ, &diags) == 0;

	invariant(whole == (diags.n == 0));
	if (whole) {
		bool checked = archive_check(a, &diags) == 0;

		invariant(checked == (diags.n == 0));
		diags_release(&diags);
		whole = export_jsonl(a, &sink, &diags) == 0;
		invariant(whole == (diags.n == 0));
		invariant(whole || !checked);
		archive_digest(a, digest, &diags);
	}
	archive_close(a);
	fuzz_diags(&diags);
	return whole;
}

static void write_into(const char *path)
{
	struct diags diags = DIAGS_INIT;
	struct import_counts counts;
	const struct import_options options = { .now = 1700000000 };
	struct archive *a;
	char *name = xstrdup(fuzz_file(str_of(content)));

	if (archive_open(&a, path, ARCHIVE_WRITE, &diags) == 0)
		import_run(a, importer_find("jsonl"), &name, 1, &options, &counts, &diags);
	archive_close(a);
	free(name);
	fuzz_diags(&diags);
}

static void target(struct str in)
{
	struct buf bytes = BUF_INIT, lines = BUF_INIT;
	unsigned which;
	char *path;

	if (!in.n)
		return;
	if (!sound[SIGNED].n)
		make_sound();
	path = fuzz_path();
	which = (unsigned char)in.p[0] % ARCHIVES;
	buf_addstr(&bytes, buf_str(&sound[which]));
	edit(&bytes, str_slice(in, 1, in.n));
	write_damaged(&bytes);
	if (read_damaged(path, &lines)) {
		/* damage can hide a thread from a scan, but not change one */
		struct str rest = buf_str(&lines);

		while (which == SIGNED && rest.n)
			invariant(str_find(buf_str(&sound_lines), str_split(&rest, '\n')) <
				  sound_lines.n);
		fuzz_import("jsonl", fuzz_file(buf_str(&lines)));
	}
	write_into(path);
	free(path);
	buf_release(&bytes);
	buf_release(&lines);
}
