/* What was read and written reads and writes the same. */
#include "target.h"

static void write_value(struct jsonw *w, const struct json *v);

static void write_object(struct jsonw *w, const struct json *v)
{
	jsonw_object(w);
	for (size_t i = 0; i < v->u.object.n; i++) {
		struct str key = v->u.object.members[i].key;
		char *name = xmemdup0(key.p, key.n);

		jsonw_key(w, name);
		write_value(w, &v->u.object.members[i].value);
		free(name);
	}
	jsonw_object_end(w);
}

/* Nothing of ours writes numbers that aren't whole. */
static void write_value(struct jsonw *w, const struct json *v)
{
	char real[40];

	switch (v->kind) {
	case JSON_NULL:
		jsonw_null(w);
		break;
	case JSON_BOOL:
		jsonw_bool(w, v->u.boolean);
		break;
	case JSON_INT:
		jsonw_int(w, v->u.integer);
		break;
	case JSON_REAL:
		snprintf(real, sizeof(real), "%.17g", v->u.real);
		jsonw_str(w, str_of(real));
		break;
	case JSON_STR:
		jsonw_str(w, v->u.str);
		break;
	case JSON_LIST:
		jsonw_list(w);
		for (size_t i = 0; i < v->u.list.n; i++)
			write_value(w, &v->u.list.items[i]);
		jsonw_list_end(w);
		break;
	case JSON_OBJECT:
		write_object(w, v);
		break;
	}
}

static bool rewrite(struct arena *a, struct str in, struct buf *out, struct diags *diags)
{
	const struct json *v = json_parse(a, in, place_line("in.json", 1, 0), diags);
	struct jsonw w;

	invariant(!v == (diags_errors(diags) > 0));
	if (!v)
		return false;
	jsonw_init(&w, out);
	write_value(&w, v);
	return true;
}

static void target(struct str in)
{
	struct diags diags = DIAGS_INIT;
	struct arena a = ARENA_INIT;
	struct buf out = BUF_INIT, again = BUF_INIT;

	if (rewrite(&a, in, &out, &diags)) {
		invariant(rewrite(&a, buf_str(&out), &again, &diags));
		invariant(str_eq(buf_str(&out), buf_str(&again)));
	}
	fuzz_diags(&diags);
	buf_release(&out);
	buf_release(&again);
	arena_release(&a);
}
