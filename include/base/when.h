#ifndef BASE_WHEN_H
#define BASE_WHEN_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Instants are int64_t seconds since 1970-01-01T00:00:00Z, days are whole UTC
 * days since then.  Nothing here asks the machine for its time zone or
 * locale.  WHEN_NONE stands for an instant that isn't known.
 */
#define WHEN_NONE INT64_MIN
enum { WHEN_DAY = 86400 };
/* Years 0001 to 9999, so that every instant can be written in RFC 3339. */
#define WHEN_MIN INT64_C(-62135596800)
#define WHEN_MAX INT64_C(253402300799)
/* "2026-11-22T07:30:00Z" and a NUL */
enum { WHEN_RFC3339 = 21, WHEN_DATE = 11 };

/* RFC 3339, any offset, fractions of a second cut off; also a bare date
 * (midnight UTC), Stack Exchange's form without a zone (UTC), and Jira's with an
 * offset as in +0200. */
bool when_parse(struct str s, int64_t *t);
/* RFC 3339, a bare date, or decimal epoch seconds. */
bool when_parse_or_epoch(struct str s, int64_t *t);
/* t must be within WHEN_MIN and WHEN_MAX. */
void when_format(int64_t t, char out[WHEN_RFC3339]);
void when_format_date(int64_t t, char out[WHEN_DATE]);
/* The proleptic Gregorian date of t: month 1-12, day 1-31. */
void when_date(int64_t t, int *year, int *month, int *day);
/* The UTC day of t; floors, so that it is right before 1970. */
int64_t when_day(int64_t t);
/* Milliseconds of a clock that nobody sets: for spans alone. */
int64_t when_clock_ms(void);

#endif
