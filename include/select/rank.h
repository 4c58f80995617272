#ifndef SELECT_RANK_H
#define SELECT_RANK_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Ranks are integers in millionths, so that every machine orders alike:
 *
 *   rank = solved x S + thanked x T + helpful x log2(1 + votes)
 *        + recent x 2^(-age / half_life)
 *
 * with S and T 0 or 1, each of the four terms taken as exact and rounded once
 * to the nearest millionth, halves up.  No floating point is involved.  Before
 * the rounding a term is off by less than 1e-6 of a millionth at a weight of
 * 1,000 and less than 1e-8 at weights of common size, so that the same formula
 * in doubles gives the same integer.
 */
enum {
	WEIGHT_SCALE = 1000,         /* a weight of 1 */
	WEIGHT_MAX = 1000 * 1000,    /* a weight of 1,000 */
};

struct order {
	int64_t solved, thanked, helpful, recent; /* weights, in thousandths */
	int64_t half_life;                        /* days, at least 1 */
};

int64_t rank_flag(int64_t weight, bool yes);
/* votes and age (days) are not negative. */
int64_t rank_helpful(int64_t weight, int64_t votes);
int64_t rank_recent(int64_t weight, int64_t age, int64_t half_life);

#endif
