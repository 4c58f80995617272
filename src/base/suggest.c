/* "Did you mean": the nearest name.  Uses str. */
#include "base/suggest.h"

/* Longer names are nobody's typing mistake. */
enum { NAME_MAX_LENGTH = 64 };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static char folded(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/*
 * Optimal string alignment (Boytsov, "Indexing methods for approximate
 * dictionary searching", 2011, section 2.1): Levenshtein's three edits and
 * the exchange of two neighbours, no part edited twice.  Three rows suffice.
 */
static size_t distance(struct str a, struct str b)
{
	size_t rows[3][NAME_MAX_LENGTH + 1];
	size_t *before = rows[0], *above = rows[1], *row = rows[2];

	for (size_t j = 0; j <= b.n; j++)
		above[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t *free_row = before;

		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			char x = folded(a.p[i - 1]), y = folded(b.p[j - 1]);

			row[j] = least(least(above[j], row[j - 1]) + 1,
				       above[j - 1] + (x != y));
			if (i > 1 && j > 1 && x == folded(b.p[j - 2]) &&
			    y == folded(a.p[i - 2]))
				row[j] = least(row[j], before[j - 2] + 1);
		}
		before = above;
		above = row;
		row = free_row;
	}
	return above[b.n];
}

const char *suggest(struct str name, const char *const *candidates, size_t n)
{
	size_t best = name.n / 3 + 1;
	const char *found = NULL;

	if (name.n > NAME_MAX_LENGTH)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		struct str candidate = str_of(candidates[i]);
		size_t d;

		if (candidate.n > NAME_MAX_LENGTH || candidate.n >= name.n + best ||
		    name.n >= candidate.n + best)
			continue;
		d = distance(name, candidate);
		if (d < best) {
			best = d;
			found = candidates[i];
		}
	}
	return found;
}
