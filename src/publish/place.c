/* Fragments into the pages of a shop.  Where they go is place-markers.c's to find;
 * what they hold is the build's. */
#include "publish/place.h"
#include "stage-internal.h"

#include "base/fsys.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/source.h"
#include "base/when.h"
#include "render/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

/* A page of a shop of 64 MB is none. */
enum { PAGE_MAX = 64 << 20, LEDGER_MAX = 1 << 30 };

/* A product of the built site. */
struct product {
	const char *slug;
	bool read;           /* fragment is what it will be */
	struct buf fragment; /* empty for a product without a page */
};

struct placer {
	const struct placing *in;
	struct arena *arena;
	int site, shop;      /* folders; -1: not open */
	struct product *products;
	const char **slugs;  /* the same, for suggestions */
	size_t products_n;
	struct placed *pages;
	size_t pages_n, pages_cap;
	struct diags *diags;
};

/* --- The built site --- */

static int not_built(const struct placer *p)
{
	diag_add(p->diags, DIAG_NOT_FOUND, place_file(p->in->output),
		 "there is no built site in this folder");
	diag_hint(p->diags, "run 'candor build' first, or name its folder with --output");
	return -1;
}

/* What the ledger lists, pages or not. */
static int read_products(struct placer *p, const struct json *ledger)
{
	const struct json *list = json_get(ledger, "products");

	if (!list || list->kind != JSON_LIST)
		return not_built(p);
	p->products = arena_array(p->arena, struct product, list->u.list.n);
	p->slugs = arena_array(p->arena, const char *, list->u.list.n);
	for (size_t i = 0; i < list->u.list.n; i++) {
		const struct json *slug = json_get(&list->u.list.items[i], "slug");

		if (!slug || slug->kind != JSON_STR || !str_is_slug(slug->u.str))
			return not_built(p);
		p->slugs[i] = arena_strz(p->arena, slug->u.str);
		p->products[i] = (struct product){ p->slugs[i], false, BUF_INIT };
		p->products_n = i + 1;
	}
	return 0;
}

static void stale(const struct placer *p, const char *why)
{
	diag_add(p->diags, DIAG_SITE_STALE, place_file(p->in->output), "%s", why);
	diag_hint(p->diags, "run 'candor build' before placing");
}

static bool newer_than_site(const struct placer *p, const char *path)
{
	struct fsys_stamp site, other;

	return path && fsys_stamp_at(p->site, STAGE_MARKER, &site) &&
	       fsys_stamp(path, &other) && other.mtime_ns > site.mtime_ns;
}

static bool other_rules(const struct placer *p)
{
	struct diags none = DIAGS_INIT;
	struct buf published = BUF_INIT, now = BUF_INIT;
	bool other = p->in->rules && fsys_exists(p->in->rules) &&
		     fsys_read(p->in->rules, SOURCE_MAX, &now, &none) == 0 &&
		     fsys_read_at(p->site, PATH_RULES, PATH_RULES, SOURCE_MAX, &published,
				  &none) == 0 &&
		     !str_eq(buf_str(&now), buf_str(&published));

	buf_release(&published);
	buf_release(&now);
	diags_release(&none);
	return other;
}

/* A build would do more than say that nothing has changed.  Theme, content and
 * configuration are not looked at. */
static void check_stale(const struct placer *p, const struct json *ledger)
{
	const struct json *day = json_get(ledger, "as_of");
	char today[WHEN_DATE];

	when_format_date(p->in->now, today);
	if (day && day->kind == JSON_STR && str_cmp(day->u.str, str_of(today)) < 0)
		stale(p, "the site was built on another day");
	if (newer_than_site(p, p->in->archive))
		stale(p, "the archive is newer than the site");
	if (other_rules(p))
		stale(p, "the rules are not those of the site");
}

static int open_site(struct placer *p)
{
	struct buf text = BUF_INIT;
	struct fsys_stamp marker;
	struct json *ledger = NULL;
	int status;

	p->site = open(p->in->output, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (p->site < 0 && errno != ENOENT)
		return diag_errno(p->diags, DIAG_UNREADABLE, place_file(p->in->output),
				  "cannot read the folder");
	if (p->site < 0 || !fsys_stamp_at(p->site, STAGE_MARKER, &marker))
		return not_built(p);
	status = fsys_read_at(p->site, PATH_LEDGER, PATH_LEDGER, LEDGER_MAX, &text,
			      p->diags);
	if (status == 0)
		ledger = json_parse(p->arena, buf_str(&text), place_line(PATH_LEDGER, 1, 0), p->diags);
	status = ledger ? read_products(p, ledger) : -1;
	if (status == 0)
		check_stale(p, ledger);
	buf_release(&text);
	return status;
}

/* NULL where there is no such product. */
static struct product *find_product(const struct placer *p, struct str slug)
{
	for (size_t i = 0; i < p->products_n; i++)
		if (str_is(slug, p->products[i].slug))
			return &p->products[i];
	return NULL;
}

/* Nothing for a product without a page. */
static int read_fragment(const struct placer *p, struct product *product,
			 struct diags *diags)
{
	struct buf path = BUF_INIT;
	struct fsys_stamp stamp;
	int status = 0;

	if (product->read)
		return 0;
	fragment_path(&path, str_of(product->slug));
	if (fsys_stamp_at(p->site, path.p, &stamp) || errno != ENOENT)
		status = fsys_read_at(p->site, path.p, path.p, PAGE_MAX, &product->fragment,
				      diags);
	product->read = status == 0;
	buf_release(&path);
	return status;
}

/* As struct place_source has it. */
static int give_fragment(void *ctx, struct str slug, struct str *out, struct diags *diags)
{
	const struct placer *p = ctx;
	struct product *product = find_product(p, slug);

	if (!product)
		return 0;
	if (read_fragment(p, product, diags) < 0)
		return -1;
	*out = buf_str(&product->fragment);
	return 1;
}

/* --- One page --- */

/* Reads a page and makes what it shall be; out stays empty where there is no place
 * in it.  0, or -1 with diagnostics. */
static int read_page(struct placer *p, const char *name, struct placed *placed,
		     struct buf *out)
{
	const struct place_source from = { give_fragment, p, p->slugs, p->products_n };
	char *path = fsys_join(p->in->dir, name);
	struct buf page = BUF_INIT;
	int status = fsys_read_at(p->shop, name, path, PAGE_MAX, &page, p->diags);

	if (status == 0)
		status = place_page(&from, path, buf_str(&page), p->arena, placed, out,
				    p->diags);
	buf_release(&page);
	free(path);
	return status;
}

static void look_at(struct placer *p, const char *name)
{
	struct buf out = BUF_INIT;
	struct placed placed;

	if (read_page(p, name, &placed, &out) == 0 && placed.slugs_n) {
		GROW(p->pages, p->pages_n, p->pages_cap);
		placed.file = arena_str(p->arena, str_of(name));
		p->pages[p->pages_n++] = placed;
	}
	buf_release(&out);
}

/* Read once more: what has been written to it meanwhile is in it. */
static int write_page(struct placer *p, const char *name)
{
	struct buf out = BUF_INIT;
	struct placed placed;
	int status = read_page(p, name, &placed, &out);

	if (status == 0 && placed.slugs_n) {
		char *path = fsys_join(p->in->dir, name);

		status = fsys_replace_synced_at(p->shop, name, path, buf_str(&out),
						p->diags);
		free(path);
	}
	buf_release(&out);
	return status;
}

/* --- The shop --- */

bool place_is_page(struct str name, const char *suffix)
{
	static const char *const usual[] = { ".html", ".htm" };
	const char *const *suffixes = suffix ? &suffix : usual;
	size_t n = suffix ? 1 : ARRAY_LEN(usual);

	for (size_t i = 0; i < n; i++) {
		size_t length = strlen(suffixes[i]);

		if (name.n > length && str_ieq(str_slice(name, name.n - length, name.n),
					       str_of(suffixes[i])))
			return true;
	}
	return false;
}

/* Hidden, or made by candor. */
bool place_skips(int dir, const char *name)
{
	struct fsys_stamp marker;
	char *inside = fsys_join(name, STAGE_MARKER);
	bool ours = *name == '.' || fsys_stamp_at(dir, inside, &marker);

	free(inside);
	return ours;
}

static int open_shop(struct placer *p)
{
	struct fsys_stamp marker;

	p->shop = open(p->in->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (p->shop < 0)
		return diag_errno(p->diags,
				  errno == ENOENT ? DIAG_NOT_FOUND : DIAG_UNREADABLE,
				  place_file(p->in->dir), "cannot read the folder");
	if (!fsys_stamp_at(p->shop, STAGE_MARKER, &marker))
		return 0;
	diag_add(p->diags, DIAG_USAGE, place_file(p->in->dir),
		 "this folder is a site that candor built, not a shop");
	diag_hint(p->diags, "'candor place' takes the folder with the shop's pages");
	return -1;
}

static int look_at_all(struct placer *p)
{
	struct fsys_names names;

	if (fsys_walk_into(p->in->dir, place_skips, &names, p->diags) < 0)
		return -1;
	for (size_t i = 0; i < names.n; i++)
		if (place_is_page(str_of(names.items[i]), p->in->suffix))
			look_at(p, names.items[i]);
	fsys_names_release(&names);
	if (p->pages_n || diags_errors(p->diags))
		return 0;
	diag_add(p->diags, DIAG_MARKER_MISSING, place_file(p->in->dir),
		 "no page in this folder has a place for conversations");
	diag_hint(p->diags, "write '<!-- candor:%s --><!-- /candor -->' where they shall "
		  "stand", p->products_n ? p->slugs[0] : "SLUG");
	return 0;
}

/* What was said of a page when it was looked at isn't said again. */
static int write_all(struct placer *p)
{
	struct diags *diags = p->diags, again = DIAGS_INIT;
	int status = 0;

	p->diags = &again;
	for (size_t i = 0; status == 0 && i < p->pages_n; i++)
		if (p->pages[i].changed)
			status = write_page(p, p->pages[i].file.p);
	p->diags = diags;
	diags_merge(diags, &again);
	diags_release(&again);
	return status;
}

static int run(struct placer *p)
{
	if (open_site(p) < 0 || open_shop(p) < 0 || look_at_all(p) < 0)
		return -1;
	if (diags_status(p->diags, p->in->strict))
		return -1;
	return p->in->dry ? 0 : write_all(p);
}

static void report(const struct placer *p, struct placing_result *result)
{
	result->pages = arena_array(p->arena, struct placed, p->pages_n);
	for (size_t i = 0; i < p->pages_n; i++) {
		result->pages[i] = p->pages[i];
		result->changed += p->pages[i].changed;
	}
	result->n = p->pages_n;
}

static void release(struct placer *p)
{
	if (p->site >= 0)
		close(p->site);
	if (p->shop >= 0)
		close(p->shop);
	for (size_t i = 0; i < p->products_n; i++)
		buf_release(&p->products[i].fragment);
	free(p->pages);
}

int place_fragments(const struct placing *in, struct arena *arena,
		    struct placing_result *result, struct diags *diags)
{
	struct placer p = { .in = in, .arena = arena, .site = -1, .shop = -1,
			    .diags = diags };
	int status = run(&p);

	*result = (struct placing_result){ 0 };
	if (status == 0)
		report(&p, result);
	release(&p);
	return status;
}
