#ifndef LANGUAGE_IMPL_H
#define LANGUAGE_IMPL_H

#include "text/language.h"

/* How dates and numbers look: a language's, or a country's. */
struct notation {
	const char *const *months; /* twelve; NULL: dates are ISO 8601 */
	bool month_first;          /* "March 5, 2026" */
	const char *day_mark;      /* behind the day: "." */
	const char *group, *point; /* "12,345.6" */
	const char *percent;       /* behind the number */
};

/* {count} things: one is NULL where a language has no other form for it, or where
 * there is no {count}. */
struct phrase {
	const char *other, *one;
};

enum { MINUTES, HOURS, DAYS, SPAN_COUNT };

struct language {
	const char *tag;   /* the site's */
	const char *words; /* of the words that come */
	const struct notation *notation;
	const struct phrase *spans; /* SPAN_COUNT */
};

#endif
