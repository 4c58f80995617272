/* candor place DIR: the built site's fragments into a shop's static pages. */
#include "cmd/command.h"

#include "base/json.h"
#include "base/utf8.h"
#include "publish/place.h"

#include <unistd.h>

struct place_flags {
	bool dry_run, json;
	const char *suffix;
};

#define AT(member) offsetof(struct place_flags, member)
static const struct opt opts[] = {
	{ "dry-run", 'n', OPT_FLAG, AT(dry_run), NULL,
	  "list the pages that would change, and change none", 0, 0, NULL },
	{ "suffix", 0, OPT_STR, AT(suffix), "SUFFIX",
	  "pages are the files with this suffix (else .html and .htm)", 0, 0, NULL },
	{ "json", 0, OPT_FLAG, AT(json), NULL, "every page with a place, as JSON", 0, 0, NULL },
	{ 0 }
};

static void json_page(struct jsonw *w, const struct placed *page)
{
	struct buf file = BUF_INIT;

	/* A file's name is any bytes. */
	utf8_add_repaired(&file, page->file);
	jsonw_object(w);
	jsonw_key_str(w, "file", buf_str(&file));
	jsonw_key_bool(w, "changed", page->changed);
	jsonw_key(w, "products");
	jsonw_list(w);
	for (size_t i = 0; i < page->slugs_n; i++)
		jsonw_str(w, page->slugs[i]);
	jsonw_list_end(w);
	jsonw_object_end(w);
	buf_release(&file);
}

static void say_json(struct run *run, const struct placing_result *result)
{
	struct buf b = BUF_INIT;
	struct jsonw w;

	jsonw_init(&w, &b);
	jsonw_object(&w);
	jsonw_key(&w, "pages");
	jsonw_list(&w);
	for (size_t i = 0; i < result->n; i++)
		json_page(&w, &result->pages[i]);
	jsonw_list_end(&w);
	jsonw_object_end(&w);
	buf_addc(&b, '\n');
	fwrite(b.p, 1, b.n, run->out);
	buf_release(&b);
}

static void list_changed(FILE *out, const struct placing_result *result)
{
	for (size_t i = 0; i < result->n; i++)
		if (result->pages[i].changed)
			fprintf(out, "%.*s\n", STR_ARG(result->pages[i].file));
}

static const char *setting(struct run *run, struct str s)
{
	return str_present(s) ? arena_strz(&run->arena, s) : NULL;
}

static int run_place(struct run *run)
{
	const struct place_flags *flags = run->options;
	const struct placing in = {
		.output = setting(run, run->config.output),
		.dir = run->argv[0],
		.suffix = flags->suffix,
		.archive = setting(run, run->config.archive),
		.rules = setting(run, run->config.rules),
		.now = run->now,
		.dry = flags->dry_run,
		.strict = run->global.strict,
	};
	struct placing_result result;

	if (place_fragments(&in, &run->arena, &result, &run->diags) < 0)
		return -1;
	if (flags->json)
		say_json(run, &result);
	else if (flags->dry_run)
		list_changed(run->out, &result);
	else if (run->global.verbose || (!run->global.quiet && isatty(STDERR_FILENO)))
		fprintf(stderr, "pages with a place: %zu, %zu written, %zu unchanged\n",
			result.n, result.changed, result.n - result.changed);
	return 0;
}

const struct command cmd_place = {
	.name = "place",
	.args = "DIR",
	.summary = "put the built conversations into the static product pages below DIR",
	.needs = NEEDS_OUTPUT,
	.min_args = 1,
	.max_args = 1,
	.opts = opts,
	.options_size = sizeof(struct place_flags),
	.run = run_place,
};
