#ifndef RENDER_JSONLD_H
#define RENDER_JSONLD_H

#include "base/buf.h"
#include "render/value.h"

/*
 * A thread as schema.org's DiscussionForumPosting, its first post the posting
 * and the others its comments, each with those that answer it, in a <script type="application/ld+json"> that
 * may stand in any page: < > & and the line ends of old JavaScript are
 * escaped, so that no post ends the element.
 *
 * thread is the model's value (view_thread) of a thread whose posts have their
 * text, and site_url ends in '/'.  Appends nothing when the first post isn't
 * shown or has no words: those and its author are what the rest belongs to.
 */
void jsonld_thread(struct buf *out, struct str site_url, const struct value *thread);

#endif
