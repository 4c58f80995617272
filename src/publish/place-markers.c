/* The markers in one page of a shop.  What goes between them, and whether there is
 * such a product, is place.c's. */
#include "place-markers.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "text/elements.h"
#include "text/htmltoken.h"

#include <stdlib.h>

struct scan {
	struct spots *spots;
	const char *path;
	struct str page;
	bool open; /* the last spot has no end yet */
	int status;
	struct diags *diags;
};

struct place spot_place(const char *path, struct str page, size_t at)
{
	size_t start = at;
	unsigned long line = 1;

	while (start && page.p[start - 1] != '\n')
		start--;
	for (size_t i = 0; i < start; i++)
		line += page.p[i] == '\n';
	return place_line(path, line, utf8_count(str_slice(page, start, at)) + 1);
}

static struct place place_of(const struct scan *s, const char *at)
{
	return spot_place(s->path, s->page, (size_t)(at - s->page.p));
}

static unsigned long line_of(const struct scan *s, const struct spot *spot)
{
	return spot_place(s->path, s->page, spot->at).line;
}

/* What stands in a comment, without blanks. */
static bool is_end(struct str text)
{
	return str_is(text, "/candor");
}

static bool is_start(struct str text)
{
	return str_starts(text, STR("candor:"));
}

static void broken(struct scan *s)
{
	s->status = -1;
	diag_hint(s->diags, "a place is '<!-- candor:SLUG -->', then '<!-- /candor -->'");
}

static void ignored(const struct scan *s, const char *at, const char *why)
{
	diag_add(s->diags, DIAG_MARKER_IGNORED, place_of(s, at),
		 "this marker is left alone: %s", why);
}

/* Warns of what looks like a marker from at up to end, where a browser sees none. */
static void look_into(const struct scan *s, const char *at, const char *end,
		      const char *why)
{
	while (at < end) {
		struct str rest = str_make(at, (size_t)(end - at)), text;
		size_t open = str_find(rest, STR("<!--"));
		size_t n;

		if (open == rest.n)
			return;
		text = str_slice(rest, open + 4, rest.n);
		n = str_find(text, STR("-->"));
		if (n == text.n)
			return;
		text = str_trim(str_slice(text, 0, n));
		if (is_start(text) || is_end(text))
			ignored(s, at + open, why);
		at += open + 4;
	}
}

static void check_twice(struct scan *s, struct str slug, const char *at)
{
	for (size_t i = 0; i < s->spots->n; i++) {
		const struct spot *first = &s->spots->items[i];

		if (!str_eq(first->slug, slug))
			continue;
		diag_add(s->diags, DIAG_MARKER_BROKEN, place_of(s, at),
			 "'%.*s' has a place in this page already, in line %lu",
			 STR_ARG(slug), line_of(s, first));
		diag_hint(s->diags, "twice the same would give two elements one id");
		s->status = -1;
		return;
	}
}

static void start(struct scan *s, struct str slug, const char *at, const char *behind)
{
	struct spots *all = s->spots;

	for (size_t i = 0; i < slug.n; i++)
		if (html_blank(slug.p[i]))
			slug.n = 0;
	if (!slug.n) {
		ignored(s, at, "no product's slug follows 'candor:'");
		return;
	}
	if (s->open) {
		const struct spot *last = &all->items[all->n - 1];

		diag_add(s->diags, DIAG_MARKER_BROKEN, place_of(s, at),
			 "the place of '%.*s', from line %lu on, has no end before this "
			 "marker of '%.*s'", STR_ARG(last->slug), line_of(s, last),
			 STR_ARG(slug));
		broken(s);
	}
	check_twice(s, slug, at);
	GROW(all->items, all->n, all->cap);
	all->items[all->n++] = (struct spot){ slug, (size_t)(at - s->page.p),
					      (size_t)(behind - s->page.p), 0 };
	s->open = true;
}

static void finish(struct scan *s, const char *at)
{
	if (s->open) {
		s->spots->items[s->spots->n - 1].to = (size_t)(at - s->page.p);
		s->open = false;
		return;
	}
	diag_add(s->diags, DIAG_MARKER_BROKEN, place_of(s, at),
		 "an end without a marker of a product before it");
	broken(s);
}

/* at is "<!--".  Behind the comment, or NULL. */
static const char *comment(struct scan *s, const char *at, const char *end)
{
	const char *behind = html_comment_end(at + 4, end);
	struct str text;

	/* A browser takes shorter and longer ends too; a marker has the plain one. */
	if (!behind || behind - at < 7 || behind[-2] != '-') {
		look_into(s, at, behind ? behind : end, "it stands in another comment");
		return behind;
	}
	text = str_trim(str_make(at + 4, (size_t)(behind - 3 - (at + 4))));
	if (is_start(text))
		start(s, str_trim(str_slice(text, 7, text.n)), at, behind);
	else if (is_end(text))
		finish(s, at);
	else
		look_into(s, at + 4, behind, "it stands in another comment");
	return behind;
}

/* at is behind '<' or "</" and on a letter.  Behind the tag, or behind the text of
 * an element whose text is raw; NULL when that doesn't end. */
static const char *tag(const struct scan *s, const char *at, const char *end, bool closing)
{
	struct str name = html_name(at, end);
	const struct element *e = element_find(name);
	const char *text = html_tag_end(str_end(name), end, NULL), *behind;

	look_into(s, at, text ? text : end, "it stands in a tag");
	if (!text || closing || !e || e->fate != ELEMENT_RAW)
		return text;
	behind = html_raw_end(text, end, name);
	look_into(s, text, behind ? behind : end,
		  "it stands in an element whose text is not HTML to a browser");
	return behind;
}

/* at is '<'. */
static const char *markup(struct scan *s, const char *at, const char *end)
{
	struct str rest = str_make(at + 1, (size_t)(end - at - 1));

	if (rest.n && html_letter(rest.p[0]))
		return tag(s, at + 1, end, false);
	if (rest.n > 1 && rest.p[0] == '/' && html_letter(rest.p[1]))
		return tag(s, at + 2, end, true);
	if (str_starts(rest, STR("!--")))
		return comment(s, at, end);
	if (rest.n && strchr("!?/", rest.p[0]))
		return memchr(at, '>', (size_t)(end - at));
	return at + 1;
}

int spots_find(struct spots *spots, const char *path, struct str page,
	       struct diags *diags)
{
	struct scan s = { .spots = spots, .path = path, .page = page, .diags = diags };
	const char *at = page.p, *end = str_end(page);

	*spots = (struct spots)SPOTS_INIT;
	while (at && at < end && (at = memchr(at, '<', (size_t)(end - at))))
		at = markup(&s, at, end);
	if (s.open) {
		const struct spot *last = &spots->items[spots->n - 1];

		diag_add(diags, DIAG_MARKER_BROKEN, spot_place(path, page, last->at),
			 "the place of '%.*s' has no end", STR_ARG(last->slug));
		broken(&s);
	}
	return s.status;
}

void spots_release(struct spots *spots)
{
	free(spots->items);
	*spots = (struct spots)SPOTS_INIT;
}
