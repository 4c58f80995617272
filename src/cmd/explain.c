/* candor explain PRODUCT|SCENARIO|THREAD: why each candidate is shown or not. */
#include "cmd/command.h"

#include "base/json.h"
#include "base/utf8.h"
#include "select/explain.h"

#include <inttypes.h>

struct explain_flags {
	bool json;
};

static const struct opt opts[] = {
	{ "json", 0, OPT_FLAG, offsetof(struct explain_flags, json), NULL,
	  "the same as JSON", 0, 0, NULL },
	{ 0 }
};

static const struct choice *find_page(const struct selection *s, const char *slug)
{
	/* A product before a scenario of the same name. */
	for (size_t i = 0; i < s->pages_n + s->scenarios_n; i++)
		if (str_is(s->pages[i].slug, slug))
			return &s->pages[i];
	return NULL;
}

static void page_json(struct run *run, const struct selection *s,
		      const struct choice *page)
{
	struct buf b = BUF_INIT;
	struct jsonw w;

	jsonw_init(&w, &b);
	jsonw_object(&w);
	explain_page(&w, s, page);
	jsonw_key(&w, "candidates");
	jsonw_list(&w);
	for (size_t i = 0; i < page->candidates_n; i++) {
		jsonw_object(&w);
		explain_candidate(&w, run->rules, s, &page->candidates[i]);
		jsonw_object_end(&w);
	}
	jsonw_list_end(&w);
	jsonw_object_end(&w);
	buf_addc(&b, '\n');
	fwrite(b.p, 1, b.n, run->out);
	buf_release(&b);
}

/* "       “Our mistake.” Ada Rask in post 2, confirmed by eve on 2026-01-09" */
static void text_admission(struct buf *b, const struct chosen_thread *t)
{
	char day[WHEN_DATE];

	buf_adds(b, "       ");
	if (t->wrong_quote.n) {
		buf_adds(b, "“");
		utf8_add_masked(b, t->wrong_quote);
		buf_adds(b, "” ");
	}
	utf8_add_masked(b, t->wrong_author);
	buf_adds(b, " in post ");
	utf8_add_masked(b, t->wrong_post);
	if (str_present(t->wrong_by)) {
		when_format_date(t->wrong_said, day);
		buf_adds(b, ", confirmed by ");
		utf8_add_masked(b, t->wrong_by);
		buf_addf(b, " on %s\n", day);
		return;
	}
	buf_adds(b, ", detected: pattern ");
	utf8_add_masked(b, t->wrong_pattern);
	buf_addf(b, ", grade %s\n", evidence_grade_names[t->wrong_grade]);
}

/* One line: position, mark of a wrong thread, rank, reason, rule, thread. */
static void text_candidate(struct run *run, const struct selection *s,
			   const struct candidate *c)
{
	const struct chosen_thread *t = &s->threads[c->thread];
	struct buf b = BUF_INIT, rule = BUF_INIT;

	if (c->position)
		buf_addf(&b, "%3u", c->position);
	else
		buf_adds(&b, "  -");
	explain_rule(&rule, run->rules, c->rule);
	buf_addf(&b, "  %-5s  %6" PRId64 ".%06" PRId64 "  %-8s %-16s %.*s/%.*s\n",
		 t->wrong ? "wrong" : "", t->rank / 1000000, t->rank % 1000000,
		 reason_names[c->reason], rule.p, STR_ARG(t->venue), STR_ARG(t->id));
	if (t->wrong)
		text_admission(&b, t);
	fwrite(b.p, 1, b.n, run->out);
	buf_release(&rule);
	buf_release(&b);
}

static void page_text(struct run *run, const struct selection *s,
		      const struct choice *page)
{
	char day[WHEN_DATE];

	when_format_date(s->day * WHEN_DAY, day);
	fprintf(run->out,
		"%s%.*s on %s: %zu shown of %zu candidates, %zu of them wrong; "
		"required share %" PRId64 "/%" PRId64 ", limit %" PRId64 "\n",
		page->product ? "" : "scenario ", STR_ARG(page->slug), day, page->shown_n,
		page->candidates_n, page->shown_wrong, page->required.num,
		page->required.den, page->limit);
	if (page->shortfall)
		fprintf(run->out, "%zu fewer than there could be: too few wrong threads\n",
			page->shortfall);
	for (size_t i = 0; i < page->shown_n; i++)
		text_candidate(run, s, &page->candidates[page->shown[i]]);
	for (size_t i = 0; i < page->candidates_n; i++)
		if (!page->candidates[i].position)
			text_candidate(run, s, &page->candidates[i]);
}

static const struct candidate *find_candidate(const struct selection *s,
					      const struct choice *page, int64_t row)
{
	for (size_t i = 0; i < page->candidates_n; i++)
		if (s->threads[page->candidates[i].thread].row == row)
			return &page->candidates[i];
	return NULL;
}

/* --- One thread --- */

/* What is said of one thread: where it is a candidate, and its posts without a ground
 * if that is what keeps it from being shown. */
struct answer {
	struct run *run;
	const struct selection *s;
	int64_t row;
	struct thread t; /* read only then */
	bool groundless;
};

static bool lacks_ground(const struct thread *t, const struct post *p)
{
	return post_shown(p) && post_ground(t->venue, p->licence, p->permission) == GROUND_NONE;
}

static int find_groundless(struct answer *a)
{
	const struct selection *s = a->s;

	for (size_t i = 0; !a->groundless && i < s->pages_n + s->scenarios_n; i++) {
		const struct candidate *c = find_candidate(s, &s->pages[i], a->row);

		a->groundless = c && c->reason == REASON_GROUND;
	}
	if (!a->groundless)
		return 0;
	return archive_thread(a->run->archive, a->row, s->venues, s->venues_n, &a->run->arena,
			      &a->t, &a->run->diags);
}

static void json_groundless(struct jsonw *w, const struct answer *a)
{
	jsonw_key(w, "no_ground");
	jsonw_list(w);
	for (size_t i = 0; i < a->t.posts_n; i++) {
		const struct post *p = &a->t.posts[i];

		if (!lacks_ground(&a->t, p))
			continue;
		jsonw_object(w);
		jsonw_key_str(w, "post", p->id);
		jsonw_key(w, "author");
		jsonw_str(w, p->author ? p->author->name : STR_NONE);
		jsonw_key(w, "licence");
		jsonw_str(w, post_licence(a->t.venue, p));
		jsonw_object_end(w);
	}
	jsonw_list_end(w);
}

static void thread_json(const struct answer *a)
{
	const struct selection *s = a->s;
	struct buf b = BUF_INIT;
	struct jsonw w;

	jsonw_init(&w, &b);
	jsonw_object(&w);
	jsonw_key(&w, "pages");
	jsonw_list(&w);
	for (size_t i = 0; i < s->pages_n + s->scenarios_n; i++) {
		const struct candidate *c = find_candidate(s, &s->pages[i], a->row);

		if (!c)
			continue;
		jsonw_object(&w);
		explain_page(&w, s, &s->pages[i]);
		explain_candidate(&w, a->run->rules, s, c);
		jsonw_object_end(&w);
	}
	jsonw_list_end(&w);
	json_groundless(&w, a);
	jsonw_object_end(&w);
	buf_addc(&b, '\n');
	fwrite(b.p, 1, b.n, a->run->out);
	buf_release(&b);
}

/* "  post 7 by mia: no licence, and the venue 'reviews' has none" */
static void text_groundless(struct buf *b, const struct thread *t, const struct post *p)
{
	struct str licence = post_licence(t->venue, p);

	buf_adds(b, "  post ");
	utf8_add_masked(b, p->id);
	buf_adds(b, " by ");
	utf8_add_masked(b, p->author ? p->author->name : STR("a deleted account"));
	if (!licence.n) {
		buf_addf(b, ": no licence, and the venue '%.*s' has none\n",
			 STR_ARG(t->venue->slug));
		return;
	}
	buf_adds(b, p->licence.n ? ": the licence '" : ": the venue's licence '");
	utf8_add_masked(b, licence);
	buf_adds(b, "' is no ground\n");
}

static void text_ground(const struct answer *a)
{
	struct buf b = BUF_INIT;

	if (!a->groundless)
		return;
	for (size_t i = 0; i < a->t.posts_n; i++)
		if (lacks_ground(&a->t, &a->t.posts[i]))
			text_groundless(&b, &a->t, &a->t.posts[i]);
	fwrite(b.p, 1, b.n, a->run->out);
	buf_release(&b);
}

static void thread_text(const struct answer *a)
{
	const struct selection *s = a->s;
	FILE *out = a->run->out;
	bool any = false;

	for (size_t i = 0; i < s->pages_n + s->scenarios_n; i++) {
		const struct choice *page = &s->pages[i];
		const struct candidate *c = find_candidate(s, page, a->row);

		if (!c)
			continue;
		any = true;
		fprintf(out, "%s%.*s:\n", page->product ? "" : "scenario ",
			STR_ARG(page->slug));
		text_candidate(a->run, s, c);
	}
	if (!any)
		fputs("a candidate for no product: neither a link in the archive nor a "
		      "'match' rule names one\n", out);
	text_ground(a);
}

static int explain(struct run *run, const struct selection *s)
{
	const struct explain_flags *flags = run->options;
	const char *name = run->argv[0];
	const struct choice *page = find_page(s, name);
	struct answer answer = { .run = run, .s = s };

	if (page) {
		(flags->json ? page_json : page_text)(run, s, page);
		return 0;
	}
	answer.row = archive_find_thread(run->archive, str_of(name), &run->diags);
	if (answer.row > 0) {
		if (find_groundless(&answer) < 0)
			return -1;
		(flags->json ? thread_json : thread_text)(&answer);
		return 0;
	}
	if (answer.row == 0) {
		diag_add(&run->diags, DIAG_NO_SUCH_THREAD, NO_PLACE,
			 "no product, no scenario and no thread '%s'", name);
		diag_hint(&run->diags, "a product or a scenario is its slug, a thread "
				       "VENUE/ID or its URL");
	}
	return -1;
}

static int run_explain(struct run *run)
{
	struct selection s;
	int status = select_run(&s, run->archive, run->rules, &run->config, run->now,
				&run->diags);

	/* A share that can't be met is what somebody wants explained. */
	if (status == 0 || s.pages_n)
		status = explain(run, &s);
	selection_release(&s);
	return status;
}

const struct command cmd_explain = {
	.name = "explain",
	.args = "PRODUCT|SCENARIO|THREAD",
	.summary = "say for every candidate whether it is shown, and which rule decided",
	.needs = NEEDS_RULES | NEEDS_READ,
	.min_args = 1,
	.max_args = 1,
	.opts = opts,
	.options_size = sizeof(struct explain_flags),
	.run = run_explain,
};
