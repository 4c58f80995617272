/* The first page of the review: how the products stand, and all that waits. */
#include "review-html.h"

#include "render/html.h"
#include "render/view.h"

enum { ITEMS = 50 }; /* on one page */

/* --- Products --- */

/* How much of what waits is about each product; in the page's arena. */
static const size_t *count_waiting(struct page *p)
{
	const struct waiting_list *list = p->v->list;
	size_t *counts = arena_array(&p->arena, size_t, p->v->selection->pages_n);

	for (size_t i = 0; i < list->n; i++)
		for (size_t k = 0; k < list->items[i].products_n; k++)
			counts[list->items[i].products[k]]++;
	return counts;
}

static unsigned long part(size_t n, size_t of)
{
	return of ? (unsigned long)(n * 1000 / of) : 0;
}

/* As wide as what it could show; the words beside it say the same. */
static void write_bar(struct page *p, const struct choice *c)
{
	size_t most = c->shown_n + c->shortfall;

	buf_addf(p->out,
		 "<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" "
		 "aria-hidden=\"true\"><rect class=\"most\" width=\"1000\" height=\"10\"/>"
		 "<rect class=\"shown\" width=\"%lu\" height=\"10\"/>"
		 "<rect class=\"wrong\" width=\"%lu\" height=\"10\"/></svg>\n",
		 part(c->shown_n, most), part(c->shown_wrong, most));
}

static void write_product(struct page *p, size_t product, size_t waiting)
{
	const struct choice *c = &p->v->selection->pages[product];
	struct str share = view_share(&p->arena, p->language, c->required);
	struct buf missing = BUF_INIT;

	buf_addlit(p->out, "<li><h3>");
	page_line(p, view_product_name(&p->arena, c->product));
	buf_addf(p->out, "</h3>\n");
	write_bar(p, c);
	buf_addf(p->out, "<p>%zu shown, %zu of them wrong; %.*s must be.", c->shown_n,
		 c->shown_wrong, STR_ARG(share));
	if (choice_missing(c)) {
		choice_say_missing(c, &missing);
		buf_addf(p->out, " <strong>%s.</strong>", missing.p);
	}
	if (waiting)
		buf_addf(p->out, " %zu wait%s.", waiting, waiting == 1 ? "s" : "");
	buf_addlit(p->out, "</p></li>\n");
	buf_release(&missing);
}

/* How near one is to the reader: the first have something waiting that is needed. */
enum rank { RANK_SHORT, RANK_WAITING, RANK_QUIET, RANK_COUNT };

static enum rank rank_of(const struct choice *c, size_t waiting)
{
	if (!waiting && !c->shortfall)
		return RANK_QUIET;
	return waiting && c->shortfall ? RANK_SHORT : RANK_WAITING;
}

/* Those of one rank, the first `open` of them to be seen at once. */
static void write_products(struct page *p, const size_t *waiting, enum rank rank, size_t open)
{
	static const char *const rest[] = { "More products that are short",
					    "More products", "Products where nothing waits" };
	const struct selection *s = p->v->selection;
	size_t n = 0;

	for (size_t i = 0; i < s->pages_n; i++) {
		if (rank_of(&s->pages[i], waiting[i]) != rank)
			continue;
		if (n == open)
			buf_addf(p->out, "%s<details><summary>%s</summary>\n",
				 n ? "</ul>\n" : "", rest[rank]);
		if (n == 0 || n == open)
			buf_addlit(p->out, "<ul class=\"products\">\n");
		write_product(p, i, waiting[i]);
		n++;
	}
	if (n)
		buf_adds(p->out, n > open ? "</ul>\n</details>\n" : "</ul>\n");
}

static void write_site(struct page *p)
{
	const struct selection *s = p->v->selection;
	struct str share = view_share(&p->arena, p->language, s->required);

	buf_addf(p->out, "<p>All pages together show %zu conversations, %zu of them wrong",
		 s->shown, s->shown_wrong);
	if (s->required.num)
		buf_addf(p->out, "; %.*s must be", STR_ARG(share));
	buf_addlit(p->out, ".</p>\n");
}

static void write_all_products(struct page *p)
{
	static const size_t open[RANK_COUNT] = { 12, 6, 0 };
	const size_t *waiting = count_waiting(p);

	buf_addlit(p->out, "<section aria-labelledby=\"products\">\n"
			   "<h2 id=\"products\">How the share stands</h2>\n");
	write_site(p);
	for (int rank = 0; rank < RANK_COUNT; rank++)
		write_products(p, waiting, (enum rank)rank, open[rank]);
	buf_addlit(p->out, "</section>\n");
}

/* --- Items --- */

static void write_item(struct page *p, const struct waiting *w)
{
	struct buf why = BUF_INIT;

	waiting_say(w, &why);
	buf_addlit(p->out, "<li>");
	page_badge(p, w);
	buf_addf(p->out, " <a href=\"item/%s\">", w->key);
	page_line(p, w->title.n ? w->title : w->id);
	buf_addlit(p->out, "</a>\n");
	if (w->quote.n) {
		buf_addlit(p->out, "<p class=\"quote\">");
		page_line(p, w->quote);
		buf_addlit(p->out, "</p>\n");
	}
	buf_addlit(p->out, "<p class=\"meta\">");
	page_text(p, buf_str(&why));
	buf_addlit(p->out, "; ");
	page_date(p, w->when);
	if (w->products_n) {
		buf_addlit(p->out, "; ");
		page_products(p, w);
	}
	if (w->needed)
		buf_addlit(p->out, ", <strong>which shows less for want of it</strong>");
	buf_addlit(p->out, "</p></li>\n");
	buf_release(&why);
}

static void write_pager(struct page *p, size_t from)
{
	size_t n = p->v->list->n;

	if (n <= ITEMS)
		return;
	buf_addlit(p->out, "<nav aria-label=\"List\"><p>");
	if (from)
		buf_addf(p->out, "<a href=\"?from=%zu\" rel=\"prev\">Better ones</a> ",
			 from > ITEMS ? from - ITEMS : 0);
	if (from + ITEMS < n)
		buf_addf(p->out, "<a href=\"?from=%zu\" rel=\"next\">The next of %zu</a>",
			 from + ITEMS, n);
	buf_addlit(p->out, "</p></nav>\n");
}

static void write_list(struct page *p, size_t from)
{
	const struct waiting_list *list = p->v->list;

	if (!list->n)
		return;
	buf_addlit(p->out, "<section aria-labelledby=\"waiting\">\n"
			   "<h2 id=\"waiting\">All of it, best first</h2>\n");
	buf_addf(p->out, "<ol class=\"waiting\" start=\"%zu\">\n", from + 1);
	for (size_t i = from; i < list->n && i < from + ITEMS; i++)
		write_item(p, &list->items[i]);
	buf_addlit(p->out, "</ol>\n");
	write_pager(p, from);
	buf_addlit(p->out, "</section>\n");
}

/* --- The page --- */

static void write_counts(struct page *p)
{
	static const char *const words[WAITING_KINDS][2] = {
		{ "contradiction", "contradictions" },
		{ "label on a post that changed", "labels on posts that changed" },
		{ "admission that was found", "admissions that were found" },
		{ "thing gone at its venue", "things gone at their venue" },
	};
	const struct waiting_list *list = p->v->list;
	size_t counts[WAITING_KINDS] = { 0 };
	bool any = false;

	for (size_t i = 0; i < list->n; i++)
		counts[list->items[i].kind]++;
	buf_addlit(p->out, "<p class=\"lead\">");
	for (int k = 0; k < WAITING_KINDS; k++) {
		if (!counts[k])
			continue;
		buf_addf(p->out, "%s%zu %s", any ? ", " : "", counts[k],
			 words[k][counts[k] != 1]);
		any = true;
	}
	buf_adds(p->out, any ? ".</p>\n" : "Nothing waits.</p>\n");
}

static void write_session(struct page *p)
{
	const struct review_view *v = p->v;

	buf_addlit(p->out, "<div class=\"actions\">\n");
	if (v->list->n > v->skipped)
		buf_addlit(p->out, "<a class=\"start\" href=\"next\">Begin with the best</a>\n");
	if (v->skipped)
		page_button(p, "again", "all", "1", "Look at the skipped again");
	if (v->undo)
		page_button(p, "undo", "last", "1", "Undo the last answer");
	buf_addlit(p->out, "</div>\n");
}

void review_overview(struct buf *out, const struct review_view *v, size_t from)
{
	struct page p;

	page_begin(&p, out, v, "", "What waits for your word");
	buf_addlit(out, "<h1>What waits for your word</h1>\n");
	write_counts(&p);
	write_session(&p);
	write_all_products(&p);
	write_list(&p, from < v->list->n ? from : 0);
	page_end(&p);
}
