/*
 * Templates, as all three kinds, with values and words that would be markup: none
 * gets into the page as such, and a template that must have the disclosure shows it
 * once.
 */
#include "target.h"

#include "render/template.h"
#include "render/wording.h"

#define DISCLOSURE "<p>how these were chosen</p>\n"

static const char data[] =
	"{\"text\": \"\\\"'<evil>&`{{text}}\", \"url\": \"javascript:x\", \"yes\": true,"
	" \"no\": false, \"none\": null, \"number\": 12,"
	" \"list\": [{\"text\": \"<evil one>\"}, {\"text\": \"a\"}], \"empty\": [],"
	" \"object\": {\"text\": \"<evil two>\", \"list\": [\"<evil three>\", \"b\"]}}";

static const char theme[] =
	"name: fuzz\n"
	"words:\n"
	"  text: \"<evil four>\\\"' {{text}} {{number}}\"\n"
	"  many: {one: \"{{number}} <evil five>\", other: \"{{number}} {{words.text}}\"}\n"
	"  gone: \"{{nothing}} {{object}} {{html}} {{.}}\"\n";

struct input {
	struct str text;
	enum template_kind kind;
	const struct wording *words;
};

static bool load(void *ctx, struct str name, struct source *out, enum template_kind *kind,
		 struct diags *diags)
{
	const struct input *in = ctx;

	(void)diags;
	*kind = in->kind;
	if (str_is(name, "self"))
		source_from(out, "self", in->text);
	else if (str_is(name, "part"))
		source_from(out, "part", STR("<b>{{text}}</b>\n"));
	else if (str_is(name, "disclosure"))
		source_from(out, "disclosure", STR(DISCLOSURE));
	else
		return false;
	return true;
}

static size_t occurrences(struct str text, struct str what)
{
	size_t n = 0, at;

	while ((at = str_find(text, what)) < text.n) {
		text = str_slice(text, at + what.n, text.n);
		n++;
	}
	return n;
}

static void check_page(const struct input *in, unsigned flags, struct str page)
{
	if (in->kind == TEMPLATE_MUSTACHE)
		return;
	if (str_find(in->text, STR("evil")) == in->text.n)
		invariant(str_find(page, STR("<evil")) == page.n);
	if (flags && str_find(in->text, STR("chosen")) == in->text.n)
		invariant(occurrences(page, str_trim(STR(DISCLOSURE))) == 1);
	invariant(utf8_valid(page));
}

static void try_kind(struct input *in, const struct source *source, unsigned flags,
		     const struct value *value)
{
	const struct template_loader loader = { load, in, in->words };
	struct templates *set = templates_new(&loader);
	struct diags diags = DIAGS_INIT;
	struct buf page = BUF_INIT;
	const struct template *t = template_compile(set, source, in->kind, flags, &diags);

	invariant(!t == (diags_errors(&diags) > 0));
	if (t && template_render(t, &value, 1, &page, &diags) == 0)
		check_page(in, flags, buf_str(&page));
	templates_free(set);
	buf_release(&page);
	fuzz_diags(&diags);
}

static void target(struct str in)
{
	struct diags diags = DIAGS_INIT;
	struct arena a = ARENA_INIT;
	struct wording *words;
	struct source source;
	struct value value = value_from_json(
		&a, json_parse(&a, str_of(data), place_line("data.json", 1, 0), &diags));

	value_set(&a, &value, "html", value_html(STR("<p>a body</p>\n")));
	invariant(wording_load(&words, fuzz_file(str_of(theme)), STR_NONE, NULL, &diags) == 0);
	if (source_load(&source, fuzz_file(in), &diags) == 0) {
		for (int kind = TEMPLATE_MARKDOWN; kind <= TEMPLATE_MUSTACHE; kind++) {
			struct input input = { source_text(&source),
					       (enum template_kind)kind, words };

			try_kind(&input, &source, 0, &value);
			if (kind != TEMPLATE_MUSTACHE)
				try_kind(&input, &source, TEMPLATE_NEEDS_DISCLOSURE,
					 &value);
		}
		source_release(&source);
	}
	wording_free(words);
	fuzz_diags(&diags);
	arena_release(&a);
}
