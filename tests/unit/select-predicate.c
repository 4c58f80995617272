/*
 * What predicates answer about a thread: the edges of every range, words and
 * lists, text and patterns, how conditions combine, that the text is read only
 * when a predicate that needs it is reached, and that a pattern which runs into
 * its limit is an error and not a "no".
 */
#include "select/rules.h"
#include "select/texts.h"

#include "said.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>

/* A thread whose text is searched as reading.c does it. */
struct sample {
	struct rules *rules;
	struct facts facts;
	const char *parts[3];
	struct str views[3];
	size_t n;
	bool found[16];
	int reads;
	bool unreadable;
	uint32_t labels[4], tags[4];
	struct diags diags;
};

static int read_sample(struct sample *s)
{
	s->reads++;
	for (s->n = 0; s->n < 3 && s->parts[s->n]; s->n++)
		s->views[s->n] = str_of(s->parts[s->n]);
	return s->unreadable ? -1 : 0;
}

static int has(void *ctx, uint32_t phrase)
{
	struct sample *s = ctx;

	if (read_sample(s) < 0)
		return -1;
	parts_find(&s->rules->vocabulary, s->views, s->n, s->found);
	return s->found[phrase];
}

static int matches(void *ctx, uint32_t pattern)
{
	static const int answers[] = { [VERDICT_NO] = 0, [VERDICT_YES] = 1,
				       [VERDICT_STOPPED] = MATCH_STOPPED };
	struct sample *s = ctx;

	return read_sample(s) < 0
		       ? -1
		       : answers[parts_match(&s->rules->vocabulary, pattern, s->views, s->n)];
}

static size_t numbers(const struct words *words, const char *const *names, uint32_t *out)
{
	size_t n = 0;

	for (; *names; names++) {
		int64_t number = words_find(words, str_of(*names));

		if (number != WORD_NONE)
			out[n++] = (uint32_t)number;
	}
	return n;
}

static const char *const labels[] = { "spam", "publish", NULL };
static const char *const tags[] = { "k2", "heating", NULL };

/* A thread of 12 posts, 100 days old, with score -3 at the venue "forum". */
static void sample_init(struct sample *s, const char *condition)
{
	struct diags diags = DIAGS_INIT;
	struct buf text = BUF_INIT;

	memset(s, 0, sizeof(*s));
	buf_addf(&text, "keep:\n  - %s\n", condition);
	assert_int_equal(rules_parse(&s->rules, "r", buf_str(&text), &diags), 0);
	buf_release(&text);
	s->facts = (struct facts){
		.venue = STR("forum"), .id = STR("17"), .age = 100, .score = -3,
		.posts = 12, .contributor = true, .solved = true, .referral = true,
		.found = 1 << KIND_GRATITUDE | 1 << KIND_ADMISSION,
		.admission = GRADE_SLIP, .topics = s->rules->topics,
		.labels = s->labels, .tags = s->tags, .has = has, .matches = matches, .ctx = s, .diags = &s->diags,
	};
	s->facts.labels_n = numbers(&s->rules->vocabulary.labels, labels, s->labels);
	s->facts.tags_n = numbers(&s->rules->vocabulary.tags, tags, s->tags);
	s->parts[0] = "My Kettle 2 leaks";
	s->parts[1] = "It leaks since May. order 12345678";
	s->parts[2] = "Sorry, charging back is fine";
}

static void sample_release(struct sample *s)
{
	rules_free(s->rules);
	diags_release(&s->diags);
}

static int test(const char *condition)
{
	struct sample s;
	int holds;

	sample_init(&s, condition);
	holds = predicate_test(&s.rules->keep[0].when, &s.facts);
	assert_int_equal(s.diags.n, 0);
	sample_release(&s);
	return holds;
}

static void each_condition(void **state)
{
	static const struct {
		const char *condition;
		int holds;
	} cases[] = {
		{ "contributor: true", 1 }, { "contributor: false", 0 },
		{ "solved: true", 1 }, { "solved: no", 0 },
		{ "thanked: true", 0 }, { "thanked: false", 1 },
		{ "wrong: true", 0 }, { "wrong: off", 1 },
		{ "referral: true", 1 }, { "referral: no", 0 },
		{ "evidence: admission", 0 },
		{ "evidence: {kind: admission}", 0 },
		{ "evidence: {kind: admission, grade: fault}", 0 },
		{ "evidence: {kind: admission, grade: slip}", 1 },
		{ "evidence: {kind: admission, grade: formula}", 1 },
		{ "evidence: gratitude", 1 }, { "evidence: resolution", 0 },
		{ "evidence: referral", 0 },
		{ "posts: {min: 12}", 1 }, { "posts: {min: 13}", 0 },
		{ "posts: {max: 12}", 1 }, { "posts: {max: 11}", 0 },
		{ "posts: {min: 12, max: 12}", 1 },
		{ "age: {max: 100 days}", 1 }, { "age: {max: 99 days}", 0 },
		{ "age: {min: 100 days}", 1 }, { "age: {min: 101 days}", 0 },
		{ "score: {min: -3}", 1 }, { "score: {min: -2}", 0 },
		{ "score: {max: -3}", 1 }, { "score: {max: -4}", 0 },
		{ "label: spam", 1 }, { "label: private", 0 },
		{ "label: [private, publish]", 1 },
		{ "tag: k2", 1 }, { "tag: k", 0 }, { "tag: K2", 0 },
		{ "tag: [fan, heating]", 1 }, { "label: k2", 0 },
		{ "venue: forum", 1 }, { "venue: [qa, forum]", 1 }, { "venue: qa", 0 },
		{ "text: kettle 2", 1 }, { "text: [fan, leaks]", 1 },
		{ "text: kettle", 1 }, { "text: kett", 0 }, { "text: charg*", 1 },
		{ "text: {all: [leaks, may]}", 1 }, { "text: {all: [leaks, june]}", 0 },
		{ "text: {any: [fan, may], all: [leaks]}", 1 },
		{ "text: {any: [fan], all: [leaks]}", 0 },
		{ "text: leaks it", 0 }, /* the title ends in between */
		{ "matches: '\\border\\s+\\d{8}\\b'", 1 },
		{ "matches: [nothing, '(?i)SORRY']", 1 },
		{ "matches: 'leaks.*sorry'", 0 },
		{ "{solved: true, posts: {min: 2}}", 1 },
		{ "{solved: true, posts: {min: 20}}", 0 },
		{ "any: [{solved: false}, {tag: k2}]", 1 },
		{ "any: [{solved: false}, {tag: k}]", 0 },
		{ "all: [{solved: true}, {tag: k2}]", 1 },
		{ "all: [{solved: true}, {tag: k}]", 0 },
		{ "not: {solved: true}", 0 }, { "not: {solved: true, tag: k}", 1 },
		{ "not: [{solved: false}, {tag: k}]", 1 },
		{ "not: [{solved: false}, {tag: k2}]", 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (test(cases[i].condition) != cases[i].holds)
			fail_msg("%s: not %d", cases[i].condition, cases[i].holds);
}

static void text_is_read_when_it_decides(void **state)
{
	static const struct {
		const char *condition;
		int reads;
	} cases[] = {
		{ "{solved: true, tag: k2}", 0 },
		{ "{solved: false, text: leaks}", 0 },
		{ "any: [{tag: k2}, {text: leaks}]", 0 },
		{ "any: [{tag: k}, {text: leaks}]", 1 },
		{ "{solved: true, matches: leaks}", 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct sample s;

		sample_init(&s, cases[i].condition);
		predicate_test(&s.rules->keep[0].when, &s.facts);
		assert_int_equal(s.reads, cases[i].reads);
		sample_release(&s);
	}
}

static void unreadable_text_is_no_answer(void **state)
{
	static const char *const conditions[] = {
		"text: leaks", "matches: leaks", "not: {text: leaks}",
		"any: [{text: a}, {solved: true}]", "{text: a, solved: false}",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(conditions); i++) {
		struct sample s;

		sample_init(&s, conditions[i]);
		s.unreadable = true;
		assert_int_equal(predicate_test(&s.rules->keep[0].when, &s.facts), -1);
		sample_release(&s);
	}
}

static void limit_of_a_pattern_is_an_error(void **state)
{
	struct buf b = BUF_INIT;
	struct sample s;
	char *text = xmalloc(5001);

	(void)state;
	memset(text, 'a', 5000);
	text[4999] = '!';
	text[5000] = '\0';
	sample_init(&s, "matches: '^(a|aa)+$'");
	s.parts[0] = text;
	assert_int_equal(predicate_test(&s.rules->keep[0].when, &s.facts), -1);
	said(&b, &s.diags);
	assert_string_equal(b.p,
		"2:14 regex-limit: the pattern '^(a|aa)+$' gave up on the thread "
		"'forum/17' (repetition inside repetition, as in (a+)+, is the usual "
		"cause)\n");
	assert_int_equal(diags_status(&s.diags, false), 1);
	buf_release(&b);
	sample_release(&s);
	free(text);
}

static void venue_seen(void *ctx, const struct predicate *p, struct str venue)
{
	(void)p;
	buf_addf(ctx, "%.*s ", STR_ARG(venue));
}

static void venues_are_found_at_any_depth(void **state)
{
	struct buf b = BUF_INIT;
	struct sample s;

	(void)state;
	sample_init(&s, "any: [{venue: a}, {not: {venue: [b, c], tag: d}}]");
	predicate_each_venue(&s.rules->keep[0].when, venue_seen, &b);
	assert_string_equal(b.p, "a b c ");
	buf_release(&b);
	sample_release(&s);
}

/* Each word has one number, however often and in whatever order it is named, and
 * naming many is no work: comparing each with all others took ten seconds. */
static void many_words(void **state)
{
	const struct words *words;
	struct diags diags = DIAGS_INIT;
	struct buf text = BUF_INIT;
	clock_t began = clock();
	struct rules *rules;

	(void)state;
	buf_addlit(&text, "keep:\n");
	for (int i = 0; i < 30000; i++)
		buf_addf(&text, "  - label: l%d\n", i * 7919 % 30000);
	buf_addlit(&text, "  - label: [l5, l5, l3]\n");
	assert_int_equal(rules_parse(&rules, "r", buf_str(&text), &diags), 0);
	assert_true(clock() - began < 2 * CLOCKS_PER_SEC);
	words = &rules->vocabulary.labels;
	assert_int_equal(words->n, 30000);
	for (size_t i = 0; i < rules->keep_n; i++) {
		const struct wanted *any = &rules->keep[i].when.any;

		for (size_t j = 0; j < any->names.n; j++)
			assert_int_equal(any->numbers[j],
					 words_find(words, any->names.items[j]));
	}
	assert_int_equal(words_find(words, STR("l30000")), WORD_NONE);
	rules_free(rules);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_condition),
		cmocka_unit_test(text_is_read_when_it_decides),
		cmocka_unit_test(unreadable_text_is_no_answer),
		cmocka_unit_test(limit_of_a_pattern_is_an_error),
		cmocka_unit_test(venues_are_found_at_any_depth),
		cmocka_unit_test(many_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
