/* What an archive has, for `candor init`: who of an unknown export could be the company's,
 * and what its threads could be about.  What is made of that is init-site.c's. */
#include "init-site.h"

#include "base/mem.h"
#include "base/seen.h"

#include <stdlib.h>

/* More people than anybody lists by hand, and still a file that loads; and how many are
 * suggested where nobody is known. */
enum { PEOPLE_MOST = 500, SUGGESTED = 10, TAGS_MOST = 5, NAME_MOST = 200 };

struct reading {
	struct init_survey *s;
	struct init_person *people; /* owned; by row */
	size_t people_n, people_cap;
	struct init_tag *tags; /* owned; as they came */
	size_t tags_n, tags_cap;
	struct seen tag_numbers; /* from 1 */
	int64_t thread, customer; /* of the posts at hand: rows */
};

static struct str venue_slug(const struct init_survey *s, int64_t row)
{
	for (size_t i = 0; i < s->venues_n; i++)
		if (s->venues[i].row == row)
			return s->venues[i].slug;
	return STR_NONE;
}

static int take_author(void *ctx, const struct author *author)
{
	struct reading *r = ctx;
	struct arena *arena = &r->s->arena;

	GROW(r->people, r->people_n, r->people_cap);
	r->people[r->people_n++] = (struct init_person){
		.row = author->row,
		.venue = venue_slug(r->s, author->venue),
		.id = arena_str(arena, author->id),
		.name = arena_str(arena, author->name),
		.staff = author->staff,
	};
	return 0;
}

static int by_row(const void *row, const void *person)
{
	int64_t a = *(const int64_t *)row, b = ((const struct init_person *)person)->row;

	return (a > b) - (a < b);
}

/* The first post of a thread is its customer's. */
static int take_post(void *ctx, const struct post_facts *post)
{
	struct reading *r = ctx;
	struct init_person *who;

	if (post->thread != r->thread) {
		r->thread = post->thread;
		r->customer = post->author;
		r->s->threads++;
	}
	if (post->gone || post->hidden)
		return 0;
	r->s->posts++;
	r->s->groundless += post->ground == GROUND_NONE;
	if (!post->author)
		return 0;
	who = bsearch(&post->author, r->people, r->people_n, sizeof(*who), by_row);
	if (who) {
		who->posts++;
		who->answers += post->author != r->customer;
	}
	return 0;
}

static int take_link(void *ctx, int64_t thread, int64_t product)
{
	(void)thread;
	((struct reading *)ctx)->s->linked[product] = true;
	return 0;
}

static int take_tag(void *ctx, int64_t thread, struct str name)
{
	struct reading *r = ctx;
	uint64_t known = seen_add(&r->tag_numbers, name, STR_NONE, r->tags_n + 1);

	(void)thread;
	if (!known) {
		GROW(r->tags, r->tags_n, r->tags_cap);
		r->tags[r->tags_n++] = (struct init_tag){ arena_str(&r->s->arena, name), 0 };
		known = r->tags_n;
	}
	r->tags[known - 1].threads++;
	return 0;
}

/* --- The few of many --- */

static int busiest_first(const void *a, const void *b)
{
	const struct init_person *x = a, *y = b;

	if (x->answers != y->answers)
		return x->answers > y->answers ? -1 : 1;
	if (x->posts != y->posts)
		return x->posts > y->posts ? -1 : 1;
	return x->row < y->row ? -1 : 1;
}

static int commonest_first(const void *a, const void *b)
{
	const struct init_tag *x = a, *y = b;

	if (x->threads != y->threads)
		return x->threads > y->threads ? -1 : 1;
	return str_cmp(x->name, y->name);
}

/* As candor.yaml can name it, and has room for many. */
static bool can_be_listed(const struct init_person *p)
{
	return str_trim(p->id).n && p->id.n <= NAME_MOST && str_index(p->id, '\n') == p->id.n;
}

static bool is_worth_listing(const struct init_person *p, bool staff)
{
	return can_be_listed(p) && (staff ? p->staff && p->posts : p->answers > 0);
}

static void keep_people(struct reading *r)
{
	struct init_survey *s = r->s;
	size_t n = 0, most;

	for (size_t i = 0; i < r->people_n; i++)
		s->staff |= is_worth_listing(&r->people[i], true);
	for (size_t i = 0; i < r->people_n; i++)
		if (is_worth_listing(&r->people[i], s->staff))
			r->people[n++] = r->people[i];
	if (n)
		qsort(r->people, n, sizeof(*r->people), busiest_first);
	most = s->staff ? PEOPLE_MOST : SUGGESTED;
	s->people_n = n < most ? n : most;
	s->people = arena_array(&s->arena, struct init_person, s->people_n);
	if (n)
		memcpy(s->people, r->people, s->people_n * sizeof(*s->people));
}

static void keep_tags(struct reading *r)
{
	struct init_survey *s = r->s;

	if (r->tags_n)
		qsort(r->tags, r->tags_n, sizeof(*r->tags), commonest_first);
	s->tags_n = r->tags_n < TAGS_MOST ? r->tags_n : TAGS_MOST;
	s->tags = arena_array(&s->arena, struct init_tag, s->tags_n);
	if (s->tags_n)
		memcpy(s->tags, r->tags, s->tags_n * sizeof(*s->tags));
}

static int read_all(struct reading *r, struct archive *a, struct diags *diags)
{
	struct init_survey *s = r->s;
	int64_t last = 0;

	if (archive_venues(a, &s->arena, &s->venues, &s->venues_n, diags) < 0 ||
	    archive_products(a, &s->arena, &s->products, &s->products_n, diags) < 0)
		return -1;
	for (size_t i = 0; i < s->products_n; i++)
		last = s->products[i].row > last ? s->products[i].row : last;
	s->linked = arena_array(&s->arena, bool, (size_t)last + 1);
	if (archive_each_author(a, take_author, r, diags) < 0 ||
	    archive_each_post(a, take_post, r, diags) < 0 ||
	    archive_each_link(a, take_link, r, diags) < 0)
		return -1;
	return archive_each_tag(a, take_tag, r, diags);
}

int init_survey_read(struct init_survey *s, struct archive *a, struct diags *diags)
{
	struct reading r = { .s = s, .tag_numbers = SEEN_INIT };
	int status;

	*s = (struct init_survey){ .arena = ARENA_INIT };
	status = read_all(&r, a, diags);
	if (status == 0) {
		keep_people(&r);
		keep_tags(&r);
	}
	free(r.people);
	free(r.tags);
	seen_release(&r.tag_numbers);
	return status;
}

void init_survey_release(struct init_survey *s)
{
	arena_release(&s->arena);
}
