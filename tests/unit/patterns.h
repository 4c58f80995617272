#ifndef UNIT_PATTERNS_H
#define UNIT_PATTERNS_H

#include "base/buf.h"
#include "text/body.h"

/*
 * Bodies that cost some parser, at some time, more than linear work: cmark's
 * own pathological tests and changelogs, what libxml2 and our own passes are
 * weak at.  A body is before, part as often as it fits, middle, after as often
 * as part, end.  In part and after \1 is the number of the repetition, \2 that
 * many backticks, \3 that many spaces.
 */
struct pattern {
	const char *name;
	enum body_format format; /* where it is meant to hurt */
	const char *before, *part, *middle, *after, *end;
};

#define M(name, ...) { name, BODY_MARKDOWN, __VA_ARGS__ }
#define H(name, ...) { name, BODY_HTML, __VA_ARGS__ }
#define T(name, ...) { name, BODY_TEXT, __VA_ARGS__ }

static const struct pattern patterns[] = {
	/* Brackets, links and images. */
	M("[ ]", "", "[", "a", "]", ""),
	M("[", "", "[", "", "", ""),
	M("[a", "", "[a", "", "", ""),
	M("a]", "", "a]", "", "", ""),
	M("](", "", "](", "", "", ""),
	M("a](", "", "a](", "", "", ""),
	M("[a](", "", "[a](", "", "", ""),
	M("[](", "", "[](", "", "", ""),
	M("[ (](", "", "[ (](", "", "", ""),
	M("![[]()", "", "![[]()", "", "", ""),
	M("[a](b", "", "[a](b", "", "", ""),
	M("[a](<b", "", "[a](<b", "", "", ""),
	M("[a](b \"", "", "[a](b \"", "", "", ""),
	M("[a][", "", "[a][", "", "", ""),
	M("[a][b]", "", "[a][b]", "", "", ""),
	M("[a](b) ", "", "[a](b) ", "", "", ""),
	M("![a](b) ", "", "![a](b) ", "", "", ""),
	M("![ ](x)", "", "![", "a", "](x)", ""),
	M("[*a](b)*", "", "[*a](b)*", "", "", ""),
	M("[ a_", "", "[ a_", "", "", ""),
	M("**x [a*b**c*](d)", "", "**x [a*b**c*](d)", "", "", ""),
	M("((", "[a](", "(", "b", ")", ")"),
	M("[a]((", "[a](", "(", "", "", ""),
	/* Emphasis. */
	M("*a **a", "", "*a **a ", "b", " a** a*", ""),
	M("a_", "", "a_ ", "", "", ""),
	M("_a", "", "_a ", "", "", ""),
	M("*a_", "", "*a_ ", "", "", ""),
	M("*a", "", "*a ", "", "", ""),
	M("a*", "", "a* ", "", "", ""),
	M("a**b c*", "a**b", "c* ", "", "", ""),
	M("***** a", "", "*****", " a", "", ""),
	M("*", "", "*", "a", "*", ""),
	M("_", "", "_", "a", "_", ""),
	M("*_", "", "*_", "a", "_*", ""),
	M("**a*", "", "**a*", "", "", ""),
	M("*a**", "", "*a**", "", "", ""),
	M("a***b", "", "a***b ", "", "", ""),
	M("*a*", "", "*a*", "", "", ""),
	M("**a** _b_", "", "**a** _b_ ", "", "", ""),
	/* Code spans. */
	M("growing backticks", "", "e\2 ", "", "", ""),
	M("` ``", "", "` `` ", "", "", ""),
	M("`a", "", "`a``", "", "", ""),
	M("`", "", "`", "", "", ""),
	M("\\`", "", "\\`", "", "", ""),
	/* Addresses and raw HTML. */
	M("<a:", "", "<a:", "", "", ""),
	M("<a:b>", "", "<a:b>", "", "", ""),
	M("<a@b", "", "<a@b", "", "", ""),
	M("<", "", "<", "", "", ""),
	M("<a b", "x ", "<a b ", "", "", ""),
	M("<a b=\"", "x ", "<a b=\"", "", "", ""),
	M("<!--", "x </", "<!--", "", "", ""),
	M("<!-- -", "x ", "<!-- -", "", "", ""),
	M("<!-- a --b", "x ", "<!-- a --b ", "", "", ""),
	M("<?", "x ", "<?", "", "", ""),
	M("<!A", "x ", "<!A ", "", "", ""),
	M("<![CDATA[", "x ", "<![CDATA[", "", "", ""),
	M("<b>", "x ", "<b>", "", "", ""),
	M("<b></b>", "x ", "<b></b>", "", "", ""),
	M("blocks of <!--", "", "<!--\n\n", "", "", ""),
	M("blocks of <div>", "", "<div>\n\n", "", "", ""),
	M("blocks of <script>", "", "<script>\n\n", "", "", ""),
	M("lines of <b>", "", "<b>a</b>\n", "", "", ""),
	/* Entities, escapes, breaks. */
	M("&amp;", "", "&amp;", "", "", ""),
	M("&a", "", "&a", "", "", ""),
	M("&#x", "", "&#x1", "", "", ""),
	M("&", "", "&", "", "", ""),
	M("\\", "", "\\", "", "", ""),
	M("\\ line", "", "\\\n", "a", "", ""),
	M("hard breaks", "", "a  \n", "", "", ""),
	M("spaces", "", " ", "a", "", ""),
	M("spaces at ends", "", "a \3\n", "", "", ""),
	M("tabs", "", "\t", "a", "", ""),
	M("lines of tabs", "a\n\n", "\t\t\n", "b", "", ""),
	M("empty lines", "", "\n", "a", "", ""),
	M("lines of spaces", "a\n\n", "         \n", "\n    b", "", ""),
	M("CR", "", "a\r", "", "", ""),
	/* Leaves. */
	M("# a", "", "# a\n", "", "", ""),
	M("#", "", "#", "", "", ""),
	M("# #", "# a", " #", "", "", ""),
	M("a =", "a\n", "=", "", "", ""),
	M("setext", "", "a\n=\n", "", "", ""),
	M("paragraph, =", "", "a\n", "=", "", ""),
	M("- -", "", "- ", "", "", ""),
	M("* * a", "", "* ", "a", "", ""),
	M("-", "", "-", "", "", ""),
	M("***", "", "***\n", "", "", ""),
	M("---a", "", "---a", "", "", ""),
	M("fences", "", "```\n", "", "", ""),
	M("longer fences", "", "`\2\n", "", "", ""),
	M("open fence", "```\n", "a\n", "", "", ""),
	M("open fence in a quote", "> ```\n", "> a\n", "", "", ""),
	M("fences in quotes", "", "> ```\na\n", "", "", ""),
	M("~~~", "", "~", "", "", ""),
	M("code", "", "    a\n", "", "", ""),
	M("code, empty lines", "    a\n", "\n", "    b", "", ""),
	M("code in items", "- a\n", "      b\n\n", "", "", ""),
	/* Definitions of references. */
	M("[1]: b", "", "[\1]: b\n", "", "", ""),
	M("[1]: b, used", "", "[\1]: b\n", "\n", "[\1]", ""),
	M("[a]: b", "", "[a]: b\n", "", "", ""),
	M("[a]: b, used", "[a]: bbbbbbbbb\n\n", "[a]", "", "", ""),
	M("[a]: (", "", "[a]: (\n", "", "", ""),
	M("[a]: b 'c", "", "[a]: b 'c\n", "", "", ""),
	M("[a]:", "", "[a]:\n", "", "", ""),
	M("[a]: b in quotes", "", "> [\1]: b\n\n", "", "", ""),
	M("[ long ]: b", "[", "a ", "]: b\n\n[a]", "", ""),
	M("long label", "[", "\\a", "", "", "]: b"),
	M("[a]: long", "[a]: ", "b", "\n\n[a] [a] [a]", "", ""),
	M("[a]: <", "[a]: <", "b", "", "", ""),
	M("long title", "[a]: b '", "c\n", "", "", "'\n\n[a]"),
	M("[a]: unused", "[a]: b\n\n", "a]", "", "", ""),
	/* Containers. */
	M("> a", "", "> ", "a", "", ""),
	M(">", "", ">", "a", "", ""),
	M("> a*", "", ">", "", "a*", ""),
	M("> lazy", "> > > > > > > > > > > > > > > > > > > > a\n", "b\n", "", "", ""),
	M("> lines", "", "> > > > > > > > > > > > > > > > > > > > a\n", "", "", ""),
	M("> and not", "", "> a\n\n", "", "", ""),
	M("> - x", "> ", "- ", "x\n", ">\n", ""),
	M("- x", "", "- ", "x", "\n", ""),
	M("- items", "", "- a\n", "", "", ""),
	M("- empty items", "", "-\n", "", "", ""),
	M("- loose items", "", "- a\n\n", "", "", ""),
	M("- item, empty lines", "- a\n", "\n", "- b", "", ""),
	M("- 20, empty lines", "- - - - - - - - - - - - - - - - - - - - x", "\n", "", "", ""),
	M("- item, paragraphs", "- a\n\n", "  b\n\n", "", "", ""),
	M("- lists side by side", "", "- a\n* b\n+ c\n", "", "", ""),
	M("1. items", "", "1. a\n", "", "", ""),
	M("1. growing", "", "\1. a\n", "", "", ""),
	M("- deeper", "", "\3- a\n", "", "", ""),
	M("- deeper by 2", "", "\3\3- a\n", "", "", ""),
	M("> deeper", "- > - > - > - > - > - > - > a\n", "  >   >   > b\n", "", "", ""),
	M("> - in turn", "", "> a\n- b\n", "", "", ""),
	M("long line in an item", "- ", "a ", "", "", ""),
	/* HTML: tags that open, close, nest, repeat. */
	H("<a>", "", "<a>", "", "", ""),
	H("<a href>a", "", "<a href=#>a", "", "", ""),
	H("<b>", "", "<b>", "", "", ""),
	H("<b>a</b>", "", "<b>a</b>", "", "", ""),
	H("<b></i>", "", "<b></i>", "", "", ""),
	H("<b><i></b></i>", "", "<b><i>a</b></i>", "", "", ""),
	H("</b>", "", "</b>", "", "", ""),
	H("</p>", "", "</p>", "", "", ""),
	H("</x>", "", "</x>", "", "", ""),
	H("</x1>", "", "</x\1>", "", "", ""),
	H("<x1>", "", "<x\1>", "", "", ""),
	H("<x1></x1>", "", "<x\1>a</x\1>", "", "", ""),
	H("<p>", "", "<p>", "", "", ""),
	H("<p>a", "", "<p>a", "", "", ""),
	H("<br>", "", "<br>", "", "", ""),
	H("a<br>", "", "a<br>", "", "", ""),
	H("<hr>", "", "<hr>", "", "", ""),
	H("<div>a</div>", "", "<div>a</div>", "", "", ""),
	H("<div>", "", "<div>", "a", "</div>", ""),
	H("<li>", "", "<li>", "", "", ""),
	H("<ul><li>a", "<ul>", "<li>a", "", "", ""),
	H("<ul><li>", "", "<ul><li>", "", "", ""),
	H("<ul></ul>", "", "<ul><li><p>a</ul>", "", "", ""),
	H("<dd>", "<dl>", "<dt>a<dd>b", "", "", ""),
	H("<option>", "<select>", "<option>", "", "", "</select>"),
	H("<table>", "", "<table>", "", "", ""),
	H("<table>a", "", "<table>a", "", "", ""),
	H("<table><tr><td>", "", "<table><tr><td>", "", "", ""),
	H("<tr>", "<table>", "<tr>", "", "", ""),
	H("<td>a", "<table>", "<td>a", "", "", ""),
	H("<th>a", "<table>", "<th>a", "", "", ""),
	H("<tr><th>a", "<table>", "<tr><th>a", "", "", ""),
	H("<h1>a", "", "<h1>a", "", "", ""),
	H("<blockquote>a", "", "<blockquote>a</blockquote>", "", "", ""),
	H("<details>", "", "<details><summary>a</summary>b</details>", "", "", ""),
	H("<summary>", "<details>", "<summary>a</summary>", "", "", ""),
	H("<form>", "", "<form>", "", "", ""),
	H("<button>", "", "<button>", "", "", ""),
	H("<body a>", "", "<body a=b>", "", "", ""),
	H("<body a1>", "", "<body a\1=b>", "", "", ""),
	H("<html a1>", "", "<html a\1=b>", "", "", ""),
	H("<font> deep", "<font><font><font><font><font><font><font><font><font>", "a<p>",
	  "", "", ""),
	H("marks in every cell", "<b><i><u><s><sub><sup><small><kbd><mark>", "<td>a", "", "", ""),
	H("marks in every paragraph", "<b><i><u><s><sub><sup><small><kbd><mark>", "<p>a", "",
	  "", ""),
	H("150 <div>, <p>", "<div><div><div><div><div><div><div><div><div><div><div><div>"
	  "<div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div>"
	  "<div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div>"
	  "<div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div>"
	  "<div><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div>",
	  "<p>a", "", "", ""),
	/* HTML: what goes with all that it holds. */
	H("<svg>", "", "<svg>", "", "", ""),
	H("<svg/>", "", "<svg/>", "", "", ""),
	H("<svg></svg>", "", "<svg></svg>", "", "", ""),
	H("<svg> deep", "", "<svg>", "a", "</svg>", ""),
	H("<g> in <svg>", "<svg>", "<g>", "", "", "</svg>a"),
	H("<g> in <svg>, </x>", "<svg>", "<g>", "", "</x>", "</svg>a"),
	H("<g> in <svg>, </p>", "<svg>", "<g>", "", "</p>", "</svg>a"),
	H("<p> in <svg>", "<svg>", "<p>", "", "", "</svg>a"),
	H("<script>", "", "<script>", "", "", ""),
	H("<script></script>", "", "<script>a</script>", "", "", ""),
	H("<script></scrip", "", "<script></scrip", "", "", ""),
	H("<style>", "<style>", "</styl", "</style>", "", ""),
	H("<title>", "", "<title>a</title>", "", "", ""),
	/* HTML: comments and the like, attributes, characters. */
	H("<!--", "", "<!--", "", "", ""),
	H("<!-- -->", "", "<!-- -->", "", "", ""),
	H("<!-->", "", "<!-->", "", "", ""),
	H("<!-- --", "<!--", "--", "-->a", "", ""),
	H("<!-- --!", "<!--", "--!", "-->a", "", ""),
	H("<!", "", "<!", "", "", ""),
	H("<?", "", "<?", "", "", ""),
	H("<!A>", "", "<!A>", "", "", ""),
	H("<", "", "<", "", "", ""),
	H("</", "", "</", "", "", ""),
	H("<3", "", "<3", "", "", ""),
	H("<a ", "", "<a ", "", "", ""),
	H("<a \"", "", "<a b=\"", "", "", ""),
	H("<b x=1>", "", "<b x=1></b>", "", "", ""),
	H("<b x1 x2>", "<b ", "x\1=1 ", ">a", "", ""),
	H("a hundred attributes", "", "<b q w e r t y u i o p a s d f g h j k l z x c v b n m "
	  "aa ab ac ad ae af ag ah ai aj ak al am an ao ap aq ar as at au av aw ax ay az ba bb "
	  "bc bd be bf bg bh bi bj bk bl bm bn bo bp bq br bs bt bu bv bw bx by bz>a</b>",
	  "", "", ""),
	H("long name", "<", "a", ">a", "", ""),
	H("long name of an attribute", "<b ", "a", ">a", "", ""),
	H("long value", "<b x=\"", "a", "\">a", "", ""),
	H("entities in a value", "<a href=\"", "&amp;", "\">a", "", ""),
	H("long class", "<pre class=\"", "a ", "\">a", "", ""),
	H("long href", "<a href=\"/", "a/../", "\">a", "", ""),
	H("long href, used", "<a href=\"/", "a", "\">", "<p>b", ""),
	H("src", "", "<img src=a alt=b>", "", "", ""),
	H("abbr", "", "<abbr title=b>a</abbr>", "", "", ""),
	H("&", "", "&", "", "", ""),
	H("&amp;", "", "&amp;", "", "", ""),
	H("&#", "", "&#", "", "", ""),
	H("&#1", "", "&#1", "", "", ""),
	H("&# long", "&#", "1", "", "", ""),
	H("&a", "", "&abcdefghijklmn", "", "", ""),
	H("\"", "", "\"", "", "", ""),
	H("spaces", "", " ", "a", "", ""),
	H("spaces between tags", "a", " <b> </b>", "b", "", ""),
	H("a <b> ", "a", " <b> a</b>", "", "", ""),
	H("<pre>", "", "<pre>a</pre>", "", "", ""),
	H("<pre> deep", "<pre>", "<b>a</b>", "", "", ""),
	H("<code>", "", "<code>a</code>", "", "", ""),
	H("<code><code>", "", "<code>", "a", "", ""),
	H("<pre>, blocks", "<pre>", "<p>a</p>", "", "", ""),
	H("<aside>", "", "<aside class=quote>a<blockquote>b</blockquote></aside>", "", "", ""),
	H("<spoiler>", "", "<blockquote class=spoiler>b</blockquote>", "", "", ""),
	/* Plain text. */
	T("lines", "", "a\n", "", "", ""),
	T("quotes", "", "> ", "a", "", ""),
	T("lines of quotes", "", "> > > > > > > > > > > > > > > > a\n\n", "", "", ""),
	T("deeper quotes", "", "> a\n>>>>>>>>>>>>>>>> b\n", "", "", ""),
	T("spaces", "", " ", "a", "", ""),
	T("lines of spaces", "", "  \3a\n", "", "", ""),
	T("\"", "", "\"", "", "", ""),
	T("controls", "", "\x04", "a", "", ""),
	T("broken characters", "", "\xc3", "a", "", ""),
	T("empty lines", "", "\n", "a", "", ""),
};

#undef M
#undef H
#undef T

static inline void pattern_part(struct buf *out, const char *part, size_t n)
{
	for (; *part; part++) {
		if (*part == '\1')
			buf_addf(out, "%zu", n);
		else if (*part == '\2' || *part == '\3')
			buf_addf(out, "%*s", (int)n, "");
		else
			buf_addc(out, *part);
		if (*part == '\2')
			memset(out->p + out->n - n, '`', n);
	}
}

/* Replaces what is in out by the pattern at a size of up to n bytes, and a
 * little. */
static inline void pattern_make(const struct pattern *p, size_t n, struct buf *out)
{
	struct buf after = BUF_INIT;

	buf_reset(out);
	buf_adds(out, p->before);
	for (size_t i = 0; out->n + after.n < n; i++) {
		pattern_part(out, p->part, i);
		pattern_part(&after, p->after, i);
	}
	buf_adds(out, p->middle);
	buf_addstr(out, buf_str(&after));
	buf_adds(out, p->end);
	buf_release(&after);
}

#endif
