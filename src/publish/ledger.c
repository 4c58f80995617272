/* honesty.json: what was shown, from how many, by which rules, and how the
 * share stands.  Programs read it: keys may be added, and mean the same for ever. */
#include "publish/site.h"

#include "base/json.h"
#include "render/paths.h"

#include <inttypes.h>
#include <stdio.h>

static void key_share(struct jsonw *w, struct ratio share)
{
	char text[48];

	snprintf(text, sizeof(text), "%" PRId64 "/%" PRId64, share.num, share.den);
	jsonw_key_str(w, "required", str_of(text));
}

static void key_hash(struct jsonw *w, const char *key,
		     const unsigned char digest[SHA256_SIZE])
{
	char hex[SHA256_HEX + 1];

	sha256_hex(digest, SHA256_SIZE, hex);
	jsonw_key_str(w, key, str_of(hex));
}

static void thread_object(struct jsonw *w, const struct chosen_thread *t,
			  const struct value *view, uint32_t position)
{
	const struct value *quote = value_get(value_get(view, STR("admission")),
					      STR("quote"));

	jsonw_object(w);
	jsonw_key_int(w, "position", position);
	jsonw_key_str(w, "venue", t->venue);
	jsonw_key_str(w, "id", t->id);
	jsonw_key_str(w, "url", value_str(view, "url"));
	jsonw_key_bool(w, "wrong", t->wrong);
	/* As it stands on the page: redacted. */
	if (quote)
		jsonw_key_str(w, "quote", quote->u.text);
	if (t->wrong)
		jsonw_key_str(w, "by", str_present(t->wrong_by) ? STR("label")
								: STR("evidence"));
	jsonw_object_end(w);
}

void ledger_page(struct buf *out, const struct site *site, const struct choice *page,
		 const struct value *threads)
{
	struct jsonw w;

	jsonw_init(&w, out);
	jsonw_object(&w);
	jsonw_key_str(&w, "slug", page->slug);
	jsonw_key_int(&w, "shown", (int64_t)page->shown_n);
	jsonw_key_int(&w, "wrong", (int64_t)page->shown_wrong);
	jsonw_key_int(&w, "confirmed", (int64_t)page->confirmed);
	key_share(&w, page->required);
	jsonw_key_int(&w, "candidates", (int64_t)page->candidates_n);
	jsonw_key_int(&w, "candidates_wrong", (int64_t)page->candidates_wrong);
	jsonw_key_int(&w, "eligible", (int64_t)page->eligible);
	jsonw_key_int(&w, "eligible_wrong", (int64_t)page->eligible_wrong);
	jsonw_key_int(&w, "shortfall", (int64_t)page->shortfall);
	jsonw_key(&w, "threads");
	jsonw_list(&w);
	for (size_t i = 0; i < page->shown_n; i++) {
		const struct candidate *c = &page->candidates[page->shown[i]];

		thread_object(&w, &site->selection.threads[c->thread],
			      &threads->u.list.items[i], c->position);
	}
	jsonw_list_end(&w);
	jsonw_object_end(&w);
}

static void accounts_list(struct jsonw *w, const struct accounts *accounts)
{
	jsonw_list(w);
	for (size_t i = 0; i < accounts->n; i++) {
		jsonw_list(w);
		jsonw_str(w, accounts->items[i].venue);
		jsonw_str(w, accounts->items[i].id);
		jsonw_list_end(w);
	}
	jsonw_list_end(w);
}

static void instant_or_null(struct jsonw *w, int64_t t, int64_t none)
{
	char text[WHEN_RFC3339];

	if (t == none) {
		jsonw_null(w);
		return;
	}
	when_format(t, text);
	jsonw_str(w, str_of(text));
}

static void periods_list(struct jsonw *w, const struct contributor *who)
{
	jsonw_list(w);
	for (size_t i = 0; i < who->active_n; i++) {
		jsonw_list(w);
		instant_or_null(w, who->active[i].from, WHEN_NONE);
		instant_or_null(w, who->active[i].to, WHEN_MAX);
		jsonw_list_end(w);
	}
	jsonw_list_end(w);
}

/* SHA-256 over the roster as a JSON list of [name, [[venue, id], ...]], in the
 * order of the file, with [[from, to], ...] behind that where there are periods;
 * shared accounts come last, under no name.  Who counts as the company's and when,
 * and nothing else. */
static void roster_hash(const struct config *c, unsigned char digest[SHA256_SIZE])
{
	struct buf b = BUF_INIT;
	struct jsonw w;

	jsonw_init(&w, &b);
	jsonw_list(&w);
	for (size_t i = 0; i < c->contributors_n; i++) {
		const struct contributor *who = &c->contributors[i];

		jsonw_list(&w);
		jsonw_str(&w, who->name);
		accounts_list(&w, &who->accounts);
		if (who->active_n)
			periods_list(&w, who);
		jsonw_list_end(&w);
	}
	if (c->shared.n) {
		jsonw_list(&w);
		jsonw_null(&w);
		accounts_list(&w, &c->shared);
		jsonw_list_end(&w);
	}
	jsonw_list_end(&w);
	sha256_of(buf_str(&b), digest);
	buf_release(&b);
}

static void site_object(struct jsonw *w, const struct selection *s)
{
	jsonw_key(w, "site");
	jsonw_object(w);
	jsonw_key_int(w, "shown", (int64_t)s->shown);
	jsonw_key_int(w, "wrong", (int64_t)s->shown_wrong);
	jsonw_key_int(w, "confirmed", (int64_t)s->confirmed);
	key_share(w, s->required);
	jsonw_key_int(w, "candidates", (int64_t)s->candidates);
	jsonw_key_int(w, "candidates_wrong", (int64_t)s->candidates_wrong);
	jsonw_key_int(w, "eligible", (int64_t)s->eligible);
	jsonw_key_int(w, "eligible_wrong", (int64_t)s->eligible_wrong);
	jsonw_key_int(w, "withdrawn", (int64_t)s->withdrawn);
	jsonw_object_end(w);
}

static void period(struct jsonw *w, const struct selection *s)
{
	char day[WHEN_DATE];

	jsonw_key(w, "period");
	jsonw_list(w);
	if (s->candidates) {
		when_format_date(s->first * WHEN_DAY, day);
		jsonw_str(w, str_of(day));
		when_format_date(s->last * WHEN_DAY, day);
		jsonw_str(w, str_of(day));
	}
	jsonw_list_end(w);
}

static int head(struct jsonw *w, const struct site *site, struct diags *diags)
{
	unsigned char digest[SHA256_SIZE];
	char day[WHEN_DATE];

	when_format_date(site->selection.day * WHEN_DAY, day);
	jsonw_key_str(w, "generator", STR("candor " CANDOR_VERSION));
	jsonw_key_str(w, "as_of", str_of(day));
	sha256_of(rules_text(site->in->rules), digest);
	key_hash(w, "rules_sha256", digest);
	roster_hash(site->in->config, digest);
	key_hash(w, "roster_sha256", digest);
	if (archive_digest(site->in->archive, digest, diags) < 0)
		return -1;
	key_hash(w, "archive_digest", digest);
	period(w, &site->selection);
	site_object(w, &site->selection);
	return 0;
}

static void pages(struct jsonw *w, const char *key, const struct buf *objects, size_t n)
{
	jsonw_key(w, key);
	jsonw_list(w);
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_addc(w->out, ',');
		buf_addstr(w->out, buf_str(&objects[i]));
	}
	jsonw_list_end(w);
}

int ledger_write(struct worker *w, struct diags *diags)
{
	const struct site *site = w->site;
	const struct selection *s = &site->selection;
	struct buf *b = &w->page;
	struct jsonw j;

	buf_reset(b);
	jsonw_init(&j, b);
	jsonw_object(&j);
	if (head(&j, site, diags) < 0)
		return -1;
	pages(&j, "products", site->ledger, s->pages_n);
	pages(&j, "scenarios", site->ledger + s->pages_n, s->scenarios_n);
	jsonw_object_end(&j);
	buf_addc(b, '\n');
	return page_put(w, STR(PATH_LEDGER), buf_str(b), diags);
}
