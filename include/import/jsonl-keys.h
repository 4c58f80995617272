#ifndef IMPORT_JSONL_KEYS_H
#define IMPORT_JSONL_KEYS_H

#include "archive/model.h"
#include "base/json-keys.h"

/*
 * The lines of the interchange form: rows for json_keys_read(), and what they
 * fill.  The order of rows is the canonical order of keys.
 */
extern const struct json_key jsonl_venue_keys[];   /* struct venue */
extern const struct json_key jsonl_product_keys[]; /* struct product */

struct thread_line {
	struct str venue; /* slug */
	struct thread thread; /* its venue is left alone */
};
extern const struct json_key jsonl_thread_keys[];

/* A label in a line of its own. */
struct label_line {
	struct str venue, thread; /* slug, id */
	struct label label;
};
extern const struct json_key jsonl_label_line_keys[];

/* Tombstones of another archive. */
struct tombstone_key_line {
	struct str id;
	const unsigned char *key; /* 32 bytes */
};
struct tombstone_line {
	struct str key, kind; /* the key's id; one of tombstone_kinds */
	const unsigned char *hash; /* 32 bytes */
};
extern const struct json_key jsonl_tombstone_key_keys[];
extern const struct json_key jsonl_tombstone_keys[];

#endif
