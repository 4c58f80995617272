/* What is added to a page on its way to the browser. */
#include "preview/page.h"

#include "base/mem.h"
#include "render/html.h"
#include "text/elements.h"
#include "text/htmltoken.h"

/* --- The content security policy (CSP, level 3) --- */

struct leave {
	const char *directive, *path;
};

static const struct leave leaves[] = {
	{ "script-src", PREVIEW_ROOT "preview.js" },
	{ "style-src", PREVIEW_ROOT "preview.css" },
	{ "connect-src", PREVIEW_ROOT },
};

/* Nobody but us answers there, by either name. */
static void add_sources(struct buf *out, const struct page_extras *x, const char *path)
{
	size_t port = x->base.n;

	while (port && x->base.p[port - 1] != ':')
		port--;
	buf_addf(out, " %.*s%s http://localhost:%.*s%s", STR_ARG(x->base), path,
		 STR_ARG(str_slice(x->base, port, x->base.n)), path);
}

/* The directive's name, its sources left in *rest; blanks around are cut. */
static struct str directive(struct str *rest)
{
	struct str name;
	size_t n = 0;

	*rest = str_trim(*rest);
	while (n < rest->n && !html_blank(rest->p[n]))
		n++;
	name = str_slice(*rest, 0, n);
	*rest = str_trim(str_slice(*rest, n, rest->n));
	return name;
}

/* The sources of the first directive of that name, which is the one that counts; absent
 * where there is none. */
static struct str sources_of(struct str policy, const char *wanted)
{
	while (str_present(policy)) {
		struct str rest = str_split(&policy, ';');

		if (str_ieq(directive(&rest), str_of(wanted)))
			return rest.p ? rest : STR("");
	}
	return STR_NONE;
}

/* A directive that is missing is what default-src says, and leave for ours. */
static void add_policy(struct buf *out, struct str policy, const struct page_extras *x)
{
	struct str all = policy;
	size_t from = out->n;

	while (str_present(all)) {
		struct str rest = str_split(&all, ';');
		struct str part = rest, name = directive(&rest);

		if (!name.n)
			continue;
		if (out->n > from)
			buf_addlit(out, "; ");
		buf_addstr(out, str_trim(part));
		for (size_t i = 0; i < ARRAY_LEN(leaves); i++)
			if (str_ieq(name, str_of(leaves[i].directive)))
				add_sources(out, x, leaves[i].path);
	}
	for (size_t i = 0; i < ARRAY_LEN(leaves); i++) {
		struct str other = sources_of(policy, "default-src");

		if (str_present(sources_of(policy, leaves[i].directive)) || !str_present(other))
			continue;
		buf_addf(out, "; %s", leaves[i].directive);
		if (!str_ieq(other, STR("'none'")))
			buf_addf(out, " %.*s", STR_ARG(other));
		add_sources(out, x, leaves[i].path);
	}
}

/* The policy in a <meta>, at is behind the tag's name; absent for another one.  *end is
 * behind the tag, or NULL. */
static struct str policy_of(const char *at, const char *stop, const char **end)
{
	struct str name, value, content = STR_NONE;
	bool is_policy = false;

	while (html_attribute(&at, stop, &name, &value)) {
		if (str_ieq(name, STR("http-equiv")))
			is_policy |= str_ieq(str_trim(value), STR("content-security-policy"));
		else if (str_ieq(name, STR("content")) && !str_present(content))
			content = value;
	}
	*end = at;
	/* Written with references it is left alone: nothing of ours runs then. */
	return is_policy && str_index(content, '&') == content.n ? content : STR_NONE;
}

/* --- Pages --- */

static void add_mark(struct buf *out, const struct page_extras *x)
{
	if (!str_present(x->mark))
		return;
	buf_addlit(out, "<link rel=\"stylesheet\" href=\"/" PREVIEW_ROOT "preview.css\">"
			"<div class=\"candor-preview-mark\" role=\"note\"><p>");
	html_text(out, x->mark);
	buf_addlit(out, "</p></div>");
}

static void add_script(struct buf *out, const struct page_extras *x)
{
	buf_addlit(out, "<script src=\"/" PREVIEW_ROOT "preview.js\" data-edition=\"");
	html_attr(out, x->edition);
	buf_addlit(out, "\"");
	buf_adds(out, x->waits ? " data-waits" : "");
	buf_adds(out, x->whole ? " data-whole" : "");
	buf_addlit(out, "></script>");
}

struct dressing {
	struct buf *out;
	const struct page_extras *extras;
	const char *written, *end; /* what of the page is in out, and where it ends */
	bool document, mark, script;
};

static void write_to(struct dressing *d, const char *at)
{
	buf_add(d->out, d->written, (size_t)(at - d->written));
	d->written = at;
}

/* at is behind '<'. */
static const char *start_tag(struct dressing *d, const char *at)
{
	struct str name = html_name(at, d->end), policy;
	const struct element *e = element_find(name);
	const char *behind;

	if (str_ieq(name, STR("meta"))) {
		policy = policy_of(str_end(name), d->end, &behind);
		if (str_present(policy)) {
			write_to(d, policy.p);
			add_policy(d->out, policy, d->extras);
			d->written = str_end(policy);
		}
		return behind;
	}
	behind = html_tag_end(str_end(name), d->end, NULL);
	if (behind && str_ieq(name, STR("body")) && !d->mark) {
		write_to(d, behind);
		add_mark(d->out, d->extras);
		d->mark = true;
	}
	d->document |= behind && (str_ieq(name, STR("html")) || str_ieq(name, STR("body")));
	return behind && e && e->fate == ELEMENT_RAW ? html_raw_end(behind, d->end, name)
						     : behind;
}

/* at is '<'.  Behind the tag or comment; NULL where the page ends in it. */
static const char *markup(struct dressing *d, const char *at)
{
	struct str rest = str_make(at + 1, (size_t)(d->end - at - 1));

	if (str_starts(rest, STR("!--")))
		return html_comment_end(at + 4, d->end);
	if (rest.n && html_letter(rest.p[0]))
		return start_tag(d, at + 1);
	if (rest.n && rest.p[0] == '/' && !d->script &&
	    str_ieq(html_name(rest.p + 1, d->end), STR("body"))) {
		write_to(d, at);
		add_script(d->out, d->extras);
		d->script = d->document = true;
	}
	return at + 1;
}

void page_dress(struct buf *out, struct str page, const struct page_extras *x)
{
	struct dressing d = { .out = out, .extras = x, .written = page.p,
			      .end = str_end(page) };
	const char *at = page.p;

	while (at && at < d.end && (at = memchr(at, '<', (size_t)(d.end - at))))
		at = markup(&d, at);
	write_to(&d, d.end);
	/* HTML lets people leave </body> out. */
	if (d.document && !d.script)
		add_script(out, x);
}

void page_list(struct buf *out, const char *title, const char *text, struct str items)
{
	buf_addlit(out, "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
			"<meta name=\"viewport\" content=\"width=device-width\">\n"
			"<meta name=\"color-scheme\" content=\"light dark\">\n"
			"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
			"'none'; base-uri 'none'; form-action 'none'\">\n<title>");
	html_text(out, str_of(title));
	buf_addlit(out, "</title>\n<body>\n<main>\n<h1>");
	html_text(out, str_of(title));
	buf_addlit(out, "</h1>\n<p>");
	html_text(out, str_of(text));
	buf_addlit(out, "</p>\n");
	if (items.n)
		buf_addf(out, "<ul>\n%.*s</ul>\n", STR_ARG(items));
	buf_addlit(out, "</main>\n</body>\n</html>\n");
}

void page_plain(struct buf *out, const char *title, const char *text)
{
	page_list(out, title, text, STR(""));
}

/* --- Types --- */

static const char html[] = "text/html; charset=utf-8";

const char *page_type(struct str path)
{
	static const struct {
		const char *suffix, *type;
	} types[] = {
		{ ".html", html },
		{ ".htm", html },
		{ ".css", "text/css; charset=utf-8" },
		{ ".js", "text/javascript; charset=utf-8" },
		{ ".mjs", "text/javascript; charset=utf-8" },
		{ ".json", "application/json" },
		{ ".xml", "application/xml" },
		{ ".yaml", "text/plain; charset=utf-8" },
		{ ".txt", "text/plain; charset=utf-8" },
		{ ".svg", "image/svg+xml" },
		{ ".png", "image/png" },
		{ ".jpg", "image/jpeg" },
		{ ".jpeg", "image/jpeg" },
		{ ".gif", "image/gif" },
		{ ".webp", "image/webp" },
		{ ".avif", "image/avif" },
		{ ".ico", "image/vnd.microsoft.icon" },
		{ ".woff2", "font/woff2" },
		{ ".woff", "font/woff" },
		{ ".ttf", "font/ttf" },
		{ ".mp4", "video/mp4" },
		{ ".webm", "video/webm" },
		{ ".pdf", "application/pdf" },
	};

	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		size_t n = strlen(types[i].suffix);

		if (path.n > n && str_ieq(str_slice(path, path.n - n, path.n),
					  str_of(types[i].suffix)))
			return types[i].type;
	}
	return "application/octet-stream";
}

bool page_is_html(const char *type)
{
	return type == html;
}
