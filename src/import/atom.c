/*
 * Atom and RSS.  What an entry says is feed.c's; here entries become threads.
 *
 * Decided here:
 * - Entries are one thread when they answer each other (RFC 4685), or are comments on
 *   one page: their links differ in the fragment alone, which is that of a comment
 *   ("#comment-12").  Any other entry is a thread of its own.
 * - A thread is known by its first post's id; by that of the post that is answered,
 *   or by the page, where the feed has only answers.  Posts that the archive has are
 *   answered, too: a feed is a window, and what comes later joins the thread.
 * - A thread isn't complete, unless the feed says how many answers there are
 *   (thr:total, slash:comments) and has that many.
 * - Of two entries with one id the one edited last stands; a deletion (RFC 6721) that
 *   isn't older than the entry, too.
 */
#include "import/import.h"

#include "base/instream.h"
#include "base/mem.h"
#include "base/progress.h"
#include "import/feed.h"
#include "import/feedtext.h"
#include "import/gather.h"

#include <stdlib.h>

struct feeds {
	struct import *in;
	struct gather gather;
	struct arena arena;  /* for the run: the venue */
	struct arena thread; /* for one thread */
	struct seen urls;    /* of entries: the first one with it has it */
	struct seen known;   /* threads of the archive: id to row */
	struct buf scratch;
	struct venue venue;
	struct str origin;   /* of the feeds' own link */
	const char *path;    /* of the file at hand */
};

/* --- The venue --- */

static struct str origin_of(struct str url)
{
	size_t at = str_find(url, STR("://"));
	struct str rest = str_slice(url, at + 3, url.n);

	return at < url.n ? str_slice(url, 0, at + 3 + str_index(rest, '/')) : STR_NONE;
}

static struct str host_of(struct str origin)
{
	struct str host = str_slice(origin, str_find(origin, STR("//")) + 2, origin.n);

	return str_starts(host, STR("www.")) ? str_slice(host, 4, host.n) : host;
}

/* The feed's title, where it is the whole site's. */
static struct str site_name(const struct feed_entry *e, struct str origin)
{
	static const struct str comments = { "Comments for ", 13 };
	struct str name = e->texts[FEED_NAME];

	if (str_starts(name, comments))
		return str_slice(name, comments.n, name.n);
	if (e->texts[FEED_SITE].n > origin.n + 1 || !name.n)
		return STR_NONE;
	return name;
}

static int join_known(struct feeds *f);

static int find_venue(struct feeds *f, const struct feed_entry *e)
{
	struct str site = e->texts[FEED_SITE];
	struct str origin = origin_of(site.n ? site : e->texts[FEED_URL]);
	struct venue guess = { .url = STR_NONE };

	if (f->venue.row && (!origin.n || f->in->options->venue ||
			     str_eq(host_of(origin), host_of(f->origin))))
		return 0;
	if (f->venue.row) {
		diag_add(f->in->diags, DIAG_USAGE, place_line(f->path, e->line, 0),
			 "a feed of another site than '%.*s'", STR_ARG(f->origin));
		diag_hint(f->in->diags, "import one site after the other, or say with "
			  "--venue that it is one venue");
		return -1;
	}
	f->origin = arena_str(&f->arena, origin);
	if (origin.n) {
		guess.url = arena_printf(&f->arena, "%.*s/", STR_ARG(origin));
		guess.name = arena_str(&f->arena, site_name(e, origin));
	}
	return import_venue(f->in, &guess, &f->arena, &f->venue) < 0 ? -1 : join_known(f);
}

/* --- What the archive has --- */

/* A key that no id is. */
static struct str url_key(struct feeds *f, struct str url)
{
	buf_reset(&f->scratch);
	buf_addc(&f->scratch, '\n');
	buf_addstr(&f->scratch, url);
	return buf_str(&f->scratch);
}

struct known {
	int64_t row;
	struct str id;
};

/* Threads and posts come in the order of threads' rows. */
struct all_known {
	struct feeds *f;
	struct known *threads; /* owned */
	size_t n, cap, at;
	struct arena arena;
};

static int note_thread(void *ctx, const struct thread *t)
{
	struct all_known *k = ctx;
	struct feeds *f = k->f;

	if (t->venue->row != f->venue.row)
		return 0;
	GROW(k->threads, k->n, k->cap);
	k->threads[k->n++] = (struct known){ t->row, arena_str(&k->arena, t->id) };
	seen_add(&f->known, t->id, STR_NONE, (uint64_t)t->row);
	gather_join(&f->gather, t->id, t->id);
	if (!seen_add(&f->urls, t->url, STR_NONE, 1))
		gather_join(&f->gather, t->id, url_key(f, t->url));
	return 0;
}

static int note_post(void *ctx, const struct post_facts *post)
{
	struct all_known *k = ctx;

	while (k->at < k->n && k->threads[k->at].row < post->thread)
		k->at++;
	if (k->at < k->n && k->threads[k->at].row == post->thread)
		gather_join(&k->f->gather, k->threads[k->at].id, post->id);
	return 0;
}

/* Before any entry: so the archive's ids come first, and stay. */
static int join_known(struct feeds *f)
{
	struct all_known k = { .f = f, .arena = ARENA_INIT };
	struct import *in = f->in;
	int status = archive_each_thread(in->archive, note_thread, &k, in->diags);

	if (status == 0)
		status = archive_each_post(in->archive, note_post, &k, in->diags);
	free(k.threads);
	arena_release(&k.arena);
	return status;
}

/* --- Entries --- */

static int add_entry(struct feeds *f, const struct feed_entry *e)
{
	struct str id = e->texts[FEED_ID], url = e->texts[FEED_URL];
	struct buf packed = BUF_INIT;
	struct gather_piece piece = { .where = place_line(f->path, e->line, 0) };
	int status;

	feed_entry_pack(e, &packed);
	piece.text = buf_str(&packed);
	status = gather_add(&f->gather, id, &piece, f->in->diags);
	buf_release(&packed);
	if (status < 0)
		return -1;
	if (url.n && !seen_add(&f->urls, url, STR_NONE, 1))
		gather_join(&f->gather, id, url_key(f, url));
	if (e->texts[FEED_PARENT].n)
		gather_join(&f->gather, id, e->texts[FEED_PARENT]);
	if (e->texts[FEED_PARENT_URL].n)
		gather_join(&f->gather, id, url_key(f, e->texts[FEED_PARENT_URL]));
	progress_add(1);
	return 0;
}

static int take_record(void *ctx, const struct xmlrecord *record)
{
	struct feeds *f = ctx;
	struct diags bad = DIAGS_INIT;
	struct feed_entry e;

	if (feed_entry_read(record, &e, &bad) < 0)
		return import_bad_record(f->in, record->where, &bad);
	if (find_venue(f, &e) < 0)
		return -1;
	return add_entry(f, &e);
}

/* --- From entries to a thread --- */

struct group {
	struct feeds *f;
	struct feed_entry *entries; /* by id, each once */
	size_t n;
	const struct feed_entry *root; /* answers nothing; or NULL */
	struct thread known; /* row 0: new */
	struct thread t;
};

/* Of one id the newest first. */
static int compare_entry(const void *a, const void *b)
{
	const struct feed_entry *x = a, *y = b;
	int64_t xt = x->edited != WHEN_NONE ? x->edited : x->created;
	int64_t yt = y->edited != WHEN_NONE ? y->edited : y->created;
	int c = str_cmp(x->texts[FEED_ID], y->texts[FEED_ID]);

	if (c || xt != yt)
		return c ? c : xt < yt ? 1 : -1;
	return y->deleted - x->deleted;
}

static void settle(struct group *g)
{
	size_t kept = 0;

	qsort(g->entries, g->n, sizeof(*g->entries), compare_entry);
	for (size_t i = 0; i < g->n; i++) {
		if (kept && str_eq(g->entries[kept - 1].texts[FEED_ID],
				   g->entries[i].texts[FEED_ID])) {
			if (!g->entries[i].deleted && !g->entries[kept - 1].deleted)
				import_skip(g->f->in, SKIP_TWICE);
		} else {
			g->entries[kept++] = g->entries[i];
		}
	}
	g->n = kept;
}

static bool answers(const struct feed_entry *e)
{
	return e->texts[FEED_PARENT].n || e->texts[FEED_PARENT_URL].n;
}

static void find_root(struct group *g)
{
	for (size_t i = 0; i < g->n; i++) {
		const struct feed_entry *e = &g->entries[i];

		if (!e->deleted && !answers(e) && (!g->root || e->created < g->root->created))
			g->root = e;
	}
}

static const struct author *author_of(struct group *g, const struct feed_entry *e)
{
	struct author *author;

	if (!e->texts[FEED_AUTHOR_ID].n)
		return NULL;
	author = arena_new(&g->f->thread, struct author);
	author->venue = g->f->venue.row;
	author->id = e->texts[FEED_AUTHOR_ID];
	author->name = e->texts[FEED_AUTHOR].n ? e->texts[FEED_AUTHOR] : author->id;
	author->url = e->texts[FEED_AUTHOR_URL];
	return author;
}

static struct post post_of(struct group *g, const struct feed_entry *e)
{
	struct str body = e->texts[FEED_BODY];

	return (struct post){
		.id = e->texts[FEED_ID],
		.author = author_of(g, e),
		.created = e->created,
		.edited = e->edited,
		.withdrawn = WHEN_NONE,
		.format = e->format,
		.language = e->texts[FEED_LANGUAGE],
		.body = str_present(body) ? body : STR(""),
		.url = e->texts[FEED_URL],
		.licence = e->texts[FEED_LICENCE],
		.fetched = g->f->in->options->now,
	};
}

static int by_id(const void *a, const void *b)
{
	const struct feed_entry *x = a, *y = b;

	return str_cmp(x->texts[FEED_ID], y->texts[FEED_ID]);
}

static bool has_post(const struct group *g, struct str id)
{
	const struct feed_entry want = { .texts = { [FEED_ID] = id } };
	const struct feed_entry *e = bsearch(&want, g->entries, g->n, sizeof(want), by_id);

	return (e && !e->deleted) || (g->known.row && thread_post(&g->known, id));
}

/* The post that is answered, if it is there: by its id, or as the page that the
 * comments are on. */
static struct str parent_of(const struct group *g, const struct feed_entry *e)
{
	struct str id = e->texts[FEED_PARENT];
	const struct feed_entry *root = g->root;

	if (id.n && has_post(g, id))
		return id;
	if (e->texts[FEED_PARENT_URL].n && root && root != e &&
	    str_eq(root->texts[FEED_URL], e->texts[FEED_PARENT_URL]))
		return root->texts[FEED_ID];
	if (!id.n && answers(e) && g->known.row && g->known.posts_n &&
	    str_eq(g->known.posts[0].url, e->texts[FEED_PARENT_URL]))
		return g->known.posts[0].id;
	return STR_NONE;
}

/* What the archive has of a deleted post is gone. */
static void add_deleted(struct group *g, const struct feed_entry *e)
{
	struct thread *known = &g->known;

	for (size_t i = 0; known->row && i < known->posts_n; i++) {
		if (!str_eq(known->posts[i].id, e->texts[FEED_ID]))
			continue;
		known->posts[i].gone = true;
		g->t.posts[g->t.posts_n++] = known->posts[i];
		return;
	}
	import_skip(g->f->in, SKIP_DELETED);
}

static void fill_posts(struct group *g)
{
	struct thread *t = &g->t;

	t->posts = arena_array(&g->f->thread, struct post, g->n);
	for (size_t i = 0; i < g->n; i++) {
		if (g->entries[i].deleted) {
			add_deleted(g, &g->entries[i]);
			continue;
		}
		t->posts[t->posts_n] = post_of(g, &g->entries[i]);
		t->posts[t->posts_n++].parent = parent_of(g, &g->entries[i]);
	}
}

/* All that the venue had of it is deleted. */
static bool is_gone(const struct group *g)
{
	for (size_t i = 0; i < g->known.posts_n; i++)
		if (!g->known.posts[i].gone)
			return false;
	for (size_t i = 0; i < g->t.posts_n; i++)
		if (!g->t.posts[i].gone)
			return false;
	return true;
}

/* --- The thread's head --- */

static void fill_tags(struct group *g, const struct feed_entry *e)
{
	struct str rest = e->texts[FEED_TAGS];
	struct thread *t = &g->t;
	size_t n = 1;

	t->tags_n = 0;
	for (size_t i = 0; i < rest.n; i++)
		n += rest.p[i] == '\n';
	t->tags = arena_array(&g->f->thread, struct str, n);
	while (rest.n)
		t->tags[t->tags_n++] = str_split(&rest, '\n');
}

static struct str first_of(struct str a, struct str b)
{
	return a.n ? a : b;
}

/* The first of a thread's entries in time. */
static const struct feed_entry *earliest(const struct group *g)
{
	const struct feed_entry *first = NULL;

	for (size_t i = 0; i < g->n; i++)
		if (!g->entries[i].deleted &&
		    (!first || g->entries[i].created < first->created))
			first = &g->entries[i];
	return first;
}

/* A title that isn't there is the beginning of what is said. */
static struct str opening(struct group *g, const struct feed_entry *e)
{
	enum { OPENING = 80 };
	struct str line = e->texts[FEED_BODY];
	size_t n;

	line = e->format == BODY_HTML ? feed_line_of_html(&g->f->thread, line)
				      : feed_line(&g->f->thread, line);
	if (line.n <= OPENING)
		return line;
	for (n = OPENING; n && ((unsigned char)line.p[n] & 0xc0) == 0x80; n--)
		;
	return arena_printf(&g->f->thread, "%.*s\xe2\x80\xa6", (int)n, line.p);
}

/* By the post that began it. */
static void fill_head(struct group *g, const struct feed_entry *e)
{
	struct thread *t = &g->t;

	t->id = e->texts[FEED_ID];
	t->url = first_of(e->texts[FEED_URL], e->texts[FEED_SITE]);
	t->title = first_of(e->texts[FEED_TITLE], opening(g, e));
	t->created = e->created;
	fill_tags(g, e);
}

/* By the first answer, where what it answers isn't there. */
static void fill_head_around(struct group *g, const struct feed_entry *e)
{
	struct thread *t = &g->t;
	struct str page = e->texts[FEED_PARENT_URL];

	fill_head(g, e);
	t->id = first_of(e->texts[FEED_PARENT], first_of(page, t->id));
	if (t->id.n > FEED_ID_MAX)
		t->id = e->texts[FEED_ID];
	t->url = first_of(page, t->url);
	t->title = first_of(e->texts[FEED_TOPIC], t->title);
	t->tags_n = 0;
}

static int find_known(struct group *g, struct str key)
{
	struct feeds *f = g->f;
	int64_t row = (int64_t)seen_get(&f->known, key, STR_NONE);

	g->known.row = 0;
	if (!row)
		return 0;
	return archive_thread(f->in->archive, row, &f->venue, 1, &f->thread, &g->known,
			      f->in->diags);
}

static void start_thread(struct group *g)
{
	const struct feed_entry *first = earliest(g);
	struct thread *t = &g->t;
	struct str id;

	*t = (struct thread)THREAD_INIT;
	if (g->known.row) {
		*t = g->known;
		t->posts_n = t->labels_n = t->products_n = 0;
	}
	id = t->id;
	t->venue = &g->f->venue;
	if (g->root && (!g->known.row || !g->known.posts_n ||
			g->root->created <= g->known.posts[0].created))
		fill_head(g, g->root);
	else if (!g->known.row && first)
		fill_head_around(g, first);
	if (g->known.row)
		t->id = id;
	t->url = first_of(t->url, g->f->venue.url);
	t->row = 0;
}

/* Whether the feed has as many answers as it says that there are. */
static bool is_complete(const struct group *g)
{
	return g->root && g->root->replies != NUMBER_NONE &&
	       (uint64_t)g->root->replies + 1 == g->t.posts_n;
}

static int put_group(void *ctx, struct str key, const struct gather_piece *pieces,
		     size_t n)
{
	struct feeds *f = ctx;
	struct group g = { .f = f, .n = n };
	struct archive_put how = { .where = pieces[0].where };

	arena_reset(&f->thread);
	g.entries = arena_array(&f->thread, struct feed_entry, n);
	for (size_t i = 0; i < n; i++)
		feed_entry_unpack(pieces[i].text, &g.entries[i]);
	settle(&g);
	find_root(&g);
	if (find_known(&g, key) < 0)
		return -1;
	start_thread(&g);
	fill_posts(&g);
	if (!g.t.posts_n)
		return 0;
	g.t.gone = is_gone(&g);
	how.complete = is_complete(&g);
	return import_thread(f->in, &g.t, &how);
}

/* --- Files --- */

static int read_file(struct feeds *f, const char *path)
{
	static const char *const records[] = { "atom:entry", "item", "at:deleted-entry",
					       NULL };
	struct xmltree how = {
		.spaces = feed_spaces, .roots = feed_roots, .records = records,
		.wanted = "a feed", .recover = f->in->options->keep_going,
		.fn = take_record, .ctx = f,
	};
	int status;

	f->path = instream_name(path);
	status = xmltree_read(&how, path, f->in->diags);
	f->in->counts->skipped[SKIP_BAD] += how.cut;
	return status;
}

static int read_feeds(struct import *in, char **paths, size_t n)
{
	struct feeds f = { .in = in, .gather = GATHER_INIT, .arena = ARENA_INIT,
			   .thread = ARENA_INIT, .urls = SEEN_INIT, .known = SEEN_INIT,
			   .scratch = BUF_INIT };
	size_t mistakes = diags_errors(in->diags);
	int status = 0;

	for (size_t i = 0; status == 0 && i < n; i++)
		status = read_file(&f, paths[i]);
	/* After a mistake nothing will be kept. */
	if (status == 0 && f.venue.row && diags_errors(in->diags) == mistakes)
		status = gather_each(&f.gather, put_group, &f, in->diags);
	gather_release(&f.gather);
	arena_release(&f.arena);
	arena_release(&f.thread);
	seen_release(&f.urls);
	seen_release(&f.known);
	buf_release(&f.scratch);
	return status;
}

/* A shop's feed of products is another's. */
static int sniff(const char *path, struct str head)
{
	struct str root = xmltree_root(head);

	(void)path;
	if (str_find(root, STR("base.google.com/ns/")) < root.n)
		return 0;
	if (str_starts(root, STR("rss ")))
		return 90;
	return str_find(root, STR("http://www.w3.org/2005/Atom")) < root.n ||
	       str_find(root, STR("http://purl.org/atom/ns#")) < root.n ||
	       str_find(root, STR("http://purl.org/rss/1.0/")) < root.n ||
	       str_find(root, STR("http://my.netscape.com/rdf/")) < root.n ? 90 : 0;
}

const struct importer importer_atom = {
	.name = "atom",
	.reads = "Atom and RSS feeds, with the threads of RFC 4685",
	.endings = ".atom .rss .rdf .xml",
	.sniff = sniff,
	.read = read_feeds,
};
