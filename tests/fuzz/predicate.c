/*
 * A condition of rules.yaml, asked of a thread: up to the first NUL byte the
 * condition in one line, then a byte of facts, then the posts, each up to the
 * next NUL byte.  The answer is the same each time, `not` has the opposite one,
 * and a pattern that gives up says so.
 */
#include "target.h"

#include "select/rules.h"
#include "select/texts.h"
#include "text/body.h"

enum { PARTS = 8, WORDS = 64 };

struct asked {
	struct arena arena;
	struct rules *rules;
	struct str parts[PARTS];
	size_t n;
	bool *found; /* by number of phrase */
};

static bool note(void *ctx, int phrase, size_t from, size_t to)
{
	bool *found = ctx;

	invariant(from < to);
	found[phrase] = true;
	return true;
}

static int has(void *ctx, uint32_t phrase)
{
	const struct asked *a = ctx;

	return a->found[phrase];
}

static int matches(void *ctx, uint32_t pattern)
{
	const struct asked *a = ctx;
	enum verdict v = parts_match(&a->rules->vocabulary, pattern, a->parts, a->n);

	return v == VERDICT_STOPPED ? MATCH_STOPPED : v == VERDICT_YES;
}

static struct str visible(struct arena *arena, enum body_format format, struct str body)
{
	struct buf out = BUF_INIT;
	struct body_tree tree;
	struct str s;

	body_read(arena, format, body, &tree);
	body_visible(&tree, VISIBLE_NO_QUOTES, &out);
	s = arena_str(arena, buf_str(&out));
	buf_release(&out);
	return s;
}

/* The posts in the three formats, in turn. */
static void fill_text(struct asked *a, struct str posts)
{
	const struct phrases *phrases = a->rules->vocabulary.phrases;

	a->found = arena_array(&a->arena, bool, phrases_count(phrases) + 1);
	while (str_present(posts) && a->n < PARTS) {
		struct str body = str_split(&posts, '\0');
		enum body_format format = (enum body_format)(a->n % 3);

		if (!utf8_valid(body))
			continue;
		a->parts[a->n] = visible(&a->arena, format, body);
		phrases_search(phrases, a->parts[a->n++], note, a->found);
	}
}

/* Every other word of the rules is one of the thread's. */
static size_t some_words(const struct words *words, unsigned first, uint32_t *out)
{
	size_t n = 0;

	for (size_t i = first; i < words->n && n < WORDS; i += 2) {
		invariant(words_find(words, words->items[i].text) == (int64_t)i);
		out[n++] = (uint32_t)i;
	}
	return n;
}

static void ask(struct asked *a, unsigned bits)
{
	const struct predicate *yes = &a->rules->keep[0].when;
	const struct predicate *no = &a->rules->keep[1].when;
	uint32_t labels[WORDS], tags[WORDS];
	struct diags diags = DIAGS_INIT;
	struct buf said = BUF_INIT;
	const struct facts facts = {
		.venue = STR("forum"), .id = STR("17"), .age = bits, .score = bits - 100,
		.posts = bits, .contributor = bits & 1, .solved = bits & 2,
		.thanked = bits & 4, .wrong = bits & 8, .referral = bits & 16,
		.found = bits & 15, .admission = (enum evidence_grade)(bits % 5),
		.topics = a->rules->topics, .labels = labels, .tags = tags,
		.labels_n = some_words(&a->rules->vocabulary.labels, bits >> 4 & 1, labels),
		.tags_n = some_words(&a->rules->vocabulary.tags, bits >> 5 & 1, tags),
		.has = has, .matches = matches, .ctx = a, .diags = &diags,
	};
	int holds = predicate_test(yes, &facts);

	invariant((holds < 0) == (diags.n > 0));
	invariant(predicate_test(yes, &facts) == holds);
	invariant(predicate_test(no, &facts) == (holds < 0 ? -1 : !holds));
	predicate_say(yes, language_find(STR("de")), &said);
	invariant(said.n && utf8_valid(buf_str(&said)));
	buf_release(&said);
	fuzz_diags(&diags);
}

static void target(struct str in)
{
	struct asked a = { .arena = ARENA_INIT };
	struct diags diags = DIAGS_INIT;
	struct buf text = BUF_INIT;
	struct str condition = str_split(&in, '\0');

	buf_addf(&text, "keep: [{all: [%.*s]}, {not: [%.*s]}]\n", STR_ARG(condition),
		 STR_ARG(condition));
	/* Brackets may have been closed that weren't opened. */
	if (utf8_valid(buf_str(&text)) &&
	    rules_parse(&a.rules, "rules.yaml", buf_str(&text), &diags) == 0 &&
	    a.rules->keep_n == 2 && a.rules->keep[0].when.parts_n == 1 &&
	    a.rules->keep[1].when.parts_n == 1) {
		fill_text(&a, in.n ? str_slice(in, 1, in.n) : in);
		ask(&a, in.n ? (unsigned char)in.p[0] : 0u);
	}
	rules_free(a.rules);
	arena_release(&a.arena);
	buf_release(&text);
	fuzz_diags(&diags);
}
