#ifndef RENDER_BUILTIN_H
#define RENDER_BUILTIN_H

/*
 * Templates that are part of the program: the disclosure, which no theme may
 * override, and the pages that every site has even where content/ has none.
 */
extern const char builtin_disclosure[]; /* an HTML partial */
extern const char builtin_all[];        /* Markdown: every candidate of a page */
extern const char builtin_withdrawn[];  /* Markdown: in place of a withdrawn thread */

struct builtin_page {
	const char *slug;  /* "about" */
	const char *title;
	const char *text;  /* Markdown template */
};
extern const struct builtin_page builtin_pages[]; /* ended by slug NULL */

/* The same for lists that the program makes; no page of content/ replaces them. */
extern const struct builtin_page builtin_wrong, builtin_contributors, builtin_scenarios,
				 builtin_search;
extern const char builtin_search_script[]; /* of the latter: JavaScript */
extern const char builtin_topic[]; /* Markdown: a part of a product's page */

/* Where a page stands in the menu unless it says otherwise, in ascending order
 * there; 0 for one that isn't in it.  candor-template(7) lists the numbers. */
int builtin_place(const char *slug);

#endif
