#ifndef PUBLISH_PLACE_MARKERS_H
#define PUBLISH_PLACE_MARKERS_H

#include "base/diag.h"
#include "base/str.h"

/*
 * Where a page of a shop wants conversations: between the comments
 *
 *	<!-- candor:SLUG -->  and  <!-- /candor -->
 *
 * A marker is a comment as a browser sees it, in any encoding that ASCII is a part
 * of; what only looks like one (in a script, a text field, an attribute, another
 * comment) is left alone and warned of.
 */
struct spot {
	struct str slug;            /* one word, as written */
	unsigned long line, column; /* of its marker, in a page of any encoding */
	size_t from, to;            /* the bytes between its two markers */
};

struct spots {
	struct spot *items; /* owned, in order; the slugs are views of the page */
	size_t n, cap;
};

#define SPOTS_INIT { NULL, 0, 0 }

/* 0, or -1 with a diagnostic for each mistake (marker-broken).  Release in both
 * cases. */
int spots_find(struct spots *spots, const char *path, struct str page,
	       struct diags *diags);
void spots_release(struct spots *spots);

#endif
