/*
 * The small columns of every post, from an index that holds them all: the
 * choice looks at each post of the archive, and never at a body.  And how many there are.
 */
#include "archive/handle.h"

/* Threads and the index of posts are read side by side, both by thread row. */
struct facts_scan {
	struct query *threads;
	const struct venue *venues;
	size_t venues_n;
	int64_t thread;            /* row at which threads stands */
	const struct venue *venue; /* its venue */
	struct post_facts last;    /* id points into last_id */
	struct buf last_id;
	/* the last ground that was found, and for what */
	const struct venue *ground_venue;
	struct buf ground_licence;
	enum ground ground;
};

/* Moves threads on to row; 0 when it isn't there. */
static int seek_thread(struct facts_scan *s, int64_t row)
{
	while (s->thread < row) {
		int got = query_step(s->threads);

		if (got != 1)
			return got;
		s->thread = query_id(s->threads);
		s->venue = venue_of_row(s->venues, s->venues_n, query_id(s->threads));
		if (!s->venue)
			query_damaged(s->threads, "there is no such venue");
		if (query_failed(s->threads))
			return -1;
	}
	return s->thread == row;
}

/* Neighbours mostly have the same licence. */
static enum ground find_ground(struct facts_scan *s, struct str licence,
			       struct str permission)
{
	if (permission.n)
		return post_ground(s->venue, licence, permission);
	if (s->ground_venue != s->venue || !str_eq(licence, buf_str(&s->ground_licence))) {
		s->ground_venue = s->venue;
		buf_reset(&s->ground_licence);
		buf_addstr(&s->ground_licence, licence);
		s->ground = post_ground(s->venue, licence, STR_NONE);
	}
	return s->ground;
}

static bool in_order(const struct post_facts *a, const struct post_facts *b)
{
	if (a->thread != b->thread)
		return a->thread < b->thread;
	if (a->created != b->created)
		return a->created < b->created;
	return str_cmp(a->id, b->id) < 0;
}

static int take_facts(struct facts_scan *s, struct query *q, struct post_facts *p)
{
	struct str licence, permission;
	int64_t row = query_id(q);
	int found;

	p->thread = query_id(q);
	p->created = query_time(q);
	p->id = query_name(q);
	p->author = query_id_or_zero(q);
	p->score = query_int(q);
	p->gone = query_bool(q);
	p->hidden = query_bool(q);
	licence = query_optional(q);
	permission = query_optional(q);
	if (row && !in_order(&s->last, p))
		query_damaged(q, "the index post_facts is out of order");
	if (query_failed(q))
		return -1;
	found = seek_thread(s, p->thread);
	if (found == 0)
		query_damaged(q, "there is no thread %lld", (long long)p->thread);
	if (found != 1)
		return -1;
	p->ground = find_ground(s, licence, permission);
	s->last = *p;
	buf_reset(&s->last_id);
	buf_addstr(&s->last_id, p->id);
	s->last.id = buf_str(&s->last_id);
	return 0;
}

static int scan_facts(struct archive *a, struct facts_scan *s,
		      int (*fn)(void *ctx, const struct post_facts *post), void *ctx,
		      struct diags *diags)
{
	static const char threads[] = "SELECT id, venue_id FROM thread ORDER BY id";
	static const char posts[] =
		"SELECT id, thread_id, created, ref, author_id, score, gone, hidden, "
		"licence, permission FROM post INDEXED BY post_facts "
		"ORDER BY thread_id, created, ref";
	struct query *q = db_query(a->db, "post", posts, diags);
	int got;

	s->threads = db_query(a->db, "thread", threads, diags);
	while ((got = query_step(q)) == 1) {
		struct post_facts p;
		int status = take_facts(s, q, &p);

		if (!status)
			status = fn(ctx, &p);
		if (status) {
			query_end(q);
			got = status;
			break;
		}
	}
	query_end(s->threads);
	return got;
}

int archive_each_post(struct archive *a,
		      int (*fn)(void *ctx, const struct post_facts *post), void *ctx,
		      struct diags *diags)
{
	struct arena arena = ARENA_INIT;
	struct facts_scan s = { .last_id = BUF_INIT, .ground_licence = BUF_INIT };
	struct venue *venues;
	int status = archive_venues(a, &arena, &venues, &s.venues_n, diags);

	s.venues = venues;
	if (!status)
		status = scan_facts(a, &s, fn, ctx, diags);
	buf_release(&s.last_id);
	buf_release(&s.ground_licence);
	arena_release(&arena);
	return status;
}

static uint64_t count(struct archive *a, const char *table, const char *sql)
{
	struct diags unsaid = DIAGS_INIT;
	struct query *q = db_query(a->db, table, sql, &unsaid);
	int64_t n = query_step(q) == 1 ? query_int_or(q, 0) : 0;

	query_end(q);
	diags_release(&unsaid);
	return n > 0 ? (uint64_t)n : 0;
}

uint64_t archive_count_threads(struct archive *a)
{
	return count(a, "thread", "SELECT count(*) FROM thread");
}

uint64_t archive_count_posts(struct archive *a)
{
	return count(a, "post", "SELECT count(*) FROM post");
}
