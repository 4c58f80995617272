/* Tombstones that travel: their lines, and what comes of others'. */
#include "archive/handle.h"

#include "base/json.h"
#include "base/mem.h"

#include <stdlib.h>

static void key_id(const struct tombstone_key *key, char id[TOMBSTONE_KEY_ID + 1])
{
	unsigned char digest[SHA256_SIZE];

	sha256_of(str_make((const char *)key->key, SHA256_SIZE), digest);
	sha256_hex(digest, TOMBSTONE_KEY_ID / 2, id);
}

static void start(struct jsonw *w, struct buf *line, const char *type)
{
	buf_reset(line);
	jsonw_init(w, line);
	jsonw_object(w);
	jsonw_key_str(w, "type", str_of(type));
}

static void add_hex(struct jsonw *w, const char *name, const unsigned char *bytes)
{
	char hex[SHA256_HEX + 1];

	sha256_hex(bytes, SHA256_SIZE, hex);
	jsonw_key_str(w, name, str_of(hex));
}

/* --- Out --- */

struct sending {
	struct archive *a;
	int (*line)(void *ctx, struct str line);
	void *ctx;
	struct diags *diags;
	struct buf buf;
};

static int send_key(struct sending *s, const struct tombstone_key *key)
{
	char id[TOMBSTONE_KEY_ID + 1];
	struct jsonw w;

	key_id(key, id);
	start(&w, &s->buf, "tombstone-key");
	jsonw_key_str(&w, "id", str_of(id));
	add_hex(&w, "key", key->key);
	jsonw_object_end(&w);
	return s->line(s->ctx, buf_str(&s->buf));
}

static int send_all_of(struct sending *s, const struct tombstone_key *key)
{
	static const char sql[] = "SELECT key_id, kind, hash FROM tombstone WHERE key_id = ? "
				  "ORDER BY kind, hash";
	struct query *q = db_query(s->a->db, "tombstone", sql, s->diags);
	char id[TOMBSTONE_KEY_ID + 1];
	int got;

	key_id(key, id);
	query_bind_int(q, key->row);
	while ((got = query_step(q)) == 1) {
		const unsigned char *hash;
		struct jsonw w;
		int kind;

		query_id(q);
		kind = query_enum(q, tombstone_kinds);
		hash = query_blob(q, SHA256_SIZE);
		if (query_failed(q))
			return -1;
		start(&w, &s->buf, "tombstone");
		jsonw_key_str(&w, "key", str_of(id));
		jsonw_key_str(&w, "kind", str_of(tombstone_kinds[kind]));
		add_hex(&w, "hash", hash);
		jsonw_object_end(&w);
		if (s->line(s->ctx, buf_str(&s->buf)) < 0) {
			query_end(q);
			return -1;
		}
	}
	return got;
}

static int by_id(const void *a, const void *b)
{
	char x[TOMBSTONE_KEY_ID + 1], y[TOMBSTONE_KEY_ID + 1];

	key_id(a, x);
	key_id(b, y);
	return strcmp(x, y);
}

/* A key under which there is nothing stays where it is. */
static int has_any(struct archive *a, const struct tombstone_key *key, struct diags *diags)
{
	static const char sql[] = "SELECT key_id FROM tombstone WHERE key_id = ? LIMIT 1";
	struct query *q = db_query(a->db, "tombstone", sql, diags);
	int64_t any;

	query_bind_int(q, key->row);
	any = query_row(q);
	return any < 0 ? -1 : any > 0;
}

int archive_each_tombstone(struct archive *a, int (*line)(void *ctx, struct str line),
			   void *ctx, struct diags *diags)
{
	struct sending s = { a, line, ctx, diags, BUF_INIT };
	int status = tombstones_load(a, diags);

	if (status == 0)
		qsort(a->keys, a->keys_n, sizeof(*a->keys), by_id);
	for (size_t i = 0; i < a->keys_n && status == 0; i++) {
		status = has_any(a, &a->keys[i], diags);
		if (status == 1)
			status = send_key(&s, &a->keys[i]);
	}
	for (size_t i = 0; i < a->keys_n && status == 0; i++)
		status = send_all_of(&s, &a->keys[i]);
	buf_release(&s.buf);
	return status;
}

/* --- In --- */

int archive_add_key(struct archive *a, const unsigned char key[SHA256_SIZE],
		    struct diags *diags)
{
	static const char sql[] = "INSERT OR IGNORE INTO tombstone_key (key) VALUES (?)";
	struct query *q = db_query(a->db, "tombstone_key", sql, diags);

	query_bind_blob(q, key, SHA256_SIZE);
	return query_run(q) < 0 ? -1 : tombstones_load(a, diags);
}

int archive_add_tombstone(struct archive *a, struct str id, struct str kind,
			  const unsigned char hash[SHA256_SIZE], struct diags *diags)
{
	static const char sql[] = "INSERT OR IGNORE INTO tombstone VALUES (?, ?, ?)";

	for (size_t i = 0; i < a->keys_n; i++) {
		char known[TOMBSTONE_KEY_ID + 1];
		struct query *q;

		key_id(&a->keys[i], known);
		if (!str_is(id, known))
			continue;
		q = db_query(a->db, "tombstone", sql, diags);
		query_bind_int(q, a->keys[i].row);
		query_bind_text(q, kind);
		query_bind_blob(q, hash, SHA256_SIZE);
		if (query_run(q) < 0)
			return -1;
		a->tombstones = a->scrubs = true;
		archive_scrub_drop(a);
		return 1;
	}
	return 0;
}

/* --- What they tell of --- */

struct known {
	struct archive *a;
	struct arena arena;
	struct archive_target *targets; /* owned */
	size_t n, cap;
	struct diags *diags;
};

/* Looks at each row: its id, the venue's slug, and one or two refs. */
static int look(struct known *k, enum archive_thing thing, const char *sql)
{
	struct query *q = db_query(k->a->db, tombstone_kinds[thing], sql, k->diags);
	int got;

	while ((got = query_step(q)) == 1) {
		struct archive_target t = { .thing = thing };
		int found;

		query_id(q);
		t.venue = query_name(q);
		t.id = query_name(q);
		t.post = thing == ARCHIVE_POST ? query_name(q) : STR_NONE;
		if (query_failed(q))
			return -1;
		found = tombstone_find(k->a, (enum tombstone_kind)thing, t.venue, t.id, t.post,
				       k->diags);
		if (found < 0)
			break;
		if (!found)
			continue;
		t.venue = arena_str(&k->arena, t.venue);
		t.id = arena_str(&k->arena, t.id);
		t.post = arena_str(&k->arena, t.post);
		GROW(k->targets, k->n, k->cap);
		k->targets[k->n++] = t;
	}
	query_end(q);
	return got ? -1 : 0;
}

int archive_forget_known(struct archive *a, struct archive_forgotten *out,
			 struct diags *diags)
{
	static const char authors[] = "SELECT u.id, v.slug, u.ref FROM author AS u, venue AS v "
				      "WHERE v.id = u.venue_id";
	static const char threads[] = "SELECT t.id, v.slug, t.ref FROM thread AS t, venue AS v "
				      "WHERE v.id = t.venue_id";
	static const char posts[] =
		"SELECT p.id, v.slug, t.ref, p.ref FROM post AS p, thread AS t, venue AS v "
		"WHERE t.id = p.thread_id AND v.id = t.venue_id";
	struct known k = { .a = a, .diags = diags };
	int status = -1;

	*out = (struct archive_forgotten){ 0 };
	if (look(&k, ARCHIVE_AUTHOR, authors) == 0 && look(&k, ARCHIVE_THREAD, threads) == 0 &&
	    look(&k, ARCHIVE_POST, posts) == 0)
		status = archive_forget(a, k.targets, k.n, out, diags);
	free(k.targets);
	arena_release(&k.arena);
	return status;
}
