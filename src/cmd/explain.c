/* candor explain PRODUCT|SCENARIO|THREAD: why each candidate is shown or not. */
#include "cmd/command.h"

#include "base/json.h"

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

static void add_rule(struct buf *b, const struct run *run, unsigned line)
{
	if (line)
		buf_addf(b, "%s:%u", rules_path(run->rules), line);
}

static void json_candidate(struct jsonw *w, const struct run *run,
			   const struct selection *s, const struct candidate *c)
{
	const struct chosen_thread *t = &s->threads[c->thread];
	struct buf rule = BUF_INIT;

	add_rule(&rule, run, c->rule);
	jsonw_key_str(w, "venue", t->venue);
	jsonw_key_str(w, "id", t->id);
	jsonw_key_bool(w, "eligible", t->eligible);
	jsonw_key_bool(w, "wrong", t->wrong);
	jsonw_key_int(w, "rank", t->rank);
	jsonw_key_bool(w, "shown", c->position > 0);
	jsonw_key(w, "position");
	if (c->position)
		jsonw_int(w, c->position);
	else
		jsonw_null(w);
	jsonw_key_str(w, "reason", str_of(reason_names[c->reason]));
	jsonw_key(w, "rule");
	if (c->rule)
		jsonw_str(w, buf_str(&rule));
	else
		jsonw_null(w);
	buf_release(&rule);
}

static void json_head(struct jsonw *w, const struct selection *s, const struct choice *page)
{
	char day[WHEN_DATE], required[48];

	when_format_date(s->day * WHEN_DAY, day);
	snprintf(required, sizeof(required), "%" PRId64 "/%" PRId64, page->required.num,
		 page->required.den);
	jsonw_key_str(w, page->product ? "product" : "scenario", page->slug);
	jsonw_key_str(w, "as_of", str_of(day));
	jsonw_key_int(w, "limit", page->limit);
	jsonw_key_str(w, "required", str_of(required));
}

static void page_json(struct run *run, const struct selection *s,
		      const struct choice *page)
{
	struct buf b = BUF_INIT;
	struct jsonw w;

	jsonw_init(&w, &b);
	jsonw_object(&w);
	json_head(&w, s, page);
	jsonw_key(&w, "candidates");
	jsonw_list(&w);
	for (size_t i = 0; i < page->candidates_n; i++) {
		jsonw_object(&w);
		json_candidate(&w, run, s, &page->candidates[i]);
		jsonw_object_end(&w);
	}
	jsonw_list_end(&w);
	jsonw_object_end(&w);
	buf_addc(&b, '\n');
	fwrite(b.p, 1, b.n, run->out);
	buf_release(&b);
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
	add_rule(&rule, run, c->rule);
	buf_addf(&b, "  %-5s  %6" PRId64 ".%06" PRId64 "  %-8s %-16s %.*s/%.*s\n",
		 t->wrong ? "wrong" : "", t->rank / 1000000, t->rank % 1000000,
		 reason_names[c->reason], rule.p, STR_ARG(t->venue), STR_ARG(t->id));
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

static void thread_json(struct run *run, const struct selection *s, int64_t row)
{
	struct buf b = BUF_INIT;
	struct jsonw w;

	jsonw_init(&w, &b);
	jsonw_object(&w);
	jsonw_key(&w, "pages");
	jsonw_list(&w);
	for (size_t i = 0; i < s->pages_n + s->scenarios_n; i++) {
		const struct candidate *c = find_candidate(s, &s->pages[i], row);

		if (!c)
			continue;
		jsonw_object(&w);
		json_head(&w, s, &s->pages[i]);
		json_candidate(&w, run, s, c);
		jsonw_object_end(&w);
	}
	jsonw_list_end(&w);
	jsonw_object_end(&w);
	buf_addc(&b, '\n');
	fwrite(b.p, 1, b.n, run->out);
	buf_release(&b);
}

static void thread_text(struct run *run, const struct selection *s, int64_t row)
{
	bool any = false;

	for (size_t i = 0; i < s->pages_n + s->scenarios_n; i++) {
		const struct choice *page = &s->pages[i];
		const struct candidate *c = find_candidate(s, page, row);

		if (!c)
			continue;
		any = true;
		fprintf(run->out, "%s%.*s:\n", page->product ? "" : "scenario ",
			STR_ARG(page->slug));
		text_candidate(run, s, c);
	}
	if (!any)
		fputs("a candidate for no product: neither a link in the archive nor a "
		      "'match' rule names one\n", run->out);
}

static int explain(struct run *run, const struct selection *s)
{
	const struct explain_flags *flags = run->options;
	const char *name = run->argv[0];
	const struct choice *page = find_page(s, name);
	int64_t row;

	if (page) {
		(flags->json ? page_json : page_text)(run, s, page);
		return 0;
	}
	row = archive_find_thread(run->archive, str_of(name), &run->diags);
	if (row > 0) {
		(flags->json ? thread_json : thread_text)(run, s, row);
		return 0;
	}
	if (row == 0) {
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
