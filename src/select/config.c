/* candor.yaml into a struct.  Owns its keys, defaults and mistakes; whether the
 * folders and the archive that it names exist is for those who open them. */
#include "select/config.h"

#include "base/fsys.h"
#include "base/mem.h"
#include "base/when.h"

#include <stdlib.h>

/* --- Addresses --- */

/* Printable ASCII without what never stands in an address. */
static bool address_chars(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~' || strchr("\"<>\\^`{|}", s.p[i]))
			return false;
	return true;
}

/* What follows http:// or https://, absent for anything else. */
static struct str after_scheme(struct str url)
{
	if (str_starts(url, STR("https://")))
		return str_slice(url, 8, url.n);
	if (str_starts(url, STR("http://")))
		return str_slice(url, 7, url.n);
	return STR_NONE;
}

static bool web_address(struct str url)
{
	struct str rest = after_scheme(url);
	struct str host = str_slice(rest, 0, str_index(rest, '/'));

	return host.n && !strchr("?#:", host.p[0]) && str_index(host, '@') == host.n &&
	       address_chars(url);
}

static bool mail_address(struct str url)
{
	struct str mail = str_slice(url, 7, url.n);
	size_t at = str_index(mail, '@');

	return str_starts(url, STR("mailto:")) && at > 0 && at + 1 < mail.n &&
	       address_chars(url);
}

/* Pages are addressed below it, so it ends in a slash. */
static int read_url(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct str *url = member;

	if (field_str(node, url, ctx) < 0)
		return -1;
	if (!web_address(*url) || str_index(*url, '?') < url->n ||
	    str_index(*url, '#') < url->n) {
		diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
			 "'%.*s' is not the address of a site", STR_ARG(*url));
		diag_hint(ctx->diags, "a full address without query or fragment, such as "
				      "https://open.acme.example/");
		return -1;
	}
	if (!str_ends(*url, STR("/")))
		*url = arena_printf(ctx->arena, "%.*s/", STR_ARG(*url));
	return 0;
}

static int read_contact(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct str *contact = member;

	if (field_str(node, contact, ctx) < 0)
		return -1;
	if (web_address(*contact) || mail_address(*contact))
		return 0;
	diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
		 "'%.*s' is not an address to report problems to", STR_ARG(*contact));
	diag_hint(ctx->diags,
		  "mailto:open@acme.example or the https:// address of a form");
	return -1;
}

/* --- Contributors --- */

enum { SLUG_MAX = 64 };

/* The accounts at one venue: an id, or a list of ids. */
static int read_ids(struct contributor *c, const struct ynode *node,
		    struct fields_ctx *ctx)
{
	struct account *all;
	struct strs ids;

	if (field_strs(node, &ids, ctx) < 0)
		return -1;
	all = arena_array(ctx->arena, struct account, c->accounts_n + ids.n);
	if (c->accounts_n)
		memcpy(all, c->accounts, c->accounts_n * sizeof(*all));
	for (size_t i = 0; i < ids.n; i++)
		all[c->accounts_n++] = (struct account){ node->key->text, ids.items[i] };
	c->accounts = all;
	return 0;
}

static int read_accounts(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct contributor *c = member;
	int result = 0;

	if (node->kind != Y_MAP)
		return field_expected(node, "a mapping from venues to account ids", ctx);
	for (const struct ynode *i = node->first; i; i = i->next)
		if (read_ids(c, i, ctx) < 0)
			result = -1;
	return result;
}

/* Made of the name.  Who has no page needs none. */
static int make_slug(struct contributor *c, const struct ynode *node,
		     struct fields_ctx *ctx)
{
	struct buf slug = BUF_INIT;

	if (str_present(c->slug))
		return 0;
	buf_addslug(&slug, c->name, SLUG_MAX);
	c->slug = buf_to_arena(&slug, ctx->arena);
	if (c->slug.n || c->consent == WHEN_NONE)
		return 0;
	diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(ydoc_get(node, "name"), ctx),
		 "the name '%.*s' makes no address for a page", STR_ARG(c->name));
	diag_hint(ctx->diags, "give a 'slug': 1 to 64 of a-z, 0-9 and '-'");
	return -1;
}

static int read_contributor(struct contributor *c, const struct ynode *node,
			    struct fields_ctx *ctx)
{
	static const struct field rows[] = {
		{ .name = "name", FIELD_STR, offsetof(struct contributor, name),
		  .required = true },
		{ .name = "title", FIELD_STR, offsetof(struct contributor, title) },
		{ .name = "slug", FIELD_SLUG, offsetof(struct contributor, slug) },
		{ .name = "about", FIELD_TEXT, offsetof(struct contributor, about) },
		{ .name = "accounts", FIELD_CUSTOM, 0, .required = true,
		  .parse = read_accounts },
		{ .name = "consent", FIELD_TIME, offsetof(struct contributor, consent) },
		{ .name = "until", FIELD_TIME, offsetof(struct contributor, until) },
		{ .name = NULL }
	};

	*c = (struct contributor){ .consent = WHEN_NONE, .until = WHEN_NONE,
				   .at = node->at, .n = node->n };
	if (fields_read(node, rows, c, "contributors", ctx) < 0)
		return -1;
	if (c->until != WHEN_NONE && c->consent != WHEN_NONE && c->until < c->consent)
		return diag_add(ctx->diags, DIAG_BAD_VALUE,
				field_place(ydoc_get(node, "until"), ctx),
				"'until' is before 'consent' for '%.*s'",
				STR_ARG(c->name));
	return make_slug(c, node, ctx);
}

static int read_contributors(const struct ynode *node, void *member,
			     struct fields_ctx *ctx)
{
	struct config *c = member;
	int result = 0;

	if (ydoc_is_null(node))
		return 0;
	if (node->kind != Y_LIST)
		return field_expected(node, "a list of people", ctx);
	c->contributors = arena_array(ctx->arena, struct contributor, node->count);
	for (const struct ynode *i = node->first; i; i = i->next)
		if (read_contributor(&c->contributors[c->contributors_n++], i, ctx) < 0)
			result = -1;
	return result;
}

/* --- Accounts that are listed twice --- */

struct listed {
	const struct account *account;
	const struct contributor *who;
};

static int listed_cmp(const void *a, const void *b)
{
	const struct listed *x = a, *y = b;
	int c = str_cmp(x->account->venue, y->account->venue);

	if (!c)
		c = str_cmp(x->account->id, y->account->id);
	/* The contributors are in the order of the file. */
	return c ? c : (x->who > y->who) - (x->who < y->who);
}

static int listed_twice(const struct config *c, const struct listed *first,
			const struct listed *again, struct diags *diags)
{
	diag_add(diags, DIAG_BAD_VALUE,
		 place_in(&c->source, again->who->at, again->who->n),
		 "the account '%.*s' at '%.*s' is listed twice",
		 STR_ARG(again->account->id), STR_ARG(again->account->venue));
	diag_hint(diags, "it is listed for '%.*s' already; an account is one person's",
		  STR_ARG(first->who->name));
	return -1;
}

static int check_accounts(const struct config *c, struct diags *diags)
{
	struct listed *all;
	size_t n = 0;
	int result = 0;

	for (size_t i = 0; i < c->contributors_n; i++)
		n += c->contributors[i].accounts_n;
	all = xcalloc(n, sizeof(*all));
	n = 0;
	for (size_t i = 0; i < c->contributors_n; i++)
		for (size_t j = 0; j < c->contributors[i].accounts_n; j++)
			all[n++] = (struct listed){ &c->contributors[i].accounts[j],
						    &c->contributors[i] };
	if (n)
		qsort(all, n, sizeof(*all), listed_cmp);
	for (size_t i = 1; i < n; i++)
		if (str_eq(all[i - 1].account->venue, all[i].account->venue) &&
		    str_eq(all[i - 1].account->id, all[i].account->id))
			result = listed_twice(c, &all[i - 1], &all[i], diags);
	free(all);
	return result;
}

/* --- Pages of contributors --- */

bool contributor_listed(const struct contributor *c, int64_t day)
{
	return c->consent != WHEN_NONE && when_day(c->consent) <= day &&
	       (c->until == WHEN_NONE || when_day(c->until) > day);
}

static int slug_cmp(const void *a, const void *b)
{
	const struct contributor *x = *(const struct contributor *const *)a;
	const struct contributor *y = *(const struct contributor *const *)b;
	int c = str_cmp(x->slug, y->slug);

	return c ? c : (x > y) - (x < y);
}

static int same_slug(const struct config *c, const struct contributor *first,
		     const struct contributor *again, struct diags *diags)
{
	diag_add(diags, DIAG_BAD_VALUE, place_in(&c->source, again->at, again->n),
		 "the page of '%.*s' would be at '%.*s', as that of '%.*s' is",
		 STR_ARG(again->name), STR_ARG(again->slug), STR_ARG(first->name));
	diag_hint(diags, "give one of them a 'slug' of its own");
	return -1;
}

static int check_slugs(const struct config *c, struct diags *diags)
{
	const struct contributor **with = xcalloc(c->contributors_n, sizeof(*with));
	size_t n = 0;
	int result = 0;

	for (size_t i = 0; i < c->contributors_n; i++)
		if (c->contributors[i].consent != WHEN_NONE)
			with[n++] = &c->contributors[i];
	if (n)
		qsort(with, n, sizeof(*with), slug_cmp);
	for (size_t i = 1; i < n; i++)
		if (str_eq(with[i - 1]->slug, with[i]->slug))
			result = same_slug(c, with[i - 1], with[i], diags);
	free(with);
	return result;
}

/* --- The file --- */

static int read_fragment(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	static const char *const css[] = { "link", "inline", "none", NULL };
	static const struct field rows[] = {
		{ .name = "css", FIELD_ENUM, offsetof(struct config, fragment.css),
		  .names = css },
		{ .name = "heading", FIELD_INT, offsetof(struct config, fragment.heading),
		  .min = 2, .max = 5 },
		{ .name = NULL }
	};

	return fields_read(node, rows, member, "fragment", ctx);
}

static const char *const publish_names[] = { "exchange", "files", NULL };
static const char *const images_names[] = { "link", "local", NULL };
static const char *const search_names[] = { "none", "pagefind", NULL };
static const char *const thread_pages_names[] = { "eligible", "shown", NULL };

#define STRING_ROW(key, must) \
	{ .name = #key, FIELD_STR, offsetof(struct config, key), .required = must }

static const struct field config_rows[] = {
	STRING_ROW(company, true),
	STRING_ROW(title, true),
	{ .name = "url", FIELD_CUSTOM, offsetof(struct config, url), .required = true,
	  .parse = read_url },
	{ .name = "contact", FIELD_CUSTOM, offsetof(struct config, contact),
	  .required = true, .parse = read_contact },
	STRING_ROW(archive, false),
	STRING_ROW(rules, false),
	STRING_ROW(theme, false),
	STRING_ROW(content, false),
	STRING_ROW(output, false),
	{ .name = "language", FIELD_LANGUAGE, offsetof(struct config, language) },
	{ .name = "publish", FIELD_ENUM, offsetof(struct config, publish),
	  .names = publish_names },
	{ .name = "thread_pages", FIELD_ENUM, offsetof(struct config, thread_pages),
	  .names = thread_pages_names },
	{ .name = "images", FIELD_ENUM, offsetof(struct config, images),
	  .names = images_names },
	{ .name = "fragment", FIELD_CUSTOM, 0, .parse = read_fragment },
	{ .name = "search", FIELD_ENUM, offsetof(struct config, search),
	  .names = search_names },
	{ .name = "contributors", FIELD_CUSTOM, 0, .parse = read_contributors },
	{ .name = NULL }
};

static void set_defaults(struct config *c)
{
	*c = (struct config){
		.archive = STR("archive.db"), .rules = STR("rules.yaml"),
		.theme = STR("default"), .content = STR("content"),
		.output = STR("public"), .language = STR("en"),
		.thread_pages = THREAD_PAGES_ELIGIBLE, .fragment.heading = 2,
	};
}

int config_load(struct config *c, const char *path, struct diags *diags)
{
	struct fields_ctx ctx;

	set_defaults(c);
	if (source_load(&c->source, path, diags) < 0) {
		if (!fsys_exists(path))
			diag_hint(diags, "run where the site is, or say where with -C");
		return -1;
	}
	if (ydoc_parse(&c->doc, &c->source, diags) < 0)
		return -1;
	ctx = (struct fields_ctx){ .source = &c->source, .arena = &c->doc.arena,
				   .diags = diags };
	if (fields_read(c->doc.root, config_rows, c, NULL, &ctx) < 0)
		return -1;
	return check_accounts(c, diags) < 0 || check_slugs(c, diags) < 0 ? -1 : 0;
}

void config_release(struct config *c)
{
	ydoc_release(&c->doc);
	source_release(&c->source);
}
