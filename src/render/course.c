/* The course of a conversation.  How it looks is the theme's. */
#include "render/course.h"

#include "base/mem.h"
#include "render/view.h"

/* A page of this many posts is read without folding; a fold of fewer than
 * FOLD_RUN saves no room. */
enum { FOLD_ABOVE = 8, FOLD_RUN = 3 };

enum happening { ASKED, ANSWERED, ADMITTED, SOLVED, HAPPENINGS };

struct event {
	bool happened;
	int64_t at;               /* WHEN_NONE: nobody knows */
	const struct value *post; /* NULL: not shown */
};

static bool ours(const struct value *post)
{
	return value_yes(value_get(post, STR("author")), "contributor");
}

static void happens(struct event *e, const struct post *p, const struct value *post)
{
	if (!e->happened)
		*e = (struct event){ true, p->created, post };
}

/* A thread that our own people began is answered by others: no feat of ours. */
static void read_posts(struct event *events, const struct thread *t,
		       const struct value *posts)
{
	const struct value *post = posts->u.list.items;
	bool theirs = true;

	for (size_t i = 0; i < t->posts_n; i++) {
		const struct post *p = &t->posts[i];

		if (!post_shown(p))
			continue;
		if (i == 0) {
			happens(&events[ASKED], p, post);
			theirs = !ours(post);
		} else if (theirs && ours(post)) {
			happens(&events[ANSWERED], p, post);
		}
		if (value_yes(post, "admits"))
			happens(&events[ADMITTED], p, post);
		if (value_yes(post, "accepted"))
			happens(&events[SOLVED], p, post);
		post++;
	}
}

static struct value view_event(struct arena *a, const struct language *l,
			       enum happening kind, const struct event *e, int64_t asked)
{
	static const char *const names[] = { "asked", "answered", "admitted", "solved" };
	struct value v = value_object(a, HAPPENINGS + 4);

	for (size_t i = 0; i < HAPPENINGS; i++)
		value_set(a, &v, names[i], value_bool(i == kind));
	value_set(a, &v, "date", view_date(a, l, e->at));
	value_set(a, &v, "after",
		  e->at > asked ? view_span(a, l, e->at - asked) : value_none());
	value_set(a, &v, "anchor",
		  e->post ? *value_get(e->post, STR("anchor")) : value_none());
	value_set(a, &v, "author",
		  e->post ? *value_get(e->post, STR("author")) : value_none());
	return v;
}

/* What has no time comes last. */
static bool before(const struct event *a, const struct event *b)
{
	return a->at != WHEN_NONE && (b->at == WHEN_NONE || a->at < b->at);
}

struct value course_timeline(struct arena *a, const struct language *l,
			     const struct thread *t,
			     const struct chosen_thread *chosen,
			     const struct value *posts)
{
	struct event events[HAPPENINGS] = { 0 };
	enum happening order[HAPPENINGS];
	struct value out = value_list(a, HAPPENINGS);
	size_t n = 0;

	read_posts(events, t, posts);
	/* The first post may be gone; that there was one is no secret. */
	if (!events[ASKED].happened)
		events[ASKED] = (struct event){ true, t->created, NULL };
	if (chosen->solved && !events[SOLVED].happened)
		events[SOLVED] = (struct event){ true, WHEN_NONE, NULL };
	for (size_t i = 0; i < HAPPENINGS; i++) {
		size_t at = n;

		if (!events[i].happened)
			continue;
		for (; at > 0 && before(&events[i], &events[order[at - 1]]); at--)
			order[at] = order[at - 1];
		order[at] = (enum happening)i;
		n++;
	}
	for (size_t i = 0; i < n; i++)
		out.u.list.items[i] = view_event(a, l, order[i], &events[order[i]],
						 events[ASKED].at);
	out.u.list.n = n;
	return out;
}

static bool named(const struct value *timeline, struct str anchor)
{
	for (size_t i = 0; i < timeline->u.list.n; i++) {
		const struct value *v = value_get(&timeline->u.list.items[i], STR("anchor"));

		if (v->kind == VALUE_TEXT && str_eq(v->u.text, anchor))
			return true;
	}
	return false;
}

static bool may_fold(const struct value *posts, size_t i, const struct value *timeline)
{
	return i > 0 && i + 1 < posts->u.list.n &&
	       !named(timeline, value_get(&posts->u.list.items[i], STR("anchor"))->u.text);
}

/* How many posts from here on can be folded together; 0 if not enough. */
static size_t fold_run(const struct value *posts, size_t from, const struct value *timeline)
{
	size_t i = from;

	while (posts->u.list.n > FOLD_ABOVE && i < posts->u.list.n &&
	       may_fold(posts, i, timeline))
		i++;
	return i - from >= FOLD_RUN ? i - from : 0;
}

static struct value view_group(struct arena *a, const struct language *l,
			       const struct value *posts, size_t from, size_t n,
			       bool folded)
{
	struct value out = value_object(a, 3);
	struct value run = *posts;

	run.u.list.items += from;
	run.u.list.n = n;
	value_set(a, &out, "folded", value_bool(folded));
	value_set(a, &out, "count", view_number(a, l, (int64_t)n));
	value_set(a, &out, "posts", run);
	return out;
}

void course_fold(struct arena *a, const struct language *l, struct value *thread)
{
	const struct value *posts = value_get(thread, STR("posts"));
	const struct value *timeline = value_get(thread, STR("timeline"));
	struct value groups = value_list(a, posts->u.list.n);
	size_t n = 0, open = 0;

	for (size_t i = 0; i < posts->u.list.n;) {
		size_t run = fold_run(posts, i, timeline);

		if (run && i > open)
			groups.u.list.items[n++] = view_group(a, l, posts, open, i - open,
							      false);
		if (run)
			groups.u.list.items[n++] = view_group(a, l, posts, i, run, true);
		i += run ? run : 1;
		open = run ? i : open;
	}
	if (open < posts->u.list.n)
		groups.u.list.items[n++] = view_group(a, l, posts, open,
						      posts->u.list.n - open, false);
	groups.u.list.n = n;
	value_set(a, thread, "groups", groups);
}
