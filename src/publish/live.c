/* The site file by file.  What a file holds is the phases', which a build runs as well;
 * here is which of them makes it, and which have run. */
#include "publish/live.h"

#include "base/mem.h"
#include "base/when.h"
#include "publish/site.h"
#include "render/paths.h"
#include "select/texts.h"

#include <stdlib.h>

/* Nobody who asks for a page meanwhile should feel it. */
enum { STEP_MS = 5 };

struct live {
	struct build_input in;
	struct site site;
	/* Of live_get() */
	struct str asked;
	struct buf *out;   /* NULL: it isn't running */
	bool made;
	/* Of live_step() */
	size_t phase, job; /* the next */
	bool through;      /* all the pages were made */
	bool mistakes;     /* check has no use for pages that lack something */
};

/* --- The phases, behind the texts as site_render() has them --- */

static size_t threads_n(const struct site *site)
{
	return site->selection.threads_n;
}

static size_t texts_n(const struct site *site)
{
	return site->in->texts ? texts_count(site->in->texts) : 0;
}

/* Nothing that is published: a rule that asks for texts shall find them read. */
static int text_job(void *worker, size_t i, struct diags *diags)
{
	struct worker *w = worker;
	const struct selection *s = &w->site->selection;

	(void)diags;
	texts_read_ahead(w->site->in->texts, i, w->archive, s->venues, s->venues_n);
	return 0;
}

static size_t parts_n(const struct site *site)
{
	(void)site;
	return site_parts_n();
}

enum { PHASE_TEXTS, PHASE_THREADS, PHASE_CHOICES, PHASE_WRONG, PHASE_CONTRIBUTORS,
       PHASE_PARTS, PHASES };

static const struct {
	int (*job)(void *worker, size_t i, struct diags *diags);
	size_t (*count)(const struct site *site);
} phases[PHASES] = {
	[PHASE_TEXTS] = { text_job, texts_n },
	[PHASE_THREADS] = { thread_job, threads_n },
	[PHASE_CHOICES] = { choice_job, site_choices },
	[PHASE_WRONG] = { wrong_job, wrong_pages_n },
	[PHASE_CONTRIBUTORS] = { contributor_job, contributor_jobs_n },
	[PHASE_PARTS] = { part_job, parts_n },
};

static int run_job(struct live *l, size_t phase, size_t i, struct diags *diags)
{
	struct worker *w = &l->site.workers[0];
	int status = phases[phase].job(w, i, diags);

	arena_reset(&w->arena);
	return status;
}

static int run_phase(struct live *l, size_t phase, struct diags *diags)
{
	size_t n = phases[phase].count(&l->site);
	int status = 0;

	for (size_t i = 0; i < n && status == 0; i++)
		status = run_job(l, phase, i, diags);
	return status;
}

/* --- Where files go --- */

static bool is_image(struct str path)
{
	return str_starts(path, STR(PATH_IMAGES));
}

/* Whether path_file() makes that file of the path. */
static bool is_file_of(struct str file, struct str path)
{
	if (path.n && path.p[path.n - 1] != '/')
		return str_eq(file, path);
	return str_starts(file, path) &&
	       str_is(str_slice(file, path.n, file.n), "index.html");
}

static bool wants(void *ctx, struct str path)
{
	const struct live *l = ctx;

	if (!l->out)
		return true;
	if (str_is(path, PATH_SITEMAP) && str_starts(l->asked, STR(PATH_SITEMAP_PART)))
		return true;
	return is_file_of(l->asked, path);
}

static int put(void *ctx, struct str path, struct str bytes, struct diags *diags)
{
	struct live *l = ctx;

	/* Images come once, with the first page that shows them. */
	if (!l->out || is_image(path))
		return pagecheck_put(l->site.check, path, bytes, diags);
	if (str_eq(path, l->asked)) {
		buf_addstr(l->out, bytes);
		l->made = true;
	}
	return 0;
}

/* --- Which job makes the file --- */

static const struct choice *find_choice(struct live *l, struct str path)
{
	struct site *site = &l->site;
	struct arena *a = &site->workers[0].arena;
	const struct choice *found = NULL;

	for (size_t i = 0; i < site_choices(site) && !found; i++)
		if (str_starts(path, view_page_path(a, &site->selection.pages[i])))
			found = &site->selection.pages[i];
	arena_reset(a);
	return found;
}

static const struct chosen_thread *find_thread(const struct live *l, struct str path)
{
	const struct selection *s = &l->site.selection;
	const struct chosen_thread *found = NULL;
	struct buf at = BUF_INIT;

	for (size_t i = 0; i < s->threads_n && !found; i++) {
		buf_reset(&at);
		view_thread_path(&at, &l->site.view, &s->threads[i]);
		if (is_file_of(path, buf_str(&at)))
			found = &s->threads[i];
	}
	buf_release(&at);
	return found;
}

static const struct content_page *find_draft(const struct live *l, struct str path)
{
	const struct content *c = &l->site.content;
	const struct content_page *found = NULL;
	struct buf at = BUF_INIT;

	for (size_t i = 0; i < c->drafts_n && !found; i++) {
		buf_reset(&at);
		if (*c->drafts[i].slug)
			page_path(&at, str_of(c->drafts[i].slug));
		if (is_file_of(path, buf_str(&at)))
			found = &c->drafts[i];
	}
	buf_release(&at);
	return found;
}

/* Why the candidate isn't eligible: the same for all whose candidate it is. */
static enum reason reason_of(const struct selection *s, const struct chosen_thread *t)
{
	const struct choice *page = &s->pages[t->products[0]];
	uint32_t thread = (uint32_t)(t - s->threads);

	for (size_t i = 0; i < page->candidates_n; i++)
		if (page->candidates[i].thread == thread)
			return page->candidates[i].reason;
	return REASON_GONE;
}

/* A page for the preview alone: of a thread that some page waits for, or had. */
static enum live_state waits(const struct live *l, const struct chosen_thread *t)
{
	enum reason reason = t->eligible || t->withdrawn || !t->products_n
				     ? REASON_SHOWN
				     : reason_of(&l->site.selection, t);

	return reason == REASON_EMBARGO   ? LIVE_EMBARGOED
	       : reason == REASON_EXPIRED ? LIVE_EXPIRED
					  : LIVE_PUBLISHED;
}

static int get_thread(struct live *l, struct str path, struct live_file *what,
		      struct diags *diags)
{
	const struct selection *s = &l->site.selection;
	const struct chosen_thread *t = find_thread(l, path);
	size_t i = t ? (size_t)(t - s->threads) : 0;

	if (!t)
		return 0;
	what->thread = t;
	what->state = waits(l, t);
	if (what->state == LIVE_PUBLISHED)
		return run_job(l, PHASE_THREADS, i, diags);
	return thread_write(&l->site.workers[0], (uint32_t)i, diags);
}

static int get_choice(struct live *l, const struct choice *page, struct live_file *what,
		      struct diags *diags)
{
	what->choice = page;
	return run_job(l, PHASE_CHOICES, (size_t)(page - l->site.selection.pages), diags);
}

static int get_draft(struct live *l, const struct content_page *draft,
		     struct live_file *what, struct diags *diags)
{
	what->state = LIVE_DRAFT;
	return content_page_write(&l->site.workers[0], draft, diags);
}

static int get_image(struct live *l, struct str path, struct diags *diags)
{
	int status = l->site.copies ? copies_read(l->site.copies, path, l->out, diags) : 0;

	l->made = status > 0;
	return status < 0 ? -1 : 0;
}

/* What holds something of all the pages, or may be among what they bring. */
static bool is_late(const struct live *l, struct str path)
{
	return str_is(path, PATH_LEDGER) || str_is(path, PATH_SITEMAP) ||
	       str_starts(path, STR(PATH_SITEMAP_PART)) ||
	       (l->site.copies && is_image(path));
}

static int get(struct live *l, struct str path, struct live_file *what,
	       struct diags *diags)
{
	const struct content_page *draft = find_draft(l, path);
	const struct choice *choice;

	if (is_image(path))
		return get_image(l, path, diags);
	if (is_late(l, path) && !l->through)
		return 0;
	if (draft)
		return get_draft(l, draft, what, diags);
	if (str_starts(path, STR(PATH_THREADS)))
		return get_thread(l, path, what, diags);
	choice = find_choice(l, path);
	if (choice)
		return get_choice(l, choice, what, diags);
	if (str_starts(path, STR(PATH_WRONG)))
		return run_phase(l, PHASE_WRONG, diags);
	if (str_starts(path, STR(PATH_CONTRIBUTORS)))
		return run_phase(l, PHASE_CONTRIBUTORS, diags);
	return run_phase(l, PHASE_PARTS, diags);
}

static void lend(struct live *l, struct archive *a)
{
	l->in.archive = a;
	l->site.workers[0].archive = a;
}

int live_get(struct live *l, struct archive *a, struct str path, struct buf *out,
	     struct live_file *what, struct diags *diags)
{
	int status;

	*what = (struct live_file){ .found = LIVE_NOTHING };
	lend(l, a);
	l->asked = path;
	l->out = out;
	l->made = false;
	status = get(l, path, what, diags);
	arena_reset(&l->site.workers[0].arena);
	if (l->made)
		what->found = LIVE_FILE;
	else if (is_late(l, path) && !l->through)
		what->found = LIVE_LATER;
	l->out = NULL;
	lend(l, NULL);
	return status;
}

/* --- The rest of it --- */

/* The next job; 1: there was one, 0: there was none. */
static int step(struct live *l, struct diags *diags)
{
	/* Texts may have become fewer, with a choice that failed. */
	while (l->phase < PHASES && l->job >= phases[l->phase].count(&l->site)) {
		l->phase++;
		l->job = 0;
		l->through = l->phase >= PHASE_PARTS;
	}
	if (l->phase == PHASES)
		return 0;
	return run_job(l, l->phase, l->job++, diags) < 0 ? -1 : 1;
}

int live_step(struct live *l, struct archive *a, struct diags *diags)
{
	int64_t until = when_clock_ms() + STEP_MS;
	struct diags own = DIAGS_INIT;
	int status = l->phase < PHASES;
	bool last = false;

	lend(l, a);
	while (status > 0 && when_clock_ms() < until) {
		status = step(l, &own);
		last = status == 0;
	}
	l->mistakes = l->mistakes || diags_errors(&own);
	if (status < 0)
		l->phase = PHASES;
	/* What a template's mistake left out of pages would be said again as links. */
	if (last && !l->mistakes)
		site_check_report(&l->site, &own);
	diags_merge(diags, &own);
	lend(l, NULL);
	return status;
}

/* --- From start to end --- */

static int prepare(struct live *l, struct diags *diags)
{
	struct site *site = &l->site;
	int loaded = site_load(site, diags);

	if (select_again(&site->selection, l->in.archive, l->in.rules, l->in.config,
			 l->in.now, l->in.texts, diags) < 0 || loaded < 0)
		return -1;
	site_check_open(site);
	return site_prepare(site, diags);
}

int live_open(struct live **out, const struct build_input *in, struct diags *diags)
{
	struct live *l = xcalloc(1, sizeof(*l));

	l->in = *in;
	l->in.jobs = 1;
	site_init(&l->site, &l->in);
	l->site.lazy = true;
	l->site.sink = (struct site_sink){ put, l, wants };
	*out = l;
	if (prepare(l, diags) < 0) {
		live_close(l);
		*out = NULL;
		return -1;
	}
	lend(l, NULL);
	return 0;
}

const struct selection *live_selection(const struct live *l)
{
	return &l->site.selection;
}

const struct content *live_content(const struct live *l)
{
	return &l->site.content;
}

bool live_thread_path(const struct live *l, const struct chosen_thread *t, struct buf *out)
{
	if (!site_has_page(&l->site, t) && waits(l, t) == LIVE_PUBLISHED)
		return false;
	view_thread_path(out, &l->site.view, t);
	return true;
}

void live_close(struct live *l)
{
	if (!l)
		return;
	site_release(&l->site);
	free(l);
}
