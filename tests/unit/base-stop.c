/*
 * The first signal asks and the second one ends it, whichever they are; where they are
 * held it waits; what was ignored stays so.  Each in a process of its own.
 */
#include "check.h"

#include "base/stop.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ASKED = 7, NOBODY_ASKED };

/* The wait status of a process that does this. */
static int of_process(void (*does)(void))
{
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		does();
		_exit(stop_asked() ? ASKED : NOBODY_ASKED);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void once(void)
{
	stop_catch();
	raise(SIGINT);
}

static void once_and_die(void)
{
	once();
	stop_die();
}

static void twice(void)
{
	once();
	raise(SIGINT);
}

static void another(void)
{
	once();
	raise(SIGTERM);
}

static void another_held(void)
{
	once();
	stop_hold();
	raise(SIGTERM);
}

static void another_let(void)
{
	another_held();
	stop_let();
}

static void ignored(void)
{
	signal(SIGHUP, SIG_IGN);
	stop_catch();
	raise(SIGHUP);
}

static void assert_exits(void (*does)(void), int want)
{
	int status = of_process(does);

	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), want);
}

static void assert_dies(void (*does)(void), int number)
{
	int status = of_process(does);

	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), number);
}

static void the_first_asks(void **state)
{
	(void)state;
	assert_exits(once, ASKED);
	assert_dies(once_and_die, SIGINT);
	assert_exits(ignored, NOBODY_ASKED);
}

static void the_second_ends(void **state)
{
	(void)state;
	assert_dies(twice, SIGINT);
	assert_dies(another, SIGTERM);
	assert_exits(another_held, ASKED);
	assert_dies(another_let, SIGTERM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_asks),
		cmocka_unit_test(the_second_ends),
	};

	/* As a shell has them, whoever began this. */
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
