/*
 * Atom and RSS.  Small feeds pin what becomes of each element, which entries are one
 * thread, what later feeds of the same site do, and what is done about broken ones.
 */
#include "import-try.h"

#include "base/mem.h"

#define FEED \
	"<feed xmlns='http://www.w3.org/2005/Atom' " \
	"xmlns:thr='http://purl.org/syndication/thread/1.0' " \
	"xmlns:at='http://purl.org/atompub/tombstones/1.0'>" \
	"<title>Talk</title><link href='https://a.example/'/>\n"
#define ENTRY(id, time, rest) \
	"<entry><id>" id "</id><title>T" id "</title><updated>" time "</updated>" rest \
	"</entry>\n"

static int import_text(struct try *t, const char *text)
{
	try_file("feed.xml", text);
	return try_import(t, "atom", "feed.xml");
}

/* Whether the export holds the part, ' standing for ". */
#define assert_exports(t, part) assert_exports_at((t), (part), true, __LINE__)
#define assert_lacks(t, part) assert_exports_at((t), (part), false, __LINE__)
static void assert_exports_at(struct try *t, const char *part, bool wanted, int line)
{
	char *lines = try_export(t), *want = quoted(part);
	bool found = strstr(lines, want) != NULL;

	if (found != wanted)
		print_error("%s '%s' in:\n%s", wanted ? "no" : "a", want, lines);
	free(lines);
	free(want);
	if (found != wanted)
		_fail(__FILE__, line);
}

static void maps_atom(void **state)
{
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(import_text(t,
		"<?xml version='1.0'?>\n"
		"<a:feed xmlns:a='http://www.w3.org/2005/Atom' xml:lang='en' "
		"xmlns:thr='http://purl.org/syndication/thread/1.0' "
		"xmlns='http://www.w3.org/1999/xhtml'>"
		"<a:title type='html'>Talk &amp;amp; more</a:title>"
		"<a:link rel='self' href='https://b.example/feed'/>"
		"<a:link href='https://a.example/'/>"
		"<a:author><a:name>Wrenholt</a:name></a:author>"
		"<a:entry xml:base='https://a.example/x/'><a:id>tag:1</a:id>"
		"<a:title type='html'>One &lt;b&gt;&amp;amp; two&lt;/b&gt;</a:title>"
		"<a:published>2024-01-01T00:00:00Z</a:published>"
		"<a:updated>2024-01-02T00:00:00+01:00</a:updated>"
		"<a:link rel='license' href='http://creativecommons.org/licenses/by-sa/4.0/'/>"
		"<a:link rel='alternate' type='application/json' href='no'/>"
		"<a:link href='one'/><a:category term='b'/><a:category term='a'/>"
		"<a:author><a:name>Dana &lt;dana@a.example&gt;</a:name><a:uri>/u/7</a:uri>"
		"<a:email>dana@a.example</a:email></a:author>"
		"<a:content type='xhtml'><div>\n<p class='x'>a &lt; b<br/> <i>c</i> "
		"<a href='../y?a=1&amp;b' xml:base='sub/'>l</a></p></div></a:content>"
		"<a:summary>no</a:summary></a:entry>\n"
		"<a:entry xml:lang='nl'><a:id>tag:2</a:id><a:title>Re</a:title>"
		"<a:updated>2024-01-03T00:00:00Z</a:updated>"
		"<a:content src='https://a.example/v.mp4' type='video/mp4'/>"
		"<a:summary type='html' xml:base='https://c.example/'>"
		"&lt;a href=z&gt;z&lt;/a&gt; &lt;img src=/i?a&amp;amp;b&gt;</a:summary>"
		"<thr:in-reply-to ref='tag:1'/></a:entry></a:feed>"), 0);
	assert_export(t,
		"{'type':'venue','slug':'a-example','name':'Talk & more',"
		"'url':'https://a.example/'}\n"
		"{'type':'thread','venue':'a-example','id':'tag:1',"
		"'url':'https://a.example/x/one','title':'One & two',"
		"'created':'2024-01-01T00:00:00Z','tags':['a','b'],'posts':["
		"{'id':'tag:1','author':{'id':'https://a.example/u/7','name':'Dana',"
		"'url':'https://a.example/u/7'},'created':'2024-01-01T00:00:00Z',"
		"'edited':'2024-01-01T23:00:00Z','format':'html','language':'en',"
		"'body':'<p class=\\'x\\'>a &lt; b<br> <i>c</i> "
		"<a href=\\'https://a.example/x/y?a=1&amp;b\\'>l</a></p>',"
		"'url':'https://a.example/x/one','licence':'CC BY-SA 4.0',"
		"'fetched':'2023-11-14T22:13:20Z'},"
		"{'id':'tag:2','parent':'tag:1','author':{'id':'Wrenholt',"
		"'name':'Wrenholt'},'created':'2024-01-03T00:00:00Z','format':'html',"
		"'language':'nl','body':'<a href=\\'https://c.example/z\\'>z</a> "
		"<img src=\\'https://c.example/i?a&amp;b\\'>',"
		"'fetched':'2023-11-14T22:13:20Z'}]}\n");
	try_end(t);
}

static void maps_rss(void **state)
{
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(import_text(t,
		"<?xml version='1.0' encoding='ISO-8859-1'?>\n"
		"<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' "
		"xmlns:content='http://purl.org/rss/1.0/modules/content/' "
		"xmlns:slash='http://purl.org/rss/1.0/modules/slash/'>"
		"<channel><title>Comments on: Lids</title>"
		"<link>https://a.example/lids/</link><language>de-DE</language>"
		"<item><title>By: Zo\xeb</title>"
		"<link>https://a.example/lids/#comment-2</link>"
		"<dc:creator><![CDATA[Zo\xeb]]></dc:creator>"
		"<pubDate>Wed, 11 Jun 2003 04:00:00 +0200</pubDate>"
		"<guid isPermaLink='false'>https://a.example/?p=1#comment-2</guid>"
		"<description>no</description>"
		"<content:encoded><![CDATA[<p>x &amp; y</p>]]></content:encoded></item>\n"
		"<item><title>AT&amp;amp;T &lt;lid&gt;</title>"
		"<link>https://a.example/lids/</link>"
		"<author>bo@a.example (Bo)</author>"
		"<pubDate>Tue, 10 Jun 2003 04:00:00 GMT</pubDate>"
		"<slash:comments>1</slash:comments>"
		"<description>d</description></item></channel></rss>"), 0);
	assert_exports(t, "'id':'https://a.example/lids/','url':'https://a.example/lids/',"
			  "'title':'AT&T <lid>'");
	assert_exports(t, "'author':{'id':'Bo','name':'Bo'}");
	assert_exports(t, "{'id':'https://a.example/?p=1#comment-2',"
			  "'parent':'https://a.example/lids/','author':{'id':'Zo\xc3\xab',"
			  "'name':'Zo\xc3\xab'},'created':'2003-06-11T02:00:00Z',"
			  "'format':'html','language':'de-DE','body':'<p>x &amp; y</p>'");
	assert_int_equal(t->counts.threads_new, 1);
	assert_int_equal(t->counts.replies, 1);
	try_end(t);
}

/* Without its comments' page, and RSS 1.0. */
static void groups_comments(void **state)
{
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(import_text(t,
		"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
		"xmlns='http://purl.org/rss/1.0/' "
		"xmlns:dc='http://purl.org/dc/elements/1.1/'>"
		"<channel><title>Comments for Talk</title><link>https://a.example/</link>"
		"</channel>"
		"<item rdf:about='u:1'><title>Comment on Lids by Ann</title>"
		"<link>https://a.example/lids#comment-1</link><dc:creator>Ann</dc:creator>"
		"<dc:date>2024-01-01</dc:date></item>"
		"<item rdf:about='u:2'><title>Comment on Lids by Bo</title>"
		"<link>https://a.example/lids#comment-2</link><dc:creator>Bo</dc:creator>"
		"<dc:date>2024-01-02</dc:date></item>"
		"<item rdf:about='u:3'><title>News</title>"
		"<link>https://a.example/lids#v1.2</link>"
		"<dc:date>2024-01-02</dc:date></item></rdf:RDF>"), 0);
	assert_int_equal(t->counts.threads_new, 2);
	assert_exports(t, "'name':'Talk'");
	assert_exports(t, "'id':'https://a.example/lids','url':'https://a.example/lids',"
			  "'title':'Lids','created':'2024-01-01T00:00:00Z'");
	assert_exports(t, "'id':'u:3','url':'https://a.example/lids#v1.2',"
			  "'title':'News'");
	try_end(t);
}

static void follows_the_venue(void **state)
{
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(import_text(t, FEED
		ENTRY("2", "2024-01-02T00:00:00Z", "<thr:in-reply-to ref='1'/>")
		ENTRY("1", "2024-01-01T00:00:00Z", "<thr:total>1</thr:total>")
		"</feed>"), 0);
	assert_int_equal(t->counts.threads_new, 1);
	/* The window moved on: what comes answers what the archive has. */
	t->options.now += 100;
	assert_int_equal(import_text(t, FEED
		ENTRY("4", "2024-01-04T00:00:00Z", "<thr:in-reply-to ref='3'/>")
		ENTRY("3", "2024-01-03T00:00:00Z", "<thr:in-reply-to ref='2'/>")
		"</feed>"), 0);
	assert_int_equal(t->counts.threads_new, 0);
	assert_int_equal(t->counts.threads_changed, 1);
	assert_int_equal(t->counts.replies, 2);
	assert_exports(t, "'id':'1','url':'https://a.example/','title':'T1'");
	assert_int_equal(try_import(t, "atom", "feed.xml"), 0);
	assert_int_equal(t->counts.threads_same, 1);
	/* Edited, and deleted; what was deleted before its last edit isn't. */
	assert_int_equal(import_text(t, FEED
		ENTRY("2", "2024-02-02T00:00:00Z", "<published>2024-01-02T00:00:00Z"
		      "</published><content>new</content>")
		"<at:deleted-entry ref='2' when='2024-02-01T00:00:00Z'/>"
		"<at:deleted-entry ref='3' when='2024-02-01T00:00:00Z'/>"
		"<at:deleted-entry ref='77' when='2024-02-01T00:00:00Z'/></feed>"), 0);
	assert_int_equal(t->counts.skipped[SKIP_DELETED], 1);
	assert_exports(t, "'edited':'2024-02-02T00:00:00Z','format':'text','body':'new'");
	assert_exports(t, "'body':'T3','gone':true");
	/* All there is, as the feed says: the rest is gone. */
	assert_lacks(t, "'body':'T4','gone':true");
	assert_int_equal(import_text(t, FEED
		ENTRY("2", "2024-01-02T00:00:00Z", "<thr:in-reply-to ref='1'/>")
		ENTRY("1", "2024-01-01T00:00:00Z", "<thr:total>1</thr:total>")
		"</feed>"), 0);
	assert_exports(t, "'body':'T4','gone':true");
	try_end(t);
}

static void says_ids_twice(void **state)
{
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(import_text(t, FEED
		ENTRY("1", "2024-01-01T00:00:00Z", "<content>old</content>")
		ENTRY("1", "2024-01-03T00:00:00Z", "<content>new</content>")
		ENTRY("1", "2024-01-02T00:00:00Z", "<content>old</content>")
		ENTRY("9", "2024-01-02T00:00:00Z", "<thr:in-reply-to ref='9'/>")
		"</feed>"), 0);
	assert_int_equal(t->counts.skipped[SKIP_TWICE], 2);
	assert_int_equal(t->counts.posts, 2);
	assert_int_equal(t->counts.replies, 0);
	assert_exports(t, "'body':'new'");
	try_end(t);
}

static void assert_refused(struct try *t, const char *text, const char *expected)
{
	assert_int_equal(import_text(t, text), -1);
	assert_diags(&t->diags, expected);
	assert_export(t, "");
}

static void refuses_bad_feeds(void **state)
{
	struct try *t = try_begin();

	(void)state;
	assert_refused(t, "<x xmlns='urn:x'/>",
		       "feed.xml:1: error: not a feed: it begins with <x> [syntax]\n");
	assert_refused(t, "<html/>", "feed.xml:1: error: not a feed: it begins with <html> "
				     "[syntax]\n");
	assert_refused(t, "<!DOCTYPE rss SYSTEM 'x'>\n<rss/>",
		       "feed.xml:1: error: a DOCTYPE, which is never read [syntax]\n"
		       "  hint: take it out: nothing in it is needed\n");
	assert_refused(t, FEED ENTRY("1", "yesterday", "") "<entry><id>2</id></entry>"
		       "<at:deleted-entry/></feed>",
		       "feed.xml:2: error: 'yesterday' is no time [bad-value]\n"
		       "feed.xml:3: error: an entry without a time [missing-key]\n"
		       "feed.xml:3: error: a deleted entry without 'ref' [missing-key]\n");
	assert_refused(t, FEED "<entry>\n<title>\xff",
		       "feed.xml:3: error: byte 0xFF is not UTF-8 [bad-utf8]\n");
	assert_int_equal(import_text(t, FEED ENTRY("1", "2024-01-01", "") "<entry>\n&nbsp;"),
			 -1);
	assert_int_equal(t->diags.items[0].line, 4);
	assert_int_equal(t->diags.items[0].id, DIAG_SYNTAX);
	diags_release(&t->diags);
	try_end(t);
}

static void reads_what_can_be_read(void **state)
{
	struct try *t = try_begin();

	(void)state;
	t->options.keep_going = true;
	assert_int_equal(import_text(t, FEED
		ENTRY("1", "2024-01-01T00:00:00Z", "<content>a &nbsp; \xff</content>")
		"<entry><id>2</id><updated>2024-01-01T00:00:00Z</updated>"
		"<content type='xhtml'><br></content></entry>\n"
		ENTRY("3", "2024-01-01T00:00:00Z", "")
		"<entry><id>4</id>"), 0);
	assert_int_equal(t->counts.posts, 2);
	assert_int_equal(t->counts.skipped[SKIP_BAD], 2);
	assert_exports(t, "'body':'a  ?'");
	assert_exports(t, "'id':'3'");
	assert_lacks(t, "'id':'2'");
	assert_int_equal(t->diags.n, 1);
	assert_int_equal(t->diags.items[0].id, DIAG_XML_BROKEN);
	diags_release(&t->diags);
	try_end(t);
}

static void keeps_one_site(void **state)
{
	struct try *t = try_begin();
	char *paths[] = { "feed.xml", "other.xml" };

	(void)state;
	try_file("feed.xml", FEED ENTRY("1", "2024-01-01", "") "</feed>");
	try_file("other.xml", "<rss><channel><link>http://b.example/</link><item><title>x"
			      "</title><pubDate>2024-01-01</pubDate></item></channel></rss>");
	assert_int_equal(import_run(t->archive, importer_find("atom"), paths, 2,
				    &t->options, &t->counts, &t->diags), -1);
	assert_diags(&t->diags, "other.xml:1: error: a feed of another site than "
		"'https://a.example' [usage]\n  hint: import one site after the other, or "
		"say with --venue that it is one venue\n");
	t->options.venue = "talk";
	assert_int_equal(import_run(t->archive, importer_find("atom"), paths, 2,
				    &t->options, &t->counts, &t->diags), 0);
	assert_int_equal(t->counts.threads_new, 2);
	try_end(t);
}

/* A real feed: one comment, whose post isn't in it. */
static void reads_a_real_feed(void **state)
{
	const char *shared = getenv("CANDOR_SHARED");
	struct buf path = BUF_INIT;
	struct try *t;
	char *file;

	(void)state;
	buf_addf(&path, "%s/data/feeds/atomthreadingwithentry.xml",
		 shared ? shared : "../shared");
	file = realpath(path.p, NULL);
	buf_release(&path);
	if (!file) {
		print_message("no data/feeds in CANDOR_SHARED\n");
		skip();
	}
	t = try_begin();
	assert_int_equal(try_import(t, "atom", file), 0);
	assert_int_equal(t->counts.threads_new, 1);
	assert_int_equal(t->counts.posts, 1);
	assert_int_equal(t->counts.replies, 0);
	assert_int_equal(try_import(t, "atom", file), 0);
	assert_int_equal(t->counts.threads_same, 1);
	free(file);
	try_end(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(maps_atom),
		cmocka_unit_test(maps_rss),
		cmocka_unit_test(groups_comments),
		cmocka_unit_test(follows_the_venue),
		cmocka_unit_test(says_ids_twice),
		cmocka_unit_test(refuses_bad_feeds),
		cmocka_unit_test(reads_what_can_be_read),
		cmocka_unit_test(keeps_one_site),
		cmocka_unit_test(reads_a_real_feed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
