/* Where things stand at their venue: their addresses, and hiding what isn't there. */
#include "archive/handle.h"

#include "base/mem.h"

/* The row before, for the order of thread, created, post. */
struct before {
	int64_t thread, created;
	struct buf post; /* owned */
};

static bool in_order(const struct before *b, const struct archive_origin *o, int64_t created)
{
	if (o->thread != b->thread)
		return o->thread > b->thread;
	if (created != b->created)
		return created > b->created;
	return str_cmp(o->post, buf_str(&b->post)) > 0;
}

static void take_origin(struct query *q, struct before *before, struct archive_origin *o)
{
	int64_t created;

	query_id(q);
	o->thread = query_id(q);
	created = query_time(q);
	o->venue = query_text(q);
	o->id = query_name(q);
	o->post = query_optional(q);
	o->url = query_name(q);
	o->hidden = query_bool(q);
	if (!in_order(before, o, created))
		query_damaged(q, "the row is out of order");
	before->thread = o->thread;
	before->created = created;
	buf_reset(&before->post);
	buf_addstr(&before->post, o->post);
}

static int scan_origins(struct archive *a, const char *table, const char *sql,
			int (*fn)(void *ctx, const struct archive_origin *origin),
			void *ctx, struct diags *diags)
{
	struct before before = { 0, 0, BUF_INIT };
	struct query *q = db_query(a->db, table, sql, diags);
	int got;

	while ((got = query_step(q)) == 1) {
		struct archive_origin o;

		take_origin(q, &before, &o);
		got = query_failed(q) ? -1 : fn(ctx, &o);
		if (got) {
			query_end(q);
			break;
		}
	}
	buf_release(&before.post);
	return got;
}

int archive_each_origin(struct archive *a,
			int (*fn)(void *ctx, const struct archive_origin *origin),
			void *ctx, struct diags *diags)
{
	static const char threads[] =
		"SELECT t.id, t.id, t.created, v.slug, t.ref, NULL, t.url, t.hidden FROM thread AS t "
		"CROSS JOIN venue AS v ON v.id = t.venue_id WHERE t.gone = 0 ORDER BY t.id";
	static const char posts[] =
		"SELECT p.id, p.thread_id, f.created, v.slug, t.ref, p.ref, p.url, p.hidden "
		"FROM thread AS t CROSS JOIN venue AS v ON v.id = t.venue_id "
		"CROSS JOIN post AS f INDEXED BY post_facts ON f.thread_id = t.id "
		"CROSS JOIN post AS p ON p.id = f.id "
		"WHERE t.gone = 0 AND t.hidden = 0 AND f.gone = 0 AND p.url IS NOT NULL "
		"ORDER BY t.id, f.created, f.ref";
	int status = scan_origins(a, "thread", threads, fn, ctx, diags);

	return status ? status : scan_origins(a, "post", posts, fn, ctx, diags);
}

int archive_label_stands(struct archive *a, int64_t thread, struct str post,
			 struct str name, struct diags *diags)
{
	static const char sql[] =
		"SELECT id, name = ?3 FROM label WHERE thread_id = ?1 AND post IS ?2 "
		"AND (name = ?3 OR name = 'not-' || ?3) ORDER BY at DESC, name DESC LIMIT 1";
	struct query *q = db_query(a->db, "label", sql, diags);
	bool stands;
	int got;

	query_bind_int(q, thread);
	query_bind_optional(q, post);
	query_bind_text(q, name);
	got = query_step(q);
	if (got != 1)
		return got;
	query_id(q);
	stands = query_bool(q);
	if (query_failed(q))
		return -1;
	query_end(q);
	return stands;
}

#define HIDE(table, which) \
	"UPDATE " table " SET hidden = ?2, withdrawn = CASE WHEN gone THEN withdrawn " \
	"WHEN ?2 THEN ?3 END WHERE " which " AND hidden <> ?2"

int archive_set_hidden(struct archive *a, int64_t thread, struct str post, bool hidden,
		       int64_t now, struct diags *diags)
{
	static const char whole[] = HIDE("thread", "id = ?1");
	static const char one[] = HIDE("post", "thread_id = ?1 AND ref = ?4");
	struct query *q = db_query(a->db, str_present(post) ? "post" : "thread",
				   str_present(post) ? one : whole, diags);

	invariant(a->in_write);
	query_bind_int(q, thread);
	query_bind_int(q, hidden);
	query_bind_int(q, now);
	if (str_present(post))
		query_bind_text(q, post);
	return query_run(q);
}
