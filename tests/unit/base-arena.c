/* The arena: aligned, never overlapping, and reusable after a reset. */
#include "check.h"

#include "base/arena.h"

#include <stdalign.h>

static void aligns_and_separates(void **state)
{
	struct arena a = ARENA_INIT;
	char *before = NULL;

	(void)state;
	for (size_t n = 0; n < 5000; n++) {
		char *p = arena_alloc(&a, n);

		assert_non_null(p);
		assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
		assert_ptr_not_equal(p, before);
		memset(p, (int)n, n);
		before = p;
	}
	arena_release(&a);
	arena_release(&a);
}

static void keeps_contents(void **state)
{
	struct arena a = ARENA_INIT;
	struct str items[300];

	(void)state;
	for (int i = 0; i < 300; i++)
		items[i] = arena_printf(&a, "%d-%0*d", i, 1000, i);
	for (int i = 0; i < 300; i++) {
		struct str rest = items[i];

		assert_int_equal(strtol(str_split(&rest, '-').p, NULL, 10), i);
		assert_int_equal(rest.n, 1000);
	}
	arena_release(&a);
}

static void copies_strings(void **state)
{
	struct arena a = ARENA_INIT;
	struct str s = arena_str(&a, str_make("abcdef", 3));

	(void)state;
	assert_str(s, "abc");
	assert_int_equal(s.p[3], '\0');
	assert_true(str_present(arena_str(&a, STR(""))));
	assert_false(str_present(arena_str(&a, STR_NONE)));
	assert_string_equal(arena_strz(&a, STR_NONE), "");
	assert_memory_equal(arena_memdup(&a, "xyz", 3), "xyz", 3);
	assert_non_null(arena_memdup(&a, NULL, 0));
	assert_non_null(arena_array(&a, int, 0));
	arena_release(&a);
}

static void clears(void **state)
{
	struct arena a = ARENA_INIT;

	(void)state;
	memset(arena_alloc(&a, 512), 0xff, 512);
	arena_reset(&a);
	for (int i = 0; i < 64; i++)
		assert_int_equal(*arena_new(&a, int64_t), 0);
	arena_release(&a);
}

static void reuses_its_block(void **state)
{
	struct arena a = ARENA_INIT;
	char *first = arena_alloc(&a, 100);

	(void)state;
	arena_reset(&a);
	assert_ptr_equal(arena_alloc(&a, 100), first);
	/* A large block isn't kept. */
	arena_alloc(&a, 10 * 1024 * 1024);
	arena_reset(&a);
	assert_null(a.blocks);
	assert_non_null(arena_alloc(&a, 1));
	arena_release(&a);
	arena_reset(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(aligns_and_separates),
		cmocka_unit_test(keeps_contents),
		cmocka_unit_test(copies_strings),
		cmocka_unit_test(clears),
		cmocka_unit_test(reuses_its_block),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
