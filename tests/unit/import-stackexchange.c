/*
 * The data dump of Stack Exchange.  Small dumps made here pin what becomes of
 * each column; real ones, where they are at hand, are counted a second time by
 * plain search in the lines; whatever is wrong with a dump, the archive stays
 * as it was.
 */
#include "import-try.h"

#include "base/mem.h"

static const char venue[] =
	"{'type':'venue','slug':'qa-example','name':'qa-example',"
	"'url':'https://qa.example','kind':'qa'}\n";

/* A dump in the folder "dump"; NULL: no such file. */
static void write_dump(const char *posts, const char *comments, const char *users,
		       const char *votes)
{
	const char *const files[][3] = {
		{ "dump/Posts.xml", "posts", posts },
		{ "dump/Comments.xml", "comments", comments },
		{ "dump/Users.xml", "users", users },
		{ "dump/Votes.xml", "votes", votes },
	};

	mkdir("dump", 0777);
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		struct buf text = BUF_INIT;

		unlink(files[i][0]);
		if (!files[i][2])
			continue;
		buf_addf(&text, "\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?>\r\n"
			 "<%s>\r\n%s</%s>", files[i][1], files[i][2], files[i][1]);
		try_file(files[i][0], text.p);
		buf_release(&text);
	}
}

static int import_dump(struct try *t)
{
	t->options.url = "https://qa.example";
	return try_import(t, "stackexchange", "dump");
}

#define QUESTION \
	"<row Id='7' PostTypeId='1' AcceptedAnswerId='9' " \
	"CreationDate='2011-04-07T23:59:59.999' Score='-2' ViewCount='5' " \
	"Body='&lt;p&gt;a &amp;amp; b&lt;/p&gt;&#xA;' OwnerUserId='3' " \
	"LastEditDate='2012-01-01T00:00:00.000' ClosedDate='2013-01-01T00:00:00.000' " \
	"LastActivityDate='2014-01-01T00:00:00.000' Title='T &lt;b&gt;' " \
	"Tags='&lt;zoo&gt;&lt;c#&gt;' AnswerCount='1' />\n"
#define ANSWER \
	"<row Id='9' PostTypeId='2' ParentId='7' " \
	"CreationDate='2018-05-01T23:59:59.000' Score='1' Body='B' " \
	"OwnerDisplayName='user8' ContentLicense='CC BY-SA 4.0' />\n"

static void maps_columns(void **state)
{
	struct try *t = try_begin();
	struct buf expected = BUF_INIT;

	(void)state;
	write_dump(QUESTION
		   /* an answer before its time, without owner or licence */
		   "<row PostTypeId='2' Id='8' ParentId='7' Body='' "
		   "CreationDate='2018-05-02T00:00:00.000' Score='0' />\n"
		   ANSWER
		   "<row Id='10' PostTypeId='4' CreationDate='2018-05-02T00:00:00.000' "
		   "/>\n"
		   /* a question nobody knows of */
		   "<row Id='11' PostTypeId='2' ParentId='99' Body='x' "
		   "CreationDate='2018-05-02T00:00:00.000' Score='0' />\n",
		   "<row Id='1' PostId='9' Score='3' Text='see `x`' "
		   "CreationDate='2018-05-02T00:00:00.000' UserId='4' />\n"
		   "<row Id='2' PostId='10' Text='on a wiki' "
		   "CreationDate='2018-05-02T00:00:00.000' UserId='4' />\n"
		   "<row Id='3' PostId='11' Text='on an orphan' "
		   "CreationDate='2018-05-02T00:00:00.000' UserId='4' />\n",
		   "<row Id='3' DisplayName='Ann &amp; Co' Reputation='1' />\n"
		   "<row Id='5' DisplayName='wrote nothing' />\n",
		   /* not read: Posts.xml says it all */
		   "<row PostId='8' VoteTypeId='1' />\n<row PostId='8' VoteTypeId='x' "
		   "/>");
	assert_int_equal(import_dump(t), 0);
	assert_int_equal(t->counts.threads_new, 1);
	assert_int_equal(t->counts.posts, 4);
	assert_int_equal(t->counts.skipped[SKIP_OTHER], 1);
	assert_int_equal(t->counts.skipped[SKIP_ORPHAN], 3);
	assert_int_equal(t->counts.authors_unknown, 1);
	buf_adds(&expected, venue);
	buf_adds(&expected,
		 "{'type':'thread','venue':'qa-example','id':'7',"
		 "'url':'https://qa.example/questions/7','title':'T <b>',"
		 "'created':'2011-04-07T23:59:59Z','updated':'2014-01-01T00:00:00Z',"
		 "'score':-2,'views':5,'solved_by':'9','tags':['c#','zoo'],'posts':["
		 "{'id':'7','author':{'id':'3','name':'Ann & Co',"
		 "'url':'https://qa.example/users/3'},'created':'2011-04-07T23:59:59Z',"
		 "'edited':'2012-01-01T00:00:00Z','format':'html',"
		 "'body':'<p>a &amp; b</p>\\n','score':-2,"
		 "'url':'https://qa.example/questions/7','licence':'CC BY-SA 2.5',"
		 "'fetched':'2023-11-14T22:13:20Z'},"
		 "{'id':'9','parent':'7','author':{'id':'name:user8',"
		 "'name':'user8'},'created':'2018-05-01T23:59:59Z','format':'html',"
		 "'body':'B','score':1,'url':'https://qa.example/a/9',"
		 "'licence':'CC BY-SA 4.0','fetched':'2023-11-14T22:13:20Z'},"
		 "{'id':'8','parent':'7','created':'2018-05-02T00:00:00Z',"
		 "'format':'html','body':'','url':'https://qa.example/a/8',"
		 "'licence':'CC BY-SA 4.0','fetched':'2023-11-14T22:13:20Z'},"
		 "{'id':'c1','parent':'9','author':{'id':'4','name':'user4',"
		 "'url':'https://qa.example/users/4'},'created':'2018-05-02T00:00:00Z',"
		 "'format':'markdown','body':'see `x`','score':3,"
		 "'url':'https://qa.example/questions/7#comment1_9',"
		 "'licence':'CC BY-SA 4.0','fetched':'2023-11-14T22:13:20Z'}]}\n");
	assert_export(t, expected.p);
	buf_release(&expected);
	try_end(t);
}

static void reads_votes_where_posts_are_silent(void **state)
{
	struct try *t = try_begin();

	(void)state;
	write_dump("<row Id='1' PostTypeId='1' Title='T' "
		   "CreationDate='2009-05-02T00:00:00.000' Tags='|b|a-b|' />\n"
		   "<row Id='2' PostTypeId='2' ParentId='1' "
		   "CreationDate='2009-05-02T00:00:00.000' />\n"
		   "<row Id='3' PostTypeId='2' ParentId='1' Score='9' "
		   "CreationDate='2009-05-02T00:00:00.000' />\n", NULL, NULL,
		   "<row Id='1' PostId='2' VoteTypeId='1' />\n"
		   "<row Id='2' PostId='1' VoteTypeId='2' />\n"
		   "<row Id='3' PostId='1' VoteTypeId='2' />\n"
		   "<row Id='4' PostId='1' VoteTypeId='3' />\n"
		   "<row Id='4' PostId='3' VoteTypeId='3' />\n"
		   "<row Id='5' PostId='77' VoteTypeId='2' />\n");
	assert_int_equal(import_dump(t), 0);
	assert_true(exports(t, "'score':1,'solved_by':'2','tags':['a-b','b'],"));
	assert_true(exports(t, "'body':'','score':9"));
	try_end(t);
}

static void follows_the_site(void **state)
{
	static const char other[] =
		"<row Id='20' PostTypeId='1' Title='U' Score='0' "
		"CreationDate='2019-05-02T00:00:00.000' />\n";
	struct try *t = try_begin();
	struct buf posts = BUF_INIT;

	(void)state;
	buf_addf(&posts, "%s%s%s", QUESTION, ANSWER, other);
	write_dump(posts.p, "", "", NULL);
	assert_int_equal(import_dump(t), 0);
	assert_int_equal(t->counts.threads_new, 2);
	t->options.now += 1000;
	assert_int_equal(import_dump(t), 0);
	assert_int_equal(t->counts.threads_same, 2);
	assert_int_equal(t->counts.threads_gone, 0);
	/* Without comments the dump doesn't say that anything is gone. */
	write_dump(QUESTION, NULL, NULL, NULL);
	t->options.keep_going = true;
	assert_int_equal(import_dump(t), 0);
	assert_int_equal(t->counts.threads_gone, 1);
	assert_true(exports(t, "'id':'20','url':'https://qa.example/questions/20',"
			       "'title':'U','created':'2019-05-02T00:00:00Z',"
			       "'gone':true"));
	assert_false(strstr(QUESTION, "gone"));
	write_dump(QUESTION, "", NULL, NULL);
	assert_int_equal(import_dump(t), 0);
	assert_int_equal(t->counts.threads_changed, 1);
	assert_true(exports(t, "'licence':'CC BY-SA 4.0','gone':true,"));
	/* And back. */
	write_dump(posts.p, "", "", NULL);
	assert_int_equal(import_dump(t), 0);
	assert_int_equal(t->counts.threads_changed, 2);
	buf_release(&posts);
	try_end(t);
}

static void finds_the_site(void **state)
{
	struct try *t = try_begin();

	(void)state;
	write_dump(QUESTION, NULL, NULL, NULL);
	assert_int_equal(try_import(t, "stackexchange", "dump"), -1);
	assert_diags(&t->diags, "error: the export doesn't say the venue's address "
		"[usage]\n"
				"  hint: say it with --url, as in --url "
				"https://forum.acme.example\n");
	t->options.venue = "Bad Slug";
	assert_int_equal(import_dump(t), -1);
	assert_diags(&t->diags, "error: 'Bad Slug' is no slug of a venue: 1 to 64 of "
		"a-z, 0-9, '-' [usage]\n");
	t->options = (struct import_options){ .now = 1700000000 };
	assert_int_equal(rename("dump", "bikes.meta.example.com"), 0);
	assert_int_equal(try_import(t, "stackexchange", "./bikes.meta.example.com//"), 0);
	assert_true(exports(t, "'slug':'bikes-meta-example-com',"));
	assert_true(exports(t, "'url':'https://bikes.meta.example.com/questions/7'"));
	/* What was said once needn't be said again. */
	assert_int_equal(rename("bikes.meta.example.com", "dump"), 0);
	t->options.venue = "bikes-meta-example-com";
	t->options.name = "Bikes";
	t->options.own = true;
	t->options.licence = "CC0";
	assert_int_equal(try_import(t, "stackexchange", "dump"), 0);
	assert_int_equal(t->counts.threads_same, 1);
	t->options = (struct import_options){ .venue = "bikes-meta-example-com",
					      .now = 1700000000 };
	assert_int_equal(try_import(t, "stackexchange", "dump"), 0);
	assert_true(exports(t, "'name':'Bikes','url':'https://bikes.meta.example.com',"
			       "'kind':'qa','licence':'CC0','own':true}\n"));
	try_end(t);
}

/* --- Bad dumps --- */

static void assert_refused(struct try *t, const char *expected)
{
	assert_int_equal(import_dump(t), -1);
	assert_diags(&t->diags, expected);
	assert_export(t, "");
}

static void refuses_bad_dumps(void **state)
{
	struct try *t = try_begin();

	(void)state;
	assert_refused(t, "dump: error: no folder with a 'Posts.xml' in it [not-found]\n"
			  "  hint: name the folder that the data dump was unpacked "
			  "into\n");
	write_dump(QUESTION "<row Id='x' PostTypeId='1' CreationDate='May 5' />\n"
			    "<row Id='30' PostTypeId='2' Score='1.5' />\n"
			    "<row Id='31' PostTypeId='1' "
			    "CreationDate='2018-05-02T00:00:00.000' />\n"
			    "<row Id='32' PostTypeId='2' "
			    "CreationDate='2018-05-02T00:00:00.000' />\n",
		   "<row Id='1' PostId='7' CreationDate='' />\n", NULL, NULL);
	assert_refused(t, "dump/Posts.xml:4: error: 'Id' is no number: 'x' [bad-value]\n"
			  "dump/Posts.xml:4: error: 'CreationDate' is no time: 'May 5' "
			  "[bad-value]\n"
			  "dump/Posts.xml:5: error: 'Score' is no number: '1.5' "
			  "[bad-value]\n"
			  "dump/Posts.xml:5: error: missing 'CreationDate' "
			  "[missing-key]\n"
			  "dump/Posts.xml:6: error: missing 'Title' [missing-key]\n"
			  "dump/Posts.xml:7: error: missing 'ParentId' [missing-key]\n"
			  "dump/Comments.xml:3: error: 'CreationDate' is no time: '' "
			  "[bad-value]\n");
	write_dump(ANSWER QUESTION QUESTION,
		   "<row Id='2' PostId='7' CreationDate='2018-05-02' />\n"
		   "<row Id='1' PostId='9' CreationDate='2018-05-02' />\n"
		   "<row Id='2' PostId='9' CreationDate='2018-05-02' />\n", NULL, NULL);
	assert_refused(t, "dump/Posts.xml:5: error: a second row with the Id 7 "
			  "[duplicate-id]\n"
			  "dump/Comments.xml:5: error: a second row with the Id 2 "
			  "[duplicate-id]\n");
	write_dump(QUESTION, NULL, NULL, NULL);
	try_file("dump/Users.xml", "<users><row Id='1' DisplayName='\xc3'/></users>");
	assert_refused(t, "dump/Users.xml:1: error: byte 0xC3 is not UTF-8 [bad-utf8]\n");
	write_dump(QUESTION, NULL, NULL, NULL);
	try_file("dump/Posts.xml", "<posts>\n" QUESTION "<row Id=");
	t->options.keep_going = true; /* nothing to step over */
	assert_int_equal(import_dump(t), -1);
	assert_int_equal(t->diags.n, 1);
	assert_int_equal(t->diags.items[0].id, DIAG_SYNTAX);
	assert_int_equal(t->diags.items[0].line, 3);
	diags_release(&t->diags);
	assert_export(t, "");
	try_end(t);
}

static void keeps_going(void **state)
{
	struct try *t = try_begin();

	(void)state;
	t->options.keep_going = true;
	write_dump(QUESTION ANSWER, "", NULL, NULL);
	assert_int_equal(import_dump(t), 0);
	write_dump(QUESTION "<row Id='9' PostTypeId='2' ParentId='7' "
			    "CreationDate='?' />\n" QUESTION, "", NULL, NULL);
	assert_int_equal(import_dump(t), 0);
	assert_diags(&t->diags,
		     "dump/Posts.xml:4: warning: record skipped: 'CreationDate' is no "
		     "time: '?' [record-skipped]\n"
		     "dump/Posts.xml:5: warning: record skipped: a second row with the "
		     "Id 7 [record-skipped]\n");
	assert_int_equal(t->counts.skipped[SKIP_BAD], 2);
	/* A row that can't be read isn't a post that is gone, */
	assert_true(exports(t, "'licence':'CC BY-SA 4.0','fetched'"));
	/* nor a thread. */
	write_dump("<row Id='7' PostTypeId='1' CreationDate='?' />\n", "", NULL, NULL);
	assert_int_equal(import_dump(t), 0);
	assert_int_equal(t->counts.threads_gone, 0);
	assert_int_equal(t->diags.n, 1);
	diags_release(&t->diags);
	try_end(t);
}

/* --- Real dumps --- */

struct tally {
	size_t threads, accepted, posts, comments, deleted_accounts;
	size_t by_type[10];
};

/* The value of an attribute by plain search in a row's line; absent: "". */
static struct str attribute(struct str line, const char *name)
{
	struct buf key = BUF_INIT;
	size_t at;

	buf_addf(&key, " %s=\"", name);
	at = str_find(line, buf_str(&key));
	line = str_slice(line, at + key.n, line.n);
	buf_release(&key);
	return str_slice(line, 0, str_index(line, '"'));
}

static void each_row(const char *dir, const char *file, struct tally *tally,
		     void (*fn)(struct tally *tally, struct str line))
{
	struct buf text = BUF_INIT;
	struct diags diags = DIAGS_INIT;
	char *path = fsys_join(dir, file);
	struct str rest;

	assert_int_equal(fsys_read(path, 1 << 30, &text, &diags), 0);
	rest = buf_str(&text);
	while (str_present(rest)) {
		struct str line = str_split(&rest, '\n');

		if (str_find(line, STR("<row ")) < line.n)
			fn(tally, line);
	}
	buf_release(&text);
	free(path);
}

static void tally_post(struct tally *tally, struct str line)
{
	int type = attribute(line, "PostTypeId").p[0] - '0';

	assert_in_range(type, 1, 9);
	tally->by_type[type]++;
	if (type > 2)
		return;
	tally->posts++;
	tally->threads += type == 1;
	tally->accepted += attribute(line, "AcceptedAnswerId").n > 0;
	tally->deleted_accounts += !attribute(line, "OwnerUserId").n &&
				   attribute(line, "OwnerDisplayName").n;
}

static void tally_comment(struct tally *tally, struct str line)
{
	tally->posts++;
	tally->comments++;
	tally->deleted_accounts += !attribute(line, "UserId").n &&
				   attribute(line, "UserDisplayName").n;
}

static size_t occurrences(const char *text, const char *part)
{
	size_t n = 0;

	while ((text = strstr(text, part))) {
		text += strlen(part);
		n++;
	}
	return n;
}

static void reads_real_dump(const char *name)
{
	struct buf path = BUF_INIT;
	struct tally tally = { 0 };
	char *dir, *lines;
	struct try *t;

	buf_addf(&path, "stackexchange/%s", name);
	dir = try_shared(path.p);
	buf_release(&path);
	each_row(dir, "Posts.xml", &tally, tally_post);
	each_row(dir, "Comments.xml", &tally, tally_comment);
	t = try_begin();
	t->options.url = "https://qa.example/";
	assert_int_equal(try_import(t, "stackexchange", dir), 0);
	assert_int_equal(t->counts.threads_new, tally.threads);
	assert_int_equal(t->counts.posts, tally.posts);
	assert_int_equal(t->counts.skipped[SKIP_OTHER], tally.by_type[4] + tally.by_type[5]);
	assert_int_equal(t->counts.skipped[SKIP_ORPHAN], 0);
	lines = try_export(t);
	assert_int_equal(occurrences(lines, "{\"type\":\"thread\","), tally.threads);
	assert_int_equal(occurrences(lines, "\"solved_by\":"), tally.accepted);
	assert_int_equal(occurrences(lines, "\"format\":\"markdown\","), tally.comments);
	assert_int_equal(occurrences(lines, "\"author\":{\"id\":\"name:"),
			 tally.deleted_accounts);
	assert_true(tally.deleted_accounts > 0);
	free(lines);
	/* Again: no change. */
	t->options.now += 86400;
	assert_int_equal(try_import(t, "stackexchange", dir), 0);
	assert_int_equal(t->counts.threads_same, tally.threads);
	assert_int_equal(t->counts.threads_gone, 0);
	free(dir);
	try_end(t);
}

static void reads_a_whole_site(void **state)
{
	(void)state;
	reads_real_dump("bicycles-meta");
}

static void reads_a_small_site(void **state)
{
	(void)state;
	reads_real_dump("conlang-meta");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(maps_columns),
		cmocka_unit_test(reads_votes_where_posts_are_silent),
		cmocka_unit_test(follows_the_site),
		cmocka_unit_test(finds_the_site),
		cmocka_unit_test(refuses_bad_dumps),
		cmocka_unit_test(keeps_going),
		cmocka_unit_test(reads_a_whole_site),
		cmocka_unit_test(reads_a_small_site),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
