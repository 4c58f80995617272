/* Exports in JSON, value by value.  What values hold is the importers'. */
#include "import/jsonfiles.h"

struct jsonfiles {
	struct import *in;
	int (*fn)(void *ctx, const struct json_record *record);
	void *ctx;
	struct arena arena;
};

static int give(struct jsonfiles *f, struct json_record *record)
{
	struct diags bad = DIAGS_INIT;
	int status = 0;

	record->value = json_parse(&f->arena, record->text, record->where, &bad);
	record->arena = &f->arena;
	record->bad = &bad;
	if (record->value)
		status = f->fn(f->ctx, record);
	if (status == 0 && bad.n)
		status = import_bad_record(f->in, record->where, &bad);
	diags_release(&bad);
	arena_reset(&f->arena);
	return status;
}

/* What can't be read is no matter of records. */
static int end_early(struct jsonfiles *f, const struct jsonstream *s, struct diags *bad)
{
	if (!bad->counts[DIAG_UNREADABLE])
		return import_bad_record(f->in, place_file(s->in.path), bad);
	diags_merge(f->in->diags, bad);
	return -1;
}

static int read_file(struct jsonfiles *f, const char *path, const char *const *lists)
{
	struct diags bad = DIAGS_INIT;
	struct jsonstream s;
	struct jsonitem item;
	int got, status = 0;

	if (jsonstream_open(&s, path, lists, f->in->diags) < 0)
		return -1;
	while (status == 0 && (got = jsonstream_next(&s, &item, &bad)) == 1) {
		struct json_record record = {
			.path = instream_name(path), .list = item.list,
			.text = item.text, .where = item.where, .stream = &s,
		};

		status = give(f, &record);
	}
	if (status == 0 && got < 0)
		status = end_early(f, &s, &bad);
	diags_release(&bad);
	jsonstream_release(&s);
	return status;
}

int jsonfiles_read(struct import *in, char **paths, size_t n, const char *const *lists,
		   int (*fn)(void *ctx, const struct json_record *record), void *ctx)
{
	struct jsonfiles f = { in, fn, ctx, ARENA_INIT };
	int status = 0;

	for (size_t i = 0; status == 0 && i < n; i++)
		status = read_file(&f, paths[i], lists);
	arena_release(&f.arena);
	return status;
}
