/* Diagnostics: what is recorded is masked and bounded, the exit status is the
 * lowest that applies, and each output format is as documented. */
#include "check.h"

#include "base/diag.h"
#include "base/source.h"

#include <errno.h>

/* What diags_print says; owned by the caller. */
static char *printed(const struct diags *d, enum diag_format format, bool color,
		     bool verbose)
{
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);

	diags_print(d, out, format, color, verbose);
	fclose(out);
	return text;
}

static void assert_printed(const struct diags *d, enum diag_format format, bool color,
			   const char *expected)
{
	char *text = printed(d, format, color, false);

	assert_string_equal(text, expected);
	free(text);
}

/* The example of the manual. */
static void record_example(struct diags *d)
{
	struct source s;

	source_from(&s, "rules.yaml", STR("wrong:\n    shaer: 25%\n"));
	assert_int_equal(diag_add(d, DIAG_UNKNOWN_KEY, place_in(&s, 11, 5),
				  "unknown key '%s' in 'wrong'", "shaer"), -1);
	diag_hint(d, "did you mean '%s'?", "share");
	source_release(&s);
}

static void text(void **state)
{
	struct diags d = DIAGS_INIT;

	(void)state;
	record_example(&d);
	assert_printed(&d, DIAG_TEXT, false,
		       "rules.yaml:2:5: error: unknown key 'shaer' in 'wrong' "
		       "[unknown-key]\n"
		       "    2 |     shaer: 25%\n"
		       "      |     ^~~~~\n"
		       "  hint: did you mean 'share'?\n");
	assert_printed(&d, DIAG_TEXT, true,
		       "\033[01mrules.yaml:2:5:\033[m \033[01;31merror:\033[m "
		       "unknown key 'shaer' in 'wrong' [\033[01;31munknown-key\033[m]\n"
		       "    2 |     shaer: 25%\n"
		       "      |     \033[01;31m^~~~~\033[m\n"
		       "  \033[01mhint:\033[m did you mean 'share'?\n");
	diags_release(&d);
}

static void places(void **state)
{
	struct diags d = DIAGS_INIT;

	(void)state;
	diag_add(&d, DIAG_USAGE, NO_PLACE, "no command");
	diag_add(&d, DIAG_SYNTAX, place_line("a.jsonl", 7, 0), "cut off");
	diag_add(&d, DIAG_SYNTAX, place_line("a.jsonl", 7, 3), "cut off");
	errno = ENOENT;
	assert_int_equal(diag_errno(&d, DIAG_NOT_FOUND, place_file("x"), "no"), -1);
	assert_diags(&d, "error: no command [usage]\n"
			 "a.jsonl:7: error: cut off [syntax]\n"
			 "a.jsonl:7:3: error: cut off [syntax]\n"
			 "x: error: no: No such file or directory [not-found]\n");
}

static void json(void **state)
{
	struct diags d = DIAGS_INIT;

	(void)state;
	assert_printed(&d, DIAG_JSON, false, "{\"diagnostics\":[]}\n");
	record_example(&d);
	diag_add(&d, DIAG_USAGE, NO_PLACE, "no \"x\"");
	assert_printed(&d, DIAG_JSON, true,
		       "{\"diagnostics\":["
		       "{\"id\":\"unknown-key\",\"level\":\"error\","
		       "\"file\":\"rules.yaml\",\"line\":2,\"column\":5,"
		       "\"message\":\"unknown key 'shaer' in 'wrong'\","
		       "\"hint\":\"did you mean 'share'?\"},"
		       "{\"id\":\"usage\",\"level\":\"error\",\"file\":null,"
		       "\"line\":null,\"column\":null,"
		       "\"message\":\"no \\\"x\\\"\",\"hint\":null}]}\n");
	diags_release(&d);
}

static void github(void **state)
{
	struct diags d = DIAGS_INIT;

	(void)state;
	record_example(&d);
	diag_add(&d, DIAG_BAD_VALUE, place_line("a,b:c%.yaml", 3, 0), "100%%, a:b");
	diag_add(&d, DIAG_USAGE, NO_PLACE, "no command");
	assert_printed(&d, DIAG_GITHUB, true,
		       "::error file=rules.yaml,line=2,col=5,endColumn=10,"
		       "title=unknown-key::unknown key 'shaer' in 'wrong'%0A"
		       "hint: did you mean 'share'?\n"
		       "::error file=a%2Cb%3Ac%25.yaml,line=3,title=bad-value::"
		       "100%25, a:b\n"
		       "::error title=usage::no command\n");
	diags_release(&d);
}

/* A stranger's text can't drive the terminal, and can't fake a second line. */
static void masks(void **state)
{
	struct diags d = DIAGS_INIT;
	struct source s;

	(void)state;
	source_from(&s, "a\x1b.yaml", STR("\tk\x1b\xc3\xa9\x80: x"));
	diag_add(&d, DIAG_BAD_UTF8, place_in(&s, 5, 1), "bad\nerror: %s", "\x1b[2J");
	diag_add(&d, DIAG_SYNTAX, place_in(&s, 1, 4), "key");
	source_release(&s);
	assert_diags(&d, "a\\x1B.yaml:1:5: error: bad\\x0Aerror: \\x1B[2J [bad-utf8]\n"
			 "    1 |  k\\x1B\xc3\xa9\\x80: x\n"
			 "      |        ^~~~\n"
			 "a\\x1B.yaml:1:2: error: key [syntax]\n"
			 "    1 |  k\\x1B\xc3\xa9\\x80: x\n"
			 "      |  ^~~~~~\n");
}

static void carets_stay_on_the_line(void **state)
{
	struct diags d = DIAGS_INIT;
	struct source s;

	(void)state;
	source_from(&s, "f", STR("ab\r\ncd\n"));
	diag_add(&d, DIAG_SYNTAX, place_in(&s, 1, 5), "over the end");
	diag_add(&d, DIAG_SYNTAX, place_in(&s, 3, 1), "at the end");
	diag_add(&d, DIAG_SYNTAX, place_in(&s, 99, 9), "behind the end");
	diag_add(&d, DIAG_SYNTAX, place_in(&s, 4, (size_t)-1), "all");
	source_release(&s);
	assert_diags(&d, "f:1:2: error: over the end [syntax]\n"
			 "    1 | ab\n"
			 "      |  ^\n"
			 "f:1:4: error: at the end [syntax]\n"
			 "    1 | ab\n"
			 "      |   ^\n"
			 "f:3:1: error: behind the end [syntax]\n"
			 "    3 | \n"
			 "      | ^\n"
			 "f:2:1: error: all [syntax]\n"
			 "    2 | cd\n"
			 "      | ^~\n");
}

static void long_lines_are_cut(void **state)
{
	struct diags d = DIAGS_INIT;
	char line[1000];
	struct source s;

	(void)state;
	memset(line, 'a', sizeof(line));
	line[500] = 'X';
	source_from(&s, "f", str_make(line, sizeof(line)));
	diag_add(&d, DIAG_SYNTAX, place_in(&s, 500, 400), "here");
	diag_add(&d, DIAG_SYNTAX, place_in(&s, 2, 1), "here");
	source_release(&s);
	assert_int_equal(strlen(d.items[0].excerpt), 120 + 6);
	assert_int_equal(d.items[0].excerpt[d.items[0].caret], 'X');
	assert_int_equal(d.items[0].under, 60);
	assert_int_equal(d.items[0].column, 501);
	assert_int_equal(strlen(d.items[1].excerpt), 120 + 3);
	assert_int_equal(d.items[1].caret, 2);
	diags_release(&d);
}

static void status_is_the_lowest(void **state)
{
	struct diags d = DIAGS_INIT;

	(void)state;
	assert_int_equal(diags_status(&d, true), 0);
	diag_add(&d, DIAG_LOCKED, NO_PLACE, "x");
	assert_int_equal(diags_status(&d, false), 5);
	diag_add(&d, DIAG_SHARE_NOT_MET, NO_PLACE, "x");
	diag_add(&d, DIAG_IO, NO_PLACE, "x");
	assert_int_equal(diags_status(&d, false), 3);
	diag_add(&d, DIAG_BAD_VALUE, NO_PLACE, "x");
	assert_int_equal(diags_status(&d, false), 1);
	assert_int_equal(diags_errors(&d), 4);
	assert_int_equal(diags_warnings(&d), 0);
	diags_release(&d);
}

/* The levels and rows are the table's; any warning will do. */
static enum diag_id one_with(enum diag_level level)
{
	enum diag_id id = 0;

	while (id < DIAG_COUNT && diag_level(id) != level)
		id++;
	if (id == DIAG_COUNT) {
		print_message("no diagnostic has this level\n");
		skip();
	}
	return id;
}

static void warnings_count_when_strict(void **state)
{
	struct diags d = DIAGS_INIT;

	(void)state;
	diag_add(&d, one_with(DIAG_WARNING), NO_PLACE, "x");
	assert_int_equal(diags_status(&d, false), 0);
	assert_int_equal(diags_status(&d, true), 1);
	assert_int_equal(diags_warnings(&d), 1);
	diags_release(&d);
}

static void notes_want_verbose(void **state)
{
	enum diag_id note = one_with(DIAG_NOTE);
	struct diags d = DIAGS_INIT;
	char *all;

	(void)state;
	diag_add(&d, note, NO_PLACE, "by the way");
	assert_int_equal(diags_status(&d, true), 0);
	assert_printed(&d, DIAG_TEXT, false, "");
	assert_printed(&d, DIAG_JSON, false, "{\"diagnostics\":[]}\n");
	assert_printed(&d, DIAG_GITHUB, false, "");
	all = printed(&d, DIAG_GITHUB, false, true);
	assert_ptr_equal(strstr(all, "::notice title="), all);
	free(all);
	diags_release(&d);
}

static void record(struct diags *d, enum diag_id id, unsigned n, const char *prefix)
{
	for (unsigned i = 0; i < n; i++) {
		diag_add(d, id, NO_PLACE, "%s%u", prefix, i);
		diag_hint(d, "hint of %s%u", prefix, i);
	}
}

static void a_million_mistakes(void **state)
{
	struct diags d = DIAGS_INIT, more = DIAGS_INIT;
	char *text;

	(void)state;
	record(&d, DIAG_SYNTAX, 100000, "a");
	record(&d, DIAG_USAGE, 1, "b");
	assert_int_equal(d.n, DIAGS_KEPT + 1);
	assert_int_equal(diags_errors(&d), 100001);
	assert_string_equal(d.items[DIAGS_KEPT - 1].hint, "hint of a199");
	text = printed(&d, DIAG_TEXT, false, false);
	assert_non_null(strstr(text, "\nand 99800 more like these\n"));
	free(text);
	text = printed(&d, DIAG_JSON, false, false);
	assert_non_null(strstr(text, "],\"more\":99800}\n"));
	free(text);
	record(&more, DIAG_SYNTAX, 300, "c");
	record(&more, DIAG_IO, 1, "d");
	diags_merge(&d, &more);
	assert_int_equal(more.n, 0);
	assert_int_equal(d.n, DIAGS_KEPT + 2);
	assert_int_equal(diags_errors(&d), 100302);
	assert_string_equal(d.items[d.n - 1].message, "d0");
	diags_release(&d);
}

/* What a person reads ends somewhere; mistakes and programs' forms don't. */
static void warnings_of_a_kind(void **state)
{
	struct diags d = DIAGS_INIT;
	char *text;

	(void)state;
	record(&d, DIAG_STAFF_UNLISTED, 12, "w");
	record(&d, DIAG_THIRD_PARTY, 1, "x");
	record(&d, DIAG_SYNTAX, 12, "e");
	text = printed(&d, DIAG_TEXT, false, false);
	assert_non_null(strstr(text, "warning: w9 "));
	assert_null(strstr(text, "warning: w10 "));
	assert_non_null(strstr(text, ": x0 "));
	assert_non_null(strstr(text, "error: e11 "));
	assert_non_null(strstr(text, "\nand 2 more warnings of these kinds; -v prints them too\n"));
	free(text);
	text = printed(&d, DIAG_TEXT, false, true);
	assert_non_null(strstr(text, "warning: w11 "));
	assert_null(strstr(text, "more warnings"));
	free(text);
	text = printed(&d, DIAG_GITHUB, false, false);
	assert_non_null(strstr(text, "::w11"));
	free(text);
	diags_release(&d);
}

/* Workers meet the same mistake in the same file. */
static void merging_says_it_once(void **state)
{
	struct diags d = DIAGS_INIT, more = DIAGS_INIT;

	(void)state;
	diag_add(&d, DIAG_SYNTAX, place_line("f", 1, 1), "x");
	diag_add(&more, DIAG_SYNTAX, place_line("f", 1, 1), "x");
	diag_add(&more, DIAG_SYNTAX, place_line("f", 1, 2), "x");
	diag_add(&more, DIAG_SYNTAX, place_line("g", 1, 1), "x");
	diag_add(&more, DIAG_SYNTAX, NO_PLACE, "x");
	diags_merge(&d, &more);
	assert_int_equal(diags_errors(&d), 4);
	assert_int_equal(diags_errors(&more), 0);
	assert_diags(&d, "f:1:1: error: x [syntax]\nf:1:2: error: x [syntax]\n"
			 "g:1:1: error: x [syntax]\nerror: x [syntax]\n");
}

static void one_line(void **state)
{
	struct diags d = DIAGS_INIT;

	(void)state;
	record_example(&d);
	diag_add(&d, DIAG_CSP_MISSING, place_file("a b"), "no policy");
	diag_add(&d, DIAG_IO, NO_PLACE, "full");
	assert_printed(&d, DIAG_JOURNAL, true,
		       "<3>rules.yaml:2:5: error: unknown key 'shaer' in 'wrong' "
		       "[unknown-key]; hint: did you mean 'share'?\n"
		       "<4>a b: warning: no policy [csp-missing]\n"
		       "<3>error: full [io]\n");
	diags_release(&d);
}

/* Equal mistakes are told apart, and each has a place. */
static void gitlab(void **state)
{
	struct diags d = DIAGS_INIT;
	struct str print = STR("\"fingerprint\":\""), first, second;
	char *text;

	(void)state;
	assert_printed(&d, DIAG_GITLAB, false, "[]\n");
	diag_add(&d, DIAG_IO, NO_PLACE, "a \"full\" disk");
	diag_add(&d, DIAG_IO, NO_PLACE, "a \"full\" disk");
	text = printed(&d, DIAG_GITLAB, false, false);
	first = str_slice(str_of(text), str_find(str_of(text), print) + print.n, SIZE_MAX);
	second = str_slice(first, str_find(first, print) + print.n, SIZE_MAX);
	assert_true(second.n > 64);
	assert_memory_not_equal(first.p, second.p, 64);
	assert_non_null(strstr(text, "[{\"description\":\"a \\\"full\\\" disk\",\"check_name\":\"io\","));
	assert_non_null(strstr(text, "\"severity\":\"major\",\"location\":{\"path\":"
				     "\"candor.yaml\",\"lines\":{\"begin\":1}}}]\n"));
	free(text);
	diags_release(&d);
}

static void rebased(void **state)
{
	static const struct {
		const char *root, *here, *path, *rebased;
	} cases[] = {
		{ "/w", "/w", "rules.yaml", "rules.yaml" },
		{ "/w", "/w/site", "rules.yaml", "site/rules.yaml" },
		{ "/w/", "/w/site", "./a//b/../rules.yaml", "site/a/rules.yaml" },
		{ "/w", "/w/site", "../rules.yaml", "rules.yaml" },
		{ "/w", "/w/site", "../../w/rules.yaml", "rules.yaml" },
		{ "/w", "/w/site", "/w/rules.yaml", "rules.yaml" },
		{ "/w", "/", "../../w/rules.yaml", "rules.yaml" },
		{ "/", "/w", "rules.yaml", "w/rules.yaml" },
		/* elsewhere: as it is */
		{ "/w", "/w/site", "../../rules.yaml", "../../rules.yaml" },
		{ "/w", "/wide", "rules.yaml", "rules.yaml" },
		{ "/w", "/x", "/etc/rules.yaml", "/etc/rules.yaml" },
		{ "/w", "/w", ".", "." },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct diags d = DIAGS_INIT;

		diag_add(&d, DIAG_IO, NO_PLACE, "no place");
		diag_add(&d, DIAG_IO, place_file(cases[i].path), "full");
		diags_rebase(&d, cases[i].root, cases[i].here);
		assert_null(d.items[0].path);
		assert_string_equal(d.items[1].path, cases[i].rebased);
		diags_release(&d);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text),
		cmocka_unit_test(places),
		cmocka_unit_test(json),
		cmocka_unit_test(github),
		cmocka_unit_test(masks),
		cmocka_unit_test(carets_stay_on_the_line),
		cmocka_unit_test(long_lines_are_cut),
		cmocka_unit_test(status_is_the_lowest),
		cmocka_unit_test(warnings_count_when_strict),
		cmocka_unit_test(notes_want_verbose),
		cmocka_unit_test(a_million_mistakes),
		cmocka_unit_test(warnings_of_a_kind),
		cmocka_unit_test(merging_says_it_once),
		cmocka_unit_test(one_line),
		cmocka_unit_test(gitlab),
		cmocka_unit_test(rebased),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
