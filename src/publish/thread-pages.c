/* Threads: read, rendered and given a page of their own, each once; and phase
 * one, which does so for those that don't belong to one page alone. */
#include "publish/site.h"

#include "base/mem.h"
#include "render/jsonld.h"
#include "render/paths.h"

bool site_has_page(const struct site *site, const struct chosen_thread *t)
{
	return site_shows(t) || (t->eligible &&
				 site->in->config->thread_pages == THREAD_PAGES_ELIGIBLE);
}

static int write_page(struct worker *w, const struct thread *t, struct value *thread,
		      struct diags *diags)
{
	struct arena *a = &w->arena;
	struct value scope = value_object(a, 6);
	struct buf json_ld = BUF_INIT;
	struct page_meta meta = {
		.path = value_str(thread, "path"),
		.title = value_str(thread, "title"),
		.description = value_str(thread, "excerpt"),
		.published = value_str(value_get(thread, STR("created")), "time"),
		/* A copy of what stands elsewhere must not outrank it. */
		.noindex = !t->venue->own,
	};
	int status;

	if (t->venue->own)
		jsonld_thread(&json_ld, w->site->in->config->url, thread);
	if (json_ld.n)
		meta.json_ld = buf_str(&json_ld);
	value_set(a, &scope, "thread", *thread);
	status = page_write(w, THEME_THREAD, &meta, &scope, diags);
	buf_release(&json_ld);
	return status;
}

static int64_t modified(const struct thread *t)
{
	int64_t newest = WHEN_NONE; /* the least there is */

	for (size_t i = 0; i < t->posts_n; i++) {
		const struct post *p = &t->posts[i];

		if (p->gone || p->hidden)
			continue;
		newest = p->created > newest ? p->created : newest;
		newest = p->edited > newest ? p->edited : newest;
	}
	return newest;
}

static int read_thread(struct worker *w, uint32_t thread, struct thread *t,
		       struct value *out, struct diags *diags)
{
	const struct site *site = w->site;
	const struct chosen_thread *chosen = &site->selection.threads[thread];

	if (archive_thread(w->archive, chosen->row, site->selection.venues,
			   site->selection.venues_n, &w->arena, t, diags) < 0)
		return -1;
	site->modified[thread] = modified(t);
	*out = view_thread(&w->arena, &site->view, t, chosen, w->redacted, diags);
	return 0;
}

int thread_render(struct worker *w, uint32_t thread, struct value *out, struct diags *diags)
{
	struct thread t;

	if (read_thread(w, thread, &t, out, diags) < 0)
		return -1;
	return w->site->lazy ? 0 : write_page(w, &t, out, diags);
}

int thread_write(struct worker *w, uint32_t thread, struct diags *diags)
{
	struct thread t;
	struct value value;

	if (read_thread(w, thread, &t, &value, diags) < 0)
		return -1;
	return write_page(w, &t, &value, diags);
}

static int render_early(struct worker *w, uint32_t thread, struct diags *diags)
{
	struct site *site = w->site;
	struct value value;

	if (thread_render(w, thread, &value, diags) < 0)
		return -1;
	if (!site_shows(&site->selection.threads[thread]))
		return 0;
	buf_reset(&w->packed);
	view_pack(&value, &w->packed);
	site->spooled[thread].worker = w->index;
	return spool_add(&w->spool, buf_str(&w->packed), &site->spooled[thread], diags);
}

int thread_job(void *worker, size_t i, struct diags *diags)
{
	struct worker *w = worker;
	const struct chosen_thread *chosen = &w->site->selection.threads[i];
	int status = 0;

	if (w->site->early[i])
		status = render_early(w, (uint32_t)i, diags);
	else if (w->site->lazy && site_has_page(w->site, chosen))
		status = thread_write(w, (uint32_t)i, diags);
	else if (chosen->withdrawn)
		status = withdrawn_write(w, (uint32_t)i, diags);
	arena_reset(&w->arena);
	return status;
}
