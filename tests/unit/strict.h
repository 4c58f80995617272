#ifndef UNIT_STRICT_H
#define UNIT_STRICT_H

#include "base/buf.h"

#include <stdio.h>

/*
 * Reads the HTML of a post as a browser would, and finds fault with whatever
 * isn't exactly one of the forms that may occur: an independent judge of the
 * serialiser and of the content model, sharing no table with either.
 */
struct strict {
	const char *at, *end;
	const char *open[256]; /* names of the open elements */
	size_t depth;
	char fault[200];
};

static const char *const strict_blocks =
	" p h1 h2 h3 h4 h5 h6 blockquote pre ul ol table details dl ";
static const char *const strict_inlines =
	" em strong del sub sup kbd u mark small abbr code a ";

static inline bool strict_in(const char *list, const char *name)
{
	char padded[40];

	snprintf(padded, sizeof(padded), " %s ", name);
	return strstr(list, padded);
}

static inline bool strict_fail(struct strict *s, const char *what)
{
	if (!s->fault[0])
		snprintf(s->fault, sizeof(s->fault), "%s at '%.60s'", what,
			 s->at < s->end ? s->at : "end");
	return false;
}

static inline bool strict_take(struct strict *s, const char *text)
{
	size_t n = strlen(text);

	if ((size_t)(s->end - s->at) < n || memcmp(s->at, text, n))
		return false;
	s->at += n;
	return true;
}

/* One character of text or of an attribute's value. */
static inline bool strict_character(struct strict *s)
{
	static const char *const references[] = {
		"&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#96;", "&#9;", "&#10;",
		"&#13;",
	};
	unsigned char c = (unsigned char)*s->at;

	for (size_t i = 0; i < sizeof(references) / sizeof(references[0]); i++)
		if (strict_take(s, references[i]))
			return true;
	if (c == 0x7f || (c < 0x20 && c != '\t' && c != '\n') || strchr("&<>\"'`", c))
		return strict_fail(s, "a character that must be escaped");
	s->at++;
	return true;
}

static inline bool strict_value(struct strict *s)
{
	while (s->at < s->end && *s->at != '"')
		if (!strict_character(s))
			return false;
	return strict_take(s, "\"") || strict_fail(s, "an open attribute");
}

static inline bool strict_href(struct strict *s)
{
	static const char *const starts[] = { "http://", "https://", "mailto:", "#" };
	bool good = false;

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]) && !good; i++)
		good = strict_take(s, starts[i]);
	return (good || strict_fail(s, "an address")) && strict_value(s) &&
	       (strict_take(s, " rel=\"nofollow ugc noopener\">") ||
		strict_fail(s, "an attribute of a"));
}

static inline size_t strict_run(struct strict *s, const char *of)
{
	const char *from = s->at;

	while (s->at < s->end && *s->at && strchr(of, *s->at))
		s->at++;
	return (size_t)(s->at - from);
}

/* A copy of the site's own, its address beginning with VALUE_ROOT: nothing else
 * is ever loaded. */
static inline bool strict_copy(struct strict *s)
{
	if (strict_run(s, "0123456789abcdef") != 32 ||
	    !(strict_take(s, ".png\"") || strict_take(s, ".jpg\"") ||
	      strict_take(s, ".gif\"") || strict_take(s, ".webp\"")))
		return strict_fail(s, "an address of a copy");
	return strict_take(s, " alt=\"") && strict_value(s) &&
	       strict_take(s, " width=\"") && strict_run(s, "0123456789") &&
	       strict_take(s, "\" height=\"") && strict_run(s, "0123456789") &&
	       strict_take(s, "\" loading=\"lazy\" decoding=\"async\">");
}

static inline bool strict_within(struct strict *s, const char *name)
{
	for (size_t i = 0; i < s->depth; i++)
		if (!strcmp(s->open[i], name))
			return true;
	return false;
}

/* May name stand directly in parent?  Text is "". */
static inline bool strict_fits(struct strict *s, const char *name)
{
	const char *parent = s->depth ? s->open[s->depth - 1] : "root";
	static const struct {
		const char *child, *parents;
	} rules[] = {
		{ "li", " ul ol " }, { "tr", " thead tbody " }, { "td", " tr " },
		{ "th", " tr " }, { "thead", " table " }, { "tbody", " table " },
		{ "dt", " dl " }, { "dd", " dl " }, { "summary", " details " },
	};
	static const char *const flow = " root blockquote li td th dd details ";
	static const char *const lines =
		" p h1 h2 h3 h4 h5 h6 li td th dd dt summary ";

	if (strict_within(s, "pre") && *name && !strcmp(parent, "code"))
		return false;
	if (!strcmp(parent, "pre"))
		return !strcmp(name, "code");
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (!strcmp(name, rules[i].child))
			return strict_in(rules[i].parents, parent);
	if (!strcmp(name, "a") && strict_within(s, "a"))
		return false;
	if (!strcmp(name, "hr") || strict_in(strict_blocks, name))
		return strict_in(flow, parent);
	return strict_in(lines, parent) ||
	       (strict_in(strict_inlines, parent) && strcmp(parent, "pre"));
}

static inline bool strict_push(struct strict *s, const char *name)
{
	if (!strict_fits(s, name))
		return strict_fail(s, name);
	if (s->depth == 256)
		return strict_fail(s, "depth");
	s->open[s->depth++] = name;
	return true;
}

static inline bool strict_special(struct strict *s, bool *fits)
{
	*fits = true;
	if (strict_take(s, "<a href=\""))
		*fits = strict_push(s, "a") && strict_href(s);
	else if (strict_take(s, "<abbr title=\""))
		*fits = strict_push(s, "abbr") && strict_value(s) && strict_take(s, ">");
	else if (strict_take(s, "<ol start=\"")) {
		while (s->at < s->end && *s->at >= '0' && *s->at <= '9')
			s->at++;
		*fits = strict_push(s, "ol") && strict_take(s, "\">");
	} else if (strict_take(s, "<code class=\"language-")) {
		while (s->at < s->end && *s->at >= 'a' && *s->at <= 'z')
			s->at++;
		*fits = strict_push(s, "code") && strict_take(s, "\">");
	} else if (strict_take(s, "<img src=\"\x01" "assets/images/"))
		*fits = strict_fits(s, "img") && strict_copy(s);
	else
		return false;
	return true;
}

static inline bool strict_tag(struct strict *s)
{
	static const char *const names[] = {
		"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code",
		"ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th",
		"details", "summary", "dl", "dt", "dd", "em", "strong", "del", "sub",
		"sup", "kbd", "u", "mark", "small", "abbr", "a",
	};
	char form[40];
	bool fits;

	if (strict_special(s, &fits))
		return fits;
	if (strict_take(s, "<br>"))
		return strict_fits(s, "br") || strict_fail(s, "br");
	if (strict_take(s, "<hr>"))
		return strict_fits(s, "hr") || strict_fail(s, "hr");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(form, sizeof(form), "<%s%s>", names[i],
			 strcmp(names[i], "pre") ? "" : " tabindex=\"0\"");
		if (strcmp(names[i], "a") && strict_take(s, form))
			return strict_push(s, names[i]);
		snprintf(form, sizeof(form), "</%s>", names[i]);
		if (!strict_take(s, form))
			continue;
		if (!s->depth || strcmp(s->open[--s->depth], names[i]))
			return strict_fail(s, "a closing tag");
		return true;
	}
	return strict_fail(s, "a tag");
}

/* NULL, or what is wrong with the HTML (valid until s goes). */
static inline const char *strict_check(struct strict *s, struct str html)
{
	*s = (struct strict){ .at = html.p, .end = html.p + html.n };
	while (s->at < s->end && !s->fault[0]) {
		if (*s->at == '<')
			strict_tag(s);
		else if (*s->at == '\n')
			s->at++;
		else if (*s->at != ' ' && *s->at != '\t' && !strict_fits(s, ""))
			strict_fail(s, "text");
		else
			strict_character(s);
	}
	if (s->depth)
		strict_fail(s, "an open element");
	return s->fault[0] ? s->fault : NULL;
}

#endif
