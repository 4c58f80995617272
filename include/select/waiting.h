#ifndef SELECT_WAITING_H
#define SELECT_WAITING_H

#include "select/select.h"

/*
 * What waits for a curator's word: an admission that was found and that nobody confirmed
 * or rejected; labels whose posts changed or were withdrawn since; curators who
 * contradict each other; and what origin-check hid until somebody has looked at it.
 */
enum waiting_kind {
	WAITING_CONFLICT,
	WAITING_STALE,
	WAITING_ADMISSION,
	WAITING_ORIGIN,
	WAITING_KINDS
};
extern const char *const waiting_names[]; /* "label-conflict", ... */

enum { WAITING_KEY = 17 };

/* Strings are in the list's arena. */
struct waiting {
	enum waiting_kind kind;
	enum evidence_grade grade; /* of an admission, else GRADE_NONE */
	char key[WAITING_KEY];     /* hex; the same as long as the question is */
	int64_t thread;            /* row */
	struct str venue, id, title;
	struct str post;           /* absent: it is about the thread */
	struct str quote;          /* the sentence; may be absent */
	struct str author;         /* of an admission: as the roster, else the venue has it */
	struct str pattern;        /* the one that found it */
	int64_t when;              /* of the admission's post; of the label that stands */
	/* It could be shown, doesn't count as a wrong thread but would, and a product that
	 * it is a candidate of shows less than it could for want of these. */
	bool needed;
	const uint32_t *products;  /* indexes in selection.products */
	size_t products_n;
	/* Labels: the one that stands, and what it contradicts or nothing. */
	struct label label, other;
	bool withdrawn; /* the post was, after it was labelled */
	/* What the two answers say; without who and when. */
	struct label yes, no;
};

struct waiting_list {
	struct arena arena;
	struct waiting *items; /* owned; best first */
	size_t n, cap;
};

/*
 * Of the candidates of s, or with all of every thread.  Best first: those that are
 * needed; by kind as above, a plainer admission before others; the newest; by venue, id
 * and post.  No bodies are kept.  0, or -1 with diagnostics; release in both cases.
 */
int waiting_read(struct waiting_list *w, struct archive *a, const struct selection *s,
		 const struct rules *rules, const struct roster *roster, bool all,
		 struct diags *diags);
void waiting_release(struct waiting_list *w);
const struct waiting *waiting_find(const struct waiting_list *w, struct str key);
/* qsort's comparison for that order. */
int waiting_cmp(const void *a, const void *b);
/* Whether it is about a candidate of the selection's product of that index. */
bool waiting_of(const struct waiting *w, size_t product);

/* In one line, why it waits: "Ada Rask in post 3, by the pattern 'our-fault'".  Holds
 * strangers' text. */
void waiting_say(const struct waiting *w, struct buf *out);

/* How many more wrong threads the page needs to show all that it could. */
size_t choice_missing(const struct choice *page);
/* "1 more wrong thread would let it show 4 more". */
void choice_say_missing(const struct choice *page, struct buf *out);

#endif
