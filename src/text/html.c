/*
 * HTML to the tree: the one file that knows libxml2's HTML parser.  Cutting
 * into tokens and what can't be trusted there is htmlscan's, the content
 * model is builder's, the fate of each element is elements'.
 *
 * The parser reports through its SAX interface and makes no tree of its own:
 * twice as fast, and its depth limit, which drops what lies below, lies in the
 * making of that tree.
 */
#include "base/library.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text/elements.h"
#include "text/entities.h"
#include "text/htmlscan.h"
#include "text/readers.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <pthread.h>
#include <stdlib.h>

struct reader {
	struct builder *b;
	htmlParserCtxtPtr parser;
	struct html_scan scan;
	size_t run;       /* marks met so far */
	unsigned dropped; /* open elements from the outermost dropped one on */
	bool shown;       /* browsers show what the outermost holds */
	unsigned onebox;  /* open elements from the outermost onebox on */
	bool pre;         /* right behind <pre>, whose first line end is none */
	bool between;     /* in a list, but in none of its items */
	bool lightbox;    /* in a link to a picture, before the words about it */
	bool quoting;     /* in an <aside class="quote">, before its block quote */
	struct str highlighted; /* language of the code block to come */
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
		r->failed = "broken encoding of an attribute";
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
		if (!str_trim(n->text).n)
			n->text = arena_attribute(r, atts, "title");
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

/*
 * What forums mark by a class.  Each of these opens one level, or answers false:
 * then the element is as any.
 */

/* A venue writes a quotation as <aside class="quote"> with a line that names
 * the author and a block quote: together they are one quotation. */
static bool open_quote(struct reader *r, const xmlChar **atts)
{
	(void)atts;
	r->quoting = true;
	builder_open(r->b, &(struct node){ .kind = NODE_QUOTE });
	return true;
}

static bool open_block_quote(struct reader *r, const xmlChar **atts)
{
	(void)atts;
	if (!r->quoting)
		return false;
	r->quoting = false;
	builder_open_nothing(r->b, true);
	return true;
}

/* Words of a mail or page elsewhere. */
static bool open_foreign(struct reader *r, const xmlChar **atts)
{
	(void)atts;
	builder_open(r->b, &(struct node){ .kind = NODE_QUOTE });
	return true;
}

static bool open_onebox(struct reader *r, const xmlChar **atts)
{
	if (!r->onebox)
		r->onebox = 1;
	return open_foreign(r, atts);
}

/* Hidden until asked for, and the author's own words: no quotation. */
static bool open_spoiler(struct reader *r, const xmlChar **atts)
{
	(void)atts;
	builder_open(r->b, &(struct node){ .kind = NODE_DETAILS });
	builder_open(r->b, &(struct node){ .kind = NODE_SUMMARY });
	builder_text(r->b, STR("Spoiler"));
	builder_close(r->b);
	return true;
}

static bool open_highlight(struct reader *r, const xmlChar **atts)
{
	r->highlighted = language(r, atts);
	return false;
}

static bool add_emoji(struct reader *r, const xmlChar **atts)
{
	struct str name = arena_attribute(r, atts, "alt");

	if (!str_trim(name).n)
		return false;
	builder_text(r->b, name);
	builder_open_nothing(r->b, false);
	return true;
}

/* A picture of what is named beside it: nothing, unless it has a name too. */
static bool add_icon(struct reader *r, const xmlChar **atts)
{
	if (str_trim(attribute(atts, "alt")).n)
		return false;
	builder_open_nothing(r->b, false);
	return true;
}

/* One whose name is that beside it. */
static bool drop_icon(struct reader *r, const xmlChar **atts)
{
	(void)atts;
	builder_open_nothing(r->b, false);
	return true;
}

/* A video that a script would have put there. */
static bool open_video(struct reader *r, const xmlChar **atts)
{
	struct str id = arena_attribute(r, atts, "data-youtube-id");
	struct str title = arena_attribute(r, atts, "data-youtube-title");

	/* In a onebox it has a link already. */
	if (!str_present(id) || has_class(atts, "onebox"))
		return false;
	builder_open_nothing(r->b, true);
	builder_open(r->b, &(struct node){
		.kind = NODE_LINK,
		.url = arena_printf(r->b->arena, "https://www.youtube.com/watch?v=%.*s",
				    STR_ARG(id)),
	});
	builder_text(r->b, str_trim(title).n ? title : STR("video"));
	builder_close(r->b);
	return true;
}

static bool add_checkbox(struct reader *r, const xmlChar **atts)
{
	if (!str_ieq(attribute(atts, "type"), STR("checkbox")))
		return false;
	builder_text(r->b, str_present(attribute(atts, "checked")) ? STR("\u2611")
								   : STR("\u2610"));
	builder_open_nothing(r->b, false);
	return true;
}

static bool open_word(struct reader *r, const xmlChar **atts)
{
	(void)atts;
	if (!str_ends(buf_str(&r->b->text), STR(" ")))
		builder_text(r->b, STR(" "));
	builder_open_nothing(r->b, false);
	return true;
}

static bool open_lightbox(struct reader *r, const xmlChar **atts)
{
	(void)atts;
	r->lightbox = true;
	return false;
}

/* Name and size of a picture stand in one line behind the link to it. */
static bool open_caption(struct reader *r, const xmlChar **atts)
{
	if (!r->lightbox)
		return false;
	r->lightbox = false;
	builder_end_link(r->b);
	return open_word(r, atts);
}

static const struct special {
	const char *element, *class; /* class NULL: whatever it has */
	bool (*open)(struct reader *r, const xmlChar **atts);
} specials[] = {
	/* Discourse */
	{ "aside", "quote", open_quote },
	{ "blockquote", NULL, open_block_quote },
	{ "aside", "onebox", open_onebox },
	{ "div", "spoiler", open_spoiler },
	{ "img", "emoji", add_emoji },
	{ "img", "avatar", add_icon },
	{ "img", "onebox-avatar", drop_icon },
	{ "img", "onebox-avatar-inline", drop_icon },
	{ "img", "site-icon", add_icon },
	{ "img", "thumbnail", add_icon },
	{ "a", "lightbox", open_lightbox },
	{ "div", "lazyYT", open_video },
	{ "div", "meta", open_caption },
	{ "span", "filename", open_word },
	{ "span", "informations", open_word },
	/* Stack Exchange */
	{ "blockquote", "spoiler", open_spoiler },
	/* GitHub */
	{ "div", "highlight", open_highlight },
	{ "div", "email-quoted-reply", open_foreign },
	{ "input", NULL, add_checkbox },
};

static bool open_special(struct reader *r, const char *name, const xmlChar **atts)
{
	for (const struct special *s = specials; s < specials + ARRAY_LEN(specials); s++)
		if (!strcmp(name, s->element) &&
		    (!s->class || has_class(atts, s->class)) && s->open(r, atts))
			return true;
	return false;
}

static void open_element(struct reader *r, const struct element *e, const xmlChar **atts)
{
	struct node like = { .kind = e->kind, .level = e->level };

	read_attributes(r, &like, e->name, atts);
	if (like.kind == NODE_CODE_BLOCK && !str_present(like.text2))
		like.text2 = r->highlighted;
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

/* What browsers make of the references to C1 controls, which people write for
 * the characters of Windows' code page 1252; 0: no character. */
static const uint16_t windows_1252[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

static uint32_t numbered_character(uint32_t c)
{
	if (c >= 0x80 && c < 0xa0)
		c = windows_1252[c - 0x80];
	return !c || c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ? 0xfffd : c;
}

/* s begins with "&#".  Bytes of the reference, 0 when it is none; the
 * semicolon may be missing. */
static size_t number_reference(struct str s, uint32_t *c)
{
	bool hex = s.n > 2 && (s.p[2] == 'x' || s.p[2] == 'X');
	size_t first = hex ? 3 : 2, n = first;
	uint32_t value = 0;

	for (; n < s.n; n++) {
		char low = (char)(s.p[n] | 0x20);
		uint32_t digit;

		if (s.p[n] >= '0' && s.p[n] <= '9')
			digit = (uint32_t)(s.p[n] - '0');
		else if (hex && low >= 'a' && low <= 'f')
			digit = (uint32_t)(low - 'a' + 10);
		else
			break;
		if (value <= 0x10ffff)
			value = value * (hex ? 16 : 10) + digit;
	}
	*c = numbered_character(value);
	if (n == first)
		return 0;
	return n < s.n && s.p[n] == ';' ? n + 1 : n;
}

/* s begins with '&'.  Bytes of the reference, 0 when it is none. */
static size_t reference(struct str s, uint32_t *c)
{
	const htmlEntityDesc *entity;
	xmlChar name[16]; /* longer than any in libxml2's table */
	size_t n = 0;

	if (str_starts(s, STR("&#")))
		return number_reference(s, c);
	for (; n + 1 < s.n && s.p[n + 1] != ';'; n++) {
		if (n == sizeof(name) - 1)
			return 0;
		name[n] = (xmlChar)s.p[n + 1];
	}
	name[n] = '\0';
	entity = n + 1 < s.n ? htmlEntityLookup(name) : NULL;
	*c = entity ? entity->value : 0;
	return entity ? n + 2 : 0;
}

void html_decode(struct buf *out, struct str s)
{
	while (s.n) {
		size_t n = str_index(s, '&');
		uint32_t c;

		buf_addstr(out, str_slice(s, 0, n));
		s = str_slice(s, n, s.n);
		n = s.n ? reference(s, &c) : 0;
		if (n) {
			utf8_add(out, c);
		} else if (s.n) {
			buf_addc(out, '&');
			n = 1;
		}
		s = str_slice(s, n, s.n);
	}
}

/* Text as it stands in the HTML, to characters. */
static void put_text(struct reader *r, struct str s)
{
	struct buf decoded = BUF_INIT;

	if (r->dropped) {
		if (r->shown && str_trim(s).n)
			r->failed = ELEMENT_TEXT_LOST;
		return;
	}
	if (r->pre && str_starts(s, STR("\n")))
		s = str_slice(s, 1, s.n);
	r->pre = false;
	if (str_index(s, '&') < s.n) {
		html_decode(&decoded, s);
		s = buf_str(&decoded);
	}
	builder_text(r->b, s);
	buf_release(&decoded);
}

/* A page's outline is its own: the headings of another page stand in it as bold
 * lines. */
static bool is_boxed_heading(const struct reader *r, const struct element *e)
{
	return r->onebox && e && e->kind == NODE_HEADING;
}

static void part_lines(struct builder *b)
{
	builder_open_nothing(b, true);
	builder_close(b);
}

static void open_bold_line(struct builder *b)
{
	part_lines(b);
	builder_open(b, &(struct node){ .kind = NODE_STRONG });
}

static void drop_element(struct reader *r, const struct element *e)
{
	if (!r->dropped)
		r->shown = e->shown;
	/* The parser looks through all that is open for each end tag. */
	if (++r->dropped > BUILDER_DEPTH)
		r->failed = "nesting of more than 200 elements";
}

static void keep_element(struct reader *r, const struct element *e, const char *name,
			 const xmlChar **atts)
{
	if (open_special(r, name, atts))
		return;
	if (!e)
		builder_open_nothing(r->b, false);
	else if (is_boxed_heading(r, e))
		open_bold_line(r->b);
	else
		open_element(r, e, atts);
}

static void start_element(void *ctx, const xmlChar *name, const xmlChar **atts)
{
	struct reader *r = ctx;
	const struct element *e = element_find(str_of((const char *)name));

	r->pre = false;
	r->between = e && e->kind == NODE_LIST && e->fate == ELEMENT_NODE;
	if (r->dropped || (e && (e->fate == ELEMENT_DROP || e->fate == ELEMENT_RAW))) {
		drop_element(r, e);
	} else {
		r->onebox += r->onebox > 0;
		keep_element(r, e, (const char *)name, atts);
	}
	if (r->b->failed || r->failed)
		xmlStopParser(r->parser);
}

static void end_element(void *ctx, const xmlChar *name)
{
	struct reader *r = ctx;
	const struct element *e = element_find(str_of((const char *)name));

	r->pre = false;
	r->between = e && e->kind == NODE_ITEM;
	if (r->dropped) {
		r->dropped--;
		return;
	}
	r->highlighted = STR_NONE;
	builder_close(r->b);
	if (is_boxed_heading(r, e))
		part_lines(r->b);
	if (r->onebox)
		r->onebox--;
}

/* The marks and blanks of html_scan(). */
static void characters(void *ctx, const xmlChar *p, int n)
{
	struct reader *r = ctx;
	struct str s = str_make((const char *)p, (size_t)n);

	while (s.n) {
		size_t blanks = str_index(s, HTML_MARK);

		if (blanks && !r->between)
			put_text(r, str_slice(s, 0, blanks));
		s = str_slice(s, blanks, s.n);
		if (!s.n)
			break;
		if (r->run < r->scan.n)
			put_text(r, r->scan.runs[r->run]);
		r->run++;
		s = str_slice(s, 1, s.n);
	}
}

static const htmlSAXHandler handler = {
	.startElement = start_element,
	.endElement = end_element,
	.characters = characters,
	.ignorableWhitespace = characters,
};

static pthread_once_t parser_once = PTHREAD_ONCE_INIT;

/* A parser that lacks memory goes on without what it had no room for, and not
 * every part of libxml2 says so: it never lacks any. */
static void set_up(void)
{
	xmlMemSetup(free, xmalloc, xrealloc, xstrdup);
	xmlInitParser();
}

static void parse(struct reader *r, struct str tags)
{
	htmlParserCtxtPtr parser;

	pthread_once(&parser_once, set_up);
	parser = htmlCreateMemoryParserCtxt(tags.p, (int)tags.n);
	invariant(parser);
	htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NONET |
			   HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
			   HTML_PARSE_IGNORE_ENC);
	xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
	*parser->sax = handler;
	parser->userData = r;
	r->parser = parser;
	htmlParseDocument(parser);
	htmlFreeParserCtxt(parser);
}

const char *html_read(struct builder *b, struct str body)
{
	struct reader r = { .b = b };

	r.failed = html_scan(&r.scan, body);
	if (!r.failed) {
		parse(&r, buf_str(&r.scan.tags));
		if (!r.failed && !b->failed && r.run != r.scan.n)
			r.failed = "text that the HTML parser loses";
	}
	html_scan_release(&r.scan);
	return r.failed ? r.failed : b->failed;
}

/* "20914" is 2.9.14. */
void library_xml(struct buf *out)
{
	long v = strtol(xmlParserVersion, NULL, 10);

	buf_addf(out, "%ld.%ld.%ld", v / 10000, v / 100 % 100, v % 100);
}
