/* Making and finding values.  What they look like in a page is template-render.c's. */
#include "render/value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct value value_text(struct str s)
{
	if (!str_present(s))
		return value_none();
	return (struct value){ .kind = VALUE_TEXT, .u.text = s };
}

struct value value_html(struct str s)
{
	if (!str_present(s))
		return value_none();
	return (struct value){ .kind = VALUE_HTML, .u.text = s };
}

struct value value_int(struct arena *a, int64_t v)
{
	return value_text(arena_printf(a, "%lld", (long long)v));
}

struct value value_object(struct arena *a, size_t n)
{
	struct value v = { .kind = VALUE_OBJECT };

	v.u.object.members = arena_alloc(a, arena_product(n, sizeof(struct member)));
	v.u.object.cap = n;
	return v;
}

static void add_member(struct arena *a, struct value *object, struct str key,
		       struct value v)
{
	size_t n = object->u.object.n;

	if (n == object->u.object.cap) {
		size_t cap = n + n / 2 + 4;
		struct member *more = arena_array(a, struct member, cap);

		if (n)
			memcpy(more, object->u.object.members, n * sizeof(*more));
		object->u.object.members = more;
		object->u.object.cap = cap;
	}
	object->u.object.members[n] = (struct member){ key, v };
	object->u.object.n++;
}

void value_set(struct arena *a, struct value *object, const char *key, struct value v)
{
	add_member(a, object, str_of(key), v);
}

struct value value_list(struct arena *a, size_t n)
{
	struct value v = { .kind = VALUE_LIST };

	v.u.list.items = arena_array(a, struct value, n);
	v.u.list.n = n;
	return v;
}

const struct value *value_get(const struct value *object, struct str key)
{
	const struct member *m, *end;

	if (object->kind != VALUE_OBJECT)
		return NULL;
	m = object->u.object.members;
	end = m + object->u.object.n;
	for (; m < end; m++)
		/* The first byte tells nearly all keys apart. */
		if (m->key.n == key.n && (!key.n || *m->key.p == *key.p) &&
		    str_eq(m->key, key))
			return &m->value;
	return NULL;
}

struct value *value_member(struct value *object, const char *key)
{
	return (struct value *)value_get(object, str_of(key));
}

struct str value_str(const struct value *object, const char *key)
{
	const struct value *v = value_get(object, str_of(key));

	return v && (v->kind == VALUE_TEXT || v->kind == VALUE_HTML) ? v->u.text : STR_NONE;
}

bool value_yes(const struct value *object, const char *key)
{
	const struct value *v = value_get(object, str_of(key));

	return v && v->kind == VALUE_BOOL && v->u.yes;
}

/* The shortest decimal that reads back as the same number: 1.21, not
 * 1.2099999999999999645. */
static struct value from_real(struct arena *a, double real)
{
	char text[32];

	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, real);
		if (!(strtod(text, NULL) < real) && !(strtod(text, NULL) > real))
			break;
	}
	return value_text(arena_str(a, str_of(text)));
}

static struct value from_list(struct arena *a, const struct json *json)
{
	struct value v = value_list(a, json->u.list.n);

	for (size_t i = 0; i < json->u.list.n; i++)
		v.u.list.items[i] = value_from_json(a, &json->u.list.items[i]);
	return v;
}

static struct value from_object(struct arena *a, const struct json *json)
{
	struct value v = value_object(a, json->u.object.n);

	for (size_t i = 0; i < json->u.object.n; i++)
		add_member(a, &v, json->u.object.members[i].key,
			   value_from_json(a, &json->u.object.members[i].value));
	return v;
}

struct value value_from_json(struct arena *a, const struct json *json)
{
	switch (json->kind) {
	case JSON_BOOL:
		return value_bool(json->u.boolean);
	case JSON_INT:
		return value_int(a, json->u.integer);
	case JSON_REAL:
		return from_real(a, json->u.real);
	case JSON_STR:
		return value_text(json->u.str);
	case JSON_LIST:
		return from_list(a, json);
	case JSON_OBJECT:
		return from_object(a, json);
	case JSON_NULL:
		break;
	}
	return value_none();
}
