/*
 * The template language by example.  Each case in tests/template is a template
 * (NAME.md, NAME.html, NAME.mustache), perhaps data (NAME.json) and words
 * (NAME.yaml), and either the page that it makes (NAME.out) or the very messages
 * that it causes (NAME.err).  Cases named disclosure* are compiled as pages that need one.
 * A new case's expectation is what `candor render` prints in that folder, read
 * before it is believed.
 */
#include "base/fsys.h"
#include "base/json.h"
#include "base/mem.h"
#include "render/template.h"
#include "render/wording.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const struct {
	const char *suffix;
	enum template_kind kind;
} kinds[] = { { ".md", TEMPLATE_MARKDOWN },
	      { ".html", TEMPLATE_HTML },
	      { ".mustache", TEMPLATE_MUSTACHE } };

static bool load_partial(void *ctx, struct str name, struct source *out,
			 enum template_kind *kind, struct diags *diags)
{
	bool plain = *(const bool *)ctx, found = false;

	for (size_t i = 0; !found && i < ARRAY_LEN(kinds); i++) {
		struct buf path = BUF_INIT;

		buf_addf(&path, "partials/%.*s%s", STR_ARG(name), kinds[i].suffix);
		*kind = kinds[i].kind;
		found = plain == (*kind == TEMPLATE_MUSTACHE) &&
			access(path.p, R_OK) == 0 && source_load(out, path.p, diags) == 0;
		buf_release(&path);
	}
	return found;
}

/* NAME with another suffix: its bytes, or false when there is no such file. */
static bool read_beside(struct str name, const char *suffix, struct buf *out)
{
	struct diags diags = DIAGS_INIT;
	struct buf path = BUF_INIT;
	bool found;

	buf_addf(&path, "%.*s%s", STR_ARG(name), suffix);
	found = access(path.p, R_OK) == 0;
	if (found)
		assert_int_equal(fsys_read(path.p, 1 << 20, out, &diags), 0);
	buf_release(&path);
	return found;
}

static struct value read_data(struct arena *a, struct str name, struct buf *text)
{
	struct diags diags = DIAGS_INIT;
	struct json *json;

	if (!read_beside(name, ".json", text))
		return value_object(a, 0);
	json = json_parse(a, buf_str(text), place_line(name.p, 1, 0), &diags);
	assert_non_null(json);
	return value_from_json(a, json);
}

static void expect(struct str name, const char *suffix, struct str got)
{
	struct buf want = BUF_INIT;

	if (!read_beside(name, suffix, &want))
		fail_msg("no %.*s%s, but this came out:\n%.*s", STR_ARG(name), suffix,
			 STR_ARG(got));
	if (!str_eq(buf_str(&want), got))
		fail_msg("%.*s%s: expected\n%s\ngot\n%.*s", STR_ARG(name), suffix, want.p,
			 STR_ARG(got));
	buf_release(&want);
}

static void expect_messages(struct str name, const struct diags *diags)
{
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);

	assert_non_null(out);
	diags_print(diags, out, DIAG_TEXT, false, true);
	assert_int_equal(fclose(out), 0);
	expect(name, ".err", str_make(text, n));
	free(text);
}

static struct wording *read_words(struct str name, struct diags *diags)
{
	struct wording *words = NULL;
	struct buf path = BUF_INIT;

	buf_addf(&path, "%.*s.yaml", STR_ARG(name));
	if (access(path.p, R_OK) == 0)
		wording_load(&words, path.p, STR_NONE, NULL, diags);
	buf_release(&path);
	return words;
}

static void run_template(const char *file, struct str name, enum template_kind kind)
{
	bool plain = kind == TEMPLATE_MUSTACHE;
	unsigned flags = str_starts(name, STR("disclosure")) ? TEMPLATE_NEEDS_DISCLOSURE : 0;
	struct diags diags = DIAGS_INIT;
	struct wording *words = read_words(name, &diags);
	const struct template_loader loader = { load_partial, &plain, words };
	struct templates *set = templates_new(&loader);
	struct arena a = ARENA_INIT;
	struct buf text = BUF_INIT, page = BUF_INIT;
	struct value data = read_data(&a, name, &text);
	const struct value *scopes[] = { &data };
	const struct template *t;
	struct source source;
	int status = -1;

	assert_int_equal(source_load(&source, file, &diags), 0);
	t = template_compile(set, &source, kind, flags, &diags);
	source_release(&source);
	if (t)
		status = template_render(t, scopes, 1, &page, &diags);
	assert_int_equal(status < 0, diags.n > 0);
	if (status == 0)
		expect(name, ".out", buf_str(&page));
	else
		expect_messages(name, &diags);
	buf_release(&page);
	buf_release(&text);
	diags_release(&diags);
	templates_free(set);
	wording_free(words);
	arena_release(&a);
}

static bool template_kind_of(const char *file, size_t *kind)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_ends(str_of(file), str_of(kinds[i].suffix))) {
			*kind = i;
			return true;
		}
	return false;
}

static void run_case(void **state)
{
	const char *file = *state;
	size_t kind = 0;
	struct str name;

	assert_true(template_kind_of(file, &kind));
	name = str_slice(str_of(file), 0, strlen(file) - strlen(kinds[kind].suffix));
	run_template(file, name, kinds[kind].kind);
}

/* Every expectation belongs to a template: a renamed case must not vanish. */
static void no_orphans(void **state)
{
	const struct fsys_names *names = *state;
	size_t templates = 0, expectations = 0, kind;

	for (size_t i = 0; i < names->n; i++) {
		struct str name = str_of(names->items[i]);

		templates += template_kind_of(names->items[i], &kind);
		expectations += str_ends(name, STR(".out")) || str_ends(name, STR(".err"));
	}
	assert_int_equal(templates, expectations);
	assert_true(templates > 100);
}

int main(void)
{
	struct fsys_names names = { 0 };
	struct diags diags = DIAGS_INIT;
	struct CMUnitTest *tests;
	size_t n = 0, kind;
	int failed;

	if (chdir("tests/template") < 0 || fsys_list(".", &names, &diags) < 0) {
		fputs("run this where tests/template is\n", stderr);
		return 1;
	}
	tests = xcalloc(names.n + 1, sizeof(*tests));
	for (size_t i = 0; i < names.n; i++)
		if (template_kind_of(names.items[i], &kind))
			tests[n++] = (struct CMUnitTest){ .name = names.items[i],
							  .test_func = run_case,
							  .initial_state = names.items[i] };
	tests[n++] = (struct CMUnitTest){ .name = "no_orphans", .test_func = no_orphans,
					  .initial_state = &names };
	failed = _cmocka_run_group_tests("template suite", tests, n, NULL, NULL);
	free(tests);
	fsys_names_release(&names);
	return failed;
}
