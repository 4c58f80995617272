#ifndef PUBLISH_PAGECHECK_H
#define PUBLISH_PAGECHECK_H

#include "base/diag.h"
#include "base/str.h"

#include <stddef.h>

/*
 * What is wrong with finished pages: links to files that aren't published and
 * to ids that aren't there, an id twice on a page, what is asked of other
 * hosts, and what is too heavy to arrive quickly.  Files come in any order and
 * from any worker; what they say of each other is found out at the end.  A
 * mistake in the layout is on every page and is said once, with their number.
 *
 * Of each file and each id 24 bytes are kept, and the text of those links that
 * came before what they lead to.
 */
struct pagecheck;

enum {
	PAGE_BUDGET = 50 * 1000,    /* bytes, compressed */
	FRAGMENT_BUDGET = 14 * 1000 /* with its stylesheets: what a server sends at once */
};

/*
 * url is the site's, ending in '/'.  An address below it that begins with one
 * of the elsewhere ones isn't ours: a forum at the same host.  Both are
 * borrowed until pagecheck_free().
 */
struct pagecheck *pagecheck_new(struct str url, const struct str *elsewhere, size_t n);
/* A file as it would be published.  -1 with duplicate-path.  Thread-safe. */
int pagecheck_put(struct pagecheck *c, struct str path, struct str bytes,
		  struct diags *diags);

/* Where the words of a published file stand. */
struct page_source {
	struct str path; /* of the published file; absent: many */
	const char *file;
};
/* What was found, in the order of pages, in sources where it can be told, else in
 * the output folder.  Those of one page come first, of many last. */
void pagecheck_report(struct pagecheck *c, const char *output,
		      const struct page_source *sources, size_t n, struct diags *diags);
void pagecheck_free(struct pagecheck *c); /* NULL is fine */

#endif
