/* Views: comparison is by byte and total, slicing never leaves the bytes, and
 * an absent string stays absent. */
#include "check.h"

static void compares_by_byte(void **state)
{
	(void)state;
	assert_true(str_cmp(STR("a"), STR("b")) < 0);
	assert_true(str_cmp(STR("b"), STR("a")) > 0);
	assert_true(str_cmp(STR("a"), STR("ab")) < 0);
	assert_true(str_cmp(STR("ab"), STR("a")) > 0);
	assert_true(str_cmp(STR("Z"), STR("a")) < 0);
	assert_true(str_cmp(STR("z"), STR("\xc3\xa4")) < 0);
	assert_int_equal(str_cmp(STR("a"), STR("a")), 0);
	assert_int_equal(str_cmp(STR_NONE, STR("")), 0);
	assert_true(str_cmp(str_make("a\0b", 3), str_make("a\0c", 3)) < 0);
	assert_true(str_eq(STR_NONE, STR("")));
	assert_false(str_eq(STR("a"), STR("b")));
	assert_false(str_is(STR("ab"), "a"));
}

static void compares_ascii_without_case(void **state)
{
	(void)state;
	assert_true(str_ieq(STR("AbZ09"), STR("aBz09")));
	assert_false(str_ieq(STR("["), STR("{")));
	assert_false(str_ieq(STR("a"), STR("ab")));
	assert_false(str_ieq(STR("\xc3\x84"), STR("\xc3\xa4")));
}

static void slugs(void **state)
{
	char text[65];
	const char *wrong[] = { "", "A", "a b", "a_b", "a/b", "\xc3\xa4", "a\n" };

	(void)state;
	memset(text, 'z', sizeof(text));
	assert_true(str_is_slug(STR("a")));
	assert_true(str_is_slug(STR("-09-az-")));
	assert_true(str_is_slug(str_make(text, 64)));
	assert_false(str_is_slug(str_make(text, 65)));
	assert_false(str_is_slug(str_make("a\0", 2)));
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(str_is_slug(str_of(wrong[i])));
}

static void languages(void **state)
{
	const char *right[] = { "en", "pt-BR", "zh-Hant-TW", "de-CH-1996", "ENGLISCH", "de-x" };
	const char *wrong[] = { "", "e", "en_GB", "languages", "1a", "en-", "-en", "en--a",
				"en-abcdefghi", "en ", "../en" };

	(void)state;
	for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++)
		assert_true(str_is_language(str_of(right[i])));
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(str_is_language(str_of(wrong[i])));
	assert_true(str_is_language(STR("en-abcdefgh-abcdefgh-abcdefgh-abcde")));
	assert_false(str_is_language(STR("en-abcdefgh-abcdefgh-abcdefgh-abcdef")));
	assert_false(str_is_language(STR_NONE));
}

static void slices_within_bounds(void **state)
{
	(void)state;
	assert_str(str_slice(STR("hello"), 1, 3), "el");
	assert_str(str_slice(STR("hello"), 3, 99), "lo");
	assert_str(str_slice(STR("hello"), 9, 99), "");
	assert_str(str_slice(STR("hello"), 3, 1), "");
	assert_true(str_present(str_slice(STR("hello"), 9, 99)));
	assert_false(str_present(str_slice(STR_NONE, 1, 3)));
	assert_str(str_trim(STR(" \t\r\n\fa b \n")), "a b");
	assert_str(str_trim(STR("  ")), "");
	assert_false(str_present(str_trim(STR_NONE)));
	assert_ptr_equal(str_end(STR_NONE), NULL);
}

static void sorts_and_finds_again(void **state)
{
	struct str items[] = { STR("b"), STR_NONE, STR("ab"), STR("a"), STR("B") };
	static const char *const sorted[] = { "", "B", "a", "ab", "b" };

	(void)state;
	str_sort(items, 5);
	for (size_t i = 0; i < 5; i++) {
		assert_str(items[i], sorted[i]);
		assert_true(str_among(items, 5, str_of(sorted[i])));
	}
	assert_false(str_among(items, 5, STR("aa")));
	assert_false(str_among(items, 4, STR("b")));
	str_sort(NULL, 0);
	assert_false(str_among(NULL, 0, STR("")));
}

static void finds(void **state)
{
	(void)state;
	assert_true(str_starts(STR("hello"), STR("he")));
	assert_false(str_starts(STR("he"), STR("hello")));
	assert_true(str_starts(STR_NONE, STR("")));
	assert_true(str_ends(STR("hello"), STR("lo")));
	assert_false(str_ends(STR("lo"), STR("hello")));
	assert_int_equal(str_find(STR("abcabd"), STR("abd")), 3);
	assert_int_equal(str_find(STR("abc"), STR("x")), 3);
	assert_int_equal(str_find(STR("abc"), STR("")), 0);
	assert_int_equal(str_find(STR_NONE, STR("a")), 0);
	assert_int_equal(str_index(str_make("a\0b", 3), '\0'), 1);
	assert_int_equal(str_index(STR("abc"), 'x'), 3);
	assert_int_equal(str_index(STR_NONE, 'x'), 0);
}

static void splits_to_the_last_part(void **state)
{
	struct str rest = STR("a,,b,");

	(void)state;
	assert_str(str_split(&rest, ','), "a");
	assert_str(str_split(&rest, ','), "");
	assert_str(str_split(&rest, ','), "b");
	assert_true(str_present(rest));
	assert_str(str_split(&rest, ','), "");
	assert_false(str_present(rest));
	rest = STR("");
	assert_true(str_present(str_split(&rest, ',')));
	assert_false(str_present(rest));
}

/* Wherever the byte stands, in strings of every length around the stride. */
static void until_finds_every_place(void **state)
{
	static const bool set[256] = { ['!'] = true, [0xff] = true };
	char text[16];

	(void)state;
	assert_int_equal(str_until(STR_NONE, set), 0);
	for (size_t n = 0; n <= 9; n++) {
		memset(text, 'a', sizeof(text));
		assert_int_equal(str_until(str_make(text, n), set), n);
		for (size_t at = 0; at < n; at++) {
			memset(text, 'a', sizeof(text));
			text[at] = at % 2 ? '!' : '\xff';
			assert_int_equal(str_until(str_make(text, n), set), at);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(until_finds_every_place),
		cmocka_unit_test(compares_by_byte),
		cmocka_unit_test(compares_ascii_without_case),
		cmocka_unit_test(slugs),
		cmocka_unit_test(languages),
		cmocka_unit_test(slices_within_bounds),
		cmocka_unit_test(sorts_and_finds_again),
		cmocka_unit_test(finds),
		cmocka_unit_test(splits_to_the_last_part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
