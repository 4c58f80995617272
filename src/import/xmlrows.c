/* Table dumps: the shape of the file.  What columns mean is the importer's. */
#include "import/xmlrows.h"

struct rows {
	const char *root;
	int (*fn)(void *ctx, const struct xmlrow *row);
	void *ctx;
	struct diags *diags;
	int depth;
};

static int on_start(void *ctx, const struct xmlelement *e, struct place where)
{
	struct rows *r = ctx;
	const struct xmlrow row = { e->attrs, e->attrs_n, where };
	const char *want = r->depth == 0 ? r->root : "row";

	if (r->depth > 1)
		return diag_add(r->diags, DIAG_SYNTAX, where,
				"expected nothing inside <row>, found <%.*s>",
				STR_ARG(e->name));
	if (!str_is(e->name, want))
		return diag_add(r->diags, DIAG_SYNTAX, where, "expected <%s>, found <%.*s>",
				want, STR_ARG(e->name));
	return r->depth++ == 1 ? r->fn(r->ctx, &row) : 0;
}

static int on_end(void *ctx)
{
	struct rows *r = ctx;

	r->depth--;
	return 0;
}

static int on_text(void *ctx, struct str text, struct place where)
{
	struct rows *r = ctx;

	if (!str_trim(text).n)
		return 0;
	return diag_add(r->diags, DIAG_SYNTAX, where, "text where only rows belong");
}

int xmlrows_read(const char *path, const char *root,
		 int (*fn)(void *ctx, const struct xmlrow *row), void *ctx,
		 struct diags *diags)
{
	static const struct xmlevents events = { on_start, on_end, on_text };
	struct rows r = { root, fn, ctx, diags, 0 };
	struct xmlstream how = { .events = &events, .ctx = &r };

	return xmlstream_read(&how, path, diags);
}
