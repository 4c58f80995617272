#ifndef JIRAWIKI_LINE_H
#define JIRAWIKI_LINE_H

#include "import/jirawiki.h"

#include <stdbool.h>

/* The HTML of one line, without what makes it a block. */
void jirawiki_line(struct str line, const struct jira_people *people, struct buf *out);
/* Of a table's row, up to the bar that ends its first cell: bytes read.  Cells may have
 * several lines.  no_monospace is false at a row's first cell, and kept for the next. */
size_t jirawiki_cell(struct str row, const struct jira_people *people,
		     bool *no_monospace, struct buf *out);

#endif
