/* One thing that waits: the post with the passage marked, what it answers beside it,
 * the question, and the thread. */
#include "review-html.h"

#include "base/mem.h"
#include "render/body.h"
#include "render/html.h"
#include "render/view.h"
#include "text/mark.h"

enum { BODY_HEADING = 4 };

struct item {
	struct page *p;
	const struct review_case *c;
	const struct post **parents; /* of the thread's posts */
};

/* --- Posts --- */

/* Whose it is: "Ada Rask, Support, works at Acme". */
static void write_author(const struct item *i, const struct post *post)
{
	const struct review_view *v = i->p->v;
	const struct thread *t = i->c->thread;
	const struct author *author = post->author;
	int who = author ? roster_find(v->roster, t->venue->slug, author, post->created)
			 : ROSTER_NONE;
	const struct contributor *person = who >= 0 ? &v->config->contributors[who] : NULL;
	struct str title = person ? contributor_title(person, post->created) : STR_NONE;

	buf_addlit(i->p->out, "<strong>");
	page_line(i->p, person ? person->name : author ? author->name : STR("a deleted account"));
	buf_addlit(i->p->out, "</strong>");
	if (title.n) {
		buf_addlit(i->p->out, ", ");
		page_line(i->p, title);
	}
	if (who != ROSTER_NONE) {
		buf_addlit(i->p->out, ", works at ");
		page_line(i->p, v->config->company);
	} else if (t->posts_n && author && t->posts[0].author &&
		   t->posts[0].author->row == author->row) {
		buf_addlit(i->p->out, ", who asked");
	}
}

static void write_origin(const struct item *i, struct str url, const char *text)
{
	struct buf safe = BUF_INIT;

	if (url.n && url_safe(url, STR_NONE, &safe)) {
		buf_addlit(i->p->out, "<a rel=\"noreferrer\" target=\"_blank\" href=\"");
		html_attr(i->p->out, buf_str(&safe));
		buf_addf(i->p->out, "\">%s</a>", text);
	}
	buf_release(&safe);
}

static void write_body(const struct item *i, const struct post *post, struct str quote)
{
	const struct thread *t = i->c->thread;
	const struct body_style style = { .base_url = post->url.n ? post->url : t->url,
					  .heading_base = BODY_HEADING };
	struct str language = post_language(t->venue, post);
	struct body_tree tree;

	body_read(&i->p->arena, post->format, post->body, &tree);
	if (quote.n)
		body_mark(&i->p->arena, &tree, quote);
	buf_addlit(i->p->out, "<div class=\"body\" dir=\"auto\"");
	if (language.n) {
		buf_addlit(i->p->out, " lang=\"");
		html_attr(i->p->out, language);
		buf_addc(i->p->out, '"');
	}
	buf_addlit(i->p->out, ">\n");
	body_html(&tree, &style, i->p->out);
	buf_addlit(i->p->out, "</div>\n");
}

static void write_post(const struct item *i, const struct post *post, struct str quote,
		       const char *class)
{
	buf_addf(i->p->out, "<article class=\"post%s\">\n<p class=\"meta\">", class);
	write_author(i, post);
	buf_addlit(i->p->out, ", ");
	page_date(i->p, post->created);
	if (post->gone || post->hidden)
		buf_adds(i->p->out, post->gone ? ", gone at its venue" : ", hidden");
	buf_addlit(i->p->out, " ");
	write_origin(i, post->url, "at its venue");
	buf_addlit(i->p->out, "</p>\n");
	write_body(i, post, quote);
	buf_addlit(i->p->out, "</article>\n");
}

/* What the post answers, or what stands before it. */
static const struct post *before(const struct item *i, const struct post *post)
{
	size_t n = (size_t)(post - i->c->thread->posts);

	return i->parents[n] ? i->parents[n] : n ? post - 1 : NULL;
}

static void write_passage(const struct item *i)
{
	const struct waiting *w = i->c->item;
	const struct thread *t = i->c->thread;
	const struct post *post = w->post.n ? thread_post(t, w->post)
					    : t->posts_n ? &t->posts[0] : NULL;
	const struct post *previous = post ? before(i, post) : NULL;

	if (!post) {
		buf_addlit(i->p->out, "<p>The thread has no such post any more.</p>\n");
		return;
	}
	buf_addlit(i->p->out, "<div class=\"pair\">\n");
	if (previous) {
		buf_addlit(i->p->out, "<section aria-labelledby=\"before\">\n"
				      "<h2 id=\"before\">Before that</h2>\n");
		write_post(i, previous, STR_NONE, "");
		buf_addlit(i->p->out, "</section>\n");
	}
	buf_addf(i->p->out,
		 "<section aria-labelledby=\"passage\">\n<h2 id=\"passage\">%s</h2>\n",
		 w->kind == WAITING_ADMISSION ? "The passage" : "The post");
	write_post(i, post, w->quote, " asked");
	buf_addlit(i->p->out, "</section>\n</div>\n");
}

static void write_thread(const struct item *i)
{
	const struct thread *t = i->c->thread;

	buf_addf(i->p->out, "<details class=\"thread\"><summary>The whole thread, %zu post%s"
			    "</summary>\n",
		 t->posts_n, t->posts_n == 1 ? "" : "s");
	for (size_t n = 0; n < t->posts_n; n++) {
		const struct post *post = &t->posts[n];
		bool asked = str_eq(post->id, i->c->item->post);

		write_post(i, post, asked ? i->c->item->quote : STR_NONE, "");
	}
	buf_addlit(i->p->out, "</details>\n");
}

/* --- The question --- */

static void write_question(const struct item *i)
{
	static const char *const questions[WAITING_KINDS] = {
		[WAITING_CONFLICT] = "Which of the two holds?",
		[WAITING_STALE] = "Does the label still hold?",
		[WAITING_ADMISSION] = "Do we say here that we were wrong?",
		[WAITING_ORIGIN] = "Is it really gone?",
	};
	const struct waiting *w = i->c->item;
	struct buf why = BUF_INIT;

	buf_addf(i->p->out, "<section class=\"question\" aria-labelledby=\"question\">\n"
			    "<h2 id=\"question\">%s</h2>\n", questions[w->kind]);
	if (w->quote.n) {
		buf_addlit(i->p->out, "<blockquote><p>");
		page_line(i->p, w->quote);
		buf_addlit(i->p->out, "</p></blockquote>\n");
	}
	waiting_say(w, &why);
	buf_addlit(i->p->out, "<p class=\"meta\">");
	page_badge(i->p, w);
	buf_addc(i->p->out, ' ');
	page_text(i->p, buf_str(&why));
	buf_addlit(i->p->out, "</p>\n</section>\n");
	buf_release(&why);
}

/* Names the label; what a name means is known for the admission alone. */
static void write_choice(const struct item *i, const char *answer, char key, const char *text,
			 struct str label)
{
	struct buf *out = i->p->out;

	buf_addf(out, "<button class=\"%s\" name=\"answer\" value=\"%s\" data-key=\"%c\"", answer,
		 answer, key);
	if (i->p->v->keys)
		buf_addf(out, " aria-keyshortcuts=\"%c\"", key);
	buf_addf(out, ">%s", text);
	if (label.n) {
		buf_addlit(out, " <span>");
		page_line(i->p, label);
		buf_addlit(out, "</span>");
	}
	if (i->p->v->keys)
		buf_addf(out, " <kbd aria-hidden=\"true\">%c</kbd>", key - 'a' + 'A');
	buf_addlit(out, "</button>\n");
}

static const char *const answers[WAITING_KINDS][2] = {
	[WAITING_CONFLICT] = { "It is", "It is" },
	[WAITING_STALE] = { "Yes, still", "No, it is" },
	[WAITING_ADMISSION] = { "Yes, we were wrong", "No" },
	[WAITING_ORIGIN] = { "Yes, keep it hidden", "No, show it again" },
};

/* The question doesn't say what the answers do. */
static bool names_labels(const struct waiting *w)
{
	return w->kind == WAITING_CONFLICT || w->kind == WAITING_STALE;
}

/* An admission on a post that changed: the sentence that shows it now. */
static bool asks_for_quote(const struct waiting *w)
{
	return w->kind == WAITING_STALE && str_is(w->yes.name, "wrong") && !w->withdrawn;
}

static void write_answers(const struct item *i)
{
	const struct waiting *w = i->c->item;
	const struct review_view *v = i->p->v;
	struct buf *out = i->p->out;

	buf_addf(out, "<form class=\"answers\" method=\"post\" action=\"%sitem/%s\" "
		      "aria-labelledby=\"question\">\n", i->p->up, w->key);
	if (asks_for_quote(w)) {
		buf_addlit(out, "<p><label for=\"quote\">The sentence, as the post has it now"
				"</label> <textarea id=\"quote\" name=\"quote\" rows=\"2\">");
		html_text(out, w->quote);
		buf_addlit(out, "</textarea></p>\n");
	}
	write_choice(i, "yes", 'y', answers[w->kind][0],
		     names_labels(w) ? w->yes.name : STR_NONE);
	write_choice(i, "no", 'n', answers[w->kind][1],
		     names_labels(w) ? w->no.name : STR_NONE);
	write_choice(i, "skip", 's', "Skip", STR_NONE);
	if (v->undo)
		buf_addf(out, "<button class=\"undo\" formaction=\"%sundo\" formnovalidate "
			      "data-key=\"u\"%s>Undo%s</button>\n", i->p->up,
			 v->keys ? " aria-keyshortcuts=\"u\"" : "",
			 v->keys ? " <kbd aria-hidden=\"true\">U</kbd>" : "");
	buf_addlit(out, "</form>\n");
}

static void write_answered(const struct item *i)
{
	if (!i->c->answer)
		return;
	buf_addlit(i->p->out, "<p class=\"message\">You answered '");
	page_line(i->p, str_of(i->c->answer));
	buf_addlit(i->p->out, "', and that stands until you say something else.</p>\n");
}

/* --- The page --- */

static void write_head(const struct item *i)
{
	const struct waiting *w = i->c->item;
	const struct thread *t = i->c->thread;
	struct buf *out = i->p->out;

	buf_addlit(out, "<p class=\"jump\"><a href=\"#question\">To the question</a></p>\n"
			"<h1 dir=\"auto\">");
	page_line(i->p, t->title.n ? t->title : t->id);
	buf_addlit(out, "</h1>\n<p class=\"meta\">");
	page_line(i->p, t->venue->name);
	buf_addlit(out, " ");
	write_origin(i, t->url, "The thread at its venue");
	buf_addlit(out, "</p>\n");
	for (size_t n = 0; n < w->products_n; n++) {
		const struct choice *page = &i->p->v->selection->pages[w->products[n]];
		struct buf missing = BUF_INIT;

		if (!w->needed || !choice_missing(page))
			continue;
		choice_say_missing(page, &missing);
		buf_addlit(out, "<p class=\"needed\">");
		page_line(i->p, view_product_name(&i->p->arena, page->product));
		buf_addf(out, " shows %zu: %s.</p>\n", page->shown_n, missing.p);
		buf_release(&missing);
	}
}

static void write_foot(const struct item *i)
{
	const struct review_view *v = i->p->v;

	buf_addf(i->p->out, "<footer>\n<p>%zu wait%s, %zu skipped; %zu answered.</p>\n",
		 v->list->n, v->list->n == 1 ? "s" : "", v->skipped, v->answered);
	page_button(i->p, "keys", "on", v->keys ? "0" : "1",
		    v->keys ? "Turn the keys Y, N, S and U off"
			    : "Answer with the keys Y, N, S and U");
	buf_addlit(i->p->out, "</footer>\n");
}

void review_item(struct buf *out, const struct review_view *v, const struct review_case *c)
{
	struct page p;
	struct item i = { .p = &p, .c = c };

	page_begin(&p, out, v, "../", "Review");
	i.parents = thread_parents(&p.arena, c->thread);
	write_answered(&i);
	write_head(&i);
	write_passage(&i);
	write_question(&i);
	write_answers(&i);
	write_thread(&i);
	write_foot(&i);
	page_end(&p);
}
