#ifndef RENDER_VISIBLE_H
#define RENDER_VISIBLE_H

#include "base/arena.h"
#include "base/str.h"

/*
 * Strangers' names, titles and other text of one line, as pages and feeds show
 * it: nothing in it hides, turns what stands around it, or grows over it.
 *
 * Left out are the characters of utf8_invisible() but two joiners where they
 * shape what is read: U+200C and U+200D beside an Indic virama, U+200C and
 * U+200D between Arabic letters and their like, U+200D between emoji (after
 * UAX #31, section 2.3).  Tabs and line ends become blanks.  Of combining
 * marks in a row the first four stay, eight in Tibetan and Burmese, whose
 * syllables need them; none stays without a character to stand on.
 *
 * Nothing else is cut, however long it is: the style sheets break it.
 * The result is s itself when there was nothing to do, else in the arena.
 */
struct str visible_line(struct arena *a, struct str s);
/* The same, or instead when nothing of it can be seen. */
struct str visible_name(struct arena *a, struct str s, struct str instead);
/*
 * How a longer text begins: visible_line() of it, and where that has more than
 * `most` characters as many whole words as fit, with an ellipsis that counts.
 * Where words are so long that less than half would be left, or aren't set apart,
 * it is cut behind a letter with its marks.  Empty when nothing of it can be seen, or
 * not one letter fits.  In the arena.
 */
struct str visible_excerpt(struct arena *a, struct str s, size_t most);

#endif
