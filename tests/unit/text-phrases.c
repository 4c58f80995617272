/*
 * Proves that phrases are found as documented (case, blanks, boundaries,
 * wildcards), that the automaton finds what comparing each phrase at each place
 * finds, and that a hostile text and phrase list stay linear.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/mem.h"
#include "random.h"
#include "text/phrases.h"

#include <stdlib.h>
#include <time.h>

static bool note(void *ctx, int phrase, size_t from, size_t to)
{
	buf_addf(ctx, "%d:%zu-%zu ", phrase, from, to);
	return true;
}

static void search(const struct phrases *p, const char *text, struct buf *found)
{
	buf_reset(found);
	phrases_search(p, str_of(text), note, found);
}

struct sample {
	const char *phrase, *text, *found;
};

static void test_samples(void **state)
{
	static const struct sample samples[] = {
		{ "we were wrong", "We WERE  wrong.", "0:0-14 " },
		{ "we were wrong", "we\n\twere\u00a0wrong", "0:0-15 " },
		{ "we  were", "so we were", "0:3-10 " },
		{ "wrong", "wrongly wrong awrong", "0:8-13 " },
		{ "wrong", "(wrong), wrong", "0:1-6 0:9-14 " },
		{ "you're", "you\u2019re", "0:0-8 " },
		{ "\u00c4rger", "\u00e4rger \u00c4rgerlich", "0:0-6 " },
		{ "wrong", "wr\u200bong", "0:0-8 " },
		{ "charge back*", "charge backs, charge back", "0:0-12 0:14-25 " },
		{ "charge back*", "recharge back, charge bac", "" },
		{ "*charge", "recharge charge charged", "0:0-8 0:9-15 " },
		{ "*an*", "banana", "0:0-6 0:0-6 " },
		{ "re* order", "re order, return order, reorder", "0:0-8 0:10-22 " },
		{ "my *order", "my reorder my order my orders", "0:0-10 0:11-19 " },
		{ "my *rde* now", "my orders now", "0:0-13 " },
		{ "we * wrong", "we were wrong, we wrong, we are not wrong", "0:0-13 " },
		{ "* sorry *", "so sorry!", "0:3-8 " },
		{ "**sorry**", "sorrysorry", "0:0-10 0:0-10 " },
		{ "a*b", "a*b ab", "0:0-3 " },
		{ "c++", "c++ c+++ C++x", "0:0-3 0:4-7 0:9-12 " },
		{ "a", "", "" },
	};
	struct buf found = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
		struct phrases *p = phrases_new();

		assert_int_equal(phrases_add(p, str_of(samples[i].phrase)), 0);
		phrases_compile(p);
		search(p, samples[i].text, &found);
		assert_string_equal(found.p, samples[i].found);
		phrases_free(p);
	}
	buf_release(&found);
}

static void test_add(void **state)
{
	struct phrases *p = phrases_new();
	struct buf found = BUF_INIT;

	(void)state;
	assert_int_equal(phrases_add(p, STR("he")), 0);
	assert_int_equal(phrases_add(p, STR("she")), 1);
	assert_int_equal(phrases_add(p, STR(" HE ")), 0);
	assert_int_equal(phrases_add(p, STR("he*")), 2);
	assert_int_equal(phrases_add(p, STR("* ** ,")), -1);
	assert_int_equal(phrases_add(p, STR("")), -1);
	assert_int_equal(phrases_add(p, STR("is he")), 3);
	assert_int_equal(phrases_count(p), 4);
	phrases_compile(p);
	search(p, "is he she hers", &found);
	assert_string_equal(found.p, "3:0-5 2:3-5 0:3-5 1:6-9 2:10-14 ");
	phrases_free(p);
	buf_release(&found);

	p = phrases_new();
	phrases_compile(p);
	search(p, "anything", &found);
	assert_string_equal(found.p, "");
	phrases_free(p);
	buf_release(&found);
}

static bool stop(void *ctx, int phrase, size_t from, size_t to)
{
	(void)phrase, (void)from, (void)to;
	++*(int *)ctx;
	return false;
}

static void test_stop(void **state)
{
	struct phrases *p = phrases_new();
	int hits = 0;

	(void)state;
	phrases_add(p, STR("a"));
	phrases_add(p, STR("a*"));
	phrases_compile(p);
	phrases_search(p, STR("a a a"), stop, &hits);
	assert_int_equal(hits, 1);
	phrases_free(p);
}

static int alone(struct phrases **p, const char *phrase)
{
	int id;

	*p = phrases_new();
	id = phrases_add(*p, str_of(phrase));
	phrases_compile(*p);
	return id;
}

/* A quick no is never wrong; which yes is, is a matter of luck. */
static void test_maybe(void **state)
{
	static const struct {
		const char *phrase, *text;
		bool maybe;
	} rows[] = {
		{ "Charge  back*", "a CHARGE\n\tbacks", true },
		{ "charge back", "recharge", true },
		{ "charge back", "bac charg", false },
		{ "re* order", "return orders", true },
		{ "\u00e9t\u00e9", "ete", false },
		{ "you\u2019re", "YOU'RE", true },
		{ "a", "", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct phrases *p;
		int id = alone(&p, rows[i].phrase);

		if (phrases_maybe(p, id, rows[i].text) != rows[i].maybe)
			fail_msg("'%s' in '%s'", rows[i].phrase, rows[i].text);
		phrases_free(p);
	}
}

static void test_form(void **state)
{
	struct phrases *p, *q;
	int a = alone(&p, " We  WERE wr\u200bong "), b = alone(&q, "we were wrong");

	(void)state;
	assert_true(str_eq(phrases_form(p, a), phrases_form(q, b)));
	phrases_free(q);
	b = alone(&q, "we were wrong*");
	assert_false(str_eq(phrases_form(p, a), phrases_form(q, b)));
	phrases_free(p);
	phrases_free(q);
}

static void random_words(struct random *r, struct buf *out, unsigned words)
{
	buf_reset(out);
	for (unsigned w = 0; w < words; w++) {
		if (w)
			buf_addc(out, ' ');
		for (unsigned n = 1 + random_below(r, 2); n; n--)
			buf_addc(out, "ab"[random_below(r, 2)]);
	}
}

static bool count(void *ctx, int phrase, size_t from, size_t to)
{
	(void)from, (void)to;
	((unsigned *)ctx)[phrase]++;
	return true;
}

static bool ends_word(const char *text, size_t at)
{
	return text[at] == '\0' || text[at] == ' ';
}

static unsigned count_by_hand(const char *text, struct str phrase)
{
	unsigned n = 0;

	for (size_t i = 0; text[i]; i++)
		n += (i == 0 || text[i - 1] == ' ') &&
		     !strncmp(text + i, phrase.p, phrase.n) &&
		     ends_word(text, i + phrase.n);
	return n;
}

static void test_against_comparison(void **state)
{
	struct random random = { 7 };
	struct buf text = BUF_INIT, phrases[12] = { { 0 } };

	(void)state;
	for (int round = 0; round < 500; round++) {
		struct phrases *p = phrases_new();
		unsigned counts[12] = { 0 };
		int ids[12];

		for (size_t i = 0; i < 12; i++) {
			if (!round)
				buf_init(&phrases[i]);
			random_words(&random, &phrases[i], 1 + random_below(&random, 3));
			ids[i] = phrases_add(p, buf_str(&phrases[i]));
		}
		phrases_compile(p);
		random_words(&random, &text, 40);
		phrases_search(p, buf_str(&text), count, counts);
		for (size_t i = 0; i < 12; i++) {
			unsigned want = count_by_hand(text.p, buf_str(&phrases[i]));

			assert_int_equal(counts[ids[i]], want);
			assert_true(!want || phrases_maybe(p, ids[i], text.p));
		}
		phrases_free(p);
	}
	for (size_t i = 0; i < 12; i++)
		buf_release(&phrases[i]);
	buf_release(&text);
}

static void test_linear(void **state)
{
	struct phrases *p = phrases_new();
	struct buf text = BUF_INIT;
	clock_t start = clock();
	unsigned counts[4] = { 0 };

	(void)state;
	phrases_add(p, STR("*a*"));
	phrases_add(p, STR("*a* *a* *a* *a* *a* *a* b"));
	phrases_add(p, STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"));
	for (int i = 0; i < 1000000; i++)
		buf_addc(&text, i % 100 < 50 || i > 500000 ? 'a' : ' ');
	phrases_compile(p);
	phrases_search(p, buf_str(&text), count, counts);
	assert_int_equal(counts[1], 0);
	assert_true(clock() - start < 5 * CLOCKS_PER_SEC);
	phrases_free(p);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_add),
		cmocka_unit_test(test_stop),
		cmocka_unit_test(test_maybe),
		cmocka_unit_test(test_form),
		cmocka_unit_test(test_against_comparison),
		cmocka_unit_test(test_linear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
