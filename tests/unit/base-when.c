/* Instants: the calendar against the C library's, what is a time and what
 * isn't, and both ends of the range. */
#include "check.h"

#include "base/mem.h"
#include "base/when.h"

#include <time.h>

static void calendar_agrees_with_libc(void **state)
{
	(void)state;
	/* Every 37th day from year 1 to 9999, and its second before. */
	for (int64_t t = WHEN_MIN; t <= WHEN_MAX; t += 37 * (int64_t)WHEN_DAY) {
		for (int64_t at = t; at >= WHEN_MIN && at >= t - 1; at--) {
			char ours[WHEN_RFC3339], theirs[80];
			time_t libc = (time_t)at;
			struct tm tm;
			int64_t back;

			gmtime_r(&libc, &tm);
			snprintf(theirs, sizeof(theirs),
				 "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900,
				 tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min,
				 tm.tm_sec);
			when_format(at, ours);
			assert_string_equal(ours, theirs);
			assert_true(when_parse(str_of(ours), &back));
			assert_int_equal(back, at);
		}
	}
}

static void days_floor(void **state)
{
	(void)state;
	assert_int_equal(when_day(0), 0);
	assert_int_equal(when_day(86399), 0);
	assert_int_equal(when_day(86400), 1);
	assert_int_equal(when_day(-1), -1);
	assert_int_equal(when_day(-86400), -1);
	assert_int_equal(when_day(-86401), -2);
	assert_true(when_day(WHEN_NONE) < when_day(WHEN_MIN));
}

static void reads_times(void **state)
{
	static const struct {
		const char *text;
		int64_t t;
	} good[] = {
		{ "1970-01-01T00:00:00Z", 0 },
		{ "1970-01-01", 0 },
		{ "1970-01-01 00:00:01", 1 },
		{ "1970-01-01t00:00:01z", 1 },
		{ "2009-09-15T17:02:14.517", 1253034134 },
		{ "2026-11-22T07:30:00+02:00", 1795325400 },
		{ "2026-11-22T07:30:00-00:30", 1795334400 },
		{ "2026-11-22T07:30:00.000+0200", 1795325400 },
		{ "2026-11-22T07:30:00-0030", 1795334400 },
		{ "2000-02-29", 951782400 },
		{ "2016-12-31T23:59:60Z", 1483228799 },
		{ "0001-01-01T00:00:00Z", WHEN_MIN },
		{ "9999-12-31T23:59:59Z", WHEN_MAX },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		int64_t t = -7;

		if (!when_parse(str_of(good[i].text), &t) || t != good[i].t)
			fail_msg("'%s' is %lld, not %lld", good[i].text, (long long)t,
				 (long long)good[i].t);
	}
}

static void refuses_what_is_no_time(void **state)
{
	static const char *const bad[] = {
		"", "2026", "2026-11", "2026-11-2", "2026-13-01", "2026-00-01",
		"2026-01-00", "2026-02-29", "1900-02-29", "2026-04-31", "0000-01-01",
		"26-01-01",
		"2026-11-22T", "2026-11-22T07", "2026-11-22T07:30",
		"2026-11-22T24:00:00Z",
		"2026-11-22T07:60:00Z", "2026-11-22T07:30:61Z", "2026-11-22T07:30:00.Z",
		"2026-11-22T07:30:00+2", "2026-11-22T07:30:00+020",
		"2026-11-22T07:30:00+02000", "2026-11-22T07:30:00+2400",
		"2026-11-22T07:30:00+24:00", "2026-11-22T07:30:00+01:60",
		"2026-11-22T07:30:00Zx", "2026-11-22x", " 2026-11-22", "2026-11-22 ",
		"2026/11/22", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
		"2026-1\xc2\xb2-01" };
	int64_t t;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		if (when_parse(str_of(bad[i]), &t))
			fail_msg("'%s' is no time", bad[i]);
	/* A NUL separates nothing. */
	assert_false(when_parse(str_make("2026\0" "11-22", 10), &t));
	assert_false(when_parse(str_make("2026-11-22\0", 11), &t));
	assert_false(when_parse(STR_NONE, &t));
}

static void reads_epoch_seconds(void **state)
{
	int64_t t;

	(void)state;
	assert_true(when_parse_or_epoch(STR("0"), &t) && t == 0);
	assert_true(when_parse_or_epoch(STR("-1"), &t) && t == -1);
	assert_true(when_parse_or_epoch(STR("1795325400"), &t) && t == 1795325400);
	assert_true(when_parse_or_epoch(STR("253402300799"), &t) && t == WHEN_MAX);
	assert_true(when_parse_or_epoch(STR("-62135596800"), &t) && t == WHEN_MIN);
	assert_true(when_parse_or_epoch(STR("1970-01-02"), &t) && t == WHEN_DAY);
	assert_false(when_parse_or_epoch(STR("253402300800"), &t));
	assert_false(when_parse_or_epoch(STR("-62135596801"), &t));
	assert_false(when_parse_or_epoch(STR("99999999999999999999"), &t));
	assert_false(when_parse_or_epoch(STR(""), &t));
	assert_false(when_parse_or_epoch(STR("-"), &t));
	assert_false(when_parse_or_epoch(STR("+1"), &t));
	assert_false(when_parse_or_epoch(STR("1 "), &t));
	assert_false(when_parse_or_epoch(STR("1.5"), &t));
}

static void dates(void **state)
{
	char date[WHEN_DATE];
	int y, m, d;

	(void)state;
	when_format_date(-1, date);
	assert_string_equal(date, "1969-12-31");
	when_date(951782400, &y, &m, &d);
	assert_int_equal(y * 10000 + m * 100 + d, 20000229);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(calendar_agrees_with_libc),
		cmocka_unit_test(days_floor),
		cmocka_unit_test(reads_times),
		cmocka_unit_test(refuses_what_is_no_time),
		cmocka_unit_test(reads_epoch_seconds),
		cmocka_unit_test(dates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
