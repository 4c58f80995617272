/*
 * GitHub's JSON, in the dialects that there are: what the REST API gives in one file or in
 * many, what programs make of the GraphQL API, and that API's own answers.  A newer export
 * is followed; whatever is wrong with a file, the archive stays as it was.  Real exports,
 * where they are at hand, give the figures that a script counted.
 */
#include "import-try.h"

#define API "https://api.github.com/repos/acme/kettle"
#define WEB "https://github.com/acme/kettle"
#define AT "'created_at':'2026-01-02T03:04:05Z','updated_at':'2026-01-02T03:04:05Z'"
#define CAMEL "'createdAt':'2026-01-02T03:04:05Z'"
#define USER(login, id) \
	"'user':{'login':'" login "','id':" id ",'url':'https://api.github.com/users/" login \
	"','html_url':'https://github.com/" login "','type':'User'}"
#define ISSUE(n, more) \
	"{'url':'" API "/issues/" n "','repository_url':'" API "'," \
	"'html_url':'" WEB "/issues/" n "','id':99" n ",'node_id':'I','number':" n "," \
	"'title':'T'," USER("ann", "7") "," AT ",'body':'b'" more "}"
#define COMMENT(n, id, more) \
	"{'url':'" API "/issues/comments/" id "'," \
	"'html_url':'" WEB "/issues/" n "#issuecomment-" id "'," \
	"'issue_url':'" API "/issues/" n "','id':" id "," AT ",'body':'c'" more "}"

#define VENUE \
	"{'type':'venue','slug':'acme-kettle','name':'acme/kettle'," \
	"'url':'" WEB "','kind':'tracker'}\n"
#define FETCHED "'fetched':'2023-11-14T22:13:20Z'}"
#define CREATED "'created':'2026-01-02T03:04:05Z',"
#define AUTHOR(login, id, more) \
	"'author':{'id':'" id "','name':'" login "','url':'https://github.com/" login "'" more \
	"},"

static int import_text(struct try *t, const char *text)
{
	try_json("in.json", text);
	return try_import(t, "github", "in.json");
}

/* An issue and its comments in files of their own, in whatever order. */
static void maps_rest(void **state)
{
	struct try *t = try_begin();

	(void)state;
	mkdir("dump", 0777);
	try_json("dump/7-comments.json", "["
		COMMENT("7", "12", "," USER("dana", "8") ",'author_association':'MEMBER',"
			"'reactions':{'total_count':9,'+1':5,'-1':2,'heart':2}") ","
		COMMENT("7", "13", ",'user':null,'author_association':'NONE'") ","
		COMMENT("7", "14", ",'user':{'login':'fix[bot]','id':9,'type':'Bot'},"
			"'author_association':'COLLABORATOR','performed_via_github_app':{}")
		"]");
	try_json("dump/7-main.json", ISSUE("7", ",'comments':3,'state':'closed',"
		"'state_reason':'completed','labels':[{'id':1,'name':'bug'},'a b'],"
		"'author_association':'NONE','milestone':null"));
	/* Without a body, and without comments. */
	try_json("dump/8-main.json",
		 "{'html_url':'" WEB "/issues/8','number':8,'title':'U','body':null,'user':"
		 "{'login':'ghost','id':10137},'comments':0," AT "}");
	try_json("dump/labels.json", "[{'id':1,'node_id':'L','name':'bug'}]");
	try_json("dump/9-main.json", "{'message':'Not Found','documentation_url':'x'}");
	assert_int_equal(try_import(t, "github", "dump"), 0);
	assert_export(t, VENUE
		"{'type':'thread','venue':'acme-kettle','id':'7','url':'" WEB "/issues/7',"
		"'title':'T'," CREATED "'updated':'2026-01-02T03:04:05Z','tags':['a b','bug'],"
		"'posts':["
		"{'id':'12'," AUTHOR("dana", "8", ",'staff':true") CREATED
		"'format':'markdown','body':'c','score':3,"
		"'url':'" WEB "/issues/7#issuecomment-12'," FETCHED ","
		"{'id':'13'," CREATED "'format':'markdown','body':'c',"
		"'url':'" WEB "/issues/7#issuecomment-13'," FETCHED ","
		"{'id':'14','author':{'id':'9','name':'fix[bot]',"
		"'url':'https://github.com/fix[bot]'}," CREATED
		"'format':'markdown','body':'c',"
		"'url':'" WEB "/issues/7#issuecomment-14'," FETCHED ","
		"{'id':'7'," AUTHOR("ann", "7", "") CREATED "'format':'markdown',"
		"'body':'b','url':'" WEB "/issues/7'," FETCHED "]}\n"
		"{'type':'thread','venue':'acme-kettle','id':'8','url':'" WEB "/issues/8',"
		"'title':'U'," CREATED "'updated':'2026-01-02T03:04:05Z','posts':["
		"{'id':'8'," CREATED "'format':'markdown','body':'',"
		"'url':'" WEB "/issues/8'," FETCHED "]}\n");
	assert_int_equal(t->counts.authors_unknown, 2);
	assert_int_equal(t->counts.skipped[SKIP_OTHER], 2);
	try_end(t);
}

/* Comments in their issue, as programs that keep copies put them there. */
static void takes_comments_inside(void **state)
{
	struct try *t = try_begin();

	(void)state;
	t->options.pulls = true;
	assert_int_equal(import_text(t,
		"[" ISSUE("7", ",'comments':1,'comment_data':[" COMMENT("7", "12", "") "]") ","
		"{'html_url':'" WEB "/pull/8','number':8,'title':'P'," AT ",'comments':1,"
		"'comment_regular_data':[" COMMENT("8", "13", "") "],"
		"'comment_data':[{'pull_request_url':'x','id':14,'body':'on code'}]},"
		"{'html_url':'" WEB "/pull/9','number':9,'title':'P'," AT ","
		"'comment_data':[{'pull_request_url':'x','id':14,'body':'on code'}]}]"), 0);
	assert_int_equal(t->counts.threads_new, 3);
	assert_int_equal(t->counts.posts, 5);
	assert_int_equal(t->counts.skipped[SKIP_OTHER], 1);
	assert_int_equal(import_text(t,
		"[" ISSUE("7", ",'comments':0,'comment_data':[]") "]"), 0);
	assert_int_equal(t->counts.put.posts_gone, 1);
	try_end(t);
}

static void follows_the_tracker(void **state)
{
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(import_text(t, "[" ISSUE("7", ",'comments':2") ","
		COMMENT("7", "12", "," USER("dana", "8")) "," COMMENT("7", "13", "") "]"), 0);
	assert_int_equal(t->counts.threads_new, 1);
	/* The list of issues alone takes nothing away. */
	assert_int_equal(import_text(t, "[" ISSUE("7", ",'comments':2") "]"), 0);
	assert_int_equal(t->counts.threads_same, 1);
	/* An edit, and a deletion that the number of comments tells. */
	assert_int_equal(import_text(t, "[" ISSUE("7", ",'comments':1") ","
		"{'html_url':'" WEB "/issues/7#issuecomment-12','issue_url':'" API "/issues/7',"
		"'id':12," USER("dana", "8") ",'created_at':'2026-01-02T03:04:05Z',"
		"'updated_at':'2026-02-02T03:04:05Z','body':'new'}]"), 0);
	assert_int_equal(t->counts.put.posts_changed, 1);
	assert_int_equal(t->counts.put.posts_gone, 1);
	assert_true(exports(t, "'edited':'2026-02-02T03:04:05Z','format':'markdown',"
			       "'body':'new'"));
	assert_true(exports(t, "#issuecomment-13','gone':true"));
	/* Copies of one fetch and another: the newer ones stand. */
	assert_int_equal(import_text(t, "[" ISSUE("7", ",'comments':1") ","
		ISSUE("7", ",'comments':1,'labels':['x']") "," COMMENT("7", "12", "") ","
		"{'issue_url':'" API "/issues/7','id':12,'created_at':'2026-01-02T03:04:05Z',"
		"'updated_at':'2026-02-03T00:00:00Z','body':'newer'}]"), 0);
	assert_int_equal(t->counts.skipped[SKIP_TWICE], 2);
	assert_true(exports(t, "'body':'newer'"));
	assert_true(exports(t, "'tags':['x']"));
	/* The older copy of an issue comes last; a comment has the issue's number. */
	assert_int_equal(import_text(t, "[{'html_url':'" WEB "/issues/9','number':9,'title':'N',"
		"'created_at':'2026-01-02T03:04:05Z','updated_at':'2026-02-02T00:00:00Z'},"
		"{'html_url':'" WEB "/issues/9','number':9,'title':'O'," AT "},"
		COMMENT("9", "9", "") "]"), 0);
	assert_true(exports(t, "'title':'N'"));
	assert_true(exports(t, "{'id':'c9',"));
	assert_int_equal(t->counts.posts, 2);
	try_end(t);
}

static void leaves_pulls_out(void **state)
{
	static const char text[] =
		"[" ISSUE("7", ",'comments':0") ","
		"{'html_url':'" WEB "/pull/8','number':8,'title':'P'," AT ",'body':'b',"
		"'comments':1,'pull_request':{'url':'x'}},"
		"{'url':'" API "/pulls/9','number':9,'title':'Q'," AT ",'body':'b'},"
		COMMENT("8", "15", "") ","
		"{'pull_request_url':'" API "/pulls/8','html_url':'" WEB "/pull/8#discussion_r1',"
		"'id':1,'body':'on code','diff_hunk':'x'},"
		COMMENT("10", "16", "") "]";
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(import_text(t, text), 0);
	assert_int_equal(t->counts.threads_new, 1);
	assert_int_equal(t->counts.posts, 1);
	assert_int_equal(t->counts.skipped[SKIP_PULL], 2);
	assert_int_equal(t->counts.skipped[SKIP_ORPHAN], 1);
	assert_int_equal(t->counts.skipped[SKIP_OTHER], 1);
	t->options.pulls = true;
	assert_int_equal(import_text(t, text), 0);
	assert_int_equal(t->counts.threads_new, 2);
	assert_int_equal(t->counts.posts, 4);
	assert_true(exports(t, "'id':'8','url':'" WEB "/pull/8','title':'P'"));
	assert_true(exports(t, "'id':'9','url':'" WEB "/pull/9','title':'Q'"));
	try_end(t);
}

/* One file for a repository; comments have no ids. */
static void maps_an_archive(void **state)
{
	static const char text[] =
		"{'magic':'x','repo':'acme/kettle','labels':[{'name':'bug'}],'issues':[\n"
		"{'number':3,'id':'MDU6','title':'T','url':'" WEB "/issues/3','state':'CLOSED',"
		"'author':'ann','authorAssociation':'NONE','labels':['bug'],'body':'b'," CAMEL ","
		"'updatedAt':'2026-01-05T00:00:00Z','comments':["
		"{'author':'dana','authorAssociation':'OWNER','body':'c'," CAMEL ","
		"'updatedAt':'2026-01-03T00:00:00Z'},"
		"{'author':'dana','authorAssociation':'OWNER','body':'d'," CAMEL "},"
		"{'author':null,'authorAssociation':'NONE','body':'e'," CAMEL "}%s]}],"
		"'pulls':[{'number':4,'title':'P','url':'" WEB "/pull/4','author':'ann'," CAMEL ","
		"'body':'','comments':[],'reviews':[{'body':'r','comments':[{}]},{}]}]}";
	struct try *t = try_begin();
	struct buf json = BUF_INIT;

	(void)state;
	buf_addf(&json, text, "");
	assert_int_equal(import_text(t, json.p), 0);
	assert_export(t, VENUE
		"{'type':'thread','venue':'acme-kettle','id':'3','url':'" WEB "/issues/3',"
		"'title':'T'," CREATED "'updated':'2026-01-05T00:00:00Z','tags':['bug'],'posts':["
		"{'id':'3'," AUTHOR("ann", "ann", "") CREATED "'format':'markdown','body':'b',"
		"'url':'" WEB "/issues/3'," FETCHED ","
		"{'id':'dana-1767323045'," AUTHOR("dana", "dana", ",'staff':true") CREATED
		"'edited':'2026-01-03T00:00:00Z','format':'markdown','body':'c'," FETCHED ","
		"{'id':'dana-1767323045-2'," AUTHOR("dana", "dana", ",'staff':true") CREATED
		"'format':'markdown','body':'d'," FETCHED ","
		"{'id':'ghost-1767323045'," CREATED "'format':'markdown','body':'e'," FETCHED
		"]}\n");
	assert_int_equal(t->counts.skipped[SKIP_PULL], 1);
	/* One more comment changes the ids of none. */
	buf_reset(&json);
	buf_addf(&json, text, ",{'author':'ann','body':'f'," CAMEL "}");
	assert_int_equal(import_text(t, json.p), 0);
	assert_int_equal(t->counts.put.posts_new, 1);
	assert_int_equal(t->counts.put.posts_same, 4);
	t->options.pulls = true;
	assert_int_equal(import_text(t, json.p), 0);
	assert_int_equal(t->counts.threads_new, 1);
	assert_int_equal(t->counts.skipped[SKIP_OTHER], 2);
	buf_release(&json);
	try_end(t);
}

/* Discussions as a list, in HTML; the answer is said in full once more. */
static void maps_discussions(void **state)
{
	static const char text[] =
		"[{'title':'How?','body':'<p dir=\\'auto\\'>b</p>','url':'" WEB
		"/discussions/5','id':'5'," CAMEL ",'upvotes':4,'commentTotal':1,"
		"'author':{'name':'ann','avatar':'x','url':'https://github.com/ann'},"
		"'comments':[{'author':{'name':'dana'},'body':'<p>c</p>'," CAMEL ","
		"'replies':[{'author':{'name':'ann'},'body':'<p>d</p>',"
		"'createdAt':'2026-01-02T03:04:06Z'},{'author':{},'body':'plain',"
		"'createdAt':'2026-01-02T03:04:07Z'}]},"
		"{'author':{'name':'eve'},'body':'<p>e</p>'," CAMEL ",'replies':null}],"
		"'answer':{'author':{'name':'%s'},'body':'<p>c</p>'," CAMEL ","
		"'chosenAt':%s,'chosenBy':'ann'}}]";
	struct try *t = try_begin();
	struct buf json = BUF_INIT;

	(void)state;
	buf_addf(&json, text, "dana", "'2026-01-03T00:00:00Z'");
	assert_int_equal(import_text(t, json.p), 0);
	assert_export(t, VENUE
		"{'type':'thread','venue':'acme-kettle','id':'5','url':'" WEB "/discussions/5',"
		"'title':'How?'," CREATED "'score':4,'solved_by':'dana-1767323045','posts':["
		"{'id':'5'," AUTHOR("ann", "ann", "") CREATED "'format':'html',"
		"'body':'<p dir=\\'auto\\'>b</p>','score':4,"
		"'url':'" WEB "/discussions/5'," FETCHED ","
		"{'id':'dana-1767323045'," AUTHOR("dana", "dana", "") CREATED
		"'format':'html','body':'<p>c</p>'," FETCHED ","
		"{'id':'eve-1767323045'," AUTHOR("eve", "eve", "") CREATED
		"'format':'html','body':'<p>e</p>'," FETCHED ","
		"{'id':'ann-1767323046','parent':'dana-1767323045'," AUTHOR("ann", "ann", "")
		"'created':'2026-01-02T03:04:06Z','format':'html','body':'<p>d</p>'," FETCHED ","
		"{'id':'ghost-1767323047','parent':'dana-1767323045',"
		"'created':'2026-01-02T03:04:07Z','format':'markdown','body':'plain'," FETCHED
		"]}\n");
	assert_int_equal(t->counts.solved, 1);
	assert_int_equal(t->counts.replies, 2);
	/* Not chosen any more; and one that is among no comments. */
	buf_reset(&json);
	buf_addf(&json, text, "dana", "null");
	assert_int_equal(import_text(t, json.p), 0);
	assert_int_equal(t->counts.solved, 0);
	buf_reset(&json);
	buf_addf(&json, text, "zoe", "'2026-01-03T00:00:00Z'");
	assert_int_equal(import_text(t, json.p), 0);
	assert_int_equal(t->counts.put.posts_new, 1);
	assert_true(exports(t, "'solved_by':'zoe-1767323045'"));
	buf_release(&json);
	try_end(t);
}

/* The GraphQL API's own answers, page by page. */
static void maps_graphql(void **state)
{
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(import_text(t,
		"{'data':{'repository':{'nameWithOwner':'acme/kettle','discussions':{"
		"'pageInfo':{'hasNextPage':true},'nodes':[null,{'number':5,'title':'How?',"
		"'url':'" WEB "/discussions/5','author':{'login':'ann','__typename':'User',"
		"'databaseId':7},'body':'**b**','bodyHTML':'<p>b</p>'," CAMEL ","
		"'updatedAt':'2026-01-09T00:00:00Z','lastEditedAt':null,'upvoteCount':2,"
		"'ratio':0.5,'labels':{'nodes':[{'name':'q'}]},'answer':{'id':'DC_1'},"
		"'comments':{'totalCount':3,'nodes':["
		"{'id':'DC_1','url':'" WEB "/discussions/5#discussioncomment-31','author':"
		"{'login':'dana'},'authorAssociation':'MEMBER','bodyHTML':'<p>c</p>'," CAMEL ","
		"'updatedAt':'2026-01-09T00:00:00Z','lastEditedAt':null,'isAnswer':true,"
		"'isMinimized':false,'reactionGroups':[{'content':'THUMBS_UP','users':"
		"{'totalCount':3}},{'content':'HEART','users':{'totalCount':5}}],"
		"'replies':{'totalCount':1,'edges':[{'node':{'databaseId':32,'author':null,"
		"'body':'d'," CAMEL ",'isMinimized':true,'lastEditedAt':'2026-01-04T00:00:00Z'"
		"}}]}},"
		"{'databaseId':33,'author':{'login':'eve'},'body':''," CAMEL ","
		"'deletedAt':'2026-01-05T00:00:00Z'},"
		"{'databaseId':34,'author':{'login':'eve'},'body':'e'," CAMEL "}]}}]}}}}"), 0);
	assert_export(t, VENUE
		"{'type':'thread','venue':'acme-kettle','id':'5','url':'" WEB "/discussions/5',"
		"'title':'How?'," CREATED "'updated':'2026-01-09T00:00:00Z','score':2,"
		"'solved_by':'31','tags':['q'],'posts':["
		"{'id':'31'," AUTHOR("dana", "dana", ",'staff':true") CREATED
		"'format':'html','body':'<p>c</p>','score':3,"
		"'url':'" WEB "/discussions/5#discussioncomment-31'," FETCHED ","
		"{'id':'32','parent':'31'," CREATED "'edited':'2026-01-04T00:00:00Z',"
		"'format':'markdown','body':'d','hidden':true," FETCHED ","
		"{'id':'34'," AUTHOR("eve", "eve", "") CREATED
		"'format':'markdown','body':'e'," FETCHED ","
		"{'id':'5'," AUTHOR("ann", "7", "") CREATED
		"'format':'markdown','body':'**b**','score':2,"
		"'url':'" WEB "/discussions/5'," FETCHED "]}\n");
	assert_int_equal(t->counts.skipped[SKIP_DELETED], 1);
	/* A page that doesn't hold all comments takes none away, a whole one does. */
#define CUT(connection) \
	"{'issue':{'number':5,'title':'How?','url':'" WEB "/discussions/5'," CAMEL \
	",'body':'b','comments':{" connection "'nodes':[]}}}"
	assert_int_equal(import_text(t, CUT("'totalCount':1,")), 0);
	assert_int_equal(import_text(t, CUT("'pageInfo':{'hasNextPage':true},")), 0);
	assert_int_equal(import_text(t, CUT("")), 0);
	assert_int_equal(import_text(t,
		"{'issue':{'number':5,'title':'How?','url':'" WEB "/discussions/5'," CAMEL
		",'body':'b','comments':{'totalCount':1,'nodes':[{'databaseId':31,'body':'c',"
		CAMEL ",'replies':{'totalCount':1,'nodes':[]}}]}}}"), 0);
	assert_int_equal(t->counts.put.posts_gone, 0);
	assert_int_equal(import_text(t, CUT("'pageInfo':{'hasNextPage':false},")), 0);
	assert_int_equal(t->counts.put.posts_gone, 3);
	try_end(t);
}

static void knows_repositories(void **state)
{
	static const char two[] =
		"[" ISSUE("7", "") ",{'title':'U','number':7,'url':'https://git.acme.example/"
		"api/v3/repos/Acme/Pot.js/issues/7'," AT "}]";
	static const char nowhere[] = "[{'title':'T','number':7,'author':{'login':'ann',"
				      "'id':'MDQ6','name':'Ann Lee'}," CAMEL ",'comments':[]}]";
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(import_text(t, two), 0);
	assert_true(exports(t, "'slug':'acme-pot-js','name':'Acme/Pot.js',"
			       "'url':'https://git.acme.example/Acme/Pot.js','kind'"));
	assert_true(exports(t, "'url':'https://git.acme.example/Acme/Pot.js/issues/7'"));
	/* One venue for all: what isn't in its repository has a longer id. */
	t->options.venue = "pots";
	t->options.url = "https://git.acme.example/acme/pot.js/";
	assert_int_equal(import_text(t, two), 0);
	assert_int_equal(t->counts.threads_new, 2);
	assert_true(exports(t, "'slug':'pots','name':'acme/pot.js',"));
	assert_true(exports(t, "'venue':'pots','id':'7','url':'https://git.acme.example/Acme/"));
	assert_true(exports(t, "'venue':'pots','id':'acme/kettle#7','url':'" WEB "/issues/7'"));
	assert_int_equal(import_text(t, two), 0);
	assert_int_equal(t->counts.threads_same, 2);
	t->options.url = NULL;
	t->options.venue = NULL;
	assert_int_equal(import_text(t, nowhere), -1);
	assert_diags(&t->diags, "error: the export doesn't say the venue's address [usage]\n"
				"  hint: say it with --url, as in --url "
				"https://forum.acme.example\n");
	t->options.url = "https://github.com/acme/lid/";
	t->options.venue = "lid";
	assert_int_equal(import_text(t, nowhere), 0);
	assert_true(exports(t, "'url':'https://github.com/acme/lid/issues/7'"));
	assert_true(exports(t, "'author':{'id':'ann','name':'ann',"));
	t->options.url = t->options.venue = NULL;
	/* What the file says of all its issues is truer than an address of old. */
	assert_int_equal(import_text(t,
		"{'repo':'acme/new','issues':[{'number':1,'title':'T'," CAMEL ",'comments':[]},\n"
		"{'number':2,'title':'T','url':'https://github.com/acme/old/issues/2'," CAMEL
		",'comments':[]}],'pulls':[{'number':3,'title':'T'," CAMEL "}]}\n"
		"{'repo':'acme/next','issues':[{'number':1,'title':'T'," CAMEL "}]}"), 0);
	assert_true(exports(t, "'venue':'acme-next','id':'1'"));
	assert_true(exports(t, "'venue':'acme-new','id':'1','url':"
			       "'https://github.com/acme/new/issues/1'"));
	assert_true(exports(t, "'venue':'acme-new','id':'2','url':"
			       "'https://github.com/acme/old/issues/2'"));
	assert_int_equal(t->counts.skipped[SKIP_PULL], 1);
	try_end(t);
}

static void refuses_bad_files(void **state)
{
#define NO_RECORD "no issue, discussion or comment of GitHub [unknown-format]\n" \
		  "  hint: an issue has a 'title' and a 'number', a comment an 'issue_url'\n"
	static const struct {
		const char *text, *said;
	} cases[] = {
		{ "{'post_stream':{}}", "in.json: error: this is 'discourse', not 'github' "
		  "[unknown-format]\n  hint: name the format that it is\n" },
		{ "{'post':{}}", "in.json:1:1: error: " NO_RECORD },
		{ "[\n" ISSUE("7", "") ",\n 3]", "in.json:3:2: error: " NO_RECORD },
		{ "[" ISSUE("7", "") ",\n{'number':", "in.json:2:1: error: what begins here isn't "
		  "closed where the file ends [syntax]\n" },
		{ "{'number':7,'title':'T','url':'" WEB "/issues/7'}",
		  "in.json:1:1: error: missing key 'created_at' [missing-key]\n" },
		{ "{'number':7,'title':'T','url':'" WEB "/issues/7'," CAMEL ",'comments':["
		  "{'body':7," CAMEL "},{'body':'x','createdAt':'soon'}]}",
		  "in.json:1:1: error: 'comments[0].body' is a number, expected text [bad-value]\n"
		  "in.json:1:1: error: 'comments[1].createdAt' is 'soon', expected a time as in "
		  "2026-11-22T07:30:00Z [bad-value]\n" },
	};
	struct try *t = try_begin();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(import_text(t, cases[i].text), -1);
		assert_diags(&t->diags, cases[i].said);
	}
	assert_export(t, "");
	/* Or what is bad is counted, and what is good is taken. */
	t->options.keep_going = true;
	assert_int_equal(import_text(t, "[{}," ISSUE("7", ",'comments':1") ","
		COMMENT("7", "12", ",'created_at2':1,'html_url2':2") ","
		"{'issue_url':'" API "/issues/7','id':13,'created_at':'?','body':'x'}]"), 0);
	assert_int_equal(t->counts.posts, 2);
	assert_int_equal(t->counts.skipped[SKIP_BAD], 2);
	diags_release(&t->diags);
	try_end(t);
}

static void knows_its_files(void **state)
{
	static const struct {
		const char *text;
		bool known;
	} cases[] = {
		{ ISSUE("7", ""), true },
		{ COMMENT("7", "12", ""), true },
		{ "{'issues':[{'authorAssociation':", true },
		{ "[{'commentTotal':1", true },
		{ "{'post_stream':{}}", false },
		{ "{'key':'ABC-1','fields':{}}", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *text = quoted(cases[i].text);

		assert_int_equal(importer_find("github")->sniff("x.json", str_of(text)) >= 90,
				 cases[i].known);
		free(text);
	}
}

/* A real export, with and without its pull requests. */
static void reads(const char *name, size_t threads, size_t posts, size_t replies,
		  size_t solved, size_t pulls, size_t pull_posts)
{
	char *path = try_shared(name);
	struct try *t = try_begin();

	assert_int_equal(try_import(t, "github", path), 0);
	assert_int_equal(t->counts.threads_new, threads);
	assert_int_equal(t->counts.posts, posts);
	assert_int_equal(t->counts.replies, replies);
	assert_int_equal(t->counts.solved, solved);
	assert_int_equal(t->counts.skipped[SKIP_PULL], pulls);
	assert_int_equal(t->counts.skipped[SKIP_TWICE], 0);
	t->options.pulls = true;
	assert_int_equal(try_import(t, "github", path), 0);
	assert_int_equal(t->counts.threads_same, threads);
	assert_int_equal(t->counts.threads_new, pulls);
	assert_int_equal(t->counts.put.posts_new, pull_posts);
	free(path);
	try_end(t);
}

static void reads_real_issues(void **state)
{
	(void)state;
	reads("github/rust-rest", 57, 277, 0, 0, 93, 809);
}

static void reads_a_real_archive(void **state)
{
	(void)state;
	reads("github/ops-drafts.archive.json", 200, 709, 0, 0, 228, 364);
}

static void reads_real_discussions(void **state)
{
	(void)state;
	reads("github/payload-discussions.json", 100, 418, 163, 27, 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(maps_rest),
		cmocka_unit_test(takes_comments_inside),
		cmocka_unit_test(follows_the_tracker),
		cmocka_unit_test(leaves_pulls_out),
		cmocka_unit_test(maps_an_archive),
		cmocka_unit_test(maps_discussions),
		cmocka_unit_test(maps_graphql),
		cmocka_unit_test(knows_repositories),
		cmocka_unit_test(refuses_bad_files),
		cmocka_unit_test(knows_its_files),
		cmocka_unit_test(reads_real_issues),
		cmocka_unit_test(reads_a_real_archive),
		cmocka_unit_test(reads_real_discussions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
