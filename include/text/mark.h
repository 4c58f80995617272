#ifndef TEXT_MARK_H
#define TEXT_MARK_H

#include "text/body.h"

#include <stdbool.h>

/*
 * Marks in the tree the first place outside quotations and code blocks where the quote
 * stands, as a reader sees it: runs of blanks are one blank on both sides, and markup
 * doesn't matter.  New nodes are in the arena.  False when it stands nowhere.
 */
bool body_mark(struct arena *a, struct body_tree *tree, struct str quote);

#endif
