/* The terms of a rank, in integer arithmetic.  What counts as solved, thanked
 * or a vote is columns.c's. */
#include "select/rank.h"

typedef unsigned __int128 u128;

/* weight x factor in millionths, halves up; factor has `bits` bits of fraction. */
static int64_t weigh(int64_t weight, uint64_t factor, int bits)
{
	u128 product = (u128)(uint64_t)weight * WEIGHT_SCALE * factor;

	return (int64_t)((product + ((u128)1 << (bits - 1))) >> bits);
}

int64_t rank_flag(int64_t weight, bool yes)
{
	return yes ? weight * WEIGHT_SCALE : 0;
}

/*
 * log2(n), n > 0, with 58 bits of fraction: the integer part is the place of
 * the highest bit; each squaring of the mantissa doubles the logarithm of what
 * is left and pushes out one more bit of it.
 */
static uint64_t log2_bits(uint64_t n)
{
	int shift = __builtin_clzll(n);
	uint64_t m = n << shift; /* in [1, 2), 63 bits of fraction */
	uint64_t result = (uint64_t)(63 - shift);

	for (int i = 0; i < 58; i++) {
		u128 square = ((u128)m * m) >> 63;
		bool bit = square >> 64;

		m = (uint64_t)(bit ? square >> 1 : square);
		result = result << 1 | bit;
	}
	return result;
}

int64_t rank_helpful(int64_t weight, int64_t votes)
{
	return weigh(weight, log2_bits((uint64_t)votes + 1), 58);
}

/* The upper half of a product of fractions, rounded. */
static uint64_t times(uint64_t a, uint64_t b)
{
	return (uint64_t)(((u128)a * b + ((u128)1 << 63)) >> 64);
}

/*
 * 2^-x with 63 bits of fraction, x in [0, 1) with 64: the series of e^-y,
 * y = x ln 2, two terms at a time so that what is subtracted stays positive.
 * The 22nd term is below 2^-64.
 */
static uint64_t exp2_bits(uint64_t x)
{
	const uint64_t ln2 = UINT64_C(0xB17217F7D1CF79AC);
	uint64_t y = times(x, ln2), term = UINT64_C(1) << 63, sum = 0;

	for (uint64_t k = 1; k < 24; k += 2) {
		sum += term;
		term = times(term, y) / k;
		sum -= term;
		term = times(term, y) / (k + 1);
	}
	return sum;
}

int64_t rank_recent(int64_t weight, int64_t age, int64_t half_life)
{
	int64_t halvings = age / half_life;
	u128 rest = (u128)(uint64_t)(age % half_life) << 64;

	/* A weight of 1,000 is 10^9 millionths, less than 2^30. */
	if (halvings > 31)
		return 0;
	return weigh(weight, exp2_bits((uint64_t)(rest / (uint64_t)half_life)),
		     63 + (int)halvings);
}
