/* Dates, numbers and spans of time.  Plurals are language-plural.c's. */
#include "language-impl.h"

#include "base/mem.h"
#include "base/when.h"

#define NO_BREAK_SPACE "\xc2\xa0"

/* --- Notations --- */

static const char *const months_en[] = { "January",   "February", "March",    "April",
					 "May",       "June",     "July",     "August",
					 "September", "October",  "November", "December" };
static const char *const months_de[] = { "Januar",    "Februar", "März",     "April",
					 "Mai",       "Juni",    "Juli",     "August",
					 "September", "Oktober", "November", "Dezember" };
static const char *const months_at[] = { "Jänner",    "Februar", "März",     "April",
					 "Mai",       "Juni",    "Juli",     "August",
					 "September", "Oktober", "November", "Dezember" };
static const char *const months_nl[] = { "januari",   "februari", "maart",    "april",
					 "mei",       "juni",     "juli",     "augustus",
					 "september", "oktober",  "november", "december" };

static const struct notation english = { months_en, false, "", ",", ".", "%" };
static const struct notation american = { months_en, true, "", ",", ".", "%" };
static const struct notation german = { months_de, false, ".", ".", ",",
					NO_BREAK_SPACE "%" };
static const struct notation austrian = { months_at, false, ".", NO_BREAK_SPACE, ",",
					  NO_BREAK_SPACE "%" };
static const struct notation swiss = { months_de, false, ".", "’", ".", "%" };
static const struct notation dutch = { months_nl, false, "", ".", ",", "%" };
static const struct notation neutral = { NULL, false, "", NO_BREAK_SPACE, ".",
					 NO_BREAK_SPACE "%" };

static const struct phrase spans_en[SPAN_COUNT] = {
	[MINUTES] = { " minutes", " minute" },
	[HOURS] = { " hours" },
	[DAYS] = { " days" },
};
static const struct phrase spans_de[SPAN_COUNT] = {
	[MINUTES] = { " Minuten", " Minute" },
	[HOURS] = { " Stunden" },
	[DAYS] = { " Tagen" },
};
static const struct phrase spans_nl[SPAN_COUNT] = {
	[MINUTES] = { " minuten", " minuut" },
	[HOURS] = { " uur" },
	[DAYS] = { " dagen" },
};
static const struct phrase spans_neutral[SPAN_COUNT] = {
	[MINUTES] = { NO_BREAK_SPACE "min" },
	[HOURS] = { NO_BREAK_SPACE "h" },
	[DAYS] = { NO_BREAK_SPACE "d" },
};

/* The last is for whoever has no row. */
static const struct language languages[] = {
	{ "en", "en", &english, spans_en },
	{ "en-US", "en", &american, spans_en },
	{ "de", "de", &german, spans_de },
	{ "de-AT", "de", &austrian, spans_de },
	{ "de-CH", "de", &swiss, spans_de },
	{ "nl", "nl", &dutch, spans_nl },
	{ NULL, "en", &neutral, spans_neutral },
};

static const struct language *find(struct str tag)
{
	const struct language *l = languages;

	while (l->tag && !str_ieq(str_of(l->tag), tag))
		l++;
	return l;
}

const struct language *language_find(struct str tag)
{
	const struct language *l = find(tag);

	return l->tag ? l : find(str_slice(tag, 0, str_index(tag, '-')));
}

struct str language_tag(const struct language *l)
{
	return str_of(l->words);
}

bool language_speaks(struct str tag)
{
	return language_find(tag)->tag != NULL;
}

/* --- Values --- */

void language_date(const struct language *l, struct buf *out, int64_t t)
{
	const struct notation *n = l->notation;
	char iso[WHEN_DATE];
	int year, month, day;

	if (!n->months) {
		when_format_date(t, iso);
		buf_adds(out, iso);
		return;
	}
	when_date(t, &year, &month, &day);
	if (n->month_first)
		buf_addf(out, "%s %d, %d", n->months[month - 1], day, year);
	else
		buf_addf(out, "%d%s %s %d", day, n->day_mark, n->months[month - 1], year);
}

/* The digits of n in groups of three. */
static void add_grouped(struct buf *out, uint64_t n, const char *group)
{
	if (n < 1000) {
		buf_addint(out, (long long)n);
		return;
	}
	add_grouped(out, n / 1000, group);
	buf_addf(out, "%s%03d", group, (int)(n % 1000));
}

void language_number(const struct language *l, struct buf *out, int64_t n)
{
	if (n < 0)
		buf_addc(out, '-');
	add_grouped(out, n < 0 ? -(uint64_t)n : (uint64_t)n, l->notation->group);
}

void language_decimal(const struct language *l, struct buf *out, int64_t thousandths)
{
	int part = (int)(thousandths % 1000);

	language_number(l, out, thousandths / 1000);
	if (!part)
		return;
	buf_addf(out, "%s%03d", l->notation->point, part);
	while (out->p[out->n - 1] == '0')
		buf_cut(out, out->n - 1);
}

void language_percent(const struct language *l, struct buf *out, int64_t n)
{
	language_number(l, out, n);
	buf_adds(out, l->notation->percent);
}

void language_span(const struct language *l, struct buf *out, int64_t seconds)
{
	static const struct {
		int64_t seconds, until;
	} units[SPAN_COUNT] = {
		[MINUTES] = { 60, 2 * 3600 },
		[HOURS] = { 3600, 2 * WHEN_DAY },
		[DAYS] = { WHEN_DAY, INT64_MAX },
	};
	const struct phrase *p;
	int unit = MINUTES;
	int64_t n;

	while (seconds >= units[unit].until)
		unit++;
	n = (seconds + units[unit].seconds / 2) / units[unit].seconds;
	n = n < 1 ? 1 : n;
	p = &l->spans[unit];
	language_number(l, out, n);
	buf_adds(out, n == 1 && p->one ? p->one : p->other);
}
