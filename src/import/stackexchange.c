/*
 * Stack Exchange: a question and its answers are a thread, comments are posts
 * whose parent is the post that they stand under.  How the dump's files are
 * read and brought into the order of threads is sedump.c's.
 *
 * Decided here:
 * - A post whose account was deleted and whose name the dump still gives has
 *   the author "name:NAME", without a URL: the licence asks for the name, and
 *   no account has such an id.  Without a name the post has no author.
 * - Comments are in the site's small Markdown, taken for Markdown.
 * - An accepted answer that the dump doesn't hold is dropped.
 * - A dump is a whole site: questions that the archive has and the dump
 *   doesn't are gone.
 */
#include "import/import.h"

#include "base/fsys.h"
#include "import/sedump.h"
#include "import/xmlcolumns.h"

#include <stdlib.h>

struct site {
	struct sedump dump;
	struct venue venue;
	struct str url;      /* the venue's, without a slash at its end */
	struct arena arena;  /* for one thread */
	struct buf records;  /* its rows */
	struct buf scratch;
};

/* --- Names and addresses --- */

/* before and the number, in the thread's arena. */
static struct str numbered(struct site *s, const char *before, int64_t n)
{
	buf_reset(&s->scratch);
	buf_adds(&s->scratch, before);
	buf_addint(&s->scratch, n);
	return arena_str(&s->arena, buf_str(&s->scratch));
}

/* The same below the site's URL. */
static struct str url_of(struct site *s, const char *path, int64_t n)
{
	buf_reset(&s->scratch);
	buf_addstr(&s->scratch, s->url);
	buf_adds(&s->scratch, path);
	buf_addint(&s->scratch, n);
	return arena_str(&s->arena, buf_str(&s->scratch));
}

static struct str comment_url(struct site *s, const struct sedump_item *item,
			      int64_t post)
{
	buf_reset(&s->scratch);
	buf_addstr(&s->scratch, s->url);
	buf_addlit(&s->scratch, "/questions/");
	buf_addint(&s->scratch, item->thread);
	buf_addlit(&s->scratch, "#comment");
	buf_addint(&s->scratch, item->id);
	buf_addc(&s->scratch, '_');
	buf_addint(&s->scratch, post);
	return arena_str(&s->arena, buf_str(&s->scratch));
}

/* An account that Users.xml doesn't name keeps the first name met, so that it
 * has one name; without any, the one that the site itself would show. */
static struct str owner_name(struct site *s, const struct sedump_row *row)
{
	struct sedump_owner *owner = sedump_owner(&s->dump, row->owner);
	struct str name = row->texts[SE_OWNER_NAME];

	if (!owner->name.n)
		owner->name = arena_str(&s->dump.arena,
					name.n ? name : numbered(s, "user", row->owner));
	return owner->name;
}

static const struct author *author_of(struct site *s, const struct sedump_row *row)
{
	struct str name = row->texts[SE_OWNER_NAME];
	struct author *author;

	if (row->owner == NUMBER_NONE && !name.n)
		return NULL;
	author = arena_new(&s->arena, struct author);
	author->venue = s->venue.row;
	if (row->owner == NUMBER_NONE) {
		author->id = arena_printf(&s->arena, "name:%.*s", STR_ARG(name));
		author->name = name;
		return author;
	}
	author->id = numbered(s, "", row->owner);
	author->name = owner_name(s, row);
	author->url = url_of(s, "/users/", row->owner);
	return author;
}

/* --- Posts --- */

/* What the site's terms gave contributions before posts said it themselves. */
static struct str licence_at(int64_t t)
{
	static const struct {
		int64_t until;
		const char *name;
	} licences[] = {
		{ 1302220800, "CC BY-SA 2.5" }, /* 2011-04-08 */
		{ 1525219200, "CC BY-SA 3.0" }, /* 2018-05-02 */
		{ INT64_MAX, "CC BY-SA 4.0" },
	};
	size_t i = 0;

	while (t >= licences[i].until)
		i++;
	return str_of(licences[i].name);
}

static void fill_id(struct site *s, const struct sedump_item *item,
		    const struct sedump_row *row, struct post *post)
{
	switch ((enum sedump_kind)item->kind) {
	case SE_QUESTION:
		post->id = numbered(s, "", item->id);
		post->url = url_of(s, "/questions/", item->id);
		return;
	case SE_ANSWER:
		post->id = numbered(s, "", item->id);
		post->parent = numbered(s, "", item->thread);
		post->url = url_of(s, "/a/", item->id);
		return;
	case SE_COMMENT:
		post->id = numbered(s, "c", item->id);
		post->parent = numbered(s, "", row->parent);
		post->url = comment_url(s, item, row->parent);
		return;
	}
}

static void fill_post(struct site *s, const struct sedump_item *item,
		      const struct sedump_row *row, struct post *post)
{
	struct str body = row->texts[SE_BODY], licence = row->texts[SE_LICENCE];

	*post = (struct post)POST_INIT;
	fill_id(s, item, row, post);
	post->author = author_of(s, row);
	post->created = row->created;
	post->edited = row->edited;
	post->format = item->kind == SE_COMMENT ? BODY_MARKDOWN : BODY_HTML;
	post->body = str_present(body) ? body : STR("");
	post->score = row->score != NUMBER_NONE ? row->score : item->votes;
	post->licence = licence.n ? licence : licence_at(row->created);
	post->fetched = s->dump.in->options->now;
}

/* --- Threads --- */

/* The dump wrote "<a><b>" until 2024 and writes "|a|b|" since. */
static void fill_tags(struct site *s, struct str from, struct thread *t)
{
	size_t start = 0;

	t->tags = arena_array(&s->arena, struct str, from.n / 2 + 1);
	for (size_t i = 0; i <= from.n; i++) {
		if (i < from.n && str_index(STR("<>|"), from.p[i]) == 3)
			continue;
		if (i > start)
			t->tags[t->tags_n++] = str_slice(from, start, i);
		start = i + 1;
	}
}

static void fill_head(struct site *s, const struct sedump_row *question, struct thread *t)
{
	t->venue = &s->venue;
	t->id = t->posts[0].id;
	t->url = t->posts[0].url;
	t->title = question->texts[SE_TITLE];
	t->created = question->created;
	t->updated = question->active;
	t->score = t->posts[0].score;
	t->views = question->views;
	fill_tags(s, question->texts[SE_TAGS], t);
}

static bool solves(const struct site *s, const struct sedump_item *item,
		   const struct sedump_row *question)
{
	if (item->kind != SE_ANSWER)
		return false;
	return s->dump.acceptance_known ? item->id == question->accepted : item->accepted;
}

/* items: the question, its answers, their comments. */
static int put_thread(struct site *s, const struct sedump_item *items, size_t n)
{
	struct import *in = s->dump.in;
	struct post *posts = arena_array(&s->arena, struct post, n);
	struct thread t = THREAD_INIT;
	/* From what an incomplete export lacks nothing follows. */
	struct archive_put how = { .complete = s->dump.with_comments &&
					       !in->counts->skipped[SKIP_BAD] };
	struct sedump_row question, row;
	size_t bytes = 0;

	t.posts = posts;
	t.posts_n = n;
	for (size_t i = 0; i < n; i++)
		bytes += items[i].at.n;
	buf_reset(&s->records);
	buf_room(&s->records, bytes); /* texts must not move */
	for (size_t i = 0; i < n; i++) {
		if (sedump_row(&s->dump, &items[i], &s->records, &row) < 0)
			return -1;
		if (i == 0)
			question = row;
		fill_post(s, &items[i], &row, &posts[i]);
		if (solves(s, &items[i], &question))
			t.solved_by = posts[i].id;
	}
	fill_head(s, &question, &t);
	how.where = place_line(s->dump.posts, question.line, 0);
	return import_thread(in, &t, &how);
}

static int put_threads(struct site *s)
{
	const struct sedump_item *items = s->dump.items;
	size_t items_n = s->dump.items_n, n;

	for (size_t i = 0; i < items_n; i += n) {
		for (n = 1; i + n < items_n; n++)
			if (items[i + n].thread != items[i].thread)
				break;
		if (items[i].kind != SE_QUESTION)
			s->dump.in->counts->skipped[SKIP_ORPHAN] += n;
		else if (put_thread(s, items + i, n) < 0)
			return -1;
		arena_reset(&s->arena);
	}
	return 0;
}

/* Only what looks like a question's id: the archive may have threads of that
 * venue from elsewhere. */
static bool deleted(void *ctx, struct str id)
{
	const struct sedump *d = ctx;
	int64_t n;

	return xmlcolumns_number(id, &n) && !sedump_has_question(d, n);
}

/* --- The folder --- */

/* "/x/bicycles.stackexchange.com/" to its URL, as the site's archive unpacks;
 * absent when the folder's name is no host. */
static struct str url_of_folder(struct arena *arena, const char *path)
{
	struct str name = str_of(path);
	size_t slash;

	while (name.n > 1 && str_ends(name, STR("/")))
		name.n--;
	while ((slash = str_index(name, '/')) < name.n)
		name = str_slice(name, slash + 1, name.n);
	if (str_index(name, '.') == name.n || str_starts(name, STR(".")))
		return STR_NONE;
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] != '.' && !str_is_slug(str_slice(name, i, i + 1)))
			return STR_NONE;
	return arena_printf(arena, "https://%.*s", STR_ARG(name));
}

static int find_site(struct site *s, const char *path)
{
	struct venue guess = { .url = url_of_folder(&s->dump.arena, path),
			       .kind = STR("qa") };
	struct diags *diags = s->dump.in->diags;

	if (!fsys_exists(s->dump.posts)) {
		diag_add(diags, DIAG_NOT_FOUND, place_file(path),
			 "no folder with a 'Posts.xml' in it");
		diag_hint(diags, "name the folder that the data dump was unpacked into");
		return -1;
	}
	if (import_venue(s->dump.in, &guess, &s->dump.arena, &s->venue) < 0)
		return -1;
	s->url = s->venue.url;
	while (str_ends(s->url, STR("/")))
		s->url.n--;
	return 0;
}

static int read_site(struct site *s, const char *path)
{
	struct import *in = s->dump.in;
	size_t mistakes = diags_errors(in->diags);

	if (find_site(s, path) < 0 || sedump_read(&s->dump) < 0)
		return -1;
	/* After a mistake nothing will be kept. */
	if (diags_errors(in->diags) > mistakes)
		return -1;
	if (put_threads(s) < 0)
		return -1;
	if (in->counts->skipped[SKIP_BAD])
		return 0;
	return import_mark_gone(in, s->venue.row, deleted, &s->dump);
}

static int read_sites(struct import *in, char **paths, size_t n)
{
	int status = 0;

	for (size_t i = 0; status == 0 && i < n; i++) {
		struct site s = { .arena = ARENA_INIT, .records = BUF_INIT,
				  .scratch = BUF_INIT };

		sedump_init(&s.dump, in, paths[i]);
		status = read_site(&s, paths[i]);
		sedump_release(&s.dump);
		arena_release(&s.arena);
		buf_release(&s.records);
		buf_release(&s.scratch);
	}
	return status;
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
	.reads = "folders of the Stack Exchange data dump",
	.sniff = sniff,
	.read = read_sites,
};
