#ifndef INIT_SITE_H
#define INIT_SITE_H

#include "archive/archive.h"
#include "base/arena.h"

/* What of a new site's files depends on what came in, and their texts. */

struct init_person {
	int64_t row; /* of the account */
	struct str venue, id, name;
	bool staff;
	uint64_t posts, answers; /* of the posts, those in threads that others began */
};

struct init_tag {
	struct str name;
	uint64_t threads;
};

/* What an archive has.  Everything is in the arena. */
struct init_survey {
	struct arena arena;
	struct venue *venues;       /* by slug */
	struct product *products;   /* by slug */
	bool *linked;               /* by a product's row: threads name it themselves */
	struct init_person *people; /* those whom venues call staff, if any of them posted;
				     * else the few who answered most; the busiest first */
	struct init_tag *tags;      /* the few that most threads have */
	size_t venues_n, products_n, people_n, tags_n;
	bool staff;                 /* people are staff */
	uint64_t threads, posts, groundless; /* of posts, those without a ground */
};

/* 0, or -1 with diagnostics; release in both cases. */
int init_survey_read(struct init_survey *s, struct archive *a, struct diags *diags);
void init_survey_release(struct init_survey *s);

/* What the command line says of the site. */
struct init_words {
	struct str company, title, url, contact, language, theme, share;
	bool example;   /* the conversations are the program's own */
	bool whole;     /* the site's only product takes every thread */
	int64_t days;   /* how much later than the example was written it is now */
};

/* The files' bytes. */
void init_candor_yaml(struct buf *out, const struct init_words *w,
		      const struct init_survey *s);
void init_rules_yaml(struct buf *out, const struct init_words *w,
		     const struct init_survey *s);
void init_example_jsonl(struct buf *out, const struct init_words *w);

#endif
