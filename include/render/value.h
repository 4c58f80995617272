#ifndef RENDER_VALUE_H
#define RENDER_VALUE_H

#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What templates see: a tree of values in an arena.  Strings are borrowed and
 * must outlive the tree.  Text is escaped wherever it lands; VALUE_HTML is the
 * one kind that isn't, and only the sanitising serialiser and the template
 * engine itself make it.  In it the byte VALUE_ROOT, which no text becomes, stands
 * for what {{root}} is where the HTML is used: a body is made once and stands on
 * pages of different depths.
 */
enum value_kind {
	VALUE_NONE, /* known and absent: renders as nothing, false in sections */
	VALUE_BOOL,
	VALUE_TEXT,
	VALUE_HTML,
	VALUE_LIST,
	VALUE_OBJECT
};

#define VALUE_ROOT '\x01'

struct value {
	enum value_kind kind;
	union {
		bool yes;
		struct str text; /* VALUE_TEXT, VALUE_HTML */
		struct {
			struct value *items;
			size_t n;
		} list;
		struct {
			struct member *members;
			size_t n, cap;
		} object;
	} u;
};

struct member {
	struct str key;
	struct value value;
};

static inline struct value value_none(void)
{
	return (struct value){ .kind = VALUE_NONE };
}
static inline struct value value_bool(bool yes)
{
	return (struct value){ .kind = VALUE_BOOL, .u.yes = yes };
}
/* VALUE_NONE for the absent string. */
struct value value_text(struct str s);
struct value value_html(struct str s);
/* Decimal text. */
struct value value_int(struct arena *a, int64_t v);
/* An object with room for n members; value_set makes more room as needed. */
struct value value_object(struct arena *a, size_t n);
/* Adds a member; the key must be static or outlive the tree, and be new. */
void value_set(struct arena *a, struct value *object, const char *key, struct value v);
struct value value_list(struct arena *a, size_t n); /* n items, all VALUE_NONE */
/* The member, or NULL; also when object is no object. */
const struct value *value_get(const struct value *object, struct str key);
/* The same to be written to; the member is there. */
struct value *value_member(struct value *object, const char *key);
/* Its text or HTML, and whether it is true; for any other kind none, and false. */
struct str value_str(const struct value *object, const char *key);
bool value_yes(const struct value *object, const char *key);
/*
 * JSON as templates see it: null is VALUE_NONE, numbers are decimal text (the
 * shortest that reads back the same), no string is ever VALUE_HTML.  Strings
 * stay borrowed from the JSON tree.
 */
struct value value_from_json(struct arena *a, const struct json *json);

#endif
