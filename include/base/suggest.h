#ifndef BASE_SUGGEST_H
#define BASE_SUGGEST_H

#include "base/str.h"

/*
 * The candidate that was probably meant, or NULL: smallest Damerau-Levenshtein
 * distance (optimal string alignment), at most a third of the name's length.
 */
const char *suggest(struct str name, const char *const *candidates, size_t n);

#endif
