/* The pages of the contributors who agreed to have one, and the list of them.  What
 * a post says of its author is the model's. */
#include "publish/site.h"

#include "base/mem.h"
#include "render/paths.h"

/* Links to conversations of each kind; candor-template(7) says how many. */
enum { LINKS = 10 };

void contributors_plan(struct site *site)
{
	const struct config *c = site->in->config;

	site->contributors = arena_array(&site->arena, size_t, c->contributors_n);
	for (size_t i = 0; i < c->contributors_n; i++)
		if (view_contributor_listed(&site->view, &c->contributors[i]))
			site->contributors[site->contributors_n++] = i;
}

/* A page for each, and one for all, if there is any. */
size_t contributor_jobs_n(const struct site *site)
{
	return site->contributors_n ? site->contributors_n + 1 : 0;
}

static bool wrote_in(const struct chosen_thread *t, size_t who)
{
	for (size_t i = 0; i < t->contributors_n; i++)
		if (t->contributors[i] == who)
			return true;
	return false;
}

int64_t contributor_modified(const struct site *site, size_t who)
{
	int64_t newest = WHEN_NONE;

	for (size_t i = 0; i < site->newest_n; i++) {
		int64_t t = site->modified[site->newest[i]];

		if (t > newest && wrote_in(&site->selection.threads[site->newest[i]], who))
			newest = t;
	}
	return newest;
}

/* Those whose pages show threads that the person wrote in, with their number. */
static struct value products_value(struct worker *w, size_t who)
{
	const struct selection *s = &w->site->selection;
	struct value out = value_list(&w->arena, s->pages_n);
	size_t n = 0;

	for (size_t p = 0; p < s->pages_n; p++) {
		const struct choice *page = &s->pages[p];
		struct value *product = &out.u.list.items[n];
		size_t count = 0;

		for (size_t k = 0; k < page->shown_n; k++)
			count += wrote_in(&s->threads[page->candidates[page->shown[k]].thread],
					  who);
		if (!count)
			continue;
		*product = view_product(&w->arena, &w->site->view, page);
		value_set(&w->arena, product, "count", count_value(w, count));
		n++;
	}
	out.u.list.n = n;
	return out;
}

static int heads(struct worker *w, const uint32_t *threads, size_t n, struct value *out,
		 struct diags *diags)
{
	*out = value_list(&w->arena, n);
	for (size_t i = 0; i < n; i++)
		if (page_head(w, threads[i], &out->u.list.items[i], diags) < 0)
			return -1;
	return 0;
}

static int set_shown(struct worker *w, size_t who, struct value *v, struct diags *diags)
{
	const struct site *site = w->site;
	size_t shown = 0, thanked = 0, n = 0;
	uint32_t newest[LINKS] = { 0 };
	struct value threads;

	for (size_t i = 0; i < site->newest_n; i++) {
		const struct chosen_thread *t = &site->selection.threads[site->newest[i]];

		if (!wrote_in(t, who))
			continue;
		shown++;
		thanked += t->thanked;
		if (n < LINKS)
			newest[n++] = site->newest[i];
	}
	if (heads(w, newest, n, &threads, diags) < 0)
		return -1;
	value_set(&w->arena, v, "shown", count_value(w, shown));
	value_set(&w->arena, v, "thanked", thanked ? count_value(w, thanked) : value_none());
	value_set(&w->arena, v, "threads", threads);
	return 0;
}

static int set_wrong(struct worker *w, size_t who, struct value *v, struct diags *diags)
{
	uint32_t newest[LINKS];
	size_t n = LINKS, all = wrong_of(w->site, who, newest, &n);
	struct value threads;

	if (heads(w, newest, n, &threads, diags) < 0)
		return -1;
	value_set(&w->arena, v, "wrong", count_value(w, all));
	value_set(&w->arena, v, "wrong_threads", threads);
	return 0;
}

/* When the person last stopped speaking for the company, of those who don't at that
 * instant, or WHEN_NONE; WHEN_MAX of the others. */
static int64_t left_at(const struct contributor *c, int64_t at)
{
	int64_t left = WHEN_NONE;

	if (contributor_speaks(c, at))
		return WHEN_MAX;
	for (size_t i = 0; i < c->active_n && c->active[i].to <= at; i++)
		left = c->active[i].to;
	return left;
}

/* The titles that were the person's once, newest first. */
static struct value earlier_titles(struct arena *a, const struct language *l,
				   const struct contributor *c, int64_t at)
{
	struct value out = value_list(a, c->titles_n);
	int64_t until = left_at(c, at);
	size_t n = 0;

	for (size_t i = c->titles_n; i-- > 0;) {
		const struct title *t = &c->titles[i];
		struct value *title = &out.u.list.items[n];

		if (t->from >= until || t->from > at)
			continue;
		if (until != WHEN_MAX) {
			*title = value_object(a, 3);
			value_set(a, title, "title", view_line(a, t->text));
			value_set(a, title, "from", view_date(a, l, t->from));
			value_set(a, title, "to", view_date(a, l, until));
			n++;
		}
		until = t->from;
	}
	out.u.list.n = n;
	return out;
}

static struct value contributor_value(struct worker *w, size_t who)
{
	const struct contributor *c = &w->site->in->config->contributors[who];
	const struct language *l = w->site->view.language;
	struct arena *a = &w->arena;
	struct value v = value_object(a, 13);
	/* As pages are listed: what begins today is so all day. */
	int64_t at = (w->site->selection.day + 1) * WHEN_DAY - 1;

	value_set(a, &v, "name", view_line(a, c->name));
	value_set(a, &v, "title",
		  contributor_speaks(c, at) ? view_line(a, contributor_title(c, at))
					    : value_none());
	value_set(a, &v, "earlier", earlier_titles(a, l, c, at));
	value_set(a, &v, "about", view_line(a, c->about));
	value_set(a, &v, "path", view_contributor_path(a, &w->site->view, c));
	value_set(a, &v, "since", view_date(a, l, c->consent));
	value_set(a, &v, "until", view_date(a, l, c->until));
	return v;
}

static int write_profile(struct worker *w, size_t who, struct diags *diags)
{
	struct value scope = value_object(&w->arena, 6);
	struct value v = contributor_value(w, who);
	const struct page_meta meta = {
		.path = value_str(&v, "path"),
		.title = value_str(&v, "name"),
	};

	if (!site_wants(w->site, meta.path))
		return 0;
	if (set_shown(w, who, &v, diags) < 0 || set_wrong(w, who, &v, diags) < 0)
		return -1;
	value_set(&w->arena, &v, "products", products_value(w, who));
	value_set(&w->arena, &scope, "contributor", v);
	return page_write(w, THEME_CONTRIBUTOR, &meta, &scope, diags);
}

static int write_list(struct worker *w, struct diags *diags)
{
	const struct site *site = w->site;
	struct value scope = value_object(&w->arena, 6);
	struct value list = value_list(&w->arena, site->contributors_n);
	const struct page_meta meta = {
		.path = STR(PATH_CONTRIBUTORS),
		.title = str_of(site->theme.builtin->contributors.title),
	};

	for (size_t i = 0; i < site->contributors_n; i++)
		list.u.list.items[i] = contributor_value(w, site->contributors[i]);
	value_set(&w->arena, &scope, "contributors", list);
	return page_write_content(w, site->contributors_page, &meta, &scope, diags);
}

int contributor_job(void *worker, size_t i, struct diags *diags)
{
	struct worker *w = worker;
	int status = i < w->site->contributors_n
			     ? write_profile(w, w->site->contributors[i], diags)
			     : write_list(w, diags);

	arena_reset(&w->arena);
	return status;
}
