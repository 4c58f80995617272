/* One phrase with alternatives into many without. */
#include "expand.h"

#include "base/buf.h"
#include "base/mem.h"

struct expansion {
	struct phrase_list *out;
	const struct phrase_list *lists;
	size_t lists_n;
	size_t most; /* how many items out may have */
	struct arena *arena;
	const char *wrong; /* static */
};

/* Parentheses within parentheses; and lists don't nest, they are expanded already. */
enum { NESTING_MAX = 8, GROUPS_MAX = 64 };

static void add(struct expansion *x, struct str phrase)
{
	if (x->out->n == x->most) {
		x->wrong = "stands for more than 20000 phrases";
		return;
	}
	GROW(x->out->items, x->out->n, x->out->cap);
	x->out->items[x->out->n++] = phrase;
}

static const struct phrase_list *find_list(const struct expansion *x, struct str name)
{
	for (size_t i = x->lists_n; i-- > 0;)
		if (str_eq(x->lists[i].name, name))
			return &x->lists[i];
	return NULL;
}

/* The parenthesis that closes the one at open, or s.n. */
static size_t closing(struct str s, size_t open)
{
	unsigned depth = 0;

	for (size_t i = open; i < s.n; i++) {
		depth += s.p[i] == '(';
		depth -= s.p[i] == ')';
		if (!depth)
			return i;
		if (depth > NESTING_MAX)
			return s.n;
	}
	return s.n;
}

/* Takes the part before the next '|' that is in no parentheses off *rest. */
static struct str next_alternative(struct str *rest)
{
	size_t n = 0;
	struct str one;

	while (n < rest->n && rest->p[n] != '|')
		n = rest->p[n] == '(' ? closing(*rest, n) + 1 : n + 1;
	one = str_slice(*rest, 0, n);
	*rest = n < rest->n ? str_slice(*rest, n + 1, rest->n) : STR_NONE;
	return one;
}

static void expand(struct expansion *x, struct str done, struct str rest, unsigned groups);

/* Goes on with one alternative in its place. */
static void choose(struct expansion *x, struct str done, struct str one, struct str rest,
		   unsigned groups)
{
	const struct phrase_list *list;

	if (!str_starts(one, STR("$"))) {
		expand(x, done,
		       arena_printf(x->arena, "%.*s%.*s", STR_ARG(one), STR_ARG(rest)), groups);
		return;
	}
	list = find_list(x, str_slice(one, 1, one.n));
	if (!list)
		x->wrong = "names a list that isn't there";
	for (size_t i = 0; list && i < list->n && !x->wrong; i++)
		choose(x, done, list->items[i], rest, groups);
}

static void expand(struct expansion *x, struct str done, struct str rest, unsigned groups)
{
	size_t open = str_index(rest, '('), close;
	struct str group;

	if (open == rest.n) {
		add(x, arena_printf(x->arena, "%.*s%.*s", STR_ARG(done), STR_ARG(rest)));
		return;
	}
	close = closing(rest, open);
	if (close == rest.n || groups == GROUPS_MAX) {
		x->wrong = "has a parenthesis that nothing closes";
		return;
	}
	group = str_slice(rest, open + 1, close);
	done = arena_printf(x->arena, "%.*s%.*s", STR_ARG(done),
			    STR_ARG(str_slice(rest, 0, open)));
	rest = str_slice(rest, close + 1, rest.n);
	while (str_present(group) && !x->wrong)
		choose(x, done, next_alternative(&group), rest, groups + 1);
}

const char *phrase_expand(struct phrase_list *out, struct str phrase,
			  const struct phrase_list *lists, size_t lists_n,
			  struct arena *arena)
{
	struct expansion x = { out, lists, lists_n, out->n + EXPANSIONS_MAX, arena, NULL };

	phrase = str_trim(phrase);
	if (str_starts(phrase, STR("$")))
		choose(&x, STR(""), phrase, STR(""), 0);
	else
		expand(&x, STR(""), phrase, 0);
	return x.wrong;
}
