#ifndef TEXT_BODY_H
#define TEXT_BODY_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "text/tree.h"

/*
 * A post's body in any of its formats, read into the one tree of text/tree.h.
 * Bodies are hostile: limits are counted in bytes, markers and depth, never
 * in time, so that every machine reads the same.
 */
enum body_format { BODY_MARKDOWN, BODY_HTML, BODY_TEXT };
extern const char *const body_format_names[]; /* "markdown", "html", "text", NULL */

/* Why a body was taken as plain text instead, NULL when it wasn't. */
struct body_tree {
	struct node *root;    /* in the arena; kind NODE_ROOT */
	const char *fallback; /* static, for a message: "more than 1048576 bytes" */
};

/*
 * Reads body into a tree in the arena.  Never fails: what exceeds a limit or
 * would lose text comes back as plain text with fallback set.  Safe to call
 * from several threads at once with different arenas.
 */
void body_read(struct arena *a, enum body_format format, struct str body,
	       struct body_tree *out);

/*
 * Appends what a reader sees of the body: text with blanks and line breaks
 * folded into one space, blocks (and lines of code) separated by a line feed,
 * quotations and code blocks kept or left out.
 */
enum { VISIBLE_NO_QUOTES = 1, VISIBLE_NO_CODE = 2 };
void body_visible(const struct body_tree *tree, unsigned how, struct buf *out);

/*
 * The same of the whole body, with what is not the author's own prose told apart:
 * ranges of the bytes that were appended, in order.  A line break stays a line
 * feed here where the line was short enough not to be a wrapped one, or a mark of a list
 * follows.
 */
struct body_spans {
	struct span {
		size_t from, to;
	} *items; /* owned */
	size_t n, cap;
};
void body_prose(const struct body_tree *tree, struct buf *out, struct body_spans *foreign);
void body_spans_release(struct body_spans *s);

#endif
