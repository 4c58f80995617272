/* Erasure, and what keeps the erased from coming back. */
#include "archive/handle.h"

#include "base/mem.h"

static const char *const thing_names[] = {
	[ARCHIVE_AUTHOR] = "author",
	[ARCHIVE_THREAD] = "thread",
	[ARCHIVE_POST] = "post",
};

int tombstones_load(struct archive *a, struct diags *diags)
{
	static const char sql[] =
		"SELECT id, key, EXISTS (SELECT 1 FROM tombstone) FROM tombstone_key";
	struct query *q = db_query(a->db, "tombstone_key", sql, diags);
	const unsigned char *key;
	int got = query_step(q);

	if (got == 0)
		return diag_add(diags, DIAG_ARCHIVE_DAMAGED, db_place(a->db),
				"the key of the tombstones is missing");
	if (got < 0)
		return -1;
	query_id(q);
	key = query_blob(q, SHA256_SIZE);
	a->tombstones = query_bool(q);
	if (!key)
		query_damaged(q, "'key' is missing");
	if (query_failed(q))
		return -1;
	memcpy(a->key, key, SHA256_SIZE);
	query_end(q);
	return 0;
}

static void keyed_hash(const struct archive *a, enum archive_thing thing, struct str venue,
		       struct str id, struct str post, unsigned char out[SHA256_SIZE])
{
	struct buf name = BUF_INIT;

	buf_adds(&name, thing_names[thing]);
	buf_addc(&name, '\0');
	buf_addstr(&name, venue);
	buf_addc(&name, '\0');
	buf_addstr(&name, id);
	if (thing == ARCHIVE_POST) {
		buf_addc(&name, '\0');
		buf_addstr(&name, post);
	}
	sha256_hmac(str_make((const char *)a->key, SHA256_SIZE), buf_str(&name), out);
	buf_release(&name);
}

int tombstone_find(struct archive *a, enum archive_thing thing, struct str venue,
		   struct str id, struct str post, struct diags *diags)
{
	static const char sql[] = "SELECT 1 FROM tombstone WHERE kind = ? AND hash = ?";
	unsigned char hash[SHA256_SIZE];
	struct query *q;
	int got;

	if (!a->tombstones)
		return 0;
	keyed_hash(a, thing, venue, id, post, hash);
	q = db_query(a->db, "tombstone", sql, diags);
	query_bind_text(q, str_of(thing_names[thing]));
	query_bind_blob(q, hash, SHA256_SIZE);
	got = query_step(q);
	query_end(q);
	return got;
}

static int add_tombstone(struct archive *a, enum archive_thing thing, struct str venue,
			 struct str id, struct str post, struct diags *diags)
{
	static const char sql[] = "INSERT OR IGNORE INTO tombstone VALUES (?, ?)";
	unsigned char hash[SHA256_SIZE];
	struct query *q = db_query(a->db, "tombstone", sql, diags);

	keyed_hash(a, thing, venue, id, post, hash);
	query_bind_text(q, str_of(thing_names[thing]));
	query_bind_blob(q, hash, SHA256_SIZE);
	if (query_run(q) < 0)
		return -1;
	a->tombstones = true;
	return 0;
}

/* Runs SQL that takes a venue's slug and one or two ids. */
static int erase(struct archive *a, const char *sql, struct str venue, struct str id,
		 struct str post, struct diags *diags)
{
	struct query *q = db_query(a->db, "post", sql, diags);

	query_bind_text(q, venue);
	query_bind_text(q, id);
	if (str_present(post))
		query_bind_text(q, post);
	return query_run(q);
}

#define THE_THREAD \
	"(SELECT t.id FROM thread AS t, venue AS v WHERE v.slug = ?1 " \
	"AND t.venue_id = v.id AND t.ref = ?2)"

static int forget_post(struct archive *a, struct str venue, struct str thread,
		       struct str post, size_t *posts, struct diags *diags)
{
	static const char labels[] =
		"DELETE FROM label WHERE thread_id = " THE_THREAD " AND post = ?3";
	static const char row[] =
		"DELETE FROM post WHERE thread_id = " THE_THREAD " AND ref = ?3";

	if (add_tombstone(a, ARCHIVE_POST, venue, thread, post, diags) < 0 ||
	    erase(a, labels, venue, thread, post, diags) < 0 ||
	    erase(a, row, venue, thread, post, diags) < 0)
		return -1;
	*posts += (size_t)db_changes(a->db);
	return 0;
}

static int forget_thread(struct archive *a, struct str venue, struct str id,
			 size_t *posts, struct diags *diags)
{
	static const char rows[] = "DELETE FROM post WHERE thread_id = " THE_THREAD;
	static const char head[] = "DELETE FROM thread WHERE id = " THE_THREAD;

	if (add_tombstone(a, ARCHIVE_THREAD, venue, id, STR_NONE, diags) < 0 ||
	    erase(a, rows, venue, id, STR_NONE, diags) < 0)
		return -1;
	*posts = (size_t)db_changes(a->db);
	return erase(a, head, venue, id, STR_NONE, diags);
}

static int forget_author(struct archive *a, struct str venue, struct str id,
			 size_t *posts, struct diags *diags)
{
	static const char next[] =
		"SELECT p.id, t.ref, p.ref FROM venue AS v, author AS u, post AS p, "
		"thread AS t WHERE v.slug = ?1 AND u.venue_id = v.id AND u.ref = ?2 "
		"AND p.author_id = u.id AND t.id = p.thread_id LIMIT 1";
	static const char row[] = "DELETE FROM author WHERE ref = ?2 AND venue_id = "
				  "(SELECT id FROM venue WHERE slug = ?1)";
	int got;

	if (add_tombstone(a, ARCHIVE_AUTHOR, venue, id, STR_NONE, diags) < 0)
		return -1;
	for (;;) {
		struct query *q = db_query(a->db, "post", next, diags);
		struct str thread, post;

		query_bind_text(q, venue);
		query_bind_text(q, id);
		got = query_step(q);
		if (got != 1)
			break;
		query_id(q);
		thread = arena_str(&a->scratch, query_text(q));
		post = arena_str(&a->scratch, query_text(q));
		if (query_failed(q))
			return -1;
		query_end(q);
		if (forget_post(a, venue, thread, post, posts, diags) < 0)
			return -1;
	}
	return got < 0 ? -1 : erase(a, row, venue, id, STR_NONE, diags);
}

int archive_forget(struct archive *a, enum archive_thing thing, struct str venue,
		   struct str id, struct str post, size_t *posts, struct diags *diags)
{
	invariant(a->in_write);
	arena_reset(&a->scratch);
	*posts = 0;
	switch (thing) {
	case ARCHIVE_AUTHOR:
		return forget_author(a, venue, id, posts, diags);
	case ARCHIVE_THREAD:
		return forget_thread(a, venue, id, posts, diags);
	case ARCHIVE_POST:
		return forget_post(a, venue, id, post, posts, diags);
	}
	return -1;
}
