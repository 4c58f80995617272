#ifndef IMPORT_XMLROWS_H
#define IMPORT_XMLROWS_H

#include "import/xmlstream.h"

/*
 * Table dumps in XML, one row at a time: a root element, in it only empty <row>
 * elements whose attributes are the columns.  UTF-8 whatever is declared.
 */
struct xmlrow {
	const struct xmlattr *attrs; /* in the order of the file; those in a
				      * namespace are no columns */
	size_t n;
	struct place where; /* path and line */
};

/*
 * Calls fn for every row below the root element named root.  Rows are valid
 * during the call.  fn returns 0 to go on; -1 (with a diagnostic) stops.
 * 0, or -1 with diagnostics.
 */
int xmlrows_read(const char *path, const char *root,
		 int (*fn)(void *ctx, const struct xmlrow *row), void *ctx,
		 struct diags *diags);

#endif
