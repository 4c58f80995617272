/*
 * Queries: rows of an archive to plain structs.  Everything read is checked,
 * and scans insist on the order that they asked for: a damaged tree can send
 * SQLite round in circles.  The scan of all posts is facts.c's,
 * labels are labels.c's.
 */
#include "archive/handle.h"

#include "archive/jsonl.h"
#include "base/mem.h"

#include <stdlib.h>

/* --- Venues, products, authors --- */

static int take_venue(struct query *q, struct arena *arena, struct buf *line,
		      struct venue *v, struct diags *diags)
{
	const unsigned char *digest;

	v->row = query_id(q);
	v->slug = arena_str(arena, query_text(q));
	v->name = arena_str(arena, query_name(q));
	v->url = arena_str(arena, query_name(q));
	v->kind = arena_str(arena, query_optional(q));
	v->language = arena_str(arena, query_language(q));
	v->licence = arena_str(arena, query_optional(q));
	v->own = query_bool(q);
	digest = query_blob(q, SHA256_SIZE);
	if (!str_is_slug(v->slug))
		query_damaged(q, "'slug' is no slug");
	if (query_failed(q))
		return -1;
	buf_reset(line);
	jsonl_venue(line, v);
	return digest_check(q, "venue", v->row, digest, line, diags);
}

int archive_venues(struct archive *a, struct arena *arena, struct venue **out,
		   size_t *n, struct diags *diags)
{
	static const char sql[] =
		"SELECT id, slug, name, url, kind, language, licence, own, digest "
		"FROM venue "
		"ORDER BY slug";
	struct query *q = db_query(a->db, "venue", sql, diags);
	struct venue *items = NULL;
	struct buf line = BUF_INIT;
	size_t cap = 0;
	int got;

	*n = 0;
	while ((got = query_step(q)) == 1) {
		GROW(items, *n, cap);
		if (take_venue(q, arena, &line, &items[*n], diags) < 0) {
			query_end(q);
			got = -1;
			break;
		}
		++*n;
	}
	*out = arena_memdup(arena, items, *n * sizeof(*items));
	free(items);
	buf_release(&line);
	return got;
}

/* Texts of one column, for the row that is bound, in the arena. */
static int read_texts(struct query *q, int64_t row, struct arena *arena,
		      struct str **out, size_t *n)
{
	struct str *items = NULL;
	size_t cap = 0;
	int got;

	*n = 0;
	query_bind_int(q, row);
	while ((got = query_step(q)) == 1) {
		GROW(items, *n, cap);
		query_id(q);
		items[*n] = arena_str(arena, query_name(q));
		if (query_failed(q)) {
			got = -1;
			break;
		}
		++*n;
	}
	*out = arena_memdup(arena, items, *n * sizeof(*items));
	free(items);
	return got;
}

static int read_aliases(struct archive *a, struct arena *arena, struct product *p,
			struct diags *diags)
{
	static const char sql[] = "SELECT product_id, alias FROM product_alias "
				  "WHERE product_id = ? ORDER BY alias";

	return read_texts(db_query(a->db, "product_alias", sql, diags), p->row, arena,
			  &p->aliases, &p->aliases_n);
}

/* The row at which q stands, with its aliases. */
static int take_product(struct archive *a, struct query *q, struct arena *arena,
			struct buf *line, struct product *p, struct diags *diags)
{
	const unsigned char *digest;

	p->row = query_id(q);
	p->slug = arena_str(arena, query_text(q));
	p->name = arena_str(arena, query_name(q));
	p->url = arena_str(arena, query_name(q));
	digest = query_blob(q, SHA256_SIZE);
	if (!str_is_slug(p->slug))
		query_damaged(q, "'slug' is no slug");
	if (query_failed(q) || read_aliases(a, arena, p, diags) < 0)
		return -1;
	buf_reset(line);
	jsonl_product(line, p);
	return digest_check(q, "product", p->row, digest, line, diags);
}

int archive_products(struct archive *a, struct arena *arena, struct product **out,
		     size_t *n, struct diags *diags)
{
	static const char sql[] =
		"SELECT id, slug, name, url, digest FROM product ORDER BY slug";
	struct query *q = db_query(a->db, "product", sql, diags);
	struct product *items = NULL;
	struct buf line = BUF_INIT;
	size_t cap = 0;
	int got;

	*n = 0;
	while ((got = query_step(q)) == 1) {
		GROW(items, *n, cap);
		if (take_product(a, q, arena, &line, &items[*n], diags) < 0) {
			query_end(q);
			got = -1;
			break;
		}
		++*n;
	}
	*out = arena_memdup(arena, items, *n * sizeof(*items));
	free(items);
	buf_release(&line);
	return got;
}

int archive_each_author(struct archive *a,
			int (*fn)(void *ctx, const struct author *author), void *ctx,
			struct diags *diags)
{
	static const char sql[] =
		"SELECT id, venue_id, ref, name, url, staff FROM author ORDER BY id";
	struct query *q = db_query(a->db, "author", sql, diags);
	int64_t before = 0;
	int got;

	while ((got = query_step(q)) == 1) {
		struct author author;
		int status;

		author.row = query_id(q);
		author.venue = query_id(q);
		author.id = query_name(q);
		author.name = query_text(q);
		author.url = query_optional(q);
		author.staff = query_bool(q);
		if (author.row <= before)
			query_damaged(q, "the row is out of order");
		if (query_failed(q))
			return -1;
		before = author.row;
		status = fn(ctx, &author);
		if (status) {
			query_end(q);
			return status;
		}
	}
	return got;
}

/* --- Threads --- */

const struct venue *venue_of_row(const struct venue *venues, size_t n, int64_t row)
{
	for (size_t i = 0; i < n; i++)
		if (venues[i].row == row)
			return &venues[i];
	return NULL;
}

/* The columns of a thread, in the order that take_thread() takes them. */
#define THREAD_COLUMNS \
	"SELECT id, venue_id, ref, url, title, created, updated, score, views, " \
	"solved_by, gone, hidden, withdrawn, embargo, expires"

/* Strings are borrowed from the row. */
static void take_thread(struct query *q, const struct venue *venues, size_t n,
			struct thread *t)
{
	int64_t venue;

	*t = (struct thread){ .row = query_id(q) };
	venue = query_id(q);
	t->venue = venue_of_row(venues, n, venue);
	t->id = query_name(q);
	t->url = query_name(q);
	t->title = query_text(q);
	t->created = query_time(q);
	t->updated = query_time_or_none(q);
	t->score = query_int(q);
	t->views = query_int_or(q, NUMBER_NONE);
	t->solved_by = query_optional(q);
	t->gone = query_bool(q);
	t->hidden = query_bool(q);
	t->withdrawn = query_time_or_none(q);
	t->embargo = query_time_or_none(q);
	t->expires = query_time_or_none(q);
	if (!t->venue)
		query_damaged(q, "there is no venue %lld", (long long)venue);
}

static int scan_threads(struct archive *a, struct arena *arena,
			int (*fn)(void *ctx, const struct thread *thread), void *ctx,
			struct diags *diags)
{
	static const char sql[] = THREAD_COLUMNS " FROM thread ORDER BY id";
	struct query *q;
	struct venue *venues;
	size_t venues_n;
	int64_t before = 0;
	int got;

	if (archive_venues(a, arena, &venues, &venues_n, diags) < 0)
		return -1;
	q = db_query(a->db, "thread", sql, diags);
	while ((got = query_step(q)) == 1) {
		struct thread t;
		int status;

		take_thread(q, venues, venues_n, &t);
		if (t.row <= before)
			query_damaged(q, "the row is out of order");
		if (query_failed(q))
			return -1;
		before = t.row;
		status = fn(ctx, &t);
		if (status) {
			query_end(q);
			return status;
		}
	}
	return got;
}

int archive_each_thread(struct archive *a,
			int (*fn)(void *ctx, const struct thread *thread), void *ctx,
			struct diags *diags)
{
	struct arena arena = ARENA_INIT;
	int status = scan_threads(a, &arena, fn, ctx, diags);

	arena_release(&arena);
	return status;
}

/* --- Links, tags --- */

int archive_each_link(struct archive *a,
		      int (*fn)(void *ctx, int64_t thread, int64_t product), void *ctx,
		      struct diags *diags)
{
	static const char sql[] = "SELECT thread_id, product_id FROM thread_product "
				  "ORDER BY thread_id, product_id";
	struct query *q = db_query(a->db, "thread_product", sql, diags);
	int64_t before = 0;
	int got;

	while ((got = query_step(q)) == 1) {
		int64_t thread = query_id(q), product = query_id(q);
		int status;

		if (thread < before)
			query_damaged(q, "the row is out of order");
		if (query_failed(q))
			return -1;
		before = thread;
		status = fn(ctx, thread, product);
		if (status) {
			query_end(q);
			return status;
		}
	}
	return got;
}

int archive_each_tag(struct archive *a,
		     int (*fn)(void *ctx, int64_t thread, struct str tag), void *ctx,
		     struct diags *diags)
{
	static const char sql[] =
		"SELECT thread_id, tag FROM thread_tag ORDER BY thread_id, tag";
	struct query *q = db_query(a->db, "thread_tag", sql, diags);
	int64_t before = 0;
	int got;

	while ((got = query_step(q)) == 1) {
		int64_t thread = query_id(q);
		struct str tag = query_name(q);
		int status;

		if (thread < before)
			query_damaged(q, "the row is out of order");
		if (query_failed(q))
			return -1;
		before = thread;
		status = fn(ctx, thread, tag);
		if (status) {
			query_end(q);
			return status;
		}
	}
	return got;
}

/* --- One thread whole --- */

static const struct author *take_author(struct query *q, struct arena *arena,
					int64_t venue)
{
	int64_t want = query_id_or_zero(q);
	struct author *author;

	if (!want)
		return NULL;
	author = arena_new(arena, struct author);
	author->row = query_id_or_zero(q);
	if (!author->row) {
		query_damaged(q, "there is no author %lld", (long long)want);
		return NULL;
	}
	author->venue = query_id(q);
	author->id = arena_str(arena, query_name(q));
	author->name = arena_str(arena, query_text(q));
	author->url = arena_str(arena, query_optional(q));
	author->staff = query_bool(q);
	if (author->venue != venue)
		query_damaged(q, "its author belongs to another venue");
	return author;
}

static void take_post(struct query *q, struct arena *arena, int64_t venue,
		      struct post *p)
{
	const unsigned char *stored;
	unsigned char hash[SHA256_SIZE];

	p->row = query_id(q);
	p->id = arena_str(arena, query_name(q));
	p->parent = arena_str(arena, query_optional(q));
	p->created = query_time(q);
	p->edited = query_time_or_none(q);
	p->format = (enum body_format)query_enum(q, body_format_names);
	p->language = arena_str(arena, query_language(q));
	p->score = query_int(q);
	p->url = arena_str(arena, query_optional(q));
	p->licence = arena_str(arena, query_optional(q));
	p->permission = arena_str(arena, query_optional(q));
	p->gone = query_bool(q);
	p->hidden = query_bool(q);
	p->withdrawn = query_time_or_none(q);
	p->fetched = query_time_or_none(q);
	stored = query_blob(q, SHA256_SIZE);
	p->body = arena_str(arena, query_text(q));
	if (stored) {
		post_hash(p->format, p->body, hash);
		if (memcmp(stored, hash, SHA256_SIZE))
			query_damaged(q, "'body' isn't what was stored: its hash differs");
	}
	if (!query_bool(q))
		query_damaged(q, "the index post_facts says otherwise");
	p->author = take_author(q, arena, venue);
}

/* The choice was made by what the index says: it must say what the table does. */
#define FACTS(t) \
	"(" #t ".thread_id, " #t ".created, " #t ".ref, " #t ".author_id, " #t ".score, " \
	#t ".gone, " #t ".hidden, " #t ".licence, " #t ".permission)"

#define POST_COLUMNS(agree) \
	"SELECT p.id, p.ref, p.parent, p.created, p.edited, p.format, p.language, " \
	"p.score, p.url, p.licence, p.permission, p.gone, p.hidden, p.withdrawn, p.fetched, " \
	"p.hash, p.body, " agree ", p.author_id, a.id, a.venue_id, a.ref, a.name, a.url, " \
	"a.staff "

/* All posts of the thread, or the one that `only` names. */
static int read_posts(struct archive *a, struct arena *arena, struct thread *t,
		      struct str only, struct diags *diags)
{
	static const char all[] = POST_COLUMNS(FACTS(f) " IS " FACTS(p))
		"FROM post AS f INDEXED BY post_facts CROSS JOIN post AS p ON p.id = f.id "
		"LEFT JOIN author AS a ON a.id = p.author_id "
		"WHERE f.thread_id = ? ORDER BY f.created, f.ref";
	static const char one[] = POST_COLUMNS("1")
		"FROM post AS p LEFT JOIN author AS a ON a.id = p.author_id "
		"WHERE p.thread_id = ? AND p.ref = ?";
	struct query *q = db_query(a->db, "post", str_present(only) ? one : all, diags);
	struct post *items = NULL;
	size_t cap = 0;
	int got;

	query_bind_int(q, t->row);
	if (str_present(only))
		query_bind_text(q, only);
	while ((got = query_step(q)) == 1) {
		GROW(items, t->posts_n, cap);
		take_post(q, arena, t->venue->row, &items[t->posts_n]);
		if (query_failed(q)) {
			got = -1;
			break;
		}
		t->posts_n++;
	}
	t->posts = arena_memdup(arena, items, t->posts_n * sizeof(*items));
	free(items);
	return got;
}

static int read_names(struct archive *a, struct arena *arena, struct thread *t,
		      struct diags *diags)
{
	static const char tags[] =
		"SELECT thread_id, tag FROM thread_tag WHERE thread_id = ? ORDER BY tag";
	static const char products[] =
		"SELECT l.thread_id, p.slug FROM thread_product AS l LEFT JOIN product AS p "
		"ON p.id = l.product_id WHERE l.thread_id = ?";

	if (read_texts(db_query(a->db, "thread_tag", tags, diags), t->row, arena, &t->tags,
		       &t->tags_n) < 0 ||
	    read_texts(db_query(a->db, "thread_product", products, diags), t->row, arena,
		       &t->products, &t->products_n) < 0)
		return -1;
	/* They come by row, in the order of the import; ORDER BY would cost a
	 * temporary table for each thread. */
	str_sort(t->products, t->products_n);
	return 0;
}

int archive_thread_head(struct archive *a, int64_t row, const struct venue *venues,
			size_t venues_n, struct arena *arena, struct thread *out,
			struct diags *diags)
{
	static const char sql[] =
		THREAD_COLUMNS ", (SELECT language FROM post WHERE thread_id = thread.id "
		"ORDER BY created, ref LIMIT 1) AS language FROM thread WHERE id = ?";
	struct query *q = db_query(a->db, "thread", sql, diags);
	int got;

	query_bind_int(q, row);
	got = query_step(q);
	if (got == 0)
		return diag_add(diags, DIAG_ARCHIVE_DAMAGED, db_place(a->db),
				"table 'thread': there is no row %lld", (long long)row);
	if (got < 0)
		return -1;
	take_thread(q, venues, venues_n, out);
	out->language = query_language(q);
	if (query_failed(q))
		return -1;
	out->language = arena_str(arena, out->language);
	out->id = arena_str(arena, out->id);
	out->url = arena_str(arena, out->url);
	out->title = arena_str(arena, out->title);
	out->solved_by = arena_str(arena, out->solved_by);
	query_end(q);
	return 0;
}

int archive_thread(struct archive *a, int64_t row, const struct venue *venues,
		   size_t venues_n, struct arena *arena, struct thread *out,
		   struct diags *diags)
{
	if (archive_thread_head(a, row, venues, venues_n, arena, out, diags) < 0 ||
	    read_posts(a, arena, out, STR_NONE, diags) < 0 ||
	    read_names(a, arena, out, diags) < 0 || labels_read(a, arena, out, diags) < 0)
		return -1;
	return digest_verify(a, out, diags);
}

int archive_thread_post(struct archive *a, int64_t row, struct str post,
			const struct venue *venues, size_t venues_n, struct arena *arena,
			struct thread *out, struct diags *diags)
{
	return archive_thread_head(a, row, venues, venues_n, arena, out, diags) < 0
		       ? -1 : read_posts(a, arena, out, post, diags);
}

/* --- Finding --- */

int64_t archive_find_thread(struct archive *a, struct str name, struct diags *diags)
{
	static const char by_id[] = "SELECT t.id FROM thread AS t, venue AS v "
				    "WHERE v.slug = ? AND t.venue_id = v.id AND t.ref = ?";
	static const char by_url[] = "SELECT id FROM thread WHERE url = ? ORDER BY id LIMIT 1";
	size_t slash = str_index(name, '/');
	struct query *q;

	if (slash < name.n) {
		int64_t row;

		q = db_query(a->db, "thread", by_id, diags);
		query_bind_text(q, str_slice(name, 0, slash));
		query_bind_text(q, str_slice(name, slash + 1, name.n));
		row = query_row(q);
		if (row)
			return row;
	}
	q = db_query(a->db, "thread", by_url, diags);
	query_bind_text(q, name);
	return query_row(q);
}
