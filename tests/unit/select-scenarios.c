/*
 * Scenarios: that their candidates are those products' candidates that meet the
 * condition, and nobody else; that each page holds a share, a limit and a
 * shortfall of its own, compared with brute force over random archives; and
 * that the site's counts and its share are over the products' pages alone.
 */
#include "select-site.h"

#include "random.h"
#include "select/choose.h"

#define SCENARIO "scenarios:\n- {slug: guests, title: Guests, when: {tag: guests}"

static struct made *tagged(struct site *s, const char *id, int days)
{
	struct made *m = made(s, id, days);

	m->tags[0] = STR("guests");
	m->t.tags_n = 1;
	return m;
}

static void candidates_are_the_products_own(void **state)
{
	struct site s;
	struct made *m;

	(void)state;
	site_open(&s);
	put(&s, tagged(&s, "linked", 0));
	m = tagged(&s, "both", 1);
	m->products[0] = STR("oven");
	m->t.title = STR("A kettle for my oven");
	put(&s, m);
	m = tagged(&s, "matched", 2);
	m->t.products_n = 0;
	m->t.title = STR("An oven");
	put(&s, m);
	m = tagged(&s, "nobodys", 3);
	m->t.products_n = 0;
	put(&s, m);
	put(&s, made(&s, "untagged", 4));
	m = tagged(&s, "gone", 5);
	m->t.gone = true;
	put(&s, m);
	m = tagged(&s, "dropped", 6);
	add_label(m, "private");
	put(&s, m);
	run(&s, EASY "drop: [label: private]\n"
		     "match: [{product: oven, text: an oven}, {product: kettle, "
		     "text: a kettle}]\n" SCENARIO
		     ", about: Many at once}\n"
		     "- {slug: said, title: Said, when: {text: an oven}}\n");
	assert_page(&s, "guests", "linked:shown@1 both:shown@2 matched:shown@3 gone:gone "
				  "dropped:drop:2");
	assert_page(&s, "said", "matched:shown@1");
	assert_int_equal(page(&s, "guests")->withdrawn, 1);
	assert_int_equal(page(&s, "guests")->eligible, 3);
	assert_null(page(&s, "guests")->product);
	assert_true(str_is(page(&s, "guests")->title, "Guests"));
	assert_true(str_is(page(&s, "guests")->about, "Many at once"));
	assert_false(str_present(page(&s, "said")->about));
	assert_null(thread(&s, "nobodys"));
	assert_int_equal(s.selection.candidates, 6);
	assert_int_equal(thread(&s, "both")->products_n, 2);
	assert_int_equal(thread(&s, "both")->products[0], 0);
	assert_int_equal(thread(&s, "both")->products[1], 1);
	assert_int_equal(thread(&s, "matched")->products_n, 1);
	assert_int_equal(thread(&s, "matched")->products[0], 1);
	site_close(&s);
}

/* What only a scenario shows is neither counted for the site nor trimmed for it. */
static void site_is_of_products_pages(void **state)
{
	struct site s;
	struct made *m;

	(void)state;
	site_open(&s);
	put(&s, made(&s, "first", 0));
	put(&s, tagged(&s, "second", 1));
	m = tagged(&s, "wrong", 2);
	say_wrong(m);
	put(&s, m);
	put(&s, tagged(&s, "third", 3));
	run(&s, "publish: {limit: 1}\nwrong: {share: 0, over: page}\n" SCENARIO
		", limit: 3}\n");
	assert_page(&s, "kettle", "first:shown@1 second:limit:1 wrong:limit:1 third:limit:1");
	assert_page(&s, "guests", "second:shown@1 wrong:shown@2 third:shown@3");
	assert_true(thread(&s, "first")->shown && !thread(&s, "first")->in_scenario);
	assert_true(!thread(&s, "second")->shown && thread(&s, "second")->in_scenario);
	assert_int_equal(s.selection.shown, 1);
	assert_int_equal(s.selection.shown_wrong, 0);
	site_close(&s);

	site_open(&s);
	put(&s, tagged(&s, "first", 0));
	put(&s, tagged(&s, "second", 1));
	run(&s, "wrong: {share: 50%, over: site}\n" SCENARIO "}\n");
	assert_page(&s, "kettle", "first:share:1 second:share:1");
	assert_page(&s, "guests", "first:shown@1 second:shown@2");
	assert_int_equal(s.selection.shown, 0);
	site_close(&s);
}

static void own_numbers_name_their_lines(void **state)
{
	struct site s;

	(void)state;
	site_open(&s);
	for (int i = 0; i < 5; i++) {
		struct made *m = tagged(&s, arena_printf(&s.arena, "t%d", i).p, i);

		if (i == 4)
			say_wrong(m);
		put(&s, m);
	}
	run(&s, "wrong:\n"
		"  share: 0\n"
		"scenarios:\n"
		"  - slug: guests\n"
		"    title: Guests\n"
		"    when: {tag: guests}\n"
		"    limit: 2\n"
		"  - slug: wrong\n"
		"    title: Wrong\n"
		"    when: {tag: guests}\n"
		"    wrong:\n"
		"      share: 1/2\n"
		"  - {slug: kettle, title: Named like a product, when: {wrong: true}}\n");
	assert_page(&s, "guests", "t0:shown@1 t1:shown@2 t2:limit:7 t3:limit:7 t4:limit:7");
	assert_page(&s, "wrong", "t0:shown@1 t1:share:12 t2:share:12 t3:share:12 t4:shown@2");
	assert_int_equal(page(&s, "wrong")->shortfall, 3);
	assert_int_equal(s.selection.scenarios_n, 3);
	assert_int_equal(page(&s, "kettle")->candidates_n, 5);
	assert_int_equal(s.selection.scenarios[2].candidates_n, 1);
	site_close(&s);
}

static void shortfall_is_the_scenarios_too(void **state)
{
	struct site s;

	(void)state;
	site_open(&s);
	put(&s, tagged(&s, "t", 0));
	put_threads(&s, "w", 1, true);
	run_with(&s, CONFIG DANA, "wrong:\n  share: 50%\n  shortfall: fail\n" SCENARIO "}\n");
	assert_int_equal(s.result, -1);
	assert_int_equal(diags_status(&s.diags, false), 4);
	assert_said(&s,
		"2:10 share-not-met: the page of 'guests' would show 1 threads, of which "
		"1 must be wrong threads, but has 0 (label more threads 'wrong', or say "
		"'shortfall: trim' to show fewer)\n"
		"no-candidates: the product 'oven' has no candidates\n");
	site_close(&s);

	site_open(&s);
	put(&s, tagged(&s, "t", 0));
	put_threads(&s, "w", 1, true);
	run(&s, "wrong: {share: 50%, shortfall: skip}\n" SCENARIO
		"}\n- {slug: none, title: None, when: {tag: none}}\n");
	assert_true(page(&s, "guests")->skipped);
	assert_false(page(&s, "none")->skipped);
	assert_page(&s, "guests", "t:share:1");
	assert_page(&s, "kettle", "t:shown@1 w0:shown@2");
	assert_said(&s, "no-candidates: the product 'oven' has no candidates\n"
			"4:10 no-candidates: the scenario 'none' has no candidates\n");
	site_close(&s);
}

static void venues_in_conditions_are_checked(void **state)
{
	struct site s;

	(void)state;
	site_open(&s);
	put_threads(&s, "t", 1, false);
	run(&s, EASY "scenarios: [{slug: a, title: A, when: {venue: forun}}]\n");
	assert_said(&s, "2:47 unknown-venue: no venue 'forun' in the archive (did you mean "
			"'forum'?)\n"
			"no-candidates: the product 'oven' has no candidates\n"
			"2:20 no-candidates: the scenario 'a' has no candidates\n");
	site_close(&s);
}

/* --- Against brute force --- */

enum { THREADS = 8, SCENARIOS = 2 };

static const char *const tags[SCENARIOS] = { "a", "b" };

/* What the test knows of each thread, by its number. */
struct known {
	bool product, wrong, tag[SCENARIOS];
};

static void put_random(struct site *s, struct random *r, struct known *k)
{
	for (int i = 0; i < THREADS; i++) {
		/* No two of the same age: ranks differ. */
		struct made *m = made(s, arena_printf(&s->arena, "%d", i).p,
				      10 * i + (int)random_below(r, 10));

		k[i].product = random_below(r, 4) > 0;
		k[i].wrong = random_below(r, 3) == 0;
		m->t.products_n = k[i].product;
		for (int p = 0; p < SCENARIOS; p++) {
			k[i].tag[p] = random_below(r, 3) > 0;
			if (k[i].tag[p])
				m->tags[m->t.tags_n++] = str_of(tags[p]);
		}
		if (k[i].wrong)
			say_wrong(m);
		put(s, m);
	}
}

static bool holds(const struct known *k, unsigned set, struct ratio share, bool floor)
{
	int64_t size = 0, wrong = 0;

	for (int i = 0; i < THREADS; i++) {
		size += set >> i & 1;
		wrong += (set >> i & 1) && k[i].wrong;
	}
	/* wrong >= share x size, or what is left of that rounded down */
	return (wrong + floor) * share.den >= share.num * size + floor;
}

static int64_t sum(const struct site *s, unsigned set)
{
	int64_t ranks = 0;

	for (size_t i = 0; i < s->selection.threads_n; i++) {
		int id = s->selection.threads[i].id.p[0] - '0';

		ranks += set >> id & 1 ? s->selection.threads[i].rank : 0;
	}
	return ranks;
}

/* Of all feasible sets the largest, of these the one with the highest ranks. */
static unsigned best_set(const struct site *s, const struct known *k, int scenario,
			 const struct choice *c)
{
	unsigned mine = 0, best = 0;

	for (int i = 0; i < THREADS; i++)
		if (k[i].product && k[i].tag[scenario])
			mine |= 1u << i;
	for (unsigned set = 0; set < 1u << THREADS; set++) {
		int size = __builtin_popcount(set), most = __builtin_popcount(best);

		if (set & ~mine || size > c->limit || !holds(k, set, c->required, false))
			continue;
		if (size > most || (size == most && sum(s, set) > sum(s, best)))
			best = set;
	}
	return best;
}

static unsigned shown_set(const struct site *s, const struct known *k,
			  const struct choice *c)
{
	unsigned set = 0;

	for (size_t i = 0; i < c->shown_n; i++) {
		uint32_t t = c->candidates[c->shown[i]].thread;

		set |= 1u << (s->selection.threads[t].id.p[0] - '0');
		assert_true(holds(k, set, c->required, true)); /* the spread */
	}
	return set;
}

static void pages_are_the_best_there_are(void **state)
{
	static const char *const shares[] = { "0", "1/4", "1/3", "1/2", "1" };
	struct random r = { 20261122 };
	int trimmed = 0, beyond = 0;

	(void)state;
	for (int round = 0; round < 60; round++) {
		struct known known[THREADS];
		struct buf rules = BUF_INIT;
		struct site s;

		site_open(&s);
		put_random(&s, &r, known);
		buf_addf(&rules, "publish: {limit: %u}\nwrong: {share: %s}\nscenarios:\n",
			 1 + random_below(&r, THREADS), shares[random_below(&r, 5)]);
		for (int p = 0; p < SCENARIOS; p++)
			buf_addf(&rules, "- {slug: %s, title: T, when: {tag: %s}, limit: %u, "
				 "wrong: {share: %s}}\n", tags[p], tags[p],
				 1 + random_below(&r, THREADS), shares[random_below(&r, 5)]);
		run(&s, rules.p);
		for (int p = 0; p < SCENARIOS; p++) {
			const struct choice *c = page(&s, tags[p]);

			assert_int_equal(shown_set(&s, known, c),
					 best_set(&s, known, p, c));
			trimmed += c->shortfall > 0;
		}
		for (size_t i = 0; i < s.selection.threads_n; i++)
			beyond += s.selection.threads[i].in_scenario &&
				  !s.selection.threads[i].shown;
		site_close(&s);
		buf_release(&rules);
	}
	assert_true(trimmed > 20 && beyond > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(candidates_are_the_products_own),
		cmocka_unit_test(site_is_of_products_pages),
		cmocka_unit_test(own_numbers_name_their_lines),
		cmocka_unit_test(shortfall_is_the_scenarios_too),
		cmocka_unit_test(venues_in_conditions_are_checked),
		cmocka_unit_test(pages_are_the_best_there_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
