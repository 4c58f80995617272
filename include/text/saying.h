#ifndef TEXT_SAYING_H
#define TEXT_SAYING_H

#include "text/language.h"

/*
 * What the program itself says on pages, but for its built-in templates: words,
 * clauses and sentences with {placeholders}.  language-en.c has them in English;
 * a language is one more such file and its rows in language.c.
 */
enum saying {
	/* spans of time, behind "after" */
	SAY_AFTER_MINUTES, SAY_AFTER_HOURS, SAY_AFTER_DAYS,
	/* in place of what isn't there */
	SAY_DELETED_ACCOUNT, SAY_UNNAMED, SAY_UNNAMED_LICENCE, SAY_UNTITLED,
	/* marks of what was taken out */
	SAY_EMAIL_REMOVED, SAY_PHONE_REMOVED, SAY_CARD_REMOVED, SAY_REMOVED,
	/* titles */
	SAY_ALL_CONVERSATIONS, SAY_FEED_OF_WRONG,
	/* descriptions, for search engines and links */
	SAY_DESCRIPTION, SAY_DESCRIPTION_NONE,
	/* why a candidate is shown or not: headings, and an explanation of each */
	SAY_REASON_SHOWN, SAY_REASON_SHOWN_MORE,
	SAY_REASON_LIMIT, SAY_REASON_LIMIT_MORE,
	SAY_REASON_CAP, SAY_REASON_CAP_MORE,
	SAY_REASON_SHARE, SAY_REASON_SHARE_MORE,
	SAY_REASON_KEEP, SAY_REASON_KEEP_MORE,
	SAY_REASON_DROP, SAY_REASON_DROP_MORE,
	SAY_REASON_EMBARGO, SAY_REASON_EMBARGO_MORE,
	SAY_REASON_EXPIRED, SAY_REASON_EXPIRED_MORE,
	SAY_REASON_GROUND, SAY_REASON_GROUND_MORE,
	/* parts of sentences */
	SAY_QUOTED, SAY_OR, SAY_AND, SAY_CLAUSES_OR, SAY_CLAUSES_AND,
	SAY_RATIO, SAY_DAYS, SAY_YEARS, SAY_POINTS,
	/* conditions: clauses behind "if"; the order within a line is relied on */
	SAY_IF_CONTRIBUTOR, SAY_IF_NO_CONTRIBUTOR,
	SAY_IF_POSTS_MIN, SAY_IF_POSTS_MAX, SAY_IF_POSTS,
	SAY_IF_AGE_MIN, SAY_IF_AGE_MAX, SAY_IF_AGE,
	SAY_IF_SCORE_MIN, SAY_IF_SCORE_MAX, SAY_IF_SCORE,
	SAY_IF_SOLVED, SAY_IF_NOT_SOLVED,
	SAY_IF_THANKED, SAY_IF_NOT_THANKED,
	SAY_IF_REFERRAL, SAY_IF_NOT_REFERRAL,
	SAY_IF_WRONG, SAY_IF_NOT_WRONG,
	SAY_IF_FOUND,
	SAY_FOUND_FORMULA, SAY_FOUND_HEDGED, SAY_FOUND_SLIP, SAY_FOUND_FAULT,
	SAY_FOUND_GRATITUDE, SAY_FOUND_RESOLUTION, SAY_FOUND_REFERRAL,
	SAY_IF_LABEL, SAY_IF_TAG, SAY_IF_TOPIC, SAY_IF_VENUE,
	SAY_IF_TEXT, SAY_IF_TEXT_BOTH,
	SAY_IF_MATCHES, SAY_IF_MATCHES_ANY,
	SAY_IF_NOT,
	/* the rules, section by section, each with its heading */
	SAY_CANDIDATES, SAY_CANDIDATES_LINKED, SAY_CANDIDATES_MATCHED,
	SAY_CANDIDATES_SCENARIO, SAY_CANDIDATES_OUT,
	SAY_KEEP, SAY_KEEP_IF,
	SAY_DROP, SAY_DROP_IF, SAY_DROP_PRIVATE,
	SAY_TOPICS, SAY_TOPICS_IF,
	SAY_WRONG, SAY_WRONG_NONE, SAY_WRONG_SHARE, SAY_WRONG_EVERYWHERE, SAY_WRONG_PAGES,
	SAY_WRONG_SITE, SAY_WRONG_CONFIRMED, SAY_WRONG_DETECTED, SAY_WRONG_AGE, SAY_WRONG_SPREAD,
	SAY_SHORTFALL_TRIM, SAY_SHORTFALL_FAIL, SAY_SHORTFALL_SKIP,
	SAY_ORDER, SAY_ORDER_POINTS, SAY_ORDER_SOLVED, SAY_ORDER_THANKED, SAY_ORDER_HELPFUL,
	SAY_ORDER_RECENT, SAY_ORDER_TIE,
	SAY_SIZE, SAY_SIZE_LIMIT,
	SAY_CAP_CUSTOMER, SAY_CAP_CUSTOMER_PART, SAY_CAP_CONTRIBUTOR,
	SAY_CAP_CONTRIBUTOR_PART, SAY_CAP_VENUE, SAY_CAP_VENUE_PART,
	SAY_SIZE_OF_PAGE, SAY_SHARE_OF_PAGE,
	SAY_REDACT, SAY_REDACT_EMAIL, SAY_REDACT_PHONE, SAY_REDACT_CARD, SAY_REDACT_PATTERN,
	SAY_REDACT_MARK,
	SAY_COUNT
};

/* One that has no placeholders. */
struct str language_word(const struct language *l, enum saying s);

/* What a placeholder is replaced with; a list of them ends with name NULL. */
struct slot {
	const char *name;
	struct str text;
};
#define SLOTS(...) ((const struct slot[]){ __VA_ARGS__, { NULL, STR_NONE } })

/* Appends the saying with its placeholders filled.  Each has a slot, but {count}
 * of language_say_count(), which is n and decides between singular and plural. */
void language_say(const struct language *l, struct buf *out, enum saying s,
		  const struct slot *slots);
void language_say_count(const struct language *l, struct buf *out, enum saying s,
			int64_t n, const struct slot *slots);

#endif
