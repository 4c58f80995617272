/*
 * Discourse: of a topic and its posts, a thread.  How pieces come together is
 * discourse.c's, what their keys are discourse-keys.c's.
 *
 * Decided here:
 * - Posts are known by the venue's id, which lasts; their addresses have the number.
 * - The body is what Discourse made of a post (cooked), which has what it quotes in
 *   elements; its Markdown only where there is nothing else.
 * - Authors are known by user_id and named by their username, as Discourse shows them.
 * - A post that came twice is taken as its newer version has it.
 * - Posts without their topic keep what the archive knows of it.
 * - What was deleted or made private at the venue is gone in the archive.
 */
#include "discourse-impl.h"

#include "base/mem.h"
#include "import/discourse-keys.h"
#include "text/bbquote.h"

#include <stdlib.h>

/* A thread that is being made; all in the arena. */
struct making {
	struct discourse *d;
	struct arena *arena;
	struct discourse_topic topic; /* id NUMBER_NONE: none came */
	struct discourse_post *posts; /* owned */
	size_t posts_n, posts_cap;
	const struct thread *known;   /* what the archive has, or NULL */
	const struct post **gone;     /* posts of that, deleted since */
	size_t gone_n;
	struct numbered *numbers;     /* sorted */
	size_t numbers_n;
};

/* A post's id by its number. */
struct numbered {
	int64_t number;
	struct str id;
};

/* --- Pieces to posts --- */

static void keep_post(struct making *m, const struct discourse_post *post)
{
	GROW(m->posts, m->posts_n, m->posts_cap);
	m->posts[m->posts_n++] = *post;
}

static int take_post(struct making *m, struct place where, const struct json *v,
		     const struct json_at *at)
{
	struct diags bad = DIAGS_INIT;
	struct json_reader r = { m->arena, &bad, where, true };
	struct discourse_post post;

	if (discourse_post_read(&r, v, at, &post) < 0)
		return import_bad_record(m->d->in, where, &bad);
	keep_post(m, &post);
	return 0;
}

static bool is_newer(const struct discourse_topic *a, const struct discourse_topic *b)
{
	if (b->id == NUMBER_NONE || !a->stream != !b->stream)
		return b->id == NUMBER_NONE || a->stream;
	return a->last_posted >= b->last_posted;
}

static int take_topic(struct making *m, struct place where, const struct json *v)
{
	const struct json_at stream = { NULL, "post_stream", 0 };
	const struct json_at posts = { &stream, "posts", 0 };
	struct diags bad = DIAGS_INIT;
	struct json_reader r = { m->arena, &bad, where, true };
	struct discourse_topic topic;
	int status = 0;

	if (discourse_topic_read(&r, v, &topic) < 0)
		return import_bad_record(m->d->in, where, &bad);
	/* Without a title it is further posts, no more. */
	if (topic.title.n && is_newer(&topic, &m->topic))
		m->topic = topic;
	for (size_t i = 0; status == 0 && topic.posts && i < topic.posts->u.list.n; i++) {
		const struct json_at at = { &posts, NULL, i };

		status = take_post(m, where, &topic.posts->u.list.items[i], &at);
	}
	return status;
}

static int take_piece(struct making *m, const struct gather_piece *piece)
{
	struct json *v = json_parse(m->arena, piece->text, piece->where, m->d->in->diags);

	if (!v)
		return -1;
	return piece->kind == DISCOURSE_TOPIC ? take_topic(m, piece->where, v)
				    : take_post(m, piece->where, v, NULL);
}

/* By id, the newest version first. */
static int post_cmp(const void *a, const void *b)
{
	const struct discourse_post *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	if (x->version != y->version)
		return x->version > y->version ? -1 : 1;
	if (x->updated != y->updated)
		return x->updated > y->updated ? -1 : 1;
	return str_present(y->cooked) - str_present(x->cooked);
}

/* Sorts them by id and counts those that came before. */
static void drop_doubles(struct making *m)
{
	size_t n = 0;

	if (m->posts_n)
		qsort(m->posts, m->posts_n, sizeof(*m->posts), post_cmp);
	for (size_t i = 0; i < m->posts_n; i++) {
		if (n && m->posts[n - 1].id == m->posts[i].id)
			import_skip(m->d->in, SKIP_TWICE);
		else
			m->posts[n++] = m->posts[i];
	}
	m->posts_n = n;
}

static int id_cmp(const void *key, const void *post)
{
	int64_t id = *(const int64_t *)key, other = ((const struct discourse_post *)post)->id;

	return (id > other) - (id < other);
}

/* Whether every post that the topic names came; a stream that is shorter than the topic
 * is of a summary. */
static bool is_complete(const struct making *m)
{
	const struct json *stream = m->topic.stream;

	if (!stream || (int64_t)stream->u.list.n < m->topic.posts_count)
		return false;
	for (size_t i = 0; i < stream->u.list.n; i++) {
		const struct json *id = &stream->u.list.items[i];

		if (id->kind != JSON_INT || !m->posts_n ||
		    !bsearch(&id->u.integer, m->posts, m->posts_n, sizeof(*m->posts), id_cmp))
			return false;
	}
	return true;
}

static bool has_body(const struct discourse_post *p)
{
	return p->cooked.n || p->raw.n;
}

/* Of a topic that isn't complete, nothing else would tell. */
static void note_deleted(struct making *m, int64_t id)
{
	struct str name = arena_printf(m->arena, "%lld", (long long)id);
	const struct post *post = m->known ? thread_post(m->known, name) : NULL;

	import_skip(m->d->in, SKIP_DELETED);
	if (post)
		m->gone[m->gone_n++] = post;
}

/* Leaves the posts that are for everybody. */
static void drop_others(struct making *m)
{
	struct import *in = m->d->in;
	size_t n = 0;

	m->gone = arena_array(m->arena, const struct post *, m->posts_n);
	for (size_t i = 0; i < m->posts_n; i++) {
		const struct discourse_post *p = &m->posts[i];

		if (p->type == DISCOURSE_ACTION ||
		    (p->type == DISCOURSE_MODERATOR && !has_body(p)))
			import_skip(in, SKIP_ACTION);
		else if (p->type == DISCOURSE_WHISPER)
			import_skip(in, SKIP_PRIVATE);
		else if (p->deleted)
			note_deleted(m, p->id);
		else
			m->posts[n++] = *p;
	}
	m->posts_n = n;
}

/* --- Numbers to ids --- */

static int number_cmp(const void *a, const void *b)
{
	const struct numbered *x = a, *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return str_cmp(x->id, y->id);
}

static int64_t number_of_url(struct str url)
{
	size_t from = url.n;
	int64_t n = 0;

	while (from && url.n - from < 9 && url.p[from - 1] >= '0' && url.p[from - 1] <= '9')
		from--;
	for (size_t i = from; i < url.n; i++)
		n = n * 10 + (url.p[i] - '0');
	return n;
}

/* Of the posts that came, and of those that the archive has beside them. */
static void number_posts(struct making *m, const struct post *posts)
{
	size_t known = m->known ? m->known->posts_n : 0;

	m->numbers = arena_array(m->arena, struct numbered, m->posts_n + known);
	for (size_t i = 0; i < m->posts_n; i++)
		m->numbers[m->numbers_n++] =
			(struct numbered){ m->posts[i].number, posts[i].id };
	for (size_t i = 0; i < known; i++)
		m->numbers[m->numbers_n++] = (struct numbered){
			number_of_url(m->known->posts[i].url), m->known->posts[i].id };
	if (m->numbers_n)
		qsort(m->numbers, m->numbers_n, sizeof(*m->numbers), number_cmp);
}

static struct str id_of_number(const struct making *m, int64_t number)
{
	size_t from = 0, to = m->numbers_n;

	while (from < to) {
		size_t at = from + (to - from) / 2;

		if (m->numbers[at].number < number)
			from = at + 1;
		else
			to = at;
	}
	return from < m->numbers_n && m->numbers[from].number == number ? m->numbers[from].id
									: STR_NONE;
}

/* --- The thread --- */

static bool is_path_byte(unsigned char c)
{
	unsigned char lower = c | 0x20;

	return c >= 0x80 || (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z') ||
	       strchr("-_.~%", c);
}

/* What can stand in a path as it is. */
static bool is_path_part(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_path_byte((unsigned char)s.p[i]))
			return false;
	return s.n && s.p[0] != '.';
}

/* Without the slug Discourse finds the topic, too. */
static struct str topic_url(const struct making *m, struct str id, struct str slug)
{
	if (!is_path_part(slug))
		return arena_printf(m->arena, "%.*s/t/%.*s", STR_ARG(m->d->url), STR_ARG(id));
	return arena_printf(m->arena, "%.*s/t/%.*s/%.*s", STR_ARG(m->d->url), STR_ARG(slug),
			    STR_ARG(id));
}

static const struct author *author_of(const struct making *m,
				      const struct discourse_post *from)
{
	struct author *author;

	if (!from->username.n)
		return NULL;
	author = arena_new(m->arena, struct author);
	author->venue = m->d->venue.row;
	author->id = from->user == NUMBER_NONE
			     ? from->username
			     : arena_printf(m->arena, "%lld", (long long)from->user);
	author->name = from->username;
	if (is_path_part(from->username))
		author->url = arena_printf(m->arena, "%.*s/u/%.*s", STR_ARG(m->d->url),
					   STR_ARG(from->username));
	author->staff = from->staff;
	return author;
}

static void fill_post(const struct making *m, struct str url,
		      const struct discourse_post *from, struct post *post)
{
	*post = (struct post)POST_INIT;
	post->id = arena_printf(m->arena, "%lld", (long long)from->id);
	post->author = author_of(m, from);
	post->created = from->created;
	post->edited = from->version > 1 ? from->updated : WHEN_NONE;
	post->format = str_present(from->cooked) ? BODY_HTML : BODY_MARKDOWN;
	post->body = str_present(from->cooked) ? from->cooked
					       : bbquote_markdown(m->arena, from->raw);
	post->score = from->likes;
	post->url = arena_printf(m->arena, "%.*s/%lld", STR_ARG(url),
				 (long long)from->number);
	post->hidden = from->hidden;
	post->fetched = m->d->in->options->now;
}

static void fill_posts(struct making *m, struct thread *t)
{
	struct post *posts = arena_array(m->arena, struct post, m->posts_n + m->gone_n);

	for (size_t i = 0; i < m->posts_n; i++)
		fill_post(m, t->url, &m->posts[i], &posts[i]);
	t->posts = posts;
	t->posts_n = m->posts_n + m->gone_n;
	number_posts(m, posts);
	for (size_t i = 0; i < m->gone_n; i++) {
		posts[m->posts_n + i] = *m->gone[i];
		posts[m->posts_n + i].gone = true;
	}
	for (size_t i = 0; i < m->posts_n; i++) {
		if (m->posts[i].reply_to != NUMBER_NONE)
			posts[i].parent = id_of_number(m, m->posts[i].reply_to);
		if (str_eq(posts[i].parent, posts[i].id))
			posts[i].parent = STR_NONE;
		/* Where several are marked, the last one. */
		if (m->posts[i].accepted)
			t->solved_by = posts[i].id;
	}
}

/* A title where none is said: the words of the address. */
static struct str title_of_slug(const struct making *m, struct str slug, struct str id)
{
	char *title;

	if (!slug.n)
		return arena_printf(m->arena, "Topic %.*s", STR_ARG(id));
	title = arena_strz(m->arena, slug);
	for (char *at = title; *at; at++)
		if (*at == '-')
			*at = ' ';
	return str_make(title, slug.n);
}

static int64_t first_created(const struct making *m)
{
	return m->posts_n ? m->posts[0].created : m->known->created;
}

/* From the posts alone, and what the archive knows. */
static void fill_unknown(struct making *m, struct thread *t)
{
	const struct discourse_post *last = m->posts_n ? &m->posts[m->posts_n - 1] : NULL;

	if (m->known) {
		t->title = m->known->title;
		t->url = m->known->url;
		t->created = m->known->created;
		t->updated = m->known->updated;
		t->views = m->known->views;
		t->solved_by = m->known->solved_by;
		t->tags = m->known->tags;
		t->tags_n = m->known->tags_n;
	} else if (last) {
		t->title = title_of_slug(m, last->slug, t->id);
		t->url = topic_url(m, t->id, last->slug);
		t->created = first_created(m);
	}
	if (last && last->title.n)
		t->title = last->title;
}

static void fill_head(struct making *m, struct thread *t)
{
	const struct discourse_topic *topic = &m->topic;

	if (topic->id == NUMBER_NONE) {
		fill_unknown(m, t);
		return;
	}
	t->title = topic->title;
	t->url = topic_url(m, t->id, topic->slug);
	t->created = topic->created != WHEN_NONE ? topic->created : first_created(m);
	t->updated = topic->last_posted;
	t->views = topic->views;
	t->tags = topic->tags;
	t->tags_n = topic->tags_n;
	t->hidden = topic->unlisted;
}

/* What the archive has of a topic of which not all came. */
static int find_known(struct making *m, struct str id)
{
	struct import *in = m->d->in;
	struct str name = arena_printf(m->arena, "%.*s/%.*s", STR_ARG(m->d->venue.slug),
				       STR_ARG(id));
	int64_t row = archive_find_thread(in->archive, name, in->diags);
	struct thread *known = arena_new(m->arena, struct thread);

	if (row <= 0)
		return (int)row;
	m->known = known;
	return archive_thread(in->archive, row, &m->d->venue, 1, m->arena, known, in->diags);
}

static int put_thread(struct making *m, struct str id, bool complete, struct place where)
{
	const struct archive_put how = { .complete = complete, .where = where };
	struct thread t = THREAD_INIT;
	struct str accepted;

	t.venue = &m->d->venue;
	t.id = id;
	t.score = m->known ? m->known->score : 0;
	fill_head(m, &t);
	fill_posts(m, &t);
	if (m->topic.id != NUMBER_NONE && m->topic.accepted != NUMBER_NONE) {
		accepted = id_of_number(m, m->topic.accepted);
		t.solved_by = str_present(accepted) ? accepted : t.solved_by;
	}
	for (size_t i = 0; i < m->posts_n; i++)
		if (m->posts[i].number == 1)
			t.score = m->posts[i].likes;
	return import_thread(m->d->in, &t, &how);
}

/* --- Topics --- */

/* Of what nobody may read any more, a copy may not be read here either. */
static bool is_taken_away(struct making *m)
{
	if (str_is(m->topic.archetype, "private_message"))
		import_skip(m->d->in, SKIP_PRIVATE);
	else if (m->topic.deleted)
		m->d->in->counts->skipped[SKIP_DELETED] += m->posts_n;
	else
		return false;
	return true;
}

static int put_topic(struct making *m, struct str id, struct place where)
{
	bool complete;

	if (is_taken_away(m)) {
		seen_add(&m->d->vanished, id, STR_NONE, 1);
		return 0;
	}
	if (!m->posts_n)
		import_skip(m->d->in, SKIP_OTHER); /* a topic in a list of them */
	drop_doubles(m);
	complete = is_complete(m);
	if (!complete && find_known(m, id) < 0)
		return -1;
	drop_others(m);
	if (m->posts_n || m->gone_n)
		return put_thread(m, id, complete, where);
	if (complete)
		seen_add(&m->d->vanished, id, STR_NONE, 1);
	return 0;
}

int discourse_thread(void *ctx, struct str key, const struct gather_piece *pieces, size_t n)
{
	struct arena arena = ARENA_INIT;
	struct making m = { .d = ctx, .arena = &arena, .topic.id = NUMBER_NONE };
	int status = 0;

	for (size_t i = 0; status == 0 && i < n; i++)
		status = take_piece(&m, &pieces[i]);
	if (status == 0)
		status = put_topic(&m, key, pieces[0].where);
	free(m.posts);
	arena_release(&arena);
	return status;
}
