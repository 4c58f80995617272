/*
 * Proves that strangers' names lose what hides, turns or grows, that words of
 * scripts which need joiners and marks keep theirs, and that a name of which
 * nothing can be seen gets another.
 */
#include "check.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "render/visible.h"

struct line_case {
	const char *in, *out; /* out NULL: as it is */
};

static void check_lines(const struct line_case *cases, size_t n)
{
	struct arena a = ARENA_INIT;

	for (size_t i = 0; i < n; i++) {
		struct str in = str_of(cases[i].in);
		struct str got = visible_line(&a, in);

		assert_str(got, cases[i].out ? cases[i].out : cases[i].in);
		if (!cases[i].out)
			assert_ptr_equal(got.p, in.p);
		/* Once is enough. */
		assert_ptr_equal(visible_line(&a, got).p, got.p);
	}
	arena_release(&a);
}

static void what_nobody_sees_goes(void **state)
{
	static const struct line_case cases[] = {
		{ "Alice", NULL }, { "", NULL },
		{ "Alice\u202e (staff)\u202c", "Alice (staff)" },
		{ "\u2066a\u2067b\u2068c\u2069\u200e\u200f\u061c", "abc" },
		{ "a\u200bb\u2060c\ufeffd\u00ade\u180ef", "abcdef" },
		{ "tags\U000e0061\U000e007f", "tags" },
		{ "\x01\x1b[31m\x7f\xc2\x9b", "[31m" },
		{ "\ufffe\uffff\ufdd0\U0001ffff!", "!" },
		{ "one\ttwo\nthree\rfour\u2028five\u2029six\xc2\x85seven",
		  "one two three four five six seven" },
		{ "a\xff\xc3z", "az" },
	};

	(void)state;
	check_lines(cases, ARRAY_LEN(cases));
}

static void words_of_all_scripts_stay(void **state)
{
	static const struct line_case cases[] = {
		{ "\u0e01\u0e34\u0e4a\u0e1a \u0e17\u0e35\u0e48", NULL },        /* Thai */
		{ "Nguye\u0302\u0303n Thi\u0323", NULL },                     /* Vietnamese */
		{ "\u05e9\u05c1\u05bc\u05b8\u05dc\u05d5\u05b9\u05dd", NULL }, /* Hebrew */
		{ "\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f", NULL }, /* Arabic */
		{ "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", NULL }, /* Persian */
		{ "\u0915\u094d\u200d\u0937 \u0930\u094d\u200c\u0915", NULL }, /* Devanagari */
		{ "\u09b0\u200d\u09cd\u09af\u09be\u09ae", NULL },              /* Bengali */
		{ "\u0d30\u0d3e\u0d1c\u0d28\u0d4d\u200d", NULL },              /* Malayalam */
		{ "\u0dc1\u0dca\u200d\u0dbb\u0dd3", NULL },                    /* Sinhala */
		{ "\u1019\u103c\u103d\u103e\u1031\u102c\u1004\u103a\u1037", NULL }, /* Burmese */
		{ "\u0f67\u0f90\u0fb5\u0fa8\u0fb3\u0fba\u0fbc\u0fbb\u0f42", NULL }, /* Tibetan */
		{ "\u26a0\ufe0f \u2764\ufe0f 1\ufe0f\u20e3", NULL },
		{ "\U0001f468\U0001f3fd\u200d\U0001f680", NULL },
		{ "\U0001f468\u200d\U0001f469\u200d\U0001f467", NULL },
		{ "\U0001f3f3\ufe0f\u200d\U0001f308 \U0001f1eb\U0001f1f7", NULL },
	};

	(void)state;
	check_lines(cases, ARRAY_LEN(cases));
}

static void joiners_elsewhere_go(void **state)
{
	static const struct line_case cases[] = {
		{ "pay\u200dpal \u200cx", "paypal x" },
		{ "\u200d\U0001f468\u200d", "\U0001f468" },
		{ "\U0001f468\u200c\U0001f469", "\U0001f468\U0001f469" },
		/* one of several stays where one may */
		{ "\U0001f468\u200d\u200d\U0001f469", "\U0001f468\u200d\U0001f469" },
		{ "\u0645\u200c\u200c\u062e", "\u0645\u200c\u062e" },
		{ "\u0645\u200cx", "\u0645x" },
		{ "\u0915\u200d\u0937", "\u0915\u0937" },
		{ "\u094d\u200d", "" },
		{ "\u0915\u094d\u200d\u200d\u200d", "\u0915\u094d\u200d" },
	};

	(void)state;
	check_lines(cases, ARRAY_LEN(cases));
}

static void marks_are_counted(void **state)
{
	static const struct line_case cases[] = {
		{ "z\u0300\u0301\u0302\u0303y", NULL },
		{ "z\u0300\u0301\u0302\u0303\u0304\u0305y\u0300",
		  "z\u0300\u0301\u0302\u0303y\u0300" },
		{ "\u0e2a\u0e47\u0e47\u0e47\u0e47\u0e47\u0e47", "\u0e2a\u0e47\u0e47\u0e47\u0e47" },
		{ "x\ufe0f\ufe0f\ufe0f\ufe0f\ufe0f", "x\ufe0f\ufe0f\ufe0f\ufe0f" },
		{ "x\u0300\u200b\u0301\n\u0302\u200d\u0303\u0304",
		  "x\u0300\u0301 \u0302\u0303" },
		{ "\u0f67\u0f90\u0f90\u0f90\u0f90\u0f90\u0f90\u0f90\u0f90\u0f90",
		  "\u0f67\u0f90\u0f90\u0f90\u0f90\u0f90\u0f90\u0f90\u0f90" },
		/* nothing of ours to stand on */
		{ "\u0338\u0301a", "a" },
		/* a virama is a mark, and a joiner no base for more of them */
		{ "\u0915\u094d\u200d\u094d\u200d\u094d\u200d\u094d\u200d\u094d\u200d\u094d",
		  "\u0915\u094d\u200d\u094d\u200d\u094d\u200d\u094d\u200d" },
	};

	(void)state;
	check_lines(cases, ARRAY_LEN(cases));
}

static void nothing_gets_a_name(void **state)
{
	static const char *const nothing[] = {
		"", " ", "\u00a0\u3000\u2003", "\u200b", "\u2800", "\u202e\u202c",
		"\u0301\u0302", "\n\t", "\u3164", "\ufeff \u2060",
	};
	static const char *const something[] = { "a", ".", " a ", "\u05d0", "0" };
	struct arena a = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(nothing); i++)
		assert_str(visible_name(&a, str_of(nothing[i]), STR("unnamed")), "unnamed");
	for (size_t i = 0; i < ARRAY_LEN(something); i++)
		assert_str(visible_name(&a, str_of(something[i]), STR("unnamed")),
			   something[i]);
	assert_str(visible_name(&a, STR_NONE, STR("unnamed")), "unnamed");
	arena_release(&a);
}

/* Of any run of any two characters no more stays than was allowed. */
static void check_excerpt(const char *s, size_t most, const char *want)
{
	struct arena a = ARENA_INIT;

	assert_str(visible_excerpt(&a, str_of(s), most), want);
	arena_release(&a);
}

static void excerpts_end_with_a_word(void **state)
{
	(void)state;
	check_excerpt("one two", 7, "one two");
	check_excerpt("one two", 6, "one\xe2\x80\xa6");
	check_excerpt("one two", 4, "one\xe2\x80\xa6");
	check_excerpt(" one\ntwo\t three ", 20, "one two  three");
	check_excerpt("one two three", 9, "one two\xe2\x80\xa6");
	check_excerpt("one two three", 8, "one two\xe2\x80\xa6");
	check_excerpt("\xe2\x80\xaeone two", 6, "one\xe2\x80\xa6");
	check_excerpt("", 4, "");
	check_excerpt(" \n", 4, "");
	check_excerpt("\xe3\x80\x80 \xe3\x80\x80", 2, "");
	/* Of people joined by U+200D, which are one letter, not all fit. */
	check_excerpt("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d"
		      "\xf0\x9f\x91\xa7", 4, "");
	/* One long word, words that aren't set apart, a letter with its marks. */
	check_excerpt("a bbbbbbbbbbbb", 9, "a bbbbbb\xe2\x80\xa6");
	check_excerpt("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe3\x81\xa7", 3,
		      "\xe6\x97\xa5\xe6\x9c\xac\xe2\x80\xa6");
	check_excerpt("abe\xcc\x81\xcc\x82zz", 5, "ab\xe2\x80\xa6");
	check_excerpt("abe\xcc\x81\xcc\x82zz", 6, "abe\xcc\x81\xcc\x82\xe2\x80\xa6");
}

static void no_run_is_long(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf b = BUF_INIT;

	(void)state;
	for (uint32_t c = 0x80; c <= 0x1ffff; c++) {
		if ((c >= 0xd800 && c <= 0xdfff) || (!utf8_mark(c) && !utf8_invisible(c)))
			continue;
		buf_reset(&b);
		buf_addc(&b, 'x');
		for (int i = 0; i < 20; i++) {
			utf8_add(&b, c);
			utf8_add(&b, i % 2 ? 0x200d : 0x200c);
		}
		assert_in_range(utf8_count(visible_line(&a, buf_str(&b))), 1, 21);
		arena_reset(&a);
	}
	buf_release(&b);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_nobody_sees_goes),
		cmocka_unit_test(words_of_all_scripts_stay),
		cmocka_unit_test(joiners_elsewhere_go),
		cmocka_unit_test(marks_are_counted),
		cmocka_unit_test(nothing_gets_a_name),
		cmocka_unit_test(excerpts_end_with_a_word),
		cmocka_unit_test(no_run_is_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
