/*
 * What may stand at a tag: how a value is written there, whether a section
 * that begins there ends in the same place.  How the place was found is
 * template-tokens.c's; what a value may do inside a URL template-url.c's.
 */
#include "template-context.h"

static const struct refusal url_scheme = {
	"in a URL that isn't http, https or mailto", NULL
};

/* What a refusal or a mistake calls the place. */
#define NO_ELEMENT { "in the name of an element", NULL }
#define NO_ATTRIBUTE \
	{ "in the name of an attribute", "only sections with whole attributes can" }
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

const char *context_place(const struct context *c)
{
	return states[c->state].where;
}

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
		*escape = c->foreign ? ESCAPE_RCDATA :
			  c->paragraphs ? ESCAPE_PHRASE : ESCAPE_TEXT;
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
	struct place where = tag_place(section);
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
		diag_hint(c->compile->diags, "a section holds whole blocks, or lies "
			  "within one paragraph, heading, cell or attribute");
}

void context_section_end(struct context *c, const struct context_mark *mark,
			 const struct tag *section)
{
	bool attrs = between_attrs(mark->state) && between_attrs(c->state);
	bool quoted = mark->state == HTML_DOUBLE || mark->state == HTML_SINGLE;

	if (attrs && c->state == HTML_ATTR_NAME)
		context_attr_named(c);
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
