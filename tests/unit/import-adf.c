/* The Atlassian Document Format: what each node and mark becomes, and that text of
 * nodes nobody knows stays. */
#include "check.h"

#include "import/adf.h"

/* ' stands for " in what is parsed. */
#define assert_html(doc, expected) assert_html_of((doc), (expected), __LINE__)
static void assert_html_of(const char *doc, const char *expected, int line)
{
	struct arena arena = ARENA_INIT;
	struct diags diags = DIAGS_INIT;
	struct buf text = BUF_INIT, out = BUF_INIT;
	const struct json *v;

	buf_addf(&text, "{'type':'doc','version':1,'content':[%s]}", doc);
	for (size_t i = 0; i < text.n; i++)
		text.p[i] = text.p[i] == '\'' ? '"' : text.p[i];
	v = json_parse(&arena, buf_str(&text), NO_PLACE, &diags);
	assert_diags(&diags, "");
	assert_true(adf_is(v));
	adf_html(v, &out);
	if (strcmp(out.p, expected) != 0) {
		print_error("%s\ninstead of %s\n", out.p, expected);
		_fail(__FILE__, line);
	}
	buf_release(&text);
	buf_release(&out);
	arena_release(&arena);
}

#define TEXT(t) "{'type':'text','text':'" t "'}"
#define NODE(type, content) "{'type':'" type "','content':[" content "]}"
#define SAYS(type, attrs) "{'type':'" type "','attrs':{" attrs "}}"
#define MARKED(t, marks) "{'type':'text','text':'" t "','marks':[" marks "]}"

static void marks(void **state)
{
	(void)state;
	assert_html(MARKED("a<", "{'type':'strong'},{'type':'em'}") "," MARKED("", "{}"),
		    "<strong><em>a&lt;</em></strong>");
	assert_html(MARKED("b", "{'type':'link','attrs':{'href':'http://x/\\u0022>'}}"),
		    "<a href=\"http://x/&quot;&gt;\">b</a>");
	assert_html(MARKED("c", "{'type':'subsup','attrs':{'type':'sub'}},"
			   "{'type':'textColor','attrs':{'color':'#ff0000'}}"),
		    "<sub>c</sub>");
	assert_html(MARKED("d", "7,'strong',{'type':'strike'}"), "<del>d</del>");
}

static void blocks(void **state)
{
	(void)state;
	assert_html(NODE("paragraph", TEXT("a") ",{'type':'hardBreak'}," TEXT("b")),
		    "<p>a<br>\nb</p>\n");
	assert_html("{'type':'heading','attrs':{'level':2},'content':[" TEXT("h") "]},"
		    "{'type':'rule'},{'type':'heading','attrs':{'level':99}}",
		    "<h2>h</h2>\n<hr>\n<h6></h6>\n");
	assert_html("{'type':'codeBlock','attrs':{'language':'c'},'content':["
		    TEXT("a<b\\n c") "]}",
		    "<pre><code class=\"language-c\">a&lt;b\n c</code></pre>\n");
	assert_html(NODE("bulletList", NODE("listItem", NODE("paragraph", TEXT("x")))),
		    "<ul><li><p>x</p>\n</li>\n</ul>\n");
	assert_html("{'type':'orderedList','attrs':{'order':3},'content':[]}",
		    "<ol start=\"3\"></ol>\n");
	assert_html(NODE("blockquote", NODE("panel", TEXT("q"))),
		    "<blockquote>\n<div>\nq</div>\n</blockquote>\n");
	assert_html(NODE("table", NODE("tableRow", NODE("tableHeader", TEXT("a")) ","
					NODE("tableCell", TEXT("b")))),
		    "<table>\n<tr><th>a</th><td>b</td></tr>\n</table>\n");
	assert_html("{'type':'expand','attrs':{'title':'T<'},'content':[" TEXT("x") "]}",
		    "<p><strong>T&lt;</strong></p>\nx");
}

static void words(void **state)
{
	(void)state;
	assert_html(SAYS("mention", "'id':'7','text':'@Ann'") "," SAYS("mention", "'id':'8'"),
		    "@Ann@8");
	assert_html(SAYS("emoji", "'shortName':':x:','text':'\\u2713'") ","
		    SAYS("emoji", "'shortName':':y:'"), "\xe2\x9c\x93:y:");
	assert_html(SAYS("inlineCard", "'url':'https://x.example/?a&b'"),
		    "<a href=\"https://x.example/?a&amp;b\">https://x.example/?a&amp;b</a>");
	assert_html(SAYS("date", "'timestamp':'1795325400000'") ","
		    SAYS("date", "'timestamp':'soon'"), "2026-11-22");
	assert_html(NODE("mediaSingle", SAYS("media", "'alt':'a.png'")), "<p>a.png </p>\n");
	assert_html(SAYS("status", "'text':'DONE'"), "DONE");
}

static void what_nobody_knows(void **state)
{
	(void)state;
	assert_html(NODE("layoutSection", NODE("paragraph", TEXT("a"))) ",7,[],{}"
		    ",{'type':7,'text':'b'},{'content':{},'attrs':[]}", "<p>a</p>\nb");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks),
		cmocka_unit_test(blocks),
		cmocka_unit_test(words),
		cmocka_unit_test(what_nobody_knows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
