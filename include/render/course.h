#ifndef RENDER_COURSE_H
#define RENDER_COURSE_H

#include "archive/model.h"
#include "render/value.h"
#include "select/select.h"
#include "text/language.h"

/*
 * The course of a conversation: what happened in it and when, and which of its
 * posts may be folded away.  Both are made from the values that templates see.
 */

/*
 * The events of a thread, as candor-template(7) lists them, in the order of
 * time.  posts are the values of its posts that are shown, in their order; what
 * isn't known is left out of an event, and what didn't happen has none.
 */
struct value course_timeline(struct arena *a, const struct language *l,
			     const struct thread *t,
			     const struct chosen_thread *chosen,
			     const struct value *posts);

/*
 * Adds `groups` to a thread's value: its posts in runs, folded ones and others,
 * which share the items of `posts`.  Only long threads have folded runs, and what
 * the timeline names is in none of them, nor are the first and the last post.
 */
void course_fold(struct arena *a, const struct language *l, struct value *thread);

#endif
