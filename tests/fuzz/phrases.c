/* Lines with a phrase each, an empty line, and the text they are looked for in. */
#include "target.h"

#include "text/phrases.h"

struct search {
	const struct phrases *p;
	struct str text;
	bool plain;
	size_t phrases, hits;
};

static bool on_hit(void *ctx, int phrase, size_t from, size_t to)
{
	struct search *s = ctx;

	invariant(phrase >= 0 && (size_t)phrase < s->phrases);
	invariant(from < to && to <= s->text.n);
	invariant(utf8_valid(str_slice(s->text, from, to)));
	invariant(!s->plain || phrases_maybe(s->p, phrase, s->text.p));
	return ++s->hits < 1000;
}

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\n' && (s.p[i] < ' ' || s.p[i] > '~'))
			return false;
	return true;
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
	search.p = p;
	search.plain = is_plain(search.text);
	phrases_search(p, search.text, on_hit, &search);
	phrases_free(p);
	buf_release(&whole);
}
