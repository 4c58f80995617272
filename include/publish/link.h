#ifndef PUBLISH_LINK_H
#define PUBLISH_LINK_H

#include "base/arena.h"

#include <stdbool.h>

/* Where a link of a published file leads, as a browser would have it. */
enum link_kind {
	LINK_SITE,  /* to a file of the site */
	LINK_HOST,  /* to another host */
	LINK_OTHER  /* mail, data, or our host above the site: none of our concern */
};

struct link {
	enum link_kind kind;
	bool relative;     /* depends on where it stands; "#x" doesn't */
	struct str path;   /* LINK_SITE: the file, as render/paths.h's path_file() */
	struct str anchor; /* without '#'; absent where there is none or any is fine */
};

/*
 * href is as written in an attribute of the file page of the site at url, which
 * ends in '/'.  The strings live in a.  What follows '?' doesn't matter.
 */
struct link link_resolve(struct arena *a, struct str url, struct str page,
			 struct str href);

#endif
