/* candor.yaml into a struct.  Owns its keys, defaults and mistakes; whether the
 * folders and the archive that it names exist is for those who open them. */
#include "select/config.h"

#include "base/fsys.h"
#include "base/mem.h"
#include "select/roster.h"

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

bool config_is_site(struct str url)
{
	return web_address(url) && str_index(url, '?') == url.n && str_index(url, '#') == url.n;
}

bool config_is_contact(struct str url)
{
	return web_address(url) || mail_address(url);
}

/* Pages are addressed below it, so it ends in a slash. */
static int read_url(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct str *url = member;

	if (field_str(node, url, ctx) < 0)
		return -1;
	if (!config_is_site(*url)) {
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
	if (config_is_contact(*contact))
		return 0;
	diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(node, ctx),
		 "'%.*s' is not an address to report problems to", STR_ARG(*contact));
	diag_hint(ctx->diags,
		  "mailto:open@acme.example or the https:// address of a form");
	return -1;
}

/* --- Accounts that are listed twice --- */

static int listed_twice(const struct config *c, const struct listed *first,
			const struct listed *again, struct diags *diags)
{
	const struct account *account = again->account;

	diag_add(diags, DIAG_BAD_VALUE, place_in(&c->source, account->at, account->n),
		 "the account '%.*s' at '%.*s' is listed twice", STR_ARG(account->id),
		 STR_ARG(account->venue));
	if (first->who == ROSTER_STAFF)
		diag_hint(diags, "it is listed under 'shared_accounts' already");
	else
		diag_hint(diags,
			  "it is listed for '%.*s' already; an account is one person's",
			  STR_ARG(c->contributors[first->who].name));
	return -1;
}

static int check_accounts(const struct config *c, struct diags *diags)
{
	struct roster *r = roster_new(c);
	int result = 0;

	for (size_t i = 1; i < r->n; i++) {
		const struct listed *one = &r->listed[i - 1], *other = &r->listed[i];

		if (str_eq(one->account->venue, other->account->venue) &&
		    str_eq(one->account->id, other->account->id))
			result = listed_twice(c, one, other, diags);
	}
	roster_free(r);
	return result;
}

/* --- Pages of contributors --- */

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

/* A path, or a mapping with one. */
static int read_patterns(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	static const struct field rows[] = {
		{ .name = "file", FIELD_STR, offsetof(struct config, patterns.file),
		  .required = true },
		{ .name = "replace", FIELD_BOOL, offsetof(struct config, patterns.replace) },
		{ .name = NULL }
	};
	struct config *c = member;

	if (node->kind == Y_SCALAR && !ydoc_is_null(node))
		return field_str(node, &c->patterns.file, ctx);
	return fields_read(node, rows, c, "patterns", ctx);
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
	STRING_ROW(product_pages, false),
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
	{ .name = "patterns", FIELD_CUSTOM, 0, .parse = read_patterns },
	{ .name = "contributors", FIELD_CUSTOM, 0, .parse = contributors_read },
	{ .name = "contributors_named", FIELD_CUSTOM, offsetof(struct config, named),
	  .parse = namings_read },
	{ .name = "shared_accounts", FIELD_CUSTOM, offsetof(struct config, shared),
	  .parse = accounts_read },
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
			diag_hint(diags, "run where the site is, or say where with -C; "
					 "'candor init DIR' makes a new one");
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
