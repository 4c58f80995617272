#ifndef RENDER_COPIES_H
#define RENDER_COPIES_H

#include "base/diag.h"
#include "base/sha256.h"
#include "render/image.h"

/*
 * Copies of the images in posts, in a folder that `wget --force-directories` can
 * fill: candor.yaml(5), under `images`.  Each is read once, when it is first
 * asked for, and published at once, so that none is kept in memory; its bytes are
 * checked and cleaned as image_clean() does.  Thread-safe.
 */
struct copies;

/* Where the files go: stage_put(), or nowhere under check. */
struct copies_sink {
	int (*put)(void *ctx, struct str path, struct str bytes, struct diags *diags);
	void *ctx;
};

struct copy {
	char path[64]; /* below the site: "assets/images/HASH.png" */
	struct image image;
};

/* 0, or -1 with a diagnostic, *out NULL. */
int copies_open(struct copies **out, const char *dir, struct copies_sink sink,
		struct diags *diags);
/* NULL is fine. */
void copies_close(struct copies *c);
/* Of all names in the folder, and by what a changed file is known. */
void copies_digest(const struct copies *c, unsigned char digest[SHA256_SIZE]);

/*
 * The published copy of what is at the URL, one that url_safe() let through; it
 * lives as long as c.  NULL when there is none: a note (image-missing) that names
 * the post, or a warning (image-refused) where there is a file that can't be
 * shown.  A sink that fails has said so in diags.
 */
const struct copy *copies_find(struct copies *c, struct str url, struct str post,
			       struct diags *diags);
/* Appends the bytes that were published at that path, read again.  1; 0: copies_find()
 * gave none that stands there; -1: it can't be read, or shown, any more. */
int copies_read(struct copies *c, struct str path, struct buf *out, struct diags *diags);

#endif
