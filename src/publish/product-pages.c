/* Phase two: what belongs to one product or scenario: its page, the list of all its
 * candidates, and a product's fragment and feed. */
#include "publish/site.h"

#include "base/mem.h"
#include "render/fragment.h"
#include "render/html.h"
#include "render/paths.h"

#include <stdio.h>

/* The newest posts are what a feed's reader waits for; candor(1) says how many. */
enum { FEED_POSTS = 20 };

static struct value choice_scope(struct worker *w, const struct choice *page)
{
	const struct view *view = &w->site->view;
	struct value scope = value_object(&w->arena, 8);

	if (page->product)
		value_set(&w->arena, &scope, "product",
			  view_product(&w->arena, view, page));
	else
		value_set(&w->arena, &scope, "scenario",
			  view_scenario(&w->arena, view, page));
	value_set(&w->arena, &scope, "disclosure", view_disclosure(&w->arena, view, page));
	return scope;
}

/* The shown threads in page order. */
static int shown_threads(struct worker *w, const struct choice *page, struct value *out,
			 struct diags *diags)
{
	uint32_t *threads = arena_array(&w->arena, uint32_t, page->shown_n);

	for (size_t i = 0; i < page->shown_n; i++)
		threads[i] = page->candidates[page->shown[i]].thread;
	return page_threads(w, threads, page->shown_n, out, diags);
}

static void set_topics(struct worker *w, struct value *scope, const struct value *topics)
{
	size_t n = topics->u.list.n;

	value_set(&w->arena, scope, "topics", *topics);
	value_set(&w->arena, scope, "topics_count",
		  n ? count_value(w, n) : value_none());
}

/* In the words of the rules, else in numbers. */
static struct str description(struct worker *w, const struct choice *page)
{
	const struct language *l = w->site->view.language;
	struct arena *a = &w->arena;

	if (str_present(page->about))
		return view_line(a, page->about).u.text;
	return view_say(a, l, page->shown_n ? SAY_DESCRIPTION : SAY_DESCRIPTION_NONE, SLOTS(
		{ "shown", count_value(w, page->shown_n).u.text },
		{ "candidates", count_value(w, page->candidates_n).u.text },
		{ "wrong", count_value(w, page->shown_wrong).u.text },
		{ "subject", view_page_name(a, page) },
		{ "company", w->site->in->config->company }));
}

static int write_page(struct worker *w, const struct choice *page,
		      const struct value *threads, const struct value *topics,
		      struct diags *diags)
{
	struct value scope = choice_scope(w, page);
	const struct page_meta meta = {
		.path = view_page_path(&w->arena, page),
		.title = view_page_name(&w->arena, page),
		.description = description(w, page),
		.feed_path = page->product
				     ? path_in(&w->arena, product_feed_path, page->slug)
				     : STR_NONE,
	};

	value_set(&w->arena, &scope, "threads", *threads);
	set_topics(w, &scope, topics);
	return page_write(w, page->product ? THEME_PRODUCT : THEME_SCENARIO, &meta, &scope,
			  diags);
}

/* How the fragment comes by its looks, as the configuration wants it. */
static void add_css(struct buf *out, const struct site *site)
{
	const struct config *c = site->in->config;
	const struct asset *css = theme_asset(&site->theme, "fragment.css");

	if (!css || c->fragment.css == FRAGMENT_NONE)
		return;
	if (c->fragment.css == FRAGMENT_INLINE) {
		fragment_style(out, buf_str(&css->bytes));
		return;
	}
	buf_addlit(out, "<link rel=\"stylesheet\" href=\"");
	html_attr(out, c->url);
	buf_addlit(out, PATH_FRAGMENT_CSS "\">\n");
}

/* The fragment stands in somebody else's page, and others beside it: all its links
 * are absolute, and its ids begin with the product's slug. */
static int write_fragment(struct worker *w, const struct choice *page,
			  const struct value *threads, const struct value *topics,
			  struct diags *diags)
{
	struct value scope = choice_scope(w, page);
	const struct value *scopes[] = { &w->site->model, &scope };
	const struct config *c = w->site->in->config;
	struct str slug = page->product->slug;

	if (!site_wants(w->site, path_in(&w->arena, fragment_path, slug)))
		return 0;
	value_set(&w->arena, &scope, "root", value_text(c->url));
	value_set(&w->arena, &scope, "ids",
		  value_text(arena_printf(&w->arena, "%.*s_", STR_ARG(slug))));
	value_set(&w->arena, &scope, "threads", *threads);
	set_topics(w, &scope, topics);
	buf_reset(&w->body);
	template_render(w->site->theme.page[THEME_FRAGMENT], scopes, ARRAY_LEN(scopes),
			&w->body, diags);
	fragment_headings(&w->body, (int)c->fragment.heading);
	buf_reset(&w->page);
	add_css(&w->page, w->site);
	buf_addstr(&w->page, buf_str(&w->body));
	return page_put(w, path_in(&w->arena, fragment_path, slug), buf_str(&w->page),
			diags);
}

static int write_feed(struct worker *w, const struct choice *page,
		      const struct value *threads, struct diags *diags)
{
	const struct config *c = w->site->in->config;
	struct str name = view_page_name(&w->arena, page);
	struct feed feed = {
		.out = &w->page,
		.site_url = c->url,
		.path = path_in(&w->arena, product_feed_path, page->slug),
		.page_path = view_page_path(&w->arena, page),
		.title = arena_printf(&w->arena, "%.*s: %.*s", STR_ARG(c->title),
				      STR_ARG(name)),
		.company = c->company,
		.language = c->language,
		.empty = w->site->selection.last * WHEN_DAY,
	};

	if (!site_wants(w->site, feed.path))
		return 0;
	withdrawn_of_page(w, page, FEED_POSTS, &feed);
	buf_reset(&w->page);
	feed_write(&feed, &w->arena, threads, FEED_POSTS);
	return page_put(w, feed.path, buf_str(&w->page), diags);
}

/* How the list of all candidates speaks of each reason, in its order. */
static const struct {
	enum reason reason;
	enum saying heading, explanation;
} words[] = {
	{ REASON_SHOWN, SAY_REASON_SHOWN, SAY_REASON_SHOWN_MORE },
	{ REASON_LIMIT, SAY_REASON_LIMIT, SAY_REASON_LIMIT_MORE },
	{ REASON_CAP, SAY_REASON_CAP, SAY_REASON_CAP_MORE },
	{ REASON_SHARE, SAY_REASON_SHARE, SAY_REASON_SHARE_MORE },
	{ REASON_KEEP, SAY_REASON_KEEP, SAY_REASON_KEEP_MORE },
	{ REASON_DROP, SAY_REASON_DROP, SAY_REASON_DROP_MORE },
	{ REASON_EMBARGO, SAY_REASON_EMBARGO, SAY_REASON_EMBARGO_MORE },
	{ REASON_EXPIRED, SAY_REASON_EXPIRED, SAY_REASON_EXPIRED_MORE },
	{ REASON_GROUND, SAY_REASON_GROUND, SAY_REASON_GROUND_MORE },
};

/* Where the site has the thread in full, or none. */
static struct value own_path(struct worker *w, const struct chosen_thread *t)
{
	struct buf path = BUF_INIT;

	if (!site_has_page(w->site, t))
		return value_none();
	view_thread_path(&path, &w->site->view, t);
	return value_text(buf_to_arena(&path, &w->arena));
}

static struct value candidate_value(struct worker *w, const struct candidate *c,
				    const struct thread *t, struct diags *diags)
{
	struct arena *a = &w->arena;
	const struct site *site = w->site;
	const struct chosen_thread *chosen = &site->selection.threads[c->thread];
	struct value v = value_object(a, 8);

	value_set(a, &v, "path", own_path(w, chosen));
	value_set(a, &v, "title", view_thread_title(a, &site->view, t, diags));
	value_set(a, &v, "lang", view_title_lang(&site->view, t));
	value_set(a, &v, "url", view_url(a, t->url));
	value_set(a, &v, "venue", view_venue_name(a, t->venue));
	value_set(a, &v, "activity", view_date(a, site->view.language, chosen->activity));
	value_set(a, &v, "wrong", value_bool(chosen->wrong));
	value_set(a, &v, "rule",
		  c->rule ? value_text(arena_printf(a, "rules.yaml:%u", c->rule))
			  : value_none());
	return v;
}

/* The candidates with one reason; -1 on error. */
static int reason_value(struct worker *w, const struct choice *page, size_t word,
			struct value *out, struct diags *diags)
{
	struct arena *a = &w->arena;
	const struct selection *s = &w->site->selection;
	const struct language *l = w->site->view.language;
	struct value list = value_list(a, page->candidates_n);
	size_t n = 0;

	for (size_t i = 0; i < page->candidates_n; i++) {
		const struct candidate *c = &page->candidates[i];
		struct thread t;

		if (c->reason != words[word].reason)
			continue;
		if (archive_thread_head(w->archive, s->threads[c->thread].row, s->venues,
					s->venues_n, a, &t, diags) < 0)
			return -1;
		list.u.list.items[n++] = candidate_value(w, c, &t, diags);
	}
	list.u.list.n = n;
	*out = value_object(a, 4);
	value_set(a, out, "heading", value_text(language_word(l, words[word].heading)));
	value_set(a, out, "explanation",
		  value_text(language_word(l, words[word].explanation)));
	value_set(a, out, "count", count_value(w, n));
	value_set(a, out, "threads", list);
	return 0;
}

static int write_all(struct worker *w, const struct choice *page, struct diags *diags)
{
	struct arena *a = &w->arena;
	struct value scope = choice_scope(w, page);
	struct value reasons = value_list(a, ARRAY_LEN(words));
	struct value subject = value_object(a, 3);
	struct str name = view_page_name(a, page);
	const struct page_meta meta = {
		.path = view_candidates_path(a, page),
		.title = view_say(a, w->site->view.language, SAY_ALL_CONVERSATIONS,
				  SLOTS({ "subject", name })),
	};
	size_t n = 0;

	if (!site_wants(w->site, meta.path))
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		struct value v;

		if (reason_value(w, page, i, &v, diags) < 0)
			return -1;
		if (value_get(&v, STR("threads"))->u.list.n)
			reasons.u.list.items[n++] = v;
	}
	reasons.u.list.n = n;
	value_set(a, &subject, "name", value_text(name));
	value_set(a, &subject, "path", value_text(view_page_path(a, page)));
	/* Nobody but the rules says what a scenario is. */
	value_set(a, &subject, "ruled", value_bool(!page->product));
	value_set(a, &scope, "subject", subject);
	value_set(a, &scope, "reasons", reasons);
	value_set(a, &scope, "withdrawn",
		  page->withdrawn ? count_value(w, page->withdrawn) : value_none());
	return page_write_content(w, w->site->all, &meta, &scope, diags);
}

static int write_choice(struct worker *w, const struct choice *page,
			struct value *threads, struct diags *diags)
{
	struct value topics;

	if (page->skipped)
		return 0;
	topics = page->product ? topics_find(w, page, threads) : value_list(&w->arena, 0);
	if (write_page(w, page, threads, &topics, diags) < 0 ||
	    topics_write(w, page, threads, &topics, diags) < 0)
		return -1;
	if (page->product && (write_fragment(w, page, threads, &topics, diags) < 0 ||
			      write_feed(w, page, threads, diags) < 0))
		return -1;
	return write_all(w, page, diags);
}

int choice_job(void *worker, size_t i, struct diags *diags)
{
	struct worker *w = worker;
	const struct choice *page = &w->site->selection.pages[i];
	struct value threads;
	int status = shown_threads(w, page, &threads, diags);

	if (status == 0) {
		buf_reset(&w->site->ledger[i]);
		ledger_page(&w->site->ledger[i], w->site, page, &threads);
		status = write_choice(w, page, &threads, diags);
	}
	arena_reset(&w->arena);
	return status;
}
