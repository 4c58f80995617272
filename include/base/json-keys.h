#ifndef BASE_JSON_KEYS_H
#define BASE_JSON_KEYS_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/json.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * JSON objects into structs, by rows: a key is one struct member and one row.
 * Unknown keys (with a suggestion), missing required ones, wrong types and bad
 * values are diagnostics that name the key by its path, as in
 * 'posts[2].author.name'; all of them are collected.
 */
struct json_reader {
	struct arena *arena; /* strings are in it already, arrays go there */
	struct diags *diags;
	struct place where; /* of all mistakes: the line that holds the object */
	bool foreign; /* another program's form: unknown keys are passed over, and null
		       * is as good as absent */
};

/* Where in the line: a key in what up says, or an item of its list. */
struct json_at {
	const struct json_at *up; /* NULL at the top */
	const char *key;          /* NULL: an item */
	size_t index;
};

struct json_key {
	const char *name;
	/* Puts the value into the members at key's offsets in object.  0, or -1
	 * with diagnostics. */
	int (*take)(struct json_reader *r, const struct json *v,
		    const struct json_key *key, void *object, const struct json_at *at);
	size_t offset;
	size_t n_offset; /* of a list's size_t */
	bool required;
};

/*
 * Fills object; members whose key is absent keep what they hold.  rows end
 * with a row whose name is NULL.  at is NULL for the line itself, whose 'type'
 * is passed over.  0, or -1 with diagnostics.
 */
int json_keys_read(struct json_reader *r, const struct json *v,
		   const struct json_key *rows, void *object, const struct json_at *at);

/* What rows can take. */
#define JSON_TAKE(name) \
	int json_take_##name(struct json_reader *r, const struct json *v, \
			     const struct json_key *key, void *object, \
			     const struct json_at *at)
JSON_TAKE(text);  /* struct str; any string */
JSON_TAKE(name);  /* struct str; not empty */
JSON_TAKE(slug);  /* struct str; [a-z0-9-]{1,64} */
JSON_TAKE(language); /* struct str; a BCP 47 tag */
JSON_TAKE(bool);  /* bool */
JSON_TAKE(int);   /* int64_t */
JSON_TAKE(time);  /* int64_t; RFC 3339 */
JSON_TAKE(names); /* struct str * and its size_t: sorted, each once, not empty */
JSON_TAKE(slugs); /* the same, of slugs */
/* The same of a list of names, or of objects that have a 'name'; what has none in it is
 * passed over. */
JSON_TAKE(named);
JSON_TAKE(value); /* const struct json *; anything */
JSON_TAKE(given); /* bool; set by anything but false, which leaves it alone */

static inline void *json_member(void *object, size_t offset)
{
	return (char *)object + offset;
}
/* Says that v isn't what was wanted: "'posts[0].score' is 'x', expected a
 * whole number". */
int json_wrong(struct json_reader *r, const struct json_at *at, const struct json *v,
	       const char *want);
/* Says that the key of that name isn't there, though it must be. */
int json_missing(struct json_reader *r, const struct json_at *at);

#endif
