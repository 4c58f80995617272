/* What a published site shows, as its ledger says: honesty.json, written by ledger.c. */
#include "publish/record.h"

#include "base/json-keys.h"
#include "base/when.h"

#include <stdlib.h>

/* What of it is read, as it stands there. */
struct ledger {
	int64_t day;
	struct str rules_sha256;
	struct ledger_site {
		int64_t shown, wrong;
		struct ratio required;
	} site;
	struct record_page *products, *scenarios;
	size_t products_n, scenarios_n;
};

static bool take_number(struct str s, int64_t *out)
{
	int64_t n = 0;

	if (!s.n || s.n > 18)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		n = n * 10 + s.p[i] - '0';
	}
	*out = n;
	return true;
}

/* "1/4" */
static JSON_TAKE(share)
{
	struct ratio *out = json_member(object, key->offset), share;
	struct str rest = v->kind == JSON_STR ? v->u.str : STR_NONE;
	struct str num = str_present(rest) ? str_split(&rest, '/') : STR_NONE;

	if (!take_number(num, &share.num) || !take_number(rest, &share.den) ||
	    share.num > share.den || !share.den)
		return json_wrong(r, at, v, "a share as in \"1/4\"");
	*out = share;
	return 0;
}

static JSON_TAKE(day)
{
	int64_t instant;

	if (v->kind != JSON_STR || v->u.str.n != WHEN_DATE - 1 ||
	    !when_parse(v->u.str, &instant))
		return json_wrong(r, at, v, "a day as in 2026-11-22");
	*(int64_t *)json_member(object, key->offset) = when_day(instant);
	return 0;
}

static JSON_TAKE(site)
{
	static const struct json_key rows[] = {
		{ "shown", json_take_int, offsetof(struct ledger_site, shown), 0, true },
		{ "wrong", json_take_int, offsetof(struct ledger_site, wrong), 0, true },
		{ "required", json_take_share, offsetof(struct ledger_site, required), 0,
		  true },
		{ 0 }
	};
	struct ledger_site *site = json_member(object, key->offset);
	int status = json_keys_read(r, v, rows, site, at);

	if (status == 0 && (site->wrong < 0 || site->shown < site->wrong))
		status = json_wrong(r, at, v, "as many shown threads as wrong ones, or more");
	return status;
}

/* A thread's place is that in the list. */
static int take_thread(struct json_reader *r, const struct json *v, struct record_page *page,
		       const struct json_at *at)
{
	static const struct json_key rows[] = {
		{ "venue", json_take_slug, offsetof(struct record_thread, venue), 0, true },
		{ "id", json_take_name, offsetof(struct record_thread, id), 0, true },
		{ "wrong", json_take_bool, offsetof(struct record_thread, wrong), 0, true },
		{ 0 }
	};
	struct record_thread *t = &page->threads[page->threads_n];
	int status = json_keys_read(r, v, rows, t, at);

	t->position = (uint32_t)++page->threads_n;
	t->reason = REASON_SHOWN;
	page->shown++;
	page->wrong += t->wrong;
	return status;
}

static JSON_TAKE(threads)
{
	struct record_page *page = object;
	int status = 0;

	(void)key;
	if (v->kind != JSON_LIST)
		return json_wrong(r, at, v, "a list");
	page->threads = arena_array(r->arena, struct record_thread, v->u.list.n);
	for (size_t i = 0; i < v->u.list.n; i++) {
		const struct json_at item = { at, NULL, i };

		status |= take_thread(r, &v->u.list.items[i], page, &item);
	}
	if (status < 0 || !page->threads_n)
		return status;
	qsort(page->threads, page->threads_n, sizeof(*page->threads), record_thread_cmp);
	for (size_t i = 1; i < page->threads_n; i++)
		if (record_thread_cmp(&page->threads[i - 1], &page->threads[i]) == 0)
			return json_wrong(r, at, v, "each thread once");
	return 0;
}

static int take_page(struct json_reader *r, const struct json *v, struct record_page *page,
		     const struct json_at *at)
{
	static const struct json_key rows[] = {
		{ "slug", json_take_slug, offsetof(struct record_page, slug), 0, true },
		{ "required", json_take_share, offsetof(struct record_page, required), 0,
		  true },
		{ "threads", json_take_threads, 0, 0, true },
		{ 0 }
	};

	return json_keys_read(r, v, rows, page, at);
}

static JSON_TAKE(pages)
{
	bool scenarios = key->offset == offsetof(struct ledger, scenarios);
	size_t n = v->kind == JSON_LIST ? v->u.list.n : 0;
	struct record_page *pages = arena_array(r->arena, struct record_page, n);
	int status = 0;

	if (v->kind != JSON_LIST)
		return json_wrong(r, at, v, "a list");
	for (size_t i = 0; i < n; i++) {
		const struct json_at item = { at, NULL, i };

		pages[i].scenario = scenarios;
		status |= take_page(r, &v->u.list.items[i], &pages[i], &item);
	}
	if (status == 0 && n)
		qsort(pages, n, sizeof(*pages), record_page_cmp);
	for (size_t i = 1; status == 0 && i < n; i++)
		if (record_page_cmp(&pages[i - 1], &pages[i]) == 0)
			status = json_wrong(r, at, v, "each page once");
	*(struct record_page **)json_member(object, key->offset) = pages;
	*(size_t *)json_member(object, key->n_offset) = n;
	return status;
}

#define AT(member) offsetof(struct ledger, member)
static const struct json_key ledger_rows[] = {
	{ "as_of", json_take_day, AT(day), 0, true },
	{ "rules_sha256", json_take_text, AT(rules_sha256), 0, true },
	{ "site", json_take_site, AT(site), 0, true },
	{ "products", json_take_pages, AT(products), AT(products_n), true },
	{ "scenarios", json_take_pages, AT(scenarios), AT(scenarios_n), true },
	{ 0 }
};

static void take_ledger(struct record *r, const struct ledger *l)
{
	r->day = l->day;
	r->rules_sha256 = l->rules_sha256;
	r->shown = (size_t)l->site.shown;
	r->wrong = (size_t)l->site.wrong;
	r->required = l->site.required;
	r->pages_n = l->products_n + l->scenarios_n;
	r->pages = arena_array(&r->arena, struct record_page, r->pages_n);
	for (size_t i = 0; i < r->pages_n; i++)
		r->pages[i] = i < l->products_n ? l->products[i]
						: l->scenarios[i - l->products_n];
}

int record_of_ledger(struct record *r, struct str text, const char *path,
		     struct diags *diags)
{
	struct ledger ledger = { 0 };
	/* Later versions may add keys. */
	struct json_reader reader = { &r->arena, diags, place_file(path), true };
	const struct json *v;

	*r = (struct record){ .arena = ARENA_INIT };
	v = json_parse(&r->arena, text, place_line(path, 1, 0), diags);
	if (v && v->kind != JSON_OBJECT)
		return diag_add(diags, DIAG_BAD_VALUE, place_file(path),
				"this is %s, expected an object", json_kind_name(v));
	if (!v || json_keys_read(&reader, v, ledger_rows, &ledger, NULL) < 0)
		return -1;
	take_ledger(r, &ledger);
	return 0;
}
