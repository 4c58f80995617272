/* One build from start to end.  What pages hold is the phases'; how files get
 * into place is stage.c's. */
#include "publish/site.h"

#include "base/fsys.h"
#include "base/mem.h"
#include "publish/jobs.h"
#include "render/paths.h"

#include <stdlib.h>
#include <string.h>

bool site_own_venue(const struct site *site, struct str slug)
{
	for (size_t i = 0; i < site->selection.venues_n; i++)
		if (str_eq(site->selection.venues[i].slug, slug))
			return site->selection.venues[i].own;
	return false;
}

static int compile_builtins(struct site *site, struct diags *diags)
{
	const struct builtin *b = site->theme.builtin;
	const struct {
		const struct template **into;
		const char *text;
	} rows[] = {
		{ &site->all, b->all },
		{ &site->scenarios, b->scenarios.text },
		{ &site->withdrawn_page, b->withdrawn.text },
		{ &site->wrong_page, b->wrong.text },
		{ &site->contributors_page, b->contributors.text },
		{ &site->topic, b->topic },
		{ &site->search_page, b->search.text },
	};
	int status = 0;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		*rows[i].into = theme_compile_builtin(&site->theme, rows[i].text, diags);
		if (!*rows[i].into)
			status = -1;
	}
	return status;
}

static void check_language(const struct config *c, struct diags *diags)
{
	const struct ynode *node = ydoc_get(c->doc.root, "language");

	if (language_speaks(c->language))
		return;
	diag_add(diags, DIAG_LANGUAGE_UNKNOWN, place_in(&c->source, node->at, node->n),
		 "candor doesn't speak '%.*s': what it says itself is in English",
		 STR_ARG(c->language));
	diag_hint(diags, "it speaks en, de and nl");
}

/* The usual folder may be absent, but not another that somebody asked for. */
static int check_content(const struct config *c, const char *dir, struct diags *diags)
{
	const struct ynode *node = ydoc_get(c->doc.root, "content");

	if (!node || str_is(c->content, "content") || fsys_exists(dir))
		return 0;
	return diag_add(diags, DIAG_NOT_FOUND, place_in(&c->source, node->at, node->n),
			"there is no folder '%s'", dir);
}

/* Theme and content: everything that is compiled. */
static int load_templates(struct site *site, struct diags *diags)
{
	const struct config *c = site->in->config;
	char *theme = xmemdup0(c->theme.p, c->theme.n);
	char *content = xmemdup0(c->content.p, c->content.n);
	int status = theme_load(&site->theme, theme, c->language, diags);

	check_language(c, diags);
	if (check_content(c, content, diags) < 0)
		status = -1;
	if (site->theme.templates) {
		if (content_load(&site->content, content, &site->theme, diags) < 0)
			status = -1;
		if (compile_builtins(site, diags) < 0)
			status = -1;
	}
	free(theme);
	free(content);
	return status;
}

static int put_image(void *ctx, struct str path, struct str bytes, struct diags *diags)
{
	return site_put(ctx, path, bytes, diags);
}

/* The copies of images are in the folder "images" beside the archive. */
static int open_copies(struct site *site, struct diags *diags)
{
	struct str archive = str_of(archive_path(site->in->archive));
	const struct copies_sink sink = { put_image, site };
	struct buf dir = BUF_INIT;
	int status;

	if (site->in->config->images != IMAGES_LOCAL)
		return 0;
	while (archive.n && archive.p[archive.n - 1] != '/')
		archive.n--;
	buf_addstr(&dir, archive);
	buf_addlit(&dir, "images");
	status = copies_open(&site->copies, dir.p, sink, diags);
	buf_release(&dir);
	return status;
}

/* A hash over all that decides the bytes of the site, but the clock. */
static void inputs_key(struct site *site, unsigned char key[SHA256_SIZE])
{
	const struct build_input *in = site->in;
	unsigned char digest[SHA256_SIZE];
	struct fsys_stamp stamp = { 0 };
	uint32_t counter = archive_change_counter(in->archive);
	struct sha256 h;

	sha256_start(&h);
	sha256_add(&h, STR(CANDOR_VERSION));
	/* What was published in spite of warnings is not done under strict. */
	sha256_add(&h, in->strict ? STR("strict") : STR(""));
	fsys_stamp(archive_path(in->archive), &stamp);
	sha256_add(&h, str_make((const char *)&stamp, sizeof(stamp)));
	sha256_add(&h, str_make((const char *)&counter, sizeof(counter)));
	sha256_of(source_text(&in->config->source), digest);
	sha256_add(&h, str_make((const char *)digest, sizeof(digest)));
	sha256_of(rules_text(in->rules), digest);
	sha256_add(&h, str_make((const char *)digest, sizeof(digest)));
	sha256_finish(&site->theme.digest, digest);
	sha256_add(&h, str_make((const char *)digest, sizeof(digest)));
	sha256_finish(&site->content.digest, digest);
	sha256_add(&h, str_make((const char *)digest, sizeof(digest)));
	if (site->copies) {
		copies_digest(site->copies, digest);
		sha256_add(&h, str_make((const char *)digest, sizeof(digest)));
	}
	sha256_finish(&h, key);
}

/* Two threads of a venue must never share a path: see paths.h. */
bool *site_long_paths(const struct selection *s, struct arena *a)
{
	bool *clash = arena_array(a, bool, s->threads_n);
	struct str *ids = xcalloc(s->threads_n, sizeof(*ids));
	size_t *from = xcalloc(s->threads_n, sizeof(*from));
	bool *found = xcalloc(s->threads_n, sizeof(*found));

	for (size_t v = 0; v < s->venues_n; v++) {
		size_t n = 0;

		for (size_t i = 0; i < s->threads_n; i++)
			if (str_eq(s->threads[i].venue, s->venues[v].slug)) {
				ids[n] = s->threads[i].id;
				from[n++] = i;
			}
		path_clashes(ids, n, found);
		for (size_t i = 0; i < n; i++)
			clash[from[i]] = found[i];
	}
	free(found);
	free(from);
	free(ids);
	return clash;
}

static int start_workers(struct site *site, struct diags *diags)
{
	size_t n = (size_t)site->in->jobs;

	site->workers = xcalloc(n, sizeof(*site->workers));
	for (; site->workers_n < n; site->workers_n++) {
		struct worker *w = &site->workers[site->workers_n];

		*w = (struct worker){ .site = site, .index = (uint32_t)site->workers_n,
				      .archive = site->in->archive,
				      .owns_archive = site->workers_n > 0, .arena = ARENA_INIT,
				      .body = BUF_INIT, .page = BUF_INIT, .packed = BUF_INIT,
				      .spool = SPOOL_INIT,
				      .redacted = xcalloc(site->redactor.n,
							  sizeof(size_t)) };
		if (w->owns_archive &&
		    archive_open_again(&w->archive, site->in->archive, diags) < 0)
			return -1;
	}
	return 0;
}

static int run_phase(struct site *site, int (*job)(void *, size_t, struct diags *),
		     size_t n, struct diags *diags)
{
	void **workers = xcalloc(site->workers_n, sizeof(*workers));
	const struct jobs jobs = { job, workers, site->workers_n };
	int status;

	for (size_t i = 0; i < site->workers_n; i++)
		workers[i] = &site->workers[i];
	status = jobs_run(&jobs, n, diags);
	for (size_t i = 0; status == 0 && i < site->workers_n; i++)
		status = spool_flush(&site->workers[i].spool, diags);
	free(workers);
	return status;
}

static int render_all(struct site *site, struct diags *diags)
{
	const struct selection *s = &site->selection;

	site->redactor = rules_redactor(site->in->rules, site->in->config);
	site->view = (struct view){ site->in->config, s, site->roster, &site->theme,
				    site->in->rules, site->copies, &site->redactor,
				    language_find(site->in->config->language), NULL };
	site->view.long_path = site_long_paths(&site->selection, &site->arena);
	site_plan(site);
	wrong_plan(site);
	contributors_plan(site);
	site->model = view_site(&site->arena, &site->view);
	site->modified = arena_array(&site->arena, int64_t, s->threads_n);
	menu_plan(site);
	site->spooled = arena_array(&site->arena, struct spool_ref, s->threads_n);
	site->ledger = arena_array(&site->arena, struct buf, site_choices(site));
	for (size_t i = 0; i < site_choices(site); i++)
		buf_init(&site->ledger[i]);
	if (withdrawn_plan(site, diags) < 0 || start_workers(site, diags) < 0 ||
	    run_phase(site, thread_job, s->threads_n, diags) < 0 ||
	    run_phase(site, choice_job, site_choices(site), diags) < 0 ||
	    run_phase(site, wrong_job, wrong_pages_n(site), diags) < 0 ||
	    run_phase(site, contributor_job, contributor_jobs_n(site), diags) < 0)
		return -1;
	return site_wide(&site->workers[0], diags);
}

/* The choice may differ at the selection's next instant; the ledger names the day,
 * and contributors are listed by it: whichever comes first. */
static int64_t valid_until(const struct site *site)
{
	int64_t midnight = (site->selection.day + 1) * WHEN_DAY;

	return site->selection.next < midnight ? site->selection.next : midnight;
}

static int publish(struct site *site, struct stage_inputs *inputs,
		   struct stage_counts *counts, struct diags *diags)
{
	/* Mistakes in templates let the rendering go on, but never the publishing. */
	if (diags_status(diags, site->in->strict))
		return -1;
	if (!site->stage)
		return 0;
	inputs->since = site->in->now;
	inputs->until = valid_until(site);
	return stage_publish(site->stage, inputs, counts, diags);
}

/* --- check --- */

/* What is below the site's address and not the site's: each as it is known. */
static void open_check(struct site *site)
{
	const struct config *c = site->in->config;
	const struct selection *s = &site->selection;
	struct str *all = arena_array(&site->arena, struct str,
				      s->venues_n + s->pages_n + 1);
	size_t n = 0, below = 0;

	for (size_t i = 0; i < s->venues_n; i++)
		all[n++] = s->venues[i].url;
	for (size_t i = 0; i < s->pages_n; i++)
		all[n++] = s->pages[i].product->url;
	all[n++] = c->contact;
	for (size_t i = 0; i < n; i++)
		if (all[i].n > c->url.n && str_starts(all[i], c->url))
			all[below++] = all[i];
	site->check = pagecheck_new(c->url, all, below);
}

/* Files that come after the build, unless content/ has them. */
static void expect_pagefind(struct site *site)
{
	struct diags twice = DIAGS_INIT;

	pagecheck_put(site->check, STR(PATH_PAGEFIND_CSS), STR(""), &twice);
	pagecheck_put(site->check, STR(PATH_PAGEFIND_SCRIPT), STR(""), &twice);
	diags_release(&twice);
}

static void report_check(struct site *site, struct diags *diags)
{
	const struct content *c = &site->content;
	const struct theme *t = &site->theme;
	struct arena *a = &site->arena;
	struct page_source *sources = arena_array(a, struct page_source, c->pages_n +
						  t->assets_n + THEME_PAGE_COUNT);
	size_t n = 0;

	if (site->in->config->search == SEARCH_PAGEFIND)
		expect_pagefind(site);
	for (size_t i = 0; i < c->pages_n; i++) {
		const char *slug = c->pages[i].slug;

		if (c->pages[i].file)
			sources[n++] = (struct page_source){
				arena_printf(a, "%s%sindex.html", slug, *slug ? "/" : ""),
				c->pages[i].file };
	}
	for (size_t i = 0; i < t->assets_n; i++)
		sources[n++] = (struct page_source){
			str_of(t->assets[i].path),
			arena_printf(a, "%s/assets/%s", t->dir, t->assets[i].name).p };
	for (int page = 0; page < THEME_PAGE_COUNT; page++)
		sources[n++] = (struct page_source){
			STR_NONE, arena_printf(a, "%s/%s", t->dir,
					       theme_file((enum theme_page)page)).p };
	pagecheck_report(site->check, arena_strz(a, site->in->config->output), sources, n,
			 diags);
}

static int open_stage(struct site *site, struct diags *diags)
{
	const struct config *c = site->in->config;
	char *output = xmemdup0(c->output.p, c->output.n);
	int status = stage_open(&site->stage, output, (enum publish_way)c->publish, diags);

	free(output);
	return status;
}

static int build(struct site *site, struct build_result *result, struct diags *diags)
{
	const struct build_input *in = site->in;
	int loaded = load_templates(site, diags);
	struct stage_inputs inputs = { 0 };

	if (open_copies(site, diags) < 0)
		loaded = -1;
	if (!in->check) {
		if (open_stage(site, diags) < 0)
			return -1;
		if (loaded == 0) {
			inputs_key(site, inputs.key);
			result->current = stage_current(site->stage, inputs.key, in->now);
		}
		if (result->current)
			return 0;
	}
	if (select_run(&site->selection, in->archive, in->rules, in->config, in->now,
		       diags) < 0 || loaded < 0)
		return -1;
	if (in->check)
		open_check(site);
	if (render_all(site, diags) < 0)
		return -1;
	/* What a template's mistake left out of pages would be said again as links. */
	if (in->check && !diags_errors(diags))
		report_check(site, diags);
	return publish(site, &inputs, &result->counts, diags);
}

static void release(struct site *site)
{
	for (size_t i = 0; i < site->workers_n; i++) {
		struct worker *w = &site->workers[i];

		if (w->owns_archive)
			archive_close(w->archive);
		arena_release(&w->arena);
		buf_release(&w->body);
		buf_release(&w->page);
		buf_release(&w->packed);
		spool_release(&w->spool);
		free(w->redacted);
	}
	free(site->workers);
	for (size_t i = 0; site->ledger && i < site_choices(site); i++)
		buf_release(&site->ledger[i]);
	withdrawn_release(site);
	copies_close(site->copies);
	stage_close(site->stage);
	pagecheck_free(site->check);
	content_release(&site->content);
	theme_release(&site->theme);
	roster_free(site->roster);
	selection_release(&site->selection);
	arena_release(&site->arena);
}

/* "12 email, 3 phone number", owned, or NULL. */
static char *redacted(const struct site *site)
{
	struct buf all = BUF_INIT;

	for (size_t i = 0; i < site->redactor.n; i++) {
		size_t n = 0;

		for (size_t k = 0; k < site->workers_n; k++)
			n += site->workers[k].redacted[i];
		if (n)
			buf_addf(&all, "%s%zu %.*s", all.n ? ", " : "", n,
				 STR_ARG(site->redactor.items[i].name));
	}
	return all.n ? buf_detach(&all) : NULL;
}

int build_site(const struct build_input *in, struct build_result *result,
	       struct diags *diags)
{
	struct site site = { .in = in, .arena = ARENA_INIT };
	int status;

	*result = (struct build_result){ 0 };
	site.roster = roster_new(in->config);
	status = build(&site, result, diags);
	result->products = site.selection.pages_n;
	result->threads_shown = site.selection.shown;
	result->wrong_shown = site.selection.shown_wrong;
	result->redacted = redacted(&site);
	release(&site);
	return status;
}
