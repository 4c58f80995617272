/*
 * theme.yaml, with values that would be markup: neither they nor the words get
 * into a page as such, and what is accepted can be rendered.
 */
#include "target.h"

#include "render/template.h"
#include "render/wording.h"

static const char data[] =
	"{\"text\": \"\\\"'<evil>{{words.a}}\", \"n\": 2, \"none\": null, \"list\": [],"
	" \"object\": {\"text\": \"<evil two>\"}}";

static const char page[] =
	"<p title=\"{{words.a}}\" lang='{{words.b}}'>{{words.c}}{{words.a}}</p>\n"
	"<title>{{words.b}}</title>{{#object}}{{words.a}}{{/object}}\n";

static void render(const struct wording *words, const struct value *value,
		   struct buf *out, struct diags *diags)
{
	const struct template_loader loader = { .words = words };
	struct templates *set = templates_new(&loader);
	const struct template *t;
	struct source source;

	source_from(&source, "t", str_of(page));
	t = template_compile(set, &source, TEMPLATE_HTML, 0, diags);
	if (t)
		template_render(t, &value, 1, out, diags);
	source_release(&source);
	templates_free(set);
}

static void target(struct str in)
{
	struct diags diags = DIAGS_INIT;
	struct arena a = ARENA_INIT;
	struct buf out = BUF_INIT;
	struct wording *words;
	struct value value = value_from_json(
		&a, json_parse(&a, str_of(data), place_line("data.json", 1, 0), &diags));
	int status = wording_load(&words, fuzz_file(in), STR_NONE, NULL, &diags);

	invariant((status < 0) == (diags_errors(&diags) > 0));
	render(words, &value, &out, &diags);
	invariant(status == 0 || !out.n);
	invariant(str_find(buf_str(&out), STR("<evil")) == out.n);
	invariant(str_find(buf_str(&out), STR("<b>")) == out.n);
	invariant(utf8_valid(buf_str(&out)));
	wording_free(words);
	buf_release(&out);
	fuzz_diags(&diags);
	arena_release(&a);
}
