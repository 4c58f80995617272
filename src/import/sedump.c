/*
 * The files of a Stack Exchange data dump.  What threads are made of them is
 * stackexchange.c's.
 *
 * Votes.xml is read only where Posts.xml leaves something open: acceptance,
 * when no question of the dump names its accepted answer, and scores, when
 * posts have none.  Tags.xml and the other files hold nothing that the archive
 * keeps; tags stand in Posts.xml.
 */
#include "import/sedump.h"

#include "base/fsys.h"
#include "base/mem.h"
#include "base/progress.h"
#include "import/xmlcolumns.h"

#include <inttypes.h>
#include <stdlib.h>

#define NUMBER(name, member) \
	{ name, XML_NUMBER, offsetof(struct sedump_row, member), false }
#define TIME(name, member) { name, XML_TIME, offsetof(struct sedump_row, member), false }
#define TEXT(name, which) \
	{ name, XML_TEXT, offsetof(struct sedump_row, texts[which]), false }
#define NEEDED(type, name, member) \
	{ name, XML_##type, offsetof(struct sedump_row, member), true }
#define END { NULL, XML_TEXT, 0, false }

static const struct xmlcolumn post_columns[] = {
	NEEDED(NUMBER, "Id", id),
	NEEDED(NUMBER, "PostTypeId", type),
	NUMBER("ParentId", parent),
	NUMBER("AcceptedAnswerId", accepted),
	NEEDED(TIME, "CreationDate", created),
	NUMBER("Score", score),
	NUMBER("ViewCount", views),
	TEXT("Body", SE_BODY),
	NUMBER("OwnerUserId", owner),
	TEXT("OwnerDisplayName", SE_OWNER_NAME),
	TIME("LastEditDate", edited),
	TIME("LastActivityDate", active),
	TEXT("Title", SE_TITLE),
	TEXT("Tags", SE_TAGS),
	TEXT("ContentLicense", SE_LICENCE),
	END
};

static const struct xmlcolumn comment_columns[] = {
	NEEDED(NUMBER, "Id", id),
	NEEDED(NUMBER, "PostId", parent),
	NUMBER("Score", score),
	TEXT("Text", SE_BODY),
	NEEDED(TIME, "CreationDate", created),
	TEXT("UserDisplayName", SE_OWNER_NAME),
	NUMBER("UserId", owner),
	TEXT("ContentLicense", SE_LICENCE),
	END
};

static const struct xmlcolumn user_columns[] = {
	NEEDED(NUMBER, "Id", id),
	TEXT("DisplayName", SE_OWNER_NAME),
	END
};

static const struct xmlcolumn vote_columns[] = {
	NEEDED(NUMBER, "PostId", parent),
	NEEDED(NUMBER, "VoteTypeId", type),
	END
};

static const struct sedump_row empty_row = {
	.id = NUMBER_NONE, .type = NUMBER_NONE, .parent = NUMBER_NONE,
	.accepted = NUMBER_NONE, .owner = NUMBER_NONE,
	.created = WHEN_NONE, .edited = WHEN_NONE, .active = WHEN_NONE,
	.score = NUMBER_NONE, .views = NUMBER_NONE,
};

static int read_row(const struct xmlcolumn *columns, const struct xmlrow *from,
		    struct sedump_row *row, struct diags *diags)
{
	*row = empty_row;
	row->line = from->where.line;
	return xmlcolumns_read(columns, from, row, diags);
}

/* --- Putting rows aside --- */

static int put_aside(struct sedump *d, enum sedump_kind kind, int64_t thread,
		     const struct sedump_row *row)
{
	struct sedump_item item = { .thread = thread, .id = row->id,
				    .kind = (uint8_t)kind };

	buf_reset(&d->record);
	buf_add(&d->record, row, sizeof(*row));
	for (size_t i = 0; i < SE_TEXTS; i++)
		buf_addstr(&d->record, row->texts[i]);
	if (spool_add(&d->spool, buf_str(&d->record), &item.at, d->in->diags) < 0)
		return -1;
	GROW(d->items, d->items_n, d->items_cap);
	d->items[d->items_n++] = item;
	progress_add(1);
	if (row->owner == NUMBER_NONE)
		return 0;
	GROW(d->owner_ids, d->owner_ids_n, d->owner_ids_cap);
	d->owner_ids[d->owner_ids_n++] = row->owner;
	return 0;
}

int sedump_row(struct sedump *d, const struct sedump_item *item, struct buf *out,
	       struct sedump_row *row)
{
	size_t from = out->n;
	const char *at;

	if (spool_read(&d->spool, item->at, out, d->in->diags) < 0)
		return -1;
	memcpy(row, out->p + from, sizeof(*row));
	at = out->p + from + sizeof(*row);
	for (size_t i = 0; i < SE_TEXTS; i++) {
		if (str_present(row->texts[i]))
			row->texts[i].p = at;
		at += row->texts[i].n;
	}
	return 0;
}

/* --- One row of each file --- */

/* Post types: 1 question, 2 answer; tag wikis, elections and the like are no
 * conversation. */
static int take_post(void *ctx, const struct xmlrow *from)
{
	struct sedump *d = ctx;
	struct diags bad = DIAGS_INIT;
	struct sedump_row row;

	if (read_row(post_columns, from, &row, &bad) < 0)
		return import_bad_record(d->in, from->where, &bad);
	if (row.type != 1 && row.type != 2) {
		import_skip(d->in, SKIP_OTHER);
		return 0;
	}
	if (row.type == 1 && !str_present(row.texts[SE_TITLE]))
		diag_add(&bad, DIAG_MISSING_KEY, from->where, "missing 'Title'");
	if (row.type == 2 && row.parent == NUMBER_NONE)
		diag_add(&bad, DIAG_MISSING_KEY, from->where, "missing 'ParentId'");
	if (bad.n)
		return import_bad_record(d->in, from->where, &bad);
	d->acceptance_known |= row.accepted != NUMBER_NONE;
	d->scores_missing |= row.score == NUMBER_NONE;
	return row.type == 1 ? put_aside(d, SE_QUESTION, row.id, &row)
			     : put_aside(d, SE_ANSWER, row.parent, &row);
}

static struct sedump_item *find_post(const struct sedump *d, int64_t id)
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
	struct sedump *d = ctx;
	struct diags bad = DIAGS_INIT;
	const struct sedump_item *post;
	struct sedump_row row;

	if (read_row(comment_columns, from, &row, &bad) < 0)
		return import_bad_record(d->in, from->where, &bad);
	post = find_post(d, row.parent);
	if (post)
		return put_aside(d, SE_COMMENT, post->thread, &row);
	import_skip(d->in, SKIP_ORPHAN);
	return 0;
}

/* Vote types: 1 accepted by the asker, 2 up, 3 down. */
static int take_vote(void *ctx, const struct xmlrow *from)
{
	struct sedump *d = ctx;
	struct diags bad = DIAGS_INIT;
	struct sedump_item *post;
	struct sedump_row row;

	if (read_row(vote_columns, from, &row, &bad) < 0)
		return import_bad_record(d->in, from->where, &bad);
	post = find_post(d, row.parent);
	if (!post)
		return 0;
	post->accepted |= row.type == 1;
	post->votes += (row.type == 2) - (row.type == 3);
	return 0;
}

static int compare_owner(const void *a, const void *b)
{
	const struct sedump_owner *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

struct sedump_owner *sedump_owner(const struct sedump *d, int64_t id)
{
	const struct sedump_owner want = { .id = id };

	if (!d->owners_n)
		return NULL;
	return bsearch(&want, d->owners, d->owners_n, sizeof(want), compare_owner);
}

static int take_user(void *ctx, const struct xmlrow *from)
{
	struct sedump *d = ctx;
	struct diags bad = DIAGS_INIT;
	struct sedump_owner *owner;
	struct sedump_row row;

	if (read_row(user_columns, from, &row, &bad) < 0)
		return import_bad_record(d->in, from->where, &bad);
	owner = sedump_owner(d, row.id);
	if (owner && row.texts[SE_OWNER_NAME].n)
		owner->name = arena_str(&d->arena, row.texts[SE_OWNER_NAME]);
	return 0;
}

/* --- Between the files --- */

/* Ties in the order of the file. */
static int compare_id(const void *a, const void *b)
{
	const struct sedump_item *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return x->at.at < y->at.at ? -1 : x->at.at > y->at.at;
}

static int report_twice(struct sedump *d, const char *path,
			const struct sedump_item *item)
{
	struct buf record = BUF_INIT;
	struct diags bad = DIAGS_INIT;
	struct sedump_row row;
	struct place where;
	int status;

	status = sedump_row(d, item, &record, &row);
	buf_release(&record);
	if (status < 0)
		return -1;
	where = place_line(path, row.line, 0);
	diag_add(&bad, DIAG_DUPLICATE_ID, where, "a second row with the Id %" PRId64,
		 item->id);
	return import_bad_record(d->in, where, &bad);
}

/* Sorts items [from, n) by id; of several with one id the first stays, the
 * others are bad rows. */
static int settle_ids(struct sedump *d, size_t from, const char *path)
{
	size_t n = d->items_n - from, kept = 0;
	struct sedump_item *items = n ? d->items + from : NULL;
	bool sorted = true;

	for (size_t i = 1; sorted && i < n; i++)
		sorted = items[i - 1].id < items[i].id;
	if (sorted)
		return 0;
	if (spool_flush(&d->spool, d->in->diags) < 0)
		return -1;
	qsort(items, n, sizeof(*items), compare_id);
	for (size_t i = 0; i < n; i++) {
		if (!kept || items[kept - 1].id != items[i].id)
			items[kept++] = items[i];
		else if (report_twice(d, path, &items[i]) < 0)
			return -1;
	}
	d->items_n = from + kept;
	return 0;
}

static int compare_int64(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* From the ids as met to one owner each. */
static void settle_owners(struct sedump *d)
{
	size_t n = d->owner_ids_n, kept = 0;

	if (n)
		qsort(d->owner_ids, n, sizeof(*d->owner_ids), compare_int64);
	for (size_t i = 0; i < n; i++)
		if (!kept || d->owner_ids[kept - 1] != d->owner_ids[i])
			d->owner_ids[kept++] = d->owner_ids[i];
	d->owners = xcalloc(kept, sizeof(*d->owners));
	d->owners_n = kept;
	for (size_t i = 0; i < kept; i++)
		d->owners[i].id = d->owner_ids[i];
	free(d->owner_ids);
	d->owner_ids = NULL;
	d->owner_ids_n = d->owner_ids_cap = 0;
}

/* The question comes first, then answers, then comments. */
static int compare_thread(const void *a, const void *b)
{
	const struct sedump_item *x = a, *y = b;

	if (x->thread != y->thread)
		return x->thread < y->thread ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

bool sedump_has_question(const struct sedump *d, int64_t id)
{
	const struct sedump_item want = { .thread = id, .id = id, .kind = SE_QUESTION };

	return d->items_n && bsearch(&want, d->items, d->items_n, sizeof(want),
				     compare_thread);
}

int sedump_read(struct sedump *d)
{
	struct diags *diags = d->in->diags;

	progress_input(d->posts);
	progress_input(d->comments);
	progress_input(d->users);
	if (xmlrows_read(d->posts, "posts", take_post, d, diags) < 0 ||
	    settle_ids(d, 0, d->posts) < 0)
		return -1;
	d->posts_n = d->items_n;
	d->with_comments = fsys_exists(d->comments);
	if (d->with_comments &&
	    (xmlrows_read(d->comments, "comments", take_comment, d, diags) < 0 ||
	     settle_ids(d, d->posts_n, d->comments) < 0))
		return -1;
	if ((!d->acceptance_known || d->scores_missing) && fsys_exists(d->votes) &&
	    xmlrows_read(d->votes, "votes", take_vote, d, diags) < 0)
		return -1;
	settle_owners(d);
	if (fsys_exists(d->users) &&
	    xmlrows_read(d->users, "users", take_user, d, diags) < 0)
		return -1;
	if (d->items_n)
		qsort(d->items, d->items_n, sizeof(*d->items), compare_thread);
	return spool_flush(&d->spool, diags);
}

void sedump_init(struct sedump *d, struct import *in, const char *path)
{
	*d = (struct sedump){ .in = in, .arena = ARENA_INIT, .spool = SPOOL_INIT,
			      .record = BUF_INIT };
	d->posts = fsys_join(path, "Posts.xml");
	d->comments = fsys_join(path, "Comments.xml");
	d->users = fsys_join(path, "Users.xml");
	d->votes = fsys_join(path, "Votes.xml");
}

void sedump_release(struct sedump *d)
{
	free(d->posts);
	free(d->comments);
	free(d->users);
	free(d->votes);
	free(d->items);
	free(d->owner_ids);
	free(d->owners);
	buf_release(&d->record);
	spool_release(&d->spool);
	arena_release(&d->arena);
}
