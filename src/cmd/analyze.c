/* candor analyze: evidence in the posts that are new or changed, or for patterns or
 * contributors that did. */
#include "cmd/analyze.h"

#include "base/json.h"
#include "cmd/command.h"
#include "select/roster.h"

struct analyze_flags {
	bool all, json;
};

#define AT(member) offsetof(struct analyze_flags, member)
static const struct opt opts[] = {
	{ "all", 0, OPT_FLAG, AT(all), NULL, "look at every post again", 0, 0, NULL },
	{ "json", 0, OPT_FLAG, AT(json), NULL, "the counts as JSON", 0, 0, NULL },
	{ 0 }
};

static bool is_contributor(void *ctx, struct str venue, const struct author *author,
			   int64_t created)
{
	return roster_find(ctx, venue, author, created) != ROSTER_NONE;
}

static int load_patterns(struct run *run, struct patterns **out)
{
	struct str file = run->config.patterns.file;

	return patterns_load(out, file.n ? arena_strz(&run->arena, file) : NULL,
			     run->config.patterns.replace, &run->diags);
}

/* Without a configuration the roster is empty, and the venues' own word counts. */
int analyze_archive(struct run *run, bool all, struct analysis_counts *counts)
{
	struct roster *roster = roster_new(&run->config);
	const struct analysis how = { .is_contributor = is_contributor, .ctx = roster,
				      .all = all };
	struct patterns *patterns;
	int status = load_patterns(run, &patterns);

	if (status == 0)
		status = analyze(run->archive, patterns, &how, counts, &run->diags);
	patterns_free(patterns);
	roster_free(roster);
	return status;
}

int audit_patterns(struct run *run)
{
	struct roster *roster = roster_new(&run->config);
	const struct analysis how = { .is_contributor = is_contributor, .ctx = roster,
				      .dry = true };
	struct patterns *patterns;
	int status = load_patterns(run, &patterns);

	if (status == 0)
		status = patterns_audit(run->archive, patterns, &how, &run->diags);
	patterns_free(patterns);
	roster_free(roster);
	return status;
}

/* --- What it says --- */

static uint64_t of_kind(const struct analysis_counts *c, int kind)
{
	uint64_t n = 0;

	for (int g = 0; g <= GRADE_FAULT; g++)
		n += c->findings[kind][g];
	return n;
}

static void say(struct buf *out, const struct analysis_counts *c)
{
	buf_addf(out, "posts: %llu, looked at: %llu; admissions: ",
		 (unsigned long long)c->posts, (unsigned long long)c->looked);
	for (int g = GRADE_FAULT; g > GRADE_NONE; g--)
		buf_addf(out, "%llu %s%s", (unsigned long long)c->findings[KIND_ADMISSION][g],
			 evidence_grade_names[g], g > GRADE_FORMULA ? ", " : "");
	for (int kind = KIND_GRATITUDE; kind <= KIND_REFERRAL; kind++)
		buf_addf(out, "; %s: %llu", evidence_kind_names[kind],
			 (unsigned long long)of_kind(c, kind));
}

static void say_json(struct buf *out, const struct analysis_counts *c)
{
	struct jsonw w;

	jsonw_init(&w, out);
	jsonw_object(&w);
	jsonw_key_int(&w, "posts", (int64_t)c->posts);
	jsonw_key_int(&w, "looked", (int64_t)c->looked);
	jsonw_key(&w, "admission");
	jsonw_object(&w);
	for (int g = GRADE_FAULT; g > GRADE_NONE; g--)
		jsonw_key_int(&w, evidence_grade_names[g],
			      (int64_t)c->findings[KIND_ADMISSION][g]);
	jsonw_object_end(&w);
	for (int kind = KIND_GRATITUDE; kind <= KIND_REFERRAL; kind++)
		jsonw_key_int(&w, evidence_kind_names[kind], (int64_t)of_kind(c, kind));
	jsonw_object_end(&w);
}

static int run_analyze(struct run *run)
{
	const struct analyze_flags *flags = run->options;
	struct analysis_counts counts;
	struct buf text = BUF_INIT;

	if (archive_begin(run->archive, &run->diags) < 0 ||
	    analyze_archive(run, flags->all, &counts) < 0 ||
	    archive_commit(run->archive, &run->diags) < 0)
		return -1;
	say(&run->done, &counts);
	if (run->global.quiet && !flags->json)
		return 0;
	(flags->json ? say_json : say)(&text, &counts);
	buf_addc(&text, '\n');
	fwrite(text.p, 1, text.n, run->out);
	buf_release(&text);
	return 0;
}

const struct command cmd_analyze = {
	.name = "analyze",
	.args = "",
	.summary = "find evidence in posts or for patterns that changed",
	.needs = NEEDS_CONFIG | NEEDS_WRITE,
	.min_args = 0,
	.max_args = 0,
	.opts = opts,
	.options_size = sizeof(struct analyze_flags),
	.run = run_analyze,
	.kept = "the archive is as it was",
};
