#ifndef SELECT_CONFIG_H
#define SELECT_CONFIG_H

#include "base/diag.h"
#include "base/fields.h"
#include "base/source.h"
#include "base/ydoc.h"
#include "select/contributor.h"
#include "select/naming.h"

/* candor.yaml: candor.yaml(5) is its manual. */

enum images { IMAGES_LINK, IMAGES_LOCAL };
enum fragment_css { FRAGMENT_LINK, FRAGMENT_INLINE, FRAGMENT_NONE };
enum search { SEARCH_NONE, SEARCH_PAGEFIND };
enum thread_pages { THREAD_PAGES_ELIGIBLE, THREAD_PAGES_SHOWN };

struct config {
	struct source source; /* owned */
	struct ydoc doc;      /* owned; the strings live here */
	struct str company, title, url, contact; /* required; url ends in '/' */
	struct str archive, rules, theme, content, output; /* paths as written */
	struct str product_pages; /* the folder of a shop's pages, or absent */
	struct str language;  /* BCP 47; "en" */
	int publish;          /* enum publish_way */
	int thread_pages;     /* enum thread_pages */
	int images;           /* enum images */
	int search;           /* enum search */
	struct {
		int css;         /* enum fragment_css */
		int64_t heading; /* of its first heading: 2 to 5 */
	} fragment;
	struct {
		struct str file; /* path as written; absent: the program's alone */
		bool replace;    /* the file's alone */
	} patterns;
	struct contributor *contributors;
	size_t contributors_n;
	size_t contributors_at; /* where their list is in the source */
	struct accounts shared; /* the company's, and no single person's */
	struct namings named;   /* what the company's accounts are called */
};

/* Reads and checks the file; 0, or -1 with diagnostics.  Release in both cases. */
int config_load(struct config *c, const char *path, struct diags *diags);
void config_release(struct config *c);

/* Whether the text may be its `url`, and its `contact`. */
bool config_is_site(struct str url);
bool config_is_contact(struct str url);

#endif
