#ifndef PUBLISH_CONTENT_H
#define PUBLISH_CONTENT_H

#include "base/diag.h"
#include "base/sha256.h"
#include "render/theme.h"

/*
 * The site's own pages: content/ with Markdown templates (YAML front matter)
 * and files that are copied through, and the built-in pages that content/
 * doesn't replace.
 */
struct content_page {
	char *slug;         /* owned; "about"; "" for index.md */
	char *file;         /* owned: "content/about.md"; NULL: a built-in one */
	char *title;        /* owned */
	char *description;  /* owned, or NULL */
	int64_t menu;       /* its place there; 0: not in it */
	bool draft;
	const struct template *body;
};

struct content_file {
	char *name;       /* owned; relative to content/ */
	struct buf bytes; /* owned */
};

struct content {
	struct content_page *pages; /* by slug; no drafts */
	size_t pages_n, pages_cap;
	struct content_page *drafts; /* which nobody but a preview's reader sees */
	size_t drafts_n, drafts_cap;
	struct content_file *files; /* by name */
	size_t files_n, files_cap;
	struct sha256 digest; /* of all names and bytes */
};

/* dir may be absent: then there are only the built-in pages.  0, or -1 with
 * diagnostics.  Release in both cases. */
int content_load(struct content *c, const char *dir, struct theme *theme,
		 struct diags *diags);
void content_release(struct content *c);
/* The page with this slug, or NULL. */
const struct content_page *content_find(const struct content *c, const char *slug);

#endif
