#ifndef SELECT_SELECT_H
#define SELECT_SELECT_H

#include "archive/archive.h"
#include "base/arena.h"
#include "base/diag.h"
#include "select/config.h"
#include "select/reason.h"
#include "select/roster.h"
#include "text/language.h"
#include "text/redact.h"

/*
 * The choice: which threads stand on which page, and for
 * every candidate the one reason why.  explain, ledger, report and pages read
 * this one record.
 */

/* rules.yaml, parsed. */
struct rules;
/* 0, or -1 with diagnostics.  *out must be freed with rules_free if not NULL. */
int rules_load(struct rules **out, const char *path, struct diags *diags);
void rules_free(struct rules *r);
/* The file as it was, byte for byte (with its BOM, if it had one), and its path. */
struct str rules_text(const struct rules *r);
const char *rules_path(const struct rules *r);
/* What is taken out of strangers' texts: borrows from both.  The address that
 * the config names as contact stays. */
struct redactor rules_redactor(const struct rules *r, const struct config *c);
/* What the rules say in plain words, one sentence each, grouped under headings;
 * in the arena.  Products are called by their names, and by their slugs where they
 * aren't among the n. */
struct rules_sentence {
	struct str section; /* "What is left out" */
	struct str text;    /* a sentence */
};
size_t rules_say(const struct rules *r, const struct product *products, size_t n,
		 const struct language *l, struct arena *a, struct rules_sentence **out);

/* A thread that is some product's candidate. */
struct chosen_thread {
	int64_t row;
	struct str venue, id;   /* slug and the venue's id; in the selection's arena */
	int64_t activity;       /* instant of the last post */
	int64_t rank;           /* millionths */
	bool eligible, wrong;   /* wrong: counts as a wrong thread by the rules */
	bool shown;             /* on at least one product's page */
	bool in_scenario;       /* on at least one scenario's page */
	bool withdrawn;         /* gone or hidden, or all of its posts are */
	bool claimed;           /* may have counted as wrong once: labelled so, or what was
				 * found in it counts, which goes with its post */
	bool solved, thanked;
	/* wrong threads: the admission that counts, else absent */
	struct str wrong_post, wrong_quote;
	int64_t wrong_at;       /* instant of the post that admits, WHEN_NONE */
	int wrong_who;          /* its author, as roster_find() says */
	struct str wrong_author; /* their name, as the roster, else the venue has it */
	/* who confirmed it and when; absent: what follows found it, and nobody did */
	struct str wrong_by;
	int64_t wrong_said;
	struct str wrong_pattern;
	enum evidence_grade wrong_grade;
	uint64_t topics;        /* what it is about: bits by index in selection.topics */
	/* whose candidate it is: indexes in selection.products */
	const uint32_t *products;
	size_t products_n;
	/* who of the roster wrote in it: 4 bytes each, indexes in the config */
	const uint32_t *contributors;
	size_t contributors_n;
};

struct candidate {
	uint32_t thread;   /* index in selection.threads */
	uint32_t position; /* on the page, from 1; 0: not shown */
	enum reason reason;
	unsigned rule;     /* line in the rules file; 0: built in */
};

/* One page's choice. */
struct choice {
	struct str slug;
	const struct product *product; /* borrowed; NULL: the page is a scenario's */
	struct str title, about;       /* a scenario's; about may be absent */
	int64_t limit;
	struct ratio required;
	struct candidate *candidates;  /* by rank, activity, venue, id */
	size_t candidates_n;
	uint32_t *shown;               /* indexes in candidates, in page order */
	size_t shown_n;
	/* counts for the ledger */
	size_t shown_wrong, candidates_wrong, eligible, eligible_wrong, withdrawn;
	size_t confirmed;              /* of shown_wrong: by a curator */
	size_t shortfall;
	bool skipped;                  /* shortfall: skip left the page out */
};

struct selection {
	struct arena arena;
	struct venue *venues;       /* by slug */
	size_t venues_n;
	struct product *products;   /* by slug */
	size_t products_n;
	struct chosen_thread *threads; /* all candidates of any page, by row */
	struct about {
		struct str name, title;
	} *topics; /* what threads can be about, as the rules list it */
	size_t topics_n;
	struct choice *pages;       /* one per product, by slug */
	struct choice *scenarios;   /* as the rules list them, behind the last of pages */
	size_t threads_n, pages_n, scenarios_n;
	/* distinct threads over all product pages */
	size_t shown, shown_wrong, confirmed, candidates, candidates_wrong, eligible,
		eligible_wrong, withdrawn;
	struct ratio required;      /* the site's share; 0 when over has no site */
	int64_t day;                /* as_of: UTC day of the clock */
	int64_t first, last;        /* period: UTC days of the oldest and the newest
				     * activity of a candidate; both day without any */
	int64_t next; /* next instant at which the choice may differ; WHEN_MAX */
};

/*
 * Chooses for the whole site.  A share that cannot be met under `fail` is
 * share-not-met (exit 4); the record is complete all the same.  Warnings: no
 * contributors in the archive, no wrong threads, pages without candidates.
 * Release in both cases.
 */
int select_run(struct selection *s, struct archive *a, const struct rules *r,
	       const struct config *c, int64_t now, struct diags *diags);
/* The same, with what texts knows from choices before: select/texts.h. */
struct texts;
int select_again(struct selection *s, struct archive *a, const struct rules *r,
		 const struct config *c, int64_t now, struct texts *texts,
		 struct diags *diags);
void selection_release(struct selection *s);

#endif
