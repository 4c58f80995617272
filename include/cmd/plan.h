#ifndef CMD_PLAN_H
#define CMD_PLAN_H

#include "base/buf.h"
#include "publish/plan.h"

/* What `build --dry-run` answers, in each of its forms. */

/* For people; verbose: what moves and which files, by name. */
void plan_text(struct buf *out, const struct plan *p, bool verbose, bool color);
/* One object: candor(1). */
void plan_json(struct buf *out, const struct plan *p);
/* For a comment on GitHub, and not longer than one may be.  What strangers wrote stands in
 * it as code, in which GitHub finds neither links nor people. */
enum { PLAN_MARKDOWN_MAX = 65536 };
void plan_markdown(struct buf *out, const struct plan *p);

/* --- plan-words.c: what the forms for people share --- */

/* "kettle", "scenario guests" */
void plan_add_name(struct buf *out, const struct plan_page *page);
/* "4 -> 5 shown, 1 -> 2 wrong (25% -> 40%, required 1/4)", whether the page enters or
 * leaves; or that nothing but its text changes. */
void plan_add_what(struct buf *out, const struct plan_page *page);
/* ", at 2, wrong", or ", 3 -> 1" of one that moves. */
void plan_add_place(struct buf *out, enum plan_change change, const struct plan_thread *t);
/* All pages, the site and its files in one line. */
void plan_add_summary(struct buf *out, const struct plan *p);

#endif
