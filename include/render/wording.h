#ifndef RENDER_WORDING_H
#define RENDER_WORDING_H

#include "base/diag.h"
#include "base/sha256.h"
#include "base/str.h"

/*
 * theme.yaml: the words of a theme, which are what it says to visitors, in the
 * language of the site if there is a words/LANG.yaml for it; candor-template(7).
 * Read once and shared by all workers.
 */
struct wording;

/*
 * Reads path, a theme.yaml, and the translation beside it (none for an absent
 * language).  What was read is added to digest, unless that is NULL.  0, or -1 with
 * diagnostics.  Free in both cases.
 */
int wording_load(struct wording **out, const char *path, struct str language,
		 struct sha256 *digest, struct diags *diags);
void wording_free(struct wording *w);

#endif
