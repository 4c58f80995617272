/* Patterns of a site that do no work, or too much. */
#include "evidence/analyze.h"

#include "base/mem.h"

#include <stdlib.h>

/* Fewer posts prove nothing. */
enum { MANY_POSTS = 100 };

struct audit {
	const struct patterns *p;
	struct tally {
		uint64_t posts;
		int64_t thread; /* of the last one, and its id in the scratch */
		struct str post;
	} *tallies; /* owned; by pattern */
	struct arena ids;
};

/* The findings of a post come one after the other. */
static int take_evidence(void *ctx, const struct evidence_facts *e)
{
	struct audit *audit = ctx;

	for (size_t i = 0; i < audit->p->n; i++) {
		struct tally *t = &audit->tallies[i];

		if (!audit->p->items[i].own || !str_eq(audit->p->items[i].name, e->found.pattern))
			continue;
		if (t->thread == e->thread && str_eq(t->post, e->post))
			break;
		t->posts++;
		t->thread = e->thread;
		t->post = arena_str(&audit->ids, e->post);
		break;
	}
	return 0;
}

static void judge(const struct pattern *one, uint64_t found, uint64_t posts,
		  struct diags *diags)
{
	struct place where = place_in(one->source, one->at, one->n);

	if (posts < MANY_POSTS)
		return;
	if (!found) {
		diag_add(diags, DIAG_PATTERN_IDLE, where,
			 "the pattern '%.*s' finds nothing in %llu posts", STR_ARG(one->name),
			 (unsigned long long)posts);
		diag_hint(diags, "it may ask for too much, or others find it first");
	} else if (found > posts / 3) {
		diag_add(diags, DIAG_PATTERN_WIDE, where,
			 "the pattern '%.*s' finds something in %llu of %llu posts",
			 STR_ARG(one->name), (unsigned long long)found,
			 (unsigned long long)posts);
		diag_hint(diags, "make its phrases longer, or say with 'not' and 'unless' what "
				 "they are not");
	}
}

int patterns_audit(struct archive *a, const struct patterns *p, const struct analysis *how,
		   struct diags *diags)
{
	struct audit audit = { .p = p, .ids = ARENA_INIT };
	struct analysis_counts counts;
	int status = -1;

	invariant(how->dry);
	audit.tallies = xcalloc(p->n + 1, sizeof(*audit.tallies));
	if (analyze(a, p, how, &counts, diags) == 0)
		status = archive_each_evidence(a, take_evidence, &audit, diags);
	for (size_t i = 0; i < p->n && status == 0; i++) {
		unsigned roles = evidence_roles[p->items[i].kind];
		uint64_t posts = 0;

		for (unsigned role = ROLE_CONTRIBUTOR; role <= ROLE_OTHER; role <<= 1)
			posts += roles & role ? counts.current[role] : 0;
		if (p->items[i].own)
			judge(&p->items[i], audit.tallies[i].posts, posts, diags);
	}
	free(audit.tallies);
	arena_release(&audit.ids);
	return status;
}
