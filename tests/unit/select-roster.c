/*
 * The roster in a choice: that a post counts as the company's by the time of it, for
 * votes, rules, caps and admissions alike; that one person's accounts are one person;
 * and what is said of accounts that are not as the roster has them.
 */
#include "select-site.h"

#include "base/mem.h"
#include "select/naming.h"

static const struct author flagged = { .id = STR("dana"), .name = STR("Dana"),
				       .staff = true };

/* --- Names --- */

static void globs(void **state)
{
	static const struct {
		const char *glob, *name;
		bool matches;
	} all[] = {
		{ "*-acme", "dana-acme", true },    { "*-acme", "DANA-Acme", true },
		{ "*-ACME", "dana-acme", true },    { "*-acme", "-acme", true },
		{ "*-acme", "dana-acme-", false },  { "*-acme", "acme", false },
		{ "*-acme", "a-acme-acme", true },  { "acme", "acme", true },
		{ "acme", "acmee", false },         { "acme", "", false },
		{ "*", "", true },                  { "*", "x", true },
		{ "**", "", true },                 { "?", "", false },
		{ "?", "x", true },                 { "?", "xy", false },
		{ "?", "\u00e9", true },            { "??", "\u00e9", false },
		{ "*?", "\u674e", true },           { "*??", "\u674e", false },
		{ "*(acme)*", "Dana (Acme)", true }, { "a*b*c", "aXbXbXc", true },
		{ "a*b*c", "aXcXb", false },        { "\u00c9*", "\u00e9x", false },
		{ "a.c", "abc", false },            { "[a]", "a", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (glob_matches(str_of(all[i].glob), str_of(all[i].name)) !=
		    all[i].matches)
			fail_msg("'%s' and '%s'", all[i].glob, all[i].name);
}

/* What makes a naive matcher take for ever. */
static void globs_are_not_exponential(void **state)
{
	struct buf glob = BUF_INIT, name = BUF_INIT;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		buf_adds(&glob, "*a");
		buf_adds(&name, "aaaa");
	}
	buf_addc(&glob, 'b');
	assert_false(glob_matches(buf_str(&glob), buf_str(&name)));
	buf_release(&glob);
	buf_release(&name);
}

/* --- Periods --- */

#define SINCE_100_DAYS \
	"contributors:\n" \
	"- {name: Dana, accounts: {forum: dana}, active: {from: 2026-08-14}}\n"

/* The same account in an old and in a new thread; the venue's flag says nothing. */
static void put_old_and_new(struct site *s, const struct author *who)
{
	for (int old = 0; old < 2; old++) {
		struct made *m = made(s, old ? "old" : "new", old ? 200 : 10);

		m->posts[1].author = who;
		m->posts[1].score = 3;
		say_wrong(m);
		put(s, m);
	}
}

static void outside_a_period_a_post_is_a_private_person_s(void **state)
{
	struct site s;

	(void)state;
	site_open(&s);
	put_old_and_new(&s, &flagged);
	run_with(&s, CONFIG SINCE_100_DAYS,
		 "publish: {order: {helpful: 1}}\nwrong: {share: 0}\n"
		 "keep: [{contributor: true}]\n");
	assert_int_equal(s.result, 0);
	assert_page(&s, "kettle", "new:shown@1 old:keep:3");
	assert_int_equal(thread(&s, "new")->rank, 2 * 1000000);
	assert_int_equal(thread(&s, "old")->rank, 0);
	assert_int_equal(thread(&s, "new")->contributors_n, 1);
	assert_int_equal(thread(&s, "old")->contributors_n, 0);
	assert_true(thread(&s, "new")->wrong);
	assert_false(thread(&s, "old")->wrong);
	assert_said(&s,
		"bad-admission: the label 'wrong' of 'forum/old' names a post whose author "
		"didn't speak for the company then, so the label doesn't count (mend the "
		"author's 'active' in candor.yaml, or label it 'not-wrong')\n"
		"no-candidates: the product 'oven' has no candidates\n");
	site_close(&s);
}

static void nobody_spoke_in_time(void **state)
{
	struct site s;

	(void)state;
	site_open(&s);
	put(&s, made(&s, "old", 200));
	run_with(&s, CONFIG SINCE_100_DAYS, EASY);
	assert_string_equal(s.diags.items[0].message,
			    "nobody who wrote in the archive is a contributor");
	site_close(&s);
}

/* --- Several accounts --- */

static void two_accounts_are_one_person(void **state)
{
	const struct author second = { .id = STR("dana2"), .name = STR("Dana") };
	struct site s;
	struct made *m;

	(void)state;
	site_open(&s);
	m = made(&s, "both", 0);
	m->posts[2] = m->posts[1];
	m->posts[2].id = STR("3");
	m->posts[2].author = &second;
	m->t.posts_n = 3;
	put(&s, m);
	m = made(&s, "second", 1);
	m->posts[1].author = &second;
	put(&s, m);
	put(&s, made(&s, "first", 2));
	run_with(&s, CONFIG "contributors:\n- {name: Dana, accounts: {forum: [dana, dana2]}}\n",
		 EASY "caps: {per_contributor: 2}\n");
	assert_int_equal(thread(&s, "both")->contributors_n, 1);
	assert_page(&s, "kettle", "both:shown@1 second:shown@2 first:cap:2");
	site_close(&s);
}

static void shared_accounts_speak_for_the_company(void **state)
{
	struct site s;

	(void)state;
	site_open(&s);
	put_threads(&s, "t", 1, true);
	run_with(&s, CONFIG "shared_accounts: {forum: dana}\n",
		 EASY "keep: [{contributor: true}]\n");
	assert_page(&s, "kettle", "t0:shown@1");
	assert_true(thread(&s, "t0")->wrong);
	assert_int_equal(thread(&s, "t0")->wrong_who, ROSTER_STAFF);
	assert_int_equal(thread(&s, "t0")->contributors_n, 0);
	assert_said(&s, "no-candidates: the product 'oven' has no candidates\n");
	site_close(&s);
}

/* --- What is said of accounts --- */

static void answer_as(struct site *s, const char *thread, int days,
		      const struct author *who)
{
	struct made *m = made(s, thread, days);

	m->posts[1].author = who;
	put(s, m);
}

#define LISTED \
	"contributors:\n" \
	"- {name: Dana, accounts: {forum: dana}}\n" \
	"- {name: Lin, accounts: {forum: [lin, typo, gone]}, active: {to: 2025-01-01}}\n" \
	"- {name: Noor, accounts: {forum: noor}, active: {from: 2027-01-01}}\n"

static void put_strangers(struct site *s)
{
	static const struct author max = { .id = STR("u2"), .name = STR("Max-ACME") };
	static const struct author eve = { .id = STR("u1"), .name = STR("eve-acme") };
	static const struct author mod = { .id = STR("u3"), .name = STR("mod-acme"),
					   .staff = true };
	static const struct author lin = { .id = STR("lin"), .name = STR("Lin (away)") };
	static const struct author gone = { .id = STR("u0"), .name = STR("x-acme") };
	struct made *m;

	answer_as(s, "a", 1, &dana);
	answer_as(s, "b", 2, &max);
	answer_as(s, "c", 3, &eve);
	answer_as(s, "d", 4, &eve);
	answer_as(s, "e", 5, &mod);
	answer_as(s, "f", 6, &lin);
	m = made(s, "g", 7);
	m->posts[1].author = &gone;
	m->posts[1].gone = true;
	put(s, m);
}

static void accounts_are_doubted(void **state)
{
	struct site s;

	(void)state;
	site_open(&s);
	put_strangers(&s);
	run_with(&s, CONFIG LISTED "contributors_named: '*-acme'\n", EASY);
	assert_int_equal(s.result, 0);
#define UNLISTED \
	" is named like one of your people and isn't listed (list the account under " \
	"'contributors' if it is one of you; anybody can take such a name, so it counts " \
	"for nothing)\n"
#define ID \
	"(an account is known by the venue's id, not by its name; for who has yet to " \
	"begin, say from when they are 'active')\n"
	assert_said(&s,
		"6:34 contributor-name: the account 'dana' at 'forum' is called 'Dana', which "
		"isn't as 'contributors_named' says (see whether it is the right account; if "
		"it is, have it renamed)\n"
		"9:21 contributor-unlisted: 'eve-acme' (account 'u1' at 'forum', with 2 "
		"posts)" UNLISTED
		"9:21 contributor-unlisted: 'Max-ACME' (account 'u2' at 'forum', with 1 "
		"post)" UNLISTED
		"5:1 staff-unlisted: 'mod-acme' (account 'u3' at 'forum', with 1 post) is "
		"flagged as staff there and isn't listed (list the account under "
		"'contributors', or under 'shared_accounts' when no single person stands "
		"behind it)\n"
		"7:45 unknown-account: no account 'gone' at 'forum' in the archive " ID
		"7:39 unknown-account: no account 'typo' at 'forum' in the archive " ID
		"no-candidates: the product 'oven' has no candidates\n");
	site_close(&s);
}

/* Anybody can take a name: that never fails a build. */
static void strangers_names_fail_nothing(void **state)
{
	static const struct author eve = { .id = STR("u1"), .name = STR("eve-acme") };
	struct site s;

	(void)state;
	site_open(&s);
	answer_as(&s, "a", 1, &dana);
	answer_as(&s, "b", 2, &eve);
	run_with(&s, CONFIG DANA "contributors_named: {forum: [dana, '*-acme'], tracker: x}\n",
		 EASY "match: [{product: oven, posts: {min: 1}}]\n");
	assert_int_equal(diags_warnings(&s.diags), 1);
	assert_int_equal(s.diags.items[0].id, DIAG_CONTRIBUTOR_UNLISTED);
	assert_int_equal(diags_status(&s.diags, true), 0);
	assert_false(thread(&s, "b")->contributors_n);
	site_close(&s);
}

/* Who has no roster goes by the venue's flag and is left alone. */
static void flags_alone_are_no_doubt(void **state)
{
	struct site s;

	(void)state;
	site_open(&s);
	answer_as(&s, "a", 1, &flagged);
	run_with(&s, CONFIG, EASY);
	assert_said(&s, "no-candidates: the product 'oven' has no candidates\n");
	site_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(globs),
		cmocka_unit_test(globs_are_not_exponential),
		cmocka_unit_test(outside_a_period_a_post_is_a_private_person_s),
		cmocka_unit_test(nobody_spoke_in_time),
		cmocka_unit_test(two_accounts_are_one_person),
		cmocka_unit_test(shared_accounts_speak_for_the_company),
		cmocka_unit_test(accounts_are_doubted),
		cmocka_unit_test(strangers_names_fail_nothing),
		cmocka_unit_test(flags_alone_are_no_doubt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
