/*
 * What follows from an archive's content: which licences are a ground, which name
 * no version, and which ground is best, a post by its id, canonical order.
 */
#include "archive-fixture.h"

static void licences(void **state)
{
	static const struct {
		struct str licence;
		bool ground;
	} cases[] = {
		{ STR("CC BY-SA 4.0"), true },
		{ STR("CC0-1.0"), true },
		{ STR("MIT"), true },
		{ STR("https://creativecommons.org/licenses/by-sa/4.0/"), true },
		{ STR("Fencing club terms"), true },
		{ STR("CC BY-NC-SA 4.0"), false },
		{ STR("cc-by-nd-4.0"), false },
		{ STR("https://creativecommons.org/licenses/by-nc/4.0/"), false },
		{ STR("All Rights Reserved"), false },
		{ STR("none"), false },
		{ STR("unknown"), false },
		{ STR(""), false },
		{ STR_NONE, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct venue venue = { .own = false };

		assert_int_equal(post_ground(&venue, cases[i].licence, STR_NONE),
				 cases[i].ground ? GROUND_LICENCE : GROUND_NONE);
		venue.licence = cases[i].licence;
		assert_int_equal(post_ground(&venue, STR_NONE, STR_NONE),
				 cases[i].ground ? GROUND_LICENCE : GROUND_NONE);
	}
}

static void licences_without_a_version(void **state)
{
	static const struct {
		struct str licence;
		bool vague;
	} cases[] = {
		{ STR("CC BY-SA"), true },
		{ STR("cc-by-sa"), true },
		{ STR("Creative Commons Attribution"), true },
		{ STR("https://creativecommons.org/licenses/by-sa/"), true },
		{ STR("GPL"), true },
		{ STR("CC BY-SA 4.0"), false },
		{ STR("CC0"), false },
		{ STR("MIT"), false },
		{ STR("The forum's terms"), false },
		{ STR("accommodating"), false },
		{ STR("CC BY-NC"), false }, /* is no ground at all */
		{ STR_NONE, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(licence_is_vague(cases[i].licence), cases[i].vague);
}

static void best_ground(void **state)
{
	struct venue venue = { .own = true, .licence = STR("CC BY 4.0"), .language = STR("fr") };
	struct post post = { .licence = STR_NONE };

	(void)state;
	assert_int_equal(post_ground(&venue, STR("none"), STR("by mail")), GROUND_OWN);
	venue.own = false;
	assert_int_equal(post_ground(&venue, STR("none"), STR("by mail")), GROUND_PERMISSION);
	assert_int_equal(post_ground(&venue, STR_NONE, STR("by mail")), GROUND_LICENCE);
	assert_true(str_is(post_licence(&venue, &post), "CC BY 4.0"));
	post.licence = STR("CC0-1.0");
	assert_true(str_is(post_licence(&venue, &post), "CC0-1.0"));
	assert_true(str_is(post_language(&venue, &post), "fr"));
	post.language = STR("nl");
	assert_true(str_is(post_language(&venue, &post), "nl"));
}

static void finds_a_post(void **state)
{
	struct post posts[] = { { .id = STR("1") }, { .id = STR_NONE }, { .id = STR("12") } };
	const struct thread t = { .posts = posts, .posts_n = 3 };

	(void)state;
	assert_ptr_equal(thread_post(&t, STR("12")), &posts[2]);
	assert_null(thread_post(&t, STR("2")));
	assert_null(thread_post(&t, STR_NONE));
}

static void order(void **state)
{
	struct str tags[] = { STR("b"), STR("B"), STR("a") };
	struct post posts[] = { { .created = 2, .id = STR("1") },
				{ .created = 1, .id = STR("9") },
				{ .created = 1, .id = STR("10") } };
	struct label labels[] = { { .at = 1, .name = STR("x"), .by = STR("b") },
				  { .at = 1, .name = STR("x"), .by = STR("a") },
				  { .at = 1, .name = STR("x"), .by = STR("z"), .post = STR("1") },
				  { .at = 0, .name = STR("y"), .by = STR("z") } };
	struct thread t = { .tags = tags, .tags_n = 3, .posts = posts, .posts_n = 3,
			    .labels = labels, .labels_n = 4 };

	(void)state;
	thread_sort(&t);
	assert_true(str_is(tags[0], "B") && str_is(tags[1], "a"));
	assert_true(str_is(posts[0].id, "10") && str_is(posts[1].id, "9"));
	assert_true(str_is(labels[0].name, "y") && str_is(labels[1].by, "a"));
	assert_true(str_is(labels[2].by, "b") && str_is(labels[3].by, "z"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(licences),
		cmocka_unit_test(licences_without_a_version),
		cmocka_unit_test(best_ground),
		cmocka_unit_test(finds_a_post),
		cmocka_unit_test(order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
