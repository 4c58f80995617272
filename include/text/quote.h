#ifndef TEXT_QUOTE_H
#define TEXT_QUOTE_H

#include "text/body.h"

#include <stdbool.h>

/*
 * Whether quote stands in the body: its bytes in the body as it is stored, or,
 * blanks folded on both sides, in what a reader sees of it outside quotations.
 * An empty quote stands nowhere.
 */
bool quote_stands(enum body_format format, struct str body, struct str quote);

#endif
