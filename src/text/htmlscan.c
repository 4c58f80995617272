/*
 * The cutting of HTML into tokens.  Which
 * element contains which is the parser's to say, not this file's.
 */
#include "text/htmlscan.h"

#include "base/mem.h"
#include "text/elements.h"
#include "text/htmltoken.h"

#include <stdlib.h>

struct scanner {
	struct html_scan *out;
	const char *at, *end;
	long dropped;     /* opened and not closed of ELEMENT_DROP */
	const char *why;
};

static void add_run(struct html_scan *out, struct str run)
{
	struct str *last = out->n ? &out->runs[out->n - 1] : NULL;

	if (last && str_end(*last) == run.p) {
		last->n += run.n;
		return;
	}
	GROW(out->runs, out->n, out->cap);
	out->runs[out->n++] = run;
	buf_addc(&out->tags, HTML_MARK);
}

/* Text up to the next '<'.  The parser places blanks otherwise than text. */
static void text(struct scanner *s)
{
	const char *end = memchr(s->at, '<', (size_t)(s->end - s->at));
	struct str run = str_make(s->at, (size_t)((end ? end : s->end) - s->at));

	s->at += run.n;
	if (str_trim(run).n)
		add_run(s->out, run);
	else
		buf_addstr(&s->out->tags, run);
}

/* Behind the first c from `at` on, or NULL. */
static const char *behind(const struct scanner *s, const char *at, char c)
{
	const char *p = at < s->end ? memchr(at, c, (size_t)(s->end - at)) : NULL;

	return p ? p + 1 : NULL;
}

/* at is behind a tag's name.  Behind its '>', or NULL. */
static const char *attributes_end(struct scanner *s, const char *at)
{
	unsigned n = 0;
	const char *end = html_tag_end(at, s->end, &n);

	if (n <= HTML_ATTRIBUTES)
		return end;
	s->why = "a tag with more than 100 attributes";
	return NULL;
}

/* Behind the end tag of a raw-text element whose text begins at `at`. */
static const char *raw_end(struct scanner *s, const char *at, struct str name, bool shown)
{
	const char *end = html_raw_end(at, s->end, name);

	if (end && shown && str_trim(str_make(at, (size_t)(end - at))).n)
		s->why = ELEMENT_TEXT_LOST;
	return end && !s->why ? attributes_end(s, end + 2 + name.n) : NULL;
}

/* The parser ends a name at any other character, which would make a script of
 * what is called "script\x20" and means nothing to a browser. */
static bool has_plain_name(struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!html_letter(c) && !(c >= '0' && c <= '9') && !strchr(":-_.", c))
			return false;
	}
	return true;
}

/* at is behind '<' or "</" and on a letter.  Behind the tag, or the whole
 * element if its text is raw; NULL when that doesn't end. */
static const char *tag(struct scanner *s, const char *at, bool closing)
{
	struct str n = html_name(at, s->end);
	const struct element *e = element_find(n);
	const char *end = attributes_end(s, str_end(n));

	if (end && e && e->fate == ELEMENT_RAW)
		return closing ? end : raw_end(s, end, n, e->shown);
	if (end && e && e->fate == ELEMENT_DROP)
		s->dropped += closing ? -(s->dropped > 0) : end[-2] != '/';
	if (end && has_plain_name(n))
		buf_add(&s->out->tags, s->at, (size_t)(end - s->at));
	return end;
}

/* s->at is '<'. */
static const char *markup(struct scanner *s)
{
	const char *at = s->at + 1;
	struct str rest = str_make(at, (size_t)(s->end - at));

	if (rest.n && html_letter(at[0]))
		return tag(s, at, false);
	if (rest.n > 1 && at[0] == '/' && html_letter(at[1]))
		return tag(s, at + 1, true);
	if (str_starts(rest, STR("!--")))
		return html_comment_end(at + 3, s->end);
	if (rest.n && (at[0] == '!' || at[0] == '?' || (at[0] == '/' && rest.n > 1)))
		return behind(s, at, '>');
	add_run(s->out, str_make(s->at, 1));
	return at;
}

const char *html_scan(struct html_scan *scan, struct str html)
{
	struct scanner s = { .out = scan, .at = html.p, .end = str_end(html) };

	*scan = (struct html_scan){ .tags = BUF_INIT };
	buf_room(&scan->tags, html.n / 2 + 16);
	buf_addlit(&scan->tags, "<div>");
	while (s.at && s.at < s.end) {
		if (*s.at == '<')
			s.at = markup(&s);
		else
			text(&s);
	}
	buf_addlit(&scan->tags, "</div>");
	if (s.why)
		return s.why;
	return s.at && !s.dropped ? NULL : "unclosed markup";
}

void html_scan_release(struct html_scan *scan)
{
	buf_release(&scan->tags);
	free(scan->runs);
}
