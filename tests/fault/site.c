#include "site.h"

#include "base/diag.h"
#include "base/fsys.h"
#include "base/mem.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* Seconds after which a run hangs. */
enum { PATIENCE = 60 };

/* --- Files and trees --- */

void file_read(const char *path, struct buf *out)
{
	struct diags diags = DIAGS_INIT;

	buf_reset(out);
	assert_int_equal(fsys_read(path, SIZE_MAX, out, &diags), 0);
}

void file_write(const char *path, struct str bytes)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
	assert_int_equal(fclose(f), 0);
}

void tree_read(struct tree *t, const char *dir)
{
	struct diags diags = DIAGS_INIT;
	struct buf bytes = BUF_INIT;
	struct fsys_names names;

	*t = (struct tree){ 0 };
	assert_int_equal(fsys_walk(dir, &names, &diags), 0);
	for (size_t i = 0; i < names.n; i++) {
		char *path = fsys_join(dir, names.items[i]);

		if (!strstr(names.items[i], ".candor-")) {
			GROW(t->files, t->n, t->cap);
			file_read(path, &bytes);
			sha256_of(buf_str(&bytes), t->files[t->n].hash);
			t->files[t->n++].path = xstrdup(names.items[i]);
		}
		free(path);
	}
	fsys_names_release(&names);
	buf_release(&bytes);
}

void tree_release(struct tree *t)
{
	for (size_t i = 0; i < t->n; i++)
		free(t->files[i].path);
	free(t->files);
	*t = (struct tree){ 0 };
}

static bool same_file(const struct tree_file *a, const struct tree_file *b)
{
	return !strcmp(a->path, b->path) && !memcmp(a->hash, b->hash, SHA256_SIZE);
}

bool tree_equal(const struct tree *a, const struct tree *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!same_file(&a->files[i], &b->files[i]))
			return false;
	return true;
}

static bool has_file(const struct tree *t, const struct tree_file *file)
{
	for (size_t i = 0; i < t->n; i++)
		if (same_file(&t->files[i], file))
			return true;
	return false;
}

bool tree_of_parts(const struct tree *t, const struct tree *a, const struct tree *b)
{
	for (size_t i = 0; i < t->n; i++)
		if (!has_file(a, &t->files[i]) && !has_file(b, &t->files[i]))
			return false;
	return true;
}

/* --- Running --- */

static void set_env(const struct site *s, const char *const *env)
{
	char *tmp = fsys_join(s->scratch, "tmp");

	setenv("TMPDIR", tmp, 1);
	setenv("USER", "eve", 1);
	setenv("TZ", "UTC", 1);
	unsetenv("GITHUB_ACTIONS");
	free(tmp);
	for (; env && *env; env++) {
		char *inject = fsys_join(s->top, "build/fault/inject.so");

		putenv((char *)*env);
		setenv("LD_PRELOAD", inject, 1);
		free(inject);
	}
}

static void send_to(int fd, const char *path)
{
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	if (file < 0 || dup2(file, fd) < 0)
		_exit(99);
	close(file);
}

int site_start(const struct site *s, const char *const *words, const char *const *env)
{
	char *program = fsys_join(s->top, "build/candor");
	const char *argv[32] = { program };
	pid_t pid;

	for (size_t i = 0; words[i]; i++) {
		assert_true(i + 2 < ARRAY_LEN(argv));
		argv[i + 1] = words[i];
	}
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		set_env(s, env);
		send_to(STDOUT_FILENO, "out");
		send_to(STDERR_FILENO, "err");
		alarm(PATIENCE);
		execv(program, (char **)argv);
		_exit(98);
	}
	free(program);
	return pid;
}

void site_run(const struct site *s, const char *const *words, const char *const *env,
	      struct outcome *o)
{
	pid_t pid = site_start(s, words, env);
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	o->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	o->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	file_read("err", &o->said);
}

static const char *const *build_words(const struct site *s, int which, bool by_files)
{
	static const char *words[] = { "build", "-q", "--jobs", NULL, "--now", NOW,
				       "--config", NULL, "--archive", NULL, NULL };

	words[3] = s->jobs;
	words[7] = by_files ? "files.yaml" : "candor.yaml";
	words[9] = which ? "b.db" : "a.db";
	return words;
}

void site_build(const struct site *s, int which, bool by_files, const char *const *env,
		struct outcome *o)
{
	site_run(s, build_words(s, which, by_files), env, o);
}

int site_start_build(const struct site *s, int which, bool by_files)
{
	return site_start(s, build_words(s, which, by_files), NULL);
}

static void note_names(const char *dir, const char *const *allowed, struct buf *out)
{
	struct diags diags = DIAGS_INIT;
	struct fsys_names names;

	assert_int_equal(fsys_list(dir, &names, &diags), 0);
	for (size_t i = 0; i < names.n; i++) {
		size_t k = 0;

		while (allowed[k] && strcmp(allowed[k], names.items[i]) != 0)
			k++;
		if (!allowed[k])
			buf_addf(out, " %s/%s", dir, names.items[i]);
	}
	fsys_names_release(&names);
}

void site_debris(struct buf *out)
{
	static const char *const records[] = { "lock", "manifest", "inputs", NULL };
	static const char *const sites[] = { "a", "b", "public", NULL };
	static const char *const nothing[] = { NULL };
	static const char *const here[] = { ".candor", "a", "a.db", "a.jsonl", "b", "b.db",
					    "b.jsonl", "candor.yaml", "err", "files.yaml",
					    "images", "log", "out", "pages", "public", "rules.yaml",
					    "tmp", "w.db", NULL };

	buf_reset(out);
	note_names(".", here, out);
	note_names(".candor", sites, out);
	note_names(".candor/public", records, out);
	note_names("tmp", nothing, out);
}

void site_check(const struct site *s, int which)
{
	struct buf debris = BUF_INIT;
	struct tree now;

	tree_read(&now, "public");
	assert_true(tree_equal(&now, &s->trees[which]));
	tree_release(&now);
	site_debris(&debris);
	if (debris.n)
		print_message("left behind:%s\n", debris.p);
	assert_int_equal(debris.n, 0);
	buf_release(&debris);
}

int64_t site_now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000;
}

uint32_t site_random(void)
{
	static uint32_t x = 2463534242;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	return x;
}

/* --- Making the site --- */

/* The demo's threads numbered 6k, and in the second export 6k + 1 too; a word
 * of the first ones is another in it.  One with the account that the configuration
 * says is shared is in both, or it would be asked for. */
static void write_exports(const char *demo)
{
	struct buf all = BUF_INIT, a = BUF_INIT, b = BUF_INIT;
	struct str rest;
	size_t threads = 0;
	bool shared = false;

	file_read(demo, &all);
	rest = buf_str(&all);
	while (rest.n) {
		struct str line = str_slice(rest, 0, str_index(rest, '\n') + 1);
		bool thread = str_starts(line, STR("{\"type\":\"thread\""));
		size_t number = thread ? threads++ % 6 : 0;

		if (!shared && str_find(line, STR("\"id\":\"u8\"")) < line.n) {
			shared = true;
			number = 0;
		}
		if (number == 0)
			buf_addstr(&a, line);
		if (number <= 1)
			buf_addstr(&b, line);
		rest = str_slice(rest, line.n, rest.n);
	}
	for (char *at = b.p; (at = strstr(at, " the ")); at += 5)
		memcpy(at, " thy ", 5);
	file_write("a.jsonl", buf_str(&a));
	file_write("b.jsonl", buf_str(&b));
	buf_release(&all);
	buf_release(&a);
	buf_release(&b);
}

static void copy_file(const char *from, const char *to, const char *more)
{
	struct buf bytes = BUF_INIT;

	file_read(from, &bytes);
	buf_adds(&bytes, more);
	file_write(to, buf_str(&bytes));
	buf_release(&bytes);
}

static void must(const struct site *s, const char *const *words)
{
	struct outcome o = { .said = BUF_INIT };

	site_run(s, words, NULL, &o);
	if (o.status != 0)
		print_message("%s\n", o.said.p);
	assert_int_equal(o.status, 0);
	buf_release(&o.said);
}

static void make_reference(struct site *s, int which)
{
	const char *name = which ? "b" : "a";
	const char *const import[] = { "import", "-q", "jsonl", which ? "b.jsonl" : "a.jsonl",
				       "--archive", which ? "b.db" : "a.db", NULL };
	const char *const build[] = { "build", "-q", "--now", NOW, "--archive",
				      which ? "b.db" : "a.db", "--output", name, NULL };

	must(s, import);
	must(s, build);
	tree_read(&s->trees[which], name);
}

/* Of one pixel. */
static const char png[] =
	"\211\120\116\107\015\012\032\012\000\000\000\015\111\110\104\122"
	"\000\000\000\001\000\000\000\001\010\000\000\000\000\072\176\233"
	"\125\000\000\000\012\111\104\101\124\170\234\143\150\000\000\000"
	"\202\000\201\167\315\162\266\000\000\000\000\111\105\116\104\256"
	"\102\140\202";

/* The copy of the one image in the exports. */
static void write_image(void)
{
	char *path = xstrdup("images/forum.wrenholt.example/uploads/page9.jpg");

	for (char *at = path; (at = strchr(at, '/')); *at++ = '/') {
		*at = '\0';
		assert_int_equal(mkdir(path, 0755), 0);
	}
	file_write(path, str_make(png, sizeof(png) - 1));
	free(path);
}

/* From the repository's content/ to the scratch folder, the current one. */
static void copy_demo(const struct site *s)
{
	static const char *const files[] = { "rules.yaml", "pages/about.md",
					     "pages/robots.txt" };
	char *demo = fsys_join(s->top, "content"), *from;

	assert_int_equal(mkdir("pages", 0755), 0);
	assert_int_equal(mkdir("tmp", 0755), 0);
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		from = fsys_join(demo, files[i]);
		copy_file(from, files[i], "");
		free(from);
	}
	from = fsys_join(demo, "candor.yaml");
	copy_file(from, "candor.yaml", "images: local\n");
	copy_file(from, "files.yaml", "images: local\n");
	free(from);
	from = fsys_join(demo, "archive.jsonl");
	write_exports(from);
	free(from);
	free(demo);
}

/* "publish: exchange" to "publish: files". */
static void go_by_files(void)
{
	struct buf config = BUF_INIT;
	char *at;

	file_read("files.yaml", &config);
	at = strstr(config.p, "publish: exchange");
	assert_non_null(at);
	memcpy(at, "publish: files   ", 17);
	file_write("files.yaml", buf_str(&config));
	buf_release(&config);
}

int site_begin(void **state)
{
	/* Memory, where there is some: every build syncs. */
	bool shm = access("/dev/shm", W_OK) == 0;
	struct site *s = xcalloc(1, sizeof(*s));
	const char *const current[] = { "build", "-q", "--jobs", "1", "--now", NOW,
					"--archive", "a.db", NULL };

	s->jobs = "1";
	s->top = realpath(".", NULL);
	s->scratch = xstrdup(shm ? "/dev/shm/candor-fault-XXXXXX"
				 : "/tmp/candor-fault-XXXXXX");
	if (!s->top || !mkdtemp(s->scratch) || chdir(s->scratch) < 0)
		return -1;
	copy_demo(s);
	write_image();
	go_by_files();
	make_reference(s, 0);
	make_reference(s, 1);
	assert_false(tree_equal(&s->trees[0], &s->trees[1]));
	must(s, current);
	*state = s;
	return 0;
}

int site_end(void **state)
{
	struct site *s = *state;
	struct diags diags = DIAGS_INIT;
	int above = open("..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = fsys_remove_tree_at(above, strrchr(s->scratch, '/') + 1, &diags);

	diags_release(&diags);
	close(above);
	tree_release(&s->trees[0]);
	tree_release(&s->trees[1]);
	free(s->scratch);
	free(s->top);
	free(s);
	return result;
}
