#ifndef TEXT_REGEX_H
#define TEXT_REGEX_H

#include "base/diag.h"
#include "base/str.h"

/* Regular expressions (PCRE2, UTF mode) with limits on match, depth and heap.
 * Compiled ones may be shared by threads. */
struct regex;

/* NULL with a diagnostic (bad-regex) at where plus the offset of the mistake
 * when where is in a source and the scalar is plain. */
struct regex *regex_new(struct str pattern, struct place where, struct diags *diags);
/* 1: found, [*from, *to) is where, looking from byte start on; 0: not found;
 * -1: a limit was reached. */
int regex_find(const struct regex *r, struct str text, size_t start, size_t *from,
	       size_t *to);
/* Whether it may match an empty string somewhere. */
bool regex_matches_nothing(const struct regex *r);
void regex_free(struct regex *r);

#endif
