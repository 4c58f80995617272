#ifndef TEXT_TREE_H
#define TEXT_TREE_H

#include "base/str.h"

#include <stdbool.h>

/*
 * The allow-list tree: what a post may consist of.  Readers (markdown, html,
 * plain text) make it, the serialiser (render/body.h) writes it, and nothing
 * else gets from one to the other.  Everything lives in the reader's arena.
 */
enum node_kind {
	NODE_ROOT,
	NODE_TEXT,      /* text: characters as read, entities decoded */
	NODE_PARAGRAPH,
	NODE_HEADING,   /* level 1 to 6 */
	NODE_QUOTE,     /* block quote: another person's words */
	NODE_CODE_BLOCK, /* text; language in text2, may be absent */
	NODE_LIST,      /* ordered: start */
	NODE_ITEM,
	NODE_RULE,
	NODE_TABLE, NODE_ROW, NODE_CELL, /* header cells: level 1; align unused */
	NODE_DETAILS, NODE_SUMMARY,
	NODE_DEFINITIONS, NODE_TERM, NODE_DEFINITION, /* dl dt dd */
	NODE_EMPH, NODE_STRONG, NODE_STRIKE, NODE_SUB, NODE_SUP, NODE_KBD,
	NODE_UNDERLINE, NODE_MARK, NODE_SMALL, NODE_ABBR,
	NODE_CODE,      /* inline; text */
	NODE_BREAK,     /* <br> */
	NODE_LINK,      /* url as written */
	NODE_IMAGE,     /* url as written; text: alt, no blanks around it */
	NODE_KIND_COUNT
};

struct node {
	enum node_kind kind;
	signed char level;   /* heading, header cell */
	bool ordered;        /* lists */
	int start;           /* ordered lists */
	struct str text;     /* text, code, alt */
	struct str url;      /* links and images, not yet checked */
	struct str text2;    /* language of a code block, title of an abbreviation */
	struct node *first, *last, *next; /* children in order; sibling */
};

/* What stands on lines of its own; the rest is inline. */
bool node_is_block(enum node_kind kind);
/* Appends child to parent. */
void node_append(struct node *parent, struct node *child);
/* Levels below the node itself: 0 for a leaf. */
unsigned node_depth(const struct node *n);

#endif
