/*
 * Digests: of posts, of threads, of the archive.  A thread's digest is kept
 * in its row; the schema's triggers take it away when anything under it
 * changes, and the next commit puts the new one there.  A thread that came in
 * just as it was given needn't be read again for that.
 */
#include "archive/handle.h"

#include "archive/jsonl.h"
#include "base/mem.h"

#include <stdlib.h>

void post_hash(enum body_format format, struct str body, unsigned char out[SHA256_SIZE])
{
	struct sha256 h;

	sha256_start(&h);
	sha256_add(&h, str_of(body_format_names[format]));
	sha256_add(&h, str_make("", 1));
	sha256_add(&h, body);
	sha256_finish(&h, out);
}

/* What is needed to digest one thread after the other. */
struct digester {
	struct archive *a;
	struct diags *diags;
	struct arena venues_arena, arena; /* of the run; of one thread */
	struct venue *venues;
	size_t venues_n;
	struct buf line;
};

static int digester_init(struct digester *d, struct archive *a, struct diags *diags)
{
	*d = (struct digester){ .a = a, .diags = diags, .line = BUF_INIT };
	return archive_venues(a, &d->venues_arena, &d->venues, &d->venues_n, diags);
}

static void digester_release(struct digester *d)
{
	arena_release(&d->venues_arena);
	arena_release(&d->arena);
	buf_release(&d->line);
}

int digest_check(struct query *q, const char *table, int64_t row,
		 const unsigned char *stored, const struct buf *line, struct diags *diags)
{
	unsigned char digest[SHA256_SIZE];

	if (!stored)
		return 0;
	sha256_of(buf_str(line), digest);
	if (!memcmp(stored, digest, SHA256_SIZE))
		return 0;
	query_damaged(q, "'digest' isn't that of the %s", table);
	diag_hint(diags, "if the %s is right: UPDATE %s SET digest = NULL WHERE id = %lld",
		  table, table, (long long)row);
	return -1;
}

int digest_verify(struct archive *a, const struct thread *t, struct diags *diags)
{
	static const char sql[] = "SELECT id, digest FROM thread WHERE id = ?";
	struct query *q = db_query(a->db, "thread", sql, diags);
	const unsigned char *stored;
	struct buf line = BUF_INIT;
	int status;

	query_bind_int(q, t->row);
	if (query_step(q) != 1)
		return -1;
	query_id(q);
	stored = query_blob(q, SHA256_SIZE);
	if (stored)
		jsonl_thread(&line, t, false);
	status = query_failed(q)
			 ? -1
			 : digest_check(q, "thread", t->row, stored, &line, diags);
	query_end(q);
	buf_release(&line);
	return status;
}

/* The thread's line, in d->line. */
static int read_line(struct digester *d, int64_t row)
{
	struct thread t;

	arena_reset(&d->arena);
	buf_reset(&d->line);
	if (archive_thread(d->a, row, d->venues, d->venues_n, &d->arena, &t, d->diags) < 0)
		return -1;
	jsonl_thread(&d->line, &t, false);
	return 0;
}

/* --- Storing --- */

enum { BATCH = 256 };

static int set_digest(struct archive *a, const char *table, const char *sql, int64_t row,
		      struct str line, struct diags *diags)
{
	struct query *q = db_query(a->db, table, sql, diags);
	unsigned char digest[SHA256_SIZE];

	sha256_of(line, digest);
	query_bind_blob(q, digest, SHA256_SIZE);
	query_bind_int(q, row);
	return query_run(q);
}

static int store_venues(struct digester *d)
{
	static const char sql[] =
		"UPDATE venue SET digest = ? WHERE id = ? AND digest IS NULL";

	for (size_t i = 0; i < d->venues_n; i++) {
		buf_reset(&d->line);
		jsonl_venue(&d->line, &d->venues[i]);
		if (set_digest(d->a, "venue", sql, d->venues[i].row, buf_str(&d->line),
			       d->diags) < 0)
			return -1;
	}
	return 0;
}

/* They are read only when one has none: there may be many. */
static int store_products(struct digester *d)
{
	static const char find[] = "SELECT id FROM product WHERE digest IS NULL LIMIT 1";
	static const char sql[] =
		"UPDATE product SET digest = ? WHERE id = ? AND digest IS NULL";
	int64_t any = query_row(db_query(d->a->db, "product", find, d->diags));
	struct product *products;
	size_t n;

	if (any <= 0)
		return any < 0 ? -1 : 0;
	if (archive_products(d->a, &d->venues_arena, &products, &n, d->diags) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		buf_reset(&d->line);
		jsonl_product(&d->line, &products[i]);
		if (set_digest(d->a, "product", sql, products[i].row, buf_str(&d->line),
			       d->diags) < 0)
			return -1;
	}
	return 0;
}

/* The next rows after the given one whose digest is missing; how many, or -1. */
static int next_undigested(struct archive *a, int64_t after, int64_t rows[BATCH],
			   struct diags *diags)
{
	static const char sql[] = "SELECT id FROM thread INDEXED BY thread_undigested "
				  "WHERE digest IS NULL AND id > ? ORDER BY id LIMIT 256";
	struct query *q = db_query(a->db, "thread", sql, diags);
	int n = 0, got;

	query_bind_int(q, after);
	while ((got = query_step(q)) == 1 && n < BATCH) {
		rows[n] = query_id(q);
		if (rows[n] <= after)
			query_damaged(q, "the row is out of order");
		if (query_failed(q))
			return -1;
		after = rows[n++];
	}
	return got < 0 ? -1 : n;
}

/* A post that was edited by hand has lost its hash. */
static int store_hashes(struct digester *d, int64_t thread)
{
	static const char find[] =
		"SELECT id, format, body FROM post WHERE thread_id = ? AND hash IS NULL";
	static const char store[] = "UPDATE post SET hash = ? WHERE id = ?";
	int got;

	do {
		struct query *q = db_query(d->a->db, "post", find, d->diags);
		unsigned char hash[SHA256_SIZE];
		int format;
		int64_t row;

		query_bind_int(q, thread);
		got = query_step(q);
		if (got != 1)
			break;
		row = query_id(q);
		format = query_enum(q, body_format_names);
		post_hash((enum body_format)format, query_text(q), hash);
		if (query_failed(q))
			return -1;
		query_end(q);
		q = db_query(d->a->db, "post", store, d->diags);
		query_bind_blob(q, hash, SHA256_SIZE);
		query_bind_int(q, row);
		got = query_run(q);
	} while (got == 0);
	return got;
}

static const char store_thread[] = "UPDATE thread SET digest = ? WHERE id = ?";

static int store_digest(struct digester *d, int64_t row)
{
	if (store_hashes(d, row) < 0 || read_line(d, row) < 0)
		return -1;
	return set_digest(d->a, "thread", store_thread, row, buf_str(&d->line), d->diags);
}

int digest_store_of(struct archive *a, const struct thread *t, struct diags *diags)
{
	struct buf line = BUF_INIT;
	int status;

	jsonl_thread(&line, t, false);
	status = set_digest(a, "thread", store_thread, t->row, buf_str(&line), diags);
	buf_release(&line);
	return status;
}

static int store_threads(struct digester *d)
{
	int64_t rows[BATCH], last = 0;
	int n;

	while ((n = next_undigested(d->a, last, rows, d->diags)) > 0) {
		for (int i = 0; i < n; i++)
			if (store_digest(d, rows[i]) < 0)
				return -1;
		last = rows[n - 1];
	}
	return n;
}

int digest_store(struct archive *a, struct diags *diags)
{
	struct digester d;
	int status = digester_init(&d, a, diags);

	if (!status)
		status = store_venues(&d) < 0 || store_products(&d) < 0 || store_threads(&d) < 0
				 ? -1
				 : 0;
	digester_release(&d);
	return status;
}

int archive_each_digest(struct archive *a,
			int (*fn)(void *ctx, int64_t row, const unsigned char *digest),
			void *ctx, struct diags *diags)
{
	static const char sql[] = "SELECT id, digest FROM thread ORDER BY id";
	struct query *q = db_query(a->db, "thread", sql, diags);
	int64_t before = 0;
	int got;

	while ((got = query_step(q)) == 1) {
		int64_t row = query_id(q);
		const unsigned char *digest = query_blob(q, SHA256_SIZE);

		if (row <= before)
			query_damaged(q, "the row is out of order");
		if (query_failed(q))
			return -1;
		if (fn(ctx, row, digest) < 0)
			break;
		before = row;
	}
	query_end(q);
	return got ? -1 : 0;
}

/* --- The archive's digest --- */

struct digest {
	unsigned char bytes[SHA256_SIZE];
};

struct digests {
	struct digest *items; /* owned */
	size_t n, cap;
};

static unsigned char *add(struct digests *all)
{
	GROW(all->items, all->n, all->cap);
	return all->items[all->n++].bytes;
}

struct adding {
	struct digester *d;
	struct digests *all;
};

static int add_thread(void *ctx, int64_t row, const unsigned char *digest)
{
	struct adding *g = ctx;
	unsigned char *to = add(g->all);

	if (digest)
		memcpy(to, digest, SHA256_SIZE);
	else if (read_line(g->d, row) < 0)
		return -1;
	else
		sha256_of(buf_str(&g->d->line), to);
	return 0;
}

static int add_lines(struct digester *d, struct digests *all)
{
	struct product *products;
	size_t n;

	if (archive_products(d->a, &d->venues_arena, &products, &n, d->diags) < 0)
		return -1;
	for (size_t i = 0; i < d->venues_n; i++) {
		buf_reset(&d->line);
		jsonl_venue(&d->line, &d->venues[i]);
		sha256_of(buf_str(&d->line), add(all));
	}
	for (size_t i = 0; i < n; i++) {
		buf_reset(&d->line);
		jsonl_product(&d->line, &products[i]);
		sha256_of(buf_str(&d->line), add(all));
	}
	return archive_each_digest(d->a, add_thread, &(struct adding){ d, all }, d->diags);
}

static int compare_digest(const void *a, const void *b)
{
	return memcmp(a, b, SHA256_SIZE);
}

int archive_digest(struct archive *a, unsigned char digest[SHA256_SIZE],
		   struct diags *diags)
{
	struct digests all = { 0 };
	struct digester d;
	int status = digester_init(&d, a, diags);

	if (!status)
		status = add_lines(&d, &all);
	if (!status) {
		if (all.n)
			qsort(all.items, all.n, sizeof(*all.items), compare_digest);
		sha256_of(str_make((const char *)all.items, all.n * SHA256_SIZE), digest);
	}
	free(all.items);
	digester_release(&d);
	return status;
}

/* --- Checking --- */

/* Reads every thread whole; goes on behind a damaged one. */
static int check_threads(struct digester *d)
{
	static const char sql[] = "SELECT id FROM thread WHERE id > ? ORDER BY id LIMIT 1";
	int64_t row = -INT64_MAX;
	int status = 0;

	for (;;) {
		struct query *q = db_query(d->a->db, "thread", sql, d->diags);
		struct thread t;

		query_bind_int(q, row);
		row = query_row(q);
		if (row <= 0)
			return row < 0 ? -1 : status;
		arena_reset(&d->arena);
		if (archive_thread(d->a, row, d->venues, d->venues_n, &d->arena, &t,
				   d->diags) < 0)
			status = -1;
	}
}

/* Every complaint of SQLite's own about the file, at most a hundred. */
static int check_file(struct archive *a, struct diags *diags)
{
	static const char sql[] = "PRAGMA integrity_check(100)";
	struct query *q = db_query(a->db, "sqlite_schema", sql, diags);
	int status = 0, got;

	while ((got = query_step(q)) == 1) {
		struct str problem = query_text(q);

		if (query_failed(q))
			return -1;
		while (problem.n && !str_is(problem, "ok")) {
			struct str line = str_split(&problem, '\n');

			status = -1;
			if (!str_starts(line, STR("***")))
				diag_add(diags, DIAG_ARCHIVE_DAMAGED, db_place(a->db), "%.*s",
					 STR_ARG(line));
		}
	}
	return got < 0 ? -1 : status;
}

/* Rows that name a row that isn't there: a shell doesn't look unless told to. */
static int check_references(struct archive *a, struct diags *diags)
{
	static const char sql[] = "SELECT rowid, \"table\", parent "
				  "FROM pragma_foreign_key_check LIMIT 100";
	struct query *q = db_query(a->db, "foreign_key_check", sql, diags);
	int status = 0, got;

	while ((got = query_step(q)) == 1) {
		int64_t row = query_id_or_zero(q);
		struct str table = query_text(q), parent = query_text(q);

		if (query_failed(q))
			return -1;
		diag_add(diags, DIAG_ARCHIVE_DAMAGED, db_place(a->db),
			 "table '%.*s', row %lld: names a row of '%.*s' that isn't there",
			 STR_ARG(table), (long long)row, STR_ARG(parent));
		diag_hint(diags, "delete in a shell with PRAGMA foreign_keys = ON");
		status = -1;
	}
	return got < 0 ? -1 : status;
}

int archive_check(struct archive *a, struct diags *diags)
{
	struct product *products;
	struct digester d;
	size_t n;
	int status = check_file(a, diags);

	/* What SQLite finds broken makes the rest noise. */
	if (status < 0)
		return -1;
	status = check_references(a, diags);
	if (digester_init(&d, a, diags) < 0 ||
	    archive_products(a, &d.venues_arena, &products, &n, diags) < 0 ||
	    check_threads(&d) < 0)
		status = -1;
	/* What can't be read has no sense to be asked for. */
	if (status == 0 && (labels_check(a, diags) < 0 ||
			    licences_check(a, diags) < 0))
		status = -1;
	digester_release(&d);
	return status;
}
