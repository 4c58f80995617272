/* Diagnostics for readers who stand elsewhere.  Paths are taken as they are written; no
 * link is followed. */
#include "base/diag.h"

#include "base/mem.h"

#include <stdlib.h>

/* Puts path, which is relative, behind folder ("" or "/a/b"), without "." and "..". */
static void add_path(struct buf *folder, struct str path)
{
	while (str_present(path)) {
		struct str part = str_split(&path, '/');

		if (!part.n || str_is(part, "."))
			continue;
		if (!str_is(part, "..")) {
			buf_addf(folder, "/%.*s", STR_ARG(part));
			continue;
		}
		while (folder->n && folder->p[folder->n - 1] != '/')
			buf_cut(folder, folder->n - 1);
		if (folder->n)
			buf_cut(folder, folder->n - 1);
	}
}

/* Absolute, without "." and "..". */
static void resolve(struct buf *out, const char *here, const char *path)
{
	buf_reset(out);
	if (*path != '/')
		add_path(out, str_of(here));
	add_path(out, str_of(path));
}

void diags_rebase(struct diags *d, const char *root, const char *here)
{
	struct buf top = BUF_INIT, full = BUF_INIT;

	resolve(&top, "", root);
	buf_addc(&top, '/');
	for (size_t i = 0; i < d->n; i++) {
		struct diag *one = &d->items[i];

		if (!one->path)
			continue;
		resolve(&full, here, one->path);
		if (!str_starts(buf_str(&full), buf_str(&top)))
			continue;
		free(one->path);
		one->path = xstrdup(full.p + top.n);
	}
	buf_release(&top);
	buf_release(&full);
}
