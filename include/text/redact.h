#ifndef TEXT_REDACT_H
#define TEXT_REDACT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "text/language.h"
#include "text/regex.h"
#include "text/tree.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Takes out of a text what mustn't be published, and leaves a mark that says so:
 * "[email removed]", in the redactor's language.  Found in what a reader sees: digits
 * of any script are digits, a no-break space is a blank, a non-breaking hyphen a
 * hyphen, "%40" an @; invisible characters don't count.  Where two finds overlap, all
 * that either of them covers goes, under the mark of the longer one.
 *
 * email    A local part of letters, digits and ._%+'- (RFC 5322, dot-atom, less
 *          what isn't used), an @ or (at) [at] {at}, and a domain whose last
 *          label is letters alone.  "(dot)" is a dot, behind an (at) also " dot ".
 *          Not: names in front of file types and local names (icon@2x.png,
 *          pi@host.local), names and passwords in URLs, @name@host, git@host.
 *
 * phone    Groups of digits with one of blank - . / ( ) between them, a blank
 *          before and behind - and /:
 *            international  "+", 8 to 15 digits (E.164), not beginning with 0
 *            national       9 to 15 digits in groups of 2 to 8, the first one
 *                           beginning with 0 or "00 "; or "(0)" and the rest
 *            NANP           [1] AAA BBB CCCC, also 1AAA; AAA from 200 on
 *          Not: digits without anything between them, but behind a +; what
 *          touches letters or further digits; dates, IP addresses, ZIP+4,
 *          thousands.  In code and in URLs international ones alone.
 *
 * card     13 to 19 digits that begin as the cards of a brand do and are as many
 *          (ISO/IEC 7812; the table is in redact-number.c), with a right check
 *          digit (Luhn), in one run or in groups of 4, 4-6-5, 4-6-4 or 6-13 with
 *          a blank or a hyphen between all of them.  Not in URLs.
 *
 * pattern  What a regular expression matches; of the text as it looks, with every
 *          run of blanks as one blank.  One that gives up on a text takes the
 *          whole of it out, and is told to the caller.  Each match costs as much
 *          as its text is long: where that comes to more than 256 MiB in a body,
 *          the rest of the body's texts go as a whole.
 */
enum redact_kind { REDACT_EMAIL, REDACT_PHONE, REDACT_CARD, REDACT_PATTERN };

struct redact_item {
	enum redact_kind kind;
	struct str name;           /* in messages, and in a pattern's mark */
	struct str pattern;        /* REDACT_PATTERN: as written, and compiled */
	const struct regex *regex; /* borrowed */
	struct place where;        /* of the pattern */
};

/* May be shared by threads. */
struct redactor {
	const struct redact_item *items; /* borrowed; at most one of each kind but
					  * REDACT_PATTERN */
	size_t n;
	struct str spared; /* an e-mail address that stays, or absent */
	const struct language *language; /* of the marks */
};

/* What was done, added to what it holds. */
struct redacted {
	size_t *counts; /* for each item, how often it was taken out; or NULL */
	const struct redact_item *stopped; /* whose pattern gave up, or NULL */
};

/* The config's word for a kind and its name in messages: "phone", "phone number".
 * REDACT_PATTERN has none. */
extern const char *const redact_words[], *const redact_names[];

/* One line of text: s itself where nothing is taken out, else a string in the
 * arena.  done may be NULL. */
struct str redact_text(const struct redactor *r, struct arena *a, struct str s,
		       struct redacted *done);
/*
 * A body, in place; new strings are in the arena.  Finds what is spread over
 * inline elements and line breaks of one block.  Links and images whose address
 * holds something lose it.
 */
void redact_tree(const struct redactor *r, struct arena *a, struct node *root,
		 struct redacted *done);
/* Whether the address, decoded, holds something; or a number to call. */
bool redact_url(const struct redactor *r, struct str url, struct redacted *done);

#endif
