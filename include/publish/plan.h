#ifndef PUBLISH_PLAN_H
#define PUBLISH_PLAN_H

#include "publish/record.h"
#include "render/view.h"

/*
 * What enters, leaves and changes between two records.  Pages are those of both, in the
 * order of records; with a page's old list of threads, its plan gives the new one: what
 * leaves goes; what enters or moves takes the place that it has now; the others fill the
 * places between in the order that they had.
 */
struct plan_thread {
	const struct record_thread *before, *after; /* NULL: not known there; not both */
	struct str title; /* redacted; absent: not known, or not to be told */
	struct str why;   /* a clause; or absent */
	struct str rule;  /* or pattern that decided: "rules.yaml:23"; or absent */
};

struct plan_list {
	struct plan_thread *items;
	size_t n;
};

enum plan_change {
	PLAN_ENTER, /* shown from now on; by their place now */
	PLAN_LEAVE, /* were shown until now; by the place they had */
	PLAN_TURN,  /* shown then and now, and count as wrong now, or no more */
	PLAN_MOVE,  /* change places with others: as few as possible; by their place now */
	PLAN_CHANGES
};

struct plan_page {
	const struct record_page *before, *after; /* NULL: there is none; not both */
	struct plan_list lists[PLAN_CHANGES];
	bool text; /* its bytes differ */
};

/* Files of the site beyond the choice: what is there, and what would be. */
struct plan_files {
	const char *unknown; /* why they weren't compared, then the rest is empty; or NULL */
	struct str *fresh, *changed; /* paths, sorted */
	size_t fresh_n, changed_n, same, removed;
};

/* What the site is compared with. */
enum plan_against {
	AGAINST_PUBLISHED, /* what stands in its output folder */
	AGAINST_BUILT,     /* another built site */
	AGAINST_SOURCE,    /* another site's configuration, rules and archive */
	AGAINST_ARCHIVE    /* another archive, by its own rules */
};

struct plan {
	struct arena arena;
	enum plan_against against;
	struct str path;             /* of that; borrowed */
	const struct record *before; /* borrowed; NULL: there was no site */
	const struct record *after;  /* borrowed */
	int fails; /* the exit status of a build that would publish nothing, or 0 */
	struct plan_page *pages;
	size_t pages_n;
	struct plan_files files;     /* set by whoever compares them */
};

/* before may be NULL. */
void plan_make(struct plan *p, const struct record *before, const struct record *after);
void plan_release(struct plan *p);

/* Which page it is. */
static inline const struct record_page *plan_page_of(const struct plan_page *page)
{
	return page->after ? page->after : page->before;
}
static inline const struct record_thread *plan_thread_of(const struct plan_thread *t)
{
	return t->after ? t->after : t->before;
}
/* Whether the site has the page then, or now. */
static inline bool plan_stands(const struct record_page *page)
{
	return page && !page->skipped;
}
/* Something about it changes. */
bool plan_page_changes(const struct plan_page *page);
/* How many pages enter, leave, and stay but change. */
struct plan_counts {
	size_t enter, leave, change;
};
struct plan_counts plan_count(const struct plan *p);
/* Nothing would change, as far as it is known. */
bool plan_empty(const struct plan *p);

/* --- plan-why.c --- */

/* What is asked for reasons and titles. */
struct plan_witness {
	struct archive *archive;
	const struct selection *selection; /* what after was made of */
	const struct view *view;
	const struct record *published; /* what the published rules would choose of it; or NULL */
};
/* Fills in titles and reasons.  Titles are those of the archive, redacted; what was
 * withdrawn or forgotten has none. */
int plan_tell(struct plan *p, const struct plan_witness *w, struct diags *diags);
/* Why a page enters or leaves as a whole: a clause. */
const char *plan_page_why(const struct plan_page *page);

#endif
