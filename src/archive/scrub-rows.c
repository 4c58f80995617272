/* Every row of the archive looked through for what it has of the forgotten. */
#include "archive/handle.h"
#include "archive/scrub.h"

struct rows {
	struct archive *a;
	struct scrub *scrub;
	struct archive_forgotten *out;
	struct diags *diags;
	struct arena thread; /* of one thread; what is a post's is in the archive's scratch */
};

static struct query *query(const struct rows *r, const char *table, const char *sql)
{
	return db_query(r->a->db, table, sql, r->diags);
}

struct head {
	int64_t row;
	struct str venue, id, url, title;
};

/* The thread behind that row: 1; 0: there is none. */
static int next_head(struct rows *r, int64_t row, struct head *h)
{
	static const char sql[] =
		"SELECT t.id, v.slug, t.ref, t.url, t.title FROM thread AS t "
		"CROSS JOIN venue AS v ON v.id = t.venue_id WHERE t.id > ? ORDER BY t.id LIMIT 1";
	struct query *q = query(r, "thread", sql);
	int got;

	arena_reset(&r->thread);
	query_bind_int(q, row);
	got = query_step(q);
	if (got != 1)
		return got;
	h->row = query_id(q);
	h->venue = arena_str(&r->thread, query_name(q));
	h->id = arena_str(&r->thread, query_name(q));
	h->url = arena_str(&r->thread, query_name(q));
	h->title = arena_str(&r->thread, query_text(q));
	if (h->row <= row)
		query_damaged(q, "the row is out of order");
	if (query_failed(q))
		return -1;
	query_end(q);
	return 1;
}

/* What may name somebody stays; id: of the post, absent for the title. */
static void say_unsure(struct rows *r, const struct head *h, struct str id, size_t unsure)
{
	if (!unsure)
		return;
	diag_add(r->diags, DIAG_NAME_LEFT, db_place(r->a->db),
		 "%s '%.*s/%.*s%s%.*s' may name who was forgotten: %zu word%s",
		 id.n ? "post" : "the title of", STR_ARG(h->venue), STR_ARG(h->id),
		 id.n ? "/" : "", STR_ARG(id), unsure, unsure == 1 ? "" : "s");
	diag_hint(r->diags, "it is a name that is a word too, in a thread of others: "
			    "look; --name takes a name out wherever it stands");
}

static int scrub_head(struct rows *r, struct head *h)
{
	static const char sql[] = "UPDATE thread SET url = ?2, title = ?3 WHERE id = ?1";
	size_t unsure = scrub_counts(r->scrub)->unsure;
	int gone = scrub_title_gone(r->scrub, r->diags), title = 0, url;
	struct query *q;

	if (gone < 0)
		return -1;
	if (gone) {
		title = !str_is(h->title, SCRUB_MARK);
		h->title = STR(SCRUB_MARK);
	} else {
		title = scrub_text(r->scrub, h->title, &r->thread, &h->title, r->diags);
	}
	say_unsure(r, h, STR(""), scrub_counts(r->scrub)->unsure - unsure);
	url = scrub_url(r->scrub, h->url, &r->thread, &h->url, r->diags);
	if (title <= 0 && url <= 0)
		return title < 0 || url < 0 ? -1 : 0;
	archive_forgotten_add(r->out, h->row);
	q = query(r, "thread", sql);
	query_bind_int(q, h->row);
	query_bind_text(q, h->url);
	query_bind_text(q, h->title);
	return query_run(q);
}

/* Labels that were said of the post as it was are said of it as it is. */
static int store_post(struct rows *r, const struct head *h, const struct post *p,
		      const unsigned char old[SHA256_SIZE])
{
	static const char row[] = "UPDATE post SET body = ?2, url = ?3, hash = ?4 WHERE id = ?1";
	static const char labels[] =
		"UPDATE label SET hash = ?4 WHERE thread_id = ?1 AND post = ?2 AND hash = ?3";
	unsigned char hash[SHA256_SIZE];
	struct query *q = query(r, "post", row);

	post_hash(p->format, p->body, hash);
	query_bind_int(q, p->row);
	query_bind_text(q, p->body);
	query_bind_optional(q, p->url);
	query_bind_blob(q, hash, SHA256_SIZE);
	if (query_run(q) < 0)
		return -1;
	archive_forgotten_add(r->out, h->row);
	q = query(r, "label", labels);
	query_bind_int(q, h->row);
	query_bind_text(q, p->id);
	query_bind_blob(q, old, SHA256_SIZE);
	query_bind_blob(q, hash, SHA256_SIZE);
	return query_run(q);
}

static int scrub_post(struct rows *r, const struct head *h, struct post *p)
{
	size_t unsure = scrub_counts(r->scrub)->unsure;
	unsigned char old[SHA256_SIZE];
	int body, url;

	post_hash(p->format, p->body, old);
	body = scrub_body(r->scrub, p->format, p->body, &r->a->scratch, &p->body, r->diags);
	url = scrub_url(r->scrub, p->url, &r->a->scratch, &p->url, r->diags);
	if (body < 0 || url < 0)
		return -1;
	say_unsure(r, h, p->id, scrub_counts(r->scrub)->unsure - unsure);
	return body || url ? store_post(r, h, p, old) : 0;
}

static int scrub_posts(struct rows *r, const struct head *h)
{
	static const char sql[] = "SELECT id, ref, format, url, body FROM post "
				  "WHERE thread_id = ? AND ref > ? ORDER BY ref LIMIT 1";
	struct buf last = BUF_INIT;
	int got;

	for (;;) {
		struct query *q = query(r, "post", sql);
		struct post p = { 0 };

		arena_reset(&r->a->scratch);
		query_bind_int(q, h->row);
		query_bind_text(q, buf_str(&last));
		got = query_step(q);
		if (got != 1)
			break;
		p.row = query_id(q);
		p.id = arena_str(&r->a->scratch, query_name(q));
		p.format = (enum body_format)query_enum(q, body_format_names);
		p.url = arena_str(&r->a->scratch, query_optional(q));
		p.body = arena_str(&r->a->scratch, query_text(q));
		if (str_cmp(p.id, buf_str(&last)) <= 0)
			query_damaged(q, "the row is out of order");
		got = query_failed(q) ? -1 : 0;
		query_end(q);
		if (got < 0 || scrub_post(r, h, &p) < 0) {
			got = -1;
			break;
		}
		buf_reset(&last);
		buf_addstr(&last, p.id);
	}
	buf_release(&last);
	return got;
}

static int scrub_label(struct rows *r, const struct head *h, int64_t row,
		       struct label *label)
{
	static const char sql[] =
		"UPDATE label SET quote = ?2, note = ?3, by = ?4 WHERE id = ?1";
	int changed = scrub_said(r->scrub, label, &r->a->scratch, r->diags);
	struct query *q;

	if (changed <= 0)
		return changed;
	archive_forgotten_add(r->out, h->row);
	q = query(r, "label", sql);
	query_bind_int(q, row);
	query_bind_optional(q, label->quote);
	query_bind_optional(q, label->note);
	query_bind_text(q, label->by);
	return query_run(q);
}

static int scrub_labels(struct rows *r, const struct head *h)
{
	static const char sql[] = "SELECT id, quote, note, by FROM label WHERE thread_id = ? "
				  "AND id > ? ORDER BY id LIMIT 1";
	int64_t last = 0;

	for (;;) {
		struct query *q = query(r, "label", sql);
		struct label label = { 0 };
		int got;

		arena_reset(&r->a->scratch);
		query_bind_int(q, h->row);
		query_bind_int(q, last);
		got = query_step(q);
		if (got != 1)
			return got;
		last = query_id(q);
		label.quote = arena_str(&r->a->scratch, query_optional(q));
		label.note = arena_str(&r->a->scratch, query_optional(q));
		label.by = arena_str(&r->a->scratch, query_name(q));
		if (query_failed(q))
			return -1;
		query_end(q);
		if (scrub_label(r, h, last, &label) < 0)
			return -1;
	}
}

static int scrub_all(struct rows *r)
{
	struct head h = { 0 };
	int got;

	while ((got = next_head(r, h.row, &h)) == 1)
		if (scrub_enter(r->scrub, h.venue, h.id, r->diags) < 0 ||
		    scrub_head(r, &h) < 0 || scrub_posts(r, &h) < 0 ||
		    scrub_labels(r, &h) < 0)
			return -1;
	return got;
}

int scrub_rows(struct scrub *s, struct archive *a, struct archive_forgotten *out,
	       struct diags *diags)
{
	struct rows r = { .a = a, .scrub = s, .out = out, .diags = diags };
	int status = scrub_all(&r);

	arena_release(&r.thread);
	return status;
}
