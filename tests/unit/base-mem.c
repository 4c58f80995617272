/* Allocation never answers NULL: not for nothing, not for too much.  What ends
 * the process is tried in a child. */
#include "check.h"

#include "base/mem.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* The wait status of a child that does it; what it prints is dropped. */
static int status_of(void (*fatal)(void))
{
	struct rlimit no_core = { 0, 0 };
	pid_t child = fork();
	int status = 0;

	assert_true(child >= 0);
	if (child == 0) {
		setrlimit(RLIMIT_CORE, &no_core);
		signal(SIGABRT, SIG_DFL);
		if (freopen("/dev/null", "w", stderr))
			fatal();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

/* The address sanitizer would end the process itself. */
const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

static volatile size_t huge = SIZE_MAX;

static void too_much(void)
{
	xmalloc(huge);
}

static void too_many(void)
{
	xreallocarray(NULL, huge / 2 + 1, 2); /* 0 when it wraps */
}

static void too_many_cleared(void)
{
	xcalloc(huge / 2 + 1, 2);
}

static void broken(void)
{
	invariant(huge == 1);
}

static void nothing_is_something(void **state)
{
	void *p = xmalloc(0), *q = xcalloc(0, 8), *r = xrealloc(NULL, 0);
	char *s = xmemdup0(NULL, 0);

	(void)state;
	assert_non_null(p);
	assert_non_null(q);
	assert_non_null(r);
	assert_string_equal(s, "");
	free(p);
	free(q);
	free(r);
	free(s);
}

static void copies(void **state)
{
	char *s = xstrdup("abc"), *t = xmemdup0("abcdef", 2);

	(void)state;
	assert_string_equal(s, "abc");
	assert_string_equal(t, "ab");
	free(s);
	free(t);
}

static void grows(void **state)
{
	int *items = NULL;
	size_t n = 0, cap = 0;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		GROW(items, n, cap);
		assert_true(n < cap);
		items[n++] = i;
	}
	for (int i = 0; i < 1000; i++)
		assert_int_equal(items[i], i);
	free(items);
}

static void out_of_memory_ends_with_3(void **state)
{
	(void)state;
	assert_int_equal(WEXITSTATUS(status_of(too_much)), 3);
	assert_int_equal(WEXITSTATUS(status_of(too_many)), 3);
	assert_int_equal(WEXITSTATUS(status_of(too_many_cleared)), 3);
}

static void broken_invariants_abort(void **state)
{
	int status = status_of(broken);

	(void)state;
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_something),
		cmocka_unit_test(copies),
		cmocka_unit_test(grows),
		cmocka_unit_test(out_of_memory_ends_with_3),
		cmocka_unit_test(broken_invariants_abort),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
