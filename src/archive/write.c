/*
 * Transactions, venues, products, and the run log.  A thread's way in is
 * put.c's.
 */
#include "archive/handle.h"

#include "base/mem.h"
#include "base/stop.h"

int archive_begin(struct archive *a, struct diags *diags)
{
	invariant(a->mode != ARCHIVE_READ && !a->in_write);
	if (db_exec(a->db, "BEGIN IMMEDIATE", diags) < 0)
		return -1;
	a->in_write = true;
	if (tombstones_load(a, diags) == 0)
		return 0;
	archive_rollback(a);
	return -1;
}

static int commit(struct archive *a, struct diags *diags)
{
	if (stop_asked() || db_exec(a->db, "COMMIT", diags) < 0) {
		archive_rollback(a);
		return -1;
	}
	archive_scrub_drop(a);
	a->in_write = a->made = false;
	return archive_read_counter(a, diags);
}

/* Whoever asks to stop comes before it or after it. */
int archive_commit(struct archive *a, struct diags *diags)
{
	bool lets;
	int status;

	invariant(a->in_write);
	if (digest_store(a, diags) < 0) {
		archive_rollback(a);
		return -1;
	}
	lets = stop_hold();
	status = commit(a, diags);
	if (lets)
		stop_let();
	return status;
}

void archive_rollback(struct archive *a)
{
	db_rollback(a->db);
	archive_scrub_drop(a);
	a->in_write = false;
}

static int bad_slug(struct archive *a, const char *what, struct str slug,
		    struct diags *diags)
{
	diag_add(diags, DIAG_BAD_VALUE, db_place(a->db), "'%.*s' is no slug of a %s",
		 STR_ARG(slug), what);
	diag_hint(diags, "1 to 64 of a-z, 0-9 and '-'");
	return -1;
}

/* Runs the bound insert or update and says what it did. */
static int apply(struct archive *a, struct query *q, int64_t *row,
		 enum archive_change *change)
{
	if (query_run(q) < 0)
		return -1;
	if (!*row) {
		*row = db_last_row(a->db);
		*change = ARCHIVE_NEW;
	} else {
		*change = db_changes(a->db) ? ARCHIVE_CHANGED : ARCHIVE_SAME;
	}
	return 0;
}

/* --- Venues --- */

int archive_put_venue(struct archive *a, struct venue *venue,
		      enum archive_change *change, struct diags *diags)
{
	static const char find[] = "SELECT id FROM venue WHERE slug = ?";
	static const char insert[] = "INSERT INTO venue (slug, name, url, kind, language, "
				     "licence, own) VALUES (?, ?, ?, ?, ?, ?, ?)";
	static const char update[] =
		"UPDATE venue SET name = ?2, url = ?3, kind = ?4, language = ?5, "
		"licence = ?6, own = ?7 "
		"WHERE slug = ?1 AND (name, url, kind, language, licence, own) IS NOT "
		"(?2, ?3, ?4, ?5, ?6, ?7)";
	struct query *q = db_query(a->db, "venue", find, diags);

	if (!str_is_slug(venue->slug))
		return bad_slug(a, "venue", venue->slug, diags);
	query_bind_text(q, venue->slug);
	venue->row = query_row(q);
	if (venue->row < 0)
		return -1;
	q = db_query(a->db, "venue", venue->row ? update : insert, diags);
	query_bind_text(q, venue->slug);
	query_bind_text(q, venue->name);
	query_bind_text(q, venue->url);
	query_bind_optional(q, venue->kind);
	query_bind_optional(q, venue->language);
	query_bind_optional(q, venue->licence);
	query_bind_int(q, venue->own);
	return apply(a, q, &venue->row, change);
}

/* --- Products --- */

static int edit_alias(struct archive *a, const char *sql, int64_t product,
		      struct str alias, bool *changed, struct diags *diags)
{
	struct query *q = db_query(a->db, "product_alias", sql, diags);

	query_bind_int(q, product);
	query_bind_text(q, alias);
	if (query_run(q) < 0)
		return -1;
	*changed |= db_changes(a->db) > 0;
	return 0;
}

/* Drops the aliases that the product no longer has. */
static int drop_aliases(struct archive *a, const struct product *p, bool *changed,
			struct diags *diags)
{
	static const char list[] = "SELECT product_id, alias FROM product_alias "
				   "WHERE product_id = ? AND alias > ? ORDER BY alias";
	static const char drop[] =
		"DELETE FROM product_alias WHERE product_id = ? AND alias = ?";
	struct str alias, last = STR("");
	int got;

	do {
		struct query *q = db_query(a->db, "product_alias", list, diags);

		query_bind_int(q, p->row);
		query_bind_text(q, last);
		do {
			got = query_step(q);
			if (got != 1)
				return got;
			query_id(q);
			alias = query_text(q);
			if (str_cmp(alias, last) <= 0)
				query_damaged(q, "the row is out of order");
			if (query_failed(q))
				return -1;
		} while (str_among(p->aliases, p->aliases_n, alias));
		last = arena_str(&a->scratch, alias);
		query_end(q);
	} while (edit_alias(a, drop, p->row, last, changed, diags) == 0);
	return -1;
}

static int put_aliases(struct archive *a, const struct product *p, bool *changed,
		       struct diags *diags)
{
	static const char add[] = "INSERT OR IGNORE INTO product_alias VALUES (?, ?)";

	arena_reset(&a->scratch);
	for (size_t i = 0; i < p->aliases_n; i++)
		if (edit_alias(a, add, p->row, p->aliases[i], changed, diags) < 0)
			return -1;
	return drop_aliases(a, p, changed, diags);
}

int archive_put_product(struct archive *a, struct product *product,
			enum archive_change *change, struct diags *diags)
{
	static const char find[] = "SELECT id FROM product WHERE slug = ?";
	static const char insert[] = "INSERT INTO product (slug, name, url) VALUES (?, ?, ?)";
	static const char update[] = "UPDATE product SET name = ?2, url = ?3 WHERE slug = ?1 "
				     "AND (name, url) IS NOT (?2, ?3)";
	struct query *q = db_query(a->db, "product", find, diags);
	bool changed = false;

	if (!str_is_slug(product->slug))
		return bad_slug(a, "product", product->slug, diags);
	query_bind_text(q, product->slug);
	product->row = query_row(q);
	if (product->row < 0)
		return -1;
	q = db_query(a->db, "product", product->row ? update : insert, diags);
	query_bind_text(q, product->slug);
	query_bind_text(q, product->name);
	query_bind_text(q, product->url);
	if (apply(a, q, &product->row, change) < 0 ||
	    put_aliases(a, product, &changed, diags) < 0)
		return -1;
	if (changed && *change == ARCHIVE_SAME)
		*change = ARCHIVE_CHANGED;
	return 0;
}

/* --- The run log --- */

int archive_log_run(struct archive *a, int64_t at, const char *command,
		    const char *source, const char *result, struct diags *diags)
{
	static const char sql[] = "INSERT INTO import_run (at, command, source, result) "
				  "VALUES (?, ?, ?, ?)";
	struct query *q = db_query(a->db, "import_run", sql, diags);

	query_bind_int(q, at);
	query_bind_text(q, str_of(command));
	query_bind_text(q, str_of(source));
	query_bind_text(q, str_of(result));
	return query_run(q);
}
