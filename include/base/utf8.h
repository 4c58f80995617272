#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/buf.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * UTF-8 as the Unicode Standard (chapter 3, table 3-7) defines it: shortest
 * forms only, no surrogates, nothing over U+10FFFF.
 */

/*
 * Decodes the character at *at (which must be before end), moves *at behind
 * it and returns it.  A byte that belongs to no well-formed sequence is
 * returned as UTF8_BAD and *at moves by one.
 */
#define UTF8_BAD UINT32_MAX
uint32_t utf8_next(const char **at, const char *end);
/* Appends c, which must be a scalar value. */
void utf8_add(struct buf *b, uint32_t c);
/* The first byte that breaks the encoding, or s.n when all is well. */
size_t utf8_check(struct str s);
static inline bool utf8_valid(struct str s)
{
	return utf8_check(s) == s.n;
}
/* Characters in s; a bad byte counts as one. */
size_t utf8_count(struct str s);
/* Appends s with every bad byte as U+FFFD. */
void utf8_add_repaired(struct buf *b, struct str s);
/*
 * Characters that change how the text around them reads without being seen:
 * C0 and C1 controls (tab and line feed too), bidirectional controls,
 * zero-width characters, tag characters, noncharacters.  The joiners U+200C
 * and U+200D are among them: who shows text to readers keeps them where they
 * shape letters (render/visible.h).
 */
bool utf8_invisible(uint32_t c);
/* Combining marks: what is written over, under and around the character before. */
bool utf8_mark(uint32_t c);
/*
 * Appends s for a terminal or a log: one line, invisible characters and bad
 * bytes shown as \xHH or \u{HHHH}, the rest as it is.
 */
void utf8_add_masked(struct buf *b, struct str s);
/* White space of any script, tab and line ends too. */
bool utf8_blank(uint32_t c);
/* Letters, digits and marks of any script: what makes up a word. */
bool utf8_wordlike(uint32_t c);
/* Lower case by simple folding: ASCII, Latin, Greek, Cyrillic, Armenian.  The
 * result takes as many bytes as c, so that offsets in folded text hold. */
uint32_t utf8_fold(uint32_t c);

#endif
