/*
 * One template: pieces to operations.  Sections are matched once more here,
 * since Markdown may have moved their tags; each tag is judged by the context
 * that it stands in.  Partials are only named here; template.c has the set.
 */
#include "template-context.h"

#include "base/mem.h"
#include "render/html.h"

#include <stdarg.h>
#include <stdlib.h>

/* Every section may come twice: around a list and around its items. */
enum { OPEN_MAX = 2 * TEMPLATE_DEPTH };

struct build {
	struct compile *c;
	struct context html;
	bool plain;              /* plain Mustache: no HTML is looked at */
	bool text_tag;           /* behind a '<a' that Markdown took for text */
	struct open_section {
		const struct tag *tag;
		bool if_any;
		size_t op;
		struct context_mark mark;
	} open[OPEN_MAX];
	size_t depth;
};

int compile_mistake(struct compile *c, enum diag_id id, struct place where,
		    const char *fmt, ...)
{
	struct buf message = BUF_INIT;
	va_list ap;

	if (compile_over(c))
		return -1;
	va_start(ap, fmt);
	buf_vaddf(&message, fmt, ap);
	va_end(ap);
	diag_add(c->diags, id, where, "%s", message.p);
	buf_release(&message);
	c->t->failed = true;
	if (++c->mistakes == MISTAKES_MAX)
		diag_hint(c->diags, "more mistakes in this file are not shown");
	return -1;
}

static struct op *add_op(struct build *b, struct op op)
{
	struct template *t = b->c->t;

	GROW(t->ops, t->n, t->cap);
	t->ops[t->n] = op;
	return &t->ops[t->n++];
}

static void add_literal(struct build *b, struct str text)
{
	struct template *t = b->c->t;
	struct op *last = t->n ? &t->ops[t->n - 1] : NULL;

	if (!text.n)
		return;
	if (last && last->kind == OP_LITERAL && last->text.p + last->text.n == text.p)
		last->text.n += text.n;
	else
		add_op(b, (struct op){ .kind = OP_LITERAL, .text = text });
}

static void refuse(struct build *b, const struct tag *tag, const struct refusal *why)
{
	bool hidden = tag->kind == TAG_PARTIAL && str_is(tag->name.whole, "disclosure");

	compile_mistake(b->c, hidden ? DIAG_DISCLOSURE_HIDDEN : DIAG_TAG_CONTEXT,
			tag_place(tag), "no tag can stand %s", why->where);
	if (why->hint && !compile_over(b->c))
		diag_hint(b->c->diags, "%s", why->hint);
}

static void add_word(struct build *b, const struct word *word, enum escape escape);

/* Text and values as they would be written where the word's tag stands. */
static void add_form(struct build *b, const struct word_form *form, enum escape escape)
{
	struct compile *c = b->c;

	for (size_t i = 0; i < form->n; i++) {
		const struct tag *tag = form->parts[i].tag;
		struct buf text = BUF_INIT;

		if (tag && name_in_words(&tag->name)) {
			add_word(b, wording_find(c->set->loader.words, tag->name.parts[1]),
				 escape);
			continue;
		}
		if (tag) {
			add_op(b, (struct op){ .kind = OP_VALUE, .tag = tag,
					       .escape = escape });
			continue;
		}
		if (escape == ESCAPE_ATTR)
			html_attr(&text, form->parts[i].text);
		else
			html_text(&text, form->parts[i].text);
		add_literal(b, arena_str(&c->set->arena, buf_str(&text)));
		buf_release(&text);
	}
}

static void add_word(struct build *b, const struct word *word, enum escape escape)
{
	struct template *t = b->c->t;
	size_t plural = t->n;

	if (!word->count) {
		add_form(b, &word->forms[PLURAL_OTHER], escape);
		return;
	}
	add_op(b, (struct op){ .kind = OP_PLURAL, .tag = word->count,
			       .text = word->language });
	for (int i = 0; i < PLURAL_COUNT; i++) {
		size_t form = t->n;

		if (!str_present(word->forms[i].text))
			continue;
		add_op(b, (struct op){ .kind = OP_FORM, .form = (enum plural)i });
		add_form(b, &word->forms[i], escape);
		t->ops[form].end = (uint32_t)t->n;
	}
	t->ops[plural].end = (uint32_t)t->n;
	add_op(b, (struct op){ .kind = OP_END, .tag = word->count });
}

static void unknown_word(struct build *b, const struct tag *tag)
{
	const struct wording *words = b->c->set->loader.words;
	struct str name = tag->name.parts[1];

	compile_mistake(b->c, DIAG_MISSING_KEY, tag_place(tag), "no word '%.*s'",
			STR_ARG(name));
	if (compile_over(b->c))
		return;
	if (words)
		wording_hint(words, name, b->c->diags);
	else
		diag_hint(b->c->diags, "words are in a theme.yaml: --words names it");
}

/* {{words.NAME}}: expanded here and now. */
static void take_word(struct build *b, const struct tag *tag)
{
	const struct wording *words = b->c->set->loader.words;
	const struct word *word = words ? wording_find(words, tag->name.parts[1]) : NULL;
	enum escape escape;
	const struct refusal *why = context_value(&b->html, tag, &escape);

	if (why)
		refuse(b, tag, why);
	else if (escape >= ESCAPE_URL)
		compile_mistake(b->c, DIAG_TAG_CONTEXT, tag_place(tag),
				"no word can stand in an address");
	else if (words && words->failed)
		b->c->t->failed = true;
	else if (!word)
		unknown_word(b, tag);
	else
		add_word(b, word, escape);
}

static void add_value(struct build *b, const struct tag *tag, bool paragraph)
{
	enum escape escape = tag->kind == TAG_RAW ? ESCAPE_RAW : ESCAPE_TEXT;
	const struct refusal *why = NULL;

	if (!b->plain)
		why = context_value(&b->html, tag, &escape);
	if (why)
		refuse(b, tag, why);
	else
		add_op(b, (struct op){ .kind = OP_VALUE, .tag = tag,
				       .escape = paragraph ? ESCAPE_PARAGRAPH : escape });
	b->c->t->holds_blocks |= paragraph;
}

static void add_partial(struct build *b, const struct tag *tag)
{
	const struct refusal *why = b->plain ? NULL : context_partial(&b->html);
	struct template *partial;

	if (why) {
		refuse(b, tag, why);
		return;
	}
	partial = template_partial(b->c, tag);
	if (!partial)
		return;
	add_op(b, (struct op){ .kind = OP_PARTIAL, .tag = tag, .partial = partial,
			       .text = tag->alone ? tag->indent : STR_NONE,
			       .in_section = b->depth > 0,
			       .in_paragraph = b->html.paragraphs > 0,
			       .hidden = b->depth ? "a section"
						  : context_hidden(&b->html) });
}

static void open_section(struct build *b, const struct tag *tag, bool if_any)
{
	enum op_kind kind = if_any ? OP_IF_ANY :
			    tag->kind == TAG_SECTION ? OP_SECTION : OP_INVERTED;
	struct open_section *s = &b->open[b->depth];
	const struct refusal *why;

	if (b->depth == OPEN_MAX) {
		compile_mistake(b->c, DIAG_TOO_DEEP, tag_place(tag),
				"more than %d sections in each other", TEMPLATE_DEPTH);
		b->c->mistakes = MISTAKES_MAX;
		return;
	}
	b->depth++;
	*s = (struct open_section){ .tag = tag, .if_any = if_any, .op = b->c->t->n };
	why = b->plain ? NULL : context_section(&b->html, &s->mark);
	if (why)
		refuse(b, tag, why);
	add_op(b, (struct op){ .kind = kind, .tag = tag });
}

static void close_section(struct build *b, const struct tag *tag, bool if_any)
{
	struct template *t = b->c->t;
	const struct tag *section = &t->tags[tag->partner];
	struct open_section *s = b->depth ? &b->open[b->depth - 1] : NULL;

	if (!s || s->tag != section || s->if_any != if_any) {
		compile_mistake(b->c, DIAG_SECTION_CROSSES, tag_place(section),
				"Markdown moves the ends of section '%.*s' apart",
				STR_ARG(section->name.whole));
		return;
	}
	b->depth--;
	if (!b->plain)
		context_section_end(&b->html, &s->mark, section);
	t->ops[s->op].end = (uint32_t)t->n;
	add_op(b, (struct op){ .kind = OP_END, .tag = section });
}

/* A Markdown paragraph that is one variable or one partial: those bring along
 * what they need of a paragraph.  A word is text. */
static bool fills_paragraph(const struct build *b, const struct pieces *p, size_t i)
{
	const struct tag *tag = &b->c->t->tags[p->items[i].tag];

	return b->c->t->kind == TEMPLATE_MARKDOWN && i > 0 && i + 1 < p->n &&
	       (tag->kind == TAG_VARIABLE || tag->kind == TAG_PARTIAL) &&
	       !name_in_words(&tag->name) &&
	       str_ends(p->items[i - 1].text, STR("<p>")) &&
	       str_starts(p->items[i + 1].text, STR("</p>\n"));
}

static bool is_tag(const struct pieces *p, size_t i)
{
	return i < p->n && p->items[i].tag != TAG_NONE;
}

static size_t last_of(struct str s, struct str needle)
{
	size_t i = s.n < needle.n ? 0 : s.n - needle.n + 1;

	while (i > 0 && !str_starts(str_slice(s, i - 1, s.n), needle))
		i--;
	return i; /* from 1 */
}

/* To Markdown, <a {{#x}}b="c"{{/x}}> is no HTML, thus text: it would be shown. */
static void watch_text(struct build *b, struct str text)
{
	size_t open = last_of(text, STR("&lt;"));
	size_t close = last_of(text, STR("&gt;"));
	size_t element = last_of(text, STR("<"));
	const char *name = text.p + open + strlen("&lt;") - 1;

	close = close > element ? close : element;
	if (open > close)
		b->text_tag = name < text.p + text.n &&
			      ((*name | 32) >= 'a' && (*name | 32) <= 'z');
	else if (close)
		b->text_tag = false;
}

static bool in_code(const struct build *b)
{
	for (size_t i = 0; i < b->html.depth; i++)
		if (str_is(b->html.open[i].name, "code"))
			return true;
	return false;
}

static void refuse_text_tag(struct build *b, const struct tag *tag)
{
	if (!b->text_tag || b->html.state != HTML_TEXT || in_code(b))
		return;
	compile_mistake(b->c, DIAG_TAG_CONTEXT, tag_place(tag),
			"Markdown takes an HTML tag with a section in it for text");
	if (!compile_over(b->c))
		diag_hint(b->c->diags, "move the element into a partial in HTML");
	b->text_tag = false;
}

/* A literal, without the <p> of a tag beside it that fills its paragraph. */
static void take_literal(struct build *b, const struct pieces *p, size_t i)
{
	struct str text = p->items[i].text;

	if (i > 0 && is_tag(p, i - 1) && fills_paragraph(b, p, i - 1))
		text = str_slice(text, strlen("</p>\n"), text.n);
	if (is_tag(p, i + 1) && fills_paragraph(b, p, i + 1))
		text = str_slice(text, 0, text.n - strlen("<p>"));
	if (!b->plain)
		context_feed(&b->html, text);
	if (b->c->t->kind == TEMPLATE_MARKDOWN)
		watch_text(b, text);
	add_literal(b, text);
}

static void take_tag(struct build *b, const struct pieces *p, size_t i)
{
	const struct piece *piece = &p->items[i];
	const struct tag *tag = &b->c->t->tags[piece->tag];

	switch (tag->kind) {
	case TAG_VARIABLE:
	case TAG_RAW:
		if (!b->plain && name_in_words(&tag->name))
			take_word(b, tag);
		else
			add_value(b, tag, fills_paragraph(b, p, i));
		break;
	case TAG_SECTION:
	case TAG_INVERTED:
		refuse_text_tag(b, tag);
		open_section(b, tag, piece->if_any);
		break;
	case TAG_CLOSE:
		close_section(b, tag, piece->if_any);
		break;
	case TAG_PARTIAL:
		add_partial(b, tag);
		break;
	}
}

static void take_pieces(struct compile *c, const struct pieces *p)
{
	struct build b = { .c = c, .html = { .compile = c },
			   .plain = c->t->kind == TEMPLATE_MUSTACHE };

	for (size_t i = 0; i < p->n && !compile_over(c); i++) {
		if (is_tag(p, i))
			take_tag(&b, p, i);
		else
			take_literal(&b, p, i);
	}
	if (!b.plain && !compile_over(c))
		context_end(&b.html);
	context_release(&b.html);
}

void template_compile_one(struct compile *c)
{
	struct pieces pieces = { 0 };
	int status = template_parse(c, &pieces);

	if (status == 0 && c->t->kind == TEMPLATE_MARKDOWN)
		status = template_markdown(c, &pieces);
	if (status == 0)
		take_pieces(c, &pieces);
	pieces_release(&pieces);
}
