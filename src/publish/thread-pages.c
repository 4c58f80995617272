/* Phase one: every thread that is shown, or has a page of its own, is read and
 * rendered here, once. */
#include "publish/site.h"

#include "base/mem.h"
#include "render/paths.h"

bool site_has_page(const struct site *site, const struct chosen_thread *t)
{
	return t->shown || (t->eligible &&
			    site->in->config->thread_pages == THREAD_PAGES_ELIGIBLE);
}

static int write_page(struct worker *w, const struct thread *t, struct value *thread,
		      struct diags *diags)
{
	struct arena *a = &w->arena;
	struct value scope = value_object(a, 6);
	const struct page_meta meta = {
		.path = value_get(thread, STR("path"))->u.text,
		.title = value_get(thread, STR("title"))->u.text,
		/* A copy of what stands elsewhere must not outrank it. */
		.noindex = !t->venue->own,
	};

	value_set(a, &scope, "thread", *thread);
	return page_write(w, THEME_THREAD, &meta, &scope, diags);
}

/* The place of a thread that its venue or its author took away. */
static int write_withdrawn(struct worker *w, const struct chosen_thread *chosen,
			   struct diags *diags)
{
	struct value scope = value_object(&w->arena, 4);
	struct buf path = BUF_INIT;
	const struct page_meta meta = {
		.title = STR("A conversation that was withdrawn"),
		.noindex = true,
	};
	struct page_meta placed = meta;
	int status;

	view_thread_path(&path, &w->site->view, chosen);
	placed.path = buf_str(&path);
	status = page_write_content(w, w->site->withdrawn, &placed, &scope, diags);
	buf_release(&path);
	return status;
}

static int render_thread(struct worker *w, size_t i, struct diags *diags)
{
	struct site *site = w->site;
	const struct chosen_thread *chosen = &site->selection.threads[i];
	struct thread thread;
	struct value value;

	if (archive_thread(w->archive, chosen->row, site->selection.venues,
			   site->selection.venues_n, &w->arena, &thread, diags) < 0)
		return -1;
	value = view_thread(&w->arena, &site->view, &thread, chosen, diags);
	if (chosen->shown) {
		buf_reset(&w->packed);
		view_pack(&value, &w->packed);
		site->spooled[i].worker = w->index;
		if (spool_add(&w->spool, buf_str(&w->packed), &site->spooled[i], diags) < 0)
			return -1;
	}
	return write_page(w, &thread, &value, diags);
}

int thread_job(void *worker, size_t i, struct diags *diags)
{
	struct worker *w = worker;
	const struct chosen_thread *chosen = &w->site->selection.threads[i];
	int status = 0;

	if (site_has_page(w->site, chosen))
		status = render_thread(w, i, diags);
	else if (chosen->withdrawn)
		status = write_withdrawn(w, chosen, diags);
	arena_reset(&w->arena);
	return status;
}
