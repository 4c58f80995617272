/*
 * Jira's issues: what becomes of each field, whichever way issues and pages of comments
 * come; what not everybody may see stays out and goes; whatever is wrong with an
 * export, the archive stays as it was.  Real exports, where they are at hand, are
 * counted by plain search.
 */
#include "import-try.h"

#include "base/mem.h"

#define SELF(n) "'self':'https://jira.example/rest/api/2/issue/" n "'"
#define USER(name, shown) \
	"{'name':'" name "','key':'" name "','displayName':'" shown "'}"
#define AT(time) "'created':'2020-01-0" time "T12:00:00.000+0000'"
#define COMMENT(id, user, time, body) \
	"{'id':'" id "','author':" user "," AT(time) \
	",'updated':'2020-01-0" time "T12:00:00.000+0000','body':'" body "'}"
#define ISSUE(n, fields) \
	"{'id':'" n "','key':'A-" n "'," SELF(n) ",'fields':{'summary':'T" n "'," \
	AT("1") "," fields "}}"
#define VENUE \
	"{'type':'venue','slug':'jira-example','name':'jira-example'," \
	"'url':'https://jira.example','kind':'tracker'}\n"

static void write_json(const char *name, const char *text)
{
	char *json = quoted(text);

	try_file(name, json);
	free(json);
}

static int import_text(struct try *t, const char *text)
{
	write_json("export.json", text);
	return try_import(t, "jira", "export.json");
}

static void maps_fields(void **state)
{
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(import_text(t,
		ISSUE("7", "'description':'It *breaks*, [~kim]',"
		      "'reporter':" USER("ann", "Ann Lee") ","
		      "'updated':'2020-02-01T14:00:00.000+0200',"
		      "'resolutiondate':'2020-01-05T00:00:00.000+0000',"
		      "'resolution':{'name':'Fixed'},'votes':{'votes':3},"
		      "'labels':['zoo','ui'],'components':[{'name':'ui'},{'name':'Core'}],"
		      "'comment':{'total':3,'comments':["
		      COMMENT("11", USER("kim", "kim@wrenholt.example"), "2", "Mended") ","
		      COMMENT("12", USER("ann", "Ann Lee"), "3", "Thanks") ","
		      "{'id':13,'author':null," AT("6")
		      ",'updated':'2020-01-07T00:00:00.000+0000','parentId':12}]}")), 0);
	assert_export(t, VENUE
		"{'type':'thread','venue':'jira-example','id':'A-7',"
		"'url':'https://jira.example/browse/A-7','title':'T7',"
		"'created':'2020-01-01T12:00:00Z','updated':'2020-02-01T12:00:00Z',"
		"'score':3,'solved_by':'11','tags':['Core','ui','zoo'],'posts':["
		"{'id':'description','author':{'id':'ann','name':'Ann Lee',"
		"'url':'https://jira.example/secure/ViewProfile.jspa?name=ann'},"
		"'created':'2020-01-01T12:00:00Z','format':'html',"
		"'body':'<p>It <strong>breaks</strong>, @kim</p>\\n','score':3,"
		"'url':'https://jira.example/browse/A-7','fetched':'2023-11-14T22:13:20Z'},"
		"{'id':'11','author':{'id':'kim','name':'kim',"
		"'url':'https://jira.example/secure/ViewProfile.jspa?name=kim'},"
		"'created':'2020-01-02T12:00:00Z','format':'html','body':'<p>Mended</p>\\n',"
		"'url':'https://jira.example/browse/A-7?focusedCommentId=11',"
		"'fetched':'2023-11-14T22:13:20Z'},"
		"{'id':'12','author':{'id':'ann','name':'Ann Lee',"
		"'url':'https://jira.example/secure/ViewProfile.jspa?name=ann'},"
		"'created':'2020-01-03T12:00:00Z','format':'html','body':'<p>Thanks</p>\\n',"
		"'url':'https://jira.example/browse/A-7?focusedCommentId=12',"
		"'fetched':'2023-11-14T22:13:20Z'},"
		"{'id':'13','parent':'12','created':'2020-01-06T12:00:00Z',"
		"'edited':'2020-01-07T00:00:00Z','format':'html','body':'',"
		"'url':'https://jira.example/browse/A-7?focusedCommentId=13',"
		"'fetched':'2023-11-14T22:13:20Z'}]}\n");
	assert_int_equal(t->counts.posts, 4);
	assert_int_equal(t->counts.replies, 1);
	assert_int_equal(t->counts.authors_unknown, 1);
	assert_int_equal(t->counts.solved, 1);
	try_end(t);
}

/* The cloud's: accounts, documents of its own. */
static void maps_the_cloud(void **state)
{
	struct try *t = try_begin();
	char *lines;

	(void)state;
	t->options.url = "https://acme.atlassian.example/";
	assert_int_equal(import_text(t,
		ISSUE("7", "'reporter':{'accountId':'5b1:c','displayName':'Kim Sato'},"
		      "'description':{'type':'doc','version':1,'content':["
		      "{'type':'paragraph','content':[{'type':'text','text':'Hi'}]}]}")), 0);
	lines = try_export(t);
	assert_non_null(strstr(lines, "\"author\":{\"id\":\"5b1:c\",\"name\":\"Kim Sato\","
			       "\"url\":\"https://acme.atlassian.example/jira/people/"
			       "5b1%3Ac\"}"));
	assert_non_null(strstr(lines, "\"body\":\"<p>Hi</p>\\n\""));
	free(lines);
	try_end(t);
}

/* A login that is a mail address is an id, and no name or link. */
static void hides_addresses(void **state)
{
	struct try *t = try_begin();
	char *lines;

	(void)state;
	import_text(t, ISSUE("7", "'reporter':{'name':'ann@wrenholt.example'},"
			     "'description':'[~ann@wrenholt.example]'"));
	lines = try_export(t);
	assert_non_null(strstr(lines, "\"author\":{\"id\":\"ann@wrenholt.example\","
			       "\"name\":\"ann\"}"));
	free(lines);
	try_end(t);
}

/* As a search page, as a list, one behind the other, in several files. */
static void takes_any_shape(void **state)
{
	static const char *const shapes[] = {
		"{'startAt':0,'total':2,'issues':[" ISSUE("1", "'votes':null") ","
			ISSUE("2", "'votes':null") "]}",
		"{'issues':[" ISSUE("1", "'votes':null") "," ISSUE("2", "'votes':null")
			"]}",
		"[" ISSUE("1", "'votes':null") "," ISSUE("2", "'votes':null") "]",
		ISSUE("1", "'votes':null") "\n" ISSUE("2", "'votes':null"),
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(shapes); i++) {
		struct try *t = try_begin();

		assert_int_equal(import_text(t, shapes[i]), 0);
		assert_int_equal(t->counts.threads_new, 2);
		assert_int_equal(t->counts.posts, 2);
		try_end(t);
	}
}

/* Comments on pages of their own, before and behind their issue; one comes twice, of
 * one nobody knows the issue. */
static void joins_pages(void **state)
{
	struct try *t = try_begin();
	char *lines;

	(void)state;
	mkdir("dump", 0777);
	write_json("dump/a.json",
		   "{'total':2,'comments':[{" SELF("7/comment/12") ",'id':'12',"
		   AT("3") ",'body':'two'},{" SELF("8/comment/13") ",'id':'13'," AT("3")
		   ",'body':'astray'}]}");
	write_json("dump/b.json",
		   ISSUE("7", "'comment':{'total':2,'comments':["
			 COMMENT("11", "null", "2", "one") "]}"));
	write_json("dump/c.json",
		   "{'total':2,'comments':[{" SELF("7/comment/11") ",'id':'11',"
		   AT("2") ",'updated':'2020-01-04T12:00:00.000+0000','body':'one!'}]}");
	assert_int_equal(try_import(t, "jira", "dump"), 0);
	assert_int_equal(t->counts.posts, 3);
	assert_int_equal(t->counts.skipped[SKIP_TWICE], 1);
	assert_int_equal(t->counts.skipped[SKIP_ORPHAN], 1);
	lines = try_export(t);
	assert_non_null(strstr(lines, "<p>one!</p>"));
	assert_non_null(strstr(lines, "<p>two</p>"));
	free(lines);
	try_end(t);
}

static void follows_the_venue(void **state)
{
	static const char both[] = ISSUE("7", "'description':'D','comment':{'total':2,"
		"'comments':[" COMMENT("11", "null", "2", "one") ","
		COMMENT("12", "null", "3", "two") "]}");
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(import_text(t, both), 0);
	assert_int_equal(import_text(t, both), 0);
	assert_int_equal(t->counts.threads_same, 1);
	assert_int_equal(t->counts.put.posts_same, 3);
	/* fewer than there are: nothing follows */
	assert_int_equal(import_text(t, ISSUE("7", "'description':'D','comment':{'total':2,"
		"'comments':[" COMMENT("11", "null", "2", "one") "]}")), 0);
	assert_int_equal(t->counts.put.posts_gone, 0);
	assert_int_equal(import_text(t, ISSUE("7", "'description':'D'")), 0);
	assert_int_equal(t->counts.put.posts_gone, 0);
	/* all that there are */
	assert_int_equal(import_text(t, ISSUE("7", "'description':'D','comment':{'total':1,"
		"'comments':[" COMMENT("11", "null", "2", "one") "]}")), 0);
	assert_int_equal(t->counts.put.posts_gone, 1);
	try_end(t);
}

static void leaves_out_what_is_restricted(void **state)
{
	static const char open[] = ISSUE("7", "'description':'D'");
	struct try *t = try_begin();
	char *lines;

	(void)state;
	assert_int_equal(import_text(t, ISSUE("6", "'comment':{'total':3,'comments':["
		"{'id':'11'," AT("2") ",'body':'inner','visibility':{'type':'role',"
		"'value':'Developers'}},"
		"{'id':'12'," AT("2") ",'body':'inner','jsdPublic':false},"
		"{'id':'13'," AT("2") ",'body':'outer','jsdPublic':true}]}")), 0);
	assert_int_equal(t->counts.posts, 2);
	assert_int_equal(t->counts.skipped[SKIP_RESTRICTED], 2);
	assert_int_equal(import_text(t, open), 0);
	/* public once, and no longer */
	assert_int_equal(import_text(t, ISSUE("7", "'description':'secret',"
		"'security':{'name':'Staff'},'comment':{'total':1,'comments':["
		COMMENT("11", "null", "2", "secret") "]}")), 0);
	assert_int_equal(t->counts.threads_gone, 1);
	assert_int_equal(t->counts.posts, 0);
	assert_int_equal(t->counts.skipped[SKIP_RESTRICTED], 2);
	lines = try_export(t);
	assert_null(strstr(lines, "inner"));
	assert_null(strstr(lines, "secret"));
	assert_non_null(strstr(lines, "\"gone\":true"));
	free(lines);
	try_end(t);
}

/* solved_by after a resolution on the fourth. */
static void assert_solution(const char *resolution, const char *comments,
			    const char *expected)
{
	struct try *t = try_begin();
	struct buf text = BUF_INIT, wanted = BUF_INIT;
	char *lines;

	buf_addf(&text, "{'key':'A-1'," SELF("1") ",'fields':{'summary':'T'," AT("1")
		 ",'reporter':" USER("ann", "Ann") ",'resolution':{'name':'%s'},"
		 "'resolutiondate':'2020-01-04T12:00:00.000+0000',"
		 "'comment':{'comments':[%s]}}}", resolution, comments);
	assert_int_equal(import_text(t, text.p), 0);
	lines = try_export(t);
	buf_addf(&wanted, "\"solved_by\":\"%s\"", expected ? expected : "");
	if (expected ? !strstr(lines, wanted.p) : strstr(lines, "solved_by") != NULL)
		fail_msg("%s, %s: not '%s'", resolution, comments, wanted.p);
	assert_int_equal(t->counts.solved, expected != NULL);
	free(lines);
	buf_release(&text);
	buf_release(&wanted);
	try_end(t);
}

static void finds_solutions(void **state)
{
#define KIM USER("kim", "Kim")
#define ANN USER("ann", "Ann")
#define ONE COMMENT("1", KIM, "2", "x")
	(void)state;
	assert_solution("Fixed", ONE "," COMMENT("2", KIM, "4", "x") ","
			COMMENT("3", ANN, "4", "x") "," COMMENT("4", KIM, "5", "x"), "2");
	assert_solution("Done", COMMENT("1", ANN, "2", "x") "," COMMENT("2", ANN, "3", "x")
			"," COMMENT("3", KIM, "5", "x"), "2");
	assert_solution("Answered", COMMENT("1", KIM, "6", "x") ","
			COMMENT("2", ANN, "5", "x"), "2");
	assert_solution("Fixed", "", NULL);
	assert_solution("Won\\u0027t Fix", ONE, NULL);
	assert_solution("Won\xe2\x80\x99t Do", ONE, NULL);
	assert_solution("CANNOT REPRODUCE", ONE, NULL);
	assert_solution("works for me", ONE, NULL);
	assert_solution("abandoned", ONE, NULL);
}

static void tells_mistakes(void **state)
{
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(import_text(t, "{'topic':1}\n['x']\n"
		"{'issues':[{'id':1}],'comments':[{'id':'9'," AT("1") "}]}\n"
		ISSUE("1", "'description':7,'comment':{'comments':[{'id':'1'}]}") "\n"
		"{'key':'A-3','fields':{'summary':'T','created':'soon'}}\n"
		"{'self':'https://other.example/rest/api/2/issue/3','key':'A-4',"
		"'fields':{}}\n"
		ISSUE("5", "'votes':null") "\n"
		"{'id':'6','key':'A-5','fields':{'summary':'T'," AT("1") "}}"), -1);
	assert_diags(&t->diags,
		"export.json:1:1: error: no Jira issue: an object without 'key' and "
		"'fields' [bad-value]\n"
		"  hint: the answers of /rest/api/2/issue/KEY and /rest/api/2/search are "
		"read\n"
		"export.json:2:2: error: no Jira issue: a string without 'key' and "
		"'fields' [bad-value]\n"
		"  hint: the answers of /rest/api/2/issue/KEY and /rest/api/2/search are "
		"read\n"
		"export.json:3:12: error: no Jira issue: an object without 'key' and "
		"'fields' [bad-value]\n"
		"  hint: the answers of /rest/api/2/issue/KEY and /rest/api/2/search are "
		"read\n"
		"export.json:3:34: error: a comment whose 'self' doesn't say of which "
		"issue [bad-value]\n"
		"export.json:6:1: error: this is of 'https://other.example', what came "
		"before it of 'https://jira.example' [bad-value]\n"
		"  hint: import one site after the other\n"
		"export.json:4:1: error: 'fields.description' is a number, expected text or "
		"a document of Atlassian's [bad-value]\n"
		"export.json:4:1: error: missing key 'fields.comment.comments[0].created' "
		"[missing-key]\n"
		"export.json:5:1: error: 'fields.created' is 'soon', expected a time as in "
		"2026-11-22T07:30:00Z [bad-value]\n"
		"export.json:8:1: error: issue 'A-5' came before, with another 'id' "
		"[duplicate-id]\n");
	assert_export(t, "");
	try_end(t);
}

static void keeps_going(void **state)
{
	struct try *t = try_begin();

	(void)state;
	t->options.keep_going = true;
	assert_int_equal(import_text(t, ISSUE("1", "'description':7") "\n"
			 ISSUE("2", "'votes':null") "\n{'key':'A-3','fie"), 0);
	assert_int_equal(t->counts.threads_new, 1);
	assert_int_equal(t->counts.skipped[SKIP_BAD], 2);
	assert_int_equal(diags_warnings(&t->diags), 2);
	diags_release(&t->diags);
	try_end(t);
}

static void sniffs(void **state)
{
	const struct importer *jira = importer_find("jira");
	char *issue = quoted(ISSUE("1", "'reporter':null"));

	(void)state;
	assert_true(jira->sniff("x.json", str_of(issue)) > 50);
	assert_true(jira->sniff("x", STR("{\"comments\":[{\"self\":"
					 "\"https://a/rest/api/2/issue/1/comment/2\"")) > 50);
	assert_int_equal(jira->sniff("x.json", STR("{\"fields\":[\"a\"]}")), 0);
	assert_int_equal(jira->sniff("x.json", STR("{\"comments\":[]}")), 0);
	free(issue);
}

/* Times of a text in a real export. */
static size_t occurrences(struct str text, struct str what)
{
	size_t n = 0, at;

	while ((at = str_find(text, what)) < text.n) {
		text = str_slice(text, at + what.n, text.n);
		n++;
	}
	return n;
}

static void counts_a_real_export(void **state)
{
	const char *shared = getenv("CANDOR_SHARED");
	char *dir = fsys_join(shared ? shared : "../shared", "data/jira/tidev");
	struct try *t;
	struct fsys_names names;
	size_t comments = 0;
	char *real;

	(void)state;
	if (!fsys_exists(dir)) {
		print_message("no %s\n", dir);
		free(dir);
		skip();
	}
	real = realpath(dir, NULL);
	t = try_begin();
	t->options.url = "https://jira.example";
	assert_int_equal(fsys_walk(real, &names, &t->diags), 0);
	for (size_t i = 0; i < names.n; i++) {
		char *path = fsys_join(real, names.items[i]);
		struct buf text = BUF_INIT;

		assert_int_equal(fsys_read(path, 1 << 26, &text, &t->diags), 0);
		comments += occurrences(buf_str(&text), STR("\"updateAuthor\":"));
		buf_release(&text);
		free(path);
	}
	assert_int_equal(try_import(t, "jira", real), 0);
	assert_int_equal(t->counts.threads_new, names.n);
	assert_int_equal(t->counts.posts, names.n + comments);
	/* 379 are fixed or done; 37 of them have no comment */
	assert_int_equal(t->counts.solved, 342);
	fsys_names_release(&names);
	free(real);
	free(dir);
	try_end(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(maps_fields),
		cmocka_unit_test(maps_the_cloud),
		cmocka_unit_test(hides_addresses),
		cmocka_unit_test(takes_any_shape),
		cmocka_unit_test(joins_pages),
		cmocka_unit_test(follows_the_venue),
		cmocka_unit_test(leaves_out_what_is_restricted),
		cmocka_unit_test(finds_solutions),
		cmocka_unit_test(tells_mistakes),
		cmocka_unit_test(keeps_going),
		cmocka_unit_test(sniffs),
		cmocka_unit_test(counts_a_real_export),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
