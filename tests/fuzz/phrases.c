/* Lines with a phrase each, an empty line, and the text they are looked for in. */
#include "target.h"

#include "text/phrases.h"

struct search {
	struct str text;
	size_t phrases, hits;
};

static bool on_hit(void *ctx, int phrase, size_t from, size_t to)
{
	struct search *s = ctx;

	invariant(phrase >= 0 && (size_t)phrase < s->phrases);
	invariant(from < to && to <= s->text.n);
	invariant(utf8_valid(str_slice(s->text, from, to)));
	return ++s->hits < 1000;
}

static void target(struct str in)
{
	struct phrases *p = phrases_new();
	struct buf whole = BUF_INIT;
	struct search search = { .hits = 0 };
	struct str rest;

	utf8_add_repaired(&whole, in);
	rest = buf_str(&whole);
	while (str_present(rest)) {
		struct str phrase = str_split(&rest, '\n');

		if (!phrase.n)
			break;
		phrases_add(p, phrase);
	}
	phrases_compile(p);
	search.text = str_present(rest) ? rest : STR("");
	search.phrases = phrases_count(p);
	phrases_search(p, search.text, on_hit, &search);
	phrases_free(p);
	buf_release(&whole);
}
