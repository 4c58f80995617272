/*
 * Markdown to the tree: the one file that knows cmark.  Raw HTML in a post is
 * not read here: cmark renders the whole, and the HTML reader takes it.
 */
#include "base/library.h"
#include "base/mem.h"
#include "text/markdown.h"
#include "text/mdextra.h"
#include "text/mdlimits.h"
#include "text/mdtable.h"
#include "text/readers.h"
#include "text/scratch.h"

#define CMARK_NO_SHORT_NAMES
#include <cmark.h>

/* cmark's output for a body of the largest size may be many times that. */
enum { RENDERED_BYTES = 8 << 20 };

static cmark_mem scratch_mem = { scratch_calloc, scratch_realloc, scratch_free };

/*
 * What CommonMark lacks is put into cmark's tree before that is read, so that
 * both ways of reading it get the same.  Images stay as they are: their text is
 * read plain.  So does what is so deep that the body will be plain text: to put a
 * node into the tree takes cmark time for each one above.
 */
struct walk {
	cmark_iter *iter;
	cmark_node *at;
	cmark_event_type event;
	size_t depth;
	bool linked; /* in a link, or behind a raw <a> in the same paragraph */
};

static void walk_begin(struct walk *w, cmark_node *root)
{
	*w = (struct walk){ .iter = cmark_iter_new(root) };
}

static void see_anchor(struct walk *w)
{
	struct str s = str_of(cmark_node_get_literal(w->at));

	if (str_ieq(str_slice(s, 0, 2), STR("<a")) && strchr(" \t\n>", s.p[2]))
		w->linked = true;
	else if (str_ieq(str_slice(s, 0, 3), STR("</a")))
		w->linked = false;
}

static void see_node(struct walk *w)
{
	switch (cmark_node_get_type(w->at)) {
	case CMARK_NODE_HTML_INLINE:
		see_anchor(w);
		break;
	case CMARK_NODE_PARAGRAPH:
	case CMARK_NODE_HEADING:
		w->linked = false;
		break;
	case CMARK_NODE_LINK:
		w->linked = w->event == CMARK_EVENT_ENTER;
		break;
	default:
		break;
	}
}

static bool walk_next(struct walk *w)
{
	w->event = cmark_iter_next(w->iter);
	w->at = cmark_iter_get_node(w->iter);
	if (w->event == CMARK_EVENT_DONE) {
		cmark_iter_free(w->iter);
		return false;
	}
	see_node(w);
	if (!cmark_node_first_child(w->at))
		return true;
	if (w->event == CMARK_EVENT_EXIT)
		w->depth--;
	else if (w->depth == BUILDER_DEPTH || cmark_node_get_type(w->at) == CMARK_NODE_IMAGE)
		cmark_iter_reset(w->iter, w->at, CMARK_EVENT_EXIT);
	else
		w->depth++;
	return true;
}

static cmark_node *new_node(cmark_node_type type)
{
	return cmark_node_new_with_mem(type, &scratch_mem);
}

static cmark_node *new_text(struct arena *a, struct str s)
{
	cmark_node *n = new_node(CMARK_NODE_TEXT);

	cmark_node_set_literal(n, arena_strz(a, s));
	return n;
}

static cmark_node *new_link(struct arena *a, struct str s)
{
	cmark_node *n = new_node(CMARK_NODE_LINK);
	bool www = str_ieq(str_slice(s, 0, 4), STR("www."));
	struct str url = arena_printf(a, "%s%.*s", www ? "http://" : "",
				      STR_ARG(s));

	cmark_node_set_url(n, url.p);
	cmark_node_append_child(n, new_text(a, s));
	return n;
}

static void link_urls(struct arena *a, cmark_node *text)
{
	/* Nothing of the arena goes away before the post is done. */
	struct str s = str_of(cmark_node_get_literal(text));
	size_t done = 0, at = 0, n;

	while ((n = md_url(s, &at))) {
		cmark_node_insert_before(text, new_text(a, str_slice(s, done, at)));
		cmark_node_insert_before(text, new_link(a, str_slice(s, at, at + n)));
		done = at += n;
	}
	if (done)
		cmark_node_set_literal(text, s.p + done);
}

/* The nodes between two runs of tildes are struck through. */
static void strike(cmark_node *from, cmark_node *to)
{
	cmark_node *n = new_node(CMARK_NODE_CUSTOM_INLINE);

	cmark_node_set_on_enter(n, "<del>");
	cmark_node_set_on_exit(n, "</del>");
	cmark_node_insert_before(from, n);
	while (cmark_node_next(from) != to)
		cmark_node_append_child(n, cmark_node_next(from));
	cmark_node_unlink(from);
	cmark_node_unlink(to);
}

/* What a neighbour is to a run of tildes. */
static char edge(cmark_node *n)
{
	cmark_node_type type = n ? cmark_node_get_type(n) : CMARK_NODE_SOFTBREAK;

	return type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK ? ' ' : '.';
}

/* A run that ends a strike-through ends the one that the last run of the same
 * length began; open holds those by length, last first. */
static void strike_in_text(struct arena *a, cmark_node *text, cmark_node *open[2])
{
	struct str s = str_of(cmark_node_get_literal(text));
	char before = edge(cmark_node_previous(text)), after = edge(cmark_node_next(text));
	struct md_tildes run;
	size_t done = 0;

	for (size_t at = 0; (run = md_tildes(s, &at, before, after)).n; at += run.n) {
		cmark_node *tildes = new_text(a, str_slice(s, at, at + run.n));
		cmark_node **from = &open[run.n - 1];

		cmark_node_insert_before(text, new_text(a, str_slice(s, done, at)));
		cmark_node_insert_before(text, tildes);
		done = at + run.n;
		if (run.closes && *from) {
			strike(*from, tildes);
			open[0] = open[1] = NULL;
		} else if (run.opens) {
			*from = tildes;
		}
	}
	if (done)
		cmark_node_set_literal(text, s.p + done);
}

static void strike_in(struct arena *a, cmark_node *parent)
{
	cmark_node *open[2] = { NULL, NULL }, *next;

	for (cmark_node *n = cmark_node_first_child(parent); n; n = next) {
		next = cmark_node_next(n);
		if (cmark_node_get_type(n) == CMARK_NODE_TEXT)
			strike_in_text(a, n, open);
	}
}

static struct md_place place_of(cmark_node *paragraph)
{
	struct md_place at = {
		.first = (size_t)cmark_node_get_start_line(paragraph) - 1,
		.end = (size_t)cmark_node_get_end_line(paragraph),
		.indent = (size_t)cmark_node_get_start_column(paragraph) - 1,
	};

	for (cmark_node *n = paragraph; n; n = cmark_node_parent(n))
		at.quotes += cmark_node_get_type(n) == CMARK_NODE_BLOCK_QUOTE;
	return at;
}

/* "[ ] " and "[x] " at the start of a list item become a box. */
static void mark_task(struct arena *a, const struct md_lines *lines, cmark_node *item)
{
	cmark_node *paragraph = cmark_node_first_child(item), *text;
	struct md_place at;
	struct str s, written;

	if (!paragraph || cmark_node_get_type(paragraph) != CMARK_NODE_PARAGRAPH)
		return;
	text = cmark_node_first_child(paragraph);
	if (!text || cmark_node_get_type(text) != CMARK_NODE_TEXT)
		return;
	s = str_of(cmark_node_get_literal(text));
	at = place_of(paragraph);
	written = str_slice(lines->p[at.first], at.indent, at.indent + 4);
	if (!str_starts(s, written) || !md_task(written))
		return;
	s = arena_printf(a, "%s%s", md_task(written), s.p + 3);
	cmark_node_set_literal(text, s.p);
}

/* Who writes "\~" in a paragraph means the tildes of it. */
static bool has_escaped_tilde(const struct md_lines *lines, cmark_node *paragraph)
{
	struct md_place at = place_of(paragraph);

	for (size_t i = at.first; i < at.end && i < lines->n; i++)
		if (str_find(lines->p[i], STR("\\~")) < lines->p[i].n)
			return true;
	return false;
}

struct document {
	cmark_node *root;
	struct md_lines lines; /* that it was read from */
};

static void extend(struct arena *a, const struct document *d)
{
	bool tildes = false;
	struct walk w;

	for (walk_begin(&w, d->root); walk_next(&w);) {
		cmark_node_type type = cmark_node_get_type(w.at);

		if (w.event == CMARK_EVENT_EXIT) {
			if (tildes)
				strike_in(a, w.at);
		} else if (type == CMARK_NODE_ITEM) {
			mark_task(a, &d->lines, w.at);
		} else if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING) {
			tildes = !has_escaped_tilde(&d->lines, w.at);
		} else if (type == CMARK_NODE_TEXT && !w.linked) {
			link_urls(a, w.at);
		}
	}
}

static struct md_table *find_tables(struct arena *a, const struct document *d)
{
	struct md_table *tables = NULL, **end = &tables;
	struct walk w;

	for (walk_begin(&w, d->root); walk_next(&w);) {
		struct md_place at;

		if (w.event != CMARK_EVENT_ENTER ||
		    cmark_node_get_type(w.at) != CMARK_NODE_PARAGRAPH)
			continue;
		at = place_of(w.at);
		*end = md_find_table(a, &d->lines, &at);
		if (*end)
			end = &(*end)->next;
	}
	return tables;
}

/* Puts a code block in place of each heading that stands for a table; false when
 * one of those didn't become a heading. */
static bool put_tables(cmark_node *document, const struct md_table *table)
{
	struct walk w;

	for (walk_begin(&w, document); walk_next(&w);) {
		cmark_node *code;

		if (!table || w.event != CMARK_EVENT_EXIT ||
		    cmark_node_get_type(w.at) != CMARK_NODE_HEADING ||
		    (size_t)cmark_node_get_start_line(w.at) != table->heading + 1)
			continue;
		code = new_node(CMARK_NODE_CODE_BLOCK);
		cmark_node_set_literal(code, table->text.p);
		cmark_node_insert_before(w.at, code);
		cmark_node_unlink(w.at);
		table = table->next;
	}
	return !table;
}

static cmark_node *parse(struct str body)
{
	cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &scratch_mem);

	cmark_parser_feed(parser, body.p, body.n);
	return cmark_parser_finish(parser);
}

/* The document with its tables as code blocks, if it has any. */
static struct document parse_tables(struct arena *a, const struct document *d)
{
	struct md_table *tables = find_tables(a, d);
	struct buf source = BUF_INIT;
	struct document with;

	if (!tables)
		return *d;
	md_write_headings(&d->lines, tables, &source);
	with.lines = md_split(a, arena_str(a, buf_str(&source)));
	with.root = parse(buf_str(&source));
	buf_release(&source);
	return put_tables(with.root, tables) ? with : *d;
}

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

/* The address of a link or image, encoded as cmark's HTML has it. */
static struct str href(struct builder *b, cmark_node *n)
{
	static const char kept[] = "-_.+!*'(),%#@?=;:/$~&";
	struct buf url = BUF_INIT;
	struct str copy;

	for (const char *c = cmark_node_get_url(n); *c; c++) {
		bool word = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
			    (*c >= '0' && *c <= '9');

		if (word || strchr(kept, *c))
			buf_addc(&url, *c);
		else
			buf_addf(&url, "%%%02X", (unsigned char)*c);
	}
	copy = arena_str(b->arena, buf_str(&url));
	buf_release(&url);
	return copy;
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
		.url = href(b, n),
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
		builder_text(b, STR("\n"));
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
		like.url = href(b, n);
		break;
	case CMARK_NODE_CUSTOM_INLINE:
		like.kind = NODE_STRIKE;
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
		return "more than 8388608 bytes as HTML";
	builder_release(b);
	builder_init(b, b->arena, html.n);
	return html_read(b, html);
}

/* The body as cmark and the extensions read it. */
static cmark_node *read_document(struct arena *a, struct str body)
{
	struct document d = { .root = parse(body) };

	if (!md_has_more(body))
		return d.root;
	d.lines = md_split(a, body);
	if (str_index(body, '|') < body.n)
		d = parse_tables(a, &d);
	extend(a, &d);
	return d.root;
}

static const char *read(struct builder *b, struct arena *a, struct str body)
{
	cmark_node *document = read_document(a, body);

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
	failed = read(b, scratch_begin(), body);
	scratch_end();
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
	scratch_end();
}

void library_cmark(struct buf *out)
{
	buf_adds(out, cmark_version_string());
}
