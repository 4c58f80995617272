#ifndef SELECT_NAMING_H
#define SELECT_NAMING_H

#include "base/fields.h"

#include <stdbool.h>

/* How the company's accounts are named at its venues: candor.yaml(5),
 * `contributors_named`.  A convention makes nobody a contributor: names are anybody's. */
struct naming {
	struct str venue; /* absent: at every venue */
	struct strs globs;
	size_t at, n; /* bytes of the globs in the source */
};

struct namings {
	struct naming *items; /* in the arena; as the file lists them */
	size_t n;
};

/* The parse function of its row: fills a struct namings. */
int namings_read(const struct ynode *node, void *namings, struct fields_ctx *ctx);
/* The venue's, or NULL where there is none. */
const struct naming *namings_find(const struct namings *all, struct str venue);
/* Whether the name is as agreed: one glob is enough. */
bool naming_matches(const struct naming *naming, struct str name);
/* '*' stands for any bytes, '?' for one character; ASCII letters are compared without
 * regard to case. */
bool glob_matches(struct str glob, struct str name);

#endif
