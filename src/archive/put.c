/* A thread's way into the archive: what is new, what differs, what is gone. */
#include "archive/handle.h"

#include "base/mem.h"

#include <stdlib.h>

/* One call of archive_put_thread(). */
struct put {
	struct archive *a;
	struct thread *t;
	const struct archive_put *how;
	struct diags *diags;
	struct str *ids;     /* of the posts given, sorted; in the scratch arena */
	bool *refused;       /* per post of t; in the scratch arena */
	bool is_new, changed;
	bool kept_out; /* all of it was forgotten */
	bool differs; /* what is stored may not be just what t says */
	struct archive_put_counts counts;
};

static struct query *query(struct put *p, const char *table, const char *sql)
{
	return db_query(p->a->db, table, sql, p->diags);
}

/* Runs a bound statement and notes whether it changed a row. */
static int run(struct put *p, struct query *q)
{
	bool changed;

	if (query_run(q) < 0)
		return -1;
	changed = db_changes(p->a->db) > 0;
	p->changed |= changed;
	p->differs |= !changed;
	return 0;
}

/*
 * When a row was withdrawn: as the import says, else since when it is, else
 * now, for what was shown until now; what comes in withdrawn was never shown
 * here, and nobody need be told when that began.
 */
#define WITHDRAWN(gone, hidden, given, now) \
	"CASE WHEN max(" gone ", " hidden ", hidden) = 0 THEN NULL " \
	"WHEN " given " IS NOT NULL THEN " given " " \
	"WHEN gone OR hidden THEN withdrawn ELSE " now " END"

/* What isn't withdrawn has no time of it. */
static void settle_withdrawn(struct thread *t)
{
	if (!t->gone && !t->hidden)
		t->withdrawn = WHEN_NONE;
	for (size_t i = 0; i < t->posts_n; i++)
		if (post_shown(&t->posts[i]))
			t->posts[i].withdrawn = WHEN_NONE;
}

/* --- Authors --- */

static int64_t insert_author(struct put *p, const struct author *author)
{
	static const char sql[] =
		"INSERT INTO author (venue_id, ref, name, url, staff) VALUES (?, ?, ?, ?, ?)";
	struct query *q = query(p, "author", sql);

	query_bind_int(q, p->t->venue->row);
	query_bind_text(q, author->id);
	query_bind_text(q, author->name);
	query_bind_optional(q, author->url);
	query_bind_int(q, author->staff);
	return run(p, q) < 0 ? -1 : db_last_row(p->a->db);
}

/* A name that differs is taken, unless the archive has a newer post of the
 * author, whose name stands: so the order in which posts come is no matter. */
static int update_author(struct put *p, const struct post *post, int64_t row)
{
	static const char sql[] =
		"UPDATE author SET name = ?2, url = ?3, staff = ?4 WHERE id = ?1 AND NOT EXISTS "
		"(SELECT 1 FROM post WHERE author_id = ?1 AND (created, ref) > (?5, ?6))";
	struct query *q = query(p, "author", sql);

	query_bind_int(q, row);
	query_bind_text(q, post->author->name);
	query_bind_optional(q, post->author->url);
	query_bind_int(q, post->author->staff);
	query_bind_int(q, post->created);
	query_bind_text(q, post->id);
	return run(p, q);
}

/* The author's row, made or brought up to date; -1 on failure. */
static int64_t put_author(struct put *p, const struct post *post)
{
	static const char find[] =
		"SELECT id, name, url, staff FROM author WHERE venue_id = ? AND ref = ?";
	const struct author *author = post->author;
	struct query *q = query(p, "author", find);
	bool same;
	int64_t row;
	int got;

	query_bind_int(q, p->t->venue->row);
	query_bind_text(q, author->id);
	got = query_step(q);
	if (got != 1)
		return got < 0 ? -1 : insert_author(p, author);
	row = query_id(q);
	same = str_eq(query_text(q), author->name);
	same &= str_eq(query_optional(q), author->url);
	same &= query_bool(q) == author->staff;
	if (query_failed(q))
		return -1;
	query_end(q);
	p->differs |= !same;
	return same || update_author(p, post, row) == 0 ? row : -1;
}

/* --- Posts --- */

static void bind_post(struct query *q, const struct put *p, const struct post *post,
		      int64_t author, const unsigned char *hash)
{
	query_bind_int(q, p->t->row);
	query_bind_text(q, post->id);
	query_bind_optional(q, post->parent);
	query_bind_unless(q, author, 0);
	query_bind_int(q, post->created);
	query_bind_unless(q, post->edited, WHEN_NONE);
	query_bind_text(q, str_of(body_format_names[post->format]));
	query_bind_optional(q, post->language);
	query_bind_int(q, post->score);
	query_bind_optional(q, post->url);
	query_bind_optional(q, post->licence);
	query_bind_optional(q, post->permission);
	query_bind_int(q, post->gone);
	query_bind_int(q, post->hidden);
	query_bind_unless(q, post->withdrawn, WHEN_NONE);
	query_bind_unless(q, post->fetched, WHEN_NONE);
	query_bind_blob(q, hash, SHA256_SIZE);
	query_bind_text(q, post->body);
}

#define POST_WITHDRAWN WITHDRAWN("?13", "?14", "?15", "?19")

/* Found by id; bodies are compared by hash. */
static const char update_post[] =
	"UPDATE post SET parent = ?3, author_id = ?4, created = ?5, edited = ?6, "
	"format = ?7, language = ifnull(?8, language), score = ?9, url = ?10, "
	"licence = ifnull(?11, licence), permission = ifnull(?12, permission), "
	"gone = ?13, hidden = max(?14, hidden), withdrawn = " POST_WITHDRAWN ", "
	"fetched = ?16, hash = ?17, body = ?18 "
	"WHERE thread_id = ?1 AND ref = ?2 AND (parent, author_id, created, edited, "
	"format, language, score, url, licence, permission, gone, hidden, withdrawn, hash) "
	"IS NOT (?3, ?4, ?5, ?6, ?7, ifnull(?8, language), ?9, ?10, ifnull(?11, licence), "
	"ifnull(?12, permission), ?13, max(?14, hidden), " POST_WITHDRAWN ", ?17)";
static const char insert_post[] =
	"INSERT INTO post (thread_id, ref, parent, author_id, created, edited, format, "
	"language, score, url, licence, permission, gone, hidden, withdrawn, fetched, "
	"hash, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char find_post[] = "SELECT id FROM post WHERE thread_id = ? AND ref = ?";

/* Labels were said of what the post no longer is. */
static int count_stale(struct put *p, const struct post *post,
		       const unsigned char *hash)
{
	static const char sql[] = "SELECT id FROM label WHERE thread_id = ?1 AND post = ?2 "
				  "AND hash IS NOT NULL AND hash <> ?3";
	struct query *q = query(p, "label", sql);
	int got;

	query_bind_int(q, p->t->row);
	query_bind_text(q, post->id);
	query_bind_blob(q, hash, SHA256_SIZE);
	while ((got = query_step(q)) == 1)
		p->counts.labels_stale++;
	return got;
}

static int count_post(struct put *p, const struct post *post, bool known,
		      const unsigned char *hash)
{
	bool changed = db_changes(p->a->db) > 0;

	p->counts.posts_new += !known;
	p->counts.posts_changed += known && changed;
	p->counts.posts_same += known && !changed;
	return known && changed ? count_stale(p, post, hash) : 0;
}

static int put_post(struct put *p, struct post *post)
{
	unsigned char hash[SHA256_SIZE];
	int64_t author = post->author ? put_author(p, post) : 0;
	struct query *q;
	bool known;

	if (author < 0)
		return -1;
	post->row = 0;
	if (!p->is_new) {
		q = query(p, "post", find_post);
		query_bind_int(q, p->t->row);
		query_bind_text(q, post->id);
		post->row = query_row(q);
	}
	if (post->row < 0)
		return -1;
	post_hash(post->format, post->body, hash);
	known = post->row > 0;
	q = query(p, "post", known ? update_post : insert_post);
	bind_post(q, p, post, author, hash);
	if (post->row)
		query_bind_int(q, p->how->now);
	if (run(p, q) < 0)
		return -1;
	if (!known)
		post->row = db_last_row(p->a->db);
	return count_post(p, post, known, hash);
}

static int put_posts(struct put *p)
{
	for (size_t i = 0; i < p->t->posts_n; i++)
		if (!p->refused[i] && put_post(p, &p->t->posts[i]) < 0)
			return -1;
	return 0;
}

/* Marks gone what the archive has and the thread doesn't. */
static int mark_vanished(struct put *p)
{
	static const char list[] =
		"SELECT id, ref FROM post WHERE thread_id = ? AND gone = 0 AND ref > ? "
		"ORDER BY ref";
	static const char mark[] = "UPDATE post SET gone = 1, withdrawn = CASE WHEN hidden "
				   "THEN withdrawn ELSE ?2 END WHERE id = ?1";
	struct str ref, last = STR("");

	for (;;) {
		struct query *q = query(p, "post", list);
		int64_t row;

		query_bind_int(q, p->t->row);
		query_bind_text(q, last);
		do {
			int got = query_step(q);

			if (got != 1)
				return got;
			row = query_id(q);
			ref = query_text(q);
			if (str_cmp(ref, last) <= 0)
				query_damaged(q, "the row is out of order");
			if (query_failed(q))
				return -1;
		} while (str_among(p->ids, p->t->posts_n, ref));
		last = arena_str(&p->a->scratch, ref);
		query_end(q);
		q = query(p, "post", mark);
		query_bind_int(q, row);
		query_bind_int(q, p->how->now);
		if (run(p, q) < 0)
			return -1;
		p->counts.posts_gone++;
	}
}

/* --- The thread itself --- */

static const char insert_thread[] =
	"INSERT INTO thread (venue_id, ref, url, title, created, updated, score, views, "
	"solved_by, gone, hidden, withdrawn, embargo, expires) "
	"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
#define THREAD_WITHDRAWN WITHDRAWN("?10", "?11", "?12", "?15")
static const char update_thread[] =
	"UPDATE thread SET url = ?3, title = ?4, created = ?5, updated = ?6, score = ?7, "
	"views = ?8, solved_by = ?9, gone = ?10, hidden = max(?11, hidden), "
	"withdrawn = " THREAD_WITHDRAWN ", "
	"embargo = ifnull(?13, embargo), expires = ifnull(?14, expires) "
	"WHERE venue_id = ?1 AND ref = ?2 AND (url, title, created, updated, score, views, "
	"solved_by, gone, hidden, withdrawn, embargo, expires) IS NOT (?3, ?4, ?5, ?6, ?7, "
	"?8, ?9, ?10, max(?11, hidden), " THREAD_WITHDRAWN ", ifnull(?13, embargo), "
	"ifnull(?14, expires))";
static const char find_thread[] = "SELECT id FROM thread WHERE venue_id = ? AND ref = ?";

/* What is kept of a thread must be what was stored: the digest that it gets
 * would make damage look sound. */
static int check_known(struct put *p)
{
	struct thread known;

	return archive_thread(p->a, p->t->row, p->t->venue, 1, &p->a->scratch, &known,
			      p->diags);
}

static int find_head(struct put *p)
{
	struct thread *t = p->t;
	struct query *q = query(p, "thread", find_thread);

	query_bind_int(q, t->venue->row);
	query_bind_text(q, t->id);
	t->row = query_row(q);
	p->is_new = t->row == 0;
	return t->row < 0 || (t->row > 0 && check_known(p) < 0) ? -1 : 0;
}

static int put_head(struct put *p)
{
	struct thread *t = p->t;
	struct query *q = query(p, "thread", p->is_new ? insert_thread : update_thread);

	query_bind_int(q, t->venue->row);
	query_bind_text(q, t->id);
	query_bind_text(q, t->url);
	query_bind_text(q, t->title);
	query_bind_int(q, t->created);
	query_bind_unless(q, t->updated, WHEN_NONE);
	query_bind_int(q, t->score);
	query_bind_unless(q, t->views, NUMBER_NONE);
	query_bind_optional(q, t->solved_by);
	query_bind_int(q, t->gone);
	query_bind_int(q, t->hidden);
	query_bind_unless(q, t->withdrawn, WHEN_NONE);
	query_bind_unless(q, t->embargo, WHEN_NONE);
	query_bind_unless(q, t->expires, WHEN_NONE);
	if (!p->is_new)
		query_bind_int(q, p->how->now);
	if (run(p, q) < 0)
		return -1;
	if (p->is_new)
		t->row = db_last_row(p->a->db);
	return 0;
}

/* --- Tags, links, labels --- */

static int drop_tags(struct put *p)
{
	static const char list[] = "SELECT thread_id, tag FROM thread_tag "
				   "WHERE thread_id = ? AND tag > ? ORDER BY tag";
	static const char drop[] = "DELETE FROM thread_tag WHERE thread_id = ? AND tag = ?";
	struct str tag, last = STR("");

	for (;;) {
		struct query *q = query(p, "thread_tag", list);

		query_bind_int(q, p->t->row);
		query_bind_text(q, last);
		do {
			int got = query_step(q);

			if (got != 1)
				return got;
			query_id(q);
			tag = query_text(q);
			if (str_cmp(tag, last) <= 0)
				query_damaged(q, "the row is out of order");
			if (query_failed(q))
				return -1;
		} while (str_among(p->t->tags, p->t->tags_n, tag));
		last = arena_str(&p->a->scratch, tag);
		query_end(q);
		q = query(p, "thread_tag", drop);
		query_bind_int(q, p->t->row);
		query_bind_text(q, last);
		if (run(p, q) < 0)
			return -1;
	}
}

static int put_tags(struct put *p)
{
	static const char add[] = "INSERT OR IGNORE INTO thread_tag VALUES (?, ?)";

	for (size_t i = 0; i < p->t->tags_n; i++) {
		struct query *q = query(p, "thread_tag", add);

		query_bind_int(q, p->t->row);
		query_bind_text(q, p->t->tags[i]);
		if (run(p, q) < 0)
			return -1;
	}
	return p->is_new ? 0 : drop_tags(p);
}

static int put_links(struct put *p)
{
	static const char find[] = "SELECT id FROM product WHERE slug = ?";
	static const char add[] = "INSERT OR IGNORE INTO thread_product VALUES (?, ?)";

	for (size_t i = 0; i < p->t->products_n; i++) {
		struct query *q = query(p, "product", find);
		int64_t product;

		query_bind_text(q, p->t->products[i]);
		product = query_row(q);
		if (product == 0) {
			diag_add(p->diags, DIAG_NO_SUCH_PRODUCT, p->how->where,
				 "thread '%.*s/%.*s' names a product '%.*s' that isn't known",
				 STR_ARG(p->t->venue->slug), STR_ARG(p->t->id),
				 STR_ARG(p->t->products[i]));
			diag_hint(p->diags, "a product must come before the threads that name it");
		}
		if (product <= 0)
			return -1;
		q = query(p, "thread_product", add);
		query_bind_int(q, p->t->row);
		query_bind_int(q, product);
		if (run(p, q) < 0)
			return -1;
	}
	return 0;
}

static bool rests_on_refused(const struct put *p, const struct label *label)
{
	for (size_t i = 0; label->post.n && i < p->t->posts_n; i++)
		if (p->refused[i] && str_eq(p->t->posts[i].id, label->post))
			return true;
	return false;
}

static int put_labels(struct put *p)
{
	for (size_t i = 0; i < p->t->labels_n; i++) {
		enum archive_change change;

		if (rests_on_refused(p, &p->t->labels[i]))
			continue;
		if (archive_add_label(p->a, p->t->row, &p->t->labels[i], &change, p->diags) < 0)
			return -1;
		p->changed |= change == ARCHIVE_NEW;
		p->differs |= change != ARCHIVE_NEW;
	}
	return 0;
}

/* The hash is of what the curator saw: the post's, unless it was edited since. */
int archive_add_label(struct archive *a, int64_t thread, const struct label *label,
		      enum archive_change *change, struct diags *diags)
{
	static const char sql[] =
		"INSERT INTO label (thread_id, name, post, quote, by, at, note, hash) "
		"SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, (SELECT hash FROM post "
		"WHERE thread_id = ?1 AND ref = ?3 AND (edited IS NULL OR edited <= ?6)) "
		"WHERE NOT EXISTS (SELECT 1 FROM label WHERE thread_id = ?1 "
		"AND (name, post, quote, by, at, note) IS (?2, ?3, ?4, ?5, ?6, ?7))";
	struct label sifted = *label;
	int refused = sift_label(a, thread, &sifted, diags);
	struct query *q;

	*change = ARCHIVE_REFUSED;
	if (refused)
		return refused < 0 ? -1 : 0;
	label = &sifted;
	q = db_query(a->db, "label", sql, diags);
	query_bind_int(q, thread);
	query_bind_text(q, label->name);
	query_bind_optional(q, label->post);
	query_bind_optional(q, label->quote);
	query_bind_text(q, label->by);
	query_bind_int(q, label->at);
	query_bind_optional(q, label->note);
	if (query_run(q) < 0)
		return -1;
	*change = db_changes(a->db) ? ARCHIVE_NEW : ARCHIVE_SAME;
	return 0;
}

/* --- All of it --- */

/* The posts' ids sorted; two equal ones are a mistake in the export. */
static int sort_ids(struct put *p)
{
	size_t n = p->t->posts_n;

	p->ids = arena_array(&p->a->scratch, struct str, n);
	p->refused = arena_array(&p->a->scratch, bool, n);
	for (size_t i = 0; i < n; i++)
		p->ids[i] = p->t->posts[i].id;
	str_sort(p->ids, n);
	for (size_t i = 1; i < n; i++)
		if (str_eq(p->ids[i - 1], p->ids[i]))
			return diag_add(p->diags, DIAG_DUPLICATE_ID, p->how->where,
					"thread '%.*s/%.*s' has two posts '%.*s'",
					STR_ARG(p->t->venue->slug), STR_ARG(p->t->id),
					STR_ARG(p->ids[i]));
	return 0;
}

static int put_all(struct put *p)
{
	int refused = sift_thread(p->a, p->t, p->refused, p->diags);

	if (refused < 0 || find_head(p) < 0)
		return -1;
	p->differs |= refused > 0;
	p->counts.posts_refused = (uint64_t)refused;
	p->kept_out = p->is_new && refused && (size_t)refused == p->t->posts_n;
	if (p->kept_out)
		return 0;
	if (put_head(p) < 0 || put_posts(p) < 0)
		return -1;
	if (p->how->complete && !p->is_new && mark_vanished(p) < 0)
		return -1;
	if (put_tags(p) < 0 || put_links(p) < 0 || put_labels(p) < 0)
		return -1;
	return p->is_new && !p->differs ? digest_store_of(p->a, p->t, p->diags) : 0;
}

static const char release_put[] = "RELEASE put";

/* After a full disk SQLite has left the transaction; what came now would be
 * committed thread by thread. */
static int begin_put(struct archive *a, struct diags *diags)
{
	static const char sql[] = "SAVEPOINT put";

	if (!db_in_transaction(a->db))
		return diag_add(diags, DIAG_IO, db_place(a->db),
				"everything was rolled back because of an earlier mistake");
	return query_run(db_query(a->db, "thread", sql, diags));
}

static void undo_put(struct archive *a)
{
	struct diags ignored = DIAGS_INIT;

	if (db_in_transaction(a->db))
		db_exec(a->db, "ROLLBACK TO put; RELEASE put", &ignored);
	archive_scrub_drop(a);
	diags_release(&ignored);
}

static void add_counts(struct archive_put_counts *to,
		       const struct archive_put_counts *from)
{
	to->posts_new += from->posts_new;
	to->posts_changed += from->posts_changed;
	to->posts_same += from->posts_same;
	to->posts_gone += from->posts_gone;
	to->posts_refused += from->posts_refused;
	to->labels_stale += from->labels_stale;
}

int archive_put_thread(struct archive *a, struct thread *thread,
		       const struct archive_put *how, enum archive_change *change,
		       struct diags *diags)
{
	struct put p = { .a = a, .t = thread, .how = how, .diags = diags };
	int refused;

	invariant(a->in_write && thread->venue->row > 0);
	thread_sort(thread);
	settle_withdrawn(thread);
	arena_reset(&a->scratch);
	refused = tombstone_find(a, TOMBSTONE_THREAD, thread->venue->slug, thread->id, STR_NONE,
				 diags);
	*change = ARCHIVE_REFUSED;
	if (refused)
		return refused < 0 ? -1 : 0;
	if (begin_put(a, diags) < 0)
		return -1;
	if (sort_ids(&p) < 0 || put_all(&p) < 0) {
		undo_put(a);
		return -1;
	}
	*change = p.kept_out ? ARCHIVE_REFUSED
		  : p.is_new ? ARCHIVE_NEW
		  : p.changed ? ARCHIVE_CHANGED : ARCHIVE_SAME;
	if (how->counts)
		add_counts(how->counts, &p.counts);
	return query_run(db_query(a->db, "thread", release_put, diags));
}
