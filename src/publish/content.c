/* Reading content/.  Rendering its pages is pages.c's. */
#include "publish/content.h"

#include "base/fields.h"
#include "base/fsys.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* What is copied through is read whole; a video belongs elsewhere. */
enum { FILE_MAX = 64 << 20 };

/* Folders of the site that pages of content/ may not take. */
static const char *const reserved[] = { "products", "threads", "scenarios", "contributors",
					"wrong", "assets" };

struct front {
	struct str title, description;
	int64_t menu; /* or MENU_USUAL */
	bool draft;
};

enum { MENU_USUAL = -1, MENU_MAX = 1000 };

/* A place, or `none`. */
static int read_menu(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	int64_t *menu = member;

	if (node->kind == Y_SCALAR && str_is(node->text, "none")) {
		*menu = 0;
		return 0;
	}
	if (field_int(node, 1, MENU_MAX, menu, ctx) == 0)
		return 0;
	diag_hint(ctx->diags, "a place in the menu from 1 to %d, or none", MENU_MAX);
	return -1;
}

static const struct field front_rows[] = {
	{ .name = "title", .type = FIELD_STR, .offset = offsetof(struct front, title),
	  .required = true },
	{ .name = "description", .type = FIELD_STR,
	  .offset = offsetof(struct front, description) },
	{ .name = "menu", .type = FIELD_CUSTOM, .offset = offsetof(struct front, menu),
	  .parse = read_menu },
	{ .name = "draft", .type = FIELD_BOOL, .offset = offsetof(struct front, draft) },
	{ 0 },
};

/* Whether the first line is "---". */
static bool fence(struct str text)
{
	return str_is(str_trim(str_slice(text, 0, str_index(text, '\n'))), "---");
}

/* The length of the front matter with both of its fences, 0 when there is none;
 * inner is what stands between them. */
static size_t front_length(struct str text, struct str *inner)
{
	size_t first = str_index(text, '\n') + 1, line;

	if (!fence(text))
		return 0;
	for (size_t at = first; at < text.n; at += line + 1) {
		struct str rest = str_slice(text, at, text.n);

		line = str_index(rest, '\n');
		if (fence(rest)) {
			*inner = str_slice(text, first, at);
			return at + line + (line < rest.n);
		}
	}
	return 0;
}

/* A source of the same file in which only bytes [from, to) are left and
 * everything before is line ends, so that positions stay true. */
static void narrow(struct source *out, const struct source *s, size_t from, size_t to)
{
	source_from(out, s->path, str_slice(source_text(s), 0, to));
	for (size_t i = 0; i < from; i++)
		if (out->text.p[i] != '\n')
			out->text.p[i] = ' ';
}

static int read_front(const struct source *s, struct str inner, struct content_page *page,
		      struct diags *diags)
{
	size_t from = (size_t)(inner.p - s->text.p);
	struct front front = { STR_NONE, STR_NONE, MENU_USUAL, false };
	struct source yaml;
	struct ydoc doc;
	int status;

	narrow(&yaml, s, from, from + inner.n);
	status = ydoc_parse(&doc, &yaml, diags);
	if (status == 0 && doc.root) {
		struct fields_ctx ctx = { &yaml, &doc.arena, diags, NULL };

		status = fields_read(doc.root, front_rows, &front, "front matter", &ctx);
	} else if (status == 0) {
		status = diag_add(diags, DIAG_MISSING_KEY, place_in(s, 0, 3),
				  "empty front matter: 'title' is missing");
	}
	page->title = xmemdup0(front.title.p, front.title.n);
	page->description = str_present(front.description)
				    ? xmemdup0(front.description.p, front.description.n)
				    : NULL;
	page->draft = front.draft;
	page->menu = front.menu == MENU_USUAL ? builtin_place(page->slug) : front.menu;
	ydoc_release(&doc);
	source_release(&yaml);
	return status;
}

static struct content_page *add_page(struct content *c, const char *slug)
{
	GROW(c->pages, c->pages_n, c->pages_cap);
	c->pages[c->pages_n] = (struct content_page){ .slug = xstrdup(slug) };
	return &c->pages[c->pages_n++];
}

static int no_front(const struct source *s, struct diags *diags)
{
	if (fence(source_text(s))) {
		diag_add(diags, DIAG_SYNTAX, place_in(s, 0, 3), "the front matter has no end");
		diag_hint(diags, "a line with '---' alone ends it");
	} else {
		diag_add(diags, DIAG_MISSING_KEY, place_in(s, 0, 0),
			 "a page needs front matter with a 'title'");
		diag_hint(diags, "begin the file with '---', 'title: ...', '---', a line each");
	}
	return -1;
}

static int parse_page(struct content *c, const char *slug, const struct source *s,
		      struct theme *theme, struct diags *diags)
{
	struct content_page *page = add_page(c, slug);
	struct str inner = STR_NONE;
	size_t n = front_length(source_text(s), &inner);
	struct source body;
	int status;

	page->file = xstrdup(s->path);
	if (!n) {
		page->title = xstrdup(slug);
		return no_front(s, diags);
	}
	status = read_front(s, inner, page, diags);
	narrow(&body, s, n, source_text(s).n);
	page->body = theme_compile(theme, &body, diags);
	source_release(&body);
	return page->body ? status : -1;
}

/* The first folder of name, or name itself. */
static bool is_reserved(struct str name)
{
	struct str first = str_slice(name, 0, str_index(name, '/'));

	for (size_t i = 0; i < ARRAY_LEN(reserved); i++)
		if (str_is(first, reserved[i]))
			return true;
	return false;
}

static int check_slug(const char *path, struct str slug, struct diags *diags)
{
	if (is_reserved(slug)) {
		diag_add(diags, DIAG_CONTENT_RESERVED, place_file(path),
			 "'%.*s' is a folder that candor fills", STR_ARG(slug));
		diag_hint(diags, "give the file another name");
		return -1;
	}
	if (str_is_slug(slug))
		return 0;
	diag_add(diags, DIAG_BAD_VALUE, place_file(path),
		 "the page's name '%.*s' cannot stand in a URL", STR_ARG(slug));
	diag_hint(diags, "up to 64 of a-z, 0-9 and -");
	return -1;
}

static void free_page(struct content_page *page)
{
	free(page->slug);
	free(page->file);
	free(page->title);
	free(page->description);
}

/* Its mistakes are told, but it stands in nothing that is published. */
static void set_draft_aside(struct content *c)
{
	if (!c->pages[c->pages_n - 1].draft)
		return;
	GROW(c->drafts, c->drafts_n, c->drafts_cap);
	c->drafts[c->drafts_n++] = c->pages[--c->pages_n];
}

static int load_page(struct content *c, const char *path, struct str slug,
		     struct theme *theme, struct diags *diags)
{
	bool index = str_is(slug, "index");
	char *name = xmemdup0(slug.p, index ? 0 : slug.n);
	struct source s;
	int status = index ? 0 : check_slug(path, slug, diags);

	if (status == 0)
		status = source_load(&s, path, diags);
	if (status == 0) {
		sha256_add(&c->digest, source_text(&s));
		status = parse_page(c, name, &s, theme, diags);
		set_draft_aside(c);
		source_release(&s);
	}
	free(name);
	return status;
}

static int load_file(struct content *c, const char *path, const char *name,
		     struct diags *diags)
{
	struct content_file file = { .bytes = BUF_INIT };

	if (is_reserved(str_of(name)))
		return check_slug(path, str_slice(str_of(name), 0,
						  str_index(str_of(name), '/')), diags);
	if (fsys_read(path, FILE_MAX, &file.bytes, diags) < 0) {
		buf_release(&file.bytes);
		return -1;
	}
	sha256_add(&c->digest, buf_str(&file.bytes));
	file.name = xstrdup(name);
	GROW(c->files, c->files_n, c->files_cap);
	c->files[c->files_n++] = file;
	return 0;
}

/* A Markdown file on top is a page; all else is copied. */
static int load_entry(struct content *c, const char *dir, const char *name,
		      struct theme *theme, struct diags *diags)
{
	char *path = fsys_join(dir, name);
	struct str s = str_of(name);
	int status;

	sha256_add(&c->digest, str_make(name, s.n + 1));
	if (str_ends(s, STR(".md")) && str_index(s, '/') == s.n)
		status = load_page(c, path, str_slice(s, 0, s.n - 3), theme, diags);
	else
		status = load_file(c, path, name, diags);
	free(path);
	return status;
}

static int add_builtin(struct content *c, const struct builtin_page *b,
		       struct theme *theme, struct diags *diags)
{
	struct content_page *page = add_page(c, b->slug);

	page->title = xstrdup(b->title);
	page->menu = builtin_place(b->slug);
	page->body = theme_compile_builtin(theme, b->text, diags);
	return page->body ? 0 : -1;
}

static int by_slug(const void *a, const void *b)
{
	const struct content_page *x = a, *y = b;

	return strcmp(x->slug, y->slug);
}

const struct content_page *content_find(const struct content *c, const char *slug)
{
	for (size_t i = 0; i < c->pages_n; i++)
		if (!strcmp(c->pages[i].slug, slug))
			return &c->pages[i];
	return NULL;
}

int content_load(struct content *c, const char *dir, struct theme *theme,
		 struct diags *diags)
{
	const struct builtin_page *b;
	struct fsys_names names = { 0 };
	int status = 0;

	*c = (struct content){ 0 };
	sha256_start(&c->digest);
	if (fsys_exists(dir) && fsys_walk(dir, &names, diags) < 0)
		status = -1;
	for (size_t i = 0; i < names.n; i++)
		if (load_entry(c, dir, names.items[i], theme, diags) < 0)
			status = -1;
	fsys_names_release(&names);
	for (size_t i = 0; (b = builtin_replaceable(theme->builtin, i)); i++)
		if (!content_find(c, b->slug) && add_builtin(c, b, theme, diags) < 0)
			status = -1;
	qsort(c->pages, c->pages_n, sizeof(*c->pages), by_slug);
	return status;
}

void content_release(struct content *c)
{
	for (size_t i = 0; i < c->pages_n; i++)
		free_page(&c->pages[i]);
	for (size_t i = 0; i < c->drafts_n; i++)
		free_page(&c->drafts[i]);
	for (size_t i = 0; i < c->files_n; i++) {
		free(c->files[i].name);
		buf_release(&c->files[i].bytes);
	}
	free(c->pages);
	free(c->drafts);
	free(c->files);
	*c = (struct content){ 0 };
}
