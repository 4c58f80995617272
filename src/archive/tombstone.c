/* Erasure, and what keeps the erased from coming back. */
#include "archive/handle.h"

#include "base/mem.h"

#include <stdlib.h>

static const char *const thing_names[] = {
	[ARCHIVE_AUTHOR] = "author",
	[ARCHIVE_THREAD] = "thread",
	[ARCHIVE_POST] = "post",
};

static int add_key(struct archive *a, struct query *q, size_t *cap)
{
	const unsigned char *key;

	GROW(a->keys, a->keys_n, *cap);
	a->keys[a->keys_n].row = query_id(q);
	key = query_blob(q, SHA256_SIZE);
	a->tombstones |= query_bool(q);
	if (!key)
		query_damaged(q, "'key' is missing");
	if (query_failed(q))
		return -1;
	memcpy(a->keys[a->keys_n++].key, key, SHA256_SIZE);
	return 0;
}

int tombstones_load(struct archive *a, struct diags *diags)
{
	static const char sql[] =
		"SELECT id, key, EXISTS (SELECT 1 FROM tombstone WHERE key_id = k.id) "
		"FROM tombstone_key AS k ORDER BY id";
	struct query *q = db_query(a->db, "tombstone_key", sql, diags);
	size_t cap = 0;
	int got;

	free(a->keys);
	a->keys = NULL;
	a->keys_n = 0;
	a->tombstones = false;
	while ((got = query_step(q)) == 1)
		if (add_key(a, q, &cap) < 0)
			return -1;
	if (got == 0 && !a->keys_n)
		return diag_add(diags, DIAG_ARCHIVE_DAMAGED, db_place(a->db),
				"the key of the tombstones is missing");
	return got;
}

/* What is hashed: the words of it with NUL between them. */
static void name_of(enum archive_thing thing, struct str venue, struct str id,
		    struct str post, struct buf *out)
{
	buf_adds(out, thing_names[thing]);
	buf_addc(out, '\0');
	buf_addstr(out, venue);
	buf_addc(out, '\0');
	buf_addstr(out, id);
	if (thing == ARCHIVE_POST) {
		buf_addc(out, '\0');
		buf_addstr(out, post);
	}
}

static struct query *hashed(struct archive *a, const char *sql,
			    const struct tombstone_key *key, enum archive_thing thing,
			    struct str name, unsigned char hash[SHA256_SIZE],
			    struct diags *diags)
{
	struct query *q = db_query(a->db, "tombstone", sql, diags);

	sha256_hmac(str_make((const char *)key->key, SHA256_SIZE), name, hash);
	query_bind_int(q, key->row);
	query_bind_text(q, str_of(thing_names[thing]));
	query_bind_blob(q, hash, SHA256_SIZE);
	return q;
}

int tombstone_find(struct archive *a, enum archive_thing thing, struct str venue,
		   struct str id, struct str post, struct diags *diags)
{
	static const char sql[] =
		"SELECT 1 FROM tombstone WHERE key_id = ? AND kind = ? AND hash = ?";
	unsigned char hash[SHA256_SIZE];
	struct buf name = BUF_INIT;
	int got = 0;

	if (!a->tombstones)
		return 0;
	name_of(thing, venue, id, post, &name);
	for (size_t i = 0; i < a->keys_n && got == 0; i++) {
		struct query *q = hashed(a, sql, &a->keys[i], thing, buf_str(&name), hash,
					 diags);

		got = query_step(q);
		query_end(q);
	}
	buf_release(&name);
	return got;
}

static int add_tombstone(struct archive *a, enum archive_thing thing, struct str venue,
			 struct str id, struct str post, struct diags *diags)
{
	static const char sql[] = "INSERT OR IGNORE INTO tombstone VALUES (?, ?, ?)";
	unsigned char hash[SHA256_SIZE];
	struct buf name = BUF_INIT;
	int status;

	name_of(thing, venue, id, post, &name);
	status = query_run(hashed(a, sql, &a->keys[0], thing, buf_str(&name), hash, diags));
	buf_release(&name);
	a->tombstones |= status == 0;
	return status;
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
