/* What single values of a configuration mean.  Mappings are fields.c's. */
#include "base/fields.h"

#include "base/diag.h"
#include "base/when.h"

struct place field_place(const struct ynode *node, const struct fields_ctx *ctx)
{
	return place_in(ctx->source, node->at, node->n);
}

int field_expected(const struct ynode *node, const char *what, struct fields_ctx *ctx)
{
	struct place where = field_place(node, ctx);

	if (node->kind == Y_SCALAR && !ydoc_is_null(node))
		return diag_add(ctx->diags, DIAG_BAD_VALUE, where,
				"expected %s, found '%.*s'", what, STR_ARG(node->text));
	return diag_add(ctx->diags, DIAG_BAD_VALUE, where, "expected %s, found %s", what,
			ydoc_kind_name(node));
}

static bool is_text(const struct ynode *node)
{
	return node->kind == Y_SCALAR && !ydoc_is_null(node);
}

int field_text(const struct ynode *node, struct str *out, struct fields_ctx *ctx)
{
	if (!is_text(node))
		return field_expected(node, "text", ctx);
	*out = arena_str(ctx->arena, node->text);
	return 0;
}

int field_str(const struct ynode *node, struct str *out, struct fields_ctx *ctx)
{
	if (!is_text(node) || !str_trim(node->text).n)
		return field_expected(node, "text", ctx);
	if (str_index(node->text, '\n') < node->text.n)
		return diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
				"expected one line of text, found several");
	*out = arena_str(ctx->arena, node->text);
	return 0;
}

int field_slug(const struct ynode *node, struct str *out, struct fields_ctx *ctx)
{
	if (field_str(node, out, ctx) < 0)
		return -1;
	if (str_is_slug(*out))
		return 0;
	diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx), "'%.*s' is no slug",
		 STR_ARG(*out));
	diag_hint(ctx->diags, "1 to 64 of a-z, 0-9 and '-'");
	return -1;
}

int field_bool(const struct ynode *node, bool *out, struct fields_ctx *ctx)
{
	static const struct {
		const char *name;
		bool value;
	} words[] = { { "true", true },	  { "yes", true }, { "on", true },
		      { "false", false }, { "no", false }, { "off", false } };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (is_text(node) && str_ieq(node->text, str_of(words[i].name))) {
			*out = words[i].value;
			return 0;
		}
	}
	return field_expected(node, "true or false", ctx);
}

/* At least one and at most max decimal digits off the front of *s. */
static bool take_digits(struct str *s, size_t max, int64_t *out, size_t *n)
{
	int64_t v = 0;

	for (*n = 0; *n < s->n && s->p[*n] >= '0' && s->p[*n] <= '9'; ++*n) {
		if (*n == max)
			return false;
		v = v * 10 + (s->p[*n] - '0');
	}
	*s = str_slice(*s, *n, s->n);
	*out = v;
	return *n > 0;
}

static bool take(struct str *s, char c)
{
	if (!s->n || s->p[0] != c)
		return false;
	*s = str_slice(*s, 1, s->n);
	return true;
}

int field_int(const struct ynode *node, int64_t min, int64_t max, int64_t *out,
	      struct fields_ctx *ctx)
{
	struct str s = is_text(node) ? node->text : STR("");
	bool minus = take(&s, '-');
	int64_t v;
	size_t n;

	if (!take_digits(&s, 18, &v, &n) || s.n)
		return field_expected(node, "a whole number", ctx);
	v = minus ? -v : v;
	if (v < min || v > max)
		return diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
				"%lld is not between %lld and %lld", (long long)v,
				(long long)min, (long long)max);
	*out = v;
	return 0;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
	while (b) {
		int64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/*
 * "25%", "33.3%", "1/4", "0.25" exactly.  Up to 9 digits on either side keep
 * every product with a count of threads within 64 bits.
 */
static bool parse_ratio(struct str s, int64_t *num, int64_t *den)
{
	int64_t fraction;
	size_t n;

	*den = 1;
	if (!take_digits(&s, 9, num, &n))
		return false;
	if (take(&s, '/'))
		return take_digits(&s, 9, den, &n) && *den > 0 && !s.n;
	if (take(&s, '.')) {
		if (!take_digits(&s, 9, &fraction, &n))
			return false;
		while (n-- > 0)
			*den *= 10;
		*num = *num * *den + fraction;
	}
	if (take(&s, '%'))
		*den *= 100;
	return !s.n;
}

bool field_is_share(struct str s)
{
	int64_t num, den;

	return parse_ratio(s, &num, &den) && num <= den;
}

int field_share(const struct ynode *node, struct ratio *out, struct fields_ctx *ctx)
{
	struct str s = is_text(node) ? node->text : STR("");
	bool minus = take(&s, '-');
	int64_t num, den, divisor;

	if (!parse_ratio(s, &num, &den))
		return field_expected(node, "a share like 25%, 1/4 or 0.25", ctx);
	if (minus && num)
		return diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
				"a share can't be negative");
	if (num > den) {
		diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
			 "a share can't be over 100 %%");
		if (den == 1)
			diag_hint(ctx->diags, "did you mean %lld%%?", (long long)num);
		return -1;
	}
	divisor = common_divisor(num, den);
	*out = (struct ratio){ num / divisor, den / divisor };
	return 0;
}

int field_duration(const struct ynode *node, int64_t *days, struct fields_ctx *ctx)
{
	static const struct {
		const char *one, *many;
		int64_t days;
	} units[] = { { "day", "days", 1 },
		      { "week", "weeks", 7 },
		      { "month", "months", 30 },
		      { "year", "years", 365 } };
	struct str s = is_text(node) ? node->text : STR("");
	int64_t v;
	size_t n;

	/* A million years, in days, stay far from overflow. */
	if (take_digits(&s, 6, &v, &n) && take(&s, ' ')) {
		s = str_trim(s);
		for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
			if (str_is(s, units[i].one) || str_is(s, units[i].many)) {
				*days = v * units[i].days;
				return 0;
			}
		}
	}
	return field_expected(node, "a time span like '180 days' or '3 years'", ctx);
}

int field_time(const struct ynode *node, int64_t *t, struct fields_ctx *ctx)
{
	if (is_text(node) && when_parse(node->text, t))
		return 0;
	return field_expected(node, "a date like 2026-11-22 or a time like "
				    "2026-11-22T07:30:00Z", ctx);
}

int field_language(const struct ynode *node, struct str *out, struct fields_ctx *ctx)
{
	if (field_str(node, out, ctx) < 0)
		return -1;
	if (str_is_language(*out))
		return 0;
	diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
		 "'%.*s' is not a language tag", STR_ARG(*out));
	diag_hint(ctx->diags, "a tag such as en, de or pt-BR");
	return -1;
}

int field_strs(const struct ynode *node, struct strs *out, struct fields_ctx *ctx)
{
	const struct ynode *item = node->kind == Y_LIST ? node->first : node;
	size_t n = node->kind == Y_LIST ? node->count : 1;
	int result = 0;

	if (node->kind == Y_MAP || ydoc_is_null(node))
		return field_expected(node, "text or a list of texts", ctx);
	out->items = arena_array(ctx->arena, struct str, n);
	out->n = n;
	for (size_t i = 0; i < n; i++, item = item->next)
		if (field_str(item, &out->items[i], ctx) < 0)
			result = -1;
	return result;
}
