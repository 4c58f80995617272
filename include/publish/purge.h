#ifndef PUBLISH_PURGE_H
#define PUBLISH_PURGE_H

#include "select/select.h"

/*
 * Which addresses of a site hold something of given threads: what has to be taken
 * out of caches when they change.  Begun while the archive has the threads yet.
 */
struct purge {
	const struct config *config;       /* borrowed */
	const struct selection *selection; /* borrowed */
	struct arena arena;
	struct purge_tag *tags; /* of the candidates, by thread row */
	size_t tags_n;
};

/* 0, or -1 with a diagnostic.  Release in both cases. */
int purge_begin(struct purge *p, struct archive *a, const struct config *c,
		const struct selection *s, struct diags *diags);
void purge_release(struct purge *p);

/*
 * Calls fn with each address, sorted, each once: the threads' own pages, every page,
 * fragment and feed of the products and scenarios they are candidates for, the
 * contributors' who wrote in them, the site's lists, and the ledger.  rows, sorted,
 * are the threads'; one that is no candidate is on no page.
 */
void purge_each(const struct purge *p, const int64_t *rows, size_t n,
		void (*fn)(void *ctx, struct str url), void *ctx);

#endif
