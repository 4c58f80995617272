/*
 * Mustache's syntax: source text to literal pieces and tags, by the rules of
 * the Mustache specification for delimiters and for tags that stand alone on
 * their lines.  Where a tag may stand in HTML is template-context.c's.
 */
#include "template-impl.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>

struct parser {
	struct compile *c;
	struct str text;
	struct pieces *out;
	struct str open, close;        /* the delimiters */
	size_t at;                     /* the next byte to look at */
	size_t literal;                /* where the literal text before it begins */
	size_t sections[TEMPLATE_DEPTH]; /* open ones, by tag */
	size_t depth;
	bool stop;                     /* nothing behind here can be understood */
	size_t counted;                /* line and column are those of this byte */
	unsigned line, column;
};

/* A tag as it stands, before it is known what it means. */
struct raw_tag {
	size_t at, end;
	char sigil;          /* one of # ^ / > ! = { &, or 0 */
	struct str inside;   /* without sigil and blanks */
};

void pieces_add(struct pieces *p, struct piece piece)
{
	GROW(p->items, p->n, p->cap);
	p->items[p->n++] = piece;
}

void pieces_release(struct pieces *p)
{
	free(p->items);
	*p = (struct pieces){ 0 };
}

static struct place raw_place(const struct parser *p, const struct raw_tag *raw)
{
	return place_in(&p->c->t->source, raw->at, raw->end - raw->at);
}

static bool indents(char c)
{
	return c == ' ' || c == '\t';
}

static bool blank(char c)
{
	return indents(c) || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

/* Tags come in order, so that counting goes over the text once. */
static void count_to(struct parser *p, size_t at)
{
	while (p->counted < at) {
		unsigned char c = (unsigned char)p->text.p[p->counted++];

		if (c == '\n') {
			p->line++;
			p->column = 1;
		} else if ((p->counted == p->text.n ||
			    (p->text.p[p->counted] & 0xc0) != 0x80)) {
			p->column++;
		}
	}
}

/* The next tag.  1; 0 at the end of the text; -1 when a tag has no end. */
static int next_tag(struct parser *p, struct raw_tag *raw)
{
	static const char sigils[] = "#^/>!={&";
	struct str rest = str_slice(p->text, p->at, p->text.n);
	struct str close = p->close;
	size_t n;

	raw->at = p->at + str_find(rest, p->open);
	if (raw->at == p->text.n)
		return 0;
	rest = str_slice(p->text, raw->at + p->open.n, p->text.n);
	raw->sigil = '\0';
	if (rest.n && memchr(sigils, rest.p[0], sizeof(sigils) - 1)) {
		raw->sigil = rest.p[0];
		rest = str_slice(rest, 1, rest.n);
	}
	if (raw->sigil == '{' && str_is(p->close, "}}"))
		close = STR("}}}");
	else if (raw->sigil == '=')
		close = arena_printf(&p->c->set->arena, "=%.*s", STR_ARG(p->close));
	n = str_find(rest, close);
	raw->end = raw->at + p->open.n;
	if (n == rest.n) {
		compile_mistake(p->c, DIAG_SYNTAX, raw_place(p, raw),
				"the tag isn't closed: no '%.*s' behind it",
				STR_ARG(close));
		return -1;
	}
	raw->inside = str_trim(str_slice(rest, 0, n));
	raw->end = (size_t)(rest.p - p->text.p) + n + close.n;
	return 1;
}

/*
 * Whether nothing but blanks shares the tag's lines.  Then *from and *to are
 * its whole lines with their line end.
 */
static bool stands_alone(const struct parser *p, const struct raw_tag *raw,
			 size_t *from, size_t *to)
{
	struct str s = p->text;
	size_t a = raw->at, b = raw->end;

	while (a > 0 && indents(s.p[a - 1]))
		a--;
	if (a > 0 && s.p[a - 1] != '\n')
		return false;
	while (b < s.n && indents(s.p[b]))
		b++;
	if (b + 1 < s.n && s.p[b] == '\r' && s.p[b + 1] == '\n')
		b++;
	if (b < s.n && s.p[b] != '\n')
		return false;
	*from = a;
	*to = b < s.n ? b + 1 : b;
	return true;
}

static bool name_byte(enum template_kind kind, char c)
{
	if (kind == TEMPLATE_MUSTACHE)
		return !blank(c);
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '-' || (c & 0x80);
}

static bool part_ok(enum template_kind kind, struct str part)
{
	for (size_t i = 0; i < part.n; i++)
		if (!name_byte(kind, part.p[i]))
			return false;
	return part.n > 0;
}

static struct name split_name(struct arena *a, struct str whole)
{
	struct name name = { .whole = whole };
	struct str rest = whole;

	for (size_t i = 0; i < whole.n; i++)
		name.n += whole.p[i] == '.';
	name.parts = arena_array(a, struct str, name.n + 1);
	name.n = 0;
	while (str_present(rest))
		name.parts[name.n++] = str_split(&rest, '.');
	return name;
}

bool name_read(struct arena *a, enum template_kind kind, struct str whole,
	       struct name *name)
{
	bool ok = whole.n > 0;

	if (str_is(whole, ".")) {
		*name = (struct name){ .whole = whole };
		return true;
	}
	*name = split_name(a, whole);
	for (size_t i = 0; i < name->n; i++)
		ok = ok && part_ok(kind, name->parts[i]);
	return ok;
}

bool name_in_words(const struct name *name)
{
	return name->n > 0 && str_is(name->parts[0], "words");
}

/* Partials are files and have no dots to follow; plain Mustache allows any. */
static int read_name(struct parser *p, const struct raw_tag *raw, struct name *name)
{
	enum template_kind kind = p->c->t->kind;
	struct str s = raw->inside;
	bool ok;

	if (raw->sigil == '>') {
		*name = (struct name){ .whole = s };
		ok = part_ok(kind, s);
	} else {
		ok = name_read(&p->c->set->arena, kind, s, name);
	}
	if (ok)
		return 0;
	if (!s.n)
		return compile_mistake(p->c, DIAG_SYNTAX, raw_place(p, raw),
				       "a tag without a name");
	compile_mistake(p->c, DIAG_SYNTAX, raw_place(p, raw), "'%.*s' is no name",
			STR_ARG(s));
	if (!compile_over(p->c))
		diag_hint(p->c->diags, "names are letters, digits, '_' and '-'%s",
			  raw->sigil == '>' ? "" : ", with dots between them");
	return -1;
}

static void set_delimiters(struct parser *p, const struct raw_tag *raw)
{
	struct str s = raw->inside;
	size_t n = 0, m;

	while (n < s.n && !blank(s.p[n]))
		n++;
	for (m = n; m < s.n && blank(s.p[m]);)
		m++;
	for (size_t i = m; i < s.n; i++)
		if (blank(s.p[i]))
			m = s.n;
	if (n == 0 || m == s.n || str_index(s, '=') < s.n) {
		compile_mistake(p->c, DIAG_SYNTAX, raw_place(p, raw),
				"delimiters are two words without '='");
		return;
	}
	p->open = str_slice(s, 0, n);
	p->close = str_slice(s, m, s.n);
}

/* Sections left open down to keep; closer is the tag that should have. */
static void unclosed(struct parser *p, size_t keep)
{
	struct template *t = p->c->t;

	while (p->depth > keep) {
		const struct tag *tag = &t->tags[p->sections[--p->depth]];

		compile_mistake(p->c, DIAG_SYNTAX, tag_place(tag),
				"section '%.*s' isn't closed", STR_ARG(tag->name.whole));
		if (!compile_over(p->c))
			diag_hint(p->c->diags, "add %.*s/%.*s%.*s", STR_ARG(p->open),
				  STR_ARG(tag->name.whole), STR_ARG(p->close));
	}
}

static int open_section(struct parser *p, const struct raw_tag *raw, size_t tag)
{
	p->stop = p->depth == TEMPLATE_DEPTH;
	if (p->stop)
		return compile_mistake(p->c, DIAG_TOO_DEEP, raw_place(p, raw),
				       "more than %d sections in each other",
				       TEMPLATE_DEPTH);
	p->sections[p->depth++] = tag;
	return 0;
}

static int close_section(struct parser *p, const struct raw_tag *raw, size_t index)
{
	struct tag *tags = p->c->t->tags;
	const struct tag *inner;
	size_t i = p->depth;

	while (i > 0 && !str_eq(tags[p->sections[i - 1]].name.whole, raw->inside))
		i--;
	if (i > 0) {
		unclosed(p, i);
		p->depth = i - 1;
		tags[index].partner = p->sections[i - 1];
		tags[p->sections[i - 1]].partner = index;
		return 0;
	}
	compile_mistake(p->c, DIAG_SYNTAX, raw_place(p, raw),
			"'%.*s' is closed, but wasn't opened", STR_ARG(raw->inside));
	if (p->depth && !compile_over(p->c)) {
		inner = &tags[p->sections[p->depth - 1]];
		diag_hint(p->c->diags, "the section open here is '%.*s', from line %u",
			  STR_ARG(inner->name.whole), inner->line);
	}
	return -1;
}

static enum tag_kind kind_of(char sigil)
{
	switch (sigil) {
	case '#':
		return TAG_SECTION;
	case '^':
		return TAG_INVERTED;
	case '/':
		return TAG_CLOSE;
	case '>':
		return TAG_PARTIAL;
	case '{':
	case '&':
		return TAG_RAW;
	default:
		return TAG_VARIABLE;
	}
}

static int refuse_raw(struct parser *p, const struct raw_tag *raw)
{
	if (p->c->t->kind == TEMPLATE_MUSTACHE)
		return 0;
	compile_mistake(p->c, DIAG_TAG_RAW, raw_place(p, raw),
			"values are always escaped: '%.*s%c' is plain Mustache's",
			STR_ARG(p->open), raw->sigil);
	if (!compile_over(p->c))
		diag_hint(p->c->diags,
			  "write %.*s%.*s%.*s; bodies of posts are HTML by themselves",
			  STR_ARG(p->open), STR_ARG(raw->inside), STR_ARG(p->close));
	return -1;
}

/* Words are text, and no values go by that name. */
static void check_words(struct parser *p, const struct raw_tag *raw,
			const struct tag *tag)
{
	if (p->c->t->kind == TEMPLATE_MUSTACHE || !name_in_words(&tag->name) ||
	    tag->kind == TAG_CLOSE || (tag->kind == TAG_VARIABLE && tag->name.n == 2))
		return;
	compile_mistake(p->c, DIAG_SYNTAX, raw_place(p, raw),
			"'words' are the theme's, and a tag can only write one");
	if (!compile_over(p->c))
		diag_hint(p->c->diags, "write {{words.NAME}}; data of that name needs "
				       "another");
}

/* The tag, unless it is one of those that leave nothing behind.  0, or -1. */
static int add_tag(struct parser *p, const struct raw_tag *raw, struct str indent,
		   bool alone)
{
	struct template *t = p->c->t;
	struct tag tag = { .kind = kind_of(raw->sigil), .source = &t->source,
			   .alone = alone, .at = raw->at, .n = raw->end - raw->at,
			   .indent = indent, .partner = TAG_NONE };
	size_t index = t->tags_n;

	if (read_name(p, raw, &tag.name) < 0)
		return -1;
	if (tag.kind == TAG_RAW && refuse_raw(p, raw) < 0)
		return -1;
	check_words(p, raw, &tag);
	count_to(p, raw->at);
	tag.line = p->line;
	tag.column = p->column;
	GROW(t->tags, t->tags_n, t->tags_cap);
	t->tags[t->tags_n++] = tag;
	if ((tag.kind == TAG_SECTION || tag.kind == TAG_INVERTED) &&
	    open_section(p, raw, index) < 0)
		return -1;
	if (tag.kind == TAG_CLOSE && close_section(p, raw, index) < 0) {
		t->tags_n--;
		return -1;
	}
	pieces_add(p->out, (struct piece){ .tag = index });
	return 0;
}

static void add_literal(struct parser *p, size_t to)
{
	if (to > p->literal)
		pieces_add(p->out, (struct piece){
			.text = str_slice(p->text, p->literal, to), .tag = TAG_NONE });
}

static void take_tag(struct parser *p, const struct raw_tag *raw)
{
	bool inline_only = raw->sigil == '\0' || raw->sigil == '{' || raw->sigil == '&';
	size_t from = raw->at, to = raw->end;
	bool alone = !inline_only && stands_alone(p, raw, &from, &to);

	add_literal(p, from);
	p->literal = p->at = to;
	if (raw->sigil == '=')
		set_delimiters(p, raw);
	else if (raw->sigil != '!')
		add_tag(p, raw, str_slice(p->text, from, raw->at), alone);
}

int template_parse(struct compile *c, struct pieces *out)
{
	struct parser p = { .c = c, .text = source_text(&c->t->source), .out = out,
			    .open = STR("{{"), .close = STR("}}"),
			    .line = 1, .column = 1 };
	struct raw_tag raw;
	int found;

	while ((found = next_tag(&p, &raw)) > 0) {
		take_tag(&p, &raw);
		if (compile_over(c) || p.stop)
			return -1;
	}
	add_literal(&p, p.text.n);
	if (found == 0)
		unclosed(&p, 0);
	return c->mistakes ? -1 : 0;
}
