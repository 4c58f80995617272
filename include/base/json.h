#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * JSON (RFC 8259) in: a tree in an arena.  Strict: valid UTF-8, no duplicate
 * keys, no lone surrogates, no NUL in strings, at most 100 levels.
 */
enum json_kind {
	JSON_NULL,
	JSON_BOOL,
	JSON_INT,
	JSON_REAL,
	JSON_STR,
	JSON_LIST,
	JSON_OBJECT
};

struct json {
	enum json_kind kind;
	union {
		bool boolean;
		int64_t integer;
		double real;
		struct str str;
		struct {
			struct json *items;
			size_t n;
		} list;
		struct {
			struct json_member *members; /* in the order of the text */
			size_t n;
		} object;
	} u;
};

struct json_member {
	struct str key;
	struct json value;
};

/*
 * Parses one value that fills text.  start is where text begins (for JSON Lines:
 * the line; column 0 is the first one), so that a message names file, line, column.
 * The tree is valid as long as the arena.  NULL with a diagnostic on error.
 */
struct json *json_parse(struct arena *a, struct str text, struct place start,
			struct diags *diags);
/* The member's value, or NULL. */
const struct json *json_get(const struct json *object, const char *key);
/* "a string", "a number" ...: for messages. */
const char *json_kind_name(const struct json *v);

/*
 * JSON out, in one fixed form: no blanks, no line ends, strings in UTF-8 with
 * only ", \ and control characters escaped (short forms \b \f \n \r \t, else
 * \u00hh).  What the caller says comes out in that order, so equal calls give
 * equal bytes.  Strings must be valid UTF-8.
 */
struct jsonw {
	struct buf *out; /* borrowed */
	bool comma;      /* the next value needs one before it */
};

void jsonw_init(struct jsonw *w, struct buf *out);
void jsonw_object(struct jsonw *w);
void jsonw_object_end(struct jsonw *w);
void jsonw_list(struct jsonw *w);
void jsonw_list_end(struct jsonw *w);
void jsonw_key(struct jsonw *w, const char *key);
/* null when s is absent */
void jsonw_str(struct jsonw *w, struct str s);
void jsonw_int(struct jsonw *w, int64_t v);
void jsonw_bool(struct jsonw *w, bool v);
void jsonw_null(struct jsonw *w);
/* What json_parse() gave: parsed again, it is equal. */
void jsonw_value(struct jsonw *w, const struct json *v);
/* Key and value in one; jsonw_key_str leaves the member out when s is absent,
 * jsonw_key_time, in RFC 3339, when t is WHEN_NONE. */
void jsonw_key_str(struct jsonw *w, const char *key, struct str s);
void jsonw_key_int(struct jsonw *w, const char *key, int64_t v);
void jsonw_key_bool(struct jsonw *w, const char *key, bool v);
void jsonw_key_time(struct jsonw *w, const char *key, int64_t t);

#endif
