#ifndef SELECT_REASON_H
#define SELECT_REASON_H

/* Why a candidate is shown or not: the first of these that applies. */
enum reason { /* in the order in which they are looked for */
	REASON_GONE, REASON_GROUND, REASON_EMBARGO, REASON_EXPIRED, REASON_KEEP,
	REASON_DROP, REASON_SHARE, REASON_CAP, REASON_LIMIT, REASON_SHOWN,
	REASON_COUNT
};
extern const char *const reason_names[]; /* "gone", ... */

#endif
