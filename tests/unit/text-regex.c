/*
 * Proves that regular expressions match as Perl's do on UTF-8 and bytes that
 * aren't, that a mistake is reported where it stands in the rules file, and that
 * a catastrophic one ends with "limit", not with "no match" or never.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/mem.h"
#include "base/source.h"
#include "text/regex.h"

#include <stdlib.h>

static int find(const char *pattern, struct str text, size_t start, size_t *from,
		size_t *to)
{
	struct diags diags = DIAGS_INIT;
	struct regex *r = regex_new(str_of(pattern), NO_PLACE, &diags);
	int found;

	assert_non_null(r);
	found = regex_find(r, text, start, from, to);
	regex_free(r);
	diags_release(&diags);
	return found;
}

static void test_find(void **state)
{
	size_t from, to;

	(void)state;
	assert_int_equal(find("(?i)\\border\\s+\\d{8}\\b", STR("my Order  12345678."), 0,
			      &from, &to), 1);
	assert_int_equal(from, 3);
	assert_int_equal(to, 18);
	assert_int_equal(find("a", STR("aba"), 1, &from, &to), 1);
	assert_int_equal(from, 2);
	assert_int_equal(find("^a", STR("ba"), 1, &from, &to), 0);
	assert_int_equal(find("a", STR("b"), 0, &from, &to), 0);
	assert_int_equal(find("a", STR("a"), 2, &from, &to), 0);
	assert_int_equal(find("", STR(""), 0, &from, &to), 1);
	assert_int_equal(find("^$", STR_NONE, 0, &from, &to), 1);
	assert_int_equal(find("^\\w.$", STR("\xc3\xa9\xc3\xa8"), 0, &from, &to), 1);
	assert_int_equal(find("b", STR("\xff\xfe" "b"), 0, &from, &to), 1);
	assert_int_equal(from, 2);
	assert_int_equal(find("(((((a)))))", STR("a"), 0, &from, &to), 1);
}

static void test_limits(void **state)
{
	struct buf text = BUF_INIT;
	size_t from, to;

	(void)state;
	for (int i = 0; i < 5000; i++)
		buf_addc(&text, 'a');
	buf_addc(&text, 'b');
	assert_int_equal(find("(a+)+$", buf_str(&text), 0, &from, &to), -1);
	assert_int_equal(find("(a|aa)+$", buf_str(&text), 0, &from, &to), -1);
	buf_release(&text);
}

/* A pattern can lower the limits at its start, never lift them; callouts call
 * nobody. */
static void test_limits_stay(void **state)
{
	static const char *const limited[] = {
		"(*LIMIT_MATCH=4000000000)(*LIMIT_DEPTH=4000000000)"
		"(*LIMIT_HEAP=4000000000)(a+)+$",
		"(*LIMIT_MATCH=10)(a|b)+$",
		"(*NO_START_OPT)(*NO_AUTO_POSSESS)(*NO_JIT)(a+)+$",
		"(*NO_START_OPT)(?:(a)|(?1))*?c",
		"(?C1)(?:a+(?C'x'))+$",
	};
	struct buf text = BUF_INIT;
	size_t from, to;

	(void)state;
	for (int i = 0; i < 5000; i++)
		buf_addc(&text, 'a');
	buf_addc(&text, 'b');
	for (size_t i = 0; i < ARRAY_LEN(limited); i++)
		if (find(limited[i], buf_str(&text), 0, &from, &to) != -1)
			fail_msg("no limit: %s", limited[i]);
	assert_int_equal(find("(*UTF)(*UCP)a(?C1)b(?C'x')", buf_str(&text), 0, &from, &to),
			 1);
	buf_release(&text);
}

static void check_mistake(const char *line, const char *pattern, unsigned long column)
{
	struct diags diags = DIAGS_INIT;
	struct source source;
	size_t at = str_find(str_of(line), STR("(")) - 1;

	source_from(&source, "rules.yaml", str_of(line));
	assert_null(regex_new(str_of(pattern), place_in(&source, at, 3), &diags));
	assert_int_equal(diags.n, 1);
	assert_int_equal(diags.items[0].id, DIAG_BAD_REGEX);
	assert_int_equal(diags.items[0].column, column);
	source_release(&source);
	diags_release(&diags);
}

static void test_mistakes(void **state)
{
	static const char *const bad[] = { "(", "[a", "a{2,1}", "\\C", "(?<=a+)b", "*",
				      "((a{1,500}){1,500}){1,500}", "(?1)", "\\p{Nobody}" };
	struct diags diags = DIAGS_INIT;
	struct buf pattern = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		assert_null(regex_new(str_of(bad[i]), NO_PLACE, &diags));
		assert_int_equal(diags_errors(&diags), i + 1);
	}
	for (int i = 0; i < 4097; i++)
		buf_addc(&pattern, 'a');
	assert_null(regex_new(buf_str(&pattern), NO_PLACE, &diags));
	buf_reset(&pattern);
	for (int i = 0; i < 1000; i++)
		buf_addc(&pattern, '(');
	assert_null(regex_new(buf_str(&pattern), NO_PLACE, &diags));
	buf_release(&pattern);
	diags_release(&diags);
	/* Plain, in quotes, and where escapes make the bytes differ. */
	check_mistake("- a(b", "a(b", 6);
	check_mistake("- 'a(b'", "a(b", 7);
	check_mistake("- \"\\x61(b\"", "a(b", 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_limits_stay),
		cmocka_unit_test(test_mistakes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
