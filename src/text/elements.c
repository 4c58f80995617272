/* The one list of elements that mean something in a post. */
#include "text/elements.h"

#include "base/mem.h"

#define NODE(name, kind, level) { name, ELEMENT_NODE, NODE_##kind, level, false }
#define ALONE(name, kind) { name, ELEMENT_ALONE, NODE_##kind, 0, false }
#define BLOCK(name) { name, ELEMENT_BLOCK, 0, 0, false }
#define DROP(name) { name, ELEMENT_DROP, 0, 0, false }
#define DROP_SHOWN(name) { name, ELEMENT_DROP, 0, 0, true }
#define RAW(name) { name, ELEMENT_RAW, 0, 0, false }
#define RAW_SHOWN(name) { name, ELEMENT_RAW, 0, 0, true }

/* Sorted by name. */
static const struct element elements[] = {
	NODE("a", LINK, 0),
	NODE("abbr", ABBR, 0),
	NODE("acronym", ABBR, 0),
	BLOCK("address"),
	DROP_SHOWN("applet"),
	BLOCK("article"),
	BLOCK("aside"),
	NODE("b", STRONG, 0),
	NODE("blockquote", QUOTE, 0),
	ALONE("br", BREAK),
	BLOCK("caption"),
	BLOCK("center"),
	NODE("cite", EMPH, 0),
	NODE("code", CODE, 0),
	DROP("datalist"),
	NODE("dd", DEFINITION, 0),
	NODE("del", STRIKE, 0),
	NODE("details", DETAILS, 0),
	NODE("dfn", EMPH, 0),
	BLOCK("dialog"),
	BLOCK("dir"),
	BLOCK("div"),
	NODE("dl", DEFINITIONS, 0),
	NODE("dt", TERM, 0),
	NODE("em", EMPH, 0),
	BLOCK("fieldset"),
	BLOCK("figcaption"),
	BLOCK("figure"),
	BLOCK("footer"),
	BLOCK("form"),
	DROP("frameset"),
	NODE("h1", HEADING, 1),
	NODE("h2", HEADING, 2),
	NODE("h3", HEADING, 3),
	NODE("h4", HEADING, 4),
	NODE("h5", HEADING, 5),
	NODE("h6", HEADING, 6),
	BLOCK("header"),
	BLOCK("hgroup"),
	ALONE("hr", RULE),
	NODE("i", EMPH, 0),
	RAW("iframe"),
	ALONE("img", IMAGE),
	NODE("ins", UNDERLINE, 0),
	NODE("kbd", KBD, 0),
	BLOCK("legend"),
	NODE("li", ITEM, 0),
	NODE("listing", CODE_BLOCK, 0),
	BLOCK("main"),
	NODE("mark", MARK, 0),
	DROP_SHOWN("math"),
	BLOCK("menu"),
	BLOCK("nav"),
	RAW("noembed"),
	RAW("noframes"),
	RAW("noscript"),
	DROP_SHOWN("object"),
	NODE("ol", LIST, 0),
	NODE("p", PARAGRAPH, 0),
	RAW_SHOWN("plaintext"),
	NODE("pre", CODE_BLOCK, 0),
	NODE("s", STRIKE, 0),
	NODE("samp", CODE, 0),
	RAW("script"),
	BLOCK("search"),
	BLOCK("section"),
	DROP_SHOWN("select"),
	NODE("small", SMALL, 0),
	NODE("strike", STRIKE, 0),
	NODE("strong", STRONG, 0),
	RAW("style"),
	NODE("sub", SUB, 0),
	NODE("summary", SUMMARY, 0),
	NODE("sup", SUP, 0),
	DROP_SHOWN("svg"),
	NODE("table", TABLE, 0),
	NODE("td", CELL, 0),
	DROP("template"),
	RAW_SHOWN("textarea"),
	NODE("th", CELL, 1),
	RAW("title"),
	NODE("tr", ROW, 0),
	NODE("tt", CODE, 0),
	NODE("u", UNDERLINE, 0),
	NODE("ul", LIST, 0),
	NODE("var", EMPH, 0),
	RAW_SHOWN("xmp"),
};

static int compare(struct str name, const char *element)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		if (c != element[i])
			return (unsigned char)c < (unsigned char)element[i] ? -1 : 1;
		/* A NUL in the name is not the element's end. */
		if (!c)
			return 1;
	}
	return element[name.n] ? -1 : 0;
}

const struct element *element_find(struct str name)
{
	size_t lo = 0, hi = ARRAY_LEN(elements);

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int c = compare(name, elements[mid].name);

		if (!c)
			return &elements[mid];
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}
