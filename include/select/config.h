#ifndef SELECT_CONFIG_H
#define SELECT_CONFIG_H

#include "base/diag.h"
#include "base/fields.h"
#include "base/source.h"
#include "base/ydoc.h"

#include <stdbool.h>
#include <stdint.h>

/* candor.yaml: candor.yaml(5) is its manual. */

/* A person of the company and their accounts. */
struct contributor {
	struct str name, title; /* title may be absent */
	struct str slug;        /* of those with a consent it is their own */
	struct str about;       /* in their own words; may be absent */
	struct account {
		struct str venue, id;
	} *accounts;
	size_t accounts_n;
	int64_t consent, until; /* instants, or WHEN_NONE */
	size_t at, n;           /* bytes of the entry in the source */
};

/* Whether the person has agreed to be listed on that UTC day. */
bool contributor_listed(const struct contributor *c, int64_t day);

enum images { IMAGES_LINK, IMAGES_LOCAL };
enum fragment_css { FRAGMENT_LINK, FRAGMENT_INLINE, FRAGMENT_NONE };
enum search { SEARCH_NONE, SEARCH_PAGEFIND };
enum thread_pages { THREAD_PAGES_ELIGIBLE, THREAD_PAGES_SHOWN };

struct config {
	struct source source; /* owned */
	struct ydoc doc;      /* owned; the strings live here */
	struct str company, title, url, contact; /* required; url ends in '/' */
	struct str archive, rules, theme, content, output; /* paths as written */
	struct str language;  /* BCP 47; "en" */
	int publish;          /* enum publish_way */
	int thread_pages;     /* enum thread_pages */
	int images;           /* enum images */
	int search;           /* enum search */
	struct {
		int css;         /* enum fragment_css */
		int64_t heading; /* of its first heading: 2 to 5 */
	} fragment;
	struct contributor *contributors;
	size_t contributors_n;
};

/* Reads and checks the file; 0, or -1 with diagnostics.  Release in both cases. */
int config_load(struct config *c, const char *path, struct diags *diags);
void config_release(struct config *c);

#endif
