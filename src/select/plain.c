/* Values in plain words.  The sentences around them are say.c's, the clauses
 * predicate.c's. */
#include "select/plain.h"

#include "select/rank.h"

void say_days(struct buf *out, int64_t days)
{
	bool years = days > 0 && days % 365 == 0;
	long long count = years ? days / 365 : days;

	buf_addf(out, "%lld %s%s", count, years ? "year" : "day", count == 1 ? "" : "s");
}

/* The * of a phrase is shown as what it stands for. */
static void say_name(struct buf *out, struct str name, bool stars)
{
	buf_addlit(out, "“");
	for (size_t i = 0; i < name.n; i++)
		if (stars && name.p[i] == '*')
			buf_addlit(out, "…");
		else
			buf_addc(out, name.p[i]);
	buf_addlit(out, "”");
}

static void say_names(struct buf *out, struct strs names, const char *joint, bool stars)
{
	for (size_t i = 0; i < names.n; i++) {
		if (i > 0 && i + 1 < names.n)
			buf_addlit(out, ", ");
		else if (i > 0)
			buf_addf(out, " %s ", joint);
		say_name(out, names.items[i], stars);
	}
}

void say_list(struct buf *out, struct strs names, const char *joint)
{
	say_names(out, names, joint, false);
}

void say_phrases(struct buf *out, struct strs phrases, const char *joint)
{
	say_names(out, phrases, joint, true);
}

void say_weight(struct buf *out, int64_t weight)
{
	buf_addf(out, "%lld.%03lld", (long long)(weight / WEIGHT_SCALE),
		 (long long)(weight % WEIGHT_SCALE));
	while (out->p[out->n - 1] == '0')
		buf_cut(out, out->n - 1);
	if (out->p[out->n - 1] == '.')
		buf_cut(out, out->n - 1);
}

void say_ratio(struct buf *out, struct ratio r)
{
	if (100 % r.den == 0)
		buf_addf(out, "%lld%%", (long long)(r.num * (100 / r.den)));
	else
		buf_addf(out, "%lld of %lld", (long long)r.num, (long long)r.den);
}
