/*
 * HTML to the tree: the one file that knows libxml2's HTML parser.  Cutting
 * into tokens and what can't be trusted there is htmlscan's, the content
 * model is builder's, the fate of each element is elements'.
 *
 * The parser reports through its SAX interface and makes no tree of its own:
 * twice as fast, and its depth limit, which drops what lies below, lies in the
 * making of that tree.
 */
#include "base/mem.h"
#include "base/utf8.h"
#include "text/elements.h"
#include "text/htmlscan.h"
#include "text/readers.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <pthread.h>

struct reader {
	struct builder *b;
	htmlParserCtxtPtr parser;
	size_t weight;    /* of the text reported so far */
	unsigned dropped; /* open elements from the outermost dropped one on */
	bool pre;         /* right behind <pre>, whose first line end is none */
	bool quoting;     /* in an <aside class="quote">, before its block quote */
	const char *failed;
};

static struct str attribute(const xmlChar **atts, const char *name)
{
	for (; atts && atts[0]; atts += 2)
		if (!strcmp((const char *)atts[0], name))
			return str_of(atts[1] ? (const char *)atts[1] : "");
	return STR_NONE;
}

static struct str next_class(struct str *rest)
{
	size_t n = 0;
	struct str word;

	*rest = str_trim(*rest);
	while (n < rest->n && !strchr(" \t\n\r\f", rest->p[n]))
		n++;
	word = str_slice(*rest, 0, n);
	*rest = str_slice(*rest, n, rest->n);
	return word;
}

static bool has_class(const xmlChar **atts, const char *name)
{
	struct str rest = attribute(atts, "class");

	while (rest.n)
		if (str_is(next_class(&rest), name))
			return true;
	return false;
}

/* "lang-py", "language-py", "highlight-source-py": "py", in the arena. */
static struct str language(struct reader *r, const xmlChar **atts)
{
	static const struct str prefixes[] = {
		{ "lang-", 5 }, { "language-", 9 }, { "highlight-source-", 17 },
	};
	struct str rest = attribute(atts, "class");

	while (rest.n) {
		struct str word = next_class(&rest);

		for (size_t i = 0; i < ARRAY_LEN(prefixes); i++)
			if (str_starts(word, prefixes[i]))
				return arena_str(r->b->arena, str_slice(word,
							prefixes[i].n, word.n));
	}
	return STR_NONE;
}

static struct str arena_attribute(struct reader *r, const xmlChar **atts,
				  const char *name)
{
	struct str s = attribute(atts, name);

	if (str_present(s) && !utf8_valid(s))
		r->failed = "encoding";
	return arena_str(r->b->arena, s);
}

static int list_start(const xmlChar **atts)
{
	struct str s = str_trim(attribute(atts, "start"));
	int start = 0;

	if (!s.n || s.n > 9)
		return 1;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return 1;
		start = start * 10 + (s.p[i] - '0');
	}
	return start;
}

/* What the element's attributes say, as far as a post may say it. */
static void read_attributes(struct reader *r, struct node *n, const char *name,
			    const xmlChar **atts)
{
	switch (n->kind) {
	case NODE_LINK:
		n->url = arena_attribute(r, atts, "href");
		break;
	case NODE_IMAGE:
		n->url = arena_attribute(r, atts, "src");
		n->text = arena_attribute(r, atts, "alt");
		break;
	case NODE_ABBR:
		n->text2 = arena_attribute(r, atts, "title");
		break;
	case NODE_CODE_BLOCK:
		n->text2 = language(r, atts);
		break;
	case NODE_LIST:
		n->ordered = !strcmp(name, "ol");
		n->start = n->ordered ? list_start(atts) : 0;
		break;
	default:
		break;
	}
}

/* Hidden until asked for, and the author's own words: no quotation. */
static void open_spoiler(struct builder *b)
{
	builder_open(b, &(struct node){ .kind = NODE_DETAILS });
	builder_open(b, &(struct node){ .kind = NODE_SUMMARY });
	builder_text(b, STR("Spoiler"));
	builder_close(b);
}

/* Forums write a quotation as <aside class="quote"> with a line that names
 * the author and a block quote: together they are one quotation. */
static bool open_special(struct reader *r, const char *name, const xmlChar **atts)
{
	bool block_quote = !strcmp(name, "blockquote");

	if (block_quote && r->quoting) {
		r->quoting = false;
		builder_open_nothing(r->b, true);
	} else if (block_quote && has_class(atts, "spoiler")) {
		open_spoiler(r->b);
	} else if (!strcmp(name, "aside") && has_class(atts, "quote")) {
		r->quoting = true;
		builder_open(r->b, &(struct node){ .kind = NODE_QUOTE });
	} else {
		return false;
	}
	return true;
}

static void open_element(struct reader *r, const struct element *e, const xmlChar **atts)
{
	struct node like = { .kind = e->kind, .level = e->level };

	read_attributes(r, &like, e->name, atts);
	if (like.kind == NODE_CODE)
		builder_language(r->b, language(r, atts));
	/* An anchor that leads nowhere is no link. */
	if (e->fate == ELEMENT_BLOCK) {
		builder_open_nothing(r->b, true);
	} else if (e->fate == ELEMENT_ALONE) {
		builder_add(r->b, &like);
		builder_open_nothing(r->b, false);
	} else if (like.kind == NODE_LINK && !str_present(like.url)) {
		builder_open_nothing(r->b, false);
	} else {
		builder_open(r->b, &like);
	}
	r->pre = like.kind == NODE_CODE_BLOCK;
}

static void start_element(void *ctx, const xmlChar *name, const xmlChar **atts)
{
	struct reader *r = ctx;
	const struct element *e = element_find(str_of((const char *)name));

	r->pre = false;
	if (r->dropped || (e && (e->fate == ELEMENT_DROP || e->fate == ELEMENT_RAW))) {
		r->dropped++;
		return;
	}
	if (!e)
		builder_open_nothing(r->b, false);
	else if (!open_special(r, e->name, atts))
		open_element(r, e, atts);
	if (r->b->failed || r->failed)
		xmlStopParser(r->parser);
}

static void end_element(void *ctx, const xmlChar *name)
{
	struct reader *r = ctx;

	(void)name;
	r->pre = false;
	if (r->dropped)
		r->dropped--;
	else
		builder_close(r->b);
}

static void characters(void *ctx, const xmlChar *p, int n)
{
	struct reader *r = ctx;
	struct str s = str_make((const char *)p, (size_t)n);

	r->weight += html_weight(s);
	if (r->dropped)
		return;
	/* What came in whole can only be broken by the parser. */
	if (!utf8_valid(s))
		r->failed = "encoding";
	if (r->pre && str_starts(s, STR("\n")))
		s = str_slice(s, 1, s.n);
	r->pre = false;
	builder_text(r->b, s);
}

static uint32_t entity_value(const char *name)
{
	const htmlEntityDesc *e = htmlEntityLookup((const xmlChar *)name);

	return e ? e->value : 0;
}

static const htmlSAXHandler handler = {
	.startElement = start_element,
	.endElement = end_element,
	.characters = characters,
	.ignorableWhitespace = characters,
	.cdataBlock = characters,
};

static pthread_once_t parser_once = PTHREAD_ONCE_INIT;

static void parse(struct reader *r, struct str clean)
{
	htmlParserCtxtPtr parser;

	pthread_once(&parser_once, xmlInitParser);
	parser = htmlCreateMemoryParserCtxt(clean.p, (int)clean.n);
	if (!parser)
		die("out of memory (HTML parser)");
	htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NONET |
			   HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
			   HTML_PARSE_IGNORE_ENC);
	xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
	*parser->sax = handler;
	parser->userData = r;
	r->parser = parser;
	htmlParseDocument(parser);
	if (parser->lastError.code == XML_ERR_NO_MEMORY)
		die("out of memory (HTML parser)");
	htmlFreeParserCtxt(parser);
}

const char *html_read(struct builder *b, struct str body)
{
	struct reader r = { .b = b };
	struct html_scan scan;

	r.failed = html_scan(&scan, body, entity_value);
	if (!r.failed) {
		parse(&r, buf_str(&scan.clean));
		if (!r.failed && !b->failed && r.weight != scan.weight)
			r.failed = "lost text";
	}
	buf_release(&scan.clean);
	return r.failed ? r.failed : b->failed;
}
