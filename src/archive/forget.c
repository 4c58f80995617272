/*
 * Erasure.  First the posts that go are read, so that what they said and who
 * wrote them is known; then they are erased; then every row that is left is looked
 * through for what it has of them (scrub-rows.c).
 */
#include "archive/handle.h"
#include "archive/scrub.h"

#include "base/mem.h"

#include <stdlib.h>

struct forget {
	struct archive *a;
	struct archive_target *targets;
	size_t targets_n;
	struct archive_target *what; /* the one that is being learnt */
	struct archive_forgotten *out;
	struct diags *diags;
	struct scrub *scrub; /* borrowed from the archive */
	struct target_post *posts; /* owned: of all targets; once learnt by thread, each once */
	size_t posts_n, posts_cap;
	struct arena thread; /* of one thread */
	struct arena run;
	struct str *needles; /* owned array: what the log must not hold, folded slugs */
	size_t needles_n, needles_cap;
};

static struct query *query(const struct forget *f, const char *table, const char *sql)
{
	return db_query(f->a->db, table, sql, f->diags);
}

/* Runs SQL for one row and adds what it changed to count, unless that is NULL. */
static int run(const struct forget *f, const char *sql, int64_t row, struct str text,
	       size_t *count)
{
	struct query *q = query(f, "post", sql);

	query_bind_int(q, row);
	if (str_present(text))
		query_bind_text(q, text);
	if (query_run(q) < 0)
		return -1;
	if (count)
		*count += (size_t)db_changes(f->a->db);
	return 0;
}

/* --- Learning --- */

/* A word of the log is compared by its slug. */
static void add_needle(struct forget *f, struct str text)
{
	struct buf slug = BUF_INIT;
	bool letters = false;

	buf_addslug(&slug, text, text.n);
	for (size_t i = 0; i < slug.n; i++)
		letters |= slug.p[i] >= 'a' && slug.p[i] <= 'z';
	if (letters && slug.n >= 3) {
		GROW(f->needles, f->needles_n, f->needles_cap);
		f->needles[f->needles_n++] = arena_str(&f->run, buf_str(&slug));
	}
	buf_release(&slug);
}

/* What is asked of a post that goes. */
struct victim {
	struct str id, body, thread, title, venue;
	enum body_format format;
	struct author author;
	bool has_author, first;
};

static int read_victim(struct forget *f, int64_t row, struct victim *v)
{
	static const char sql[] =
		"SELECT p.id, p.ref, p.format, p.body, t.ref, t.title, v.slug, p.id = "
		"(SELECT id FROM post WHERE thread_id = t.id ORDER BY created, ref LIMIT 1), "
		"u.ref, u.name FROM post AS p JOIN thread AS t ON t.id = p.thread_id "
		"JOIN venue AS v ON v.id = t.venue_id LEFT JOIN author AS u "
		"ON u.id = p.author_id WHERE p.id = ?";
	struct query *q = query(f, "post", sql);

	query_bind_int(q, row);
	if (query_step(q) != 1)
		return -1;
	query_id(q);
	v->id = arena_str(&f->thread, query_name(q));
	v->format = (enum body_format)query_enum(q, body_format_names);
	v->body = arena_str(&f->thread, query_text(q));
	v->thread = arena_str(&f->thread, query_name(q));
	v->title = arena_str(&f->thread, query_text(q));
	v->venue = arena_str(&f->thread, query_name(q));
	v->first = query_bool(q);
	v->author.id = arena_str(&f->thread, query_optional(q));
	v->has_author = str_present(v->author.id);
	if (v->has_author)
		v->author.name = arena_str(&f->thread, query_text(q));
	if (query_failed(q))
		return -1;
	query_end(q);
	return 0;
}

static int learn_victim(struct forget *f, const struct victim *v)
{
	if (scrub_enter(f->scrub, v->venue, v->thread, f->diags) < 0 ||
	    scrub_learn_post(f->scrub, v->format, v->body, f->diags) < 0 ||
	    tombstone_add(f->a, TOMBSTONE_POST, v->venue, v->thread, v->id, f->diags) < 0)
		return -1;
	if (f->what->thing == ARCHIVE_AUTHOR && v->has_author &&
	    scrub_learn_author(f->scrub, &v->author, f->diags) < 0)
		return -1;
	if (!v->first)
		return 0;
	add_needle(f, v->title);
	return scrub_learn_title(f->scrub, v->title, f->diags);
}

/* An account may have a name here, and no post. */
static int learn_account(struct forget *f)
{
	static const char sql[] = "SELECT u.id, u.name FROM author AS u, venue AS v "
				  "WHERE v.slug = ? AND u.venue_id = v.id AND u.ref = ?";
	struct query *q = query(f, "author", sql);
	struct author author = { .id = f->what->id, .name = STR("") };
	int got;

	query_bind_text(q, f->what->venue);
	query_bind_text(q, f->what->id);
	got = query_step(q);
	if (got < 0)
		return -1;
	if (got) {
		f->what->found = true;
		query_id(q);
		author.name = arena_str(&f->run, query_text(q));
		if (query_failed(q))
			return -1;
		query_end(q);
	}
	add_needle(f, author.id);
	add_needle(f, author.name);
	if (scrub_enter(f->scrub, f->what->venue, STR(""), f->diags) < 0)
		return -1;
	return scrub_learn_author(f->scrub, &author, f->diags);
}

/* All that can be known of a name is the name. */
static int learn_name(struct forget *f)
{
	add_needle(f, f->what->id);
	if (scrub_enter(f->scrub, STR(""), STR(""), f->diags) < 0)
		return -1;
	return scrub_learn_name(f->scrub, f->what->id, f->diags);
}

/* The target's posts, added to all. */
static int find_posts(struct forget *f)
{
	struct target_post *posts;
	size_t n;
	int status = target_posts(f->a, f->what, &posts, &n, f->diags);

	for (size_t i = 0; i < n; i++) {
		GROW(f->posts, f->posts_n, f->posts_cap);
		f->posts[f->posts_n++] = posts[i];
	}
	f->what->found |= n > 0;
	free(posts);
	return status;
}

static int learn(struct forget *f)
{
	const struct archive_target *w = f->what;
	size_t from = f->posts_n;

	if (w->thing == ARCHIVE_NAME)
		return learn_name(f);
	if (tombstone_add(f->a, (enum tombstone_kind)w->thing, w->venue, w->id, w->post,
			  f->diags) < 0 || find_posts(f) < 0)
		return -1;
	if (w->thing == ARCHIVE_AUTHOR && learn_account(f) < 0)
		return -1;
	if (w->thing == ARCHIVE_THREAD)
		add_needle(f, w->id);
	for (size_t i = from; i < f->posts_n; i++) {
		struct victim v = { 0 };

		arena_reset(&f->thread);
		if (read_victim(f, f->posts[i].row, &v) < 0 || learn_victim(f, &v) < 0)
			return -1;
	}
	return 0;
}

static int compare_posts(const void *a, const void *b)
{
	const struct target_post *x = a, *y = b;

	if (x->thread != y->thread)
		return x->thread < y->thread ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

static int learn_all(struct forget *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->targets_n; i++) {
		f->what = &f->targets[i];
		f->what->found = false;
		if (learn(f) < 0)
			return -1;
	}
	if (f->posts_n)
		qsort(f->posts, f->posts_n, sizeof(*f->posts), compare_posts);
	for (size_t i = 0; i < f->posts_n; i++)
		if (!n || f->posts[i].row != f->posts[n - 1].row)
			f->posts[n++] = f->posts[i];
	f->posts_n = n;
	return 0;
}

/* --- Erasing --- */

static int erase_post(struct forget *f, const struct target_post *post)
{
	static const char id[] = "SELECT id, ref FROM post WHERE id = ?";
	static const char labels[] = "DELETE FROM label WHERE thread_id = ? AND post = ?";
	static const char parents[] =
		"UPDATE post SET parent = NULL WHERE thread_id = ? AND parent = ?";
	static const char solved[] =
		"UPDATE thread SET solved_by = NULL WHERE id = ? AND solved_by = ?";
	static const char row[] = "DELETE FROM post WHERE id = ?";
	struct query *q = query(f, "post", id);
	struct str ref;

	arena_reset(&f->thread);
	query_bind_int(q, post->row);
	if (query_step(q) != 1)
		return -1;
	query_id(q);
	ref = arena_str(&f->thread, query_name(q));
	if (query_failed(q))
		return -1;
	query_end(q);
	archive_forgotten_add(f->out, post->thread);
	return run(f, labels, post->thread, ref, &f->out->labels) < 0 ||
			       run(f, parents, post->thread, ref, NULL) < 0 ||
			       run(f, solved, post->thread, ref, NULL) < 0
		       ? -1
		       : run(f, row, post->row, STR_NONE, &f->out->posts);
}

static int erase_thread(struct forget *f, int64_t row)
{
	static const char labels[] = "DELETE FROM label WHERE thread_id = ?";
	static const char head[] = "DELETE FROM thread WHERE id = ?";

	archive_forgotten_add(f->out, row);
	return run(f, labels, row, STR_NONE, &f->out->labels) < 0
		       ? -1
		       : run(f, head, row, STR_NONE, &f->out->threads);
}

/* A thread without posts is nobody's any more. */
static int erase_if_empty(struct forget *f, int64_t row)
{
	static const char sql[] = "SELECT id FROM post WHERE thread_id = ? LIMIT 1";
	struct query *q = query(f, "post", sql);
	int64_t any;

	query_bind_int(q, row);
	any = query_row(q);
	return any ? (any < 0 ? -1 : 0) : erase_thread(f, row);
}

/* A thread may have had no posts. */
static int erase_target(struct forget *f, struct archive_target *t)
{
	int64_t row = target_thread(f->a, t, f->diags);

	t->found |= row > 0;
	return row < 0 || (row && erase_thread(f, row) < 0) ? -1 : 0;
}

static int erase_all(struct forget *f)
{
	static const char authors[] = "DELETE FROM author WHERE NOT EXISTS "
				      "(SELECT 1 FROM post WHERE author_id = author.id)";
	struct query *q;

	for (size_t i = 0; i < f->posts_n; i++)
		if (erase_post(f, &f->posts[i]) < 0)
			return -1;
	for (size_t i = 0; i < f->posts_n; i++)
		if ((!i || f->posts[i].thread != f->posts[i - 1].thread) &&
		    erase_if_empty(f, f->posts[i].thread) < 0)
			return -1;
	for (size_t i = 0; i < f->targets_n; i++)
		if (f->targets[i].thing == ARCHIVE_THREAD &&
		    erase_target(f, &f->targets[i]) < 0)
			return -1;
	q = query(f, "author", authors);
	if (query_run(q) < 0)
		return -1;
	f->out->authors = (size_t)db_changes(f->a->db);
	return 0;
}

/* --- The log --- */

/* Whether a needle stands in the slug as whole words. */
static bool holds_needle(const struct forget *f, struct str slug)
{
	for (size_t i = 0; i < f->needles_n; i++) {
		struct str needle = f->needles[i], rest = slug;

		while (rest.n) {
			size_t at = str_find(rest, needle), end = at + needle.n;

			if (at == rest.n)
				break;
			if ((at == 0 || rest.p[at - 1] == '-') &&
			    (end == rest.n || rest.p[end] == '-'))
				return true;
			at += str_index(str_slice(rest, at, rest.n), '-');
			rest = str_slice(rest, at + 1, rest.n);
		}
	}
	return false;
}

/* A file may be called by whom or what it holds. */
static int scrub_log(struct forget *f)
{
	static const char next[] = "SELECT id, command || ' ' || source || ' ' || result "
				   "FROM import_run WHERE id > ? ORDER BY id LIMIT 1";
	static const char sql[] = "UPDATE import_run SET source = '" SCRUB_MARK "' WHERE id = ?";
	struct buf slug = BUF_INIT;
	int64_t last = 0;
	int got;

	for (;;) {
		struct query *q = query(f, "import_run", next);
		struct str text;

		query_bind_int(q, last);
		got = query_step(q);
		if (got != 1)
			break;
		last = query_id(q);
		text = query_text(q);
		buf_reset(&slug);
		buf_addslug(&slug, text, text.n);
		got = query_failed(q) ? -1 : 0;
		query_end(q);
		if (got < 0 || (holds_needle(f, buf_str(&slug)) &&
				run(f, sql, last, STR_NONE, NULL) < 0)) {
			got = -1;
			break;
		}
	}
	buf_release(&slug);
	return got;
}

/* --- All of it --- */

int archive_forget(struct archive *a, struct archive_target *targets, size_t n,
		   struct archive_forgotten *out, struct diags *diags)
{
	struct forget f = { .a = a, .targets = targets, .targets_n = n, .out = out,
			    .diags = diags };
	int status = -1;

	invariant(a->in_write);
	*out = (struct archive_forgotten){ 0 };
	/* What an earlier one counted and had at hand is over. */
	archive_scrub_drop(a);
	f.scrub = archive_scrub(a);
	scrub_ask(f.scrub);
	if (learn_all(&f) == 0 && erase_all(&f) == 0 && scrub_rows(f.scrub, a, out, diags) == 0)
		status = scrub_log(&f);
	out->quotations = scrub_counts(f.scrub)->quotations;
	out->names = scrub_counts(f.scrub)->names;
	for (size_t i = 0; i < n; i++)
		targets[i].found |= targets[i].thing == ARCHIVE_NAME && out->names;
	archive_forgotten_sort(out);
	a->erased |= out->rows_n || out->authors;
	free(f.posts);
	free(f.needles);
	arena_release(&f.thread);
	arena_release(&f.run);
	return status;
}

int archive_compact(struct archive *a, struct diags *diags)
{
	invariant(!a->in_write);
	if (db_exec(a->db, "DROP TABLE IF EXISTS sqlite_stat1;"
			   "DROP TABLE IF EXISTS sqlite_stat4", diags) < 0 ||
	    db_vacuum(a->db, diags) < 0)
		return -1;
	a->erased = false;
	return archive_read_counter(a, diags);
}

bool archive_wants_compacting(const struct archive *a)
{
	return a->erased;
}
