/*
 * What a shop sells, as it tells search engines: Google Merchant's feed in XML or as a
 * table, a sitemap, or any table with columns of such names.
 *
 * Decided here:
 * - A product's slug is made of its id, never of its name: it keeps it when it is
 *   renamed.  Variants of one group (item_group_id) are one product, with the name and
 *   address of the first.
 * - In a sitemap the last part of the address is the id, and the name, unless the
 *   sitemap names a picture of it.  With --url only addresses that begin so are taken,
 *   and the shop's front page never is.
 * - Aliases that the archive has stay.
 */
#include "import/import.h"

#include "base/instream.h"
#include "import/csvread.h"
#include "import/feedtext.h"
#include "import/xmltree.h"

#include <stdlib.h>

enum { SLUG_MAX = 64 };

struct item {
	struct str slug, id, group, name, url; /* absent or empty: not there */
	struct place where;
};

struct products {
	struct import *in;
	struct arena arena;     /* for one product */
	struct arena run;       /* what the archive has */
	struct product *known;  /* by slug */
	size_t known_n;
	struct seen slugs;      /* slug to the line that has it; slug and id, to 1 */
	struct buf slug;
};

/* --- A product --- */

/* "/p/ember-kettle.html?x" to "ember-kettle"; absent for a front page. */
static struct str last_part(struct str url)
{
	struct str path = str_slice(url, str_find(url, STR("://")) + 3, url.n), part;

	path = str_slice(path, str_index(path, '/'), path.n);
	path = str_slice(path, 0, str_index(path, '?'));
	path = str_slice(path, 0, str_index(path, '#'));
	while (str_ends(path, STR("/")))
		path.n--;
	if (!path.n)
		return STR_NONE;
	part = path;
	while (str_index(part, '/') < part.n)
		part = str_slice(part, str_index(part, '/') + 1, part.n);
	if (str_ends(part, STR(".html")))
		part.n -= 5;
	return part;
}

static struct str first_of(struct str a, struct str b)
{
	return a.n ? a : b;
}

/* What makes it this product and no other. */
static struct str key_of(const struct item *item)
{
	return first_of(item->slug, first_of(item->group,
					     first_of(item->id, last_part(item->url))));
}

static int missing(struct products *p, const struct item *item, const char *what)
{
	struct diags bad = DIAGS_INIT;

	diag_add(&bad, DIAG_MISSING_KEY, item->where, "a product without %s", what);
	return import_bad_record(p->in, item->where, &bad);
}

static int slug_taken(struct products *p, const struct item *item, uint64_t line)
{
	struct diags bad = DIAGS_INIT;
	struct str key = key_of(item);

	diag_add(&bad, DIAG_DUPLICATE_ID, item->where,
		 "the slug of '%.*s' is '%s', which the product in line %llu has",
		 STR_ARG(key), p->slug.p, (unsigned long long)line);
	diag_hint(&bad, "a column 'slug' tells them apart");
	return import_bad_record(p->in, item->where, &bad);
}

static int compare_slug(const void *a, const void *b)
{
	const struct product *x = a, *y = b;

	return str_cmp(x->slug, y->slug);
}

static int put(struct products *p, const struct item *item)
{
	struct product product = { .slug = buf_str(&p->slug),
				   .name = feed_line(&p->arena, item->name),
				   .url = item->url };
	const struct product *known = p->known_n
		? bsearch(&product, p->known, p->known_n, sizeof(product), compare_slug)
		: NULL;
	enum archive_change change;

	if (!product.name.n)
		return missing(p, item, "a name");
	if (known) {
		product.aliases = known->aliases;
		product.aliases_n = known->aliases_n;
	}
	return import_product(p->in, &product, &change);
}

static int take_item(struct products *p, struct item *item)
{
	struct str key = key_of(item);
	uint64_t line = item->where.line ? item->where.line : 1;

	item->url = feed_address(&p->arena, item->url, STR_NONE);
	if (!item->url.n)
		return missing(p, item, "an address on the web");
	buf_reset(&p->slug);
	buf_addslug(&p->slug, key, SLUG_MAX);
	if (!p->slug.n)
		return missing(p, item, "an id that a slug can be made of");
	line = seen_add(&p->slugs, buf_str(&p->slug), STR_NONE, line);
	if (!line) {
		seen_add(&p->slugs, buf_str(&p->slug), key, 1);
		return put(p, item);
	}
	if (!seen_get(&p->slugs, buf_str(&p->slug), key))
		return slug_taken(p, item, line);
	if (!item->group.n)
		import_skip(p->in, SKIP_TWICE);
	return 0;
}

/* --- XML --- */

static const struct xmlspace spaces[] = {
	{ "g", "http://base.google.com/ns/1.0" },
	{ "g", "http://base.google.com/cns/1.0" },
	{ "atom", "http://www.w3.org/2005/Atom" },
	{ "atom", "http://purl.org/atom/ns#" },
	{ "sm", "http://www.sitemaps.org/schemas/sitemap/0.9" },
	{ "sm", "http://www.google.com/schemas/sitemap/0.84" },
	{ "image", "http://www.google.com/schemas/sitemap-image/1.1" },
	{ NULL, NULL }
};

#define FIRST(record, ...) \
	xmlnode_first((record)->arena, (record)->node, \
		      (const char *const[]){ __VA_ARGS__, NULL })

static int take_merchant(struct products *p, const struct xmlrecord *r)
{
	const struct xmlnode *link = xmlnode_child(r->node, "atom:link");
	struct item item = {
		.id = FIRST(r, "g:id"),
		.group = FIRST(r, "g:item_group_id"),
		.name = FIRST(r, "g:title", "title", "atom:title"),
		.url = first_of(FIRST(r, "g:link", "link"), xmlnode_attr(link, "href")),
		.where = r->where,
	};

	/* Any other feed has titles and links, too. */
	if (!item.id.n && !item.group.n)
		return missing(p, &item, "a 'g:id'");
	return take_item(p, &item);
}

/* "ember-kettle" to "Ember kettle". */
static struct str name_of(struct arena *arena, struct str part)
{
	struct buf name = BUF_INIT;
	struct str s;

	for (size_t i = 0; i < part.n; i++)
		buf_addc(&name, strchr("-_+", part.p[i]) ? ' ' : part.p[i]);
	if (name.n && name.p[0] >= 'a' && name.p[0] <= 'z')
		name.p[0] = (char)(name.p[0] - 32);
	s = arena_str(arena, buf_str(&name));
	buf_release(&name);
	return s;
}

static int take_location(struct products *p, const struct xmlrecord *r)
{
	const struct xmlnode *image = xmlnode_child(r->node, "image:image");
	struct str title = xmlnode_text(r->arena, xmlnode_child(image, "image:title"));
	struct item item = { .url = FIRST(r, "sm:loc"), .where = r->where };
	struct str part = last_part(item.url);

	if (!part.n || !str_starts(item.url, first_of(str_of(p->in->options->url), STR("")))) {
		import_skip(p->in, SKIP_OTHER);
		return 0;
	}
	item.name = first_of(title, name_of(r->arena, part));
	return take_item(p, &item);
}

static int take_record(void *ctx, const struct xmlrecord *record)
{
	struct products *p = ctx;

	arena_reset(&p->arena);
	if (str_is(record->node->name, "sm:url"))
		return take_location(p, record);
	if (!str_is(record->node->name, "sm:sitemap"))
		return take_merchant(p, record);
	diag_add(p->in->diags, DIAG_SYNTAX, record->where, "a list of sitemaps");
	diag_hint(p->in->diags, "import the sitemaps that it names");
	return -1;
}

static int read_xml(struct products *p, const char *path)
{
	static const char *const roots[] = { "rss", "atom:feed", "sm:urlset",
					     "sm:sitemapindex", NULL };
	static const char *const records[] = { "item", "atom:entry", "sm:url",
					       "sm:sitemap", NULL };
	struct xmltree how = {
		.spaces = spaces, .roots = roots, .records = records,
		.wanted = "a feed of products, and no sitemap",
		.recover = p->in->options->keep_going,
		.fn = take_record, .ctx = p,
	};
	int status = xmltree_read(&how, path, p->in->diags);

	p->in->counts->skipped[SKIP_BAD] += how.cut;
	return status;
}

/* --- Tables --- */

/* What columns are called, the best name first. */
static const struct column {
	size_t offset;
	const char *names[6];
} columns[] = {
	{ offsetof(struct item, slug), { "slug", "handle" } },
	{ offsetof(struct item, id), { "id", "g:id", "sku", "product_id", "product id" } },
	{ offsetof(struct item, group), { "item_group_id", "item group id" } },
	{ offsetof(struct item, name), { "title", "name", "product name" } },
	{ offsetof(struct item, url), { "link", "url", "product url" } },
};
enum { COLUMNS = sizeof(columns) / sizeof(*columns), NAME = 3, URL = 4 };

/* Which field it is in a header of n names, or -1. */
static long find_column(const struct column *column, const struct str *names, size_t n)
{
	for (const char *const *want = column->names; *want; want++)
		for (size_t i = 0; i < n; i++)
			if (str_ieq(str_trim(names[i]), str_of(*want)))
				return (long)i;
	return -1;
}

static void take_fields(const struct csvrow *row, const long *at, struct item *item)
{
	*item = (struct item){ .where = row->where };
	for (int i = 0; i < COLUMNS; i++)
		if (at[i] >= 0)
			*(struct str *)((char *)item + columns[i].offset) =
				str_trim(row->fields[at[i]]);
}

static int read_row(struct products *p, const struct csvrow *row, const long *at,
		    struct diags *bad)
{
	struct item item;

	arena_reset(&p->arena);
	if (!row->n)
		return import_bad_record(p->in, row->where, bad);
	take_fields(row, at, &item);
	return take_item(p, &item);
}

static int read_rows(struct products *p, struct csvread *table, const char *path)
{
	struct diags bad = DIAGS_INIT;
	struct csvrow row;
	long at[COLUMNS];
	int status = 0, got = 0;

	for (int i = 0; i < COLUMNS; i++)
		at[i] = find_column(&columns[i], table->names, table->names_n);
	if (at[NAME] < 0 || at[URL] < 0) {
		diag_add(p->in->diags, DIAG_MISSING_KEY, place_line(instream_name(path), 1, 0),
			 "no column of %s", at[NAME] < 0 ? "names" : "addresses");
		diag_hint(p->in->diags, "it is called '%s'",
			  columns[at[NAME] < 0 ? NAME : URL].names[0]);
		return -1;
	}
	while (status == 0 && (got = csvread_next(table, &row, &bad)) == 1)
		status = read_row(p, &row, at, &bad);
	diags_merge(p->in->diags, &bad);
	return got < 0 ? -1 : status;
}

static int read_table(struct products *p, const char *path)
{
	struct csvread table;
	int status;

	if (csvread_open(&table, path, 0, p->in->diags) < 0)
		return -1;
	status = read_rows(p, &table, path);
	csvread_release(&table);
	return status;
}

/* --- Files --- */

static int read_file(struct products *p, const char *path)
{
	struct buf head = BUF_INIT;
	int status = instream_head(path, &head, p->in->diags);
	bool xml = str_starts(str_trim(buf_str(&head)), STR("<")) ||
		   str_present(xmltree_root(buf_str(&head)));

	buf_release(&head);
	if (status < 0)
		return -1;
	return xml ? read_xml(p, path) : read_table(p, path);
}

static int read_products(struct import *in, char **paths, size_t n)
{
	struct products p = { .in = in, .arena = ARENA_INIT, .run = ARENA_INIT,
			      .slugs = SEEN_INIT, .slug = BUF_INIT };
	int status = archive_products(in->archive, &p.run, &p.known, &p.known_n, in->diags);

	for (size_t i = 0; status == 0 && i < n; i++)
		status = read_file(&p, paths[i]);
	arena_release(&p.arena);
	arena_release(&p.run);
	seen_release(&p.slugs);
	buf_release(&p.slug);
	return status;
}

/* --- Sniffing --- */

static bool is_header(struct str line, char separator)
{
	struct str names[64];
	size_t n = 0;

	while (str_present(line) && n < sizeof(names) / sizeof(*names)) {
		names[n] = str_trim(str_split(&line, separator));
		if (names[n].n > 1 && names[n].p[0] == '"')
			names[n] = str_slice(names[n], 1, names[n].n - 1);
		n++;
	}
	return find_column(&columns[NAME], names, n) >= 0 &&
	       find_column(&columns[URL], names, n) >= 0 &&
	       (find_column(&columns[0], names, n) >= 0 ||
		find_column(&columns[1], names, n) >= 0);
}

static int sniff(const char *path, struct str head)
{
	struct str root = xmltree_root(head);
	struct str line = str_slice(head, 0, str_index(head, '\n'));

	(void)path;
	if (str_present(root))
		return str_find(root, STR("base.google.com/ns/")) < root.n ||
		       str_find(root, STR("schemas/sitemap/0.")) < root.n ? 90 : 0;
	if (str_starts(line, STR("\xef\xbb\xbf")))
		line = str_slice(line, 3, line.n);
	return is_header(line, ',') || is_header(line, '\t') ? 60 : 0;
}

const struct importer importer_products = {
	.name = "products",
	.reads = "a shop's Google Merchant feed, sitemap, or table of products",
	.endings = ".xml .csv .tsv .txt",
	.sniff = sniff,
	.read = read_products,
};
