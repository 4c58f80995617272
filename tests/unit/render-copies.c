/*
 * Proves which images of posts are shown: those with a copy of ours that is one,
 * in the one form that strict.h knows, each published once; that nothing outside
 * the folder is opened, whatever an address says; and that each of the others stays
 * a link, with the reason told.
 */
#include "check.h"

#include "base/fsys.h"
#include "base/mem.h"
#include "render/body.h"
#include "strict.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define A(url) "<a href=\"" url "\" rel=\"nofollow ugc noopener\">"
#define IMG(path, alt, size) "<img src=\"\x01" path "\" alt=\"" alt "\" " size \
	" loading=\"lazy\" decoding=\"async\">"
#define PNG_PATH "assets/images/d88799ac8f66d5995d74e8614bd37331.png"
#define PNG_SIZE "width=\"6\" height=\"4\""

struct world {
	char path[64];
	int dir;
	struct copies *copies;
	struct diags diags;
	struct buf put; /* the paths, a line each */
};

static int note_path(void *ctx, struct str path, struct str bytes, struct diags *diags)
{
	struct world *w = ctx;

	(void)diags;
	assert_true(bytes.n > 0 && str_find(bytes, STR("SECRET")) == bytes.n);
	buf_addf(&w->put, "%.*s\n", STR_ARG(path));
	return 0;
}

static void reopen(struct world *w)
{
	const struct copies_sink sink = { note_path, w };

	copies_close(w->copies);
	assert_int_equal(copies_open(&w->copies, w->path, sink, &w->diags), 0);
}

static void put(struct world *w, const char *name, struct str bytes)
{
	assert_int_equal(fsys_replace_at(w->dir, name, bytes, &w->diags), 0);
}

static void put_sample(struct world *w, const char *name, const char *sample)
{
	struct buf path = BUF_INIT, bytes = BUF_INIT;

	buf_addf(&path, "tests/fuzz/corpus/image/%s", sample);
	assert_int_equal(fsys_read(path.p, 10000, &bytes, &w->diags), 0);
	put(w, name, buf_str(&bytes));
	buf_release(&path);
	buf_release(&bytes);
}

static int set_up(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	*state = w;
	buf_init(&w->put);
	snprintf(w->path, sizeof(w->path), "/tmp/candor-unit-XXXXXX");
	if (!mkdtemp(w->path))
		return -1;
	w->dir = open(w->path, O_RDONLY | O_DIRECTORY);
	put_sample(w, "a.example/red.png", "told.png");
	reopen(w);
	return w->dir < 0 ? -1 : 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;
	int tmp = open("/tmp", O_RDONLY | O_DIRECTORY);
	int status = fsys_remove_tree_at(tmp, w->path + strlen("/tmp/"), &w->diags);

	close(tmp);
	close(w->dir);
	copies_close(w->copies);
	diags_release(&w->diags);
	buf_release(&w->put);
	free(w);
	return status;
}

static void render(struct world *w, enum body_format format, const char *body,
		   struct buf *out)
{
	const struct body_style style = {
		.base_url = STR("https://forum.example/t/1"), .heading_base = 1,
		.copies = w->copies, .name = STR("post '1'"), .diags = &w->diags,
	};
	struct arena a = ARENA_INIT;
	struct body_tree tree;
	struct strict strict;

	body_read(&a, format, str_of(body), &tree);
	body_html(&tree, &style, out);
	if (strict_check(&strict, buf_str(out)))
		fail_msg("%s in %s", strict.fault, out->p);
	arena_release(&a);
}

static void check(struct world *w, enum body_format format, const char *body,
		  const char *expected)
{
	struct buf out = BUF_INIT;

	render(w, format, body, &out);
	assert_string_equal(out.p, expected);
	buf_release(&out);
}

static void test_shown(void **state)
{
	struct world *w = *state;
	const char *shown = "<p>" IMG(PNG_PATH, "red", PNG_SIZE) "</p>\n";

	check(w, BODY_MARKDOWN, "![red](https://a.example/red.png)", shown);
	check(w, BODY_MARKDOWN, "![red](http://A.example:80/%72ed.png#x)", shown);
	check(w, BODY_HTML, "<img alt=red src='https://a.example/red.png' onerror=x>", shown);
	check(w, BODY_HTML, "<img src=https://a.example/red.png>",
	      "<p>" IMG(PNG_PATH, "image", PNG_SIZE) "</p>\n");
	check(w, BODY_MARKDOWN, "[![red](https://a.example/red.png)](https://b.example/)",
	      "<p>" A("https://b.example/") IMG(PNG_PATH, "red", PNG_SIZE) "</a></p>\n");
	check(w, BODY_HTML, "<img alt='\"><script>\x01`&lt;' src=https://a.example/red.png>",
	      "<p>" IMG(PNG_PATH, "&quot;&gt;&lt;script&gt;&#96;&lt;", PNG_SIZE) "</p>\n");
	assert_int_equal(w->diags.n, 0);
	assert_string_equal(w->put.p, PNG_PATH "\n");
}

/* Relative to the post; turned; and the same bytes from another place. */
static void test_published_once(void **state)
{
	struct world *w = *state;

	put_sample(w, "forum.example:8080/b.jpg?s=1", "turned.jpg");
	put_sample(w, "forum.example/t/red.png", "told.png");
	check(w, BODY_MARKDOWN, "![](https://a.example/red.png)![](red.png)",
	      "<p>" IMG(PNG_PATH, "image", PNG_SIZE) IMG(PNG_PATH, "image", PNG_SIZE)
	      "</p>\n");
	assert_string_equal(w->put.p, PNG_PATH "\n");
	check(w, BODY_MARKDOWN, "![](https://forum.example:8080/b.jpg?s=1)",
	      "<p>" IMG("assets/images/45df3900893e764b1e3fcbffdcee0256.jpg", "image",
			"width=\"16\" height=\"24\"") "</p>\n");
	assert_int_equal(w->diags.n, 0);
}

enum { FILES = 40, ASKERS = 8 };

struct crowd {
	struct world *w;
	struct copies *copies;
	pthread_barrier_t start;
	atomic_int put;
	const struct copy *found[ASKERS][FILES];
	atomic_int askers;
};

static int count_put(void *ctx, struct str path, struct str bytes, struct diags *diags)
{
	struct crowd *c = ctx;

	(void)path;
	(void)bytes;
	(void)diags;
	atomic_fetch_add(&c->put, 1);
	return 0;
}

static void *ask(void *arg)
{
	struct crowd *c = arg;
	int me = atomic_fetch_add(&c->askers, 1);
	struct diags diags = DIAGS_INIT;

	for (int i = 0; i < FILES; i++) {
		char url[40];

		snprintf(url, sizeof(url), "http://a.example/%d.png", i);
		pthread_barrier_wait(&c->start);
		c->found[me][i] = copies_find(c->copies, str_of(url), STR("post"), &diags);
	}
	invariant(diags.n == 0);
	return NULL;
}

/* All ask for the same at the same time, and two names have the same bytes. */
static void test_crowd(void **state)
{
	struct crowd c = { .w = *state };
	const struct copies_sink sink = { count_put, &c };
	pthread_t threads[ASKERS];

	for (int i = 0; i < FILES; i++) {
		char name[40], gif[] = "GIF89a\x03\0\x02\0\0\0\0,\0\0\0\0\x03\0\x02\0\0\x02\x01x\0;";

		snprintf(name, sizeof(name), "a.example/%d.png", i);
		gif[sizeof(gif) - 4] = (char)(i / 2);
		put(c.w, name, str_make(gif, sizeof(gif) - 1));
	}
	assert_int_equal(copies_open(&c.copies, c.w->path, sink, &c.w->diags), 0);
	pthread_barrier_init(&c.start, NULL, ASKERS);
	for (int i = 0; i < ASKERS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, ask, &c), 0);
	for (int i = 0; i < ASKERS; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(c.put, FILES / 2);
	for (int i = 0; i < FILES; i++)
		for (int k = 0; k < ASKERS; k++) {
			assert_non_null(c.found[k][i]);
			assert_ptr_equal(c.found[k][i], c.found[0][i]);
			assert_string_equal(c.found[k][i]->path, c.found[0][i & ~1]->path);
		}
	pthread_barrier_destroy(&c.start);
	copies_close(c.copies);
}

static void check_link(struct world *w, const char *url, enum diag_id id, const char *why)
{
	struct buf body = BUF_INIT, expected = BUF_INIT;

	diags_release(&w->diags);
	buf_addf(&body, "![a](%s)", url);
	buf_addf(&expected, "<p><a href=\"%s\" rel=\"nofollow ugc noopener\">a</a></p>\n", url);
	check(w, BODY_MARKDOWN, body.p, expected.p);
	assert_int_equal(w->diags.n, 1);
	assert_int_equal(w->diags.items[0].id, id);
	if (!strstr(w->diags.items[0].message, why))
		fail_msg("%s: %s", url, w->diags.items[0].message);
	assert_string_equal(w->put.p, "");
	buf_release(&body);
	buf_release(&expected);
}

static void test_refused(void **state)
{
	struct world *w = *state;
	int fd;

	put_sample(w, "a.example/page.png", "page.png");
	put_sample(w, "a.example/drawing.svg", "drawing.svg");
	put_sample(w, "a.example/wide.png", "wide.png");
	put(w, "a.example/cut.png", STR("\x89PNG\r\n\x1a\n"));
	put(w, "a.example/empty.png", STR(""));
	put(w, "a.example/large.png", STR("\x89PNG\r\n\x1a\n"));
	fd = openat(w->dir, "a.example/large.png", O_WRONLY);
	assert_int_equal(ftruncate(fd, (10 << 20) + 1), 0);
	close(fd);
	check_link(w, "https://a.example/page.png", DIAG_IMAGE_REFUSED, "no PNG");
	check_link(w, "https://a.example/drawing.svg", DIAG_IMAGE_REFUSED, "no PNG");
	check_link(w, "https://a.example/empty.png", DIAG_IMAGE_REFUSED, "no PNG");
	check_link(w, "https://a.example/wide.png", DIAG_IMAGE_REFUSED, "pixels");
	check_link(w, "https://a.example/cut.png", DIAG_IMAGE_REFUSED, "cut short");
	check_link(w, "https://a.example/large.png", DIAG_IMAGE_REFUSED, "larger than");
}

/* None of these is opened: a FIFO would wait for ever. */
static void test_no_file(void **state)
{
	struct world *w = *state;
	struct buf outside = BUF_INIT;
	char long_name[300];

	assert_int_equal(symlinkat("red.png", w->dir, "a.example/link.png"), 0);
	assert_int_equal(symlinkat("a.example", w->dir, "b.example"), 0);
	assert_int_equal(mkfifoat(w->dir, "a.example/fifo.png", 0600), 0);
	check_link(w, "https://a.example/nothing.png", DIAG_IMAGE_MISSING,
		   "'https://a.example/nothing.png', an image in post '1'");
	check_link(w, "https://a.example/link.png", DIAG_IMAGE_MISSING, "no copy");
	check_link(w, "https://b.example/red.png", DIAG_IMAGE_MISSING, "no copy");
	check_link(w, "https://a.example/fifo.png", DIAG_IMAGE_MISSING, "no copy");
	check_link(w, "https://a.example", DIAG_IMAGE_MISSING, "no copy");
	check_link(w, "https://a.example/%2e%2e/a.example/red.png", DIAG_IMAGE_MISSING,
		   "no copy");
	check_link(w, "https://a.example/%2e/red.png", DIAG_IMAGE_MISSING, "no copy");
	buf_addf(&outside, "https://..%s/a.example/red.png", w->path + strlen("/tmp"));
	check_link(w, outside.p, DIAG_IMAGE_MISSING, "no copy");
	buf_release(&outside);
	check_link(w, "https://a.example%2fred.png", DIAG_IMAGE_MISSING, "no copy");
	check_link(w, "https://a.example/red.png%00", DIAG_IMAGE_MISSING, "no copy");
	memset(long_name, 'a', sizeof(long_name));
	memcpy(long_name, "http://a/", 9);
	long_name[sizeof(long_name) - 1] = '\0';
	check_link(w, long_name, DIAG_IMAGE_MISSING, "no copy");
}

static void test_no_address(void **state)
{
	struct world *w = *state;

	check(w, BODY_MARKDOWN, "![a](javascript:b)", "<p>a</p>\n");
	check(w, BODY_MARKDOWN, "![a](data:image/png;base64,AAAA)", "<p>a</p>\n");
	check(w, BODY_MARKDOWN, "![a](https://u@a.example/red.png)", "<p>a</p>\n");
	check(w, BODY_MARKDOWN, "![a](//a.example/red.png)", "<p>a</p>\n");
	check(w, BODY_MARKDOWN, "![a](mailto:b@c)", "<p>" A("mailto:b@c") "a</a></p>\n");
	check(w, BODY_TEXT, "![red](https://a.example/red.png)",
	      "<p>![red](https://a.example/red.png)</p>\n");
	assert_int_equal(w->diags.n, 0);
	assert_string_equal(w->put.p, "");
}

static void check_changed(struct world *w, unsigned char last[SHA256_SIZE], bool changed)
{
	unsigned char now[SHA256_SIZE];

	reopen(w);
	copies_digest(w->copies, now);
	assert_int_equal(memcmp(now, last, sizeof(now)) != 0, changed);
	memcpy(last, now, sizeof(now));
}

static void test_digest(void **state)
{
	struct world *w = *state;
	unsigned char last[SHA256_SIZE];

	copies_digest(w->copies, last);
	check_changed(w, last, false);
	put(w, "a.example/more.png", STR("x"));
	check_changed(w, last, true);
	put(w, "a.example/more.png", STR("y"));
	check_changed(w, last, true);
	assert_int_equal(renameat(w->dir, "a.example/more.png", w->dir, "a.example/m.png"), 0);
	check_changed(w, last, true);
	assert_int_equal(unlinkat(w->dir, "a.example/m.png", 0), 0);
	check_changed(w, last, true);
	check_changed(w, last, false);
}

static void test_no_folder(void **state)
{
	const struct copies_sink sink = { note_path, *state };
	struct copies *copies;
	struct diags diags = DIAGS_INIT;

	assert_int_equal(copies_open(&copies, "/nowhere/images", sink, &diags), -1);
	assert_null(copies);
	assert_int_equal(diags.items[0].id, DIAG_NOT_FOUND);
	diags_release(&diags);
	copies_close(NULL);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_shown),
		TEST(test_published_once),
		TEST(test_crowd),
		TEST(test_refused),
		TEST(test_no_file),
		TEST(test_no_address),
		TEST(test_digest),
		TEST(test_no_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
