/*
 * Older schemas.  The schema is compared letter by letter, so a column is not
 * added to a table: the rows move into new tables, children behind parents,
 * before there are triggers that would take the digests away.
 */
#include "archive/schema.h"

#include "base/buf.h"
#include "base/mem.h"

#include <stdlib.h>

/* How a table's rows of an older version are asked for in the order of the
 * present one's columns. */
struct move {
	const char *table, *columns;
};

static const struct move from_1[] = {
	{ "venue", "*" },
	{ "product", "*" },
	{ "product_alias", "*" },
	{ "author", "*" },
	{ "thread", "id, venue_id, ref, url, title, created, updated, score, views, "
		    "solved_by, gone, hidden, NULL, embargo, expires, digest" },
	{ "post", "id, thread_id, ref, parent, author_id, created, edited, format, "
		  "language, score, url, licence, permission, gone, hidden, NULL, fetched, "
		  "NULL, hash, body" },
	{ "thread_product", "*" },
	{ "thread_tag", "*" },
	{ "label", "*" },
	{ "evidence", "*" },
	{ "tombstone_key", "*" },
	{ "tombstone", "1, kind, hash" },
	{ "import_run", "*" },
};

static const struct {
	const struct move *moves;
	size_t n;
} versions[SCHEMA_VERSION - 1] = {
	{ from_1, ARRAY_LEN(from_1) },
};

static int run(struct db *db, struct diags *diags, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
static int run(struct db *db, struct diags *diags, const char *fmt, ...)
{
	struct buf sql = BUF_INIT;
	va_list ap;
	int status;

	va_start(ap, fmt);
	buf_vaddf(&sql, fmt, ap);
	va_end(ap);
	status = db_exec(db, sql.p, diags);
	buf_release(&sql);
	return status;
}

/* Their names are needed again.  One after the other, for each changes the list. */
static int drop_rest(struct db *db, struct diags *diags)
{
	static const char next[] =
		"SELECT rowid, printf('DROP %s \"%w\"', type, name) FROM sqlite_schema "
		"WHERE type IN ('trigger', 'index') AND sql IS NOT NULL LIMIT 1";

	for (;;) {
		struct query *q = db_query(db, "sqlite_schema", next, diags);
		int got = query_step(q);
		struct str text;
		char *drop;

		if (got != 1)
			return got;
		query_id(q);
		text = query_text(q);
		drop = xmemdup0(text.p, text.n);
		query_end(q);
		got = db_exec(db, drop, diags);
		free(drop);
		if (got < 0)
			return -1;
	}
}

int schema_migrate(struct db *db, int from, struct diags *diags)
{
	const struct move *moves = versions[from - 1].moves;
	size_t n = versions[from - 1].n;

	if (drop_rest(db, diags) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (run(db, diags, "ALTER TABLE %s RENAME TO old_%s", moves[i].table,
			moves[i].table) < 0)
			return -1;
	if (schema_create_tables(db, diags) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (run(db, diags, "INSERT INTO %s SELECT %s FROM old_%s", moves[i].table,
			moves[i].columns, moves[i].table) < 0)
			return -1;
	while (n-- > 0)
		if (run(db, diags, "DROP TABLE old_%s", moves[n].table) < 0)
			return -1;
	return schema_create_rest(db, diags);
}
