#ifndef RENDER_FEED_H
#define RENDER_FEED_H

#include "base/buf.h"
#include "render/value.h"

/*
 * Atom (RFC 4287) with threading (RFC 4685): an entry for each post, replies
 * with thr:in-reply-to; and tombstones (RFC 6721) for entries of earlier days that
 * are no more.  Threads are the model's values (view_thread), so that
 * a feed costs no second rendering.
 */
struct feed_deleted {
	struct str path, anchor; /* as the entry's id had them */
	int64_t when;
};

struct feed {
	struct buf *out;      /* borrowed */
	struct str site_url;  /* ends in '/' */
	struct str path;      /* of the feed below the site */
	struct str page_path; /* of the page that it follows */
	struct str title, company, language;
	int64_t empty;        /* when a feed without posts was updated */
	const struct feed_deleted *deleted; /* borrowed; as they shall stand */
	size_t deleted_n;
};

/* The newest posts of these threads, at most so many, newest first, then what was
 * deleted; the feed was updated when the last of all these was.  The arena is for scratch. */
void feed_write(const struct feed *f, struct arena *a, const struct value *threads, size_t most);

#endif
