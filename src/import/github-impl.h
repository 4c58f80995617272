/* What github.c and github-thread.c share. */
#ifndef GITHUB_IMPL_H
#define GITHUB_IMPL_H

#include "import/gather.h"
#include "import/import.h"

enum github_piece { GITHUB_THREAD, GITHUB_PULL, GITHUB_COMMENT };

struct github {
	struct import *in;
	struct gather gather;
	struct arena arena; /* for the run */
	struct venue *venues; /* owned; one for each repository, strings in the arena */
	size_t venues_n, venues_cap;
	struct seen repositories; /* to index + 1 in venues */
	struct buf scratch;
};

/* The venue of a repository ("https://github.com/acme/kettle", or empty where nothing
 * says), stored; *out is valid until the next call.  -1 with diagnostics. */
int github_venue(struct github *g, struct str repository, const struct venue **out);

/*
 * For gather_each(): stores the thread of an issue, pull request or discussion.  ctx is a
 * struct github; key is the repository's address, '#' and the number.
 */
int github_thread(void *ctx, struct str key, const struct gather_piece *pieces, size_t n);

#endif
