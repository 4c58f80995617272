/*
 * Jira's wiki markup: each notation of Atlassian's help as HTML, what isn't markup
 * after all as text, nothing unescaped, and time linear in whatever is repeated.
 */
#include "check.h"

#include "base/mem.h"
#include "import/jirawiki.h"

#include <time.h>

static struct jira_person persons[] = {
	{ { "5b1:0-c", 7 }, { "Kim Sato", 8 } },
	{ { "ann", 3 }, { "Ann <Lee>", 9 } },
};
static const struct jira_people people = { persons, ARRAY_LEN(persons) };

/* Without the line ends that stand between blocks. */
#define assert_html(text, expected) assert_html_of((text), (expected), __LINE__)
static void assert_html_of(const char *text, const char *expected, int line)
{
	struct buf out = BUF_INIT, flat = BUF_INIT;

	jirawiki_html(str_of(text), &people, &out);
	for (size_t i = 0; i < out.n; i++)
		if (out.p[i] != '\n' || (i && out.p[i - 1] != '>'))
			buf_addc(&flat, out.p[i]);
	if (strcmp(flat.p, expected) != 0) {
		print_error("%s\ngave %s\ninstead of %s\n", text, flat.p, expected);
		_fail(__FILE__, line);
	}
	buf_release(&out);
	buf_release(&flat);
}

static void emphasis(void **state)
{
	(void)state;
	assert_html("*a* _b_ -c- +d+ ^e^ ~f~ ??g??",
		    "<p><strong>a</strong> <em>b</em> <del>c</del> <ins>d</ins> "
		    "<sup>e</sup> <sub>f</sub> <cite>g</cite></p>");
	assert_html("_*a b*_, (*c*)!", "<p><em><strong>a b</strong></em>, "
		    "(<strong>c</strong>)!</p>");
	assert_html("a{*}b{*}c {_}d{_}", "<p>a<strong>b</strong>c <em>d</em></p>");
	assert_html("\xe2\x80\x9c*q*\xe2\x80\x9d \xc3\xa9*n*",
		    "<p>\xe2\x80\x9c<strong>q</strong>\xe2\x80\x9d \xc3\xa9*n*</p>");
	/* what crosses stays text */
	assert_html("*a _b* c_", "<p><strong>a _b</strong> c_</p>");
}

static void no_emphasis(void **state)
{
	(void)state;
	assert_html("snake_case_name 2*3*4 a-b-c c++ g++",
		    "<p>snake_case_name 2*3*4 a-b-c c++ g++</p>");
	assert_html("-p ios -F iphone --all ~50 and ~60 * x *",
		    "<p>-p ios -F iphone --all ~50 and ~60 * x *</p>");
	assert_html("a -> b-> c +---+---+", "<p>a -&gt; b-&gt; c +---+---+</p>");
	assert_html("*a", "<p>*a</p>");
	assert_html("a*", "<p>a*</p>");
	assert_html("*a\nb*", "<p>*a<br>b*</p>");
	assert_html("{*}a", "<p>{*}a</p>");
	assert_html("\\*a\\* \\{code} \\[x\\] C:\\dir", "<p>*a* {code} [x] C:\\dir</p>");
	assert_html("??? a", "<p>??? a</p>");
}

static void escapes(void **state)
{
	(void)state;
	assert_html("<b>&\"'`", "<p>&lt;b&gt;&amp;&quot;&#39;&#96;</p>");
	assert_html("*<i>*", "<p><strong>&lt;i&gt;</strong></p>");
	assert_html("{{<i>*x*}}", "<p><code>&lt;i&gt;*x*</code></p>");
	assert_html("[<x>|http://a/\"><i>]",
		    "<p><a href=\"http://a/&quot;&gt;&lt;i&gt;\">&lt;x&gt;</a></p>");
	assert_html("{code:\"><script>}</code>{code}",
		    "<pre><code class=\"language-&quot;&gt;&lt;script&gt;\">"
		    "&lt;/code&gt;</code></pre>");
}

static void links(void **state)
{
	(void)state;
	assert_html("[a *b*|http://x.example/_y_|tip] [http://x.example]",
		    "<p><a href=\"http://x.example/_y_\">a <strong>b</strong></a> "
		    "<a href=\"http://x.example\">http://x.example</a></p>");
	assert_html("see (http://x.example/a_b_c). https://y.example/(z)",
		    "<p>see (<a href=\"http://x.example/a_b_c\">http://x.example/a_b_c</a>). "
		    "<a href=\"https://y.example/(z)\">https://y.example/(z)</a></p>");
	assert_html("[http://x.example|http://x.example|smart-link]",
		    "<p><a href=\"http://x.example\">http://x.example</a></p>");
	assert_html("[~ann] [~accountid:5b1:0-c] [~who]",
		    "<p>@Ann &lt;Lee&gt; @Kim Sato @who</p>");
	assert_html("[^log file.txt] [part|#two] [A-1|/browse/A-1]",
		    "<p>log file.txt part <a href=\"/browse/A-1\">A-1</a></p>");
	assert_html("a[0] [x] [x|y] [] [|] [[a] [t|javascript:x] [t|//h] http:// [x",
		    "<p>a[0] [x] [x|y] [] [|] [[a] [t|javascript:x] [t|//h] http:// [x</p>");
}

static void pictures(void **state)
{
	(void)state;
	assert_html("!a.png! !Screen Shot 1.PNG|width=300! !http://x.example/i?z|alt=q!",
		    "<p>a.png Screen Shot 1.PNG "
		    "<a href=\"http://x.example/i?z\">http://x.example/i?z</a></p>");
	assert_html("wow! that. great! yes!!", "<p>wow! that. great! yes!!</p>");
}

static void blocks(void **state)
{
	(void)state;
	assert_html("h1. A *b*\nh6. C\nh7. d\nh1.e",
		    "<h1>A <strong>b</strong></h1><h6>C</h6><p>h7. d<br>h1.e</p>");
	assert_html("a\r\nb\r\n\r\nc\n----\nd",
		    "<p>a<br>b</p><p>c</p><hr><p>d</p>");
	assert_html("a\\\\ b \\\\server\\x", "<p>a<br> b \\\\server\\x</p>");
	assert_html("bq. said\nnot", "<blockquote><p>said</p></blockquote><p>not</p>");
	assert_html("", "");
	assert_html("\n \n", "");
}

static void lists(void **state)
{
	(void)state;
	assert_html("* a\n* b\n** c\n* d", "<ul><li>a</li><li>b<ul><li>c</li></ul>"
		    "</li><li>d</li></ul>");
	assert_html("# a\n#* b\n#* c\n# d", "<ol><li>a<ul><li>b</li><li>c</li></ul>"
		    "</li><li>d</li></ol>");
	assert_html("- a\n-- b\n\n-- c", "<ul><li>a<ul><li>b</li></ul></li></ul>"
		    "<p>-- c</p>");
	assert_html("*** a\nmore\n# b", "<ul><li>a<br>more</li></ul><ol><li>b</li></ol>");
	assert_html("* a\n{code}\nx\n{code}\ny\n* b",
		    "<ul><li>a<pre><code>x</code></pre>y</li><li>b</li></ul>");
	assert_html("*********** a", "<p>*********** a</p>");
}

static void tables(void **state)
{
	(void)state;
	assert_html("||a||b||\n|c|[d|http://x.example]|\nend",
		    "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>"
		    "<a href=\"http://x.example\">d</a></td></tr></table><p>end</p>");
	assert_html("|yes!|no!|{{a|b}}| |!i.png|thumbnail!\n",
		    "<table><tr><td>yes!</td><td>no!</td><td><code>a|b</code></td>"
		    "<td></td><td>i.png</td></tr></table>");
	assert_html("|a\nb|c|\n\n|d", "<table><tr><td>a<br>b</td><td>c</td></tr></table>"
		    "<table><tr><td>d</td></tr></table>");
	assert_html("|", "<table><tr></tr></table>");
}

static void macros(void **state)
{
	(void)state;
	assert_html("{code:java}\nif (a<b) *x*;\n\n{code}",
		    "<pre><code class=\"language-java\">if (a&lt;b) *x*;</code></pre>");
	assert_html("a {code:title=T.js|borderStyle=solid|js}x{code} b",
		    "<p>a</p><p><strong>T.js</strong></p>"
		    "<pre><code class=\"language-js\">x</code></pre><p>b</p>");
	assert_html("{noformat}{code}{quote}{noformat}",
		    "<pre><code>{code}{quote}</code></pre>");
	assert_html("{quote}\na\n\n* b\n{quote}\nc",
		    "<blockquote><p>a</p><ul><li>b</li></ul></blockquote><p>c</p>");
	assert_html("{panel:title=My <T>|bgColor=#fff}\nh2. a\n{panel}b",
		    "<p><strong>My &lt;T&gt;</strong></p><h2>a</h2><p>b</p>");
	assert_html("a {color:red}b\n\nc{color} d{anchor:x}",
		    "<p>a b</p><p>c d</p>");
	assert_html("{quote}a{code}{quote}{code}b{quote}c",
		    "<blockquote><p>a</p><pre><code>{quote}</code></pre><p>b</p>"
		    "</blockquote><p>c</p>");
}

static void lone_macros(void **state)
{
	(void)state;
	assert_html("{code}a *b*", "<p>{code}a <strong>b</strong></p>");
	assert_html("a {quote} b {panel} {color} {noformat:x} {colors} {code",
		    "<p>a {quote} b {panel} {color} {noformat:x} {colors} {code</p>");
	assert_html("{quote}a {panel}b{quote}c", "<blockquote><p>a {panel}b</p>"
		    "</blockquote><p>c</p>");
	assert_html("{{code}} {{{a}}} {{b {{}}", "<p><code>code</code> <code>{a}</code> "
		    "<code>b {{</code></p>");
	assert_html("{{code}} x {code}y{code}", "<p><code>code</code> x</p>"
		    "<pre><code>y</code></pre>");
}

/* 400 kB of each take milliseconds, or minutes if a search starts anew each time. */
static void takes_linear_time(void **state)
{
	static const char *const again[] = {
		"{code}", "{code:a}", "{quote}", "{panel}{quote}", "{color:red}", "{{",
		"|{{", "[", "[a|", "!", "!a.png|", "*a ", "*a _b ", "*a* ", "a*b", "{*}",
		"http://", "http://a ", "\\", "\\\\ ", "|a", "|a\n", "* a\n", "*#* a\n",
		"-", "h1. ", "{", "??a ", "[~", "\n", " \n", "a\n ", "{noformat", "_*",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(again); i++) {
		struct buf text = BUF_INIT, out = BUF_INIT;
		clock_t before = clock();

		while (text.n < 400000)
			buf_adds(&text, again[i]);
		jirawiki_html(buf_str(&text), &people, &out);
		if (clock() - before > 2 * CLOCKS_PER_SEC)
			fail_msg("'%s' again and again", again[i]);
		buf_release(&text);
		buf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(emphasis),
		cmocka_unit_test(no_emphasis),
		cmocka_unit_test(escapes),
		cmocka_unit_test(links),
		cmocka_unit_test(pictures),
		cmocka_unit_test(blocks),
		cmocka_unit_test(lists),
		cmocka_unit_test(tables),
		cmocka_unit_test(macros),
		cmocka_unit_test(lone_macros),
		cmocka_unit_test(takes_linear_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
