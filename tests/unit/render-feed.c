/*
 * Proves that whatever stands in a feed stands there escaped, in elements and in
 * attributes, and that an entry says who wrote what, when, where, in answer to
 * what and under which licence; and that what is gone is told as RFC 6721 says.
 */
#include "check.h"

#include "base/mem.h"
#include "render/feed.h"

#define EVIL "<&\"'>]]>\x02\xef\xbf\xbe"
#define SAFE "&lt;&amp;&quot;&#39;&gt;]]&gt;"

static struct value object(struct arena *a, const char *key, struct value v)
{
	struct value o = value_object(a, 2);

	value_set(a, &o, key, v);
	return o;
}

static struct value date(struct arena *a, const char *time)
{
	return object(a, "time", value_text(str_of(time)));
}

/* Everything in it is evil but the date. */
static struct value post(struct arena *a, const char *created, bool first)
{
	struct value v = value_object(a, 12);
	struct value evil = value_text(STR(EVIL));
	struct value author = object(a, "name", evil);

	value_set(a, &author, "url", evil);
	value_set(a, &v, "anchor", evil);
	value_set(a, &v, "author", author);
	value_set(a, &v, "created", date(a, created));
	value_set(a, &v, "edited", value_none());
	value_set(a, &v, "url", evil);
	value_set(a, &v, "licence", object(a, "name", evil));
	value_set(a, &v, "body", value_html(STR("<p>" EVIL)));
	value_set(a, &v, "reply_to", value_none());
	value_set(a, &v, "first", value_bool(first));
	return v;
}

static struct value thread(struct arena *a)
{
	struct value v = value_object(a, 4), posts = value_list(a, 2);

	posts.u.list.items[0] = post(a, "2026-01-01T00:00:00Z", true);
	posts.u.list.items[1] = post(a, "2026-01-02T00:00:00Z", false);
	value_set(a, &v, "title", value_text(STR(EVIL)));
	value_set(a, &v, "path", value_text(STR("threads/")));
	value_set(a, &v, "posts", posts);
	return v;
}

static struct feed feed(struct buf *out)
{
	return (struct feed){
		.out = out, .site_url = STR("https://a.example/"),
		.path = STR("feed.xml"), .page_path = STR(""),
		.title = STR(EVIL), .company = STR(EVIL), .language = STR(EVIL),
	};
}

#define HERE "https://a.example/threads/#" SAFE
#define ENTRY(re, time, reply) \
	"<entry>\n<id>" HERE "</id>\n<title>" re SAFE "</title>\n" \
	"<author><name>" SAFE "</name>\n<uri>" SAFE "</uri>\n</author>\n" \
	"<published>" time "</published>\n<updated>" time "</updated>\n" \
	"<link rel=\"alternate\" type=\"text/html\" href=\"" HERE "\"/>\n" \
	"<link rel=\"via\" type=\"text/html\" href=\"" SAFE "\"/>\n" reply \
	"<rights>" SAFE "</rights>\n" \
	"<content type=\"html\">&lt;p&gt;" SAFE "</content>\n</entry>\n"

static void everything_is_escaped(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf b = BUF_INIT;
	struct feed f = feed(&b);
	struct value list = value_list(&a, 1);

	(void)state;
	list.u.list.items[0] = thread(&a);
	feed_write(&f, &a, &list, 5);
	assert_str(buf_str(&b),
		"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		"<feed xmlns=\"http://www.w3.org/2005/Atom\" "
		"xmlns:thr=\"http://purl.org/syndication/thread/1.0\" xml:lang=\"" SAFE "\">\n"
		"<id>https://a.example/feed.xml</id>\n<title>" SAFE "</title>\n"
		"<link rel=\"self\" type=\"application/atom+xml\" "
		"href=\"https://a.example/feed.xml\"/>\n"
		"<link rel=\"alternate\" type=\"text/html\" href=\"https://a.example/\"/>\n"
		"<updated>2026-01-02T00:00:00Z</updated>\n"
		"<author><name>" SAFE "</name>\n</author>\n"
		"<generator version=\"" CANDOR_VERSION "\">candor</generator>\n"
		ENTRY("Re: ", "2026-01-02T00:00:00Z",
		      "<thr:in-reply-to ref=\"" HERE "\" type=\"text/html\" href=\"" HERE
		      "\"/>\n")
		ENTRY("", "2026-01-01T00:00:00Z", "")
		"</feed>\n");
	buf_release(&b);
	arena_release(&a);
}

static bool holds(const struct buf *b, const char *text)
{
	return strstr(b->p, text);
}

/* A reader asks again when the feed is newer; an edit is news. */
static void the_feed_is_as_new_as_its_newest_post(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf b = BUF_INIT;
	struct feed f = feed(&b);
	struct value list = value_list(&a, 1), *posts;

	(void)state;
	list.u.list.items[0] = thread(&a);
	posts = ((struct value *)value_get(&list.u.list.items[0], STR("posts")))->u.list.items;
	*(struct value *)value_get(&posts[0], STR("edited")) = date(&a, "2026-02-03T00:00:00Z");
	feed_write(&f, &a, &list, 2);
	assert_true(holds(&b, "href=\"https://a.example/\"/>\n"
			      "<updated>2026-02-03T00:00:00Z</updated>\n<author>"));
	assert_true(holds(&b, "<published>2026-01-01T00:00:00Z</published>\n"
			      "<updated>2026-02-03T00:00:00Z</updated>"));
	buf_reset(&b);
	/* What isn't in it doesn't count. */
	feed_write(&f, &a, &list, 1);
	assert_false(holds(&b, "2026-02-03"));
	buf_reset(&b);
	list.u.list.n = 0;
	f.empty = 86400;
	feed_write(&f, &a, &list, 2);
	assert_true(holds(&b, "<updated>1970-01-02T00:00:00Z</updated>"));
	buf_release(&b);
	arena_release(&a);
}

/* Readers that kept an entry learn that it is no more, and nothing else. */
static void tombstones_say_what_is_gone_and_since_when(void **state)
{
	static const struct feed_deleted deleted[] = {
		{ { "threads/a/", 10 }, { EVIL, sizeof(EVIL) - 1 }, 86400 },
		{ { "threads/b/", 10 }, { "t_b", 3 }, 0 },
	};
	struct arena a = ARENA_INIT;
	struct buf b = BUF_INIT;
	struct feed f = feed(&b);
	struct value list = value_list(&a, 1);

	(void)state;
	f.deleted = deleted;
	f.deleted_n = 2;
	list.u.list.n = 0;
	feed_write(&f, &a, &list, 2);
	assert_true(holds(&b, "xmlns:at=\"http://purl.org/atompub/tombstones/1.0\""));
	assert_true(holds(&b, "<updated>1970-01-02T00:00:00Z</updated>"));
	assert_true(holds(&b,
		"<at:deleted-entry ref=\"https://a.example/threads/a/#" SAFE "\" "
		"when=\"1970-01-02T00:00:00Z\"/>\n"
		"<at:deleted-entry ref=\"https://a.example/threads/b/#t_b\" "
		"when=\"1970-01-01T00:00:00Z\"/>\n</feed>\n"));
	buf_reset(&b);
	/* A newer entry is what the feed is as new as. */
	list.u.list.items[0] = thread(&a);
	list.u.list.n = 1;
	feed_write(&f, &a, &list, 2);
	assert_true(holds(&b, "<updated>2026-01-02T00:00:00Z</updated>\n<author>"));
	buf_release(&b);
	arena_release(&a);
}

/* Where the posts before it were taken away, there is nothing to point at. */
static void the_first_that_is_left_answers_none(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf b = BUF_INIT;
	struct feed f = feed(&b);
	struct value list = value_list(&a, 1), *posts;

	(void)state;
	list.u.list.items[0] = thread(&a);
	posts = (struct value *)value_get(&list.u.list.items[0], STR("posts"));
	posts->u.list.items++;
	posts->u.list.n--;
	feed_write(&f, &a, &list, 2);
	assert_true(holds(&b, "<title>Re: "));
	assert_false(holds(&b, "in-reply-to"));
	buf_release(&b);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_is_escaped),
		cmocka_unit_test(the_feed_is_as_new_as_its_newest_post),
		cmocka_unit_test(tombstones_say_what_is_gone_and_since_when),
		cmocka_unit_test(the_first_that_is_left_answers_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
