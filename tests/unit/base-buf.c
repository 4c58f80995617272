/* Bufs: always terminated, never NULL, and without bytes without memory. */
#include "check.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"

#include <limits.h>

static void starts_empty(void **state)
{
	struct buf b = BUF_INIT;
	char *p;

	(void)state;
	assert_string_equal(b.p, "");
	buf_add(&b, NULL, 0);
	buf_reset(&b);
	buf_cut(&b, 0);
	assert_int_equal(b.cap, 0);
	p = buf_detach(&b);
	assert_string_equal(p, "");
	free(p);
	assert_ptr_equal(b.p, buf_empty);
	buf_room(&b, 0);
	assert_string_equal(b.p, "");
	buf_release(&b);
	buf_release(&b);
}

static void appends_and_terminates(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < 1000; i++) {
		buf_addc(&b, 'x');
		assert_int_equal(b.n, i + 1);
		assert_int_equal(b.p[b.n], '\0');
		assert_true(b.cap > b.n);
	}
	buf_cut(&b, 2);
	assert_string_equal(b.p, "xx");
	buf_adds(&b, "-");
	buf_addlit(&b, "+");
	buf_addstr(&b, STR_NONE);
	buf_addf(&b, "%s%d", "n", 7);
	assert_string_equal(b.p, "xx-+n7");
	buf_reset(&b);
	assert_string_equal(b.p, "");
	buf_addf(&b, "%s", "");
	assert_int_equal(b.n, 0);
	buf_release(&b);
}

/* Room for exactly n bytes and the NUL, at every fill. */
static void gives_room(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	for (size_t n = 0; n < 300; n++) {
		char *p = buf_room(&b, n);

		assert_ptr_equal(p, b.p + b.n);
		assert_true(b.cap - b.n > n);
		memset(p, 'a', n);
		b.n += n;
		b.p[b.n] = '\0';
	}
	assert_int_equal(strlen(b.p), 299 * 300 / 2);
	buf_release(&b);
}

static void writes_integers(void **state)
{
	static const long long values[] = { 0, 1, -1, 9, 10, -10, 1234567890123,
					    LLONG_MAX, LLONG_MIN };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(values); i++) {
		struct buf b = BUF_INIT;
		char expected[32];

		snprintf(expected, sizeof(expected), "%lld", values[i]);
		buf_addint(&b, values[i]);
		assert_string_equal(b.p, expected);
		buf_release(&b);
	}
}

static void detaches(void **state)
{
	struct buf b = BUF_INIT;
	char *p;

	(void)state;
	buf_adds(&b, "abc");
	p = buf_detach(&b);
	assert_string_equal(p, "abc");
	assert_int_equal(b.n, 0);
	buf_adds(&b, "def");
	assert_string_equal(p, "abc");
	free(p);
	buf_release(&b);
}

static void writes_slugs(void **state)
{
	static const struct {
		const char *from, *to;
		size_t room;
	} cases[] = {
		{ "Aoife Brennan", "aoife-brennan", 64 },
		{ "  O'Neil-3 ", "o-neil-3", 64 },
		{ "Keán", "ke-n", 64 },
		{ "a b c", "a-b", 4 },
		{ "--", "", 64 },
	};
	struct buf b = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_reset(&b);
		buf_addlit(&b, "x/");
		buf_addslug(&b, str_of(cases[i].from), cases[i].room);
		assert_string_equal(b.p + 2, cases[i].to);
	}
	buf_release(&b);
}

static void moves_to_an_arena(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf b = BUF_INIT;
	struct str s;

	(void)state;
	s = buf_to_arena(&b, &a);
	assert_true(str_present(s) && s.n == 0);
	buf_add(&b, "a\0b", 3);
	s = buf_to_arena(&b, &a);
	assert_int_equal(s.n, 3);
	assert_memory_equal(s.p, "a\0b", 4);
	assert_ptr_equal(b.p, buf_empty);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(starts_empty),
		cmocka_unit_test(appends_and_terminates),
		cmocka_unit_test(gives_room),
		cmocka_unit_test(writes_integers),
		cmocka_unit_test(detaches),
		cmocka_unit_test(moves_to_an_arena),
		cmocka_unit_test(writes_slugs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
