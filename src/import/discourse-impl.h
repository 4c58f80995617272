/* What discourse.c and discourse-thread.c share. */
#ifndef DISCOURSE_IMPL_H
#define DISCOURSE_IMPL_H

#include "import/gather.h"
#include "import/import.h"

enum discourse_piece { DISCOURSE_TOPIC, DISCOURSE_POST };

struct discourse {
	struct import *in;
	struct gather gather;
	struct arena arena; /* for the run */
	struct venue venue;
	struct str url;     /* the venue's, without a slash at its end */
	struct str host;    /* guessed: "https://forum.acme.example" */
	bool hosts_differ;
	struct seen vanished; /* ids of topics that the venue took away */
};

/* For gather_each(): stores the thread of a topic, or notes that there is none any more.
 * ctx is a struct discourse; key is the topic's id. */
int discourse_thread(void *ctx, struct str key, const struct gather_piece *pieces, size_t n);

#endif
