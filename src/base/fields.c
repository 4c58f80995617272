/* Mappings into structs by rows.  What values mean is field-values.c's. */
#include "base/fields.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/suggest.h"

#include <stdlib.h>

static size_t count_rows(const struct field *rows)
{
	size_t n = 0;

	while (rows[n].name)
		n++;
	return n;
}

static int unknown_key(const struct ynode *key, const struct field *rows, size_t n,
		       const char *where, struct fields_ctx *ctx)
{
	const char **names = xreallocarray(NULL, n + 1, sizeof(*names));
	const char *near;

	for (size_t i = 0; i < n; i++)
		names[i] = rows[i].name;
	near = suggest(key->text, names, n);
	free(names);
	diag_add(ctx->diags, DIAG_UNKNOWN_KEY, field_place(key, ctx),
		 "unknown key '%.*s'%s%s%s", STR_ARG(key->text), where ? " in '" : "",
		 where ? where : "", where ? "'" : "");
	if (near)
		diag_hint(ctx->diags, "did you mean '%s'?", near);
	return -1;
}

int field_enum(const struct ynode *node, const char *name, const char *const *names,
	       int *out, struct fields_ctx *ctx)
{
	struct buf list = BUF_INIT;
	const char *near;
	int n = 0;

	for (; names[n]; n++) {
		if (node->kind == Y_SCALAR && str_is(node->text, names[n])) {
			buf_release(&list);
			*out = n;
			buf_release(&list);
			return 0;
		}
		buf_addf(&list, "%s%s", n ? ", " : "", names[n]);
	}
	if (node->kind == Y_SCALAR && node->text.n) {
		near = suggest(node->text, names, (size_t)n);
		diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
			 "'%.*s' is no value of '%s'", STR_ARG(node->text), name);
		if (near)
			diag_hint(ctx->diags, "did you mean '%s'?", near);
		else
			diag_hint(ctx->diags, "one of: %s", list.p);
	} else {
		buf_addf(&list, " for '%s'", name);
		field_expected(node, list.p, ctx);
	}
	buf_release(&list);
	return -1;
}

static int read_value(const struct ynode *node, const struct field *row, void *member,
		      struct fields_ctx *ctx)
{
	switch (row->type) {
	case FIELD_STR:
		return field_str(node, member, ctx);
	case FIELD_SLUG:
		return field_slug(node, member, ctx);
	case FIELD_TEXT:
		return field_text(node, member, ctx);
	case FIELD_BOOL:
		return field_bool(node, member, ctx);
	case FIELD_INT:
		return field_int(node, row->min, row->max, member, ctx);
	case FIELD_ENUM:
		return field_enum(node, row->name, row->names, member, ctx);
	case FIELD_SHARE:
		return field_share(node, member, ctx);
	case FIELD_DURATION:
		return field_duration(node, member, ctx);
	case FIELD_TIME:
		return field_time(node, member, ctx);
	case FIELD_LANGUAGE:
		return field_language(node, member, ctx);
	case FIELD_STRS:
		return field_strs(node, member, ctx);
	case FIELD_CUSTOM:
		return row->parse(node, member, ctx);
	}
	return -1;
}

static int check_required(const struct ynode *map, const struct field *rows, size_t n,
			  const char *where, struct fields_ctx *ctx)
{
	struct place place = place_in(ctx->source, map ? map->at : 0, 0);
	int result = 0;

	if (map && map->key)
		place = field_place(map->key, ctx);
	for (size_t i = 0; i < n; i++) {
		if (!rows[i].required || (map && ydoc_get(map, rows[i].name)))
			continue;
		result = diag_add(ctx->diags, DIAG_MISSING_KEY, place,
				  "missing key '%s'%s%s%s", rows[i].name,
				  where ? " in '" : "", where ? where : "",
				  where ? "'" : "");
	}
	return result;
}

int fields_read(const struct ynode *map, const struct field *rows, void *out,
		const char *where, struct fields_ctx *ctx)
{
	size_t n = count_rows(rows);
	int result = 0;

	/* An empty file, or a key with nothing behind it, is an empty mapping. */
	if (map && map->kind != Y_MAP && !ydoc_is_null(map))
		return field_expected(map, "a mapping", ctx);
	for (const struct ynode *v = map ? map->first : NULL; v; v = v->next) {
		size_t i = 0;

		while (i < n && !str_is(v->key->text, rows[i].name))
			i++;
		if (i == n)
			result = unknown_key(v->key, rows, n, where, ctx);
		else if (read_value(v, &rows[i], (char *)out + rows[i].offset, ctx) < 0)
			result = -1;
	}
	if (check_required(map, rows, n, where, ctx) < 0)
		result = -1;
	return result;
}
