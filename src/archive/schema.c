/*
 * The schema, version 2.  What the columns mean is said in candor-archive(5).
 *
 * Whatever a canonical line contains is followed by triggers that set the
 * line's digest to NULL, so that nobody who edits by hand leaves a digest
 * that lies.  In post, body comes last: rows are read without it.
 *
 * Two checks are written for speed, which an import feels: printf() stops at a
 * NUL byte and so tells a body that holds one, 20 times faster than instr();
 * an IN with more than two values, or with OLD or NEW, would build a table for
 * every row.
 */
#include "archive/schema.h"

#include "base/mem.h"

#define TIME(column) "CHECK (" column " BETWEEN -62135596800 AND 253402300799)"
#define FLAG(column) "CHECK (" column " IN (0, 1))"
#define STALE_IN(table, which) \
	"    UPDATE " table " SET digest = NULL WHERE " which " AND digest IS NOT NULL;\n"
#define STALE(which) STALE_IN("thread", which)

const struct schema_object schema_objects[] = {
	{ "venue",
	  "CREATE TABLE venue (\n"
	  "    id INTEGER PRIMARY KEY,\n"
	  "    slug TEXT NOT NULL UNIQUE\n"
	  "        CHECK (length(slug) BETWEEN 1 AND 64\n"
	  "            AND slug NOT GLOB '*[^-0-9a-z]*'),\n"
	  "    name TEXT NOT NULL CHECK (name <> ''),\n"
	  "    url TEXT NOT NULL CHECK (url <> ''),\n"
	  "    kind TEXT CHECK (kind <> ''),\n"
	  "    language TEXT CHECK (length(language) BETWEEN 2 AND 35\n"
	  "        AND language NOT GLOB '*[^-0-9A-Za-z]*'),\n"
	  "    licence TEXT CHECK (licence <> ''),\n"
	  "    own INTEGER NOT NULL DEFAULT 0 " FLAG("own") ",\n"
	  "    digest BLOB CHECK (length(digest) = 32),\n"
	  "    CHECK (instr(slug || name || url || ifnull(kind, '') || ifnull(language, '')\n"
	  "        || ifnull(licence, ''), char(0)) = 0)\n"
	  ") STRICT" },
	{ "product",
	  "CREATE TABLE product (\n"
	  "    id INTEGER PRIMARY KEY,\n"
	  "    slug TEXT NOT NULL UNIQUE\n"
	  "        CHECK (length(slug) BETWEEN 1 AND 64\n"
	  "            AND slug NOT GLOB '*[^-0-9a-z]*'),\n"
	  "    name TEXT NOT NULL CHECK (name <> ''),\n"
	  "    url TEXT NOT NULL CHECK (url <> ''),\n"
	  "    digest BLOB CHECK (length(digest) = 32),\n"
	  "    CHECK (instr(slug || name || url, char(0)) = 0)\n"
	  ") STRICT" },
	{ "product_alias",
	  "CREATE TABLE product_alias (\n"
	  "    product_id INTEGER NOT NULL REFERENCES product ON DELETE CASCADE,\n"
	  "    alias TEXT NOT NULL CHECK (alias <> '' AND instr(alias, char(0)) = 0),\n"
	  "    PRIMARY KEY (product_id, alias)\n"
	  ") STRICT, WITHOUT ROWID" },
	{ "author",
	  "CREATE TABLE author (\n"
	  "    id INTEGER PRIMARY KEY,\n"
	  "    venue_id INTEGER NOT NULL REFERENCES venue,\n"
	  "    ref TEXT NOT NULL CHECK (ref <> ''),\n"
	  "    name TEXT NOT NULL,\n"
	  "    url TEXT CHECK (url <> ''),\n"
	  "    staff INTEGER NOT NULL DEFAULT 0 " FLAG("staff") ",\n"
	  "    UNIQUE (venue_id, ref),\n"
	  "    CHECK (instr(ref || name || ifnull(url, ''), char(0)) = 0)\n"
	  ") STRICT" },
	{ "thread",
	  "CREATE TABLE thread (\n"
	  "    id INTEGER PRIMARY KEY,\n"
	  "    venue_id INTEGER NOT NULL REFERENCES venue,\n"
	  "    ref TEXT NOT NULL CHECK (ref <> ''),\n"
	  "    url TEXT NOT NULL CHECK (url <> ''),\n"
	  "    title TEXT NOT NULL,\n"
	  "    created INTEGER NOT NULL " TIME("created") ",\n"
	  "    updated INTEGER " TIME("updated") ",\n"
	  "    score INTEGER NOT NULL DEFAULT 0,\n"
	  "    views INTEGER,\n"
	  "    solved_by TEXT CHECK (solved_by <> ''),\n"
	  "    gone INTEGER NOT NULL DEFAULT 0 " FLAG("gone") ",\n"
	  "    hidden INTEGER NOT NULL DEFAULT 0 " FLAG("hidden") ",\n"
	  "    withdrawn INTEGER " TIME("withdrawn") ",\n"
	  "    embargo INTEGER " TIME("embargo") ",\n"
	  "    expires INTEGER " TIME("expires") ",\n"
	  "    digest BLOB CHECK (length(digest) = 32),\n"
	  "    UNIQUE (venue_id, ref),\n"
	  "    CHECK (instr(ref || url || title || ifnull(solved_by, ''), char(0)) = 0)\n"
	  ") STRICT" },
	{ "post",
	  "CREATE TABLE post (\n"
	  "    id INTEGER PRIMARY KEY,\n"
	  "    thread_id INTEGER NOT NULL REFERENCES thread ON DELETE CASCADE,\n"
	  "    ref TEXT NOT NULL CHECK (ref <> ''),\n"
	  "    parent TEXT CHECK (parent <> ''),\n"
	  "    author_id INTEGER REFERENCES author ON DELETE SET NULL,\n"
	  "    created INTEGER NOT NULL " TIME("created") ",\n"
	  "    edited INTEGER " TIME("edited") ",\n"
	  "    format TEXT NOT NULL\n"
	  "        CHECK (format = 'markdown' OR format = 'html' OR format = 'text'),\n"
	  "    language TEXT CHECK (length(language) BETWEEN 2 AND 35\n"
	  "        AND language NOT GLOB '*[^-0-9A-Za-z]*'),\n"
	  "    score INTEGER NOT NULL DEFAULT 0,\n"
	  "    url TEXT CHECK (url <> ''),\n"
	  "    licence TEXT CHECK (licence <> ''),\n"
	  "    permission TEXT CHECK (permission <> ''),\n"
	  "    gone INTEGER NOT NULL DEFAULT 0 " FLAG("gone") ",\n"
	  "    hidden INTEGER NOT NULL DEFAULT 0 " FLAG("hidden") ",\n"
	  "    withdrawn INTEGER " TIME("withdrawn") ",\n"
	  "    fetched INTEGER " TIME("fetched") ",\n"
	  "    looked INTEGER,\n"
	  "    hash BLOB CHECK (length(hash) = 32),\n"
	  "    body TEXT NOT NULL CHECK (body = printf('%s', body)),\n"
	  "    UNIQUE (thread_id, ref),\n"
	  "    CHECK (instr(ref || ifnull(parent, '') || ifnull(language, '') || ifnull(url, '')\n"
	  "        || ifnull(licence, '') || ifnull(permission, ''), char(0)) = 0)\n"
	  ") STRICT" },
	{ "thread_product",
	  "CREATE TABLE thread_product (\n"
	  "    thread_id INTEGER NOT NULL REFERENCES thread ON DELETE CASCADE,\n"
	  "    product_id INTEGER NOT NULL REFERENCES product ON DELETE CASCADE,\n"
	  "    PRIMARY KEY (thread_id, product_id)\n"
	  ") STRICT, WITHOUT ROWID" },
	{ "thread_tag",
	  "CREATE TABLE thread_tag (\n"
	  "    thread_id INTEGER NOT NULL REFERENCES thread ON DELETE CASCADE,\n"
	  "    tag TEXT NOT NULL CHECK (tag <> '' AND instr(tag, char(0)) = 0),\n"
	  "    PRIMARY KEY (thread_id, tag)\n"
	  ") STRICT, WITHOUT ROWID" },
	{ "label",
	  "CREATE TABLE label (\n"
	  "    id INTEGER PRIMARY KEY,\n"
	  "    thread_id INTEGER NOT NULL REFERENCES thread ON DELETE CASCADE,\n"
	  "    name TEXT NOT NULL CHECK (name <> ''),\n"
	  "    post TEXT CHECK (post <> ''),\n"
	  "    quote TEXT CHECK (quote <> ''),\n"
	  "    by TEXT NOT NULL CHECK (by <> ''),\n"
	  "    at INTEGER NOT NULL " TIME("at") ",\n"
	  "    note TEXT CHECK (note <> ''),\n"
	  "    hash BLOB CHECK (length(hash) = 32),\n"
	  "    CHECK (instr(name || by || ifnull(post, '') || ifnull(quote, '')\n"
	  "        || ifnull(note, ''), char(0)) = 0)\n"
	  ") STRICT" },
	{ "evidence",
	  "CREATE TABLE evidence (\n"
	  "    id INTEGER PRIMARY KEY,\n"
	  "    post_id INTEGER NOT NULL REFERENCES post ON DELETE CASCADE,\n"
	  "    kind TEXT NOT NULL\n"
	  "        CHECK (kind IN ('admission', 'gratitude', 'resolution', 'referral')),\n"
	  "    grade TEXT CHECK (grade IN ('fault', 'slip', 'hedged', 'formula')),\n"
	  "    start INTEGER NOT NULL CHECK (start >= 0),\n"
	  "    stop INTEGER NOT NULL CHECK (stop > start),\n"
	  "    pattern TEXT NOT NULL\n"
	  "        CHECK (pattern <> '' AND instr(pattern, char(0)) = 0)\n"
	  ") STRICT" },
	{ "tombstone_key",
	  "CREATE TABLE tombstone_key (\n"
	  "    id INTEGER PRIMARY KEY,\n"
	  "    key BLOB NOT NULL UNIQUE CHECK (length(key) = 32)\n"
	  ") STRICT" },
	{ "tombstone",
	  "CREATE TABLE tombstone (\n"
	  "    key_id INTEGER NOT NULL REFERENCES tombstone_key,\n"
	  "    kind TEXT NOT NULL\n"
	  "        CHECK (kind IN ('author', 'thread', 'post', 'text', 'name')),\n"
	  "    hash BLOB NOT NULL CHECK (length(hash) = 32),\n"
	  "    PRIMARY KEY (key_id, kind, hash)\n"
	  ") STRICT, WITHOUT ROWID" },
	{ "import_run",
	  "CREATE TABLE import_run (\n"
	  "    id INTEGER PRIMARY KEY,\n"
	  "    at INTEGER NOT NULL " TIME("at") ",\n"
	  "    command TEXT NOT NULL,\n"
	  "    source TEXT NOT NULL,\n"
	  "    result TEXT NOT NULL\n"
	  ") STRICT" },

	/* All that the choice asks of a post, so that it never touches a body. */
	{ "post_facts",
	  "CREATE INDEX post_facts ON post (thread_id, created, ref, author_id, score,\n"
	  "    gone, hidden, licence, permission)" },
	{ "post_author", "CREATE INDEX post_author ON post (author_id, created)" },
	{ "label_order",
	  "CREATE INDEX label_order ON label (thread_id, at, name, post, by, quote, note)" },
	{ "thread_product_product",
	  "CREATE INDEX thread_product_product ON thread_product (product_id)" },
	{ "evidence_post", "CREATE INDEX evidence_post ON evidence (post_id)" },
	{ "thread_undigested",
	  "CREATE INDEX thread_undigested ON thread (id) WHERE digest IS NULL" },

	{ "thread_updated",
	  "CREATE TRIGGER thread_updated AFTER UPDATE OF venue_id, ref, url, title,\n"
	  "    created, updated, score, views, solved_by, gone, hidden, withdrawn,\n"
	  "    embargo, expires\n"
	  "    ON thread\n"
	  "WHEN NEW.digest IS OLD.digest AND NEW.digest IS NOT NULL BEGIN\n"
	  STALE("id = NEW.id")
	  "END" },
	{ "post_inserted",
	  "CREATE TRIGGER post_inserted AFTER INSERT ON post BEGIN\n"
	  STALE("id = NEW.thread_id")
	  "END" },
	{ "post_deleted",
	  "CREATE TRIGGER post_deleted AFTER DELETE ON post BEGIN\n"
	  STALE("id = OLD.thread_id")
	  "END" },
	{ "post_updated",
	  "CREATE TRIGGER post_updated AFTER UPDATE OF thread_id, ref, parent, author_id,\n"
	  "    created, edited, format, language, score, url, licence, permission, gone,\n"
	  "    hidden, withdrawn, body\n"
	  "    ON post BEGIN\n"
	  STALE("id = OLD.thread_id")
	  STALE("id = NEW.thread_id")
	  "END" },
	{ "post_rewritten",
	  "CREATE TRIGGER post_rewritten AFTER UPDATE OF format, body ON post\n"
	  "WHEN NEW.body IS NOT OLD.body OR NEW.format IS NOT OLD.format BEGIN\n"
	  "    UPDATE post SET hash = NULL WHERE id = NEW.id AND NEW.hash IS OLD.hash;\n"
	  "    DELETE FROM evidence WHERE post_id = NEW.id;\n"
	  "    UPDATE post SET looked = NULL WHERE thread_id = NEW.thread_id\n"
	  "        AND looked IS NOT NULL;\n"
	  "END" },
	{ "author_updated",
	  "CREATE TRIGGER author_updated AFTER UPDATE OF id, ref, name, url, staff\n"
	  "    ON author BEGIN\n"
	  STALE("id IN (SELECT thread_id FROM post\n        WHERE author_id = NEW.id)")
	  "END" },
	{ "venue_updated",
	  "CREATE TRIGGER venue_updated AFTER UPDATE OF id, slug ON venue BEGIN\n"
	  STALE("venue_id = NEW.id")
	  "END" },
	{ "product_updated",
	  "CREATE TRIGGER product_updated AFTER UPDATE OF id, slug ON product BEGIN\n"
	  STALE("id IN (SELECT thread_id FROM thread_product\n        WHERE product_id = NEW.id)")
	  "END" },
	{ "venue_described",
	  "CREATE TRIGGER venue_described AFTER UPDATE OF slug, name, url, kind, language,\n"
	  "    licence, own ON venue\n"
	  "WHEN NEW.digest IS OLD.digest AND NEW.digest IS NOT NULL BEGIN\n"
	  STALE_IN("venue", "id = NEW.id")
	  "END" },
	{ "product_described",
	  "CREATE TRIGGER product_described AFTER UPDATE OF slug, name, url ON product\n"
	  "WHEN NEW.digest IS OLD.digest AND NEW.digest IS NOT NULL BEGIN\n"
	  STALE_IN("product", "id = NEW.id")
	  "END" },
	{ "product_alias_inserted",
	  "CREATE TRIGGER product_alias_inserted AFTER INSERT ON product_alias BEGIN\n"
	  STALE_IN("product", "id = NEW.product_id")
	  "END" },
	{ "product_alias_deleted",
	  "CREATE TRIGGER product_alias_deleted AFTER DELETE ON product_alias BEGIN\n"
	  STALE_IN("product", "id = OLD.product_id")
	  "END" },
	{ "product_alias_updated",
	  "CREATE TRIGGER product_alias_updated AFTER UPDATE ON product_alias BEGIN\n"
	  STALE_IN("product", "id = OLD.product_id")
	  STALE_IN("product", "id = NEW.product_id")
	  "END" },
	{ "thread_product_inserted",
	  "CREATE TRIGGER thread_product_inserted AFTER INSERT ON thread_product BEGIN\n"
	  STALE("id = NEW.thread_id")
	  "END" },
	{ "thread_product_deleted",
	  "CREATE TRIGGER thread_product_deleted AFTER DELETE ON thread_product BEGIN\n"
	  STALE("id = OLD.thread_id")
	  "END" },
	{ "thread_product_updated",
	  "CREATE TRIGGER thread_product_updated AFTER UPDATE ON thread_product BEGIN\n"
	  STALE("id = OLD.thread_id")
	  STALE("id = NEW.thread_id")
	  "END" },
	{ "thread_tag_inserted",
	  "CREATE TRIGGER thread_tag_inserted AFTER INSERT ON thread_tag BEGIN\n"
	  STALE("id = NEW.thread_id")
	  "END" },
	{ "thread_tag_deleted",
	  "CREATE TRIGGER thread_tag_deleted AFTER DELETE ON thread_tag BEGIN\n"
	  STALE("id = OLD.thread_id")
	  "END" },
	{ "thread_tag_updated",
	  "CREATE TRIGGER thread_tag_updated AFTER UPDATE ON thread_tag BEGIN\n"
	  STALE("id = OLD.thread_id")
	  STALE("id = NEW.thread_id")
	  "END" },
	{ "label_inserted",
	  "CREATE TRIGGER label_inserted AFTER INSERT ON label BEGIN\n"
	  STALE("id = NEW.thread_id")
	  "END" },
	{ "label_deleted",
	  "CREATE TRIGGER label_deleted AFTER DELETE ON label BEGIN\n"
	  STALE("id = OLD.thread_id")
	  "END" },
	{ "label_updated",
	  "CREATE TRIGGER label_updated AFTER UPDATE OF thread_id, name, post, quote, by, at,\n"
	  "    note ON label BEGIN\n"
	  STALE("id = OLD.thread_id")
	  STALE("id = NEW.thread_id")
	  "END" },
	{ NULL, NULL },
};

/* What SQLite itself may add: the statistics of ANALYZE. */
static const struct schema_object tolerated[] = {
	{ "sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)" },
	{ "sqlite_stat4", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)" },
	{ NULL, NULL },
};

/* Indexes that SQLite makes for UNIQUE; it refuses to have one too many. */
enum { UNIQUE_INDEXES = 6 };

static int set_version(struct db *db, struct diags *diags)
{
	struct buf sql = BUF_INIT;
	int status;

	buf_addf(&sql, "PRAGMA application_id = %d; PRAGMA user_version = %d",
		 SCHEMA_APPLICATION_ID, SCHEMA_VERSION);
	status = db_exec(db, sql.p, diags);
	buf_release(&sql);
	return status;
}

static bool is_table(const struct schema_object *o)
{
	return str_starts(str_of(o->sql), STR("CREATE TABLE "));
}

static int create(struct db *db, bool tables, struct diags *diags)
{
	for (const struct schema_object *o = schema_objects; o->name; o++)
		if (is_table(o) == tables && db_exec(db, o->sql, diags) < 0)
			return -1;
	return 0;
}

int schema_create_tables(struct db *db, struct diags *diags)
{
	return create(db, true, diags);
}

int schema_create_rest(struct db *db, struct diags *diags)
{
	return create(db, false, diags) < 0 ? -1 : set_version(db, diags);
}

int schema_create(struct db *db, struct diags *diags)
{
	return schema_create_tables(db, diags) < 0 ? -1 : schema_create_rest(db, diags);
}

static const char *find(const struct schema_object *objects, struct str name)
{
	for (const struct schema_object *o = objects; o->name; o++)
		if (str_is(name, o->name))
			return o->sql;
	return NULL;
}

static int differs(struct db *db, struct str type, struct str name, const char *how,
		   struct diags *diags)
{
	diag_add(diags, DIAG_ARCHIVE_DAMAGED, db_place(db), "the %.*s '%.*s' %s",
		 STR_ARG(type), STR_ARG(name), how);
	diag_hint(diags, "an archive holds only what candor-archive(5) lists: keep views "
			 "and the like in a database of your own, with ATTACH");
	return -1;
}

/* 1 for an object of ours, 0 for SQLite's statistics, -1 for what has no business
 * here. */
static int compare_object(struct db *db, struct query *q, struct buf *last,
			  struct diags *diags)
{
	struct str type, name, sql;
	const char *want;

	query_id(q);
	type = query_text(q);
	name = query_text(q);
	sql = query_optional(q);
	if (query_failed(q))
		return -1;
	if (str_eq(name, buf_str(last)))
		return differs(db, type, name, "is there twice", diags);
	buf_reset(last);
	buf_addstr(last, name);
	if (!str_present(sql) && str_is(type, "index") &&
	    str_starts(name, STR("sqlite_autoindex_")))
		return 1;
	want = find(tolerated, name);
	if (want && str_is(sql, want))
		return 0;
	want = find(schema_objects, name);
	if (!want)
		return differs(db, type, name, "isn't candor's", diags);
	if (!str_is(sql, want))
		return differs(db, type, name, "differs from candor's", diags);
	return 1;
}

int schema_compare(struct db *db, struct diags *diags)
{
	/* By name: one that is there twice must not hide that another is missing. */
	static const char sql[] =
		"SELECT rowid, type, name, sql FROM sqlite_schema ORDER BY name";
	struct query *q = db_query(db, "sqlite_schema", sql, diags);
	size_t want = UNIQUE_INDEXES, have = 0;
	struct buf last = BUF_INIT;
	int got, ours = 0;

	for (const struct schema_object *o = schema_objects; o->name; o++)
		want++;
	while (ours >= 0 && (got = query_step(q)) == 1) {
		ours = compare_object(db, q, &last, diags);
		have += ours == 1;
	}
	query_end(q);
	buf_release(&last);
	if (ours < 0 || got < 0)
		return -1;
	if (have == want)
		return 0;
	diag_add(diags, DIAG_ARCHIVE_DAMAGED, db_place(db),
		 "%zu of %zu tables, indexes and triggers are there", have, want);
	diag_hint(diags, "restore the archive from a backup, or import into a new one");
	return -1;
}
