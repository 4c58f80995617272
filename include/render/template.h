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

/* Where partials come from: appends the text of partial `name` to a source, or
 * answers false when there is none. */
struct template_loader {
	bool (*partial)(void *ctx, struct str name, struct source *out,
			enum template_kind *kind, struct diags *diags);
	void *ctx;
};

struct templates *templates_new(const struct template_loader *loader);
void templates_free(struct templates *set);

enum {
	TEMPLATE_NEEDS_DISCLOSURE = 1 /* {{> disclosure}} exactly once, see DESIGN 7 */
};

/*
 * Compiles source and every partial it reaches; all mistakes are collected.
 * NULL when there was one.  The source is copied.  Owned by the set.
 */
const struct template *template_compile(struct templates *set, const struct source *source,
					enum template_kind kind, unsigned flags,
					struct diags *diags);

/*
 * Appends the page.  scopes are objects, the innermost last (at least one).  A
 * key found in none of them is a missing-key diagnostic at its tag with a
 * suggestion; the rest is rendered all the same.  -1 when there was one.
 */
int template_render(const struct template *t, const struct value *const *scopes,
		    size_t n, struct buf *out, struct diags *diags);

#endif
