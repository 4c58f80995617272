/* The people that candor.yaml lists, each read and checked by themselves.  What two
 * of them may not share is config.c's. */
#include "select/contributor.h"

#include "select/config.h"

enum { SLUG_MAX = 64 };

/* --- Reading lists --- */

/* A list's items, or the one that stands in its place. */
static const struct ynode *first_of(const struct ynode *node, size_t *n)
{
	*n = node->kind == Y_LIST ? node->count : 1;
	return node->kind == Y_LIST ? node->first : node;
}

/* --- Accounts --- */

/* Those at one venue: an id, or a list of ids. */
static int read_ids(struct accounts *out, const struct ynode *node,
		    struct fields_ctx *ctx)
{
	struct account *all;
	struct strs ids;
	const struct ynode *item;
	size_t n;

	if (field_strs(node, &ids, ctx) < 0)
		return -1;
	all = arena_array(ctx->arena, struct account, out->n + ids.n);
	if (out->n)
		memcpy(all, out->items, out->n * sizeof(*all));
	item = first_of(node, &n);
	for (size_t i = 0; i < n; i++, item = item->next)
		all[out->n++] = (struct account){ node->key->text, ids.items[i],
						  item->at, item->n };
	out->items = all;
	return 0;
}

int accounts_read(const struct ynode *node, void *accounts, struct fields_ctx *ctx)
{
	int result = 0;

	if (node->kind != Y_MAP)
		return field_expected(node, "a mapping from venues to account ids", ctx);
	for (const struct ynode *i = node->first; i; i = i->next)
		if (read_ids(accounts, i, ctx) < 0)
			result = -1;
	return result;
}

/* --- What follows one another in time --- */

/* Only the first may be from the beginning. */
static int needs_from(const struct ynode *node, const char *what, struct fields_ctx *ctx)
{
	diag_add(ctx->diags, DIAG_MISSING_KEY, field_place(node, ctx),
		 "missing key 'from' in '%s'", what);
	diag_hint(ctx->diags, "only the first may go without");
	return -1;
}

static int read_title(struct contributor *c, const struct ynode *node,
		      struct fields_ctx *ctx)
{
	static const struct field rows[] = {
		{ .name = "from", FIELD_TIME, offsetof(struct title, from) },
		{ .name = "title", FIELD_STR, offsetof(struct title, text),
		  .required = true },
		{ .name = NULL }
	};
	struct title *title = &c->titles[c->titles_n];

	*title = (struct title){ .from = WHEN_NONE };
	if (fields_read(node, rows, title, "title", ctx) < 0)
		return -1;
	if (c->titles_n++ == 0)
		return 0;
	if (title->from == WHEN_NONE)
		return needs_from(node, "title", ctx);
	if (title->from > title[-1].from)
		return 0;
	diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(ydoc_get(node, "from"), ctx),
		 "the title '%.*s' does not begin after the one above it",
		 STR_ARG(title->text));
	diag_hint(ctx->diags, "the oldest comes first");
	return -1;
}

static int read_titles(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct contributor *c = member;
	int result = 0;

	if (node->kind == Y_MAP || (node->kind == Y_LIST && !node->count))
		return field_expected(node, "a title or a list of titles", ctx);
	c->titles = arena_array(ctx->arena, struct title, node->count + 1);
	if (node->kind == Y_SCALAR) {
		c->titles[0].from = WHEN_NONE;
		c->titles_n = 1;
		return field_str(node, &c->titles[0].text, ctx);
	}
	for (const struct ynode *i = node->first; i && result == 0; i = i->next)
		result = read_title(c, i, ctx);
	return result;
}

static int check_period(const struct period *period, const struct period *before,
			const struct ynode *node, struct fields_ctx *ctx)
{
	const struct ynode *from = ydoc_get(node, "from"), *to = ydoc_get(node, "to");

	if (before && !from)
		return needs_from(node, "active", ctx);
	if (!from && !to) {
		diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
			 "a period has a 'from', a 'to' or both");
		diag_hint(ctx->diags, "who always speaks for the company needs no 'active'");
		return -1;
	}
	if (period->to <= period->from)
		return diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(to ? to : from, ctx),
				"'to' is not after 'from'");
	if (!before || period->from >= before->to)
		return 0;
	diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(from, ctx),
		 "the period begins before the one above it ends");
	diag_hint(ctx->diags, "the oldest comes first; 'to' is the first day behind it");
	return -1;
}

static int read_period(struct contributor *c, const struct ynode *node,
		       struct fields_ctx *ctx)
{
	static const struct field rows[] = {
		{ .name = "from", FIELD_TIME, offsetof(struct period, from) },
		{ .name = "to", FIELD_TIME, offsetof(struct period, to) },
		{ .name = NULL }
	};
	struct period *period = &c->active[c->active_n++];

	*period = (struct period){ WHEN_NONE, WHEN_MAX };
	if (fields_read(node, rows, period, "active", ctx) < 0)
		return -1;
	return check_period(period, c->active_n > 1 ? period - 1 : NULL, node, ctx);
}

static int read_active(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct contributor *c = member;
	const struct ynode *item;
	size_t n;
	int result = 0;

	item = first_of(node, &n);
	if (node->kind == Y_SCALAR || !n)
		return field_expected(node, "a period or a list of periods", ctx);
	c->active = arena_array(ctx->arena, struct period, n);
	for (size_t i = 0; i < n && result == 0; i++, item = item->next)
		result = read_period(c, item, ctx);
	return result;
}

/* --- A person --- */

/* Made of the name.  Who has no page needs none. */
static int make_slug(struct contributor *c, const struct ynode *node,
		     struct fields_ctx *ctx)
{
	struct buf slug = BUF_INIT;

	if (str_present(c->slug))
		return 0;
	buf_addslug(&slug, c->name, SLUG_MAX);
	c->slug = buf_to_arena(&slug, ctx->arena);
	if (c->slug.n || c->consent == WHEN_NONE)
		return 0;
	diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(ydoc_get(node, "name"), ctx),
		 "the name '%.*s' makes no address for a page", STR_ARG(c->name));
	diag_hint(ctx->diags, "give a 'slug': 1 to 64 of a-z, 0-9 and '-'");
	return -1;
}

static int read_contributor(struct contributor *c, const struct ynode *node,
			    struct fields_ctx *ctx)
{
	static const struct field rows[] = {
		{ .name = "name", FIELD_STR, offsetof(struct contributor, name),
		  .required = true },
		{ .name = "title", FIELD_CUSTOM, 0, .parse = read_titles },
		{ .name = "slug", FIELD_SLUG, offsetof(struct contributor, slug) },
		{ .name = "about", FIELD_TEXT, offsetof(struct contributor, about) },
		{ .name = "accounts", FIELD_CUSTOM, offsetof(struct contributor, accounts),
		  .required = true, .parse = accounts_read },
		{ .name = "active", FIELD_CUSTOM, 0, .parse = read_active },
		{ .name = "consent", FIELD_TIME, offsetof(struct contributor, consent) },
		{ .name = "until", FIELD_TIME, offsetof(struct contributor, until) },
		{ .name = NULL }
	};

	*c = (struct contributor){ .consent = WHEN_NONE, .until = WHEN_NONE,
				   .at = node->at, .n = node->n };
	if (fields_read(node, rows, c, "contributors", ctx) < 0)
		return -1;
	if (c->until != WHEN_NONE && c->consent != WHEN_NONE && c->until < c->consent)
		return diag_add(ctx->diags, DIAG_BAD_VALUE,
				field_place(ydoc_get(node, "until"), ctx),
				"'until' is before 'consent' for '%.*s'",
				STR_ARG(c->name));
	return make_slug(c, node, ctx);
}

int contributors_read(const struct ynode *node, void *config, struct fields_ctx *ctx)
{
	struct config *c = config;
	int result = 0;

	if (ydoc_is_null(node))
		return 0;
	if (node->kind != Y_LIST)
		return field_expected(node, "a list of people", ctx);
	c->contributors_at = node->key->at;
	c->contributors = arena_array(ctx->arena, struct contributor, node->count);
	for (const struct ynode *i = node->first; i; i = i->next)
		if (read_contributor(&c->contributors[c->contributors_n++], i, ctx) < 0)
			result = -1;
	return result;
}

/* --- At a time --- */

bool contributor_listed(const struct contributor *c, int64_t day)
{
	return c->consent != WHEN_NONE && when_day(c->consent) <= day &&
	       (c->until == WHEN_NONE || when_day(c->until) > day);
}

bool contributor_speaks(const struct contributor *c, int64_t at)
{
	for (size_t i = 0; i < c->active_n; i++)
		if (c->active[i].from <= at && at < c->active[i].to)
			return true;
	return c->active_n == 0;
}

struct str contributor_title(const struct contributor *c, int64_t at)
{
	struct str title = STR_NONE;

	for (size_t i = 0; i < c->titles_n && c->titles[i].from <= at; i++)
		title = c->titles[i].text;
	return title;
}
