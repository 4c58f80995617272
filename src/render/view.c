/* The model of threads and posts.  The site's own values are view-site.c's,
 * the bytes between two phases of a build view-pack.c's. */
#include "render/view.h"

#include "base/buf.h"
#include "base/seen.h"
#include "render/body.h"
#include "render/course.h"
#include "render/html.h"
#include "render/paths.h"
#include "render/visible.h"

#include <stdio.h>

/* Bodies stand below a page's title, a section and a thread's title. */
enum { BODY_HEADING = 4 };
/* What search engines show of a description, more or less, in characters. */
enum { EXCERPT = 160 };

struct str view_say(struct arena *a, const struct language *l, enum saying s,
		    const struct slot *slots)
{
	struct buf b = BUF_INIT;

	language_say(l, &b, s, slots);
	return buf_to_arena(&b, a);
}

struct value view_date(struct arena *a, const struct language *l, int64_t t)
{
	struct buf text = BUF_INIT;
	struct value v;
	char *instant;

	if (t == WHEN_NONE)
		return value_none();
	v = value_object(a, 3);
	instant = arena_alloc(a, WHEN_RFC3339);
	when_format(t, instant);
	language_date(l, &text, t);
	value_set(a, &v, "date", value_text(str_make(instant, WHEN_DATE - 1)));
	value_set(a, &v, "time", value_text(str_make(instant, WHEN_RFC3339 - 1)));
	value_set(a, &v, "text", value_text(buf_to_arena(&text, a)));
	return v;
}

struct value view_number(struct arena *a, const struct language *l, int64_t n)
{
	struct buf text = BUF_INIT;

	language_number(l, &text, n);
	return value_text(buf_to_arena(&text, a));
}

struct value view_span(struct arena *a, const struct language *l, int64_t seconds)
{
	struct buf text = BUF_INIT;

	language_span(l, &text, seconds);
	return value_text(buf_to_arena(&text, a));
}

struct value view_line(struct arena *a, struct str s)
{
	return value_text(visible_line(a, s));
}

struct value view_venue_name(struct arena *a, const struct venue *venue)
{
	return value_text(visible_name(a, venue->name, venue->slug));
}

/* What a stranger called something; instead, which may be absent, when nothing of
 * it can be seen. */
static struct value told(struct arena *a, const struct view *v, struct str s,
			 struct str instead, struct redacted *done)
{
	struct str seen = visible_name(a, s, instead);

	return value_text(redact_text(v->redactor, a, seen, done));
}

struct value view_url(struct arena *a, struct str url)
{
	struct buf b = BUF_INIT;
	struct value v = value_none();

	if (str_present(url) && url_safe(url, STR_NONE, &b))
		v = value_text(arena_str(a, buf_str(&b)));
	buf_release(&b);
	return v;
}

/* Where a licence can be read, for those that have one address. */
static struct value licence_url(struct arena *a, struct str name)
{
	static const struct {
		struct str prefix;
		const char *path;
	} known[] = {
		{ { "CC BY-SA ", 9 }, "licenses/by-sa" },
		{ { "CC BY-NC-SA ", 12 }, "licenses/by-nc-sa" },
		{ { "CC BY-NC ", 9 }, "licenses/by-nc" },
		{ { "CC BY ", 6 }, "licenses/by" },
		{ { "CC0 ", 4 }, "publicdomain/zero" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct str version = str_slice(name, known[i].prefix.n, name.n);

		if (!str_starts(name, known[i].prefix) || version.n != 3 ||
		    version.p[1] != '.')
			continue;
		return value_text(arena_printf(a, "https://creativecommons.org/%s/%.*s/",
					       known[i].path, STR_ARG(version)));
	}
	return value_none();
}

static struct value view_licence(struct arena *a, const struct view *view,
				 const struct thread *t, const struct post *p)
{
	struct str name = post_licence(t->venue, p);
	struct value v = value_object(a, 2);

	if (!str_present(name))
		return value_none();
	value_set(a, &v, "name",
		  value_text(visible_name(a, name, language_word(view->language,
								 SAY_UNNAMED_LICENCE))));
	value_set(a, &v, "url", licence_url(a, name));
	return v;
}

static struct value author_url(struct arena *a, const struct view *v, struct str url,
			       struct redacted *done)
{
	return redact_url(v->redactor, url, done) ? value_none() : view_url(a, url);
}

bool view_contributor_listed(const struct view *v, const struct contributor *c)
{
	return v->theme->page[THEME_CONTRIBUTOR] &&
	       contributor_listed(c, v->selection->day);
}

struct value view_contributor_path(struct arena *a, const struct view *v,
				   const struct contributor *c)
{
	if (!view_contributor_listed(v, c))
		return value_none();
	return value_text(path_in(a, contributor_path, c->slug));
}

/* A contributor's name and title come from the roster, not from the venue: the title
 * that was theirs when they wrote the post. */
static struct value view_author(struct arena *a, const struct view *v,
				const struct thread *t, const struct post *post,
				struct redacted *done)
{
	struct value out = value_object(a, 7);
	const struct author *author = post->author;
	int who = author ? roster_find(v->roster, t->venue->slug, author, post->created)
			 : ROSTER_NONE;
	const struct contributor *c = who >= 0 ? &v->config->contributors[who] : NULL;
	struct value name = value_text(language_word(v->language, SAY_DELETED_ACCOUNT));

	if (author)
		name = c ? view_line(a, c->name)
			 : told(a, v, author->name, language_word(v->language, SAY_UNNAMED),
				done);
	value_set(a, &out, "deleted", value_bool(!author));
	value_set(a, &out, "name", name);
	value_set(a, &out, "handle",
		  c && !str_eq(author->name, c->name)
			  ? told(a, v, author->name, STR_NONE, done)
			  : value_none());
	value_set(a, &out, "title",
		  c ? view_line(a, contributor_title(c, post->created)) : value_none());
	value_set(a, &out, "contributor", value_bool(who != ROSTER_NONE));
	value_set(a, &out, "path", c ? view_contributor_path(a, v, c) : value_none());
	value_set(a, &out, "url",
		  author_url(a, v, author ? author->url : STR_NONE, done));
	return out;
}

/* Ids on a page that shows several threads: no segment holds a '_'. */
static struct str anchor_of(struct arena *a, struct str venue, struct str id)
{
	struct buf b = BUF_INIT;

	buf_adds(&b, "t_");
	path_anchor(&b, venue);
	buf_addc(&b, '_');
	path_anchor(&b, id);
	return buf_to_arena(&b, a);
}

static struct str thread_anchor(struct arena *a, const struct thread *t)
{
	return anchor_of(a, t->venue->slug, t->id);
}

static struct str post_anchor(struct arena *a, struct str thread, struct str id)
{
	struct buf b = BUF_INIT;

	buf_addstr(&b, thread);
	buf_addc(&b, '_');
	path_anchor(&b, id);
	return buf_to_arena(&b, a);
}

struct str view_post_anchor(struct arena *a, const struct chosen_thread *thread,
			    struct str id)
{
	return post_anchor(a, anchor_of(a, thread->venue, thread->id), id);
}

/* What one body after the other is made in, and what was taken out of them. */
struct scratch {
	struct arena arena;
	struct buf html, text;
	const struct post **parents; /* of all posts, in another arena */
	const struct post *opening;  /* the first that is shown, and how it begins, */
	struct str excerpt;          /* in another arena */
	struct redacted done;
};

/* What a pattern gave up on is not shown, nor is anything else. */
static void tell_stopped(const struct redacted *done, struct str what,
			 const struct thread *t, struct diags *diags)
{
	diag_add(diags, DIAG_REGEX_LIMIT, done->stopped->where,
		 "the pattern '%.*s' gave up on the %.*s of '%.*s/%.*s'",
		 STR_ARG(done->stopped->pattern), STR_ARG(what),
		 STR_ARG(t->venue->slug), STR_ARG(t->id));
	diag_hint(diags, "repetition inside repetition, as in (a+)+, is the usual cause");
}

/* The words are for search engines, which are told of our own threads alone. */
static void set_body(struct arena *a, struct value *out, const struct view *v,
		     const struct thread *t, const struct post *p, struct scratch *s,
		     struct diags *diags)
{
	struct body_style style = {
		.base_url = str_present(p->url) ? p->url : t->url,
		.heading_base = BODY_HEADING,
		.copies = v->copies,
		.diags = diags,
	};
	struct body_tree tree;

	arena_reset(&s->arena);
	buf_reset(&s->html);
	buf_reset(&s->text);
	style.name = arena_printf(&s->arena, "post '%.*s' of '%.*s/%.*s'", STR_ARG(p->id),
				  STR_ARG(t->venue->slug), STR_ARG(t->id));
	body_read(&s->arena, p->format, p->body, &tree);
	if (tree.fallback) {
		diag_add(diags, DIAG_POST_AS_TEXT, NO_PLACE, "%.*s is shown as plain text: %s",
			 STR_ARG(style.name), tree.fallback);
		diag_hint(diags, "nothing of it is missing; mend its markup where it was "
				 "written and import it again");
	}
	redact_tree(v->redactor, &s->arena, tree.root, &s->done);
	body_html(&tree, &style, &s->html);
	value_set(a, out, "body", value_html(arena_str(a, buf_str(&s->html))));
	if (t->venue->own || p == s->opening)
		body_visible(&tree, 0, &s->text);
	value_set(a, out, "text",
		  t->venue->own ? value_text(arena_str(a, buf_str(&s->text)))
				: value_none());
	if (p == s->opening)
		s->excerpt = visible_excerpt(a, buf_str(&s->text), EXCERPT);
}

static struct value view_parent(struct arena *a, const struct view *v,
				const struct thread *t, const struct post *parent,
				struct str anchor)
{
	struct value out = value_object(a, 3);

	if (!parent || !post_shown(parent))
		return value_none();
	value_set(a, &out, "anchor", value_text(post_anchor(a, anchor, parent->id)));
	value_set(a, &out, "author", view_author(a, v, t, parent, NULL));
	value_set(a, &out, "first", value_bool(parent == t->posts));
	return out;
}

/* Where it isn't that of the pages. */
static struct value other_language(const struct view *v, struct str language)
{
	return str_ieq(language, v->config->language) ? value_none() : value_text(language);
}

static struct value view_lang(const struct view *v, const struct thread *t,
			      const struct post *p)
{
	return other_language(v, post_language(t->venue, p));
}

static struct value view_post(struct arena *a, const struct view *v,
			      const struct thread *t, const struct post *p,
			      const struct chosen_thread *chosen, struct str anchor,
			      struct scratch *scratch, struct diags *diags)
{
	struct value out = value_object(a, 16);
	enum ground ground = post_ground(t->venue, p->licence, p->permission);
	bool admits = chosen->wrong && str_eq(chosen->wrong_post, p->id);

	scratch->done.stopped = NULL;
	value_set(a, &out, "id", view_line(a, p->id));
	value_set(a, &out, "anchor", value_text(post_anchor(a, anchor, p->id)));
	value_set(a, &out, "author", view_author(a, v, t, p, &scratch->done));
	value_set(a, &out, "created", view_date(a, v->language, p->created));
	value_set(a, &out, "edited", view_date(a, v->language, p->edited));
	value_set(a, &out, "lang", view_lang(v, t, p));
	set_body(a, &out, v, t, p, scratch, diags);
	value_set(a, &out, "url", view_url(a, str_present(p->url) ? p->url : t->url));
	value_set(a, &out, "licence", view_licence(a, v, t, p));
	value_set(a, &out, "permission", value_bool(ground == GROUND_PERMISSION));
	value_set(a, &out, "terms", value_bool(ground == GROUND_OWN));
	value_set(a, &out, "score",
		  p->score ? view_number(a, v->language, p->score) : value_none());
	value_set(a, &out, "accepted",
		  value_bool(str_present(t->solved_by) && str_eq(t->solved_by, p->id)));
	value_set(a, &out, "admits", value_bool(admits));
	value_set(a, &out, "reply_to", view_parent(a, v, t, scratch->parents[p - t->posts], anchor));
	value_set(a, &out, "first", value_bool(p == t->posts));
	if (scratch->done.stopped)
		tell_stopped(&scratch->done,
			     arena_printf(a, "post '%.*s'", STR_ARG(p->id)), t, diags);
	return out;
}

static struct value view_posts(struct arena *a, const struct view *v,
			       const struct thread *t, const struct chosen_thread *chosen,
			       struct str anchor, size_t *counts, struct str *excerpt,
			       struct diags *diags)
{
	struct scratch scratch = {
		.arena = ARENA_INIT, .html = BUF_INIT, .text = BUF_INIT,
		.parents = thread_parents(a, t), .excerpt = STR(""), .done = { counts, NULL },
	};
	struct value out = value_list(a, t->posts_n);
	size_t n = 0;

	for (size_t i = 0; i < t->posts_n; i++) {
		if (!post_shown(&t->posts[i]))
			continue;
		if (!n)
			scratch.opening = &t->posts[i];
		out.u.list.items[n++] = view_post(a, v, t, &t->posts[i], chosen, anchor,
						  &scratch, diags);
	}
	*excerpt = scratch.excerpt;
	out.u.list.n = n;
	buf_release(&scratch.html);
	buf_release(&scratch.text);
	arena_release(&scratch.arena);
	return out;
}

static struct value view_admission(struct arena *a, const struct view *v,
				   const struct thread *t,
				   const struct chosen_thread *chosen, struct str anchor,
				   struct diags *diags)
{
	const struct post *p = thread_post(t, chosen->wrong_post);
	struct value out = value_object(a, 6);
	struct redacted done = { NULL, NULL };

	if (!chosen->wrong || !p)
		return value_none();
	value_set(a, &out, "quote", told(a, v, chosen->wrong_quote, STR_NONE, &done));
	if (done.stopped)
		tell_stopped(&done, STR("admission"), t, diags);
	value_set(a, &out, "confirmed", value_bool(str_present(chosen->wrong_by)));
	value_set(a, &out, "lang", view_lang(v, t, p));
	value_set(a, &out, "author", view_author(a, v, t, p, NULL));
	value_set(a, &out, "created", view_date(a, v->language, p->created));
	value_set(a, &out, "anchor", value_text(post_anchor(a, anchor, p->id)));
	return out;
}

static struct value view_venue(struct arena *a, const struct venue *venue)
{
	struct value out = value_object(a, 4);

	value_set(a, &out, "slug", value_text(venue->slug));
	value_set(a, &out, "name", view_venue_name(a, venue));
	value_set(a, &out, "url", view_url(a, venue->url));
	value_set(a, &out, "own", value_bool(venue->own));
	return out;
}

void view_thread_path(struct buf *out, const struct view *v,
		      const struct chosen_thread *thread)
{
	if (v->long_path[thread - v->selection->threads])
		thread_path_long(out, thread->venue, thread->id);
	else
		thread_path(out, thread->venue, thread->id);
}

static struct value view_path(struct arena *a, const struct view *v,
			      const struct chosen_thread *chosen)
{
	struct buf b = BUF_INIT;

	view_thread_path(&b, v, chosen);
	return value_text(buf_to_arena(&b, a));
}

/* What is found in it counts only where the posts stand too. */
static struct value view_counted_title(struct arena *a, const struct view *v,
				       const struct thread *t, size_t *counts,
				       struct diags *diags)
{
	struct redacted done = { counts, NULL };
	struct value title = told(a, v, t->title,
				  language_word(v->language, SAY_UNTITLED), &done);

	if (done.stopped)
		tell_stopped(&done, STR("title"), t, diags);
	return title;
}

struct value view_thread_title(struct arena *a, const struct view *v,
			       const struct thread *t, struct diags *diags)
{
	return view_counted_title(a, v, t, NULL, diags);
}

struct value view_title_lang(const struct view *v, const struct thread *t)
{
	return other_language(v, t->language.n ? t->language : t->venue->language);
}

/* What the rules say that it is about. */
static struct value ruled_topics(struct arena *a, const struct selection *s,
				 const struct chosen_thread *chosen)
{
	struct value out = value_list(a, s->topics_n);
	size_t n = 0;

	for (size_t i = 0; i < s->topics_n; i++) {
		struct value *topic = &out.u.list.items[n];

		if (!(chosen->topics >> i & 1))
			continue;
		*topic = value_object(a, 2);
		value_set(a, topic, "name", view_line(a, s->topics[i].title));
		value_set(a, topic, "path", value_none());
		n++;
	}
	out.u.list.n = n;
	return out;
}

/* Its tags as topics, each name once; those that a page lists get their path there. */
static struct value view_topics(struct arena *a, const struct view *v,
				const struct thread *t, size_t *counts, struct diags *diags)
{
	struct value out = value_list(a, t->tags_n);
	struct redacted done = { counts, NULL };
	struct seen names = SEEN_INIT;
	size_t n = 0;

	for (size_t i = 0; i < t->tags_n; i++) {
		struct value name = told(a, v, t->tags[i], STR_NONE, &done);
		struct value *topic = &out.u.list.items[n];

		if (name.kind != VALUE_TEXT || seen_add(&names, name.u.text, STR(""), 1))
			continue;
		*topic = value_object(a, 2);
		value_set(a, topic, "name", name);
		value_set(a, topic, "path", value_none());
		n++;
	}
	seen_release(&names);
	if (done.stopped)
		tell_stopped(&done, STR("tags"), t, diags);
	out.u.list.n = n;
	return out;
}

/* Whose candidate it is. */
static struct value view_products(struct arena *a, const struct view *v,
				  const struct chosen_thread *chosen)
{
	struct value out = value_list(a, chosen->products_n);

	for (size_t i = 0; i < chosen->products_n; i++) {
		const struct choice *page = &v->selection->pages[chosen->products[i]];
		struct value *product = &out.u.list.items[i];

		*product = value_object(a, 2);
		value_set(a, product, "name", value_text(view_page_name(a, page)));
		value_set(a, product, "path",
			  page->skipped ? value_none() : value_text(view_page_path(a, page)));
	}
	return out;
}

static struct value view_head(struct arena *a, const struct view *v,
			      const struct thread *t, const struct chosen_thread *chosen,
			      struct str anchor, size_t *counts, struct diags *diags)
{
	struct value out = value_object(a, 19);

	value_set(a, &out, "id", view_line(a, t->id));
	value_set(a, &out, "venue", view_venue(a, t->venue));
	value_set(a, &out, "anchor", value_text(anchor));
	value_set(a, &out, "path", view_path(a, v, chosen));
	value_set(a, &out, "title", view_counted_title(a, v, t, counts, diags));
	value_set(a, &out, "lang", view_title_lang(v, t));
	value_set(a, &out, "url", view_url(a, t->url));
	value_set(a, &out, "products", view_products(a, v, chosen));
	value_set(a, &out, "created", view_date(a, v->language, t->created));
	value_set(a, &out, "activity", view_date(a, v->language, chosen->activity));
	value_set(a, &out, "wrong", value_bool(chosen->wrong));
	value_set(a, &out, "solved", value_bool(chosen->solved));
	value_set(a, &out, "thanked", value_bool(chosen->thanked));
	value_set(a, &out, "admission", view_admission(a, v, t, chosen, anchor, diags));
	return out;
}

struct value view_thread_head(struct arena *a, const struct view *v,
			      const struct thread *t, const struct chosen_thread *chosen,
			      struct diags *diags)
{
	return view_head(a, v, t, chosen, thread_anchor(a, t), NULL, diags);
}

struct value view_thread(struct arena *a, const struct view *v, const struct thread *t,
			 const struct chosen_thread *chosen, size_t *counts,
			 struct diags *diags)
{
	struct str anchor = thread_anchor(a, t);
	struct str excerpt;
	struct value posts = view_posts(a, v, t, chosen, anchor, counts, &excerpt, diags);
	struct value out = view_head(a, v, t, chosen, anchor, counts, diags);

	value_set(a, &out, "topics", v->selection->topics_n
					     ? ruled_topics(a, v->selection, chosen)
					     : view_topics(a, v, t, counts, diags));
	value_set(a, &out, "posts_count",
		  view_number(a, v->language, (int64_t)posts.u.list.n));
	value_set(a, &out, "excerpt", excerpt.n ? value_text(excerpt) : value_none());
	value_set(a, &out, "posts", posts);
	value_set(a, &out, "timeline", course_timeline(a, v->language, t, chosen, &posts));
	course_fold(a, v->language, &out);
	return out;
}
