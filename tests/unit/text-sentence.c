/*
 * Sentences end where people end them: abbreviations, versions, file names, calls,
 * addresses and numbers don't; missing blanks, smileys, lists and lines do.  Every
 * byte that is no blank is in one sentence, in order, and time is linear.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "random.h"
#include "text/sentence.h"

#include <stdlib.h>
#include <time.h>

static void split(struct str text, struct buf *out)
{
	struct sentences s = sentences_of(text);
	size_t from, to;

	while (sentences_next(&s, &from, &to)) {
		buf_addstr(out, str_slice(text, from, to));
		buf_addc(out, '|');
	}
}

static void test_samples(void **state)
{
	static const struct {
		const char *text, *sentences;
	} samples[] = {
		{ "", "" },
		{ " \n\n ", "" },
		{ "One. Two! Three? Four", "One.|Two!|Three?|Four|" },
		{ "A list\n- one\n- two", "A list|- one|- two|" },
		{ "Use a filter, e.g. the old one. It fits.",
		  "Use a filter, e.g. the old one.|It fits.|" },
		{ "Lids, seals etc. are spare parts.", "Lids, seals etc. are spare parts.|" },
		{ "Mr. Reed, i.e. the old man, vs. me.", "Mr. Reed, i.e. the old man, vs. me.|" },
		{ "J. Reed wrote it.", "J. Reed wrote it.|" },
		{ "Fixed in v1.2.3 today.", "Fixed in v1.2.3 today.|" },
		{ "Call Kettle.open() in main.c first. Then go.",
		  "Call Kettle.open() in main.c first.|Then go.|" },
		{ "See https://acme.example/a.html?b=C.d for it. Done.",
		  "See https://acme.example/a.html?b=C.d for it.|Done.|" },
		{ "It holds 1.7 litres.Not two.", "It holds 1.7 litres.|Not two.|" },
		{ "Sorry!That was me.", "Sorry!|That was me.|" },
		{ "Well... maybe. Or... Not.", "Well... maybe.|Or...|Not.|" },
		{ "Well\xe2\x80\xa6 maybe\xe2\x80\xa6 No.", "Well\xe2\x80\xa6 maybe\xe2\x80\xa6|No.|" },
		{ "He said \"no.\" Then left.", "He said \"no.\"|Then left.|" },
		{ "(It leaks.) We know.", "(It leaks.)|We know.|" },
		{ "My bad :) It works now", "My bad :)|It works now|" },
		{ "Oh \xf0\x9f\x98\x80 That is odd", "Oh \xf0\x9f\x98\x80|That is odd|" },
		{ "What?! Really?", "What?!|Really?|" },
		{ "1. Unplug it. 2. Wait.", "1. Unplug it.|2. Wait.|" },
		{ "sorry. my bad. i forgot", "sorry.|my bad.|i forgot|" },
		{ "It was I. You know.", "It was I.|You know.|" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
		struct buf out = BUF_INIT;

		split(str_of(samples[i].text), &out);
		assert_string_equal(out.p, samples[i].sentences);
		buf_release(&out);
	}
}

static void test_long(void **state)
{
	struct buf text = BUF_INIT;
	struct sentences s;
	size_t from, to, n = 0;

	(void)state;
	for (int i = 0; i < 3000; i++)
		buf_adds(&text, i % 7 ? "\xc3\xa9t\xc3\xa9" : " word");
	s = sentences_of(buf_str(&text));
	while (sentences_next(&s, &from, &to)) {
		assert_true(to - from <= SENTENCE_MAX);
		assert_true(((unsigned char)text.p[from] & 0xc0) != 0x80);
		n++;
	}
	assert_true(n > 5);
	buf_release(&text);
}

/* Nothing is lost, nothing comes twice. */
static void test_random(void **state)
{
	static const char *const parts[] = { "a", "B", ".", "!", "?", " ", "\n", "e.g", "1",
					     "\"", ")", ":)", "\xe2\x80\xa6", "\xe2\x80\x9d",
					     "\xf0\x9f\x98\x80", "'", "/", "I" };
	struct random r = { 7 };

	(void)state;
	for (int round = 0; round < 20000; round++) {
		struct buf text = BUF_INIT;
		struct sentences s;
		size_t from, to, at = 0;

		for (uint32_t i = random_below(&r, 30); i > 0; i--)
			buf_adds(&text, parts[random_below(&r, ARRAY_LEN(parts))]);
		s = sentences_of(buf_str(&text));
		while (sentences_next(&s, &from, &to)) {
			assert_true(from >= at && to > from && to <= text.n);
			for (; at < from; at++)
				assert_true(text.p[at] == ' ' || text.p[at] == '\n');
			assert_null(memchr(text.p + from, '\n', to - from));
			at = to;
		}
		for (; at < text.n; at++)
			assert_true(text.p[at] == ' ' || text.p[at] == '\n');
		buf_release(&text);
	}
}

static void test_linear(void **state)
{
	static const char *const hostile[] = { ".", ". ", "a.B", "\xf0\x9f\x98\x80", " :", "!'", "((" };
	clock_t start = clock();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(hostile); i++) {
		struct buf text = BUF_INIT;
		struct sentences s;
		size_t from, to;

		while (text.n < 1 << 20)
			buf_adds(&text, hostile[i]);
		s = sentences_of(buf_str(&text));
		while (sentences_next(&s, &from, &to))
			;
		buf_release(&text);
	}
	assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_linear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
