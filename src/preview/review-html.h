#ifndef REVIEW_HTML_H
#define REVIEW_HTML_H

#include "preview/review.h"

/* What the pages of the review share.  up leads to the first of them: "" or "../". */
struct page {
	struct buf *out;
	const struct review_view *v;
	const char *up;
	const struct language *language;
	struct arena arena; /* of the page */
};

/* A page from its beginning into <main>, and from there to its end. */
void page_begin(struct page *p, struct buf *out, const struct review_view *v,
		const char *up, const char *title);
void page_end(struct page *p);
/* Text of one line that strangers wrote, set apart from what stands around it. */
void page_line(struct page *p, struct str s);
/* Our own words with strangers' among them. */
void page_text(struct page *p, struct str s);
/* "3 May 2026", for people and for programs. */
void page_date(struct page *p, int64_t t);
/* What sort of thing it is: "fault", "label-stale". */
void page_badge(struct page *p, const struct waiting *w);
/* A form with one button. */
void page_button(struct page *p, const char *action, const char *name, const char *value,
		 const char *text);
/* The products that it is about, by name, with a comma between them. */
void page_products(struct page *p, const struct waiting *w);

#endif
