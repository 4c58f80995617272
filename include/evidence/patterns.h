#ifndef EVIDENCE_PATTERNS_H
#define EVIDENCE_PATTERNS_H

#include "archive/model.h"
#include "base/diag.h"
#include "base/sha256.h"
#include "text/phrases.h"

/*
 * What evidence is looked for by: candor-patterns(5).  Patterns are data; those of
 * English come with the program, a site's own file adds to them or replaces them.
 * All phrases of all patterns make one automaton.  Once loaded they can be shared
 * by threads.
 */

/* Who wrote a post: where a kind of evidence counts. */
enum post_role { ROLE_CONTRIBUTOR = 1, ROLE_CUSTOMER = 2, ROLE_OTHER = 4 };
extern const unsigned evidence_roles[]; /* by kind: the roles in which it counts */

/* Whose post it must answer: no matter, anybody's, one not of the company's, one of
 * the company's. */
enum pattern_after { AFTER_ANYTHING, AFTER_SOMEONE, AFTER_CUSTOMER, AFTER_CONTRIBUTOR };

struct pattern {
	struct str name;
	int kind;        /* enum evidence_kind */
	int grade;       /* enum evidence_grade */
	bool first;      /* the sentence must speak in the first person */
	bool start;      /* it must be the post's first */
	bool question;   /* it may be a question */
	int after;       /* enum pattern_after: who wrote what the post answers */
	unsigned lists;  /* bits of enum phrase_use: those that it has */
	bool own;        /* of the site's file */
	const struct source *source; /* the file */
	size_t at, n;    /* of its name there */
};

/* What a phrase is there for. */
enum phrase_use {
	USE_ANY,        /* one must be in the sentence */
	USE_WITH,       /* and one of these, too */
	USE_NOT,        /* none of these may be */
	USE_NOT_BEFORE, /* nor one of these before it */
	USE_UNLESS,     /* and it may not be part of one of these */
	USE_THEN,       /* one of these must be in the next sentences */
	USE_PREVIOUS,   /* one of these must be in the post that is answered */
	USE_FIRST,      /* makes a sentence one in the first person */
	USE_AUTOMATIC,  /* makes it one that nobody wrote */
	USE_COUNT
};

/* A phrase's use: by a pattern; by the guards of a kind, as patterns_n + kind; or by
 * all of them. */
struct phrase_owner {
	uint32_t owner;
	enum phrase_use use;
};

struct patterns {
	struct pattern *items;    /* in the order of the files: it breaks ties */
	size_t n;
	struct phrases *phrases;
	struct str *fillers;      /* sorted: words that are read over */
	size_t fillers_n;
	bool filler_starts[256];  /* the bytes that one begins with */
	struct phrase_owner *owners; /* by phrase */
	uint32_t *first_owner;    /* where a phrase's begin; one more than phrases */
	unsigned char digest[SHA256_SIZE]; /* of all that can change a finding */
	struct loaded *loaded;    /* the files */
};

/* path NULL: those of the program alone; replace: those of the file alone.  0, or -1
 * with diagnostics and *out NULL. */
int patterns_load(struct patterns **out, const char *path, bool replace,
		  struct diags *diags); /* owned: patterns_free */
/* The same with a text in the place of the program's own, for tests. */
int patterns_parse(struct patterns **out, struct str text, struct diags *diags);
void patterns_free(struct patterns *p); /* NULL is fine */
/* Blanks, in place, for the words that are read over, and commas beside them: what
 * phrases are compared with. */
void patterns_read_over(const struct patterns *p, struct buf *text);

#endif
