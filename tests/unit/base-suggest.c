/* "Did you mean" names what a hasty typist meant, and nothing far-fetched. */
#include "check.h"

#include "base/mem.h"
#include "base/suggest.h"

static const char *const keys[] = { "share", "limit", "order", "shortfall", "max_age",
				    "spread" };

static void assert_suggests(const char *name, const char *expected)
{
	const char *found = suggest(str_of(name), keys, ARRAY_LEN(keys));

	if (!expected)
		assert_null(found);
	else if (!found)
		fail_msg("nothing suggested for '%s'", name);
	else
		assert_string_equal(found, expected);
}

static void one_edit(void **state)
{
	(void)state;
	assert_suggests("shaer", "share"); /* two exchanged */
	assert_suggests("sharee", "share");
	assert_suggests("shre", "share");
	assert_suggests("shave", "share");
	assert_suggests("Limit", "limit");
	assert_suggests("LIMIT", "limit");
	assert_suggests("max-age", "max_age");
	assert_suggests("share", "share");
}

static void a_third_at_most(void **state)
{
	(void)state;
	assert_suggests("shortfull", "shortfall");
	assert_suggests("shoartfull", "shortfall");
	assert_suggests("shxxxfxll", NULL);
	assert_suggests("zhbre", NULL);
	assert_suggests("", NULL);
	assert_suggests("x", NULL);
}

static void the_nearest_and_first(void **state)
{
	static const char *const names[] = { "abcdxx", "abcdex", "abcdey" };

	(void)state;
	assert_string_equal(suggest(STR("abcdez"), names, 3), "abcdex");
	assert_string_equal(suggest(STR("abcdey"), names, 3), "abcdey");
	assert_null(suggest(STR("abc"), names, 0));
}

static void long_names(void **state)
{
	static const char *const names[] = {
		"0123456789012345678901234567890123456789012345678901234567890123" };
	char name[10000];

	(void)state;
	assert_ptr_equal(suggest(str_of(names[0]), names, 1), names[0]);
	memset(name, '0', sizeof(name));
	assert_null(suggest(str_make(name, sizeof(name)), names, 1));
	assert_null(suggest(str_make(name, 65), names, 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_edit),
		cmocka_unit_test(a_third_at_most),
		cmocka_unit_test(the_nearest_and_first),
		cmocka_unit_test(long_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
