/* Texts of feeds.  Which element holds what is feed.c's. */
#include "import/feedtext.h"

#include "base/utf8.h"
#include "render/html.h"
#include "text/body.h"
#include "text/entities.h"
#include "text/htmltoken.h"

/* One long base and many links would make gigabytes of kilobytes.  Markup beyond that
 * is shown as plain text anyway. */
enum { BASE_MAX = 2000, RESOLVED_MAX = 1 << 20 };

static struct str keep(struct arena *arena, struct buf *b)
{
	struct str s = arena_str(arena, buf_str(b));

	buf_release(b);
	return s;
}

/* --- Addresses --- */

/* The base in the node, whose parent has the base above. */
static struct str base_in(struct arena *arena, const struct xmlnode *node,
			  struct str above)
{
	struct str own = xmlnode_attr(node, "xml:base");
	struct buf whole = BUF_INIT;

	if (!str_present(own) || own.n > BASE_MAX)
		return above;
	url_safe(str_trim(own), above, &whole);
	if (whole.n > BASE_MAX)
		buf_reset(&whole);
	return keep(arena, &whole);
}

struct str feed_base(struct arena *arena, const struct xmlnode *node)
{
	return node ? base_in(arena, node, feed_base(arena, node->up)) : STR_NONE;
}

struct str feed_address(struct arena *arena, struct str s, struct str base)
{
	struct buf whole = BUF_INIT;
	struct str url;

	url_safe(str_trim(s), base, &whole);
	url = keep(arena, &whole);
	return str_starts(url, STR("http")) ? url : STR_NONE;
}

static bool is_address(struct str attribute)
{
	return str_ieq(attribute, STR("href")) || str_ieq(attribute, STR("src")) ||
	       str_ieq(attribute, STR("cite"));
}

/* Resolved and ready for an attribute; what can't be linked to stays as it is. */
static void add_address(struct buf *out, struct str s, struct str base)
{
	struct buf whole = BUF_INIT;

	if (base.n && out->n < RESOLVED_MAX && url_safe(str_trim(s), base, &whole))
		html_attr(out, buf_str(&whole));
	else
		html_attr(out, s);
	buf_release(&whole);
}

/* --- HTML --- */

/* A value as it stands in the HTML; with quotation marks if it had none. */
static void rebase_value(struct buf *out, struct str value, struct str base)
{
	char before = value.p[-1];
	bool bare = before != '"' && before != '\'';
	struct buf decoded = BUF_INIT;

	html_decode(&decoded, value);
	buf_adds(out, bare ? "\"" : "");
	add_address(out, buf_str(&decoded), base);
	buf_adds(out, bare ? "\"" : "");
	buf_release(&decoded);
}

/* at is behind the tag's name, *done is what is in out already; behind the tag, or
 * NULL. */
static const char *rebase_tag(struct buf *out, const char *at, const char *end,
			      const char **done, struct str base)
{
	struct str name, value;

	while (html_attribute(&at, end, &name, &value)) {
		if (!value.n || !is_address(name))
			continue;
		buf_add(out, *done, (size_t)(value.p - *done));
		rebase_value(out, value, base);
		*done = str_end(value);
	}
	return at;
}

void feed_html(struct buf *out, struct str html, struct str base)
{
	const char *at = html.p, *end = str_end(html), *done = at;

	while (base.n && at && (at = memchr(at, '<', (size_t)(end - at)))) {
		at++;
		if (str_starts(str_make(at, (size_t)(end - at)), STR("!--")))
			at = html_comment_end(at + 3, end);
		else if (at < end && html_letter(*at))
			at = rebase_tag(out, str_end(html_name(at, end)), end, &done, base);
	}
	buf_add(out, done, (size_t)(end - done));
}

/* --- XHTML --- */

static bool is_void(struct str name)
{
	static const char *const names[] = { "area", "base", "br", "col", "embed", "hr",
					     "img", "input", "link", "meta", "param",
					     "source", "track", "wbr" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(name, names[i]))
			return true;
	return false;
}

static void open_tag(struct buf *out, const struct xmlnode *node, struct str base)
{
	buf_addf(out, "<%.*s", STR_ARG(node->local));
	for (size_t i = 0; i < node->attrs_n; i++) {
		const struct xmlattr *a = &node->attrs[i];

		/* Those of namespaces mean nothing in HTML. */
		if (str_index(a->name, ':') < a->name.n || !html_letter(a->name.p[0]))
			continue;
		buf_addf(out, " %.*s=\"", STR_ARG(a->name));
		add_address(out, a->value, is_address(a->name) ? base : STR_NONE);
		buf_addc(out, '"');
	}
	buf_addc(out, '>');
}

/* Names that HTML would take for text leave what is in them. */
static void add_xhtml(struct buf *out, const struct xmlnode *node, struct str base,
		      struct arena *arena)
{
	bool tagged = str_present(node->name) && html_letter(node->local.p[0]);

	if (!str_present(node->name))
		html_text(out, node->text);
	base = base_in(arena, node, base);
	if (tagged)
		open_tag(out, node, base);
	for (const struct xmlnode *c = node->first; c; c = c->next)
		add_xhtml(out, c, base, arena);
	if (tagged && !is_void(node->local))
		buf_addf(out, "</%.*s>", STR_ARG(node->local));
}

void feed_xhtml(struct buf *out, const struct xmlnode *node, struct arena *arena)
{
	struct str base = feed_base(arena, node);

	for (const struct xmlnode *c = node->first; c; c = c->next)
		add_xhtml(out, c, base, arena);
}

/* --- Lines --- */

/* One line: runs of blanks are one, none at the ends. */
static struct str one_line(struct arena *arena, struct str s)
{
	const char *at = s.p, *end = str_end(s);
	struct buf line = BUF_INIT;
	bool owed = false;

	while (at < end) {
		const char *from = at;
		uint32_t c = utf8_next(&at, end);

		if (utf8_blank(c) || c < 0x20) {
			owed = line.n > 0;
			continue;
		}
		if (owed)
			buf_addc(&line, ' ');
		owed = false;
		buf_add(&line, from, (size_t)(at - from));
	}
	return keep(arena, &line);
}

struct str feed_line(struct arena *arena, struct str text)
{
	struct buf decoded = BUF_INIT;
	struct str line;

	html_decode(&decoded, text);
	line = one_line(arena, buf_str(&decoded));
	buf_release(&decoded);
	return line;
}

struct str feed_line_of_html(struct arena *arena, struct str html)
{
	struct buf visible = BUF_INIT;
	struct body_tree tree;
	struct str line;

	body_read(arena, BODY_HTML, html, &tree);
	body_visible(&tree, 0, &visible);
	line = one_line(arena, buf_str(&visible));
	buf_release(&visible);
	return line;
}

/* --- Names --- */

/* What stands between the last `open` and a `close` at the end, if the rest has an
 * address. */
static struct str in_brackets(struct str s, char open, char close, struct str *before)
{
	size_t at = s.n;

	while (at && s.p[at - 1] != open)
		at--;
	if (!at || s.p[s.n - 1] != close)
		return STR_NONE;
	*before = str_trim(str_slice(s, 0, at - 1));
	return str_trim(str_slice(s, at, s.n - 1));
}

static bool has_at(struct str s)
{
	return str_index(s, '@') < s.n;
}

/* "dana@acme.example" becomes "dana", wherever it stands; "@dana" and "a @ b" stay. */
static void add_without_hosts(struct buf *out, struct str s)
{
	while (s.n) {
		size_t at = str_index(s, '@'), n = at + 1;
		bool address = at && at + 1 < s.n && s.p[at - 1] != ' ' &&
			       s.p[at + 1] != ' ';

		while (address && n < s.n && !strchr(" ,;<>()\"", s.p[n]))
			n++;
		buf_addstr(out, str_slice(s, 0, address ? at : n));
		s = str_slice(s, n, s.n);
	}
}

struct str feed_name(struct arena *arena, struct str s)
{
	struct buf plain = BUF_INIT;
	struct str before, inner;

	s = feed_line(arena, s);
	inner = in_brackets(s, '(', ')', &before);
	if (inner.n && has_at(before))
		s = inner;
	inner = in_brackets(s, '<', '>', &before);
	if (before.n && has_at(inner))
		s = before;
	add_without_hosts(&plain, s);
	s = str_trim(keep(arena, &plain));
	return s.n ? s : STR_NONE;
}

/* --- Licences --- */

static void add_upper(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		buf_addc(out, (char)(s.p[i] >= 'a' && s.p[i] <= 'z' ? s.p[i] - 32 : s.p[i]));
}

/* rest: "by-sa/3.0/de/", behind "/licenses/". */
static void add_licence(struct buf *out, struct str rest)
{
	buf_addlit(out, "CC");
	for (int i = 0; i < 3 && str_present(rest); i++) {
		struct str part = str_split(&rest, '/');

		if (!part.n || str_starts(part, STR("deed")) || str_starts(part, STR("legal")))
			break;
		buf_addc(out, ' ');
		add_upper(out, part);
	}
}

struct str feed_licence(struct arena *arena, struct str s)
{
	static const struct str site = { "creativecommons.org/", 20 };
	struct buf out = BUF_INIT;
	struct str path;

	s = str_trim(s);
	if (str_starts(s, STR("CC BY")) || str_starts(s, STR("CC0")))
		return feed_line(arena, s);
	path = str_slice(s, str_find(s, site) + site.n, s.n);
	if (str_starts(path, STR("licenses/")))
		add_licence(&out, str_slice(path, 9, path.n));
	else if (str_starts(path, STR("publicdomain/zero/")))
		buf_addf(&out, "CC0 %.*s", STR_ARG(str_slice(path, 18, 21)));
	path = keep(arena, &out);
	return path.n > 3 ? path : STR_NONE;
}
