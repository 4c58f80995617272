/* Curators' words on admissions: which of them stand, and what they reject. */
#include "select/claim.h"

#include "base/seen.h"

bool claim_read(struct claim *c, const struct label *label)
{
	bool rejects = str_is(label->name, "not-wrong");
	bool undecided = str_is(label->name, "undecided");

	*c = (struct claim){ .rejects = rejects, .undecided = undecided, .at = label->at,
			     .post = label->post, .quote = label->quote, .by = label->by };
	return rejects || undecided || str_is(label->name, "wrong");
}

static bool taken_back(struct seen *undecided, const struct claim *c)
{
	const struct label label = {
		.name = c->undecided ? STR("undecided") : STR("wrong"),
		.post = c->post, .quote = c->quote, .by = c->by,
	};

	return label_taken_back(undecided, &label);
}

/* The word on the same sentence that is the later one; a thread's and a post's tell of
 * all of theirs. */
static bool overtaken(struct seen *later, const struct claim *claim)
{
	bool same = seen_get(later, claim->post, claim->quote);

	if (!claim->rejects)
		same |= seen_get(later, claim->post, STR("")) ||
			seen_get(later, STR(""), STR(""));
	seen_add(later, claim->post, claim->quote, 1);
	return same;
}

size_t claims_settle(struct claim *claims, size_t n)
{
	struct seen later = SEEN_INIT, undecided = SEEN_INIT;
	size_t kept = n;

	for (size_t i = n; i-- > 0;)
		if (!taken_back(&undecided, &claims[i]) && !overtaken(&later, &claims[i]))
			claims[--kept] = claims[i];
	if (kept)
		memmove(claims, claims + kept, (n - kept) * sizeof(*claims));
	seen_release(&undecided);
	seen_release(&later);
	return n - kept;
}

bool claims_wrong(const struct claim *claims, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!claims[i].rejects)
			return true;
	return false;
}

static bool overlaps(struct str a, struct str b)
{
	return a.n && b.n && (str_find(a, b) < a.n || str_find(b, a) < b.n);
}

bool claims_reject(const struct claim *claims, size_t n, struct str post, struct str quote)
{
	for (size_t i = 0; i < n; i++) {
		const struct claim *c = &claims[i];

		if (!c->rejects || (c->post.n && !str_eq(c->post, post)))
			continue;
		if (!c->quote.n || (c->post.n && overlaps(c->quote, quote)))
			return true;
	}
	return false;
}
