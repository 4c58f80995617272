/* Times as tables write them, by pattern and without. */
#include "check.h"

#include "base/mem.h"
#include "base/when.h"
#include "import/csvdate.h"

static void reads_by_pattern(void **state)
{
	static const struct {
		const char *pattern, *text, *zone, *time;
	} good[] = {
		{ "D/M/Y h:m", "22/11/2026 07:30", NULL, "2026-11-22T07:30:00Z" },
		{ "D/M/Y h:m", " 2/1/2026  7:05 ", NULL, "2026-01-02T07:05:00Z" },
		{ "D/M/Y h:m", "22/11/2026 07:30", "+02:00", "2026-11-22T05:30:00Z" },
		{ "M/D/Y h:m p", "11/22/2026 12:05 AM", NULL, "2026-11-22T00:05:00Z" },
		{ "M/D/Y h:m p", "11/22/2026 12:05 pm", NULL, "2026-11-22T12:05:00Z" },
		{ "D N Y", "5 Sep 2026", NULL, "2026-09-05T00:00:00Z" },
		{ "N D, Y", "september 5, 2026", NULL, "2026-09-05T00:00:00Z" },
		{ "Y-M-DTh:m:s z", "2026-11-22T07:30:01 +0200", "+05:00",
		  "2026-11-22T05:30:01Z" },
		{ "Y-M-D h:m:s z", "2026-11-22 07:30:01 UTC", NULL,
		  "2026-11-22T07:30:01Z" },
	};
	static const struct {
		const char *pattern, *text;
	} bad[] = {
		{ "D/M/Y", "31/02/2026" }, { "D/M/Y", "1/13/2026" }, { "D/M/Y", "1/1/26" },
		{ "D/M/Y", "1/1/2026 " "x" }, { "D/M/Y", "1-1-2026" }, { "D/M/Y", "" },
		{ "D/M/Y h:m p", "1/1/2026 13:00 pm" }, { "D/M/Y h:m p", "1/1/2026 1:00" },
		{ "D N Y", "1 Foo 2026" }, { "D/M/Y h:m", "1/1/2026 25:00" },
		{ "Y-M-D z", "2026-11-22 CEST" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		char text[WHEN_RFC3339];
		int64_t t;

		assert_true(csvdate_is_pattern(str_of(good[i].pattern)));
		if (!csvdate_parse(str_of(good[i].pattern), str_of(good[i].text),
				   str_of(good[i].zone), &t))
			fail_msg("'%s' isn't '%s'", good[i].text, good[i].pattern);
		when_format(t, text);
		assert_string_equal(text, good[i].time);
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		int64_t t;

		if (csvdate_parse(str_of(bad[i].pattern), str_of(bad[i].text), STR_NONE, &t))
			fail_msg("'%s' is '%s'", bad[i].text, bad[i].pattern);
	}
}

static void knows_patterns(void **state)
{
	static const char *const bad[] = { "", "D/M", "D/M/Y/Y", "M N D Y", "Y-M-D hours",
					   "yyyy-mm-dd" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		if (csvdate_is_pattern(str_of(bad[i])))
			fail_msg("'%s' is no pattern", bad[i]);
}

static void guesses(void **state)
{
	static const struct {
		const char *text, *zone, *time;
	} good[] = {
		{ "2026-11-22T07:30:00Z", "+02:00", "2026-11-22T07:30:00Z" },
		{ "2026-11-22 07:30:00", NULL, "2026-11-22T07:30:00Z" },
		{ "2026-11-22 07:30:00", "+02:00", "2026-11-22T05:30:00Z" },
		{ "2026-11-22", "-01:00", "2026-11-22T01:00:00Z" },
		{ "1700000000", "+02:00", "2023-11-14T22:13:20Z" },
		{ "1700000000.0", NULL, "2023-11-14T22:13:20Z" },
		{ "1700000000999", NULL, "2023-11-14T22:13:20Z" },
	};
	static const char *const bad[] = { "", "soon", "22/11/2026", "1.7E+09", "12.x" };
	int64_t t;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		char text[WHEN_RFC3339];

		if (!csvdate_guess(str_of(good[i].text), str_of(good[i].zone), &t))
			fail_msg("'%s' is a time", good[i].text);
		when_format(t, text);
		assert_string_equal(text, good[i].time);
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		if (csvdate_guess(str_of(bad[i]), STR_NONE, &t))
			fail_msg("'%s' is no time", bad[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_by_pattern),
		cmocka_unit_test(knows_patterns),
		cmocka_unit_test(guesses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
