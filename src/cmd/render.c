/* candor render TEMPLATE: one template with JSON data, for theme authors. */
#include "cmd/command.h"

#include "base/fsys.h"
#include "base/json.h"
#include "base/mem.h"
#include "render/template.h"
#include "render/wording.h"

#include <stdlib.h>

struct render_flags {
	const char *data, *partials, *words, *language;
	bool mustache;
};

#define AT(member) offsetof(struct render_flags, member)
static const struct opt opts[] = {
	{ "data", 0, OPT_STR, AT(data), "FILE", "JSON: what the template sees", 0, 0, NULL },
	{ "partials", 0, OPT_STR, AT(partials), "DIR", "where {{> name}} is looked for", 0, 0, NULL },
	{ "words", 0, OPT_STR, AT(words), "FILE", "the theme.yaml with its words", 0, 0, NULL },
	{ "language", 0, OPT_STR, AT(language), "TAG", "of the words, if they have been translated", 0, 0, NULL },
	{ "mustache", 0, OPT_FLAG, AT(mustache), NULL, "plain Mustache: no Markdown, missing keys empty", 0, 0, NULL },
	{ 0 }
};

enum { DATA_MAX = 64 << 20 };

static int load_data(const char *path, struct arena *a, struct buf *text,
		     struct value *out, struct diags *diags)
{
	struct json *j;

	*out = value_object(a, 0);
	if (!path)
		return 0;
	if (fsys_read(path, DATA_MAX, text, diags) < 0)
		return -1;
	j = json_parse(a, buf_str(text), place_line(path, 1, 0), diags);
	if (!j)
		return -1;
	*out = value_from_json(a, j);
	return 0;
}

struct partials {
	const char *dir;
	bool mustache;
};

static bool load_partial(void *ctx, struct str name, struct source *out,
			 enum template_kind *kind, struct diags *diags)
{
	static const struct {
		const char *suffix;
		enum template_kind kind;
	} forms[] = { { ".mustache", TEMPLATE_MUSTACHE },
		      { ".md", TEMPLATE_MARKDOWN },
		      { ".html", TEMPLATE_HTML } };
	const struct partials *p = ctx;
	bool found = false;

	if (!p->dir || str_index(name, '/') < name.n || str_starts(name, STR(".")))
		return false;
	for (size_t i = p->mustache ? 0 : 1; !found && i < ARRAY_LEN(forms); i++) {
		struct buf path = BUF_INIT;

		buf_addf(&path, "%s/%.*s%s", p->dir, STR_ARG(name), forms[i].suffix);
		*kind = p->mustache ? TEMPLATE_MUSTACHE : forms[i].kind;
		found = fsys_exists(path.p) &&
			source_load(out, path.p, diags) == 0;
		buf_release(&path);
	}
	return found;
}

static enum template_kind kind_of(const char *path, bool mustache)
{
	if (mustache)
		return TEMPLATE_MUSTACHE;
	return str_ends(str_of(path), STR(".html")) ? TEMPLATE_HTML : TEMPLATE_MARKDOWN;
}

static int render_source(struct run *run, const struct source *source,
			 const struct value *data, const struct wording *words)
{
	const struct render_flags *flags = run->options;
	struct partials partials = { flags->partials, flags->mustache };
	const struct template_loader loader = { load_partial, &partials, words };
	struct templates *set = templates_new(&loader);
	const struct template *t = template_compile(
		set, source, kind_of(source->path, flags->mustache), 0, &run->diags);
	struct buf page = BUF_INIT;
	int status = t ? template_render(t, &data, 1, &page, &run->diags) : -1;

	if (status == 0)
		fwrite(page.p, 1, page.n, run->out);
	buf_release(&page);
	templates_free(set);
	return status;
}

static int load_words(const struct render_flags *flags, struct wording **words,
		      struct diags *diags)
{
	*words = NULL;
	if (!flags->words)
		return 0;
	return wording_load(words, flags->words, str_of(flags->language), NULL, diags);
}

static int run_render(struct run *run)
{
	const struct render_flags *flags = run->options;
	struct buf text = BUF_INIT;
	struct source source;
	struct wording *words;
	struct value data;
	int status = load_words(flags, &words, &run->diags);

	if (load_data(flags->data, &run->arena, &text, &data, &run->diags) < 0)
		status = -1;
	if (status == 0)
		status = source_load(&source, run->argv[0], &run->diags);
	if (status == 0) {
		status = render_source(run, &source, &data, words);
		source_release(&source);
	}
	wording_free(words);
	buf_release(&text);
	return status;
}

const struct command cmd_render = {
	.name = "render",
	.args = "TEMPLATE",
	.summary = "render one template with --data, for theme authors",
	.min_args = 1,
	.max_args = 1,
	.opts = opts,
	.options_size = sizeof(struct render_flags),
	.run = run_render,
};
