#ifndef EVIDENCE_ANALYZE_H
#define EVIDENCE_ANALYZE_H

#include "archive/archive.h"
#include "evidence/patterns.h"

/*
 * Evidence for a whole archive.  What was found in a post stands until the post, or
 * another of its thread, is rewritten, the patterns change, its author becomes or
 * stops being a contributor, or what it answers does: only such posts are looked at.
 */
struct analysis {
	/* Whether the post of that time by this author is the company's. */
	bool (*is_contributor)(void *ctx, struct str venue, const struct author *author,
			       int64_t created);
	void *ctx;
	bool all;                  /* look at every post */
	bool dry;                  /* look at none, and write nothing: count alone */
};

struct analysis_counts {
	uint64_t posts, looked; /* of the archive; of these, looked at now */
	uint64_t current[ROLE_OTHER + 1]; /* by role: those that need no look (any more) */
	uint64_t findings[KIND_REFERRAL + 1][GRADE_FAULT + 1]; /* that now stand */
};

/* Between begin and commit, unless it is dry.  0, or -1 with diagnostics. */
int analyze(struct archive *a, const struct patterns *p, const struct analysis *how,
	    struct analysis_counts *counts, struct diags *diags);

/*
 * Warns of patterns of the site's own file that find nothing in many posts
 * (pattern-idle), or something in more than a third of those they are for
 * (pattern-wide).  Goes by what analyze() has found; how is dry.
 */
int patterns_audit(struct archive *a, const struct patterns *p, const struct analysis *how,
		   struct diags *diags);

#endif
