/* What waits for a curator's word, and in which order.  What the answers do is
 * labelling's. */
#include "select/waiting.h"

#include "base/mem.h"
#include "base/seen.h"
#include "base/sha256.h"
#include "evidence/evidence.h"
#include "select/admission.h"
#include "select/choose.h"
#include "select/claim.h"
#include "select/columns.h"
#include "select/rules.h"

#include <stdlib.h>

const char *const waiting_names[] = { "label-conflict", "label-stale", "admission",
				      "origin-gone", NULL };

/* Posts that are read to find a thread's admission: more are no help. */
enum { TRIES = 64 };

/* Where a thread's part of the claims is. */
struct spoken {
	int64_t thread; /* row */
	size_t from, n;
};

/* An admission in a post that is there; strings in the list's arena. */
struct found {
	int64_t thread, created;
	struct finding finding;
	struct str post;
};

struct reader {
	struct waiting_list *w;
	struct archive *a;
	const struct selection *s;
	const struct rules *rules;
	const struct roster *roster;
	bool all;
	struct diags *diags;
	struct arena arena; /* of the post at hand */

	struct claim *claims; /* owned; those that stand, by thread */
	size_t claims_n, claims_cap;
	struct spoken *spoken; /* owned; by row */
	size_t spoken_n, spoken_cap;
	struct label *origins; /* owned; what is said of the origin of the thread at hand */
	size_t origins_n, origins_cap;
	int64_t thread; /* of the labels at hand */
	struct found *found; /* owned */
	size_t found_n, found_cap;
};

/* --- Items --- */

static int row_cmp(const void *key, const void *thread)
{
	int64_t x = *(const int64_t *)key, y = ((const struct chosen_thread *)thread)->row;

	return (x > y) - (x < y);
}

static const struct chosen_thread *find_candidate(const struct reader *r, int64_t row)
{
	const struct selection *s = r->s;

	return s->threads_n ? bsearch(&row, s->threads, s->threads_n, sizeof(*s->threads),
				      row_cmp)
			    : NULL;
}

static bool is_wanted(const struct reader *r, int64_t row)
{
	return r->all || find_candidate(r, row);
}

static bool is_needed(const struct reader *r, const struct waiting *w,
		      const struct chosen_thread *t)
{
	const struct selection *s = r->s;

	if (!t || !t->eligible || t->wrong)
		return false;
	if (w->kind == WAITING_ADMISSION &&
	    days_since(w->when, s->day * WHEN_DAY) > r->rules->wrong.max_age)
		return false;
	for (size_t i = 0; i < t->products_n; i++)
		if (s->pages[t->products[i]].shortfall)
			return true;
	return false;
}

/* Its question: what is asked of which sentence. */
static void set_key(struct waiting *w)
{
	const struct str parts[] = { w->venue, w->id, w->post, w->quote, w->label.name };
	unsigned char digest[SHA256_SIZE];
	struct buf b = BUF_INIT;

	buf_addc(&b, (char)w->kind);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		buf_addstr(&b, parts[i]);
		buf_addc(&b, '\0');
	}
	sha256_of(buf_str(&b), digest);
	sha256_hex(digest, WAITING_KEY / 2, w->key);
	buf_release(&b);
}

/* Its strings come to stay. */
static void keep_label(struct arena *a, struct label *l)
{
	l->name = arena_str(a, l->name);
	l->post = arena_str(a, l->post);
	l->quote = arena_str(a, l->quote);
	l->by = arena_str(a, l->by);
	l->note = arena_str(a, l->note);
}

/* Takes an item whose strings are anybody's into the list. */
static void add(struct reader *r, const struct waiting *item, const struct thread *t)
{
	struct waiting_list *w = r->w;
	const struct chosen_thread *candidate = find_candidate(r, item->thread);
	struct waiting *own;

	GROW(w->items, w->n, w->cap);
	own = &w->items[w->n++];
	*own = *item;
	own->venue = arena_str(&w->arena, t->venue->slug);
	own->id = arena_str(&w->arena, t->id);
	own->title = arena_str(&w->arena, t->title);
	own->post = arena_str(&w->arena, item->post);
	own->quote = arena_str(&w->arena, item->quote);
	own->author = arena_str(&w->arena, item->author);
	own->pattern = arena_str(&w->arena, item->pattern);
	keep_label(&w->arena, &own->label);
	keep_label(&w->arena, &own->other);
	keep_label(&w->arena, &own->yes);
	keep_label(&w->arena, &own->no);
	own->needed = is_needed(r, item, candidate);
	own->products = candidate ? candidate->products : NULL;
	own->products_n = candidate ? candidate->products_n : 0;
	set_key(own);
}

/* The thread's head, with that post if it is one's; valid until the next. */
static int read_post(struct reader *r, int64_t row, struct str post, struct thread *t)
{
	arena_reset(&r->arena);
	return archive_thread_post(r->a, row, post, r->s->venues, r->s->venues_n, &r->arena,
				   t, r->diags);
}

/* --- Labels --- */

/* X and not-X, publish and private. */
static struct str opposite(struct arena *a, struct str name)
{
	if (str_starts(name, STR("not-")))
		return str_slice(name, 4, name.n);
	if (str_is(name, "publish") || str_is(name, "private"))
		return str_is(name, "publish") ? STR("private") : STR("publish");
	return arena_printf(a, "not-%.*s", STR_ARG(name));
}

static bool is_opposite(struct str name)
{
	return str_starts(name, STR("not-")) || str_is(name, "private");
}

/* The two answers are the label said again and its opposite, of the same; of two that
 * contradict each other the one that affirms comes first. */
static void ask_of_label(struct waiting *w, struct arena *a)
{
	w->yes = w->label;
	w->no = w->other;
	if (w->kind != WAITING_CONFLICT) {
		w->no = (struct label){ .name = opposite(a, w->label.name),
					.post = w->label.post, .quote = w->label.quote };
	} else if (is_opposite(w->yes.name)) {
		w->yes = w->other;
		w->no = w->label;
	}
}

static int see_doubt(void *ctx, const struct label_doubt *d)
{
	struct reader *r = ctx;
	struct waiting item = {
		.kind = d->why == DOUBT_CONFLICT ? WAITING_CONFLICT : WAITING_STALE,
		.thread = d->thread, .post = d->post, .label = *d->label,
		.quote = d->label->quote, .when = d->label->at,
		.withdrawn = d->why == DOUBT_WITHDRAWN,
	};
	struct thread t;

	if (!is_wanted(r, d->thread))
		return 0;
	if (d->other)
		item.other = *d->other;
	if (read_post(r, d->thread, STR_NONE, &t) < 0)
		return -1;
	ask_of_label(&item, &r->arena);
	add(r, &item, &t);
	return 0;
}

/* Whether the post, or the thread when it is absent, is hidden and at its venue for all
 * that its exports say. */
static int is_hidden(struct reader *r, struct str post, struct thread *t)
{
	const struct post *p;

	if (read_post(r, r->thread, post, t) < 0)
		return -1;
	p = thread_post(t, post);
	if (str_present(post))
		return p && p->hidden && !p->gone && !t->gone && !t->hidden;
	return t->hidden && !t->gone;
}

static int add_origin(struct reader *r, const struct label *l)
{
	struct waiting item = { .kind = WAITING_ORIGIN, .thread = r->thread,
				.post = l->post, .label = *l, .when = l->at };
	struct thread t;
	int hidden = is_hidden(r, l->post, &t);

	if (hidden <= 0)
		return hidden;
	ask_of_label(&item, &r->arena);
	add(r, &item, &t);
	return 0;
}

/* The latest word on each origin, if it is nobody's. */
static int close_origins(struct reader *r)
{
	struct seen later = SEEN_INIT;
	int status = 0;

	for (size_t i = r->origins_n; i-- > 0 && !status;) {
		const struct label *l = &r->origins[i];

		if (seen_add(&later, l->post, STR(""), 1) || !str_is(l->name, ORIGIN_GONE) ||
		    !str_is(l->by, ORIGIN_CHECK))
			continue;
		status = add_origin(r, l);
	}
	seen_release(&later);
	r->origins_n = 0;
	return status;
}

/* The labels of a thread have all been seen. */
static int close_labels(struct reader *r)
{
	size_t from = r->spoken_n ? r->spoken[r->spoken_n - 1].from +
					    r->spoken[r->spoken_n - 1].n
				  : 0;
	size_t n = claims_settle(r->claims + from, r->claims_n - from);

	r->claims_n = from + n;
	if (n) {
		GROW(r->spoken, r->spoken_n, r->spoken_cap);
		r->spoken[r->spoken_n++] = (struct spoken){ r->thread, from, n };
	}
	return close_origins(r);
}

static int see_label(void *ctx, int64_t thread, const struct label *label)
{
	struct reader *r = ctx;
	struct label own = *label;
	struct claim claim;

	if (thread != r->thread && close_labels(r) < 0)
		return -1;
	r->thread = thread;
	keep_label(&r->w->arena, &own);
	if (claim_read(&claim, &own)) {
		GROW(r->claims, r->claims_n, r->claims_cap);
		r->claims[r->claims_n++] = claim;
	} else if (is_wanted(r, thread) && (str_is(own.name, ORIGIN_GONE) ||
					    str_is(own.name, "not-" ORIGIN_GONE))) {
		GROW(r->origins, r->origins_n, r->origins_cap);
		r->origins[r->origins_n++] = own;
	}
	return 0;
}

static int spoken_cmp(const void *key, const void *spoken)
{
	int64_t x = *(const int64_t *)key, y = ((const struct spoken *)spoken)->thread;

	return (x > y) - (x < y);
}

/* What stands of what was said of a thread's admissions. */
static const struct claim *claims_of(const struct reader *r, int64_t row, size_t *n)
{
	const struct spoken *s = NULL;

	if (r->spoken_n)
		s = bsearch(&row, r->spoken, r->spoken_n, sizeof(*s), spoken_cmp);
	*n = s ? s->n : 0;
	return s ? r->claims + s->from : NULL;
}

/* --- Admissions --- */

static int see_evidence(void *ctx, const struct evidence_facts *e)
{
	struct reader *r = ctx;
	struct found *f;

	if (e->found.kind != KIND_ADMISSION || e->found.grade < GRADE_HEDGED || e->gone ||
	    e->hidden || !is_wanted(r, e->thread))
		return 0;
	GROW(r->found, r->found_n, r->found_cap);
	f = &r->found[r->found_n++];
	*f = (struct found){ .thread = e->thread, .created = e->created,
			     .finding = e->found,
			     .post = arena_str(&r->w->arena, e->post) };
	f->finding.pattern = arena_str(&r->w->arena, e->found.pattern);
	return 0;
}

static int found_cmp(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	int c = (x->thread > y->thread) - (x->thread < y->thread);

	if (!c)
		c = (x->finding.grade < y->finding.grade) -
		    (x->finding.grade > y->finding.grade);
	if (!c)
		c = (x->created > y->created) - (x->created < y->created);
	if (!c)
		c = str_cmp(x->post, y->post);
	return c ? c : (x->finding.start > y->finding.start) -
			       (x->finding.start < y->finding.start);
}

/* The sentence, of a post that a contributor wrote; absent when it isn't there. */
static struct str sentence_of(struct reader *r, const struct found *f,
			      const struct thread *t, struct admission *out)
{
	const struct post *p = thread_post(t, f->post);
	struct buf quote = BUF_INIT;

	if (!p || t->gone || t->hidden || f->finding.stop > p->body.n)
		return STR_NONE;
	evidence_quote(p->format, p->body, f->finding.start, f->finding.stop, &quote);
	*out = (struct admission){ .post = f->post,
				   .quote = buf_to_arena(&quote, &r->arena) };
	return out->quote.n && admission_holds(out, t, r->roster, NO_PLACE, NULL)
		       ? out->quote
		       : STR_NONE;
}

static void add_admission(struct reader *r, const struct found *f, const struct thread *t,
			  const struct admission *a)
{
	const struct contributor *people = r->roster->config->contributors;
	const struct label about = { .post = f->post, .quote = a->quote };
	struct waiting item = {
		.kind = WAITING_ADMISSION, .grade = f->finding.grade, .thread = f->thread,
		.post = f->post, .quote = a->quote, .when = f->created,
		.author = a->who >= 0 ? people[a->who].name : a->author,
		.pattern = f->finding.pattern, .yes = about, .no = about,
	};

	item.yes.name = STR("wrong");
	item.no.name = STR("not-wrong");
	add(r, &item, t);
}

/* The plainest of a thread's that no curator rejected; nothing when one was confirmed. */
static int find_admission(struct reader *r, const struct found *found, size_t n)
{
	size_t claims_n, tries = 0;
	const struct claim *claims = claims_of(r, found->thread, &claims_n);

	if (claims_wrong(claims, claims_n))
		return 0;
	for (size_t i = 0; i < n && tries < TRIES; i++) {
		const struct found *f = &found[i];
		struct admission admission;
		struct thread t;

		if (claims_reject(claims, claims_n, f->post, STR_NONE))
			continue;
		tries++;
		if (read_post(r, f->thread, f->post, &t) < 0)
			return -1;
		if (!sentence_of(r, f, &t, &admission).n ||
		    claims_reject(claims, claims_n, f->post, admission.quote))
			continue;
		add_admission(r, f, &t, &admission);
		break;
	}
	return 0;
}

static int find_admissions(struct reader *r)
{
	int status = 0;

	if (r->found_n)
		qsort(r->found, r->found_n, sizeof(*r->found), found_cmp);
	for (size_t i = 0, n; i < r->found_n && !status; i += n) {
		for (n = 1; i + n < r->found_n &&
			    r->found[i + n].thread == r->found[i].thread;)
			n++;
		status = find_admission(r, &r->found[i], n);
	}
	return status;
}

/* --- All of it --- */

int waiting_cmp(const void *a, const void *b)
{
	const struct waiting *x = a, *y = b;
	int c = y->needed - x->needed;

	if (!c)
		c = (x->kind > y->kind) - (x->kind < y->kind);
	if (!c)
		c = (x->grade < y->grade) - (x->grade > y->grade);
	if (!c)
		c = (x->when < y->when) - (x->when > y->when);
	if (!c)
		c = str_cmp(x->venue, y->venue);
	if (!c)
		c = str_cmp(x->id, y->id);
	if (!c)
		c = str_cmp(x->post, y->post);
	return c ? c : strcmp(x->key, y->key);
}

int waiting_read(struct waiting_list *w, struct archive *a, const struct selection *s,
		 const struct rules *rules, const struct roster *roster, bool all,
		 struct diags *diags)
{
	struct reader r = { .w = w, .a = a, .s = s, .rules = rules, .roster = roster, .all = all,
			    .diags = diags };
	int status;

	*w = (struct waiting_list){ .n = 0 };
	status = archive_each_label(a, see_label, &r, diags) < 0 || close_labels(&r) < 0 ||
				 archive_each_doubt(a, see_doubt, &r, diags) < 0 ||
				 archive_each_evidence(a, see_evidence, &r, diags) < 0
			 ? -1
			 : find_admissions(&r);
	if (w->n)
		qsort(w->items, w->n, sizeof(*w->items), waiting_cmp);
	free(r.claims);
	free(r.spoken);
	free(r.origins);
	free(r.found);
	arena_release(&r.arena);
	return status;
}

void waiting_release(struct waiting_list *w)
{
	free(w->items);
	arena_release(&w->arena);
}

const struct waiting *waiting_find(const struct waiting_list *w, struct str key)
{
	for (size_t i = 0; i < w->n; i++)
		if (str_is(key, w->items[i].key))
			return &w->items[i];
	return NULL;
}

bool waiting_of(const struct waiting *w, size_t product)
{
	for (size_t i = 0; i < w->products_n; i++)
		if (w->products[i] == product)
			return true;
	return false;
}

static void say_label(struct buf *out, const struct label *l)
{
	char day[WHEN_DATE];

	when_format_date(l->at, day);
	buf_addf(out, "'%.*s' by %.*s on %s", STR_ARG(l->name), STR_ARG(l->by), day);
}

void waiting_say(const struct waiting *w, struct buf *out)
{
	if (w->kind == WAITING_ADMISSION) {
		buf_addf(out, "%.*s in post %.*s, found by the pattern '%.*s'",
			 STR_ARG(w->author), STR_ARG(w->post), STR_ARG(w->pattern));
		return;
	}
	if (w->post.n)
		buf_addf(out, "post %.*s: ", STR_ARG(w->post));
	if (w->kind == WAITING_ORIGIN) {
		buf_addf(out, "gone at its venue: %.*s", STR_ARG(w->label.note));
		return;
	}
	say_label(out, &w->label);
	if (w->kind == WAITING_STALE) {
		buf_addf(out, "; the post %s since",
			 w->withdrawn ? "was withdrawn" : "changed");
		return;
	}
	buf_addlit(out, ", and before that ");
	say_label(out, &w->other);
}

size_t choice_missing(const struct choice *page)
{
	size_t most = page->eligible < (size_t)page->limit ? page->eligible
							   : (size_t)page->limit;
	size_t need = share_ceil(page->required, most);

	return page->shortfall && need > page->eligible_wrong ? need - page->eligible_wrong
							      : 0;
}

void choice_say_missing(const struct choice *page, struct buf *out)
{
	size_t missing = choice_missing(page);

	buf_addf(out, "%zu more wrong thread%s would let it show %zu more", missing,
		 missing == 1 ? "" : "s", page->shortfall);
}
