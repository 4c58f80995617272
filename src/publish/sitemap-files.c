/* sitemap.xml, in parts where it has too many addresses.  How one is written is
 * render/sitemap.c's. */
#include "publish/site.h"

#include "base/mem.h"
#include "render/paths.h"
#include "render/sitemap.h"

#include <stdlib.h>

static const struct chosen_thread *at(const struct site *site, uint32_t i)
{
	return &site->selection.threads[i];
}

struct sitemap {
	struct worker *worker;
	struct diags *diags;
	unsigned n;     /* addresses in the part at hand */
	unsigned parts; /* parts written */
};

static int flush_part(struct sitemap *m, bool last)
{
	struct worker *w = m->worker;
	struct buf path = BUF_INIT;
	int status;

	sitemap_end(&w->page);
	if (last && !m->parts)
		buf_adds(&path, PATH_SITEMAP);
	else
		sitemap_path(&path, ++m->parts);
	status = page_put(w, buf_str(&path), buf_str(&w->page), m->diags);
	buf_release(&path);
	buf_reset(&w->page);
	sitemap_begin(&w->page);
	m->n = 0;
	return status;
}

static int add_url(struct sitemap *m, struct str path, int64_t lastmod)
{
	struct worker *w = m->worker;

	if (m->n == SITEMAP_MAX && flush_part(m, false) < 0)
		return -1;
	sitemap_add(&w->page, w->site->in->config->url, path, lastmod);
	m->n++;
	return 0;
}

/* When the newest of what these show was written or edited. */
static int64_t threads_modified(const struct site *site, const uint32_t *threads, size_t n)
{
	int64_t newest = WHEN_NONE;

	for (size_t i = 0; i < n; i++)
		newest = site->modified[threads[i]] > newest ? site->modified[threads[i]] : newest;
	return newest;
}

static int64_t page_modified(const struct site *site, const struct choice *page)
{
	int64_t newest = WHEN_NONE;

	for (size_t i = 0; i < page->shown_n; i++) {
		int64_t t = site->modified[page->candidates[page->shown[i]].thread];

		newest = t > newest ? t : newest;
	}
	return newest;
}

/* Of products and scenarios. */
static int add_choices(struct sitemap *m)
{
	const struct site *site = m->worker->site;
	struct arena *a = &m->worker->arena;
	int status = 0;

	for (size_t i = 0; status == 0 && i < site_choices(site); i++) {
		const struct choice *page = &site->selection.pages[i];

		if (page->skipped)
			continue;
		status = add_url(m, view_page_path(a, page), page_modified(site, page));
		if (status == 0)
			status = add_url(m, view_candidates_path(a, page), WHEN_NONE);
	}
	return status;
}

static int add_scenarios(struct sitemap *m)
{
	if (!site_has_scenarios(m->worker->site))
		return 0;
	return add_url(m, STR(PATH_SCENARIOS), WHEN_NONE);
}

static int by_name(const void *a, const void *b, void *ctx)
{
	const struct chosen_thread *x = at(ctx, *(const uint32_t *)a);
	const struct chosen_thread *y = at(ctx, *(const uint32_t *)b);

	return site_thread_cmp(x, y);
}

/* Only conversations of the company's own venues: the others are noindex.  The
 * selection has them in the order in which they were imported. */
static int add_threads(struct sitemap *m)
{
	struct worker *w = m->worker;
	const struct selection *s = &w->site->selection;
	uint32_t *ours = arena_array(&w->arena, uint32_t, s->threads_n);
	struct buf path = BUF_INIT;
	int status = 0;
	size_t n = 0;

	for (uint32_t i = 0; i < s->threads_n; i++)
		if (site_has_page(w->site, &s->threads[i]) &&
		    site_own_venue(w->site, s->threads[i].venue))
			ours[n++] = i;
	qsort_r(ours, n, sizeof(*ours), by_name, w->site);
	for (size_t i = 0; status == 0 && i < n; i++) {
		buf_reset(&path);
		view_thread_path(&path, &w->site->view, at(w->site, ours[i]));
		status = add_url(m, buf_str(&path), w->site->modified[ours[i]]);
	}
	buf_release(&path);
	return status;
}

static int add_wrong(struct sitemap *m)
{
	const struct site *site = m->worker->site;
	struct buf path = BUF_INIT;
	int status = 0;

	for (size_t i = 0; status == 0 && i < wrong_pages_n(site); i++) {
		buf_reset(&path);
		wrong_path(&path, i + 1);
		status = add_url(m, buf_str(&path), wrong_newest(site));
	}
	buf_release(&path);
	return status;
}

static int add_contributors(struct sitemap *m)
{
	const struct site *site = m->worker->site;
	struct buf path = BUF_INIT;
	int status = 0;

	if (site->contributors_n)
		status = add_url(m, STR(PATH_CONTRIBUTORS), WHEN_NONE);
	for (size_t i = 0; status == 0 && i < site->contributors_n; i++) {
		size_t who = site->contributors[i];

		buf_reset(&path);
		contributor_path(&path, site->in->config->contributors[who].slug);
		status = add_url(m, buf_str(&path), contributor_modified(site, who));
	}
	buf_release(&path);
	return status;
}

static int add_content(struct sitemap *m)
{
	const struct content *c = &m->worker->site->content;
	struct buf path = BUF_INIT;
	int status = 0;

	for (size_t i = 0; status == 0 && i < c->pages_n; i++) {
		if (!*c->pages[i].slug)
			continue;
		buf_reset(&path);
		page_path(&path, str_of(c->pages[i].slug));
		status = add_url(m, buf_str(&path), WHEN_NONE);
	}
	buf_release(&path);
	return status;
}

int sitemap_write(struct worker *w, struct diags *diags)
{
	struct sitemap m = { w, diags, 0, 0 };
	const struct site *site = w->site;
	int64_t newest = threads_modified(site, site->newest, site->newest_n);

	buf_reset(&w->page);
	sitemap_begin(&w->page);
	if (add_url(&m, STR(PATH_HOME), newest) < 0 ||
	    add_content(&m) < 0 || add_wrong(&m) < 0 || add_contributors(&m) < 0 ||
	    add_choices(&m) < 0 || add_scenarios(&m) < 0 || add_threads(&m) < 0 ||
	    flush_part(&m, true) < 0)
		return -1;
	if (!m.parts)
		return 0;
	buf_reset(&w->page);
	sitemap_index(&w->page, w->site->in->config->url, m.parts);
	return page_put(w, STR(PATH_SITEMAP), buf_str(&w->page), diags);
}
