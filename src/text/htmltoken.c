/* The ends of HTML's tokens.  What is done with them, and which elements have raw
 * text, is for those who ask. */
#include "text/htmltoken.h"

#include <string.h>

bool html_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool html_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

const char *html_comment_end(const char *at, const char *end)
{
	struct str rest = str_make(at, (size_t)(end - at));

	if (str_starts(rest, STR(">")))
		return at + 1;
	if (str_starts(rest, STR("->")))
		return at + 2;
	for (; at < end; at++) {
		at = memchr(at, '-', (size_t)(end - at));
		if (!at || end - at < 3)
			return NULL;
		if (at[1] == '-' && at[2] == '>')
			return at + 3;
		if (at[1] == '-' && at[2] == '!' && end - at > 3 && at[3] == '>')
			return at + 4;
	}
	return NULL;
}

/* at is behind an attribute's '='. */
static const char *value_end(const char *at, const char *end, struct str *value)
{
	const char *from;

	while (at < end && html_blank(*at))
		at++;
	from = at;
	if (at < end && (*at == '"' || *at == '\'')) {
		from++;
		at = memchr(from, *at, (size_t)(end - from));
		*value = at ? str_make(from, (size_t)(at - from)) : STR_NONE;
		return at ? at + 1 : NULL;
	}
	while (at < end && !html_blank(*at) && *at != '>')
		at++;
	*value = str_make(from, (size_t)(at - from));
	return at;
}

bool html_attribute(const char **at, const char *end, struct str *name,
		    struct str *value)
{
	const char *p = *at, *from;

	while (p && p < end && (html_blank(*p) || *p == '/'))
		p++;
	if (!p || p == end || *p == '>') {
		*at = p && p < end ? p + 1 : NULL;
		return false;
	}
	from = p++; /* a name may begin with '=' */
	while (p < end && !html_blank(*p) && *p != '/' && *p != '>' && *p != '=')
		p++;
	*name = str_make(from, (size_t)(p - from));
	*value = STR_NONE;
	while (p < end && html_blank(*p))
		p++;
	*at = p < end && *p == '=' ? value_end(p + 1, end, value) : p;
	return true;
}

const char *html_tag_end(const char *at, const char *end, unsigned *attributes)
{
	struct str name, value;

	while (html_attribute(&at, end, &name, &value))
		if (attributes)
			++*attributes;
	return at;
}

const char *html_raw_end(const char *at, const char *end, struct str name)
{
	for (; (at = memchr(at, '<', (size_t)(end - at))); at++) {
		struct str rest = str_make(at, (size_t)(end - at));
		char c;

		if (rest.n < name.n + 3 || rest.p[1] != '/' ||
		    !str_ieq(str_slice(rest, 2, name.n + 2), name))
			continue;
		c = rest.p[name.n + 2];
		if (html_blank(c) || c == '/' || c == '>')
			return at;
	}
	return NULL;
}

struct str html_name(const char *at, const char *end)
{
	const char *name = at;

	while (at < end && !html_blank(*at) && *at != '/' && *at != '>')
		at++;
	return str_make(name, (size_t)(at - name));
}
