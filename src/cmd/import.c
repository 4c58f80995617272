/* candor import FORMAT PATH...: an export into the archive. */
#include "import/import.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/suggest.h"
#include "cmd/command.h"

#include <inttypes.h>

struct import_flags {
	const char *venue, *name, *url, *licence;
	bool own, keep_going;
};

#define AT(member) offsetof(struct import_flags, member)
static const struct opt opts[] = {
	{ "venue", 0, OPT_STR, AT(venue), "SLUG", "the venue that the export is of", 0, 0, NULL },
	{ "name", 0, OPT_STR, AT(name), "NAME", "the venue's name (else its slug)", 0, 0, NULL },
	{ "url", 0, OPT_STR, AT(url), "URL", "the venue's address", 0, 0, NULL },
	{ "licence", 0, OPT_STR, AT(licence), "LICENCE", "of posts that name none", 0, 0, NULL },
	{ "own", 0, OPT_FLAG, AT(own), NULL, "the venue is the company's own", 0, 0, NULL },
	{ "keep-going", 0, OPT_FLAG, AT(keep_going), NULL, "skip bad records and count them", 0, 0, NULL },
	{ 0 }
};

static const struct importer *find_importer(const char *name, struct diags *diags)
{
	const struct importer *found = importer_find(name);
	struct buf known = BUF_INIT;

	if (found)
		return found;
	for (size_t i = 0; importers[i]; i++)
		buf_addf(&known, "%s%s", i ? ", " : "", importers[i]->name);
	diag_add(diags, DIAG_USAGE, NO_PLACE, "unknown format '%s'", name);
	diag_hint(diags, "the formats are %s", known.p);
	buf_release(&known);
	return NULL;
}

static void say_counts(FILE *out, const struct import_counts *c)
{
	const struct {
		uint64_t n;
		const char *what;
	} rest[] = {
		{ c->threads_gone, "gone at the venue" },
		{ c->refused, "kept out by a tombstone" },
	}, records[] = {
		{ c->authors_unknown, "by deleted accounts" },
		{ c->orphans, "without a thread in the export" },
		{ c->left_out, "records of other kinds left out" },
		{ c->skipped, "bad records skipped" },
	};

	fprintf(out, "threads: %" PRIu64 " new, %" PRIu64 " changed, %" PRIu64 " unchanged",
		c->threads_new, c->threads_changed, c->threads_same);
	for (size_t i = 0; i < ARRAY_LEN(rest); i++)
		if (rest[i].n)
			fprintf(out, ", %" PRIu64 " %s", rest[i].n, rest[i].what);
	fprintf(out, "; posts: %" PRIu64, c->posts);
	for (size_t i = 0; i < ARRAY_LEN(records); i++)
		if (records[i].n)
			fprintf(out, ", %" PRIu64 " %s", records[i].n, records[i].what);
	putc('\n', out);
}

static int check_format(struct run *run)
{
	return find_importer(run->argv[0], &run->diags) ? 0 : -1;
}

static int run_import(struct run *run)
{
	const struct import_flags *flags = run->options;
	struct progress progress;
	const struct import_options options = {
		.venue = flags->venue,
		.url = flags->url,
		.name = flags->name,
		.licence = flags->licence,
		.own = flags->own,
		.keep_going = flags->keep_going,
		.now = run->now,
		.progress = &progress,
	};
	const struct importer *how = importer_find(run->argv[0]);
	struct import_counts counts = { 0 };
	int status;

	progress_begin(&progress, "posts", 0, !run->global.quiet);
	status = import_run(run->archive, how, run->argv + 1, (size_t)run->argc - 1,
			    &options, &counts, &run->diags);
	progress_end(&progress);
	if (status < 0)
		return -1;
	if (!run->global.quiet)
		say_counts(run->out, &counts);
	return 0;
}

const struct command cmd_import = {
	.name = "import",
	.args = "jsonl|stackexchange PATH...",
	.summary = "read a venue's export into the archive",
	.needs = NEEDS_CREATE,
	.min_args = 2,
	.max_args = -1,
	.opts = opts,
	.options_size = sizeof(struct import_flags),
	.check = check_format,
	.run = run_import,
};
