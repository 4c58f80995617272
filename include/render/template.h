#ifndef RENDER_TEMPLATE_H
#define RENDER_TEMPLATE_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/source.h"
#include "render/value.h"

/*
 * Templates: Markdown (or HTML) with Mustache tags, compiled once into a list
 * of literal bytes and operations; candor-template(7) is the language.  A
 * compiled set may be shared by threads.
 */
struct templates; /* all templates of a theme with their partials */
struct template;

enum template_kind {
	TEMPLATE_MARKDOWN, /* *.md */
	TEMPLATE_HTML,     /* *.html: layout and partials */
	TEMPLATE_MUSTACHE  /* `render --mustache`: the specification alone */
};

struct wording;

/* Where partials and words come from.  partial fills a source (which the set then owns) with the
 * text of partial `name`, or answers false when there is none, having said why
 * if it knows better than "no partial". */
struct template_loader {
	bool (*partial)(void *ctx, struct str name, struct source *out,
			enum template_kind *kind, struct diags *diags);
	void *ctx;
	const struct wording *words; /* render/wording.h; outlive the set; may be NULL */
};

struct templates *templates_new(const struct template_loader *loader);
void templates_free(struct templates *set);

enum {
	TEMPLATE_NEEDS_DISCLOSURE = 1 /* {{> disclosure}} exactly once */
};

/*
 * Compiles source and every partial it reaches; all mistakes are collected, at
 * most 20 for each file.  NULL when there was one; a partial's mistakes are told
 * when it is first reached, later pages with it are NULL and say nothing.  The
 * source is copied.  The template is owned by the set.  Sets are compiled by
 * one thread.
 */
const struct template *template_compile(struct templates *set,
					const struct source *source,
					enum template_kind kind, unsigned flags,
					struct diags *diags);

/*
 * Appends the page.  scopes are objects, the innermost last (at least one).  A
 * key found in none of them is a missing-key diagnostic at its tag with a
 * suggestion, a value that can't be written there a bad-value; the rest is
 * rendered all the same.  -1 when there was one.  A tag is told once for each
 * struct diags, however many pages are rendered with it.
 */
int template_render(const struct template *t, const struct value *const *scopes,
		    size_t n, struct buf *out, struct diags *diags);

#endif
