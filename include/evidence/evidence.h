#ifndef EVIDENCE_EVIDENCE_H
#define EVIDENCE_EVIDENCE_H

#include "base/arena.h"
#include "evidence/patterns.h"
#include "text/body.h"

/*
 * Evidence in one post: its own prose (what it quotes, code, signatures and what
 * machines wrote are taken out), searched once for all phrases, then decided
 * sentence by sentence.  Of each kind a sentence is found once, by the strongest
 * pattern, of equal ones by the first.
 */
struct evidence_post {
	enum body_format format;
	struct str body;
	enum post_role role;
	/* The post that it answers; its body absent when there is none. */
	enum body_format previous_format;
	struct str previous;
	enum post_role previous_role;
};

/* Findings by start; the array is in the arena, names are the patterns'.  A passage
 * that can't be told apart in the stored body is the whole body. */
void evidence_find(const struct patterns *p, const struct evidence_post *post,
		   struct arena *arena, struct finding **out, size_t *n);

/*
 * The author's own prose of a body: its visible text (body_prose), in which every
 * byte of what isn't his is a line feed, so that places in the one are places in the
 * other.  Both are appended to.
 */
void evidence_prose(enum body_format format, struct str body, struct buf *visible,
		    struct buf *own);

/* The passage as a reader sees it, on one line; appended. */
void evidence_quote(enum body_format format, struct str body, size_t start, size_t stop,
		    struct buf *out);

#endif
