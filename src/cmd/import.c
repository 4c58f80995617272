/* candor import FORMAT PATH...: an export into the archive. */
#include "cmd/import.h"

#include "base/buf.h"
#include "base/json.h"
#include "cmd/analyze.h"
#include "import/counts.h"

struct import_flags {
	const char *venue, *name, *url, *licence, *map;
	bool own, pulls, whole, partial, keep_going, no_analyze, json;
};

#define AT(member) offsetof(struct import_flags, member)
static const struct opt opts[] = {
	{ "venue", 0, OPT_STR, AT(venue), "SLUG", "the venue that the export is of", 0, 0, NULL },
	{ "name", 0, OPT_STR, AT(name), "NAME", "the venue's name (else its slug)", 0, 0, NULL },
	{ "url", 0, OPT_STR, AT(url), "URL", "the venue's address", 0, 0, NULL },
	{ "licence", 0, OPT_STR, AT(licence), "LICENCE", "of posts that name none", 0, 0, NULL },
	{ "own", 0, OPT_FLAG, AT(own), NULL, "the venue is the company's own", 0, 0, NULL },
	{ "map", 0, OPT_STR, AT(map), "FILE", "csv: which column is what", 0, 0, NULL },
	{ "pulls", 0, OPT_FLAG, AT(pulls), NULL, "github: pull requests, too", 0, 0, NULL },
	{ "whole", 0, OPT_FLAG, AT(whole), NULL, "threads that aren't in it are gone", 0, 0, NULL },
	{ "partial", 0, OPT_FLAG, AT(partial), NULL, "posts that aren't in it aren't gone", 0, 0, NULL },
	{ "keep-going", 0, OPT_FLAG, AT(keep_going), NULL, "skip bad records and count them", 0, 0, NULL },
	{ "no-analyze", 0, OPT_FLAG, AT(no_analyze), NULL, "leave evidence to candor analyze", 0, 0, NULL },
	{ "json", 0, OPT_FLAG, AT(json), NULL, "the counts as JSON", 0, 0, NULL },
	{ 0 }
};

/* -1 when the name is none; *out is NULL for the one that is guessed later. */
static int find_importer(const char *name, const struct importer **out,
			 struct diags *diags)
{
	struct buf known = BUF_INIT;

	*out = importer_find(name);
	if (*out || !strcmp(name, IMPORTER_ANY))
		return 0;
	buf_adds(&known, IMPORTER_ANY);
	for (size_t i = 0; importers[i]; i++)
		buf_addf(&known, ", %s", importers[i]->name);
	diag_add(diags, DIAG_USAGE, NO_PLACE, "unknown format '%s'", name);
	diag_hint(diags, "the formats are %s", known.p);
	buf_release(&known);
	return -1;
}

static void explain_formats(struct buf *out)
{
	buf_addf(out, "\nformats:\n  %-14s the one below that the first bytes tell\n",
		 IMPORTER_ANY);
	for (size_t i = 0; importers[i]; i++)
		buf_addf(out, "  %-14s %s\n", importers[i]->name, importers[i]->reads);
}

static int check_words(struct run *run)
{
	const struct import_flags *flags = run->options;
	const struct importer *how;

	if (flags->whole && flags->partial)
		return diag_add(&run->diags, DIAG_USAGE, NO_PLACE,
				"'--whole' and '--partial' exclude each other");
	return find_importer(run->argv[0], &how, &run->diags);
}

static void say_counts(FILE *out, const struct import_counts *c, bool json)
{
	struct buf text = BUF_INIT;
	struct jsonw w;

	jsonw_init(&w, &text);
	if (json)
		import_counts_json(c, &w);
	else
		import_counts_text(c, &text);
	buf_addc(&text, '\n');
	fwrite(text.p, 1, text.n, out);
	buf_release(&text);
}

/* In the import's own transaction, so that nobody sees posts that nobody looked at. */
static int find_evidence(void *run)
{
	struct analysis_counts found;

	return analyze_archive(run, false, &found);
}

int import_operands(struct run *run, const struct importer *how, char **operands, size_t n,
		    struct import_options *options, bool analyze,
		    struct import_counts *counts)
{
	if (!how)
		how = importer_sniff(operands, n, &run->diags);
	if (!how)
		return -1;
	options->now = run->now;
	options->finish = analyze ? find_evidence : NULL;
	options->ctx = run;
	return import_run(run->archive, how, operands, n, options, counts, &run->diags);
}

static int run_import(struct run *run)
{
	const struct import_flags *flags = run->options;
	struct import_options options = {
		.venue = flags->venue,
		.url = flags->url,
		.name = flags->name,
		.licence = flags->licence,
		.map = flags->map,
		.own = flags->own,
		.pulls = flags->pulls,
		.whole = flags->whole,
		.partial = flags->partial,
		.keep_going = flags->keep_going,
	};
	const struct importer *how;
	struct import_counts counts;

	if (find_importer(run->argv[0], &how, &run->diags) < 0 ||
	    import_operands(run, how, run->argv + 1, (size_t)run->argc - 1, &options,
			    !flags->no_analyze, &counts) < 0)
		return -1;
	import_counts_text(&counts, &run->done);
	if (!run->global.quiet || flags->json)
		say_counts(run->out, &counts, flags->json);
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
	.explain = explain_formats,
	.check = check_words,
	.run = run_import,
	.kept = "the archive is as it was",
};
