/* Files: nothing is written or removed through a symbolic link, folders appear
 * as needed, failures are said and leave nothing half-written, and listings
 * are in byte order. */
#include "check.h"

#include "base/fsys.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A scratch folder for each test, and a handle on it. */
struct scratch {
	char path[64];
	int dir;
};

static int set_up(void **state)
{
	struct scratch *s = calloc(1, sizeof(*s));

	snprintf(s->path, sizeof(s->path), "/tmp/candor-unit-XXXXXX");
	if (!mkdtemp(s->path))
		return -1;
	s->dir = open(s->path, O_RDONLY | O_DIRECTORY);
	*state = s;
	return s->dir < 0 ? -1 : 0;
}

static int tear_down(void **state)
{
	struct diags d = DIAGS_INIT;
	struct scratch *s = *state;
	int root = open("/tmp", O_RDONLY | O_DIRECTORY);
	int result = fsys_remove_tree_at(root, s->path + strlen("/tmp/"), &d);

	result |= access(s->path, F_OK) == 0 ? -1 : 0;
	close(root);
	close(s->dir);
	free(s);
	diags_release(&d);
	return result;
}

static void assert_file(const struct scratch *s, const char *name, const char *expected)
{
	struct diags d = DIAGS_INIT;
	struct buf b = BUF_INIT;

	assert_int_equal(fsys_read_at(s->dir, name, name, 1000, &b, &d), 0);
	assert_str(buf_str(&b), expected);
	buf_release(&b);
}

static bool absent(const struct scratch *s, const char *name)
{
	return faccessat(s->dir, name, F_OK, AT_SYMLINK_NOFOLLOW) < 0 && errno == ENOENT;
}

static size_t entries(const struct scratch *s)
{
	struct diags d = DIAGS_INIT;
	struct fsys_names names;
	size_t n;

	assert_int_equal(fsys_list(s->path, &names, &d), 0);
	n = names.n;
	fsys_names_release(&names);
	return n;
}

static void writes_new_files(void **state)
{
	const struct scratch *s = *state;
	struct diags d = DIAGS_INIT;

	assert_int_equal(fsys_replace_at(s->dir, "a", STR("one"), &d), 0);
	assert_int_equal(fsys_replace_at(s->dir, "x/y/z/b", STR(""), &d), 0);
	assert_int_equal(fsys_replace_at(s->dir, "x/y/c", STR_NONE, &d), 0);
	assert_file(s, "a", "one");
	assert_file(s, "x/y/z/b", "");
	assert_file(s, "x/y/c", "");
	assert_int_equal(d.n, 0);
	assert_int_equal(fsys_replace_at(s->dir, "a/b", STR("two"), &d), -1);
	assert_int_equal(fsys_replace_at(s->dir, "a/b/c", STR("two"), &d), -1);
	assert_diags(&d, "a/b: error: cannot make the folder of the file: "
			 "Not a directory [io]\n"
			 "a/b/c: error: cannot make the folder of the file: "
			 "Not a directory [io]\n");
	assert_file(s, "a", "one");
}

static void stays_below_the_handle(void **state)
{
	static const char *const names[] = { "", "..", "../a", "x/../../a", "x//a",
					     "./a", "/tmp/a", "x/", "x/." };
	const struct scratch *s = *state;
	struct diags d = DIAGS_INIT;

	assert_int_equal(mkdirat(s->dir, "x", 0777), 0);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct buf b = BUF_INIT;
		struct fsys_stamp stamp;

		assert_int_equal(fsys_replace_at(s->dir, names[i], STR("x"), &d), -1);
		assert_int_equal(fsys_read_at(s->dir, names[i], "x", 9, &b, &d), -1);
		assert_false(fsys_stamp_at(s->dir, names[i], &stamp));
		assert_int_equal(errno, ENOENT);
		buf_release(&b);
	}
	assert_int_equal(entries(s), 1);
	diags_release(&d);
}

static void follows_no_link(void **state)
{
	const struct scratch *s = *state;
	struct diags d = DIAGS_INIT;
	struct fsys_stamp stamp;
	struct buf b = BUF_INIT;

	assert_int_equal(fsys_replace_at(s->dir, "real/file", STR("kept"), &d), 0);
	assert_int_equal(symlinkat("real", s->dir, "folder"), 0);
	assert_int_equal(symlinkat("real/file", s->dir, "file"), 0);
	assert_int_equal(symlinkat("nowhere", s->dir, "dangling"), 0);
	assert_int_equal(fsys_replace_at(s->dir, "folder/new", STR("x"), &d), -1);
	assert_int_equal(fsys_replace_at(s->dir, "folder/sub/new", STR("x"), &d), -1);
	assert_int_equal(fsys_replace_at(s->dir, "folder/file", STR("x"), &d), -1);
	assert_int_equal(fsys_remove_tree_at(s->dir, "folder/file", &d), -1);
	assert_int_equal(fsys_read_at(s->dir, "folder/file", "f", 99, &b, &d), -1);
	assert_int_equal(fsys_read_at(s->dir, "file", "f", 99, &b, &d), -1);
	assert_false(fsys_stamp_at(s->dir, "folder/file", &stamp));
	assert_int_equal(errno, ENOENT);
	assert_false(fsys_stamp_at(s->dir, "file", &stamp));
	assert_int_equal(errno, ENOENT);
	assert_int_equal(d.n, 6);
	assert_true(absent(s, "nowhere"));
	/* A link itself may be replaced and removed. */
	assert_int_equal(fsys_replace_at(s->dir, "file", STR("new"), &d), 0);
	assert_int_equal(fsys_remove_tree_at(s->dir, "folder", &d), 0);
	assert_true(absent(s, "folder"));
	assert_file(s, "file", "new");
	assert_file(s, "real/file", "kept");
	diags_release(&d);
}

static void replaces(void **state)
{
	const struct scratch *s = *state;
	struct diags d = DIAGS_INIT;
	struct stat st;

	assert_int_equal(fsys_replace_at(s->dir, "x/page", STR("one"), &d), 0);
	assert_int_equal(fchmodat(s->dir, "x/page", 0640, 0), 0);
	assert_int_equal(fsys_replace_at(s->dir, "x/page", STR("two"), &d), 0);
	assert_file(s, "x/page", "two");
	assert_int_equal(fstatat(s->dir, "x/page", &st, 0), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	/* A folder can't be replaced, and no temporary file stays behind. */
	assert_int_equal(fsys_replace_at(s->dir, "x", STR("three"), &d), -1);
	assert_int_equal(entries(s), 1);
	assert_int_equal(d.n, 1);
	diags_release(&d);
}

static void full_disk_leaves_nothing(void **state)
{
	const struct scratch *s = *state;
	struct rlimit old, small = { 100, 100 };
	struct diags d = DIAGS_INIT;
	char bytes[1000] = { 0 };
	struct str text = { bytes, sizeof(bytes) };

	assert_int_equal(fsys_replace_at(s->dir, "page", STR("old"), &d), 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small.rlim_max = old.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(fsys_replace_at(s->dir, "new", text, &d), -1);
	assert_int_equal(fsys_replace_at(s->dir, "x/new", text, &d), -1);
	assert_int_equal(fsys_replace_at(s->dir, "page", text, &d), -1);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_diags(&d, "new: error: cannot replace the file: File too large [io]\n"
			 "x/new: error: cannot replace the file: File too large [io]\n"
			 "page: error: cannot replace the file: File too large [io]\n");
	assert_true(absent(s, "new"));
	assert_true(absent(s, "x/new"));
	assert_file(s, "page", "old");
	assert_int_equal(entries(s), 2);
}

static void removes_trees(void **state)
{
	const struct scratch *s = *state;
	struct diags d = DIAGS_INIT;

	assert_int_equal(fsys_replace_at(s->dir, "keep/a", STR("1"), &d), 0);
	assert_int_equal(fsys_replace_at(s->dir, "t/a", STR("1"), &d), 0);
	assert_int_equal(fsys_replace_at(s->dir, "t/x/y/z", STR("1"), &d), 0);
	assert_int_equal(mkdirat(s->dir, "t/empty", 0777), 0);
	assert_int_equal(symlinkat("../keep", s->dir, "t/link"), 0);
	assert_int_equal(fsys_remove_tree_at(s->dir, "t/x/y", &d), 0);
	assert_true(absent(s, "t/x/y"));
	assert_false(absent(s, "t/x"));
	assert_int_equal(fsys_remove_tree_at(s->dir, "t", &d), 0);
	assert_true(absent(s, "t"));
	assert_file(s, "keep/a", "1");
	assert_int_equal(fsys_remove_tree_at(s->dir, "t", &d), 0);
	assert_int_equal(fsys_remove_tree_at(s->dir, "t/x/y", &d), 0);
	assert_int_equal(d.n, 0);
	/* Not even by way of ".": the handle's own folder isn't its to empty. */
	assert_int_equal(fsys_remove_tree_at(s->dir, ".", &d), -1);
	assert_int_equal(fsys_remove_tree_at(s->dir, "keep/..", &d), -1);
	assert_file(s, "keep/a", "1");
	diags_release(&d);
}

static void lists_in_byte_order(void **state)
{
	const struct scratch *s = *state;
	struct diags d = DIAGS_INIT;
	struct fsys_names names;

	assert_int_equal(fsys_replace_at(s->dir, "a/b", STR(""), &d), 0);
	assert_int_equal(fsys_replace_at(s->dir, "a-b", STR(""), &d), 0);
	assert_int_equal(fsys_replace_at(s->dir, "B", STR(""), &d), 0);
	assert_int_equal(fsys_replace_at(s->dir, ".h/x", STR(""), &d), 0);
	assert_int_equal(mkdirat(s->dir, "empty", 0777), 0);
	assert_int_equal(symlinkat("a", s->dir, "link"), 0);
	assert_int_equal(fsys_list(s->path, &names, &d), 0);
	assert_int_equal(names.n, 6);
	assert_string_equal(names.items[0], ".h");
	assert_string_equal(names.items[1], "B");
	assert_string_equal(names.items[2], "a");
	assert_string_equal(names.items[5], "link");
	fsys_names_release(&names);
	assert_int_equal(fsys_walk(s->path, &names, &d), 0);
	assert_int_equal(names.n, 4);
	assert_string_equal(names.items[0], ".h/x");
	assert_string_equal(names.items[1], "B");
	assert_string_equal(names.items[2], "a-b");
	assert_string_equal(names.items[3], "a/b");
	fsys_names_release(&names);
	assert_int_equal(fsys_walk("/nowhere/at-all", &names, &d), -1);
	assert_diags(&d, "/nowhere/at-all: error: cannot read the folder: "
			 "No such file or directory [not-found]\n");
}

static void walks_only_so_deep(void **state)
{
	const struct scratch *s = *state;
	struct diags d = DIAGS_INIT;
	struct fsys_names names;
	struct buf path = BUF_INIT;

	for (int i = 0; i < 64; i++)
		buf_addlit(&path, "d/");
	buf_addlit(&path, "f");
	assert_int_equal(fsys_replace_at(s->dir, path.p, STR(""), &d), 0);
	assert_int_equal(fsys_walk(s->path, &names, &d), 0);
	assert_int_equal(names.n, 1);
	assert_string_equal(names.items[0], path.p);
	fsys_names_release(&names);
	buf_cut(&path, path.n - 1);
	buf_addlit(&path, "d/f");
	assert_int_equal(fsys_replace_at(s->dir, path.p, STR(""), &d), 0);
	assert_int_equal(fsys_walk(s->path, &names, &d), -1);
	assert_int_equal(d.items[0].id, DIAG_TOO_DEEP);
	buf_release(&path);
	diags_release(&d);
}

static void reads_up_to_a_limit(void **state)
{
	const struct scratch *s = *state;
	char *path = fsys_join(s->path, "f");
	struct diags d = DIAGS_INIT;
	struct buf b = BUF_INIT;
	int ends[2];

	buf_adds(&b, "before ");
	assert_int_equal(fsys_replace_at(s->dir, "f", STR("12345"), &d), 0);
	assert_int_equal(fsys_read(path, 5, &b, &d), 0);
	assert_str(buf_str(&b), "before 12345");
	assert_int_equal(fsys_read(path, 4, &b, &d), -1);
	assert_int_equal(d.items[0].id, DIAG_TOO_LARGE);
	free(path);
	/* A pipe has no size to go by. */
	buf_reset(&b);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "piped", 5), 5);
	close(ends[1]);
	buf_addf(&b, "/dev/fd/%d", ends[0]);
	path = buf_detach(&b);
	assert_int_equal(fsys_read(path, 5, &b, &d), 0);
	assert_str(buf_str(&b), "piped");
	close(ends[0]);
	free(path);
	buf_release(&b);
	diags_release(&d);
}

static void joins(void **state)
{
	static const char *const cases[][3] = {
		{ "a", "b", "a/b" },	{ "a/", "b", "a/b" }, { ".", "b", "b" },
		{ "", "b", "b" },	{ "a", "/b", "/b" },  { "/", "b", "/b" },
		{ "..", "b", "../b" },	{ "./a", "b/c", "./a/b/c" } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *path = fsys_join(cases[i][0], cases[i][1]);

		assert_string_equal(path, cases[i][2]);
		free(path);
	}
}

static void stamps_change(void **state)
{
	char longest[301] = "";
	const struct scratch *s = *state;
	struct fsys_stamp before, same, after;
	struct diags d = DIAGS_INIT;

	assert_int_equal(fsys_replace_at(s->dir, "x/f", STR("1"), &d), 0);
	assert_true(fsys_stamp_at(s->dir, "x/f", &before));
	assert_true(fsys_stamp_at(s->dir, "x/f", &same));
	assert_int_equal(before.size, 1);
	assert_true(before.inode == same.inode && before.mtime_ns == same.mtime_ns);
	assert_int_equal(fsys_replace_at(s->dir, "x/f", STR("22"), &d), 0);
	assert_true(fsys_stamp_at(s->dir, "x/f", &after));
	assert_int_equal(after.size, 2);
	assert_true(after.inode != before.inode);
	assert_false(fsys_stamp_at(s->dir, "x", &after));
	assert_false(fsys_stamp_at(s->dir, "y/f", &after));
	/* Strangers make such names. */
	memset(longest, 'x', sizeof(longest) - 1);
	assert_false(fsys_stamp_at(s->dir, longest, &after));
	assert_int_equal(errno, ENOENT);
	assert_true(fsys_exists(s->path));
	assert_false(fsys_exists("/nowhere/at-all"));
	assert_int_equal(fsys_sync(s->dir, s->path, &d), 0);
	assert_int_equal(d.n, 0);
}

/* Old kernels and sandboxes don't know openat2: from here on this one doesn't. */
static int forget_openat2(void **state)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof(code) / sizeof(code[0]), code };

	(void)state;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return -1;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

#define with_scratch(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_scratch(writes_new_files),
		with_scratch(stays_below_the_handle),
		with_scratch(follows_no_link),
		with_scratch(replaces),
		with_scratch(full_disk_leaves_nothing),
		with_scratch(removes_trees),
		with_scratch(lists_in_byte_order),
		with_scratch(walks_only_so_deep),
		with_scratch(reads_up_to_a_limit),
		cmocka_unit_test(joins),
		with_scratch(stamps_change),
	};

	int failed = cmocka_run_group_tests_name("with openat2", tests, NULL, NULL);

	return failed + cmocka_run_group_tests_name("without openat2", tests,
						    forget_openat2, NULL);
}
