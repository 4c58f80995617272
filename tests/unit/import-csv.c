/*
 * Tables with a map: what each key of the map does, rows of a thread wherever they lie,
 * several posts in a row; whatever is wrong with map or table, its line is told and the
 * archive stays as it was.
 */
#include "import-try.h"

#include "base/mem.h"

#define VENUE \
	"{'type':'venue','slug':'help-example','name':'help-example'," \
	"'url':'https://help.example'}\n"

static int import_table(struct try *t, const char *map, const char *table)
{
	try_file("map.yaml", map);
	try_file("table.csv", table);
	t->options.map = "map.yaml";
	return try_import(t, "csv", "table.csv");
}

/* One row a post. */
#define POSTS_MAP \
	"thread:\n" \
	"  id: ticket\n" \
	"  url: {value: 'https://help.example/t/{ticket}'}\n" \
	"  title: subject\n" \
	"posts:\n" \
	"  id: id\n" \
	"  created: sent\n" \
	"  body: text\n"

static void maps_columns(void **state)
{
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(import_table(t,
		"separator: ;\n"
		"dates: [D/M/Y h:m, Y-M-D]\n"
		"zone: +02:00\n"
		"thread:\n"
		"  id: ticket\n"
		"  url: link\n"
		"  title: {value: '{subject} ({ticket})'}\n"
		"  updated: changed\n"
		"  score: stars\n"
		"  views: {column: seen}\n"
		"  tags: {column: topics, split: '/'}\n"
		"posts:\n"
		"  id: {value: 'p{id}'}\n"
		"  parent: {value: 'p{answers}'}\n"
		"  author: {id: who, name: name, url: page, staff: {column: role, yes: [agent]}}\n"
		"  created: sent\n"
		"  edited: changed\n"
		"  format: markdown\n"
		"  body: text\n"
		"  score: likes\n"
		"  url: {value: 'https://help.example/p/{id}'}\n"
		"  licence: terms\n"
		"  solves: {column: best, yes: ja}\n",
		"link;ticket;subject;changed;stars;seen;topics;id;answers;who;name;page;role;"
		"sent;text;likes;terms;best\r\n"
		"https://help.example/7;7.0;Leaks;;3.0;9;hot/ cold /hot;1.0;;4.0;"
		"ann@wrenholt.example;;customer;1/2/2026 12:00;*drip*;;CC0 1.0;\r\n"
		"https://help.example/7;7;x;2026-03-01;;;;2;1;5;Kim;https://help.example/kim;"
		"AGENT;2/2/2026 12:00;Mended;2;;Ja\r\n"), 0);
	assert_export(t, VENUE
		"{'type':'thread','venue':'help-example','id':'7',"
		"'url':'https://help.example/7','title':'Leaks (7.0)',"
		"'created':'2026-02-01T10:00:00Z','updated':'2026-02-28T22:00:00Z','score':3,"
		"'views':9,'solved_by':'p2','tags':['cold','hot'],'posts':["
		"{'id':'p1','author':{'id':'4','name':'ann'},"
		"'created':'2026-02-01T10:00:00Z','format':'markdown','body':'*drip*',"
		"'url':'https://help.example/p/1','licence':'CC0 1.0',"
		"'fetched':'2023-11-14T22:13:20Z'},"
		"{'id':'p2','parent':'p1','author':{'id':'5','name':'Kim',"
		"'url':'https://help.example/kim','staff':true},"
		"'created':'2026-02-02T10:00:00Z','edited':'2026-02-28T22:00:00Z',"
		"'format':'markdown','body':'Mended','score':2,"
		"'url':'https://help.example/p/2','fetched':'2023-11-14T22:13:20Z'}]}\n");
	assert_int_equal(t->counts.replies, 1);
	assert_int_equal(t->counts.solved, 1);
	try_end(t);
}

/* A row is a ticket; the second has no answer yet, the third's author no id. */
static void maps_several_posts(void **state)
{
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(import_table(t,
		"thread: {id: n, url: {value: 'https://help.example/{n}'}, title: q}\n"
		"posts:\n"
		"  - {id: {value: question}, author: by, created: asked, body: q}\n"
		"  - id: {value: answer}\n"
		"    parent: {value: question}\n"
		"    author: {id: {value: desk}, name: {value: Acme}, staff: {value: yes}}\n"
		"    created: answered\n"
		"    body: a\n"
		"    solves: {value: yes}\n",
		"n,q,by,asked,a,answered\n1,Why?,,2026-01-01,So.,2026-01-02\n"
		"2,How?,Ann,2026-01-01,,\n"), 0);
	assert_export(t, VENUE
		"{'type':'thread','venue':'help-example','id':'1',"
		"'url':'https://help.example/1','title':'Why?',"
		"'created':'2026-01-01T00:00:00Z','solved_by':'answer','posts':["
		"{'id':'question','created':'2026-01-01T00:00:00Z','format':'text',"
		"'body':'Why?','fetched':'2023-11-14T22:13:20Z'},"
		"{'id':'answer','parent':'question','author':{'id':'desk','name':'Acme',"
		"'staff':true},'created':'2026-01-02T00:00:00Z','format':'text',"
		"'body':'So.','fetched':'2023-11-14T22:13:20Z'}]}\n"
		"{'type':'thread','venue':'help-example','id':'2',"
		"'url':'https://help.example/2','title':'How?',"
		"'created':'2026-01-01T00:00:00Z','posts':["
		"{'id':'question','author':{'id':'name:Ann','name':'Ann'},"
		"'created':'2026-01-01T00:00:00Z','format':'text','body':'How?',"
		"'fetched':'2023-11-14T22:13:20Z'}]}\n");
	try_end(t);
}

/* Rows of two threads mixed, one twice, in tables whose columns stand in other orders. */
static void gathers_rows(void **state)
{
	struct try *t = try_begin();
	char *lines;

	(void)state;
	mkdir("dump", 0777);
	try_file("map.yaml", POSTS_MAP "  parent: answers\n");
	try_file("dump/a.csv", "ticket,subject,id,sent,text,answers\n"
		 "1,One,1,2026-01-01,a,\n2,Two,1,2026-01-01,b,\n1,,2,2026-01-02,c,9\n");
	try_file("dump/b.tsv", "text\tid\tsent\tticket\tsubject\tanswers\tmore\n"
		 "C\t2\t2026-01-02\t1\t\t1\t\nd\t2\t2026-01-02\t2\t\t2\t\n");
	t->options.map = "map.yaml";
	assert_int_equal(try_import(t, "csv", "dump"), 0);
	assert_int_equal(t->counts.threads_new, 2);
	assert_int_equal(t->counts.posts, 4);
	assert_int_equal(t->counts.replies, 1);
	assert_int_equal(t->counts.skipped[SKIP_TWICE], 1);
	lines = try_export(t);
	assert_non_null(strstr(lines, "\"body\":\"C\""));
	assert_null(strstr(lines, "\"body\":\"c\""));
	free(lines);
	assert_int_equal(try_import(t, "csv", "dump"), 0);
	assert_int_equal(t->counts.threads_same, 2);
	assert_int_equal(t->counts.put.posts_same, 4);
	try_end(t);
}

static void follows_the_venue(void **state)
{
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(import_table(t, POSTS_MAP, "ticket,subject,id,sent,text\n"
			 "1,One,1,2026-01-01,a\n1,,2,2026-01-02,b\n"), 0);
	assert_int_equal(import_table(t, POSTS_MAP, "ticket,subject,id,sent,text\n"
			 "1,One,1,2026-01-01,A\n"), 0);
	assert_int_equal(t->counts.put.posts_changed, 1);
	assert_int_equal(t->counts.put.posts_gone, 1);
	try_end(t);
}

static void tells_mistakes_of_rows(void **state)
{
	static const char table[] = "ticket,subject,id,sent,text\n"
		"1,One,1,soon,a\n"
		",One,1,2026-01-01,a\n"
		"1.67E+12,One,1,2026-01-01,a\n"
		"2,Two,,2026-01-01,\"a\nb\"\n"
		"3,,1,2026-01-01,a\n"
		"4,Four,1,,a\n"
		"5,Five,1,2026-01-01,a\n"
		"6,Six,1,2026-01-01,caf\xe9\n"
		"7,Seven,1,20";
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(import_table(t, POSTS_MAP, table), -1);
	assert_diags(&t->diags,
		"table.csv:3: error: 'ticket' is empty [missing-key]\n"
		"table.csv:4: error: 'ticket' is '1.67E+12', expected an id that no "
		"spreadsheet rounded [bad-value]\n"
		"table.csv:10: error: this is not UTF-8 [bad-utf8]\n"
		"  hint: if it comes from Windows or is Latin-1, 'iconv -f WINDOWS-1252 "
		"-t UTF-8' makes UTF-8 of it\n"
		"table.csv:11: error: a row of 4 fields in a table of 5 [syntax]\n"
		"  hint: it is the last one: is the file cut off?\n"
		"table.csv:2: error: 'sent' is 'soon', expected a time as in "
		"2026-11-22 07:30:00 [bad-value]\n"
		"  hint: 'dates' in the map says how times are written, as in D/M/Y h:m\n"
		"table.csv:5: error: 'id' is empty [missing-key]\n"
		"table.csv:7: error: 'subject' is empty [missing-key]\n"
		"table.csv:8: error: 'sent' is empty [missing-key]\n");
	assert_export(t, "");
	t->options.keep_going = true;
	assert_int_equal(import_table(t, POSTS_MAP, table), 0);
	assert_int_equal(t->counts.threads_new, 1);
	assert_int_equal(t->counts.skipped[SKIP_BAD], 8);
	diags_release(&t->diags);
	try_end(t);
}

static void tells_mistakes_of_maps(void **state)
{
	struct try *t = try_begin();

	(void)state;
	assert_int_equal(try_import(t, "csv", "table.csv"), -1);
	assert_diags(&t->diags,
		"error: nothing says which column is what [usage]\n"
		"  hint: say it with --map FILE; 'candor help tables' has examples\n");
	assert_int_equal(import_table(t, POSTS_MAP, "ticket,sujbect,id,sent,text,id\n"), -1);
	assert_diags(&t->diags,
		"map.yaml:4:10: error: no column 'subject' in 'table.csv' [missing-key]\n"
		"    4 |   title: subject\n"
		"      |          ^~~~~~~\n"
		"  hint: did you mean 'sujbect'?\n"
		"map.yaml:6:7: error: column 'id' is there twice in 'table.csv' "
		"[duplicate-key]\n"
		"    6 |   id: id\n"
		"      |       ^~\n");
	assert_int_equal(import_table(t,
		"separator: ab\ndates: [dd.mm.yyyy]\nzone: CET\n"
		"thread: {id: {}, url: {column: a, value: b}, title: {value: 'x{a'}}\n"
		"posts: {id: {column: []}, crated: c, format: rtf}\n", "a\n"), -1);
	assert_diags(&t->diags,
		"map.yaml:1:12: error: expected one character, or tab, found 'ab' [bad-value]\n"
		"    1 | separator: ab\n"
		"      |            ^~\n"
		"map.yaml:2:8: error: 'dd.mm.yyyy' is no pattern of dates [bad-value]\n"
		"    2 | dates: [dd.mm.yyyy]\n"
		"      |        ^~~~~~~~~~~~\n"
		"  hint: such as D/M/Y h:m; Y M D h m s are numbers, N a month's name, p am "
		"or pm, z a zone\n"
		"map.yaml:3:7: error: expected an offset such as +02:00, found 'CET' [bad-value]\n"
		"    3 | zone: CET\n"
		"      |       ^~~\n"
		"map.yaml:4:14: error: expected the name of a column, or 'column:' or "
		"'value:', found a mapping [bad-value]\n"
		"    4 | thread: {id: {}, url: {column: a, value: b}, title: {value: 'x{a'}}\n"
		"      |              ^~\n"
		"map.yaml:4:23: error: 'column' and 'value' exclude each other [bad-value]\n"
		"    4 | thread: {id: {}, url: {column: a, value: b}, title: {value: 'x{a'}}\n"
		"      |                       ^~~~~~~~~~~~~~~~~~~~~\n"
		"map.yaml:4:61: error: expected text with names of columns in braces, found "
		"'x{a' [bad-value]\n"
		"    4 | thread: {id: {}, url: {column: a, value: b}, title: {value: 'x{a'}}\n"
		"      |                                                             ^~~~~\n"
		"map.yaml:5:22: error: expected text, found a list [bad-value]\n"
		"    5 | posts: {id: {column: []}, crated: c, format: rtf}\n"
		"      |                      ^~\n"
		"map.yaml:5:27: error: unknown key 'crated' in 'posts' [unknown-key]\n"
		"    5 | posts: {id: {column: []}, crated: c, format: rtf}\n"
		"      |                           ^~~~~~\n"
		"  hint: did you mean 'created'?\n"
		"map.yaml:5:46: error: 'rtf' is no value of 'format' [bad-value]\n"
		"    5 | posts: {id: {column: []}, crated: c, format: rtf}\n"
		"      |                                              ^~~\n"
		"  hint: one of: markdown, html, text\n"
		"map.yaml:5:1: error: missing key 'created' in 'posts' [missing-key]\n"
		"    5 | posts: {id: {column: []}, crated: c, format: rtf}\n"
		"      | ^~~~~\n"
		"map.yaml:5:1: error: missing key 'body' in 'posts' [missing-key]\n"
		"    5 | posts: {id: {column: []}, crated: c, format: rtf}\n"
		"      | ^~~~~\n");
	try_end(t);
}

static void sniffs(void **state)
{
	const struct importer *csv = importer_find("csv");

	(void)state;
	assert_true(csv->sniff("a/x.csv", STR("a,b\n")) > 0);
	assert_true(csv->sniff("x.tsv.gz", STR("a\tb\n")) > 0);
	assert_int_equal(csv->sniff("x.csv", STR("")), 0);
	assert_int_equal(csv->sniff("x.json", STR("a,b\n")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(maps_columns),
		cmocka_unit_test(maps_several_posts),
		cmocka_unit_test(gathers_rows),
		cmocka_unit_test(follows_the_venue),
		cmocka_unit_test(tells_mistakes_of_rows),
		cmocka_unit_test(tells_mistakes_of_maps),
		cmocka_unit_test(sniffs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
