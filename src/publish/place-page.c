/* The fragments into the bytes of one page of a shop.  Which pages, where fragments come
 * from and what becomes of the bytes is the caller's. */
#include "publish/place.h"
#include "place-markers.h"

#include "base/suggest.h"
#include "base/utf8.h"
#include "render/paths.h"

#include <string.h>

/* Bytes of a <meta> that are looked at for a charset. */
enum { META_MAX = 1024 };

struct filling {
	const struct place_source *from;
	const char *path;
	struct str page;
	struct diags *diags;
};

static bool names_utf8(struct str charset)
{
	return str_ieq(charset, STR("utf-8")) || str_ieq(charset, STR("utf8"));
}

/* The value of charset= in a <meta>, with http-equiv or without; or absent. */
static struct str charset_of(struct str meta)
{
	for (size_t i = 0; i + 7 <= meta.n; i++) {
		struct str value;
		size_t n = 0;

		if (!str_ieq(str_slice(meta, i, i + 7), STR("charset")))
			continue;
		value = str_trim(str_slice(meta, i + 7, meta.n));
		if (!str_starts(value, STR("=")))
			continue;
		value = str_trim(str_slice(value, 1, value.n));
		if (value.n && strchr("\"'", value.p[0]))
			value = str_slice(value, 1, value.n);
		while (n < value.n && !strchr("\"'; \t\r\n\f/", value.p[n]))
			n++;
		return str_slice(value, 0, n);
	}
	return STR_NONE;
}

/* Whether a browser reads the page as UTF-8 for certain: by its first bytes, by what
 * it declares, or because it is valid with more than ASCII in it. */
static bool is_utf8(struct str page)
{
	bool declared = str_starts(page, STR("\xef\xbb\xbf"));
	struct str rest = page;

	if (!utf8_valid(page))
		return false;
	for (size_t at; (at = str_index(rest, '<')) < rest.n;) {
		struct str tag, charset;

		rest = str_slice(rest, at + 1, rest.n);
		if (!str_ieq(str_slice(rest, 0, 4), STR("meta")))
			continue;
		tag = str_slice(rest, 4, META_MAX);
		charset = charset_of(str_slice(tag, 0, str_index(tag, '>')));
		if (charset.n && !names_utf8(charset))
			return false;
		declared |= charset.n > 0;
	}
	return declared || utf8_count(page) < page.n;
}

static struct str line_end(struct str page)
{
	size_t at = str_index(page, '\n');

	return at < page.n && at && page.p[at - 1] == '\r' ? STR("\r\n") : STR("\n");
}

static void add_fragment(struct buf *out, struct str fragment, struct str eol, bool utf8)
{
	const char *at = fragment.p;

	while (at < str_end(fragment)) {
		const char *from = at;
		uint32_t c = utf8_next(&at, str_end(fragment));

		if (c == '\n')
			buf_addstr(out, eol);
		else if (c < 0x80 || utf8)
			buf_add(out, from, (size_t)(at - from));
		else
			buf_addf(out, "&#%u;", c);
	}
}

/* What stands between the markers of a product without a page are blanks. */
static void fill(struct buf *out, struct str old, struct str fragment, struct str eol,
		 bool utf8)
{
	if (!fragment.n && !str_trim(old).n) {
		buf_addstr(out, old);
		return;
	}
	buf_addstr(out, eol);
	if (!fragment.n)
		return;
	add_fragment(out, fragment, eol, utf8);
	buf_addstr(out, eol);
}

static int unknown_product(const struct filling *f, const struct spot *spot)
{
	const char *meant = suggest(spot->slug, f->from->slugs, f->from->slugs_n);

	diag_add(f->diags, DIAG_NO_SUCH_PRODUCT,
		 place_line(f->path, spot->line, spot->column),
		 "the site has no product '%.*s'", STR_ARG(spot->slug));
	if (meant)
		diag_hint(f->diags, "did you mean '%s'?", meant);
	return -1;
}

/* A theme's comments could be markers: then the next run would find other places. */
static int check_fragment(const struct filling *f, struct str slug, struct str fragment)
{
	struct diags none = DIAGS_INIT;
	struct buf path = BUF_INIT;
	struct spots spots;
	bool any;

	fragment_path(&path, slug);
	any = spots_find(&spots, path.p, fragment, &none) < 0 || spots.n;
	if (any)
		diag_add(f->diags, DIAG_MARKER_BROKEN, place_file(path.p),
			 "the fragment has markers in it");
	spots_release(&spots);
	buf_release(&path);
	diags_release(&none);
	return any ? -1 : 0;
}

/* Whether there is such a product, and its fragment. */
static int take_fragment(const struct filling *f, const struct spot *spot,
			 struct str *fragment)
{
	int found = f->from->fragment(f->from->ctx, spot->slug, fragment, f->diags);

	if (found == 0)
		return unknown_product(f, spot);
	return found < 0 ? -1 : check_fragment(f, spot->slug, *fragment);
}

/* The page with its fragments to out; 0, or -1 with every mistake of the page. */
static int fill_page(const struct filling *f, const struct spots *spots, struct buf *out)
{
	struct str eol = line_end(f->page);
	bool utf8 = is_utf8(f->page);
	size_t at = 0;
	int status = 0;

	for (size_t i = 0; i < spots->n; i++) {
		const struct spot *spot = &spots->items[i];
		struct str fragment;

		if (take_fragment(f, spot, &fragment) < 0) {
			status = -1;
			continue;
		}
		buf_addstr(out, str_slice(f->page, at, spot->from));
		fill(out, str_slice(f->page, spot->from, spot->to), str_trim(fragment), eol,
		     utf8);
		at = spot->to;
	}
	buf_addstr(out, str_slice(f->page, at, f->page.n));
	return status;
}

/* A page in UTF-16 reads as ASCII once its NUL bytes are gone. */
static int check_narrow(const struct filling *f)
{
	struct buf narrow = BUF_INIT;
	struct spots spots;
	struct diags none = DIAGS_INIT;
	bool wanted;

	for (size_t i = 0; i < f->page.n; i++)
		if (f->page.p[i])
			buf_addc(&narrow, f->page.p[i]);
	wanted = spots_find(&spots, f->path, buf_str(&narrow), &none) < 0 || spots.n;
	spots_release(&spots);
	diags_release(&none);
	buf_release(&narrow);
	if (!wanted)
		return 0;
	diag_add(f->diags, DIAG_BAD_UTF8, place_file(f->path),
		 "this page has markers and NUL bytes, as in UTF-16");
	diag_hint(f->diags, "save it as UTF-8");
	return -1;
}

static void remember(struct placed *placed, const struct spots *spots, struct arena *a)
{
	placed->slugs = arena_array(a, struct str, spots->n);
	placed->slugs_n = spots->n;
	for (size_t i = 0; i < spots->n; i++)
		placed->slugs[i] = arena_str(a, spots->items[i].slug);
}

int place_page(const struct place_source *from, const char *path, struct str page,
	       struct arena *arena, struct placed *placed, struct buf *out,
	       struct diags *diags)
{
	const struct filling f = { from, path, page, diags };
	struct spots spots = SPOTS_INIT;
	int status;

	*placed = (struct placed){ 0 };
	if (memchr(page.p, '\0', page.n))
		return check_narrow(&f);
	status = spots_find(&spots, path, page, diags);
	/* A spot without an end has no bytes to be replaced. */
	if (status == 0 && spots.n)
		status = fill_page(&f, &spots, out);
	if (status == 0 && spots.n) {
		remember(placed, &spots, arena);
		placed->changed = !str_eq(page, buf_str(out));
	}
	spots_release(&spots);
	return status;
}
