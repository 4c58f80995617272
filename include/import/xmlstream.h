#ifndef IMPORT_XMLSTREAM_H
#define IMPORT_XMLSTREAM_H

#include "base/diag.h"
#include "base/str.h"

/*
 * Table dumps in XML, one row at a time: a root element, in it only empty
 * <row> elements whose attributes are the columns.  Strict where strangers
 * could profit: UTF-8 whatever is declared, no DOCTYPE, hence no
 * entities but XML's five, nothing loaded from elsewhere, a value at most
 * 10 MB (libxml2's limit).  Any breach ends the reading with an error that
 * names file and line.
 */
struct xmlattr {
	struct str name; /* local name; attributes in a namespace are left out */
	struct str value; /* valid UTF-8 without NUL */
};

struct xmlrow {
	const struct xmlattr *attrs; /* in the order of the file */
	size_t n;
	struct place where; /* path and line */
};

/*
 * Calls fn for every row below the root element named root.  Rows are valid
 * during the call.  fn returns 0 to go on; -1 (with a diagnostic) stops.
 * 0, or -1 with diagnostics.
 */
int xmlstream_rows(const char *path, const char *root,
		   int (*fn)(void *ctx, const struct xmlrow *row), void *ctx,
		   struct diags *diags);

#endif
