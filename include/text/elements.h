#ifndef TEXT_ELEMENTS_H
#define TEXT_ELEMENTS_H

#include "base/str.h"
#include "text/tree.h"

/* What becomes of HTML's elements in a post.  Those not in the table are
 * unwrapped: what they hold stays. */
enum element_fate {
	ELEMENT_NODE,  /* becomes kind */
	ELEMENT_ALONE, /* becomes kind and holds nothing: br, hr, img */
	ELEMENT_BLOCK, /* unwrapped; ends the line before and after */
	ELEMENT_DROP,  /* goes with all that it holds */
	ELEMENT_RAW    /* likewise; its text isn't markup to a browser */
};

struct element {
	const char *name;
	enum element_fate fate;
	enum node_kind kind;
	signed char level;
	bool shown; /* of what is dropped: browsers show its text */
};

/* Why a post with such a text isn't read. */
#define ELEMENT_TEXT_LOST "dropped text, of an element such as <svg> or <textarea>"

/* NULL for those that are unwrapped; ASCII case doesn't matter. */
const struct element *element_find(struct str name);

#endif
