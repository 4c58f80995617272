/* The model of products, scenarios and the site as a whole. */
#include "render/view.h"

#include "base/buf.h"
#include "render/paths.h"
#include "render/visible.h"

#include <inttypes.h>

struct str view_share(struct arena *a, const struct language *l, struct ratio share)
{
	struct buf b = BUF_INIT;

	if (!share.den || share.num * 100 % share.den != 0)
		return arena_printf(a, "%" PRId64 "/%" PRId64, share.num, share.den);
	language_percent(l, &b, share.num * 100 / share.den);
	return buf_to_arena(&b, a);
}

static struct value count(struct arena *a, const struct language *l, size_t n)
{
	return view_number(a, l, (int64_t)n);
}

struct str view_product_name(struct arena *a, const struct product *product)
{
	return visible_name(a, product->name, product->slug);
}

struct str view_page_name(struct arena *a, const struct choice *page)
{
	return page->product ? view_product_name(a, page->product)
			     : visible_name(a, page->title, page->slug);
}

struct str view_page_path(struct arena *a, const struct choice *page)
{
	return path_in(a, page->product ? product_path : scenario_path, page->slug);
}

struct str view_candidates_path(struct arena *a, const struct choice *page)
{
	return path_in(a, page->product ? candidates_path : scenario_candidates_path,
		       page->slug);
}

/* What products and scenarios have in common. */
static struct value view_page(struct arena *a, const struct view *view,
			      const struct choice *page)
{
	const struct language *l = view->language;
	struct value v = value_object(a, 16);

	value_set(a, &v, "slug", value_text(page->slug));
	value_set(a, &v, "path", value_text(view_page_path(a, page)));
	value_set(a, &v, "all_path", value_text(view_candidates_path(a, page)));
	value_set(a, &v, "shown", count(a, l, page->shown_n));
	value_set(a, &v, "wrong", count(a, l, page->shown_wrong));
	value_set(a, &v, "candidates", count(a, l, page->candidates_n));
	value_set(a, &v, "required", value_text(view_share(a, l, page->required)));
	value_set(a, &v, "shortfall",
		  page->shortfall ? count(a, l, page->shortfall) : value_none());
	value_set(a, &v, "empty", value_bool(page->shown_n == 0));
	return v;
}

struct value view_product(struct arena *a, const struct view *view,
			  const struct choice *page)
{
	struct value v = view_page(a, view, page);

	value_set(a, &v, "name", value_text(view_page_name(a, page)));
	value_set(a, &v, "url", view_url(a, page->product->url));
	value_set(a, &v, "feed_path", value_text(path_in(a, product_feed_path, page->slug)));
	return v;
}

struct value view_scenario(struct arena *a, const struct view *view,
			   const struct choice *page)
{
	struct value v = view_page(a, view, page);

	value_set(a, &v, "title", value_text(view_page_name(a, page)));
	value_set(a, &v, "about", view_line(a, page->about));
	return v;
}

/* The days of the oldest and the newest candidate; false when there is none. */
static bool period(const struct selection *s, const struct choice *page, int64_t *first,
		   int64_t *last)
{
	*first = s->first;
	*last = s->last;
	if (!page)
		return s->candidates > 0;
	for (size_t i = 0; i < page->candidates_n; i++) {
		int64_t day = when_day(s->threads[page->candidates[i].thread].activity);

		*first = i == 0 || day < *first ? day : *first;
		*last = i == 0 || day > *last ? day : *last;
	}
	return page->candidates_n > 0;
}

struct value view_disclosure(struct arena *a, const struct view *v,
			     const struct choice *page)
{
	const struct selection *s = v->selection;
	const struct language *l = v->language;
	struct value out = value_object(a, 11);
	size_t shown = page ? page->shown_n : s->shown;
	size_t candidates = page ? page->candidates_n : s->candidates;
	int64_t first, last;
	bool any = period(s, page, &first, &last);

	value_set(a, &out, "about",
		  page ? value_text(view_page_name(a, page)) : value_none());
	value_set(a, &out, "shown", count(a, l, shown));
	value_set(a, &out, "none", value_bool(!shown));
	value_set(a, &out, "one", value_bool(candidates == 1));
	value_set(a, &out, "one_day", value_bool(first == last));
	value_set(a, &out, "wrong",
		  count(a, l, page ? page->shown_wrong : s->shown_wrong));
	value_set(a, &out, "candidates", count(a, l, candidates));
	value_set(a, &out, "required",
		  value_text(view_share(a, l, page ? page->required : s->required)));
	value_set(a, &out, "from", any ? view_date(a, l, first * WHEN_DAY) : value_none());
	value_set(a, &out, "to", any ? view_date(a, l, last * WHEN_DAY) : value_none());
	value_set(a, &out, "all_path",
		  value_text(page ? view_candidates_path(a, page) : STR("how-we-choose/")));
	return out;
}

/* {site_css: "assets/site.HASH.css"}: a key can't hold a dot. */
static struct value view_assets(struct arena *a, const struct theme *theme)
{
	struct value v = value_object(a, theme->assets_n);

	for (size_t i = 0; i < theme->assets_n; i++) {
		char *key = arena_strz(a, str_of(theme->assets[i].name));

		for (char *p = key; *p; p++)
			if (*p == '.' || *p == '-' || *p == '/')
				*p = '_';
		value_set(a, &v, key, value_text(str_of(theme->assets[i].path)));
	}
	return v;
}

static struct value view_stats(struct arena *a, const struct view *view)
{
	const struct selection *s = view->selection;
	const struct language *l = view->language;
	struct value v = value_object(a, 10);

	value_set(a, &v, "shown", count(a, l, s->shown));
	value_set(a, &v, "wrong", count(a, l, s->shown_wrong));
	value_set(a, &v, "candidates", count(a, l, s->candidates));
	value_set(a, &v, "candidates_wrong", count(a, l, s->candidates_wrong));
	value_set(a, &v, "eligible", count(a, l, s->eligible));
	value_set(a, &v, "withdrawn",
		  s->withdrawn ? count(a, l, s->withdrawn) : value_none());
	value_set(a, &v, "required", value_text(view_share(a, l, s->required)));
	return v;
}

/* [{section, sentences: [text]}], in the order in which the rules say them. */
static struct value view_rules(struct arena *a, const struct view *v)
{
	const struct selection *s = v->selection;
	struct product *products = arena_memdup(a, s->products,
						s->products_n * sizeof(*products));
	struct rules_sentence *said;
	struct value sections;
	size_t n, count_sections = 0;

	for (size_t i = 0; i < s->products_n; i++)
		products[i].name = view_product_name(a, &products[i]);
	n = rules_say(v->rules, products, s->products_n, v->language, a, &said);
	sections = value_list(a, n);

	for (size_t i = 0; i < n;) {
		struct value section = value_object(a, 2);
		struct value sentences = value_list(a, n - i);
		size_t from = i;

		for (; i < n && str_eq(said[i].section, said[from].section); i++)
			sentences.u.list.items[i - from] = value_text(said[i].text);
		sentences.u.list.n = i - from;
		value_set(a, &section, "section", value_text(said[from].section));
		value_set(a, &section, "sentences", sentences);
		sections.u.list.items[count_sections++] = section;
	}
	sections.u.list.n = count_sections;
	return sections;
}

/* Open Graph's name for a language with its country: "de_AT" for "de-AT". */
static struct value locale(struct arena *a, struct str tag)
{
	struct str rest = tag, primary = str_split(&rest, '-');

	while (str_present(rest)) {
		struct str part = str_split(&rest, '-');

		if (part.n == 2 && part.p[0] > '9' && part.p[1] > '9')
			return value_text(arena_printf(a, "%.*s_%c%c", STR_ARG(primary),
						       part.p[0] & ~0x20, part.p[1] & ~0x20));
		if (part.n == 1) /* extensions, which no country follows */
			break;
	}
	return value_none();
}

static struct str contact_text(struct str contact)
{
	return str_starts(contact, STR("mailto:")) ? str_slice(contact, 7, contact.n) : contact;
}

/* What `shortfall: skip` leaves out has no page to link to. */
static struct value view_pages(struct arena *a, const struct view *v,
			       const struct choice *pages, size_t n,
			       struct value (*view)(struct arena *, const struct view *,
						    const struct choice *))
{
	struct value list = value_list(a, n);

	list.u.list.n = 0;
	for (size_t i = 0; i < n; i++)
		if (!pages[i].skipped)
			list.u.list.items[list.u.list.n++] = view(a, v, &pages[i]);
	return list;
}

struct value view_site(struct arena *a, const struct view *v)
{
	const struct config *c = v->config;
	const struct selection *s = v->selection;
	struct value out = value_object(a, 14);
	struct value stats = view_stats(a, v);
	struct value scenarios =
		view_pages(a, v, s->scenarios, s->scenarios_n, view_scenario);

	value_set(a, &out, "company", value_text(c->company));
	value_set(a, &out, "site_title", value_text(c->title));
	value_set(a, &out, "site_url", value_text(c->url));
	value_set(a, &out, "contact", value_text(c->contact));
	value_set(a, &out, "contact_text", value_text(contact_text(c->contact)));
	value_set(a, &out, "language", value_text(c->language));
	value_set(a, &out, "locale", locale(a, c->language));
	value_set(a, &out, "ids", value_text(STR("")));
	value_set(a, &out, "search", value_bool(c->search == SEARCH_PAGEFIND));
	value_set(a, &out, "generator", value_text(STR("candor " CANDOR_VERSION)));
	value_set(a, &out, "products", view_pages(a, v, s->pages, s->pages_n, view_product));
	value_set(a, &out, "scenarios", scenarios);
	value_set(a, &stats, "scenarios",
		  scenarios.u.list.n ? count(a, v->language, scenarios.u.list.n)
				     : value_none());
	value_set(a, &out, "stats", stats);
	value_set(a, &out, "assets", view_assets(a, v->theme));
	value_set(a, &out, "rules", view_rules(a, v));
	value_set(a, &out, "disclosure", view_disclosure(a, v, NULL));
	return out;
}
