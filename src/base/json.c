/* JSON in: jansson parses, its tree is copied into the arena and freed.  The
 * only file that knows jansson.  Writing is jsonw.c's. */
/* Three of its enumerators carry names of ours. */
#define JSON_OBJECT JANSSON_OBJECT
#define JSON_REAL JANSSON_REAL
#define JSON_NULL JANSSON_NULL
#include <jansson.h>
#undef JSON_OBJECT
#undef JSON_REAL
#undef JSON_NULL

#include "base/json.h"

#include "base/library.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <pthread.h>
#include <stdlib.h>

/* A value takes up to 250 bytes, however short it is written. */
enum { MAX_DEPTH = 100, MAX_VALUES = 4000000 };

/* The place that is lines and columns (from 0) further on than start. */
static struct place further(struct place start, unsigned long lines,
			    unsigned long columns)
{
	if (lines || !start.column)
		start.column = 1;
	return place_line(start.path, start.line + lines, start.column + columns);
}

/* Where byte at of the text is. */
static struct place place_of(struct str text, size_t at, struct place start)
{
	unsigned long lines = 0;
	size_t from = 0;

	for (size_t i = 0; i < at; i++) {
		if (text.p[i] == '\n') {
			lines++;
			from = i + 1;
		}
	}
	return further(start, lines, utf8_count(str_slice(text, from, at)));
}

/* The bracket that opens one level too many; text is well-formed JSON. */
static size_t deepest(struct str text)
{
	size_t depth = 0;
	bool quoted = false;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c == '"')
			quoted = !quoted;
		else if (quoted)
			i += c == '\\';
		else if (c == ']' || c == '}')
			depth--;
		else if ((c == '[' || c == '{') && ++depth > MAX_DEPTH)
			return i;
	}
	return text.n;
}

/* At least as many as there are before the first mistake. */
static size_t count_values(struct str text)
{
	bool quoted = false;
	size_t n = 1;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c == '"')
			quoted = !quoted;
		else if (quoted)
			i += c == '\\';
		else
			n += c == ',' || c == '[' || c == '{';
	}
	return n;
}

static int too_deep(struct str text, struct place start, struct diags *diags)
{
	return diag_add(diags, DIAG_TOO_DEEP, place_of(text, deepest(text), start),
			"more than %d levels of lists and objects", MAX_DEPTH);
}

static void report(struct str text, const json_error_t *e, struct place start,
		   struct diags *diags)
{
	enum json_error_code code = json_error_code(e);
	struct place where = further(start, (unsigned long)(e->line - 1),
				     (unsigned long)(e->column > 0 ? e->column - 1 : 0));
	size_t bad;

	if (code == json_error_invalid_utf8) {
		bad = utf8_check(text);
		diag_add(diags, DIAG_BAD_UTF8, place_of(text, bad, start),
			 "byte 0x%02X is not UTF-8",
			 bad < text.n ? (unsigned char)text.p[bad] : 0u);
	} else if (code == json_error_stack_overflow) {
		too_deep(text, start, diags);
	} else if (code == json_error_duplicate_key) {
		diag_add(diags, DIAG_DUPLICATE_KEY, where, "%s", e->text);
	} else if (code == json_error_null_character ||
		   code == json_error_null_byte_in_key) {
		diag_add(diags, DIAG_SYNTAX, where, "a NUL character in a string");
	} else {
		diag_add(diags, DIAG_SYNTAX, where, "%s", e->text);
	}
}

static int convert(struct arena *a, json_t *from, struct json *to, int depth);

static int convert_list(struct arena *a, json_t *from, struct json *to, int depth)
{
	size_t n = json_array_size(from);

	to->kind = JSON_LIST;
	to->u.list.items = arena_array(a, struct json, n);
	to->u.list.n = n;
	for (size_t i = 0; i < n; i++)
		if (convert(a, json_array_get(from, i), &to->u.list.items[i], depth) < 0)
			return -1;
	return 0;
}

static int convert_object(struct arena *a, json_t *from, struct json *to, int depth)
{
	struct json_member *m;
	const char *key;
	json_t *value;

	to->kind = JSON_OBJECT;
	to->u.object.n = json_object_size(from);
	m = to->u.object.members = arena_array(a, struct json_member, to->u.object.n);
	json_object_foreach(from, key, value) {
		m->key = arena_str(a, str_of(key));
		if (convert(a, value, &m->value, depth) < 0)
			return -1;
		m++;
	}
	return 0;
}

static struct str copy_str(struct arena *a, json_t *from)
{
	return arena_str(a, str_make(json_string_value(from), json_string_length(from)));
}

/* -1 beyond MAX_DEPTH. */
static int convert(struct arena *a, json_t *from, struct json *to, int depth)
{
	switch (json_typeof(from)) {
	case JANSSON_OBJECT:
		return depth < MAX_DEPTH ? convert_object(a, from, to, depth + 1) : -1;
	case JSON_ARRAY:
		return depth < MAX_DEPTH ? convert_list(a, from, to, depth + 1) : -1;
	case JSON_STRING:
		*to = (struct json){ .kind = JSON_STR, .u.str = copy_str(a, from) };
		return 0;
	case JSON_INTEGER:
		*to = (struct json){ .kind = JSON_INT,
				     .u.integer = json_integer_value(from) };
		return 0;
	case JANSSON_REAL:
		*to = (struct json){ .kind = JSON_REAL, .u.real = json_real_value(from) };
		return 0;
	case JSON_TRUE:
	case JSON_FALSE:
		*to = (struct json){ .kind = JSON_BOOL, .u.boolean = json_is_true(from) };
		return 0;
	case JANSSON_NULL:
		break;
	}
	to->kind = JSON_NULL;
	return 0;
}

static pthread_once_t allocator_once = PTHREAD_ONCE_INIT;

/* Memory that runs out ends the process, wherever Jansson needs it. */
static void set_allocator(void)
{
	json_set_alloc_funcs(xmalloc, free);
}

struct json *json_parse(struct arena *a, struct str text, struct place start,
			struct diags *diags)
{
	json_error_t error;
	struct json *result = arena_new(a, struct json);
	size_t nul;
	json_t *root;

	if (text.n > MAX_VALUES && count_values(text) > MAX_VALUES) {
		diag_add(diags, DIAG_TOO_LARGE, start,
			 "more than %d values in one document", MAX_VALUES);
		return NULL;
	}
	/* Behind a value Jansson takes one for the end. */
	nul = str_index(text, '\0');
	if (nul < text.n) {
		diag_add(diags, DIAG_SYNTAX, place_of(text, nul, start), "a NUL byte");
		return NULL;
	}
	pthread_once(&allocator_once, set_allocator);
	root = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
	if (!root) {
		report(text, &error, start, diags);
		return NULL;
	}
	if (convert(a, root, result, 0) < 0) {
		too_deep(text, start, diags);
		result = NULL;
	}
	json_decref(root);
	return result;
}

const struct json *json_get(const struct json *object, const char *key)
{
	if (!object || object->kind != JSON_OBJECT)
		return NULL;
	for (size_t i = 0; i < object->u.object.n; i++)
		if (str_is(object->u.object.members[i].key, key))
			return &object->u.object.members[i].value;
	return NULL;
}

const char *json_kind_name(const struct json *v)
{
	static const char *const names[] = {
		[JSON_NULL] = "null",	   [JSON_BOOL] = "true or false",
		[JSON_INT] = "a number",   [JSON_REAL] = "a number",
		[JSON_STR] = "a string",   [JSON_LIST] = "a list",
		[JSON_OBJECT] = "an object",
	};

	return names[v->kind];
}

void library_jansson(struct buf *out)
{
	buf_adds(out, jansson_version_str());
}
