/* A build that only says what it would do.  What it is compared with is before.c's; what
 * differs, plan.c's. */
#include "publish/dry-run.h"

#include "before.h"

#include "base/fsys.h"
#include "base/mem.h"
#include "publish/site.h"
#include "render/paths.h"

#include <stdlib.h>

struct dry_run {
	struct build_input in;
	struct before before;
	struct site site;
	struct record record;
	struct comparing files;
	struct manifest nothing; /* when there is no site: all is new */
	/* What the rules of the published site would choose now. */
	struct rules *old_rules;
	struct selection old;
	struct record old_record;
	bool made, chosen;
	struct plan plan;
};

/* The files that the site has; or none, when there is no site or nobody knows them. */
static struct manifest *base_of(struct dry_run *d)
{
	struct manifest *known = d->before.stands ? before_files(&d->before) : NULL;

	return known ? known : &d->nothing;
}

/* The build would find that nothing has changed. */
static bool is_current(struct dry_run *d)
{
	unsigned char key[SHA256_SIZE];

	if (d->before.against != AGAINST_PUBLISHED || !d->before.stage)
		return false;
	site_key(&d->site, key);
	return stage_current(d->before.stage, key, d->in.now);
}

static int choose_alone(struct dry_run *d, struct diags *diags)
{
	return select_run(&d->site.selection, d->in.archive, d->in.rules, d->in.config,
			  d->in.now, diags);
}

/* The site as a build would make it now.  Its files are only hashed. */
static int make(struct dry_run *d, struct plan_files *files, struct diags *diags)
{
	int loaded, status;

	comparing_init(&d->files, base_of(d));
	site_init(&d->site, &d->in);
	d->made = true;
	loaded = site_load(&d->site, diags);
	if (loaded == 0 && !d->before.unknown && is_current(d)) {
		files->same = d->files.base->n - 1;
		return choose_alone(d, diags);
	}
	d->site.sink = (struct site_sink){ .put = comparing_put, .ctx = &d->files };
	status = site_make(&d->site, loaded, diags);
	files->unknown = status < 0 ? "there are mistakes" : d->before.unknown;
	if (!files->unknown)
		comparing_result(&d->files, files);
	return status;
}

/* --- Why: the rules may have changed, or the archive --- */

static bool something_enters(const struct plan *p)
{
	for (size_t i = 0; i < p->pages_n; i++)
		if (plan_stands(p->pages[i].before) && p->pages[i].lists[PLAN_ENTER].n)
			return true;
	return false;
}

static bool same_rules(const struct dry_run *d)
{
	unsigned char digest[SHA256_SIZE];
	char hex[SHA256_HEX + 1];

	sha256_of(rules_text(d->in.rules), digest);
	sha256_hex(digest, SHA256_SIZE, hex);
	return str_is(d->before.record.rules_sha256, hex);
}

/* A ledger doesn't say why something wasn't shown, but the rules stand beside it. */
static void choose_by_published_rules(struct dry_run *d)
{
	struct diags none = DIAGS_INIT;
	char *path;

	if (!d->plan.before || d->plan.before->whole || !something_enters(&d->plan) ||
	    same_rules(d))
		return;
	path = fsys_join(d->before.path, PATH_RULES);
	if (rules_load(&d->old_rules, path, &none) == 0) {
		select_run(&d->old, d->in.archive, d->old_rules, d->in.config, d->in.now,
			   &none);
		record_of_selection(&d->old_record, &d->old, str_of(path));
	}
	free(path);
	diags_release(&none);
}

/* --- The plan --- */

/* Where it is the same threads in the same order. */
static bool is_among(const struct plan_files *files, struct str path)
{
	return str_among(files->changed, files->changed_n, path) ||
	       str_among(files->fresh, files->fresh_n, path);
}

static void find_texts(struct plan *p)
{
	for (size_t i = 0; i < p->pages_n; i++) {
		const struct record_page *page = plan_page_of(&p->pages[i]);
		struct buf file = BUF_INIT, fragment = BUF_INIT;

		record_page_file(page, &file);
		if (!page->scenario)
			fragment_path(&fragment, page->slug);
		p->pages[i].text = is_among(&p->files, buf_str(&file)) ||
				   is_among(&p->files, buf_str(&fragment));
		buf_release(&file);
		buf_release(&fragment);
	}
}

static int tell(struct dry_run *d, struct diags *diags)
{
	const struct config *c = d->in.config;
	const struct redactor redactor = rules_redactor(d->in.rules, c);
	const struct view view = {
		.config = c,
		.selection = &d->site.selection,
		.rules = d->in.rules,
		.redactor = &redactor,
		.language = language_find(c->language),
	};
	const struct plan_witness witness = {
		d->in.archive, &d->site.selection, &view,
		d->old_record.pages_n ? &d->old_record : NULL
	};

	return plan_tell(&d->plan, &witness, diags);
}

static int compare(struct dry_run *d, const struct plan_files *files, struct diags *diags)
{
	d->chosen = true;
	record_of_selection(&d->record, &d->site.selection,
			    str_of(rules_path(d->in.rules)));
	plan_make(&d->plan, d->before.known ? &d->before.record : NULL, &d->record);
	d->plan.against = d->before.against;
	d->plan.path = str_of(d->before.path);
	d->plan.files = *files;
	find_texts(&d->plan);
	choose_by_published_rules(d);
	return tell(d, diags);
}

int dry_run(struct dry_run **out, const struct build_input *in, const char *against,
	    struct diags *diags)
{
	struct dry_run *d = *out = xcalloc(1, sizeof(*d));
	struct plan_files files = { 0 };
	int status;

	d->in = *in;
	if (before_open(&d->before, in, against, diags) < 0)
		return -1;
	status = make(d, &files, diags);
	if (status < 0 && !d->site.selection.pages_n)
		return -1;
	if (compare(d, &files, diags) < 0)
		status = -1;
	d->plan.fails = diags_status(diags, in->strict);
	if (status < 0 && !d->plan.fails)
		d->plan.fails = 1;
	return status;
}

const struct plan *dry_run_plan(const struct dry_run *d)
{
	return d->chosen ? &d->plan : NULL;
}

void dry_run_free(struct dry_run *d)
{
	if (d->chosen) {
		plan_release(&d->plan);
		record_release(&d->record);
	}
	record_release(&d->old_record);
	selection_release(&d->old);
	rules_free(d->old_rules);
	if (d->made) {
		site_release(&d->site);
		comparing_release(&d->files);
	}
	manifest_release(&d->nothing);
	before_close(&d->before);
	free(d);
}
