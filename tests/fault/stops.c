/*
 * Proves that a build, an import and a forget that are asked to stop, at any moment, stop
 * at once and leave nothing behind, without a next run that would clear up: the old site
 * or the new one, the archive as it was or with all of the change, no journal, no staging
 * folder, no temporary file.  They die by the signal that they were sent.
 */
#include "site.h"

#include "base/fsys.h"
#include "base/mem.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

static void sleep_us(int64_t us)
{
	const struct timespec pause = { .tv_sec = us / 1000000,
					.tv_nsec = us % 1000000 * 1000 };

	nanosleep(&pause, NULL);
}

/* Standard error has one line that says how things are, or nothing: from those who were
 * done, and from those whom it met before they had begun. */
static void check_said(const char *kept, bool may_be_silent)
{
	struct buf said = BUF_INIT, want = BUF_INIT;
	bool silent;

	buf_addf(&want, "error: interrupted: %s [interrupted]\n", kept);
	file_read("err", &said);
	silent = !said.n;
	if (!silent && !str_eq(buf_str(&said), buf_str(&want)))
		print_message("said: %s\n", said.p);
	assert_true(silent ? may_be_silent : str_eq(buf_str(&said), buf_str(&want)));
	buf_release(&said);
	buf_release(&want);
}

/* Sends it the signal some time within span; true when it died by it. */
static bool stop(pid_t pid, int64_t span, int number)
{
	int64_t from;
	int status;

	sleep_us((int64_t)site_random() % span);
	from = site_now_us();
	kill(pid, number);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	/* It takes a tenth of that; other tests have the processors, too. */
	assert_true(site_now_us() - from < 2000000);
	if (WIFSIGNALED(status))
		assert_int_equal(WTERMSIG(status), number);
	else
		assert_int_equal(WEXITSTATUS(status), 0);
	return WIFSIGNALED(status);
}

static void build_whole(const struct site *s, int which, bool by_files)
{
	struct outcome o = { .said = BUF_INIT };

	site_build(s, which, by_files, NULL, &o);
	assert_int_equal(o.status, 0);
	site_check(s, which);
	buf_release(&o.said);
}

static int standing(const struct site *s)
{
	struct tree now;
	int which;

	tree_read(&now, "public");
	which = tree_equal(&now, &s->trees[1]);
	tree_release(&now);
	return which;
}

static void stop_builds(const struct site *s, bool by_files, int rounds)
{
	int64_t span = site_now_us();
	int stopped = 0;

	build_whole(s, 1, by_files);
	span = site_now_us() - span;
	for (int i = 0; i < rounds; i++) {
		int before = standing(s), after;
		bool died = stop(site_start_build(s, !before, by_files), span, signals[i % 3]);

		after = standing(s);
		site_check(s, after);
		assert_true(died || after != before);
		check_said("the old site stays", true);
		stopped += died && after == before;
	}
	assert_true(stopped > rounds / 4);
}

static void builds_are_stopped(void **state)
{
	stop_builds(*state, false, 30);
}

static void builds_with_workers_are_stopped(void **state)
{
	struct site *s = *state;

	s->jobs = "4";
	stop_builds(s, false, 20);
	s->jobs = "1";
}

static void builds_by_files_are_stopped(void **state)
{
	stop_builds(*state, true, 20);
	build_whole(*state, 0, false);
}

/* --- Imports --- */

static void copy(const char *from, const char *to)
{
	struct buf bytes = BUF_INIT;

	file_read(from, &bytes);
	unlink(to);
	file_write(to, buf_str(&bytes));
	buf_release(&bytes);
}

static void run_well(const struct site *s, const char *const *words, struct buf *out)
{
	struct outcome o = { .said = BUF_INIT };

	site_run(s, words, NULL, &o);
	assert_int_equal(o.status, 0);
	if (out)
		file_read("out", out);
	buf_release(&o.said);
}

static void no_debris(void)
{
	struct buf debris = BUF_INIT;

	site_debris(&debris);
	if (debris.n)
		print_message("left behind:%s\n", debris.p);
	assert_int_equal(debris.n, 0);
	buf_release(&debris);
}

/* Runs words on a copy of a.db (or on none) until they end or are stopped. */
static void stop_writers(const struct site *s, const char *const *words, bool fresh)
{
	static const char *const export[] = { "export", "jsonl", "--archive", "w.db", NULL };
	struct buf old = BUF_INIT, new = BUF_INIT, now = BUF_INIT;
	int64_t span;
	int stopped = 0;

	copy("a.db", "w.db");
	run_well(s, export, &old);
	if (fresh)
		unlink("w.db");
	span = site_now_us();
	run_well(s, words, NULL);
	span = site_now_us() - span;
	run_well(s, export, &new);
	for (int i = 0; i < 15; i++) {
		bool died, there;

		copy("a.db", "w.db");
		if (fresh)
			unlink("w.db");
		died = stop(site_start(s, words, NULL), span, signals[i % 3]);
		stopped += died;
		no_debris();
		there = access("w.db", F_OK) == 0;
		assert_true(there || (fresh && died));
		if (!there)
			continue;
		run_well(s, export, &now);
		assert_true(str_eq(buf_str(&now), buf_str(&new)) ||
			    (died && !fresh && str_eq(buf_str(&now), buf_str(&old))));
	}
	assert_true(stopped > 3);
	unlink("w.db");
	buf_release(&old);
	buf_release(&new);
	buf_release(&now);
}

static void writers_are_stopped(void **state)
{
	static const char *const import[] = { "import", "-q", "jsonl", "b.jsonl", "--now", NOW,
					      "--archive", "w.db", NULL };
	static const char *const analyze[] = { "analyze", "-q", "--all", "--archive", "w.db",
					       NULL };
	static const char *const forget[] = { "forget", "-q", "--author", "forum/u8",
					      "--archive", "w.db", NULL };

	stop_writers(*state, import, false);
	stop_writers(*state, import, true);
	stop_writers(*state, analyze, false);
	stop_writers(*state, forget, false);
}

/* Half a plan is none. */
static void plans_are_stopped(void **state)
{
	static const char *const words[] = { "build", "-n", "--now", NOW, "--archive", "a.db",
					     "--output", "none", NULL };
	struct buf said = BUF_INIT, plan = BUF_INIT;
	int64_t span = site_now_us();
	int stopped = 0;

	run_well(*state, words, NULL);
	span = site_now_us() - span;
	for (int i = 0; i < 20; i++) {
		stop(site_start(*state, words, NULL), span, signals[i % 3]);
		file_read("err", &said);
		file_read("out", &plan);
		if (!str_starts(buf_str(&said), STR("error: interrupted: ")))
			continue;
		assert_int_equal(plan.n, 0);
		stopped++;
	}
	assert_true(stopped > 3);
	buf_release(&said);
	buf_release(&plan);
}

/* Who waits for input that doesn't come is heard, too. */
static void waiting_is_stopped(void **state)
{
	static const char *const words[] = { "import", "-q", "jsonl", "-", "--archive", "w.db",
					     NULL };
	const struct site *s = *state;
	int ends[2], input = dup(STDIN_FILENO);
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	dup2(ends[0], STDIN_FILENO);
	close(ends[0]);
	pid = site_start(s, words, NULL);
	/* It has made its archive, and listens to signals since before. */
	for (int i = 0; i < 600 && access("w.db", F_OK) < 0; i++)
		sleep_us(100000);
	assert_true(stop(pid, 1, SIGINT));
	check_said("the archive is as it was", false);
	assert_int_equal(access("w.db", F_OK), -1);
	no_debris();
	dup2(input, STDIN_FILENO);
	close(input);
	close(ends[1]);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(builds_are_stopped),
		cmocka_unit_test(builds_with_workers_are_stopped),
		cmocka_unit_test(builds_by_files_are_stopped),
		cmocka_unit_test(plans_are_stopped),
		cmocka_unit_test(writers_are_stopped),
		cmocka_unit_test(waiting_is_stopped),
	};

	/* A shell has those that it starts in the background ignore it. */
	signal(SIGINT, SIG_DFL);
	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, site_begin, site_end);
}
