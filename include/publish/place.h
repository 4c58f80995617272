#ifndef PUBLISH_PLACE_H
#define PUBLISH_PLACE_H

#include "base/arena.h"
#include "base/diag.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The fragments of a built site into the static pages of a shop, between
 * <!-- candor:SLUG --> and <!-- /candor -->; no other byte changes.  Every page is
 * looked at before the first is written, and nothing is written when one has a
 * mistake.  Pages that don't change aren't touched.
 *
 * A page keeps its line ends.  What goes in is UTF-8 where the page is; in any other
 * encoding that ASCII is a part of, what isn't ASCII goes in as references
 * ("&#233;"), which mean the same in all of them.
 *
 * Not looked at: hidden folders, folders that candor made, whatever a link leads to.
 */
struct placing {
	const char *output;  /* the built site */
	const char *dir;     /* the shop's pages */
	const char *suffix;  /* of their names; NULL: .html and .htm */
	const char *archive; /* what the site was built from, where it is known: */
	const char *rules;   /* newer ones are warned of; or NULL */
	int64_t now;
	bool dry;            /* write nothing */
	bool strict;         /* a warning is a failure: write nothing */
};

/* A page with at least one place. */
struct placed {
	struct str file; /* below dir */
	struct str *slugs;
	size_t slugs_n;
	bool changed;    /* is, or under dry would be, written */
};

/* Where a page's fragments come from. */
struct place_source {
	/* 1, and the product's fragment, empty for one without a page; borrowed until the
	 * next call.  0: there is no such product; -1 with diagnostics. */
	int (*fragment)(void *ctx, struct str slug, struct str *out, struct diags *diags);
	void *ctx;
	const char *const *slugs; /* that there are, for suggestions */
	size_t slugs_n;
};
/*
 * One page: what it shall be is appended to out, nothing where there is no place in it.
 * path as it shall stand in messages; the result, without a file, is in the arena.  0, or
 * -1 with every mistake of the page.
 */
int place_page(const struct place_source *from, const char *path, struct str page,
	       struct arena *arena, struct placed *placed, struct buf *out,
	       struct diags *diags);

/* What of a shop's folder is looked at: not hidden folders and those that candor made;
 * files with the suffix, or the usual ones for NULL. */
bool place_skips(int dir, const char *name);
bool place_is_page(struct str name, const char *suffix);

struct placing_result {
	struct placed *pages; /* by name; in the arena */
	size_t n, changed;
};

/* 0, or -1 with diagnostics. */
int place_fragments(const struct placing *in, struct arena *arena,
		    struct placing_result *result, struct diags *diags);

#endif
