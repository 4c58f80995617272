/* Links to files (RFC 3986, 5.2).  Whether the file is there, nobody asks here. */
#include "publish/link.h"

#include "base/buf.h"
#include "render/paths.h"
#include "text/htmltoken.h"

/* Those that our own writers make; no other can stand in a path of ours. */
static struct str unescape(struct arena *a, struct str s)
{
	static const struct {
		struct str name;
		char c;
	} references[] = { { STR("&amp;"), '&' }, { STR("&lt;"), '<' }, { STR("&gt;"), '>' },
			   { STR("&quot;"), '"' }, { STR("&#39;"), '\'' } };
	char *out;
	size_t n = 0;

	if (str_index(s, '&') == s.n)
		return s;
	out = arena_alloc(a, s.n);
	while (s.n) {
		size_t taken = 1;

		out[n] = *s.p;
		for (size_t i = 0; i < sizeof(references) / sizeof(*references); i++)
			if (str_starts(s, references[i].name)) {
				out[n] = references[i].c;
				taken = references[i].name.n;
			}
		n++;
		s = str_slice(s, taken, s.n);
	}
	return str_make(out, n);
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static struct str percent_decode(struct arena *a, struct str s)
{
	char *out;
	size_t n = 0;

	if (!str_present(s) || str_index(s, '%') == s.n)
		return s;
	out = arena_alloc(a, s.n);
	for (size_t i = 0; i < s.n; i++) {
		out[n] = s.p[i];
		if (s.p[i] == '%' && i + 2 < s.n && hex(s.p[i + 1]) >= 0 &&
		    hex(s.p[i + 2]) >= 0) {
			out[n] = (char)(hex(s.p[i + 1]) << 4 | hex(s.p[i + 2]));
			i += 2;
		}
		n++;
	}
	return str_make(out, n);
}

/* The length of "https:", 0 when the address has no scheme. */
static size_t scheme_length(struct str s)
{
	size_t colon = str_index(s, ':');

	if (colon == s.n || !html_letter(s.p[0]))
		return 0;
	for (size_t i = 0; i < colon; i++)
		if (!html_letter(s.p[i]) && !strchr("0123456789+-.", s.p[i]))
			return 0;
	return colon + 1;
}

/* s is "//host/path" or what follows a scheme; both absent without a host. */
static struct str split_host(struct str s, struct str *path)
{
	struct str rest = str_slice(s, 2, s.n), host;

	*path = STR_NONE;
	if (!str_starts(s, STR("//")))
		return STR_NONE;
	host = str_slice(rest, 0, str_index(rest, '/'));
	*path = host.n < rest.n ? str_slice(rest, host.n, rest.n) : STR("/");
	return host;
}

/* The n bytes of out are "/a/b/": drops "b/". */
static void drop_segment(struct buf *out)
{
	if (out->n > 1)
		buf_cut(out, out->n - 1);
	while (out->n > 1 && out->p[out->n - 1] != '/')
		buf_cut(out, out->n - 1);
}

/* path begins with '/'; without "." and "..". */
static struct str normal(struct arena *a, struct str path)
{
	struct buf out = BUF_INIT;
	struct str rest = str_slice(path, 1, path.n);

	buf_addc(&out, '/');
	while (str_present(rest)) {
		struct str part = str_split(&rest, '/');

		if (str_is(part, "."))
			continue;
		if (str_is(part, "..")) {
			drop_segment(&out);
			continue;
		}
		buf_addstr(&out, part);
		if (str_present(rest))
			buf_addc(&out, '/');
	}
	return buf_to_arena(&out, a);
}

static struct str folder_of(struct str page)
{
	while (page.n && page.p[page.n - 1] != '/')
		page.n--;
	return page;
}

/* A part of a page that browsers find without an id. */
static struct str real_anchor(struct arena *a, struct str anchor)
{
	anchor = str_slice(anchor, 0, str_find(anchor, STR(":~:")));
	if (!anchor.n || str_ieq(anchor, STR("top")))
		return STR_NONE;
	return percent_decode(a, anchor);
}

/* What the link's path is from the host's root on; absent: not on our host. */
static struct str path_on_host(struct arena *a, struct str url, struct str page,
			       struct str href, struct link *link)
{
	size_t scheme = scheme_length(href);
	struct str root, path;
	struct str ours = split_host(str_slice(url, scheme_length(url), url.n), &root);
	struct str host;

	if (scheme && !str_ieq(str_slice(href, 0, scheme), STR("http:")) &&
	    !str_ieq(str_slice(href, 0, scheme), STR("https:"))) {
		link->kind = LINK_OTHER;
		return STR_NONE;
	}
	host = split_host(str_slice(href, scheme, href.n), &path);
	if (host.n) {
		link->kind = str_ieq(host, ours) ? LINK_SITE : LINK_HOST;
		return link->kind == LINK_SITE ? path : STR_NONE;
	}
	link->relative = true;
	if (str_starts(href, STR("/")))
		return href;
	page = folder_of(page);
	return arena_printf(a, "%.*s%.*s%.*s", STR_ARG(root), STR_ARG(page), STR_ARG(href));
}

struct link link_resolve(struct arena *a, struct str url, struct str page, struct str href)
{
	struct link link = { .kind = LINK_SITE };
	struct str path, root;

	href = str_trim(unescape(a, href));
	path = str_slice(href, 0, str_index(href, '#'));
	link.anchor = real_anchor(a, str_slice(href, path.n + 1, href.n));
	path = str_slice(path, 0, str_index(path, '?'));
	if (!path.n) {
		link.path = page;
		return link;
	}
	path = path_on_host(a, url, page, path, &link);
	if (!str_present(path))
		return link;
	path = normal(a, percent_decode(a, path));
	split_host(str_slice(url, scheme_length(url), url.n), &root);
	if (str_starts(path, root))
		link.path = path_in(a, path_file, str_slice(path, root.n, path.n));
	else
		link.kind = LINK_OTHER;
	return link;
}
