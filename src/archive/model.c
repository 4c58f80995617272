/* What follows from an archive's content alone: order, grounds, a post by its id. */
#include "archive/model.h"

#include "base/mem.h"
#include "base/seen.h"

#include <stdlib.h>

const char *const evidence_kind_names[] = { "admission", "gratitude", "resolution",
					    "referral", NULL };
const char *const evidence_grade_names[] = { "none", "formula", "hedged", "slip",
					     "fault", NULL };

/* Licences that don't let a company publish the text beside its products, or
 * that are none.  Looked for without case, as whole words. */
static const char *const no_ground[] = { "none", "unknown", "proprietary", "nc",
					 "noncommercial", "nd", "noderivatives" };

/* Licences that are several, of which the version tells one. */
static const char *const versioned[] = { "cc", "creative", "creativecommons", "gpl", "lgpl",
					 "agpl", "fdl", "gfdl", "apache", "mpl", "eupl" };

/* Whether one of the words is in the text. */
static bool has_word(struct str text, const char *const *words, size_t words_n)
{
	while (text.n) {
		size_t n = 0;

		while (n < text.n && ((text.p[n] | 32) >= 'a' && (text.p[n] | 32) <= 'z'))
			n++;
		for (size_t i = 0; n && i < words_n; i++)
			if (str_ieq(str_slice(text, 0, n), str_of(words[i])))
				return true;
		text = str_slice(text, n ? n : 1, text.n);
	}
	return false;
}

static bool permits(struct str licence)
{
	return licence.n && !str_ieq(str_trim(licence), STR("all rights reserved")) &&
	       !has_word(licence, no_ground, ARRAY_LEN(no_ground));
}

bool licence_is_vague(struct str licence)
{
	for (size_t i = 0; i < licence.n; i++)
		if (licence.p[i] >= '0' && licence.p[i] <= '9')
			return false;
	return permits(licence) && has_word(licence, versioned, ARRAY_LEN(versioned));
}

struct str post_licence(const struct venue *venue, const struct post *post)
{
	return post->licence.n ? post->licence : venue->licence;
}

struct str post_language(const struct venue *venue, const struct post *post)
{
	return post->language.n ? post->language : venue->language;
}

enum ground post_ground(const struct venue *venue, struct str licence,
			struct str permission)
{
	if (permits(licence.n ? licence : venue->licence))
		return GROUND_LICENCE;
	if (venue->own)
		return GROUND_OWN;
	return permission.n ? GROUND_PERMISSION : GROUND_NONE;
}

/* --- Canonical order --- */

static int compare_post(const void *a, const void *b)
{
	const struct post *x = a, *y = b;

	if (x->created != y->created)
		return x->created < y->created ? -1 : 1;
	return str_cmp(x->id, y->id);
}

int label_cmp(const void *a, const void *b)
{
	const struct label *x = a, *y = b;
	const struct str of_x[] = { x->name, x->post, x->by, x->quote, x->note };
	const struct str of_y[] = { y->name, y->post, y->by, y->quote, y->note };

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	for (size_t i = 0; i < ARRAY_LEN(of_x); i++) {
		int c = str_cmp(of_x[i], of_y[i]);

		if (c)
			return c;
	}
	return 0;
}

static void sort(void *items, size_t n, size_t size,
		 int (*compare)(const void *, const void *))
{
	if (n > 1)
		qsort(items, n, size, compare);
}

const struct post *thread_post(const struct thread *t, struct str id)
{
	for (size_t i = 0; str_present(id) && i < t->posts_n; i++)
		if (str_eq(t->posts[i].id, id))
			return &t->posts[i];
	return NULL;
}

static int compare_ids(const void *a, const void *b)
{
	return str_cmp((*(const struct post *const *)a)->id,
		       (*(const struct post *const *)b)->id);
}

const struct post **thread_parents(struct arena *a, const struct thread *t)
{
	const struct post **parents = arena_array(a, const struct post *, t->posts_n);
	const struct post **by_id = arena_array(a, const struct post *, t->posts_n);

	for (size_t i = 0; i < t->posts_n; i++)
		by_id[i] = &t->posts[i];
	qsort(by_id, t->posts_n, sizeof(*by_id), compare_ids);
	for (size_t i = 0; i < t->posts_n; i++) {
		const struct post wanted = { .id = t->posts[i].parent }, *key = &wanted;
		const struct post **found = NULL;

		if (str_present(wanted.id))
			found = bsearch(&key, by_id, t->posts_n, sizeof(*by_id), compare_ids);
		parents[i] = found ? *found : NULL;
	}
	return parents;
}

void thread_sort(struct thread *t)
{
	str_sort(t->tags, t->tags_n);
	str_sort(t->products, t->products_n);
	sort(t->posts, t->posts_n, sizeof(*t->posts), compare_post);
	sort(t->labels, t->labels_n, sizeof(*t->labels), label_cmp);
}

bool label_until(const struct label *label, int64_t *until)
{
	struct str rest = label->note;

	return str_present(rest) && when_parse(str_split(&rest, ' '), until);
}

/* --- Labels --- */

/* Who, and of which post. */
static struct str label_scope(struct buf *out, struct str by, struct str post)
{
	buf_reset(out);
	buf_addstr(out, by);
	buf_addc(out, '\0');
	buf_addstr(out, post);
	return buf_str(out);
}

bool label_taken_back(struct seen *undecided, const struct label *l)
{
	bool undoes = str_is(l->name, "undecided");
	struct buf scope = BUF_INIT;
	bool back = undoes;

	if (!undoes && !str_is(l->name, "wrong") && !str_is(l->name, "not-wrong"))
		return false;
	if (undoes)
		seen_add(undecided, label_scope(&scope, l->by, l->post), l->quote, 1);
	else
		back = seen_get(undecided, label_scope(&scope, l->by, l->post), l->quote) ||
		       seen_get(undecided, buf_str(&scope), STR("")) ||
		       seen_get(undecided, label_scope(&scope, l->by, STR("")), STR(""));
	buf_release(&scope);
	return back;
}
