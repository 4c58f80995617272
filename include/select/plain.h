#ifndef SELECT_PLAIN_H
#define SELECT_PLAIN_H

#include "base/buf.h"
#include "base/fields.h"

/* Values in plain words, appended to out. */

/* "5 years" where it is that, else "90 days": a month could be read as 31. */
void say_days(struct buf *out, int64_t days);
/* “a”, “b” or “c”; joint is "or" or "and". */
void say_list(struct buf *out, struct strs names, const char *joint);
/* The same; the * of a phrase is shown as what it stands for: “charge back…”. */
void say_phrases(struct buf *out, struct strs phrases, const char *joint);
/* "25%", or "2 of 7" where that is no whole percentage. */
void say_ratio(struct buf *out, struct ratio r);
/* Thousandths without trailing zeros: "2", "0.5". */
void say_weight(struct buf *out, int64_t weight);

#endif
