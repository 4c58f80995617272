/* Topics: parts of a product's page, by the topics of the rules, else by the tags of
 * the threads on it.  A part is a list of links into the page, so that what the page holds together stays there. */
#include "publish/site.h"

#include "base/mem.h"
#include "render/paths.h"

#include <stdlib.h>

/* More are no help to anybody.  Strangers choose the tags: each would be a page. */
enum { TOPICS_MAX = 24 };

struct topic {
	struct str name, path;
	size_t count;
};

static struct value *topics_of(struct value *thread)
{
	return value_member(thread, "topics");
}

static struct str name_of(struct value *topic)
{
	return value_str(topic, "name");
}

static int by_name(const void *a, const void *b)
{
	const struct topic *x = a, *y = b;

	return str_cmp(x->name, y->name);
}

static int most_first(const void *a, const void *b)
{
	const struct topic *x = a, *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return str_cmp(x->name, y->name);
}

/* Says nothing on the product's own page, as "ember" does on that of ember-kettle. */
static bool names_product(struct str slug, struct str name)
{
	bool same = str_ieq(slug, name);

	while (!same && str_present(slug))
		same = str_ieq(str_split(&slug, '-'), name);
	return same;
}

/* Every topic of every thread, once for each, by name. */
static size_t gather(struct arena *a, struct str slug, struct value *threads,
		     struct topic **out)
{
	size_t all = 0, n = 0;

	for (size_t i = 0; i < threads->u.list.n; i++)
		all += topics_of(&threads->u.list.items[i])->u.list.n;
	*out = arena_array(a, struct topic, all);
	for (size_t i = 0; i < threads->u.list.n; i++) {
		struct value *topics = topics_of(&threads->u.list.items[i]);

		for (size_t k = 0; k < topics->u.list.n; k++) {
			struct str name = name_of(&topics->u.list.items[k]);

			if (!names_product(slug, name))
				(*out)[n++].name = name;
		}
	}
	if (n)
		qsort(*out, n, sizeof(**out), by_name);
	return n;
}

/* Keeps one of each that has at least two threads of `most` and not all. */
static size_t count_each(struct topic *topics, size_t n, size_t most)
{
	size_t kept = 0;

	for (size_t i = 0, from; i < n;) {
		for (from = i; i < n && str_eq(topics[i].name, topics[from].name);)
			i++;
		if (i - from >= 2 && i - from < most)
			topics[kept++] = (struct topic){ topics[from].name, STR_NONE, i - from };
	}
	return kept;
}

static void set_paths(struct arena *a, struct str slug, struct topic *topics, size_t n)
{
	struct str *names = arena_array(a, struct str, n);
	bool *clash = arena_array(a, bool, n);

	for (size_t i = 0; i < n; i++)
		names[i] = topics[i].name;
	path_clashes(names, n, clash);
	for (size_t i = 0; i < n; i++) {
		struct buf b = BUF_INIT;

		(clash[i] ? topic_path_long : topic_path)(&b, slug, names[i]);
		topics[i].path = buf_to_arena(&b, a);
	}
}

static void link_threads(struct value *threads, const struct topic *topics, size_t n)
{
	for (size_t i = 0; i < threads->u.list.n; i++) {
		struct value *list = topics_of(&threads->u.list.items[i]);

		for (size_t k = 0; k < list->u.list.n; k++) {
			struct value *topic = &list->u.list.items[k];
			const struct topic key = { .name = name_of(topic) };
			const struct topic *found =
				bsearch(&key, topics, n, sizeof(key), by_name);

			if (found)
				*value_member(topic, "path") = value_text(found->path);
		}
	}
}

struct value topics_find(struct worker *w, const struct choice *page,
			 struct value *threads)
{
	struct arena *a = &w->arena;
	struct topic *topics;
	/* What the rules call a topic is one on every page. */
	struct str slug = w->site->selection.topics_n ? STR("") : page->slug;
	size_t n = gather(a, slug, threads, &topics);
	struct value out;

	n = count_each(topics, n, threads->u.list.n);
	if (!n)
		return value_list(a, 0);
	if (n > TOPICS_MAX) {
		qsort(topics, n, sizeof(*topics), most_first);
		n = TOPICS_MAX;
		qsort(topics, n, sizeof(*topics), by_name);
	}
	set_paths(a, page->slug, topics, n);
	link_threads(threads, topics, n);
	qsort(topics, n, sizeof(*topics), most_first);
	out = value_list(a, n);
	for (size_t i = 0; i < n; i++) {
		struct value *v = &out.u.list.items[i];

		*v = value_object(a, 3);
		value_set(a, v, "name", value_text(topics[i].name));
		value_set(a, v, "count", count_value(w, topics[i].count));
		value_set(a, v, "path", value_text(topics[i].path));
	}
	return out;
}

static bool has_topic(struct value *thread, struct str name)
{
	struct value *topics = topics_of(thread);

	for (size_t i = 0; i < topics->u.list.n; i++)
		if (str_eq(name_of(&topics->u.list.items[i]), name))
			return true;
	return false;
}

static struct value threads_with(struct arena *a, const struct value *threads,
				 struct str name)
{
	size_t n = 0;
	struct value out;

	for (size_t i = 0; i < threads->u.list.n; i++)
		n += has_topic(&threads->u.list.items[i], name);
	out = value_list(a, n);
	for (size_t i = n = 0; n < out.u.list.n; i++)
		if (has_topic(&threads->u.list.items[i], name))
			out.u.list.items[n++] = threads->u.list.items[i];
	return out;
}

static int write_topic(struct worker *w, const struct choice *page,
		       const struct value *threads, struct value *topic,
		       struct diags *diags)
{
	struct arena *a = &w->arena;
	const struct view *view = &w->site->view;
	struct value scope = value_object(a, 8);
	struct str product = view_product_name(a, page->product), name = name_of(topic);
	const struct page_meta meta = {
		.path = value_str(topic, "path"),
		.title = arena_printf(a, "%.*s: %.*s", STR_ARG(product), STR_ARG(name)),
		/* A part of a page that is indexed as a whole. */
		.noindex = true,
	};

	value_set(a, &scope, "product", view_product(a, view, page));
	value_set(a, &scope, "disclosure", view_disclosure(a, view, page));
	value_set(a, &scope, "count", *value_member(topic, "count"));
	value_set(a, &scope, "threads", threads_with(a, threads, name));
	return page_write_content(w, w->site->topic, &meta, &scope, diags);
}

int topics_write(struct worker *w, const struct choice *page, const struct value *threads,
		 const struct value *topics, struct diags *diags)
{
	for (size_t i = 0; i < topics->u.list.n; i++)
		if (write_topic(w, page, threads, &topics->u.list.items[i], diags) < 0)
			return -1;
	return 0;
}
