/*
 * A preview shows what a build would publish: every file of a built site is, asked for
 * by itself and in any order, made of the same bytes, under several configurations and
 * rules, and what is found on the way is what check finds.  Beside these there are
 * drafts and the conversations that wait for their day or had it; and nothing else.
 */
#include "import-try.h"
#include "said.h"

#include "archive/db.h"
#include "base/mem.h"
#include "publish/live.h"
#include "select/rules.h"
#include "select/texts.h"

#include <limits.h>

/* 2026-11-20T12:00:00Z */
enum { NOW = 1795176000 };

/* The demo site in a folder of its own. */
struct demo {
	struct try *try;
	char *top; /* owned */
	struct config config;
	struct rules *rules;
	struct build_input in;
};

static struct buf read_file(const char *path)
{
	struct diags d = DIAGS_INIT;
	struct buf b = BUF_INIT;

	if (fsys_read(path, 64 << 20, &b, &d) < 0)
		fail_msg("%s: %s", path, d.items[0].message);
	return b;
}

/* A file of the tree, with one passage of it replaced and something behind it. */
static void copy_with(struct demo *m, const char *from, const char *to, const char *passage,
		      const char *instead, const char *behind)
{
	char *path = fsys_join(m->top, from);
	struct buf b = read_file(path), out = BUF_INIT;
	char *at = passage ? strstr(b.p, passage) : b.p;

	assert_non_null(at);
	buf_add(&out, b.p, (size_t)(at - b.p));
	buf_adds(&out, instead);
	at += passage ? strlen(passage) : 0;
	buf_add(&out, at, b.n - (size_t)(at - b.p));
	buf_adds(&out, behind);
	try_bytes(to, buf_str(&out));
	buf_release(&out);
	buf_release(&b);
	free(path);
}

static void copy(struct demo *m, const char *from, const char *to)
{
	copy_with(m, from, to, NULL, "", "");
}

static void import(struct demo *m)
{
	char *path = fsys_join(m->top, "content/archive.jsonl");

	assert_int_equal(try_import(m->try, "jsonl", path), 0);
	free(path);
}

static void reopen(struct demo *m)
{
	archive_close(m->try->archive);
	archive_open(&m->try->archive, "archive.db", ARCHIVE_READ, &m->try->diags);
	assert_diags(&m->try->diags, "");
	m->in.archive = m->try->archive;
}

static void demo_begin(struct demo *m)
{
	char top[PATH_MAX], *themes;

	assert_non_null(getcwd(top, sizeof(top)));
	*m = (struct demo){ .try = try_begin(), .top = strdup(top) };
	themes = fsys_join(top, "themes");
	assert_int_equal(symlink(themes, "themes"), 0);
	free(themes);
	mkdir("pages", 0777);
	mkdir("images", 0777);
	copy(m, "content/candor.yaml", "candor.yaml");
	copy(m, "content/rules.yaml", "rules.yaml");
	copy(m, "content/pages/index.md", "pages/index.md");
	copy(m, "content/pages/robots.txt", "pages/robots.txt");
	import(m);
	m->in = (struct build_input){ .now = NOW, .jobs = 1,
				      .texts = texts_new(2, 64 << 20) };
	reopen(m);
}

static void load(struct demo *m)
{
	struct diags *d = &m->try->diags;

	config_load(&m->config, "candor.yaml", d);
	rules_load(&m->rules, "rules.yaml", d);
	assert_diags(d, "");
	m->in.config = &m->config;
	m->in.rules = m->rules;
}

static void unload(struct demo *m)
{
	rules_free(m->rules);
	config_release(&m->config);
	m->rules = NULL;
}

static void demo_end(struct demo *m)
{
	unload(m);
	texts_free(m->in.texts);
	free(m->top);
	try_end(m->try);
}

static void build(struct demo *m)
{
	struct build_result result;
	struct diags d = DIAGS_INIT;

	if (build_site(&m->in, &result, &d) < 0)
		fail_msg("%s", d.items[0].message);
	free(result.redacted);
	diags_release(&d);
}

static struct live *open_live(struct demo *m)
{
	struct live *live;
	struct diags d = DIAGS_INIT;

	assert_int_equal(live_open(&live, &m->in, &d), 0);
	diags_release(&d);
	return live;
}

/* What is at the path: 'N'othing, 'F'ile or 'L'ater. */
static char get(struct demo *m, struct live *live, const char *path, struct buf *out,
		struct live_file *what)
{
	struct diags d = DIAGS_INIT;

	buf_reset(out);
	assert_int_equal(live_get(live, m->in.archive, str_of(path), out, what, &d), 0);
	assert_int_equal(diags_errors(&d), 0);
	diags_release(&d);
	return "NFL"[what->found];
}

static char found(struct demo *m, struct live *live, const char *path,
		  enum live_state state)
{
	struct live_file what;
	struct buf out = BUF_INIT;
	char c = get(m, live, path, &out, &what);

	assert_int_equal(what.state, state);
	buf_release(&out);
	return c;
}

static void step_to_end(struct demo *m, struct live *live, struct diags *d)
{
	int more;

	while ((more = live_step(live, m->in.archive, d)) > 0)
		;
	assert_int_equal(more, 0);
}

/* Every file of the built site; those that come later in another way if late. */
static size_t compare(struct demo *m, struct live *live, bool late)
{
	struct fsys_names names;
	struct buf out = BUF_INIT;
	size_t later = 0;

	assert_int_equal(fsys_walk("public", &names, &m->try->diags), 0);
	for (size_t i = names.n; i-- > 0;) {
		char *path = fsys_join("public", names.items[i]);
		struct buf want = read_file(path);
		struct live_file what;
		char c;

		if (names.items[i][0] != '.') {
			c = get(m, live, names.items[i], &out, &what);
			if (c == 'L' && late)
				later++;
			else if (c != 'F' || !str_eq(buf_str(&want), buf_str(&out)))
				fail_msg("%s: %c", path, c);
			assert_int_equal(what.state, LIVE_PUBLISHED);
		}
		buf_release(&want);
		free(path);
	}
	fsys_names_release(&names);
	buf_release(&out);
	return later;
}

/* What stepping finds is what check does. */
static void compare_said(struct demo *m, struct live *live)
{
	struct build_result result;
	struct buf want = BUF_INIT, got = BUF_INIT;
	struct diags checked = DIAGS_INIT, stepped = DIAGS_INIT;
	struct selection s;

	m->in.check = true;
	build_site(&m->in, &result, &checked);
	m->in.check = false;
	free(result.redacted);
	/* Of the choice, live_open() told. */
	select_run(&s, m->in.archive, m->rules, &m->config, NOW, &stepped);
	selection_release(&s);
	step_to_end(m, live, &stepped);
	said(&want, &checked);
	said(&got, &stepped);
	diags_release(&checked);
	diags_release(&stepped);
	assert_string_equal(got.p, want.p);
	buf_release(&want);
	buf_release(&got);
}

/* Both ways, first without and then behind the steps. */
static void check_site(struct demo *m, size_t later)
{
	struct live *live;

	load(m);
	build(m);
	live = open_live(m);
	assert_int_equal(compare(m, live, true), later);
	compare_said(m, live);
	assert_int_equal(compare(m, live, false), 0);
	live_close(live);
	/* Steps first: no page was asked for before. */
	live = open_live(m);
	step_to_end(m, live, &m->try->diags);
	diags_release(&m->try->diags);
	assert_int_equal(compare(m, live, false), 0);
	live_close(live);
	unload(m);
}

static void test_same_bytes(void **state)
{
	struct demo m;

	(void)state;
	demo_begin(&m);
	/* The ledger and the sitemap. */
	try_file("pages/links.md", "---\ntitle: L\n---\n[there](../wrong/) [nowhere](../no/)\n");
	check_site(&m, 2);
	unlink("pages/links.md");
	copy_with(&m, "content/candor.yaml", "candor.yaml", "thread_pages: eligible",
		  "thread_pages: shown", "\nsearch: pagefind\n");
	copy_with(&m, "content/rules.yaml", "rules.yaml", "shortfall: trim",
		  "shortfall: skip", "\ntopics:\n- {name: heat, title: Heat, "
		  "when: {text: {any: [hot, heat, warm]}}}\n");
	check_site(&m, 2);
	copy_with(&m, "content/rules.yaml", "rules.yaml", "limit: 8 ", "limit: 100 ", "");
	check_site(&m, 2);
	demo_end(&m);
}

static void test_images(void **state)
{
	struct demo m;
	struct live *live;
	struct buf out = BUF_INIT;
	struct live_file what;

	(void)state;
	demo_begin(&m);
	mkdir("images/forum.wrenholt.example", 0777);
	mkdir("images/forum.wrenholt.example/uploads", 0777);
	copy_with(&m, "content/candor.yaml", "candor.yaml", NULL, "", "\nimages: local\n");
	copy(&m, "tests/fuzz/corpus/image/turned.jpg",
	     "images/forum.wrenholt.example/uploads/page9.jpg");
	load(&m);
	live = open_live(&m);
	assert_int_equal(get(&m, live, "assets/images/x.jpg", &out, &what), 'L');
	step_to_end(&m, live, &m.try->diags);
	diags_release(&m.try->diags);
	assert_int_equal(get(&m, live, "assets/images/x.jpg", &out, &what), 'N');
	live_close(live);
	unload(&m);
	check_site(&m, 2);
	buf_release(&out);
	demo_end(&m);
}

/* A curator's word, and what it does. */
static void label(struct demo *m, const struct chosen_thread *t, const char *name,
		  const char *note)
{
	const struct label l = { .name = str_of(name), .by = STR("eve"), .at = NOW,
				 .note = str_of(note) };
	struct diags *d = &m->try->diags;
	enum archive_change change;

	assert_int_equal(archive_add_label(m->try->archive, t->row, &l, &change, d), 0);
	assert_int_equal(archive_apply_label(m->try->archive, t->row, &l, d), 0);
}

static struct buf page_of(const struct chosen_thread *t)
{
	struct buf b = BUF_INIT;

	buf_addf(&b, "threads/%.*s/%.*s/index.html", STR_ARG(t->venue), STR_ARG(t->id));
	return b;
}

/* Three of a page: one waits for its day, one had it, one was taken away. */
static void set_apart(struct demo *m, struct buf paths[3])
{
	struct selection s;
	struct diags *d = &m->try->diags;

	load(m);
	assert_int_equal(select_run(&s, m->in.archive, m->rules, &m->config, NOW, d), 0);
	unload(m);
	diags_release(d);
	archive_close(m->try->archive);
	archive_open(&m->try->archive, "archive.db", ARCHIVE_WRITE, d);
	assert_int_equal(archive_begin(m->try->archive, d), 0);
	assert_true(s.pages[0].shown_n >= 3);
	for (size_t i = 0; i < 3; i++) {
		const struct choice *page = &s.pages[0];
		const struct chosen_thread *t =
			&s.threads[page->candidates[page->shown[i]].thread];

		paths[i] = page_of(t);
		if (i < 2)
			label(m, t, i ? "expires" : "embargo", i ? "2026-11-01" : "2027-01-01");
		else
			archive_set_hidden(m->try->archive, t->row, STR_NONE, true, NOW, d);
	}
	assert_int_equal(archive_commit(m->try->archive, d), 0);
	assert_diags(d, "");
	selection_release(&s);
	reopen(m);
}

static void test_beside(void **state)
{
	static const char *const nothing[] = {
		"", "/", ".", "products", "products/", "products/index.html", "index.html/",
		"products/ember-kettle", "products/ember-kettle/", "products/no/index.html",
		"products/ember-kettle/topics/no/index.html", "threads/forum/no/index.html",
		"threads/../index.html", "wrong/0/index.html", "wrong/1/index.html",
		"wrong/2/index.html", "contributors/nobody/index.html", "search/index.html",
		"scenarios/coffee-and-tea/fragment.html", "assets/images/no.png",
		"sitemap-1.xml", "no.txt", "later/index.html/x",
	};
	struct demo m;
	struct live *live;
	struct buf paths[3];

	(void)state;
	demo_begin(&m);
	set_apart(&m, paths);
	try_file("pages/later.md", "---\ntitle: Later\nmenu: 3\ndraft: true\n---\nSoon.\n");
	try_file("pages/about.md", "---\ntitle: Us\ndraft: true\n---\nSoon.\n");
	load(&m);
	build(&m);
	live = open_live(&m);
	assert_int_equal(found(&m, live, paths[0].p, LIVE_EMBARGOED), 'F');
	assert_int_equal(found(&m, live, paths[1].p, LIVE_EXPIRED), 'F');
	assert_int_equal(found(&m, live, paths[2].p, LIVE_PUBLISHED), 'F');
	assert_int_equal(found(&m, live, "later/index.html", LIVE_DRAFT), 'F');
	assert_int_equal(found(&m, live, "about/index.html", LIVE_DRAFT), 'F');
	step_to_end(&m, live, &m.try->diags);
	diags_release(&m.try->diags);
	for (size_t i = 0; i < ARRAY_LEN(nothing); i++)
		if (found(&m, live, nothing[i], LIVE_PUBLISHED) != 'N')
			fail_msg("there is a file '%s'", nothing[i]);
	/* The draft stands before the built-in page, which build publishes. */
	assert_int_equal(unlink("pages/about.md"), 0);
	live_close(live);
	live = open_live(&m);
	step_to_end(&m, live, &m.try->diags);
	diags_release(&m.try->diags);
	assert_int_equal(compare(&m, live, false), 0);
	live_close(live);
	for (size_t i = 0; i < 3; i++)
		buf_release(&paths[i]);
	demo_end(&m);
}

/* One conversation can't be read: the others can, but nothing is said of them all. */
static void test_damage(void **state)
{
	struct demo m;
	struct live *live;
	struct live_file what;
	struct buf out = BUF_INIT;
	struct diags d = DIAGS_INIT;
	struct db *db;
	char *path;
	int more;

	(void)state;
	demo_begin(&m);
	archive_close(m.try->archive);
	m.try->archive = NULL;
	path = fsys_join(m.try->dir, "archive.db");
	assert_int_equal(db_open(&db, path, "archive.db", DB_WRITE, &d), 0);
	free(path);
	assert_int_equal(db_exec(db, "UPDATE thread SET digest = zeroblob(32) WHERE ref = '3119'",
				 &d), 0);
	db_close(db);
	try_file("rules.yaml", "wrong: {share: 0}\n");
	reopen(&m);
	load(&m);
	live = open_live(&m);
	assert_int_equal(found(&m, live, "products/ember-kettle/index.html", LIVE_PUBLISHED),
			 'F');
	assert_int_equal(live_get(live, m.in.archive,
				  STR("threads/forum/3119/index.html"), &out, &what, &d), -1);
	assert_int_equal(what.found, LIVE_NOTHING);
	assert_int_equal(diags_errors(&d), 1);
	while ((more = live_step(live, m.in.archive, &d)) > 0)
		;
	assert_int_equal(more, -1);
	assert_int_equal(live_step(live, m.in.archive, &d), 0);
	assert_int_equal(found(&m, live, "honesty.json", LIVE_PUBLISHED), 'L');
	assert_int_equal(found(&m, live, "index.html", LIVE_PUBLISHED), 'F');
	diags_release(&d);
	buf_release(&out);
	live_close(live);
	demo_end(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_images),
		cmocka_unit_test(test_beside),
		cmocka_unit_test(test_damage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
