/* Themes: found, read, compiled.  What the templates see is view.c's. */
#include "render/theme.h"

#include "base/fsys.h"
#include "base/mem.h"
#include "render/paths.h"
#include "render/wording.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
	const char *file;
	enum template_kind kind;
	unsigned flags;
	bool optional;
} files[THEME_PAGE_COUNT] = {
	[THEME_LAYOUT] = { "layout.html", TEMPLATE_HTML, 0 },
	[THEME_INDEX] = { "index.md", TEMPLATE_MARKDOWN, 0 },
	[THEME_PRODUCT] = { "product.md", TEMPLATE_MARKDOWN, TEMPLATE_NEEDS_DISCLOSURE },
	[THEME_FRAGMENT] = { "fragment.md", TEMPLATE_MARKDOWN, TEMPLATE_NEEDS_DISCLOSURE },
	[THEME_SCENARIO] = { "scenario.md", TEMPLATE_MARKDOWN, TEMPLATE_NEEDS_DISCLOSURE },
	[THEME_THREAD] = { "thread.md", TEMPLATE_MARKDOWN, TEMPLATE_NEEDS_DISCLOSURE },
	[THEME_PAGE] = { "page.md", TEMPLATE_MARKDOWN, 0 },
	[THEME_CONTRIBUTOR] = { "contributor.md", TEMPLATE_MARKDOWN, 0, .optional = true },
};

const char *theme_file(enum theme_page page)
{
	return files[page].file;
}

/* An asset of 8 MB is a mistake, not a stylesheet. */
enum { ASSET_MAX = 8 << 20 };

static bool is_theme(const char *dir)
{
	struct buf path = BUF_INIT;
	bool found;

	buf_addf(&path, "%s/theme.yaml", dir);
	found = fsys_exists(path.p);
	buf_release(&path);
	return found;
}

/* The folder of the running program, or "." where the system can't say. */
static void program_dir(struct buf *out)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path));

	while (n > 0 && path[n - 1] != '/')
		n--;
	if (n > 0)
		buf_add(out, path, (size_t)n);
	else
		buf_adds(out, "./");
}

/* Whether parent/name is a theme; its path is left in dir. */
static bool try_dir(struct buf *dir, const char *parent, const char *below,
		    const char *name)
{
	buf_reset(dir);
	buf_addf(dir, "%s%s%s", parent, below, name);
	return is_theme(dir->p);
}

char *theme_find(const char *name)
{
	struct buf program = BUF_INIT, dir = BUF_INIT;
	bool found;

	program_dir(&program);
	if (strchr(name, '/'))
		found = try_dir(&dir, "", "", name);
	else
		found = try_dir(&dir, "", "themes/", name) ||
			try_dir(&dir, program.p, "../themes/", name) ||
			try_dir(&dir, program.p, "../share/candor/themes/", name) ||
			try_dir(&dir, CANDOR_DATADIR, "/themes/", name);
	buf_release(&program);
	if (found)
		return buf_detach(&dir);
	buf_release(&dir);
	return NULL;
}

/* Better said than silently passed over. */
static void refuse_disclosure(const struct theme *t, const char *suffix,
			      struct diags *diags)
{
	struct buf path = BUF_INIT;

	buf_addf(&path, "%s/partials/disclosure%s", t->dir, suffix);
	if (access(path.p, F_OK) == 0) {
		diag_add(diags, DIAG_CONTENT_RESERVED, place_file(path.p),
			 "the disclosure is built in: a theme can't bring its own");
		diag_hint(diags, "remove the file; CSS can style the built-in one");
	}
	buf_release(&path);
}

/* The disclosure comes first: a theme cannot put its own in its place. */
static bool load_partial(void *ctx, struct str name, struct source *out,
			 enum template_kind *kind, struct diags *diags)
{
	static const struct {
		const char *suffix;
		enum template_kind kind;
	} forms[] = { { ".html", TEMPLATE_HTML }, { ".md", TEMPLATE_MARKDOWN } };
	struct theme *t = ctx;
	bool found = false;

	if (str_is(name, "disclosure")) {
		for (size_t i = 0; i < ARRAY_LEN(forms); i++)
			refuse_disclosure(t, forms[i].suffix, diags);
		builtin_disclosure(out, t->language);
		*kind = TEMPLATE_HTML;
		return true;
	}
	if (str_index(name, '/') < name.n || str_starts(name, STR(".")))
		return false;
	for (size_t i = 0; !found && i < ARRAY_LEN(forms); i++) {
		struct buf path = BUF_INIT;

		buf_addf(&path, "%s/partials/%.*s%s", t->dir, STR_ARG(name), forms[i].suffix);
		*kind = forms[i].kind;
		found = fsys_exists(path.p) &&
			source_load(out, path.p, diags) == 0;
		if (found)
			sha256_add(&t->digest, source_text(out));
		buf_release(&path);
	}
	return found;
}

/* What a post could do if all else failed, the browser would still forbid. */
static void want_policy(const struct source *layout, struct diags *diags)
{
	struct str text = source_text(layout), name = STR("content-security-policy");

	for (size_t i = 0; i + name.n <= text.n; i++)
		if (str_ieq(str_slice(text, i, i + name.n), name))
			return;
	diag_add(diags, DIAG_CSP_MISSING, place_file(layout->path),
		 "the layout has no content security policy");
	diag_hint(diags, "copy the <meta http-equiv> line of the default theme");
}

static int load_page(struct theme *t, enum theme_page page, struct diags *diags)
{
	char *path = fsys_join(t->dir, files[page].file);
	struct source source;
	int status;

	if (files[page].optional && !fsys_exists(path)) {
		free(path);
		return 0;
	}
	status = source_load(&source, path, diags);
	if (status == 0) {
		sha256_add(&t->digest, source_text(&source));
		if (page == THEME_LAYOUT)
			want_policy(&source, diags);
		t->page[page] = template_compile(t->templates, &source, files[page].kind,
						 files[page].flags, diags);
		status = t->page[page] ? 0 : -1;
		source_release(&source);
	}
	free(path);
	return status;
}

const struct template *theme_compile(struct theme *t, const struct source *source,
				     struct diags *diags)
{
	sha256_add(&t->digest, source_text(source));
	return template_compile(t->templates, source, TEMPLATE_MARKDOWN, 0, diags);
}

const struct template *theme_compile_builtin(struct theme *t, const char *text,
					     struct diags *diags)
{
	const struct template *compiled;
	struct source source;

	builtin_source(&source, t->language, text);
	compiled = theme_compile(t, &source, diags);
	source_release(&source);
	return compiled;
}

/* "site.css" becomes "assets/site.HASH.css", so that caches may keep it. */
static char *hashed_path(const char *name, struct str bytes)
{
	unsigned char digest[SHA256_SIZE];
	struct buf path = BUF_INIT;

	sha256_of(bytes, digest);
	asset_path(&path, str_of(name), digest);
	return buf_detach(&path);
}

static int load_asset(struct theme *t, const char *dir, const char *name,
		      struct diags *diags)
{
	char *path = fsys_join(dir, name);
	struct asset asset = { .name = xstrdup(name), .bytes = BUF_INIT };
	int status = fsys_read(path, ASSET_MAX, &asset.bytes, diags);

	asset.path = hashed_path(name, buf_str(&asset.bytes));
	sha256_add(&t->digest, str_of(name));
	sha256_add(&t->digest, buf_str(&asset.bytes));
	GROW(t->assets, t->assets_n, t->assets_cap);
	t->assets[t->assets_n++] = asset;
	free(path);
	return status;
}

static int load_assets(struct theme *t, struct diags *diags)
{
	char *dir = fsys_join(t->dir, "assets");
	struct fsys_names names = { 0 };
	/* A theme may do without. */
	int status = fsys_exists(dir) ? fsys_walk(dir, &names, diags) : 0;

	for (size_t i = 0; i < names.n; i++)
		if (load_asset(t, dir, names.items[i], diags) < 0)
			status = -1;
	fsys_names_release(&names);
	free(dir);
	return status;
}

static int load_words(struct theme *t, struct str language, struct diags *diags)
{
	char *path = fsys_join(t->dir, "theme.yaml");
	int status = wording_load(&t->words, path, language, &t->digest, diags);

	free(path);
	return status;
}

int theme_missing(const char *name, struct diags *diags)
{
	diag_add(diags, DIAG_THEME_NOT_FOUND, NO_PLACE,
		 "no theme '%s': no folder with a theme.yaml", name);
	diag_hint(diags, "'default' and 'plain' come with candor; one of your own "
			 "is a folder under themes/, or a path with a '/' in it");
	return -1;
}

int theme_load(struct theme *t, const char *name, struct str language,
	       struct diags *diags)
{
	struct template_loader loader = { load_partial, t, NULL };
	int status;

	*t = (struct theme){ .dir = theme_find(name), .language = language,
			     .builtin = builtin_find(language) };
	sha256_start(&t->digest);
	if (!t->dir)
		return theme_missing(name, diags);
	status = load_words(t, language, diags);
	loader.words = t->words;
	t->templates = templates_new(&loader);
	for (int page = 0; page < THEME_PAGE_COUNT; page++)
		if (load_page(t, (enum theme_page)page, diags) < 0)
			status = -1;
	return load_assets(t, diags) < 0 ? -1 : status;
}

const struct asset *theme_asset(const struct theme *t, const char *name)
{
	for (size_t i = 0; i < t->assets_n; i++)
		if (!strcmp(t->assets[i].name, name))
			return &t->assets[i];
	return NULL;
}

void theme_release(struct theme *t)
{
	for (size_t i = 0; i < t->assets_n; i++) {
		free(t->assets[i].name);
		free(t->assets[i].path);
		buf_release(&t->assets[i].bytes);
	}
	free(t->assets);
	free(t->dir);
	templates_free(t->templates);
	wording_free(t->words);
	*t = (struct theme){ 0 };
}
