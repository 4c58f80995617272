/* candor export jsonl|tombstones: the archive, or what was forgotten, in the interchange
 * form. */
#include "cmd/command.h"
#include "import/import.h"

#include "base/progress.h"

#include <unistd.h>

static int write_line(void *ctx, struct str line)
{
	struct run *run = ctx;

	if (fwrite(line.p, 1, line.n, run->out) == line.n && putc('\n', run->out) != EOF)
		return 0;
	return diag_errno(&run->diags, DIAG_IO, NO_PLACE, "cannot write the result");
}

static bool is_jsonl(const struct run *run)
{
	return str_is(STR("jsonl"), run->argv[0]);
}

static int check_format(struct run *run)
{
	if (is_jsonl(run) || str_is(STR("tombstones"), run->argv[0]))
		return 0;
	diag_add(&run->diags, DIAG_USAGE, NO_PLACE, "unknown format '%s'", run->argv[0]);
	diag_hint(&run->diags, "it is jsonl or tombstones");
	return -1;
}

static int run_export(struct run *run)
{
	const struct jsonl_sink sink = { write_line, run };

	if (isatty(STDOUT_FILENO))
		progress_allow(false); /* lines of the result would stand in it */
	if (is_jsonl(run))
		return export_jsonl(run->archive, &sink, &run->diags);
	return archive_each_tombstone(run->archive, write_line, run, &run->diags);
}

const struct command cmd_export = {
	.name = "export",
	.args = "jsonl|tombstones",
	.summary = "write the archive, or its tombstones, as JSON Lines",
	.needs = NEEDS_READ,
	.min_args = 1,
	.max_args = 1,
	.check = check_format,
	.run = run_export,
	.kept = "the export is not whole",
};
