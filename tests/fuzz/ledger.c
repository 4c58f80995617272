/* A ledger that was read compares with itself, and nothing changes. */
#include "target.h"

#include "publish/plan.h"

static void target(struct str in)
{
	struct diags diags = DIAGS_INIT;
	struct record r;
	struct plan p;

	if (record_of_ledger(&r, in, "honesty.json", &diags) == 0) {
		invariant(diags.n == 0);
		plan_make(&p, &r, &r);
		invariant(plan_empty(&p));
		plan_release(&p);
		plan_make(&p, NULL, &r);
		invariant(plan_count(&p).enter == r.pages_n);
		plan_release(&p);
	} else {
		invariant(diags_errors(&diags) > 0);
	}
	fuzz_diags(&diags);
	record_release(&r);
}
