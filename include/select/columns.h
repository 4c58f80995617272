#ifndef SELECT_COLUMNS_H
#define SELECT_COLUMNS_H

#include "archive/archive.h"
#include "base/arena.h"
#include "select/claim.h"
#include "select/muster.h"
#include "select/rank.h"
#include "select/rules.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * What the choice knows of every thread in the archive: one scan over each
 * table's small columns, no bodies.  A thread takes 64 bytes, its id, and four
 * bytes for each contributor, label and tag that the rules ask about.
 */
enum column_list { LIST_CONTRIBUTORS, LIST_LABELS, LIST_TAGS, LIST_COUNT };

struct column {
	int64_t row;
	int64_t activity; /* created of the last post that is neither gone nor hidden */
	int64_t rank;     /* of votes and age; see column_rank */
	int64_t score;
	const char *id;     /* in the arena */
	uint32_t customer;  /* number of the first post's author; 0: deleted */
	uint32_t at[LIST_COUNT]; /* where its slice of each list begins */
	unsigned posts : 24;    /* neither gone nor hidden; no more than fit */
	unsigned admission : 3; /* enum evidence_grade: the plainest that was found */
	unsigned found : 3;     /* of the other kinds, see column_found() */
	unsigned private : 1, referral : 1; /* labels that stand */
	unsigned venue : 24; /* index in venues */
	unsigned gone : 1;      /* or hidden, or without any post to show */
	unsigned no_ground : 1; /* a post to show has none */
	unsigned embargoed : 1, expired : 1;
	unsigned accepted : 1;  /* the venue marks a solution */
	unsigned solved : 1, thanked : 1, wrong : 1; /* labels that stand */
};

/* An admission in a post of a contributor's, found to be as plain as the rules ask for. */
struct passage {
	uint32_t thread;
	enum evidence_grade grade;
	int64_t created; /* of the post */
	size_t start, stop; /* in its body */
	struct str post, pattern; /* in the arena */
};

struct columns {
	struct arena *arena; /* borrowed */
	const struct venue *venues;
	const struct product *products;
	size_t venues_n, products_n;

	struct column *threads; /* owned; by row, one more than n behind the last */
	size_t n, cap;
	struct {
		uint32_t *items; /* owned */
		size_t n, cap;
	} lists[LIST_COUNT];
	struct claim *claims; /* owned; those that stand; by thread (an index in
			       * threads), the latest last; strings in the arena */
	size_t claims_n, claims_cap;
	struct passage *passages; /* owned; by thread, the plainest first, then in time */
	size_t passages_n, passages_cap;
	bool evidence; /* there is some in the archive */
	struct link {
		uint32_t thread, product; /* indexes */
	} *links; /* owned; by thread */
	size_t links_n, links_cap;
	uint32_t *posts_by;  /* owned: how many each author has to show, by number */
	struct muster *muster; /* borrowed: gets to see every author */
	bool contributors; /* some post is one's */
	int64_t next;      /* the next embargo or expiry, or WHEN_MAX */
};

/*
 * Reads the archive; venues and products are the archive's, by slug.  Strings
 * go to the arena.  0, or -1 with diagnostics; release in both cases.
 */
int columns_read(struct columns *c, struct archive *a, const struct rules *r,
		 const struct roster *roster, int64_t now, struct diags *diags);
void columns_release(struct columns *c);
/* A thread's slice of a list; *n long. */
const uint32_t *columns_list(const struct columns *c, enum column_list list,
			     size_t thread, size_t *n);
/* The whole rank: with what labels and venue say. */
int64_t column_rank(const struct column *t, const struct order *order);
/* The kinds of evidence that were found: 1 << enum evidence_kind for each. */
unsigned column_found(const struct column *t);
/* Whole UTC days from then to now, not below 0. */
int64_t days_since(int64_t then, int64_t now);

#endif
