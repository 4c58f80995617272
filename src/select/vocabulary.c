/* What the predicates of a rules file look for, found in one pass each: the
 * words, the phrases, the regular expressions. */
#include "select/predicate.h"

#include "base/mem.h"

#include <stdlib.h>

void vocabulary_init(struct vocabulary *v)
{
	*v = (struct vocabulary){ .phrases = phrases_new() };
}

static int word_cmp(const void *a, const void *b)
{
	return str_cmp(((const struct word *)a)->text, ((const struct word *)b)->text);
}

static void words_compile(struct words *w)
{
	size_t n = 0;

	if (w->n)
		qsort(w->items, w->n, sizeof(*w->items), word_cmp);
	for (size_t i = 0; i < w->n; i++) {
		struct word word = w->items[i];

		if (!n || !str_eq(w->items[n - 1].text, word.text))
			w->items[n++] = word;
		*word.number = (uint32_t)(n - 1);
	}
	w->n = n;
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

int vocabulary_pattern(struct vocabulary *v, struct str pattern, struct place where,
		       struct diags *diags)
{
	const struct regex *r = vocabulary_regex(v, pattern, where, diags);

	if (!r)
		return -1;
	GROW(v->patterns, v->patterns_n, v->patterns_cap);
	v->patterns[v->patterns_n] = (struct pattern_asked){ pattern, r };
	return (int)v->patterns_n++;
}

void vocabulary_release(struct vocabulary *v)
{
	free(v->labels.items);
	free(v->tags.items);
	free(v->topics);
	phrases_free(v->phrases);
	free(v->patterns);
	for (size_t i = 0; i < v->regexes_n; i++)
		regex_free(v->regexes[i]);
	free(v->regexes);
}

int64_t words_find(const struct words *w, struct str word)
{
	const struct word key = { .text = word };
	const struct word *found = NULL;

	if (w->n)
		found = bsearch(&key, w->items, w->n, sizeof(key), word_cmp);
	return found ? found - w->items : WORD_NONE;
}
