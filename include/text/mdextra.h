#ifndef TEXT_MDEXTRA_H
#define TEXT_MDEXTRA_H

#include "base/str.h"

/*
 * What forums read in Markdown beyond CommonMark, as far as it can be read off
 * the characters (GitHub Flavored Markdown 0.29: "Tables", "Autolinks",
 * "Strikethrough", all "(extension)").  Every function is linear in what it
 * looks at; the finders look at no byte twice from call to call.
 */

/* Whether there may be anything of it in the body. */
bool md_has_more(struct str body);

/*
 * The next bare address in s from *at on: http://, https:// or www., a domain
 * with a period in it, and what follows up to a blank or '<', without
 * punctuation at its end.  Its bytes, *at moved to its first; 0 when none is left.
 */
size_t md_url(struct str s, size_t *at);

/*
 * The next run of one or two tildes in s from *at on that may begin a
 * strike-through, end one, or both.  `before` and `after` are the characters
 * beside s.  It begins one if no blank follows it, ends one if none comes before
 * it; a single tilde between letters or digits does neither.
 */
struct md_tildes {
	size_t n; /* 1, 2, or 0 when none is left */
	bool opens, closes;
};
struct md_tildes md_tildes(struct str s, size_t *at, char before, char after);

/* The box for a task's mark, "[ ] " or "[x] ", or NULL. */
const char *md_task(struct str mark);

/* Cells of a table's row: its parts between '|' that no backslash escapes. */
size_t md_row_cells(struct str line);
/* Cells of the row that parts a table's head from its body; 0: it is none.
 * Without a '|' it is none either: that underlines a heading. */
size_t md_delimiter_cells(struct str line);

/* The line's text behind blanks and, between them, as many '>' as it has, up to
 * `quotes`; *missing is how many of those it hasn't. */
struct str md_behind_quotes(struct str line, size_t quotes, size_t *missing);

#endif
