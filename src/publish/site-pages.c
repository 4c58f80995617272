/* Phase three: what is about the site as a whole.  The sitemap is sitemap-files.c's,
 * honesty.json ledger.c's. */
#include "publish/site.h"

#include "base/mem.h"
#include "render/paths.h"

#include <stdlib.h>

/* How many posts the site's two feeds hold and threads its front page: the
 * newest ones.  candor(1) says so. */
enum { FEED_POSTS = 50, INDEX_THREADS = 10 };

static const struct chosen_thread *at(const struct site *site, uint32_t i)
{
	return &site->selection.threads[i];
}

/* glibc's and FreeBSD's form of qsort with a context. */
static int newest_first(const void *a, const void *b, void *ctx)
{
	const struct chosen_thread *x = at(ctx, *(const uint32_t *)a);
	const struct chosen_thread *y = at(ctx, *(const uint32_t *)b);

	if (x->activity != y->activity)
		return x->activity > y->activity ? -1 : 1;
	return site_thread_cmp(x, y);
}

static size_t find_newest(struct site *site, bool wrong, uint32_t **out)
{
	const struct selection *s = &site->selection;
	size_t n = 0;

	*out = arena_array(&site->arena, uint32_t, s->threads_n);
	for (uint32_t i = 0; i < s->threads_n; i++)
		if (s->threads[i].shown && (!wrong || s->threads[i].wrong))
			(*out)[n++] = i;
	qsort_r(*out, n, sizeof(**out), newest_first, site);
	return n;
}

/* Marks what the site-wide pages take from the spool. */
static void mark_newest(struct site *site, const uint32_t *threads, size_t n)
{
	for (size_t i = 0; i < n && i < FEED_POSTS; i++)
		site->early[threads[i]] = true;
}

void site_plan(struct site *site)
{
	const struct selection *s = &site->selection;
	bool *once = arena_array(&site->arena, bool, s->threads_n);

	site->early = arena_array(&site->arena, bool, s->threads_n);
	site->newest_n = find_newest(site, false, &site->newest);
	site->newest_wrong_n = find_newest(site, true, &site->newest_wrong);
	if (site->lazy)
		return;
	mark_newest(site, site->newest, site->newest_n);
	mark_newest(site, site->newest_wrong, site->newest_wrong_n);
	for (size_t i = 0; i < s->threads_n; i++)
		if (!site_shows(&s->threads[i]) && site_has_page(site, &s->threads[i]))
			site->early[i] = true;
	for (size_t p = 0; p < site_choices(site); p++)
		for (size_t k = 0; k < s->pages[p].shown_n; k++) {
			uint32_t i = s->pages[p].candidates[s->pages[p].shown[k]].thread;

			site->early[i] = site->early[i] || once[i];
			once[i] = true;
		}
}

static int write_feed(struct worker *w, bool wrong, struct diags *diags)
{
	const struct site *site = w->site;
	const struct config *c = site->in->config;
	const uint32_t *threads = wrong ? site->newest_wrong : site->newest;
	size_t n = wrong ? site->newest_wrong_n : site->newest_n;
	struct feed feed = {
		.out = &w->page,
		.site_url = c->url,
		.path = wrong ? STR(PATH_WRONG_FEED) : STR(PATH_FEED),
		.page_path = wrong ? STR(PATH_WRONG) : STR(PATH_HOME),
		.title = wrong ? view_say(&w->arena, site->view.language, SAY_FEED_OF_WRONG,
					  SLOTS({ "title", c->title }))
			       : c->title,
		.company = c->company,
		.language = c->language,
		.empty = site->selection.last * WHEN_DAY,
	};
	struct value list;

	/* As many threads as posts: each may have one of the newest. */
	if (page_threads(w, threads, n < FEED_POSTS ? n : FEED_POSTS, &list, diags) < 0)
		return -1;
	withdrawn_of_site(w, wrong, FEED_POSTS, &feed);
	buf_reset(&w->page);
	feed_write(&feed, &w->arena, &list, FEED_POSTS);
	return page_put(w, feed.path, buf_str(&w->page), diags);
}

/* --- the front page and content/ --- */

static int latest_threads(struct worker *w, struct value *out, struct diags *diags)
{
	const struct site *site = w->site;
	size_t n = site->newest_n < INDEX_THREADS ? site->newest_n : INDEX_THREADS;

	return page_threads(w, site->newest, n, out, diags);
}

/* own is the page of content/ in it, or NULL. */
static int write_index(struct worker *w, const struct content_page *own,
		       struct diags *diags)
{
	const struct config *c = w->site->in->config;
	struct value scope = value_object(&w->arena, 8);
	struct value latest, intro = value_none();
	const struct page_meta meta = {
		.path = STR(PATH_HOME),
		.title = own ? str_of(own->title) : c->title,
		.description = own ? str_of(own->description) : STR_NONE,
	};

	if (latest_threads(w, &latest, diags) < 0)
		return -1;
	if (own) {
		struct value root = value_object(&w->arena, 2);
		const struct value *scopes[] = { &w->site->model, &root };

		value_set(&w->arena, &root, "root", value_text(STR("./")));
		buf_reset(&w->body);
		template_render(own->body, scopes, ARRAY_LEN(scopes), &w->body, diags);
		intro = value_html(arena_str(&w->arena, buf_str(&w->body)));
	}
	value_set(&w->arena, &scope, "intro", intro);
	value_set(&w->arena, &scope, "latest", latest);
	return page_write(w, THEME_INDEX, &meta, &scope, diags);
}

static int write_home(struct worker *w, struct diags *diags)
{
	return write_index(w, content_find(&w->site->content, ""), diags);
}

int content_page_write(struct worker *w, const struct content_page *page,
		       struct diags *diags)
{
	struct value scope = value_object(&w->arena, 6);
	const struct page_meta meta = {
		.path = arena_printf(&w->arena, "%s/", page->slug),
		.title = str_of(page->title),
		.description = str_of(page->description),
	};

	if (!*page->slug)
		return write_index(w, page, diags);
	return page_write_content(w, page->body, &meta, &scope, diags);
}

static int write_content(struct worker *w, struct diags *diags)
{
	const struct content *c = &w->site->content;

	for (size_t i = 0; i < c->pages_n; i++) {
		if (*c->pages[i].slug && content_page_write(w, &c->pages[i], diags) < 0)
			return -1;
		arena_reset(&w->arena);
	}
	for (size_t i = 0; i < c->files_n; i++)
		if (page_put(w, str_of(c->files[i].name), buf_str(&c->files[i].bytes),
			     diags) < 0)
			return -1;
	return 0;
}

/* --- the scenarios --- */

static int write_scenarios(struct worker *w, struct diags *diags)
{
	struct value scope = value_object(&w->arena, 6);
	const struct page_meta meta = {
		.path = STR(PATH_SCENARIOS),
		.title = str_of(w->site->theme.builtin->scenarios.title),
	};

	if (!site_has_scenarios(w->site))
		return 0;
	return page_write_content(w, w->site->scenarios, &meta, &scope, diags);
}

/* --- search --- */

static int write_search(struct worker *w, struct diags *diags)
{
	struct value scope = value_object(&w->arena, 6);
	const struct page_meta meta = {
		.path = STR(PATH_SEARCH),
		.title = str_of(w->site->theme.builtin->search.title),
		.noindex = true,
		.search = true,
	};

	if (w->site->in->config->search != SEARCH_PAGEFIND)
		return 0;
	if (page_put(w, STR(PATH_SEARCH_SCRIPT), str_of(builtin_search_script), diags) < 0)
		return -1;
	return page_write_content(w, w->site->search_page, &meta, &scope, diags);
}

/* --- assets and copies --- */

static int write_assets(struct worker *w, struct diags *diags)
{
	const struct theme *t = &w->site->theme;
	const struct asset *css = theme_asset(t, "fragment.css");

	for (size_t i = 0; i < t->assets_n; i++)
		if (page_put(w, str_of(t->assets[i].path), buf_str(&t->assets[i].bytes),
			     diags) < 0)
			return -1;
	/* Shops link this one by a name that stays. */
	if (css && page_put(w, STR(PATH_FRAGMENT_CSS), buf_str(&css->bytes), diags) < 0)
		return -1;
	return page_put(w, STR(PATH_RULES), rules_text(w->site->in->rules), diags);
}

static int write_feed_of_all(struct worker *w, struct diags *diags)
{
	return write_feed(w, false, diags);
}

static int write_feed_of_wrong(struct worker *w, struct diags *diags)
{
	return write_feed(w, true, diags);
}

static const struct {
	const char *path; /* of the one file that it makes, or NULL: it asks itself */
	int (*write)(struct worker *, struct diags *);
} parts[] = {
	{ PATH_HOME, write_home },
	{ NULL, write_content },
	{ PATH_SCENARIOS, write_scenarios },
	{ NULL, write_search },
	{ NULL, write_assets },
	{ PATH_SITEMAP, sitemap_write },
	{ PATH_LEDGER, ledger_write },
	{ PATH_FEED, write_feed_of_all },
	{ PATH_WRONG_FEED, write_feed_of_wrong },
};

size_t site_parts_n(void)
{
	return ARRAY_LEN(parts);
}

int part_job(void *worker, size_t i, struct diags *diags)
{
	struct worker *w = worker;
	const char *path = parts[i].path;
	int status = 0;

	if (!path || site_wants(w->site, str_of(path)))
		status = parts[i].write(w, diags);
	arena_reset(&w->arena);
	return status;
}
