/* Tokens of HTML.  Which element contains which is nobody's business here. */
#include "text/htmltag.h"

#include "text/elements.h"

static const char *value_end(const char *at, const char *end, struct str *value)
{
	const char *from;

	while (at < end && html_blank(*at))
		at++;
	if (at < end && (*at == '"' || *at == '\'')) {
		from = at + 1;
		at = from < end ? memchr(from, *at, (size_t)(end - from)) : NULL;
		*value = at ? str_make(from, (size_t)(at - from)) : STR_NONE;
		return at ? at + 1 : NULL;
	}
	from = at;
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

const char *html_raw_end(const char *at, const char *end, struct str name)
{
	while (at < end && (at = memchr(at, '<', (size_t)(end - at)))) {
		struct str rest = str_make(at, (size_t)(end - at));

		if (rest.n > name.n + 2 && rest.p[1] == '/' &&
		    str_ieq(str_slice(rest, 2, name.n + 2), name)) {
			char c = rest.p[name.n + 2];

			if (html_blank(c) || c == '/' || c == '>')
				return at;
		}
		at++;
	}
	return NULL;
}

/* Pages are read without scripts: then <noscript> holds markup. */
static bool is_raw(struct str name)
{
	const struct element *e = element_find(name);

	return e && e->fate == ELEMENT_RAW && !str_ieq(name, STR("noscript"));
}

/* at is on the letter behind '<'.  Behind the tag and its raw text, or NULL. */
static const char *read_tag(const char *at, const char *end, struct html_tag *tag)
{
	const char *from = at, *close;
	struct str name, value;

	while (at < end && !html_blank(*at) && *at != '/' && *at != '>')
		at++;
	*tag = (struct html_tag){ .name = str_make(from, (size_t)(at - from)),
				  .attributes = at };
	while (html_attribute(&at, end, &name, &value))
		;
	if (!at || !is_raw(tag->name))
		return at;
	close = html_raw_end(at, end, tag->name);
	tag->raw = str_make(at, (size_t)((close ? close : end) - at));
	return close ? close : end;
}

/* at is behind a '<' that begins no start tag.  Behind what it does begin. */
static const char *skip_other(const char *at, const char *end)
{
	if (str_starts(str_make(at, (size_t)(end - at)), STR("!--")))
		return html_comment_end(at + 3, end);
	return at;
}

bool html_next_tag(struct str *rest, struct html_tag *tag)
{
	const char *end = str_end(*rest), *at = rest->p;

	while (at && at < end && (at = memchr(at, '<', (size_t)(end - at)))) {
		if (++at < end && html_letter(*at)) {
			at = read_tag(at, end, tag);
			*rest = str_make(at, at ? (size_t)(end - at) : 0);
			return at != NULL;
		}
		at = skip_other(at, end);
	}
	return false;
}
