/*
 * The choice for a whole site, over an archive in a temporary folder: that the
 * record says for every candidate whether it is eligible, wrong and shown, with
 * the one reason and its line; what votes, labels, posts and authors come to;
 * which labels `wrong` hold; shares of page and site under each shortfall; and
 * every message of a run.
 */
#include "select-site.h"

#include "base/mem.h"
#include "select/rank.h"

/* --- Tests --- */

static void one_reason_each(void **state)
{
	size_t withdrawn;
	struct site s;
	struct made *m;

	(void)state;
	site_open(&s);
	m = made(&s, "gone", 0);
	m->t.gone = true;
	put(&s, m);
	m = made(&s, "hidden-posts", 1);
	m->posts[0].hidden = m->posts[1].gone = true;
	put(&s, m);
	m = made(&s, "ground", 2);
	m->t.venue = &s.tracker;
	put(&s, m);
	m = made(&s, "embargo", 3);
	m->t.embargo = NOW + 1;
	m->t.expires = NOW;
	put(&s, m);
	m = made(&s, "expired", 4);
	m->t.embargo = NOW;
	m->t.expires = NOW;
	put(&s, m);
	m = made(&s, "keep", 5);
	m->posts[1].author = &bob;
	put(&s, m);
	m = made(&s, "drop", 6);
	add_label(m, "private");
	put(&s, m);
	m = made(&s, "wrong", 7);
	say_wrong(m);
	put(&s, m);
	put(&s, made(&s, "first", 8));
	m = made(&s, "second", 9);
	m->posts[0].author = &bob;
	put(&s, m);
	put(&s, made(&s, "third", 10));
	put(&s, made(&s, "fourth", 40));
	run(&s, "publish:\n"
		"  limit: 3\n"
		"wrong:\n"
		"  share: 1/2\n"
		"keep:\n"
		"  - posts: {min: 1}\n"
		"  - contributor: true\n"
		"drop:\n"
		"  - label: private\n");
	/* Of three eligible ones two would have to be wrong threads. */
	assert_page(&s, "kettle",
		"gone:gone hidden-posts:gone ground:ground embargo:embargo expired:expired "
		"keep:keep:7 drop:drop:9 wrong:shown@1 first:shown@2 second:share:4 "
		"third:limit:2 fourth:limit:2");
	assert_int_equal(page(&s, "kettle")->limit, 3);
	assert_int_equal(page(&s, "kettle")->shortfall, 1);
	assert_int_equal(page(&s, "kettle")->withdrawn, 2);
	assert_int_equal(page(&s, "kettle")->eligible, 5);
	assert_int_equal(page(&s, "kettle")->eligible_wrong, 1);
	assert_int_equal(page(&s, "kettle")->shown_wrong, 1);
	assert_int_equal(page(&s, "kettle")->required.den, 2);
	assert_int_equal(s.selection.candidates, 12);
	assert_int_equal(s.selection.shown, 2);
	assert_int_equal(s.selection.withdrawn, 2);
	withdrawn = 0;
	for (size_t i = 0; i < s.selection.threads_n; i++)
		withdrawn += s.selection.threads[i].withdrawn;
	assert_int_equal(withdrawn, 2); /* whose pages say so */
	assert_int_equal(s.selection.day, NOW / DAY);
	assert_int_equal(s.selection.first, NOW / DAY - 40);
	assert_int_equal(s.selection.last, NOW / DAY);
	assert_said(&s, "no-candidates: the product 'oven' has no candidates\n");
	site_close(&s);
}

static void ranks_add_up(void **state)
{
	struct site s;
	struct made *m;

	(void)state;
	site_open(&s);
	m = made(&s, "a", 90);
	m->posts[0].score = 100; /* the customer's: doesn't count */
	m->posts[1].score = 5;
	m->posts[2] = m->posts[1];
	m->posts[2].id = STR("3");
	m->posts[2].score = -4;
	m->posts[3] = m->posts[1];
	m->posts[3].id = STR("4");
	m->posts[3].score = 2;
	m->t.posts_n = 4;
	m->t.solved_by = STR("2");
	put(&s, m);
	m = made(&s, "b", 0);
	add_label(m, "thanked");
	put(&s, m);
	run(&s, EASY);
	assert_int_equal(thread(&s, "a")->rank,
			 2000000 + rank_helpful(1000, 7) + rank_recent(3000, 90, 180));
	assert_int_equal(thread(&s, "a")->rank, 2000000 + 3000000 + 2121320);
	assert_int_equal(thread(&s, "b")->rank, 2000000 + 3000000);
	assert_true(thread(&s, "a")->solved && !thread(&s, "a")->thanked);
	assert_true(!thread(&s, "b")->solved && thread(&s, "b")->thanked);
	site_close(&s);
}

static void hidden_posts_say_nothing(void **state)
{
	struct site s;
	struct made *m;

	(void)state;
	site_open(&s);
	m = made(&s, "a", 0);
	m->posts[1].hidden = true;
	m->posts[1].score = 50;
	m->posts[0].created = NOW - 3 * DAY;
	put(&s, m);
	run(&s, EASY "keep: [{posts: {max: 1}}, {contributor: false}, {age: {min: 3 days}}]\n");
	assert_page(&s, "kettle", "a:shown@1");
	assert_int_equal(thread(&s, "a")->activity, NOW - 3 * DAY);
	assert_int_equal(thread(&s, "a")->rank, rank_recent(3000, 3, 180));
	site_close(&s);
}

static void the_latest_label_stands(void **state)
{
	struct site s;
	struct made *m;

	(void)state;
	site_open(&s);
	m = made(&s, "a", 0);
	add_label(m, "private");
	add_label(m, "publish");
	put(&s, m);
	m = made(&s, "b", 1);
	add_label(m, "publish");
	add_label(m, "private");
	put(&s, m);
	m = made(&s, "c", 2);
	add_label(m, "spam");
	add_label(m, "not-spam");
	add_label(m, "thanked");
	add_label(m, "not-thanked");
	put(&s, m);
	m = made(&s, "d", 3);
	say_wrong(m);
	add_label(m, "not-wrong");
	add_label(m, "not-solved");
	add_label(m, "solved");
	put(&s, m);
	run(&s, EASY "drop: [{label: [private, spam]}]\n");
	assert_page(&s, "kettle", "d:shown@1 a:shown@2 b:drop:2 c:shown@3");
	assert_false(thread(&s, "c")->thanked);
	assert_false(thread(&s, "d")->wrong);
	assert_true(thread(&s, "d")->solved);
	site_close(&s);
}

static void admissions_that_hold(void **state)
{
	struct site s;
	struct made *m;
	struct label *l;

	(void)state;
	site_open(&s);
	m = made(&s, "folded", 0);
	say_wrong(m);
	put(&s, m);
	m = made(&s, "verbatim", 1);
	add_label(m, "wrong")->post = STR("1");
	add_label(m, "not-wrong");
	l = add_label(m, "wrong");
	l->post = STR("2");
	l->quote = STR("We were *wrong*");
	put(&s, m);
	m = made(&s, "no-quote", 2);
	add_label(m, "wrong")->post = STR("2");
	put(&s, m);
	run(&s, "");
	assert_said(&s, "no-candidates: the product 'oven' has no candidates\n");
	assert_page(&s, "kettle", "folded:shown@1 verbatim:shown@2 no-quote:shown@3");
	assert_int_equal(s.selection.shown_wrong, 3);
	assert_true(str_is(thread(&s, "verbatim")->wrong_quote, "We were *wrong*"));
	assert_true(str_is(thread(&s, "verbatim")->wrong_post, "2"));
	assert_true(str_is(thread(&s, "verbatim")->wrong_by, "curator"));
	assert_int_equal(thread(&s, "verbatim")->wrong_at, NOW - DAY);
	assert_int_equal(thread(&s, "verbatim")->wrong_who, 0);
	assert_false(str_present(thread(&s, "no-quote")->wrong_quote));
	site_close(&s);
}

/* Of the roster, by their places there; whom only the venue calls staff has none. */
static void who_wrote_in_a_thread(void **state)
{
	const struct author lin = { .id = STR("lin"), .name = STR("Lin") };
	const struct author mod = { .id = STR("mod"), .name = STR("Mod"), .staff = true };
	struct made *m;
	struct site s;

	(void)state;
	site_open(&s);
	m = made(&s, "by-two", 0);
	m->posts[2] = m->posts[1];
	m->posts[2].id = STR("3");
	m->posts[2].author = &lin;
	m->posts[3] = m->posts[1];
	m->posts[3].id = STR("4");
	m->posts[3].author = &mod;
	m->t.posts_n = 4;
	put(&s, m);
	m = made(&s, "by-staff", 1);
	m->posts[1].author = &mod;
	say_wrong(m);
	put(&s, m);
	m = made(&s, "hidden", 2);
	m->posts[1].hidden = true;
	put(&s, m);
	run_with(&s, CONFIG "contributors:\n"
		 "  - {name: Lin, accounts: {forum: lin}}\n"
		 "  - {name: Dana, accounts: {forum: dana}}\n", "");
	assert_int_equal(thread(&s, "by-two")->contributors_n, 2);
	assert_int_equal(thread(&s, "by-two")->contributors[0], 1);
	assert_int_equal(thread(&s, "by-two")->contributors[1], 0);
	assert_int_equal(thread(&s, "by-two")->wrong_who, ROSTER_NONE);
	assert_int_equal(thread(&s, "by-staff")->contributors_n, 0);
	assert_int_equal(thread(&s, "by-staff")->wrong_who, ROSTER_STAFF);
	assert_int_equal(thread(&s, "hidden")->contributors_n, 0);
	site_close(&s);
}

static void admissions_that_don_t(void **state)
{
	struct site s;
	struct made *m;
	struct label *l;

	(void)state;
	site_open(&s);
	add_label(m = made(&s, "a", 0), "wrong");
	put(&s, m);
	add_label(m = made(&s, "b", 1), "wrong")->post = STR("9");
	put(&s, m);
	add_label(m = made(&s, "c", 2), "wrong")->post = STR("2");
	m->posts[1].gone = true;
	put(&s, m);
	add_label(m = made(&s, "d", 3), "wrong")->post = STR("1");
	put(&s, m);
	l = add_label(m = made(&s, "e", 4), "wrong");
	l->post = STR("2");
	l->quote = STR("It never leaks.");
	put(&s, m);
	/* The customer's words, which Dana only quotes. */
	l = add_label(m = made(&s, "e2", 4), "wrong");
	l->post = STR("2");
	l->quote = STR("It leaks.");
	put(&s, m);
	/* Withdrawn: nobody can mend it, nothing is said. */
	add_label(m = made(&s, "f", 5), "wrong");
	m->t.gone = true;
	put(&s, m);
	/* Nobody's candidate. */
	add_label(m = made(&s, "g", 6), "wrong");
	m->t.products_n = 0;
	put(&s, m);
	run(&s, EASY);
#define DOUBT "bad-admission: the label 'wrong' of 'forum/"
#define SO ", so the label doesn't count ("
#define AGAIN "label it again with --post and --quote, or label it 'not-wrong')\n"
	assert_said(&s,
		DOUBT "a' names no post that shows it" SO AGAIN
		DOUBT "b' names a post that isn't in the thread" SO AGAIN
		DOUBT "c' names a post that is gone or hidden" SO AGAIN
		DOUBT "d' names a post that no contributor wrote" SO "list the author's "
		"account under 'contributors' in candor.yaml, or label it 'not-wrong')\n"
		DOUBT "e' quotes what isn't in the post" SO AGAIN
		DOUBT "e2' quotes what isn't in the post" SO AGAIN
		"no-candidates: the product 'oven' has no candidates\n");
	assert_int_equal(s.selection.candidates_wrong, 0);
	assert_int_equal(s.selection.candidates, 7);
	site_close(&s);
}

static void old_admissions_count_no_more(void **state)
{
	struct site s;
	struct made *m;

	(void)state;
	site_open(&s);
	say_wrong(m = made(&s, "young", 30));
	put(&s, m);
	say_wrong(m = made(&s, "old", 31));
	put(&s, m);
	run(&s, "wrong: {share: 50%, max_age: 30 days}\n");
	assert_page(&s, "kettle", "young:shown@1 old:shown@2");
	assert_true(thread(&s, "young")->wrong);
	assert_false(thread(&s, "old")->wrong);
	assert_true(thread(&s, "old")->eligible);
	assert_int_equal(s.selection.eligible_wrong, 1);
	site_close(&s);
}

static void rules_match_products(void **state)
{
	struct site s;
	struct made *m;

	(void)state;
	site_open(&s);
	m = made(&s, "linked", 0);
	m->tags[0] = STR("k2");
	m->t.tags_n = 1;
	put(&s, m);
	m = made(&s, "tagged", 1);
	m->tags[0] = STR("k2");
	m->tags[1] = STR("warm");
	m->t.tags_n = 2;
	m->t.products_n = 0;
	put(&s, m);
	m = made(&s, "said", 2);
	m->t.title = STR("My OVEN is cold");
	m->t.products_n = 0;
	put(&s, m);
	m = made(&s, "quoted", 3);
	m->posts[1].body = STR("> my oven\n\nfine");
	m->t.products_n = 0;
	put(&s, m);
	m = made(&s, "hidden", 4);
	m->posts[0].body = STR("my oven");
	m->posts[0].hidden = true;
	m->t.products_n = 0;
	put(&s, m);
	run(&s, EASY "match:\n"
		     "  - {product: kettle, tag: k2}\n"
		     "  - {product: oven, text: oven}\n"
		     "  - {product: oven, tag: warm}\n");
	assert_page(&s, "kettle", "linked:shown@1 tagged:shown@2");
	assert_page(&s, "oven", "tagged:shown@1 said:shown@2");
	assert_int_equal(s.selection.candidates, 3);
	assert_int_equal(s.selection.shown, 3);
	assert_null(thread(&s, "quoted"));
	site_close(&s);
}

static void caps_and_overrides_name_their_lines(void **state)
{
	struct site s;

	(void)state;
	site_open(&s);
	put_threads(&s, "t", 3, false);
	run(&s, EASY "caps:\n"
		     "  per_venue: 2\n"
		     "products:\n"
		     "  kettle:\n"
		     "    limit: 1\n");
	assert_page(&s, "kettle", "t0:shown@1 t1:limit:6 t2:limit:6");
	assert_int_equal(page(&s, "kettle")->limit, 1);
	site_close(&s);
	site_open(&s);
	put_threads(&s, "t", 3, false);
	run(&s, EASY "caps:\n"
		     "  per_contributor: 100%\n"
		     "  per_venue: 2\n");
	assert_page(&s, "kettle", "t0:shown@1 t1:shown@2 t2:cap:4");
	site_close(&s);
}

/* A deleted account is nobody's double; accounts of one contributor are one. */
static void customers_are_accounts(void **state)
{
	struct site s;
	struct made *m;

	(void)state;
	site_open(&s);
	for (int i = 0; i < 2; i++) {
		m = made(&s, i ? "deleted-2" : "deleted-1", i);
		m->posts[0].author = NULL;
		put(&s, m);
	}
	put(&s, made(&s, "ann-1", 2));
	put(&s, made(&s, "ann-2", 3));
	run(&s, EASY "caps: {per_customer: 1}\n");
	assert_page(&s, "kettle",
		"deleted-1:shown@1 deleted-2:shown@2 ann-1:shown@3 ann-2:cap:2");
	site_close(&s);
}

static void site_share_is_trimmed(void **state)
{
	struct site s;
	struct made *m;

	(void)state;
	site_open(&s);
	/* One wrong thread for both pages. */
	m = made(&s, "wrong", 0);
	say_wrong(m);
	m->products[1] = STR("oven");
	m->t.products_n = 2;
	put(&s, m);
	put(&s, made(&s, "k", 1));
	m = made(&s, "o", 2);
	m->products[0] = STR("oven");
	put(&s, m);
	run(&s, "wrong: {share: 50%}\n");
	assert_page(&s, "kettle", "wrong:shown@1 k:shown@2");
	assert_page(&s, "oven", "wrong:shown@1 o:share:1");
	assert_int_equal(s.selection.shown, 2);
	assert_int_equal(s.selection.shown_wrong, 1);
	assert_int_equal(s.selection.required.den, 2);
	assert_int_equal(page(&s, "oven")->shortfall, 0);
	site_close(&s);
}

static void shortfall_fails(void **state)
{
	struct site s;

	(void)state;
	site_open(&s);
	put_threads(&s, "t", 3, false);
	put_threads(&s, "w", 1, true);
	run_with(&s, CONFIG DANA, "wrong:\n  share: 50%\n  over: page\n  shortfall: fail\n");
	assert_int_equal(s.result, -1);
	assert_int_equal(diags_status(&s.diags, false), 4);
	assert_page(&s, "kettle", "t0:shown@1 w0:shown@2 t1:share:2 t2:share:2");
	assert_said(&s,
		"2:10 share-not-met: the page of 'kettle' would show 4 threads, of which "
		"2 must be wrong threads, but has 1 (label more threads 'wrong', or say "
		"'shortfall: trim' to show fewer)\n"
		"no-candidates: the product 'oven' has no candidates\n");
	assert_int_equal(s.selection.required.num, 0);
	site_close(&s);
	site_open(&s);
	put_threads(&s, "t", 3, false);
	put_threads(&s, "w", 1, true);
	run_with(&s, CONFIG DANA, "wrong: {share: 50%, over: site, shortfall: fail}\n");
	assert_int_equal(diags_status(&s.diags, false), 4);
	assert_int_equal(s.selection.shown, 4);
	assert_said(&s,
		"1:16 share-not-met: the site would show 4 threads, of which 2 must be "
		"wrong threads, but has 1 (label more threads 'wrong', or say 'shortfall: "
		"trim' to show fewer)\n"
		"no-candidates: the product 'oven' has no candidates\n");
	site_close(&s);
}

static void shortfall_skips(void **state)
{
	struct site s;

	(void)state;
	site_open(&s);
	put_threads(&s, "t", 3, false);
	put_threads(&s, "w", 1, true);
	run(&s, "wrong: {share: 50%, shortfall: skip}\n");
	assert_page(&s, "kettle", "t0:share:1 w0:share:1 t1:share:1 t2:share:1");
	assert_true(page(&s, "kettle")->skipped);
	assert_false(page(&s, "oven")->skipped);
	assert_int_equal(s.selection.shown, 0);
	site_close(&s);
}

static void own_share_of_a_product(void **state)
{
	struct site s;

	(void)state;
	site_open(&s);
	put_threads(&s, "t", 3, false);
	put_threads(&s, "w", 1, true);
	run(&s, "wrong: {share: 0}\nproducts:\n  kettle:\n    wrong:\n      share: 50%\n");
	assert_page(&s, "kettle", "t0:shown@1 w0:shown@2 t1:share:5 t2:share:5");
	site_close(&s);
}

static void likely_mistakes_are_warnings(void **state)
{
	struct site s;

	(void)state;
	site_open(&s);
	put_threads(&s, "t", 1, false);
	run_with(&s, CONFIG, "wrong:\n  share: 50%\n");
	assert_int_equal(s.result, 0);
	assert_int_equal(diags_status(&s.diags, true), 1);
	assert_int_equal(s.diags.n, 3);
	assert_string_equal(s.diags.items[0].message,
			    "nobody who wrote in the archive is a contributor");
	assert_true(strstr(s.diags.items[0].hint, "list their accounts under "
						  "'contributors:' in /tmp/candor-run-") !=
		    NULL);
	assert_string_equal(s.diags.items[1].message,
			    "a share of wrong threads is required, and no candidate is one");
	assert_string_equal(s.diags.items[1].hint,
			    "see 'candor review', or label one: candor label THREAD wrong --post ID "
			    "--quote TEXT --by NAME");
	assert_int_equal(s.diags.items[1].line, 2);
	assert_int_equal(page(&s, "kettle")->shown_n, 0);
	assert_page(&s, "kettle", "t0:share:2");
	site_close(&s);
}

static void empty_archive_chooses_nothing(void **state)
{
	struct site s;

	(void)state;
	site_open(&s);
	run(&s, "");
	assert_said(&s, "no-candidates: the product 'kettle' has no candidates\n"
			"no-candidates: the product 'oven' has no candidates\n");
	assert_int_equal(s.selection.threads_n, 0);
	assert_int_equal(s.selection.first, s.selection.day);
	site_close(&s);
}

static void names_are_checked(void **state)
{
	struct site s;

	(void)state;
	site_open(&s);
	run_with(&s, CONFIG "contributors:\n- {name: Dana, accounts: {forun: dana}}\n",
		 "keep: [{venue: [forum, trakcer]}]\n"
		 "match: [{product: kettel, tag: a}]\n"
		 "products: {fan: {limit: 1}}\n");
	assert_int_equal(s.result, -1);
	assert_int_equal(diags_status(&s.diags, false), 1);
	assert_said(&s,
		"2:19 unknown-product: no product 'kettel' in the archive "
		"(did you mean 'kettle'?)\n"
		"3:12 unknown-product: no product 'fan' in the archive (import it first)\n"
		"1:16 unknown-venue: no venue 'trakcer' in the archive "
		"(did you mean 'tracker'?)\n"
		"6:34 unknown-venue: no venue 'forun' in the archive "
		"(did you mean 'forum'?)\n");
	site_close(&s);
}

static void next_instant(void **state)
{
	static const struct {
		const char *rules;
		int64_t next;
	} cases[] = {
		{ "publish: {order: {solved: 1}}\n", NOW + 50 * DAY },
		{ "publish: {order: {recent: 1}}\n", (NOW / DAY + 1) * DAY },
		{ "publish: {order: {}}\nkeep: [{age: {max: 1 year}}]\n",
		  (NOW / DAY + 1) * DAY },
		{ "publish: {order: {}}\nwrong: {max_age: 1 year}\n",
		  (NOW / DAY + 1) * DAY },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct site s;
		struct made *m;

		site_open(&s);
		m = made(&s, "a", 0);
		m->t.embargo = NOW - 1;
		m->t.expires = NOW + 60 * DAY;
		put(&s, m);
		m = made(&s, "b", 0);
		m->t.embargo = NOW + 50 * DAY;
		put(&s, m);
		run(&s, cases[i].rules);
		assert_int_equal(s.selection.next, cases[i].next);
		site_close(&s);
	}
}

/* The order of import gives other rows, and the same choice. */
static void import_order_never_matters(void **state)
{
	static const char *const orders[] = { "abcdef", "fedcba", "cafebd" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(orders); i++) {
		struct site s;

		site_open(&s);
		for (const char *c = orders[i]; *c; c++) {
			struct made *m = made(&s, arena_printf(&s.arena, "%c", *c).p, 5);

			if (*c == 'd' || *c == 'f')
				say_wrong(m);
			put(&s, m);
		}
		run(&s, "publish: {limit: 4}\nwrong: {share: 1/2}\n");
		assert_page(&s, "kettle", "a:shown@1 b:shown@3 c:share:2 d:shown@2 e:limit:1 "
					  "f:shown@4");
		site_close(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_reason_each),
		cmocka_unit_test(ranks_add_up),
		cmocka_unit_test(hidden_posts_say_nothing),
		cmocka_unit_test(the_latest_label_stands),
		cmocka_unit_test(admissions_that_hold),
		cmocka_unit_test(who_wrote_in_a_thread),
		cmocka_unit_test(admissions_that_don_t),
		cmocka_unit_test(old_admissions_count_no_more),
		cmocka_unit_test(rules_match_products),
		cmocka_unit_test(caps_and_overrides_name_their_lines),
		cmocka_unit_test(customers_are_accounts),
		cmocka_unit_test(site_share_is_trimmed),
		cmocka_unit_test(shortfall_fails),
		cmocka_unit_test(shortfall_skips),
		cmocka_unit_test(own_share_of_a_product),
		cmocka_unit_test(likely_mistakes_are_warnings),
		cmocka_unit_test(empty_archive_chooses_nothing),
		cmocka_unit_test(names_are_checked),
		cmocka_unit_test(next_instant),
		cmocka_unit_test(import_order_never_matters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
