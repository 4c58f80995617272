/* The markers in one page of a shop.  What goes between them, and whether there is
 * such a product, is place.c's. */
#include "place-markers.h"

#include "base/mem.h"
#include "base/seen.h"
#include "base/utf8.h"
#include "text/elements.h"
#include "text/htmltoken.h"

#include <stdlib.h>

/* Bytes of a comment that are looked at for a marker where none counts: many such
 * comments in one another would be read again and again. */
enum { LOOKED_INTO = 256 };

struct scan {
	struct spots *spots;
	const char *path;
	struct str page;
	bool open;        /* the last spot has no end yet */
	struct seen seen; /* (slug, ""): the line of its place */
	const char *told; /* up to here lines and columns are counted */
	unsigned long line, column;
	int status;
	struct diags *diags;
};

/* Whoever asks goes forwards: no byte is counted twice. */
static struct place place_of(struct scan *s, const char *at)
{
	const char *end;

	while ((end = memchr(s->told, '\n', (size_t)(at - s->told)))) {
		s->told = end + 1;
		s->line++;
		s->column = 1;
	}
	s->column += utf8_count(str_make(s->told, (size_t)(at - s->told)));
	s->told = at;
	return place_line(s->path, s->line, s->column);
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

static bool is_marker(struct str text)
{
	return is_start(text) || is_end(text);
}

static void broken(struct scan *s)
{
	s->status = -1;
	diag_hint(s->diags, "a place is '<!-- candor:SLUG -->', then '<!-- /candor -->'");
}

static void ignored(struct scan *s, const char *at, const char *why)
{
	diag_add(s->diags, DIAG_MARKER_IGNORED, place_of(s, at),
		 "this marker is left alone: %s", why);
}

/* Warns of what looks like a marker from at up to end, where a browser sees none. */
static void look_into(struct scan *s, const char *at, const char *end, const char *why)
{
	while (at < end) {
		struct str rest = str_make(at, (size_t)(end - at)), text;
		size_t open = str_find(rest, STR("<!--"));
		size_t n;

		if (open == rest.n)
			return;
		text = str_slice(rest, open + 4, open + LOOKED_INTO);
		n = str_find(text, STR("-->"));
		if (n < text.n && is_marker(str_trim(str_slice(text, 0, n))))
			ignored(s, at + open, why);
		at += open + 4;
	}
}

static void check_twice(struct scan *s, struct str slug, struct place where)
{
	uint64_t line = seen_add(&s->seen, slug, STR(""), where.line);

	if (!line)
		return;
	diag_add(s->diags, DIAG_MARKER_BROKEN, where,
		 "'%.*s' has a place in this page already, in line %llu",
		 STR_ARG(slug), (unsigned long long)line);
	diag_hint(s->diags, "twice the same would give two elements one id");
	s->status = -1;
}

static void start(struct scan *s, struct str slug, const char *at, const char *behind)
{
	struct spots *all = s->spots;
	struct place where;

	for (size_t i = 0; i < slug.n; i++)
		if (html_blank(slug.p[i]))
			slug.n = 0;
	if (!slug.n) {
		ignored(s, at, "no product's slug follows 'candor:'");
		return;
	}
	where = place_of(s, at);
	if (s->open) {
		const struct spot *last = &all->items[all->n - 1];

		diag_add(s->diags, DIAG_MARKER_BROKEN, where,
			 "the place of '%.*s', from line %lu on, has no end before this "
			 "marker of '%.*s'", STR_ARG(last->slug), last->line,
			 STR_ARG(slug));
		broken(s);
	}
	check_twice(s, slug, where);
	GROW(all->items, all->n, all->cap);
	all->items[all->n++] = (struct spot){ slug, where.line, where.column,
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
static const char *tag(struct scan *s, const char *at, const char *end, bool closing)
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
	struct scan s = { .spots = spots, .path = path, .page = page, .seen = SEEN_INIT,
			  .told = page.p, .line = 1, .column = 1, .diags = diags };
	const char *at = page.p, *end = str_end(page);

	*spots = (struct spots)SPOTS_INIT;
	while (at && at < end && (at = memchr(at, '<', (size_t)(end - at))))
		at = markup(&s, at, end);
	if (s.open) {
		const struct spot *last = &spots->items[spots->n - 1];

		diag_add(diags, DIAG_MARKER_BROKEN,
			 place_line(path, last->line, last->column),
			 "the place of '%.*s' has no end", STR_ARG(last->slug));
		broken(&s);
	}
	seen_release(&s.seen);
	return s.status;
}

void spots_release(struct spots *spots)
{
	free(spots->items);
	*spots = (struct spots)SPOTS_INIT;
}
