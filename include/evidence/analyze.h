#ifndef EVIDENCE_ANALYZE_H
#define EVIDENCE_ANALYZE_H

#include "archive/archive.h"
#include "base/progress.h"
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
	struct progress *progress; /* begun and ended by the caller, or NULL; posts */
};

struct analysis_counts {
	uint64_t posts, looked; /* of the archive; of these, looked at now */
	uint64_t findings[KIND_REFERRAL + 1][GRADE_FAULT + 1]; /* that now stand */
};

/* Between begin and commit.  0, or -1 with diagnostics. */
int analyze(struct archive *a, const struct patterns *p, const struct analysis *how,
	    struct analysis_counts *counts, struct diags *diags);

#endif
