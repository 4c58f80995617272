/* A document that can be parsed as a whole is cut into just the values that it holds;
 * whatever else comes, the places only go forward. */
#include "target.h"

#include "import/jsonstream.h"

static const char *const none[] = { NULL }, *const some[] = { "issues", "a", NULL };

/* The values given, -1 when the reading ended with a mistake. */
static int count(struct str in, const char *const *lists, const struct json *whole)
{
	struct diags diags = DIAGS_INIT;
	struct arena a = ARENA_INIT;
	struct jsonstream s;
	struct jsonitem item;
	unsigned long line = 1;
	int n = 0, got;

	/* What begins as compressed data may not be any. */
	if (jsonstream_open(&s, fuzz_file(in), lists, &diags) < 0) {
		fuzz_diags(&diags);
		return -1;
	}
	while ((got = jsonstream_next(&s, &item, &diags)) == 1) {
		invariant(item.text.n && (item.where.line >= line || !item.list));
		if (item.list)
			line = item.where.line;
		if (whole && !json_parse(&a, item.text, item.where, &diags))
			fuzz_broken("cut to '%.*s'", STR_ARG(item.text));
		n++;
	}
	jsonstream_release(&s);
	invariant((got < 0) == (diags_errors(&diags) > 0));
	fuzz_diags(&diags);
	arena_release(&a);
	return got < 0 ? -1 : n;
}

static int items_of(const struct json *v, const char *key)
{
	const struct json *list = json_get(v, key);

	return list && list->kind == JSON_LIST ? (int)list->u.list.n : 0;
}

static void target(struct str in)
{
	struct diags diags = DIAGS_INIT;
	struct arena a = ARENA_INIT;
	const struct json *v = json_parse(&a, in, place_line("in.json", 1, 0), &diags);
	int all, named;

	/* Escapes in keys are the parser's matter, not the cutter's. */
	if (v && str_index(in, '\\') < in.n)
		v = NULL;
	all = count(in, none, v);
	named = count(in, some, v);
	if (v && v->kind == JSON_LIST)
		invariant(all == (int)v->u.list.n && named == all);
	else if (v)
		invariant(all == 1 && named == 1 + items_of(v, "issues") + items_of(v, "a"));
	diags_release(&diags);
	arena_release(&a);
}
