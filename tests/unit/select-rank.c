/*
 * Ranks can be recomputed by anybody: the integer arithmetic agrees with the C
 * library's long double, rounded, for every age to 20,000 days and every number
 * of votes to 100,000, over weights and half-lives from the least to the most;
 * and with plain double at the weights that people write.
 */
#include "select/rank.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static const int64_t weights[] = { 1, 500, 1000, 2500, 3000, 10000, 123456, WEIGHT_MAX };
static const int64_t half_lives[] = { 1, 7, 30, 90, 180, 365, 1000, 3650 };
#define EACH(i, a) (size_t i = 0; i < sizeof(a) / sizeof((a)[0]); i++)

static void helpful_agrees(void **state)
{
	(void)state;
	for EACH(w, weights)
		for (int64_t votes = 0; votes <= 100000; votes++) {
			long double f = log2l((long double)(1 + votes));
			long double exact = (long double)weights[w] * 1000 * f;

			assert_int_equal(rank_helpful(weights[w], votes),
					 (int64_t)floorl(exact + 0.5L));
		}
}

static void recent_agrees(void **state)
{
	(void)state;
	for EACH(w, weights)
		for EACH(h, half_lives)
			for (int64_t age = 0; age <= 20000; age++) {
				long double x =
					(long double)age / (long double)half_lives[h];
				long double exact =
					(long double)weights[w] * 1000 * exp2l(-x);

				assert_int_equal(
					rank_recent(weights[w], age, half_lives[h]),
					(int64_t)floorl(exact + 0.5L));
			}
}

static void plain_doubles_agree(void **state)
{
	(void)state;
	for (int64_t w = 500; w <= 5000; w += 500) {
		double weight = (double)w / 1000;

		for (int64_t votes = 0; votes <= 100000; votes += 7)
			assert_int_equal(
				rank_helpful(w, votes),
				(int64_t)floor(weight * log2(1 + (double)votes) * 1e6 +
					       0.5));
		for (int64_t age = 0; age <= 20000; age++)
			assert_int_equal(
				rank_recent(w, age, 180),
				(int64_t)floor(weight * exp2(-(double)age / 180) * 1e6 +
					       0.5));
	}
}

static void known_values(void **state)
{
	(void)state;
	assert_int_equal(rank_flag(2000, true), 2000000);
	assert_int_equal(rank_flag(2000, false), 0);
	assert_int_equal(rank_helpful(1000, 0), 0);
	assert_int_equal(rank_helpful(1000, 1), 1000000);
	assert_int_equal(rank_helpful(1000, 2), 1584963);
	assert_int_equal(rank_helpful(1000, 1023), 10000000);
	assert_int_equal(rank_helpful(1000, INT64_MAX), 63000000);
	assert_int_equal(rank_recent(3000, 0, 180), 3000000);
	assert_int_equal(rank_recent(3000, 180, 180), 1500000);
	assert_int_equal(rank_recent(3000, 90, 180), 2121320);
	assert_int_equal(rank_recent(WEIGHT_MAX, INT64_MAX, 1), 0);
	/* Halves go up: 0.001 x 2^-4 is 62.5 millionths. */
	assert_int_equal(rank_recent(1, 4, 1), 63);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(helpful_agrees),
		cmocka_unit_test(recent_agrees),
		cmocka_unit_test(plain_doubles_agree),
		cmocka_unit_test(known_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
