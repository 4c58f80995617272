/* candor review: what waits for a curator's word, best first.  In the browser it is
 * review-serve.c's. */
#include "cmd/review.h"

#include "base/csvw.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/suggest.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <stdlib.h>

enum { LINES = 20, WIDTH = 79 }; /* of the table for people */

#define AT(member) offsetof(struct review_flags, member)
static const struct opt opts[] = {
	{ "limit", 0, OPT_INT, AT(limit), "N", "no more than N, the best (20; all with --json and --csv)",
	  1, INT32_MAX, NULL },
	{ "all", 0, OPT_FLAG, AT(all), NULL, "threads that no product has, too", 0, 0, NULL },
	{ "json", 0, OPT_FLAG, AT(json), NULL, "the same as JSON", 0, 0, NULL },
	{ "csv", 0, OPT_FLAG, AT(csv), NULL, "the list as a CSV table", 0, 0, NULL },
	{ "serve", 0, OPT_FLAG, AT(serve), NULL, "answer in a browser on this machine", 0, 0, NULL },
	{ "port", 0, OPT_INT, AT(port), "N", "there: the port (else a free one)", 1, 65535, NULL },
	{ "open", 0, OPT_FLAG, AT(open), NULL, "there: open the browser, too", 0, 0, NULL },
	{ "by", 0, OPT_STR, AT(by), "NAME", "there: who answers (else $USER)", 0, 0, NULL },
	{ 0 }
};

/* --- What waits --- */

void review_init(struct review *r, struct run *run)
{
	*r = (struct review){ .run = run, .roster = roster_new(&run->config) };
}

void review_release(struct review *r)
{
	waiting_release(&r->list);
	if (r->chosen)
		selection_release(&r->selection);
	roster_free(r->roster);
}

int review_choose(struct review *r, struct archive *a, struct diags *diags)
{
	struct run *run = r->run;
	struct diags own = DIAGS_INIT;
	struct selection s;
	int status = select_run(&s, a, run->rules, &run->config, run->now, &own);

	/* A share that can't be met is why somebody reviews. */
	if (status < 0 && s.pages_n)
		status = 0;
	else
		diags_merge(diags, &own);
	diags_release(&own);
	/* What was chosen before is better than nothing. */
	if (status < 0 || r->chosen)
		selection_release(status < 0 ? &s : &r->selection);
	if (status == 0)
		r->selection = s;
	r->chosen |= status == 0;
	return status;
}

static bool is_asked_for(const struct review *r, const struct waiting *w)
{
	const struct run *run = r->run;

	for (int i = 0; i < run->argc; i++)
		for (size_t p = 0; p < r->selection.pages_n; p++)
			if (str_is(r->selection.pages[p].slug, run->argv[i]) && waiting_of(w, p))
				return true;
	return !run->argc;
}

int review_list(struct review *r, struct archive *a, struct diags *diags)
{
	const struct review_flags *flags = r->run->options;
	struct waiting_list *list = &r->list;
	size_t kept = 0;

	waiting_release(list);
	if (waiting_read(list, a, &r->selection, r->run->rules, r->roster, flags->all, diags) < 0)
		return -1;
	for (size_t i = 0; i < list->n; i++)
		if (is_asked_for(r, &list->items[i]))
			list->items[kept++] = list->items[i];
	list->n = kept;
	return 0;
}

static int unknown_product(struct run *run, const struct selection *s, const char *name)
{
	const char **slugs = xcalloc(s->pages_n + 1, sizeof(*slugs));
	const char *meant;

	for (size_t i = 0; i < s->pages_n; i++)
		slugs[i] = arena_strz(&run->arena, s->pages[i].slug);
	diag_add(&run->diags, DIAG_NO_SUCH_PRODUCT, NO_PLACE, "no product '%s'", name);
	meant = suggest(str_of(name), slugs, s->pages_n);
	if (meant)
		diag_hint(&run->diags, "did you mean '%s'?", meant);
	free(slugs);
	return -1;
}

static bool has_page(const struct selection *s, const char *slug)
{
	for (size_t i = 0; i < s->pages_n; i++)
		if (str_is(s->pages[i].slug, slug))
			return true;
	return false;
}

int review_check(struct review *r)
{
	const struct selection *s = &r->selection;
	struct run *run = r->run;
	int status = 0;

	for (int i = 0; i < run->argc; i++)
		if (!has_page(s, run->argv[i]))
			status = unknown_product(run, s, run->argv[i]);
	return status;
}

/* Of one product: is it among the operands, if there are any? */
static bool is_named(const struct run *run, const struct choice *page)
{
	for (int i = 0; i < run->argc; i++)
		if (str_is(page->slug, run->argv[i]))
			return true;
	return !run->argc;
}

static size_t count_waiting(const struct review *r, size_t product)
{
	size_t n = 0;

	for (size_t i = 0; i < r->list.n; i++)
		n += waiting_of(&r->list.items[i], product);
	return n;
}

static size_t most(const struct review *r)
{
	const struct review_flags *flags = r->run->options;
	size_t limit = flags->limit		   ? (size_t)flags->limit
		       : flags->json || flags->csv ? r->list.n
						   : LINES;

	return limit < r->list.n ? limit : r->list.n;
}

/* --- For people --- */

/* Masked text from the column on, broken between words. */
static void add_wrapped(struct buf *b, struct str text, size_t column)
{
	struct buf masked = BUF_INIT;
	size_t at = column;
	struct str rest;

	utf8_add_masked(&masked, text);
	buf_addf(b, "%*s", (int)column, "");
	for (rest = buf_str(&masked); str_present(rest);) {
		struct str word = str_split(&rest, ' ');
		size_t n = utf8_count(word);

		if (at > column && at + 1 + n > WIDTH) {
			buf_addf(b, "\n%*s", (int)column, "");
			at = column;
		} else if (at > column) {
			buf_addc(b, ' ');
			at++;
		}
		buf_addstr(b, word);
		at += n;
	}
	buf_addc(b, '\n');
	buf_release(&masked);
}

static void say_product(struct buf *b, const struct review *r, size_t product)
{
	const struct choice *c = &r->selection.pages[product];
	struct buf missing = BUF_INIT;

	buf_addf(b, "%-24.*s %5zu %6zu %4" PRId64 "/%-3" PRId64 " %8zu\n", STR_ARG(c->slug),
		 c->shown_n, c->shown_wrong, c->required.num, c->required.den,
		 count_waiting(r, product));
	if (!choice_missing(c))
		return;
	choice_say_missing(c, &missing);
	add_wrapped(b, buf_str(&missing), 2);
	buf_release(&missing);
}

static void say_products(struct buf *b, const struct review *r)
{
	size_t quiet = 0;

	buf_addf(b, "%-24s %5s %6s %8s %8s\n", "product", "shown", "wrong", "required", "waiting");
	for (size_t i = 0; i < r->selection.pages_n; i++) {
		const struct choice *c = &r->selection.pages[i];

		if (!is_named(r->run, c))
			continue;
		if (r->run->argc || c->shortfall || count_waiting(r, i))
			say_product(b, r, i);
		else
			quiet++;
	}
	if (quiet)
		buf_addf(b, "%zu product%s where nothing waits and the share is met\n", quiet,
			 quiet == 1 ? "" : "s");
}

static void add_products(struct buf *b, const struct review *r, const struct waiting *w)
{
	for (size_t i = 0; i < w->products_n; i++)
		buf_addf(b, "%s%.*s", i ? ", " : "",
			 STR_ARG(r->selection.products[w->products[i]].slug));
}

static const char *what(const struct waiting *w)
{
	return w->kind == WAITING_ADMISSION ? evidence_grade_names[w->grade]
					    : waiting_names[w->kind];
}

static void say_item(struct buf *b, const struct review *r, const struct waiting *w)
{
	struct buf line = BUF_INIT;
	char day[WHEN_DATE];

	when_format_date(w->when, day);
	buf_addf(b, "\n%-14s  %s  %.*s/", what(w), day, STR_ARG(w->venue));
	utf8_add_masked(b, w->id);
	buf_addc(b, '\n');
	if (w->title.n)
		add_wrapped(b, w->title, 2);
	if (w->products_n)
		buf_adds(&line, "for ");
	add_products(&line, r, w);
	if (w->needed)
		buf_adds(&line, ", which shows less for want of it");
	if (line.n)
		add_wrapped(b, buf_str(&line), 2);
	buf_reset(&line);
	if (w->quote.n)
		buf_addf(&line, "“%.*s” ", STR_ARG(w->quote));
	waiting_say(w, &line);
	add_wrapped(b, buf_str(&line), 2);
	buf_release(&line);
}

/* What no pattern found, somebody may know of. */
static void say_nothing(struct buf *b, const struct review *r)
{
	size_t missing = 0;

	for (size_t i = 0; i < r->selection.pages_n; i++)
		missing += choice_missing(&r->selection.pages[i]);
	buf_adds(b, "\nnothing waits\n");
	if (missing)
		buf_adds(b, "  where you know that you were wrong: candor label THREAD wrong --post ID\n"
			    "  --quote TEXT --by NAME; 'candor explain PRODUCT' lists threads\n");
}

static void say(struct buf *b, const struct review *r)
{
	size_t n = most(r);

	say_products(b, r);
	for (size_t i = 0; i < n; i++)
		say_item(b, r, &r->list.items[i]);
	if (!r->list.n)
		say_nothing(b, r);
	else if (n < r->list.n)
		buf_addf(b, "\n%zu of %zu; --limit shows more, --serve asks in a browser\n", n,
			 r->list.n);
}

/* --- For programs --- */

static void json_product(struct jsonw *w, const struct review *r, size_t product)
{
	const struct choice *c = &r->selection.pages[product];
	char required[48];

	snprintf(required, sizeof(required), "%" PRId64 "/%" PRId64, c->required.num,
		 c->required.den);
	jsonw_object(w);
	jsonw_key_str(w, "product", c->slug);
	jsonw_key_int(w, "limit", c->limit);
	jsonw_key_int(w, "eligible", (int64_t)c->eligible);
	jsonw_key_int(w, "shown", (int64_t)c->shown_n);
	jsonw_key_int(w, "wrong", (int64_t)c->shown_wrong);
	jsonw_key_str(w, "required", str_of(required));
	jsonw_key_int(w, "shortfall", (int64_t)c->shortfall);
	jsonw_key_int(w, "missing", (int64_t)choice_missing(c));
	jsonw_key_int(w, "waiting", (int64_t)count_waiting(r, product));
	jsonw_object_end(w);
}

static void json_label(struct jsonw *w, const char *key, const struct label *l)
{
	char at[WHEN_RFC3339];

	if (!str_present(l->name))
		return;
	when_format(l->at, at);
	jsonw_key(w, key);
	jsonw_object(w);
	jsonw_key_str(w, "name", l->name);
	jsonw_key_str(w, "by", l->by);
	jsonw_key_str(w, "at", str_of(at));
	jsonw_key_str(w, "note", l->note);
	jsonw_object_end(w);
}

static void json_item(struct jsonw *w, const struct review *r, const struct waiting *i)
{
	char at[WHEN_RFC3339];

	when_format(i->when, at);
	jsonw_object(w);
	jsonw_key_str(w, "kind", str_of(waiting_names[i->kind]));
	if (i->grade)
		jsonw_key_str(w, "grade", str_of(evidence_grade_names[i->grade]));
	jsonw_key_str(w, "venue", i->venue);
	jsonw_key_str(w, "id", i->id);
	jsonw_key_str(w, "title", i->title);
	jsonw_key_str(w, "post", i->post);
	jsonw_key_str(w, "quote", i->quote);
	jsonw_key_str(w, "author", i->author);
	jsonw_key_str(w, "pattern", i->pattern);
	jsonw_key_str(w, "at", str_of(at));
	jsonw_key_bool(w, "needed", i->needed);
	jsonw_key(w, "products");
	jsonw_list(w);
	for (size_t p = 0; p < i->products_n; p++)
		jsonw_str(w, r->selection.products[i->products[p]].slug);
	jsonw_list_end(w);
	json_label(w, "label", &i->label);
	json_label(w, "contradicts", &i->other);
	if (i->kind == WAITING_STALE)
		jsonw_key_bool(w, "withdrawn", i->withdrawn);
	jsonw_object_end(w);
}

static void say_json(struct buf *b, const struct review *r)
{
	char day[WHEN_DATE];
	struct jsonw w;

	when_format_date(r->selection.day * WHEN_DAY, day);
	jsonw_init(&w, b);
	jsonw_object(&w);
	jsonw_key_str(&w, "as_of", str_of(day));
	jsonw_key(&w, "products");
	jsonw_list(&w);
	for (size_t i = 0; i < r->selection.pages_n; i++)
		if (is_named(r->run, &r->selection.pages[i]))
			json_product(&w, r, i);
	jsonw_list_end(&w);
	jsonw_key_int(&w, "total", (int64_t)r->list.n);
	jsonw_key(&w, "waiting");
	jsonw_list(&w);
	for (size_t i = 0; i < most(r); i++)
		json_item(&w, r, &r->list.items[i]);
	jsonw_list_end(&w);
	jsonw_object_end(&w);
	buf_addc(b, '\n');
}

static void say_csv(struct buf *b, const struct review *r)
{
	buf_adds(b, "kind,grade,venue,thread,post,quote,author,at,products,needed,why,title\n");
	for (size_t i = 0; i < most(r); i++) {
		const struct waiting *w = &r->list.items[i];
		struct buf products = BUF_INIT, why = BUF_INIT;
		char at[WHEN_RFC3339];

		when_format(w->when, at);
		add_products(&products, r, w);
		waiting_say(w, &why);
		csvw_field(b, str_of(waiting_names[w->kind]), ',');
		csvw_field(b, w->grade ? str_of(evidence_grade_names[w->grade]) : STR(""), ',');
		csvw_field(b, w->venue, ',');
		csvw_field(b, w->id, ',');
		csvw_field(b, w->post, ',');
		csvw_field(b, w->quote, ',');
		csvw_field(b, w->author, ',');
		csvw_field(b, str_of(at), ',');
		csvw_field(b, buf_str(&products), ',');
		csvw_field(b, w->needed ? STR("yes") : STR("no"), ',');
		csvw_field(b, buf_str(&why), ',');
		csvw_field(b, w->title, '\n');
		buf_release(&products);
		buf_release(&why);
	}
}

/* --- The command --- */

static int list_once(struct run *run)
{
	const struct review_flags *flags = run->options;
	struct buf out = BUF_INIT;
	struct review r;
	int status = 0;

	review_init(&r, run);
	if (review_choose(&r, run->archive, &run->diags) < 0 ||
	    review_check(&r) < 0 ||
	    review_list(&r, run->archive, &run->diags) < 0)
		status = -1;
	if (status == 0) {
		(flags->json ? say_json : flags->csv ? say_csv : say)(&out, &r);
		fwrite(out.p, 1, out.n, run->out);
	}
	buf_release(&out);
	review_release(&r);
	return status;
}

static int check_review(struct run *run)
{
	struct review_flags *flags = run->options;
	bool serves = flags->port || flags->open || flags->by;
	const char *wrong = flags->json && flags->csv			? "--csv"
			    : flags->serve && (flags->json || flags->csv) ? "--serve"
									  : NULL;

	if (wrong)
		return diag_add(&run->diags, DIAG_USAGE, NO_PLACE, "'%s' goes with no '%s'", wrong,
				flags->json ? "--json" : "--csv");
	if (serves && !flags->serve) {
		diag_add(&run->diags, DIAG_USAGE, NO_PLACE, "'--%s' needs '--serve'",
			 flags->port ? "port" : flags->open ? "open" : "by");
		return -1;
	}
	return 0;
}

static int run_review(struct run *run)
{
	const struct review_flags *flags = run->options;

	return flags->serve ? review_serve(run) : list_once(run);
}

const struct command cmd_review = {
	.name = "review",
	.args = "[PRODUCT...]",
	.summary = "what waits for a curator's word, best first",
	.needs = NEEDS_RULES | NEEDS_READ,
	.min_args = 0,
	.max_args = -1,
	.opts = opts,
	.options_size = sizeof(struct review_flags),
	.check = check_review,
	.run = run_review,
};
