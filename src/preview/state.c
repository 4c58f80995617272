/* The state of a page and of the site, for the script in the page. */
#include "preview/state.h"

#include "base/json.h"
#include "render/paths.h"
#include "render/view.h"
#include "select/choose.h"
#include "select/explain.h"

/* Of each list; "more" says how many there are beyond. */
enum { LISTED = 200 };

static const char *const state_names[] = {
	[LIVE_PUBLISHED] = "published",
	[LIVE_DRAFT] = "draft",
	[LIVE_EMBARGOED] = "embargoed",
	[LIVE_EXPIRED] = "expired",
};

struct writer {
	struct jsonw w;
	const struct state *s;
	const struct selection *selection;
	struct arena *arena;
};

/* --- Diagnostics --- */

static void add_diag(struct jsonw *w, const struct diag *d)
{
	jsonw_object(w);
	diag_json(w, d);
	if (d->excerpt) {
		jsonw_key_str(w, "excerpt", str_of(d->excerpt));
		jsonw_key_int(w, "caret", (int64_t)d->caret);
		jsonw_key_int(w, "under", (int64_t)d->under);
	}
	jsonw_object_end(w);
}

/* Errors first: the list may be cut. */
static void add_diags(struct jsonw *w, const char *key, const struct diags *d)
{
	jsonw_key(w, key);
	jsonw_object(w);
	jsonw_key_int(w, "errors", (int64_t)diags_errors(d));
	jsonw_key_int(w, "warnings", (int64_t)diags_warnings(d));
	jsonw_key(w, "items");
	jsonw_list(w);
	for (int level = DIAG_ERROR; level >= DIAG_WARNING; level--)
		for (size_t i = 0, n = 0; i < d->n && n < LISTED; i++)
			if ((int)diag_level(d->items[i].id) == level) {
				add_diag(w, &d->items[i]);
				n++;
			}
	jsonw_list_end(w);
	jsonw_object_end(w);
}

/* --- Threads --- */

/* Its title, where it is read here and where it was written, and when it may be read. */
static void thread_members(struct writer *o, const struct chosen_thread *t)
{
	struct diags none = DIAGS_INIT;
	struct buf path = BUF_INIT;
	struct thread head;

	if (live_thread_path(o->s->live, t, &path))
		jsonw_key_str(&o->w, "path", buf_str(&path));
	if (o->s->archive &&
	    archive_thread_head(o->s->archive, t->row, o->selection->venues,
				o->selection->venues_n, o->arena, &head, &none) == 0) {
		jsonw_key_str(&o->w, "title", head.title);
		jsonw_key_str(&o->w, "url", head.url);
		jsonw_key_time(&o->w, "embargo", head.embargo);
		jsonw_key_time(&o->w, "expires", head.expires);
	}
	buf_release(&path);
	diags_release(&none);
}

static void add_candidate(struct writer *o, const struct candidate *c)
{
	jsonw_object(&o->w);
	explain_candidate(&o->w, o->s->rules, o->selection, c);
	thread_members(o, &o->selection->threads[c->thread]);
	jsonw_object_end(&o->w);
}

/* --- Pages of products and scenarios --- */

static void choice_members(struct writer *o, const struct choice *c)
{
	struct jsonw *w = &o->w;

	explain_page(w, o->selection, c);
	jsonw_key_str(w, "title", view_page_name(o->arena, c));
	jsonw_key_str(w, "path", view_page_path(o->arena, c));
	jsonw_key_int(w, "shown", (int64_t)c->shown_n);
	jsonw_key_int(w, "wrong", (int64_t)c->shown_wrong);
	jsonw_key_int(w, "need", (int64_t)share_ceil(c->required, c->shown_n));
	jsonw_key_int(w, "shortfall", (int64_t)c->shortfall);
	jsonw_key_bool(w, "skipped", c->skipped);
}

/* Those that are shown in the order of the page, then the others by rank. */
static void candidates(struct writer *o, const struct choice *c)
{
	size_t n = 0;

	jsonw_key(&o->w, "candidates");
	jsonw_list(&o->w);
	for (size_t i = 0; i < c->shown_n && n < LISTED; i++, n++)
		add_candidate(o, &c->candidates[c->shown[i]]);
	for (size_t i = 0; i < c->candidates_n && n < LISTED; i++)
		if (!c->candidates[i].position) {
			add_candidate(o, &c->candidates[i]);
			n++;
		}
	jsonw_list_end(&o->w);
	jsonw_key_int(&o->w, "more", (int64_t)(c->candidates_n - n));
}

static size_t choices_n(const struct writer *o)
{
	return o->selection->pages_n + o->selection->scenarios_n;
}

/* Of a thread: each page whose candidate it is. */
static void places(struct writer *o, const struct chosen_thread *t)
{
	const struct selection *s = o->selection;
	struct jsonw *w = &o->w;

	jsonw_key(w, "places");
	jsonw_list(w);
	for (size_t i = 0; i < choices_n(o); i++)
		for (size_t k = 0; k < s->pages[i].candidates_n; k++) {
			const struct candidate *c = &s->pages[i].candidates[k];

			if (&s->threads[c->thread] != t)
				continue;
			jsonw_object(w);
			choice_members(o, &s->pages[i]);
			jsonw_key(w, "candidate");
			add_candidate(o, c);
			jsonw_object_end(w);
		}
	jsonw_list_end(w);
}

static void add_page(struct writer *o)
{
	const struct live_file *f = o->s->file;
	struct jsonw *w = &o->w;

	jsonw_key(w, "page");
	jsonw_object(w);
	jsonw_key_str(w, "file", o->s->path);
	jsonw_key_bool(w, "found", f->found == LIVE_FILE);
	jsonw_key_str(w, "state", str_of(state_names[f->state]));
	if (f->choice) {
		jsonw_key(w, "choice");
		jsonw_object(w);
		choice_members(o, f->choice);
		candidates(o, f->choice);
		jsonw_object_end(w);
	}
	if (f->thread) {
		jsonw_key(w, "thread");
		jsonw_object(w);
		thread_members(o, f->thread);
		places(o, f->thread);
		jsonw_object_end(w);
	}
	jsonw_object_end(w);
}

/* --- The site --- */

static void short_pages(struct writer *o)
{
	const struct selection *s = o->selection;
	size_t n = 0;

	jsonw_key(&o->w, "short");
	jsonw_list(&o->w);
	for (size_t i = 0; i < choices_n(o); i++) {
		if (!s->pages[i].shortfall && !s->pages[i].skipped)
			continue;
		if (n++ < LISTED) {
			jsonw_object(&o->w);
			choice_members(o, &s->pages[i]);
			jsonw_object_end(&o->w);
		}
	}
	jsonw_list_end(&o->w);
	jsonw_key_int(&o->w, "short_n", (int64_t)n);
}

static void add_site(struct writer *o)
{
	const struct selection *s = o->selection;
	struct jsonw *w = &o->w;

	jsonw_key(w, "site");
	jsonw_object(w);
	jsonw_key_int(w, "shown", (int64_t)s->shown);
	jsonw_key_int(w, "wrong", (int64_t)s->shown_wrong);
	jsonw_key_int(w, "need", s->required.num
					? (int64_t)share_ceil(s->required, s->shown) : 0);
	short_pages(o);
	jsonw_object_end(w);
}

/* --- What waits --- */

static void add_draft(struct writer *o, const struct content_page *draft)
{
	struct str slug = str_of(draft->slug);

	jsonw_object(&o->w);
	jsonw_key_str(&o->w, "title", str_of(draft->title));
	jsonw_key_str(&o->w, "path", slug.n ? path_in(o->arena, page_path, slug) : slug);
	jsonw_object_end(&o->w);
}

static void add_drafts(struct writer *o)
{
	const struct content *c = live_content(o->s->live);

	jsonw_key(&o->w, "drafts");
	jsonw_list(&o->w);
	for (size_t i = 0; i < c->drafts_n && i < LISTED; i++)
		add_draft(o, &c->drafts[i]);
	jsonw_list_end(&o->w);
}

/* Threads that are kept back by the clock, each once. */
static void kept_back(struct writer *o, const char *key, enum reason reason)
{
	const struct selection *s = o->selection;
	bool *told = arena_array(o->arena, bool, s->threads_n);
	size_t n = 0;

	jsonw_key(&o->w, key);
	jsonw_list(&o->w);
	for (size_t i = 0; i < choices_n(o); i++)
		for (size_t k = 0; k < s->pages[i].candidates_n; k++) {
			const struct candidate *c = &s->pages[i].candidates[k];

			if (c->reason == reason && !told[c->thread] && n++ < LISTED)
				add_candidate(o, c);
			told[c->thread] = told[c->thread] || c->reason == reason;
		}
	jsonw_list_end(&o->w);
}

void state_json(struct buf *out, const struct state *s, struct arena *a)
{
	struct writer o = { .s = s, .arena = a };

	jsonw_init(&o.w, out);
	jsonw_object(&o.w);
	jsonw_key_str(&o.w, "edition", s->edition);
	jsonw_key_bool(&o.w, "done", s->done);
	jsonw_key_bool(&o.w, "shop", s->shop);
	jsonw_key_bool(&o.w, "failed", s->failed);
	add_diags(&o.w, "wrong", s->wrong);
	add_diags(&o.w, "page_wrong", s->page);
	if (s->live) {
		o.selection = live_selection(s->live);
		add_page(&o);
		add_site(&o);
		add_drafts(&o);
		kept_back(&o, "embargoed", REASON_EMBARGO);
		kept_back(&o, "expired", REASON_EXPIRED);
	}
	jsonw_object_end(&o.w);
	buf_addc(out, '\n');
}
