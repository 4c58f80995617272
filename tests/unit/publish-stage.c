/*
 * Proves that a site changes as a whole or not at all: carrying over, removal,
 * foreign folders, links, locks, full disks, folders that can't be exchanged,
 * and a kill -9 at any moment, each with real folders.
 */
#include "../../src/publish/stage-internal.h"
#include "base/fsys.h"
#include "base/mem.h"
#include "base/when.h"
#include "publish/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static struct lock_wish no_wish = { .command = "build" };

/* A path and its bytes; the last has no path. */
struct page {
	const char *path, *bytes;
};

static const struct page first[] = {
	{ "index.html", "front" },
	{ "about/index.html", "about" },
	{ "assets/style.css", "css" },
	{ "threads/f/1/index.html", "one" },
	{ "threads/f/2/index.html", "two" },
	{ NULL, NULL },
};

static const struct page second[] = {
	{ "index.html", "front, changed" },
	{ "about/index.html", "about" },
	{ "assets/style.css", "css" },
	{ "threads/f/1/index.html", "ONE" },
	{ "products/k/fragment.html", "new" },
	{ NULL, NULL },
};

/* --- A folder for each test --- */

static int make_folder(void **state)
{
	/* Memory, where there is some: every build syncs. */
	bool shm = access("/dev/shm", W_OK) == 0;
	char *root = xstrdup(shm ? "/dev/shm/candor-stage-XXXXXX"
				 : "/tmp/candor-stage-XXXXXX");

	if (!mkdtemp(root) || chmod(root, 0755) < 0 || chdir(root) < 0)
		return -1;
	*state = root;
	return 0;
}

static int drop_folder(void **state)
{
	struct diags diags = DIAGS_INIT;
	char *root = *state;
	int above = open("..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = fsys_remove_tree_at(above, strrchr(root, '/') + 1, &diags);

	close(above);
	diags_release(&diags);
	free(root);
	return result;
}

static void write_file(const char *path, const char *bytes)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(bytes, f);
	assert_int_equal(fclose(f), 0);
}

static void expect_one(struct diags *diags, enum diag_id id)
{
	assert_int_equal(diags->n, 1);
	assert_string_equal(diag_name(diags->items[0].id), diag_name(id));
	diags_release(diags);
}

/* Nothing in the record folder but what stays there. */
static void check_no_debris(const char *name)
{
	struct fsys_names names;
	struct diags diags = DIAGS_INIT;
	char *path = fsys_join(".candor", name);

	assert_int_equal(fsys_list(path, &names, &diags), 0);
	for (size_t i = 0; i < names.n; i++)
		assert_true(!strcmp(names.items[i], "inputs") ||
			    !strcmp(names.items[i], "lock") ||
			    !strcmp(names.items[i], "manifest"));
	fsys_names_release(&names);
	free(path);
}

/* The output holds these pages and the marker, nothing else. */
static void check_tree(const char *output, const struct page *pages)
{
	struct diags diags = DIAGS_INIT;
	struct fsys_names names;
	size_t n = 0;

	for (; pages[n].path; n++) {
		struct buf bytes = BUF_INIT;
		char *path = fsys_join(output, pages[n].path);

		assert_int_equal(fsys_read(path, 1 << 20, &bytes, &diags), 0);
		assert_string_equal(bytes.p, pages[n].bytes);
		buf_release(&bytes);
		free(path);
	}
	assert_int_equal(fsys_walk(output, &names, &diags), 0);
	assert_int_equal(names.n, n + 1);
	assert_string_equal(names.items[0], STAGE_MARKER);
	fsys_names_release(&names);
}

static struct stage_inputs inputs_of(int key)
{
	struct stage_inputs in = { .until = WHEN_MAX };

	memcpy(in.key, &key, sizeof(key));
	return in;
}

static int put_all(struct stage *s, const struct page *pages, struct diags *diags)
{
	for (; pages->path; pages++)
		if (stage_put(s, str_of(pages->path), str_of(pages->bytes), diags) < 0)
			return -1;
	return 0;
}

static int no_exchange(int dir_a, const char *a, int dir_b, const char *b)
{
	(void)dir_a, (void)a, (void)dir_b, (void)b;
	errno = EXDEV;
	return -1;
}

static int try_build(enum publish_way way, bool exdev, const struct page *pages,
		     struct stage_counts *counts, struct diags *diags)
{
	struct stage_inputs in = inputs_of(1);
	struct stage *s;
	int result;

	if (stage_open(&s, "public", way, &no_wish, diags) < 0)
		return -1;
	if (exdev)
		s->exchange = no_exchange;
	result = put_all(s, pages, diags);
	if (result == 0)
		result = stage_publish(s, &in, counts, diags);
	stage_close(s);
	return result;
}

static struct stage_counts build(enum publish_way way, const struct page *pages)
{
	struct diags diags = DIAGS_INIT;
	struct stage_counts counts;

	assert_int_equal(try_build(way, false, pages, &counts, &diags), 0);
	check_tree("public", pages);
	check_no_debris("public");
	return counts;
}

static bool current(int key, int64_t now)
{
	struct diags diags = DIAGS_INIT;
	struct stage_inputs in = inputs_of(key);
	struct stage *s;
	bool is;

	assert_int_equal(stage_open(&s, "public", PUBLISH_EXCHANGE, &no_wish, &diags), 0);
	is = stage_current(s, in.key, now);
	stage_close(s);
	return is;
}

static struct fsys_stamp stamp_of(const char *path)
{
	int dir = open("public", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct fsys_stamp stamp;

	assert_true(fsys_stamp_at(dir, path, &stamp));
	close(dir);
	return stamp;
}

static bool same_file(const struct fsys_stamp *a, const struct fsys_stamp *b)
{
	return a->inode == b->inode && a->mtime_ns == b->mtime_ns;
}

/* --- What a build does --- */

static void first_build(enum publish_way way)
{
	struct stage_counts c = build(way, first);

	assert_int_equal(c.files, 5);
	assert_int_equal(c.written, 5);
	assert_int_equal(c.carried, 0);
	assert_int_equal(c.removed, 0);
	assert_int_equal(c.bytes, 5 + 5 + 3 + 3 + 3);
}

static void unchanged_files_stay(enum publish_way way)
{
	struct fsys_stamp before, after, old;
	struct stage_counts c;

	build(way, first);
	before = stamp_of("about/index.html");
	old = stamp_of("index.html");
	c = build(way, first);
	assert_int_equal(c.carried, 5);
	assert_int_equal(c.written, 0);
	c = build(way, second);
	assert_int_equal(c.written, 3);
	assert_int_equal(c.carried, 2);
	assert_int_equal(c.removed, 1);
	after = stamp_of("about/index.html");
	assert_true(same_file(&before, &after));
	after = stamp_of("index.html");
	assert_false(same_file(&old, &after));
	assert_int_equal(access("public/threads/f/2", F_OK), -1);
}

static void edits_in_place_do_not_survive(enum publish_way way)
{
	struct stage_counts c;

	build(way, first);
	write_file("public/about/index.html", "ABOUT");
	assert_int_equal(chmod("public/index.html", 0600), 0);
	c = build(way, first);
	assert_int_equal(c.written, 1);
	assert_int_equal(unlink("public/about/index.html"), 0);
	c = build(way, first);
	assert_int_equal(c.written, 1);
}

static void foreign_things_do_not_survive(enum publish_way way)
{
	build(way, first);
	assert_int_equal(mkdir("public/pagefind", 0755), 0);
	write_file("public/pagefind/index", "x");
	assert_int_equal(symlink("/etc/passwd", "public/passwd"), 0);
	assert_int_equal(mkfifo("public/fifo", 0644), 0);
	build(way, first);
	/* a file and a link to a folder in the way of folders, and the reverse */
	assert_int_equal(rename("public/threads", "away"), 0);
	assert_int_equal(symlink("../away", "public/threads"), 0);
	assert_int_equal(unlink("public/about/index.html"), 0);
	assert_int_equal(rmdir("public/about"), 0);
	write_file("public/about", "x");
	assert_int_equal(unlink("public/index.html"), 0);
	assert_int_equal(mkdir("public/index.html", 0755), 0);
	write_file("public/index.html/x", "x");
	build(way, second);
	assert_int_equal(access("away/f/2/index.html", F_OK), 0);
}

static void same_tree_either_way(void **state)
{
	struct stage_counts c;

	(void)state;
	assert_true(build(PUBLISH_EXCHANGE, first).exchanged);
	c = build(PUBLISH_FILES, second);
	assert_false(c.exchanged);
	assert_int_equal(c.carried, 2);
	assert_int_equal(c.removed, 1);
	c = build(PUBLISH_EXCHANGE, first);
	assert_true(c.exchanged);
	assert_int_equal(c.carried, 2);
}

#define EITHER_WAY(test) \
	static void test##_by_exchange(void **state) \
	{ \
		(void)state; \
		test(PUBLISH_EXCHANGE); \
	} \
	static void test##_by_files(void **state) \
	{ \
		(void)state; \
		test(PUBLISH_FILES); \
	}
EITHER_WAY(first_build)
EITHER_WAY(unchanged_files_stay)
EITHER_WAY(edits_in_place_do_not_survive)
EITHER_WAY(foreign_things_do_not_survive)

/* Exchange first, and when it answers EXDEV the finished tree file by file. */
static void exdev_falls_back_to_files(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct fsys_stamp before, after;
	struct stage_counts c;

	(void)state;
	build(PUBLISH_EXCHANGE, first);
	before = stamp_of("about/index.html");
	assert_int_equal(try_build(PUBLISH_EXCHANGE, true, second, &c, &diags), 0);
	check_tree("public", second);
	check_no_debris("public");
	assert_false(c.exchanged);
	assert_int_equal(c.written, 3);
	after = stamp_of("about/index.html");
	assert_true(same_file(&before, &after));
	c = build(PUBLISH_EXCHANGE, second);
	assert_int_equal(c.written, 0);
}

/* A real file system of its own at the output: staging lies on another. */
static void builds_into_mount(void)
{
	struct stage_counts c;

	if (unshare(CLONE_NEWNS) < 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0)
		_exit(77);
	if (mkdir("public", 0755) < 0 ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount("none", "public", "tmpfs", 0, NULL) < 0)
		_exit(77);
	c = build(PUBLISH_EXCHANGE, first);
	assert_false(c.exchanged);
	c = build(PUBLISH_EXCHANGE, second);
	assert_int_equal(c.written, 3);
	assert_int_equal(c.carried, 2);
	assert_true(current(1, 0));
	_exit(0);
}

static void mount_point_goes_by_files(void **state)
{
	pid_t pid = fork();
	int status;

	(void)state;
	if (pid == 0)
		builds_into_mount();
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 77) {
		print_message("no mount allowed here\n");
		skip();
	}
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* --- Current or not --- */

static void current_until_something_changes(void **state)
{
	(void)state;
	assert_false(current(1, 0));
	build(PUBLISH_EXCHANGE, first);
	assert_true(current(1, 0));
	assert_false(current(2, 0));
	assert_true(current(1, WHEN_MAX - 1));
	assert_false(current(1, WHEN_MAX));
	/* an earlier clock than it was made by */
	assert_false(current(1, -1));
	/* somebody else's files on top are no matter */
	write_file("public/extra", "x");
	assert_true(current(1, 0));
	assert_int_equal(unlink("public/extra"), 0);

	assert_int_equal(unlink("public/index.html"), 0);
	assert_false(current(1, 0));
	build(PUBLISH_EXCHANGE, first);
	assert_true(current(1, 0));
	write_file("public/" STAGE_MARKER, "");
	assert_false(current(1, 0));
	build(PUBLISH_EXCHANGE, first);
	assert_int_equal(rename("public", "gone"), 0);
	assert_false(current(1, 0));
	build(PUBLISH_EXCHANGE, first);
	/* another tree of ours in its place, with as much in it */
	build(PUBLISH_EXCHANGE, second);
	assert_int_equal(rename("public", "other"), 0);
	build(PUBLISH_EXCHANGE, first);
	assert_int_equal(rename("public", "away"), 0);
	assert_int_equal(rename("other", "public"), 0);
	assert_false(current(1, 0));
	build(PUBLISH_EXCHANGE, first);
}

static void a_current_site_is_not_touched(void **state)
{
	struct stat before, after;

	(void)state;
	build(PUBLISH_EXCHANGE, first);
	assert_int_equal(stat("public", &before), 0);
	assert_true(current(1, 0));
	assert_int_equal(stat("public", &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_int_equal(before.st_ctim.tv_nsec, after.st_ctim.tv_nsec);
	check_no_debris("public");
}

/* --- What is refused --- */

static void refuse(const char *output, enum diag_id id)
{
	struct diags diags = DIAGS_INIT;
	struct stage *s;

	assert_int_equal(stage_open(&s, output, PUBLISH_EXCHANGE, &no_wish, &diags), -1);
	assert_null(s);
	expect_one(&diags, id);
}

static void foreign_outputs_are_refused(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(mkdir("mine", 0755), 0);
	write_file("mine/thesis", "x");
	refuse("mine", DIAG_OUTPUT_FOREIGN);
	refuse("mine/", DIAG_OUTPUT_FOREIGN);
	refuse("mine/thesis", DIAG_OUTPUT_FOREIGN);
	refuse("mine/.", DIAG_OUTPUT_FOREIGN);
	refuse(".", DIAG_OUTPUT_FOREIGN);
	refuse("/", DIAG_OUTPUT_FOREIGN);
	refuse(".candor", DIAG_OUTPUT_FOREIGN);
	refuse("", DIAG_OUTPUT_FOREIGN);
	refuse("mine/thesis/public", DIAG_IO);
	assert_int_equal(stat("mine/thesis", &st), 0);
	assert_int_equal(access(".candor", F_OK), -1);
}

static void links_are_refused(void **state)
{
	(void)state;
	assert_int_equal(mkdir("real", 0755), 0);
	assert_int_equal(symlink("real", "public"), 0);
	refuse("public", DIAG_OUTPUT_LINK);
	refuse("public/", DIAG_OUTPUT_LINK);
	assert_int_equal(symlink("nowhere", "dangling"), 0);
	refuse("dangling", DIAG_OUTPUT_LINK);

	assert_int_equal(symlink("real", ".candor"), 0);
	refuse("site", DIAG_OUTPUT_LINK);
	assert_int_equal(unlink(".candor"), 0);
	assert_int_equal(mkdir(".candor", 0755), 0);
	assert_int_equal(symlink("../real", ".candor/site"), 0);
	refuse("site", DIAG_OUTPUT_LINK);
	assert_int_equal(unlink(".candor/site"), 0);
	assert_int_equal(mkdir(".candor/site", 0755), 0);
	assert_int_equal(symlink("../../real", ".candor/site/next"), 0);
	refuse("site", DIAG_OUTPUT_LINK);
	write_file("real/kept", "x");
}

/* A foreign folder that turns up during the build is not taken either. */
static void late_foreign_output_is_refused(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct stage_inputs in = inputs_of(1);
	struct stage_counts counts;
	struct stage *s;

	(void)state;
	assert_int_equal(stage_open(&s, "public", PUBLISH_EXCHANGE, &no_wish, &diags), 0);
	assert_int_equal(put_all(s, first, &diags), 0);
	assert_int_equal(mkdir("public", 0755), 0);
	write_file("public/thesis", "x");
	assert_int_equal(stage_publish(s, &in, &counts, &diags), -1);
	expect_one(&diags, DIAG_OUTPUT_FOREIGN);
	stage_close(s);
	assert_int_equal(access("public/thesis", F_OK), 0);
}

static void same_path_twice_is_refused(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct stage_inputs in = inputs_of(1);
	struct stage_counts counts;
	struct stage *s;

	(void)state;
	build(PUBLISH_EXCHANGE, first);
	assert_int_equal(stage_open(&s, "public", PUBLISH_EXCHANGE, &no_wish, &diags), 0);
	assert_int_equal(put_all(s, second, &diags), 0);
	assert_int_equal(stage_put(s, STR("index.html"), STR("x"), &diags), -1);
	expect_one(&diags, DIAG_DUPLICATE_PATH);
	assert_int_equal(stage_put(s, STR(STAGE_MARKER), STR("x"), &diags), -1);
	expect_one(&diags, DIAG_DUPLICATE_PATH);
	assert_int_equal(stage_publish(s, &in, &counts, &diags), -1);
	stage_close(s);
	check_tree("public", first);
	check_no_debris("public");
}

/* A file where another path needs a folder. */
static void file_and_folder_of_one_name_are_refused(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct stage *s;

	(void)state;
	assert_int_equal(stage_open(&s, "public", PUBLISH_EXCHANGE, &no_wish, &diags), 0);
	assert_int_equal(stage_put(s, STR("products"), STR("x"), &diags), 0);
	assert_int_equal(stage_put(s, STR("products/k/x"), STR("x"), &diags), -1);
	expect_one(&diags, DIAG_IO);
	stage_close(s);
	assert_int_equal(access("public", F_OK), -1);
}

/* --- Where it lands --- */

static void outputs_of_any_spelling(void **state)
{
	static const char *const outputs[] = { "a/b/site", "a/b/site/", "./a//b/site",
					       "a/b/site/." };
	struct diags diags = DIAGS_INIT;
	struct stage_inputs in = inputs_of(1);
	struct stage_counts counts;
	struct stage *s;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(outputs); i++) {
		assert_int_equal(stage_open(&s, outputs[i], PUBLISH_EXCHANGE, &no_wish, &diags), 0);
		assert_int_equal(put_all(s, first, &diags), 0);
		assert_int_equal(stage_publish(s, &in, &counts, &diags), 0);
		stage_close(s);
		assert_int_equal(counts.carried, i ? 5 : 0);
		check_tree("a/b/site", first);
	}
	assert_int_equal(access("a/b/.candor/site/manifest", F_OK), 0);
}

static void modes_follow_the_umask(void **state)
{
	mode_t old = umask(027);
	struct stat st;

	(void)state;
	build(PUBLISH_EXCHANGE, first);
	umask(old);
	assert_int_equal(stat("public/about/index.html", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(stat("public/about", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0750);
}

/* --- The manifest --- */

/* A damaged, cut or foreign manifest costs time, never truth. */
static void broken_manifests_are_ignored(void **state)
{
	static const char path[] = ".candor/public/manifest";
	struct buf whole = BUF_INIT;
	struct diags diags = DIAGS_INIT;
	int dir = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	(void)state;
	for (size_t at = 0; at <= whole.n; at += 7) {
		build(PUBLISH_EXCHANGE, first);
		buf_reset(&whole);
		assert_int_equal(fsys_read(path, 1 << 20, &whole, &diags), 0);
		if (at < whole.n)
			whole.p[at] ^= 0x55;
		assert_int_equal(fsys_replace_at(dir, path, buf_str(&whole), &diags), 0);
		build(PUBLISH_EXCHANGE, second);
	}
	for (size_t n = 0; n < whole.n; n += 41) {
		assert_int_equal(fsys_replace_at(dir, path, str_make(whole.p, n),
						 &diags), 0);
		build(PUBLISH_EXCHANGE, n & 1 ? first : second);
	}
	buf_release(&whole);
	close(dir);
}

static void manifest_holds_many_files(void **state)
{
	enum { N = 20000 };
	struct manifest m = MANIFEST_INIT, again = MANIFEST_INIT;
	unsigned char hash[MANIFEST_PATH], tree[SHA256_SIZE], other[SHA256_SIZE];
	char path[32];
	int dir = open(".", O_RDONLY | O_DIRECTORY);

	(void)state;
	for (int i = 0; i < N; i++) {
		snprintf(path, sizeof(path), "p/%d", i);
		manifest_path(str_of(path), hash);
		assert_null(manifest_find(&m, hash));
		manifest_add(&m, hash)->planned = i % 4 != 0;
		manifest_find(&m, hash)->stamp.inode = (uint64_t)i;
	}
	assert_int_equal(m.n, N);
	assert_true(m.slots_n * sizeof(*m.slots) + m.n * sizeof(*m.files) < 100 * N);
	assert_int_equal(manifest_seal(&m, tree), N / 4);
	assert_int_equal(manifest_save(&m, dir, "m", tree), 0);
	memcpy(other, tree, sizeof(other));
	other[31] ^= 1;
	manifest_load(&again, dir, "m", other);
	assert_int_equal(again.n, 0);
	manifest_load(&again, dir, "m", tree);
	assert_int_equal(again.n, N - N / 4);
	for (int i = 0; i < N; i++) {
		snprintf(path, sizeof(path), "p/%d", i);
		manifest_path(str_of(path), hash);
		if (i % 4)
			assert_int_equal(manifest_find(&again, hash)->stamp.inode, i);
		else
			assert_null(manifest_find(&again, hash));
	}
	manifest_release(&m);
	manifest_release(&again);
	close(dir);
}

/* --- Several at once --- */

static void lock_is_held_by_another(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct stage_counts counts;
	int ready[2], status;
	char want[64], c;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		struct stage *s;

		if (stage_open(&s, "public", PUBLISH_EXCHANGE, &no_wish, &diags) < 0 ||
		    write(ready[1], "x", 1) != 1)
			_exit(1);
		pause();
		_exit(0);
	}
	assert_int_equal(read(ready[0], &c, 1), 1);
	assert_int_equal(try_build(PUBLISH_EXCHANGE, false, first, &counts, &diags), -1);
	snprintf(want, sizeof(want), ", process %ld, since 2", (long)pid);
	assert_non_null(strstr(diags.items[0].message, want));
	assert_non_null(strstr(diags.items[0].message,
			       "'public' is being built by 'candor build' of "));
	assert_int_equal(diags_status(&diags, false), 5);
	expect_one(&diags, DIAG_LOCKED);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	close(ready[0]);
	close(ready[1]);
	build(PUBLISH_EXCHANGE, first);
}

struct worker {
	struct stage *stage;
	int first, step, result;
	struct diags diags;
};

enum { MANY = 600 };

static void many_page(int i, struct buf *path, struct buf *bytes)
{
	buf_reset(path);
	buf_reset(bytes);
	buf_addf(path, "threads/f%d/%d/index.html", i % 7, i);
	for (int line = 0; line < i % 50; line++)
		buf_addf(bytes, "%d %d\n", i, line);
}

static void *put_many(void *arg)
{
	struct worker *w = arg;
	struct buf path = BUF_INIT, bytes = BUF_INIT;

	for (int i = w->first; i < MANY; i += w->step) {
		many_page(i, &path, &bytes);
		w->result |= stage_put(w->stage, buf_str(&path), buf_str(&bytes),
				       &w->diags);
	}
	buf_release(&path);
	buf_release(&bytes);
	return NULL;
}

static void workers_put_at_once(void **state)
{
	enum { WORKERS = 4 };
	struct diags diags = DIAGS_INIT;
	struct stage_inputs in = inputs_of(1);
	struct stage_counts counts;
	struct worker workers[WORKERS];
	pthread_t threads[WORKERS];
	struct stage *s;

	(void)state;
	for (int round = 0; round < 2; round++) {
		assert_int_equal(stage_open(&s, "public", PUBLISH_EXCHANGE, &no_wish, &diags), 0);
		for (int i = 0; i < WORKERS; i++) {
			workers[i] = (struct worker){ s, i, WORKERS, 0, DIAGS_INIT };
			assert_int_equal(pthread_create(&threads[i], NULL, put_many,
							&workers[i]), 0);
		}
		for (int i = 0; i < WORKERS; i++) {
			pthread_join(threads[i], NULL);
			assert_int_equal(workers[i].result, 0);
		}
		assert_int_equal(stage_publish(s, &in, &counts, &diags), 0);
		stage_close(s);
		assert_int_equal(counts.files, MANY);
		assert_int_equal(counts.carried, round ? MANY : 0);
	}
}

/* --- Failure --- */

/* No file may grow over limit bytes: every write beyond fails as on a full
 * disk, in a child, since limits stay. */
static int build_limited(enum publish_way way, rlim_t limit)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		struct rlimit rl = { limit, limit };
		struct diags diags = DIAGS_INIT;
		struct stage_counts counts;

		signal(SIGXFSZ, SIG_IGN);
		if (setrlimit(RLIMIT_FSIZE, &rl) < 0)
			_exit(99);
		try_build(way, false, second, &counts, &diags);
		_exit(diags_status(&diags, false));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void a_full_disk_leaves_the_old_site(void **state)
{
	int status = 3;
	rlim_t limit = 0;

	(void)state;
	build(PUBLISH_EXCHANGE, first);
	/* the last write that fails is the manifest's, of some 500 bytes */
	for (; status && limit < 1000; limit += 5) {
		status = build_limited(PUBLISH_EXCHANGE, limit);
		assert_true(status == 3 || (status == 0 && limit > 400));
		check_tree("public", status ? first : second);
		check_no_debris("public");
	}
	assert_int_equal(status, 0);
}

static void a_read_only_folder_leaves_the_old_site(void **state)
{
	pid_t pid;
	int status;

	(void)state;
	build(PUBLISH_EXCHANGE, first);
	pid = fork();
	if (pid == 0) {
		struct diags diags = DIAGS_INIT;
		struct stage_counts counts;

		if ((geteuid() == 0 && setuid(65534) < 0) || chdir(".") < 0)
			_exit(99);
		try_build(PUBLISH_EXCHANGE, false, second, &counts, &diags);
		_exit(diags_status(&diags, false));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(WEXITSTATUS(status), 3);
	check_tree("public", first);
}

/* --- Killed --- */

/* Dies by a signal at the first byte that is written after the pages: that of
 * the marker, which lies in the output under a temporary name by then. */
static void publish_and_die(void)
{
	const struct rlimit none = { 0, 0 };
	struct diags diags = DIAGS_INIT;
	struct stage_inputs in = inputs_of(2);
	struct stage_counts counts;
	struct stage *s;

	if (stage_open(&s, "public", PUBLISH_FILES, &no_wish, &diags) < 0 ||
	    put_all(s, second, &diags) < 0 || setrlimit(RLIMIT_CORE, &none) < 0 ||
	    setrlimit(RLIMIT_FSIZE, &none) < 0)
		_exit(1);
	stage_publish(s, &in, &counts, &diags);
	_exit(2);
}

static void killed_at_the_marker(void **state)
{
	int status;
	pid_t pid;

	(void)state;
	build(PUBLISH_FILES, first);
	assert_true(current(1, 0));
	pid = fork();
	if (pid == 0)
		publish_and_die();
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_false(current(1, 0));
	build(PUBLISH_FILES, first);
}

enum { GENERATION_FILES = 40 };

/* Pages of a generation: some say which, some never change, one of three
 * comes and goes. */
static int put_generation(struct stage *s, int g, struct diags *diags)
{
	struct buf path = BUF_INIT, bytes = BUF_INIT;
	int result = 0;

	for (int i = 0; i <= GENERATION_FILES && result == 0; i++) {
		buf_reset(&path);
		buf_reset(&bytes);
		if (i == GENERATION_FILES)
			buf_addf(&path, "only/%d/index.html", g % 3);
		else
			buf_addf(&path, "threads/%d/index.html", i);
		buf_addf(&bytes, "%d", i % 2 ? -1 : g);
		result = stage_put(s, buf_str(&path), buf_str(&bytes), diags);
	}
	if (result == 0) {
		buf_reset(&bytes);
		buf_addf(&bytes, "%d", g);
		result = stage_put(s, STR("index.html"), buf_str(&bytes), diags);
	}
	buf_release(&path);
	buf_release(&bytes);
	return result;
}

static int build_generation(enum publish_way way, int g)
{
	struct diags diags = DIAGS_INIT;
	struct stage_inputs in = inputs_of(g);
	struct stage_counts counts;
	struct stage *s;
	int result;

	if (stage_open(&s, "public", way, &no_wish, &diags) < 0)
		return -1;
	result = put_generation(s, g, &diags);
	if (result == 0)
		result = stage_publish(s, &in, &counts, &diags);
	stage_close(s);
	return result;
}

/* The number in a file below dir; -2 when it isn't there or holds none. */
static int number_in(int dir, const char *path)
{
	char text[16] = "";
	int fd = openat(dir, path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);

	if (fd >= 0)
		close(fd);
	return n > 0 ? (int)strtol(text, NULL, 10) : -2;
}

/* The generation of a whole tree; -1 when it is none. */
static int generation_of(int dir)
{
	int g = number_in(dir, "index.html");
	char path[64];

	for (int i = 0; i < GENERATION_FILES && g >= 0; i++) {
		snprintf(path, sizeof(path), "threads/%d/index.html", i);
		if (number_in(dir, path) != (i % 2 ? -1 : g))
			return -1;
	}
	for (int i = 0; i < 3 && g >= 0; i++) {
		snprintf(path, sizeof(path), "only/%d/index.html", i);
		if ((number_in(dir, path) >= 0) != (i == g % 3))
			return -1;
	}
	return g < 0 ? -1 : g;
}

/* Looks at the tree while it is being rebuilt.  A reader that holds the old
 * folder may see it being removed after the switch: then it looks again. */
static void read_once(void)
{
	int dir = open("public", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat before, after;
	int g;

	assert_true(dir >= 0);
	assert_int_equal(fstat(dir, &before), 0);
	g = generation_of(dir);
	close(dir);
	assert_int_equal(stat("public", &after), 0);
	if (before.st_ino == after.st_ino &&
	    before.st_ctim.tv_sec == after.st_ctim.tv_sec &&
	    before.st_ctim.tv_nsec == after.st_ctim.tv_nsec)
		assert_true(g >= 0);
}

static uint32_t next_random(uint32_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 17;
	*x ^= *x << 5;
	return *x;
}

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000;
}

/* Nothing pretends to be current that isn't the whole tree and only that. */
static void check_current_is_whole(int g)
{
	int dir = open("public", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct diags diags = DIAGS_INIT;
	struct fsys_names names;

	if (current(g, 0)) {
		assert_int_equal(generation_of(dir), g);
		assert_int_equal(fsys_walk("public", &names, &diags), 0);
		assert_int_equal(names.n, GENERATION_FILES + 3);
		fsys_names_release(&names);
	}
	close(dir);
}

/* What index.html links to is as new as itself, or newer. */
static void check_index_comes_last(void)
{
	int dir = open("public", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int g = number_in(dir, "index.html");
	char path[64];

	for (int i = 0; i < GENERATION_FILES; i += 2) {
		snprintf(path, sizeof(path), "threads/%d/index.html", i);
		assert_in_range(number_in(dir, path), g, g + 1);
	}
	close(dir);
}

static void kill_at_random_moments(enum publish_way way)
{
	uint32_t seed = 2463534242;
	int dir, status;

	assert_int_equal(build_generation(way, 0), 0);
	for (int round = 1; round <= 70; round++) {
		int64_t end = now_us() + 200 + next_random(&seed) % 9000;
		pid_t pid = fork();

		if (pid == 0) {
			for (int g = round;; g++)
				if (build_generation(way, g) < 0)
					_exit(1);
		}
		do {
			if (way == PUBLISH_EXCHANGE)
				read_once();
		} while (now_us() < end);
		assert_int_equal(kill(pid, SIGKILL), 0);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
		if (way == PUBLISH_EXCHANGE)
			read_once();
		check_index_comes_last();
		dir = open("public", O_RDONLY | O_DIRECTORY);
		check_current_is_whole(number_in(dir, "index.html"));
		close(dir);
		assert_int_equal(build_generation(way, round), 0);
		dir = open("public", O_RDONLY | O_DIRECTORY);
		assert_int_equal(generation_of(dir), round);
		close(dir);
		check_no_debris("public");
	}
}
EITHER_WAY(kill_at_random_moments)

int main(void)
{
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, drop_folder)
	const struct CMUnitTest tests[] = {
		IN_FOLDER(first_build_by_exchange),
		IN_FOLDER(first_build_by_files),
		IN_FOLDER(unchanged_files_stay_by_exchange),
		IN_FOLDER(unchanged_files_stay_by_files),
		IN_FOLDER(edits_in_place_do_not_survive_by_exchange),
		IN_FOLDER(edits_in_place_do_not_survive_by_files),
		IN_FOLDER(foreign_things_do_not_survive_by_exchange),
		IN_FOLDER(foreign_things_do_not_survive_by_files),
		IN_FOLDER(same_tree_either_way),
		IN_FOLDER(exdev_falls_back_to_files),
		IN_FOLDER(mount_point_goes_by_files),
		IN_FOLDER(current_until_something_changes),
		IN_FOLDER(a_current_site_is_not_touched),
		IN_FOLDER(foreign_outputs_are_refused),
		IN_FOLDER(links_are_refused),
		IN_FOLDER(late_foreign_output_is_refused),
		IN_FOLDER(same_path_twice_is_refused),
		IN_FOLDER(file_and_folder_of_one_name_are_refused),
		IN_FOLDER(outputs_of_any_spelling),
		IN_FOLDER(modes_follow_the_umask),
		IN_FOLDER(broken_manifests_are_ignored),
		IN_FOLDER(manifest_holds_many_files),
		IN_FOLDER(lock_is_held_by_another),
		IN_FOLDER(workers_put_at_once),
		IN_FOLDER(a_full_disk_leaves_the_old_site),
		IN_FOLDER(a_read_only_folder_leaves_the_old_site),
		IN_FOLDER(killed_at_the_marker),
		IN_FOLDER(kill_at_random_moments_by_exchange),
		IN_FOLDER(kill_at_random_moments_by_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
