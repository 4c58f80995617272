#ifndef IMPORT_JSONL_KEYS_H
#define IMPORT_JSONL_KEYS_H

#include "archive/model.h"
#include "import/json-keys.h"

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

#endif
