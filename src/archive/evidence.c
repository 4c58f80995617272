/*
 * Evidence in and out, and which posts were looked at for it.  What counts as
 * evidence is the layer evidence's.
 */
#include "archive/handle.h"

#include "base/mem.h"

#include <stdlib.h>

/* --- Reading --- */

int archive_each_look(struct archive *a,
		      int (*fn)(void *ctx, const struct post_look *look), void *ctx,
		      struct diags *diags)
{
	static const char sql[] =
		"SELECT id, thread_id, author_id, created, ref, parent, looked "
		"FROM post INDEXED BY post_facts ORDER BY thread_id, created, ref";
	struct query *q = db_query(a->db, "post", sql, diags);
	struct post_look before = { .created = INT64_MIN };
	int got;

	while ((got = query_step(q)) == 1) {
		struct post_look look;
		int status;

		look.row = query_id(q);
		look.thread = query_id(q);
		look.author = query_id_or_zero(q);
		look.created = query_time(q);
		look.id = query_name(q);
		look.parent = query_optional(q);
		look.looked = query_int_or(q, 0);
		if (look.thread < before.thread ||
		    (look.thread == before.thread && look.created < before.created))
			query_damaged(q, "the index post_facts is out of order");
		if (query_failed(q))
			return -1;
		before = look;
		status = fn(ctx, &look);
		if (status) {
			query_end(q);
			return status;
		}
	}
	return got;
}

#define FOUND "e.kind, ifnull(e.grade, 'none'), e.start, e.stop, e.pattern"

/* The columns FOUND; the pattern's name is borrowed from the row. */
static void take_finding(struct query *q, struct finding *f)
{
	int64_t start, stop;

	f->kind = (enum evidence_kind)query_enum(q, evidence_kind_names);
	f->grade = (enum evidence_grade)query_enum(q, evidence_grade_names);
	start = query_int(q);
	stop = query_int(q);
	f->pattern = query_name(q);
	if (start < 0 || stop <= start || stop > DB_LENGTH_MAX)
		query_damaged(q, "'start' and 'stop' are no range of bytes");
	if ((f->kind == KIND_ADMISSION) != (f->grade != GRADE_NONE))
		query_damaged(q, "an admission has a grade, and nothing else has");
	f->start = (size_t)start;
	f->stop = (size_t)stop;
}

int archive_each_evidence(struct archive *a,
			  int (*fn)(void *ctx, const struct evidence_facts *evidence),
			  void *ctx, struct diags *diags)
{
	/* Sorted afterwards: there is little evidence, and there are many posts. */
	static const char sql[] =
		"SELECT e.id, " FOUND ", p.thread_id, p.author_id, p.created, p.ref, p.gone, "
		"p.hidden FROM evidence AS e CROSS JOIN post AS p ON p.id = e.post_id "
		"ORDER BY p.thread_id, p.created, p.ref, e.start, e.id";
	struct query *q = db_query(a->db, "evidence", sql, diags);
	int got;

	while ((got = query_step(q)) == 1) {
		struct evidence_facts e;
		int status;

		query_id(q);
		take_finding(q, &e.found);
		e.thread = query_id(q);
		e.author = query_id_or_zero(q);
		e.created = query_time(q);
		e.post = query_name(q);
		e.gone = query_bool(q);
		e.hidden = query_bool(q);
		if (query_failed(q))
			return -1;
		status = fn(ctx, &e);
		if (status) {
			query_end(q);
			return status;
		}
	}
	return got;
}

/* Adds what was found in one post to items. */
static int read_findings(struct archive *a, const struct post *post, struct arena *arena,
			 struct evidence **items, size_t *n, size_t *cap,
			 struct diags *diags)
{
	static const char sql[] = "SELECT e.id, " FOUND " FROM evidence AS e "
				  "WHERE e.post_id = ? ORDER BY e.start, e.id";
	struct query *q = db_query(a->db, "evidence", sql, diags);
	int got;

	query_bind_int(q, post->row);
	while ((got = query_step(q)) == 1) {
		struct evidence *e;

		GROW(*items, *n, *cap);
		e = &(*items)[*n];
		e->row = query_id(q);
		e->post = post;
		take_finding(q, &e->found);
		if (e->found.stop > post->body.n)
			query_damaged(q, "'stop' is beyond the body of its post");
		if (query_failed(q))
			return -1;
		e->found.pattern = arena_str(arena, e->found.pattern);
		++*n;
	}
	return got;
}

int archive_evidence(struct archive *a, const struct thread *t, struct arena *arena,
		     struct evidence **out, size_t *n, struct diags *diags)
{
	struct evidence *items = NULL;
	size_t cap = 0;
	int status = 0;

	*n = 0;
	for (size_t i = 0; i < t->posts_n && !status; i++)
		status = read_findings(a, &t->posts[i], arena, &items, n, &cap, diags);
	*out = arena_memdup(arena, items, *n * sizeof(*items));
	free(items);
	return status;
}

/* --- Writing --- */

static int insert(struct archive *a, int64_t post, const struct finding *f,
		  struct diags *diags)
{
	static const char sql[] =
		"INSERT INTO evidence (post_id, kind, grade, start, stop, pattern) "
		"VALUES (?, ?, ?, ?, ?, ?)";
	struct query *q = db_query(a->db, "evidence", sql, diags);

	invariant(f->start < f->stop);
	invariant((f->kind == KIND_ADMISSION) == (f->grade != GRADE_NONE));
	query_bind_int(q, post);
	query_bind_text(q, str_of(evidence_kind_names[f->kind]));
	query_bind_optional(q, f->grade ? str_of(evidence_grade_names[f->grade]) : STR_NONE);
	query_bind_int(q, (int64_t)f->start);
	query_bind_int(q, (int64_t)f->stop);
	query_bind_text(q, f->pattern);
	return query_run(q);
}

int archive_put_findings(struct archive *a, int64_t post, int64_t looked,
			 const struct finding *findings, size_t n, struct diags *diags)
{
	static const char forget[] = "DELETE FROM evidence WHERE post_id = ?";
	static const char note[] = "UPDATE post SET looked = ?2 WHERE id = ?1";
	struct query *q = db_query(a->db, "evidence", forget, diags);

	invariant(a->in_write && looked);
	query_bind_int(q, post);
	if (query_run(q) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (insert(a, post, &findings[i], diags) < 0)
			return -1;
	q = db_query(a->db, "post", note, diags);
	query_bind_int(q, post);
	query_bind_int(q, looked);
	return query_run(q);
}
