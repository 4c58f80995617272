/*
 * A folder of the Stack Exchange data dump.  A question and its answers are a
 * thread, comments are posts whose parent is the post that they are under.
 *
 * Rows come in the order of their ids, so that an answer may stand gigabytes
 * behind its question.  One pass over the files puts rows aside in a temporary
 * file and keeps 48 bytes a row in memory (an item, and its owner's id); then
 * the items are sorted by thread and one thread after the other is put
 * together.  Of the users only the names of those who wrote something are
 * kept.
 *
 * Decided here:
 * - Users.xml gives names.  Votes.xml is read only where Posts.xml leaves
 *   something open: acceptance, when no question of the dump names its
 *   accepted answer, and scores, when posts have none.  Tags.xml and the other
 *   files hold nothing that the archive keeps; tags stand in Posts.xml.
 * - A post whose account was deleted and whose name the dump still gives has
 *   the author "name:NAME", without a URL: the licence asks for the name, and
 *   no account's id looks like that.  Without a name it has no author.
 * - Comments are in the site's small Markdown, taken for Markdown.
 * - An acceptance of an answer that the dump doesn't hold is dropped.
 */
#include "import/import.h"

#include "base/fsys.h"
#include "base/mem.h"
#include "import/xmlcolumns.h"
#include "publish/spool.h"

#include <inttypes.h>
#include <stdlib.h>

/* --- Rows: what is read of a table's row, whichever table --- */

enum text { BODY, TITLE, TAGS, OWNER_NAME, LICENCE, TEXTS };

struct row {
	int64_t id, type, parent, accepted, owner; /* NUMBER_NONE: not there */
	int64_t created, edited, active;	   /* WHEN_NONE: not there */
	int64_t score, views;
	struct str texts[TEXTS];
	unsigned long line;
};

#define AT(member) offsetof(struct row, member)

static const struct xmlcolumn post_columns[] = {
	{ "Id", XML_NUMBER, AT(id), true },
	{ "PostTypeId", XML_NUMBER, AT(type), true },
	{ "ParentId", XML_NUMBER, AT(parent), false },
	{ "AcceptedAnswerId", XML_NUMBER, AT(accepted), false },
	{ "CreationDate", XML_TIME, AT(created), true },
	{ "Score", XML_NUMBER, AT(score), false },
	{ "ViewCount", XML_NUMBER, AT(views), false },
	{ "Body", XML_TEXT, AT(texts[BODY]), false },
	{ "OwnerUserId", XML_NUMBER, AT(owner), false },
	{ "OwnerDisplayName", XML_TEXT, AT(texts[OWNER_NAME]), false },
	{ "LastEditDate", XML_TIME, AT(edited), false },
	{ "LastActivityDate", XML_TIME, AT(active), false },
	{ "Title", XML_TEXT, AT(texts[TITLE]), false },
	{ "Tags", XML_TEXT, AT(texts[TAGS]), false },
	{ "ContentLicense", XML_TEXT, AT(texts[LICENCE]), false },
	{ NULL, XML_TEXT, 0, false }
};

static const struct xmlcolumn comment_columns[] = {
	{ "Id", XML_NUMBER, AT(id), true },
	{ "PostId", XML_NUMBER, AT(parent), true },
	{ "Score", XML_NUMBER, AT(score), false },
	{ "Text", XML_TEXT, AT(texts[BODY]), false },
	{ "CreationDate", XML_TIME, AT(created), true },
	{ "UserDisplayName", XML_TEXT, AT(texts[OWNER_NAME]), false },
	{ "UserId", XML_NUMBER, AT(owner), false },
	{ "ContentLicense", XML_TEXT, AT(texts[LICENCE]), false },
	{ NULL, XML_TEXT, 0, false }
};

static const struct xmlcolumn user_columns[] = {
	{ "Id", XML_NUMBER, AT(id), true },
	{ "DisplayName", XML_TEXT, AT(texts[OWNER_NAME]), false },
	{ NULL, XML_TEXT, 0, false }
};

static const struct xmlcolumn vote_columns[] = {
	{ "PostId", XML_NUMBER, AT(parent), true },
	{ "VoteTypeId", XML_NUMBER, AT(type), true },
	{ NULL, XML_TEXT, 0, false }
};

static const struct row empty_row = {
	NUMBER_NONE, NUMBER_NONE, NUMBER_NONE, NUMBER_NONE, NUMBER_NONE,
	WHEN_NONE, WHEN_NONE, WHEN_NONE, NUMBER_NONE, NUMBER_NONE,
	{ { NULL, 0 } }, 0
};

static int read_row(const struct xmlcolumn *columns, const struct xmlrow *from,
		    struct row *row, struct diags *diags)
{
	*row = empty_row;
	row->line = from->where.line;
	return xmlcolumns_read(columns, from, row, diags);
}

/* --- The dump --- */

enum kind { QUESTION, ANSWER, COMMENT };

struct item {
	int64_t thread, id; /* thread: the question's id */
	struct spool_ref at;
	int32_t votes;
	uint8_t kind;
	bool accepted; /* by a vote */
};

struct owner {
	int64_t id;
	struct str name; /* in the dump's arena; absent until known */
};

struct dump {
	struct import *in;
	char *posts_path, *comments_path, *users_path, *votes_path; /* owned */
	struct arena arena; /* for the run of the dump */
	struct venue venue;
	struct str site; /* the venue's URL without a slash at its end */

	struct spool spool;
	struct buf record;  /* the row on its way into the spool */
	struct item *items; /* owned; posts first, then comments */
	size_t items_n, items_cap;
	size_t posts_n;
	bool acceptance_known; /* some question names its accepted answer */
	bool scores_missing;   /* some post has none */
	bool with_comments;    /* the dump has their file */

	int64_t *owner_ids; /* owned; as met */
	size_t owner_ids_n, owner_ids_cap;
	struct owner *owners; /* owned; by id */
	size_t owners_n;
};

static int bad_row(struct dump *d, struct place where, struct diags *bad)
{
	return import_bad_record(d->in, where, bad);
}

static int put_aside(struct dump *d, enum kind kind, int64_t thread, const struct row *row)
{
	struct item item = { .thread = thread, .id = row->id, .kind = (uint8_t)kind };

	buf_reset(&d->record);
	buf_add(&d->record, row, sizeof(*row));
	for (size_t i = 0; i < TEXTS; i++)
		buf_addstr(&d->record, row->texts[i]);
	if (spool_add(&d->spool, buf_str(&d->record), &item.at, d->in->diags) < 0)
		return -1;
	GROW(d->items, d->items_n, d->items_cap);
	d->items[d->items_n++] = item;
	if (row->owner == NUMBER_NONE)
		return 0;
	GROW(d->owner_ids, d->owner_ids_n, d->owner_ids_cap);
	d->owner_ids[d->owner_ids_n++] = row->owner;
	return 0;
}

/* The row that put_aside() wrote; texts point into record. */
static void unpack(struct str record, struct row *row)
{
	const char *at = record.p + sizeof(*row);

	memcpy(row, record.p, sizeof(*row));
	for (size_t i = 0; i < TEXTS; i++) {
		if (str_present(row->texts[i]))
			row->texts[i].p = at;
		at += row->texts[i].n;
	}
}

/* Post types: 1 question, 2 answer; tag wikis, elections and the like are no
 * conversation. */
static int take_post(void *ctx, const struct xmlrow *from)
{
	struct dump *d = ctx;
	struct diags bad = DIAGS_INIT;
	struct row row;

	if (read_row(post_columns, from, &row, &bad) < 0)
		return bad_row(d, from->where, &bad);
	if (row.type != 1 && row.type != 2) {
		d->in->counts->left_out++;
		return 0;
	}
	if (row.type == 1 && !str_present(row.texts[TITLE]))
		diag_add(&bad, DIAG_MISSING_KEY, from->where, "missing 'Title'");
	if (row.type == 2 && row.parent == NUMBER_NONE)
		diag_add(&bad, DIAG_MISSING_KEY, from->where, "missing 'ParentId'");
	if (bad.n)
		return bad_row(d, from->where, &bad);
	d->acceptance_known |= row.accepted != NUMBER_NONE;
	d->scores_missing |= row.score == NUMBER_NONE;
	return row.type == 1 ? put_aside(d, QUESTION, row.id, &row)
			     : put_aside(d, ANSWER, row.parent, &row);
}

static int item_by_id(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return x->at.at < y->at.at ? -1 : x->at.at > y->at.at;
}

static struct item *find_post(const struct dump *d, int64_t id)
{
	size_t lo = 0, hi = d->posts_n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (d->items[mid].id < id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < d->posts_n && d->items[lo].id == id ? &d->items[lo] : NULL;
}

static int take_comment(void *ctx, const struct xmlrow *from)
{
	struct dump *d = ctx;
	struct diags bad = DIAGS_INIT;
	const struct item *post;
	struct row row;

	if (read_row(comment_columns, from, &row, &bad) < 0)
		return bad_row(d, from->where, &bad);
	post = find_post(d, row.parent);
	if (post)
		return put_aside(d, COMMENT, post->thread, &row);
	d->in->counts->orphans++;
	return 0;
}

/* Vote types: 1 accepted by the asker, 2 up, 3 down. */
static int take_vote(void *ctx, const struct xmlrow *from)
{
	struct dump *d = ctx;
	struct diags bad = DIAGS_INIT;
	struct item *post;
	struct row row;

	if (read_row(vote_columns, from, &row, &bad) < 0)
		return bad_row(d, from->where, &bad);
	post = find_post(d, row.parent);
	if (!post)
		return 0;
	post->accepted |= row.type == 1;
	post->votes += (row.type == 2) - (row.type == 3);
	return 0;
}

static int owner_by_id(const void *a, const void *b)
{
	const struct owner *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

static struct owner *find_owner(const struct dump *d, int64_t id)
{
	const struct owner want = { .id = id };

	return d->owners_n ? bsearch(&want, d->owners, d->owners_n, sizeof(want),
				     owner_by_id)
			   : NULL;
}

static int take_user(void *ctx, const struct xmlrow *from)
{
	struct dump *d = ctx;
	struct diags bad = DIAGS_INIT;
	struct owner *owner;
	struct row row;

	if (read_row(user_columns, from, &row, &bad) < 0)
		return bad_row(d, from->where, &bad);
	owner = find_owner(d, row.id);
	if (owner && row.texts[OWNER_NAME].n)
		owner->name = arena_str(&d->arena, row.texts[OWNER_NAME]);
	return 0;
}

/* --- Between the files --- */

/* One of two rows with the same id stays. */
static int report_twice(struct dump *d, const char *path, const struct item *item)
{
	struct buf record = BUF_INIT;
	struct diags bad = DIAGS_INIT;
	struct row row;

	if (spool_flush(&d->spool, d->in->diags) < 0 ||
	    spool_read(&d->spool, item->at, &record, d->in->diags) < 0) {
		buf_release(&record);
		return -1;
	}
	unpack(buf_str(&record), &row);
	buf_release(&record);
	diag_add(&bad, DIAG_DUPLICATE_ID, place_line(path, row.line, 0),
		 "a second row with the Id %" PRId64, item->id);
	return bad_row(d, place_line(path, row.line, 0), &bad);
}

/* Sorts items [from, n) by id, reports those whose id another has and takes
 * them out. */
static int settle_ids(struct dump *d, size_t from, const char *path)
{
	struct item *items = d->items + from;
	size_t n = d->items_n - from, kept = 0;
	bool sorted = true;

	for (size_t i = 1; sorted && i < n; i++)
		sorted = items[i - 1].id < items[i].id;
	if (sorted)
		return 0;
	qsort(items, n, sizeof(*items), item_by_id);
	for (size_t i = 0; i < n; i++) {
		if (!kept || items[kept - 1].id != items[i].id)
			items[kept++] = items[i];
		else if (report_twice(d, path, &items[i]) < 0)
			return -1;
	}
	d->items_n = from + kept;
	return 0;
}

static int int64_cmp(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* From the ids as met to one owner each. */
static void settle_owners(struct dump *d)
{
	size_t n = d->owner_ids_n;

	if (n)
		qsort(d->owner_ids, n, sizeof(*d->owner_ids), int64_cmp);
	for (size_t i = 0; i < n; i++)
		d->owners_n += i == 0 || d->owner_ids[i] != d->owner_ids[i - 1];
	d->owners = xcalloc(d->owners_n, sizeof(*d->owners));
	d->owners_n = 0;
	for (size_t i = 0; i < n; i++)
		if (i == 0 || d->owner_ids[i] != d->owner_ids[i - 1])
			d->owners[d->owners_n++].id = d->owner_ids[i];
	free(d->owner_ids);
	d->owner_ids = NULL;
	d->owner_ids_n = d->owner_ids_cap = 0;
}

static int read_files(struct dump *d)
{
	struct diags *diags = d->in->diags;

	if (xmlstream_rows(d->posts_path, "posts", take_post, d, diags) < 0 ||
	    settle_ids(d, 0, d->posts_path) < 0)
		return -1;
	d->posts_n = d->items_n;
	d->with_comments = fsys_exists(d->comments_path);
	if (d->with_comments &&
	    (xmlstream_rows(d->comments_path, "comments", take_comment, d, diags) < 0 ||
	     settle_ids(d, d->posts_n, d->comments_path) < 0))
		return -1;
	if ((!d->acceptance_known || d->scores_missing) && fsys_exists(d->votes_path) &&
	    xmlstream_rows(d->votes_path, "votes", take_vote, d, diags) < 0)
		return -1;
	settle_owners(d);
	if (fsys_exists(d->users_path) &&
	    xmlstream_rows(d->users_path, "users", take_user, d, diags) < 0)
		return -1;
	return spool_flush(&d->spool, diags);
}

/* --- Threads --- */

/* What the site's terms gave contributions before posts said it themselves. */
static struct str licence_at(int64_t t)
{
	static const struct {
		int64_t until;
		struct str name;
	} licences[] = {
		{ 1302220800, { "CC BY-SA 2.5", 12 } }, /* 2011-04-08 */
		{ 1525219200, { "CC BY-SA 3.0", 12 } }, /* 2018-05-02 */
		{ INT64_MAX, { "CC BY-SA 4.0", 12 } },
	};
	size_t i = 0;

	while (t >= licences[i].until)
		i++;
	return licences[i].name;
}

/* The dump writes "<a><b>" until 2024, "|a|b|" since. */
static void read_tags(struct arena *arena, struct str from, struct thread *t)
{
	size_t n = 0, start = 0;

	t->tags = arena_array(arena, struct str, from.n / 2 + 1);
	for (size_t i = 0; i <= from.n; i++) {
		if (i < from.n && !strchr("<>|", from.p[i]))
			continue;
		if (i > start)
			t->tags[n++] = str_slice(from, start, i);
		start = i + 1;
	}
	t->tags_n = n;
}

static const struct author *author_of(struct dump *d, const struct row *row,
				      struct arena *arena)
{
	struct str name = row->texts[OWNER_NAME];
	struct author *author = arena_new(arena, struct author);
	struct owner *owner;

	author->venue = d->venue.row;
	if (row->owner == NUMBER_NONE) {
		if (!name.n)
			return NULL;
		author->id = arena_printf(arena, "name:%.*s", STR_ARG(name));
		author->name = name;
		return author;
	}
	owner = find_owner(d, row->owner);
	if (!owner->name.n)
		owner->name = name.n ? arena_str(&d->arena, name)
				     : arena_printf(&d->arena, "user%" PRId64, row->owner);
	author->id = arena_printf(arena, "%" PRId64, row->owner);
	author->name = owner->name;
	author->url = arena_printf(arena, "%.*s/users/%" PRId64, STR_ARG(d->site),
				   row->owner);
	return author;
}

static void fill_place(struct dump *d, const struct item *item, const struct row *row,
		       struct arena *arena, struct post *post)
{
	struct str site = d->site;

	switch ((enum kind)item->kind) {
	case QUESTION:
		post->id = arena_printf(arena, "%" PRId64, item->id);
		post->url = arena_printf(arena, "%.*s/questions/%" PRId64, STR_ARG(site),
					 item->id);
		return;
	case ANSWER:
		post->id = arena_printf(arena, "%" PRId64, item->id);
		post->parent = arena_printf(arena, "%" PRId64, item->thread);
		post->url = arena_printf(arena, "%.*s/a/%" PRId64, STR_ARG(site), item->id);
		return;
	case COMMENT:
		post->id = arena_printf(arena, "c%" PRId64, item->id);
		post->parent = arena_printf(arena, "%" PRId64, row->parent);
		post->url = arena_printf(
			arena, "%.*s/questions/%" PRId64 "#comment%" PRId64 "_%" PRId64,
			STR_ARG(site), item->thread, item->id, row->parent);
		return;
	}
}

static void fill_post(struct dump *d, const struct item *item, const struct row *row,
		      struct arena *arena, struct post *post)
{
	fill_place(d, item, row, arena, post);
	post->author = author_of(d, row, arena);
	post->created = row->created;
	post->edited = row->edited;
	post->format = item->kind == COMMENT ? BODY_MARKDOWN : BODY_HTML;
	post->body = str_present(row->texts[BODY]) ? row->texts[BODY] : STR("");
	post->score = row->score != NUMBER_NONE ? row->score : item->votes;
	post->licence = row->texts[LICENCE].n ? row->texts[LICENCE]
					      : licence_at(row->created);
	post->fetched = d->in->options->now;
}

/* The accepted answer among the thread's items. */
static bool solves(const struct dump *d, const struct item *item, int64_t accepted)
{
	if (item->kind != ANSWER)
		return false;
	return d->acceptance_known ? item->id == accepted : item->accepted;
}

static int put_thread(struct dump *d, const struct item *items, size_t n,
		      struct buf *records, struct arena *arena)
{
	struct thread t = { .venue = &d->venue, .posts_n = n,
			    .embargo = WHEN_NONE, .expires = WHEN_NONE };
	/* Of an incomplete export nothing may be concluded. */
	struct archive_put how = { .complete = d->with_comments &&
					       !d->in->counts->skipped };
	int64_t accepted = NUMBER_NONE;
	size_t bytes = 0;
	struct row row;

	for (size_t i = 0; i < n; i++)
		bytes += items[i].at.n;
	buf_reset(records);
	buf_room(records, bytes);
	t.posts = arena_array(arena, struct post, n);
	for (size_t i = 0; i < n; i++) {
		size_t from = records->n;

		if (spool_read(&d->spool, items[i].at, records, d->in->diags) < 0)
			return -1;
		unpack(str_slice(buf_str(records), from, records->n), &row);
		fill_post(d, &items[i], &row, arena, &t.posts[i]);
		if (items[i].kind == QUESTION) {
			t.id = t.posts[i].id;
			t.url = t.posts[i].url;
			t.title = row.texts[TITLE];
			t.created = row.created;
			t.updated = row.active;
			t.score = t.posts[i].score;
			t.views = row.views;
			read_tags(arena, row.texts[TAGS], &t);
			accepted = row.accepted;
			how.where = place_line(d->posts_path, row.line, 0);
		}
		if (solves(d, &items[i], accepted))
			t.solved_by = t.posts[i].id;
	}
	return import_thread(d->in, &t, &how);
}

/* The question comes first, then answers, then comments. */
static int item_by_thread(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->thread != y->thread)
		return x->thread < y->thread ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static int put_threads(struct dump *d)
{
	struct arena arena = ARENA_INIT;
	struct buf records = BUF_INIT;
	int status = 0;
	size_t n;

	if (d->items_n)
		qsort(d->items, d->items_n, sizeof(*d->items), item_by_thread);
	for (size_t i = 0; status == 0 && i < d->items_n; i += n) {
		for (n = 1; i + n < d->items_n; n++)
			if (d->items[i + n].thread != d->items[i].thread)
				break;
		if (d->items[i].kind == QUESTION)
			status = put_thread(d, d->items + i, n, &records, &arena);
		else
			d->in->counts->orphans += n;
		arena_reset(&arena);
	}
	arena_release(&arena);
	buf_release(&records);
	return status;
}

/* Only what looks like a question's id: the archive may have threads of that
 * venue from elsewhere. */
static bool deleted(void *ctx, struct str id)
{
	const struct dump *d = ctx;
	struct item want = { .kind = QUESTION };

	if (!xmlcolumns_number(id, &want.thread))
		return false;
	want.id = want.thread;
	return !d->items_n || !bsearch(&want, d->items, d->items_n, sizeof(want),
				       item_by_thread);
}

/* --- The folder --- */

/* A folder named like the site it is a dump of, as the archives are. */
static struct str site_of(struct arena *arena, const char *path)
{
	struct str s = str_of(path), name;

	while (s.n > 1 && s.p[s.n - 1] == '/')
		s.n--;
	name = s;
	while (str_index(name, '/') < name.n)
		name = str_slice(name, str_index(name, '/') + 1, name.n);
	if (str_index(name, '.') == name.n || str_starts(name, STR(".")))
		return STR_NONE;
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] != '.' && !import_slug_ok(str_slice(name, i, i + 1)))
			return STR_NONE;
	return arena_printf(arena, "https://%.*s", STR_ARG(name));
}

static int open_dump(struct dump *d, const char *path)
{
	struct venue guess = { .url = site_of(&d->arena, path), .kind = STR("qa") };

	d->posts_path = fsys_join(path, "Posts.xml");
	d->comments_path = fsys_join(path, "Comments.xml");
	d->users_path = fsys_join(path, "Users.xml");
	d->votes_path = fsys_join(path, "Votes.xml");
	if (!fsys_exists(d->posts_path)) {
		diag_add(d->in->diags, DIAG_NOT_FOUND, place_file(path),
			 "no 'Posts.xml' in here");
		diag_hint(d->in->diags, "name the folder that the data dump was unpacked to");
		return -1;
	}
	if (import_venue(d->in, &guess, &d->arena, &d->venue) < 0)
		return -1;
	d->site = d->venue.url;
	while (str_ends(d->site, STR("/")))
		d->site.n--;
	return 0;
}

static void close_dump(struct dump *d)
{
	free(d->posts_path);
	free(d->comments_path);
	free(d->users_path);
	free(d->votes_path);
	free(d->items);
	free(d->owner_ids);
	free(d->owners);
	buf_release(&d->record);
	spool_release(&d->spool);
	arena_release(&d->arena);
}

static int read_dump(struct import *in, const char *path)
{
	struct dump d = { .in = in, .arena = ARENA_INIT, .spool = SPOOL_INIT,
			  .record = BUF_INIT };
	size_t mistakes = diags_errors(in->diags);
	int status = open_dump(&d, path);

	if (status == 0)
		status = read_files(&d);
	/* After a mistake nothing will be kept. */
	if (status == 0 && diags_errors(in->diags) == mistakes) {
		status = put_threads(&d);
		if (status == 0 && !in->counts->skipped)
			status = import_mark_gone(in, d.venue.row, deleted, &d);
	}
	close_dump(&d);
	return status;
}

static int read_dumps(struct import *in, char **paths, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (read_dump(in, paths[i]) < 0)
			return -1;
	return 0;
}

static int sniff(const char *path, struct str head)
{
	char *posts = fsys_join(path, "Posts.xml");
	int sure = !head.n && fsys_exists(posts) ? 100 : 0;

	free(posts);
	return sure;
}

const struct importer importer_stackexchange = {
	.name = "stackexchange",
	.reads = "a folder of the Stack Exchange data dump",
	.sniff = sniff,
	.read = read_dumps,
};
