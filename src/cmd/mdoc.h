#ifndef CMD_MDOC_H
#define CMD_MDOC_H

#include "base/buf.h"

/*
 * Lines of a page of the manual as plain text of at most 78 columns.  They may be a
 * whole page, a section, or items of a list.  Knows those macros of mdoc(7) that man/
 * uses: a page is trusted, and tests/cmd/help.sh compares it with what mandoc makes.
 */
void mdoc_text(struct buf *out, struct str lines);

#endif
