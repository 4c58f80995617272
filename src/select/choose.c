/*
 * The choice on one page.  Owns what is chosen, its order and the reasons;
 * what holds over all pages is site.c's.  See the header for the algorithm.
 */
#include "select/choose.h"

#include "base/mem.h"

#include <stdlib.h>

const char *const reason_names[] = {
	"gone", "ground", "embargo", "expired", "keep",
	"drop", "share", "cap", "limit", "shown", NULL
};

size_t share_ceil(struct ratio share, size_t n)
{
	unsigned __int128 product = (unsigned __int128)(uint64_t)share.num * n;

	return (size_t)((product + (uint64_t)share.den - 1) / (uint64_t)share.den);
}

size_t share_floor(struct ratio share, size_t n)
{
	unsigned __int128 product = (unsigned __int128)(uint64_t)share.num * n;

	return (size_t)(product / (uint64_t)share.den);
}

size_t share_size(struct ratio share, size_t wrong)
{
	unsigned __int128 size;

	if (share.num == 0)
		return SIZE_MAX;
	size = (unsigned __int128)(uint64_t)share.den * wrong / (uint64_t)share.num;
	return size < SIZE_MAX ? (size_t)size : SIZE_MAX;
}

static int cmp_int(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

int eligible_cmp(const void *a, const void *b)
{
	const struct eligible *x = a, *y = b;
	int c = cmp_int(y->rank, x->rank);

	if (!c)
		c = cmp_int(y->activity, x->activity);
	if (!c)
		c = cmp_int(x->venue, y->venue);
	return c ? c : strcmp(x->id, y->id);
}

/*
 * A set under construction.  Whoever a cap counts (a customer, a contributor,
 * a venue) is a crowd; an option belongs to a slice of crowds.
 */
struct set {
	const struct eligible *options;
	size_t n;
	const struct page_limits *limits;
	bool *in; /* owned */
	size_t size, wrong;
	size_t bounds[CAP_COUNT]; /* of a page of bounds_size */
	size_t bounds_size;

	struct crowd {
		enum cap_kind cap;
		size_t members; /* that are in the set */
	} *crowds;      /* owned */
	size_t *slices; /* owned: n + 1 places in belongs */
	size_t *belongs; /* owned: numbers of crowds, by option */
};

static bool cap_set(const struct cap *cap)
{
	return cap->count > 0 || cap->part.den > 0;
}

static bool caps_any(const struct page_limits *limits)
{
	for (int k = 0; k < CAP_COUNT; k++)
		if (cap_set(&limits->caps[k]))
			return true;
	return false;
}

static size_t cap_bound(const struct cap *cap, size_t size)
{
	size_t bound;

	if (!cap_set(cap))
		return SIZE_MAX;
	if (cap->count > 0)
		return (size_t)cap->count;
	bound = share_ceil(cap->part, size);
	return bound ? bound : 1;
}

struct member {
	enum cap_kind cap;
	uint32_t key;
	size_t option;
	size_t crowd;
};

static int member_cmp(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	int c = cmp_int(x->cap, y->cap);

	return c ? c : cmp_int(x->key, y->key);
}

static int member_option_cmp(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	int c = cmp_int((int64_t)x->option, (int64_t)y->option);

	return c ? c : cmp_int((int64_t)x->crowd, (int64_t)y->crowd);
}

static size_t list_members(const struct set *s, struct member *out)
{
	const struct cap *caps = s->limits->caps;
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct eligible *o = &s->options[i];

		if (o->customer && cap_set(&caps[CAP_CUSTOMER]))
			out[n++] = (struct member){ CAP_CUSTOMER, o->customer, i, 0 };
		if (cap_set(&caps[CAP_VENUE]))
			out[n++] = (struct member){ CAP_VENUE, o->venue, i, 0 };
		for (uint32_t j = 0; j < o->contributors_n; j++)
			if (cap_set(&caps[CAP_CONTRIBUTOR]))
				out[n++] = (struct member){ CAP_CONTRIBUTOR,
							    o->contributors[j], i, 0 };
	}
	return n;
}

static void find_crowds(struct set *s)
{
	size_t room = 2 * s->n, n, crowds = 0, at = 0;
	struct member *m;

	for (size_t i = 0; i < s->n; i++)
		room += s->options[i].contributors_n;
	m = xcalloc(room, sizeof(*m));
	n = list_members(s, m);
	s->crowds = xcalloc(n, sizeof(*s->crowds));
	s->slices = xcalloc(s->n + 1, sizeof(*s->slices));
	s->belongs = xcalloc(n, sizeof(*s->belongs));
	qsort(m, n, sizeof(*m), member_cmp);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || member_cmp(&m[i - 1], &m[i]) != 0)
			s->crowds[crowds++].cap = m[i].cap;
		m[i].crowd = crowds - 1;
	}
	qsort(m, n, sizeof(*m), member_option_cmp);
	for (size_t i = 0; i < s->n; i++) {
		s->slices[i] = at;
		while (at < n && m[at].option == i) {
			s->belongs[at] = m[at].crowd;
			at++;
		}
	}
	s->slices[s->n] = at;
	free(m);
}

static void set_init(struct set *s, const struct page_choice *page)
{
	*s = (struct set){ .options = page->options, .n = page->n,
			   .limits = &page->limits };
	s->in = xcalloc(s->n, sizeof(*s->in));
	if (caps_any(s->limits))
		find_crowds(s);
}

static void set_release(struct set *s)
{
	free(s->in);
	free(s->crowds);
	free(s->slices);
	free(s->belongs);
}

static void put(struct set *s, size_t x, bool in)
{
	s->in[x] = in;
	s->size += in ? 1 : (size_t)-1;
	if (s->options[x].wrong)
		s->wrong += in ? 1 : (size_t)-1;
	if (!s->slices)
		return;
	for (size_t i = s->slices[x]; i < s->slices[x + 1]; i++)
		s->crowds[s->belongs[i]].members += in ? 1 : (size_t)-1;
}

static bool in_crowd(const struct set *s, size_t x, size_t crowd)
{
	for (size_t i = s->slices[x]; i < s->slices[x + 1]; i++)
		if (s->belongs[i] == crowd)
			return true;
	return false;
}

/*
 * The cap that x would exceed on a page of that size, should `out` leave it
 * (NOBODY: nobody does); CAP_COUNT when it fits.
 */
#define NOBODY SIZE_MAX
static enum cap_kind exceeds(struct set *s, size_t x, size_t out, size_t size)
{
	if (!s->slices)
		return CAP_COUNT;
	if (s->bounds_size != size)
		for (int k = 0; k < CAP_COUNT; k++)
			s->bounds[k] = cap_bound(&s->limits->caps[k], size);
	s->bounds_size = size;
	for (size_t i = s->slices[x]; i < s->slices[x + 1]; i++) {
		const struct crowd *c = &s->crowds[s->belongs[i]];
		size_t members = c->members + 1;

		if (out != NOBODY && in_crowd(s, out, s->belongs[i]))
			members--;
		if (members > s->bounds[c->cap])
			return c->cap;
	}
	return CAP_COUNT;
}

/* Takes up to `most` more threads in page order, but not `barred`, as far as
 * they fit on a page of that size. */
static void take(struct set *s, size_t most, bool wrong_only, size_t barred, size_t size)
{
	for (size_t x = 0; x < s->n && most > 0; x++) {
		if (s->in[x] || x == barred || (wrong_only && !s->options[x].wrong) ||
		    exceeds(s, x, NOBODY, size) != CAP_COUNT)
			continue;
		put(s, x, true);
		most--;
	}
}

/* Whether greedy fills the set up to that size, wrong threads first as far as
 * the share needs them; the set is what it came to. */
static bool grow(struct set *s, size_t size, size_t barred)
{
	size_t need = share_ceil(s->limits->share, size);

	if (s->wrong < need && need - s->wrong <= size - s->size)
		take(s, need - s->wrong, true, barred, size);
	if (s->wrong < need)
		return false;
	take(s, size - s->size, false, barred, size);
	return s->size == size;
}

static void become(struct set *s, const bool *in)
{
	for (size_t x = 0; x < s->n; x++)
		if (s->in[x] != (in && in[x]))
			put(s, x, !s->in[x]);
}

static bool add_one(struct set *s)
{
	size_t size = s->size + 1;

	if (size > (size_t)s->limits->limit)
		return false;
	for (size_t x = 0; x < s->n; x++) {
		if (s->in[x] || exceeds(s, x, NOBODY, size) != CAP_COUNT ||
		    s->wrong + s->options[x].wrong < share_ceil(s->limits->share, size))
			continue;
		put(s, x, true);
		return true;
	}
	return false;
}

static bool can_swap(struct set *s, size_t x, size_t out)
{
	size_t wrong = s->wrong + s->options[x].wrong - s->options[out].wrong;

	return wrong >= share_ceil(s->limits->share, s->size) &&
	       exceeds(s, x, out, s->size) == CAP_COUNT;
}

/* Takes one out for two others, the last in page order for which that goes. */
static bool trade_one(struct set *s)
{
	size_t size = s->size + 1;
	bool *was, traded = false;

	if (size > (size_t)s->limits->limit)
		return false;
	was = xcalloc(s->n, sizeof(*was));
	memcpy(was, s->in, s->n * sizeof(*was));
	for (size_t out = s->n; out-- > 0 && !traded;) {
		if (!was[out])
			continue;
		put(s, out, false);
		traded = grow(s, size, out);
		if (!traded)
			become(s, was);
	}
	free(was);
	return traded;
}

/* What stands before in page order is better, by rank or by tie. */
static bool swap_one(struct set *s)
{
	size_t last = s->n;

	while (last > 0 && !s->in[last - 1])
		last--;
	for (size_t x = 0; x < last; x++)
		for (size_t out = last - 1; !s->in[x] && out > x; out--) {
			if (!s->in[out] || !can_swap(s, x, out))
				continue;
			put(s, out, false);
			put(s, x, true);
			return true;
		}
	return false;
}

static size_t largest_size(const struct page_choice *page,
			   const struct page_limits *limits)
{
	size_t n = page->n, wrong = 0, most;

	for (size_t i = 0; i < page->n; i++)
		wrong += page->options[i].wrong;
	n = n < (size_t)limits->limit ? n : (size_t)limits->limit;
	most = share_size(limits->share, wrong);
	return n < most ? n : most;
}

/* Leaves in the set what limits let stand on the page. */
static void pick(struct set *s, const struct page_choice *page,
		 const struct page_limits *limits)
{
	size_t size = largest_size(page, limits);

	s->limits = limits;
	s->bounds_size = SIZE_MAX;
	for (become(s, NULL); !grow(s, size, NOBODY); become(s, NULL))
		size--;
	while (caps_any(limits) && (add_one(s) || trade_one(s) || swap_one(s)))
		;
}

/* What would be shown without something: to be freed. */
static bool *pick_without(struct set *s, const struct page_choice *page, bool no_share,
			  bool no_caps)
{
	struct page_limits limits = page->limits;
	bool *in = xcalloc(page->n, sizeof(*in));

	if (no_share)
		limits.share = (struct ratio){ 0, 1 };
	for (int k = 0; no_caps && k < CAP_COUNT; k++)
		limits.caps[k] = (struct cap){ 0, { 0, 0 } };
	pick(s, page, &limits);
	if (page->n)
		memcpy(in, s->in, page->n * sizeof(*in));
	return in;
}

static enum reason reason_of(const bool *shown, const bool *no_share, const bool *no_caps,
			     const bool *neither, size_t x)
{
	if (shown[x])
		return REASON_SHOWN;
	if (no_share && no_share[x])
		return REASON_SHARE;
	if (no_caps && no_caps[x])
		return REASON_CAP;
	return neither && neither[x] ? REASON_SHARE : REASON_LIMIT;
}

/* The cap that x would exceed.  With it the page would be larger, unless it is
 * full; -1 when no cap alone keeps it out. */
static int full_cap(struct set *s, size_t x)
{
	enum cap_kind cap = exceeds(s, x, NOBODY, s->size + 1);

	if (cap == CAP_COUNT)
		cap = exceeds(s, x, NOBODY, s->size);
	return cap == CAP_COUNT ? -1 : (int)cap;
}

static void pick_and_say_why(struct set *s, struct page_choice *page)
{
	bool share = page->limits.share.num > 0, caps = caps_any(&page->limits);
	bool *no_share = share ? pick_without(s, page, true, false) : NULL;
	bool *no_caps = caps ? pick_without(s, page, false, true) : NULL;
	bool *neither = share && caps ? pick_without(s, page, true, true) : NULL;

	pick(s, page, &page->limits);
	for (size_t i = 0; i < page->n; i++) {
		struct eligible *o = &page->options[i];

		o->reason = reason_of(s->in, no_share, no_caps, neither, i);
		o->cap = o->reason == REASON_CAP ? full_cap(s, i) : -1;
	}
	free(no_share);
	free(no_caps);
	free(neither);
}

static size_t next_shown(const struct page_choice *page, size_t from, bool wrong_only)
{
	while (from < page->n) {
		const struct eligible *o = &page->options[from];

		if (o->reason == REASON_SHOWN && !o->position &&
		    (o->wrong || !wrong_only))
			break;
		from++;
	}
	return from;
}

/*
 * By rank, with the next wrong thread brought forward wherever a prefix would
 * hold too few.  There is one to bring: floor(share x k) is never over
 * ceil(share x n), and that many are on the page.
 */
static void arrange(struct page_choice *page)
{
	size_t wrong = 0, next = 0;

	for (size_t i = 0; i < page->n; i++)
		page->options[i].position = 0;
	for (uint32_t k = 1; k <= page->shown; k++) {
		size_t need = share_floor(page->limits.share, k);
		size_t x;

		next = next_shown(page, next, false);
		x = next_shown(page, next, page->limits.spread && wrong < need);
		invariant(x < page->n);
		page->options[x].position = k;
		wrong += page->options[x].wrong;
	}
}

void choose(struct page_choice *page)
{
	struct set set;
	size_t all = page->n < (size_t)page->limits.limit ? page->n
							  : (size_t)page->limits.limit;

	if (page->n)
		qsort(page->options, page->n, sizeof(*page->options), eligible_cmp);
	set_init(&set, page);
	pick_and_say_why(&set, page);
	page->shown = set.size;
	page->shown_wrong = set.wrong;
	page->shortfall = all - largest_size(page, &page->limits);
	arrange(page);
	set_release(&set);
}

void choose_none(struct page_choice *page)
{
	for (size_t i = 0; i < page->n; i++) {
		page->options[i].position = 0;
		if (page->options[i].reason == REASON_SHOWN)
			page->options[i].reason = REASON_SHARE;
	}
	page->shown = page->shown_wrong = 0;
}
