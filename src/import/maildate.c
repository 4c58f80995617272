/* Dates in mail.  What is done with them is the importer's. */
#include "import/maildate.h"

#include "base/mem.h"
#include "base/when.h"

#include <stdio.h>

enum { UNSET = -1 };

struct parts {
	int year, month, day, hour, minute, second;
	int zone; /* minutes east of Greenwich */
	bool weekday, zoned;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* All of s as a number of at most six digits, or UNSET. */
static int number(struct str s)
{
	int n = 0;

	if (!s.n || s.n > 6)
		return UNSET;
	for (size_t i = 0; i < s.n; i++) {
		if (!is_digit(s.p[i]))
			return UNSET;
		n = n * 10 + (s.p[i] - '0');
	}
	return n;
}

static bool set(int *part, int value)
{
	if (*part != UNSET || value == UNSET)
		return false;
	*part = value;
	return true;
}

/* Which of the names, three letters each, s begins with; UNSET for none. */
static int name_index(struct str s, const char *names)
{
	for (int i = 0; names[3 * i]; i++)
		if (s.n >= 3 && str_ieq(str_slice(s, 0, 3), str_make(names + 3 * i, 3)))
			return i;
	return UNSET;
}

/* --- Parts --- */

/* "10:00" or "10:00:59", with a fraction or without */
static bool take_time(struct parts *p, struct str s)
{
	int second = 0;

	if (!set(&p->hour, number(str_split(&s, ':'))) ||
	    !set(&p->minute, number(str_split(&s, ':'))))
		return false;
	if (str_present(s))
		second = number(str_slice(s, 0, str_index(s, '.')));
	return set(&p->second, second);
}

/* "+0200", and "+02:00"; one that can't be is none. */
static bool take_offset(struct parts *p, struct str s)
{
	struct str minutes = str_slice(s, 1, s.n);
	int n = number(str_split(&minutes, ':')), m = number(minutes);

	if (str_present(minutes))
		n = n == UNSET || m == UNSET || minutes.n != 2 ? UNSET : n * 100 + m;
	if (p->zoned || n == UNSET)
		return false;
	p->zoned = true;
	if (n < 2400 && n % 100 < 60)
		p->zone = (s.p[0] == '-' ? -1 : 1) * (n / 100 * 60 + n % 100);
	return true;
}

static bool is_upper(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < 'A' || s.p[i] > 'Z')
			return false;
	return true;
}

/* Letters that are neither month nor weekday. */
static bool take_zone(struct parts *p, struct str s)
{
	static const struct {
		const char *name;
		int hours;
	} zones[] = {
		{ "EST", -5 }, { "EDT", -4 }, { "CST", -6 }, { "CDT", -5 }, { "MST", -7 },
		{ "MDT", -6 }, { "PST", -8 }, { "PDT", -7 }, { "MET", 1 }, { "CET", 1 },
		{ "MEST", 2 }, { "CEST", 2 }, { "BST", 1 }, { "JST", 9 },
	};

	/* A second one explains the first: "+0200 CEST". */
	if (s.n > 5 || p->hour == UNSET || !is_upper(s))
		return false;
	for (size_t i = 0; !p->zoned && i < ARRAY_LEN(zones); i++)
		if (str_ieq(s, str_of(zones[i].name)))
			p->zone = zones[i].hours * 60;
	p->zoned = true;
	return true;
}

static bool take_word(struct parts *p, struct str s)
{
	int month = name_index(s, "JanFebMarAprMayJunJulAugSepOctNovDec");

	if (month != UNSET)
		return set(&p->month, month + 1);
	if (name_index(s, "MonTueWedThuFriSatSun") == UNSET)
		return take_zone(p, s);
	if (p->weekday)
		return false;
	return p->weekday = true;
}

/* A day comes before a year, two digits of which are in 1950 to 2049 (RFC 5322,
 * section 4.3). */
static bool take_number(struct parts *p, struct str s)
{
	int n = number(s);

	if (s.n <= 2 && p->day == UNSET)
		return set(&p->day, n);
	if (n != UNSET && s.n <= 3)
		n += s.n == 2 && n < 50 ? 2000 : 1900;
	return set(&p->year, n);
}

static bool take(struct parts *p, struct str s)
{
	if (s.p[0] == '+' || s.p[0] == '-')
		return take_offset(p, s);
	if (is_letter(s.p[0]))
		return take_word(p, s);
	return (str_index(s, ':') < s.n ? take_time : take_number)(p, s);
}

/* --- Dates --- */

/* Behind a comment at i, which may hold others. */
static size_t skip_comment(struct str s, size_t i)
{
	int depth = 0;

	for (; i < s.n; i++) {
		depth += (s.p[i] == '(') - (s.p[i] == ')');
		if (!depth)
			return i + 1;
	}
	return s.n;
}

/* The end of the part at i: digits and letters stand apart, "1-Jul-24", "GMT+0200". */
static size_t part_end(struct str s, size_t i)
{
	bool word = is_letter(s.p[i]);

	for (i++; i < s.n; i++)
		if (!(word ? is_letter(s.p[i])
			   : is_digit(s.p[i]) || s.p[i] == ':' || s.p[i] == '.'))
			break;
	return i;
}

/* Between parts; a hyphen in "1-Jul-24" alone. */
static bool separates(char c, const struct parts *p)
{
	if (c == '-')
		return p->day != UNSET && p->year == UNSET && p->hour == UNSET;
	return c == ' ' || c == '\t' || c == ',';
}

static bool read_parts(struct str s, struct parts *p)
{
	for (size_t i = 0, end; i < s.n; i = end) {
		if (s.p[i] == '(') {
			end = skip_comment(s, i);
		} else if (separates(s.p[i], p)) {
			end = i + 1;
		} else {
			end = part_end(s, i);
			if (!take(p, str_slice(s, i, end)))
				return false;
		}
	}
	return p->year != UNSET && p->month != UNSET && p->day != UNSET &&
	       p->hour != UNSET;
}

bool maildate_parse(struct str s, int64_t *t)
{
	struct parts p = { UNSET, UNSET, UNSET, UNSET, UNSET, UNSET, 0, false, false };
	char rfc3339[64];
	int local;

	s = str_trim(s);
	if (when_parse(s, t))
		return true;
	if (!read_parts(s, &p))
		return false;
	local = snprintf(rfc3339, sizeof(rfc3339), "%04d-%02d-%02dT%02d:%02d:%02dZ", p.year,
			 p.month, p.day, p.hour, p.minute, p.second);
	if (!when_parse(str_make(rfc3339, (size_t)local), t))
		return false;
	*t -= p.zone * 60;
	return *t >= WHEN_MIN && *t <= WHEN_MAX;
}

/* --- "From " lines --- */

static bool is_commit(struct str s)
{
	if (s.n != 40 && s.n != 64)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!is_digit(s.p[i]) && !(s.p[i] >= 'a' && s.p[i] <= 'f'))
			return false;
	return true;
}

bool maildate_from_line(struct str line, struct str *sender, int64_t *t)
{
	enum { LONGEST = 512 };

	if (line.n > LONGEST || !str_starts(line, STR("From ")))
		return false;
	for (size_t i = 5; i + 3 < line.n; i++) {
		struct str date = str_slice(line, i, line.n);

		if (line.p[i - 1] != ' ' || name_index(date, "MonTueWedThuFriSatSun") == UNSET)
			continue;
		if (date.p[3] != ' ' && date.p[3] != ',')
			continue;
		*sender = str_trim(str_slice(line, 5, i));
		if (maildate_parse(date, t))
			return !is_commit(*sender);
	}
	return false;
}
