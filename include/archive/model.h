#ifndef ARCHIVE_MODEL_H
#define ARCHIVE_MODEL_H

#include "base/arena.h"
#include "base/str.h"
#include "base/when.h"
#include "text/body.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What an archive holds, as plain structs: importers fill them, the archive
 * stores and returns them, selection and pages read them.  Strings and arrays
 * are borrowed from the arena that the struct was made in.  row is the row id
 * in the archive, 0 before it is stored.  "id" is always the venue's own.
 * Times are instants (base/when.h); WHEN_NONE where unknown.
 */

#define NUMBER_NONE INT64_MIN /* a count that isn't known */

struct venue {
	int64_t row;
	struct str slug, name, url;
	struct str kind;    /* "forum", "qa", "tracker", ...; may be absent */
	struct str language; /* BCP 47, default for its posts; may be absent */
	struct str licence; /* default for its posts; may be absent */
	bool own;           /* the company's own: its terms are the ground */
};

struct product {
	int64_t row;
	struct str slug, name, url;
	struct str *aliases; /* sorted by byte */
	size_t aliases_n;
};

/* Where accounts are mail addresses, which the archive doesn't have, the id is that many
 * hex digits of the SHA-256 of the address in lower case. */
enum { AUTHOR_HASH = 16 };

struct author {
	int64_t row;
	int64_t venue; /* row of the venue */
	struct str id; /* the venue's id for the account, never a display name */
	struct str name;
	struct str url;  /* may be absent */
	bool staff;      /* the venue's own flag */
};

struct post {
	int64_t row;
	struct str id;
	struct str parent;           /* post id; may be absent */
	const struct author *author; /* NULL when deleted at the venue */
	int64_t created;
	int64_t edited; /* or WHEN_NONE */
	enum body_format format;
	struct str language; /* BCP 47; absent: the venue's */
	struct str body; /* as the venue gave it; valid UTF-8 without NUL */
	int64_t score;
	struct str url;        /* may be absent */
	struct str licence;    /* absent: the venue's */
	struct str permission; /* recorded permission; may be absent */
	bool gone, hidden;
	int64_t withdrawn; /* when the archive learnt that it is; or WHEN_NONE */
	int64_t fetched;   /* or WHEN_NONE */
};

struct label {
	int64_t row;
	struct str name; /* "wrong", "not-wrong", "private", ... */
	struct str post; /* post id; may be absent */
	struct str quote; /* may be absent */
	struct str by;
	int64_t at;
	struct str note; /* may be absent */
};

/* Labels embargo and expires: the time that their note begins with; the words behind it
 * are for other curators. */
bool label_until(const struct label *label, int64_t *until);

/*
 * `undecided` takes back what its curator said of the matter wrong, not-wrong before it:
 * of that sentence, without a quote of that post, without a post of the thread; what
 * others said stands.  For a thread's labels from the latest to the earliest, with a set
 * that begins empty: whether the label, which may be an undecided itself, says nothing
 * any more.
 */
struct seen;
bool label_taken_back(struct seen *undecided, const struct label *label);

/* What a passage shows, and how plainly an admission is one: the weakest first. */
enum evidence_kind { KIND_ADMISSION, KIND_GRATITUDE, KIND_RESOLUTION, KIND_REFERRAL };
enum evidence_grade {
	GRADE_NONE,    /* of what is no admission */
	GRADE_FORMULA, /* "sorry for the inconvenience": a courtesy */
	GRADE_HEDGED,  /* probably our mistake */
	GRADE_SLIP,    /* a small oversight of the writer's */
	GRADE_FAULT    /* we were wrong */
};
extern const char *const evidence_kind_names[];  /* ended by a NULL */
extern const char *const evidence_grade_names[]; /* the same; "none" first */

/* A passage found in a post: bytes [start, stop) of the body as it is stored. */
struct finding {
	enum evidence_kind kind;
	enum evidence_grade grade;
	size_t start, stop;
	struct str pattern; /* the name of what found it */
};

struct thread {
	int64_t row;
	const struct venue *venue;
	struct str id, url, title;
	struct str language; /* of its first post, where that has one of its own */
	int64_t created;
	int64_t updated; /* as the venue says, or WHEN_NONE */
	int64_t score;
	int64_t views; /* or NUMBER_NONE */
	struct str solved_by; /* post id; may be absent */
	bool gone, hidden;
	int64_t withdrawn;        /* as of a post; or WHEN_NONE */
	int64_t embargo, expires; /* or WHEN_NONE */
	struct str *tags;     /* sorted by byte */
	struct str *products; /* slugs, sorted by byte */
	struct post *posts;   /* by created, then id */
	struct label *labels; /* by at, then name, post, by, quote, note */
	size_t tags_n, products_n, posts_n, labels_n;
};

/* What is not known of a post or a thread is said so, and is not 0. */
#define POST_INIT \
	{ .edited = WHEN_NONE, .withdrawn = WHEN_NONE, .fetched = WHEN_NONE }
#define THREAD_INIT \
	{ .updated = WHEN_NONE, .views = NUMBER_NONE, .withdrawn = WHEN_NONE, \
	  .embargo = WHEN_NONE, .expires = WHEN_NONE }

/*
 * Why a post may be republished, best first.  A licence is one unless it says
 * that it isn't: none, unknown, proprietary, all rights reserved; or that the
 * company can't use it: NC (beside products every use is commercial) and ND
 * (redaction changes the text).
 */
enum ground { GROUND_NONE, GROUND_LICENCE, GROUND_OWN, GROUND_PERMISSION };
enum ground post_ground(const struct venue *venue, struct str licence,
			struct str permission);
/* Whether it is a ground, but no exact one: of a family of licences that differ by
 * their versions, and without one. */
bool licence_is_vague(struct str licence);
/* The licence that holds for the post: its own, else the venue's. */
struct str post_licence(const struct venue *venue, const struct post *post);
/* The language it is written in, likewise; may be absent. */
struct str post_language(const struct venue *venue, const struct post *post);

/* Whether its venue and its author leave it where it is. */
static inline bool post_shown(const struct post *p)
{
	return !p->gone && !p->hidden;
}
/* The post with this id, or NULL; there is none without an id. */
const struct post *thread_post(const struct thread *t, struct str id);
/* The parent of each post, or NULL; in the arena. */
const struct post **thread_parents(struct arena *a, const struct thread *t);
/* qsort's comparison of labels for the order said above. */
int label_cmp(const void *a, const void *b);
/* The order in which candor-archive(5) lists them, in place. */
void thread_sort(struct thread *t);

#endif
