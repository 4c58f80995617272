/* UTF-8: what is well-formed follows table 3-7 of the Unicode Standard byte by
 * byte, masking leaves nothing that a terminal would obey, and folding keeps
 * lengths. */
#include "check.h"

#include "base/mem.h"
#include "base/utf8.h"

static size_t length(uint32_t c)
{
	return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

static bool scalar(uint32_t c)
{
	return c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
}

static void every_scalar_goes_round(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	for (uint32_t c = 0; c <= 0x10ffff; c++) {
		const char *at;

		if (!scalar(c))
			continue;
		buf_reset(&b);
		utf8_add(&b, c);
		at = b.p;
		assert_int_equal(b.n, length(c));
		assert_int_equal(utf8_next(&at, b.p + b.n), c);
		assert_ptr_equal(at, b.p + b.n);
	}
	buf_release(&b);
}

/* Every sequence of up to four bytes from the edges of the table's ranges is
 * well-formed exactly if encoding what it would mean gives it back. */
static void nothing_else_is_well_formed(void **state)
{
	static const unsigned char edges[] = {
		0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf,
		0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff };
	enum { N = sizeof(edges) };

	(void)state;
	for (size_t i = 0; i < N * N * N * N; i++) {
		char bytes[4] = { (char)edges[i % N], (char)edges[i / N % N],
				  (char)edges[i / N / N % N],
				  (char)edges[i / N / N / N] };
		unsigned char lead = (unsigned char)bytes[0];
		size_t n = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
		uint32_t meant = n == 1 ? lead : lead & (0x7fu >> n);
		const char *at = bytes;
		uint32_t c = utf8_next(&at, bytes + 4);
		bool good = lead < 0x80 || (lead >= 0xc0 && lead < 0xf8);

		for (size_t k = 1; k < n; k++) {
			good = good && ((unsigned char)bytes[k] & 0xc0) == 0x80;
			meant = meant << 6 | ((unsigned char)bytes[k] & 0x3f);
		}
		good = good && scalar(meant) && length(meant) == n;
		assert_int_equal(c, good ? meant : UTF8_BAD);
		assert_int_equal(at - bytes, good ? (ptrdiff_t)n : 1);
	}
}

static void sequences_end_with_the_text(void **state)
{
	static const char *const cut[] = { "\xc3", "\xe2\x82", "\xf0\x9f\x98", "\xf0" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cut); i++) {
		struct str s = str_of(cut[i]);

		assert_int_equal(utf8_check(s), 0);
		assert_int_equal(utf8_count(s), s.n);
	}
	/* What lies behind the view doesn't complete it. */
	assert_int_equal(utf8_check(str_make("\xc3\xa9", 1)), 0);
	assert_int_equal(utf8_check(str_make("\xe2\x82\xac", 2)), 0);
	assert_int_equal(utf8_check(str_make("\xf0\x9f\x98\x80", 3)), 0);
}

static void checks_counts_repairs(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	assert_int_equal(utf8_check(STR("a\xc3\xa9z")), 4);
	assert_int_equal(utf8_check(STR("a\xc3\xa9\x80z")), 3);
	assert_true(utf8_valid(STR_NONE));
	assert_int_equal(utf8_count(STR_NONE), 0);
	assert_int_equal(utf8_count(STR("a\xc3\xa9\x80z")), 4);
	utf8_add_repaired(&b, STR("a\xff\xc3\xa9\xe2\x82"));
	utf8_add_repaired(&b, STR_NONE);
	assert_str(buf_str(&b), "a\xef\xbf\xbd\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd");
	assert_true(utf8_valid(buf_str(&b)));
	buf_release(&b);
}

static void masks(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	utf8_add_masked(&b, STR("a\tb\nc\x1b[31m\x7f\xc2\x9b"));
	assert_str(buf_str(&b), "a\\x09b\\x0Ac\\x1B[31m\\x7F\\u{009B}");
	buf_reset(&b);
	utf8_add_masked(&b, STR("\xe2\x80\xae\xff\xc3\xa9\xf0\x9f\x98\x80"));
	assert_str(buf_str(&b), "\\u{202E}\\xFF\xc3\xa9\xf0\x9f\x98\x80");
	buf_release(&b);
}

static void knows_the_invisible(void **state)
{
	static const uint32_t invisible[] = {
		0, 9, 10, 0x1f, 0x7f, 0x80, 0x9f, 0xad, 0x200b, 0x200d, 0x200e, 0x200f,
		0x2028, 0x2029, 0x202a, 0x202e, 0x2060, 0x2066, 0x2069, 0xfeff, 0xfdd0,
		0xfffe, 0xffff, 0x1fffe, 0x10ffff, 0xe0001, 0xe007f };
	static const uint32_t visible[] = { ' ', 'a', '~', 0xa0, 0xe9, 0x2010, 0x2027,
					    0x2030, 0xfe0f, 0xfffd, 0x1f600 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(invisible); i++)
		assert_true(utf8_invisible(invisible[i]));
	for (size_t i = 0; i < ARRAY_LEN(visible); i++)
		assert_false(utf8_invisible(visible[i]));
}

static void knows_words(void **state)
{
	static const uint32_t in[] = { 'a', 'Z', '0', '_', 0xaa, 0xb5, 0xe9, 0x3b1, 0x416,
				       0x5d0, 0x628, 0x301, 0x4e00, 0x30ab, 0xac00 };
	static const uint32_t out[] = { ' ', '-', '\'', '.', '@', 0xa0, 0xab, 0xd7, 0x37e,
					0x60c, 0x2014, 0x2019, 0x20ac, 0x2122, 0x3002,
					0xfe0f, 0xff0c, 0x1f600, 0x200b, UTF8_BAD };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(in); i++)
		assert_true(utf8_wordlike(in[i]));
	for (size_t i = 0; i < ARRAY_LEN(out); i++)
		assert_false(utf8_wordlike(out[i]));
}

static void folds(void **state)
{
	static const uint32_t pairs[][2] = {
		{ 'A', 'a' }, { 'Z', 'z' }, { '@', '@' }, { '[', '[' }, { 0xc0, 0xe0 },
		{ 0xd7, 0xd7 }, { 0xde, 0xfe }, { 0xdf, 0xdf }, { 0x100, 0x101 },
		{ 0x101, 0x101 }, { 0x130, 0x130 }, { 0x131, 0x131 }, { 0x139, 0x13a },
		{ 0x148, 0x148 }, { 0x178, 0xff }, { 0x179, 0x17a }, { 0x17e, 0x17e },
		{ 0x1af, 0x1b0 }, { 0x218, 0x219 }, { 0x386, 0x3ac }, { 0x38c, 0x3cc },
		{ 0x38f, 0x3ce }, { 0x391, 0x3b1 }, { 0x3a9, 0x3c9 }, { 0x3c2, 0x3c3 },
		{ 0x400, 0x450 }, { 0x416, 0x436 }, { 0x42f, 0x44f }, { 0x430, 0x430 },
		{ 0x4c0, 0x4cf }, { 0x4c1, 0x4c2 }, { 0x531, 0x561 }, { 0x556, 0x586 },
		{ 0x1e00, 0x1e01 }, { 0x1ef8, 0x1ef9 }, { 0x4e00, 0x4e00 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
		assert_int_equal(utf8_fold(pairs[i][0]), pairs[i][1]);
}

static void folding_is_stable(void **state)
{
	(void)state;
	for (uint32_t c = 0; c <= 0x10ffff; c++) {
		uint32_t folded = utf8_fold(c);

		assert_int_equal(utf8_fold(folded), folded);
		assert_int_equal(length(folded), length(c));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_scalar_goes_round),
		cmocka_unit_test(nothing_else_is_well_formed),
		cmocka_unit_test(sequences_end_with_the_text),
		cmocka_unit_test(checks_counts_repairs),
		cmocka_unit_test(masks),
		cmocka_unit_test(knows_the_invisible),
		cmocka_unit_test(knows_words),
		cmocka_unit_test(folds),
		cmocka_unit_test(folding_is_stable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
