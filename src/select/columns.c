/*
 * The small columns of the archive.  Owns what a thread's votes and posts come to;
 * its labels and evidence are curated.c's, what the rules make of it is judge.c's.
 */
#include "scan.h"

#include "base/mem.h"

#include <stdlib.h>

enum { POSTS_MOST = (1 << 24) - 1 };
_Static_assert(sizeof(struct column) <= 64, "a thread takes at most 64 bytes");

int64_t days_since(int64_t then, int64_t now)
{
	int64_t days = when_day(now) - when_day(then);

	return days > 0 ? days : 0;
}

int64_t column_rank(const struct column *t, const struct order *order)
{
	return t->rank + rank_flag(order->solved, t->accepted || t->solved) +
	       rank_flag(order->thanked, t->thanked);
}

/* Of admissions there is the grade. */
unsigned column_found(const struct column *t)
{
	return (unsigned)t->found << KIND_GRATITUDE |
	       (t->admission ? 1u << KIND_ADMISSION : 0);
}

const uint32_t *columns_list(const struct columns *c, enum column_list list,
			     size_t thread, size_t *n)
{
	size_t from = c->threads[thread].at[list];

	*n = c->threads[thread + 1].at[list] - from;
	return c->lists[list].items + from;
}

void scan_list(struct columns *c, enum column_list list, uint32_t value)
{
	GROW(c->lists[list].items, c->lists[list].n, c->lists[list].cap);
	c->lists[list].items[c->lists[list].n++] = value;
}

/*
 * Rows come by thread: moves on to that of row, opening the slices of list on
 * the way.  False for a row of no thread, which a sound archive doesn't hold.
 */
static bool seek(struct scan *s, int64_t row, enum column_list list)
{
	struct columns *c = s->c;

	while (s->at < c->n && c->threads[s->at].row < row)
		c->threads[++s->at].at[list] = (uint32_t)c->lists[list].n;
	return s->at < c->n && c->threads[s->at].row == row;
}

void scan_rewind(struct scan *s)
{
	s->at = 0;
	s->first = true;
}

/* --- Authors --- */

static const struct venue *find_venue(const struct columns *c, int64_t row)
{
	for (size_t i = 0; i < c->venues_n; i++)
		if (c->venues[i].row == row)
			return &c->venues[i];
	return NULL;
}

static int see_author(void *ctx, const struct author *author)
{
	struct scan *s = ctx;
	const struct venue *venue = find_venue(s->c, author->venue);
	int found = venue ? roster_whose(s->roster, venue->slug, author) : ROSTER_NONE;
	int64_t contributor = found;

	/* Whom only the venue calls staff is known by the account. */
	if (found == ROSTER_STAFF)
		contributor = (int64_t)(s->roster->config->contributors_n + s->authors_n);
	if (venue)
		muster_author(s->c->muster, venue->slug, author, (uint32_t)s->authors_n);
	GROW(s->authors, s->authors_n, s->authors_cap);
	s->authors[s->authors_n++] = (struct known){ author->row, contributor };
	return 0;
}

static int read_authors(struct scan *s, struct archive *a, struct diags *diags)
{
	if (archive_each_author(a, see_author, s, diags) < 0)
		return -1;
	s->c->posts_by = xcalloc(s->authors_n, sizeof(*s->c->posts_by));
	return 0;
}

static int known_cmp(const void *a, const void *b)
{
	const struct known *x = a, *y = b;

	return (x->row > y->row) - (x->row < y->row);
}

/* Rows are mostly without gaps, so the place is guessed before it is searched. */
const struct known *scan_author(const struct scan *s, int64_t row)
{
	struct known key = { .row = row };
	uint64_t guess;

	if (!s->authors_n || row == 0)
		return NULL;
	guess = (uint64_t)row - (uint64_t)s->authors[0].row;
	if (guess < s->authors_n && s->authors[guess].row == row)
		return &s->authors[guess];
	return bsearch(&key, s->authors, s->authors_n, sizeof(key), known_cmp);
}

/* --- Threads --- */

static void see_instant(struct scan *s, int64_t t)
{
	if (t != WHEN_NONE && t > s->now && t < s->c->next)
		s->c->next = t;
}

static int see_thread(void *ctx, const struct thread *t)
{
	struct scan *s = ctx;
	struct columns *c = s->c;
	const struct venue *venue = find_venue(c, t->venue->row);

	invariant(venue && c->n < UINT32_MAX);
	GROW(c->threads, c->n, c->cap);
	c->threads[c->n++] = (struct column){
		.row = t->row,
		.activity = t->created,
		.score = t->score,
		.id = arena_strz(c->arena, t->id),
		.venue = (unsigned)(venue - c->venues) & 0xffffff,
		.gone = t->gone || t->hidden,
		.embargoed = t->embargo != WHEN_NONE && t->embargo > s->now,
		.expired = t->expires != WHEN_NONE && t->expires <= s->now,
		.accepted = str_present(t->solved_by),
	};
	see_instant(s, t->embargo);
	see_instant(s, t->expires);
	return 0;
}

/* --- Posts --- */

static void add_contributor(struct scan *s, uint32_t number)
{
	struct columns *c = s->c;

	for (size_t i = c->threads[s->at].at[LIST_CONTRIBUTORS];
	     i < c->lists[LIST_CONTRIBUTORS].n; i++)
		if (c->lists[LIST_CONTRIBUTORS].items[i] == number)
			return;
	scan_list(c, LIST_CONTRIBUTORS, number);
}

static void add_votes(struct scan *s, int64_t score)
{
	if (score > 0 && __builtin_add_overflow(s->votes, score, &s->votes))
		s->votes = INT64_MAX;
}

/* The thread's posts have all been seen. */
static void close_thread(struct scan *s)
{
	const struct order *order = &s->rules->order;
	struct column *t;

	if (s->at >= s->c->n)
		return;
	t = &s->c->threads[s->at];
	t->gone |= t->posts == 0;
	t->rank = rank_helpful(order->helpful, s->votes) +
		  rank_recent(order->recent, days_since(t->activity, s->now),
			      order->half_life);
	s->votes = 0;
	s->first = true;
}

static bool seek_post(struct scan *s, int64_t row)
{
	struct columns *c = s->c;

	while (s->at < c->n && c->threads[s->at].row < row) {
		close_thread(s);
		c->threads[++s->at].at[LIST_CONTRIBUTORS] =
			(uint32_t)c->lists[LIST_CONTRIBUTORS].n;
	}
	return s->at < c->n && c->threads[s->at].row == row;
}

/* Whom only the venue calls staff does so always. */
bool scan_speaks(const struct scan *s, const struct known *author, int64_t at)
{
	size_t people = s->roster->config->contributors_n;

	if (!author || author->contributor < 0)
		return false;
	return author->contributor >= (int64_t)people ||
	       roster_speaks(s->roster, (int)author->contributor, at);
}

static int see_post(void *ctx, const struct post_facts *post)
{
	struct scan *s = ctx;
	const struct known *author = scan_author(s, post->author);
	bool ours = scan_speaks(s, author, post->created);
	struct column *t;

	if (!seek_post(s, post->thread))
		return 0;
	t = &s->c->threads[s->at];
	if (s->first)
		t->customer = author ? (uint32_t)(author - s->authors) + 1 : 0;
	s->first = false;
	s->c->contributors |= ours;
	if (post->gone || post->hidden)
		return 0;
	if (t->posts < POSTS_MOST)
		t->posts++;
	t->activity = post->created;
	t->no_ground |= post->ground == GROUND_NONE;
	if (author)
		s->c->posts_by[author - s->authors]++;
	if (ours) {
		add_contributor(s, (uint32_t)author->contributor);
		add_votes(s, post->score);
	}
	return 0;
}

/* --- Tags and links --- */

static int see_tag(void *ctx, int64_t thread, struct str tag)
{
	struct scan *s = ctx;
	int64_t number = words_find(&s->rules->vocabulary.tags, tag);

	if (number != WORD_NONE && seek(s, thread, LIST_TAGS))
		scan_list(s->c, LIST_TAGS, (uint32_t)number);
	return 0;
}

/* Products are by slug; links name their rows. */
struct product_rows {
	struct scan *scan;
	struct known *rows; /* owned; by row; contributor is the product's index */
};

static int see_link(void *ctx, int64_t thread, int64_t product)
{
	struct product_rows *p = ctx;
	struct scan *s = p->scan;
	struct columns *c = s->c;
	struct known key = { .row = product };
	const struct known *found;

	found = bsearch(&key, p->rows, c->products_n, sizeof(key), known_cmp);
	while (s->at < c->n && c->threads[s->at].row < thread)
		s->at++;
	if (!found || s->at >= c->n || c->threads[s->at].row != thread)
		return 0;
	GROW(c->links, c->links_n, c->links_cap);
	c->links[c->links_n++] = (struct link){ (uint32_t)s->at,
						(uint32_t)found->contributor };
	return 0;
}

static int read_links(struct scan *s, struct archive *a, struct diags *diags)
{
	struct product_rows p = { .scan = s };
	int result;

	p.rows = xcalloc(s->c->products_n, sizeof(*p.rows));
	for (size_t i = 0; i < s->c->products_n; i++)
		p.rows[i] = (struct known){ s->c->products[i].row, (int64_t)i };
	if (s->c->products_n)
		qsort(p.rows, s->c->products_n, sizeof(*p.rows), known_cmp);
	scan_rewind(s);
	result = archive_each_link(a, see_link, &p, diags);
	free(p.rows);
	return result;
}

/* --- All of it --- */

static int read_posts(struct scan *s, struct archive *a, struct diags *diags)
{
	scan_rewind(s);
	if (archive_each_post(a, see_post, s, diags) < 0)
		return -1;
	seek_post(s, INT64_MAX);
	close_thread(s);
	return 0;
}

static int read_tags(struct scan *s, struct archive *a, struct diags *diags)
{
	scan_rewind(s);
	if (s->rules->vocabulary.tags.n && archive_each_tag(a, see_tag, s, diags) < 0)
		return -1;
	seek(s, INT64_MAX, LIST_TAGS);
	return 0;
}

static int read_threads(struct scan *s, struct archive *a, struct diags *diags)
{
	struct columns *c = s->c;

	if (archive_each_thread(a, see_thread, s, diags) < 0)
		return -1;
	/* One behind the last closes the last one's slices. */
	c->threads = xreallocarray(c->threads, c->n + 1, sizeof(*c->threads));
	c->threads[c->n] = (struct column){ .row = INT64_MAX };
	return 0;
}

int columns_read(struct columns *c, struct archive *a, const struct rules *r,
		 const struct roster *roster, int64_t now, struct diags *diags)
{
	struct scan s = { .c = c, .rules = r, .roster = roster, .now = now };
	int result;

	c->next = WHEN_MAX;
	result = read_authors(&s, a, diags) < 0 ||
		 read_threads(&s, a, diags) < 0 || read_posts(&s, a, diags) < 0 ||
		 scan_evidence(&s, a, diags) < 0 || scan_labels(&s, a, diags) < 0 ||
		 read_tags(&s, a, diags) < 0 ||
		 read_links(&s, a, diags) < 0;
	free(s.authors);
	return result ? -1 : 0;
}

void columns_release(struct columns *c)
{
	free(c->threads);
	for (int i = 0; i < LIST_COUNT; i++)
		free(c->lists[i].items);
	free(c->claims);
	free(c->passages);
	free(c->links);
	free(c->posts_by);
}
