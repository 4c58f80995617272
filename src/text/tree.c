/* Links between nodes.  Who makes them, and in which order, is builder's. */
#include "text/tree.h"

bool node_is_block(enum node_kind kind)
{
	return kind < NODE_EMPH && kind != NODE_TEXT;
}

void node_append(struct node *parent, struct node *child)
{
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
}

unsigned node_depth(const struct node *n)
{
	unsigned depth = 0;

	for (const struct node *c = n->first; c; c = c->next) {
		unsigned below = node_depth(c) + 1;

		if (below > depth)
			depth = below;
	}
	return depth;
}
