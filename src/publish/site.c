/* What one build works with: loaded, planned, rendered.  What pages hold is the
 * phases'; where they go, and whether they are published, build.c's. */
#include "publish/site.h"

#include "base/fsys.h"
#include "base/jobs.h"
#include "base/mem.h"
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

int site_load(struct site *site, struct diags *diags)
{
	int status = load_templates(site, diags);

	return open_copies(site, diags) < 0 ? -1 : status;
}

int site_prepare(struct site *site, struct diags *diags)
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
	if (withdrawn_plan(site, diags) < 0)
		return -1;
	return start_workers(site, diags);
}

int site_render(struct site *site, struct diags *diags)
{
	if (run_phase(site, thread_job, site->selection.threads_n, diags) < 0 ||
	    run_phase(site, choice_job, site_choices(site), diags) < 0 ||
	    run_phase(site, wrong_job, wrong_pages_n(site), diags) < 0 ||
	    run_phase(site, contributor_job, contributor_jobs_n(site), diags) < 0)
		return -1;
	for (size_t i = 0; i < site_parts_n(); i++)
		if (part_job(&site->workers[0], i, diags) < 0)
			return -1;
	return 0;
}

void site_init(struct site *site, const struct build_input *in)
{
	*site = (struct site){ .in = in, .arena = ARENA_INIT };
	site->roster = roster_new(in->config);
}

void site_release(struct site *site)
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
	pagecheck_free(site->check);
	copies_close(site->copies);
	content_release(&site->content);
	theme_release(&site->theme);
	roster_free(site->roster);
	selection_release(&site->selection);
	arena_release(&site->arena);
}

char *site_redacted(const struct site *site)
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
