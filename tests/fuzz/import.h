#ifndef FUZZ_IMPORT_H
#define FUZZ_IMPORT_H

/*
 * An export into an archive, inside a transaction that is taken back, so that
 * every input meets an empty one.  What was taken comes out as JSON Lines, and
 * those bring nothing new when they are imported again.
 */
#include "target.h"

#include "archive/archive.h"
#include "base/fsys.h"
#include "import/import.h"

/* In memory: every commit waits for the disk. */
static char fuzz_dir[] = "/dev/shm/candor-fuzz-XXXXXX";
static struct archive *fuzz_archive;
static const char *fuzz_map; /* what --map would name */

static void fuzz_close(void)
{
	struct diags diags = DIAGS_INIT;
	int tmp = open("/dev/shm", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	archive_close(fuzz_archive);
	fsys_remove_tree_at(tmp, fuzz_dir + strlen("/dev/shm/"), &diags);
	close(tmp);
	diags_release(&diags);
}

static void fuzz_open(void)
{
	struct diags diags = DIAGS_INIT;
	char *path;

	if (fuzz_archive)
		return;
	invariant(mkdtemp(fuzz_dir));
	path = fsys_join(fuzz_dir, "archive.db");
	archive_open(&fuzz_archive, path, ARCHIVE_CREATE, &diags);
	invariant(fuzz_archive);
	atexit(fuzz_close);
	free(path);
	diags_release(&diags);
}

static int fuzz_line(void *ctx, struct str line)
{
	buf_addstr(ctx, line);
	buf_addc(ctx, '\n');
	return 0;
}

/* Whether path could be read to its end; then lines is what the archive holds. */
static bool fuzz_take(const char *format, const char *path, bool keep_going,
		      struct import_counts *counts, struct buf *lines)
{
	struct diags diags = DIAGS_INIT;
	const struct import_options options = { .now = 1700000000,
						.url = "https://qa.example",
						.map = fuzz_map,
						.keep_going = keep_going };
	struct import in = { fuzz_archive, &options, counts, &diags, SEEN_INIT };
	const struct jsonl_sink sink = { fuzz_line, lines };
	char *name = xstrdup(path);
	bool taken;

	*counts = (struct import_counts){ 0 };
	taken = importer_find(format)->read(&in, &name, 1) == 0 &&
		diags_errors(&diags) == 0;
	if (taken && export_jsonl(fuzz_archive, &sink, &diags) < 0)
		fuzz_broken("cannot be exported: %s", diags.items[0].message);
	fuzz_diags(&diags);
	free(name);
	return taken;
}

__attribute__((unused)) static void fuzz_import(const char *format, const char *path)
{
	struct buf lines = BUF_INIT, again = BUF_INIT;
	struct import_counts counts;
	struct diags diags = DIAGS_INIT;

	invariant(archive_begin(fuzz_archive, &diags) == 0);
	if (fuzz_take(format, path, true, &counts, &lines)) {
		invariant(fuzz_take("jsonl", fuzz_file(buf_str(&lines)), false, &counts,
				    &again));
		invariant(!counts.threads_new && !counts.threads_changed);
		if (!str_eq(buf_str(&lines), buf_str(&again)))
			fuzz_broken("another archive:\n%sinstead of:\n%s", again.p, lines.p);
	}
	archive_rollback(fuzz_archive);
	buf_release(&lines);
	buf_release(&again);
}

#endif
