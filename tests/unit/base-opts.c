/* The command line: every way to write an option, what operands are, and the
 * words for each misuse; help comes from the same rows. */
#include "check.h"

#include "base/mem.h"
#include "base/opts.h"

struct settings {
	const char *dir;
	bool quiet, dry_run;
	int verbose, format;
	int64_t jobs, now;
};

static const char *const formats[] = { "text", "json", "github", NULL };

#define MEMBER(m) offsetof(struct settings, m)
static const struct opt global_rows[] = {
	{ .name = "dir", .letter = 'C', .type = OPT_STR, .offset = MEMBER(dir),
	  .arg = "DIR", .help = "run there" },
	{ .name = "quiet", .letter = 'q', .type = OPT_FLAG, .offset = MEMBER(quiet),
	  .help = "say nothing" },
	{ .name = "verbose", .letter = 'v', .type = OPT_COUNT, .offset = MEMBER(verbose),
	  .help = "say more" },
	{ .name = "format", .type = OPT_ENUM, .offset = MEMBER(format), .arg = "FORMAT",
	  .names = formats, .help = "how to say it" },
	{ .name = "now", .type = OPT_TIME, .offset = MEMBER(now), .arg = "TIME",
	  .help = "the clock" },
	{ .name = NULL },
};
static const struct opt command_rows[] = {
	{ .name = "dry-run", .letter = 'n', .type = OPT_FLAG, .offset = MEMBER(dry_run),
	  .help = "print the plan" },
	{ .name = "jobs", .type = OPT_INT, .offset = MEMBER(jobs), .min = -2, .max = 64,
	  .arg = "N", .help = "workers" },
	{ .name = NULL },
};

enum { MAX_WORDS = 16 };

/* A command line given as one text with blanks between the words. */
struct line {
	char text[256];
	char *argv[MAX_WORDS];
	int argc;
	struct settings out;
	struct diags diags;
};

static void split(struct line *l, const char *text)
{
	*l = (struct line){ .diags = DIAGS_INIT };
	snprintf(l->text, sizeof(l->text), "candor %s", text);
	for (char *at = l->text; at && *at; l->argc++) {
		l->argv[l->argc] = at;
		at = strchr(at, ' ');
		if (at)
			*at++ = '\0';
	}
}

static int parse(struct line *l, const char *text)
{
	split(l, text);
	struct opt_group groups[] = { { global_rows, &l->out },
				      { command_rows, &l->out },
				      { NULL, NULL } };

	return opts_parse(&l->argc, l->argv, groups, ARRAY_LEN(groups), &l->diags);
}

static void every_way_to_write_it(void **state)
{
	struct line l;

	(void)state;
	assert_int_equal(parse(&l, "-q -C here a --format=json --jobs 3 b -vv --verbose "
				   "--now 1970-01-02"), 0);
	assert_int_equal(l.argc, 3);
	assert_string_equal(l.argv[0], "candor");
	assert_string_equal(l.argv[1], "a");
	assert_string_equal(l.argv[2], "b");
	assert_string_equal(l.out.dir, "here");
	assert_true(l.out.quiet);
	assert_false(l.out.dry_run);
	assert_int_equal(l.out.verbose, 3);
	assert_int_equal(l.out.format, 1);
	assert_int_equal(l.out.jobs, 3);
	assert_int_equal(l.out.now, 86400);
	assert_int_equal(parse(&l, "-nqvCthere --dir=x=y --jobs -1 --now=0"), 0);
	assert_true(l.out.dry_run && l.out.quiet);
	assert_string_equal(l.out.dir, "x=y"); /* the last one stands */
	assert_int_equal(l.out.jobs, -1);
	assert_int_equal(parse(&l, "-vCthere"), 0);
	assert_string_equal(l.out.dir, "there");
	assert_int_equal(parse(&l, "--dir="), 0);
	assert_string_equal(l.out.dir, "");
}

static void operands(void **state)
{
	struct line l;

	(void)state;
	assert_int_equal(parse(&l, "a - -q -- -v -- b"), 0);
	assert_int_equal(l.argc, 6);
	assert_string_equal(l.argv[2], "-");
	assert_string_equal(l.argv[3], "-v");
	assert_string_equal(l.argv[4], "--");
	assert_string_equal(l.argv[5], "b");
	assert_true(l.out.quiet);
	assert_int_equal(l.out.verbose, 0);
	assert_int_equal(parse(&l, ""), 0);
	assert_int_equal(l.argc, 1);
}

static void misuse(void **state)
{
	static const struct {
		const char *line, *message;
	} bad[] = {
		{ "--quite", "error: unknown option '--quite' [usage]\n"
			     "  hint: did you mean '--quiet'?\n" },
		{ "--ver", "error: unknown option '--ver' [usage]\n" },
		{ "--xyzzy=1", "error: unknown option '--xyzzy' [usage]\n" },
		{ "-qx", "error: unknown option '-x' [usage]\n" },
		{ "-\x1b", "error: unknown option '-\\x1B' [usage]\n" },
		{ "--dir", "error: option '--dir' needs a value (DIR) [usage]\n" },
		{ "-C", "error: option '-C' needs a value (DIR) [usage]\n" },
		{ "--quiet=1", "error: option '--quiet' takes no value [usage]\n" },
		{ "--jobs 65", "error: '65' is no value for '--jobs': expected a number "
			       "from -2 to 64 [usage]\n" },
		{ "--jobs=-3", "error: '-3' is no value for '--jobs': expected a number "
			       "from -2 to 64 [usage]\n" },
		{ "--jobs 3x", "error: '3x' is no value for '--jobs': expected a number "
			       "from -2 to 64 [usage]\n" },
		{ "--jobs=", "error: '' is no value for '--jobs': expected a number from "
			     "-2 to 64 [usage]\n" },
		{ "--jobs -", "error: '-' is no value for '--jobs': expected a number "
			      "from -2 to 64 [usage]\n" },
		{ "--jobs 18446744073709551617",
		  "error: '18446744073709551617' is no value for '--jobs': expected a "
		  "number from -2 to 64 [usage]\n" },
		{ "--format xml", "error: 'xml' is no value for '--format': expected "
				  "text, json, github [usage]\n" },
		{ "--now soon", "error: 'soon' is no value for '--now': expected a time "
				"like 2026-11-22T07:30:00Z or epoch seconds [usage]\n" },
		{ "--a --b", "error: unknown option '--a' [usage]\n"
			     "error: unknown option '--b' [usage]\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct line l;

		assert_int_equal(parse(&l, bad[i].line), -1);
		assert_int_equal(diags_status(&l.diags, false), 2);
		assert_diags(&l.diags, bad[i].message);
	}
}

static int operand(struct line *l, const char *text)
{
	struct opt_group groups[] = { { global_rows, &l->out } };

	split(l, text);
	return opts_operand(l->argc, l->argv, groups, ARRAY_LEN(groups));
}

static void the_first_operand(void **state)
{
	struct line l;

	(void)state;
	assert_int_equal(operand(&l, "build -q"), 1);
	assert_int_equal(operand(&l, "-C build build"), 3);
	assert_int_equal(operand(&l, "-qCbuild --format json --now=0 build x"), 5);
	assert_int_equal(operand(&l, "-- -q"), 2);
	assert_int_equal(operand(&l, "--unknown build"), 2);
	assert_int_equal(operand(&l, "-q"), 2);
	assert_int_equal(operand(&l, "-C"), 2);
	assert_int_equal(operand(&l, ""), 1);
	/* Looking changes nothing. */
	assert_null(l.out.dir);
	assert_false(l.out.quiet);
}

static void help(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	opts_help(&b, global_rows);
	assert_str(buf_str(&b), "  -C, --dir DIR        run there\n"
				"  -q, --quiet          say nothing\n"
				"  -v, --verbose        say more\n"
				"      --format FORMAT  how to say it\n"
				"      --now TIME       the clock\n");
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_way_to_write_it),
		cmocka_unit_test(operands),
		cmocka_unit_test(misuse),
		cmocka_unit_test(the_first_operand),
		cmocka_unit_test(help),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
