/*
 * A choice that is made with what was kept from earlier ones is the choice: whatever
 * the rules asked before, whatever became of the archive in between, with much room,
 * little and none, and however many threads look; the same mistakes are found.  And
 * something is kept.
 */
#include "select/rules.h"
#include "select/texts.h"

#include "select-site.h"

#include "base/mem.h"

static const char *const rules[] = {
	EASY,
	EASY "drop:\n- text: 'it leaks'\n",
	EASY "drop:\n- text: {all: [lawsuit, 'charge back*']}\n",
	EASY "drop:\n- text: {any: [lawsuit, 'charge back*', 'été']}\n",
	EASY "drop:\n- matches: '(?i)w-[0-9]{6}'\n- text: 'charge back*'\n",
	EASY "keep:\n- any:\n  - matches: ['colou?r', 'w-[0-9]']\n  - text: {any: [\"don't\"]}\n",
	EASY "match:\n- product: oven\n  text: {any: [crumb]}\ntopics:\n- {name: heat, title: "
	     "Heat, when: {text: {any: [hot, heat, warm]}}}\n",
	EASY "drop:\n- matches: '(a+)+$'\n",
	EASY "keep:\n- contributor: true\ndrop:\n- text: {any: ['new *', '*leaks', a, b, c, d, e, "
	     "f, g, h, i]}\n",
};

static const char *const bodies[] = {
	"Hot. I shall file a lawsuit.", "They'll *charge*  **backwards**", "Order W-123456",
	"don\xe2\x80\x99t", "> quoted lawsuit\n\nfine", "Color of L'\xc3\x89T\xc3\x89",
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "a crumb, a law\xc2\xadsuit",
	"<b>law</b>suit \x07 lawsuits", "charge\n\nback",
};

static struct made *made_with(struct site *s, size_t i, const char *body)
{
	struct made *m = made(s, arena_printf(&s->arena, "t%zu", i).p, (int)i);

	m->posts[0].body = str_of(body);
	m->posts[0].format = (enum body_format)(i % 3);
	return m;
}

static void fill(struct site *s)
{
	for (size_t i = 0; i < ARRAY_LEN(bodies); i++)
		put(s, made_with(s, i, bodies[i]));
	put_threads(s, "x", 200, false);
}

static void describe(struct buf *b, const struct selection *s)
{
	for (size_t i = 0; i < s->threads_n; i++)
		buf_addf(b, "%.*s %d %llx\n", STR_ARG(s->threads[i].id), s->threads[i].eligible,
			 (unsigned long long)s->threads[i].topics);
	for (size_t p = 0; p < s->pages_n + s->scenarios_n; p++)
		for (size_t i = 0; i < s->pages[p].candidates_n; i++) {
			const struct candidate *c = &s->pages[p].candidates[i];

			buf_addf(b, "%zu: %u %d %u %u\n", p, c->thread, (int)c->reason,
				 c->rule, c->position);
		}
}

/* What is chosen, and said. */
static struct buf choice(struct site *s, const char *text, struct texts *texts)
{
	struct buf b = BUF_INIT;
	struct selection selection;
	int status;

	assert_int_equal(rules_parse(&s->rules, "rules.yaml", str_of(text), &s->diags), 0);
	status = texts ? select_again(&selection, s->archive, s->rules, &s->config, NOW,
				      texts, &s->diags)
		       : select_run(&selection, s->archive, s->rules, &s->config, NOW,
				    &s->diags);
	buf_addf(&b, "%d\n", status);
	describe(&b, &selection);
	said(&b, &s->diags);
	diags_release(&s->diags);
	selection_release(&selection);
	rules_free(s->rules);
	s->rules = NULL;
	return b;
}

static void compare(struct site *s, const char *text, struct texts *texts)
{
	struct buf without = choice(s, text, NULL), with = choice(s, text, texts);

	assert_string_equal(with.p, without.p);
	buf_release(&without);
	buf_release(&with);
}

static void compare_all(struct site *s, struct texts *texts)
{
	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		compare(s, rules[i], texts);
	for (size_t i = ARRAY_LEN(rules); i-- > 0;)
		compare(s, rules[i], texts);
}

static void reopen(struct site *s, enum archive_mode mode)
{
	archive_close(s->archive);
	assert_int_equal(archive_open(&s->archive, s->path, mode, &s->diags), 0);
	if (mode == ARCHIVE_WRITE)
		assert_int_equal(archive_begin(s->archive, &s->diags), 0);
}

static void commit(struct site *s)
{
	assert_int_equal(archive_commit(s->archive, &s->diags), 0);
	reopen(s, ARCHIVE_READ);
}

static void begin(struct site *s)
{
	site_open(s);
	fill(s);
	commit(s);
	load_config(s, CONFIG DANA);
}

/* Words that change places, a post that is hidden, a thread that is new. */
static void change(struct site *s)
{
	int64_t row;

	reopen(s, ARCHIVE_WRITE);
	put(s, made_with(s, 4, bodies[0]));
	put(s, made_with(s, 0, bodies[4]));
	put(s, made_with(s, 300, "a lawsuit over W-111111"));
	row = archive_find_thread(s->archive, STR("forum/t2"), &s->diags);
	archive_set_hidden(s->archive, row, STR("1"), true, NOW, &s->diags);
	commit(s);
}

static void forget(struct site *s)
{
	struct archive_target target = { .thing = ARCHIVE_THREAD, .venue = STR("forum"),
					 .id = STR("t1") };
	struct archive_forgotten forgotten = { 0 };

	reopen(s, ARCHIVE_WRITE);
	assert_int_equal(archive_forget(s->archive, &target, 1, &forgotten, &s->diags), 0);
	archive_forgotten_release(&forgotten);
	commit(s);
}

static void test_same(void **state)
{
	static const struct {
		int jobs;
		size_t most;
	} ways[] = { { 1, SIZE_MAX }, { 3, SIZE_MAX }, { 2, 0 }, { 1, 3000 } };
	struct site s;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		struct texts *texts = texts_new(ways[i].jobs, ways[i].most);

		begin(&s);
		compare_all(&s, texts);
		change(&s);
		compare_all(&s, texts);
		forget(&s);
		compare_all(&s, texts);
		texts_free(texts);
		site_close(&s);
	}
}

/* Those that aren't kept: how many they were. */
static size_t read_all(struct site *s, struct texts *texts)
{
	struct arena venues = ARENA_INIT;
	struct venue *all;
	size_t all_n, n, read = 0;

	assert_int_equal(archive_venues(s->archive, &venues, &all, &all_n, &s->diags), 0);
	for (size_t i = 0; i < texts_count(texts); i++) {
		int64_t row;

		read += texts_lacks(texts, i, &row);
		texts_read_ahead(texts, i, s->archive, all, all_n);
		assert_false(texts_lacks(texts, i, &row));
		assert_non_null(text_parts(texts_find(texts, row), &n));
	}
	arena_release(&venues);
	return read;
}

/* Nothing was asked for yet; then the archive changes before anything is. */
static void test_ahead(void **state)
{
	struct texts *texts = texts_new(2, SIZE_MAX);
	struct site s;
	struct buf b;

	(void)state;
	begin(&s);
	b = choice(&s, rules[0], texts);
	buf_release(&b);
	assert_int_equal(texts_count(texts), ARRAY_LEN(bodies) + 200);
	assert_int_equal(read_all(&s, texts), ARRAY_LEN(bodies) + 200);
	change(&s);
	assert_int_equal(texts_renew(texts, s.archive, &s.diags), 0);
	assert_int_equal(texts_count(texts), ARRAY_LEN(bodies) + 201);
	assert_int_equal(read_all(&s, texts), 4);
	compare_all(&s, texts);
	texts_free(texts);
	site_close(&s);
}

/* Rules that are written letter by letter. */
static void test_many(void **state)
{
	struct texts *texts = texts_new(2, SIZE_MAX);
	struct site s;

	(void)state;
	begin(&s);
	for (int i = 0; i < 1200; i++) {
		char text[100];

		snprintf(text, sizeof(text), EASY "drop:\n- text: {any: [lawsuit, word%d]}\n", i);
		if (i % 100 == 0)
			compare(&s, text, texts);
		else {
			struct buf b = choice(&s, text, texts);

			buf_release(&b);
		}
	}
	texts_free(texts);
	site_close(&s);
}

static void test_kept(void **state)
{
	struct texts *texts = texts_new(1, SIZE_MAX);
	struct site s;
	struct text *x;
	struct buf b;
	int64_t row;
	size_t n;

	(void)state;
	begin(&s);
	row = archive_find_thread(s.archive, STR("forum/t0"), &s.diags);
	b = choice(&s, rules[1], texts);
	buf_release(&b);
	x = texts_find(texts, row);
	assert_non_null(x);
	assert_non_null(text_parts(x, &n));
	assert_int_equal(n, 3);
	/* What is asked for the first time is looked for before the choice. */
	assert_int_equal(rules_parse(&s.rules, "r", str_of(EASY "drop:\n- text: lawsuit\n"
						"- matches: 'xyz'\n"), &s.diags), 0);
	assert_int_equal(texts_begin(texts, s.archive, &s.rules->vocabulary, &s.diags), 0);
	x = texts_find(texts, row);
	assert_int_equal(text_phrase(texts, x, 0), VERDICT_YES);
	assert_int_equal(text_pattern(texts, x, 0), VERDICT_NO);
	/* A change takes away what was known of that thread alone. */
	change(&s);
	assert_int_equal(texts_begin(texts, s.archive, &s.rules->vocabulary, &s.diags), 0);
	x = texts_find(texts, row);
	assert_int_equal(text_phrase(texts, x, 0), VERDICT_UNKNOWN);
	assert_null(text_parts(x, &n));
	row = archive_find_thread(s.archive, STR("forum/t7"), &s.diags);
	assert_int_equal(text_phrase(texts, texts_find(texts, row), 0), VERDICT_YES);
	texts_free(texts);
	site_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same),
		cmocka_unit_test(test_ahead),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
