/* What the predicates of a rules file look for, found in one pass each: the
 * words, the phrases, the regular expressions. */
#include "select/predicate.h"

#include "base/mem.h"

#include <stdlib.h>

void vocabulary_init(struct vocabulary *v)
{
	*v = (struct vocabulary){ .phrases = phrases_new() };
}

static int word_cmp(const void *a, const void *b, void *items)
{
	const struct str *words = items;

	return str_cmp(words[*(const uint32_t *)a], words[*(const uint32_t *)b]);
}

static void words_compile(struct words *w)
{
	w->sorted = xreallocarray(w->sorted, w->n, sizeof(*w->sorted));
	for (size_t i = 0; i < w->n; i++)
		w->sorted[i] = (uint32_t)i;
	if (w->n)
		qsort_r(w->sorted, w->n, sizeof(*w->sorted), word_cmp, w->items);
}

void vocabulary_compile(struct vocabulary *v)
{
	words_compile(&v->labels);
	words_compile(&v->tags);
	phrases_compile(v->phrases);
}

struct regex *vocabulary_regex(struct vocabulary *v, struct str pattern,
			       struct place where, struct diags *diags)
{
	struct regex *r = regex_new(pattern, where, diags);

	if (!r)
		return NULL;
	GROW(v->regexes, v->regexes_n, v->regexes_cap);
	v->regexes[v->regexes_n++] = r;
	return r;
}

static void words_release(struct words *w)
{
	free(w->items);
	free(w->sorted);
}

void vocabulary_release(struct vocabulary *v)
{
	words_release(&v->labels);
	words_release(&v->tags);
	phrases_free(v->phrases);
	for (size_t i = 0; i < v->regexes_n; i++)
		regex_free(v->regexes[i]);
	free(v->regexes);
}

int64_t words_find(const struct words *w, struct str word)
{
	size_t from = 0, to = w->n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		int c = str_cmp(word, w->items[w->sorted[middle]]);

		if (c == 0)
			return w->sorted[middle];
		if (c < 0)
			to = middle;
		else
			from = middle + 1;
	}
	return WORD_NONE;
}
