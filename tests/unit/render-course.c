/*
 * Proves that a thread's timeline says what happened, in the order in which it did,
 * and nothing that isn't known; and that long threads are folded so that every post
 * stays, once and in order, and what the timeline names is never folded.
 */
#include "check.h"

#include "base/buf.h"
#include "render/course.h"

#include <string.h>

#define DAY (24 * 3600)

/*
 * A post for each character: c is a customer's, o one of ours, w ours that admits,
 * a ours that is accepted, x ours that admits and is accepted, y a customer's that
 * is accepted, - one that isn't shown.
 */
struct made {
	struct thread thread;
	struct post posts[40];
	struct value values;
};

static void make(struct made *m, struct arena *a, const char *kinds)
{
	size_t n = strlen(kinds), shown = 0;

	m->thread = (struct thread){ .posts = m->posts, .posts_n = n };
	m->values = value_list(a, n);
	for (size_t i = 0; i < n; i++) {
		struct value v = value_object(a, 4), author = value_object(a, 2);
		char kind = kinds[i];

		m->posts[i] = (struct post){ .created = (int64_t)i * 60, .hidden = kind == '-' };
		if (kind == '-')
			continue;
		value_set(a, &author, "contributor", value_bool(strchr("owax", kind)));
		value_set(a, &v, "anchor", value_text(arena_printf(a, "p%zu", i)));
		value_set(a, &v, "author", author);
		value_set(a, &v, "admits", value_bool(strchr("wx", kind)));
		value_set(a, &v, "accepted", value_bool(strchr("axy", kind)));
		m->values.u.list.items[shown++] = v;
	}
	m->values.u.list.n = shown;
}

static void put(struct buf *out, const struct value *v)
{
	if (v->kind == VALUE_TEXT)
		buf_addstr(out, v->u.text);
	else
		buf_adds(out, "none");
}

/* "asked p0 1970-01-01 none; " for each event. */
static void put_timeline(struct buf *out, const struct value *timeline)
{
	static const char *const names[] = { "asked", "answered", "admitted", "solved" };

	for (size_t i = 0; i < timeline->u.list.n; i++) {
		const struct value *event = &timeline->u.list.items[i];
		const struct value *date = value_get(event, STR("date"));

		for (size_t k = 0; k < 4; k++)
			if (value_get(event, str_of(names[k]))->u.yes)
				buf_adds(out, names[k]);
		buf_addc(out, ' ');
		put(out, value_get(event, STR("anchor")));
		buf_addc(out, ' ');
		put(out, date->kind == VALUE_NONE ? date : value_get(date, STR("date")));
		buf_addc(out, ' ');
		put(out, value_get(event, STR("after")));
		buf_adds(out, "; ");
	}
}

static void assert_timeline(struct made *m, struct arena *a, bool solved, const char *expected)
{
	const struct chosen_thread chosen = { .solved = solved };
	struct value timeline = course_timeline(a, language_find(STR("en")), &m->thread,
						&chosen, &m->values);
	struct buf b = BUF_INIT;

	put_timeline(&b, &timeline);
	assert_str(buf_str(&b), expected);
	buf_release(&b);
}

static void what_happened_in_the_order_of_time(void **state)
{
	struct arena a = ARENA_INIT;
	struct made m;

	(void)state;
	make(&m, &a, "ccocwcacw");
	m.posts[2].created = 40 * 60;
	m.posts[4].created = 3 * 3600;
	m.posts[6].created = 2 * DAY + 5;
	assert_timeline(&m, &a, true,
			"asked p0 1970-01-01 none; answered p2 1970-01-01 40 minutes; "
			"admitted p4 1970-01-01 3 hours; solved p6 1970-01-03 2 days; ");
	/* Solved before we said that we were wrong, and by a customer. */
	make(&m, &a, "cyw");
	assert_timeline(&m, &a, true,
			"asked p0 1970-01-01 none; solved p1 1970-01-01 1 minute; "
			"answered p2 1970-01-01 2 minutes; admitted p2 1970-01-01 2 minutes; ");
	/* At the same moment: the order in which things are done. */
	make(&m, &a, "cx");
	m.posts[1].created = 0;
	assert_timeline(&m, &a, true,
			"asked p0 1970-01-01 none; answered p1 1970-01-01 none; "
			"admitted p1 1970-01-01 none; solved p1 1970-01-01 none; ");
	arena_release(&a);
}

static void nothing_that_is_not_known(void **state)
{
	struct arena a = ARENA_INIT;
	struct made m;

	(void)state;
	make(&m, &a, "cc");
	assert_timeline(&m, &a, false, "asked p0 1970-01-01 none; ");
	assert_timeline(&m, &a, true, "asked p0 1970-01-01 none; solved none none none; ");
	/* What is not shown neither answers nor admits; that it began stays true. */
	make(&m, &a, "--c");
	m.thread.created = 1 * DAY;
	assert_timeline(&m, &a, false, "asked none 1970-01-02 none; ");
	make(&m, &a, "-o");
	assert_timeline(&m, &a, false,
			"asked none 1970-01-01 none; answered p1 1970-01-01 1 minute; ");
	/* We began: nobody waited for our answer. */
	make(&m, &a, "oco");
	assert_timeline(&m, &a, false, "asked p0 1970-01-01 none; ");
	make(&m, &a, "");
	assert_timeline(&m, &a, false, "asked none 1970-01-01 none; ");
	arena_release(&a);
}

/* The runs by their lengths, folded ones in brackets; and all posts in order. */
static void assert_groups(const char *kinds, const char *expected)
{
	const struct language *l = language_find(STR("en"));
	struct arena a = ARENA_INIT;
	struct made m;
	struct chosen_thread chosen = { 0 };
	struct value thread = value_object(&a, 2);
	struct buf b = BUF_INIT;
	const struct value *groups;
	size_t at = 0;

	make(&m, &a, kinds);
	value_set(&a, &thread, "posts", m.values);
	value_set(&a, &thread, "timeline",
		  course_timeline(&a, l, &m.thread, &chosen, &m.values));
	course_fold(&a, l, &thread);
	groups = value_get(&thread, STR("groups"));
	for (size_t i = 0; i < groups->u.list.n; i++) {
		const struct value *group = &groups->u.list.items[i];
		const struct value *posts = value_get(group, STR("posts"));
		bool folded = value_get(group, STR("folded"))->u.yes;

		buf_adds(&b, folded ? "[" : "");
		buf_addstr(&b, value_get(group, STR("count"))->u.text);
		buf_adds(&b, folded ? "] " : " ");
		assert_true(posts->u.list.items == m.values.u.list.items + at);
		at += posts->u.list.n;
	}
	assert_int_equal(at, m.values.u.list.n);
	assert_str(buf_str(&b), expected);
	buf_release(&b);
	arena_release(&a);
}

static void long_threads_are_folded(void **state)
{
	(void)state;
	assert_groups("", "");
	assert_groups("c", "1 ");
	assert_groups("cccccccc", "8 ");
	assert_groups("ccccccccc", "1 [7] 1 ");
	assert_groups("cocccccccc", "2 [7] 1 ");
	assert_groups("ccccccccow", "1 [7] 2 ");
	/* Two posts in a row are not worth a fold. */
	assert_groups("ccocccacccwcco", "3 [3] 1 [3] 4 ");
	assert_groups("ccoccwccycco", "12 ");
	/* Posts that aren't shown are not counted. */
	assert_groups("cccc----cccc", "8 ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_happened_in_the_order_of_time),
		cmocka_unit_test(nothing_that_is_not_known),
		cmocka_unit_test(long_threads_are_folded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
