/*
 * GitHub: of an issue, pull request or discussion and its comments, a thread.  Where
 * records are found is github.c's, what their keys are github-keys.c's.
 *
 * Decided here:
 * - The first post has the thread's number as its id, a comment the number in its
 *   address, the same in every dialect.  A comment for which nothing is said is known by
 *   its author and time ("dana-1767323045"), which edits of others leave alone; the second
 *   of one author in one second has "-2" behind it.
 * - A closed issue isn't an answered one: only the answer that was chosen in a discussion
 *   solves a thread.
 * - What moved to another repository, in an export of one venue, is known by both names:
 *   "acme/pot#7".
 * - Comments answer the issue as a whole and have no parent; replies have their comment.
 * - Reviews and comments on code stay out: without the code they say little.
 */
#include "github-impl.h"

#include "base/mem.h"
#include "import/github-keys.h"

#include <inttypes.h>
#include <stdlib.h>

enum { NO_PARENT = -1 };

struct comment {
	struct github_item item;
	struct str id, parent; /* in the arena; absent until settle_ids() */
	ptrdiff_t above;       /* index of the comment that it replies to */
	size_t piece, order;   /* where it came */
};

/* A thread that is being made. */
struct making {
	struct github *g;
	struct arena *arena;
	const struct venue *venue;
	struct str home;       /* "https://github.com/acme/kettle", without a slash behind */
	struct str prefix;     /* "acme/pot", when the venue is another repository */
	struct github_item main;
	size_t mains;          /* how many came */
	bool pull, cut;        /* replies are missing */
	struct comment *comments; /* owned */
	size_t n, cap;
	size_t piece;          /* that is being read */
};

/* --- Pieces to comments --- */

static int read_item(struct json_reader *r, const struct json *v, const struct json_at *at,
		     struct github_item *out)
{
	const struct json_at created = { at, "created_at", 0 };

	if (github_item_read(r, v, at, out) < 0)
		return -1;
	return out->created == WHEN_NONE ? json_missing(r, &created) : 0;
}

static int take_comments(struct making *m, struct place where, const struct json *list,
			 const struct json_at *at, ptrdiff_t above);

static int take_comment(struct making *m, struct place where, const struct json *v,
			const struct json_at *at, ptrdiff_t above)
{
	const struct json_at replies = { at, "replies", 0 };
	struct diags bad = DIAGS_INIT;
	struct json_reader r = { m->arena, &bad, where, true };
	struct comment c = { .above = above, .piece = m->piece, .order = m->n };

	if (read_item(&r, v, at, &c.item) < 0)
		return import_bad_record(m->g->in, where, &bad);
	m->cut |= c.item.comments_cut;
	GROW(m->comments, m->n, m->cap);
	m->comments[m->n++] = c;
	/* Replies have none themselves. */
	if (!c.item.replies || above != NO_PARENT)
		return 0;
	return take_comments(m, where, c.item.replies, &replies, (ptrdiff_t)m->n - 1);
}

static int take_comments(struct making *m, struct place where, const struct json *list,
			 const struct json_at *at, ptrdiff_t above)
{
	int status = 0;

	for (size_t i = 0; status == 0 && list && i < list->u.list.n; i++) {
		const struct json_at item = { at, NULL, i };
		const struct json *node = github_node(list, i);

		if (json_get(node, "pull_request_url")) /* on code */
			import_skip(m->g->in, SKIP_OTHER);
		else if (node->kind != JSON_NULL)
			status = take_comment(m, where, node, &item, above);
	}
	return status;
}

/* The newest copy stands. */
static int take_main(struct making *m, struct place where, const struct json *v)
{
	const struct json_at comments = { NULL, "comments", 0 };
	struct diags bad = DIAGS_INIT;
	struct json_reader r = { m->arena, &bad, where, true };
	struct github_item item;

	if (read_item(&r, v, NULL, &item) < 0)
		return import_bad_record(m->g->in, where, &bad);
	m->pull |= item.pull;
	if (!m->mains++ || item.updated >= m->main.updated)
		m->main = item;
	return take_comments(m, where, item.comments, &comments, NO_PARENT);
}

static int take_piece(struct making *m, const struct gather_piece *piece)
{
	struct json *v = json_parse(m->arena, piece->text, piece->where,
				    m->g->in->diags);

	if (!v)
		return -1;
	if (piece->kind == GITHUB_COMMENT)
		return take_comment(m, piece->where, v, NULL, NO_PARENT);
	m->pull |= piece->kind == GITHUB_PULL;
	return take_main(m, piece->where, v);
}

/* --- Ids --- */

/* What the venue calls it, or absent. */
static struct str given_id(const struct making *m, const struct github_item *item)
{
	struct github_address a;

	if (github_address_parse(item->web, &a) && str_present(a.comment))
		return a.comment;
	if (item->database != NUMBER_NONE)
		return arena_printf(m->arena, "%" PRId64, item->database);
	return item->id.n ? item->id : STR_NONE;
}

static struct str made_id(const struct making *m, const struct github_item *item,
			  size_t ordinal)
{
	struct str who = item->login.n ? item->login : STR("ghost");
	struct str id = arena_printf(m->arena, "%.*s-%" PRId64, STR_ARG(who), item->created);

	return ordinal == 1 ? id
			    : arena_printf(m->arena, "%.*s-%zu", STR_ARG(id), ordinal);
}

static bool same_moment(const struct github_item *a, const struct github_item *b)
{
	return a->created == b->created && str_eq(a->login, b->login);
}

/* Together what an id is made of, in the order of the file. */
static int moment_cmp(const void *a, const void *b)
{
	const struct comment *x = *(struct comment *const *)a;
	const struct comment *y = *(struct comment *const *)b;

	if (x->piece != y->piece)
		return x->piece < y->piece ? -1 : 1;
	if (x->item.created != y->item.created)
		return x->item.created < y->item.created ? -1 : 1;
	if (!str_eq(x->item.login, y->item.login))
		return str_cmp(x->item.login, y->item.login);
	return (x->order > y->order) - (x->order < y->order);
}

static void make_ids(struct making *m)
{
	struct comment **nameless = arena_array(m->arena, struct comment *, m->n);
	size_t n = 0, ordinal = 1;

	for (size_t i = 0; i < m->n; i++)
		if (!str_present(m->comments[i].id))
			nameless[n++] = &m->comments[i];
	if (n)
		qsort(nameless, n, sizeof(*nameless), moment_cmp);
	for (size_t i = 0; i < n; i++) {
		bool again = i && nameless[i]->piece == nameless[i - 1]->piece &&
			     same_moment(&nameless[i]->item, &nameless[i - 1]->item);

		ordinal = again ? ordinal + 1 : 1;
		nameless[i]->id = made_id(m, &nameless[i]->item, ordinal);
	}
}

static void settle_ids(struct making *m, struct str thread)
{
	for (size_t i = 0; i < m->n; i++)
		m->comments[i].id = given_id(m, &m->comments[i].item);
	make_ids(m);
	for (size_t i = 0; i < m->n; i++) {
		struct comment *c = &m->comments[i];

		if (str_eq(c->id, thread)) /* the first post's */
			c->id = arena_printf(m->arena, "c%.*s", STR_ARG(thread));
	}
	for (size_t i = 0; i < m->n; i++)
		if (m->comments[i].above != NO_PARENT)
			m->comments[i].parent = m->comments[m->comments[i].above].id;
}

/* --- Which of them --- */

/* By id, the newest copy first. */
static int comment_cmp(const void *a, const void *b)
{
	const struct comment *x = a, *y = b;

	if (!str_eq(x->id, y->id))
		return str_cmp(x->id, y->id);
	if (x->item.updated != y->item.updated)
		return x->item.updated > y->item.updated ? -1 : 1;
	if (x->above != y->above) /* the one that says what it replies to */
		return x->above > y->above ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

static void drop_doubles(struct making *m)
{
	size_t n = 0;

	if (m->n)
		qsort(m->comments, m->n, sizeof(*m->comments), comment_cmp);
	for (size_t i = 0; i < m->n; i++) {
		if (n && str_eq(m->comments[n - 1].id, m->comments[i].id))
			import_skip(m->g->in, SKIP_TWICE);
		else
			m->comments[n++] = m->comments[i];
	}
	m->n = n;
}

static void drop_deleted(struct making *m)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n; i++) {
		if (m->comments[i].item.deleted)
			import_skip(m->g->in, SKIP_DELETED);
		else
			m->comments[n++] = m->comments[i];
	}
	m->n = n;
}

static const struct comment *find_comment(const struct making *m, struct str id)
{
	size_t from = 0, to = m->n;

	while (from < to) {
		size_t at = from + (to - from) / 2;

		if (str_cmp(m->comments[at].id, id) < 0)
			from = at + 1;
		else
			to = at;
	}
	return from < m->n && str_eq(m->comments[from].id, id) ? &m->comments[from] : NULL;
}

/* Whether all comments of the thread came. */
static bool is_complete(const struct making *m)
{
	const struct github_item *main = &m->main;

	if (main->comments_cut || m->cut)
		return false;
	if (main->comments)
		return main->comments_all == NUMBER_NONE ||
		       (int64_t)main->comments->u.list.n >= main->comments_all;
	return main->comments_all != NUMBER_NONE && (int64_t)m->n >= main->comments_all;
}

/* --- The chosen answer --- */

static void add_comment(struct making *m, const struct github_item *item, struct str *id)
{
	struct comment c = { .item = *item, .id = made_id(m, item, 1), .above = NO_PARENT };

	*id = c.id;
	if (find_comment(m, c.id))
		return;
	GROW(m->comments, m->n, m->cap);
	m->comments[m->n++] = c;
}

/* An answer said in full, mostly again: it is one of the comments, or one more. */
static int find_answer(struct making *m, struct str *id)
{
	const struct json *chosen = json_get(m->main.answer, "chosenAt");
	const struct json_at at = { NULL, "answer", 0 };
	struct diags bad = DIAGS_INIT;
	struct json_reader r = { m->arena, &bad, m->main.where, true };
	struct github_item answer;
	struct str given;

	if (m->main.answer->kind != JSON_OBJECT || (chosen && chosen->kind == JSON_NULL))
		return 0;
	if (github_item_read(&r, m->main.answer, &at, &answer) < 0)
		return import_bad_record(m->g->in, m->main.where, &bad);
	given = given_id(m, &answer);
	if (str_present(given) && find_comment(m, given)) {
		*id = given;
		return 0;
	}
	if (answer.created == WHEN_NONE)
		return 0;
	for (size_t i = 0; !str_present(*id) && i < m->n; i++)
		if (same_moment(&m->comments[i].item, &answer))
			*id = m->comments[i].id;
	if (!str_present(*id) && str_present(answer.body))
		add_comment(m, &answer, id);
	return 0;
}

static int find_solution(struct making *m, struct str *id)
{
	struct github_address a;

	if (github_address_parse(m->main.answer_url, &a) && find_comment(m, a.comment))
		*id = a.comment;
	for (size_t i = 0; i < m->n; i++)
		if (m->comments[i].item.is_answer)
			*id = m->comments[i].id;
	return !str_present(*id) && m->main.answer ? find_answer(m, id) : 0;
}

/* --- The thread --- */

static struct str profile_of(const struct making *m, const struct github_item *item)
{
	struct github_address a;

	if (str_present(item->profile) || !github_address_parse(m->home, &a))
		return item->profile;
	return arena_printf(m->arena, "%.*s://%.*s/%.*s", STR_ARG(a.scheme),
			    STR_ARG(a.host), STR_ARG(item->login));
}

static const struct author *author_of(const struct making *m,
				      const struct github_item *item)
{
	struct author *author;

	if (!item->login.n)
		return NULL;
	author = arena_new(m->arena, struct author);
	author->venue = m->venue->row;
	author->id = item->account == NUMBER_NONE
			     ? item->login
			     : arena_printf(m->arena, "%" PRId64, item->account);
	author->name = item->login;
	author->url = profile_of(m, item);
	author->staff = item->staff;
	return author;
}

static void fill_post(const struct making *m, const struct github_item *item,
		      struct post *post)
{
	post->author = author_of(m, item);
	post->created = item->created;
	post->edited = item->edited;
	post->format = item->format;
	post->body = str_present(item->body) ? item->body : STR("");
	post->score = item->votes != NUMBER_NONE ? item->votes : 0;
	post->hidden = item->minimized;
	post->fetched = m->g->in->options->now;
}

static struct str url_of(const struct making *m, struct str number)
{
	struct str url = m->main.web;

	if (str_present(url))
		return str_slice(url, 0, str_index(url, '#'));
	return arena_printf(m->arena, "%.*s/%s/%.*s", STR_ARG(m->home),
			    m->pull ? "pull" : "issues", STR_ARG(number));
}

static void fill_posts(const struct making *m, struct thread *t)
{
	struct post *posts = arena_array(m->arena, struct post, m->n + 1);

	posts[0] = (struct post)POST_INIT;
	posts[0].id = t->id;
	posts[0].url = t->url;
	fill_post(m, &m->main, &posts[0]);
	for (size_t i = 0; i < m->n; i++) {
		const struct comment *c = &m->comments[i];
		struct post *post = &posts[i + 1];

		*post = (struct post)POST_INIT;
		post->id = c->id;
		post->url = c->item.web;
		if (str_present(c->parent) && find_comment(m, c->parent))
			post->parent = c->parent;
		fill_post(m, &c->item, post);
	}
	t->posts = posts;
	t->posts_n = m->n + 1;
}

/* Where the first body is HTML under the key of Markdown, so are the others. */
static void settle_formats(struct making *m)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->main.format == BODY_HTML &&
		    github_is_marked_up(m->comments[i].item.body))
			m->comments[i].item.format = BODY_HTML;
}

static int put_thread(struct making *m, struct str number)
{
	struct archive_put how = { .where = m->main.where };
	struct thread t = THREAD_INIT;

	settle_formats(m);
	settle_ids(m, number);
	drop_doubles(m);
	how.complete = is_complete(m);
	drop_deleted(m);
	t.id = m->prefix.n ? arena_printf(m->arena, "%.*s#%.*s", STR_ARG(m->prefix),
					  STR_ARG(number))
			   : number;
	t.venue = m->venue;
	t.url = url_of(m, number);
	t.title = m->main.title;
	t.created = m->main.created;
	t.updated = m->main.updated;
	t.tags = m->main.labels;
	t.tags_n = m->main.labels_n;
	if (find_solution(m, &t.solved_by) < 0)
		return -1;
	fill_posts(m, &t);
	t.score = t.posts[0].score;
	return import_thread(m->g->in, &t, &how);
}

/* What isn't to be a thread is counted here. */
static int put_or_skip(struct making *m, struct str repository, struct str number)
{
	struct import *in = m->g->in;

	if (!m->mains) {
		in->counts->skipped[SKIP_ORPHAN] += m->n;
		return 0;
	}
	if (m->pull && !in->options->pulls) {
		import_skip(in, SKIP_PULL);
		return 0;
	}
	in->counts->skipped[SKIP_TWICE] += m->mains - 1;
	in->counts->skipped[SKIP_OTHER] += (uint64_t)m->main.reviews;
	if (github_venue(m->g, repository, &m->venue, &m->prefix) < 0)
		return -1;
	m->home = repository.n ? repository : m->venue->url;
	while (str_ends(m->home, STR("/")))
		m->home.n--;
	return put_thread(m, number);
}

int github_thread(void *ctx, struct str key, const struct gather_piece *pieces, size_t n)
{
	struct arena arena = ARENA_INIT;
	struct making m = { .g = ctx, .arena = &arena };
	size_t hash = str_index(key, '#');
	int status = 0;

	for (size_t i = 0; status == 0 && i < n; i++) {
		m.piece = i;
		status = take_piece(&m, &pieces[i]);
	}
	if (status == 0)
		status = put_or_skip(&m, str_slice(key, 0, hash),
				     str_slice(key, hash + 1, key.n));
	free(m.comments);
	arena_release(&arena);
	return status;
}
