/*
 * theme.yaml and words/LANG.yaml.  What the text of a word is made of is
 * template-wording.c's, and how it gets into a page template-compile.c's.
 */
#include "template-impl.h"

#include "base/fields.h"
#include "base/fsys.h"
#include "base/mem.h"
#include "base/suggest.h"

#include <stdlib.h>

struct theme_yaml {
	struct str name; /* for people only */
	struct str language;
	const struct ynode *words;
};

static int load_file(struct wording_file *f, const char *path, struct sha256 *digest,
		     struct diags *diags)
{
	if (source_load(&f->source, path, diags) < 0)
		return -1;
	f->loaded = true;
	if (digest)
		sha256_add(digest, source_text(&f->source));
	return ydoc_parse(&f->doc, &f->source, diags);
}

static void release_file(struct wording_file *f)
{
	if (!f->loaded)
		return;
	ydoc_release(&f->doc);
	source_release(&f->source);
}

struct word *wording_find(const struct wording *w, struct str name)
{
	for (size_t i = 0; i < w->n; i++)
		if (str_eq(w->items[i].name, name))
			return &w->items[i];
	return NULL;
}

void wording_hint(const struct wording *w, struct str name, struct diags *diags)
{
	const char **names = xreallocarray(NULL, w->n + 1, sizeof(*names));
	struct arena a = ARENA_INIT;
	const char *near;

	for (size_t i = 0; i < w->n; i++)
		names[i] = arena_strz(&a, w->items[i].name);
	near = suggest(name, names, w->n);
	if (near)
		diag_hint(diags, "did you mean '%s'?", near);
	free(names);
	arena_release(&a);
}

/* One word. */

static int read_form(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	struct str text;

	*(const struct ynode **)member = node;
	return field_text(node, &text, ctx);
}

#define FORM(plural, text) \
	{ .name = text, .type = FIELD_CUSTOM, .required = plural == PLURAL_OTHER, \
	  .offset = plural * sizeof(struct ynode *), .parse = read_form }
static const struct field form_rows[] = {
	FORM(PLURAL_ZERO, "zero"), FORM(PLURAL_ONE, "one"), FORM(PLURAL_TWO, "two"),
	FORM(PLURAL_FEW, "few"), FORM(PLURAL_MANY, "many"), FORM(PLURAL_OTHER, "other"),
	{ 0 },
};
#undef FORM

/* What is counted is what the form for all the rest writes first. */
static int find_count(struct word *word, const struct ynode *node, struct fields_ctx *ctx)
{
	const struct word_form *other = &word->forms[PLURAL_OTHER];

	for (size_t i = 0; i < other->n; i++) {
		word->count = other->parts[i].tag;
		if (word->count && !name_in_words(&word->count->name))
			return 0;
	}
	diag_add(ctx->diags, DIAG_BAD_VALUE, field_place(ydoc_get(node, "other"), ctx),
		 "nothing says which form of '%.*s' is meant", STR_ARG(word->name));
	diag_hint(ctx->diags, "the first tag in 'other' is what is counted");
	return -1;
}

static int read_word(struct word *word, const struct ynode *node, struct str language,
		     struct fields_ctx *ctx)
{
	const struct ynode *forms[PLURAL_COUNT] = { 0 };
	const char *where = arena_strz(ctx->arena, node->key->text);
	struct name name;
	int status;

	*word = (struct word){ .name = node->key->text, .language = language,
			       .place = field_place(node->key, ctx) };
	if (!name_read(ctx->arena, TEMPLATE_HTML, word->name, &name) || name.n != 1) {
		diag_add(ctx->diags, DIAG_SYNTAX, word->place, "'%s' is no name", where);
		diag_hint(ctx->diags, "names are letters, digits, '_' and '-'");
		return -1;
	}
	status = node->kind == Y_MAP ? fields_read(node, form_rows, forms, where, ctx)
				     : read_form(node, &forms[PLURAL_OTHER], ctx);
	for (int p = 0; status == 0 && p < PLURAL_COUNT; p++)
		if (forms[p])
			status = word_form_read(ctx->arena, &word->forms[p], ctx->source,
						forms[p], ctx->diags);
	if (status == 0 && node->kind == Y_MAP)
		status = find_count(word, node, ctx);
	return status;
}

/* The theme's own words. */

static int keep_mapping(const struct ynode *node, void *member, struct fields_ctx *ctx)
{
	*(const struct ynode **)member = node;
	if (node->kind == Y_MAP || ydoc_is_null(node))
		return 0;
	return field_expected(node, "a mapping", ctx);
}

static int read_theme(struct wording *w, struct theme_yaml *yaml, struct diags *diags)
{
#define AT(member) offsetof(struct theme_yaml, member)
	static const struct field rows[] = {
		{ .name = "name", .type = FIELD_STR, .offset = AT(name), .required = true },
		{ .name = "language", .type = FIELD_LANGUAGE, .offset = AT(language) },
		{ .name = "words", .type = FIELD_CUSTOM, .offset = AT(words),
		  .parse = keep_mapping },
		{ 0 },
	};
#undef AT
	struct fields_ctx ctx = { &w->theme.source, &w->arena, diags, NULL };
	int status = fields_read(w->theme.doc.root, rows, yaml, "theme.yaml", &ctx);
	const struct ynode *node = yaml->words ? yaml->words->first : NULL;

	for (; node && yaml->words->kind == Y_MAP; node = node->next) {
		GROW(w->items, w->n, w->cap);
		if (read_word(&w->items[w->n++], node, yaml->language, &ctx) < 0)
			status = -1;
	}
	return status;
}

/* Translations. */

static struct str primary(struct str tag)
{
	return str_slice(tag, 0, str_index(tag, '-'));
}

/* The most specific translation there is, by RFC 4647's lookup: de-at.yaml, de.yaml.
 * The theme's own words are one, too. */
static bool find_translation(const char *theme, struct str language, struct str own,
			     struct buf *path)
{
	struct str folder = str_of(theme);

	while (folder.n && folder.p[folder.n - 1] != '/')
		folder.n--;
	while (language.n && !str_ieq(language, own)) {
		buf_reset(path);
		buf_addf(path, "%.*swords/", STR_ARG(folder));
		for (size_t i = 0; i < language.n; i++) {
			char c = language.p[i];

			buf_addc(path, c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c);
		}
		buf_addlit(path, ".yaml");
		if (fsys_exists(path->p))
			return true;
		while (language.n && language.p[--language.n] != '-')
			;
	}
	return false;
}

/* A key that the original doesn't ask for is one that nobody has tried. */
static int check_tags(const struct word *original, const struct word *word,
		      struct diags *diags)
{
	int status = 0;

	for (int p = 0; p < PLURAL_COUNT; p++)
		for (size_t i = 0; i < word->forms[p].n; i++) {
			const struct tag *tag = word->forms[p].parts[i].tag;

			if (tag && !word_has_tag(original, tag->name.whole))
				status = diag_add(diags, DIAG_MISSING_KEY, tag_place(tag),
						  "theme.yaml's '%.*s' has no tag '%.*s'",
						  STR_ARG(word->name),
						  STR_ARG(tag->name.whole));
		}
	return status;
}

static int translate_word(struct wording *w, const struct ynode *node, struct str language,
			  struct fields_ctx *ctx)
{
	struct word *original = wording_find(w, node->key->text), word;

	if (!original) {
		diag_add(ctx->diags, DIAG_UNKNOWN_KEY, field_place(node->key, ctx),
			 "theme.yaml has no word '%.*s'", STR_ARG(node->key->text));
		wording_hint(w, node->key->text, ctx->diags);
		return -1;
	}
	if (read_word(&word, node, language, ctx) < 0 ||
	    check_tags(original, &word, ctx->diags) < 0)
		return -1;
	*original = word;
	return 0;
}

static int translate(struct wording *w, struct str language, struct diags *diags)
{
	const struct source *source = &w->translation.source;
	struct fields_ctx ctx = { source, &w->arena, diags, NULL };
	const struct ynode *root = w->translation.doc.root;
	int status = 0;

	if (root && root->kind != Y_MAP)
		return field_expected(root, "a mapping", &ctx);
	for (const struct ynode *v = root ? root->first : NULL; v; v = v->next)
		if (translate_word(w, v, language, &ctx) < 0)
			status = -1;
	for (size_t i = 0; status == 0 && i < w->n; i++)
		if (w->items[i].place.source != source)
			diag_add(diags, DIAG_WORD_MISSING, w->items[i].place,
				 "'%.*s' isn't in %s: visitors read this",
				 STR_ARG(w->items[i].name), source->path);
	return status;
}

/* In the language of the site, if that isn't the theme's. */
static int load_translation(struct wording *w, const char *theme, struct str language,
			    struct str own, struct sha256 *digest, struct diags *diags)
{
	struct buf path = BUF_INIT;
	int status = 0;

	language = arena_str(&w->arena, language);
	if (find_translation(theme, language, own, &path)) {
		status = load_file(&w->translation, path.p, digest, diags);
		if (status == 0)
			status = translate(w, language, diags);
	} else if (w->n && language.n && !str_ieq(primary(language), primary(own))) {
		diag_add(diags, DIAG_WORDS_LANGUAGE, place_file(theme),
			 "the theme has no words in '%.*s': visitors read '%.*s'",
			 STR_ARG(language), STR_ARG(own));
		diag_hint(diags, "write words/%.*s.yaml beside it",
			  STR_ARG(primary(language)));
	}
	buf_release(&path);
	return status;
}

int wording_load(struct wording **out, const char *path, struct str language,
		 struct sha256 *digest, struct diags *diags)
{
	struct wording *w = xcalloc(1, sizeof(*w));
	struct theme_yaml yaml = { .language = STR("en") };
	int status = load_file(&w->theme, path, digest, diags);

	*out = w;
	if (status == 0)
		status = read_theme(w, &yaml, diags);
	if (status == 0)
		status = load_translation(w, path, language, yaml.language, digest, diags);
	if (status == 0)
		status = wording_check(w, diags);
	w->failed = status < 0;
	return status;
}

void wording_free(struct wording *w)
{
	if (!w)
		return;
	release_file(&w->theme);
	release_file(&w->translation);
	arena_release(&w->arena);
	free(w->items);
	free(w);
}
