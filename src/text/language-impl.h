#ifndef LANGUAGE_IMPL_H
#define LANGUAGE_IMPL_H

#include "text/saying.h"

/* How dates and numbers look: a language's, or a country's. */
struct notation {
	const char *const *months; /* twelve; NULL: dates are ISO 8601 */
	bool month_first;          /* "March 5, 2026" */
	const char *day_mark;      /* behind the day: "." */
	const char *group, *point; /* "12,345.6" */
	const char *percent;       /* behind the number */
};

/* A saying; with a {count} the form for one thing, where that is another. */
struct phrase {
	const char *other, *one;
};

struct language {
	const char *tag;   /* the site's; NULL for whoever has no row */
	const char *words; /* of the words that come */
	const struct notation *notation;
	const struct phrase *sayings; /* SAY_COUNT */
};

extern const char *const months_en[12], *const months_de[12], *const months_at[12],
	*const months_nl[12];
extern const struct phrase sayings_en[SAY_COUNT], sayings_de[SAY_COUNT],
	sayings_nl[SAY_COUNT];

#endif
