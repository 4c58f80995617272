/* candor import FORMAT PATH...: an export into the archive. */
#include "import/import.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/suggest.h"
#include "cmd/command.h"

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
	fprintf(out, "threads: %llu new, %llu changed, %llu unchanged",
		(unsigned long long)c->threads_new, (unsigned long long)c->threads_changed,
		(unsigned long long)c->threads_same);
	if (c->refused)
		fprintf(out, ", %llu kept out by a tombstone", (unsigned long long)c->refused);
	if (c->skipped)
		fprintf(out, ", %llu records skipped", (unsigned long long)c->skipped);
	fprintf(out, "; posts: %llu\n", (unsigned long long)c->posts);
}

static int run_import(struct run *run)
{
	const struct import_flags *flags = run->options;
	const struct import_options options = {
		.venue = flags->venue,
		.url = flags->url,
		.name = flags->name,
		.licence = flags->licence,
		.own = flags->own,
		.keep_going = flags->keep_going,
		.now = run->now,
	};
	const struct importer *how = find_importer(run->argv[0], &run->diags);
	struct import_counts counts = { 0 };

	if (!how || import_run(run->archive, how, run->argv + 1, (size_t)run->argc - 1,
			       &options, &counts, &run->diags) < 0)
		return -1;
	if (!run->global.quiet)
		say_counts(run->out, &counts);
	return 0;
}

const struct command cmd_import = {
	.name = "import",
	.args = "FORMAT PATH...",
	.summary = "read a venue's export into the archive",
	.needs = NEEDS_CREATE,
	.min_args = 2,
	.max_args = -1,
	.opts = opts,
	.options_size = sizeof(struct import_flags),
	.run = run_import,
};
