/* The progress line says what, how far, how fast and how long still, and
 * nothing is printed where standard error is no terminal. */
#include "check.h"

#include "base/mem.h"
#include "base/progress.h"

#include <unistd.h>

static void lines(void **state)
{
	static const struct {
		uint64_t done, total;
		int64_t ms;
		const char *line;
	} cases[] = {
		{ 500, 2000, 2000,
		  "[#####...............]  25%  500 of 2000 posts, 250/s, 0:06 left" },
		{ 2000, 2000, 2000,
		  "[####################] 100%  2000 of 2000 posts, 1000/s" },
		{ 0, 10, 1500, "[....................]   0%  0 of 10 posts, 0/s" },
		{ 1, 10000, 1000,
		  "[....................]   0%  1 of 10000 posts, 1/s, 2:46:39 left" },
		{ 30, 20, 1000, "[####################] 100%  30 of 20 posts, 30/s" },
		{ 700, 0, 7000, "700 posts, 100/s" },
		{ 5, 0, 0, "5 posts, 5000/s" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct progress p = { .what = "posts", .done = cases[i].done,
				      .total = cases[i].total };
		struct buf b = BUF_INIT;

		progress_line(&p, cases[i].ms, &b);
		assert_str(buf_str(&b), cases[i].line);
		buf_release(&b);
	}
}

static void silent_without_a_terminal(void **state)
{
	int ends[2], stderr_copy = dup(STDERR_FILENO);
	struct progress p;
	char byte;

	(void)state;
	setenv("TERM", "xterm", 1);
	assert_int_equal(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	close(ends[1]);
	progress_begin(&p, "posts", 10, true);
	p.started_ms -= 5000; /* as if it had begun long ago */
	progress_add(&p, 3);
	progress_add(&p, 4);
	progress_end(&p);
	dup2(stderr_copy, STDERR_FILENO);
	close(stderr_copy);
	assert_int_equal(p.done, 7);
	assert_int_equal(read(ends[0], &byte, 1), 0);
	close(ends[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines),
		cmocka_unit_test(silent_without_a_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
