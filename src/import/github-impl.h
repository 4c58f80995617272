/* What github.c and github-thread.c share. */
#ifndef GITHUB_IMPL_H
#define GITHUB_IMPL_H

#include "import/gather.h"
#include "import/import.h"

enum github_piece { GITHUB_THREAD, GITHUB_PULL, GITHUB_COMMENT };

/* A repository is a venue, unless the options name one for all. */
struct github_repository {
	struct venue venue;
	struct str prefix; /* of ids, where the venue is another repository; or absent */
};

struct github {
	struct import *in;
	struct gather gather;
	struct arena arena; /* for the run */
	struct github_repository *repositories; /* owned; strings in the arena */
	size_t repositories_n, repositories_cap;
	struct seen known;  /* addresses, to index + 1 in repositories */
	const char *path;   /* of the file whose "repo" is this one */
	struct str repo;    /* in the arena; absent where none is said */
	struct buf scratch;
};

/*
 * The venue of a repository ("https://github.com/acme/kettle", or empty where nothing
 * says), stored, and what its ids begin with.  *venue is valid until the next call.
 * -1 with diagnostics.
 */
int github_venue(struct github *g, struct str repository, const struct venue **venue,
		 struct str *prefix);

/*
 * For gather_each(): stores the thread of an issue, pull request or discussion.  ctx is a
 * struct github; key is the repository's address, '#' and the number.
 */
int github_thread(void *ctx, struct str key, const struct gather_piece *pieces, size_t n);

#endif
