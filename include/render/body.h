#ifndef RENDER_BODY_H
#define RENDER_BODY_H

#include "base/arena.h"
#include "base/buf.h"
#include "render/copies.h"
#include "text/body.h"

/*
 * The sanitising serialiser: the one way from a post's body to HTML.
 * Element and attribute names come from static tables, every attribute
 * is double-quoted, and & < > " ' ` are escaped without exception.  What is
 * loaded is a copy of ours, its address beginning with VALUE_ROOT, or nothing.
 */
struct body_style {
	struct str base_url;   /* of the post or its thread: resolves relative links */
	int heading_base;      /* a post's outline begins with <hN>, and ends at h6 */
	struct copies *copies; /* NULL: images are links */
	struct str name;       /* of the post, where a copy's diagnostics are told */
	struct diags *diags;   /* with copies */
};

/* Appends the HTML of the tree to out.  Sanitising its own output again
 * changes nothing but images with a copy. */
void body_html(const struct body_tree *tree, const struct body_style *style,
	       struct buf *out);

#endif
