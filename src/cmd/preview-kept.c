/* Pages as they were when they had no mistakes. */
#include "preview-site.h"

#include "base/mem.h"

#include <stdlib.h>

enum { KEPT_MAX = 64 << 20 }; /* bytes of all of them; then the oldest go */

struct kept {
	struct page {
		char *path;       /* owned */
		struct buf bytes; /* owned */
	} *pages; /* the newest last */
	size_t n, cap, bytes;
};

static struct page *find(const struct kept *k, struct str path)
{
	for (size_t i = 0; k && i < k->n; i++)
		if (str_is(path, k->pages[i].path))
			return &k->pages[i];
	return NULL;
}

static void drop(struct kept *k, struct page *page)
{
	k->bytes -= page->bytes.n;
	free(page->path);
	buf_release(&page->bytes);
	k->n--;
	memmove(page, page + 1, (size_t)(k->pages + k->n - page) * sizeof(*page));
}

void kept_put(struct kept **kept, struct str path, struct str bytes)
{
	struct kept *k = *kept ? *kept : xcalloc(1, sizeof(*k));
	struct page *before = find(k, path);

	*kept = k;
	if (before)
		drop(k, before);
	while (k->n && k->bytes + bytes.n > KEPT_MAX)
		drop(k, &k->pages[0]);
	GROW(k->pages, k->n, k->cap);
	k->pages[k->n] = (struct page){ xmemdup0(path.p, path.n), BUF_INIT };
	buf_addstr(&k->pages[k->n++].bytes, bytes);
	k->bytes += bytes.n;
}

struct str kept_get(const struct kept *k, struct str path)
{
	const struct page *page = find(k, path);

	return page ? buf_str(&page->bytes) : STR_NONE;
}

void kept_free(struct kept *k)
{
	while (k && k->n)
		drop(k, &k->pages[k->n - 1]);
	if (k)
		free(k->pages);
	free(k);
}
