/* Threads' values as bytes, between the two phases of a build. */
#include "render/view.h"

#include "base/mem.h"
#include "render/course.h"

#include <stdint.h>

static void put(struct buf *out, const void *p, size_t n)
{
	buf_add(out, p, n);
}

static void put_str(struct buf *out, struct str s)
{
	put(out, &s.n, sizeof(s.n));
	buf_addstr(out, s);
}

static void pack(const struct value *v, struct buf *out)
{
	buf_addc(out, (char)v->kind);
	switch (v->kind) {
	case VALUE_NONE:
		break;
	case VALUE_BOOL:
		buf_addc(out, (char)v->u.yes);
		break;
	case VALUE_TEXT:
	case VALUE_HTML:
		put_str(out, v->u.text);
		break;
	case VALUE_LIST:
		put(out, &v->u.list.n, sizeof(v->u.list.n));
		for (size_t i = 0; i < v->u.list.n; i++)
			pack(&v->u.list.items[i], out);
		break;
	case VALUE_OBJECT:
		put(out, &v->u.object.n, sizeof(v->u.object.n));
		for (size_t i = 0; i < v->u.object.n; i++) {
			put(out, &v->u.object.members[i].key,
			    sizeof(v->u.object.members[i].key));
			pack(&v->u.object.members[i].value, out);
		}
		break;
	}
}

void view_pack(const struct value *thread, struct buf *out)
{
	struct value packed = *thread;
	size_t last = --packed.u.object.n;

	invariant(str_is(packed.u.object.members[last].key, "groups"));
	pack(&packed, out);
}

static void take(struct str *from, void *p, size_t n)
{
	memcpy(p, from->p, n);
	*from = str_make(from->p + n, from->n - n);
}

static struct str take_str(struct str *from)
{
	struct str s;

	take(from, &s.n, sizeof(s.n));
	s.p = from->p;
	*from = str_make(from->p + s.n, from->n - s.n);
	return s;
}

static struct value unpack(struct arena *a, struct str *from)
{
	struct value v = { 0 };
	char byte;
	size_t n;

	take(from, &byte, 1);
	v.kind = (enum value_kind)byte;
	switch (v.kind) {
	case VALUE_NONE:
		break;
	case VALUE_BOOL:
		take(from, &byte, 1);
		v.u.yes = byte != 0;
		break;
	case VALUE_TEXT:
	case VALUE_HTML:
		v.u.text = take_str(from);
		break;
	case VALUE_LIST:
		take(from, &n, sizeof(n));
		v = value_list(a, n);
		for (size_t i = 0; i < n; i++)
			v.u.list.items[i] = unpack(a, from);
		break;
	case VALUE_OBJECT:
		take(from, &n, sizeof(n));
		v = value_object(a, n);
		for (size_t i = 0; i < n; i++) {
			take(from, &v.u.object.members[i].key, sizeof(struct str));
			v.u.object.members[i].value = unpack(a, from);
		}
		v.u.object.n = n;
		break;
	}
	return v;
}

struct value view_unpack(struct arena *a, const struct language *l, struct str packed)
{
	struct value thread = unpack(a, &packed);

	course_fold(a, l, &thread);
	return thread;
}
