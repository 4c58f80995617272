/* candor build and candor check: the whole way, with and without writing. */
#include "publish/build.h"

#include "cmd/analyze.h"
#include "cmd/command.h"
#include "cmd/plan.h"
#include "publish/dry-run.h"

#include <stdlib.h>
#include <unistd.h>

struct build_flags {
	int64_t jobs;
	/* of build alone */
	bool dry_run, json;
	const char *against;
};

enum { JOBS_MAX = 256 };

#define AT(member) offsetof(struct build_flags, member)
#define JOBS { "jobs", 'j', OPT_INT, AT(jobs), "N", "workers (else one for each core)", 1, \
	       JOBS_MAX, NULL }
static const struct opt check_opts[] = {
	JOBS,
	{ 0 }
};
static const struct opt build_opts[] = {
	JOBS,
	{ "dry-run", 'n', OPT_FLAG, AT(dry_run), NULL, "say what would change, write nothing",
	  0, 0, NULL },
	{ "against", 0, OPT_STR, AT(against), "REF",
	  "compared with an archive, a site's folder or a built site, not what is published",
	  0, 0, NULL },
	{ "json", 0, OPT_FLAG, AT(json), NULL, "what would change, as JSON", 0, 0, NULL },
	{ 0 }
};

static int job_count(int64_t asked)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	if (asked)
		return (int)asked;
	return cores < 1 ? 1 : cores > JOBS_MAX ? JOBS_MAX : (int)cores;
}

static struct build_input input(const struct run *run, bool check)
{
	const struct build_flags *flags = run->options;

	return (struct build_input){
		.config = &run->config,
		.rules = run->rules,
		.archive = run->archive,
		.now = run->now,
		.jobs = job_count(flags->jobs),
		.check = check,
		.strict = run->global.strict,
	};
}

static int run_site(struct run *run, bool check, struct build_result *result)
{
	const struct build_input in = input(run, check);

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

static bool is_plan_in_markdown(const struct run *run)
{
	const struct build_flags *flags = run->options;

	return flags->dry_run && !flags->json;
}

static void say_plan(struct run *run, const struct plan *plan)
{
	const struct build_flags *flags = run->options;
	struct buf b = BUF_INIT;

	if (flags->json)
		plan_json(&b, plan);
	else if (run->global.format == FORMAT_MARKDOWN)
		plan_markdown(&b, plan);
	else if (!run->global.quiet)
		plan_text(&b, plan, run->global.verbose > 0,
			  want_color(run, STDOUT_FILENO));
	fwrite(b.p, 1, b.n, run->out);
	buf_release(&b);
}

static int plan_build(struct run *run)
{
	const struct build_flags *flags = run->options;
	const struct build_input in = input(run, false);
	struct dry_run *d;
	int status = dry_run(&d, &in, flags->against, &run->diags);

	if (dry_run_plan(d))
		say_plan(run, dry_run_plan(d));
	dry_run_free(d);
	return status;
}

static int check_build(struct run *run)
{
	const struct build_flags *flags = run->options;

	if (flags->dry_run || (!flags->against && !flags->json))
		return 0;
	return diag_add(&run->diags, DIAG_USAGE, NO_PLACE,
			"'--%s' is for 'candor build --dry-run'",
			flags->against ? "against" : "json");
}

static int run_build(struct run *run)
{
	const struct build_flags *flags = run->options;
	struct build_result result;
	int status;

	if (flags->dry_run)
		return plan_build(run);
	status = run_site(run, false, &result);

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
	.opts = check_opts,
	.options_size = sizeof(struct build_flags),
	.run = run_check,
};

const struct command cmd_build = {
	.name = "build",
	.args = "",
	.summary = "select, render and publish the site",
	.needs = NEEDS_RULES | NEEDS_READ,
	.opts = build_opts,
	.options_size = sizeof(struct build_flags),
	.check = check_build,
	.markdown = is_plan_in_markdown,
	.run = run_build,
};
