/*
 * What the names of HTML's elements and attributes mean to a template.  Where
 * they stand is template-tokens.c's.
 */
#include "template-context.h"

#include "base/mem.h"

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
	E("object", HIDES), E("select", HIDES), E("head", HIDES),
	E("svg", FOREIGN | HIDES),
	E("math", FOREIGN | HIDES),
#undef E
};

unsigned element_flags(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(elements); i++)
		if (str_ieq(elements[i].name, name))
			return elements[i].flags;
	return 0;
}

#define CHANGES { "in an attribute that changes what its element does", NULL }
#define SETS_OTHERS { "in an attribute that sets others", NULL }
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
	{ "attributionsrc", ATTR_URL, { 0 } },
	{ "srcset", ATTR_URLS, { 0 } },    { "imagesrcset", ATTR_URLS, { 0 } },
	{ "style", ATTR_REFUSED,
	  { "in a style attribute", "give the element a class, and the class a style" } },
	{ "srcdoc", ATTR_REFUSED, { "in srcdoc, a page of its own", NULL } },
	{ "http-equiv", ATTR_REFUSED, { "in http-equiv", NULL } },
	{ "sandbox", ATTR_REFUSED, { "in sandbox", NULL } },
	/* whether an element runs, loads or asks who it is */
	{ "type", ATTR_REFUSED, CHANGES }, { "rel", ATTR_REFUSED, CHANGES },
	{ "is", ATTR_REFUSED, CHANGES }, { "nonce", ATTR_REFUSED, CHANGES },
	{ "integrity", ATTR_REFUSED, CHANGES }, { "allow", ATTR_REFUSED, CHANGES },
	{ "charset", ATTR_REFUSED, CHANGES }, { "language", ATTR_REFUSED, CHANGES },
	{ "referrerpolicy", ATTR_REFUSED, CHANGES },
	{ "attributename", ATTR_REFUSED, SETS_OTHERS },
	/* SVG's animations set other attributes, links too */
	{ "values", ATTR_REFUSED, SETS_OTHERS },
	{ "from", ATTR_REFUSED, SETS_OTHERS },
	{ "to", ATTR_REFUSED, SETS_OTHERS },
	{ "by", ATTR_REFUSED, SETS_OTHERS },
};

static const struct refusal event_attribute = {
	"in an event attribute, which is a script", NULL
};

enum attr_kind attr_judge(struct str name, const struct refusal **why)
{
	size_t colon = str_index(name, ':');

	if (colon < name.n)
		name = str_slice(name, colon + 1, name.n);
	if (name.n > 2 && str_ieq(str_slice(name, 0, 2), STR("on"))) {
		*why = &event_attribute;
		return ATTR_REFUSED;
	}
	for (size_t i = 0; i < ARRAY_LEN(attributes); i++)
		if (str_ieq(name, str_of(attributes[i].name))) {
			*why = &attributes[i].why;
			return attributes[i].kind;
		}
	return ATTR_PLAIN;
}

bool attr_hides(struct str name)
{
	static const char *const hiding[] = { "hidden", "aria-hidden", "inert", "popover",
					      "style" };

	for (size_t i = 0; i < ARRAY_LEN(hiding); i++)
		if (str_ieq(name, str_of(hiding[i])))
			return true;
	return false;
}

bool html_starts_block(struct str html)
{
	size_t n = 1;

	html = str_trim(html);
	if (!html.n || html.p[0] != '<')
		return false;
	while (n < html.n && !memchr(" \t\n\r\f/>", html.p[n], 7))
		n++;
	return (element_flags(str_slice(html, 1, n)) & BLOCK) != 0;
}
