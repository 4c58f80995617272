#ifndef ARCHIVE_JSONL_H
#define ARCHIVE_JSONL_H

#include "archive/model.h"
#include "base/buf.h"

/*
 * The canonical lines of the interchange form of candor-archive(5), without the
 * line feed: keys in the table's order, defaults left out.  The digest is
 * taken over the same lines without `fetched`.
 */
void jsonl_venue(struct buf *out, const struct venue *v);
void jsonl_product(struct buf *out, const struct product *p);
/* t in canonical order (thread_sort). */
void jsonl_thread(struct buf *out, const struct thread *t, bool with_fetched);

#endif
