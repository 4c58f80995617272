/* The menu: the built-in pages and lists, and the pages of content/ that ask for a
 * place in it. */
#include "publish/site.h"

#include "base/mem.h"
#include "render/paths.h"

#include <stdlib.h>
#include <string.h>

struct menu {
	struct entry {
		int64_t place;
		struct str title, path;
	} *entries; /* in order */
	size_t n;
	struct value *seen; /* the list as the page of each entry sees it */
};

static void add(struct menu *m, int64_t place, struct str title, struct str path)
{
	if (place)
		m->entries[m->n++] = (struct entry){ place, title, path };
}

static int by_place(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return str_cmp(x->path, y->path);
}

static void gather(struct arena *a, const struct site *site, struct menu *m)
{
	const struct content *c = &site->content;
	const struct builtin *b = site->theme.builtin;
	const struct {
		const struct builtin_page *page;
		struct str path;
		bool there;
	} lists[] = {
		{ &b->wrong, STR(PATH_WRONG), true },
		{ &b->contributors, STR(PATH_CONTRIBUTORS), site->contributors_n > 0 },
		{ &b->scenarios, STR(PATH_SCENARIOS), site_has_scenarios(site) },
		{ &b->search, STR(PATH_SEARCH),
		  site->in->config->search == SEARCH_PAGEFIND },
	};

	m->entries = arena_array(a, struct entry, c->pages_n + ARRAY_LEN(lists));
	for (size_t i = 0; i < c->pages_n; i++) {
		const struct content_page *page = &c->pages[i];
		bool home = !*page->slug;

		add(m, page->menu, str_of(page->title),
		    home ? STR(PATH_HOME) : arena_printf(a, "%s/", page->slug));
	}
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		if (lists[i].there)
			add(m, builtin_place(lists[i].page->slug),
			    str_of(lists[i].page->title), lists[i].path);
	qsort(m->entries, m->n, sizeof(*m->entries), by_place);
}

/* The list with entry `current` marked; m->n marks none. */
static struct value list(struct arena *a, const struct menu *m, size_t current)
{
	struct value out = value_list(a, m->n);

	for (size_t i = 0; i < m->n; i++) {
		struct value *v = &out.u.list.items[i];

		*v = value_object(a, 3);
		value_set(a, v, "title", value_text(m->entries[i].title));
		value_set(a, v, "path", value_text(m->entries[i].path));
		value_set(a, v, "current", value_bool(i == current));
	}
	return out;
}

void menu_plan(struct site *site)
{
	struct arena *a = &site->arena;
	struct menu *m = arena_new(a, struct menu);

	gather(a, site, m);
	m->seen = arena_array(a, struct value, m->n);
	for (size_t i = 0; i < m->n; i++)
		m->seen[i] = list(a, m, i);
	value_set(a, &site->model, "menu", list(a, m, m->n));
	site->menu = m;
}

const struct value *menu_for(const struct site *site, struct str path)
{
	const struct menu *m = site->menu;

	for (size_t i = 0; i < m->n; i++)
		if (str_eq(m->entries[i].path, path))
			return &m->seen[i];
	return NULL;
}
