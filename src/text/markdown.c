/*
 * Markdown to the tree: the one file that knows cmark.  Raw HTML in a post is
 * not read here: cmark renders the whole, and the HTML reader takes it.
 */
#include "base/mem.h"
#include "text/markdown.h"
#include "text/mdlimits.h"
#include "text/readers.h"

#define CMARK_NO_SHORT_NAMES
#include <cmark.h>
#include <pthread.h>

/* cmark's output for a body of the largest size may be many times that. */
enum { RENDERED_BYTES = 8 << 20 };

/*
 * cmark's own allocator aborts where memory runs out; this one dies as the
 * rest of the program does.  The hook has no context, hence this: the arena of the call in
 * progress on this thread.  Nothing is freed one by one.
 */
static _Thread_local struct arena scratch = ARENA_INIT;
static pthread_key_t scratch_key;
static pthread_once_t scratch_once = PTHREAD_ONCE_INIT;

static void scratch_release(void *arena)
{
	arena_release(arena);
}

static void scratch_make_key(void)
{
	if (pthread_key_create(&scratch_key, scratch_release))
		die("no thread key left");
}

/* The arena is reset after each post and goes away with its thread. */
static void scratch_begin(void)
{
	pthread_once(&scratch_once, scratch_make_key);
	pthread_setspecific(scratch_key, &scratch);
}

struct chunk {
	size_t n; /* bytes of data, a multiple of 16 */
	_Alignas(16) char data[];
};

static struct chunk *chunk_of(void *p)
{
	return (struct chunk *)((char *)p - offsetof(struct chunk, data));
}

static void *scratch_calloc(size_t count, size_t size)
{
	size_t n = (arena_product(count, size) + 15) & ~(size_t)15;
	struct chunk *c = arena_zalloc(&scratch, sizeof(*c) + n);

	c->n = n;
	return c->data;
}

static void *scratch_realloc(void *p, size_t size)
{
	struct chunk *c = p ? chunk_of(p) : NULL;
	size_t n = (size + 15) & ~(size_t)15;
	void *copy;

	if (c && n <= c->n)
		return p;
	/* The newest chunk grows where it is. */
	if (c && c->data + c->n == scratch.at &&
	    n - c->n <= (size_t)(scratch.end - scratch.at)) {
		scratch.at += n - c->n;
		c->n = n;
		return p;
	}
	copy = scratch_calloc(1, n);
	return c ? memcpy(copy, p, c->n) : copy;
}

static void scratch_free(void *p)
{
	(void)p;
}

static cmark_mem scratch_mem = { scratch_calloc, scratch_realloc, scratch_free };

static bool has_raw_html(cmark_node *n)
{
	cmark_iter *iter = cmark_iter_new(n);
	bool found = false;

	while (!found && cmark_iter_next(iter) != CMARK_EVENT_DONE) {
		cmark_node_type type = cmark_node_get_type(cmark_iter_get_node(iter));

		found = type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE;
	}
	cmark_iter_free(iter);
	return found;
}

static void add_literal(struct builder *b, cmark_node *n)
{
	builder_text(b, str_of(cmark_node_get_literal(n)));
}

static struct str copy(struct builder *b, const char *s)
{
	return arena_str(b->arena, str_of(s));
}

/* The text of an image's description, without its markup. */
static void add_plain(struct buf *out, cmark_node *n)
{
	cmark_iter *iter = cmark_iter_new(n);
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *at = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(at);

		if (event != CMARK_EVENT_ENTER)
			continue;
		if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
			buf_adds(out, cmark_node_get_literal(at));
		else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
			buf_addc(out, ' ');
	}
	cmark_iter_free(iter);
}

static void add_image(struct builder *b, cmark_node *n)
{
	struct buf alt = BUF_INIT;

	add_plain(&alt, n);
	builder_add(b, &(struct node){
		.kind = NODE_IMAGE,
		.url = copy(b, cmark_node_get_url(n)),
		.text = arena_str(b->arena, buf_str(&alt)),
	});
	buf_release(&alt);
}

/* The info string's first word. */
static struct str fence_language(struct builder *b, cmark_node *n)
{
	struct str info = str_trim(str_of(cmark_node_get_fence_info(n)));
	size_t end = 0;

	while (end < info.n && info.p[end] != ' ' && info.p[end] != '\t')
		end++;
	return end ? arena_str(b->arena, str_slice(info, 0, end)) : STR_NONE;
}

static void add_code(struct builder *b, enum node_kind kind, struct str language,
		     cmark_node *n)
{
	builder_open(b, &(struct node){ .kind = kind, .text2 = language });
	add_literal(b, n);
	builder_close(b);
}

static bool in_tight_list(cmark_node *paragraph)
{
	cmark_node *item = cmark_node_parent(paragraph);
	cmark_node *list = cmark_node_get_type(item) == CMARK_NODE_ITEM
				   ? cmark_node_parent(item) : NULL;

	return list && cmark_node_get_list_tight(list);
}

/* True when n holds nothing to visit. */
static bool add_leaf(struct builder *b, cmark_node *n)
{
	switch (cmark_node_get_type(n)) {
	case CMARK_NODE_TEXT:
		add_literal(b, n);
		return true;
	case CMARK_NODE_SOFTBREAK:
		builder_text(b, STR("\n"));
		return true;
	case CMARK_NODE_LINEBREAK:
		builder_add(b, &(struct node){ .kind = NODE_BREAK });
		return true;
	case CMARK_NODE_THEMATIC_BREAK:
		builder_add(b, &(struct node){ .kind = NODE_RULE });
		return true;
	case CMARK_NODE_IMAGE:
		add_image(b, n);
		return true;
	case CMARK_NODE_CODE:
		add_code(b, NODE_CODE, STR_NONE, n);
		return true;
	case CMARK_NODE_CODE_BLOCK:
		add_code(b, NODE_CODE_BLOCK, fence_language(b, n), n);
		return true;
	default:
		return false;
	}
}

static void open_node(struct builder *b, cmark_node *n)
{
	struct node like = { 0 };

	switch (cmark_node_get_type(n)) {
	case CMARK_NODE_BLOCK_QUOTE:
		like.kind = NODE_QUOTE;
		break;
	case CMARK_NODE_LIST:
		like.kind = NODE_LIST;
		like.ordered = cmark_node_get_list_type(n) == CMARK_ORDERED_LIST;
		like.start = like.ordered ? cmark_node_get_list_start(n) : 0;
		break;
	case CMARK_NODE_ITEM:
		like.kind = NODE_ITEM;
		like.level = -1;
		break;
	case CMARK_NODE_HEADING:
		like.kind = NODE_HEADING;
		like.level = (signed char)cmark_node_get_heading_level(n);
		break;
	case CMARK_NODE_PARAGRAPH:
		like.kind = NODE_PARAGRAPH;
		break;
	case CMARK_NODE_EMPH:
		like.kind = NODE_EMPH;
		break;
	case CMARK_NODE_STRONG:
		like.kind = NODE_STRONG;
		break;
	case CMARK_NODE_LINK:
		like.kind = NODE_LINK;
		like.url = copy(b, cmark_node_get_url(n));
		break;
	default:
		break;
	}
	if (like.kind == NODE_ROOT ||
	    (like.kind == NODE_PARAGRAPH && in_tight_list(n)))
		builder_open_nothing(b, true);
	else
		builder_open(b, &like);
}

/* Recursion ends where the builder's levels do. */
static void visit(struct builder *b, cmark_node *n)
{
	if (b->failed || add_leaf(b, n))
		return;
	open_node(b, n);
	for (cmark_node *c = cmark_node_first_child(n); c; c = cmark_node_next(c))
		visit(b, c);
	builder_close(b);
}

static const char *read_rendered(struct builder *b, cmark_node *document)
{
	struct str html = str_of(cmark_render_html(document, CMARK_OPT_UNSAFE));

	if (html.n > RENDERED_BYTES)
		return "bytes";
	builder_release(b);
	builder_init(b, b->arena, html.n);
	return html_read(b, html);
}

static const char *parse(struct builder *b, struct str body)
{
	cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &scratch_mem);
	cmark_node *document;

	cmark_parser_feed(parser, body.p, body.n);
	document = cmark_parser_finish(parser);
	if (str_index(body, '<') < body.n && has_raw_html(document))
		return read_rendered(b, document);
	visit(b, document);
	return b->failed;
}

const char *markdown_read(struct builder *b, struct str body)
{
	const char *failed = markdown_limits(body);

	if (failed)
		return failed;
	scratch_begin();
	failed = parse(b, body);
	arena_reset(&scratch);
	return failed;
}

void markdown_page(struct str text, struct buf *html)
{
	const int options = CMARK_OPT_UNSAFE | CMARK_OPT_VALIDATE_UTF8;
	cmark_parser *parser;

	scratch_begin();
	parser = cmark_parser_new_with_mem(options, &scratch_mem);
	cmark_parser_feed(parser, text.p, text.n);
	buf_adds(html, cmark_render_html(cmark_parser_finish(parser), options));
	arena_reset(&scratch);
}
