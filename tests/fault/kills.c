/*
 * Proves that a real build and a real import may be killed at any moment, and
 * run several at once: whoever reads the site all the time finds pages of one
 * generation, the archive holds all of an import or nothing of it, and the
 * next run needs nothing done by hand.
 */
#include "site.h"

#include "base/fsys.h"
#include "base/mem.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* --- The reader --- */

static const struct tree_file *find(const struct tree *t, const char *path)
{
	for (size_t i = 0; i < t->n; i++)
		if (!strcmp(t->files[i].path, path))
			return &t->files[i];
	return NULL;
}

/* The site that the open file is of; -1: neither. */
static int generation(const struct site *s, int fd, const char *path)
{
	unsigned char hash[SHA256_SIZE];
	struct buf bytes = BUF_INIT;
	ssize_t n;

	while ((n = read(fd, buf_room(&bytes, 65536), 65536)) > 0)
		bytes.n += (size_t)n;
	assert_int_equal(n, 0);
	close(fd);
	sha256_of(buf_str(&bytes), hash);
	buf_release(&bytes);
	for (int which = 0; which < 2; which++)
		if (!memcmp(find(&s->trees[which], path)->hash, hash, SHA256_SIZE))
			return which;
	return -1;
}

/* Reads, below one handle of the folder, a page of each kind that differs. */
static void read_once(const struct site *s)
{
	static const char *const paths[] = {
		"index.html", "honesty.json", "feed.xml",
		"products/ember-kettle/index.html", "products/ember-kettle/fragment.html",
		"products/drumlin-pan/all/index.html", "threads/askhearth/88546/index.html",
	};
	int dir = open("public", O_RDONLY | O_DIRECTORY | O_CLOEXEC), first = -2;
	struct stat before, after;

	assert_true(dir >= 0);
	assert_int_equal(fstat(dir, &before), 0);
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		const struct tree_file *a = find(&s->trees[0], paths[i]);
		const struct tree_file *b = find(&s->trees[1], paths[i]);
		int fd = openat(dir, paths[i], O_RDONLY | O_CLOEXEC), g;

		assert_true(a && b && memcmp(a->hash, b->hash, SHA256_SIZE) != 0);
		/* After the exchange the old tree goes. */
		if (fd < 0) {
			assert_int_equal(errno, ENOENT);
			assert_int_equal(stat("public", &after), 0);
			assert_true(before.st_ino != after.st_ino);
			break;
		}
		g = generation(s, fd, paths[i]);
		if (first == -2)
			first = g;
		assert_true(g >= 0);
		assert_int_equal(g, first);
	}
	close(dir);
}

/* --- Builds --- */

static void build_whole(const struct site *s, int which, bool by_files)
{
	struct outcome o = { .said = BUF_INIT };

	site_build(s, which, by_files, NULL, &o);
	if (o.status != 0)
		print_message("%s\n", o.said.p);
	assert_int_equal(o.status, 0);
	site_check(s, which);
	buf_release(&o.said);
}

/* How long a build takes here at the least, to kill within: what else runs beside the
 * tests makes some of them long. */
static int64_t build_time(const struct site *s, bool by_files)
{
	int64_t least = INT64_MAX;

	for (int i = 0; i < 6; i++) {
		struct outcome o = { .said = BUF_INIT };
		int64_t start = site_now_us(), time;

		site_build(s, !(i % 2), by_files, NULL, &o);
		time = site_now_us() - start;
		least = time < least ? time : least;
		assert_int_equal(o.status, 0);
		buf_release(&o.said);
	}
	return least;
}

static void check_parts(const struct site *s)
{
	struct tree now;

	tree_read(&now, "public");
	assert_true(tree_of_parts(&now, &s->trees[0], &s->trees[1]));
	tree_release(&now);
}

static void kill_builds(const struct site *s, bool by_files, int rounds)
{
	static const int signals[] = { SIGKILL, SIGKILL, SIGTERM, SIGKILL, SIGINT };
	int64_t span = build_time(s, by_files);
	int killed = 0;

	for (int i = 0; i < rounds; i++) {
		int64_t end = site_now_us() + (int64_t)site_random() % span;
		pid_t pid = site_start_build(s, i % 2, by_files);
		int status;

		do {
			if (!by_files)
				read_once(s);
		} while (site_now_us() < end);
		kill(pid, signals[i % 5]);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		killed += WIFSIGNALED(status);
		if (by_files)
			check_parts(s);
		else
			read_once(s);
		/* Now and then another kill comes first. */
		if (i % 3)
			build_whole(s, !(i % 2), by_files);
	}
	build_whole(s, 0, by_files);
	assert_true(killed > rounds / 3);
}

static void builds_are_killed(void **state)
{
	kill_builds(*state, false, 150);
}

static void builds_by_files_are_killed(void **state)
{
	kill_builds(*state, true, 40);
	build_whole(*state, 0, false);
}

/* One at a time: whoever comes second is told so. */
static void builds_at_once(void **state)
{
	enum { AT_ONCE = 4 };
	const struct site *s = *state;

	for (int round = 0; round < 10; round++) {
		pid_t pids[AT_ONCE];
		int done = 0, status;

		for (int i = 0; i < AT_ONCE; i++)
			pids[i] = site_start_build(s, i % 2, false);
		for (int i = 0; i < AT_ONCE; i++) {
			read_once(s);
			assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
			assert_true(WIFEXITED(status));
			assert_true(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 5);
			done += WEXITSTATUS(status) == 0;
		}
		assert_true(done >= 1);
		read_once(s);
		build_whole(s, round % 2, false);
	}
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

static const char *const import_words[] = { "import", "-q", "jsonl", "b.jsonl", "--now", NOW,
					    "--archive", "w.db", NULL };

static void run_well(const struct site *s, const char *const *words, struct buf *out)
{
	struct outcome o = { .said = BUF_INIT };

	site_run(s, words, NULL, &o);
	if (o.status != 0)
		print_message("%s\n", o.said.p);
	assert_int_equal(o.status, 0);
	if (out)
		file_read("out", out);
	buf_release(&o.said);
}

static void imports_are_killed(void **state)
{
	static const char *const export_words[] = { "export", "jsonl", "--archive", "w.db",
						    NULL };
	const struct site *s = *state;
	struct buf old = BUF_INIT, new = BUF_INIT, now = BUF_INIT;
	int64_t span;
	int killed = 0;

	copy("a.db", "w.db");
	run_well(s, export_words, &old);
	span = site_now_us();
	run_well(s, import_words, NULL);
	span = site_now_us() - span;
	run_well(s, export_words, &new);
	assert_false(str_eq(buf_str(&old), buf_str(&new)));
	for (int i = 0; i < 60; i++) {
		const struct timespec pause = {
			.tv_nsec = (long)(site_random() % (uint64_t)span) * 1000 % 999999999,
		};
		pid_t pid;
		int status;

		copy("a.db", "w.db");
		pid = site_start(s, import_words, NULL);
		nanosleep(&pause, NULL);
		kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		killed += WIFSIGNALED(status);
		run_well(s, export_words, &now);
		assert_true(str_eq(buf_str(&now), buf_str(&old)) ||
			    str_eq(buf_str(&now), buf_str(&new)));
		run_well(s, import_words, NULL);
		run_well(s, export_words, &now);
		assert_true(str_eq(buf_str(&now), buf_str(&new)));
		assert_int_equal(access("w.db-journal", F_OK), -1);
	}
	assert_true(killed > 20);
	unlink("w.db");
	buf_release(&old);
	buf_release(&new);
	buf_release(&now);
}

/* A build sees the archive before an import or after it, or says who has it. */
static void builds_while_importing(void **state)
{
	static const char *const build_words[] = { "build", "-q", "--jobs", "4", "--now", NOW,
						   "--archive", "w.db", NULL };
	const struct site *s = *state;
	struct tree merged, now;

	copy("a.db", "w.db");
	run_well(s, import_words, NULL);
	run_well(s, build_words, NULL);
	tree_read(&merged, "public");
	assert_false(tree_equal(&merged, &s->trees[0]));
	for (int i = 0; i < 20; i++) {
		const struct timespec pause = { .tv_nsec = site_random() % 20000000 };
		struct outcome o = { .said = BUF_INIT };
		int status;
		pid_t pid;

		build_whole(s, 0, false);
		copy("a.db", "w.db");
		pid = site_start(s, import_words, NULL);
		nanosleep(&pause, NULL);
		site_run(s, build_words, NULL, &o);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFEXITED(status));
		assert_true(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 5);
		assert_true(o.status == 0 || o.status == 5);
		tree_read(&now, "public");
		assert_true(tree_equal(&now, &s->trees[0]) ||
			    (o.status == 0 && tree_equal(&now, &merged)));
		tree_release(&now);
		buf_release(&o.said);
	}
	unlink("w.db");
	tree_release(&merged);
	build_whole(s, 0, false);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(builds_are_killed),
		cmocka_unit_test(builds_by_files_are_killed),
		cmocka_unit_test(builds_at_once),
		cmocka_unit_test(imports_are_killed),
		cmocka_unit_test(builds_while_importing),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, site_begin, site_end);
}
