/* What the rules take out of texts; how it is found is text/redact's. */
#include "select/rules.h"

static int read_pattern(struct redact_item *it, const struct ynode *node,
			struct fields_ctx *ctx)
{
	static const struct field rows[] = {
		{ .name = "name", FIELD_STR, offsetof(struct redact_item, name),
		  .required = true },
		{ .name = "matches", FIELD_STR, offsetof(struct redact_item, pattern),
		  .required = true },
		{ .name = NULL }
	};

	it->kind = REDACT_PATTERN;
	if (fields_read(node, rows, it, "redact", ctx) < 0)
		return -1;
	it->where = field_place(ydoc_get(node, "matches"), ctx);
	it->regex = vocabulary_regex(ctx->user, it->pattern, it->where, ctx->diags);
	if (!it->regex)
		return -1;
	if (!regex_matches_nothing(it->regex))
		return 0;
	diag_add(ctx->diags, DIAG_BAD_VALUE, it->where,
		 "the pattern '%.*s' can match nothing at all", STR_ARG(it->pattern));
	diag_hint(ctx->diags, "write it so that it matches at least one character");
	return -1;
}

static int read_word(struct redact_item *it, const struct ynode *node,
		     struct fields_ctx *ctx)
{
	for (int k = 0; redact_words[k]; k++)
		if (str_is(node->text, redact_words[k])) {
			it->kind = (enum redact_kind)k;
			it->name = str_of(redact_names[k]);
			return 0;
		}
	diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
		 "'%.*s' is nothing that can be redacted", STR_ARG(node->text));
	diag_hint(ctx->diags, "one of 'email', 'phone', 'card', or a pattern of your own: "
			      "{name: order number, matches: '\\bA-\\d{6}\\b'}");
	return -1;
}

static int read_redact_item(const struct rules *r, struct redact_item *it,
			    const struct ynode *node, struct fields_ctx *ctx)
{
	int result = node->kind == Y_SCALAR ? read_word(it, node, ctx)
					    : read_pattern(it, node, ctx);

	for (const struct redact_item *i = r->redact; result == 0 && i < it; i++)
		if (str_eq(i->name, it->name))
			return diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
					"'%.*s' is redacted twice", STR_ARG(it->name));
	return result;
}

int redact_read(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct rules *r = member;
	int result = 0;

	if (ydoc_is_null(node))
		return 0;
	if (node->kind != Y_LIST)
		return field_expected(node, "a list such as [email, phone, card]", ctx);
	r->redact = arena_array(ctx->arena, struct redact_item, node->count);
	for (const struct ynode *i = node->first; i; i = i->next)
		if (read_redact_item(r, &r->redact[r->redact_n++], i, ctx) < 0)
			result = -1;
	return result;
}

/* "open@acme.example" of "mailto:open@acme.example?subject=Open". */
static struct str contact_address(struct str contact)
{
	struct str scheme = STR("mailto:");

	if (!str_ieq(str_slice(contact, 0, scheme.n), scheme))
		return STR_NONE;
	contact = str_slice(contact, scheme.n, contact.n);
	return str_slice(contact, 0, str_index(contact, '?'));
}

struct redactor rules_redactor(const struct rules *r, const struct config *c)
{
	return (struct redactor){ r->redact, r->redact_n, contact_address(c->contact),
				  language_find(c->language) };
}
