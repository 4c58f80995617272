/*
 * What curators said and what was found, as the choice sees it: which admission counts,
 * a confirmed one before those found, the plainest of these first; what rejects them,
 * and what doesn't; whose thanks and solutions are the customer's; what a private thread
 * is; and what topics a thread has.
 */
#include "select-site.h"

#define DETECTED "wrong: {share: 0%, evidence: detected}\n"

/* Of the post of that index, when the thread is in; grade none: no admission. */
static void find(struct site *s, struct made *m, int post, enum evidence_kind kind,
		 enum evidence_grade grade, const char *words)
{
	const struct post *p = &m->posts[post];
	size_t at = str_find(p->body, str_of(words));
	struct finding f = { kind, grade, at, at + strlen(words), STR("test") };

	assert_true(at < p->body.n);
	assert_int_equal(archive_put_findings(s->archive, p->row, 1, &f, 1, &s->diags), 0);
}

static void found(struct site *s, struct made *m, enum evidence_grade grade)
{
	put(s, m);
	find(s, m, 1, KIND_ADMISSION, grade, "We were *wrong*\nabout it.");
}

static struct label *reject(struct made *m, const char *post, const char *quote)
{
	struct label *l = add_label(m, "not-wrong");

	l->post = post ? str_of(post) : STR_NONE;
	l->quote = quote ? str_of(quote) : STR_NONE;
	return l;
}

static void found_ones_count_if_asked(void **state)
{
	static const struct {
		const char *rules, *wrong;
	} cases[] = {
		{ "wrong: {share: 0%}\n", "" },
		{ "wrong: {share: 0%, evidence: confirmed}\n", "" },
		{ DETECTED, "fault" },
		{ "wrong: {share: 0%, evidence: {detected: slip}}\n", "fault slip" },
		{ "wrong: {share: 0%, evidence: {detected: hedged}}\n", "fault slip hedged" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf wrong = BUF_INIT;
		struct site s;

		site_open(&s);
		for (int g = GRADE_FAULT; g > GRADE_NONE; g--)
			found(&s, made(&s, evidence_grade_names[g], GRADE_FAULT - g),
			      (enum evidence_grade)g);
		run(&s, cases[i].rules);
		for (size_t k = 0; k < s.selection.threads_n; k++)
			if (s.selection.threads[k].wrong)
				buf_addf(&wrong, "%s%.*s", wrong.n ? " " : "",
					 STR_ARG(s.selection.threads[k].id));
		assert_string_equal(wrong.p, cases[i].wrong);
		buf_release(&wrong);
		site_close(&s);
	}
}

static void found_ones_are_shown_as_found(void **state)
{
	const struct chosen_thread *t;
	struct site s;
	struct made *m;

	(void)state;
	site_open(&s);
	found(&s, made(&s, "found", 0), GRADE_FAULT);
	m = made(&s, "both", 1);
	say_wrong(m);
	found(&s, m, GRADE_FAULT);
	run(&s, DETECTED);
	t = thread(&s, "found");
	assert_true(str_is(t->wrong_quote, "We were wrong about it."));
	assert_true(str_is(t->wrong_post, "2") && str_is(t->wrong_pattern, "test"));
	assert_true(!str_present(t->wrong_by) && t->wrong_grade == GRADE_FAULT);
	assert_true(t->wrong_who == 0 && t->wrong_author.n > 0);
	assert_true(str_is(thread(&s, "both")->wrong_by, "curator"));
	assert_false(str_present(thread(&s, "both")->wrong_pattern));
	assert_int_equal(thread(&s, "both")->wrong_said, NOW - 1000);
	assert_int_equal(page(&s, "kettle")->shown_wrong, 2);
	assert_int_equal(page(&s, "kettle")->confirmed, 1);
	assert_int_equal(s.selection.confirmed, 1);
	site_close(&s);
}

static void only_the_companys_own_in_sight(void **state)
{
	struct site s;
	struct made *m;

	(void)state;
	site_open(&s);
	m = made(&s, "customers", 0);
	put(&s, m);
	find(&s, m, 0, KIND_ADMISSION, GRADE_FAULT, "It leaks.");
	m = made(&s, "hidden", 1);
	m->posts[1].hidden = true;
	found(&s, m, GRADE_FAULT);
	m = made(&s, "quoted", 2);
	put(&s, m);
	find(&s, m, 1, KIND_ADMISSION, GRADE_FAULT, "> It leaks.");
	m = made(&s, "old", 40);
	found(&s, m, GRADE_FAULT);
	found(&s, made(&s, "good", 3), GRADE_FAULT);
	run(&s, "wrong: {share: 0%, evidence: detected, max_age: 30 days}\n");
	for (size_t i = 0; i < s.selection.threads_n; i++)
		assert_int_equal(s.selection.threads[i].wrong,
				 str_is(s.selection.threads[i].id, "good"));
	site_close(&s);
}

/* In a post that holds two of them. */
static void the_plainest_comes_first(void **state)
{
	struct finding two[2] = {
		{ KIND_ADMISSION, GRADE_SLIP, 0, 10, STR("a") },
		{ KIND_ADMISSION, GRADE_FAULT, 11, 20, STR("b") },
	};
	struct site s;
	struct made *m;

	(void)state;
	site_open(&s);
	m = made(&s, "two", 0);
	m->posts[1].body = STR("We forgot. We erred.");
	put(&s, m);
	archive_put_findings(s.archive, m->posts[1].row, 1, two, 2, &s.diags);
	m = made(&s, "rejected", 1);
	m->posts[1].body = STR("We forgot. We erred.");
	reject(m, "2", "We erred.");
	put(&s, m);
	archive_put_findings(s.archive, m->posts[1].row, 1, two, 2, &s.diags);
	run(&s, "wrong: {share: 0%, evidence: {detected: slip}}\n");
	assert_true(str_is(thread(&s, "two")->wrong_quote, "We erred."));
	assert_true(str_is(thread(&s, "rejected")->wrong_quote, "We forgot."));
	site_close(&s);
}

static void rejections_are_remembered(void **state)
{
	struct site s;
	struct made *m;

	(void)state;
	site_open(&s);
	m = made(&s, "thread", 0);
	reject(m, NULL, NULL);
	found(&s, m, GRADE_FAULT);
	m = made(&s, "post", 1);
	reject(m, "2", NULL);
	found(&s, m, GRADE_FAULT);
	m = made(&s, "part", 2);
	reject(m, "2", "We were wrong");
	found(&s, m, GRADE_FAULT);
	m = made(&s, "other-post", 3);
	reject(m, "1", NULL);
	found(&s, m, GRADE_FAULT);
	m = made(&s, "other-words", 4);
	reject(m, "2", "We were right");
	found(&s, m, GRADE_FAULT);
	m = made(&s, "confirmed-since", 5);
	reject(m, NULL, NULL);
	say_wrong(m);
	found(&s, m, GRADE_FAULT);
	run(&s, DETECTED "keep: [{evidence: admission}]\n");
	assert_page(&s, "kettle", "thread:shown@1 post:shown@2 part:shown@3 "
		"other-post:shown@4 other-words:shown@5 confirmed-since:shown@6");
	assert_false(thread(&s, "thread")->wrong);
	assert_false(thread(&s, "post")->wrong);
	assert_false(thread(&s, "part")->wrong);
	assert_true(thread(&s, "other-post")->wrong);
	assert_true(thread(&s, "other-words")->wrong);
	assert_true(str_is(thread(&s, "confirmed-since")->wrong_by, "curator"));
	site_close(&s);
}

/* What one curator confirms in a post is not taken back by what is said of another. */
static void claims_are_of_sentences(void **state)
{
	struct site s;
	struct made *m;
	struct label *l;

	(void)state;
	site_open(&s);
	m = made(&s, "stays", 0);
	say_wrong(m);
	reject(m, "1", NULL);
	reject(m, "2", "It leaks.");
	put(&s, m);
	m = made(&s, "goes", 1);
	say_wrong(m);
	reject(m, "2", NULL);
	put(&s, m);
	m = made(&s, "falls-back", 2);
	say_wrong(m);
	l = add_label(m, "wrong");
	l->post = STR("1");
	l->quote = STR("It leaks.");
	put(&s, m);
	run(&s, "wrong: {share: 0%}\nkeep: [{label: wrong}]\n");
	assert_page(&s, "kettle", "stays:shown@1 goes:keep:2 falls-back:shown@2");
	assert_true(thread(&s, "stays")->wrong);
	assert_false(thread(&s, "goes")->wrong);
	assert_true(str_is(thread(&s, "falls-back")->wrong_post, "2"));
	site_close(&s);
}

static void thanks_are_the_customers(void **state)
{
	static const struct {
		const char *id;
		int post;
		const char *label;
		bool thanked, solved, referral;
	} cases[] = {
		{ "none", -1, NULL, false, false, false },
		{ "customer", 0, NULL, true, true, true },
		{ "ours", 1, NULL, false, false, false },
		{ "another", 2, NULL, false, false, true },
		{ "taken-back", 0, "not-thanked", false, true, true },
		{ "unsolved", 0, "not-solved", true, false, true },
		{ "not-sent", 0, "not-referral", true, true, false },
		{ "said", -1, "referral", false, false, true },
	};
	struct site s;

	(void)state;
	site_open(&s);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct finding all[3] = {
			{ KIND_GRATITUDE, GRADE_NONE, 0, 2, STR("g") },
			{ KIND_RESOLUTION, GRADE_NONE, 0, 2, STR("s") },
			{ KIND_REFERRAL, GRADE_NONE, 0, 2, STR("r") },
		};
		struct made *m = made(&s, cases[i].id, (int)i);

		m->posts[2] = m->posts[1];
		m->posts[2].id = STR("3");
		m->posts[2].author = &bob;
		m->t.posts_n = 3;
		if (cases[i].label)
			add_label(m, cases[i].label);
		put(&s, m);
		if (cases[i].post >= 0)
			archive_put_findings(s.archive, m->posts[cases[i].post].row, 1, all, 3,
					     &s.diags);
	}
	run(&s, EASY "drop: [{referral: true}]\n");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct chosen_thread *t = thread(&s, cases[i].id);

		if (t->thanked != cases[i].thanked || t->solved != cases[i].solved ||
		    t->eligible == cases[i].referral)
			fail_msg("%s: thanked %d, solved %d, eligible %d", cases[i].id,
				 t->thanked, t->solved, t->eligible);
	}
	site_close(&s);
}

static void private_is_never_shown(void **state)
{
	struct site s;
	struct made *m;

	(void)state;
	site_open(&s);
	m = made(&s, "private", 0);
	add_label(m, "private");
	put(&s, m);
	m = made(&s, "back", 1);
	add_label(m, "private");
	add_label(m, "not-private");
	put(&s, m);
	m = made(&s, "published", 2);
	add_label(m, "private");
	add_label(m, "publish");
	put(&s, m);
	m = made(&s, "unpublished", 3);
	add_label(m, "private");
	add_label(m, "not-publish");
	put(&s, m);
	m = made(&s, "kept-out", 4);
	add_label(m, "publish");
	add_label(m, "spam");
	put(&s, m);
	run(&s, EASY "drop: [{label: spam}]\n");
	assert_page(&s, "kettle", "private:drop back:shown@1 published:shown@2 "
				  "unpublished:drop kept-out:drop:2");
	site_close(&s);
}

static void topics_of_threads(void **state)
{
	struct site s;
	struct made *m;

	(void)state;
	site_open(&s);
	m = made(&s, "both", 0);
	say_wrong(m);
	put(&s, m);
	m = made(&s, "one", 1);
	m->posts[1].body = STR("Send it back.");
	put(&s, m);
	m = made(&s, "neither", 2);
	m->posts[0].body = m->posts[1].body = STR("Nothing.");
	put(&s, m);
	/* A topic may be asked for before it is told. */
	run(&s, EASY "drop: [{not: {topic: [leaks, ours]}}]\n"
		"match: [{product: oven, topic: ours}]\n"
		"topics:\n"
		"- {name: leaks, title: Leaks, when: {text: leaks}}\n"
		"- {name: ours, title: Our fault, when: {wrong: true}}\n");
	assert_page(&s, "kettle", "both:shown@1 one:shown@2 neither:drop:2");
	assert_page(&s, "oven", "both:shown@1");
	assert_int_equal(thread(&s, "both")->topics, 3);
	assert_int_equal(thread(&s, "one")->topics, 1);
	assert_int_equal(thread(&s, "neither")->topics, 0);
	assert_int_equal(s.selection.topics_n, 2);
	assert_true(str_is(s.selection.topics[1].title, "Our fault"));
	site_close(&s);
}

static void evidence_is_missed(void **state)
{
	struct site s;

	(void)state;
	site_open(&s);
	put(&s, made(&s, "a", 0));
	run(&s, DETECTED);
	assert_said(&s, "1:30 no-evidence: the rules go by evidence, and the archive holds none "
		    "(look for it: candor analyze)\n"
		    "no-candidates: the product 'oven' has no candidates\n");
	site_close(&s);
}

static void evidence_beyond_the_body(void **state)
{
	struct finding f = { KIND_ADMISSION, GRADE_FAULT, 5, 5000, STR("test") };
	struct site s;
	struct made *m;

	(void)state;
	site_open(&s);
	m = made(&s, "a", 0);
	put(&s, m);
	archive_put_findings(s.archive, m->posts[1].row, 1, &f, 1, &s.diags);
	run_with(&s, CONFIG DANA, DETECTED);
	assert_int_equal(s.result, -1);
	assert_int_equal(s.diags.counts[DIAG_ARCHIVE_DAMAGED], 1);
	site_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(found_ones_count_if_asked),
		cmocka_unit_test(found_ones_are_shown_as_found),
		cmocka_unit_test(only_the_companys_own_in_sight),
		cmocka_unit_test(the_plainest_comes_first),
		cmocka_unit_test(rejections_are_remembered),
		cmocka_unit_test(claims_are_of_sentences),
		cmocka_unit_test(thanks_are_the_customers),
		cmocka_unit_test(private_is_never_shown),
		cmocka_unit_test(topics_of_threads),
		cmocka_unit_test(evidence_is_missed),
		cmocka_unit_test(evidence_beyond_the_body),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
