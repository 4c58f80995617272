/* What somebody wants removed: its posts, and hiding them. */
#include "archive/handle.h"

#include "base/mem.h"

#include <stdlib.h>

#define THE_THREAD \
	"(SELECT t.id FROM thread AS t, venue AS v WHERE v.slug = ?1 " \
	"AND t.venue_id = v.id AND t.ref = ?2)"

static const char *const posts_of[] = {
	[ARCHIVE_AUTHOR] =
		"SELECT p.id, p.thread_id FROM venue AS v, author AS u, post AS p "
		"WHERE v.slug = ?1 AND u.venue_id = v.id AND u.ref = ?2 "
		"AND p.author_id = u.id ORDER BY p.thread_id, p.id",
	[ARCHIVE_THREAD] = "SELECT id, thread_id FROM post WHERE thread_id = " THE_THREAD
			   " ORDER BY id",
	[ARCHIVE_POST] = "SELECT id, thread_id FROM post WHERE thread_id = " THE_THREAD
			 " AND ref = ?3",
};

static void bind_target(struct query *q, const struct archive_target *what)
{
	query_bind_text(q, what->venue);
	query_bind_text(q, what->id);
	if (what->thing == ARCHIVE_POST)
		query_bind_text(q, what->post);
}

int target_posts(struct archive *a, const struct archive_target *what,
		 struct target_post **out, size_t *n, struct diags *diags)
{
	struct query *q = db_query(a->db, "post", posts_of[what->thing], diags);
	size_t cap = 0;
	int got;

	*out = NULL;
	*n = 0;
	bind_target(q, what);
	while ((got = query_step(q)) == 1) {
		GROW(*out, *n, cap);
		(*out)[*n].row = query_id(q);
		(*out)[*n].thread = query_id(q);
		if (query_failed(q))
			return -1;
		++*n;
	}
	return got;
}

int64_t target_thread(struct archive *a, const struct archive_target *what,
		      struct diags *diags)
{
	static const char sql[] = "SELECT t.id FROM thread AS t, venue AS v "
				  "WHERE v.slug = ? AND t.venue_id = v.id AND t.ref = ?";
	struct query *q = db_query(a->db, "thread", sql, diags);

	query_bind_text(q, what->venue);
	query_bind_text(q, what->id);
	return query_row(q);
}

void archive_forgotten_add(struct archive_forgotten *f, int64_t row)
{
	if (f->rows_n && f->rows[f->rows_n - 1] == row)
		return;
	GROW(f->rows, f->rows_n, f->rows_cap);
	f->rows[f->rows_n++] = row;
}

static int compare_rows(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

void archive_forgotten_sort(struct archive_forgotten *f)
{
	size_t n = 0;

	if (f->rows_n)
		qsort(f->rows, f->rows_n, sizeof(*f->rows), compare_rows);
	for (size_t i = 0; i < f->rows_n; i++)
		if (!n || f->rows[i] != f->rows[n - 1])
			f->rows[n++] = f->rows[i];
	f->rows_n = n;
}

void archive_forgotten_release(struct archive_forgotten *f)
{
	free(f->rows);
	*f = (struct archive_forgotten){ 0 };
}

/* --- Hiding --- */

#define HIDE(table) \
	"UPDATE " table " SET hidden = ?2, withdrawn = CASE WHEN gone THEN withdrawn " \
	"WHEN ?2 THEN ?3 END WHERE id = ?1 AND hidden <> ?2"

static int set_hidden(struct archive *a, const char *sql, int64_t row, bool hide, int64_t now,
		      size_t *count, struct diags *diags)
{
	struct query *q = db_query(a->db, "post", sql, diags);

	query_bind_int(q, row);
	query_bind_int(q, hide);
	query_bind_int(q, now);
	if (query_run(q) < 0)
		return -1;
	*count += (size_t)db_changes(a->db);
	return 0;
}

/* 1: the post is its thread's first, whose title it brought. */
static int is_first(struct archive *a, const struct target_post *post, struct diags *diags)
{
	static const char sql[] =
		"SELECT id FROM post WHERE thread_id = ? ORDER BY created, ref LIMIT 1";
	struct query *q = db_query(a->db, "post", sql, diags);
	int64_t first;

	query_bind_int(q, post->thread);
	first = query_row(q);
	return first < 0 ? -1 : first == post->row;
}

int archive_hide(struct archive *a, struct archive_target *what, bool hide,
		 int64_t now, struct archive_forgotten *out, struct diags *diags)
{
	static const char thread[] = HIDE("thread"), post[] = HIDE("post");
	struct target_post *posts = NULL;
	size_t n = 0;
	int64_t row;
	int status = 0;

	invariant(a->in_write && what->thing != ARCHIVE_NAME);
	what->found = false;
	*out = (struct archive_forgotten){ 0 };
	if (what->thing == ARCHIVE_THREAD) {
		row = target_thread(a, what, diags);
		if (row <= 0)
			return row < 0 ? -1 : 0;
		what->found = true;
		archive_forgotten_add(out, row);
		return set_hidden(a, thread, row, hide, now, &out->threads, diags);
	}
	if (target_posts(a, what, &posts, &n, diags) < 0)
		status = -1;
	what->found = n > 0;
	for (size_t i = 0; i < n && status == 0; i++) {
		int first = is_first(a, &posts[i], diags);

		archive_forgotten_add(out, posts[i].thread);
		if (first < 0 || set_hidden(a, post, posts[i].row, hide, now, &out->posts,
					    diags) < 0)
			status = -1;
		else if (first)
			status = set_hidden(a, thread, posts[i].thread, hide, now,
					    &out->threads, diags);
	}
	free(posts);
	return status;
}
