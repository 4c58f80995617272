#ifndef RENDER_SITEMAP_H
#define RENDER_SITEMAP_H

#include "base/buf.h"

#include <stdint.h>

/* Sitemaps of the sitemaps.org protocol 0.9; one file holds at most
 * SITEMAP_MAX addresses, more are split under an index. */
enum { SITEMAP_MAX = 50000 };

void sitemap_begin(struct buf *out);
/* lastmod: an instant, or WHEN_NONE. */
void sitemap_add(struct buf *out, struct str site_url, struct str path, int64_t lastmod);
void sitemap_end(struct buf *out);
/* The index of n parts. */
void sitemap_index(struct buf *out, struct str site_url, unsigned n);

#endif
