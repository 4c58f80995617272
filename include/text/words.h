#ifndef TEXT_WORDS_H
#define TEXT_WORDS_H

#include "base/buf.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The words of a text as it was written, in whatever format: the same sentence in
 * Markdown, in HTML and behind the marks of a quotation gives the same words.
 * Tags, comments, the targets of Markdown's links and character references are
 * passed over; a word is letters, digits and marks of any script, without case.
 * Linear in the text's length.
 */
struct words {
	struct str text; /* borrowed */
	size_t at;
	bool broken;     /* a sentence begins with the next word */
	bool colon;      /* a line ended with one since the last word */
	bool no_tags;    /* the rest has no tag that is closed */
};

void words_init(struct words *w, struct str text);
/* Appends the next word to out, folded; *begins: it is a sentence's first. */
bool words_next(struct words *w, struct buf *out, bool *begins);

/*
 * A sentence: up to a full stop, a question or exclamation mark, a colon or
 * semicolon behind which no word goes on, an empty line, or a block's edge.
 */
struct sentence {
	struct buf words;  /* owned: each behind the one before and a blank */
	size_t *ends;      /* owned: where each ends */
	size_t n, cap;
	bool announces;    /* a line ends behind it, with a colon: "On Monday, Jane wrote:" */
};

void sentence_release(struct sentence *s);
/* The next sentence, or false.  Each call looks at a new w, or at where the last
 * call on it left off. */
bool sentence_next(struct words *w, struct sentence *s);
/* Words [from, from + n) with a blank between them. */
struct str sentence_part(const struct sentence *s, size_t from, size_t n);

#endif
