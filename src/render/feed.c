/* Atom feeds.  Which threads are in which feed is the build's. */
#include "render/feed.h"

#include "base/when.h"
#include "render/html.h"

#include <stdlib.h>

static const struct value *child(const struct value *object, const char *key)
{
	const struct value *v = value_get(object, str_of(key));

	return v && v->kind == VALUE_OBJECT ? v : NULL;
}

static void element(struct buf *out, const char *name, struct str text)
{
	if (!str_present(text))
		return;
	buf_addf(out, "<%s>", name);
	xml_text(out, text);
	buf_addf(out, "</%s>\n", name);
}

static void site_address(const struct feed *f, struct str path, struct str anchor)
{
	xml_text(f->out, f->site_url);
	xml_text(f->out, path);
	if (str_present(anchor)) {
		buf_addc(f->out, '#');
		xml_text(f->out, anchor);
	}
}

/* The address of a thread's page, or of a post on it. */
static void address(const struct feed *f, const struct value *thread, struct str anchor)
{
	site_address(f, value_str(thread, "path"), anchor);
}

static void site_link(const struct feed *f, const char *rel, const char *type, struct str path)
{
	buf_addf(f->out, "<link rel=\"%s\" type=\"%s\" href=\"", rel, type);
	xml_text(f->out, f->site_url);
	xml_text(f->out, path);
	buf_adds(f->out, "\"/>\n");
}

static void author(struct buf *out, const struct value *who)
{
	buf_adds(out, "<author>");
	element(out, "name", value_str(who, "name"));
	element(out, "uri", value_str(who, "url"));
	buf_adds(out, "</author>\n");
}

/* The post that is answered: the one it names, else the thread's first; the
 * first answers none, also where those before it were taken away. */
static void in_reply_to(const struct feed *f, const struct value *thread,
			const struct value *post, struct str first)
{
	const struct value *parent = child(post, "reply_to");
	struct str anchor = parent ? value_str(parent, "anchor") : first;

	if (!str_present(anchor))
		return;
	buf_adds(f->out, "<thr:in-reply-to ref=\"");
	address(f, thread, anchor);
	buf_adds(f->out, "\" type=\"text/html\" href=\"");
	address(f, thread, anchor);
	buf_adds(f->out, "\"/>\n");
}

static void links(const struct feed *f, const struct value *thread, const struct value *post)
{
	struct str origin = value_str(post, "url");

	buf_adds(f->out, "<link rel=\"alternate\" type=\"text/html\" href=\"");
	address(f, thread, value_str(post, "anchor"));
	buf_adds(f->out, "\"/>\n");
	if (str_present(origin)) {
		buf_adds(f->out, "<link rel=\"via\" type=\"text/html\" href=\"");
		xml_text(f->out, origin);
		buf_adds(f->out, "\"/>\n");
	}
}

/* Escaped once more, and what a page would have as its root made absolute. */
static void content(const struct feed *f, struct str html)
{
	buf_adds(f->out, "<content type=\"html\">");
	while (str_present(html)) {
		xml_text(f->out, str_split(&html, VALUE_ROOT));
		if (str_present(html))
			xml_text(f->out, f->site_url);
	}
	buf_adds(f->out, "</content>\n");
}

static struct str updated(const struct value *post)
{
	const struct value *edited = child(post, "edited");

	return value_str(edited ? edited : child(post, "created"), "time");
}

static void entry(const struct feed *f, const struct value *thread, const struct value *post,
		  struct str first)
{
	const struct value *licence = child(post, "licence");
	struct str lang = value_str(post, "lang");

	buf_adds(f->out, "<entry");
	if (str_present(lang)) {
		buf_adds(f->out, " xml:lang=\"");
		xml_text(f->out, lang);
		buf_addc(f->out, '"');
	}
	buf_adds(f->out, ">\n<id>");
	address(f, thread, value_str(post, "anchor"));
	buf_adds(f->out, "</id>\n<title>");
	buf_adds(f->out, value_yes(post, "first") ? "" : "Re: ");
	xml_text(f->out, value_str(thread, "title"));
	buf_adds(f->out, "</title>\n");
	author(f->out, child(post, "author"));
	element(f->out, "published", value_str(child(post, "created"), "time"));
	element(f->out, "updated", updated(post));
	links(f, thread, post);
	in_reply_to(f, thread, post, first);
	if (licence)
		element(f->out, "rights", value_str(licence, "name"));
	content(f, value_str(post, "body"));
	buf_adds(f->out, "</entry>\n");
}

/* A reader that has kept the entry takes it away.  Nothing is said of whose it was. */
static void deleted(const struct feed *f, const struct feed_deleted *d)
{
	char when[WHEN_RFC3339];

	when_format(d->when, when);
	buf_adds(f->out, "<at:deleted-entry ref=\"");
	site_address(f, d->path, d->anchor);
	buf_addf(f->out, "\" when=\"%s\"/>\n", when);
}

struct item {
	const struct value *thread, *post;
	struct str created, first; /* first: anchor of the thread's, but for itself */
	size_t order;
};

static int newest_first(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int c = str_cmp(y->created, x->created);

	return c ? c : x->order < y->order ? -1 : x->order > y->order;
}

static size_t count_posts(const struct value *threads)
{
	size_t n = 0;

	for (size_t i = 0; i < threads->u.list.n; i++)
		n += value_get(&threads->u.list.items[i], STR("posts"))->u.list.n;
	return n;
}

static void collect(const struct value *thread, struct item *items, size_t *n)
{
	const struct value *posts = value_get(thread, STR("posts"));

	for (size_t i = 0; i < posts->u.list.n; i++) {
		const struct value *post = &posts->u.list.items[i];

		items[*n] = (struct item){
			thread, post, value_str(child(post, "created"), "time"),
			i ? value_str(&posts->u.list.items[0], "anchor") : STR_NONE, *n,
		};
		*n += 1;
	}
}

/* The newest of the posts that the feed has, and of what it says of others. */
static void feed_updated(const struct feed *f, const struct item *items, size_t n)
{
	char text[WHEN_RFC3339];
	struct str newest = STR_NONE;
	int64_t last = f->deleted_n || n ? WHEN_NONE : f->empty;

	for (size_t i = 0; i < n; i++)
		if (!str_present(newest) || str_cmp(updated(items[i].post), newest) > 0)
			newest = updated(items[i].post);
	for (size_t i = 0; i < f->deleted_n; i++)
		last = f->deleted[i].when > last ? f->deleted[i].when : last;
	if (last != WHEN_NONE) {
		when_format(last, text);
		if (!n || str_cmp(str_of(text), newest) > 0)
			newest = str_of(text);
	}
	element(f->out, "updated", newest);
}

static void head(const struct feed *f, const struct item *items, size_t n)
{
	struct buf *out = f->out;

	buf_adds(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		      "<feed xmlns=\"http://www.w3.org/2005/Atom\" "
		      "xmlns:thr=\"http://purl.org/syndication/thread/1.0\" ");
	if (f->deleted_n)
		buf_adds(out, "xmlns:at=\"http://purl.org/atompub/tombstones/1.0\" ");
	buf_adds(out, "xml:lang=\"");
	xml_text(out, f->language);
	buf_adds(out, "\">\n<id>");
	xml_text(out, f->site_url);
	xml_text(out, f->path);
	buf_adds(out, "</id>\n");
	element(out, "title", f->title);
	site_link(f, "self", "application/atom+xml", f->path);
	site_link(f, "alternate", "text/html", f->page_path);
	feed_updated(f, items, n);
	buf_adds(out, "<author>");
	element(out, "name", f->company);
	buf_adds(out, "</author>\n<generator version=\""
		      CANDOR_VERSION "\">candor</generator>\n");
}

void feed_write(const struct feed *f, struct arena *a, const struct value *threads, size_t most)
{
	struct item *items = arena_array(a, struct item, count_posts(threads));
	size_t n = 0;

	for (size_t i = 0; i < threads->u.list.n; i++)
		collect(&threads->u.list.items[i], items, &n);
	if (n)
		qsort(items, n, sizeof(*items), newest_first);
	n = n < most ? n : most;
	head(f, items, n);
	for (size_t i = 0; i < n; i++)
		entry(f, items[i].thread, items[i].post, items[i].first);
	for (size_t i = 0; i < f->deleted_n; i++)
		deleted(f, &f->deleted[i]);
	buf_adds(f->out, "</feed>\n");
}
