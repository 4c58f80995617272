/* JSON out.  Reading is json.c's. */
#include "base/json.h"

#include "base/when.h"

void jsonw_init(struct jsonw *w, struct buf *out)
{
	w->out = out;
	w->comma = false;
}

/* Before a value or key; after it the next one needs a comma. */
static void separate(struct jsonw *w)
{
	if (w->comma)
		buf_addc(w->out, ',');
	w->comma = true;
}

static void open_with(struct jsonw *w, char c)
{
	separate(w);
	buf_addc(w->out, c);
	w->comma = false;
}

static void close_with(struct jsonw *w, char c)
{
	buf_addc(w->out, c);
	w->comma = true;
}

void jsonw_object(struct jsonw *w)
{
	open_with(w, '{');
}

void jsonw_object_end(struct jsonw *w)
{
	close_with(w, '}');
}

void jsonw_list(struct jsonw *w)
{
	open_with(w, '[');
}

void jsonw_list_end(struct jsonw *w)
{
	close_with(w, ']');
}

static void add_escape(struct buf *b, unsigned char c)
{
	static const char letters[] = "\"\"\\\\\bb\ff\nn\rr\tt";
	static const char digits[] = "0123456789abcdef";

	for (const char *at = letters; *at; at += 2) {
		if ((unsigned char)*at != c)
			continue;
		buf_addc(b, '\\');
		buf_addc(b, at[1]);
		return;
	}
	buf_addlit(b, "\\u00");
	buf_addc(b, digits[c >> 4]);
	buf_addc(b, digits[c & 15]);
}

static void add_quoted(struct buf *b, struct str s)
{
	static const bool escaped[256] = {
		[0x00 ... 0x1f] = true, ['"'] = true, ['\\'] = true,
	};

	buf_addc(b, '"');
	while (s.n) {
		size_t n = str_until(s, escaped);

		buf_add(b, s.p, n);
		if (n < s.n)
			add_escape(b, (unsigned char)s.p[n]);
		s = str_slice(s, n + 1, s.n);
	}
	buf_addc(b, '"');
}

void jsonw_key(struct jsonw *w, const char *key)
{
	separate(w);
	add_quoted(w->out, str_of(key));
	buf_addc(w->out, ':');
	w->comma = false;
}

void jsonw_str(struct jsonw *w, struct str s)
{
	if (!str_present(s)) {
		jsonw_null(w);
		return;
	}
	separate(w);
	add_quoted(w->out, s);
}

void jsonw_int(struct jsonw *w, int64_t v)
{
	separate(w);
	buf_addint(w->out, v);
}

void jsonw_bool(struct jsonw *w, bool v)
{
	separate(w);
	buf_adds(w->out, v ? "true" : "false");
}

void jsonw_null(struct jsonw *w)
{
	separate(w);
	buf_addlit(w->out, "null");
}

void jsonw_key_str(struct jsonw *w, const char *key, struct str s)
{
	if (!str_present(s))
		return;
	jsonw_key(w, key);
	jsonw_str(w, s);
}

void jsonw_key_int(struct jsonw *w, const char *key, int64_t v)
{
	jsonw_key(w, key);
	jsonw_int(w, v);
}

void jsonw_key_bool(struct jsonw *w, const char *key, bool v)
{
	jsonw_key(w, key);
	jsonw_bool(w, v);
}

void jsonw_key_time(struct jsonw *w, const char *key, int64_t t)
{
	char text[WHEN_RFC3339];

	if (t == WHEN_NONE)
		return;
	when_format(t, text);
	jsonw_key_str(w, key, str_of(text));
}

static void add_items(struct jsonw *w, const struct json *v)
{
	jsonw_list(w);
	for (size_t i = 0; i < v->u.list.n; i++)
		jsonw_value(w, &v->u.list.items[i]);
	jsonw_list_end(w);
}

static void add_members(struct jsonw *w, const struct json *v)
{
	jsonw_object(w);
	for (size_t i = 0; i < v->u.object.n; i++) {
		jsonw_key(w, v->u.object.members[i].key.p); /* terminated, without NUL */
		jsonw_value(w, &v->u.object.members[i].value);
	}
	jsonw_object_end(w);
}

void jsonw_value(struct jsonw *w, const struct json *v)
{
	switch (v->kind) {
	case JSON_NULL:
		jsonw_null(w);
		return;
	case JSON_BOOL:
		jsonw_bool(w, v->u.boolean);
		return;
	case JSON_INT:
		jsonw_int(w, v->u.integer);
		return;
	case JSON_REAL:
		separate(w);
		buf_addf(w->out, "%.16e", v->u.real); /* a fraction to all */
		return;
	case JSON_STR:
		jsonw_str(w, v->u.str);
		return;
	case JSON_LIST:
		add_items(w, v);
		return;
	case JSON_OBJECT:
		add_members(w, v);
		return;
	}
}
