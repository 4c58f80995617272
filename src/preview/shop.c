/* A shop's pages with their conversations in place. */
#include "preview/shop.h"

#include "base/fsys.h"
#include "base/mem.h"
#include "preview/page.h"
#include "render/html.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* Bytes of a file, and of an include that are looked at. */
enum { FILE_MAX = 64 << 20, INCLUDE_MAX = 1024 };

struct shop {
	char *dir; /* owned; as the user named it */
	int fd;
};

int shop_open(struct shop **out, const char *dir, struct diags *diags)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	*out = NULL;
	if (fd < 0)
		return diag_errno(diags, errno == ENOENT ? DIAG_NOT_FOUND : DIAG_UNREADABLE,
				  place_file(dir), "cannot read the folder of product pages");
	*out = xcalloc(1, sizeof(**out));
	**out = (struct shop){ xstrdup(dir), fd };
	return 0;
}

void shop_close(struct shop *s)
{
	if (!s)
		return;
	close(s->fd);
	free(s->dir);
	free(s);
}

/* --- Fragments that a web server includes --- */

/* What a server includes by: SSI (Apache's mod_include, nginx's ssi) and ESI (1.0). */
static const struct include {
	const char *start, *attribute, *end;
} includes[] = {
	{ "<!--#include", "virtual=", "-->" },
	{ "<esi:include", "src=", ">" },
};

/* The slug in ".../products/SLUG/fragment.html", or absent. */
static struct str slug_of(struct str address)
{
	static const struct str folder = { "products/", 9 }, file = { "/fragment.html", 14 };
	size_t from;

	address = str_slice(address, 0, str_index(address, '?'));
	if (!str_ends(address, file))
		return STR_NONE;
	address.n -= file.n;
	for (from = address.n; from && address.p[from - 1] != '/';)
		from--;
	return str_ends(str_slice(address, 0, from), folder) &&
			       str_is_slug(str_slice(address, from, address.n))
		       ? str_slice(address, from, address.n)
		       : STR_NONE;
}

/* The value of the attribute in what stands between start and end. */
static struct str value_of(struct str inside, const char *attribute)
{
	size_t at = str_find(inside, str_of(attribute));
	struct str value = str_slice(inside, at + strlen(attribute), inside.n);
	char quote = value.n ? value.p[0] : '\0';

	if (at == inside.n || (quote != '"' && quote != '\''))
		return STR_NONE;
	value = str_slice(value, 1, value.n);
	return str_slice(value, 0, str_index(value, quote));
}

/* The fragment that the page's first bytes ask for, and how many these are; absent, and 1,
 * where they ask for none. */
static struct str asked_for(struct str page, size_t *n)
{
	*n = 1;
	for (size_t i = 0; i < ARRAY_LEN(includes); i++) {
		const struct include *how = &includes[i];
		struct str rest = str_slice(page, strlen(how->start), INCLUDE_MAX);
		size_t end;

		if (!str_starts(page, str_of(how->start)))
			continue;
		end = str_find(rest, str_of(how->end));
		if (end == rest.n)
			return STR_NONE;
		*n = strlen(how->start) + end + strlen(how->end);
		return slug_of(value_of(str_slice(rest, 0, end), how->attribute));
	}
	return STR_NONE;
}

/* The page with what it includes; whose fragments these are is added to placed. */
static int include_all(const char *path, struct str page, const struct place_source *from,
		       struct arena *arena, struct placed *placed, struct buf *out,
		       struct diags *diags)
{
	unsigned long line = 1;
	size_t written = 0, counted = 0, n;

	for (size_t at = str_index(page, '<'); at < page.n;
	     at += n, at += str_index(str_slice(page, at, page.n), '<')) {
		struct str slug = asked_for(str_slice(page, at, page.n), &n), fragment;
		int found;

		if (!str_present(slug))
			continue;
		while (counted < at)
			line += page.p[counted++] == '\n';
		found = from->fragment(from->ctx, slug, &fragment, diags);
		if (found < 0)
			return -1;
		if (!found) {
			diag_add(diags, DIAG_NO_SUCH_PRODUCT, place_line(path, line, 0),
				 "the site has no product '%.*s'", STR_ARG(slug));
			continue;
		}
		buf_addstr(out, str_slice(page, written, at));
		buf_addstr(out, fragment);
		written = at + n;
		if (!placed->slugs_n) {
			placed->slugs = arena_array(arena, struct str, 1);
			placed->slugs[placed->slugs_n++] = arena_str(arena, slug);
		}
	}
	buf_addstr(out, str_slice(page, written, page.n));
	return 0;
}

/* --- Files --- */

static int fill(const char *path, struct str page, const struct place_source *from,
		struct arena *arena, struct placed *placed, struct buf *out,
		struct diags *diags)
{
	struct buf filled = BUF_INIT;
	int status;

	if (place_page(from, path, page, arena, placed, &filled, diags) < 0)
		buf_reset(&filled);
	status = include_all(path, filled.n ? buf_str(&filled) : page, from, arena, placed,
			     out, diags);
	buf_release(&filled);
	return status;
}

int shop_get(struct shop *s, struct str name, const struct place_source *from,
	     struct arena *arena, struct placed *placed, struct buf *out,
	     struct diags *diags)
{
	char *file = xmemdup0(name.p, name.n), *path = fsys_join(s->dir, file);
	struct buf bytes = BUF_INIT;
	struct fsys_stamp stamp;
	int status = 0;

	*placed = (struct placed){ 0 };
	if (fsys_stamp_at(s->fd, file, &stamp))
		status = fsys_read_at(s->fd, file, path, FILE_MAX, &bytes, diags) < 0 ? -1 : 1;
	if (status > 0 && place_is_page(name, NULL))
		status = fill(path, buf_str(&bytes), from, arena, placed, out, diags) < 0
				 ? -1
				 : 1;
	else
		buf_addstr(out, buf_str(&bytes));
	buf_release(&bytes);
	free(path);
	free(file);
	return status;
}

/* --- The list of its pages --- */

static void add_row(struct buf *out, struct str name, const struct placed *placed)
{
	struct str rest = name;

	buf_addlit(out, "<li><a href=\"/" PREVIEW_SHOP);
	for (bool first = true; str_present(rest); first = false) {
		if (!first)
			buf_addc(out, '/');
		url_segment(out, str_split(&rest, '/'));
	}
	buf_addlit(out, "\">");
	html_text(out, name);
	buf_addlit(out, "</a>: ");
	for (size_t i = 0; i < placed->slugs_n; i++) {
		buf_adds(out, i ? ", " : "");
		html_text(out, placed->slugs[i]);
	}
	buf_addlit(out, "</li>\n");
}

static int add_rows(struct shop *s, const struct fsys_names *names,
		    const struct place_source *from, struct buf *out, struct diags *diags)
{
	struct arena arena = ARENA_INIT;
	struct buf page = BUF_INIT;
	int status = 0;

	for (size_t i = 0; i < names->n && status >= 0; i++) {
		struct str name = str_of(names->items[i]);
		struct placed placed;

		if (!place_is_page(name, NULL))
			continue;
		buf_reset(&page);
		status = shop_get(s, name, from, &arena, &placed, &page, diags);
		if (placed.slugs_n)
			add_row(out, name, &placed);
		arena_reset(&arena);
	}
	buf_release(&page);
	arena_release(&arena);
	return status < 0 ? -1 : 0;
}

int shop_index(struct shop *s, const struct place_source *from, struct buf *out,
	       struct diags *diags)
{
	struct buf rows = BUF_INIT;
	struct fsys_names names;
	int status = fsys_walk_into(s->dir, place_skips, &names, diags);

	if (status == 0) {
		status = add_rows(s, &names, from, &rows, diags);
		fsys_names_release(&names);
	}
	page_list(out, "Product pages",
		  rows.n ? "Those that have a place for conversations, and whose:"
			 : "No page in the folder has a place for conversations.",
		  buf_str(&rows));
	buf_release(&rows);
	return status;
}
