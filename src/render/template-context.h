#ifndef RENDER_TEMPLATE_CONTEXT_H
#define RENDER_TEMPLATE_CONTEXT_H

#include "template-impl.h"

/*
 * An HTML tokenizer (the states of the HTML standard, section 13.2.5, that
 * matter here) over the literal bytes of a template, with the stack of open
 * elements.  It knows at each tag what a value would be there, as Go's
 * html/template does, and refuses where no escaping is safe.
 */
enum html_state {
	HTML_TEXT,
	HTML_TAG_OPEN,     /* behind < */
	HTML_END_TAG_OPEN, /* behind </ */
	HTML_TAG_NAME,
	HTML_BEFORE_ATTR,
	HTML_ATTR_NAME,
	HTML_AFTER_NAME,
	HTML_BEFORE_VALUE,
	HTML_DOUBLE,       /* attribute values, by their quotes */
	HTML_SINGLE,
	HTML_UNQUOTED,
	HTML_AFTER_VALUE,  /* behind the closing quote */
	HTML_BOUNDARY,     /* where a section in a tag began or ended: no name goes on */
	HTML_MARKUP,       /* behind <! */
	HTML_DECLARATION,  /* doctype and the like */
	HTML_COMMENT,
	HTML_RCDATA,       /* in <title>, <textarea>: text without tags */
	HTML_RAW,          /* in <script>, <style> and their like */
	HTML_STATE_COUNT
};

/* Why a tag can't stand somewhere: "in a style attribute", and what to do. */
struct refusal {
	const char *where, *hint; /* hint: may be NULL */
};

enum element_flag {
	VOID = 1,   /* has no end tag */
	BLOCK = 2,  /* ends a <p> */
	RAW = 4,    /* its text is no HTML */
	RCDATA = 8, /* its text has references but no tags */
	HIDES = 16, /* shows what it holds only when asked, if ever */
	FOREIGN = 32
};

enum attr_kind { ATTR_PLAIN, ATTR_URL, ATTR_URLS, ATTR_REFUSED };

/* How far the URL in an attribute has come. */
enum url_state {
	URL_START,
	URL_WORD,   /* literal bytes that may be a scheme */
	URL_OPEN,   /* begun by a value: its scheme may not have ended */
	URL_PATH,
	URL_PART,   /* query or fragment; in srcset the descriptor too */
	URL_REFUSED /* a scheme that no value may stand behind */
};

struct element {
	struct str name;     /* in the literal */
	const char *at;      /* its '<' */
	bool hides;          /* what it holds isn't simply shown */
};

struct context {
	struct compile *compile;
	enum html_state state;
	struct element *open; /* owned */
	size_t depth, cap;
	size_t floor;         /* the open section may not close elements below */
	size_t paragraphs;    /* <p> among open */
	size_t foreign;       /* <svg>, <math> among open */
	bool crossed;         /* the open section has been told off */
	/* the tag being read */
	const char *tag_at;
	struct str tag_name;
	bool end_tag, slash, tag_hides, refresh;
	const struct tag *meta_content; /* the value in a content attribute */
	/* the attribute being read */
	struct str attr;
	unsigned attr_serial; /* how many came before */
	enum attr_kind attr_kind;
	const struct refusal *attr_why; /* ATTR_REFUSED */
	enum url_state url;
	struct str word;      /* URL_WORD */
	/* in comments and raw text */
	size_t matched;       /* bytes of what would end it */
	bool bang;
};

/* What has to be the same at both ends of a section. */
struct context_mark {
	enum html_state state;
	size_t depth, floor;
	unsigned attr_serial;
	enum url_state url;
	bool crossed;
};

/* template-tables.c: flags of an element; how an attribute's value is to be
 * taken, with *why when not at all; whether it hides its element. */
unsigned element_flags(struct str name);
enum attr_kind attr_judge(struct str name, const struct refusal **why);
bool attr_hides(struct str name);
/* Whether html, a value, begins with an element that can't stand in a <p>. */
bool html_starts_block(struct str html);

/* template-tokens.c */
void context_release(struct context *c);
void context_feed(struct context *c, struct str literal);
/* At the end of the template: everything closed. */
void context_end(struct context *c);
/* The name of an attribute without a value has ended. */
void context_attr_named(struct context *c);

/* template-context.c: "in an attribute": for messages. */
const char *context_place(const struct context *c);
/* At a variable: NULL and how its value is written, or why it can't be. */
const struct refusal *context_value(struct context *c, const struct tag *tag,
				    enum escape *escape);
/* At a partial: NULL, or why there can't be one. */
const struct refusal *context_partial(const struct context *c);
/* What hides a partial here from readers, or NULL. */
const char *context_hidden(const struct context *c);
/* At the two ends of a section; NULL, or why there can't be one. */
const struct refusal *context_section(struct context *c, struct context_mark *mark);
void context_section_end(struct context *c, const struct context_mark *mark,
			 const struct tag *section);
#endif
