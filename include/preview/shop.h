#ifndef PREVIEW_SHOP_H
#define PREVIEW_SHOP_H

#include "publish/place.h"

/*
 * Product pages given as a folder, served with the conversations where they belong: between
 * the markers of `place`, and where the web server would include a fragment (SSI, ESI).
 * Nothing is written.  Nothing outside of the folder is read, nor what a link in it leads
 * to.
 */
struct shop;

/* 0, or -1 with a diagnostic and *out NULL: there is no such folder. */
int shop_open(struct shop **out, const char *dir, struct diags *diags);
void shop_close(struct shop *s); /* NULL is fine */
/*
 * Appends the file below the folder, a page with its fragments; whose they are is in
 * placed, in the arena.  1; 0: there is no such file; -1: it couldn't be read.  A page
 * with mistakes is there as it is in the folder, with diagnostics.
 */
int shop_get(struct shop *s, struct str name, const struct place_source *from,
	     struct arena *arena, struct placed *placed, struct buf *out,
	     struct diags *diags);
/* Appends a page that lists the pages with a place; their mistakes are diagnostics. */
int shop_index(struct shop *s, const struct place_source *from, struct buf *out,
	       struct diags *diags);

#endif
