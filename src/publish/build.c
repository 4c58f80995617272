/* One build from start to end.  What pages hold is the phases'; how files get
 * into place is stage.c's. */
#include "publish/site.h"

#include "base/fsys.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

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

/* The choice may differ at the selection's next instant; the ledger names the day,
 * and contributors are listed by it: whichever comes first. */
static int64_t valid_until(const struct site *site)
{
	int64_t midnight = (site->selection.day + 1) * WHEN_DAY;

	return site->selection.next < midnight ? site->selection.next : midnight;
}

/* --- Into a stage, and published --- */

static int put_in_stage(void *ctx, struct str path, struct str bytes, struct diags *diags)
{
	return stage_put(ctx, path, bytes, diags);
}

static int open_stage(struct stage **out, const struct config *c, struct diags *diags)
{
	char *output = xmemdup0(c->output.p, c->output.n);
	int status = stage_open(out, output, (enum publish_way)c->publish, diags);

	free(output);
	return status;
}

static int publish(const struct site *site, struct stage *stage, struct stage_inputs *inputs,
		   struct stage_counts *counts, struct diags *diags)
{
	/* Mistakes in templates let the rendering go on, but never the publishing. */
	if (diags_status(diags, site->in->strict))
		return -1;
	inputs->since = site->in->now;
	inputs->until = valid_until(site);
	return stage_publish(stage, inputs, counts, diags);
}

static int choose_and_render(struct site *site, int loaded, struct diags *diags)
{
	const struct build_input *in = site->in;

	if (select_run(&site->selection, in->archive, in->rules, in->config, in->now,
		       diags) < 0 || loaded < 0)
		return -1;
	if (in->check)
		site_check_open(site);
	if (site_prepare(site, diags) < 0)
		return -1;
	return site_render(site, diags);
}

static int build(struct site *site, struct build_result *result, struct diags *diags)
{
	struct stage_inputs inputs = { 0 };
	struct stage *stage;
	int loaded = site_load(site, diags), status = -1;

	if (open_stage(&stage, site->in->config, diags) < 0)
		return -1;
	site->sink = (struct site_sink){ .put = put_in_stage, .ctx = stage };
	if (loaded == 0) {
		inputs_key(site, inputs.key);
		result->current = stage_current(stage, inputs.key, site->in->now);
	}
	if (result->current)
		status = 0;
	else if (choose_and_render(site, loaded, diags) == 0)
		status = publish(site, stage, &inputs, &result->counts, diags);
	stage_close(stage);
	return status;
}

/* --- Before the eyes of check --- */

static int put_in_check(void *ctx, struct str path, struct str bytes, struct diags *diags)
{
	const struct site *site = ctx;

	return pagecheck_put(site->check, path, bytes, diags);
}

static int check(struct site *site, struct diags *diags)
{
	int loaded = site_load(site, diags), status;

	site->sink = (struct site_sink){ .put = put_in_check, .ctx = site };
	status = choose_and_render(site, loaded, diags);
	/* What a template's mistake left out of pages would be said again as links. */
	if (status == 0 && !diags_errors(diags))
		site_check_report(site, diags);
	return status == 0 && diags_status(diags, site->in->strict) ? -1 : status;
}

int build_site(const struct build_input *in, struct build_result *result,
	       struct diags *diags)
{
	struct site site;
	int status;

	*result = (struct build_result){ 0 };
	site_init(&site, in);
	status = in->check ? check(&site, diags) : build(&site, result, diags);
	result->products = site.selection.pages_n;
	result->threads_shown = site.selection.shown;
	result->wrong_shown = site.selection.shown_wrong;
	result->redacted = site_redacted(&site);
	site_release(&site);
	return status;
}
