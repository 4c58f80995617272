/*
 * Operations and values to the page.  Nothing is allocated for a tag: scopes
 * are a chain on the stack, names were split when the template was compiled.
 */
#include "template-context.h"

#include "base/mem.h"
#include "base/suggest.h"
#include "render/html.h"

#include <stdarg.h>
#include <stdlib.h>

/* The innermost first; the caller's own scopes are the chain's end. */
struct scope {
	const struct value *value;
	const struct scope *outer;
};

struct render {
	const struct value *const *scopes; /* the caller's, the innermost last */
	size_t n;
	struct buf *out;
	struct diags *diags;
	bool failed;
	size_t said;        /* mistakes told */
	int partials;       /* in each other, now */
	bool too_deep;      /* they were too many: no more are looked into */
	struct buf indent;  /* plain Mustache: before each line of a partial */
	bool line_start;
};

/* The template and the scopes that an operation runs in. */
struct frame {
	const struct template *t;
	const struct scope *scope;
};

static bool mistake(struct render *r, enum diag_id id, const struct tag *tag,
		    const char *fmt, ...) __attribute__((format(printf, 4, 5)));
static void run(struct render *r, struct frame f, size_t from, size_t to);

/* Mistakes. */

/* Worker and page don't matter: a tag's mistake is told once per diags. */
static bool told(const struct diags *d, enum diag_id id, const struct tag *tag)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->items[i].id == id && d->items[i].line == tag->line &&
		    d->items[i].column == tag->column && d->items[i].path &&
		    strcmp(d->items[i].path, tag->source->path) == 0)
			return true;
	return false;
}

/* Records a mistake, unless it has been or there were enough; whether it did. */
static bool mistake(struct render *r, enum diag_id id, const struct tag *tag,
		    const char *fmt, ...)
{
	struct buf message = BUF_INIT;
	va_list ap;

	r->failed = true;
	if (r->said == MISTAKES_MAX || told(r->diags, id, tag))
		return false;
	va_start(ap, fmt);
	buf_vaddf(&message, fmt, ap);
	va_end(ap);
	diag_add(r->diags, id, tag_place(tag), "%s", message.p);
	buf_release(&message);
	if (++r->said == MISTAKES_MAX)
		diag_hint(r->diags, "more mistakes in this page are not shown");
	return true;
}

struct keys {
	const char **items;
	size_t n, cap;
	struct arena arena;
};

static void add_keys(struct keys *keys, const struct value *v)
{
	if (v->kind != VALUE_OBJECT)
		return;
	for (size_t i = 0; i < v->u.object.n; i++) {
		GROW(keys->items, keys->n, keys->cap);
		keys->items[keys->n++] = arena_strz(&keys->arena,
						    v->u.object.members[i].key);
	}
}

/* The key that was probably meant: one of object's, or (NULL) of any scope's. */
static void hint_key(struct render *r, struct frame f, struct str key,
		     const struct value *object)
{
	struct keys keys = { .arena = ARENA_INIT };
	const char *guess;

	if (object)
		add_keys(&keys, object);
	for (const struct scope *s = object ? NULL : f.scope; s; s = s->outer)
		add_keys(&keys, s->value);
	for (size_t i = object ? 0 : r->n; i > 0; i--)
		add_keys(&keys, r->scopes[i - 1]);
	guess = suggest(key, keys.items, keys.n);
	if (guess && r->said < MISTAKES_MAX)
		diag_hint(r->diags, "did you mean '%s'?", guess);
	free(keys.items);
	arena_release(&keys.arena);
}

/* Part i of the tag's name isn't there: in object, or in any scope. */
static void missing(struct render *r, struct frame f, const struct tag *tag, size_t i,
		    const struct value *object)
{
	struct str key = tag->name.parts[i], whole = tag->name.whole;
	bool said;

	if (f.t->kind == TEMPLATE_MUSTACHE)
		return;
	if (i == 0 && tag->source != &f.t->source)
		said = mistake(r, DIAG_MISSING_KEY, tag,
			       "no key '%.*s', where %s uses this word", STR_ARG(key),
			       f.t->source.path);
	else if (i == 0)
		said = mistake(r, DIAG_MISSING_KEY, tag, "no key '%.*s'",
			       STR_ARG(key));
	else
		said = mistake(r, DIAG_MISSING_KEY, tag, "no key '%.*s' in '%.*s'",
			       STR_ARG(key), (int)(key.p - whole.p) - 1, whole.p);
	if (said)
		hint_key(r, f, key, object);
}

/* Names. */

static const struct value *find_first(const struct render *r, const struct scope *scope,
				      struct str key)
{
	const struct value *v;

	for (; scope; scope = scope->outer)
		if ((v = value_get(scope->value, key)))
			return v;
	for (size_t i = r->n; i > 0; i--)
		if ((v = value_get(r->scopes[i - 1], key)))
			return v;
	return NULL;
}

/* What the tag names; NULL when it isn't there, which has been told. */
static const struct value *find(struct render *r, struct frame f, const struct tag *tag)
{
	const struct name *name = &tag->name;
	const struct value *v, *inner;

	if (name->n == 0)
		return f.scope ? f.scope->value : r->scopes[r->n - 1];
	v = find_first(r, f.scope, name->parts[0]);
	if (!v)
		missing(r, f, tag, 0, NULL);
	for (size_t i = 1; v && v->kind != VALUE_NONE && i < name->n; i++) {
		inner = value_get(v, name->parts[i]);
		if (!inner)
			missing(r, f, tag, i, v);
		v = inner;
	}
	return v;
}

static bool truthy(const struct value *v)
{
	if (!v)
		return false;
	switch (v->kind) {
	case VALUE_NONE:
		return false;
	case VALUE_BOOL:
		return v->u.yes;
	case VALUE_TEXT:
	case VALUE_HTML:
		return v->u.text.n > 0;
	case VALUE_LIST:
		return v->u.list.n > 0;
	case VALUE_OBJECT:
		break;
	}
	return true;
}

/* Output. */

/* Plain Mustache puts the indentation of a partial's tag before its lines. */
static void start_line(struct render *r)
{
	if (r->line_start && r->indent.n)
		buf_addstr(r->out, buf_str(&r->indent));
	r->line_start = false;
}

static void put_literal(struct render *r, const struct template *t, struct str text)
{
	if (t->kind != TEMPLATE_MUSTACHE || (!r->indent.n && !r->partials)) {
		buf_addstr(r->out, text);
		return;
	}
	while (text.n) {
		size_t n = str_index(text, '\n');

		n += n < text.n;
		if (text.p[0] != '\n')
			start_line(r);
		buf_add(r->out, text.p, n);
		r->line_start = text.p[n - 1] == '\n';
		text = str_slice(text, n, text.n);
	}
}

static struct str text_of(const struct value *v)
{
	switch (v->kind) {
	case VALUE_BOOL:
		return v->u.yes ? STR("true") : STR("false");
	case VALUE_TEXT:
	case VALUE_HTML:
		return v->u.text;
	default:
		return STR("");
	}
}

static void put_html(struct render *r, const struct scope *scope, struct str html)
{
	while (str_present(html)) {
		const struct value *root;

		buf_addstr(r->out, str_split(&html, VALUE_ROOT));
		if (str_present(html) && (root = find_first(r, scope, STR("root"))))
			html_attr(r->out, text_of(root));
	}
}

static void put_paragraph(struct render *r, const struct scope *scope,
			  const struct value *v)
{
	struct str text = text_of(v);

	if (v->kind == VALUE_HTML && html_starts_block(text)) {
		put_html(r, scope, text);
		if (text.p[text.n - 1] != '\n')
			buf_addc(r->out, '\n');
		return;
	}
	if (!text.n)
		return;
	buf_addlit(r->out, "<p>");
	if (v->kind == VALUE_HTML)
		put_html(r, scope, text);
	else
		html_text(r->out, text);
	buf_addlit(r->out, "</p>\n");
}

static void put_escaped(struct render *r, const struct scope *scope, enum escape escape,
			const struct value *v)
{
	struct str text = text_of(v);

	switch (escape) {
	case ESCAPE_RAW:
		buf_addstr(r->out, text);
		break;
	case ESCAPE_PARAGRAPH:
		put_paragraph(r, scope, v);
		break;
	case ESCAPE_TEXT:
	case ESCAPE_PHRASE:
		if (v->kind == VALUE_HTML)
			put_html(r, scope, text);
		else
			html_text(r->out, text);
		break;
	case ESCAPE_RCDATA:
		html_text(r->out, text);
		break;
	case ESCAPE_ATTR:
		html_attr(r->out, text);
		break;
	case ESCAPE_URL:
	case ESCAPE_URL_PATH:
	case ESCAPE_URL_PART:
		url_value(r->out, escape, text);
		break;
	}
}

/* Why a value of this kind can't be written there, or NULL. */
static const char *misfit(enum escape escape, const struct value *v)
{
	if (v->kind == VALUE_LIST)
		return "a list, not text";
	if (v->kind == VALUE_OBJECT)
		return "an object, not text";
	if (v->kind != VALUE_HTML || escape == ESCAPE_TEXT ||
	    escape == ESCAPE_PARAGRAPH || escape == ESCAPE_RAW)
		return NULL;
	if (escape != ESCAPE_PHRASE)
		return "HTML, which can only stand between elements";
	if (html_starts_block(v->u.text))
		return "HTML with blocks, which can't stand in a <p>";
	return NULL;
}

static void put_value(struct render *r, struct frame f, const struct op *op)
{
	const struct value *v = find(r, f, op->tag);
	const char *why;

	if (!v)
		return;
	if (f.t->kind == TEMPLATE_MUSTACHE) {
		start_line(r);
		put_escaped(r, f.scope, op->escape, v);
		return;
	}
	why = misfit(op->escape, v);
	if (why)
		mistake(r, DIAG_BAD_VALUE, op->tag, "'%.*s' is %s",
			STR_ARG(op->tag->name.whole), why);
	else
		put_escaped(r, f.scope, op->escape, v);
}

static void run_section(struct render *r, struct frame f, const struct op *op, size_t at)
{
	const struct value *v = find(r, f, op->tag);
	struct scope scope = { v, f.scope };
	struct frame inner = { f.t, &scope };

	if (!truthy(v))
		return;
	if (v->kind != VALUE_LIST) {
		run(r, inner, at + 1, op->end);
		return;
	}
	for (size_t i = 0; i < v->u.list.n; i++) {
		scope.value = &v->u.list.items[i];
		run(r, inner, at + 1, op->end);
	}
}

static void run_partial(struct render *r, struct frame f, const struct op *op)
{
	struct frame inner = { op->partial, f.scope };
	size_t indent = r->indent.n;

	if (r->too_deep)
		return; /* one that is used twice would be 2^64 of them */
	if (r->partials == TEMPLATE_DEPTH) {
		r->too_deep = true;
		mistake(r, DIAG_PARTIAL_RECURSION, op->tag,
			"partial '%.*s' goes more than %d levels deep",
			STR_ARG(op->tag->name.whole), TEMPLATE_DEPTH);
		return;
	}
	r->partials++;
	if (f.t->kind == TEMPLATE_MUSTACHE && op->tag->alone) {
		buf_addstr(&r->indent, op->text);
		r->line_start = true;
	}
	run(r, inner, 0, op->partial->n);
	if (f.t->kind == TEMPLATE_MUSTACHE && op->tag->alone) {
		buf_cut(&r->indent, indent);
		r->line_start = true;
	}
	r->partials--;
}

/* A whole number, with whatever its thousands are set apart. */
static bool read_number(struct str s, int64_t *n)
{
	size_t digits = 0;

	*n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
			return false;
		if (c >= '0' && c <= '9' && ++digits < 19)
			*n = *n * 10 + (c - '0');
	}
	return digits > 0 && digits < 19;
}

static enum plural plural_of(const struct value *v, struct str language)
{
	int64_t n;

	if (!v || v->kind != VALUE_TEXT || !read_number(v->u.text, &n))
		return PLURAL_OTHER;
	return language_plural(language, n);
}

static void run_plural(struct render *r, struct frame f, const struct op *op, size_t at)
{
	const struct op *ops = f.t->ops;
	enum plural plural = plural_of(find(r, f, op->tag), op->text);

	for (at++; ops[at].form != plural && ops[at].form != PLURAL_OTHER;)
		at = ops[at].end;
	run(r, f, at + 1, ops[at].end);
}

static void run(struct render *r, struct frame f, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct op *op = &f.t->ops[i];

		switch (op->kind) {
		case OP_LITERAL:
			put_literal(r, f.t, op->text);
			break;
		case OP_VALUE:
			put_value(r, f, op);
			break;
		case OP_PARTIAL:
			run_partial(r, f, op);
			break;
		case OP_SECTION:
			run_section(r, f, op, i);
			i = op->end;
			break;
		case OP_INVERTED:
			if (truthy(find(r, f, op->tag)))
				i = op->end;
			break;
		case OP_IF_ANY:
			if (!truthy(find(r, f, op->tag)))
				i = op->end;
			break;
		case OP_PLURAL:
			run_plural(r, f, op, i);
			i = op->end;
			break;
		case OP_FORM:
		case OP_END:
			break;
		}
	}
}

int template_render(const struct template *t, const struct value *const *scopes,
		    size_t n, struct buf *out, struct diags *diags)
{
	struct render r = { .scopes = scopes, .n = n, .out = out, .diags = diags,
			    .indent = BUF_INIT };

	run(&r, (struct frame){ t, NULL }, 0, t->n);
	buf_release(&r.indent);
	return r.failed ? -1 : 0;
}
