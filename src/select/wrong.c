/* The key `wrong` of the rules: what share is required, and of what; which threads count
 * towards it. */
#include "select/rules.h"

static int read_over_item(const struct ynode *node, struct wrong_rules *w,
			  struct fields_ctx *ctx)
{
	bool *over = str_is(node->text, "page") ? &w->over_page
		   : str_is(node->text, "site") ? &w->over_site : NULL;

	if (node->kind != Y_SCALAR)
		return field_expected(node, "'page' or 'site'", ctx);
	if (!over) {
		diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
			 "'%.*s' is nothing that a share can be over",
			 STR_ARG(node->text));
		diag_hint(ctx->diags, "one of 'page', 'site', or both in a list");
		return -1;
	}
	*over = true;
	return 0;
}

static int read_over(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct wrong_rules *w = member;
	int result = 0;

	w->over_page = w->over_site = false;
	if (node->kind != Y_LIST)
		return read_over_item(node, w, ctx);
	if (!node->count)
		return field_expected(node, "'page', 'site', or both in a list", ctx);
	for (const struct ynode *i = node->first; i; i = i->next)
		if (read_over_item(i, w, ctx) < 0)
			result = -1;
	return result;
}

/* A courtesy is no admission, whoever asks for it. */
static const char *const *const detected_names = evidence_grade_names + GRADE_HEDGED;

static int read_detected(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	int *grade = member;

	if (field_enum(node, "detected", detected_names, grade, ctx) < 0)
		return -1;
	*grade += GRADE_HEDGED;
	return 0;
}

static int read_evidence(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	static const char *const names[] = { "confirmed", "detected", NULL };
	static const struct field rows[] = {
		{ .name = "detected", FIELD_CUSTOM, 0, .required = true,
		  .parse = read_detected },
		{ .name = NULL }
	};
	struct wrong_rules *w = member;
	int detected;

	w->evidence_at = node->at;
	w->evidence_n = node->n;
	if (node->kind == Y_MAP)
		return fields_read(node, rows, &w->evidence, "evidence", ctx);
	if (field_enum(node, "evidence", names, &detected, ctx) < 0)
		return -1;
	w->evidence = detected ? GRADE_FAULT : GRADE_NONE;
	return 0;
}

static const char *const shortfall_names[] = { "trim", "fail", "skip", NULL };

int wrong_read(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	static const struct field rows[] = {
		{ .name = "share", FIELD_SHARE, offsetof(struct wrong_rules, share) },
		{ .name = "over", FIELD_CUSTOM, 0, .parse = read_over },
		{ .name = "evidence", FIELD_CUSTOM, 0, .parse = read_evidence },
		{ .name = "spread", FIELD_BOOL, offsetof(struct wrong_rules, spread) },
		{ .name = "max_age", FIELD_DURATION,
		  offsetof(struct wrong_rules, max_age) },
		{ .name = "shortfall", FIELD_ENUM,
		  offsetof(struct wrong_rules, shortfall),
		  .names = shortfall_names },
		{ .name = NULL }
	};
	struct wrong_rules *w = member;
	const struct ynode *share;

	if (fields_read(node, rows, w, "wrong", ctx) < 0)
		return -1;
	share = ydoc_get(node, "share");
	w->share_line = rules_key_line(node, "share", ctx);
	w->share_at = share ? share->at : 0;
	w->share_n = share ? share->n : 0;
	return 0;
}

struct place rules_share_place(const struct rules *r)
{
	const struct wrong_rules *w = &r->wrong;

	if (!w->share_n)
		return place_file(r->source.path);
	return place_in(&r->source, w->share_at, w->share_n);
}
