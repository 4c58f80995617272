/*
 * Where in HTML a template's tags stand.  It reads literal bytes only; what a
 * value may do inside a URL is template-url.c's.  Stricter than browsers:
 * elements are closed by their end tags and nothing else, so that a section
 * or a partial can be judged without what surrounds it.
 */
#include "template-context.h"

#include "base/mem.h"

#include <stdlib.h>

/* Browsers give up at 512. */
enum { ELEMENTS_MAX = 256 };

enum element_flag {
	VOID = 1,   /* has no end tag */
	BLOCK = 2,  /* ends a <p> */
	RAW = 4,    /* its text is no HTML */
	RCDATA = 8, /* its text has references but no tags */
	HIDES = 16, /* shows what it holds only when asked, if ever */
	FOREIGN = 32
};

static const struct {
	struct str name;
	unsigned flags;
} elements[] = {
#define E(name, flags) { { name, sizeof(name) - 1 }, flags }
	E("p", BLOCK), E("ul", BLOCK), E("ol", BLOCK), E("li", BLOCK), E("div", BLOCK),
	E("pre", BLOCK), E("blockquote", BLOCK), E("h1", BLOCK), E("h2", BLOCK),
	E("h3", BLOCK), E("h4", BLOCK), E("h5", BLOCK), E("h6", BLOCK), E("table", BLOCK),
	E("section", BLOCK), E("article", BLOCK), E("aside", BLOCK), E("nav", BLOCK),
	E("header", BLOCK), E("footer", BLOCK), E("main", BLOCK), E("figure", BLOCK),
	E("figcaption", BLOCK), E("dl", BLOCK), E("dt", BLOCK), E("dd", BLOCK),
	E("address", BLOCK), E("center", BLOCK), E("dir", BLOCK), E("fieldset", BLOCK),
	E("form", BLOCK), E("hgroup", BLOCK), E("listing", BLOCK), E("menu", BLOCK),
	E("search", BLOCK), E("summary", BLOCK), E("hr", BLOCK | VOID),
	E("details", BLOCK | HIDES), E("dialog", BLOCK | HIDES), E("xmp", BLOCK | RAW),
	E("plaintext", BLOCK | RAW), E("area", VOID), E("base", VOID), E("br", VOID),
	E("col", VOID), E("embed", VOID), E("img", VOID), E("input", VOID),
	E("link", VOID), E("meta", VOID), E("param", VOID), E("source", VOID),
	E("track", VOID), E("wbr", VOID), E("script", RAW), E("style", RAW),
	E("iframe", RAW), E("noembed", RAW), E("noframes", RAW), E("title", RCDATA),
	E("textarea", RCDATA), E("template", HIDES), E("noscript", HIDES),
	E("datalist", HIDES), E("audio", HIDES), E("video", HIDES), E("canvas", HIDES),
	E("object", HIDES), E("select", HIDES), E("head", HIDES), E("svg", FOREIGN | HIDES),
	E("math", FOREIGN | HIDES),
#undef E
};

static unsigned element_flags(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(elements); i++)
		if (str_ieq(elements[i].name, name))
			return elements[i].flags;
	return 0;
}

static const struct {
	const char *name;
	enum attr_kind kind;
	struct refusal why; /* ATTR_REFUSED */
} attributes[] = {
	{ "href", ATTR_URL, { 0 } },       { "src", ATTR_URL, { 0 } },
	{ "action", ATTR_URL, { 0 } },     { "formaction", ATTR_URL, { 0 } },
	{ "cite", ATTR_URL, { 0 } },       { "poster", ATTR_URL, { 0 } },
	{ "data", ATTR_URL, { 0 } },       { "ping", ATTR_URL, { 0 } },
	{ "background", ATTR_URL, { 0 } }, { "manifest", ATTR_URL, { 0 } },
	{ "longdesc", ATTR_URL, { 0 } },   { "codebase", ATTR_URL, { 0 } },
	{ "classid", ATTR_URL, { 0 } },    { "icon", ATTR_URL, { 0 } },
	{ "usemap", ATTR_URL, { 0 } },     { "profile", ATTR_URL, { 0 } },
	{ "archive", ATTR_URL, { 0 } },    { "base", ATTR_URL, { 0 } },
	{ "srcset", ATTR_URLS, { 0 } },    { "imagesrcset", ATTR_URLS, { 0 } },
	{ "style", ATTR_REFUSED,
	  { "in a style attribute", "give the element a class, and the class a style" } },
	{ "srcdoc", ATTR_REFUSED, { "in srcdoc, a page of its own", NULL } },
	{ "http-equiv", ATTR_REFUSED, { "in http-equiv", NULL } },
	{ "sandbox", ATTR_REFUSED, { "in sandbox", NULL } },
	/* SVG's animations set other attributes, links too */
	{ "values", ATTR_REFUSED, { "in an attribute that sets others", NULL } },
	{ "from", ATTR_REFUSED, { "in an attribute that sets others", NULL } },
	{ "to", ATTR_REFUSED, { "in an attribute that sets others", NULL } },
	{ "by", ATTR_REFUSED, { "in an attribute that sets others", NULL } },
};

static const struct refusal event_attribute = {
	"in an event attribute, which is a script", NULL
};
static const struct refusal url_scheme = {
	"in a URL that isn't http, https or mailto", NULL
};

static const char *const hiding_attributes[] = { "hidden", "aria-hidden", "inert",
						 "popover", "style" };

/* What a refusal or a mistake calls the place. */
#define NO_ELEMENT { "in the name of an element", NULL }
#define NO_ATTRIBUTE { "in the name of an attribute", "only sections with whole attributes can" }
#define NO_QUOTES { "in an attribute without quotes", "put double quotes around it" }
static const struct refusal states[HTML_STATE_COUNT] = {
	[HTML_TEXT] = { "between elements", NULL },
	[HTML_TAG_OPEN] = NO_ELEMENT,
	[HTML_END_TAG_OPEN] = NO_ELEMENT,
	[HTML_TAG_NAME] = NO_ELEMENT,
	[HTML_BEFORE_ATTR] = NO_ATTRIBUTE,
	[HTML_ATTR_NAME] = NO_ATTRIBUTE,
	[HTML_AFTER_NAME] = NO_ATTRIBUTE,
	[HTML_BEFORE_VALUE] = NO_QUOTES,
	[HTML_DOUBLE] = { "in an attribute", NULL },
	[HTML_SINGLE] = { "in an attribute", NULL },
	[HTML_UNQUOTED] = NO_QUOTES,
	[HTML_AFTER_VALUE] = NO_ATTRIBUTE,
	[HTML_BOUNDARY] = NO_ATTRIBUTE,
	[HTML_MARKUP] = { "in a declaration", NULL },
	[HTML_DECLARATION] = { "in a declaration", NULL },
	[HTML_COMMENT] = { "in an HTML comment",
			   "a comment of the template's own is {{! like this }}" },
	[HTML_RCDATA] = { "in the text of <title> or <textarea>", NULL },
	[HTML_RAW] = { "in a script, a style or other raw text",
		       "a data- attribute can hold what a script needs" },
};

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Grows a view of literal bytes; a tag in between starts it anew. */
static void extend(struct str *s, const char *p, size_t n)
{
	if (s->p && s->p + s->n == p)
		s->n += n;
	else
		*s = str_make(p, n);
}

/* Of what was found in literal bytes: cmark's output has no positions, so the
 * same occurrence of the same bytes in the source stands for it. */
static struct place literal_place(const struct context *c, const char *at, size_t n)
{
	const struct template *t = c->compile->t;
	struct str source = source_text(&t->source), html = buf_str(&t->html);
	struct str what = str_make(at, n), rest = html;
	size_t from = 0;

	if (!html.n)
		return place_in(&t->source, (size_t)(at - source.p), n);
	for (;;) {
		size_t in_html = str_find(rest, what);
		size_t in_source = from + str_find(str_slice(source, from, source.n), what);

		if (in_source == source.n)
			return place_file(t->source.path);
		if (rest.p + in_html >= at)
			return place_in(&t->source, in_source, n);
		rest = str_slice(rest, in_html + n, rest.n);
		from = in_source + n;
	}
}

static struct place element_place(const struct context *c, const struct element *e)
{
	return literal_place(c, e->at, (size_t)(e->name.p + e->name.n - e->at));
}

/* The tag being read, from '<' to the end of its name. */
static struct place here(const struct context *c)
{
	return literal_place(c, c->tag_at,
			     (size_t)(c->tag_name.p + c->tag_name.n - c->tag_at));
}

/* Elements. */

static void push(struct context *c)
{
	GROW(c->open, c->depth, c->cap);
	c->open[c->depth++] = (struct element){
		.name = c->tag_name, .at = c->tag_at,
		.hides = c->tag_hides || (element_flags(c->tag_name) & HIDES) };
	c->paragraphs += str_ieq(c->tag_name, STR("p"));
	c->foreign += (element_flags(c->tag_name) & FOREIGN) != 0;
	if (c->depth == ELEMENTS_MAX) {
		compile_mistake(c->compile, DIAG_TOO_DEEP, here(c),
				"more than %d elements in each other", ELEMENTS_MAX);
		c->compile->mistakes = MISTAKES_MAX;
	}
}

static void pop(struct context *c)
{
	c->depth--;
	c->paragraphs -= str_ieq(c->open[c->depth].name, STR("p"));
	c->foreign -= (element_flags(c->open[c->depth].name) & FOREIGN) != 0;
	if (c->depth < c->floor) {
		c->floor = c->depth;
		c->crossed = true;
	}
}

static void close_element(struct context *c)
{
	size_t i = c->depth;

	while (i > 0 && !str_ieq(c->open[i - 1].name, c->tag_name))
		i--;
	if (i == 0) {
		compile_mistake(c->compile, DIAG_HTML_UNBALANCED, here(c),
				"</%.*s> closes nothing", STR_ARG(c->tag_name));
		return;
	}
	while (c->depth > i) {
		const struct element *e = &c->open[c->depth - 1];

		if (c->depth > c->floor)
			compile_mistake(c->compile, DIAG_HTML_UNBALANCED,
					element_place(c, e),
					"<%.*s> isn't closed before </%.*s>",
					STR_ARG(e->name), STR_ARG(c->tag_name));
		pop(c);
	}
	pop(c);
}

static void open_element(struct context *c)
{
	unsigned flags = element_flags(c->tag_name);

	if ((flags & BLOCK) && c->paragraphs)
		compile_mistake(c->compile, DIAG_HTML_UNBALANCED, here(c),
				"<%.*s> can't stand in a <p>", STR_ARG(c->tag_name));
	if (flags & BLOCK)
		c->compile->t->holds_blocks = true;
	if (flags & VOID)
		return;
	if (c->slash && ((flags & FOREIGN) || c->foreign))
		return;
	push(c);
	c->matched = 0;
	if (flags & RAW)
		c->state = HTML_RAW;
	else if (flags & RCDATA)
		c->state = HTML_RCDATA;
}

/* Behind a tag's '>'. */
static void finish_tag(struct context *c)
{
	c->state = HTML_TEXT;
	if (c->refresh && c->meta_content && str_ieq(c->tag_name, STR("meta")))
		compile_mistake(c->compile, DIAG_TAG_CONTEXT,
				tag_place(c->compile->t, c->meta_content),
				"no value is safe in the content of a meta http-equiv");
	if (c->end_tag)
		close_element(c);
	else
		open_element(c);
}

/* Attributes and the URLs in them. */

static void judge_attr(struct context *c)
{
	size_t colon = str_index(c->attr, ':');
	struct str name = c->attr;

	if (colon < name.n)
		name = str_slice(name, colon + 1, name.n);
	c->attr_serial++;
	c->attr_kind = ATTR_PLAIN;
	c->url = URL_START;
	for (size_t i = 0; i < ARRAY_LEN(attributes); i++)
		if (str_ieq(name, str_of(attributes[i].name))) {
			c->attr_kind = attributes[i].kind;
			c->attr_why = &attributes[i].why;
		}
	if (name.n > 2 && str_ieq(str_slice(name, 0, 2), STR("on"))) {
		c->attr_kind = ATTR_REFUSED;
		c->attr_why = &event_attribute;
	}
}

static void end_attr_name(struct context *c)
{
	c->refresh = c->refresh || str_ieq(c->attr, STR("http-equiv"));
	for (size_t i = 0; i < ARRAY_LEN(hiding_attributes); i++)
		if (str_ieq(c->attr, str_of(hiding_attributes[i])))
			c->tag_hides = true;
}

static bool good_scheme(struct str s)
{
	return str_ieq(s, STR("http")) || str_ieq(s, STR("https")) ||
	       str_ieq(s, STR("mailto"));
}

static void url_colon(struct context *c, const char *p)
{
	if (c->url == URL_OPEN)
		compile_mistake(c->compile, DIAG_TAG_CONTEXT, literal_place(c, p, 1),
				"a value can't be the scheme of a URL");
	c->url = c->url == URL_WORD && good_scheme(c->word) ? URL_PATH : URL_REFUSED;
}

/* One literal byte of a URL whose scheme may not have ended; a reference
 * other than &amp; may stand for a colon. */
static void url_byte(struct context *c, const char *p, const char *end)
{
	bool amp = *p == '&' && !str_starts(str_make(p, (size_t)(end - p)), STR("&amp;"));

	if (*p == ':' || amp)
		url_colon(c, p);
	else if (*p == '/' || *p == '\\')
		c->url = URL_PATH;
	else if (*p == '?' || *p == '#')
		c->url = URL_PART;
	else if (c->url == URL_WORD)
		extend(&c->word, p, 1);
	else if (c->url == URL_START && !blank(*p)) {
		c->url = URL_WORD;
		c->word = str_make(p, 1);
	}
}

static void url_bytes(struct context *c, const char *p, const char *end)
{
	for (; p < end; p++) {
		if (c->attr_kind == ATTR_URLS && *p == ',')
			c->url = URL_START;
		else if (c->attr_kind == ATTR_URLS && blank(*p) && c->url != URL_START)
			c->url = URL_PART;
		else if (c->url <= URL_OPEN)
			url_byte(c, p, end);
		else if (c->url == URL_PATH && (*p == '?' || *p == '#'))
			c->url = URL_PART;
	}
}

/* The states: each takes at least one byte or changes the state. */

static const char *text_step(struct context *c, const char *p, const char *end)
{
	const char *at = memchr(p, '<', (size_t)(end - p));

	if (!at)
		return end;
	c->tag_at = at;
	c->state = HTML_TAG_OPEN;
	return at + 1;
}

static void start_tag(struct context *c, bool end_tag)
{
	c->state = HTML_TAG_NAME;
	c->end_tag = end_tag;
	c->slash = c->tag_hides = c->refresh = false;
	c->meta_content = NULL;
	c->tag_name = STR_NONE;
}

static const char *tag_open_step(struct context *c, const char *p, const char *end)
{
	(void)end;
	if (letter(*p)) {
		start_tag(c, false);
		return p;
	}
	c->matched = 0;
	c->state = *p == '/' ? HTML_END_TAG_OPEN :
		   *p == '!' ? HTML_MARKUP :
		   *p == '?' ? HTML_DECLARATION : HTML_TEXT;
	return c->state == HTML_TEXT ? p : p + 1;
}

static const char *end_tag_open_step(struct context *c, const char *p, const char *end)
{
	(void)end;
	if (letter(*p)) {
		start_tag(c, true);
		return p;
	}
	c->state = *p == '>' ? HTML_TEXT : HTML_DECLARATION;
	return p + 1;
}

/* "--" makes a comment; its end may follow at once. */
static const char *markup_step(struct context *c, const char *p, const char *end)
{
	(void)end;
	if (*p != '-') {
		c->state = HTML_DECLARATION;
		return p;
	}
	if (++c->matched == 2)
		c->state = HTML_COMMENT;
	c->bang = false;
	return p + 1;
}

static const char *declaration_step(struct context *c, const char *p, const char *end)
{
	const char *at = memchr(p, '>', (size_t)(end - p));

	if (!at)
		return end;
	c->state = HTML_TEXT;
	return at + 1;
}

/* Ends with "-->" or "--!>". */
static const char *comment_step(struct context *c, const char *p, const char *end)
{
	(void)end;
	if (*p == '>' && (c->matched >= 2 || c->bang))
		c->state = HTML_TEXT;
	c->bang = *p == '!' && c->matched >= 2;
	c->matched = *p == '-' ? c->matched + 1 : 0;
	return p + 1;
}

/* What all states inside a tag but values have in common. */
static bool tag_punctuation(struct context *c, char byte)
{
	if (byte == '>')
		finish_tag(c);
	else if (blank(byte) || byte == '/')
		c->state = HTML_BEFORE_ATTR;
	c->slash = byte == '/';
	return byte == '>' || byte == '/' || blank(byte);
}

static const char *tag_name_step(struct context *c, const char *p, const char *end)
{
	(void)end;
	if (!tag_punctuation(c, *p))
		extend(&c->tag_name, p, 1);
	return p + 1;
}

static const char *before_attr_step(struct context *c, const char *p, const char *end)
{
	(void)end;
	if (tag_punctuation(c, *p))
		return p + 1;
	c->state = HTML_ATTR_NAME;
	c->slash = false;
	c->attr = str_make(p, 1);
	return p + 1;
}

static const char *attr_name_step(struct context *c, const char *p, const char *end)
{
	(void)end;
	if (*p != '=' && *p != '>' && *p != '/' && !blank(*p)) {
		extend(&c->attr, p, 1);
		return p + 1;
	}
	end_attr_name(c);
	c->state = HTML_AFTER_NAME;
	return p;
}

static const char *after_name_step(struct context *c, const char *p, const char *end)
{
	(void)end;
	if (blank(*p))
		return p + 1;
	c->state = *p == '=' ? HTML_BEFORE_VALUE : HTML_BEFORE_ATTR;
	if (*p != '=')
		return p;
	judge_attr(c);
	return p + 1;
}

static const char *before_value_step(struct context *c, const char *p, const char *end)
{
	(void)end;
	if (blank(*p))
		return p + 1;
	if (*p == '>') {
		c->state = HTML_BEFORE_ATTR;
		return p;
	}
	c->state = *p == '"' ? HTML_DOUBLE : *p == '\'' ? HTML_SINGLE : HTML_UNQUOTED;
	return c->state == HTML_UNQUOTED ? p : p + 1;
}

static const char *quoted_step(struct context *c, const char *p, const char *end)
{
	char quote = c->state == HTML_DOUBLE ? '"' : '\'';
	const char *at = memchr(p, quote, (size_t)(end - p));

	if (c->attr_kind == ATTR_URL || c->attr_kind == ATTR_URLS)
		url_bytes(c, p, at ? at : end);
	if (!at)
		return end;
	c->state = HTML_AFTER_VALUE;
	return at + 1;
}

static const char *unquoted_step(struct context *c, const char *p, const char *end)
{
	(void)end;
	if (*p == '>' || blank(*p)) {
		c->state = HTML_BEFORE_ATTR;
		return p;
	}
	return p + 1;
}

static const char *after_value_step(struct context *c, const char *p, const char *end)
{
	(void)end;
	if (tag_punctuation(c, *p))
		return p + 1;
	c->state = HTML_BEFORE_ATTR;
	return p;
}

static const char *boundary_step(struct context *c, const char *p, const char *end)
{
	(void)end;
	if (tag_punctuation(c, *p))
		return p + 1;
	compile_mistake(c->compile, DIAG_SECTION_CROSSES, literal_place(c, p, 1),
			"a section in a tag holds whole attributes, with a blank before each");
	c->state = HTML_BEFORE_ATTR;
	return p;
}

/* Only the element's own end tag ends it. */
static const char *raw_step(struct context *c, const char *p, const char *end)
{
	struct str name = c->open[c->depth - 1].name;
	size_t m = c->matched;

	if (m == 0) {
		p = memchr(p, '<', (size_t)(end - p));
		c->matched = p ? 1 : 0;
		c->tag_at = p;
		return p ? p + 1 : end;
	}
	if (m == name.n + 2) {
		c->matched = 0;
		if (!blank(*p) && *p != '/' && *p != '>')
			return p;
		start_tag(c, true);
		c->tag_name = name;
		c->state = HTML_BEFORE_ATTR;
		return p;
	}
	c->matched = 0;
	if (m == 1 ? *p == '/' : str_ieq(str_make(p, 1), str_slice(name, m - 2, m - 1)))
		c->matched = m + 1;
	return c->matched ? p + 1 : p;
}

void context_feed(struct context *c, struct str literal)
{
	static const char *(*const steps[HTML_STATE_COUNT])(struct context *, const char *,
							    const char *) = {
		[HTML_TEXT] = text_step,
		[HTML_TAG_OPEN] = tag_open_step,
		[HTML_END_TAG_OPEN] = end_tag_open_step,
		[HTML_TAG_NAME] = tag_name_step,
		[HTML_BEFORE_ATTR] = before_attr_step,
		[HTML_ATTR_NAME] = attr_name_step,
		[HTML_AFTER_NAME] = after_name_step,
		[HTML_BEFORE_VALUE] = before_value_step,
		[HTML_DOUBLE] = quoted_step,
		[HTML_SINGLE] = quoted_step,
		[HTML_UNQUOTED] = unquoted_step,
		[HTML_AFTER_VALUE] = after_value_step,
		[HTML_BOUNDARY] = boundary_step,
		[HTML_MARKUP] = markup_step,
		[HTML_DECLARATION] = declaration_step,
		[HTML_COMMENT] = comment_step,
		[HTML_RCDATA] = raw_step,
		[HTML_RAW] = raw_step,
	};
	const char *p = literal.p, *end = literal.p + literal.n;

	while (p < end && !compile_over(c->compile))
		p = steps[c->state](c, p, end);
}

/* Tags. */

static const struct refusal *url_escape(struct context *c, enum escape *escape)
{
	switch (c->url) {
	case URL_PATH:
		*escape = ESCAPE_URL_PATH;
		return NULL;
	case URL_PART:
		*escape = ESCAPE_URL_PART;
		return NULL;
	case URL_REFUSED:
		return &url_scheme;
	default:
		*escape = ESCAPE_URL;
		c->url = URL_OPEN;
		return NULL;
	}
}

static const struct refusal *attr_escape(struct context *c, const struct tag *tag,
					 enum escape *escape)
{
	*escape = ESCAPE_ATTR;
	if (str_ieq(c->attr, STR("content")))
		c->meta_content = tag;
	if (c->attr_kind == ATTR_REFUSED)
		return c->attr_why;
	return c->attr_kind == ATTR_PLAIN ? NULL : url_escape(c, escape);
}

const struct refusal *context_value(struct context *c, const struct tag *tag,
				    enum escape *escape)
{
	switch (c->state) {
	case HTML_TEXT:
		*escape = c->paragraphs ? ESCAPE_PHRASE : ESCAPE_TEXT;
		return NULL;
	case HTML_RCDATA:
		*escape = ESCAPE_RCDATA;
		return c->matched ? &states[HTML_TAG_OPEN] : NULL;
	case HTML_DOUBLE:
	case HTML_SINGLE:
		return attr_escape(c, tag, escape);
	default:
		return &states[c->state];
	}
}

const struct refusal *context_partial(const struct context *c)
{
	return c->state == HTML_TEXT ? NULL : &states[c->state];
}

const char *context_hidden(const struct context *c)
{
	for (size_t i = 0; i < c->depth; i++)
		if (c->open[i].hides)
			return "an element that hides it";
	return NULL;
}

static bool between_attrs(enum html_state state)
{
	return state == HTML_TAG_NAME || state == HTML_BEFORE_ATTR ||
	       state == HTML_ATTR_NAME || state == HTML_AFTER_NAME ||
	       state == HTML_AFTER_VALUE || state == HTML_BOUNDARY;
}

const struct refusal *context_section(struct context *c, struct context_mark *mark)
{
	enum escape escape;
	const struct refusal *why = NULL;

	if (between_attrs(c->state) && c->state != HTML_ATTR_NAME && !c->end_tag) {
		bool open = c->state == HTML_BEFORE_ATTR || c->state == HTML_AFTER_NAME;

		c->state = open ? HTML_BEFORE_ATTR : HTML_BOUNDARY;
	} else if (c->state == HTML_DOUBLE || c->state == HTML_SINGLE) {
		why = c->attr_kind == ATTR_REFUSED ? c->attr_why : NULL;
	} else {
		why = context_value(c, NULL, &escape);
	}
	*mark = (struct context_mark){ c->state, c->depth, c->floor, c->attr_serial,
				       c->url, c->crossed };
	c->floor = c->depth;
	c->crossed = false;
	return why;
}

static void join_urls(struct context *c, enum url_state before)
{
	if (c->url == before)
		return;
	c->url = c->url == URL_REFUSED || before == URL_REFUSED ? URL_REFUSED : URL_OPEN;
}

static void section_mistake(struct context *c, const struct context_mark *mark,
			    const struct tag *section)
{
	struct place where = tag_place(c->compile->t, section);
	struct str name = section->name.whole;

	if (c->crossed)
		compile_mistake(c->compile, DIAG_SECTION_CROSSES, where,
				"section '%.*s' closes an element that it didn't open",
				STR_ARG(name));
	else if (c->depth > mark->depth)
		compile_mistake(c->compile, DIAG_SECTION_CROSSES, where,
				"section '%.*s' leaves <%.*s> open", STR_ARG(name),
				STR_ARG(c->open[c->depth - 1].name));
	else
		compile_mistake(c->compile, DIAG_SECTION_CROSSES, where,
				"section '%.*s' starts %s and ends %s", STR_ARG(name),
				states[mark->state].where,
				c->state == mark->state ? "in another"
							: states[c->state].where);
	if (!compile_over(c->compile))
		diag_hint(c->compile->diags, "a section holds whole blocks, or lies within one "
			  "paragraph, heading, cell or attribute");
}

void context_section_end(struct context *c, const struct context_mark *mark,
			 const struct tag *section)
{
	bool attrs = between_attrs(mark->state) && between_attrs(c->state);
	bool quoted = mark->state == HTML_DOUBLE || mark->state == HTML_SINGLE;

	if (attrs && c->state == HTML_ATTR_NAME)
		end_attr_name(c);
	if (c->crossed || c->depth != mark->depth ||
	    (!attrs && c->state != mark->state) ||
	    (c->state == HTML_RCDATA && c->matched) ||
	    (quoted && c->attr_serial != mark->attr_serial))
		section_mistake(c, mark, section);
	else if (attrs)
		c->state = HTML_BOUNDARY;
	else
		join_urls(c, mark->url);
	/* an element closed in here was the outer section's too, or isn't its affair */
	c->floor = mark->floor < c->depth ? mark->floor : c->depth;
	c->crossed = mark->crossed;
}

void context_end(struct context *c)
{
	struct source *source = &c->compile->t->source;

	if (c->state != HTML_TEXT && c->state != HTML_RAW && c->state != HTML_RCDATA)
		compile_mistake(c->compile, DIAG_HTML_UNBALANCED,
				place_in(source, source->text.n, 0),
				"the template ends %s", states[c->state].where);
	for (size_t i = c->depth; i > 0; i--)
		compile_mistake(c->compile, DIAG_HTML_UNBALANCED,
				element_place(c, &c->open[i - 1]),
				"<%.*s> isn't closed", STR_ARG(c->open[i - 1].name));
}

void context_release(struct context *c)
{
	free(c->open);
}

bool html_starts_block(struct str html)
{
	size_t n = 1;

	html = str_trim(html);
	if (!html.n || html.p[0] != '<')
		return false;
	while (n < html.n && !blank(html.p[n]) && html.p[n] != '>' && html.p[n] != '/')
		n++;
	return (element_flags(str_slice(html, 1, n)) & BLOCK) != 0;
}
