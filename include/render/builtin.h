#ifndef RENDER_BUILTIN_H
#define RENDER_BUILTIN_H

#include "base/source.h"
#include "base/str.h"

/*
 * Templates that are part of the program, in each of its languages: the
 * disclosure, which no theme may override, and the pages that every site has.
 */
struct builtin_page {
	const char *slug;  /* "about" */
	const char *title;
	const char *text;  /* Markdown template */
};

struct builtin {
	const char *language;
	const char *disclosure; /* HTML for within a <p> */
	struct builtin_page about, how_we_choose, report_a_problem;
	/* No page of content/ replaces these. */
	struct builtin_page wrong, contributors, scenarios, search;
	struct builtin_page withdrawn; /* in place of a withdrawn thread */
	const char *all;               /* Markdown: every candidate of a page */
	const char *topic;             /* Markdown: a part of a product's page */
};

/* In the site's language, else in English. */
const struct builtin *builtin_find(struct str language);
/* The nth of the pages that content/ may replace, or NULL behind the last. */
const struct builtin_page *builtin_replaceable(const struct builtin *b, size_t n);

/* The disclosure and a page's text as templates for a site in that language: where
 * the program doesn't speak it, their HTML says that they are in English.  Release
 * the source. */
void builtin_disclosure(struct source *out, struct str language);
void builtin_source(struct source *out, struct str language, const char *text);

extern const char builtin_search_script[]; /* JavaScript: puts the box into place */

/* Where a page stands in the menu unless it says otherwise, in ascending order
 * there; 0 for one that isn't in it.  candor-template(7) lists the numbers. */
int builtin_place(const char *slug);

#endif
