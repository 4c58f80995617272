/*
 * Languages: dates, numbers, percentages and spans of time in each notation, which
 * notation a tag gets, and for each family of plural rules the numbers at which it
 * turns.  The expected plurals are the sample integers of CLDR's plurals.xml.  And
 * that each saying is there in each language, with the same placeholders.
 */
#include "check.h"

#include "base/mem.h"
#include "base/when.h"
#include "text/saying.h"

static struct str date(struct buf *b, const char *tag, const char *day)
{
	int64_t t;

	assert_true(when_parse(str_of(day), &t));
	buf_reset(b);
	language_date(language_find(str_of(tag)), b, t);
	return buf_str(b);
}

static struct str number(struct buf *b, const char *tag, int64_t n)
{
	buf_reset(b);
	language_number(language_find(str_of(tag)), b, n);
	return buf_str(b);
}

static void dates(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	assert_str(date(&b, "en", "2026-03-05"), "5 March 2026");
	assert_str(date(&b, "en-GB", "2026-12-31T23:59:59Z"), "31 December 2026");
	assert_str(date(&b, "EN-us", "2026-03-05"), "March 5, 2026");
	assert_str(date(&b, "de", "2026-03-05"), "5. März 2026");
	assert_str(date(&b, "de-AT", "2026-01-10"), "10. Jänner 2026");
	assert_str(date(&b, "de-LU", "2026-01-10"), "10. Januar 2026");
	assert_str(date(&b, "nl", "2026-03-05"), "5 maart 2026");
	assert_str(date(&b, "nl-BE", "1969-08-01"), "1 augustus 1969");
	assert_str(date(&b, "fr", "2026-03-05"), "2026-03-05");
	/* A tag is no prefix: "den" is Slavey. */
	assert_str(date(&b, "den", "2026-03-05"), "2026-03-05");
	buf_release(&b);
}

/* Every month, in the order of the calendar. */
static void months(void **state)
{
	static const struct {
		const char *tag, *all;
	} rows[] = {
		{ "en", "January February March April May June July August September "
			"October November December " },
		{ "de", "Januar Februar März April Mai Juni Juli August September Oktober "
			"November Dezember " },
		{ "nl", "januari februari maart april mei juni juli augustus september "
			"oktober november december " },
	};
	struct buf b = BUF_INIT, all = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		buf_reset(&all);
		for (int m = 1; m <= 12; m++) {
			char day[] = "2026-00-01";
			struct str parts, name;

			day[5] = (char)('0' + m / 10);
			day[6] = (char)('0' + m % 10);
			parts = date(&b, rows[i].tag, day);
			str_split(&parts, ' ');
			name = str_split(&parts, ' ');
			buf_addstr(&all, name);
			buf_addc(&all, ' ');
		}
		assert_str(buf_str(&all), rows[i].all);
	}
	buf_release(&all);
	buf_release(&b);
}

static void numbers(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	assert_str(number(&b, "en", 0), "0");
	assert_str(number(&b, "en", 999), "999");
	assert_str(number(&b, "en", 1000), "1,000");
	assert_str(number(&b, "en", -1234567), "-1,234,567");
	assert_str(number(&b, "en", INT64_MIN), "-9,223,372,036,854,775,808");
	assert_str(number(&b, "de", 12045), "12.045");
	assert_str(number(&b, "de-AT", 12345), "12\xc2\xa0" "345");
	assert_str(number(&b, "de-CH", 12345), "12’345");
	assert_str(number(&b, "nl", 12345), "12.345");
	assert_str(number(&b, "sv", 12345), "12\xc2\xa0" "345");
	buf_release(&b);
}

static struct str decimal(struct buf *b, const char *tag, int64_t thousandths)
{
	buf_reset(b);
	language_decimal(language_find(str_of(tag)), b, thousandths);
	return buf_str(b);
}

static void decimals(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	assert_str(decimal(&b, "en", 0), "0");
	assert_str(decimal(&b, "en", 2000), "2");
	assert_str(decimal(&b, "en", 500), "0.5");
	assert_str(decimal(&b, "en", 10000), "10");
	assert_str(decimal(&b, "de", 1005), "1,005");
	assert_str(decimal(&b, "nl", 1250), "1,25");
	assert_str(decimal(&b, "de", 1234500), "1.234,5");
	buf_release(&b);
}

static void percentages(void **state)
{
	static const char *const rows[][2] = {
		{ "en", "25%" }, { "de", "25\xc2\xa0%" }, { "de-CH", "25%" }, { "nl", "25%" },
		{ "fr", "25\xc2\xa0%" },
	};
	struct buf b = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		buf_reset(&b);
		language_percent(language_find(str_of(rows[i][0])), &b, 25);
		assert_str(buf_str(&b), rows[i][1]);
	}
	buf_release(&b);
}

static struct str span(struct buf *b, const char *tag, int64_t seconds)
{
	buf_reset(b);
	language_span(language_find(str_of(tag)), b, seconds);
	return buf_str(b);
}

static void spans(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	assert_str(span(&b, "en", 0), "1 minute");
	assert_str(span(&b, "en", 89), "1 minute");
	assert_str(span(&b, "en", 90), "2 minutes");
	assert_str(span(&b, "en", 40 * 60), "40 minutes");
	assert_str(span(&b, "en", 2 * 3600 - 31), "119 minutes");
	assert_str(span(&b, "en", 2 * 3600), "2 hours");
	assert_str(span(&b, "en", 2 * WHEN_DAY - 1801), "47 hours");
	assert_str(span(&b, "en", 2 * WHEN_DAY), "2 days");
	assert_str(span(&b, "en", 1234 * (int64_t)WHEN_DAY), "1,234 days");
	assert_str(span(&b, "de", 60), "1 Minute");
	assert_str(span(&b, "de", 40 * 60), "40 Minuten");
	assert_str(span(&b, "de", 3 * 3600), "3 Stunden");
	assert_str(span(&b, "de", 2 * WHEN_DAY), "2 Tagen");
	assert_str(span(&b, "nl", 60), "1 minuut");
	assert_str(span(&b, "nl", 40 * 60), "40 minuten");
	assert_str(span(&b, "nl", 3 * 3600), "3 uur");
	assert_str(span(&b, "nl", 2 * WHEN_DAY), "2 dagen");
	assert_str(span(&b, "it", 60), "1\xc2\xa0min");
	assert_str(span(&b, "it", 3 * 3600), "3\xc2\xa0h");
	assert_str(span(&b, "it", 2 * WHEN_DAY), "2\xc2\xa0" "d");
	buf_release(&b);
}

static void tags(void **state)
{
	(void)state;
	assert_str(language_tag(language_find(STR("en-AU"))), "en");
	assert_str(language_tag(language_find(STR("DE-at"))), "de");
	assert_str(language_tag(language_find(STR("nl"))), "nl");
	assert_str(language_tag(language_find(STR("fr"))), "en");
	assert_true(language_speaks(STR("en")));
	assert_true(language_speaks(STR("de-LI")));
	assert_true(language_speaks(STR("NL-be")));
	assert_false(language_speaks(STR("fr")));
	assert_false(language_speaks(STR("nds")));
	assert_false(language_speaks(STR("")));
}

/* --- Plurals --- */

/* Numbers in the order of the categories; what isn't there is none's. */
static const struct {
	const char *tags;
	const char *samples[PLURAL_COUNT];
} families[] = {
	{ "en de nl sv da nb no fi hu el tr et bg en-US DE-AT",
	  { [PLURAL_ONE] = "1 -1",
	    [PLURAL_OTHER] = "0 2 11 21 101 1000000" } },
	{ "it es ca pt-PT PT-pt es-MX",
	  { [PLURAL_ONE] = "1", [PLURAL_MANY] = "1000000 12000000",
	    [PLURAL_OTHER] = "0 2 16 100 1000001" } },
	{ "fr pt pt-BR fr-CA",
	  { [PLURAL_ONE] = "0 1", [PLURAL_MANY] = "1000000",
	    [PLURAL_OTHER] = "2 17 100 100000" } },
	{ "hi fa bn", { [PLURAL_ONE] = "0 1", [PLURAL_OTHER] = "2 17 1000000" } },
	{ "pl",
	  { [PLURAL_ONE] = "1", [PLURAL_FEW] = "2 4 22 24 32 102 -3",
	    [PLURAL_MANY] = "0 5 11 12 14 19 21 101 112 1000000" } },
	{ "cs sk", { [PLURAL_ONE] = "1", [PLURAL_FEW] = "2 3 4", [PLURAL_OTHER] = "0 5 22" } },
	{ "ru uk be",
	  { [PLURAL_ONE] = "1 21 31 101 1001", [PLURAL_FEW] = "2 4 22 24 102",
	    [PLURAL_MANY] = "0 5 11 12 14 19 111 1000000" } },
	{ "hr sr bs",
	  { [PLURAL_ONE] = "1 21 101", [PLURAL_FEW] = "2 4 22 102",
	    [PLURAL_OTHER] = "0 5 11 12 14 111 1000000" } },
	{ "is mk", { [PLURAL_ONE] = "1 21 101", [PLURAL_OTHER] = "0 2 11 111" } },
	{ "sl",
	  { [PLURAL_ONE] = "1 101 201", [PLURAL_TWO] = "2 102", [PLURAL_FEW] = "3 4 104",
	    [PLURAL_OTHER] = "0 5 11 12 100" } },
	{ "lt",
	  { [PLURAL_ONE] = "1 21 101", [PLURAL_FEW] = "2 9 22 102",
	    [PLURAL_OTHER] = "0 10 11 12 20 111" } },
	{ "lv",
	  { [PLURAL_ZERO] = "0 10 11 19 20 111", [PLURAL_ONE] = "1 21 101",
	    [PLURAL_OTHER] = "2 9 22 102" } },
	{ "ro",
	  { [PLURAL_ONE] = "1", [PLURAL_FEW] = "0 2 16 101 119 1001",
	    [PLURAL_OTHER] = "20 35 100 120 1000" } },
	{ "ar",
	  { [PLURAL_ZERO] = "0", [PLURAL_ONE] = "1", [PLURAL_TWO] = "2",
	    [PLURAL_FEW] = "3 10 103 1003", [PLURAL_MANY] = "11 99 111 1011",
	    [PLURAL_OTHER] = "100 101 102 200 1000" } },
	{ "he", { [PLURAL_ONE] = "1", [PLURAL_TWO] = "2", [PLURAL_OTHER] = "0 3 17 100" } },
	{ "ga",
	  { [PLURAL_ONE] = "1", [PLURAL_TWO] = "2", [PLURAL_FEW] = "3 6",
	    [PLURAL_MANY] = "7 10", [PLURAL_OTHER] = "0 11 101" } },
	{ "ja ko zh zh-Hant vi th xx", { [PLURAL_OTHER] = "0 1 2 100" } },
};

static void check_samples(struct str tag, struct str samples, enum plural expected)
{
	while (str_present(samples)) {
		struct str sample = str_split(&samples, ' ');
		int64_t n = strtoll(sample.p, NULL, 10);
		enum plural is = language_plural(tag, n);

		if (is != expected)
			fail_msg("%.*s: %lld is '%s', not '%s'", STR_ARG(tag), (long long)n,
				 plural_name(is), plural_name(expected));
	}
}

static void plurals(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(families); i++) {
		struct str all = str_of(families[i].tags);

		while (str_present(all)) {
			struct str tag = str_split(&all, ' ');

			for (int p = 0; p < PLURAL_COUNT; p++)
				if (families[i].samples[p])
					check_samples(tag, str_of(families[i].samples[p]),
						      (enum plural)p);
		}
	}
	assert_int_equal(language_plural(STR("ru"), INT64_MIN), PLURAL_MANY);
}

static void plurals_have_names(void **state)
{
	static const char *const names[] = { "zero", "one", "two", "few", "many", "other" };

	(void)state;
	for (int p = 0; p < PLURAL_COUNT; p++)
		assert_string_equal(plural_name((enum plural)p), names[p]);
}

/* --- Sayings --- */

static struct str said(struct buf *b, const char *tag, enum saying s, int64_t n)
{
	/* Every placeholder that any saying has, filled with itself. */
	static const char *const names[] = {
		"age", "all", "any", "candidates", "clause", "company", "condition", "days",
		"max", "min", "name", "names", "part", "phrases", "points", "product",
		"scenario", "share", "shown", "subject", "text", "title", "topic", "what",
		"where", "whole", "wrong",
	};
	struct slot slots[ARRAY_LEN(names) + 1] = { { NULL, STR_NONE } };
	char filled[ARRAY_LEN(names)][16];

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		snprintf(filled[i], sizeof(filled[i]), "<%s>", names[i]);
		slots[i] = (struct slot){ names[i], str_of(filled[i]) };
	}
	buf_reset(b);
	language_say_count(language_find(str_of(tag)), b, s, n, slots);
	return buf_str(b);
}

/* The placeholders in a text, each as often as it is there, sorted; the number
 * that was filled in for {count} is "n", but for 1, which may be spelt out. */
static size_t placeholders(struct str text, struct str out[8])
{
	static const bool digits[256] = { ['2'] = true };
	size_t n = 0;

	if (str_until(text, digits) < text.n)
		out[n++] = STR("n");
	while (str_present(text)) {
		str_split(&text, '<');
		if (str_present(text) && n < 8)
			out[n++] = str_split(&text, '>');
	}
	str_sort(out, n);
	return n;
}

static void sayings_are_complete(void **state)
{
	static const char *const tags[] = { "en", "de", "nl" };
	struct buf english = BUF_INIT, other = BUF_INIT;
	struct str expected[8], is[8];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(tags) * SAY_COUNT * 2; i++) {
		const char *tag = tags[i % ARRAY_LEN(tags)];
		enum saying s = (enum saying)(i / ARRAY_LEN(tags) % SAY_COUNT);
		int64_t many = 1 + (int64_t)(i / (ARRAY_LEN(tags) * SAY_COUNT));
		bool same;
		size_t n;

		if (!language_word(language_find(str_of(tag)), s).n)
			fail_msg("%s: saying %d is missing", tag, (int)s);
		n = placeholders(said(&english, "en", s, many), expected);
		same = n == placeholders(said(&other, tag, s, many), is);
		for (size_t k = 0; same && k < n; k++)
			same = str_eq(expected[k], is[k]);
		if (!same)
			fail_msg("other placeholders in %s: %s\n%s", tag, other.p, english.p);
	}
	buf_release(&other);
	buf_release(&english);
}

static void sayings_are_filled(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	assert_str(said(&b, "en", SAY_SIZE_OF_PAGE, 1),
		   "The page of <subject> shows at most 1 conversation.");
	assert_str(said(&b, "de", SAY_SIZE_OF_PAGE, 12345),
		   "Die Seite von <subject> zeigt höchstens 12.345 Gespräche.");
	assert_str(said(&b, "nl-BE", SAY_YEARS, 1), "1 jaar");
	assert_str(said(&b, "fr", SAY_UNNAMED, 1), "unnamed");
	buf_reset(&b);
	/* What is filled in is not looked at again. */
	language_say(language_find(STR("de")), &b, SAY_FEED_OF_WRONG,
		     SLOTS({ "title", STR("{title}") }));
	assert_str(buf_str(&b), "{title}: wo wir uns geirrt haben");
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates),
		cmocka_unit_test(months),
		cmocka_unit_test(numbers),
		cmocka_unit_test(decimals),
		cmocka_unit_test(percentages),
		cmocka_unit_test(spans),
		cmocka_unit_test(tags),
		cmocka_unit_test(plurals),
		cmocka_unit_test(plurals_have_names),
		cmocka_unit_test(sayings_are_complete),
		cmocka_unit_test(sayings_are_filled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
