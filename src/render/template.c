/*
 * A set of templates: which partials they reach, that none of them goes round
 * in circles for ever, and that the disclosure stands where it must.  What
 * one template holds is template-compile.c's.
 */
#include "template-impl.h"

#include "base/mem.h"

#include <stdlib.h>

struct templates *templates_new(const struct template_loader *loader)
{
	struct templates *set = xcalloc(1, sizeof(*set));

	set->loader = *loader;
	return set;
}

static void template_free(struct template *t)
{
	source_release(&t->source);
	buf_release(&t->html);
	free(t->ops);
	free(t->tags);
	free(t);
}

void templates_free(struct templates *set)
{
	if (!set)
		return;
	for (size_t i = 0; i < set->n; i++)
		template_free(set->items[i]);
	free(set->items);
	arena_release(&set->arena);
	free(set);
}

/* Takes the source over. */
static struct template *add_template(struct templates *set, struct str name,
				     struct source source, enum template_kind kind)
{
	struct template *t = xcalloc(1, sizeof(*t));

	t->source = source;
	t->name = arena_str(&set->arena, name);
	t->kind = kind;
	buf_init(&t->html);
	GROW(set->items, set->n, set->cap);
	set->items[set->n++] = t;
	return t;
}

struct template *template_partial(struct compile *c, const struct tag *tag)
{
	struct templates *set = c->set;
	struct str name = tag->name.whole;
	size_t said = c->diags->n;
	enum template_kind kind = c->t->kind;
	struct source source;

	for (size_t i = 0; i < set->n; i++)
		if (str_present(set->items[i]->name) && str_eq(set->items[i]->name, name))
			return set->items[i];
	if (set->loader.partial(set->loader.ctx, name, &source, &kind, c->diags))
		return add_template(set, name, source, kind);
	if (c->diags->n > said)
		c->t->failed = true; /* the loader said why */
	else if (c->t->kind != TEMPLATE_MUSTACHE)
		compile_mistake(c, DIAG_UNKNOWN_PARTIAL, tag_place(tag),
				"no partial '%.*s': there is no %.*s.md or %.*s.html",
				STR_ARG(name), STR_ARG(name), STR_ARG(name));
	return NULL;
}

static bool is_disclosure(const struct template *t)
{
	return str_present(t->name) && str_is(t->name, "disclosure");
}

/* What a template takes from its partial; whether that was news. */
static bool take_flags(struct template *t, const struct template *partial)
{
	struct template before = *t;

	t->failed |= partial->failed;
	t->holds_blocks |= partial->holds_blocks;
	t->holds_disclosure |= is_disclosure(partial) || partial->holds_disclosure;
	return before.failed != t->failed || before.holds_blocks != t->holds_blocks ||
	       before.holds_disclosure != t->holds_disclosure;
}

/* Partials may go in circles, so until nothing changes.  Templates before
 * first were finished by an earlier call. */
static void spread_flags(struct templates *set, size_t first)
{
	bool changed = true;

	while (changed) {
		changed = false;
		for (size_t i = first; i < set->n; i++) {
			struct template *t = set->items[i];

			for (size_t j = 0; j < t->n; j++)
				if (t->ops[j].partial && take_flags(t, t->ops[j].partial))
					changed = true;
		}
	}
}

static void check_paragraphs(struct compile *c)
{
	for (size_t i = 0; i < c->t->n; i++) {
		const struct op *op = &c->t->ops[i];

		if (op->kind != OP_PARTIAL || !op->in_paragraph ||
		    !op->partial->holds_blocks)
			continue;
		compile_mistake(c, DIAG_HTML_UNBALANCED, tag_place(op->tag),
				"partial '%.*s' holds blocks, which can't stand in a <p>",
				STR_ARG(op->tag->name.whole));
	}
}

enum { MARK_NONE, MARK_OPEN, MARK_DONE };

/* Partials reached without a section in between always come: those that reach
 * themselves never end.  depth counts the partials on the way. */
static void check_recursion(struct compile *c, struct template *t, int depth)
{
	t->mark = MARK_OPEN;
	for (size_t i = 0; i < t->n && !compile_over(c); i++) {
		const struct op *op = &t->ops[i];
		struct template *p = op->partial;

		if (op->kind != OP_PARTIAL || op->in_section)
			continue;
		if (p->mark == MARK_OPEN)
			compile_mistake(c, DIAG_PARTIAL_RECURSION, tag_place(op->tag),
					"partial '%.*s' holds itself for ever",
					STR_ARG(op->tag->name.whole));
		else if (depth == TEMPLATE_DEPTH)
			compile_mistake(c, DIAG_PARTIAL_RECURSION, tag_place(op->tag),
					"more than %d partials in each other",
					TEMPLATE_DEPTH);
		else if (p->mark == MARK_NONE)
			check_recursion(c, p, depth + 1);
	}
	t->mark = MARK_DONE;
}

/* Counts the disclosures that a page shows, in order, up to the second. */
static void count_disclosures(struct compile *c, const struct template *t, size_t *n)
{
	for (size_t i = 0; i < t->n && *n < 2; i++) {
		const struct op *op = &t->ops[i];
		const struct template *p = op->partial;

		if (op->kind != OP_PARTIAL || !(is_disclosure(p) || p->holds_disclosure))
			continue;
		if (op->hidden)
			compile_mistake(c, DIAG_DISCLOSURE_HIDDEN, tag_place(op->tag),
					"the disclosure stands in %s", op->hidden);
		else if (!is_disclosure(p))
			count_disclosures(c, p, n);
		else if (++*n == 2)
			compile_mistake(c, DIAG_DISCLOSURE_TWICE, tag_place(op->tag),
					"the disclosure stands here a second time");
	}
}

static void check_disclosure(struct compile *c)
{
	size_t n = 0, before = c->mistakes;

	count_disclosures(c, c->t, &n);
	if (n > 0 || c->mistakes > before)
		return;
	compile_mistake(c, DIAG_DISCLOSURE_MISSING, place_in(&c->t->source, 0, 0),
			"the disclosure is missing");
	diag_hint(c->diags, "add a line {{> disclosure}}, outside sections and comments");
}

const struct template *template_compile(struct templates *set,
					const struct source *source,
					enum template_kind kind, unsigned flags,
					struct diags *diags)
{
	size_t first = set->n;
	struct compile page = { .set = set, .diags = diags };
	struct source copy;

	source_from(&copy, source->path, source_text(source));
	page.t = add_template(set, STR_NONE, copy, kind);
	template_compile_one(&page);
	for (size_t i = first + 1; i < set->n; i++) {
		struct compile c = { .set = set, .t = set->items[i], .diags = diags };

		template_compile_one(&c);
	}
	spread_flags(set, first);
	for (size_t i = first; i < set->n; i++) {
		struct compile c = { .set = set, .t = set->items[i], .diags = diags };

		check_paragraphs(&c);
	}
	check_recursion(&page, page.t, 0);
	if ((flags & TEMPLATE_NEEDS_DISCLOSURE) && !page.t->failed)
		check_disclosure(&page);
	spread_flags(set, first);
	return page.t->failed ? NULL : page.t;
}
