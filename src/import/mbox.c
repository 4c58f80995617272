/*
 * Mailboxes: a message is a post, what answers it is in its thread.  Each message is
 * read, cut down to what is kept, and put aside in a temporary file; who answers whom
 * (mailthread.c) is settled when all are known.
 *
 * Decided here:
 * - A thread's id is that of its first message, be it in the mailbox or not.
 * - A thread that the archive has part of keeps its id, and its head unless its first
 *   message comes again: lists are archived in months.
 * - A second message with a Message-ID that was there already is the same one when
 *   sender, date and subject are, and left out; else it gets an id of its own.
 * - Only --whole says that messages which aren't there are gone.
 */
#include "import/import.h"

#include "base/mem.h"
#include "base/progress.h"
#include "base/spool.h"
#include "import/mailbox.h"
#include "import/mailread.h"
#include "import/mailsubject.h"
#include "import/mailthread.h"
#include "import/mime.h"

#include <stdlib.h>

/* What is kept of a message, each behind the other with a NUL between; the first one is
 * the body's format. */
enum kept { FORMAT, AUTHOR, NAME, SUBJECT, URL, BODY, KEPT };

struct message {
	uint32_t node; /* in the threads */
	uint32_t line;
	const char *path; /* borrowed for the run */
	struct spool_ref at;
};

struct box {
	struct import *in;
	struct mailthread threads;
	struct spool spool;
	struct message *messages; /* owned */
	size_t n, cap;
	struct venue guess, venue;
	struct venue *venues; /* of the archive */
	size_t venues_n;
	struct str names[3];  /* the venue's, as subjects may have them */
	struct arena run, arena; /* arena: of one message or thread */
};

/* --- Putting aside --- */

/* The node of a message that is new; MAILTHREAD_NONE for one that came already. */
static uint32_t enter(struct box *b, struct mailread *m)
{
	struct mailthread *t = &b->threads;
	uint32_t i = mailthread_node(t, m->id);

	if (t->nodes[i].here && t->nodes[i].same != m->same) {
		m->id = mailread_hash(&b->arena,
				      arena_printf(&b->arena, "%.*s %llx", STR_ARG(m->id),
						   (unsigned long long)m->same));
		i = mailthread_node(t, m->id);
	}
	return t->nodes[i].here ? MAILTHREAD_NONE : i;
}

static void fill_node(struct box *b, const struct mailread *m, uint32_t i)
{
	struct mailthread_node *node = &b->threads.nodes[i];
	struct buf key = BUF_INIT;

	mailsubject_key(&key, m->subject, &node->reply);
	node->subject = key.n ? mailread_number(buf_str(&key)) : 0;
	node->same = m->same;
	node->date = m->date;
	node->here = true;
	buf_release(&key);
}

/* Of several ids in In-Reply-To the later ones are addresses. */
static void enter_references(struct box *b, const struct mailread *m, uint32_t i)
{
	struct str references = m->references, reply_to = m->reply_to, id;

	while (str_present(id = mailread_next_id(&b->arena, &references)))
		mailthread_refer(&b->threads, i, id);
	id = mailread_next_id(&b->arena, &reply_to);
	if (str_present(id))
		mailthread_refer(&b->threads, i, id);
}

static int put_aside(struct box *b, const struct mail *mail, const struct mailread *read,
		     uint32_t node)
{
	const struct str kept[KEPT] = {
		[FORMAT] = str_of(body_format_names[read->format]),
		[AUTHOR] = read->author,
		[NAME] = read->name,
		[SUBJECT] = read->subject,
		[URL] = read->url,
		[BODY] = read->body,
	};
	struct buf record = BUF_INIT;
	struct message *m;
	int status;

	GROW(b->messages, b->n, b->cap);
	m = &b->messages[b->n++];
	*m = (struct message){ .node = node, .line = (uint32_t)mail->where.line,
			       .path = mail->where.path };
	for (int i = 0; i < KEPT; i++) {
		buf_addstr(&record, kept[i]);
		buf_addc(&record, '\0');
	}
	status = spool_add(&b->spool, buf_str(&record), &m->at, b->in->diags);
	buf_release(&record);
	return status;
}

/* What the first message that says so says of the list. */
static void guess_venue(struct box *b, const struct mailread *m)
{
	if (!str_present(b->guess.url))
		b->guess.url = arena_str(&b->run, m->list_url);
	if (!str_present(b->guess.name))
		b->guess.name = arena_str(&b->run, m->list_name);
}

static int bad_mail(struct box *b, const struct mail *mail, const char *what,
		    enum diag_id id)
{
	struct diags bad = DIAGS_INIT;

	diag_add(&bad, id, mail->where, "%s", what);
	return import_bad_record(b->in, mail->where, &bad);
}

static int take_mail(struct box *b, const struct mail *mail)
{
	struct mailread m;
	const char *wrong;
	uint32_t node;

	if (mail->too_large)
		return bad_mail(b, mail, "a message of more than 32 MB", DIAG_TOO_LARGE);
	wrong = mailread(&b->arena, mail, b->in->options->now, &m);
	if (wrong)
		return bad_mail(b, mail, wrong, DIAG_BAD_VALUE);
	guess_venue(b, &m);
	node = enter(b, &m);
	if (node == MAILTHREAD_NONE) {
		import_skip(b->in, SKIP_TWICE);
		return 0;
	}
	enter_references(b, &m, node);
	fill_node(b, &m, node);
	return put_aside(b, mail, &m, node);
}

static int read_file(struct box *b, const char *path)
{
	struct mailbox box;
	struct mail mail;
	struct diags bad = DIAGS_INIT;
	int got;

	if (mailbox_open(&box, path, &bad) < 0) {
		if (bad.items[0].id == DIAG_SYNTAX)
			return import_bad_record(b->in, place_file(instream_name(path)), &bad);
		diags_merge(b->in->diags, &bad);
		return -1;
	}
	while ((got = mailbox_next(&box, &mail, b->in->diags)) > 0) {
		if (take_mail(b, &mail) < 0)
			got = -1;
		arena_reset(&b->arena);
		progress_add(1);
		if (got < 0)
			break;
	}
	mailbox_release(&box);
	return got;
}

/* --- What the archive has --- */

struct known {
	struct box *box;
	int64_t *rows; /* owned; the venue's threads, in order */
	size_t n, cap;
};

static int note_thread(void *ctx, const struct thread *t)
{
	struct known *k = ctx;

	if (t->venue->row != k->box->venue.row)
		return 0;
	GROW(k->rows, k->n, k->cap);
	k->rows[k->n++] = t->row;
	return 0;
}

static int row_cmp(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int note_post(void *ctx, const struct post_facts *post)
{
	struct known *k = ctx;
	struct mailthread *threads = &k->box->threads;
	uint32_t i;

	if (!k->n || !bsearch(&post->thread, k->rows, k->n, sizeof(*k->rows), row_cmp))
		return 0;
	i = mailthread_find(threads, post->id);
	if (i != MAILTHREAD_NONE && !threads->nodes[i].known)
		threads->nodes[i].known = post->thread;
	return 0;
}

static int find_known(struct box *b)
{
	struct import *in = b->in;
	struct known k = { .box = b };
	int status = archive_each_thread(in->archive, note_thread, &k, in->diags);

	if (status == 0 && k.n)
		status = archive_each_post(in->archive, note_post, &k, in->diags);
	free(k.rows);
	return status;
}

/* --- Threads --- */

static const struct mailthread_node *node_of(const struct box *b, const struct message *m)
{
	return &b->threads.nodes[m->node];
}

/* Equal for messages of one thread: trees that the archive has in one are one. */
static uint64_t thread_of(const struct box *b, const struct message *m)
{
	uint32_t root = node_of(b, m)->root;
	int64_t row = b->threads.nodes[root].thread;

	return row ? UINT64_C(1) << 63 | (uint64_t)row : root;
}

static int by_thread(const void *a, const void *b, void *box)
{
	const struct mailthread_node *x = node_of(box, a), *y = node_of(box, b);
	uint64_t s = thread_of(box, a), t = thread_of(box, b);

	if (s != t)
		return s < t ? -1 : 1;
	if (x->date != y->date)
		return x->date < y->date ? -1 : 1;
	return memcmp(x->id, y->id, MAILTHREAD_ID);
}

static struct str node_id(const struct mailthread_node *node)
{
	return str_make(node->id, MAILTHREAD_ID);
}

static const struct author *make_author(struct box *b, const struct str *kept)
{
	struct author *author;

	if (!kept[AUTHOR].n)
		return NULL;
	author = arena_new(&b->arena, struct author);
	author->venue = b->venue.row;
	author->id = kept[AUTHOR];
	author->name = kept[NAME];
	return author;
}

/* Texts are in the arena. */
static int read_kept(struct box *b, const struct message *m, struct str kept[KEPT])
{
	struct buf record = BUF_INIT;
	struct str rest;

	if (spool_read(&b->spool, m->at, &record, b->in->diags) < 0)
		return -1;
	rest = buf_to_arena(&record, &b->arena);
	for (int i = 0; i < KEPT; i++)
		kept[i] = str_split(&rest, '\0');
	return 0;
}

static void fill_post(struct box *b, const struct message *m, const struct str *kept,
		      struct post *post)
{
	const struct mailthread_node *node = node_of(b, m);

	*post = (struct post)POST_INIT;
	post->id = node_id(node);
	if (node->parent != MAILTHREAD_NONE)
		post->parent = node_id(&b->threads.nodes[node->parent]);
	post->author = make_author(b, kept);
	post->created = node->date;
	post->format = str_is(kept[FORMAT], "html") ? BODY_HTML : BODY_TEXT;
	post->body = kept[BODY];
	if (kept[URL].n)
		post->url = kept[URL];
	post->fetched = b->in->options->now;
}

static struct str last_part(struct str path)
{
	size_t slash;

	while (path.n && path.p[path.n - 1] == '/')
		path.n--;
	while ((slash = str_index(path, '/')) < path.n)
		path = str_slice(path, slash + 1, path.n);
	return path;
}

/* "2024-July" of pipermail's "2024-July.txt.gz", or absent. */
static struct str month_of(const char *path)
{
	struct str name = last_part(str_of(path)), rest, year, month;

	name = rest = str_slice(name, 0, str_index(name, '.'));
	year = str_split(&rest, '-');
	month = rest;
	if (year.n != 4 || month.n < 3)
		return STR_NONE;
	for (size_t i = 0; i < year.n; i++)
		if (year.p[i] < '0' || year.p[i] > '9')
			return STR_NONE;
	for (size_t i = 0; i < month.n; i++)
		if ((month.p[i] | 0x20) < 'a' || (month.p[i] | 0x20) > 'z')
			return STR_NONE;
	return name;
}

/* Where the list's archive shows the thread; a page of it where it doesn't say. */
static struct str thread_url(struct box *b, const struct message *m, struct str archived,
			     struct str id)
{
	struct str url = b->venue.url, month = month_of(m->path);

	if (archived.n)
		return archived;
	while (str_ends(url, STR("/")))
		url.n--;
	if (str_find(url, STR("/pipermail/")) < url.n && str_present(month))
		return arena_printf(&b->arena, "%.*s/%.*s/thread.html#%.*s", STR_ARG(url),
				    STR_ARG(month), STR_ARG(id));
	return arena_printf(&b->arena, "%.*s#%.*s", STR_ARG(b->venue.url), STR_ARG(id));
}

/* Id, and what the archive has of the thread: absent members where it has nothing. */
static int find_head(struct box *b, const struct message *m, struct thread *known,
		     struct thread *t)
{
	const struct mailthread_node *root = &b->threads.nodes[node_of(b, m)->root];

	*known = (struct thread){ .id = node_id(root) };
	if (root->thread &&
	    archive_thread_head(b->in->archive, root->thread, b->venues, b->venues_n,
				&b->arena, known, b->in->diags) < 0)
		return -1;
	t->venue = &b->venue;
	t->id = known->id;
	return 0;
}

/* From the thread's first message; without it from the archive, or the oldest. */
static int fill_head(struct box *b, const struct message *m, struct thread *known,
		     struct thread *t)
{
	struct str kept[KEPT];

	if (read_kept(b, m, kept) < 0)
		return -1;
	t->title = mailsubject_title(kept[SUBJECT], b->names, ARRAY_LEN(b->names));
	t->url = thread_url(b, m, kept[URL], t->id);
	t->created = node_of(b, m)->date;
	if (known->row && !str_eq(node_id(node_of(b, m)), t->id)) {
		t->title = known->title;
		t->url = known->url;
		t->created = known->created < t->created ? known->created : t->created;
	}
	return 0;
}

/* The oldest comes first. */
static int put_thread(struct box *b, const struct message *messages, size_t n)
{
	const struct archive_put how = {
		.complete = b->in->options->whole,
		.where = place_line(messages[0].path, messages[0].line, 0),
	};
	struct thread t = THREAD_INIT, known;
	struct str kept[KEPT];
	size_t first = 0;

	if (find_head(b, messages, &known, &t) < 0)
		return -1;
	t.posts = arena_array(&b->arena, struct post, n);
	t.posts_n = n;
	for (size_t i = 0; i < n; i++) {
		if (read_kept(b, &messages[i], kept) < 0)
			return -1;
		fill_post(b, &messages[i], kept, &t.posts[i]);
		if (str_eq(t.posts[i].id, t.id))
			first = i;
	}
	if (fill_head(b, &messages[first], &known, &t) < 0)
		return -1;
	return import_thread(b->in, &t, &how);
}

static int put_threads(struct box *b)
{
	size_t n;

	if (b->n)
		qsort_r(b->messages, b->n, sizeof(*b->messages), by_thread, b);
	for (size_t i = 0; i < b->n; i += n) {
		const struct message *m = b->messages + i;

		for (n = 1; i + n < b->n; n++)
			if (thread_of(b, &m[n]) != thread_of(b, m))
				break;
		if (put_thread(b, m, n) < 0)
			return -1;
		arena_reset(&b->arena);
	}
	return 0;
}

/* --- All of it --- */

static int store(struct box *b)
{
	struct import *in = b->in;

	b->guess.kind = STR("list");
	if (spool_flush(&b->spool, in->diags) < 0 ||
	    import_venue(in, &b->guess, &b->run, &b->venue) < 0 ||
	    archive_venues(in->archive, &b->run, &b->venues, &b->venues_n, in->diags) < 0 ||
	    find_known(b) < 0)
		return -1;
	b->names[0] = b->venue.slug;
	b->names[1] = b->venue.name;
	b->names[2] = last_part(b->venue.url);
	mailthread_link(&b->threads);
	return put_threads(b);
}

static int read_boxes(struct import *in, char **paths, size_t n)
{
	struct box b = { .in = in, .threads = MAILTHREAD_INIT, .spool = SPOOL_INIT,
			 .run = ARENA_INIT, .arena = ARENA_INIT };
	size_t mistakes = diags_errors(in->diags);
	int status = mime_ready(in->diags);

	for (size_t i = 0; status == 0 && i < n; i++)
		status = read_file(&b, paths[i]);
	/* After a mistake nothing will be kept. */
	if (status == 0 && diags_errors(in->diags) == mistakes)
		status = store(&b);
	mailthread_release(&b.threads);
	spool_release(&b.spool);
	free(b.messages);
	arena_release(&b.run);
	arena_release(&b.arena);
	return status;
}

static int sniff(const char *path, struct str head)
{
	(void)path;
	if (mailbox_begins(head))
		return 90;
	return mailbox_begins_as_message(head) ? 60 : 0;
}

const struct importer importer_mbox = {
	.name = "mbox",
	.reads = "mailboxes as archives of mailing lists publish them",
	.endings = ".mbox .mbx .eml .txt",
	.sniff = sniff,
	.read = read_boxes,
};
