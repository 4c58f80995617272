/*
 * The HTML tokenizer over literal bytes, and the stack of open elements.  What
 * may stand where it has come to is template-context.c's.  Stricter than
 * browsers: elements are closed by their end tags and nothing else, so that a
 * section or a partial can be judged without what surrounds it.
 */
#include "template-context.h"

#include "base/mem.h"

#include <stdlib.h>

/* Browsers give up at 512. */
enum { ELEMENTS_MAX = 256 };

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
		size_t in_source = from;

		in_source += str_find(str_slice(source, from, source.n), what);
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
	/* in SVG and MathML a <title> holds elements like any other */
	if (flags & RAW)
		c->state = HTML_RAW;
	else if ((flags & RCDATA) && !c->foreign)
		c->state = HTML_RCDATA;
}

/* Behind a tag's '>'. */
static void finish_tag(struct context *c)
{
	c->state = HTML_TEXT;
	if (c->refresh && c->meta_content && str_ieq(c->tag_name, STR("meta")))
		compile_mistake(c->compile, DIAG_TAG_CONTEXT,
				tag_place(c->meta_content),
				"no value is safe in the content of a meta http-equiv");
	if (c->end_tag)
		close_element(c);
	else
		open_element(c);
}

/* Attributes and the URLs in them. */

void context_attr_named(struct context *c)
{
	c->refresh = c->refresh || str_ieq(c->attr, STR("http-equiv"));
	c->tag_hides = c->tag_hides || attr_hides(c->attr);
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
	context_attr_named(c);
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
	c->attr_serial++;
	c->attr_kind = attr_judge(c->attr, &c->attr_why);
	c->url = URL_START;
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
			"sections in a tag hold whole attributes, a blank before each");
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
	static const char *(*const steps[])(struct context *, const char *,
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
	const char *p = literal.p, *end = str_end(literal);

	while (p < end && !compile_over(c->compile))
		p = steps[c->state](c, p, end);
}

void context_end(struct context *c)
{
	struct source *source = &c->compile->t->source;

	if (c->state != HTML_TEXT && c->state != HTML_RAW && c->state != HTML_RCDATA)
		compile_mistake(c->compile, DIAG_HTML_UNBALANCED,
				place_in(source, source->text.n, 0),
				"the template ends %s", context_place(c));
	for (size_t i = c->depth; i > 0; i--)
		compile_mistake(c->compile, DIAG_HTML_UNBALANCED,
				element_place(c, &c->open[i - 1]),
				"<%.*s> isn't closed", STR_ARG(c->open[i - 1].name));
}

void context_release(struct context *c)
{
	free(c->open);
}
