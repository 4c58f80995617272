#ifndef IMPORT_MAILDATE_H
#define IMPORT_MAILDATE_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A date as mail has it: RFC 5322, section 3.3, with its obsolete forms and the orders
 * that are met (asctime's, "1-Jul-24"), or RFC 3339.  Parts may come in any order;
 * without a zone, or with one that nobody knows, it is UTC.  False when a part is
 * missing, comes twice, or is no part of a date.
 */
bool maildate_parse(struct str s, int64_t *t);
/*
 * Whether a line is one that begins a message in a mailbox, "From SENDER DATE"
 * (RFC 4155, and what pipermail makes of it: "From dana at acme.example  Mon ...");
 * *sender may be empty.  Patches of git(1) begin with such a line, too: theirs, with
 * a commit in place of a sender, is none.
 */
bool maildate_from_line(struct str line, struct str *sender, int64_t *t);

#endif
