/*
 * The content model.  Knows nothing of Markdown, HTML's syntax or limits on
 * input; those are the readers'.
 */
#include "text/builder.h"

#include "base/mem.h"

/* The level that builder_open_nothing makes; level 1: a block one. */
#define NOTHING NODE_KIND_COUNT

enum place {
	LEAF,      /* holds text alone, or nothing */
	INLINE,    /* made when content comes, and again in each further line */
	LINE,      /* paragraph, heading: likewise, one at a time */
	FLOW,      /* holds blocks, and lines as they are */
	FLOW_WRAP, /* holds blocks; lines get a paragraph */
	STRUCTURE, /* holds one kind of child only */
	HOLDER     /* holds one line; blocks in it become line breaks */
};

static const struct {
	enum place place;
	enum node_kind child;  /* STRUCTURE: what stray content is put into */
	enum node_kind parent; /* the only place it may stand in; 0: any */
} model[NODE_KIND_COUNT + 1] = {
	[NODE_ROOT] = { FLOW_WRAP, 0, 0 },
	[NODE_TEXT] = { LEAF, 0, 0 },
	[NODE_PARAGRAPH] = { LINE, 0, 0 },
	[NODE_HEADING] = { LINE, 0, 0 },
	[NODE_QUOTE] = { FLOW_WRAP, 0, 0 },
	[NODE_CODE_BLOCK] = { LEAF, 0, 0 },
	[NODE_LIST] = { STRUCTURE, NODE_ITEM, 0 },
	[NODE_ITEM] = { FLOW, 0, NODE_LIST },
	[NODE_RULE] = { LEAF, 0, 0 },
	[NODE_TABLE] = { STRUCTURE, NODE_ROW, 0 },
	[NODE_ROW] = { STRUCTURE, NODE_CELL, NODE_TABLE },
	[NODE_CELL] = { FLOW, 0, NODE_ROW },
	[NODE_DETAILS] = { FLOW_WRAP, 0, 0 },
	[NODE_SUMMARY] = { HOLDER, 0, NODE_DETAILS },
	[NODE_DEFINITIONS] = { STRUCTURE, NODE_DEFINITION, 0 },
	[NODE_TERM] = { HOLDER, 0, NODE_DEFINITIONS },
	[NODE_DEFINITION] = { FLOW, 0, NODE_DEFINITIONS },
	[NODE_EMPH] = { INLINE, 0, 0 },
	[NODE_STRONG] = { INLINE, 0, 0 },
	[NODE_STRIKE] = { INLINE, 0, 0 },
	[NODE_SUB] = { INLINE, 0, 0 },
	[NODE_SUP] = { INLINE, 0, 0 },
	[NODE_KBD] = { INLINE, 0, 0 },
	[NODE_UNDERLINE] = { INLINE, 0, 0 },
	[NODE_MARK] = { INLINE, 0, 0 },
	[NODE_SMALL] = { INLINE, 0, 0 },
	[NODE_ABBR] = { INLINE, 0, 0 },
	[NODE_CODE] = { LEAF, 0, 0 },
	[NODE_BREAK] = { LEAF, 0, 0 },
	[NODE_LINK] = { INLINE, 0, 0 },
	[NODE_IMAGE] = { LEAF, 0, 0 },
	[NOTHING] = { LEAF, 0, 0 },
};

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static size_t without_trailing_blanks(struct str s)
{
	while (s.n && blank(s.p[s.n - 1]))
		s.n--;
	return s.n;
}

/* What a node without an address costs of the budget: no sound body makes more
 * than one of each byte. */
enum { NODE_COST = 16 };

static struct node *make(struct builder *b, struct node *parent, const struct node *like)
{
	struct node *n = arena_memdup(b->arena, like, sizeof(*like));
	size_t cost = NODE_COST + like->url.n + like->text2.n;

	if (cost > b->budget)
		b->failed = "more nodes than characters";
	else
		b->budget -= cost;
	node_append(parent, n);
	return n;
}

static struct node *make_kind(struct builder *b, struct node *parent, enum node_kind kind)
{
	return make(b, parent, &(struct node){ .kind = kind });
}

/* s is in the arena. */
static struct node *make_text(struct builder *b, struct node *parent, struct str s)
{
	return make(b, parent, &(struct node){ .kind = NODE_TEXT, .text = s });
}

static struct builder_level *push(struct builder *b, const struct node *like)
{
	struct builder_level *l;

	if (b->depth == BUILDER_DEPTH) {
		b->failed = "nesting of more than 200 elements";
		return NULL;
	}
	l = &b->levels[b->depth++];
	*l = (struct builder_level){ .like = *like };
	return l;
}

static struct builder_level *container(struct builder *b)
{
	size_t i = b->depth - 1;

	while (!b->levels[i].node)
		i--;
	return &b->levels[i];
}

static bool in_holder(struct builder *b)
{
	return model[container(b)->like.kind].place == HOLDER;
}

/* A container is made at once, below the innermost open one. */
static void push_container(struct builder *b, const struct node *like, bool implied)
{
	struct node *parent = container(b)->node;
	struct builder_level *l = push(b, like);

	if (!l)
		return;
	l->node = make(b, parent, like);
	l->implied = implied;
}

/* The innermost container, after making it one that takes blocks and lines. */
static struct node *flow(struct builder *b)
{
	struct node *c = container(b)->node;

	while (model[c->kind].place == STRUCTURE && !b->failed) {
		push_container(b, &(struct node){ .kind = model[c->kind].child }, true);
		c = container(b)->node;
	}
	/* A browser shows its own word for a missing summary; so do we. */
	if (c->kind == NODE_DETAILS && !c->first)
		make_text(b, make_kind(b, c, NODE_SUMMARY), STR("Details"));
	return c;
}

static void begin_line(struct builder *b)
{
	struct node *parent = flow(b);
	const struct builder_level *c = container(b), *block = NULL;

	for (const struct builder_level *l = c + 1; l < b->levels + b->depth; l++)
		if (model[l->like.kind].place == LINE)
			block = l;
	if (block)
		b->line = make(b, parent, &block->like);
	else if (model[parent->kind].place == FLOW_WRAP)
		b->line = make_kind(b, parent, NODE_PARAGRAPH);
	else
		b->line = parent;
	b->at = b->line;
	b->made = 0;
}

/* Opens the line, and in it the inline elements among the first levels. */
static struct node *line_to(struct builder *b, size_t depth)
{
	if (!b->line)
		begin_line(b);
	for (; b->made < depth; b->made++) {
		struct builder_level *l = &b->levels[b->made];

		if (model[l->like.kind].place != INLINE)
			continue;
		l->parent = b->at;
		b->at = make(b, b->at, &l->like);
	}
	return b->at;
}

/* Where inline content goes now. */
static struct node *line(struct builder *b)
{
	if (b->owed.n && b->before)
		b->before->text.n += b->owed.n;
	else if (b->owed.n)
		make_text(b, line_to(b, b->owed_depth), b->owed);
	b->owed = STR_NONE;
	line_to(b, b->depth);
	/* Opening the line may have put implied containers on top. */
	line_to(b, b->depth);
	if (b->gap)
		make_kind(b, b->at, NODE_BREAK);
	b->at_start = b->gap = false;
	return b->at;
}

static void owe(struct builder *b, struct str blanks, struct node *before)
{
	if (b->at_start || b->gap || b->owed.n)
		return;
	b->owed = blanks;
	b->before = before;
	b->owed_depth = b->depth;
}

static void flush(struct builder *b)
{
	struct str s = buf_str(&b->text);
	struct node *n;
	size_t end;

	if (b->at_start || b->gap || b->owed.n)
		while (s.n && blank(s.p[0]))
			s = str_slice(s, 1, s.n);
	if (s.n) {
		s = arena_str(b->arena, s);
		end = without_trailing_blanks(s);
		n = end ? make_text(b, line(b), str_slice(s, 0, end)) : NULL;
		owe(b, str_slice(s, end, s.n), n);
	}
	buf_reset(&b->text);
}

static void finish_line(struct builder *b)
{
	flush(b);
	b->owed = STR_NONE;
	b->line = b->at = NULL;
	b->at_start = true;
	b->gap = false;
}

/* A block begins or ends here. */
static void end_line(struct builder *b)
{
	if (!in_holder(b)) {
		finish_line(b);
		return;
	}
	flush(b);
	b->owed = STR_NONE;
	b->gap = !b->at_start;
}

/* A block begins or ends within code: what follows is on a new line, and the
 * indentation of the tags is none of the code. */
static void part_code(struct builder *b)
{
	struct str s = buf_str(&b->text);

	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	if (!without_trailing_blanks(s))
		s.n = 0;
	buf_cut(&b->text, s.n);
	b->code_gap = s.n;
	b->code_parted = true;
}

void builder_open_nothing(struct builder *b, bool block)
{
	if (b->failed)
		return;
	if (block && b->code)
		part_code(b);
	else if (block)
		end_line(b);
	push(b, &(struct node){ .kind = NOTHING, .level = block });
}

static void open_code(struct builder *b, const struct node *like)
{
	struct node own = *like;

	if (own.kind == NODE_CODE_BLOCK && in_holder(b))
		own.kind = NODE_CODE;
	if (own.kind == NODE_CODE)
		flush(b);
	else
		end_line(b);
	if (push(b, &own))
		b->code = b->depth - 1;
}

static void close_code(struct builder *b)
{
	struct builder_level *l = &b->levels[b->code];
	struct node own = l->like;

	if (b->code_parted)
		buf_cut(&b->text, without_trailing_blanks(buf_str(&b->text)));
	own.text = arena_str(b->arena, buf_str(&b->text));
	buf_reset(&b->text);
	l->like = (struct node){ .kind = NOTHING };
	b->code = 0;
	b->code_gap = b->code_parted = false;
	if (own.kind == NODE_CODE_BLOCK) {
		finish_line(b);
		make(b, flow(b), &own);
	} else if (own.text.n) {
		make(b, line(b), &own);
	}
}

/* Ends the link that is open; what was open within it goes on without. */
static void end_link(struct builder *b)
{
	for (size_t i = 1; i < b->depth; i++) {
		struct builder_level *l = &b->levels[i];

		if (l->like.kind != NODE_LINK)
			continue;
		if (b->line && b->made > i) {
			b->at = l->parent;
			b->made = i;
		}
		if (b->owed_depth > i) {
			b->owed_depth = i;
			b->before = NULL;
		}
		l->like.kind = NOTHING;
	}
}

void builder_end_link(struct builder *b)
{
	if (b->failed || b->code)
		return;
	flush(b);
	end_link(b);
}

static void open_inline(struct builder *b, const struct node *like)
{
	flush(b);
	if (like->kind == NODE_LINK)
		end_link(b);
	push(b, like);
}

static bool line_open(struct builder *b, enum node_kind kind)
{
	for (const struct builder_level *l = container(b) + 1;
	     l < b->levels + b->depth; l++)
		if (l->like.kind == kind)
			return true;
	return false;
}

static void open_line(struct builder *b, const struct node *like)
{
	const struct node *c = container(b)->node;
	struct node own = *like;

	if (in_holder(b) ||
	    (own.kind == NODE_PARAGRAPH && line_open(b, NODE_HEADING))) {
		builder_open_nothing(b, true);
		return;
	}
	if (own.kind == NODE_HEADING && c->kind == NODE_CELL && c->level == 1)
		own.kind = NODE_PARAGRAPH;
	end_line(b);
	push(b, &own);
}

/* Makes the innermost container one of the kind that `kind` must stand in. */
static bool find_parent(struct builder *b, enum node_kind kind)
{
	enum node_kind wanted = model[kind].parent;
	struct builder_level *c = container(b);

	for (; c->implied && c->like.kind != wanted; c = container(b)) {
		c->node = NULL;
		c->like.kind = NOTHING;
	}
	if (wanted == NODE_ROW && c->like.kind == NODE_TABLE)
		push_container(b, &(struct node){ .kind = NODE_ROW }, true);
	c = container(b);
	return c->like.kind == wanted &&
	       (kind != NODE_SUMMARY || !c->node->first);
}

static void open_container(struct builder *b, const struct node *like)
{
	bool fits = !in_holder(b);

	if (fits) {
		finish_line(b);
		if (model[like->kind].parent)
			fits = find_parent(b, like->kind);
		else
			flow(b);
	}
	if (fits && !b->failed)
		push_container(b, like, false);
	else
		builder_open_nothing(b, true);
}

void builder_open(struct builder *b, const struct node *like)
{
	enum place place = model[like->kind].place;

	if (b->failed)
		return;
	if (b->code) {
		struct node *code = &b->levels[b->code].like;

		/* <code><pre> is a code block written inside out. */
		if (like->kind == NODE_CODE_BLOCK && !in_holder(b) &&
		    !without_trailing_blanks(buf_str(&b->text)))
			code->kind = NODE_CODE_BLOCK;
		builder_open_nothing(b, place != INLINE && like->kind != NODE_CODE);
	} else if (place == INLINE) {
		open_inline(b, like);
	} else if (place == LINE) {
		open_line(b, like);
	} else if (place == LEAF) {
		open_code(b, like);
	} else {
		open_container(b, like);
	}
}

static void finish_container(struct builder *b, struct node *n)
{
	finish_line(b);
	if (n->kind == NODE_DETAILS)
		flow(b);
}

static bool is_block(const struct builder_level *l)
{
	return model[l->like.kind].place == LINE ||
	       (l->like.kind == NOTHING && l->like.level);
}

static void pop(struct builder *b)
{
	struct builder_level *l = &b->levels[b->depth - 1];
	enum place place = model[l->like.kind].place;
	bool block = is_block(l);

	if (l->node)
		finish_container(b, l->node);
	else if (block && b->code)
		part_code(b);
	else if (block)
		end_line(b);
	else if (place == INLINE && b->line && b->made >= b->depth)
		b->at = l->parent;
	b->depth--;
	if (b->made > b->depth)
		b->made = b->depth;
	if (b->owed_depth > b->depth) {
		b->owed_depth = b->depth;
		b->before = NULL;
	}
}

void builder_close(struct builder *b)
{
	bool implied = true;

	if (b->failed || b->depth == 1)
		return;
	/* What is written first may put implied containers on top, which close
	 * along. */
	if (b->code == b->depth - 1)
		close_code(b);
	else if (!b->code)
		flush(b);
	while (implied) {
		implied = b->levels[b->depth - 1].implied;
		pop(b);
	}
}

/* Leaves out characters that HTML doesn't allow, not even as references. */
static void add_kept(struct buf *out, struct str s)
{
	static const bool control[256] = {
		[0x00 ... 0x08] = true, [0x0b ... 0x1f] = true, [0x7f] = true,
	};

	while (s.n) {
		size_t n = str_until(s, control);

		buf_add(out, s.p, n);
		s = str_slice(s, n + 1, s.n);
	}
}

void builder_text(struct builder *b, struct str s)
{
	char gap = b->levels[b->code].like.kind == NODE_CODE ? ' ' : '\n';

	if (b->code_gap && s.n) {
		if (b->text.p[b->text.n - 1] != gap)
			buf_addc(&b->text, gap);
		b->code_gap = false;
	}
	add_kept(&b->text, s);
}

static void add_to_line(struct builder *b, const struct node *like)
{
	struct node own = *like;
	struct buf text = BUF_INIT;

	flush(b);
	/* A break before any text only moves the text down. */
	if (own.kind == NODE_BREAK && b->at_start)
		return;
	add_kept(&text, own.text);
	own.text = arena_str(b->arena, str_trim(buf_str(&text)));
	buf_release(&text);
	make(b, line(b), &own);
}

void builder_add(struct builder *b, const struct node *like)
{
	if (b->failed)
		return;
	if (b->code) {
		if (like->kind == NODE_IMAGE)
			builder_text(b, like->text);
		else
			builder_text(b, STR("\n"));
	} else if (like->kind != NODE_RULE) {
		add_to_line(b, like);
	} else {
		end_line(b);
		if (!in_holder(b))
			make(b, flow(b), like);
	}
}

void builder_language(struct builder *b, struct str language)
{
	struct node *code = &b->levels[b->code].like;

	if (b->code && code->kind == NODE_CODE_BLOCK && !str_present(code->text2))
		code->text2 = language;
}

void builder_init(struct builder *b, struct arena *a, size_t n)
{
	b->arena = a;
	b->root = arena_new(a, struct node);
	buf_init(&b->text);
	b->line = b->at = NULL;
	b->owed = STR_NONE;
	b->before = NULL;
	b->owed_depth = b->made = b->code = 0;
	b->at_start = true;
	b->gap = b->code_gap = b->code_parted = false;
	b->budget = (n + 1024) * NODE_COST;
	b->failed = NULL;
	b->depth = 1;
	b->levels[0] = (struct builder_level){ .node = b->root };
}

struct node *builder_finish(struct builder *b)
{
	while (b->depth > 1 && !b->failed)
		builder_close(b);
	if (!b->failed)
		finish_line(b);
	if (!b->failed && node_depth(b->root) > BUILDER_NESTING)
		b->failed = "nesting of more than 100 levels";
	return b->failed ? NULL : b->root;
}

void builder_release(struct builder *b)
{
	buf_release(&b->text);
}
