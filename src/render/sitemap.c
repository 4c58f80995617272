/* Sitemaps.  Which pages are in them is the build's. */
#include "render/sitemap.h"

#include "base/when.h"
#include "render/html.h"
#include "render/paths.h"

#define NAMESPACE "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\""

void sitemap_begin(struct buf *out)
{
	buf_adds(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset " NAMESPACE ">\n");
}

void sitemap_add(struct buf *out, struct str site_url, struct str path, int64_t lastmod)
{
	char time[WHEN_RFC3339];

	buf_adds(out, "<url><loc>");
	xml_text(out, site_url);
	xml_text(out, path);
	buf_adds(out, "</loc>");
	if (lastmod != WHEN_NONE) {
		when_format(lastmod, time);
		buf_addf(out, "<lastmod>%s</lastmod>", time);
	}
	buf_adds(out, "</url>\n");
}

void sitemap_end(struct buf *out)
{
	buf_adds(out, "</urlset>\n");
}

void sitemap_index(struct buf *out, struct str site_url, unsigned n)
{
	buf_adds(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex " NAMESPACE
		      ">\n");
	for (unsigned i = 1; i <= n; i++) {
		buf_adds(out, "<sitemap><loc>");
		xml_text(out, site_url);
		sitemap_path(out, i);
		buf_adds(out, "</loc></sitemap>\n");
	}
	buf_adds(out, "</sitemapindex>\n");
}
