#ifndef SELECT_CONTRIBUTOR_H
#define SELECT_CONTRIBUTOR_H

#include "base/fields.h"
#include "base/when.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * People of the company, as candor.yaml lists them: candor.yaml(5), "Contributors".
 * Instants decide about posts, UTC days about pages.
 */

/* An account, known by its venue and the venue's id. */
struct account {
	struct str venue, id;
	size_t at, n; /* bytes of the id in the source */
};

struct accounts {
	struct account *items; /* in the arena; as the file lists them */
	size_t n;
};

struct contributor {
	struct str name;
	struct str slug;  /* of those with a consent it is their own */
	struct str about; /* in their own words; may be absent */
	struct accounts accounts;
	struct title {
		int64_t from; /* WHEN_NONE: from the beginning */
		struct str text;
	} *titles; /* one after the other; may be none */
	size_t titles_n;
	struct period {
		int64_t from; /* WHEN_NONE: from the beginning */
		int64_t to;   /* the first instant behind it; WHEN_MAX: never ends */
	} *active; /* when they speak for the company, one after the other; none: always */
	size_t active_n;
	int64_t consent, until; /* instants, or WHEN_NONE */
	size_t at, n;           /* bytes of the entry in the source */
};

/* Parse functions of candor.yaml's rows; they fill struct config's members. */
int contributors_read(const struct ynode *node, void *config, struct fields_ctx *ctx);
int accounts_read(const struct ynode *node, void *accounts, struct fields_ctx *ctx);

/* Whether the person has agreed to be listed on that UTC day. */
bool contributor_listed(const struct contributor *c, int64_t day);
/* Whether they speak for the company at that instant. */
bool contributor_speaks(const struct contributor *c, int64_t at);
/* Their title then, or absent. */
struct str contributor_title(const struct contributor *c, int64_t at);

#endif
