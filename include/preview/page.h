#ifndef PREVIEW_PAGE_H
#define PREVIEW_PAGE_H

#include "base/buf.h"

#include <stdbool.h>

/*
 * What the preview adds to a page that it serves: the script that shows mistakes and
 * loads it again, a mark over what build doesn't publish, and leave for both in the
 * page's own content security policy, which forbids everything else as before.
 */
struct page_extras {
	struct str base;    /* where it is served: "http://127.0.0.1:4400/" */
	struct str edition; /* that the page is of */
	struct str mark;    /* "Embargoed until ..."; or absent */
	bool waits;         /* for what is being made */
	bool whole;         /* it is loaded whole: what it loads changes under its name */
};

/* Where the preview's own files are; and the path of its pages of a shop. */
#define PREVIEW_ROOT "_candor/"
#define PREVIEW_SHOP PREVIEW_ROOT "shop/"

/* Appends the page with them.  What isn't a whole document (a fragment) stays as it is. */
void page_dress(struct buf *out, struct str page, const struct page_extras *x);
/* Appends a page of the preview's own: a paragraph, and the items of a list, which are
 * HTML. */
void page_list(struct buf *out, const char *title, const char *text, struct str items);
/* The same without a list. */
void page_plain(struct buf *out, const char *title, const char *text);

/* The type of a file by its name: static. */
const char *page_type(struct str path);
bool page_is_html(const char *type);

/* The files, byte for byte: the Makefile makes sources of them. */
extern const unsigned char preview_css[], preview_js[];
extern const size_t preview_css_n, preview_js_n;

#endif
