/* Jira's wiki markup: whatever it holds, the HTML is UTF-8, its tags close in the order
 * in which they opened, and it is no longer than so many times the text. */
#include "target.h"

#include "base/utf8.h"
#include "import/jirawiki.h"

static bool is_void(struct str name)
{
	return str_is(name, "br") || str_is(name, "hr");
}

/* at is behind a '<'. */
static struct str tag_name(struct str html, size_t at)
{
	size_t end = at;

	while (end < html.n && html.p[end] != '>' && html.p[end] != ' ')
		end++;
	return str_slice(html, at, end);
}

static void check_tags(struct str html, struct str *open)
{
	size_t n = 0;

	for (size_t i = 0; i < html.n; i++) {
		struct str name = tag_name(html, i + 1);

		if (html.p[i] != '<' || is_void(name))
			continue;
		if (name.p[0] != '/')
			open[n++] = name;
		else if (!n || !str_eq(open[--n], str_slice(name, 1, name.n)))
			fuzz_broken("'%.*s' in %.*s", STR_ARG(name), STR_ARG(html));
	}
	if (n)
		fuzz_broken("'%.*s' stays open in %.*s", STR_ARG(open[n - 1]), STR_ARG(html));
}

static void target(struct str in)
{
	const struct jira_people people = { NULL, 0 };
	struct buf html = BUF_INIT;
	struct str *open;

	if (!utf8_valid(in) || memchr(in.p, '\0', in.n))
		return;
	jirawiki_html(in, &people, &html);
	invariant(utf8_valid(buf_str(&html)));
	invariant(html.n <= 50 * in.n + 100);
	open = xreallocarray(NULL, html.n + 1, sizeof(*open));
	check_tags(buf_str(&html), open);
	free(open);
	buf_release(&html);
}
