/*
 * rules.yaml into a struct.  Owns its keys, defaults and mistakes; the
 * conditions in it are predicate.c's, their meaning for a page is select.c's.
 */
#include "select/rules.h"

#include "base/fsys.h"
#include "base/mem.h"

#include <stdlib.h>

enum { LIMIT_MOST = 10000, HALF_LIFE_MOST = 36500 };

unsigned rules_line(const struct ynode *node, const struct fields_ctx *ctx)
{
	unsigned line, column;

	source_position(ctx->source, node->at, &line, &column);
	return line;
}

unsigned rules_key_line(const struct ynode *map, const char *key,
			const struct fields_ctx *ctx)
{
	const struct ynode *value = ydoc_get(map, key);

	return value ? rules_line(value->key, ctx) : 0;
}

/* --- order --- */

/* A decimal from 0 to 1000 with up to three places, in thousandths. */
static bool weight_value(struct str s, int64_t *weight)
{
	struct str whole = str_split(&s, '.');
	int64_t value = 0;

	if (whole.n == 0 || whole.n > 4 || (str_present(s) && (s.n == 0 || s.n > 3)))
		return false;
	for (size_t i = 0; i < whole.n + 3; i++) {
		size_t place = i - whole.n; /* behind the point, once i is there */
		char c = i < whole.n ? whole.p[i] : place < s.n ? s.p[place] : '0';

		if (c < '0' || c > '9')
			return false;
		value = value * 10 + (c - '0');
	}
	*weight = value;
	return value <= WEIGHT_MAX;
}

static int read_weight(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	if (node->kind != Y_SCALAR)
		return field_expected(node, "a weight", ctx);
	if (weight_value(node->text, member))
		return 0;
	diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
		 "'%.*s' is not a weight", STR_ARG(node->text));
	diag_hint(ctx->diags, "a number from 0 to 1000 with at most three decimals, such "
			      "as 2 or 0.5");
	return -1;
}

static int read_half_life(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	int64_t *days = member;

	if (field_duration(node, days, ctx) < 0)
		return -1;
	if (*days >= 1 && *days <= HALF_LIFE_MOST)
		return 0;
	return diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
			"a half-life is 1 day to 100 years");
}

static int read_recent(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	static const struct field rows[] = {
		{ .name = "weight", FIELD_CUSTOM, offsetof(struct order, recent),
		  .required = true, .parse = read_weight },
		{ .name = "half_life", FIELD_CUSTOM, offsetof(struct order, half_life),
		  .parse = read_half_life },
		{ .name = NULL }
	};
	struct order *order = member;

	if (node->kind == Y_SCALAR)
		return read_weight(node, &order->recent, ctx);
	return fields_read(node, rows, order, "recent", ctx);
}

/* An order that is given replaces the default as a whole: what it doesn't
 * name weighs nothing. */
static int read_order(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	static const struct field rows[] = {
		{ .name = "solved", FIELD_CUSTOM, offsetof(struct order, solved),
		  .parse = read_weight },
		{ .name = "thanked", FIELD_CUSTOM, offsetof(struct order, thanked),
		  .parse = read_weight },
		{ .name = "helpful", FIELD_CUSTOM, offsetof(struct order, helpful),
		  .parse = read_weight },
		{ .name = "recent", FIELD_CUSTOM, 0, .parse = read_recent },
		{ .name = NULL }
	};
	struct order *order = member;

	*order = (struct order){ .half_life = order->half_life };
	return fields_read(node, rows, order, "order", ctx);
}

/* --- caps --- */

static const char *const cap_names[CAP_COUNT] = {
	[CAP_CUSTOMER] = "per_customer",
	[CAP_CONTRIBUTOR] = "per_contributor",
	[CAP_VENUE] = "per_venue",
};

static bool all_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

/* A whole number counts threads; anything else is a part of the page. */
static int read_cap(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct cap *cap = member;

	if (node->kind == Y_SCALAR && all_digits(node->text))
		return field_int(node, 1, LIMIT_MOST, &cap->count, ctx);
	return field_share(node, &cap->part, ctx);
}

static int read_caps(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct field rows[CAP_COUNT + 1] = { { .name = NULL } };
	struct rules *r = member;

	for (int k = 0; k < CAP_COUNT; k++)
		rows[k] = (struct field){ .name = cap_names[k], .type = FIELD_CUSTOM,
					  .offset = (size_t)k * sizeof(struct cap),
					  .parse = read_cap };
	if (fields_read(node, rows, r->caps, "caps", ctx) < 0)
		return -1;
	for (int k = 0; k < CAP_COUNT; k++)
		r->cap_lines[k] = rules_key_line(node, cap_names[k], ctx);
	r->caps_line = rules_line(node->key, ctx);
	return 0;
}

/* --- keep, drop, match --- */

static int read_rules(const struct ynode *node, const char *where, struct rule **out,
		      size_t *n, struct fields_ctx *ctx)
{
	int result = 0;

	if (ydoc_is_null(node))
		return 0;
	if (node->kind != Y_LIST)
		return field_expected(node, "a list of conditions", ctx);
	*out = arena_array(ctx->arena, struct rule, node->count);
	for (const struct ynode *i = node->first; i; i = i->next) {
		struct rule *rule = &(*out)[(*n)++];

		rule->line = rules_line(i, ctx);
		if (predicate_read(&rule->when, i, where, NULL, ctx) < 0)
			result = -1;
	}
	return result;
}

static int read_keep(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct rules *r = member;

	return read_rules(node, "keep", &r->keep, &r->keep_n, ctx);
}

static int read_drop(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct rules *r = member;

	return read_rules(node, "drop", &r->drop, &r->drop_n, ctx);
}

static int read_match_item(struct match *m, const struct ynode *node,
			   struct fields_ctx *ctx)
{
	const struct ynode *slug = node->kind == Y_MAP ? ydoc_get(node, "product") : NULL;
	int result = predicate_read(&m->when, node, "match", "product", ctx);

	if (node->kind != Y_MAP)
		return -1;
	if (!slug)
		return diag_add(ctx->diags, DIAG_MISSING_KEY, field_place(node, ctx),
				"missing key 'product' in 'match'");
	m->at = slug->at;
	m->n = slug->n;
	return field_str(slug, &m->product, ctx) < 0 ? -1 : result;
}

static int read_match(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct rules *r = member;
	int result = 0;

	if (ydoc_is_null(node))
		return 0;
	if (node->kind != Y_LIST)
		return field_expected(node, "a list of products with conditions", ctx);
	r->matches = arena_array(ctx->arena, struct match, node->count);
	for (const struct ynode *i = node->first; i; i = i->next)
		if (read_match_item(&r->matches[r->matches_n++], i, ctx) < 0)
			result = -1;
	return result;
}

/* --- products, scenarios --- */

static int read_own_share(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	static const struct field rows[] = {
		{ .name = "share", FIELD_SHARE, offsetof(struct override, share),
		  .required = true },
		{ .name = NULL }
	};
	struct override *o = member;

	if (fields_read(node, rows, o, "wrong", ctx) < 0)
		return -1;
	o->has_share = true;
	o->share_line = rules_key_line(node, "share", ctx);
	return 0;
}

static int read_override(struct override *o, const struct ynode *node,
			 struct fields_ctx *ctx)
{
	static const struct field rows[] = {
		{ .name = "limit", FIELD_INT, offsetof(struct override, limit),
		  .min = 1, .max = LIMIT_MOST },
		{ .name = "wrong", FIELD_CUSTOM, 0, .parse = read_own_share },
		{ .name = NULL }
	};

	*o = (struct override){ .product = node->key->text, .at = node->key->at,
				.n = node->key->n };
	if (fields_read(node, rows, o, "products", ctx) < 0)
		return -1;
	o->limit_line = rules_key_line(node, "limit", ctx);
	o->has_limit = o->limit_line > 0;
	return 0;
}

static int override_cmp(const void *a, const void *b)
{
	const struct override *x = a, *y = b;

	return str_cmp(x->product, y->product);
}

static int read_overrides(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct rules *r = member;
	int result = 0;

	if (ydoc_is_null(node))
		return 0;
	if (node->kind != Y_MAP)
		return field_expected(node, "a mapping with products as keys", ctx);
	r->overrides = arena_array(ctx->arena, struct override, node->count);
	for (const struct ynode *i = node->first; i; i = i->next)
		if (read_override(&r->overrides[r->overrides_n++], i, ctx) < 0)
			result = -1;
	if (r->overrides_n)
		qsort(r->overrides, r->overrides_n, sizeof(*r->overrides), override_cmp);
	return result;
}

const struct override *rules_override(const struct rules *r, struct str product)
{
	struct override key = { .product = product };

	if (!r->overrides_n)
		return NULL;
	return bsearch(&key, r->overrides, r->overrides_n, sizeof(key), override_cmp);
}

static int read_slug(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct scenario *s = member;

	s->own.at = node->at;
	s->own.n = node->n;
	return field_slug(node, &s->slug, ctx);
}

static int read_when(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	return predicate_read(member, node, "when", NULL, ctx);
}

static int read_scenario(struct scenario *s, const struct ynode *node,
			 struct fields_ctx *ctx)
{
	static const struct field rows[] = {
		{ .name = "slug", FIELD_CUSTOM, 0, .required = true, .parse = read_slug },
		{ .name = "title", FIELD_STR, offsetof(struct scenario, title),
		  .required = true },
		{ .name = "about", FIELD_STR, offsetof(struct scenario, about) },
		{ .name = "when", FIELD_CUSTOM, offsetof(struct scenario, when),
		  .required = true, .parse = read_when },
		{ .name = "limit", FIELD_INT, offsetof(struct scenario, own.limit),
		  .min = 1, .max = LIMIT_MOST },
		{ .name = "wrong", FIELD_CUSTOM, offsetof(struct scenario, own),
		  .parse = read_own_share },
		{ .name = NULL }
	};

	*s = (struct scenario){ .slug = STR_NONE };
	if (fields_read(node, rows, s, "scenarios", ctx) < 0)
		return -1;
	s->own.limit_line = rules_key_line(node, "limit", ctx);
	s->own.has_limit = s->own.limit_line > 0;
	return 0;
}

static int check_slugs(const struct rules *r, struct fields_ctx *ctx)
{
	int result = 0;

	for (size_t i = 0; i < r->scenarios_n; i++)
		for (size_t j = 0; j < i; j++) {
			const struct scenario *s = &r->scenarios[i];

			if (!str_eq(s->slug, r->scenarios[j].slug))
				continue;
			result = diag_add(ctx->diags, DIAG_DUPLICATE_ID,
					  place_in(ctx->source, s->own.at, s->own.n),
					  "a scenario '%.*s' was already there",
					  STR_ARG(s->slug));
			break;
		}
	return result;
}

static int read_scenarios(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct rules *r = member;
	int result = 0;

	if (ydoc_is_null(node))
		return 0;
	if (node->kind != Y_LIST)
		return field_expected(node, "a list of scenarios", ctx);
	r->scenarios = arena_array(ctx->arena, struct scenario, node->count);
	for (const struct ynode *i = node->first; i; i = i->next)
		if (read_scenario(&r->scenarios[r->scenarios_n++], i, ctx) < 0)
			result = -1;
	return result < 0 ? -1 : check_slugs(r, ctx);
}

/* --- The file --- */

static int read_publish(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	static const struct field rows[] = {
		{ .name = "limit", FIELD_INT, offsetof(struct rules, limit),
		  .min = 1, .max = LIMIT_MOST },
		{ .name = "order", FIELD_CUSTOM, offsetof(struct rules, order),
		  .parse = read_order },
		{ .name = NULL }
	};
	struct rules *r = member;

	if (fields_read(node, rows, r, "publish", ctx) < 0)
		return -1;
	r->limit_line = rules_key_line(node, "limit", ctx);
	return 0;
}

static void set_defaults(struct rules *r)
{
	r->limit = 10;
	r->order = (struct order){ .solved = 2 * WEIGHT_SCALE,
				   .thanked = 2 * WEIGHT_SCALE,
				   .helpful = WEIGHT_SCALE,
				   .recent = 3 * WEIGHT_SCALE,
				   .half_life = 180 };
	r->wrong = (struct wrong_rules){ .share = { 1, 4 }, .over_page = true,
					 .over_site = true, .spread = true,
					 .max_age = MAX_AGE_NONE,
					 .shortfall = SHORTFALL_TRIM };
}

static int parse(struct rules *r, struct diags *diags)
{
	static const struct field rows[] = {
		{ .name = "publish", FIELD_CUSTOM, 0, .parse = read_publish },
		{ .name = "wrong", FIELD_CUSTOM, offsetof(struct rules, wrong),
		  .parse = wrong_read },
		{ .name = "keep", FIELD_CUSTOM, 0, .parse = read_keep },
		{ .name = "drop", FIELD_CUSTOM, 0, .parse = read_drop },
		{ .name = "caps", FIELD_CUSTOM, 0, .parse = read_caps },
		{ .name = "match", FIELD_CUSTOM, 0, .parse = read_match },
		{ .name = "products", FIELD_CUSTOM, 0, .parse = read_overrides },
		{ .name = "scenarios", FIELD_CUSTOM, 0, .parse = read_scenarios },
		{ .name = "topics", FIELD_CUSTOM, 0, .parse = topics_read },
		{ .name = "redact", FIELD_CUSTOM, 0, .parse = redact_read },
		{ .name = NULL }
	};
	struct fields_ctx ctx = { .source = &r->source, .arena = &r->doc.arena,
				  .diags = diags, .user = &r->vocabulary };
	int result;

	set_defaults(r);
	vocabulary_init(&r->vocabulary);
	if (ydoc_parse(&r->doc, &r->source, diags) < 0)
		return -1;
	result = fields_read(r->doc.root, rows, r, NULL, &ctx);
	if (result == 0)
		result = topics_resolve(r, &ctx);
	vocabulary_compile(&r->vocabulary);
	return result;
}

/* Keeps the rules only when they are good. */
static int finish(struct rules **out, struct rules *r, struct diags *diags)
{
	*out = r;
	if (parse(r, diags) == 0)
		return 0;
	rules_free(r);
	*out = NULL;
	return -1;
}

int rules_parse(struct rules **out, const char *path, struct str text,
		struct diags *diags)
{
	struct rules *r = xcalloc(1, sizeof(*r));

	buf_init(&r->text);
	buf_addstr(&r->text, text);
	source_from(&r->source, path, text);
	return finish(out, r, diags);
}

/* A source is without its BOM; what is published is the file as it was. */
static int load_text(struct rules *r, const char *path, struct diags *diags)
{
	struct str bom = STR("\xef\xbb\xbf");

	buf_init(&r->text);
	if (fsys_read(path, SIZE_MAX, &r->text, diags) < 0)
		return -1;
	buf_cut(&r->text, str_starts(buf_str(&r->text), bom) ? bom.n : 0);
	buf_addstr(&r->text, source_text(&r->source));
	return 0;
}

int rules_load(struct rules **out, const char *path, struct diags *diags)
{
	struct rules *r = xcalloc(1, sizeof(*r));

	*out = NULL;
	if (source_load(&r->source, path, diags) < 0) {
		free(r);
		return -1;
	}
	if (load_text(r, path, diags) < 0) {
		buf_release(&r->text);
		source_release(&r->source);
		free(r);
		return -1;
	}
	return finish(out, r, diags);
}

void rules_free(struct rules *r)
{
	if (!r)
		return;
	vocabulary_release(&r->vocabulary);
	ydoc_release(&r->doc);
	buf_release(&r->text);
	source_release(&r->source);
	free(r);
}

struct str rules_text(const struct rules *r)
{
	return buf_str(&r->text);
}

const char *rules_path(const struct rules *r)
{
	return r->source.path;
}
