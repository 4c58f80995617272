/*
 * Discourse's JSON.  Small exports made here pin what becomes of each key, in how many
 * files and in what order they come; a newer export is followed, a part of one takes
 * nothing away; whatever is wrong with a file, the archive stays as it was.  A real forum,
 * where it is at hand, gives the figures that a script counted.
 */
#include "import-try.h"

#define AT "'created_at':'2026-01-02T03:04:05.678Z'"
/* Post 101 has the number 1, and so on; more begins with a comma. */
#define POST(n, more) \
	"{'id':10" #n ",'post_number':" #n "," AT ",'username':'ann','user_id':7," \
	"'topic_id':5,'cooked':'<p>c" #n "</p>'" more "}"
#define TOPIC(more, stream, posts) \
	"{'post_stream':{'posts':[" posts "],'stream':[" stream "]},'id':5,'title':'T'," \
	"'slug':'a-t'," AT more "}"
#define AUTHOR "'author':{'id':'7','name':'ann','url':'https://forum.example/u/ann'}"
#define EXPORTED(n, more) \
	"{'id':'10" #n "'," more AUTHOR ",'created':'2026-01-02T03:04:05Z'," \
	"'format':'html','body':'<p>c" #n "</p>'," \
	"'url':'https://forum.example/t/a-t/5/" #n "','fetched':'2023-11-14T22:13:20Z'}"

static int import_text(struct try *t, const char *text)
{
	try_json("in.json", text);
	return try_import(t, "discourse", "in.json");
}

static struct try *forum(void)
{
	struct try *t = try_begin();

	t->options.url = "https://forum.example/";
	return t;
}

static void maps_keys(void **state)
{
	struct try *t = forum();

	(void)state;
	assert_int_equal(import_text(t,
		TOPIC(",'views':9,'last_posted_at':'2026-02-01T00:00:00.000Z','tags':['zoo','',"
		      "{'id':1,'name':'c#','slug':'c'}],'visible':true,'closed':true,"
		      "'accepted_answer':{'post_number':3,'username':'dana'},"
		      "'archetype':'regular','deleted_at':null,'unknown':{'a':[1]}",
		      "101,103,104,105,106,107,108,109",
		      POST(1, ",'actions_summary':[{'id':3,'count':8},{'id':2,'count':4}],"
			      "'reply_to_post_number':null,'version':1,"
			      "'updated_at':'2026-01-03T00:00:00.000Z'") ","
		      /* an edited answer of staff, hidden; number 2 is gone */
		      "{'id':103,'post_number':3," AT ",'username':'dana','user_id':8,"
		      "'display_username':'Dana R.','name':'Dana R.','raw':'c3','cooked':'c3',"
		      "'version':2,'updated_at':'2026-01-04T00:00:00.000Z','post_type':2,"
		      "'reply_to_post_number':1,'staff':true,'admin':false,'hidden':true,"
		      "'accepted_answer':true},"
		      POST(4, ",'reply_to_post_number':2") ","
		      POST(5, ",'post_type':3,'action_code':'closed.enabled'") ","
		      POST(6, ",'post_type':4") ","
		      POST(7, ",'deleted_at':'2026-01-04T00:00:00.000Z'") ","
		      POST(8, ",'user_deleted':true") ","
		      /* of a deleted account */
		      "{'id':109,'post_number':9," AT ",'username':null,'user_id':null,"
		      "'cooked':'','moderator':true,'reply_to_post_number':9}")), 0);
	assert_export(t,
		"{'type':'venue','slug':'forum-example','name':'forum-example',"
		"'url':'https://forum.example/','kind':'forum'}\n"
		"{'type':'thread','venue':'forum-example','id':'5',"
		"'url':'https://forum.example/t/a-t/5','title':'T',"
		"'created':'2026-01-02T03:04:05Z','updated':'2026-02-01T00:00:00Z','score':4,"
		"'views':9,'solved_by':'103','tags':['c#','zoo'],'posts':["
		"{'id':'101'," AUTHOR ",'created':'2026-01-02T03:04:05Z','format':'html',"
		"'body':'<p>c1</p>','score':4,'url':'https://forum.example/t/a-t/5/1',"
		"'fetched':'2023-11-14T22:13:20Z'},"
		"{'id':'103','parent':'101','author':{'id':'8','name':'dana',"
		"'url':'https://forum.example/u/dana','staff':true},"
		"'created':'2026-01-02T03:04:05Z','edited':'2026-01-04T00:00:00Z',"
		"'format':'html','body':'c3','url':'https://forum.example/t/a-t/5/3',"
		"'hidden':true,'fetched':'2023-11-14T22:13:20Z'},"
		EXPORTED(4, "") ","
		"{'id':'109','created':'2026-01-02T03:04:05Z','format':'html','body':'',"
		"'url':'https://forum.example/t/a-t/5/9','fetched':'2023-11-14T22:13:20Z'}]}\n");
	assert_int_equal(t->counts.solved, 1);
	assert_int_equal(t->counts.replies, 1);
	assert_int_equal(t->counts.authors_unknown, 1);
	assert_int_equal(t->counts.skipped[SKIP_ACTION], 1);
	assert_int_equal(t->counts.skipped[SKIP_PRIVATE], 1);
	assert_int_equal(t->counts.skipped[SKIP_DELETED], 2);
	try_end(t);
}

/* A topic with its first posts, further ones, single ones and lists of them, in one file
 * and in several; what came twice is taken once, the newer version. */
static void joins_pieces(void **state)
{
	static const char expected[] =
		"{'type':'venue','slug':'forum-example','name':'forum-example',"
		"'url':'https://forum.example/','kind':'forum'}\n"
		"{'type':'thread','venue':'forum-example','id':'5',"
		"'url':'https://forum.example/t/a-t/5','title':'T',"
		"'created':'2026-01-02T03:04:05Z','posts':["
		EXPORTED(1, "") "," EXPORTED(2, "") "," EXPORTED(3, "'parent':'101',") ","
		EXPORTED(4, "'parent':'102',") "]}\n";
	struct try *t = forum();

	(void)state;
	mkdir("dump", 0777);
	try_json("dump/1.json", "{'latest_posts':[" POST(2, ",'version':1") ","
				POST(4, ",'reply_to_post_number':2") "],'no':1}");
	try_json("dump/2.json", TOPIC(",'posts_count':4", "101,102,103,104",
				      POST(1, "") ","
				      "{'id':102,'post_number':2," AT ",'username':'ann',"
				      "'user_id':7,'cooked':'old','version':0}"));
	try_json("dump/3.json", "{'post_stream':{'posts':["
				POST(3, ",'reply_to_post_number':1") "]},'id':5}");
	try_json("dump/4.json", "{'topic_list':{'topics':[{'id':5,'title':'T'}]}}");
	try_json("dump/5.json", "{'topics':[{'id':5,'title':'Other','posts_count':3," AT "},"
				"{'id':6,'title':'Empty','posts_count':3}]}");
	try_json("dump/6.json", POST(1, ""));
	assert_int_equal(try_import(t, "discourse", "dump"), 0);
	assert_export(t, expected);
	assert_int_equal(t->counts.skipped[SKIP_TWICE], 2);
	assert_int_equal(t->counts.skipped[SKIP_OTHER], 2);
	try_json("dump/2.json", "[" POST(1, "") ",{'post_stream':{'posts':["
				POST(3, ",'reply_to_post_number':1") "]},'id':5}]\n");
	/* Parts again: nothing is taken away. */
	unlink("dump/5.json");
	assert_int_equal(try_import(t, "discourse", "dump"), 0);
	assert_int_equal(t->counts.threads_same, 1);
	assert_export(t, expected);
	try_end(t);
}

/* Posts alone, without their topic. */
static void takes_posts_alone(void **state)
{
	struct try *t = forum();

	(void)state;
	assert_int_equal(import_text(t,
		"{'id':9,'post_number':2," AT ",'username':'ann','topic_id':5,"
		"'topic_slug':'lid-is-loose','raw':'[quote=\\'bob, post:1\\']\\nIt is loose\\n"
		"[/quote]\\nSame here'}"), 0);
	assert_true(exports(t, "'url':'https://forum.example/t/lid-is-loose/5',"
			       "'title':'lid is loose','created':'2026-01-02T03:04:05Z',"));
	assert_true(exports(t, "'author':{'id':'ann','name':'ann',"));
	assert_true(exports(t, "'format':'markdown','body':'> It is loose\\n\\nSame here\\n',"));
	/* The title that a later post says; what the archive knows stays. */
	assert_int_equal(import_text(t,
		"{'id':10,'post_number':3," AT ",'username':'ann','topic_id':5,"
		"'topic_slug':'lid','topic_title':'Lid: loose','raw':'x',"
		"'reply_to_post_number':2}"), 0);
	assert_true(exports(t, "'url':'https://forum.example/t/lid-is-loose/5',"
			       "'title':'Lid: loose','created':'2026-01-02T03:04:05Z',"));
	assert_true(exports(t, "{'id':'10','parent':'9',"));
	assert_int_equal(t->counts.threads_changed, 1);
	/* No address can be made of such a slug. */
	assert_int_equal(import_text(t,
		"{'id':11,'post_number':1," AT ",'topic_id':6,'topic_slug':'a/b','raw':'x'}"), 0);
	assert_true(exports(t, "'url':'https://forum.example/t/6','title':'a/b',"));
	try_end(t);
}

static void follows_the_forum(void **state)
{
	static const char before[] = TOPIC(
		",'tags':['a'],'accepted_answer':{'post_number':2}", "101,102,103",
		POST(1, "") "," POST(2, ",'reply_to_post_number':1") ","
		POST(3, ",'reply_to_post_number':1"));
	struct try *t = forum();

	(void)state;
	assert_int_equal(import_text(t, before), 0);
	t->options.now += 86400;
	assert_int_equal(import_text(t, before), 0);
	assert_int_equal(t->counts.threads_same, 1);
	assert_int_equal(t->counts.put.posts_same, 3);
	/* The newest posts alone: an edit, a deletion, a new one; the rest stays. */
	assert_int_equal(import_text(t, "{'latest_posts':["
		POST(2, ",'version':2,'updated_at':'2026-03-01T00:00:00.000Z',"
			"'reply_to_post_number':1") ","
		POST(3, ",'deleted_at':'2026-03-01T00:00:00.000Z'") ","
		POST(4, ",'reply_to_post_number':2") "]}"), 0);
	assert_int_equal(t->counts.put.posts_new, 1);
	assert_int_equal(t->counts.put.posts_changed, 2);
	assert_true(exports(t, "'solved_by':'102','tags':['a'],"));
	assert_true(exports(t, "'edited':'2026-03-01T00:00:00Z'"));
	assert_true(exports(t, "{'id':'102','parent':'101'"));
	assert_true(exports(t, "/5/3','gone':true,"));
	assert_true(exports(t, "{'id':'104','parent':'102'"));
	/* The whole topic: 102 isn't there any more. */
	assert_int_equal(import_text(t, TOPIC("", "101,104", POST(1, "") "," POST(4, ""))), 0);
	assert_int_equal(t->counts.put.posts_gone, 1);
	assert_true(exports(t, "/5/2','gone':true,"));
	/* A part of it says nothing of the others. */
	assert_int_equal(import_text(t, TOPIC("", "101,104", POST(1, ""))), 0);
	assert_int_equal(t->counts.put.posts_gone, 0);
	assert_int_equal(import_text(t, TOPIC(",'posts_count':2", "101", POST(1, ""))), 0);
	assert_int_equal(t->counts.put.posts_gone, 0);
	try_end(t);
}

static void withdraws_topics(void **state)
{
	static const char *const ways[] = {
		TOPIC(",'archetype':'private_message'", "101", POST(1, "")),
		TOPIC(",'deleted_at':'2026-03-01T00:00:00.000Z'", "101", POST(1, "")),
		TOPIC("", "101", POST(1, ",'deleted_at':'2026-03-01T00:00:00.000Z'")),
	};
	static const enum import_skip why[] = { SKIP_PRIVATE, SKIP_DELETED, SKIP_DELETED };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct try *t = forum();

		/* Never known, never stored. */
		assert_int_equal(import_text(t, ways[i]), 0);
		assert_int_equal(t->counts.skipped[why[i]], 1);
		assert_int_equal(t->counts.posts + t->counts.threads_gone, 0);
		assert_int_equal(import_text(t, TOPIC("", "101", POST(1, ""))), 0);
		assert_int_equal(t->counts.threads_new, 1);
		assert_int_equal(import_text(t, ways[i]), 0);
		assert_int_equal(t->counts.threads_gone, 1);
		assert_true(exports(t, "'gone':true,"));
		/* And back. */
		assert_int_equal(import_text(t, TOPIC("", "101", POST(1, ""))), 0);
		assert_int_equal(t->counts.threads_changed, 1);
		/* Unlisted isn't deleted, and not to be shown either. */
		assert_int_equal(import_text(t, TOPIC(",'visible':false", "101", POST(1, ""))),
				 0);
		assert_true(exports(t, "'hidden':true,"));
		try_end(t);
	}
}

#define LINK(url) ",'link_counts':[{'url':'" url "','internal':true}," \
		  "{'url':'https://elsewhere.example/t/1','internal':false}]"

static void finds_the_forum(void **state)
{
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(import_text(t, TOPIC("", "101", POST(1, LINK("/t/relative/3")))), -1);
	assert_diags(&t->diags, "error: the export doesn't say the venue's address [usage]\n"
				"  hint: say it with --url, as in --url "
				"https://forum.acme.example\n");
	assert_int_equal(import_text(t, TOPIC("", "101,102",
		POST(1, LINK("http://talk.example/club/t/x/3")) ","
		POST(2, LINK("https://talk.example/club/t/y/4")))), 0);
	assert_true(exports(t, "'slug':'talk-example',"));
	assert_true(exports(t, "'url':'https://talk.example/club/t/a-t/5/1'"));
	assert_int_equal(import_text(t, "[" POST(1, LINK("https://talk.example/t/x/3")) ","
		POST(2, LINK("https://old.example/t/y/4")) "]"), -1);
	diags_release(&t->diags);
	try_end(t);
}

static void refuses_bad_files(void **state)
{
	static const struct {
		const char *text, *said;
	} cases[] = {
		{ "{'fields':{'summary':'x'}}",
		  "in.json:1:1: error: neither a topic nor a post of Discourse "
		  "[unknown-format]\n"
		  "  hint: a topic has the key 'post_stream', a post 'post_number'\n" },
		{ "[1]", "in.json:1:2: error: neither a topic nor a post of Discourse "
		  "[unknown-format]\n"
		  "  hint: a topic has the key 'post_stream', a post 'post_number'\n" },
		{ "[\n" POST(1, "") ",\n" TOPIC("", "101", POST(1, "")) ",\n{'post_stream':",
		  "in.json:4:1: error: what begins here isn't closed where the file ends "
		  "[syntax]\n" },
		{ "{'post_stream':{'posts':[]},'id':'5'}",
		  "in.json:1:1: error: 'id' is '5', expected a whole number [bad-value]\n" },
		{ "{'post_number':1}", "in.json:1:1: error: missing key 'topic_id' "
		  "[missing-key]\n" },
		{ "{'post_stream':{'posts':7},'id':5}",
		  "in.json:1:1: error: 'post_stream.posts' is a number, expected a list "
		  "[bad-value]\n" },
		{ TOPIC("", "101", "{'id':101,'post_number':1,'cooked':'x',"
				   "'created_at':'yesterday'},{'id':102,'post_number':2," AT "}"),
		  "in.json:1:1: error: 'post_stream.posts[0].created_at' is 'yesterday', "
		  "expected a time as in 2026-11-22T07:30:00Z [bad-value]\n"
		  "in.json:1:1: error: missing key 'post_stream.posts[1].cooked' "
		  "[missing-key]\n" },
	};
	struct try *t = forum();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(import_text(t, cases[i].text), -1);
		assert_diags(&t->diags, cases[i].said);
	}
	assert_export(t, "");
	try_end(t);
}

static void keeps_going(void **state)
{
	struct try *t = forum();

	(void)state;
	t->options.keep_going = true;
	assert_int_equal(import_text(t, TOPIC("", "101,102", POST(1, "") "," POST(2, ""))), 0);
	assert_int_equal(import_text(t, "[{'x':1}," TOPIC("", "101,102",
		POST(1, "") ",{'id':102,'post_number':2,'cooked':'x','created_at':'?'}") "]"), 0);
	assert_int_equal(t->counts.skipped[SKIP_BAD], 2);
	assert_int_equal(t->counts.posts, 1);
	assert_int_equal(t->counts.put.posts_gone, 0);
	diags_release(&t->diags);
	try_end(t);
}

static void knows_its_files(void **state)
{
	static const struct {
		const char *text;
		bool known;
	} cases[] = {
		{ TOPIC("", "", ""), true },
		{ "{'latest_posts':[", true },
		{ POST(1, ""), true },
		{ "{'type':'thread'}", false },
		{ "{'issue_url':'x','body':'\\'post_stream\\''}", false },
	};
	const struct importer *how = importer_find("discourse");

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *text = quoted(cases[i].text);

		assert_int_equal(how->sniff("x.json", str_of(text)) >= 90, cases[i].known);
		free(text);
	}
}

static void reads_a_real_forum(void **state)
{
	char *dir = try_shared("discourse/urho3d");
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(try_import(t, "discourse", dir), 0);
	assert_int_equal(t->counts.threads_new, 297);
	assert_int_equal(t->counts.posts, 2417);
	assert_int_equal(t->counts.replies, 577);
	assert_int_equal(t->counts.solved, 37);
	assert_int_equal(t->counts.skipped[SKIP_ACTION], 3);
	assert_true(exports(t, "'url':'https://discourse.urho3d.io',"));
	/* Again: no change. */
	t->options.now += 86400;
	assert_int_equal(try_import(t, "discourse", dir), 0);
	assert_int_equal(t->counts.threads_same, 297);
	assert_int_equal(t->counts.put.posts_same, 2417);
	free(dir);
	try_end(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(maps_keys),
		cmocka_unit_test(joins_pieces),
		cmocka_unit_test(takes_posts_alone),
		cmocka_unit_test(follows_the_forum),
		cmocka_unit_test(withdraws_topics),
		cmocka_unit_test(finds_the_forum),
		cmocka_unit_test(refuses_bad_files),
		cmocka_unit_test(keeps_going),
		cmocka_unit_test(knows_its_files),
		cmocka_unit_test(reads_a_real_forum),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
