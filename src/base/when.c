/* Instants and dates.  The day arithmetic is the civil-calendar algorithm of
 * Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013). */
#include "base/when.h"

#include "base/mem.h"

#include <time.h>

static int64_t days_from_date(int64_t y, int m, int d)
{
	int64_t era, yoe, doy, doe;

	y -= m <= 2;
	era = (y >= 0 ? y : y - 399) / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

int64_t when_day(int64_t t)
{
	return t / WHEN_DAY - (t % WHEN_DAY < 0);
}

void when_date(int64_t t, int *year, int *month, int *day)
{
	int64_t z = when_day(t) + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;

	*day = (int)(doy - (153 * mp + 2) / 5 + 1);
	*month = (int)(mp + (mp < 10 ? 3 : -9));
	*year = (int)(yoe + era * 400 + (*month <= 2));
}

/* Takes exactly n digits off *s. */
static bool digits(struct str *s, size_t n, int *out)
{
	int v = 0;

	if (s->n < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (s->p[i] < '0' || s->p[i] > '9')
			return false;
		v = v * 10 + (s->p[i] - '0');
	}
	*s = str_slice(*s, n, s->n);
	*out = v;
	return true;
}

static bool literal(struct str *s, const char *any)
{
	if (!s->n || !s->p[0] || !strchr(any, s->p[0]))
		return false;
	*s = str_slice(*s, 1, s->n);
	return true;
}

static int month_days(int y, int m)
{
	static const signed char days[] = { 31, 28, 31, 30, 31, 30,
					    31, 31, 30, 31, 30, 31 };

	if (m == 2 && y % 4 == 0 && (y % 100 || y % 400 == 0))
		return 29;
	return days[m - 1];
}

static bool parse_zone(struct str *s, int *offset)
{
	int sign, h, m;

	*offset = 0;
	if (!s->n || literal(s, "Zz"))
		return true;
	sign = s->p[0] == '-' ? -1 : 1;
	if (!literal(s, "+-") || !digits(s, 2, &h))
		return false;
	literal(s, ":");
	if (!digits(s, 2, &m) || h > 23 || m > 59)
		return false;
	*offset = sign * (h * 3600 + m * 60);
	return true;
}

static bool parse_time(struct str *s, int *seconds, int *offset)
{
	int h, m, sec, fraction;

	if (!literal(s, "Tt ") || !digits(s, 2, &h) || !literal(s, ":") ||
	    !digits(s, 2, &m) || !literal(s, ":") || !digits(s, 2, &sec) ||
	    h > 23 || m > 59 || sec > 60)
		return false;
	if (literal(s, ".")) {
		if (!digits(s, 1, &fraction))
			return false;
		while (digits(s, 1, &fraction))
			;
	}
	/* A leap second counts as the second before it. */
	*seconds = h * 3600 + m * 60 + (sec == 60 ? 59 : sec);
	return parse_zone(s, offset);
}

bool when_parse(struct str s, int64_t *t)
{
	int y, m, d, seconds = 0, offset = 0;
	int64_t v;

	if (!digits(&s, 4, &y) || !literal(&s, "-") || !digits(&s, 2, &m) ||
	    !literal(&s, "-") || !digits(&s, 2, &d) || y < 1 || m < 1 || m > 12 ||
	    d < 1 || d > month_days(y, m))
		return false;
	if (s.n && !parse_time(&s, &seconds, &offset))
		return false;
	v = days_from_date(y, m, d) * WHEN_DAY + seconds - offset;
	if (s.n || v < WHEN_MIN || v > WHEN_MAX)
		return false;
	*t = v;
	return true;
}

bool when_parse_or_epoch(struct str s, int64_t *t)
{
	bool minus = s.n > 1 && s.p[0] == '-';
	int64_t v = 0;

	if (when_parse(s, t))
		return true;
	if (s.n == 0 || s.n > 13)
		return false;
	for (size_t i = minus; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		v = v * 10 + (s.p[i] - '0');
	}
	v = minus ? -v : v;
	if (v < WHEN_MIN || v > WHEN_MAX)
		return false;
	*t = v;
	return true;
}

/* --- Dates of mail --- */

/* n decimal digits of v. */
static void put_digits(char *out, unsigned v, int n)
{
	while (n-- > 0) {
		out[n] = (char)('0' + v % 10);
		v /= 10;
	}
}

void when_format_date(int64_t t, char out[WHEN_DATE])
{
	int y, m, d;

	when_date(t, &y, &m, &d);
	put_digits(out, (unsigned)y, 4);
	out[4] = '-';
	put_digits(out + 5, (unsigned)m, 2);
	out[7] = '-';
	put_digits(out + 8, (unsigned)d, 2);
	out[10] = '\0';
}

void when_format(int64_t t, char out[WHEN_RFC3339])
{
	unsigned s = (unsigned)(t - when_day(t) * WHEN_DAY);

	when_format_date(t, out);
	out[10] = 'T';
	put_digits(out + 11, s / 3600, 2);
	out[13] = ':';
	put_digits(out + 14, s / 60 % 60, 2);
	out[16] = ':';
	put_digits(out + 17, s % 60, 2);
	out[19] = 'Z';
	out[20] = '\0';
}

int64_t when_clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}
