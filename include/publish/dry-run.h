#ifndef PUBLISH_DRY_RUN_H
#define PUBLISH_DRY_RUN_H

#include "publish/build.h"
#include "publish/plan.h"

/*
 * A build up to the point where it would write: what would change, of what stands in the
 * output folder, or of what against names.  Takes no lock and writes nothing, not even
 * beside the output folder.
 *
 * against is NULL, or the path of
 * - an archive, from which the same rules choose then;
 * - a folder with a candor.yaml: the site that is built from it, whose relative paths
 *   start there;
 * - a folder with a honesty.json: a built site.
 *
 * A ledger that can't be read is a warning where it is the published site's
 * (ledger-damaged: all counts as new), and a mistake where it was asked for.
 */
struct dry_run;

/* 0, or -1 with diagnostics: what a build would say, and what keeps the two from being
 * compared.  *out is to be freed in both cases. */
int dry_run(struct dry_run **out, const struct build_input *in, const char *against,
	    struct diags *diags);
void dry_run_free(struct dry_run *d);
/* Valid until it is freed; NULL when nothing could be chosen.  There is one after mistakes
 * in templates, too, and when the share can't be met. */
const struct plan *dry_run_plan(const struct dry_run *d);

#endif
