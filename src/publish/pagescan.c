/* Which parts of HTML and CSS are addresses.  Where they lead is link.c's. */
#include "publish/pagescan.h"

#include "base/mem.h"
#include "text/elements.h"
#include "text/htmltoken.h"

#include <stdlib.h>

enum use { FOLLOWS, LOADS, LOADS_SET };

/* HTML Standard, 4; SVG 2 for image and use. */
static const struct {
	const char *tag, *attribute;
	enum use use;
} addresses[] = {
	{ "a", "href", FOLLOWS },
	{ "area", "href", FOLLOWS },
	{ "audio", "src", LOADS },
	{ "body", "background", LOADS },
	{ "embed", "src", LOADS },
	{ "form", "action", FOLLOWS },
	{ "iframe", "src", LOADS },
	{ "image", "href", LOADS },
	{ "image", "xlink:href", LOADS },
	{ "img", "src", LOADS },
	{ "img", "srcset", LOADS_SET },
	{ "input", "src", LOADS },
	{ "object", "data", LOADS },
	{ "script", "src", LOADS },
	{ "source", "src", LOADS },
	{ "source", "srcset", LOADS_SET },
	{ "track", "src", LOADS },
	{ "use", "href", LOADS },
	{ "use", "xlink:href", LOADS },
	{ "video", "poster", LOADS },
	{ "video", "src", LOADS },
};

/* The values of <link rel> at which browsers ask for something, or connect. */
static const char *const loading[] = {
	"apple-touch-icon", "dns-prefetch", "icon", "manifest", "mask-icon", "modulepreload",
	"preconnect", "prefetch", "preload", "prerender", "stylesheet",
};

static void add_link(struct page_scan *s, struct str href, bool loads, bool style)
{
	GROW(s->links, s->links_n, s->links_cap);
	s->links[s->links_n++] = (struct page_link){ href, loads, style };
}

static struct str after_blanks(struct str s)
{
	while (s.n && html_blank(*s.p))
		s = str_slice(s, 1, s.n);
	return s;
}

static size_t word_length(struct str s)
{
	size_t n = 0;

	while (n < s.n && !html_blank(s.p[n]))
		n++;
	return n;
}

static bool has_word(struct str words, const char *word)
{
	while ((words = after_blanks(words)).n) {
		size_t n = word_length(words);

		if (str_ieq(str_slice(words, 0, n), str_of(word)))
			return true;
		words = str_slice(words, n, words.n);
	}
	return false;
}

/* "a.png 1x, b.png 2x": an address, then what has no comma. */
static void add_set(struct page_scan *s, struct str set)
{
	while ((set = after_blanks(set)).n) {
		size_t n = word_length(set);
		struct str href = str_slice(set, 0, n);

		set = str_slice(set, n, set.n);
		if (str_ends(href, STR(",")))
			href.n--;
		else
			set = str_slice(set, str_index(set, ',') + 1, set.n);
		if (href.n)
			add_link(s, href, true, false);
	}
}

/* --- CSS --- */

/* css begins behind "url(" or "@import".  A quoted text or, for url(), what
 * comes before ')'; absent when it is something else. */
static struct str css_address(struct str css, bool url)
{
	char close = ')';

	css = after_blanks(css);
	if (css.n && (*css.p == '"' || *css.p == '\'')) {
		close = *css.p;
		css = str_slice(css, 1, css.n);
	} else if (!url) {
		return STR_NONE;
	}
	return str_trim(str_slice(css, 0, str_index(css, close)));
}

void page_scan_css(struct page_scan *s, struct str css)
{
	while (css.n) {
		struct str href = STR_NONE;

		if (str_starts(css, STR("/*"))) {
			css = str_slice(css, str_find(css, STR("*/")) + 2, css.n);
			continue;
		}
		if (str_ieq(str_slice(css, 0, 4), STR("url(")))
			href = css_address(str_slice(css, 4, css.n), true);
		else if (str_ieq(str_slice(css, 0, 7), STR("@import")))
			href = css_address(str_slice(css, 7, css.n), false);
		if (href.n && *href.p != '#')
			add_link(s, href, true, false);
		css = str_slice(css, 1, css.n);
	}
}

/* --- HTML --- */

struct tag {
	struct str name; /* its attributes are behind it */
	struct str raw;  /* the text of a script, style and the like; else absent */
};

/* Pages are read without scripts: then <noscript> holds markup. */
static bool is_raw(struct str name)
{
	const struct element *e = element_find(name);

	return e && e->fate == ELEMENT_RAW && !str_ieq(name, STR("noscript"));
}

/* at is on the letter behind '<'.  Behind the tag and its raw text, or NULL. */
static const char *take_tag(const char *at, const char *end, struct tag *tag)
{
	const char *close;

	*tag = (struct tag){ .name = html_name(at, end) };
	at = html_tag_end(str_end(tag->name), end, NULL);
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

/* Takes up to the next start tag off *rest; false when there is none. */
static bool next_tag(struct str *rest, struct tag *tag)
{
	const char *end = str_end(*rest), *at = rest->p;

	while (at && at < end && (at = memchr(at, '<', (size_t)(end - at)))) {
		if (++at < end && html_letter(*at)) {
			at = take_tag(at, end, tag);
			*rest = str_make(at, at ? (size_t)(end - at) : 0);
			return at != NULL;
		}
		at = skip_other(at, end);
	}
	return false;
}

static void read_link(struct page_scan *s, struct str rel, struct str href)
{
	bool loads = false;

	for (size_t i = 0; i < ARRAY_LEN(loading); i++)
		loads = loads || has_word(rel, loading[i]);
	add_link(s, href, loads, has_word(rel, "stylesheet"));
}

static void read_address(struct page_scan *s, struct str tag, struct str name,
			 struct str value)
{
	for (size_t i = 0; i < ARRAY_LEN(addresses); i++) {
		if (!str_ieq(tag, str_of(addresses[i].tag)) ||
		    !str_ieq(name, str_of(addresses[i].attribute)))
			continue;
		if (addresses[i].use == LOADS_SET)
			add_set(s, value);
		else
			add_link(s, value, addresses[i].use == LOADS, false);
	}
}

static void read_tag(struct page_scan *s, const struct tag *tag, const char *end)
{
	const char *at = str_end(tag->name);
	struct str name, value, rel = STR_NONE, href = STR_NONE;
	size_t links = s->links_n;

	while (html_attribute(&at, end, &name, &value)) {
		if (!str_present(value))
			continue;
		if (str_ieq(name, STR("id"))) {
			GROW(s->ids, s->ids_n, s->ids_cap);
			s->ids[s->ids_n++] = value;
		} else if (str_ieq(name, STR("style"))) {
			page_scan_css(s, value);
		} else if (str_ieq(name, STR("rel"))) {
			rel = value;
		} else if (str_ieq(name, STR("href"))) {
			href = value;
		}
		read_address(s, tag->name, name, value);
	}
	if (str_ieq(tag->name, STR("link")) && str_present(href))
		read_link(s, rel, href);
	else if (has_word(rel, "ugc"))
		s->links_n = links;
	if (str_ieq(tag->name, STR("style")))
		page_scan_css(s, tag->raw);
}

void page_scan(struct page_scan *s, struct str html)
{
	const char *end = str_end(html);
	struct tag tag;

	*s = (struct page_scan){ 0 };
	while (next_tag(&html, &tag))
		read_tag(s, &tag, end);
}

void page_scan_release(struct page_scan *s)
{
	free(s->ids);
	free(s->links);
}
