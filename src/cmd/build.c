/* candor build and candor check: the whole way, with and without writing. */
#include "publish/build.h"

#include "cmd/analyze.h"
#include "cmd/plan.h"
#include "outcome.h"
#include "publish/dry-run.h"

#include <stdlib.h>
#include <unistd.h>

struct build_flags {
	int64_t jobs;
	/* of build alone */
	int64_t wait;
	bool dry_run, json;
	const char *against;
};

enum { JOBS_MAX = 256 };

#define AT(member) offsetof(struct build_flags, member)
#define JOBS_ROW { "jobs", 'j', OPT_INT, AT(jobs), "N", \
		   "workers (else one for each core)", 1, JOBS_MAX, NULL }
static const struct opt check_opts[] = { JOBS_ROW, { 0 } };
static const struct opt build_opts[] = {
	JOBS_ROW,
	{ "wait", 0, OPT_INT, AT(wait), "SECONDS", "for another build to finish", 0, WHEN_DAY, NULL },
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
		.stage = run->stage,
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

static void say_choice(struct buf *out, const struct build_result *r)
{
	buf_addf(out, "products: %zu; threads shown: %zu, of them wrong: %zu", r->products,
		 r->threads_shown, r->wrong_shown);
	/* In the threads that have a page, each counted once. */
	if (r->redacted)
		buf_addf(out, "; redacted: %s", r->redacted);
}

/* The same for the summary of a step. */
static void add_share(struct buf *facts, size_t shown, size_t wrong, struct ratio required)
{
	step_fact(facts, "threads shown", "%zu", shown);
	step_fact(facts, "of them wrong", "%zu", wrong);
	if (shown)
		step_fact(facts, "share of the site", "%zu.%zu %%", wrong * 100 / shown,
			  wrong * 1000 / shown % 10);
	if (required.num)
		step_fact(facts, "share that is required", "%lld/%lld",
			  (long long)required.num, (long long)required.den);
}

static void add_choice(struct buf *facts, const struct build_result *r)
{
	step_fact(facts, "products", "%zu", r->products);
	add_share(facts, r->threads_shown, r->wrong_shown, r->required);
	if (r->redacted)
		step_fact(facts, "redacted", "%s", r->redacted);
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
	if (status == 0) {
		say_choice(&run->done, &result);
		add_choice(&run->facts, &result);
	}
	free(result.redacted);
	return status;
}

static void say_files(struct buf *out, const struct stage_counts *c)
{
	buf_addf(out, "; files: %llu, %llu written, %llu unchanged, %llu removed; %s",
		 (unsigned long long)c->files, (unsigned long long)c->written,
		 (unsigned long long)c->carried, (unsigned long long)c->removed,
		 c->exchanged ? "the whole tree switched at once"
			      : "files replaced one by one");
}

static void say_build(struct run *run, const struct build_result *r)
{
	const struct stage_counts *c = &r->counts;

	if (r->current) {
		buf_addlit(&run->done, "nothing has changed");
		return;
	}
	say_choice(&run->done, r);
	say_files(&run->done, c);
	add_choice(&run->facts, r);
	step_fact(&run->facts, "files", "%llu", (unsigned long long)c->files);
	step_fact(&run->facts, "written", "%llu", (unsigned long long)c->written);
	step_fact(&run->facts, "unchanged", "%llu", (unsigned long long)c->carried);
	step_fact(&run->facts, "removed", "%llu", (unsigned long long)c->removed);
}

/* First of all, so that what is published was read while nobody else could publish. */
static int open_site(struct run *run)
{
	const struct build_flags *flags = run->options;
	const char *output = arena_strz(&run->arena, run->config.output);
	enum publish_way way = (enum publish_way)run->config.publish;
	struct lock_wish wish = { .command = run->command->name, .wait = flags->wait };

	if (flags->dry_run)
		return 0;
	/* What others have changed while we waited may be where the site is, too. */
	if (run->stage && stage_is(run->stage, output, way))
		return 0;
	stage_close(run->stage);
	if (stage_open(&run->stage, output, way, &wish, &run->diags) < 0)
		return -1;
	return wish.waited;
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

static void add_plan(struct buf *facts, const struct plan *plan)
{
	struct plan_counts n = plan_count(plan);

	step_fact(facts, "dry run", "nothing was written");
	step_fact(facts, "pages that would enter", "%zu", n.enter);
	step_fact(facts, "pages that would leave", "%zu", n.leave);
	step_fact(facts, "pages that would change", "%zu", n.change);
	add_share(facts, plan->after->shown, plan->after->wrong, plan->after->required);
}

static int plan_build(struct run *run)
{
	const struct build_flags *flags = run->options;
	const struct build_input in = input(run, false);
	struct dry_run *d;
	int status = dry_run(&d, &in, flags->against, &run->diags);

	if (dry_run_plan(d)) {
		say_plan(run, dry_run_plan(d));
		add_plan(&run->facts, dry_run_plan(d));
	}
	dry_run_free(d);
	return status;
}

static int check_build(struct run *run)
{
	const struct build_flags *flags = run->options;

	if (flags->against && !*flags->against)
		return diag_add(&run->diags, DIAG_USAGE, NO_PLACE,
				"option '--against' needs a value (REF)");
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

	if (status == 0)
		say_build(run, &result);
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
	.tells = true,
	.kept = "nothing was written",
};

const struct command cmd_build = {
	.name = "build",
	.args = "",
	.summary = "select, render and publish the site",
	.needs = NEEDS_RULES | NEEDS_READ,
	.opts = build_opts,
	.options_size = sizeof(struct build_flags),
	.markdown = is_plan_in_markdown,
	.check = check_build,
	.before = open_site,
	.run = run_build,
	.tells = true,
	.kept = "the old site stays",
};
