#ifndef BASE_FIELDS_H
#define BASE_FIELDS_H

#include "base/arena.h"
#include "base/source.h"
#include "base/ydoc.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * YAML mappings into structs, by rows: a config key is one struct member and
 * one row.  Unknown keys (with a suggestion), missing required ones and bad
 * values are diagnostics at their place; all of them are collected.
 */

/* What a parse function gets beside its node. */
struct fields_ctx {
	const struct source *source;
	struct arena *arena; /* strings and arrays go here */
	struct diags *diags;
	void *user;          /* what the caller of fields_read passed */
};

enum field_type {
	FIELD_STR,      /* struct str; one line, not empty */
	FIELD_SLUG,     /* struct str; see str_is_slug() */
	FIELD_TEXT,     /* struct str; any text */
	FIELD_BOOL,     /* bool; true/false, yes/no, on/off */
	FIELD_INT,      /* int64_t within min..max */
	FIELD_ENUM,     /* int, the index in names */
	FIELD_SHARE,    /* struct ratio; 25%, 1/4, 0.25; 0..1 */
	FIELD_DURATION, /* int64_t days; "3 years" (of 365), "6 months" (of 30),
			 * "2 weeks", "1 day" */
	FIELD_TIME,     /* int64_t instant; date or RFC 3339 */
	FIELD_LANGUAGE, /* struct str; a BCP 47 tag */
	FIELD_STRS,     /* struct strs; a list of scalars, or one scalar */
	FIELD_CUSTOM,   /* parse does it */
};

/* An exact rational number: num/den in lowest terms, den > 0. */
struct ratio {
	int64_t num, den;
};

struct strs {
	struct str *items; /* in the arena */
	size_t n;
};

struct field {
	const char *name;
	enum field_type type;
	size_t offset; /* offsetof the member */
	bool required;
	int64_t min, max;         /* FIELD_INT */
	const char *const *names; /* FIELD_ENUM: NULL-terminated */
	/* FIELD_CUSTOM: 0, or -1 with diagnostics. */
	int (*parse)(const struct ynode *node, void *member, struct fields_ctx *ctx);
};

/*
 * Fills out from the mapping (NULL or nothing: an empty one); members whose
 * key is absent or wrong keep what they hold.  rows end with a row whose name
 * is NULL.  where names the mapping in messages ("unknown key 'shaer' in
 * 'wrong'"), or is NULL.  0, or -1 with diagnostics.
 */
int fields_read(const struct ynode *map, const struct field *rows, void *out,
		const char *where, struct fields_ctx *ctx);

/* The single-value parsers, for FIELD_CUSTOM functions.  0, or -1 with a
 * diagnostic that says what was expected. */
int field_str(const struct ynode *node, struct str *out, struct fields_ctx *ctx);
int field_slug(const struct ynode *node, struct str *out, struct fields_ctx *ctx);
int field_text(const struct ynode *node, struct str *out, struct fields_ctx *ctx);
int field_bool(const struct ynode *node, bool *out, struct fields_ctx *ctx);
int field_int(const struct ynode *node, int64_t min, int64_t max, int64_t *out,
	      struct fields_ctx *ctx);
/* The index in names, which end with a NULL; name is the key, for messages. */
int field_enum(const struct ynode *node, const char *name, const char *const *names,
	       int *out, struct fields_ctx *ctx);
int field_share(const struct ynode *node, struct ratio *out, struct fields_ctx *ctx);
int field_duration(const struct ynode *node, int64_t *days, struct fields_ctx *ctx);
int field_time(const struct ynode *node, int64_t *t, struct fields_ctx *ctx);
int field_language(const struct ynode *node, struct str *out, struct fields_ctx *ctx);
int field_strs(const struct ynode *node, struct strs *out, struct fields_ctx *ctx);
/* Whether the text is a share, as field_share() reads it. */
bool field_is_share(struct str s);
/* Says that node isn't what was expected: "expected a list, found text". */
int field_expected(const struct ynode *node, const char *what, struct fields_ctx *ctx);
/* A diagnostic at node. */
struct place field_place(const struct ynode *node, const struct fields_ctx *ctx);

#endif
