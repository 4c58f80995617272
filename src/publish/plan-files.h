#ifndef PUBLISH_PLAN_FILES_H
#define PUBLISH_PLAN_FILES_H

#include "publish/manifest.h"
#include "publish/plan.h"

#include <pthread.h>

/* Files that would be published, compared with those that were: a sink that keeps hashes
 * and paths, and writes nothing. */
struct comparing {
	struct manifest *base; /* borrowed; what is put goes into it */
	pthread_mutex_t mutex; /* guards it and all below */
	struct arena arena;
	struct str *fresh, *changed; /* owned; the paths in the arena */
	size_t fresh_n, fresh_cap, changed_n, changed_cap, same;
};

void comparing_init(struct comparing *c, struct manifest *base);
void comparing_release(struct comparing *c);
/* struct site_sink's put; ctx is the struct comparing.  The same path twice is
 * duplicate-path. */
int comparing_put(void *ctx, struct str path, struct str bytes, struct diags *diags);
/* What it came to; borrows from c. */
void comparing_result(struct comparing *c, struct plan_files *files);

#endif
