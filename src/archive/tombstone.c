/* What keeps the erased from coming back: keys, and hashes under them. */
#include "archive/handle.h"

#include "base/mem.h"

#include <stdlib.h>

const char *const tombstone_kinds[] = {
	[TOMBSTONE_AUTHOR] = "author",
	[TOMBSTONE_THREAD] = "thread",
	[TOMBSTONE_POST] = "post",
	[TOMBSTONE_TEXT] = "text",
	[TOMBSTONE_NAME] = "name",
	NULL
};

static int add_key(struct archive *a, struct query *q, size_t *cap)
{
	const unsigned char *key;

	GROW(a->keys, a->keys_n, *cap);
	a->keys[a->keys_n].row = query_id(q);
	key = query_blob(q, SHA256_SIZE);
	a->tombstones |= query_bool(q);
	a->scrubs |= query_bool(q);
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
		"SELECT id, key, EXISTS (SELECT 1 FROM tombstone WHERE key_id = k.id), "
		"EXISTS (SELECT 1 FROM tombstone WHERE key_id = k.id "
		"AND kind IN ('text', 'name')) FROM tombstone_key AS k ORDER BY id";
	struct query *q = db_query(a->db, "tombstone_key", sql, diags);
	size_t cap = 0;
	int got;

	free(a->keys);
	a->keys = NULL;
	a->keys_n = 0;
	a->tombstones = a->scrubs = false;
	while ((got = query_step(q)) == 1)
		if (add_key(a, q, &cap) < 0)
			return -1;
	if (got == 0 && !a->keys_n)
		return diag_add(diags, DIAG_ARCHIVE_DAMAGED, db_place(a->db),
				"the key of the tombstones is missing");
	return got;
}

void tombstone_hash(const struct tombstone_key *key, enum tombstone_kind kind,
		    struct str first, struct str second, struct str third,
		    unsigned char hash[SHA256_SIZE])
{
	struct buf words = BUF_INIT;

	buf_adds(&words, tombstone_kinds[kind]);
	buf_addc(&words, '\0');
	buf_addstr(&words, first);
	buf_addc(&words, '\0');
	buf_addstr(&words, second);
	if (str_present(third)) {
		buf_addc(&words, '\0');
		buf_addstr(&words, third);
	}
	sha256_hmac(str_make((const char *)key->key, SHA256_SIZE), buf_str(&words), hash);
	buf_release(&words);
}

static struct query *bound(struct archive *a, const char *sql,
			   const struct tombstone_key *key, enum tombstone_kind kind,
			   const unsigned char *hash, struct diags *diags)
{
	struct query *q = db_query(a->db, "tombstone", sql, diags);

	query_bind_int(q, key->row);
	query_bind_text(q, str_of(tombstone_kinds[kind]));
	query_bind_blob(q, hash, SHA256_SIZE);
	return q;
}

int tombstone_find(struct archive *a, enum tombstone_kind kind, struct str first,
		   struct str second, struct str third, struct diags *diags)
{
	static const char sql[] =
		"SELECT 1 FROM tombstone WHERE key_id = ? AND kind = ? AND hash = ?";
	unsigned char hash[SHA256_SIZE];
	int got = 0;

	for (size_t i = 0; a->tombstones && i < a->keys_n && got == 0; i++) {
		struct query *q;

		tombstone_hash(&a->keys[i], kind, first, second, third, hash);
		q = bound(a, sql, &a->keys[i], kind, hash, diags);
		got = query_step(q);
		query_end(q);
	}
	return got;
}

int archive_refuses(struct archive *a, struct str venue, struct str thread,
		    struct str post, struct diags *diags)
{
	int found = tombstone_find(a, TOMBSTONE_THREAD, venue, thread, STR_NONE, diags);

	return found || !post.n
		       ? found
		       : tombstone_find(a, TOMBSTONE_POST, venue, thread, post, diags);
}

int tombstone_add(struct archive *a, enum tombstone_kind kind, struct str first,
		  struct str second, struct str third, struct diags *diags)
{
	static const char sql[] = "INSERT OR IGNORE INTO tombstone VALUES (?, ?, ?)";
	unsigned char hash[SHA256_SIZE];

	tombstone_hash(&a->keys[0], kind, first, second, third, hash);
	if (query_run(bound(a, sql, &a->keys[0], kind, hash, diags)) < 0)
		return -1;
	a->tombstones = true;
	a->scrubs |= kind == TOMBSTONE_TEXT || kind == TOMBSTONE_NAME;
	return 0;
}

int tombstone_each(struct archive *a, enum tombstone_kind kind,
		   int (*fn)(void *ctx, const unsigned char *hash), void *ctx,
		   struct diags *diags)
{
	static const char sql[] = "SELECT key_id, hash FROM tombstone WHERE kind = ?";
	struct query *q = db_query(a->db, "tombstone", sql, diags);
	int got;

	query_bind_text(q, str_of(tombstone_kinds[kind]));
	while ((got = query_step(q)) == 1) {
		const unsigned char *hash;

		query_id(q);
		hash = query_blob(q, SHA256_SIZE);
		if (query_failed(q))
			return -1;
		if (!hash || fn(ctx, hash) < 0) {
			query_end(q);
			return -1;
		}
	}
	return got;
}
