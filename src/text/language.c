/* Dates, numbers and spans of time.  Plurals are language-plural.c's. */
#include "language-impl.h"

#include "base/mem.h"
#include "base/when.h"

#define NO_BREAK_SPACE "\xc2\xa0"

/* --- Notations --- */

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

/* The last is for whoever has no row. */
static const struct language languages[] = {
	{ "en", "en", &english, sayings_en },
	{ "en-US", "en", &american, sayings_en },
	{ "de", "de", &german, sayings_de },
	{ "de-AT", "de", &austrian, sayings_de },
	{ "de-CH", "de", &swiss, sayings_de },
	{ "nl", "nl", &dutch, sayings_nl },
	{ NULL, "en", &neutral, sayings_en },
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
		enum saying words;
		const char *symbol;
	} units[] = {
		{ 60, 2 * 3600, SAY_AFTER_MINUTES, NO_BREAK_SPACE "min" },
		{ 3600, 2 * WHEN_DAY, SAY_AFTER_HOURS, NO_BREAK_SPACE "h" },
		{ WHEN_DAY, INT64_MAX, SAY_AFTER_DAYS, NO_BREAK_SPACE "d" },
	};
	int64_t n;
	int i = 0;

	while (seconds >= units[i].until)
		i++;
	n = (seconds + units[i].seconds / 2) / units[i].seconds;
	n = n < 1 ? 1 : n;
	if (l->tag) {
		language_say_count(l, out, units[i].words, n, NULL);
		return;
	}
	language_number(l, out, n);
	buf_adds(out, units[i].symbol);
}

/* --- Sayings --- */

struct str language_word(const struct language *l, enum saying s)
{
	return str_of(l->sayings[s].other);
}

static struct str filling(struct str name, const struct slot *slots)
{
	while (slots->name && !str_is(name, slots->name))
		slots++;
	invariant(slots->name);
	return slots->text;
}

/* count, or STR_NONE, is for {count}. */
static void fill(struct buf *out, const char *text, struct str count,
		 const struct slot *slots)
{
	struct str rest = str_of(text), name;

	buf_addstr(out, str_split(&rest, '{'));
	while (str_present(rest)) {
		name = str_split(&rest, '}');
		if (str_present(count) && str_is(name, "count"))
			buf_addstr(out, count);
		else
			buf_addstr(out, filling(name, slots));
		buf_addstr(out, str_split(&rest, '{'));
	}
}

void language_say(const struct language *l, struct buf *out, enum saying s,
		  const struct slot *slots)
{
	fill(out, l->sayings[s].other, STR_NONE, slots);
}

void language_say_count(const struct language *l, struct buf *out, enum saying s,
			int64_t n, const struct slot *slots)
{
	const struct phrase *p = &l->sayings[s];
	bool one = p->one && language_plural(language_tag(l), n) == PLURAL_ONE;
	struct buf count = BUF_INIT;

	language_number(l, &count, n);
	fill(out, one ? p->one : p->other, buf_str(&count), slots);
	buf_release(&count);
}
