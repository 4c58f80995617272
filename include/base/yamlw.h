#ifndef BASE_YAMLW_H
#define BASE_YAMLW_H

#include "base/buf.h"

/*
 * A text as YAML 1.1 has it: on one line, in brackets or out of them, and such that a
 * reader gets it back byte for byte and as text.  `Dana Reyes` as it is, "no" and
 * "Q: & A" in quotes.  Bytes that are no UTF-8, and NUL, become U+FFFD.
 */
void yamlw_text(struct buf *out, struct str s);
/* The same, always in quotes: what isn't text to the eye, as an account's id 17. */
void yamlw_quoted(struct buf *out, struct str s);

#endif
