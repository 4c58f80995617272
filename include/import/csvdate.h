#ifndef IMPORT_CSVDATE_H
#define IMPORT_CSVDATE_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Times as tables write them, by a pattern: Y stands for the four digits of a year, M D h
 * m s for one or two digits, N for a month's English name or its first three letters, p
 * for am or pm, z for a zone (Z, UTC, GMT, +02:00, +0200); a blank for any number of them,
 * any other character for itself.
 */
/* Year, month and day are in it, nothing twice, and every letter is one of these. */
bool csvdate_is_pattern(struct str pattern);
/* zone, as in "+02:00", is that of times that name none; absent: UTC. */
bool csvdate_parse(struct str pattern, struct str s, struct str zone, int64_t *t);
/* The same without a pattern: RFC 3339, with or without a zone, also with a blank for the
 * T; or seconds or milliseconds since 1970, fractions cut off. */
bool csvdate_guess(struct str s, struct str zone, int64_t *t);

#endif
