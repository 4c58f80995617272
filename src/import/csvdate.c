/* Times as tables write them: brought into the form of RFC 3339, which when_parse()
 * knows to check. */
#include "import/csvdate.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/when.h"

static const char letters[] = "YMDhmsNpz";

struct parts {
	int year, month, day, hour, minute, second;
	bool twelve, pm;
	struct str zone;
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool csvdate_is_pattern(struct str pattern)
{
	size_t times[sizeof(letters)] = { 0 };

	for (size_t i = 0; i < pattern.n; i++) {
		const char *known = strchr(letters, pattern.p[i]);

		if (known && pattern.p[i])
			times[known - letters]++;
		else if (is_letter(pattern.p[i]) && pattern.p[i] != 'T')
			return false;
	}
	for (size_t i = 0; letters[i]; i++)
		if (times[i] > 1)
			return false;
	return times[0] && times[1] + times[6] == 1 && times[2];
}

static bool take_number(struct str *s, size_t least, size_t most, int *out)
{
	size_t n = 0;
	int v = 0;

	while (n < s->n && n < most && s->p[n] >= '0' && s->p[n] <= '9')
		v = v * 10 + (s->p[n++] - '0');
	*s = str_slice(*s, n, s->n);
	*out = v;
	return n >= least;
}

static struct str take_letters(struct str *s)
{
	size_t n = 0;
	struct str word;

	while (n < s->n && is_letter(s->p[n]))
		n++;
	word = str_slice(*s, 0, n);
	*s = str_slice(*s, n, s->n);
	return word;
}

static bool take_month(struct str *s, int *out)
{
	static const char *const names[] = {
		"January", "February", "March", "April", "May", "June", "July",
		"August", "September", "October", "November", "December",
	};
	struct str word = take_letters(s);

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (!str_ieq(word, str_of(names[i])) &&
		    !str_ieq(word, str_make(names[i], 3)))
			continue;
		*out = (int)i + 1;
		return true;
	}
	return false;
}

static bool take_half(struct str *s, struct parts *out)
{
	struct str word = take_letters(s);

	out->twelve = true;
	out->pm = str_ieq(word, STR("pm"));
	return out->pm || str_ieq(word, STR("am"));
}

static bool take_zone(struct str *s, struct parts *out)
{
	struct str word = take_letters(s);
	size_t n = 0;

	out->zone = STR("Z");
	if (word.n)
		return str_ieq(word, STR("Z")) || str_ieq(word, STR("UTC")) ||
		       str_ieq(word, STR("GMT"));
	while (n < s->n && s->p[n] != ' ' && s->p[n] != ')')
		n++;
	out->zone = str_slice(*s, 0, n);
	*s = str_slice(*s, n, s->n);
	return n > 0;
}

static bool take_blanks(struct str *s)
{
	size_t before = s->n;

	while (s->n && *s->p == ' ')
		*s = str_slice(*s, 1, s->n);
	return s->n < before;
}

static bool take_part(char letter, struct str *s, struct parts *out)
{
	switch (letter) {
	case 'Y':
		return take_number(s, 4, 4, &out->year);
	case 'M':
		return take_number(s, 1, 2, &out->month);
	case 'D':
		return take_number(s, 1, 2, &out->day);
	case 'h':
		return take_number(s, 1, 2, &out->hour);
	case 'm':
		return take_number(s, 1, 2, &out->minute);
	case 's':
		return take_number(s, 1, 2, &out->second);
	case 'N':
		return take_month(s, &out->month);
	case 'p':
		return take_half(s, out);
	case 'z':
		return take_zone(s, out);
	case ' ':
		return take_blanks(s);
	default:
		if (!s->n || s->p[0] != letter)
			return false;
		*s = str_slice(*s, 1, s->n);
		return true;
	}
}

/* 12 am is midnight, 12 pm noon. */
static bool to_day_hours(struct parts *p)
{
	if (!p->twelve)
		return true;
	if (p->hour < 1 || p->hour > 12)
		return false;
	p->hour = p->hour % 12 + (p->pm ? 12 : 0);
	return true;
}

bool csvdate_parse(struct str pattern, struct str s, struct str zone, int64_t *t)
{
	struct parts p = { .zone = str_present(zone) ? zone : STR("Z") };
	struct buf text = BUF_INIT;
	bool good;

	s = str_trim(s);
	for (size_t i = 0; i < pattern.n; i++)
		if (!take_part(pattern.p[i], &s, &p))
			return false;
	if (s.n || !to_day_hours(&p))
		return false;
	buf_addf(&text, "%04d-%02d-%02dT%02d:%02d:%02d%.*s", p.year, p.month, p.day, p.hour,
		 p.minute, p.second, STR_ARG(p.zone));
	good = when_parse(buf_str(&text), t);
	buf_release(&text);
	return good;
}

/* "1700000000", "1700000000123", "1700000000.5" */
static bool parse_epoch(struct str s, int64_t *t)
{
	size_t point = str_index(s, '.');

	for (size_t i = point + 1; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	s = str_slice(s, 0, point);
	if (s.n == 13 && s.p[0] != '-')
		s.n -= 3;
	return when_parse_or_epoch(s, t);
}

bool csvdate_guess(struct str s, struct str zone, int64_t *t)
{
	struct buf zoned = BUF_INIT;
	bool good = false;

	s = str_trim(s);
	if (str_present(zone) && s.n > strlen("2026-11-22")) {
		buf_addstr(&zoned, s);
		buf_addstr(&zoned, zone);
		good = when_parse(buf_str(&zoned), t);
	} else if (str_present(zone) && when_parse(s, t)) {
		buf_addstr(&zoned, s);
		buf_addlit(&zoned, "T00:00:00");
		buf_addstr(&zoned, zone);
		good = when_parse(buf_str(&zoned), t);
	}
	buf_release(&zoned);
	return good || when_parse(s, t) || parse_epoch(s, t);
}
