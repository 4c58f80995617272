#ifndef IMPORT_XMLCOLUMNS_H
#define IMPORT_XMLCOLUMNS_H

#include "import/xmlrows.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Rows of a table dump into structs: a column is one struct member and one row
 * here.  Columns that aren't named are passed over, for schemas grow; missing
 * required ones and bad values are diagnostics at the row's line, all of them
 * collected.
 */
enum xmlcolumn_type {
	XML_TEXT,   /* struct str, borrowed from the row */
	XML_NUMBER, /* int64_t, at most 18 digits */
	XML_TIME    /* int64_t instant (base/when.h) */
};

struct xmlcolumn {
	const char *name;
	enum xmlcolumn_type type;
	size_t offset;
	bool required;
};

/*
 * Fills out; members whose column is absent keep what they hold.  columns end
 * with one whose name is NULL.  0, or -1 with diagnostics.
 */
int xmlcolumns_read(const struct xmlcolumn *columns, const struct xmlrow *row, void *out,
		    struct diags *diags);
bool xmlcolumns_number(struct str s, int64_t *out);

#endif
