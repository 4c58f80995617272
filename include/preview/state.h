#ifndef PREVIEW_STATE_H
#define PREVIEW_STATE_H

#include "publish/live.h"

/*
 * What the script in a page of the preview tells its reader, as JSON: of the page, of
 * the site, and what is wrong with either.  preview.js is its only reader.
 */
struct state {
	struct str edition; /* which one is shown */
	bool done;          /* all of it was made once: nothing more will be found */
	bool shop;          /* there are product pages */
	bool failed;        /* the files are as they can't be published; shown is what
			     * was before, if there was anything */
	const struct diags *wrong; /* about the whole */

	const struct live *live;   /* what is shown, or NULL */
	const struct rules *rules;
	struct archive *archive;   /* open, or NULL: then threads have no titles */

	struct str path;           /* of the file that is looked at */
	const struct live_file *file;
	const struct diags *page;  /* wrong with it */
};

/* Nothing stays in the arena that is needed. */
void state_json(struct buf *out, const struct state *s, struct arena *a);

#endif
