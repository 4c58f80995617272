/* What a plan compares a site with: a built site, by its ledger and the hashes of its
 * files; or one that is made for it in memory, of another archive or by other rules. */
#include "before.h"
#include "stage-internal.h"

#include "base/fsys.h"
#include "base/mem.h"
#include "render/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A build may switch trees again and again, but not every few milliseconds. */
enum { TRIES = 20, LEDGER_MAX = 1 << 30 };

void record_page_file(const struct record_page *page, struct buf *out)
{
	struct buf path = BUF_INIT;

	(page->scenario ? scenario_path : product_path)(&path, page->slug);
	path_file(out, buf_str(&path));
	buf_release(&path);
}

/* --- A built site --- */

/* The ledger doesn't say which pages `shortfall: skip` left out, but the site does, unless
 * somebody kept the ledger alone. */
static void find_skipped(struct before *b)
{
	bool whole = stage_has(b->stage, "index.html");

	for (size_t i = 0; whole && i < b->record.pages_n; i++) {
		struct record_page *page = &b->record.pages[i];
		struct buf file = BUF_INIT;

		if (!page->shown) {
			record_page_file(page, &file);
			page->skipped = !stage_has(b->stage, file.p);
		}
		buf_release(&file);
	}
}

static int read_ledger(struct before *b, struct diags *diags)
{
	char *path = fsys_join(b->path, PATH_LEDGER);
	struct buf text = BUF_INIT;
	int status = stage_read(b->stage, PATH_LEDGER, LEDGER_MAX, &text, diags);

	if (status == 0)
		status = record_of_ledger(&b->record, buf_str(&text), path, diags);
	b->known = status == 0;
	if (b->known)
		find_skipped(b);
	buf_release(&text);
	free(path);
	return status;
}

/* A build replaces no link, but what one leads to can be compared with. */
static int look(struct before *b, bool ours, struct diags *diags)
{
	char *real = ours ? NULL : realpath(b->path, NULL);
	int status = stage_look(&b->stage, real ? real : b->path, ours, diags);

	free(real);
	if (status < 0)
		return -1;
	b->stands = stage_has(b->stage, STAGE_MARKER) || stage_has(b->stage, PATH_LEDGER);
	return 0;
}

static void look_away(struct before *b)
{
	record_release(&b->record);
	stage_close(b->stage);
	b->record = (struct record){ .arena = ARENA_INIT };
	b->stage = NULL;
	b->known = false;
}

/* The folder is switched while another build runs: then it is looked at again.  said gets
 * what is wrong with the ledger. */
static int read_site(struct before *b, bool ours, struct diags *said, struct diags *diags)
{
	for (int tries = 0;; tries++) {
		if (look(b, ours, diags) < 0)
			return -1;
		if (b->stands)
			read_ledger(b, said);
		if (!stage_moved(b->stage) || tries == TRIES)
			return 0;
		look_away(b);
		diags_release(said);
		*said = (struct diags)DIAGS_INIT;
	}
}

static void tell_damaged(const struct diags *said, struct diags *diags)
{
	const struct diag *first = &said->items[0];

	diag_add(diags, DIAG_LEDGER_DAMAGED, place_line(first->path, first->line, first->column),
		 "the ledger of the published site can't be used: %s", first->message);
	diag_hint(diags, "everything counts as new; once it is removed, the next build writes it anew");
}

/* What is wrong with a published ledger keeps nobody from building, but another that was
 * asked for is all there is. */
static int before_site(struct before *b, struct diags *diags)
{
	bool ours = b->against == AGAINST_PUBLISHED;
	struct diags said = DIAGS_INIT;
	int status = read_site(b, ours, &said, diags);

	if (said.n && ours)
		tell_damaged(&said, diags);
	else if (said.n) {
		diags_merge(diags, &said);
		status = -1;
	}
	diags_release(&said);
	if (status == 0 && b->stands && !stage_manifest(b->stage))
		b->unknown = "no record of them in .candor/";
	return status;
}

/* --- One that is made --- */

/* What is wrong with its pages is no matter here: its choice is what counts. */
static int make(struct before *b, struct diags *diags)
{
	struct diags said = DIAGS_INIT;
	struct comparing files;
	int status, loaded;

	comparing_init(&files, &b->files);
	site_init(&b->site, &b->in);
	b->made = true;
	loaded = site_load(&b->site, &said);
	b->site.sink = (struct site_sink){ .put = comparing_put, .ctx = &files };
	status = site_make(&b->site, loaded, &said);
	comparing_release(&files);
	if (status < 0)
		b->unknown = "there are mistakes in what it is compared with";
	b->stands = b->known = status == 0 || b->site.selection.pages_n;
	if (!b->known)
		diags_merge(diags, &said);
	diags_release(&said);
	return b->known ? 0 : -1;
}

static int before_archive(struct before *b, struct diags *diags)
{
	if (archive_open(&b->archive, b->path, ARCHIVE_READ, diags) < 0)
		return -1;
	b->in.archive = b->archive;
	if (make(b, diags) < 0)
		return -1;
	record_of_selection(&b->record, &b->site.selection, str_of(rules_path(b->in.rules)));
	return 0;
}

/* Everything by its relative paths: the folder is where candor runs. */
static int make_source(struct before *b, struct diags *diags)
{
	char *rules, *archive;
	int status = config_load(&b->config, "candor.yaml", diags);

	rules = xmemdup0(b->config.rules.p, b->config.rules.n);
	archive = xmemdup0(b->config.archive.p, b->config.archive.n);
	if (rules_load(&b->rules, rules, diags) < 0)
		status = -1;
	if (status == 0)
		status = archive_open(&b->archive, archive, ARCHIVE_READ, diags);
	free(archive);
	free(rules);
	b->in.config = &b->config;
	b->in.rules = b->rules;
	b->in.archive = b->archive;
	return status == 0 ? make(b, diags) : -1;
}

/* Messages name files as they are called from here. */
static void merge_from(struct before *b, struct diags *said, struct diags *diags)
{
	for (size_t i = 0; i < said->n; i++) {
		char *path = said->items[i].path;

		if (!path)
			continue;
		said->items[i].path = fsys_join(b->path, path);
		free(path);
	}
	diags_merge(diags, said);
}

static int before_source(struct before *b, struct diags *diags)
{
	int home = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), status = -1;
	struct diags said = DIAGS_INIT;
	char *rules;

	if (home < 0 || chdir(b->path) < 0) {
		diag_errno(diags, DIAG_UNREADABLE, place_file(b->path),
			   "cannot run in the folder");
	} else {
		status = make_source(b, &said);
		if (fchdir(home) < 0)
			status = diag_errno(diags, DIAG_UNREADABLE, NO_PLACE,
					    "cannot return from '%s'", b->path);
	}
	if (home >= 0)
		close(home);
	if (status < 0)
		merge_from(b, &said, diags);
	diags_release(&said);
	if (status < 0)
		return -1;
	rules = fsys_join(b->path, rules_path(b->rules));
	record_of_selection(&b->record, &b->site.selection, str_of(rules));
	free(rules);
	return 0;
}

/* --- Which of them --- */

static bool has(const char *folder, const char *name)
{
	char *path = fsys_join(folder, name);
	bool yes = fsys_exists(path);

	free(path);
	return yes;
}

static int find_out(struct before *b, struct diags *diags)
{
	struct stat st;

	if (stat(b->path, &st) < 0)
		return diag_errno(diags, errno == ENOENT ? DIAG_NOT_FOUND : DIAG_UNREADABLE,
				  place_file(b->path), "cannot compare with it");
	if (!S_ISDIR(st.st_mode))
		b->against = AGAINST_ARCHIVE;
	else if (has(b->path, "candor.yaml"))
		b->against = AGAINST_SOURCE;
	else if (has(b->path, PATH_LEDGER))
		b->against = AGAINST_BUILT;
	else {
		diag_add(diags, DIAG_NOT_FOUND, place_file(b->path),
			 "the folder holds no site: it has neither candor.yaml nor "
			 "honesty.json");
		diag_hint(diags, "'--against' takes an archive, a folder with a "
				 "candor.yaml, or a built site");
		return -1;
	}
	return 0;
}

int before_open(struct before *b, const struct build_input *in, const char *against,
		struct diags *diags)
{
	const struct str output = in->config->output;

	*b = (struct before){ .against = AGAINST_PUBLISHED, .in = *in,
			      .files = MANIFEST_INIT, .record = { .arena = ARENA_INIT } };
	b->in.check = b->in.strict = false;
	b->path = against ? xstrdup(against) : xmemdup0(output.p, output.n);
	if (against && find_out(b, diags) < 0)
		return -1;
	switch (b->against) {
	case AGAINST_ARCHIVE:
		return before_archive(b, diags);
	case AGAINST_SOURCE:
		return before_source(b, diags);
	default:
		return before_site(b, diags);
	}
}

void before_close(struct before *b)
{
	record_release(&b->record);
	if (b->made)
		site_release(&b->site);
	manifest_release(&b->files);
	stage_close(b->stage);
	archive_close(b->archive);
	rules_free(b->rules);
	config_release(&b->config);
	free(b->path);
}

struct manifest *before_files(struct before *b)
{
	if (b->unknown)
		return NULL;
	return b->stage ? stage_manifest(b->stage) : &b->files;
}
