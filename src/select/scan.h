#ifndef SCAN_H
#define SCAN_H

#include "select/columns.h"

/* What the scans share: one after the other fills the columns. */
struct scan {
	struct columns *c;
	const struct rules *rules;
	const struct roster *roster;
	int64_t now;
	struct known {
		int64_t row;
		int64_t contributor; /* number, or -1 */
	} *authors; /* owned; by row */
	size_t authors_n, authors_cap;
	size_t at;          /* the thread that the scan has come to */
	size_t claims_from; /* where its claims begin */
	bool first;         /* no post of it was seen yet */
	int64_t votes;      /* of it */
};

void scan_list(struct columns *c, enum column_list list, uint32_t value);
/* Back to the first thread. */
void scan_rewind(struct scan *s);
/* NULL for whom the archive doesn't have. */
const struct known *scan_author(const struct scan *s, int64_t row);
/* Whether the author (NULL: nobody) spoke for the company then. */
bool scan_speaks(const struct scan *s, const struct known *author, int64_t at);
/* The scans of curated.c, after that of the posts: evidence first, whose say is less
 * than that of labels.  0, or -1 with diagnostics. */
int scan_evidence(struct scan *s, struct archive *a, struct diags *diags);
int scan_labels(struct scan *s, struct archive *a, struct diags *diags);

#endif
