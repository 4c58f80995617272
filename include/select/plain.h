#ifndef SELECT_PLAIN_H
#define SELECT_PLAIN_H

#include "base/buf.h"
#include "base/fields.h"
#include "text/saying.h"

/* Values in plain words, appended to out. */

/* "5 years" where it is that, else "90 days": a month could be read as 31. */
void say_days(const struct language *l, struct buf *out, int64_t days);
/* “a” */
void say_name(const struct language *l, struct buf *out, struct str name);
/* “a”, “b” or “c”; joint is SAY_OR or SAY_AND. */
void say_list(const struct language *l, struct buf *out, struct strs names,
	      enum saying joint);
/* The same; the * of a phrase is shown as what it stands for: “charge back…”. */
void say_phrases(const struct language *l, struct buf *out, struct strs phrases,
		 enum saying joint);
/* "25%", or "2 of 7" where that is no whole percentage. */
void say_ratio(const struct language *l, struct buf *out, struct ratio r);

#endif
