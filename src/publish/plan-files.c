/* Which files would be new, changed, or gone: by hashes alone. */
#include "plan-files.h"

#include "base/mem.h"
#include "stage-internal.h"

#include <stdlib.h>

void comparing_init(struct comparing *c, struct manifest *base)
{
	unsigned char path[MANIFEST_PATH];
	struct manifest_file *marker;

	*c = (struct comparing){ .base = base, .arena = ARENA_INIT };
	pthread_mutex_init(&c->mutex, NULL);
	for (size_t i = 0; i < base->n; i++)
		base->files[i].planned = false;
	/* It is no file of the site's. */
	manifest_path(STR(STAGE_MARKER), path);
	marker = manifest_find(base, path);
	if (marker)
		marker->planned = true;
}

void comparing_release(struct comparing *c)
{
	free(c->fresh);
	free(c->changed);
	arena_release(&c->arena);
	pthread_mutex_destroy(&c->mutex);
}

static void note(struct comparing *c, struct str path, bool fresh, bool same)
{
	if (fresh) {
		GROW(c->fresh, c->fresh_n, c->fresh_cap);
		c->fresh[c->fresh_n++] = arena_str(&c->arena, path);
	} else if (!same) {
		GROW(c->changed, c->changed_n, c->changed_cap);
		c->changed[c->changed_n++] = arena_str(&c->arena, path);
	} else {
		c->same++;
	}
}

int comparing_put(void *ctx, struct str path, struct str bytes, struct diags *diags)
{
	struct comparing *c = ctx;
	unsigned char content[SHA256_SIZE];
	struct manifest_file *file;
	bool fresh;

	sha256_of(bytes, content);
	pthread_mutex_lock(&c->mutex);
	file = manifest_plan(c->base, path, &fresh, diags);
	if (file) {
		note(c, path, fresh, !memcmp(file->content, content, SHA256_SIZE));
		memcpy(file->content, content, SHA256_SIZE);
	}
	pthread_mutex_unlock(&c->mutex);
	return file ? 0 : -1;
}

void comparing_result(struct comparing *c, struct plan_files *files)
{
	*files = (struct plan_files){
		.fresh = c->fresh,
		.changed = c->changed,
		.fresh_n = c->fresh_n,
		.changed_n = c->changed_n,
		.same = c->same,
	};
	str_sort(c->fresh, c->fresh_n);
	str_sort(c->changed, c->changed_n);
	for (size_t i = 0; i < c->base->n; i++)
		files->removed += !c->base->files[i].planned;
}
