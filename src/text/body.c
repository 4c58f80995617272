/*
 * The way from a post's body to the tree: cleaning, choice of reader, the
 * fallback, plain text, and the text a reader sees.  What Markdown and HTML
 * mean is the readers'.
 */
#include "text/body.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "text/readers.h"

#include <stdlib.h>

const char *const body_format_names[] = { "markdown", "html", "text", NULL };

/* Markup beyond this is no post.  (Stack Exchange ends at 30,000 characters,
 * GitHub at 65,536.)  Plain text has no limit: reading it is linear. */
enum { MARKUP_BYTES = 1 << 20 };

/* Quotations in mail are rarely more than five deep. */
enum { MAIL_QUOTES = 16 };

static bool is_clean(struct str s)
{
	static const bool control[256] = {
		[0x00 ... 0x08] = true, [0x0b ... 0x1f] = true, [0x7f] = true,
	};

	return str_until(s, control) == s.n && utf8_valid(s);
}

/* Appends c unless HTML has no place for it; CR LF is one line end. */
static void add_clean(struct buf *out, char c, char next)
{
	if (c == '\r' && next != '\n')
		buf_addc(out, '\n');
	else if (c == '\f' || c == '\v')
		buf_addc(out, ' ');
	else if (c == '\t' || c == '\n' || ((unsigned char)c >= 0x20 && c != 0x7f))
		buf_addc(out, c);
}

/* Valid UTF-8 without control characters: body itself, or a copy in the arena. */
static struct str clean(struct arena *a, struct str body)
{
	struct buf whole = BUF_INIT, kept = BUF_INIT;
	struct str s;

	if (!body.n)
		return STR("");
	if (is_clean(body))
		return body;
	utf8_add_repaired(&whole, body);
	for (size_t i = 0; i < whole.n; i++)
		add_clean(&kept, whole.p[i], whole.p[i + 1]);
	s = arena_str(a, buf_str(&kept));
	buf_release(&whole);
	buf_release(&kept);
	return s;
}

static struct node *add(struct arena *a, struct node *parent, enum node_kind kind)
{
	struct node *n = arena_new(a, struct node);

	n->kind = kind;
	node_append(parent, n);
	return n;
}

/* Takes "> > " off the line and returns how many '>' that were. */
static unsigned quote_level(struct str *line)
{
	struct str s = *line;
	unsigned level = 0;

	while (level < MAIL_QUOTES) {
		struct str t = str_trim(s);

		if (!str_starts(t, STR(">")))
			break;
		s = str_slice(t, 1, t.n);
		level++;
	}
	*line = str_trim(s);
	return level;
}

/* Paragraphs between blank lines, line ends kept, lines behind '>' quoted. */
static void text_read(struct arena *a, struct node *root, struct str rest)
{
	struct node *at[MAIL_QUOTES + 1] = { root }, *paragraph = NULL;
	unsigned depth = 0;

	while (str_present(rest)) {
		struct str line = str_split(&rest, '\n');
		unsigned level = quote_level(&line);

		if (!line.n || level != depth)
			paragraph = NULL;
		if (!line.n)
			continue;
		if (level < depth)
			depth = level;
		for (; depth < level; depth++)
			at[depth + 1] = add(a, at[depth], NODE_QUOTE);
		if (paragraph)
			add(a, paragraph, NODE_BREAK);
		else
			paragraph = add(a, at[depth], NODE_PARAGRAPH);
		add(a, paragraph, NODE_TEXT)->text = line;
	}
}

static struct node *markup_read(struct arena *a, enum body_format format,
				struct str body, const char **failed)
{
	struct builder b;
	struct node *root;

	*failed = "more than 1048576 bytes";
	if (body.n > MARKUP_BYTES)
		return NULL;
	builder_init(&b, a, body.n);
	*failed = format == BODY_HTML ? html_read(&b, body) : markdown_read(&b, body);
	root = *failed ? NULL : builder_finish(&b);
	if (!*failed)
		*failed = b.failed;
	builder_release(&b);
	return root;
}

void body_read(struct arena *a, enum body_format format, struct str body,
	       struct body_tree *out)
{
	body = clean(a, body);
	*out = (struct body_tree){ NULL, NULL };
	if (format != BODY_TEXT)
		out->root = markup_read(a, format, body, &out->fallback);
	if (out->root)
		return;
	out->root = arena_new(a, struct node);
	text_read(a, out->root, arena_str(a, body));
}

struct visible {
	struct buf *out;
	unsigned how;
	size_t start; /* out->n where this text began */
	char due;     /* what separates the next character from the last, or 0 */
	size_t line;  /* out->n where the line began; prose only */
	struct body_spans *foreign; /* prose: where quotations and code blocks go */
};

static void see_text(struct visible *v, struct str s)
{
	static const bool blank[256] = { [' '] = true, ['\t'] = true, ['\n'] = true };

	while (s.n) {
		size_t n = str_until(s, blank);

		if (n && v->due && v->out->n > v->start)
			buf_addc(v->out, v->due);
		if (n && v->due == '\n')
			v->line = v->out->n;
		if (n)
			v->due = 0;
		buf_add(v->out, s.p, n);
		if (n < s.n && !v->due)
			v->due = ' ';
		s = str_slice(s, n + 1, s.n);
	}
}

static void see_code(struct visible *v, struct str rest)
{
	while (str_present(rest)) {
		see_text(v, str_split(&rest, '\n'));
		v->due = '\n';
	}
}

/* Plain text and mails are wrapped behind the 60th column. */
enum { WRAPPED = 60 };

static bool starts_item(const struct node *n)
{
	struct str s = n ? n->text : STR_NONE;

	return s.n > 1 && strchr("*-#+", s.p[0]) && s.p[1] == ' ';
}

static void see_break(struct visible *v, const struct node *n)
{
	if (v->foreign && (v->out->n - v->line < WRAPPED || starts_item(n->next)))
		v->due = '\n';
	else
		see_text(v, STR(" "));
}

static void see(struct visible *v, const struct node *n);

/* Its bytes, as they would be seen, are noted. */
static void see_foreign(struct visible *v, const struct node *n)
{
	struct body_spans *all = v->foreign;
	size_t from = v->out->n;

	v->foreign = NULL;
	see(v, n);
	v->foreign = all;
	if (v->out->n == from)
		return;
	GROW(all->items, all->n, all->cap);
	all->items[all->n++] = (struct span){ from, v->out->n };
}

static void see(struct visible *v, const struct node *n)
{
	if (v->foreign && (n->kind == NODE_QUOTE || n->kind == NODE_CODE_BLOCK)) {
		see_foreign(v, n);
		return;
	}
	if ((n->kind == NODE_QUOTE && v->how & VISIBLE_NO_QUOTES) ||
	    (n->kind == NODE_CODE_BLOCK && v->how & VISIBLE_NO_CODE)) {
		v->due = '\n';
		return;
	}
	if (node_is_block(n->kind))
		v->due = '\n';
	if (n->kind == NODE_BREAK)
		see_break(v, n);
	else if (n->kind == NODE_CODE_BLOCK)
		see_code(v, n->text);
	else
		see_text(v, n->text);
	for (const struct node *c = n->first; c; c = c->next)
		see(v, c);
	if (node_is_block(n->kind))
		v->due = '\n';
}

void body_visible(const struct body_tree *tree, unsigned how, struct buf *out)
{
	struct visible v = { .out = out, .how = how, .start = out->n };

	see(&v, tree->root);
}

void body_prose(const struct body_tree *tree, struct buf *out, struct body_spans *foreign)
{
	struct visible v = { .out = out, .start = out->n, .line = out->n,
			     .foreign = foreign };

	see(&v, tree->root);
}

void body_spans_release(struct body_spans *s)
{
	free(s->items);
	*s = (struct body_spans){ .items = NULL };
}
