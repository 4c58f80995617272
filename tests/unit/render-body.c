/*
 * Proves what a post may become: case by case for every rule of the content
 * model and the allow-list; for every input here and, where CANDOR_SHARED is, for
 * every hostile one collected there, that the output holds nothing but the
 * exact forms allowed (judged by strict.h) and that reading and writing it again
 * changes nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/json.h"
#include "base/mem.h"
#include "render/body.h"
#include "random.h"
#include "strict.h"

#include <stdlib.h>

static const struct body_style style = {
	.base_url = { "https://forum.example/t/1", 25 }, .heading_base = 1
};

static const char *render(struct buf *out, enum body_format format, struct str body)
{
	struct arena a = ARENA_INIT;
	struct body_tree tree;

	buf_reset(out);
	body_read(&a, format, body, &tree);
	body_html(&tree, &style, out);
	arena_release(&a);
	return tree.fallback;
}

/* The two properties that hold for every input. */
static const char *check_output(struct str html)
{
	static char fault[400];
	struct strict strict;
	struct buf again = BUF_INIT;
	const char *wrong = strict_check(&strict, html);

	if (!wrong && render(&again, BODY_HTML, html))
		wrong = "falls back when read again";
	if (!wrong && !str_eq(html, buf_str(&again)))
		wrong = "changes when read again";
	if (wrong)
		snprintf(fault, sizeof(fault), "%s: %.150s", wrong, html.p);
	buf_release(&again);
	return wrong ? fault : NULL;
}

struct sample {
	const char *in, *out;
};

static void check_samples(enum body_format format, const struct sample *samples, size_t n)
{
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < n; i++) {
		const char *wrong;

		assert_null(render(&out, format, str_of(samples[i].in)));
		assert_string_equal(out.p, samples[i].out);
		wrong = check_output(buf_str(&out));
		if (wrong)
			fail_msg("%s", wrong);
	}
	buf_release(&out);
}

#define CHECK(format, samples) check_samples(format, samples, ARRAY_LEN(samples))
/* The base. */
#define HERE "https://forum.example/t/1"
#define A(url) "<a href=\"" url "\" rel=\"nofollow ugc noopener\">"

static void test_markdown(void **state)
{
	static const struct sample samples[] = {
		{ "", "" },
		{ "a *b* **c** `d`",
		  "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>\n" },
		{ "# a\n\n###### b", "<h1>a</h1>\n<h2>b</h2>\n" },
		{ "- a\n- b\n\n  c", "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n<p>c</p>\n"
		  "</li>\n</ul>\n" },
		{ "- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n" },
		{ "3. a\n", "<ol start=\"3\">\n<li>a</li>\n</ol>\n" },
		{ "- a\n  - b", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n" },
		{ "> a\n> b", "<blockquote>\n<p>a\nb</p>\n</blockquote>\n" },
		{ "```C nonsense\nx < y\n```",
		  "<pre tabindex=\"0\"><code class=\"language-c\">x &lt; y\n"
		  "</code></pre>\n" },
		{ "```\"><script>\nx\n```", "<pre tabindex=\"0\"><code>x\n</code></pre>\n" },
		{ "a  \nb", "<p>a<br>\nb</p>\n" },
		{ "a\n\n---\n", "<p>a</p>\n<hr>\n" },
		{ "[a](http://b/ \"t\")", "<p>" A("http://b/") "a</a></p>\n" },
		{ "[a](/b)", "<p>" A("https://forum.example/b") "a</a></p>\n" },
		{ "[a](javascript:b)", "<p>a</p>\n" },
		{ "![a *b*](http://c/d.png)", "<p>" A("http://c/d.png") "a b</a></p>\n" },
		{ "[![a](http://b/)](http://c/)", "<p>" A("http://c/") "a</a></p>\n" },
		{ "![](data:image/png,x)", "<p>image</p>\n" },
		{ "{{a}} & \"b\" 'c'", "<p>{{a}} &amp; &quot;b&quot; &#39;c&#39;</p>\n" },
		/* With raw HTML the whole goes through the other reader. */
		{ "a <kbd>b</kbd> *c* <!-- d -->",
		  "<p>a <kbd>b</kbd> <em>c</em></p>\n" },
		{ "<details><summary>a</summary>\n\n- b\n\n</details>",
		  "<details>\n<summary>a</summary>\n<ul>\n<li>b</li>\n</ul>\n"
		  "</details>\n" },
		{ "a\n\n<script>b</script>\n\nc", "<p>a</p>\n<p>c</p>\n" },
	};

	(void)state;
	CHECK(BODY_MARKDOWN, samples);
}

static void test_text(void **state)
{
	static const struct sample samples[] = {
		{ "a\nb\n\n\n c <b>\r\nd", "<p>a<br>b</p>\n<p>c &lt;b&gt;<br>d</p>\n" },
		{ "a\n> b\n> > c\nd", "<p>a</p>\n<blockquote>\n<p>b</p>\n<blockquote>\n"
		  "<p>c</p>\n</blockquote>\n</blockquote>\n<p>d</p>\n" },
		{ "*a* [b](c)", "<p>*a* [b](c)</p>\n" },
		{ "\x01" "a\x7f", "<p>a</p>\n" },
	};

	(void)state;
	CHECK(BODY_TEXT, samples);
}

static void test_html_kept(void **state)
{
	static const struct sample samples[] = {
		{ "<p>a<p>b", "<p>a</p>\n<p>b</p>\n" },
		{ "a<i>b</i><u>c</u><s>d</s><sub>e</sub><sup>f</sup>",
		  "<p>a<em>b</em><u>c</u><del>d</del><sub>e</sub><sup>f</sup></p>\n" },
		{ "<mark>a</mark><small>b</small><abbr title='c\"d'>e</abbr>",
		  "<p><mark>a</mark><small>b</small>"
		  "<abbr title=\"c&quot;d\">e</abbr></p>\n" },
		{ "<pre class='lang-py prettyprint'><code>a\n</code></pre>",
		  "<pre tabindex=\"0\"><code class=\"language-python\">a\n</code></pre>\n" },
		{ "<pre><code class=language-evil>a</code></pre>",
		  "<pre tabindex=\"0\"><code>a</code></pre>\n" },
		{ "<pre>\na\n\n b<br>c</pre>", "<pre tabindex=\"0\"><code>a\n\n b\nc</code></pre>\n" },
		{ "<pre><code>\na</code></pre>", "<pre tabindex=\"0\"><code>\na</code></pre>\n" },
		{ "<code><pre>a</pre></code>", "<pre tabindex=\"0\"><code>a</code></pre>\n" },
		{ "<blockquote>a</blockquote>",
		  "<blockquote>\n<p>a</p>\n</blockquote>\n" },
		{ "<blockquote class='spoiler'><p>a</p></blockquote>",
		  "<details>\n<summary>Spoiler</summary>\n<p>a</p>\n</details>\n" },
		{ "<aside class='quote'><div>sam:</div><blockquote>a</blockquote>",
		  "<blockquote>\n<p>sam:</p>\n<p>a</p>\n</blockquote>\n" },
		{ "<dl><dt>a<dd>b</dl>", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>\n" },
		{ "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr>",
		  "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
		  "<td>b</td>\n</tr>\n</tbody>\n</table>\n" },
		{ "<ol start=7><li>a</ol>", "<ol start=\"7\">\n<li>a</li>\n</ol>\n" },
		{ "<ol start='1\"x'><li>a</ol>", "<ol>\n<li>a</li>\n</ol>\n" },
		{ "a<br/>b<hr>c", "<p>a<br>b</p>\n<hr>\n<p>c</p>\n" },
		{ "<img src=http://a/ alt='b\tc'>",
		  "<p>" A("http://a/") "b\tc</a></p>\n" },
		{ "<a href=http://a/><img src=http://b/></a>",
		  "<p>" A("http://a/") "image</a></p>\n" },
		{ "&eacute;&#233;&#xE9;&#146;&bogus;&amp;lt;&#0;&#xD800;& &",
		  "<p>\u00e9\u00e9\u00e9\u2019&amp;bogus;&amp;lt;\ufffd\ufffd&amp; "
		  "&amp;</p>\n" },
		{ "I <3 you, 1<2", "<p>I &lt;3 you, 1&lt;2</p>\n" },
	};

	(void)state;
	CHECK(BODY_HTML, samples);
}

static void test_html_dropped(void **state)
{
	static const struct sample samples[] = {
		{ "a<!-- b -->c<!-->d<?e?><!x>f<![CDATA[g]]>", "<p>acdf</p>\n" },
		{ "<!DOCTYPE html><html><head><title>a</title></head><body>b</body>",
		  "<p>b</p>\n" },
		{ "<style><img src=x onerror=alert(1)></style>a", "<p>a</p>\n" },
		{ "<noscript><p title=\"</noscript><b>\">a",
		  "<p><strong>&quot;&gt;a</strong>"
		  "</p>\n" },
		{ "<svg><p> </p><svg/><path></svg>a<math> </math><select></select>"
		  "<template><p>b</template><datalist>c</datalist>", "<p>a</p>\n" },
		{ "<textarea>\n</textarea><xmp></xmp><title>b</title>a<noembed>c</noembed>"
		  "<iframe>d</iframe><noframes>e</noframes>", "<p>a</p>\n" },
		{ "<div><!--><img src=x onerror=alert(1)>--></div>",
		  "<p>" A("https://forum.example/t/x") "image</a>--&gt;</p>\n" },
		{ "<p id=a class=b style=c onclick=d>e", "<p>e</p>\n" },
		{ "<font color=red>a</font><blink>b</blink><x-y>c</x-y>",
		  "<p>abc</p>\n" },
		{ "<div>a</div><section>b</section>c", "<p>a</p>\n<p>b</p>\n<p>c</p>\n" },
		{ "<a href='javascript&colon;alert(1)'>a</a>",
		  "<p>" A("https://forum.example/t/javascript&amp;colon;alert(1)")
		  "a</a></p>\n" },
		{ "<a href=' java\tscript:alert(1)'>a</a><a>b</a><a name=c>d</a>",
		  "<p>abd</p>\n" },
		{ "<a href='java&#115;cript:x'>a</a><a href='//b'>c</a><a href='/\\d'>e",
		  "<p>ace</p>\n" },
		{ "<input value=a>b<embed src=c>d<link>e", "<p>bde</p>\n" },
	};

	(void)state;
	CHECK(BODY_HTML, samples);
}

/* Markdown encodes what browsers take for a slash; then it is part of a name. */
static bool leads_away(struct str html, enum body_format format)
{
	struct str ours = STR("href=\"https://forum.example/");

	return str_find(html, STR("=\"")) < html.n &&
	       (format != BODY_MARKDOWN || str_find(html, ours) == html.n ||
		str_find(html, STR("%5C")) == html.n);
}

/* Every way to write an address, with every one that may not be linked to. */
static void test_addresses(void **state)
{
	static const char *const nowhere[] = {
		"javascript:alert(1)", "JaVaScRiPt:alert(1)", "javascript://a.example/%0aalert(1)",
		"java&#115;cript:a", "java&#9;script:a", "&#1;javascript:a",
		"vbscript:a", "data:text/html,a", "data:image/png;base64,AAAA", "blob:a", "file:///a",
		"about:blank", "view-source:http://a/", "//evil.example/a.png",
		"\\\\evil.example/", "/\\evil.example", "http:/\\evil.example", "http:evil.example",
		"http://good.example@evil.example/", "https://good.example:a@evil.example/",
	};
	static const struct {
		enum body_format format;
		const char *before, *after;
	} ways[] = {
		{ BODY_HTML, "<a href=\"", "\">a</a>" },
		{ BODY_HTML, "<img alt=a src=\"", "\">" },
		{ BODY_HTML, "<img alt=a srcset=\"", "\">" },
		{ BODY_HTML, "<img alt=a src=\"", "\" srcset=\"http://evil.example/a.png 2x\">" },
		{ BODY_HTML, "<a ping=\"", "\">a</a>" },
		{ BODY_HTML, "<blockquote cite=\"", "\">a</blockquote>" },
		{ BODY_HTML, "<video poster=\"", "\">a</video>" },
		{ BODY_HTML, "<a xlink:href=\"", "\">a</a>" },
		{ BODY_MARKDOWN, "[a](<", ">)" }, { BODY_MARKDOWN, "![a](<", ">)" },
		{ BODY_MARKDOWN, "[a][b]\n\n[b]: <", ">" }, { BODY_MARKDOWN, "<", ">" },
		{ BODY_MARKDOWN, "a <img src=\"", "\">" },
		{ BODY_TEXT, "", "" }, { BODY_TEXT, "<a href=\"", "\">a</a>" },
	};
	struct buf in = BUF_INIT, out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(nowhere); i++)
		for (size_t k = 0; k < ARRAY_LEN(ways); k++) {
			struct str html;

			buf_reset(&in);
			buf_addf(&in, "%s%s%s", ways[k].before, nowhere[i], ways[k].after);
			render(&out, ways[k].format, buf_str(&in));
			html = buf_str(&out);
			if (check_output(html) || leads_away(html, ways[k].format))
				fail_msg("%s: %s", in.p, out.p);
		}
	buf_release(&in);
	buf_release(&out);
}

/* What venues write for their own pages. */
static void test_venues(void **state)
{
	static const struct sample samples[] = {
		{ "<p>a <img src=//b class=emoji title=':c:' alt=':c:'>.</p>",
		  "<p>a :c:.</p>\n" },
		{ "<p><div class=lightbox-wrapper><a class=lightbox href=http://a/ title=b>"
		  "<img src=http://c/ alt=d><div class=meta><svg><use></use></svg>"
		  "<span class=filename>e.png</span><span class=informations>1x2 3 KB</span>"
		  "<svg></svg></div></a></div>f</p>",
		  "<p>" A("http://a/") "d</a> e.png 1x2 3 KB</p>\n<p>f</p>\n" },
		{ "a<div class=meta>b</div>c", "<p>a</p>\n<p>b</p>\n<p>c</p>\n" },
		{ "<aside class='onebox githubissue'><header class=source><img class=site-icon "
		  "src=http://a/><a href=http://b/>c</a></header><article class=onebox-body>"
		  "<img class='thumbnail onebox-avatar' src=http://d/ alt=e><h3>f</h3>g"
		  "<p>h</p></article></aside><h3>i</h3>",
		  "<blockquote>\n<p>" A("http://b/") "c</a></p>\n<p><strong>f</strong></p>\n"
		  "<p>g</p>\n<p>h</p>\n</blockquote>\n<h1>i</h1>\n" },
		{ "<aside class='quote no-group'><div class=title><div class=quote-controls>"
		  "</div><img alt='' src=http://a/ class=avatar>b:</div><blockquote><p>c</p>"
		  "</blockquote></aside>",
		  "<blockquote>\n<p>b:</p>\n<p>c</p>\n</blockquote>\n" },
		{ "<div class=spoiler><p>a</p></div>b <span class=spoiler>c</span>",
		  "<details>\n<summary>Spoiler</summary>\n<p>a</p>\n</details>\n<p>b c</p>\n" },
		{ "<div class=lazyYT data-youtube-id=a data-youtube-title='b c'></div>d",
		  "<p>" A("https://www.youtube.com/watch?v=a") "b c</a></p>\n<p>d</p>\n" },
		{ "<div class='onebox lazyYT' data-youtube-id=a><a href=#b><img title=c></a></div>",
		  "<p>" A(HERE "#b") "c</a></p>\n" },
		{ "<pre class=onebox>   <code class=lang-c>\n <ol start=7>\n  <li>  a\n</li>\n"
		  "  <li>\n</li>\n  <li>b\n</li>\n </ol>\n </code>\n</pre>",
		  "<pre tabindex=\"0\"><code class=\"language-c\">  a\n\nb</code></pre>\n" },
		{ "<ul><li class=task-list-item><input type=checkbox disabled checked> a</li>"
		  "<li><input type=checkbox> b<input type=text></li></ul>",
		  "<ul>\n<li>\u2611 a</li>\n<li>\u2610 b</li>\n</ul>\n" },
		{ "<div class='highlight highlight-source-js'><pre>a</pre></div><pre>b</pre>",
		  "<pre tabindex=\"0\"><code class=\"language-javascript\">a</code></pre>\n"
		  "<pre tabindex=\"0\"><code>b</code></pre>\n" },
		{ "<div class=email-fragment>a</div><div class=email-quoted-reply>b</div>",
		  "<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n" },
		{ "<g-emoji class=g-emoji alias=a>\U0001f44d</g-emoji>",
		  "<p>\U0001f44d</p>\n" },
	};

	(void)state;
	CHECK(BODY_HTML, samples);
}

static void test_mentions(void **state)
{
	static const struct sample samples[] = {
		{ "<a class=mention href=/u/a>@a</a>, <a href=#b><b>@</b>b</a>",
		  "<p>@a, <strong>@</strong>b</p>\n" },
		{ "<a href=#a><img src=http://b/ alt=' @c '></a><img src=http://b/ alt=@d>",
		  "<p>@c@d</p>\n" },
		{ "<a href=#a>@</a> <a href=#b>@c d</a> <a href=#e>f@g</a> <a href=#h>@i<br>j</a>",
		  "<p>" A(HERE "#a") "@</a> " A(HERE "#b") "@c d</a> " A(HERE "#e") "f@g</a> "
		  A(HERE "#h") "@i<br>j</a></p>\n" },
	};

	(void)state;
	CHECK(BODY_HTML, samples);
}

static void test_content_model(void **state)
{
	static const struct sample samples[] = {
		{ "<b>a<blockquote>b</blockquote>c</b>",
		  "<p><strong>a</strong></p>\n<blockquote>\n<p><strong>b</strong></p>\n"
		  "</blockquote>\n<p><strong>c</strong></p>\n" },
		{ "<h2>a<div>b</div>c</h2>", "<h1>a</h1>\n<h1>b</h1>\n<h1>c</h1>\n" },
		{ "<h2><x-y><p>a</p></x-y></h2>", "<h1>a</h1>\n" },
		{ "<a href=#a>b<a href=#c>d</a>e</a>",
		  "<p>" A(HERE "#a") "b</a>" A(HERE "#c") "d</a>e</p>\n" },
		{ "<a href=#a><i>b<a href=#c>d</a>e</i></a>",
		  "<p>" A(HERE "#a") "<em>b</em></a><em>" A(HERE "#c") "d</a>e</em></p>\n" },
		{ "<a href=#a><p>b</p><p>c</p></a>",
		  "<p>" A(HERE "#a") "b</a></p>\n<p>" A(HERE "#a") "c</a></p>\n" },
		{ "<ul>a<li>b</ul>", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n" },
		{ "<ul><li>a</li><ul><li>b</ul></ul>",
		  "<ul>\n<li>a</li>\n<li><ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n" },
		{ "<li>a<li>b", "<p>a</p>\n<p>b</p>\n" },
		{ "<td>a</td><tr><td>b</td></tr>", "<p>a</p>\n<p>b</p>\n" },
		{ "<table><td>a</table>", "<table>\n<tbody>\n<tr>\n<td>a</td>\n</tr>\n"
		  "</tbody>\n</table>\n" },
		{ "<table><tr>a<td><h2>b</h2><th><h2>c</h2></table>",
		  "<table>\n<tbody>\n<tr>\n<td>a</td>\n<td><h1>b</h1>\n</td>\n"
		  "<th><p>c</p>\n</th>\n</tr>\n</tbody>\n</table>\n" },
		{ "<dl><dt><p>a</p><p>b</p></dt>c</dl>",
		  "<dl>\n<dt>a<br>b</dt>\n<dd>c</dd>\n</dl>\n" },
		{ "<details>a</details>",
		  "<details>\n<summary>Details</summary>\n<p>a</p>\n</details>\n" },
		{ "<details></details>",
		  "<details>\n<summary>Details</summary>\n</details>\n" },
		{ "<details><p>a</p><summary>b</summary></details>",
		  "<details>\n<summary>Details</summary>\n<p>a</p>\n<p>b</p>\n"
		  "</details>\n" },
		{ "<summary>a</summary>", "<p>a</p>\n" },
		{ "<details><summary><h3>a</h3><pre>b</pre></summary></details>",
		  "<details>\n<summary>a<br><code>b</code></summary>\n</details>\n" },
		{ "<p></p><b></b><h1></h1><a href=#x></a> <br>", "" },
		{ "a <b> </b> b ", "<p>a b</p>\n" },
		{ "<p>a <b></b></p>", "<p>a</p>\n" },
		{ "<p>a <i>b </i></p><p><i> c</i></p>",
		  "<p>a <em>b</em></p>\n<p><em>c</em></p>\n" },
		{ "</div></div>a</body></html>b", "<p>a</p>\n<p>b</p>\n" },
		{ "<ul><b>a</b></ul>", "<ul>\n<li><strong>a</strong></li>\n</ul>\n" },
		{ "<table><b>a</b><pre>c</pre></table>",
		  "<table>\n<tbody>\n<tr>\n<td><strong>a</strong></td>\n</tr>\n<tr>\n"
		  "<td><pre tabindex=\"0\"><code>c</code></pre>\n</td>\n</tr>\n</tbody>\n</table>\n" },
	};

	(void)state;
	CHECK(BODY_HTML, samples);
}

/* Nothing of the page's outline is skipped, whatever the post's does. */
static void test_outline(void **state)
{
	static const struct {
		const char *post, *page;
	} cases[] = {
		{ "# a\n## b\n##### c", "<h4>a</h4>\n<h5>b</h5>\n<h6>c</h6>\n" },
		{ "### a\n## b\n# c", "<h4>a</h4>\n<h4>b</h4>\n<h4>c</h4>\n" },
		{ "## a\n#### b\n### c\n## d",
		  "<h4>a</h4>\n<h5>b</h5>\n<h5>c</h5>\n<h4>d</h4>\n" },
		{ "# a\n## b\n### c\n#### d\n##### e\n###### f\n### g",
		  "<h4>a</h4>\n<h5>b</h5>\n<h6>c</h6>\n<h6>d</h6>\n<h6>e</h6>\n<h6>f</h6>\n"
		  "<h6>g</h6>\n" },
	};
	struct arena a = ARENA_INIT;
	struct body_tree tree;
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		body_read(&a, BODY_MARKDOWN, str_of(cases[i].post), &tree);
		buf_reset(&out);
		body_html(&tree, &(struct body_style){ .heading_base = 4 }, &out);
		assert_string_equal(out.p, cases[i].page);
	}
	arena_release(&a);
	buf_release(&out);
}

/* A crowd of tags in every order: no sequence may break the model. */
static void test_shuffled_tags(void **state)
{
	static const char *const parts[] = {
		"<p>", "</p>", "<b>", "</b>", "<a href=#x>", "</a>", "<ul>", "</ul>",
		"<li>", "</li>", "<table>", "</table>", "<tr>", "<td>", "<th>", "</td>",
		"<blockquote>", "</blockquote>", "<details>", "<summary>", "</summary>",
		"</details>", "<pre>", "</pre>", "<code>", "</code>", "<h2>", "</h2>",
		"<dl>", "<dt>", "<dd>", "</dl>", "<br>", "<hr>", "<img src=#i>", "a",
		"b ", " ", "\n", "<div>", "</div>", "<i>", "</i>", "<kbd>", "</kbd>",
		"<span>", "</span>", "&lt;", "<", "<aside class=quote>", "</aside>",
		"<svg>", "</svg>", "<p></p>", "<abbr title=x>", "</abbr>", "<ol start=4>",
		"</ol>", "<tbody>", "<caption>", "</dt>", "<aside class=onebox>",
		"<img class=emoji alt=:e:>", "<a class=lightbox href=#y>",
		"<div class=meta>", "<span class=filename>", "<div class=spoiler>",
		"<input type=checkbox>", "<img class=avatar>", "@u",
		"<div class=lazyYT data-youtube-id=v>",
	};
	struct buf in = BUF_INIT, out = BUF_INIT;
	struct random random = { 1 };

	(void)state;
	for (int round = 0; round < 20000; round++) {
		const char *wrong;

		buf_reset(&in);
		for (int i = 0; i < 24; i++)
			buf_adds(&in, parts[random_below(&random, ARRAY_LEN(parts))]);
		render(&out, BODY_HTML, buf_str(&in));
		wrong = check_output(buf_str(&out));
		if (wrong)
			fail_msg("%s\nfrom %s", wrong, in.p);
	}
	buf_release(&in);
	buf_release(&out);
}

/* One {"format", "payload"}; true when it could be read. */
static bool check_payload(struct str line, struct buf *out)
{
	struct arena a = ARENA_INIT;
	struct diags diags = DIAGS_INIT;
	const struct json *o = json_parse(&a, line, place_line("payloads.jsonl", 0, 0), &diags);
	const struct json *text = o ? json_get(o, "payload") : NULL;
	bool read = text && text->kind == JSON_STR;

	for (int format = BODY_MARKDOWN; read && format <= BODY_TEXT; format++) {
		const char *wrong;

		render(out, (enum body_format)format, text->u.str);
		wrong = check_output(buf_str(out));
		if (wrong)
			fail_msg("%s\nfrom %.*s", wrong, STR_ARG(line));
	}
	diags_release(&diags);
	arena_release(&a);
	return read;
}

static void test_payloads(void **state)
{
	const char *shared = getenv("CANDOR_SHARED");
	struct buf path = BUF_INIT, out = BUF_INIT;
	char *line = NULL;
	size_t cap = 0, read = 0, unread = 0;
	ssize_t n;
	FILE *f;

	(void)state;
	buf_addf(&path, "%s/data/payloads.jsonl", shared ? shared : "../shared");
	f = fopen(path.p, "r");
	if (!f) {
		print_message("no %s\n", path.p);
		buf_release(&path);
		skip();
	}
	while ((n = getline(&line, &cap, f)) > 0) {
		if (check_payload(str_trim(str_make(line, (size_t)n)), &out))
			read++;
		else
			unread++;
	}
	assert_int_equal(fclose(f), 0);
	/* A few hold NUL or lone surrogates, which json refuses. */
	assert_true(read > 1000);
	assert_true(unread < read / 50);
	free(line);
	buf_release(&path);
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_markdown),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_html_kept),
		cmocka_unit_test(test_html_dropped),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_venues),
		cmocka_unit_test(test_mentions),
		cmocka_unit_test(test_content_model),
		cmocka_unit_test(test_outline),
		cmocka_unit_test(test_shuffled_tags),
		cmocka_unit_test(test_payloads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
