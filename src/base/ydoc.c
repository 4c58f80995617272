/* YAML to a tree with positions, over libyaml's events; the only file that
 * knows libyaml.  What the values mean is fields.c's. */
#include "base/ydoc.h"

#include "base/diag.h"
#include "base/library.h"
#include "base/mem.h"

#include <stdlib.h>
#include <yaml.h>

enum { MAX_DEPTH = 64 };

/* A list or mapping that isn't closed yet. */
struct level {
	struct ynode *node;
	struct ynode *last;      /* the newest item or entry */
	const struct ynode *key; /* in a mapping: waits for its value */
	bool flow;               /* in brackets */
};

struct composer {
	yaml_parser_t parser;
	struct ydoc *doc;
	struct diags *diags;
	struct str text; /* what is parsed, a part of the source */
	size_t base;     /* where text begins in the source */
	/* libyaml counts characters.  Its marks come nearly in order, so the
	 * last one's byte is a short walk from the next one's. */
	size_t chars, bytes;
	struct level levels[MAX_DEPTH];
	size_t depth;
	bool failed;
};

static bool continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* The byte in the source that a mark stands at. */
static size_t offset(struct composer *c, yaml_mark_t mark)
{
	while (c->chars < mark.index && c->bytes < c->text.n) {
		do
			c->bytes++;
		while (c->bytes < c->text.n && continues(c->text.p[c->bytes]));
		c->chars++;
	}
	while (c->chars > mark.index && c->bytes > 0) {
		do
			c->bytes--;
		while (c->bytes > 0 && continues(c->text.p[c->bytes]));
		c->chars--;
	}
	return c->base + c->bytes;
}

/* Records a mistake; composing goes on so that others are found too. */
#define MISTAKE(c, id, at, n, ...) \
	((c)->failed = true, \
	 (void)diag_add((c)->diags, DIAG_##id, \
			place_in((c)->doc->source, (at), (n)), __VA_ARGS__))

/* Keys of one mapping: by text, equal ones in the order of the source. */
static int by_text(const void *a, const void *b)
{
	const struct ynode *x = *(const struct ynode *const *)a;
	const struct ynode *y = *(const struct ynode *const *)b;
	int order = str_cmp(x->text, y->text);

	return order ? order : (x->at > y->at) - (x->at < y->at);
}

static void report_duplicate(struct composer *c, const struct ynode *key,
			     const struct ynode *first)
{
	unsigned line, column;

	MISTAKE(c, DUPLICATE_KEY, key->at, key->n, "duplicate key '%.*s'",
		STR_ARG(key->text));
	if (c->diags->dropped) /* 200,000 positions would take minutes */
		return;
	source_position(c->doc->source, first->at, &line, &column);
	diag_hint(c->diags, "it was first given in line %u", line);
}

/* Sorts: a mapping of a megabyte may have 300,000 keys, and a hash table
 * could be made to collide. */
static void check_duplicates(struct composer *c, const struct ynode *map)
{
	const struct ynode **keys, *first;
	size_t n = 0;

	if (map->count < 2)
		return;
	keys = xreallocarray(NULL, map->count, sizeof(*keys));
	for (const struct ynode *v = map->first; v; v = v->next)
		if (v->key->kind == Y_SCALAR)
			keys[n++] = v->key;
	qsort(keys, n, sizeof(*keys), by_text);
	first = n ? keys[0] : NULL;
	for (size_t i = 1; i < n; i++) {
		if (str_eq(keys[i]->text, first->text))
			report_duplicate(c, keys[i], first);
		else
			first = keys[i];
	}
	free(keys);
}

static void check_key(struct composer *c, const struct ynode *key)
{
	if (key->kind != Y_SCALAR) {
		MISTAKE(c, SYNTAX, key->at, 1, "a key must be text, not %s",
			ydoc_kind_name(key));
	} else if (!key->quoted && str_is(key->text, "<<")) {
		MISTAKE(c, SYNTAX, key->at, key->n,
			"merge keys ('<<') are not supported");
		diag_hint(c->diags, "write the keys out");
	}
}

/* Puts a node where it belongs: below the innermost open list or mapping. */
static void attach(struct composer *c, struct ynode *node)
{
	struct level *top = c->depth ? &c->levels[c->depth - 1] : NULL;

	if (!top) {
		c->doc->root = node;
		return;
	}
	if (top->node->kind == Y_MAP && !top->key) {
		check_key(c, node);
		top->key = node;
		return;
	}
	node->key = top->key;
	top->key = NULL;
	if (top->last)
		top->last->next = node;
	else
		top->node->first = node;
	top->last = node;
	top->node->count++;
}

/* Reports an anchor ('&') or tag ('!') among the words before a node. */
static void report_property(struct composer *c, size_t at, char sign, const char *what)
{
	struct str text = source_text(c->doc->source);
	size_t n = 0;

	while (at < text.n && text.p[at] != sign) {
		while (at < text.n && !strchr(" \t\r\n", text.p[at]))
			at++;
		while (at < text.n && strchr(" \t\r\n", text.p[at]))
			at++;
	}
	while (at + n < text.n && !strchr(" \t\r\n,[]{}", text.p[at + n]))
		n++;
	MISTAKE(c, SYNTAX, at, n, "%s are not supported", what);
}

/* A node with the place of its event; not attached yet. */
static struct ynode *new_node(struct composer *c, const yaml_event_t *e,
			      enum ykind kind, const yaml_char_t *anchor,
			      const yaml_char_t *tag)
{
	struct ynode *node = arena_new(&c->doc->arena, struct ynode);

	node->kind = kind;
	node->at = offset(c, e->start_mark);
	node->n = offset(c, e->end_mark) - node->at;
	node->text = STR("");
	if (anchor)
		report_property(c, node->at, '&', "anchors ('&')");
	if (tag)
		report_property(c, node->at, '!', "tags ('!')");
	return node;
}

static void add_scalar(struct composer *c, const yaml_event_t *e)
{
	struct ynode *node = new_node(c, e, Y_SCALAR, e->data.scalar.anchor,
				      e->data.scalar.tag);
	struct str value = str_make((const char *)e->data.scalar.value,
				    e->data.scalar.length);

	node->quoted = e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	node->text = arena_str(&c->doc->arena, value);
	if (str_index(value, '\0') < value.n)
		MISTAKE(c, SYNTAX, node->at, node->n, "a NUL character in text");
	attach(c, node);
}

static void add_alias(struct composer *c, const yaml_event_t *e)
{
	struct ynode *node = new_node(c, e, Y_SCALAR, NULL, NULL);

	MISTAKE(c, SYNTAX, node->at, node->n, "aliases ('*') are not supported");
	attach(c, node);
}

/* False beyond MAX_DEPTH: there composing ends. */
static bool open_level(struct composer *c, struct ynode *node, bool flow)
{
	attach(c, node);
	if (c->depth == MAX_DEPTH) {
		MISTAKE(c, TOO_DEEP, node->at, 1,
			"more than %d levels of lists and mappings", MAX_DEPTH);
		return false;
	}
	c->levels[c->depth++] = (struct level){ .node = node, .flow = flow };
	return true;
}

/* A list or mapping without brackets ends where its last entry does: libyaml
 * says so only after blank lines and comments. */
static void close_level(struct composer *c, const yaml_event_t *e)
{
	struct level *top = &c->levels[--c->depth];
	size_t end = top->flow ? offset(c, e->end_mark)
		     : top->last ? top->last->at + top->last->n
				 : top->node->at;

	top->node->n = end - top->node->at;
	if (top->node->kind == Y_MAP)
		check_duplicates(c, top->node);
}

/* False when there is nothing more to compose. */
static bool take_event(struct composer *c, const yaml_event_t *e)
{
	struct ynode *node;

	switch (e->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (!c->doc->root)
			return true;
		MISTAKE(c, SYNTAX, offset(c, e->start_mark), 3,
			"a second document in one file");
		return false;
	case YAML_SCALAR_EVENT:
		add_scalar(c, e);
		return true;
	case YAML_ALIAS_EVENT:
		add_alias(c, e);
		return true;
	case YAML_SEQUENCE_START_EVENT:
		node = new_node(c, e, Y_LIST, e->data.sequence_start.anchor,
				e->data.sequence_start.tag);
		return open_level(c, node, e->data.sequence_start.style ==
						   YAML_FLOW_SEQUENCE_STYLE);
	case YAML_MAPPING_START_EVENT:
		node = new_node(c, e, Y_MAP, e->data.mapping_start.anchor,
				e->data.mapping_start.tag);
		return open_level(c, node, e->data.mapping_start.style ==
						   YAML_FLOW_MAPPING_STYLE);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		close_level(c, e);
		return true;
	case YAML_STREAM_END_EVENT:
		return false;
	default:
		return true;
	}
}

/* What libyaml says in its own terms, and what to do about it. */
static const struct {
	const char *problem;
	char at; /* the character at the problem; 0: any */
	const char *message, *hint;
} known_problems[] = {
	{ "found character that cannot start any token", '\t',
	  "a tab before a key or value", "indent with spaces" },
	{ "found a tab character that violates indentation", 0,
	  "a tab before a key or value", "indent with spaces" },
	{ "found character that cannot start any token", 0,
	  "this character can't begin a value", "put the text in quotes" },
	{ "mapping values are not allowed in this context", 0,
	  "a ':' where no key can stand",
	  "indent the keys of a mapping alike, and quote text that holds ': '" },
	{ "could not find expected ':'", 0, "a key without ':'", NULL },
	{ "did not find expected key", 0, "no key where one was expected",
	  "are the lines indented alike, and are quotes closed?" },
};

/* Where the bracket or quote stands that was open at the problem; the text's
 * length when there was none. */
static size_t opening(struct composer *c)
{
	const char *context = c->parser.context ? c->parser.context : "";

	if (strstr(context, "parsing a flow sequence") ||
	    strstr(context, "parsing a flow mapping") ||
	    strstr(context, "scanning a quoted scalar"))
		return offset(c, c->parser.context_mark);
	if (c->depth && c->levels[c->depth - 1].flow)
		return c->levels[c->depth - 1].node->at;
	return source_text(c->doc->source).n;
}

/* Names where what isn't closed was opened: libyaml notices it lines later. */
static void hint_opening(struct composer *c)
{
	static const char pairs[] = "[]{}\"\"\'\'";
	struct str text = source_text(c->doc->source);
	size_t at = opening(c);
	unsigned line, column;
	const char *pair;

	pair = at < text.n ? strchr(pairs, text.p[at]) : NULL;
	if (!pair || !*pair)
		return;
	source_position(c->doc->source, at, &line, &column);
	diag_hint(c->diags, "is the '%c' missing for the '%c' in line %u, column %u?",
		  pair[1], pair[0], line, column);
}

static void report_problem(struct composer *c)
{
	struct str text = source_text(c->doc->source);
	const char *problem = c->parser.problem;
	size_t at = offset(c, c->parser.problem_mark);

	for (size_t i = 0; i < ARRAY_LEN(known_problems); i++) {
		char found = at < text.n ? text.p[at] : '\0';

		if (strcmp(problem, known_problems[i].problem) != 0 ||
		    (known_problems[i].at && known_problems[i].at != found))
			continue;
		MISTAKE(c, SYNTAX, at, 1, "%s", known_problems[i].message);
		if (known_problems[i].hint)
			diag_hint(c->diags, "%s", known_problems[i].hint);
		return;
	}
	MISTAKE(c, SYNTAX, at, 1, "%s", problem);
	hint_opening(c);
}

static void report_error(struct composer *c)
{
	size_t at;

	switch (c->parser.error) {
	case YAML_MEMORY_ERROR:
		die("out of memory (YAML of %zu bytes)", c->text.n);
	case YAML_READER_ERROR:
		at = c->base + c->parser.problem_offset;
		MISTAKE(c, SYNTAX, at, 1, "%s", c->parser.problem);
		return;
	default:
		report_problem(c);
	}
}

static void compose(struct composer *c)
{
	bool more = true;
	yaml_event_t event;

	while (more) {
		if (!yaml_parser_parse(&c->parser, &event)) {
			report_error(c);
			return;
		}
		more = take_event(c, &event);
		yaml_event_delete(&event);
	}
}

int ydoc_parse_part(struct ydoc *doc, const struct source *source, size_t at, size_t n,
		    struct diags *diags)
{
	struct composer c = {
		.doc = doc,
		.diags = diags,
		.text = str_slice(source_text(source), at, at + n),
		.base = at,
	};

	*doc = (struct ydoc){ .source = source, .arena = ARENA_INIT };
	if (n > SOURCE_MAX)
		return diag_add(diags, DIAG_TOO_LARGE, place_file(source->path),
				"YAML is limited to %d bytes", SOURCE_MAX);
	if (!yaml_parser_initialize(&c.parser))
		die("out of memory (YAML parser)");
	yaml_parser_set_encoding(&c.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&c.parser, (const unsigned char *)c.text.p,
				     c.text.n);
	compose(&c);
	yaml_parser_delete(&c.parser);
	return c.failed ? -1 : 0;
}

int ydoc_parse(struct ydoc *doc, const struct source *source, struct diags *diags)
{
	return ydoc_parse_part(doc, source, 0, source->text.n, diags);
}

void ydoc_release(struct ydoc *doc)
{
	arena_release(&doc->arena);
	doc->root = NULL;
}

const struct ynode *ydoc_get(const struct ynode *map, const char *key)
{
	if (map->kind != Y_MAP)
		return NULL;
	for (const struct ynode *v = map->first; v; v = v->next)
		if (str_is(v->key->text, key))
			return v;
	return NULL;
}

bool ydoc_is_null(const struct ynode *node)
{
	return node->kind == Y_SCALAR && !node->quoted &&
	       (!node->text.n || str_is(node->text, "~") || str_is(node->text, "null"));
}

const char *ydoc_kind_name(const struct ynode *node)
{
	if (node->kind == Y_SCALAR)
		return ydoc_is_null(node) ? "nothing" : "text";
	return node->kind == Y_LIST ? "a list" : "a mapping";
}

void library_yaml(struct buf *out)
{
	buf_adds(out, yaml_get_version_string());
}
