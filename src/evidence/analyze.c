/*
 * Which posts of an archive have to be looked at, and what is found in them.  First
 * all small columns are read, then the threads in which something has to be done.
 */
#include "evidence/analyze.h"

#include "base/mem.h"
#include "base/progress.h"
#include "evidence/evidence.h"

#include <stdlib.h>

struct accounts {
	struct known {
		int64_t row;
		struct str venue; /* borrowed */
		struct author author; /* in the arena */
	} *items; /* owned; by row */
	size_t n, cap;
};

/* A post as far as the small columns tell. */
struct glance {
	struct post_look look;
	enum post_role role;
	const struct glance *previous; /* what it answers, or NULL */
	int64_t means; /* see means_of() */
};

struct analyzer {
	struct archive *archive;
	const struct patterns *patterns;
	const struct analysis *how;
	struct analysis_counts *counts;
	struct diags *diags;
	struct arena arena;   /* of the run */
	struct arena ids;     /* of the thread that is read */
	struct arena scratch; /* of one that is looked at */
	struct venue *venues;
	size_t venues_n;
	struct accounts accounts;
	struct glance *posts; /* owned: of the thread that is read */
	size_t n, cap;
};

/* --- Roles --- */

static int add_account(void *ctx, const struct author *author)
{
	struct analyzer *z = ctx;
	struct known *k;

	GROW(z->accounts.items, z->accounts.n, z->accounts.cap);
	k = &z->accounts.items[z->accounts.n++];
	*k = (struct known){ .row = author->row, .author = *author };
	k->author.id = arena_str(&z->arena, author->id);
	k->author.name = k->author.url = STR_NONE;
	for (size_t i = 0; i < z->venues_n; i++)
		if (z->venues[i].row == author->venue)
			k->venue = z->venues[i].slug;
	return 0;
}

static int row_cmp(const void *key, const void *item)
{
	int64_t row = *(const int64_t *)key;
	const struct known *k = item;

	return (row > k->row) - (row < k->row);
}

static bool is_contributor(const struct analyzer *z, const struct post_look *look)
{
	const struct known *k =
		z->accounts.n ? bsearch(&look->author, z->accounts.items, z->accounts.n,
					sizeof(*k), row_cmp)
			      : NULL;

	return k && z->how->is_contributor(z->how->ctx, k->venue, &k->author, look->created);
}

/* The customer wrote the first post. */
static enum post_role role_of(const struct analyzer *z, const struct post_look *look,
			      const struct post_look *first)
{
	if (is_contributor(z, look))
		return ROLE_CONTRIBUTOR;
	return look->author && look->author == first->author ? ROLE_CUSTOMER : ROLE_OTHER;
}

/* --- What has to be looked at --- */

static int id_cmp(const void *a, const void *b)
{
	const struct glance *const *x = a, *const *y = b;

	return str_cmp((*x)->look.id, (*y)->look.id);
}

static int find_cmp(const void *key, const void *item)
{
	const struct str *id = key;
	const struct glance *const *one = item;

	return str_cmp(*id, (*one)->look.id);
}

/* A post answers its parent, or else the one before it. */
static void find_previous(struct analyzer *z)
{
	const struct glance **sorted = arena_array(&z->ids, const struct glance *, z->n);

	for (size_t i = 0; i < z->n; i++)
		sorted[i] = &z->posts[i];
	qsort(sorted, z->n, sizeof(*sorted), id_cmp);
	for (size_t i = 0; i < z->n; i++) {
		struct glance *g = &z->posts[i];
		const struct glance **found =
			g->look.parent.n ? bsearch(&g->look.parent, sorted, z->n,
						   sizeof(*sorted), find_cmp)
					 : NULL;

		g->previous = found ? *found : i ? g - 1 : NULL;
	}
}

/* By which means the post is looked at: the patterns, its role, what it answers and
 * that one's role.  Never 0. */
static int64_t means_of(const struct analyzer *z, const struct glance *g)
{
	const struct {
		int64_t previous, previous_role, role;
	} of = { g->previous ? g->previous->look.row : 0,
		 g->previous ? g->previous->role : 0, g->role };
	unsigned char digest[SHA256_SIZE];
	struct sha256 h;
	int64_t means;

	sha256_start(&h);
	sha256_add(&h, str_make((const char *)z->patterns->digest, SHA256_SIZE));
	sha256_add(&h, str_make((const char *)&of, sizeof(of)));
	sha256_finish(&h, digest);
	memcpy(&means, digest, sizeof(means));
	return means ? means : 1;
}

/* How many posts of the thread are due. */
static size_t plan(struct analyzer *z)
{
	size_t due = 0;

	find_previous(z);
	for (size_t i = 0; i < z->n; i++) {
		struct glance *g = &z->posts[i];

		g->role = role_of(z, &g->look, &z->posts[0].look);
	}
	for (size_t i = 0; i < z->n; i++) {
		struct glance *g = &z->posts[i];

		g->means = means_of(z, g);
		if (!z->how->all && g->means == g->look.looked)
			g->means = 0;
		due += g->means != 0;
	}
	return due;
}

/* --- Looking --- */

static int look_at(struct analyzer *z, const struct thread *t, const struct glance *g)
{
	const struct post *post = &t->posts[g - z->posts];
	struct evidence_post in = { .format = post->format, .body = post->body,
				    .role = g->role };
	struct finding *found;
	size_t n;

	if (g->previous) {
		const struct post *previous = &t->posts[g->previous - z->posts];

		in.previous_format = previous->format;
		in.previous = previous->body;
		in.previous_role = g->previous->role;
	}
	evidence_find(z->patterns, &in, &z->scratch, &found, &n);
	z->counts->looked++;
	return archive_put_findings(z->archive, post->row, g->means, found, n, z->diags);
}

/* The thread whole: its posts come in the order of their small columns. */
static int look_at_thread(struct analyzer *z)
{
	struct thread t;

	arena_reset(&z->scratch);
	if (archive_thread(z->archive, z->posts[0].look.thread, z->venues, z->venues_n,
			   &z->scratch, &t, z->diags) < 0)
		return -1;
	invariant(t.posts_n == z->n);
	for (size_t i = 0; i < z->n; i++)
		if (z->posts[i].means && look_at(z, &t, &z->posts[i]) < 0)
			return -1;
	return 0;
}

/* What was due has been done by now, unless nothing is. */
static void count_current(struct analyzer *z)
{
	for (size_t i = 0; i < z->n; i++)
		if (!z->how->dry || !z->posts[i].means)
			z->counts->current[z->posts[i].role]++;
}

static int finish_thread(struct analyzer *z)
{
	int status = z->n && plan(z) && !z->how->dry ? look_at_thread(z) : 0;

	count_current(z);
	progress_add(z->n);
	z->counts->posts += z->n;
	z->n = 0;
	arena_reset(&z->ids);
	return status;
}

/* What is written meanwhile is no part of the index that is read. */
static int take_look(void *ctx, const struct post_look *look)
{
	struct analyzer *z = ctx;
	struct glance *g;

	if (z->n && z->posts[0].look.thread != look->thread && finish_thread(z) < 0)
		return -1;
	GROW(z->posts, z->n, z->cap);
	g = &z->posts[z->n++];
	*g = (struct glance){ .look = *look };
	g->look.id = arena_str(&z->ids, look->id);
	g->look.parent = arena_str(&z->ids, look->parent);
	return 0;
}

static int count_finding(void *ctx, const struct evidence_facts *e)
{
	struct analysis_counts *counts = ctx;

	counts->findings[e->found.kind][e->found.grade]++;
	return 0;
}

int analyze(struct archive *a, const struct patterns *p, const struct analysis *how,
	    struct analysis_counts *counts, struct diags *diags)
{
	struct analyzer z = { .archive = a, .patterns = p, .how = how, .counts = counts,
			      .diags = diags, .arena = ARENA_INIT, .ids = ARENA_INIT,
			      .scratch = ARENA_INIT };
	int status = -1;

	*counts = (struct analysis_counts){ .posts = 0 };
	progress_begin("posts looked at", archive_count_posts(a));
	if (archive_venues(a, &z.arena, &z.venues, &z.venues_n, diags) == 0 &&
	    archive_each_author(a, add_account, &z, diags) == 0 &&
	    archive_each_look(a, take_look, &z, diags) == 0 && finish_thread(&z) == 0)
		status = archive_each_evidence(a, count_finding, counts, diags);
	progress_end();
	free(z.accounts.items);
	free(z.posts);
	arena_release(&z.arena);
	arena_release(&z.ids);
	arena_release(&z.scratch);
	return status;
}
