/* The progress line says what, how far, how fast and how long still, and
 * nothing is printed where standard error is no terminal; what a terminal shows is
 * tests/cmd/progress.sh's. */
#include "check.h"

#include "base/mem.h"
#include "base/progress.h"

#include <time.h>
#include <unistd.h>

static void lines(void **state)
{
	static const struct {
		struct progress_state state;
		int64_t ms;
		size_t columns;
		const char *line;
	} cases[] = {
		{ { "posts", 500, 2000, 0, 0 }, 2000, 80,
		  "[#####...............]  25%  500 of 2000 posts, 250/s, 0:06 left" },
		{ { "posts", 2000, 2000, 0, 0 }, 2000, 80,
		  "[####################] 100%  2000 of 2000 posts, 1000/s" },
		{ { "posts", 0, 10, 0, 0 }, 1500, 80,
		  "[....................]   0%  0 of 10 posts, 0/s" },
		{ { "posts", 1, 10000, 0, 0 }, 1000, 80,
		  "[....................]   0%  1 of 10000 posts, 1/s, 2:46:39 left" },
		{ { "posts", 30, 20, 0, 0 }, 1000, 80,
		  "[####################] 100%  30 of 20 posts, 30/s" },
		{ { "posts", 700, 0, 0, 0 }, 7000, 80, "700 posts, 100/s" },
		{ { "posts", 5, 0, 0, 0 }, 0, 80, "5 posts, 5000/s" },
		/* how far it is, the bytes of the input tell */
		{ { "posts", 700, 0, 250, 1000 }, 7000, 80,
		  "[#####...............]  25%  700 posts, 100/s, 0:21 left" },
		{ { "posts", 700, 0, 1000, 1000 }, 7000, 80,
		  "[####################] 100%  700 posts, 100/s" },
		{ { "posts", 0, 0, 0, 1000 }, 1000, 80,
		  "[....................]   0%  0 posts, 0/s" },
		/* narrow windows */
		{ { "posts", 500, 2000, 0, 0 }, 2000, 65,
		  "[#####...............]  25%  500 of 2000 posts, 250/s, 0:06 left" },
		{ { "posts", 500, 2000, 0, 0 }, 2000, 64,
		  " 25%  500 of 2000 posts, 250/s, 0:06 left" },
		{ { "posts", 500, 2000, 0, 0 }, 2000, 41, " 25%  500 of 2000 posts, 250/s" },
		{ { "posts", 500, 2000, 0, 0 }, 2000, 30, " 25%  500 of 2000 posts" },
		{ { "posts", 500, 2000, 0, 0 }, 2000, 20, " 25%  500 of 2000 p" },
		{ { "posts", 500, 2000, 0, 0 }, 2000, 1, "" },
		{ { "posts", 500, 2000, 0, 0 }, 2000, 0, "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf b = BUF_INIT;

		progress_line(&cases[i].state, cases[i].ms, cases[i].columns, &b);
		assert_str(buf_str(&b), cases[i].line);
		buf_release(&b);
	}
}

static void silent_without_a_terminal(void **state)
{
	const struct timespec long_enough = { .tv_sec = 1, .tv_nsec = 50000000 };
	int ends[2], stderr_copy = dup(STDERR_FILENO);
	char byte;

	(void)state;
	setenv("TERM", "xterm", 1);
	assert_int_equal(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	close(ends[1]);
	progress_allow(true);
	progress_begin("posts", 10);
	nanosleep(&long_enough, NULL);
	progress_add(3);
	progress_say("waiting");
	progress_end();
	dup2(stderr_copy, STDERR_FILENO);
	close(stderr_copy);
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
