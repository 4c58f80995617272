#ifndef PUBLISH_PAGESCAN_H
#define PUBLISH_PAGESCAN_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* What a published page names: its ids, and addresses. */
struct page_scan {
	struct str *ids; /* owned; in the order of the page */
	size_t ids_n, ids_cap;
	struct page_link {
		struct str href; /* as written */
		bool loads;      /* the browser asks for it by itself */
		bool style;      /* and it is a stylesheet */
	} *links; /* owned */
	size_t links_n, links_cap;
};

/*
 * The strings borrow from html.  Left out is what strangers link to in their
 * posts (rel=ugc): browsers load none of it, and no page of ours owes it.
 */
void page_scan(struct page_scan *scan, struct str html);
/* What a stylesheet loads. */
void page_scan_css(struct page_scan *scan, struct str css);
void page_scan_release(struct page_scan *scan);

#endif
