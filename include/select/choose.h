#ifndef SELECT_CHOOSE_H
#define SELECT_CHOOSE_H

#include "base/fields.h"
#include "select/reason.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The pure choice: eligible threads and limits in, what is shown, in which
 * order and why not out.  Knows neither archive nor rules file.
 *
 * A set S of threads is feasible when |S| <= limit, at least
 * ceil(share x |S|) of S are wrong threads, and no cap is exceeded.  Chosen is
 *
 * - without caps: exactly the feasible set of the largest size with the
 *   highest total rank; of equal ones the one whose list in order of activity
 *   (newest first), venue and id comes first.  (The sets with enough wrong
 *   threads are the bases of a laminar matroid, where greedy is optimal.)
 *
 * - with caps, where the best set is a packing problem: a greedy one, made
 *   maximal.  For sizes n from the largest that limit and share allow down to
 *   0, with the caps of a page of n: in page order take the first
 *   ceil(share x n) wrong threads that fit, then, in page order, whatever
 *   fits; the first n that is reached stands.  Then, as long as one of these
 *   can be done, the first that can: add the first thread in page order that
 *   can be added; take a thread out, the last one for which this goes, and add
 *   two others as above; put the first thread that isn't shown in place of the
 *   last shown one behind it for which the set stays feasible.
 *
 * Page order is: rank (highest first), activity (newest first), venue, id.
 */
enum cap_kind { CAP_CUSTOMER, CAP_CONTRIBUTOR, CAP_VENUE, CAP_COUNT };

/* A number of threads, or a part of those on the page: max(1, ceil(part x n)). */
struct cap {
	int64_t count;     /* 0: see part */
	struct ratio part; /* den 0 and count 0: no cap */
};

struct page_limits {
	int64_t limit;
	struct ratio share; /* 0/1: none required */
	bool spread;        /* a prefix of k holds floor(share x k) wrong ones */
	struct cap caps[CAP_COUNT];
};

/* One eligible thread of one page. */
struct eligible {
	int64_t rank;      /* millionths */
	int64_t activity;  /* instant of the last post */
	const char *id;    /* the venue's id */
	const uint32_t *contributors; /* numbers, each once */
	uint32_t contributors_n;
	uint32_t venue;    /* venues are numbered in the order of their slugs */
	uint32_t customer; /* 0: nobody known, and no one else's double */
	uint32_t thread;   /* the caller's number, the same on every page */
	bool wrong;

	/* What choose() says of it: */
	enum reason reason; /* REASON_SHARE, _CAP, _LIMIT or _SHOWN */
	int cap;            /* REASON_CAP: the cap that is full; -1: several together */
	uint32_t position;  /* on the page, from 1; 0: not shown */
};

struct page_choice {
	struct eligible *options; /* sorted by choose() into page order */
	size_t n;
	struct page_limits limits;
	size_t shown, shown_wrong;
	/* min(limit, n) minus the largest size that limit and share alone allow */
	size_t shortfall;
};

/*
 * Fills in what is chosen.  A thread that isn't shown has the reason `share`
 * when it would be shown if no share were required; else `cap` when it would
 * be shown if there were no caps; else `share` again when it would be shown
 * with neither; else `limit`.
 */
void choose(struct page_choice *page);
/* Takes everything off the page again; the reason is `share`. */
void choose_none(struct page_choice *page);

/* The distinct threads on the pages; threads is over every option's thread. */
void site_count(const struct page_choice *pages, size_t n, size_t threads, size_t *shown,
		size_t *wrong);
/*
 * Makes the share hold over the distinct threads of all pages: the lowest in
 * page order of those that aren't wrong leave every page they stand on.  Each
 * of these pages chooses again among what is left on it, so that shares and
 * caps hold on the smaller page too.  Says whether anything had to leave.
 */
bool site_trim(struct page_choice *pages, size_t n, size_t threads, struct ratio share);

/* qsort's comparison for page order. */
int eligible_cmp(const void *a, const void *b);

/* share x n, rounded up or down. */
size_t share_ceil(struct ratio share, size_t n);
size_t share_floor(struct ratio share, size_t n);
/* The largest size whose required share that many wrong threads fill. */
size_t share_size(struct ratio share, size_t wrong);

#endif
