#ifndef RENDER_TEMPLATE_IMPL_H
#define RENDER_TEMPLATE_IMPL_H

/*
 * What the files of the template engine share; for nobody else.
 *
 *   template-parse.c     source text -> pieces: literal text and tags
 *   template-markdown.c  pieces of Markdown -> pieces of HTML, by way of cmark
 *   template-tokens.c    literal HTML -> where the next tag would stand
 *   template-tables.c    what elements and attributes mean there
 *   template-context.c   what may stand where
 *   template-compile.c   pieces -> operations, with everything checked
 *   template.c           the set: partials, recursion, the disclosure
 *   template-wording.c     the text of a word -> text and tags; words in words
 *   template-url.c       values inside URLs
 *   template-render.c    operations and values -> the page
 */
#include "base/arena.h"
#include "base/diag.h"
#include "base/ydoc.h"
#include "render/template.h"
#include "render/wording.h"
#include "text/language.h"

#include <stdint.h>

enum {
	TEMPLATE_DEPTH = 64, /* sections in sections; partials in partials */
	MISTAKES_MAX = 20    /* per template; a broken delimiter breaks it all */
};

#define TAG_NONE SIZE_MAX

/* A dotted name, or "." with no parts at all. */
struct name {
	struct str whole;
	struct str *parts; /* in the set's arena */
	size_t n;
};

enum tag_kind {
	TAG_VARIABLE,
	TAG_RAW,
	TAG_SECTION,
	TAG_INVERTED,
	TAG_CLOSE,
	TAG_PARTIAL
};

/* Comments and delimiters leave no tag behind. */
struct tag {
	enum tag_kind kind;
	const struct source *source; /* the template's, or of a word's file */
	bool alone;            /* nothing else on its line or lines */
	size_t at, n;          /* bytes of the source */
	unsigned line, column; /* of at, as source_position() counts */
	struct name name;
	struct str indent;     /* alone: the blanks before it */
	size_t partner;        /* TAG_CLOSE: its section, and the other way round */
};

/* A word of the theme, split. */
struct word_part {
	struct str text;
	const struct tag *tag; /* or NULL: the text */
};

/* One form of a word, in the words' arena. */
struct word_form {
	struct str text; /* absent: there is no such form */
	struct word_part *parts;
	size_t n;
};

struct word {
	struct str name;
	struct place place;      /* of its name, for messages */
	struct str language;     /* whose plural rules pick the form */
	const struct tag *count; /* its value picks; NULL: there is one form */
	struct word_form forms[PLURAL_COUNT]; /* of PLURAL_OTHER always */
	enum { WORD_NEW, WORD_OPEN, WORD_DONE } mark; /* of the walk over words in words */
	size_t depth, size;      /* words in each other, itself one; all of them */
};

struct wording_file {
	struct source source;
	struct ydoc doc;
	bool loaded;
};

struct wording {
	struct arena arena;
	struct wording_file theme, translation;
	struct word *items; /* owned; their strings are in the arena and the docs' */
	size_t n, cap;
	bool failed;        /* which has been told */
};

/* Literal text, or a tag. */
struct piece {
	struct str text;
	size_t tag;      /* index, or TAG_NONE */
	bool if_any;     /* a section tag that only asks, around a list's items */
};

struct pieces {
	struct piece *items; /* owned */
	size_t n, cap;
};

/* Where a value lands, thus how it is written. */
enum escape {
	ESCAPE_RAW,       /* {{{name}}} of plain Mustache */
	ESCAPE_TEXT,      /* between elements: the one place for VALUE_HTML */
	ESCAPE_PHRASE,    /* the same in a <p>: no blocks */
	ESCAPE_PARAGRAPH, /* all that a Markdown paragraph holds; brings its own <p> */
	ESCAPE_RCDATA,    /* <title>, <textarea>, <svg>, <math>: no HTML */
	ESCAPE_ATTR,
	/* in addresses */
	ESCAPE_URL,       /* where a scheme may stand: it is checked */
	ESCAPE_URL_PATH,
	ESCAPE_URL_PART   /* query, fragment: one component */
};

enum op_kind {
	OP_LITERAL,
	OP_VALUE,
	OP_SECTION,
	OP_INVERTED,
	OP_IF_ANY, /* a section that adds no scope: around a list */
	OP_END,
	OP_PARTIAL,
	OP_PLURAL, /* picks one of the OP_FORMs that follow, by the value of tag */
	OP_FORM    /* a form of a word; that of PLURAL_OTHER is the last */
};

struct op {
	enum op_kind kind;
	enum escape escape;               /* OP_VALUE */
	uint32_t end;                     /* sections and plurals: index of their
					   * OP_END; OP_FORM: of what follows it */
	bool in_paragraph;                /* OP_PARTIAL: inside a <p> */
	bool in_section;                  /* OP_PARTIAL */
	const char *hidden;               /* OP_PARTIAL: what hides it, or NULL */
	struct str text;                  /* OP_LITERAL; OP_PARTIAL: indentation;
					   * OP_PLURAL: language */
	const struct tag *tag;            /* all but OP_LITERAL and OP_FORM */
	struct template *partial;         /* OP_PARTIAL */
	enum plural form;                 /* OP_FORM */
};

struct template {
	struct source source;  /* owned */
	struct str name;       /* as a partial; STR_NONE for a page */
	enum template_kind kind;
	struct op *ops;        /* owned */
	size_t n, cap;
	struct tag *tags;      /* owned */
	size_t tags_n, tags_cap;
	struct buf html;       /* owned: what cmark made of it; literals point here */
	bool failed;           /* a mistake was found */
	bool holds_blocks;     /* elements that end a <p>, its partials' too */
	bool holds_disclosure; /* it or a partial of it, however deep */
	uint8_t mark;          /* of the walk that looks for endless recursion */
};

struct templates {
	struct template_loader loader;
	struct arena arena;       /* names; the text of words, escaped */
	struct template **items;  /* owned; pages and partials in order of mention */
	size_t n, cap;
};

/* One template being compiled. */
struct compile {
	struct templates *set;
	struct template *t;
	struct diags *diags;
	size_t mistakes;
};

/* Records a mistake, and says when it was the last one to be told. */
int compile_mistake(struct compile *c, enum diag_id id, struct place where,
		    const char *fmt, ...) __attribute__((format(printf, 4, 5)));
static inline bool compile_over(const struct compile *c)
{
	return c->mistakes >= MISTAKES_MAX;
}
static inline struct place tag_place(const struct tag *tag)
{
	return place_in(tag->source, tag->at, tag->n);
}

/* template-parse.c: fills t->tags and out.  0, or -1 with diagnostics. */
int template_parse(struct compile *c, struct pieces *out);
/* The name that whole is, in the arena; false when it is none. */
bool name_read(struct arena *a, enum template_kind kind, struct str whole,
	       struct name *name);
/* Whether it begins with "words", where only the theme's words are. */
bool name_in_words(const struct name *name);
/*
 * template-wording.c.  The text of node becomes a form; its tags have their place in
 * the node.  0, or -1 with diagnostics.
 */
int word_form_read(struct arena *a, struct word_form *form, const struct source *source,
		   const struct ynode *node, struct diags *diags);
/* Whether a form of the word has a tag of that name. */
bool word_has_tag(const struct word *word, struct str name);
/* That words in words are there, and come to an end.  0, or -1 with diagnostics. */
int wording_check(struct wording *w, struct diags *diags);
/* wording.c: the word, or NULL; the one that was probably meant. */
struct word *wording_find(const struct wording *w, struct str name);
void wording_hint(const struct wording *w, struct str name, struct diags *diags);
/* template-markdown.c: replaces the pieces.  0, or -1 with diagnostics. */
int template_markdown(struct compile *c, struct pieces *pieces);
/* template-compile.c: the whole of one template.  Mistakes are in c. */
void template_compile_one(struct compile *c);
/* template.c: the partial that tag names; NULL with a diagnostic, save in
 * plain Mustache, where what is missing is empty. */
struct template *template_partial(struct compile *c, const struct tag *tag);

void pieces_add(struct pieces *p, struct piece piece);
void pieces_release(struct pieces *p);

/* template-url.c: a value inside a URL, inside a quoted attribute. */
void url_value(struct buf *out, enum escape escape, struct str s);

#endif
