#ifndef TEXT_PHRASES_H
#define TEXT_PHRASES_H

#include "base/buf.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Many phrases found in one pass over a text (Aho and Corasick, "Efficient
 * String Matching", CACM 18(6), 1975).  A phrase is words; it matches
 * without regard to case (utf8_fold), any run of blanks matches any other,
 * it begins and ends at word boundaries, and a * at the end or the start of
 * a word stands for any rest of that word ("charge back*"); a * alone between
 * two words, for any one word.  A typographic apostrophe is an apostrophe,
 * invisible characters don't count.  Linear in the text: a * covers 128 bytes.
 */
struct phrases;

struct phrases *phrases_new(void); /* owned: phrases_free */
/* Adds a phrase and returns its number from 0; equal phrases share one.  -1
 * when it holds no word character. */
int phrases_add(struct phrases *p, struct str phrase);
/* Must be called once after the last phrases_add and before any search; from
 * then on the phrases may be shared by threads. */
void phrases_compile(struct phrases *p);
size_t phrases_count(const struct phrases *p);
/* The phrase in a form of its own: two that have the same are found in the same places.
 * Borrowed; for comparing alone. */
struct str phrases_form(const struct phrases *p, int phrase);
/* False: the phrase isn't in the text, a C string of printable ASCII and white space.
 * Much faster than a search. */
bool phrases_maybe(const struct phrases *p, int phrase, const char *plain);
/* Calls hit for every occurrence: the phrase and bytes [from, to) of text.
 * hit returns false to stop. */
void phrases_search(const struct phrases *p, struct str text,
		    bool (*hit)(void *ctx, int phrase, size_t from, size_t to),
		    void *ctx);
void phrases_free(struct phrases *p);

#endif
