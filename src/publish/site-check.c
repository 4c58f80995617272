/* What check looks for in the pages as they are made: which addresses are known, and
 * where the pages come from. */
#include "publish/site.h"

#include "render/paths.h"

/* What is below the site's address and not the site's: each as it is known. */
void site_check_open(struct site *site)
{
	const struct config *c = site->in->config;
	const struct selection *s = &site->selection;
	struct str *all = arena_array(&site->arena, struct str,
				      s->venues_n + s->pages_n + 1);
	size_t n = 0, below = 0;

	for (size_t i = 0; i < s->venues_n; i++)
		all[n++] = s->venues[i].url;
	for (size_t i = 0; i < s->pages_n; i++)
		all[n++] = s->pages[i].product->url;
	all[n++] = c->contact;
	for (size_t i = 0; i < n; i++)
		if (all[i].n > c->url.n && str_starts(all[i], c->url))
			all[below++] = all[i];
	site->check = pagecheck_new(c->url, all, below);
}

/* Files that come after the build, unless content/ has them. */
static void expect_pagefind(struct site *site)
{
	struct diags twice = DIAGS_INIT;

	pagecheck_put(site->check, STR(PATH_PAGEFIND_CSS), STR(""), &twice);
	pagecheck_put(site->check, STR(PATH_PAGEFIND_SCRIPT), STR(""), &twice);
	diags_release(&twice);
}

void site_check_report(struct site *site, struct diags *diags)
{
	const struct content *c = &site->content;
	const struct theme *t = &site->theme;
	struct arena *a = &site->arena;
	struct page_source *sources = arena_array(a, struct page_source, c->pages_n +
						  t->assets_n + THEME_PAGE_COUNT);
	size_t n = 0;

	if (site->in->config->search == SEARCH_PAGEFIND)
		expect_pagefind(site);
	for (size_t i = 0; i < c->pages_n; i++) {
		const char *slug = c->pages[i].slug;

		if (c->pages[i].file)
			sources[n++] = (struct page_source){
				arena_printf(a, "%s%sindex.html", slug, *slug ? "/" : ""),
				c->pages[i].file };
	}
	for (size_t i = 0; i < t->assets_n; i++)
		sources[n++] = (struct page_source){
			str_of(t->assets[i].path),
			arena_printf(a, "%s/assets/%s", t->dir, t->assets[i].name).p };
	for (int page = 0; page < THEME_PAGE_COUNT; page++)
		sources[n++] = (struct page_source){
			STR_NONE, arena_printf(a, "%s/%s", t->dir,
					       theme_file((enum theme_page)page)).p };
	pagecheck_report(site->check, arena_strz(a, site->in->config->output), sources, n,
			 diags);
}
