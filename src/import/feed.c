/* Which elements of a feed say what.  The threads that entries make up are atom.c's. */
#include "import/feed.h"

#include "base/sha256.h"
#include "import/feedtext.h"
#include "import/maildate.h"
#include "import/xmlcolumns.h"

const struct xmlspace feed_spaces[] = {
	{ "atom", "http://www.w3.org/2005/Atom" },
	{ "atom", "http://purl.org/atom/ns#" },
	{ "", "http://purl.org/rss/1.0/" },
	{ "", "http://my.netscape.com/rdf/simple/0.9/" },
	{ "", "http://backend.userland.com/rss2" },
	{ "rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#" },
	{ "content", "http://purl.org/rss/1.0/modules/content/" },
	{ "dc", "http://purl.org/dc/elements/1.1/" },
	{ "dcterms", "http://purl.org/dc/terms/" },
	{ "slash", "http://purl.org/rss/1.0/modules/slash/" },
	{ "thr", "http://purl.org/syndication/thread/1.0" },
	{ "at", "http://purl.org/atompub/tombstones/1.0" },
	{ "cc", "http://creativecommons.org/ns#" },
	{ "cc", "http://web.resource.org/cc/" },
	{ "cc", "http://backend.userland.com/creativeCommonsRssModule" },
	{ "cc", "http://cyber.law.harvard.edu/rss/creativeCommonsRssModule.html" },
	{ "cc", "creativeCommons" },
	{ "xhtml", "http://www.w3.org/1999/xhtml" },
	{ NULL, NULL }
};

const char *const feed_roots[] = { "atom:feed", "atom:entry", "rss", "rdf:RDF", NULL };

struct reader {
	const struct xmlnode *entry;
	const struct xmlnode *head; /* the feed's own elements, or NULL */
	struct arena *arena;
	struct feed_entry *out;
};

#define FIRST(r, node, ...) \
	xmlnode_first((r)->arena, (node), (const char *const[]){ __VA_ARGS__, NULL })

/* In RSS 1.0 entries stand beside the channel. */
static const struct xmlnode *head_of(const struct xmlnode *entry)
{
	const struct xmlnode *up = entry->up;

	return up && str_is(up->name, "rdf:RDF") ? xmlnode_child(up, "channel") : up;
}

static const struct xmlnode *either(const struct xmlnode *a, const struct xmlnode *b)
{
	return a ? a : b;
}

static struct str first_of(struct str a, struct str b)
{
	return a.n ? a : b;
}

static struct str short_id(struct arena *arena, struct str id)
{
	unsigned char digest[SHA256_SIZE];
	char hex[SHA256_HEX + 1];

	if (id.n <= FEED_ID_MAX)
		return id;
	sha256_of(id, digest);
	sha256_hex(digest, SHA256_SIZE, hex);
	return arena_printf(arena, "sha256:%s", hex);
}

/* --- Links --- */

static bool is_page(const struct xmlnode *link)
{
	struct str type = xmlnode_attr(link, "type");

	return !type.n || str_is(type, "text/html") || str_is(type, "application/xhtml+xml");
}

/* The first link of that relation; to a page, if there is one. */
static struct str atom_link(struct arena *arena, const struct xmlnode *node,
			    const char *rel)
{
	const struct xmlnode *best = NULL, *link = xmlnode_child(node, "atom:link");
	struct str site = STR_NONE;

	for (; link; link = xmlnode_again(link)) {
		struct str own = first_of(xmlnode_attr(link, "rel"), STR("alternate"));

		if (str_is(own, rel) && (!best || (!is_page(best) && is_page(link))))
			best = link;
	}
	if (!best)
		return STR_NONE;
	if (node->up && xmlnode_child(node->up, "atom:link"))
		site = atom_link(arena, node->up, "alternate");
	return feed_address(arena, xmlnode_attr(best, "href"),
			    first_of(feed_base(arena, best), site));
}

static struct str site_of(struct reader *r)
{
	struct str link = FIRST(r, r->head, "link");

	if (!r->head)
		return STR_NONE;
	if (link.n)
		return feed_address(r->arena, link, STR_NONE);
	return atom_link(r->arena, r->head, "alternate");
}

static struct str permanent_link(struct reader *r)
{
	const struct xmlnode *guid = xmlnode_child(r->entry, "guid");

	if (str_is(xmlnode_attr(guid, "isPermaLink"), "false"))
		return STR_NONE;
	return feed_address(r->arena, xmlnode_text(r->arena, guid), STR_NONE);
}

static void read_address(struct reader *r)
{
	struct str *texts = r->out->texts;
	struct str link = FIRST(r, r->entry, "link");

	link = feed_address(r->arena, link,
			    first_of(feed_base(r->arena, r->entry), texts[FEED_SITE]));
	link = first_of(link, atom_link(r->arena, r->entry, "alternate"));
	texts[FEED_URL] = first_of(link, permanent_link(r));
}

struct str feed_page_of(struct str url)
{
	static const char *const marks[] = { "", "comment", "c", "p", "post", "msg",
					     "reply", "answer", "issuecomment",
					     "discussioncomment" };
	struct str mark = str_slice(url, str_index(url, '#') + 1, url.n);
	size_t digits = 0;

	while (digits < mark.n && mark.p[mark.n - 1 - digits] >= '0' &&
	       mark.p[mark.n - 1 - digits] <= '9')
		digits++;
	mark.n -= digits;
	if (mark.n && strchr("-_", mark.p[mark.n - 1]))
		mark.n--;
	for (size_t i = 0; digits && i < sizeof(marks) / sizeof(*marks); i++)
		if (str_is(mark, marks[i]))
			return str_slice(url, 0, str_index(url, '#'));
	return STR_NONE;
}

/* --- Texts --- */

enum markup { MARKUP_NONE, MARKUP_TEXT, MARKUP_HTML, MARKUP_XHTML };

/* RFC 4287, 3.1.1 and 4.1.3; media types also stood in 0.3. */
static enum markup markup_of(const struct xmlnode *node)
{
	static const struct { const char *type; enum markup markup; } types[] = {
		{ "", MARKUP_TEXT }, { "text", MARKUP_TEXT }, { "html", MARKUP_HTML },
		{ "xhtml", MARKUP_XHTML }, { "text/plain", MARKUP_TEXT },
		{ "text/html", MARKUP_HTML }, { "application/xhtml+xml", MARKUP_XHTML },
	};
	struct str type = xmlnode_attr(node, "type");
	struct str mode = xmlnode_attr(node, "mode");

	if (!node || str_present(xmlnode_attr(node, "src")) || str_is(mode, "base64"))
		return MARKUP_NONE;
	if (str_is(type, "text/html") && str_is(mode, "xml"))
		return MARKUP_XHTML;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (str_is(type, types[i].type))
			return types[i].markup;
	return MARKUP_NONE;
}

/* What holds the XHTML: its <div>, if that is all there is. */
static const struct xmlnode *xhtml_root(const struct xmlnode *node)
{
	return either(xmlnode_child(node, "xhtml:div"), node);
}

static struct str as_html(struct reader *r, const struct xmlnode *node, bool xhtml)
{
	struct buf out = BUF_INIT;
	struct str html;

	if (xhtml)
		feed_xhtml(&out, xhtml_root(node), r->arena);
	else
		feed_html(&out, xmlnode_text(r->arena, node), feed_base(r->arena, node));
	html = str_trim(arena_str(r->arena, buf_str(&out)));
	buf_release(&out);
	return html;
}

static struct str line_of(struct reader *r, const struct xmlnode *node)
{
	switch (markup_of(node)) {
	case MARKUP_NONE:
		return STR_NONE;
	case MARKUP_TEXT:
		return feed_line(r->arena, xmlnode_text(r->arena, node));
	case MARKUP_HTML:
		return feed_line_of_html(r->arena, xmlnode_text(r->arena, node));
	case MARKUP_XHTML:
		return feed_line_of_html(r->arena, as_html(r, node, true));
	}
	return STR_NONE;
}

static struct str title_of(struct reader *r, const struct xmlnode *node)
{
	return line_of(r, either(xmlnode_child(node, "atom:title"),
				 xmlnode_child(node, "title")));
}

static bool take_atom_body(struct reader *r, const struct xmlnode *node)
{
	enum markup markup = markup_of(node);

	if (markup == MARKUP_NONE)
		return false;
	r->out->format = markup == MARKUP_TEXT ? BODY_TEXT : BODY_HTML;
	r->out->texts[FEED_BODY] = markup == MARKUP_TEXT
					   ? xmlnode_text(r->arena, node)
					   : as_html(r, node, markup == MARKUP_XHTML);
	return r->out->texts[FEED_BODY].n > 0;
}

static bool take_rss_body(struct reader *r, const struct xmlnode *node)
{
	r->out->format = BODY_HTML;
	r->out->texts[FEED_BODY] = node ? as_html(r, node, false) : STR_NONE;
	return r->out->texts[FEED_BODY].n > 0;
}

/* Of an entry that has none, the title stands for it. */
static void read_body(struct reader *r)
{
	const struct xmlnode *e = r->entry;

	if (take_atom_body(r, xmlnode_child(e, "atom:content")) ||
	    take_rss_body(r, xmlnode_child(e, "content:encoded")) ||
	    take_rss_body(r, xmlnode_child(e, "description")) ||
	    take_atom_body(r, xmlnode_child(e, "atom:summary")))
		return;
	r->out->format = BODY_TEXT;
	r->out->texts[FEED_BODY] = first_of(r->out->texts[FEED_TITLE], STR(""));
}

/* --- People --- */

static void read_author(struct reader *r)
{
	static const char person[] = "atom:author";
	const struct xmlnode *source = xmlnode_child(r->entry, "atom:source");
	const struct xmlnode *who = either(xmlnode_child(r->entry, person),
					   xmlnode_child(source, person));
	struct str *texts = r->out->texts;
	struct str rss = FIRST(r, r->entry, "dc:creator", "author");

	if (!who && !rss.n && r->head)
		who = xmlnode_child(r->head, person);
	texts[FEED_AUTHOR] = feed_name(r->arena, who ? FIRST(r, who, "atom:name",
							     "atom:email") : rss);
	if (who)
		texts[FEED_AUTHOR_URL] = feed_address(
			r->arena, FIRST(r, who, "atom:uri", "atom:url"),
			first_of(feed_base(r->arena, who), texts[FEED_SITE]));
	texts[FEED_AUTHOR_ID] = short_id(r->arena, first_of(texts[FEED_AUTHOR_URL],
							   texts[FEED_AUTHOR]));
}

static struct str licence_of(struct reader *r, const struct xmlnode *node)
{
	const struct xmlnode *cc = either(xmlnode_child(node, "cc:license"),
					  xmlnode_child(node, "cc:licence"));
	struct str url = first_of(xmlnode_attr(cc, "rdf:resource"),
				  xmlnode_text(r->arena, cc));

	if (!node)
		return STR_NONE;
	url = first_of(url, atom_link(r->arena, node, "license"));
	url = feed_licence(r->arena, url);
	return first_of(url, feed_licence(r->arena, FIRST(r, node, "atom:rights",
							 "dc:rights", "dcterms:license")));
}

/* A channel's licence is that of what is in it; one of an Atom feed is of the feed
 * alone (RFC 4946, section 3). */
static void read_licence(struct reader *r)
{
	bool rss = r->head && str_is(r->head->name, "channel");
	struct str own = licence_of(r, r->entry);

	r->out->texts[FEED_LICENCE] = own.n || !rss ? own : licence_of(r, r->head);
}

static void read_language(struct reader *r)
{
	struct str language = FIRST(r, r->entry, "dc:language");

	for (const struct xmlnode *n = r->entry; n && !language.n; n = n->up)
		language = xmlnode_attr(n, "xml:lang");
	if (!language.n)
		language = FIRST(r, r->head, "language", "dc:language");
	r->out->texts[FEED_LANGUAGE] = str_is_language(language) ? language : STR_NONE;
}

/* --- Threads --- */

static void read_reply(struct reader *r)
{
	const struct xmlnode *to = xmlnode_child(r->entry, "thr:in-reply-to");
	struct str *texts = r->out->texts;
	struct str id = str_trim(xmlnode_attr(to, "ref"));

	texts[FEED_PARENT_URL] = feed_address(r->arena, xmlnode_attr(to, "href"),
					      feed_base(r->arena, to));
	if (!to)
		texts[FEED_PARENT_URL] = feed_page_of(texts[FEED_URL]);
	id = short_id(r->arena, first_of(id, to ? texts[FEED_PARENT_URL] : STR_NONE));
	if (!str_eq(id, texts[FEED_ID]))
		texts[FEED_PARENT] = id;
}

/* s behind the first of the beginnings that it has, or absent. */
static struct str behind(struct str s, const char *const *beginnings)
{
	for (; *beginnings; beginnings++)
		if (str_starts(s, str_of(*beginnings)))
			return str_trim(str_slice(s, strlen(*beginnings), s.n));
	return STR_NONE;
}

/* "Comment on TOPIC by NAME" (WordPress), "Re: TOPIC", or what the feed is about. */
static void read_topic(struct reader *r)
{
	static const char *const replies[] = { "Re: ", "RE: ", "re: ", "Comment on ", NULL };
	static const char *const feeds[] = { "Comments on: ", "Comments on ", NULL };
	struct str *texts = r->out->texts;
	struct str topic = behind(texts[FEED_TITLE], replies);
	struct str by = arena_printf(r->arena, " by %.*s", STR_ARG(texts[FEED_AUTHOR]));

	if (topic.n && str_starts(texts[FEED_TITLE], STR("Comment on ")) &&
	    str_ends(topic, by))
		topic.n -= by.n;
	texts[FEED_TOPIC] = first_of(topic, behind(texts[FEED_NAME], feeds));
}

static void add_tag(struct buf *tags, struct arena *arena, struct str tag)
{
	tag = feed_line(arena, tag);
	if (tag.n && tags->n)
		buf_addc(tags, '\n');
	buf_addstr(tags, tag);
}

static void read_tags(struct reader *r)
{
	static const char *const names[] = { "atom:category", "category", "dc:subject" };
	struct buf tags = BUF_INIT;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		for (const struct xmlnode *c = xmlnode_child(r->entry, names[i]); c;
		     c = xmlnode_again(c))
			add_tag(&tags, r->arena, first_of(xmlnode_attr(c, "term"),
							  xmlnode_text(r->arena, c)));
	r->out->texts[FEED_TAGS] = arena_str(r->arena, buf_str(&tags));
	buf_release(&tags);
}

static void read_replies(struct reader *r)
{
	struct str n = FIRST(r, r->entry, "thr:total", "slash:comments");

	r->out->replies = NUMBER_NONE;
	xmlcolumns_number(n, &r->out->replies);
}

/* --- Times, and the entry as a whole --- */

/* WHEN_NONE when it isn't there; -1 when it is no time. */
static int read_time(const struct xmlrecord *record, struct str s, int64_t *t,
		     struct diags *bad)
{
	struct str shown = str_slice(s, 0, 40);

	*t = WHEN_NONE;
	if (!s.n || maildate_parse(s, t))
		return 0;
	return diag_add(bad, DIAG_BAD_VALUE, record->where, "'%.*s' is no time",
			STR_ARG(shown));
}

static int read_times(struct reader *r, const struct xmlrecord *record,
		      struct diags *bad)
{
	struct feed_entry *e = r->out;
	struct str created = FIRST(r, r->entry, "atom:published", "pubDate", "dc:date",
				   "atom:issued", "dcterms:created", "atom:created");
	struct str edited = FIRST(r, r->entry, "atom:updated", "dcterms:modified",
				  "atom:modified");

	if (read_time(record, created, &e->created, bad) < 0 ||
	    read_time(record, edited, &e->edited, bad) < 0)
		return -1;
	if (e->created == WHEN_NONE)
		e->created = e->edited;
	if (e->edited <= e->created)
		e->edited = WHEN_NONE;
	if (e->created != WHEN_NONE)
		return 0;
	return diag_add(bad, DIAG_MISSING_KEY, record->where, "an entry without a time");
}

/* Who wrote when: that no edit changes. */
static struct str made_id(struct reader *r)
{
	char when[WHEN_RFC3339];

	when_format(r->out->created, when);
	return arena_printf(r->arena, "%s %.*s", when, STR_ARG(r->out->texts[FEED_AUTHOR]));
}

static void read_id(struct reader *r)
{
	struct str *texts = r->out->texts;
	struct str id = FIRST(r, r->entry, "atom:id", "guid");

	id = first_of(id, str_trim(xmlnode_attr(r->entry, "rdf:about")));
	id = first_of(id, texts[FEED_URL]);
	texts[FEED_ID] = short_id(r->arena, id.n ? id : str_trim(made_id(r)));
}

static int read_deleted(struct reader *r, const struct xmlrecord *record,
			struct diags *bad)
{
	struct str id = str_trim(xmlnode_attr(r->entry, "ref"));

	r->out->deleted = true;
	r->out->texts[FEED_ID] = short_id(r->arena, id);
	if (!id.n)
		return diag_add(bad, DIAG_MISSING_KEY, record->where,
				"a deleted entry without 'ref'");
	return read_time(record, str_trim(xmlnode_attr(r->entry, "when")),
			 &r->out->edited, bad);
}

int feed_entry_read(const struct xmlrecord *record, struct feed_entry *out,
		    struct diags *bad)
{
	struct reader r = { record->node, head_of(record->node), record->arena, out };

	*out = (struct feed_entry){ .line = record->where.line };
	out->texts[FEED_SITE] = site_of(&r);
	out->texts[FEED_NAME] = title_of(&r, r.head);
	if (str_is(record->node->name, "at:deleted-entry"))
		return read_deleted(&r, record, bad);
	if (read_times(&r, record, bad) < 0)
		return -1;
	read_address(&r);
	read_author(&r);
	read_id(&r);
	out->texts[FEED_TITLE] = title_of(&r, r.entry);
	read_body(&r);
	read_licence(&r);
	read_language(&r);
	read_reply(&r);
	read_topic(&r);
	read_tags(&r);
	read_replies(&r);
	return 0;
}

/* --- Packed --- */

void feed_entry_pack(const struct feed_entry *e, struct buf *out)
{
	buf_add(out, (const char *)e, sizeof(*e));
	for (int i = 0; i < FEED_TEXTS; i++)
		buf_addstr(out, e->texts[i]);
}

void feed_entry_unpack(struct str packed, struct feed_entry *out)
{
	const char *at = packed.p + sizeof(*out);

	memcpy(out, packed.p, sizeof(*out));
	for (int i = 0; i < FEED_TEXTS; i++) {
		out->texts[i] = out->texts[i].n ? str_make(at, out->texts[i].n) : STR_NONE;
		at += out->texts[i].n;
	}
}
