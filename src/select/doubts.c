/* What is likely not meant: warnings of a choice that was made. */
#include "select/doubts.h"

static bool requires_share(const struct selection *s)
{
	for (size_t i = 0; i < s->pages_n + s->scenarios_n; i++)
		if (s->pages[i].required.num > 0)
			return true;
	return s->required.num > 0;
}

/* The rules go by what nobody has looked for. */
static void warn_of_evidence(const struct doubts *d, struct diags *diags)
{
	const struct rules *r = d->rules;
	bool wrong = r->wrong.evidence != GRADE_NONE;

	if (d->columns->evidence || !d->columns->n || (!wrong && !r->vocabulary.evidence_n))
		return;
	diag_add(diags, DIAG_NO_EVIDENCE,
		 wrong ? place_in(&r->source, r->wrong.evidence_at, r->wrong.evidence_n)
		       : place_in(&r->source, r->vocabulary.evidence_at,
				  r->vocabulary.evidence_n),
		 "the rules go by evidence, and the archive holds none");
	diag_hint(diags, "look for it: candor analyze");
}

void doubts_tell(const struct doubts *d, struct diags *diags)
{
	const struct selection *s = d->selection;

	warn_of_evidence(d, diags);
	if (d->columns->n && !d->columns->contributors) {
		diag_add(diags, DIAG_NO_CONTRIBUTORS,
			 place_file(d->config->source.path),
			 "nobody who wrote in the archive is a contributor");
		diag_hint(diags, "list their accounts under 'contributors:' in %s",
			  d->config->source.path);
	}
	if (d->columns->n)
		muster_report(d->muster, d->columns->posts_by, s->venues, s->venues_n,
			      diags);
	if (s->candidates && !s->candidates_wrong && requires_share(s)) {
		diag_add(diags, DIAG_NO_WRONG_THREADS, rules_share_place(d->rules),
			 "a share of wrong threads is required, and no candidate is one");
		diag_hint(diags,
			  "see 'candor review', or label one: candor label THREAD wrong --post ID "
			  "--quote TEXT --by NAME");
	}
	for (size_t i = 0; i < s->pages_n; i++)
		if (!s->pages[i].candidates_n)
			diag_add(diags, DIAG_NO_CANDIDATES, NO_PLACE,
				 "the product '%.*s' has no candidates",
				 STR_ARG(s->pages[i].slug));
	for (size_t i = 0; i < s->scenarios_n; i++)
		if (!s->scenarios[i].candidates_n)
			diag_add(diags, DIAG_NO_CANDIDATES,
				 place_in(&d->rules->source, d->rules->scenarios[i].own.at,
					  d->rules->scenarios[i].own.n),
				 "the scenario '%.*s' has no candidates",
				 STR_ARG(s->scenarios[i].slug));
}
