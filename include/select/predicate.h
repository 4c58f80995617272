#ifndef SELECT_PREDICATE_H
#define SELECT_PREDICATE_H

#include "archive/model.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/fields.h"
#include "base/ydoc.h"
#include "text/language.h"
#include "text/phrases.h"
#include "text/regex.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Predicates: what a rule can ask about a thread.  Each is one row of the
 * table in predicate.c: a name, how its value is read, how it is tested, how
 * it says itself in plain words.  A condition is a mapping of predicates that
 * must all hold.
 */

/* Strings (labels, tags); once compiled sorted and distinct, each with its place as
 * its number. */
struct words {
	struct word {
		struct str text;  /* borrowed from the rules */
		uint32_t *number; /* where its number goes when compiled */
	} *items; /* owned */
	size_t n, cap;
};

/* A topic that a predicate asks for, to be looked up once all of them are read. */
struct topic_asked {
	struct str *name;  /* as written; its title from then on */
	uint32_t *number;  /* where its number goes */
	size_t at, n;      /* of the name, in the source */
};

/* A regular expression, as written. */
struct pattern_asked {
	struct str text; /* borrowed from the rules */
	const struct regex *regex; /* the vocabulary's */
};

/* Everything that the predicates of one rules file look for. */
struct vocabulary {
	struct words labels, tags;
	struct topic_asked *topics; /* owned */
	size_t topics_n, topics_cap;
	bool in_topic; /* what is being read is what a topic is */
	size_t evidence_at, evidence_n; /* the first that asks for evidence, or 0 */
	struct phrases *phrases;  /* owned */
	struct pattern_asked *patterns; /* owned; those that are asked for in texts */
	size_t patterns_n, patterns_cap;
	struct regex **regexes;   /* owned; all of them */
	size_t regexes_n, regexes_cap;
	bool ages; /* some predicate asks for the age */
};

enum { WORD_NONE = -1 };

void vocabulary_init(struct vocabulary *v);
/* After the last predicate_read: from then on words can be looked up. */
void vocabulary_compile(struct vocabulary *v);
void vocabulary_release(struct vocabulary *v);
/* A regular expression, owned by v; NULL with a diagnostic (bad-regex). */
struct regex *vocabulary_regex(struct vocabulary *v, struct str pattern,
			       struct place where, struct diags *diags);
/* The number of one that is asked for in texts; -1 likewise. */
int vocabulary_pattern(struct vocabulary *v, struct str pattern, struct place where,
		       struct diags *diags);
/* The word's number, or WORD_NONE. */
int64_t words_find(const struct words *w, struct str word);

enum { MATCH_STOPPED = -2 };

/* What a predicate may ask about a thread. */
struct facts {
	struct str venue, id;
	int64_t age;   /* whole UTC days since the last post */
	int64_t score; /* the thread's own, as the venue counts */
	int64_t posts; /* neither gone nor hidden */
	bool contributor, solved, thanked, referral, wrong;
	unsigned found; /* evidence: 1 << enum evidence_kind for each */
	enum evidence_grade admission; /* the plainest found, or GRADE_NONE */
	const struct topic *topics; /* of the rules: what their numbers stand for */
	const uint32_t *labels, *tags; /* numbers in the vocabulary */
	size_t labels_n, tags_n;
	/* Whether the thread's visible text (its title and its posts, quotations taken
	 * out) has the phrase, or something that the pattern matches, of that number in
	 * the vocabulary.  -1 when it can't be had; then a diagnostic has been recorded.
	 * MATCH_STOPPED: the pattern reached a limit. */
	int (*has)(void *ctx, uint32_t phrase);
	int (*matches)(void *ctx, uint32_t pattern);
	void *ctx;
	struct diags *diags;
};

struct predicate_kind;

struct wanted {
	struct strs names; /* as written */
	uint32_t *numbers; /* of phrases, patterns or words; NULL for venues */
};

struct predicate {
	const struct predicate_kind *kind;
	const struct source *source;
	size_t at, n;              /* the bytes of the value in source */
	bool yes;                  /* contributor, solved, thanked, referral, wrong */
	int evidence, grade;       /* evidence: its kind; the grade that it must be over */
	int64_t min, max;          /* posts, score; age in days */
	struct wanted any, all;    /* label, tag, topic, venue, text, matches */
	struct predicate *parts;   /* any, all, not */
	size_t parts_n;
};

/* What a thread can be about. */
struct topic {
	struct str name, title; /* name is a slug */
	struct predicate when;  /* in which no topic is asked for */
	size_t at, n;           /* of the name, in the source */
};
enum { TOPICS_MOST = 64 };

/*
 * Reads the condition in map; where names it in messages ("keep").  own, or
 * NULL, is one key of the mapping that isn't a predicate and is the caller's.
 * ctx->user is the struct vocabulary.  Everything but the vocabulary's parts
 * is in ctx->arena.  0, or -1 with diagnostics.
 */
int predicate_read(struct predicate *p, const struct ynode *map, const char *where,
		   const char *own, struct fields_ctx *ctx);
/* 1: it holds; 0: it doesn't; -1 with a diagnostic: it can't be told. */
int predicate_test(const struct predicate *p, const struct facts *f);
/* Appends a clause for behind "if": "somebody from the company takes part". */
void predicate_say(const struct predicate *p, const struct language *l, struct buf *out);
/* "a sentence of ours that plainly admits a mistake": what evidence of that kind, of at
 * least that grade, is. */
struct str evidence_words(const struct language *l, int kind, int grade);
/* Calls fn for every venue that a predicate in p names. */
void predicate_each_venue(const struct predicate *p,
			  void (*fn)(void *ctx, const struct predicate *p,
				     struct str venue),
			  void *ctx);

#endif
