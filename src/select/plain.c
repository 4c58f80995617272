/* Values in plain words.  The sentences around them are say.c's, the clauses
 * predicate.c's. */
#include "select/plain.h"

void say_days(const struct language *l, struct buf *out, int64_t days)
{
	bool years = days > 0 && days % 365 == 0;

	language_say_count(l, out, years ? SAY_YEARS : SAY_DAYS, years ? days / 365 : days,
			   NULL);
}

void say_name(const struct language *l, struct buf *out, struct str name)
{
	language_say(l, out, SAY_QUOTED, SLOTS({ "text", name }));
}

static void say_phrase(const struct language *l, struct buf *out, struct str phrase)
{
	struct buf shown = BUF_INIT;

	while (str_present(phrase)) {
		buf_addstr(&shown, str_split(&phrase, '*'));
		if (str_present(phrase))
			buf_addlit(&shown, "…");
	}
	say_name(l, out, buf_str(&shown));
	buf_release(&shown);
}

static void say_each(const struct language *l, struct buf *out, struct strs names,
		     enum saying joint,
		     void (*say)(const struct language *, struct buf *, struct str))
{
	for (size_t i = 0; i < names.n; i++) {
		if (i > 0 && i + 1 < names.n)
			buf_addlit(out, ", ");
		else if (i > 0)
			buf_addstr(out, language_word(l, joint));
		say(l, out, names.items[i]);
	}
}

void say_list(const struct language *l, struct buf *out, struct strs names,
	      enum saying joint)
{
	say_each(l, out, names, joint, say_name);
}

void say_phrases(const struct language *l, struct buf *out, struct strs phrases,
		 enum saying joint)
{
	say_each(l, out, phrases, joint, say_phrase);
}

void say_ratio(const struct language *l, struct buf *out, struct ratio r)
{
	struct buf part = BUF_INIT, whole = BUF_INIT;

	if (100 % r.den == 0) {
		language_percent(l, out, r.num * (100 / r.den));
		return;
	}
	language_number(l, &part, r.num);
	language_number(l, &whole, r.den);
	language_say(l, out, SAY_RATIO,
		     SLOTS({ "part", buf_str(&part) }, { "whole", buf_str(&whole) }));
	buf_release(&whole);
	buf_release(&part);
}
