/* The frame of the review's pages, and what several of them say. */
#include "review-html.h"

#include "render/html.h"
#include "render/view.h"
#include "render/visible.h"

/* Forms go to this server alone; 'self' is its origin, below the secret or not. */
const char review_policy[] =
	"default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

void page_line(struct page *p, struct str s)
{
	buf_addlit(p->out, "<bdi>");
	html_text(p->out, visible_line(&p->arena, s));
	buf_addlit(p->out, "</bdi>");
}

void page_text(struct page *p, struct str s)
{
	html_text(p->out, visible_line(&p->arena, s));
}

void page_date(struct page *p, int64_t t)
{
	char at[WHEN_RFC3339];

	when_format(t, at);
	buf_addf(p->out, "<time datetime=\"%s\">", at);
	language_date(p->language, p->out, t);
	buf_addlit(p->out, "</time>");
}

void page_badge(struct page *p, const struct waiting *w)
{
	const char *name = w->kind == WAITING_ADMISSION ? evidence_grade_names[w->grade]
							: waiting_names[w->kind];

	buf_addf(p->out, "<span class=\"badge %s\">%s</span>", name, name);
}

void page_button(struct page *p, const char *action, const char *name, const char *value,
		 const char *text)
{
	buf_addf(p->out,
		 "<form method=\"post\" action=\"%s%s\"><button name=\"%s\" value=\"%s\">%s"
		 "</button></form>\n",
		 p->up, action, name, value, text);
}

void page_products(struct page *p, const struct waiting *w)
{
	for (size_t i = 0; i < w->products_n; i++) {
		if (i)
			buf_addlit(p->out, ", ");
		page_line(p, view_product_name(&p->arena,
					       &p->v->selection->products[w->products[i]]));
	}
}

/* --- The frame --- */

/* Who answers, and how to say that it is somebody else. */
static void write_person(struct page *p)
{
	const struct review_view *v = p->v;

	if (v->by.n) {
		buf_addlit(p->out, "<details class=\"who\"><summary>You are ");
		page_line(p, v->by);
		buf_addlit(p->out, "</summary>\n");
	} else {
		buf_addlit(p->out, "<div class=\"who ask\">\n");
	}
	buf_addf(p->out,
		 "<form method=\"post\" action=\"%sby\"><label for=\"by\">Your name, as it stands "
		 "beside your answers</label> <input id=\"by\" name=\"by\" required maxlength=\"200\" "
		 "autocomplete=\"name\" value=\"",
		 p->up);
	html_attr(p->out, v->by);
	buf_addf(p->out, "\"> <button>That is me</button></form>\n</%s>\n",
		 v->by.n ? "details" : "div");
}

static void write_message(struct page *p)
{
	const struct review_view *v = p->v;

	if (!v->message.n)
		return;
	buf_addf(p->out, "<p class=\"message%s\" role=\"%s\">", v->failed ? " failed" : "",
		 v->failed ? "alert" : "status");
	page_text(p, v->message);
	buf_addlit(p->out, "</p>\n");
}

void page_begin(struct page *p, struct buf *out, const struct review_view *v,
		const char *up, const char *title)
{
	*p = (struct page){ .out = out, .v = v, .up = up,
			    .language = language_find(STR("en")), .arena = ARENA_INIT };
	buf_addlit(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
			"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
			"<title>");
	html_text(out, str_of(title));
	buf_addf(out, "</title>\n<link rel=\"icon\" href=\"%sreview.svg\">\n"
		      "<link rel=\"stylesheet\" href=\"%sreview.css\">\n", up, up);
	if (v->keys)
		buf_addf(out, "<script src=\"%sreview.js\" defer></script>\n", up);
	buf_addf(out, "</head>\n<body>\n<header>\n<p><a href=\"%s.\">Review</a> of ", up);
	page_line(p, v->config->title.n ? v->config->title : v->config->company);
	buf_addlit(out, "</p>\n");
	write_person(p);
	buf_addlit(out, "</header>\n<main>\n");
	write_message(p);
}

void page_end(struct page *p)
{
	buf_addlit(p->out, "</main>\n</body>\n</html>\n");
	arena_release(&p->arena);
}
