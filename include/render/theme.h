#ifndef RENDER_THEME_H
#define RENDER_THEME_H

#include "base/diag.h"
#include "base/sha256.h"
#include "render/builtin.h"
#include "render/template.h"

/*
 * A theme: a folder with theme.yaml, its templates, partials/ and assets/.
 * Compiled once and shared by all workers; candor-template(7).
 */
enum theme_page {
	THEME_LAYOUT,   /* layout.html: around every page */
	THEME_INDEX,    /* index.md */
	THEME_PRODUCT,  /* product.md */
	THEME_FRAGMENT, /* fragment.md: no layout around it */
	THEME_SCENARIO, /* scenario.md */
	THEME_THREAD,   /* thread.md */
	THEME_PAGE,     /* page.md: content/ and the built-in pages */
	THEME_CONTRIBUTOR, /* contributor.md, or NULL: then they have no pages */
	THEME_PAGE_COUNT
};

struct asset {
	char *name;       /* owned: "site.css" */
	struct buf bytes; /* owned */
	char *path;       /* owned: "assets/site.01234567.css" */
};

struct theme {
	char *dir; /* owned */
	struct str language; /* the site's; borrowed from its caller */
	const struct builtin *builtin; /* the program's templates, in it or in English */
	struct wording *words;
	struct templates *templates;
	const struct template *page[THEME_PAGE_COUNT];
	struct asset *assets;
	size_t assets_n, assets_cap;
	struct sha256 digest; /* of every file read, for the unchanged check */
};

/* The theme's folder, owned, or NULL: a path when it holds a '/', else themes/NAME here,
 * beside the program (../themes, ../share/candor/themes) or in the data folder. */
char *theme_find(const char *name);
/*
 * Finds the theme and reads it.  Its words come in language if it has them.  0, or -1 with diagnostics.  Release
 * in both cases.
 */
int theme_load(struct theme *t, const char *name, struct str language,
	       struct diags *diags);
void theme_release(struct theme *t);
/* Says that theme_find() finds none; -1. */
int theme_missing(const char *name, struct diags *diags);
/* The page's file below the theme's folder: "layout.html". */
const char *theme_file(enum theme_page page);
/* The asset of that name, or NULL. */
const struct asset *theme_asset(const struct theme *t, const char *name);

/* Compiles a page of content/ in the theme's set. */
const struct template *theme_compile(struct theme *t, const struct source *source,
				     struct diags *diags);
/* The same for the text of a built-in one. */
const struct template *theme_compile_builtin(struct theme *t, const char *text,
					     struct diags *diags);

#endif
