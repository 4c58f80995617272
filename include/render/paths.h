#ifndef RENDER_PATHS_H
#define RENDER_PATHS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/sha256.h"
#include "base/str.h"

#include <stdbool.h>

/*
 * Where everything stands below the site's folder and its URL.
 * Paths are relative, "/"-separated and made of segments that are safe as
 * file names and in URLs; one that ends in "/" (and the empty one, the front
 * page) is a page whose file is index.html in that folder.  All functions
 * append to out.
 */

#define PATH_HOME "" /* the front page */
#define PATH_SCENARIOS "scenarios/"
#define PATH_FEED "feed.xml"
#define PATH_CONTRIBUTORS "contributors/"
#define PATH_WRONG_FEED "wrong.xml"
#define PATH_LEDGER "honesty.json"
#define PATH_RULES "rules.yaml"
#define PATH_SEARCH "search/"
#define PATH_SEARCH_SCRIPT "search/search.js"
/* What Pagefind adds after the build and the page needs. */
#define PATH_PAGEFIND_CSS "pagefind/pagefind-ui.css"
#define PATH_PAGEFIND_SCRIPT "pagefind/pagefind-ui.js"
#define PATH_SITEMAP "sitemap.xml"
#define PATH_SITEMAP_PART "sitemap-" /* what its parts begin with */
#define PATH_IMAGES "assets/images/"
#define PATH_THREADS "threads/"
#define PATH_FRAGMENT_CSS "assets/fragment.css"
#define PATH_WRONG "wrong/" /* where we were wrong, the newest */

enum { PATH_SEGMENT_MAX = 64 };

/*
 * The segment of an id: the id itself if it matches [a-z0-9-]{1,64}; else the
 * id cleaned (ASCII letters lower-cased, every run of other bytes one '-', none
 * at the ends, cut so that the whole fits), '-', and the first 8 hex digits of
 * the id's SHA-256.  An id without letters and digits leaves "-1a2b3c4d".
 *
 * Eight digits alone cannot keep apart ids that somebody chose: mail's
 * Message-IDs are picked by their senders, and a plain id may read like
 * another's cleaned one.  So ids that share a folder go through path_clashes(),
 * and those that it names take the long form: cleaned, "--", 32 hex digits.
 * No other segment looks like that (a plain id that does takes its own long
 * form), so with path_clashes() two ids of a folder never share a path.
 */
void path_segment(struct buf *out, struct str id);
void path_segment_long(struct buf *out, struct str id);
/*
 * Sets clash[i] for every id that must take the long form: its segment isn't
 * the id itself and another of these n ids has the same.  The ids are distinct;
 * their order doesn't matter.  Returns how many there are: nearly always 0.
 */
size_t path_clashes(const struct str *ids, size_t n, bool *clash);
/* For the ids of elements on a page, where nobody counts letters: the segment of
 * a plain id, else the long form, so that no two of them are ever the same. */
void path_anchor(struct buf *out, struct str id);

void page_path(struct buf *out, struct str slug);        /* SLUG/ */
void product_path(struct buf *out, struct str slug);     /* products/SLUG/ */
void candidates_path(struct buf *out, struct str slug);  /* products/SLUG/all/ */
void scenario_path(struct buf *out, struct str slug);    /* scenarios/SLUG/ */
void scenario_candidates_path(struct buf *out, struct str slug); /* scenarios/SLUG/all/ */
void fragment_path(struct buf *out, struct str slug);    /* products/SLUG/fragment.html */
void product_feed_path(struct buf *out, struct str slug); /* products/SLUG/feed.xml */
/* threads/VENUE/ID/; the second for an id that path_clashes() named. */
void thread_path(struct buf *out, struct str venue, struct str id);
void thread_path_long(struct buf *out, struct str venue, struct str id);
/* assets/NAME.HASH.css for "NAME.css"; digest is the SHA-256 of its bytes. */
void asset_path(struct buf *out, struct str name,
		const unsigned char digest[SHA256_SIZE]);
/* assets/images/HASH.png for "png": 32 digits, as strangers choose the bytes. */
void image_path(struct buf *out, const unsigned char digest[SHA256_SIZE],
		const char *suffix);
/* products/SLUG/topics/TOPIC/; the second for one that path_clashes() named. */
void topic_path(struct buf *out, struct str slug, struct str topic);
void topic_path_long(struct buf *out, struct str slug, struct str topic);
void contributor_path(struct buf *out, struct str slug); /* contributors/SLUG/ */
/* Page n, from 1, of where we were wrong: wrong/, wrong/2/ */
void wrong_path(struct buf *out, size_t n);
/* Part n, from 1, of a split sitemap: sitemap-1.xml */
void sitemap_path(struct buf *out, unsigned n);

/* The file of a path: index.html added to a page's. */
void path_file(struct buf *out, struct str path);

/* What one of these that take a string makes of s, in the arena. */
struct str path_in(struct arena *a, void (*path)(struct buf *, struct str), struct str s);

#endif
