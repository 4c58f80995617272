/* A quotation marked where it stands.  The text is walked twice in the same way: once to
 * find it, once to split the nodes that hold it. */
#include "text/mark.h"

#include "base/mem.h"

struct walk {
	struct arena *arena;
	struct buf *text;  /* first walk: appended to; second: NULL */
	size_t at;         /* bytes of the text so far */
	bool due;          /* a blank, before the next byte */
	size_t from, to;   /* second walk: what is marked */
	bool marked;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Passes one byte; where it is in the text. */
static size_t pass(struct walk *w, char c)
{
	if (w->due && w->at) {
		if (w->text)
			buf_addc(w->text, ' ');
		w->at++;
	}
	w->due = false;
	if (w->text)
		buf_addc(w->text, c);
	return w->at++;
}

/* Passes a text; its part [*from, *to) is to be marked, empty when none is. */
static void pass_text(struct walk *w, struct str s, size_t *from, size_t *to)
{
	*from = *to = 0;
	for (size_t i = 0; i < s.n; i++) {
		size_t at = w->at;

		/* The first blank of a run is where the next byte would be; the quote
		 * neither begins nor ends with one. */
		if (is_blank(s.p[i]))
			w->due = true;
		else
			at = pass(w, s.p[i]);
		if (w->text || at < w->from || at >= w->to ||
		    (is_blank(s.p[i]) && at == w->from))
			continue;
		if (*to == 0)
			*from = i;
		*to = i + 1;
	}
}

static struct node *text_node(struct walk *w, const struct node *like, size_t from, size_t to)
{
	struct node *n = arena_new(w->arena, struct node);

	*n = *like;
	n->text = str_slice(like->text, from, to);
	n->next = NULL;
	return n;
}

/* n, as one or up to three nodes, goes to the end of parent. */
static void append_marked(struct walk *w, struct node *parent, struct node *n, size_t from,
			  size_t to)
{
	struct node *mark = arena_new(w->arena, struct node);

	mark->kind = NODE_MARK;
	/* Code is marked as a whole. */
	if (n->kind != NODE_TEXT) {
		from = 0;
		to = n->text.n;
	}
	if (from)
		node_append(parent, text_node(w, n, 0, from));
	node_append(mark, text_node(w, n, from, to));
	node_append(parent, mark);
	if (to < n->text.n)
		node_append(parent, text_node(w, n, to, n->text.n));
	w->marked = true;
}

static void walk(struct walk *w, struct node *n)
{
	struct node *c = n->first;

	n->first = n->last = NULL;
	for (struct node *next; c; c = next) {
		bool foreign = c->kind == NODE_QUOTE || c->kind == NODE_CODE_BLOCK;
		size_t from = 0, to = 0;

		next = c->next;
		c->next = NULL;
		w->due |= node_is_block(c->kind) || c->kind == NODE_BREAK;
		if (!foreign)
			pass_text(w, c->text, &from, &to);
		if (to) {
			append_marked(w, n, c, from, to);
		} else {
			node_append(n, c);
			if (!foreign)
				walk(w, c);
		}
		w->due |= node_is_block(c->kind);
	}
}

static void fold(struct buf *out, struct str s)
{
	struct walk w = { .text = out };
	size_t from, to;

	pass_text(&w, s, &from, &to);
}

bool body_mark(struct arena *a, struct body_tree *tree, struct str quote)
{
	struct buf text = BUF_INIT, wanted = BUF_INIT;
	struct walk first = { .arena = a, .text = &text }, second = { .arena = a };

	fold(&wanted, quote);
	walk(&first, tree->root);
	second.from = str_find(buf_str(&text), buf_str(&wanted));
	second.to = second.from + wanted.n;
	if (wanted.n && second.from < text.n)
		walk(&second, tree->root);
	buf_release(&text);
	buf_release(&wanted);
	return second.marked;
}
