/* JSON objects into structs, by rows.  What the rows are is the readers'. */
#include "base/json-keys.h"

#include "base/mem.h"
#include "base/suggest.h"
#include "base/when.h"

#include <stdlib.h>

/* "posts[2].author.name" */
static void add_path(struct buf *out, const struct json_at *at)
{
	if (!at)
		return;
	add_path(out, at->up);
	if (at->key)
		buf_addf(out, "%s%s", out->n ? "." : "", at->key);
	else
		buf_addf(out, "[%zu]", at->index);
}

/* -1, always. */
static int complain(struct json_reader *r, enum diag_id id, const struct json_at *at,
		    const char *before, const char *behind)
{
	struct buf path = BUF_INIT;

	add_path(&path, at);
	diag_add(r->diags, id, r->where, "%s'%s'%s", before, path.p, behind);
	buf_release(&path);
	return -1;
}

int json_wrong(struct json_reader *r, const struct json_at *at, const struct json *v,
	       const char *want)
{
	struct buf behind = BUF_INIT;

	if (v->kind == JSON_STR && v->u.str.n)
		buf_addf(&behind, " is '%.*s'", STR_ARG(str_slice(v->u.str, 0, 60)));
	else if (v->kind == JSON_STR || (v->kind == JSON_LIST && !v->u.list.n))
		buf_adds(&behind, " is empty");
	else
		buf_addf(&behind, " is %s",
			 v->kind == JSON_REAL ? "a fraction" : json_kind_name(v));
	buf_addf(&behind, ", expected %s", want);
	complain(r, DIAG_BAD_VALUE, at, "", behind.p);
	buf_release(&behind);
	return -1;
}

int json_missing(struct json_reader *r, const struct json_at *at)
{
	return complain(r, DIAG_MISSING_KEY, at, "missing key ", "");
}

static int take_str(struct json_reader *r, const struct json *v,
		    const struct json_key *key, void *object, const struct json_at *at,
		    bool (*ok)(struct str s), const char *want)
{
	if (v->kind != JSON_STR || !ok(v->u.str))
		return json_wrong(r, at, v, want);
	*(struct str *)json_member(object, key->offset) = v->u.str;
	return 0;
}

static bool any(struct str s)
{
	return str_present(s);
}

static bool not_empty(struct str s)
{
	return s.n > 0;
}

static const char slug_wanted[] = "1 to 64 of a-z, 0-9 and '-'";

JSON_TAKE(text)
{
	return take_str(r, v, key, object, at, any, "text");
}

JSON_TAKE(name)
{
	return take_str(r, v, key, object, at, not_empty, "some text");
}

JSON_TAKE(slug)
{
	return take_str(r, v, key, object, at, str_is_slug, slug_wanted);
}

JSON_TAKE(language)
{
	return take_str(r, v, key, object, at, str_is_language,
			"a language tag such as en or pt-BR");
}

JSON_TAKE(bool)
{
	if (v->kind != JSON_BOOL)
		return json_wrong(r, at, v, "true or false");
	*(bool *)json_member(object, key->offset) = v->u.boolean;
	return 0;
}

JSON_TAKE(int)
{
	if (v->kind != JSON_INT)
		return json_wrong(r, at, v, "a whole number");
	*(int64_t *)json_member(object, key->offset) = v->u.integer;
	return 0;
}

JSON_TAKE(time)
{
	if (v->kind != JSON_STR ||
	    !when_parse(v->u.str, json_member(object, key->offset)))
		return json_wrong(r, at, v, "a time as in 2026-11-22T07:30:00Z");
	return 0;
}

/* Sorted, each once. */
static void put_sorted(const struct json_key *key, void *object, struct str *items,
		       size_t n)
{
	size_t kept = 0;

	str_sort(items, n);
	for (size_t i = 0; i < n; i++)
		if (!kept || !str_eq(items[kept - 1], items[i]))
			items[kept++] = items[i];
	*(struct str **)json_member(object, key->offset) = items;
	*(size_t *)json_member(object, key->n_offset) = kept;
}

static int take_list(struct json_reader *r, const struct json *v,
		     const struct json_key *key, void *object, const struct json_at *at,
		     bool (*ok)(struct str s), const char *want)
{
	size_t n = v->kind == JSON_LIST ? v->u.list.n : 0, kept = 0;
	int status = 0;
	struct str *items;

	if (v->kind != JSON_LIST)
		return json_wrong(r, at, v, "a list");
	items = arena_array(r->arena, struct str, n);
	for (size_t i = 0; i < n; i++) {
		const struct json *item = &v->u.list.items[i];
		const struct json_at item_at = { at, NULL, i };

		if (item->kind == JSON_STR && ok(item->u.str))
			items[kept++] = item->u.str;
		else
			status = json_wrong(r, &item_at, item, want);
	}
	put_sorted(key, object, items, kept);
	return status;
}

JSON_TAKE(names)
{
	return take_list(r, v, key, object, at, not_empty, "some text");
}

JSON_TAKE(slugs)
{
	return take_list(r, v, key, object, at, str_is_slug, slug_wanted);
}

JSON_TAKE(named)
{
	size_t n = 0;
	struct str *items;

	if (v->kind != JSON_LIST)
		return json_wrong(r, at, v, "a list");
	items = arena_array(r->arena, struct str, v->u.list.n);
	for (size_t i = 0; i < v->u.list.n; i++) {
		const struct json *item = &v->u.list.items[i];

		if (item->kind == JSON_OBJECT)
			item = json_get(item, "name");
		if (item && item->kind == JSON_STR && item->u.str.n)
			items[n++] = item->u.str;
	}
	put_sorted(key, object, items, n);
	return 0;
}

JSON_TAKE(value)
{
	(void)r, (void)at;
	*(const struct json **)json_member(object, key->offset) = v;
	return 0;
}

JSON_TAKE(given)
{
	(void)r, (void)at;
	if (v->kind != JSON_BOOL || v->u.boolean)
		*(bool *)json_member(object, key->offset) = true;
	return 0;
}

/* Keys mostly come in the order of the rows, with gaps: the search goes on
 * where the last one was found. */
static const struct json_key *find_row(const struct json_key *rows,
				       const struct json_key *from, struct str name)
{
	for (const struct json_key *row = from; row->name; row++)
		if (str_is(name, row->name))
			return row;
	for (const struct json_key *row = rows; row < from; row++)
		if (str_is(name, row->name))
			return row;
	return NULL;
}

static int unknown_key(struct json_reader *r, const struct json_key *rows,
		       struct str name, const struct json_at *up)
{
	const char *names[32], *near;
	size_t n = 0;
	struct str shown = str_slice(name, 0, 60);
	const struct json_at at = { up, arena_strz(r->arena, shown), 0 };

	for (; n < ARRAY_LEN(names) && rows[n].name; n++)
		names[n] = rows[n].name;
	near = suggest(name, names, n);
	complain(r, DIAG_UNKNOWN_KEY, &at, "unknown key ", "");
	if (near)
		diag_hint(r->diags, "did you mean '%s'?", near);
	return -1;
}

int json_keys_read(struct json_reader *r, const struct json *v,
		   const struct json_key *rows, void *object, const struct json_at *at)
{
	const struct json_key *next = rows;
	unsigned long found = 0;
	int status = 0;

	if (v->kind != JSON_OBJECT)
		return json_wrong(r, at, v, "an object");
	for (size_t i = 0; i < v->u.object.n; i++) {
		const struct json_member *m = &v->u.object.members[i];
		const struct json_key *row = find_row(rows, next, m->key);
		const struct json_at member = { at, row ? row->name : NULL, 0 };

		if (!row) {
			if (!r->foreign && (at || !str_is(m->key, "type")))
				status = unknown_key(r, rows, m->key, at);
			continue;
		}
		if (r->foreign && m->value.kind == JSON_NULL)
			continue;
		found |= 1ul << (row - rows);
		next = row + 1;
		status |= row->take(r, &m->value, row, object, &member);
	}
	for (const struct json_key *row = rows; row->name; row++) {
		const struct json_at member = { at, row->name, 0 };

		if (row->required && !(found & 1ul << (row - rows)))
			status = json_missing(r, &member);
	}
	return status;
}
