/*
 * What waits for a curator's word: an admission until one was confirmed or each was
 * rejected, again when the word is taken back; labels on posts that changed, curators who
 * contradict each other, what a crawler found gone; and all of it in one order, whatever
 * the order in which it came.
 */
#include "select-site.h"

#include "select/waiting.h"

#define SHARE "wrong: {share: 25%}\n"

static void find_in(struct site *s, struct made *m, int post, enum evidence_grade grade,
		    const char *words)
{
	const struct post *p = &m->posts[post];
	size_t at = str_find(p->body, str_of(words));
	struct finding f = { KIND_ADMISSION, grade, at, at + strlen(words), STR("test") };

	assert_true(at < p->body.n);
	assert_int_equal(archive_put_findings(s->archive, p->row, 1, &f, 1, &s->diags), 0);
}

static void found(struct site *s, struct made *m, enum evidence_grade grade)
{
	put(s, m);
	find_in(s, m, 1, grade, "We were *wrong*\nabout it.");
}

/* "conflict:a stale:b fault:c!" in order; ! where it is needed. */
static void assert_waiting(struct site *s, const char *rules, bool all, const char *expected)
{
	struct waiting_list list;
	struct roster *roster;
	struct buf b = BUF_INIT;

	run(s, rules);
	roster = roster_new(&s->config);
	assert_int_equal(waiting_read(&list, s->archive, &s->selection, s->rules, roster, all,
				      &s->diags), 0);
	for (size_t i = 0; i < list.n; i++) {
		const struct waiting *w = &list.items[i];

		buf_addf(&b, "%s%s:%.*s%s", i ? " " : "",
			 w->kind == WAITING_ADMISSION ? evidence_grade_names[w->grade]
						      : waiting_names[w->kind],
			 STR_ARG(w->id), w->needed ? "!" : "");
		assert_ptr_equal(waiting_find(&list, str_of(w->key)), w);
	}
	assert_string_equal(b.p, expected);
	buf_release(&b);
	waiting_release(&list);
	roster_free(roster);
}

static void best_first(void **state)
{
	struct site s;
	struct made *m;

	(void)state;
	site_open(&s);
	found(&s, made(&s, "hedged", 1), GRADE_HEDGED);
	found(&s, made(&s, "old", 9), GRADE_FAULT);
	found(&s, made(&s, "formula", 1), GRADE_FORMULA);
	found(&s, made(&s, "slip", 2), GRADE_SLIP);
	found(&s, made(&s, "new", 3), GRADE_FAULT);
	m = made(&s, "elsewhere", 1);
	m->t.products_n = 0;
	found(&s, m, GRADE_FAULT);
	m = made(&s, "oven", 1);
	m->products[0] = STR("oven");
	found(&s, m, GRADE_FAULT);
	m = made(&s, "dropped", 1);
	add_label(m, "spam");
	found(&s, m, GRADE_FAULT);
	put_threads(&s, "wrong", 3, true);
	/* The kettle has its share, the oven nothing. */
	assert_waiting(&s, SHARE "drop: [{label: spam}]\n", false,
		       "fault:oven! fault:dropped fault:new fault:old slip:slip hedged:hedged");
	site_close(&s);
}

static void threads_of_no_product(void **state)
{
	struct site s;
	struct made *m;

	(void)state;
	site_open(&s);
	m = made(&s, "elsewhere", 1);
	m->t.products_n = 0;
	found(&s, m, GRADE_FAULT);
	assert_waiting(&s, SHARE, true, "fault:elsewhere");
	site_close(&s);
}

static void too_old_is_not_needed(void **state)
{
	struct site s;

	(void)state;
	site_open(&s);
	found(&s, made(&s, "old", 40), GRADE_FAULT);
	found(&s, made(&s, "new", 20), GRADE_SLIP);
	assert_waiting(&s, "wrong: {share: 25%, max_age: 30 days}\n", false,
		       "slip:new! fault:old");
	site_close(&s);
}

/* Labels on a thread in which something was found, and whether it waits. */
static void words_settle_it(void **state)
{
	static const struct {
		const char *words[4][4]; /* name, post, quote, by */
		bool waits;
	} cases[] = {
		{ { { "thanked" } }, true },
		{ { { "wrong", "2", "We were wrong about it.", "eve" } }, false },
		{ { { "not-wrong", "2", "We were wrong about it.", "eve" } }, false },
		{ { { "not-wrong", "2", "We were wrong", "eve" } }, false },
		{ { { "not-wrong", "2", "It leaks.", "eve" } }, true },
		{ { { "not-wrong", "2", NULL, "eve" } }, false },
		{ { { "not-wrong", NULL, NULL, "eve" } }, false },
		{ { { "not-wrong", "1", NULL, "eve" } }, true },
		{ { { "wrong", "2", "We were wrong about it.", "eve" },
		    { "undecided", "2", "We were wrong about it.", "eve" } }, true },
		{ { { "not-wrong", "2", "We were wrong about it.", "eve" },
		    { "undecided", "2", "We were wrong about it.", "eve" } }, true },
		{ { { "wrong", "2", "We were wrong about it.", "eve" },
		    { "undecided", "2", NULL, "eve" } }, true },
		{ { { "wrong", "2", "We were wrong about it.", "eve" },
		    { "undecided", NULL, NULL, "eve" } }, true },
		/* Only one's own, */
		{ { { "wrong", "2", "We were wrong about it.", "eve" },
		    { "undecided", "2", "We were wrong about it.", "bob" } }, false },
		/* of that sentence, and before. */
		{ { { "wrong", "2", "We were wrong about it.", "eve" },
		    { "undecided", "2", "It leaks.", "eve" } }, false },
		{ { { "undecided", "2", "We were wrong about it.", "eve" },
		    { "wrong", "2", "We were wrong about it.", "eve" } }, false },
		/* What somebody else said before stands again. */
		{ { { "wrong", "2", "We were wrong about it.", "bob" },
		    { "not-wrong", "2", "We were wrong about it.", "eve" },
		    { "undecided", "2", "We were wrong about it.", "eve" } }, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct made *m;
		struct site s;

		site_open(&s);
		m = made(&s, "t", 1);
		for (size_t k = 0; k < 4 && cases[i].words[k][0]; k++) {
			const char *const *word = cases[i].words[k];
			struct label *l = add_label(m, word[0]);

			l->post = str_of(word[1]);
			l->quote = str_of(word[2]);
			if (word[3])
				l->by = str_of(word[3]);
		}
		found(&s, m, GRADE_FAULT);
		assert_waiting(&s, EASY, false, cases[i].waits ? "fault:t" : "");
		site_close(&s);
	}
}

/* Another sentence of a thread waits when the first was rejected. */
static void the_next_sentence(void **state)
{
	struct site s;
	struct made *m;
	struct label *l;

	(void)state;
	site_open(&s);
	m = made(&s, "t", 1);
	m->posts[2] = m->posts[1];
	m->posts[2].id = STR("3");
	m->posts[2].created++;
	m->t.posts_n = 3;
	l = add_label(m, "not-wrong");
	l->post = STR("2");
	l->quote = STR("We were wrong about it.");
	put(&s, m);
	find_in(&s, m, 1, GRADE_FAULT, "We were *wrong*\nabout it.");
	find_in(&s, m, 2, GRADE_SLIP, "We were *wrong*\nabout it.");
	assert_waiting(&s, EASY, false, "slip:t");
	site_close(&s);
}

/* What isn't a contributor's, and what isn't shown. */
static void not_there(void **state)
{
	struct site s;
	struct made *m;

	(void)state;
	site_open(&s);
	m = made(&s, "customer", 1);
	put(&s, m);
	find_in(&s, m, 0, GRADE_FAULT, "It leaks.");
	m = made(&s, "post", 1);
	m->posts[1].hidden = true;
	found(&s, m, GRADE_FAULT);
	m = made(&s, "thread", 1);
	m->t.hidden = true;
	found(&s, m, GRADE_FAULT);
	assert_waiting(&s, EASY, false, "");
	site_close(&s);
}

static void doubts(void **state)
{
	struct site s;
	struct made *m;
	struct label *l;

	(void)state;
	site_open(&s);
	m = made(&s, "stale", 1);
	add_label(m, "solved")->post = STR("1");
	put(&s, m);
	m->posts[0].body = STR("It still leaks.");
	put(&s, m);
	m = made(&s, "conflict", 2);
	say_wrong(m);
	l = add_label(m, "not-wrong");
	l->post = STR("2");
	l->by = STR("bob");
	put(&s, m);
	m = made(&s, "sentences", 2);
	say_wrong(m);
	l = add_label(m, "not-wrong");
	l->post = STR("2");
	l->quote = STR("about it");
	l->by = STR("bob");
	put(&s, m);
	m = made(&s, "gone", 3);
	m->t.hidden = true;
	add_label(m, ORIGIN_GONE)->by = STR(ORIGIN_CHECK);
	put(&s, m);
	m = made(&s, "looked-at", 3);
	m->t.hidden = true;
	add_label(m, ORIGIN_GONE)->by = STR(ORIGIN_CHECK);
	add_label(m, ORIGIN_GONE);
	put(&s, m);
	m = made(&s, "back", 3);
	add_label(m, ORIGIN_GONE)->by = STR(ORIGIN_CHECK);
	add_label(m, "not-" ORIGIN_GONE)->by = STR(ORIGIN_CHECK);
	put(&s, m);
	found(&s, made(&s, "found", 4), GRADE_FAULT);
	assert_waiting(&s, EASY, false,
		       "label-conflict:conflict label-stale:stale fault:found origin-gone:gone");
	site_close(&s);
}

/* Whatever the order of import: rows are numbered by it. */
static void order_of_arrival(void **state)
{
	static const char *const ids[] = { "d", "b", "a", "c" };

	(void)state;
	for (int from = 0; from < 4; from++) {
		struct site s;

		site_open(&s);
		for (int i = 0; i < 4; i++)
			found(&s, made(&s, ids[(from + i) % 4], 5), GRADE_FAULT);
		assert_waiting(&s, SHARE, false, "fault:a! fault:b! fault:c! fault:d!");
		site_close(&s);
	}
}

static void how_many_are_missing(void **state)
{
	static const struct {
		struct choice page;
		size_t missing;
	} cases[] = {
		{ { .limit = 8, .required = { 1, 4 }, .eligible = 8, .eligible_wrong = 1,
		    .shortfall = 4 }, 1 },
		{ { .limit = 8, .required = { 1, 4 }, .eligible = 30, .shortfall = 8 }, 2 },
		{ { .limit = 8, .required = { 1, 4 }, .eligible = 3, .shortfall = 3 }, 1 },
		{ { .limit = 10, .required = { 3, 8 }, .eligible = 10, .shortfall = 10 }, 4 },
		{ { .limit = 8, .required = { 1, 4 }, .eligible = 8, .eligible_wrong = 2 }, 0 },
		{ { .limit = 8, .required = { 1, 1 }, .eligible = 5, .eligible_wrong = 2,
		    .shortfall = 3 }, 3 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(choice_missing(&cases[i].page), cases[i].missing);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(best_first),
		cmocka_unit_test(threads_of_no_product),
		cmocka_unit_test(too_old_is_not_needed),
		cmocka_unit_test(words_settle_it),
		cmocka_unit_test(the_next_sentence),
		cmocka_unit_test(not_there),
		cmocka_unit_test(doubts),
		cmocka_unit_test(order_of_arrival),
		cmocka_unit_test(how_many_are_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
