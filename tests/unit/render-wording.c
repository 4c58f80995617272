/*
 * The words of a theme: which translation a site gets, that each word counts by
 * the rules of the language that it is written in, that the digest knows of every
 * file that was read, and that what is shipped is complete.  What words may hold is tests/template's.
 */
#include "base/fsys.h"
#include "base/json.h"
#include "base/mem.h"
#include "check.h"
#include "render/template.h"
#include "render/wording.h"
#include "said.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static int set_up(void **state)
{
	static char dir[] = "/tmp/candor-unit-XXXXXX";

	*state = dir;
	return mkdtemp(dir) && chdir(dir) == 0 && mkdir("words", 0700) == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
	struct diags diags = DIAGS_INIT;
	const char *dir = *state;
	int tmp = open("/tmp", O_RDONLY | O_DIRECTORY);
	int status = fsys_remove_tree_at(tmp, dir + strlen("/tmp/"), &diags);

	close(tmp);
	diags_release(&diags);
	return status;
}

static void put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

/* What the template says in that language, with the data; or what it was told. */
static void render(const char *language, const char *text, const char *data,
		   struct buf *out)
{
	static const struct value nothing = { .kind = VALUE_OBJECT };
	struct template_loader loader = { .words = NULL };
	const struct template *t = NULL;
	struct diags diags = DIAGS_INIT;
	struct arena a = ARENA_INIT;
	struct templates *set;
	struct wording *words;
	struct source source;
	struct value value = nothing;
	const struct value *scopes[] = { &value };

	if (data)
		value = value_from_json(&a, json_parse(&a, str_of(data), place_line("d", 1, 0), &diags));
	wording_load(&words, "theme.yaml", str_of(language), NULL, &diags);
	loader.words = words;
	set = templates_new(&loader);
	source_from(&source, "t", str_of(text));
	t = template_compile(set, &source, TEMPLATE_HTML, 0, &diags);
	if (t)
		template_render(t, scopes, 1, out, &diags);
	if (diags.n)
		buf_addc(out, '\n');
	said(out, &diags);
	source_release(&source);
	templates_free(set);
	wording_free(words);
	diags_release(&diags);
	arena_release(&a);
}

static void expect(const char *language, const char *text, const char *data,
		   const char *want)
{
	struct buf got = BUF_INIT;

	render(language, text, data, &got);
	if (strcmp(got.p, want) != 0)
		fail_msg("in '%s': '%s' instead of '%s'", language, got.p, want);
	buf_release(&got);
}

/* The longest tag that has a file wins; the theme's own language needs none. */
static void lookup(void **state)
{
	static const struct {
		const char *site, *want;
	} cases[] = {
		{ "en", "own" }, { "EN", "own" }, { "en-GB", "own" }, { "de", "de" },
		{ "DE", "de" }, { "de-CH", "de" }, { "de-AT", "de-at" },
		{ "de-AT-1996", "de-at" }, { "zh-Hant-TW", "zh-hant" }, { "en-AU", "en-au" },
		{ "zh", "own\nwords-language: the theme has no words in 'zh': visitors "
			"read 'en' (write words/zh.yaml beside it)\n" },
		{ "zh-TW", "own\nwords-language: the theme has no words in 'zh-TW': visitors "
			   "read 'en' (write words/zh.yaml beside it)\n" },
		{ "eng", "own\nwords-language: the theme has no words in 'eng': visitors "
			 "read 'en' (write words/eng.yaml beside it)\n" },
	};

	(void)state;
	put("theme.yaml", "name: x\nwords: {w: own}\n");
	put("words/de.yaml", "w: de\n");
	put("words/de-at.yaml", "w: de-at\n");
	put("words/zh-hant.yaml", "w: zh-hant\n");
	put("words/en-au.yaml", "w: en-au\n");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		expect(cases[i].site, "{{words.w}}", NULL, cases[i].want);
}

/* A theme in a dialect: its own words before another's translation of them. */
static void own_language(void **state)
{
	(void)state;
	put("theme.yaml", "name: x\nlanguage: de-CH\nwords: {w: own}\n");
	expect("de-CH", "{{words.w}}", NULL, "own");
	expect("de-CH-1996", "{{words.w}}", NULL, "own");
	expect("de-AT", "{{words.w}}", NULL, "de-at");
	put("theme.yaml", "name: x\nlanguage: de_CH\nwords: {w: own}\n");
	expect("de", "x", NULL, "x\n2:11 bad-value: 'de_CH' is not a language tag "
				"(a tag such as en, de or pt-BR)\n");
	put("theme.yaml", "name: x\n");
	expect("fr", "x", NULL, "x");
}

/* 22 is "few" in Polish, "other" in English; 0 is "one" in French. */
static void plurals(void **state)
{
	(void)state;
	put("theme.yaml", "name: x\nwords:\n"
			  "  a: {one: '{{n}} post', other: '{{n}} posts'}\n"
			  "  b: {one: '{{n}} thing', few: '{{n}} few', other: '{{n}} things'}\n");
	put("words/pl.yaml", "a: {one: '{{n}} wpis', few: '{{n}} wpisy', other: '{{n}}+'}\n"
			     "b: {one: '{{n}} b', few: '{{n}} bf', other: '{{n}} bo'}\n");
	put("words/fr.yaml", "a: {one: '{{n}} message', other: '{{n}} messages'}\n"
			     "b: '{{n}} bs'\n");
	put("words/pl-x.yaml", "a: {one: '{{n}} wpis', few: '{{n}} wpisy', other: '{{n}}+'}\n");
	expect("en", "{{words.a}} {{words.b}}", "{\"n\": 22}", "22 posts 22 things");
	expect("pl", "{{words.a}} {{words.b}}", "{\"n\": 22}", "22 wpisy 22 bf");
	expect("pl", "{{words.a}}", "{\"n\": 5}", "5+");
	expect("fr", "{{words.a}} {{words.b}}", "{\"n\": 0}", "0 message 0 bs");
	expect("en", "{{words.a}}", "{\"n\": 0}", "0 posts");
	expect("pl-x", "{{words.a}} {{words.b}}", "{\"n\": 22}",
	       "22 wpisy 22 things\n4:3 word-missing: 'b' isn't in words/pl-x.yaml: "
	       "visitors read this\n");
}

/* Counts may come with their thousands set apart. */
static void numbers(void **state)
{
	static const struct {
		const char *n, *want;
	} cases[] = {
		{ "\"1\"", "one" }, { "1", "one" }, { "\"-1\"", "one" }, { "11", "other" },
		{ "\"1,000\"", "other" }, { "\"\"", "other" }, { "\"1a\"", "other" },
		{ "true", "other" }, { "null", "other" },
		{ "\"99999999999999999999\"", "other" },
	};

	(void)state;
	put("theme.yaml", "name: x\nwords: {a: {one: one, other: \"other{{n}}\"}}\n");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf data = BUF_INIT, got = BUF_INIT;

		buf_addf(&data, "{\"n\": %s}", cases[i].n);
		render("en", "{{words.a}}", data.p, &got);
		if (!str_starts(buf_str(&got), str_of(cases[i].want)))
			fail_msg("%s: '%s'", data.p, got.p);
		buf_release(&data);
		buf_release(&got);
	}
}

static void digest_of(const char *language, unsigned char digest[SHA256_SIZE])
{
	struct diags diags = DIAGS_INIT;
	struct wording *words;
	struct sha256 sum;

	sha256_start(&sum);
	assert_int_equal(wording_load(&words, "theme.yaml", str_of(language), &sum, &diags),
			 0);
	sha256_finish(&sum, digest);
	wording_free(words);
	diags_release(&diags);
}

/* A build that could do without anything new must see new words. */
static void digests(void **state)
{
	unsigned char before[SHA256_SIZE], after[SHA256_SIZE];

	(void)state;
	put("theme.yaml", "name: x\nwords: {w: own}\n");
	put("words/de.yaml", "w: de\n");
	digest_of("de", before);
	digest_of("de", after);
	assert_memory_equal(before, after, SHA256_SIZE);
	put("words/de.yaml", "w: ed\n");
	digest_of("de", after);
	assert_memory_not_equal(before, after, SHA256_SIZE);
	digest_of("en", before);
	assert_memory_not_equal(before, after, SHA256_SIZE);
}

/* Nothing is to be said against a translation that comes with the program: it has
 * every word and no other. */
static void translation_is_complete(const char *theme, const char *file)
{
	struct buf yaml = BUF_INIT;
	struct diags diags = DIAGS_INIT;
	struct wording *words;
	struct str language = str_of(file);

	assert_true(str_ends(language, STR(".yaml")));
	language.n -= strlen(".yaml");
	buf_addf(&yaml, "themes/%s/theme.yaml", theme);
	wording_load(&words, yaml.p, language, NULL, &diags);
	assert_diags(&diags, "");
	wording_free(words);
	buf_release(&yaml);
}

static void shipped(void **state)
{
	struct fsys_names themes = { 0 }, files = { 0 };
	struct diags diags = DIAGS_INIT;
	bool german = false, dutch = false;

	(void)state;
	assert_int_equal(fsys_list("themes", &themes, &diags), 0);
	for (size_t i = 0; i < themes.n; i++) {
		struct buf dir = BUF_INIT;

		buf_addf(&dir, "themes/%s/words", themes.items[i]);
		if (fsys_exists(dir.p))
			assert_int_equal(fsys_list(dir.p, &files, &diags), 0);
		for (size_t j = 0; j < files.n; j++) {
			translation_is_complete(themes.items[i], files.items[j]);
			german |= strcmp(files.items[j], "de.yaml") == 0;
			dutch |= strcmp(files.items[j], "nl.yaml") == 0;
		}
		fsys_names_release(&files);
		buf_release(&dir);
	}
	assert_true(german && dutch);
	fsys_names_release(&themes);
}

int main(void)
{
	const struct CMUnitTest here[] = { cmocka_unit_test(shipped) };
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lookup),	cmocka_unit_test(own_language),
		cmocka_unit_test(plurals),	cmocka_unit_test(numbers),
		cmocka_unit_test(digests),
	};

	return cmocka_run_group_tests(here, NULL, NULL) +
	       cmocka_run_group_tests(tests, set_up, tear_down);
}
