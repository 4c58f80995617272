/*
 * Whatever way a file is saved, that it changed is noticed once, for the root that it
 * belongs to; and what changes beside is not.  All of it with the system's help and
 * without.  Nothing is waited for that isn't asked for: that something was not noticed
 * is seen from what is noticed next.
 */
#include "check.h"

#include "base/fsys.h"
#include "preview/watch.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { RULES = 1, CONFIG = 2, THEME = 4, LATER = 8, LINKED = 16 };

static bool is_built(int dir, const char *name)
{
	(void)dir;
	return !strcmp(name, "built");
}

static const struct watch_root roots[] = {
	{ "rules.yaml", false, NULL, RULES },
	{ "candor.yaml", false, NULL, CONFIG },
	{ "themes/mine", true, is_built, THEME },
	{ "not/yet/there.yaml", false, NULL, LATER },
	{ "linked.yaml", false, NULL, LINKED },
};

static struct watch *w;
static char folder[] = "/tmp/candor-watch-XXXXXX";

static void put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

/* What is noticed next. */
static unsigned next(void)
{
	time_t end = time(NULL) + 60;

	while (time(NULL) < end) {
		struct pollfd at = { .fd = watch_fd(w), .events = POLLIN };
		unsigned what = watch_look(w);
		int ms = watch_wait(w);

		if (what)
			return what;
		poll(&at, 1, ms < 1000 ? ms : 1000);
	}
	fail_msg("nothing was noticed");
	return 0;
}

/* --- Ways to save a file --- */

static void in_place(const char *path)
{
	put(path, "one: 2\n");
}

/* In the same second, with as many bytes. */
static void in_steps(const char *path)
{
	int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);

	assert_int_equal(write(fd, "tw", 2), 2);
	assert_int_equal(write(fd, "o: 1\n", 5), 5);
	close(fd);
}

static void by_rename(const char *path)
{
	put("beside~", "by: rename\n");
	assert_int_equal(rename("beside~", path), 0);
}

static void by_a_copy_of_the_old(const char *path)
{
	assert_int_equal(rename(path, "old~"), 0);
	put(path, "as: vim does\n");
	assert_int_equal(unlink("old~"), 0);
}

static void anew(const char *path)
{
	assert_int_equal(unlink(path), 0);
	put(path, "one: 1\n");
}

static void touched(const char *path)
{
	const struct timespec times[2] = { { 1, 0 }, { 1, 0 } };

	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void gone(const char *path)
{
	assert_int_equal(unlink(path), 0);
}

static void (*const ways[])(const char *path) = {
	in_place, in_steps, by_rename, by_a_copy_of_the_old, anew, touched, gone, in_place,
};

static void each_way_of_saving(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		ways[i]("rules.yaml");
		assert_int_equal(next(), RULES);
	}
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		ways[i]("themes/mine/assets/site.css");
		assert_int_equal(next(), THEME);
	}
}

static void several_at_once(void **state)
{
	(void)state;
	put("rules.yaml", "a: 1\n");
	put("candor.yaml", "b: 1\n");
	assert_int_equal(next(), RULES | CONFIG);
}

/* A build beside it, swap files, what editors try out. */
static void what_lies_beside(void **state)
{
	(void)state;
	assert_int_equal(mkdir("public", 0755), 0);
	put("public/index.html", "<p>x\n");
	put(".rules.yaml.swp", "x");
	put("4913", "x");
	put("themes/mine/.layout.html.swp", "x");
	put("themes/other.yaml", "x");
	assert_int_equal(mkdir("themes/mine/built", 0755), 0);
	put("themes/mine/built/index.html", "x");
	unlink("4913");
	put("candor.yaml", "c: 1\n");
	assert_int_equal(next(), CONFIG);
}

static void new_folders(void **state)
{
	(void)state;
	assert_int_equal(mkdir("themes/mine/partials", 0755), 0);
	put("themes/mine/partials/post.md", "x");
	assert_int_equal(next(), THEME);
	put("themes/mine/partials/post.md", "xy");
	assert_int_equal(next(), THEME);
	/* A folder alone is no change, but it is looked into. */
	assert_int_equal(mkdir("themes/mine/words", 0755), 0);
	put("rules.yaml", "d: 1\n");
	assert_int_equal(next(), RULES);
	put("themes/mine/words/de.yaml", "x");
	assert_int_equal(next(), THEME);
	assert_int_equal(rename("themes/mine", "themes/away"), 0);
	assert_int_equal(next(), THEME);
	put("themes/away/theme.yaml", "name: away\n");
	put("rules.yaml", "e: 1\n");
	assert_int_equal(next(), RULES);
	assert_int_equal(rename("themes/away", "themes/mine"), 0);
	assert_int_equal(next(), THEME);
	put("themes/mine/words/de.yaml", "xyz");
	assert_int_equal(next(), THEME);
}

static void what_comes_later(void **state)
{
	(void)state;
	assert_int_equal(mkdir("not", 0755), 0);
	assert_int_equal(mkdir("not/yet", 0755), 0);
	put("not/yet/there.yaml", "f: 1\n");
	assert_int_equal(next(), LATER);
	put("not/yet/there.yaml", "f: 22\n");
	assert_int_equal(next(), LATER);
}

static void behind_a_link(void **state)
{
	(void)state;
	put("elsewhere/real.yaml", "g: 1\n");
	assert_int_equal(next(), LINKED);
}

/* What changed while the roots were set is told, and what is new is known. */
static void other_roots(void **state)
{
	static const struct watch_root other[] = {
		{ "rules.yaml", false, NULL, RULES }, { "content", true, NULL, LATER }
	};

	(void)state;
	put("rules.yaml", "h: 1\n");
	watch_set(w, other, 2);
	assert_int_equal(next(), RULES);
	put("candor.yaml", "h: 2\n");
	assert_int_equal(mkdir("content", 0755), 0);
	put("content/about.md", "x");
	assert_int_equal(next(), LATER);
	watch_set(w, roots, sizeof(roots) / sizeof(*roots));
	put("rules.yaml", "h: 34\n");
	assert_int_equal(next(), RULES);
}

/* --- With and without inotify --- */

static int make_folder(void)
{
	static const char *const folders[] = { "themes", "themes/mine", "themes/mine/assets",
					       "elsewhere" };

	memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
	if (!mkdtemp(folder) || chdir(folder) < 0)
		return -1;
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		mkdir(folders[i], 0755);
	put("rules.yaml", "one: 1\n");
	put("candor.yaml", "b: 0\n");
	put("themes/mine/assets/site.css", "one: 1\n");
	put("elsewhere/real.yaml", "g: 0\n");
	return symlink("elsewhere/real.yaml", "linked.yaml");
}

static int begin(bool polls)
{
	if (make_folder() < 0)
		return -1;
	w = watch_new(polls);
	watch_set(w, roots, sizeof(roots) / sizeof(*roots));
	return 0;
}

static int notified(void **state)
{
	(void)state;
	return begin(false) < 0 || watch_fd(w) < 0 ? -1 : 0;
}

static int polled(void **state)
{
	(void)state;
	return begin(true) < 0 || watch_fd(w) >= 0 ? -1 : 0;
}

/* The system has no more of it: as many files are open as may be. */
static int refused(void **state)
{
	struct rlimit before, none = { 0 };
	int result;

	(void)state;
	getrlimit(RLIMIT_NOFILE, &before);
	none.rlim_max = before.rlim_max;
	if (make_folder() < 0 || setrlimit(RLIMIT_NOFILE, &none) < 0)
		return -1;
	w = watch_new(false);
	result = setrlimit(RLIMIT_NOFILE, &before);
	watch_set(w, roots, sizeof(roots) / sizeof(*roots));
	return result < 0 || watch_fd(w) >= 0 ? -1 : 0;
}

static int end(void **state)
{
	struct diags none = DIAGS_INIT;
	int tmp = open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC), result;

	(void)state;
	watch_free(w);
	result = chdir("/");
	result |= fsys_remove_tree_at(tmp, strrchr(folder, '/') + 1, &none);
	close(tmp);
	diags_release(&none);
	return result;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_way_of_saving), cmocka_unit_test(several_at_once),
		cmocka_unit_test(what_lies_beside),   cmocka_unit_test(new_folders),
		cmocka_unit_test(what_comes_later),   cmocka_unit_test(behind_a_link),
		cmocka_unit_test(other_roots),
	};

	return cmocka_run_group_tests_name("with inotify", tests, notified, end) |
	       cmocka_run_group_tests_name("polling", tests, polled, end) |
	       cmocka_run_group_tests_name("inotify can't be had", tests, refused, end);
}
