/*
 * The interchange form.  What was exported imports to the same bytes, in
 * whatever order; every mistake is told with its line and key, all of them,
 * and nothing of a file with a mistake is kept; --keep-going skips and counts.
 */
#include "import-try.h"

#define VENUE "{'type':'venue','slug':'forum','name':'Forum'," \
	      "'url':'https://f.example/'}\n"
#define PRODUCT "{'type':'product','slug':'kettle','name':'Kettle'," \
		"'url':'/kettle'}\n"
#define POST(id) "{'id':'" id "','created':'2026-01-02T03:04:05Z'," \
		 "'format':'text','body':'b'}"
/* A thread with some members more, and its posts. */
#define THREAD(id, more, posts) \
	"{'type':'thread','venue':'forum','id':'" id "'," \
	"'url':'https://f.example/" id "','title':'t'," \
	"'created':'2026-01-02T03:04:05Z'," more "'posts':[" posts "]}\n"

/* With every key there is, in canonical order. */
static const char everything[] =
	"{'type':'venue','slug':'alpha','name':'A','url':'https://a.example/'}\n"
	"{'type':'venue','slug':'forum','name':'Forum',"
	"'url':'https://f.example/','kind':'forum','language':'en-GB',"
	"'licence':'CC BY 4.0','own':true}\n"
	"{'type':'product','slug':'kettle','name':'Kettle','url':'/kettle',"
	"'aliases':['K','k2']}\n"
	"{'type':'product','slug':'pot','name':'Pot','url':'/pot'}\n"
	"{'type':'thread','venue':'alpha','id':'z','url':'https://a.example/z',"
	"'title':'t','created':'2026-01-02T03:04:05Z','posts':[" POST("1") "]}\n"
	"{'type':'thread','venue':'forum','id':'../1','url':'https://f.example/1',"
	"'title':'\xc3\xa9 \\'\\\\ \\u0001','created':'2026-01-02T03:04:05Z',"
	"'updated':'2026-02-02T03:04:05Z','score':-3,'views':0,"
	"'solved_by':'p2','gone':true,'hidden':true,'withdrawn':'2026-03-01T00:00:00Z',"
	"'embargo':'2027-01-01T00:00:00Z','expires':'2028-01-01T00:00:00Z',"
	"'tags':['a','b'],'products':['kettle','pot'],'posts':["
	"{'id':'p1','author':{'id':'u1','name':'Ann','url':'https://f.example/u1',"
	"'staff':true},'created':'2026-01-02T03:04:05Z','edited':'2026-01-03T00:00:00Z',"
	"'format':'markdown','language':'zh-Hant','body':'','score':4,'url':'https://f.example/1#1',"
	"'licence':'CC0','permission':'mail of 3 May','gone':true,'hidden':true,"
	"'withdrawn':'2026-03-02T00:00:00Z',"
	"'fetched':'2026-03-01T00:00:00Z'},"
	"{'id':'p2','parent':'p1','created':'2026-01-02T03:04:06Z',"
	"'format':'html','body':'<p>x</p>'}],"
	"'labels':[{'name':'wrong','post':'p2','quote':'x','by':'eve',"
	"'at':'2026-01-05T00:00:00Z','note':'n'},"
	"{'name':'publish','by':'eve','at':'2026-01-06T00:00:00Z'}]}\n"
	"{'type':'thread','venue':'forum','id':'10','url':'https://f.example/10',"
	"'title':'','created':'0001-01-01T00:00:00Z','posts':["
	"{'id':'1','author':{'id':'u1','name':'Ann','url':'https://f.example/u1',"
	"'staff':true},'created':'0001-01-01T00:00:00Z','format':'text','body':'b'}]}\n"
	"{'type':'thread','venue':'forum','id':'11','url':'https://f.example/11',"
	"'title':'','created':'0001-01-01T00:00:00Z','posts':[]}\n";

static int import_text(struct try *t, const char *text)
{
	try_json("in.jsonl", text);
	return try_import(t, "jsonl", "in.jsonl");
}

/* The lines of text from last to first. */
static char *reversed(const char *text)
{
	struct buf out = BUF_INIT;
	size_t end = strlen(text);

	while (end) {
		size_t start = end - 1;

		while (start && text[start - 1] != '\n')
			start--;
		buf_add(&out, text + start, end - start);
		end = start;
	}
	return buf_detach(&out);
}

static void round_trip(void **state)
{
	struct try *t = try_begin();
	char *backwards = reversed(everything);

	(void)state;
	assert_int_equal(import_text(t, everything), 0);
	assert_export(t, everything);
	assert_int_equal(t->counts.threads_new, 4);
	assert_int_equal(t->counts.posts, 4);
	assert_int_equal(import_text(t, everything), 0);
	assert_int_equal(t->counts.threads_same, 4);
	assert_export(t, everything);
	assert_int_equal(import_text(t, backwards), 0);
	assert_int_equal(t->counts.threads_same, 4);
	try_end(t);

	t = try_begin();
	assert_int_equal(import_text(t, backwards), 0);
	assert_export(t, everything);
	free(backwards);
	try_end(t);
}

/* What a writer may do that the canonical form doesn't. */
static void takes_other_spellings(void **state)
{
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(import_text(t, "\xef\xbb\xbf\n  \r\n"
		" { 'name' : 'Forum', 'type' : 'venue' , 'url':'https:\\/\\/f.example/',"
		"'slug':'forum','own':false,'kind':''}\r\n"
		THREAD("1", "'score':0,'tags':['b','a','b'],'labels':[],",
		       "{'id':'2','author':null,'created':'2026-01-02T05:04:05.9+02:00',"
		       "'format':'text','body':'\\u00e9','parent':''}")), 0);
	assert_int_equal(t->counts.authors_unknown, 1);
	assert_export(t, VENUE
		THREAD("1", "'tags':['a','b'],",
		       "{'id':'2','created':'2026-01-02T03:04:05Z',"
		       "'format':'text','body':'\xc3\xa9'}"));
	try_end(t);
}

static void labels_of_their_own(void **state)
{
	static const char label[] =
		"{'type':'label','venue':'forum','thread':'a/b',"
		"'name':'wrong','post':'1','by':'eve','at':'2026-01-05'}\n";
	static const char expected[] = VENUE
		"{'type':'thread','venue':'forum','id':'a/b',"
		"'url':'https://f.example/a/b','title':'t',"
		"'created':'2026-01-02T03:04:05Z','posts':[" POST("1") "],"
		"'labels':[{'name':'wrong','post':'1','by':'eve',"
		"'at':'2026-01-05T00:00:00Z'}]}\n";
	struct try *t = try_begin();
	struct buf text = BUF_INIT;

	(void)state;
	buf_adds(&text, label);
	buf_adds(&text, THREAD("a/b", "", POST("1")));
	buf_adds(&text, VENUE);
	assert_int_equal(import_text(t, text.p), 0);
	assert_export(t, expected);
	assert_int_equal(import_text(t, label), 0); /* known already */
	assert_export(t, expected);
	assert_int_equal(import_text(t, THREAD("a/b", "", POST("1"))), 0); /* survives */
	assert_export(t, expected);
	buf_release(&text);
	try_end(t);
}

static void follows_edits_and_deletions(void **state)
{
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(import_text(t, VENUE
				     THREAD("1", "", POST("1") "," POST("2"))), 0);
	assert_int_equal(import_text(t, THREAD("1", "'score':2,", POST("1"))), 0);
	assert_int_equal(t->counts.threads_changed, 1);
	assert_export(t, VENUE
		THREAD("1", "'score':2,",
		       POST("1") ",{'id':'2','created':'2026-01-02T03:04:05Z',"
		       "'format':'text','body':'b','gone':true,"
		       "'withdrawn':'2023-11-14T22:13:20Z'}"));
	try_end(t);
}

/* --- Mistakes --- */

#define assert_mistakes(text, expected) assert_mistakes_of((text), (expected), __LINE__)
static void assert_mistakes_of(const char *text, const char *expected, int line)
{
	struct try *t = try_begin();
	char *said = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&said, &n);
	bool same;

	assert_int_equal(import_text(t, text), -1);
	diags_print(&t->diags, out, DIAG_TEXT, false, false);
	fclose(out);
	same = strcmp(said, expected) == 0;
	if (!same)
		print_error("said:\n%sinstead of:\n%s", said, expected);
	free(said);
	diags_release(&t->diags);
	assert_export(t, ""); /* nothing half-imported */
	try_end(t);
	if (!same)
		_fail(__FILE__, line);
}

static void mistakes_in_lines(void **state)
{
	(void)state;
	assert_mistakes("{'type':'venue',\n",
			"in.jsonl:1:16: error: string or '}' expected near end of file "
			"[syntax]\n");
	assert_mistakes("[]\n\n{}\n{'type':1}\n{'type':'thraed'}\n",
			"in.jsonl:1: error: a line must be an object, not a list "
			"[bad-value]\n"
			"in.jsonl:3: error: missing key 'type' [missing-key]\n"
			"  hint: it says what the line is: 'venue', 'product', "
			"'thread' or 'label'\n"
			"in.jsonl:4: error: missing key 'type' [missing-key]\n"
			"  hint: it says what the line is: 'venue', 'product', "
			"'thread' or 'label'\n"
			"in.jsonl:5: error: unknown type 'thraed' [bad-value]\n"
			"  hint: did you mean 'thread'?\n");
	assert_mistakes(VENUE "{'type':'venue','slug':'a','slug':'b'}\n"
			"{'type':'venue','name':'\xff'}\n",
			"in.jsonl:2:33: error: duplicate object key near '\"slug\"' "
			"[duplicate-key]\n"
			"in.jsonl:3:25: error: byte 0xFF is not UTF-8 [bad-utf8]\n");
}

static void mistakes_in_keys(void **state)
{
	(void)state;
	assert_mistakes(
		"{'type':'venue','slug':'Big Forum','nmae':'F','own':1}\n"
		"{'type':'product','slug':'../x','name':'','url':null,"
		"'aliases':['a',1]}\n",
		"in.jsonl:1: error: 'slug' is 'Big Forum', expected 1 to 64 of a-z, "
		"0-9 and '-' [bad-value]\n"
		"in.jsonl:1: error: unknown key 'nmae' [unknown-key]\n"
		"  hint: did you mean 'name'?\n"
		"in.jsonl:1: error: 'own' is a number, expected true or false "
		"[bad-value]\n"
		"in.jsonl:1: error: missing key 'name' [missing-key]\n"
		"in.jsonl:1: error: missing key 'url' [missing-key]\n"
		"in.jsonl:2: error: 'slug' is '../x', expected 1 to 64 of a-z, 0-9 and "
		"'-' [bad-value]\n"
		"in.jsonl:2: error: 'name' is empty, expected some text [bad-value]\n"
		"in.jsonl:2: error: 'url' is null, expected some text [bad-value]\n"
		"in.jsonl:2: error: 'aliases[1]' is a number, expected some text "
		"[bad-value]\n");
	assert_mistakes(
		VENUE THREAD("1", "'score':1.5,'updated':'yesterday','labels':[{}],",
			     POST("1") ",{'id':'2','author':{'id':1,'nam':''},"
			     "'created':'2026-02-30','format':'bbcode','language':'en_GB'}"),
		"in.jsonl:2: error: 'score' is a fraction, expected a whole number "
		"[bad-value]\n"
		"in.jsonl:2: error: 'updated' is 'yesterday', expected a time as in "
		"2026-11-22T07:30:00Z [bad-value]\n"
		"in.jsonl:2: error: missing key 'labels[0].name' [missing-key]\n"
		"in.jsonl:2: error: missing key 'labels[0].by' [missing-key]\n"
		"in.jsonl:2: error: missing key 'labels[0].at' [missing-key]\n"
		"in.jsonl:2: error: 'posts[1].author.id' is a number, expected some "
		"text [bad-value]\n"
		"in.jsonl:2: error: unknown key 'posts[1].author.nam' [unknown-key]\n"
		"  hint: did you mean 'name'?\n"
		"in.jsonl:2: error: missing key 'posts[1].author.name' [missing-key]\n"
		"in.jsonl:2: error: 'posts[1].created' is '2026-02-30', expected a "
		"time as in "
		"2026-11-22T07:30:00Z [bad-value]\n"
		"in.jsonl:2: error: 'posts[1].format' is 'bbcode', expected "
		"'markdown', 'html' or 'text' [bad-value]\n"
		"in.jsonl:2: error: 'posts[1].language' is 'en_GB', expected a language "
		"tag such as en or pt-BR [bad-value]\n"
		"in.jsonl:2: error: missing key 'posts[1].body' [missing-key]\n");
}

static void mistakes_in_references(void **state)
{
	(void)state;
	assert_mistakes(VENUE THREAD("1", "'solved_by':'x','labels':[{'name':'n',"
				     "'by':'b','at':'2026-01-01','post':'z'}],",
				     POST("1") "," POST("1") ",{'id':'2','parent':'y',"
				     "'created':'2026-01-02','format':'text',"
				     "'body':''}"),
			"in.jsonl:2: error: two posts with the id '1' [duplicate-id]\n"
			"in.jsonl:2: error: parent 'y' is no post of the thread "
			"[no-such-post]\n"
			"in.jsonl:2: error: solved_by 'x' is no post of the thread "
			"[no-such-post]\n"
			"in.jsonl:2: error: a label's post 'z' is no post of the thread "
			"[no-such-post]\n");
	assert_mistakes(VENUE THREAD("1", "", POST("1")) THREAD("1", "", POST("1")),
			"in.jsonl:3: error: the thread 'forum/1' came before "
			"[duplicate-id]\n"
			"  hint: it is on line 2 of 'in.jsonl'\n");
	assert_mistakes(VENUE VENUE
			"{'type':'venue','slug':'forum','name':'Other',"
			"'url':'https://f.example/'}\n",
			"in.jsonl:3: error: the venue 'forum' was described differently "
			"before [duplicate-id]\n");
	assert_mistakes(THREAD("1", "'products':['kettle','pot'],", POST("1")) PRODUCT,
			"in.jsonl:1: error: no venue 'forum' [no-such-venue]\n"
			"  hint: a line of type 'venue' describes it\n"
			"in.jsonl:1: error: no product 'pot' [no-such-product]\n"
			"  hint: a line of type 'product' describes it\n");
	assert_mistakes("{'type':'label','venue':'forum','thread':'1',"
			"'name':'wrong','by':'eve','at':'2026-01-05'}\n"
			"{'type':'label','venue':'forum','thread':'2',"
			"'name':'wrong','post':'9','by':'eve','at':'2026-01-05'}\n"
			VENUE THREAD("2", "", POST("1")),
			"in.jsonl:1: error: no thread 'forum/1' [no-such-thread]\n"
			"in.jsonl:2: error: the label's post '9' is no post of the "
			"thread [no-such-post]\n");
}

static void too_many_mistakes(void **state)
{
	struct try *t = try_begin();
	struct buf text = BUF_INIT;

	(void)state;
	for (int i = 0; i < 5000; i++)
		buf_adds(&text, "x\n");
	assert_int_equal(import_text(t, text.p), -1);
	assert_int_equal(t->diags.n, 101);
	assert_int_equal(t->diags.items[100].id, DIAG_TOO_MANY_MISTAKES);
	diags_release(&t->diags);
	buf_release(&text);
	try_end(t);
}

static void keeps_going(void **state)
{
	struct try *t = try_begin();

	(void)state;
	t->options.keep_going = true;
	assert_int_equal(import_text(t, VENUE "nonsense\n"
				     THREAD("1", "'scroe':1,", POST("1"))
				     THREAD("2", "", POST("1"))
				     THREAD("2", "", POST("1"))
				     THREAD("3", "'products':['pot'],", POST("1"))), 0);
	assert_int_equal(t->counts.skipped[SKIP_BAD], 4);
	assert_int_equal(t->counts.threads_new, 1);
	assert_int_equal(t->diags.n, 4);
	assert_int_equal(diags_errors(&t->diags), 0);
	assert_int_equal(t->diags.items[1].line, 3);
	assert_string_equal(t->diags.items[1].message,
			    "record skipped: unknown key 'scroe'");
	diags_release(&t->diags);
	assert_export(t, VENUE THREAD("2", "", POST("1")));
	try_end(t);
}

/* One import of several files: venues of one, threads of the other; nothing
 * of the first stays when the second is bad. */
static void spans_files(void **state)
{
	char a[] = "a.jsonl", b[] = "b.jsonl", bad[] = "bad.jsonl";
	char *good_paths[] = { a, b }, *bad_paths[] = { b, a, bad };
	const struct importer *how = importer_find("jsonl");
	struct try *t = try_begin();

	(void)state;
	try_json(a, THREAD("1", "", POST("1")));
	try_json(b, VENUE);
	try_json(bad, "\n" THREAD("1", "", POST("1")));
	assert_int_equal(import_run(t->archive, how, bad_paths, 3, &t->options,
				    &t->counts, &t->diags), -1);
	assert_diags(&t->diags,
		     "bad.jsonl:2: error: the thread 'forum/1' came before "
		     "[duplicate-id]\n"
		     "  hint: it is on line 1 of 'a.jsonl'\n");
	assert_export(t, "");
	assert_int_equal(import_run(t->archive, how, good_paths, 2, &t->options,
				    &t->counts, &t->diags), 0);
	assert_export(t, VENUE THREAD("1", "", POST("1")));
	try_end(t);
}

static void is_found_by_name(void **state)
{
	(void)state;
	assert_non_null(importer_find("jsonl"));
	assert_null(importer_find("json"));
	for (size_t i = 1; importers[i]; i++)
		assert_true(strcmp(importers[i - 1]->name, importers[i]->name) < 0);
	assert_true(importer_find("jsonl")->sniff("x", STR("{\"type\":\"venue\",")) > 50);
	assert_true(importer_find("jsonl")->sniff("x.jsonl", STR("{}")) > 0);
	assert_int_equal(importer_find("jsonl")->sniff("x.xml", STR("<posts>")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trip),
		cmocka_unit_test(takes_other_spellings),
		cmocka_unit_test(labels_of_their_own),
		cmocka_unit_test(follows_edits_and_deletions),
		cmocka_unit_test(mistakes_in_lines),
		cmocka_unit_test(mistakes_in_keys),
		cmocka_unit_test(mistakes_in_references),
		cmocka_unit_test(too_many_mistakes),
		cmocka_unit_test(keeps_going),
		cmocka_unit_test(spans_files),
		cmocka_unit_test(is_found_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
