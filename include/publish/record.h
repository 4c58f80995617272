#ifndef PUBLISH_RECORD_H
#define PUBLISH_RECORD_H

#include "select/select.h"

/*
 * What a site shows, page by page, so that two can be compared: made of a selection,
 * which knows every candidate and its reason; or of a ledger, honesty.json, which knows
 * what is shown and nothing else.  A ledger is our own file, but anybody may have edited
 * it: nothing in it is trusted.
 */
struct record_thread {
	struct str venue, id;
	uint32_t position; /* on the page, from 1; 0: not shown */
	unsigned rule;     /* line of the rules; 0: built in */
	enum reason reason;
	bool wrong;
	const struct chosen_thread *chosen; /* NULL in a ledger's */
};

struct record_page {
	struct str slug;
	bool scenario;
	bool skipped; /* the site has no page of it */
	struct ratio required;
	size_t shown, wrong;
	struct record_thread *threads; /* by venue, then id */
	size_t threads_n;
};

struct record {
	struct arena arena;
	struct record_page *pages; /* of products by slug, then of scenarios by slug */
	size_t pages_n;
	size_t shown, wrong;       /* distinct threads over the products' pages */
	struct ratio required;
	int64_t day;
	bool whole;                /* has the candidates that aren't shown, too */
	struct str rules;          /* their path, for people */
	struct str rules_sha256;   /* in hex; a ledger's alone */
};

/* Borrows from s; rules is the path of the rules by which it chose. */
void record_of_selection(struct record *r, const struct selection *s, struct str rules);
/* text is the ledger, path how messages call it.  0, or -1 with diagnostics; nothing
 * borrows from text.  Release in both cases. */
int record_of_ledger(struct record *r, struct str text, const char *path,
		     struct diags *diags);
void record_release(struct record *r);

/* The page, or its thread, or NULL. */
const struct record_page *record_page(const struct record *r, bool scenario,
				      struct str slug);
const struct record_thread *record_thread(const struct record_page *page, struct str venue,
					  struct str id);
/* Their orders. */
int record_page_cmp(const void *a, const void *b);
int record_thread_cmp(const void *a, const void *b);

#endif
