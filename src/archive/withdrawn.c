/* What was taken away, and since when: for pages and feeds that must say so. */
#include "archive/handle.h"

static int64_t earlier(int64_t x, int64_t y)
{
	if (x == WHEN_NONE || y == WHEN_NONE)
		return x == WHEN_NONE ? y : x;
	return x < y ? x : y;
}

static void take_withdrawn(struct query *q, struct withdrawn_post *p)
{
	int64_t of_thread;

	query_id(q);
	p->thread = query_id(q);
	p->id = query_name(q);
	p->alone = query_bool(q);
	p->since = query_time_or_none(q);
	of_thread = query_time_or_none(q);
	p->since = earlier(p->since, of_thread);
}

int archive_each_withdrawn(struct archive *a,
			   int (*fn)(void *ctx, const struct withdrawn_post *post),
			   void *ctx, struct diags *diags)
{
	/* The index tells which: of the others no row is touched. */
	static const char sql[] =
		"SELECT p.id, p.thread_id, p.ref, p.gone OR p.hidden, p.withdrawn, t.withdrawn "
		"FROM post AS f INDEXED BY post_facts CROSS JOIN thread AS t "
		"ON t.id = f.thread_id CROSS JOIN post AS p ON p.id = f.id "
		"WHERE f.gone OR f.hidden OR t.gone OR t.hidden "
		"ORDER BY f.thread_id, f.created, f.ref";
	struct query *q = db_query(a->db, "post", sql, diags);
	int64_t before = 0;
	int got;

	while ((got = query_step(q)) == 1) {
		struct withdrawn_post post;
		int status;

		take_withdrawn(q, &post);
		if (post.thread < before)
			query_damaged(q, "the row is out of order");
		if (query_failed(q))
			return -1;
		before = post.thread;
		status = fn(ctx, &post);
		if (status) {
			query_end(q);
			return status;
		}
	}
	return got;
}
