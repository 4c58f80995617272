/* Configuration values: what each type takes and refuses, shares exactly, and
 * every mistake of a file in one run. */
#include "check.h"

#include "base/fields.h"
#include "base/mem.h"

/* One of each type. */
struct everything {
	struct str str, text;
	bool flag;
	int64_t number;
	int choice;
	struct ratio share;
	int64_t days, time;
	struct strs strs;
	size_t custom;
};

static int parse_count(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	if (node->kind != Y_LIST)
		return field_expected(node, "a list", ctx);
	*(size_t *)member = node->count + *(size_t *)ctx->user;
	return 0;
}

static const char *const choices[] = { "trim", "fail", "skip", NULL };

#define MEMBER(m) offsetof(struct everything, m)
static const struct field rows[] = {
	{ .name = "str", .type = FIELD_STR, .offset = MEMBER(str), .required = true },
	{ .name = "text", .type = FIELD_TEXT, .offset = MEMBER(text) },
	{ .name = "flag", .type = FIELD_BOOL, .offset = MEMBER(flag) },
	{ .name = "number", .type = FIELD_INT, .offset = MEMBER(number), .min = -5,
	  .max = 100 },
	{ .name = "choice", .type = FIELD_ENUM, .offset = MEMBER(choice),
	  .names = choices },
	{ .name = "share", .type = FIELD_SHARE, .offset = MEMBER(share) },
	{ .name = "days", .type = FIELD_DURATION, .offset = MEMBER(days) },
	{ .name = "time", .type = FIELD_TIME, .offset = MEMBER(time) },
	{ .name = "strs", .type = FIELD_STRS, .offset = MEMBER(strs) },
	{ .name = "custom", .type = FIELD_CUSTOM, .offset = MEMBER(custom),
	  .parse = parse_count },
	{ .name = NULL },
};

/* A text read by the rows; released by done(). */
struct reading {
	struct source source;
	struct ydoc doc;
	struct arena arena;
	struct diags diags;
	struct everything out;
};

static int read_text(struct reading *r, const char *text, const char *where)
{
	size_t ten = 10;
	struct fields_ctx ctx = { &r->source, &r->arena, &r->diags, &ten };

	*r = (struct reading){ .arena = ARENA_INIT, .diags = DIAGS_INIT };
	source_from(&r->source, "f", str_of(text));
	assert_int_equal(ydoc_parse(&r->doc, &r->source, &r->diags), 0);
	return fields_read(r->doc.root, rows, &r->out, where, &ctx);
}

static void done(struct reading *r)
{
	ydoc_release(&r->doc);
	source_release(&r->source);
	arena_release(&r->arena);
	diags_release(&r->diags);
}

static void reads_one_of_each(void **state)
{
	struct reading r;

	(void)state;
	assert_int_equal(read_text(&r,
				   "str: hello\n"
				   "text: |\n  a\n  b\n"
				   "flag: Yes\n"
				   "number: -5\n"
				   "choice: skip\n"
				   "share: 25%\n"
				   "days: 2 weeks\n"
				   "time: 1970-01-02\n"
				   "strs: [a, \"2\"]\n"
				   "custom: [x, y, z]\n", NULL), 0);
	ydoc_release(&r.doc);
	/* What was read doesn't live in the document. */
	assert_str(r.out.str, "hello");
	assert_str(r.out.text, "a\nb\n");
	assert_true(r.out.flag);
	assert_int_equal(r.out.number, -5);
	assert_int_equal(r.out.choice, 2);
	assert_true(r.out.share.num == 1 && r.out.share.den == 4);
	assert_int_equal(r.out.days, 14);
	assert_int_equal(r.out.time, 86400);
	assert_int_equal(r.out.strs.n, 2);
	assert_str(r.out.strs.items[1], "2");
	assert_int_equal(r.out.custom, 13);
	assert_int_equal(r.diags.n, 0);
	done(&r);
}

static void collects_every_mistake(void **state)
{
	struct reading r;

	(void)state;
	assert_int_equal(read_text(&r,
				   "shaer: 1\n"
				   "number: 101\n"
				   "choice: trm\n"
				   "zzz: 1\n"
				   "flag: maybe\n", "wrong"), -1);
	assert_diags(&r.diags,
		     "f:1:1: error: unknown key 'shaer' in 'wrong' [unknown-key]\n"
		     "    1 | shaer: 1\n"
		     "      | ^~~~~\n"
		     "  hint: did you mean 'share'?\n"
		     "f:2:9: error: 101 is not between -5 and 100 [bad-value]\n"
		     "    2 | number: 101\n"
		     "      |         ^~~\n"
		     "f:3:9: error: 'trm' is no value of 'choice' [bad-value]\n"
		     "    3 | choice: trm\n"
		     "      |         ^~~\n"
		     "  hint: did you mean 'trim'?\n"
		     "f:4:1: error: unknown key 'zzz' in 'wrong' [unknown-key]\n"
		     "    4 | zzz: 1\n"
		     "      | ^~~\n"
		     "f:5:7: error: expected true or false, found 'maybe' [bad-value]\n"
		     "    5 | flag: maybe\n"
		     "      |       ^~~~~\n"
		     "f:1:1: error: missing key 'str' in 'wrong' [missing-key]\n"
		     "    1 | shaer: 1\n"
		     "      | ^\n");
	done(&r);
}

static void an_empty_file_is_an_empty_mapping(void **state)
{
	struct reading r;

	(void)state;
	assert_int_equal(read_text(&r, "", NULL), -1);
	assert_diags(&r.diags, "f:1:1: error: missing key 'str' [missing-key]\n"
			       "    1 | \n"
			       "      | ^\n");
	done(&r);
	assert_int_equal(read_text(&r, "- a\n", NULL), -1);
	assert_diags(&r.diags, "f:1:1: error: expected a mapping, found a list "
			       "[bad-value]\n"
			       "    1 | - a\n"
			       "      | ^~~\n");
	done(&r);
}

/* Reads "key: value" with the required key before it. */
static int read_value(struct reading *r, const char *key, const char *value)
{
	struct buf b = BUF_INIT;
	int result;

	buf_addf(&b, "%s%s: %s\n", strcmp(key, "str") ? "str: x\n" : "", key, value);
	result = read_text(r, b.p, NULL);
	buf_release(&b);
	return result;
}

static void shares_are_exact(void **state)
{
	static const struct {
		const char *text;
		int64_t num, den;
	} good[] = {
		{ "25%", 1, 4 },     { "33.3%", 333, 1000 },  { "1/4", 1, 4 },
		{ "0.25", 1, 4 },    { "1", 1, 1 },	      { "0", 0, 1 },
		{ "0%", 0, 1 },	     { "100%", 1, 1 },	      { "50.00%", 1, 2 },
		{ "0.10", 1, 10 },   { "6/8", 3, 4 },	      { "1.0", 1, 1 },
		{ "'1/3'", 1, 3 },   { "0/7", 0, 1 },	      { "-0", 0, 1 },
		{ "12.5%", 1, 8 },   { "0.000000001", 1, 1000000000 },
		{ "0.000000001%", 1, 100000000000 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		struct reading r;

		if (read_value(&r, "share", good[i].text) < 0 ||
		    r.out.share.num != good[i].num || r.out.share.den != good[i].den)
			fail_msg("'%s' is not %lld/%lld", good[i].text,
				 (long long)good[i].num, (long long)good[i].den);
		done(&r);
	}
}

static void a_share_by_itself(void **state)
{
	static const char *const good[] = { "25%", "1/4", "0.25", "1", "0", "100%" };
	static const char *const bad[] = { "", "x", "120%", "2", "5/4", "1/0", "-1", "25 %" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		assert_true(field_is_share(str_of(good[i])));
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(field_is_share(str_of(bad[i])));
}

static void shares_have_bounds(void **state)
{
	static const char *const bad[] = { "x",	  "1/0",   "25 %",  "1/2%", ".5", "5.",
					   "1e-1", "0x1",  "+1",    "1/-2", "'%'", "''",
					   "[1]",  "{a: 1}", "0.0000000001", "" };
	struct reading r;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		if (read_value(&r, "share", bad[i]) == 0)
			fail_msg("'%s' is no share", bad[i]);
		assert_int_equal(r.diags.n, 1);
		assert_int_equal(r.diags.items[0].id, DIAG_BAD_VALUE);
		done(&r);
	}
	assert_int_equal(read_value(&r, "share", "quarter"), -1);
	assert_diags(&r.diags, "f:2:8: error: expected a share like 25%, 1/4 or 0.25, "
			       "found 'quarter' [bad-value]\n"
			       "    2 | share: quarter\n"
			       "      |        ^~~~~~~\n");
	done(&r);
	assert_int_equal(read_value(&r, "share", "25"), -1);
	assert_diags(&r.diags, "f:2:8: error: a share can't be over 100 % [bad-value]\n"
			       "    2 | share: 25\n"
			       "      |        ^~\n"
			       "  hint: did you mean 25%?\n");
	done(&r);
	assert_int_equal(read_value(&r, "share", "-25%"), -1);
	assert_diags(&r.diags, "f:2:8: error: a share can't be negative [bad-value]\n"
			       "    2 | share: -25%\n"
			       "      |        ^~~~\n");
	done(&r);
	assert_int_equal(read_value(&r, "share", "100.1%"), -1);
	done(&r);
	assert_int_equal(read_value(&r, "share", "5/4"), -1);
	done(&r);
}

static void durations(void **state)
{
	static const struct {
		const char *text;
		int64_t days;
	} good[] = { { "3 years", 1095 }, { "1 year", 365 },   { "6 months", 180 },
		     { "1 month", 30 },	  { "2 weeks", 14 },   { "1 week", 7 },
		     { "180 days", 180 }, { "1 days", 1 },     { "0 days", 0 },
		     { "999999 years", 364999635 } };
	static const char *const bad[] = { "3",	      "years",	 "3years", "-1 days",
					   "1.5 days", "3 Years", "3 yr",   "3 days x",
					   "1000000 days", "" };
	struct reading r;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		assert_int_equal(read_value(&r, "days", good[i].text), 0);
		assert_int_equal(r.out.days, good[i].days);
		done(&r);
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		if (read_value(&r, "days", bad[i]) == 0)
			fail_msg("'%s' is no time span", bad[i]);
		done(&r);
	}
}

/* A key, values that it takes and values that it doesn't. */
static void takes_and_refuses(void **state)
{
	static const struct {
		const char *key, *value;
		bool good;
	} cases[] = {
		{ "str", "x", true },	       { "str", "2026", true },
		{ "str", "'null'", true },     { "str", "", false },
		{ "str", "~", false },	       { "str", "''", false },
		{ "str", "' '", false },       { "str", "\"a\\nb\"", false },
		{ "str", "[a]", false },       { "text", "\"a\\nb\"", true },
		{ "text", "''", true },	       { "text", "", false },
		{ "flag", "off", true },       { "flag", "FALSE", true },
		{ "flag", "1", false },	       { "flag", "", false },
		{ "number", "100", true },     { "number", "007", true },
		{ "number", "-6", false },     { "number", "1.0", false },
		{ "number", "0x1", false },    { "number", "1_0", false },
		{ "number", "", false },       { "number", "'-'", false },
		{ "number", "99999999999999999999", false },
		{ "choice", "trim", true },    { "choice", "Trim", false },
		{ "choice", "[trim]", false }, { "choice", "", false },
		{ "time", "2026-11-22T07:30:00Z", true },
		{ "time", "tomorrow", false }, { "time", "1795325400", false },
		{ "strs", "a", true },	       { "strs", "[]", true },
		{ "strs", "", false },	       { "strs", "[a, [b]]", false },
		{ "strs", "[a, ]", true },     { "strs", "[a, ~]", false },
		{ "strs", "{a: b}", false },   { "custom", "x", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct reading r;
		int result = read_value(&r, cases[i].key, cases[i].value);

		if ((result == 0) != cases[i].good || (r.diags.n == 0) != cases[i].good)
			fail_msg("'%s: %s' was %s", cases[i].key, cases[i].value,
				 result == 0 ? "taken" : "refused");
		done(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_one_of_each),
		cmocka_unit_test(collects_every_mistake),
		cmocka_unit_test(an_empty_file_is_an_empty_mapping),
		cmocka_unit_test(shares_are_exact),
		cmocka_unit_test(a_share_by_itself),
		cmocka_unit_test(shares_have_bounds),
		cmocka_unit_test(durations),
		cmocka_unit_test(takes_and_refuses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
