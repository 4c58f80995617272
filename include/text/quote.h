#ifndef TEXT_QUOTE_H
#define TEXT_QUOTE_H

#include "text/body.h"

#include <stdbool.h>

/*
 * Whether quote stands in what a reader sees of the body outside quotations:
 * as it is, or read in the body's own format.  Runs of blanks are one blank on
 * both sides.  An empty quote stands nowhere.  The bytes of the body would not
 * do as proof: they hold what the author quotes of others, too.
 */
bool quote_stands(enum body_format format, struct str body, struct str quote);

/* What a reader sees of a part of a body, read in the body's format and on one line,
 * quotations left out.  In the arena. */
struct str quote_text(struct arena *a, enum body_format format, struct str part);

#endif
