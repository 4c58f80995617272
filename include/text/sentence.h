#ifndef TEXT_SENTENCE_H
#define TEXT_SENTENCE_H

#include "base/str.h"

#include <stdbool.h>

/*
 * Sentences of visible text (text/body.h), as people write it: a line feed ends
 * one; so do . ! ? and what closes behind them, unless an abbreviation, an
 * initial, a number, a file name or an address goes on there; a blank may be
 * missing; a smiley may stand in place of the full stop.  One of more than
 * SENTENCE_MAX bytes is cut at a blank.  Linear in the text.
 *
 *	struct sentences s = sentences_of(text);
 *	while (sentences_next(&s, &from, &to))
 */
enum { SENTENCE_MAX = 2000 };

struct sentences {
	struct str text; /* borrowed */
	size_t at;
};

static inline struct sentences sentences_of(struct str text)
{
	return (struct sentences){ text, 0 };
}
/* The next one's bytes, without blanks around them; never empty.  False at the end. */
bool sentences_next(struct sentences *s, size_t *from, size_t *to);

#endif
