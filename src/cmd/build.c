/* candor build and candor check: the whole way, with and without writing. */
#include "publish/build.h"

#include "cmd/analyze.h"
#include "cmd/command.h"

#include <stdlib.h>
#include <unistd.h>

struct build_flags {
	int64_t jobs;
};

enum { JOBS_MAX = 256 };

static const struct opt opts[] = {
	{ "jobs", 'j', OPT_INT, offsetof(struct build_flags, jobs), "N",
	  "workers (else one for each core)", 1, JOBS_MAX, NULL },
	{ 0 }
};

static int job_count(int64_t asked)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	if (asked)
		return (int)asked;
	return cores < 1 ? 1 : cores > JOBS_MAX ? JOBS_MAX : (int)cores;
}

static int run_site(struct run *run, bool check, struct build_result *result)
{
	const struct build_flags *flags = run->options;
	const struct build_input in = {
		.config = &run->config,
		.rules = run->rules,
		.archive = run->archive,
		.now = run->now,
		.jobs = job_count(flags->jobs),
		.check = check,
		.strict = run->global.strict,
	};

	return build_site(&in, result, &run->diags);
}

/* In the conversations that have a page, each counted once. */
static void say_redacted(FILE *out, const struct build_result *r)
{
	if (r->redacted)
		fprintf(out, "redacted: %s\n", r->redacted);
}

static int run_check(struct run *run)
{
	struct build_result result;
	int status;

	/* What a damaged archive would say in a page is noise. */
	if (archive_check(run->archive, &run->diags) < 0)
		return -1;
	if (run->config.patterns.file.n && audit_patterns(run) < 0)
		return -1;
	status = run_site(run, true, &result);
	if (status == 0 && run->global.verbose)
		say_redacted(stderr, &result);
	free(result.redacted);
	return status;
}

static void say(FILE *out, const struct build_result *r)
{
	if (r->current) {
		fputs("nothing has changed\n", out);
		return;
	}
	fprintf(out, "products: %zu; threads shown: %zu, of them wrong: %zu; ", r->products,
		r->threads_shown, r->wrong_shown);
	fprintf(out, "files: %llu, %llu written, %llu unchanged, %llu removed; %s\n",
		(unsigned long long)r->counts.files, (unsigned long long)r->counts.written,
		(unsigned long long)r->counts.carried, (unsigned long long)r->counts.removed,
		r->counts.exchanged ? "the whole tree switched at once"
				    : "files replaced one by one");
	say_redacted(out, r);
}

static int run_build(struct run *run)
{
	struct build_result result;
	int status = run_site(run, false, &result);

	if (status == 0 &&
	    (run->global.verbose || (!run->global.quiet && isatty(STDERR_FILENO))))
		say(stderr, &result);
	free(result.redacted);
	return status;
}

const struct command cmd_check = {
	.name = "check",
	.args = "",
	.summary = "find everything that build would, without writing",
	.needs = NEEDS_RULES | NEEDS_READ,
	.opts = opts,
	.options_size = sizeof(struct build_flags),
	.run = run_check,
};

const struct command cmd_build = {
	.name = "build",
	.args = "",
	.summary = "select, render and publish the site",
	.needs = NEEDS_RULES | NEEDS_READ,
	.opts = opts,
	.options_size = sizeof(struct build_flags),
	.run = run_build,
};
