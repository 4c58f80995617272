#ifndef TEXT_LANGUAGE_H
#define TEXT_LANGUAGE_H

#include "base/buf.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * What the program itself writes for people: dates, numbers and spans of time, and
 * which plural a number takes.  Nothing here asks the machine for its locale.
 *
 * Words are in English, German and Dutch.  In any other language the words are
 * English, and what needs none is written so that it is read alike everywhere:
 * 2026-03-05, 12 345, 25 %, 3 h, as ISO 8601 and the SI brochure have it.
 */
struct language; /* static: nothing to release */

/* For a BCP 47 tag, without regard to case: its own row, else that of its primary
 * subtag ("de" for "de-LU"), else the one with English words. */
const struct language *language_find(struct str tag);
/* Of the words that come: "en", "de" or "nl". */
struct str language_tag(const struct language *l);
/* Whether the words that come are in the language of this tag. */
bool language_speaks(struct str tag);

/* Plural categories as CLDR names them. */
enum plural {
	PLURAL_ZERO, PLURAL_ONE, PLURAL_TWO, PLURAL_FEW, PLURAL_MANY, PLURAL_OTHER,
	PLURAL_COUNT
};
/*
 * The category of n things, after the cardinal rules of Unicode CLDR 46 ("Language
 * Plural Rules") for integers; of -n that of n.  Many more languages than the words
 * are in; PLURAL_OTHER in one that isn't known.
 */
enum plural language_plural(struct str tag, int64_t n);
/* "one" */
const char *plural_name(enum plural p);

/* These append to out. */

/* "5 March 2026", "March 5, 2026" in en-US; the day in UTC. */
void language_date(const struct language *l, struct buf *out, int64_t t);
/* "12,345" */
void language_number(const struct language *l, struct buf *out, int64_t n);
/* Thousandths without trailing zeros: "2", "0.5". */
void language_decimal(const struct language *l, struct buf *out, int64_t thousandths);
/* "25%" */
void language_percent(const struct language *l, struct buf *out, int64_t n);
/*
 * "40 minutes", "3 hours", "2 days": minutes below two hours, hours below two days,
 * rounded, and never less than a minute.  It has the form that it takes behind
 * "after", which in German is the dative: "nach 2 Tagen".
 */
void language_span(const struct language *l, struct buf *out, int64_t seconds);

#endif
