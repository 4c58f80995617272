#ifndef IMPORT_COUNTS_H
#define IMPORT_COUNTS_H

#include "base/buf.h"
#include "base/json.h"

/* What an import did, said. */
struct import_counts;

/* One line without its end: "threads: 3 new, 0 changed, ...". */
void import_counts_text(const struct import_counts *c, struct buf *out);
/* An object. */
void import_counts_json(const struct import_counts *c, struct jsonw *w);

#endif
