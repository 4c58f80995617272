#ifndef UNIT_IMPORT_TRY_H
#define UNIT_IMPORT_TRY_H

/* What tests of importers share: an archive in a folder of its own, which is
 * the current one while the test runs, so that messages name files alone. */

#include "check.h"

#include "archive/archive.h"
#include "base/buf.h"
#include "base/fsys.h"
#include "import/import.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct try {
	char dir[64];
	int back; /* the folder to return to */
	struct archive *archive;
	struct import_options options;
	struct import_counts counts;
	struct diags diags;
};

static inline struct try *try_begin(void)
{
	struct try *t = calloc(1, sizeof(*t));

	assert_non_null(t);
	snprintf(t->dir, sizeof(t->dir), "/tmp/candor-unit-XXXXXX");
	assert_non_null(mkdtemp(t->dir));
	t->back = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(t->back >= 0);
	assert_int_equal(chdir(t->dir), 0);
	t->options.now = 1700000000;
	archive_open(&t->archive, "archive.db", ARCHIVE_CREATE, &t->diags);
	assert_diags(&t->diags, "");
	return t;
}

/* No diagnostic may be left. */
static inline void try_end(struct try *t)
{
	int tmp;

	assert_diags(&t->diags, "");
	archive_close(t->archive);
	assert_int_equal(fchdir(t->back), 0);
	close(t->back);
	tmp = open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	fsys_remove_tree_at(tmp, t->dir + strlen("/tmp/"), &t->diags);
	assert_diags(&t->diags, "");
	close(tmp);
	free(t);
}

static inline void try_bytes(const char *name, struct str bytes)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
	assert_int_equal(fclose(f), 0);
}

static inline void try_file(const char *name, const char *text)
{
	try_bytes(name, str_of(text));
}

/* Text with ' for ", so that JSON is readable in here (owned). */
static inline char *quoted(const char *text)
{
	char *copy = strdup(text);

	assert_non_null(copy);
	for (char *at = copy; *at; at++)
		*at = *at == '\'' ? '"' : *at;
	return copy;
}

/* ' stands for ". */
static inline void try_json(const char *name, const char *text)
{
	char *json = quoted(text);

	try_file(name, json);
	free(json);
}

static inline int try_import(struct try *t, const char *format, const char *path)
{
	char *copy = strdup(path);
	int status = import_run(t->archive, importer_find(format), &copy, 1, &t->options,
				&t->counts, &t->diags);

	free(copy);
	return status;
}

static inline int try_line(void *ctx, struct str line)
{
	buf_addstr(ctx, line);
	buf_addc(ctx, '\n');
	return 0;
}

/* The archive's canonical lines (owned). */
static inline char *try_export(struct try *t)
{
	struct buf lines = BUF_INIT;
	const struct jsonl_sink sink = { try_line, &lines };

	assert_int_equal(export_jsonl(t->archive, &sink, &t->diags), 0);
	return buf_detach(&lines);
}

/* Exactly these lines, ' standing for ". */
#define assert_export(t, expected) assert_export_at((t), (expected), __FILE__, __LINE__)
static inline void assert_export_at(struct try *t, const char *expected,
				    const char *file, int line)
{
	char *lines = try_export(t), *want = quoted(expected);
	bool same = strcmp(lines, want) == 0;

	if (!same)
		print_error("exported:\n%sinstead of:\n%s", lines, want);
	free(lines);
	free(want);
	if (!same)
		_fail(file, line);
}

/* Whether the export holds the part, ' standing for ". */
static inline bool exports(struct try *t, const char *part)
{
	char *lines = try_export(t), *want = quoted(part);
	bool found = strstr(lines, want) != NULL;

	if (!found)
		print_error("no '%s' in:\n%s", want, lines);
	free(lines);
	free(want);
	return found;
}

/* The path of real data (owned), or the test is skipped.  Called before try_begin(). */
static inline char *try_shared(const char *name)
{
	const char *shared = getenv("CANDOR_SHARED");
	struct buf path = BUF_INIT;
	char *real;

	buf_addf(&path, "%s/data/%s", shared ? shared : "../shared", name);
	real = realpath(path.p, NULL);
	buf_release(&path);
	if (!real) {
		print_message("no data/%s in CANDOR_SHARED\n", name);
		skip();
	}
	return real;
}

#endif
