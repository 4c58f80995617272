#ifndef TESTS_SELECT_SITE_H
#define TESTS_SELECT_SITE_H

/*
 * A site whose archive is made thread by thread in a temporary folder, and what
 * is chosen from it.  The products are 'kettle' and 'oven', the venues 'forum',
 * which is the company's own, and 'tracker'.
 */
#include "select/select.h"

#include "said.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#define CONFIG \
	"company: Acme\ntitle: Open\nurl: https://a.example/\ncontact: mailto:a@a.example\n"
#define DANA "contributors: [{name: Dana, accounts: {forum: dana}}]\n"
/* 2026-11-22T10:00:00Z */
enum { NOW = 1795341600, DAY = WHEN_DAY };

struct site {
	char dir[32];
	char *path;
	struct archive *archive;
	struct arena arena;
	struct venue forum, tracker;
	struct config config;
	struct rules *rules;
	struct selection selection;
	struct diags diags;
	int result;
};

/* --- Making an archive --- */

static const struct author dana = { .id = { "dana", 4 }, .name = { "Dana", 4 } };
static const struct author ann = { .id = { "ann", 3 }, .name = { "Ann", 3 } };
static const struct author bob = { .id = { "bob", 3 }, .name = { "Bob", 3 } };

static inline void put_product(struct site *s, const char *slug)
{
	struct product p = { .slug = str_of(slug), .name = str_of(slug),
			     .url = STR("https://a.example/p") };
	enum archive_change change;

	assert_int_equal(archive_put_product(s->archive, &p, &change, &s->diags), 0);
}

static inline void site_open(struct site *s)
{
	enum archive_change change;

	*s = (struct site){ .dir = "/tmp/candor-run-XXXXXX", .arena = ARENA_INIT,
			    .diags = DIAGS_INIT };
	assert_non_null(mkdtemp(s->dir));
	assert_true(asprintf(&s->path, "%s/archive.db", s->dir) > 0);
	assert_int_equal(archive_open(&s->archive, s->path, ARCHIVE_CREATE, &s->diags), 0);
	assert_int_equal(archive_begin(s->archive, &s->diags), 0);
	s->forum = (struct venue){ .slug = STR("forum"), .name = STR("Forum"),
				   .url = STR("https://forum.example/"), .own = true };
	s->tracker = (struct venue){ .slug = STR("tracker"), .name = STR("Tracker"),
				     .url = STR("https://tracker.example/") };
	archive_put_venue(s->archive, &s->forum, &change, &s->diags);
	archive_put_venue(s->archive, &s->tracker, &change, &s->diags);
	put_product(s, "kettle");
	put_product(s, "oven");
}

static inline void site_close(struct site *s)
{
	selection_release(&s->selection);
	rules_free(s->rules);
	config_release(&s->config);
	archive_close(s->archive);
	arena_release(&s->arena);
	diags_release(&s->diags);
	unlink(s->path);
	rmdir(s->dir);
	free(s->path);
}

/* A thread about the kettle: Ann asks, Dana answers `days` days ago. */
struct made {
	struct thread t;
	struct post posts[4];
	struct label labels[4];
	struct str products[2];
	struct str tags[2];
};

static inline struct made *made(struct site *s, const char *id, int days)
{
	struct made *m = arena_new(&s->arena, struct made);
	int64_t at = NOW - (int64_t)days * DAY;

	m->posts[0] = (struct post){ .id = STR("1"), .author = &ann, .created = at - 60,
				     .edited = WHEN_NONE, .withdrawn = WHEN_NONE, .fetched = WHEN_NONE,
				     .format = BODY_TEXT, .body = STR("It leaks.") };
	m->posts[1] = (struct post){ .id = STR("2"), .author = &dana, .created = at,
				     .edited = WHEN_NONE, .withdrawn = WHEN_NONE, .fetched = WHEN_NONE,
				     .format = BODY_MARKDOWN,
				     .body = STR("> It leaks.\n\nWe were *wrong*\nabout it.") };
	m->products[0] = STR("kettle");
	m->t = (struct thread){
		.venue = &s->forum, .id = str_of(id), .title = STR("A thread"),
		.url = arena_printf(&s->arena, "https://forum.example/t/%s", id),
		.created = at - 60, .updated = WHEN_NONE, .views = NUMBER_NONE,
		.withdrawn = WHEN_NONE, .embargo = WHEN_NONE, .expires = WHEN_NONE, .products = m->products,
		.products_n = 1, .posts = m->posts, .posts_n = 2, .labels = m->labels,
		.tags = m->tags,
	};
	return m;
}

static inline struct label *add_label(struct made *m, const char *name)
{
	struct label *l = &m->labels[m->t.labels_n];

	/* Each later than the one before. */
	*l = (struct label){ .name = str_of(name), .by = STR("curator"),
			     .at = NOW - 1000 + (int64_t)m->t.labels_n };
	m->t.labels_n++;
	return l;
}

static inline void say_wrong(struct made *m)
{
	struct label *l = add_label(m, "wrong");

	l->post = STR("2");
	l->quote = STR("We were wrong about it.");
}

static inline void put(struct site *s, struct made *m)
{
	struct archive_put how = { .complete = true };
	enum archive_change change;

	thread_sort(&m->t);
	if (archive_put_thread(s->archive, &m->t, &how, &change, &s->diags) < 0)
		fail_msg("%s", s->diags.items[0].message);
}

static inline void put_threads(struct site *s, const char *prefix, int n, bool wrong)
{
	for (int i = 0; i < n; i++) {
		struct made *m = made(s, arena_printf(&s->arena, "%s%d", prefix, i).p, i);

		if (wrong)
			say_wrong(m);
		put(s, m);
	}
}

/* --- Choosing from it --- */

static inline void load_config(struct site *s, const char *text)
{
	char *path;
	FILE *f;

	assert_true(asprintf(&path, "%s/candor.yaml", s->dir) > 0);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(config_load(&s->config, path, &s->diags), 0);
	unlink(path);
	free(path);
}

static inline int rules_from(struct site *s, const char *text)
{
	char *path;
	FILE *f;
	int result;

	assert_true(asprintf(&path, "%s/rules.yaml", s->dir) > 0);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
	result = rules_load(&s->rules, path, &s->diags);
	unlink(path);
	free(path);
	return result;
}

static inline void run_with(struct site *s, const char *config, const char *rules)
{
	assert_int_equal(archive_commit(s->archive, &s->diags), 0);
	archive_close(s->archive);
	assert_int_equal(archive_open(&s->archive, s->path, ARCHIVE_READ, &s->diags), 0);
	load_config(s, config);
	assert_int_equal(rules_from(s, rules), 0);
	s->result = select_run(&s->selection, s->archive, s->rules, &s->config, NOW,
			       &s->diags);
}

static inline void run(struct site *s, const char *rules)
{
	run_with(s, CONFIG DANA, rules);
	assert_int_equal(s->result, 0);
}

/* The page of a product, else of a scenario. */
static inline const struct choice *page(const struct site *s, const char *slug)
{
	for (size_t i = 0; i < s->selection.pages_n + s->selection.scenarios_n; i++)
		if (str_is(s->selection.pages[i].slug, slug))
			return &s->selection.pages[i];
	fail_msg("no page of %s", slug);
	return NULL;
}

/* "a:shown@1 b:limit:3" by rank: id, reason, position or line. */
static inline void assert_page(const struct site *s, const char *slug,
			       const char *expected)
{
	const struct choice *c = page(s, slug);
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < c->candidates_n; i++) {
		const struct candidate *k = &c->candidates[i];

		buf_addf(&b, "%s%.*s:%s", i ? " " : "",
			 STR_ARG(s->selection.threads[k->thread].id),
			 reason_names[k->reason]);
		if (k->position)
			buf_addf(&b, "@%u", (unsigned)k->position);
		if (k->rule)
			buf_addf(&b, ":%u", k->rule);
		if (k->position)
			assert_int_equal(c->shown[k->position - 1], i);
	}
	assert_string_equal(b.p, expected);
	buf_release(&b);
}

static inline void assert_said(const struct site *s, const char *expected)
{
	struct buf b = BUF_INIT;

	said(&b, &s->diags);
	assert_string_equal(b.p, expected);
	buf_release(&b);
}

static inline const struct chosen_thread *thread(const struct site *s, const char *id)
{
	for (size_t i = 0; i < s->selection.threads_n; i++)
		if (str_is(s->selection.threads[i].id, id))
			return &s->selection.threads[i];
	return NULL;
}

#define EASY "wrong: {share: 0}\n"

#endif
