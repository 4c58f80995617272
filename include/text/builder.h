#ifndef TEXT_BUILDER_H
#define TEXT_BUILDER_H

#include "base/arena.h"
#include "base/buf.h"
#include "text/tree.h"

/*
 * Makes the tree of text/tree.h out of a reader's events (this opens, text,
 * this closes), whatever their order, such that the tree always keeps HTML's
 * content model and a browser reads its serialisation back as the same tree:
 *
 *   - paragraphs, headings and inline elements hold inline content alone; a
 *     block inside them ends the line and they go on after it;
 *   - the root, quotations and details hold blocks alone: stray text gets a
 *     paragraph;
 *   - items stand in lists, rows in tables, cells in rows; what has no such
 *     parent is unwrapped, what has the wrong one gets an implied one;
 *   - a link holds no link; a summary comes first in its details.
 *
 * Paragraphs, headings and inline elements are made when their first content
 * arrives: empty ones leave nothing.  No line begins or ends with blanks, and
 * no inline element ends with them: they go behind it.
 *
 * Opening and closing must pair up; every builder_open_* is one level.
 */
enum {
	BUILDER_DEPTH = 200,  /* levels a reader may open */
	BUILDER_NESTING = 100 /* levels the finished tree may have */
};

struct builder_level {
	struct node like;    /* what to make, again after each block within */
	struct node *node;   /* containers: made and open */
	struct node *parent; /* inline elements: where the open one stands */
	bool implied;        /* closes with whatever it stands in */
};

struct builder {
	struct arena *arena; /* borrowed: holds the tree */
	struct node *root;
	struct buf text;     /* owned: characters not yet in the tree */
	struct node *line;   /* block that holds the line being written, or NULL */
	struct node *at;     /* innermost inline element of it */
	size_t made;         /* levels below this one have their node in the line */
	struct str owed;     /* in the arena: blanks that stand in the line if
			      * something follows them there */
	struct node *before; /* text that owed continues, or NULL */
	size_t owed_depth;   /* levels open where owed would stand */
	size_t code;         /* level whose text is being gathered, or 0 */
	bool at_start;       /* nothing but blanks since the line began */
	bool gap;            /* a break is due before the next text */
	bool code_gap;       /* likewise in gathered code */
	bool code_parted;    /* blocks were in it */
	size_t budget;       /* what may still be made; see builder_init */
	const char *failed;  /* static: why the tree can't be used, or NULL */
	size_t depth;
	struct builder_level levels[BUILDER_DEPTH];
};

/*
 * For a body of n bytes: the tree may grow to a fixed multiple of that, so
 * that elements made again in every block, or one address used by many links,
 * can't blow it up.
 */
void builder_init(struct builder *b, struct arena *a, size_t n);
/* The root, or NULL: b->failed says why. */
struct node *builder_finish(struct builder *b);
void builder_release(struct builder *b);

/* Characters, valid UTF-8; C0 controls but tab and LF are left out. */
void builder_text(struct builder *b, struct str s);
/* Any kind but text, root, rule, break and image.  What like's strings view
 * must live as long as the arena.  Code and code blocks gather the text up to
 * their close; elements within are unwrapped. */
void builder_open(struct builder *b, const struct node *like);
/* A level that leaves no node; a block one ends the line before and after. */
void builder_open_nothing(struct builder *b, bool block);
void builder_close(struct builder *b);
/* What follows within the open link, if there is one, isn't of it. */
void builder_end_link(struct builder *b);
/* A rule, break or image. */
void builder_add(struct builder *b, const struct node *like);
/* The language of the code block being gathered, unless it has one. */
void builder_language(struct builder *b, struct str language);

#endif
