/*
 * Proves that every writer escapes what its context needs, and which addresses
 * a post may link to: RFC 3986's own examples of resolution, and what browsers
 * take for a scheme although it doesn't look like one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/mem.h"
#include "render/html.h"

#include <stdlib.h>

static void check_writer(void (*write)(struct buf *, struct str), struct str in,
			 const char *out)
{
	struct buf b = BUF_INIT;

	write(&b, in);
	assert_string_equal(b.p, out);
	buf_release(&b);
}

static void test_writers(void **state)
{
	(void)state;
	check_writer(html_text, STR("a<b>&\"'`\n\t\r\0\x1f\xc3\xa9"),
		     "a&lt;b&gt;&amp;&quot;&#39;&#96;\n\t\r\xc3\xa9");
	check_writer(html_text, STR("&amp;"), "&amp;amp;");
	check_writer(html_text, STR("a\xff\xc3"), "a\xef\xbf\xbd\xef\xbf\xbd");
	check_writer(html_text, STR_NONE, "");
	check_writer(html_attr, STR("a\n\"\t"), "a&#10;&quot;&#9;");
	check_writer(xml_text, STR("<a>&\"'\x01\xef\xbf\xbe`"),
		     "&lt;a&gt;&amp;&quot;&#39;`");
	check_writer(url_segment, STR("a-Z_0.~/?#% \xc3\xa9"),
		     "a-Z_0.~%2F%3F%23%25%20%C3%A9");
	check_writer(url_segment, STR("\0"), "%00");
}

struct url_case {
	const char *url, *safe; /* NULL: nothing to link to */
};

static void check_urls(const char *base, const struct url_case *cases, size_t n)
{
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < n; i++) {
		buf_reset(&out);
		assert_int_equal(url_safe(str_of(cases[i].url), str_of(base), &out),
				 cases[i].safe != NULL);
		assert_string_equal(out.p, cases[i].safe ? cases[i].safe : "");
	}
	buf_release(&out);
}

/* Section 5.4, but for those without a scheme of the web. */
static void test_resolution(void **state)
{
	static const struct url_case cases[] = {
		{ "g", "http://a/b/c/g" }, { "./g", "http://a/b/c/g" },
		{ "g/", "http://a/b/c/g/" }, { "/g", "http://a/g" },
		{ "?y", "http://a/b/c/d;p?y" }, { "g?y", "http://a/b/c/g?y" },
		{ "g#s", "http://a/b/c/g#s" }, { "g?y#s", "http://a/b/c/g?y#s" },
		{ ";x", "http://a/b/c/;x" }, { "g;x?y#s", "http://a/b/c/g;x?y#s" },
		{ ".", "http://a/b/c/" }, { "./", "http://a/b/c/" },
		{ "..", "http://a/b/" }, { "../", "http://a/b/" },
		{ "../g", "http://a/b/g" }, { "../..", "http://a/" },
		{ "../../", "http://a/" }, { "../../g", "http://a/g" },
		{ "../../../g", "http://a/g" }, { "../../../../g", "http://a/g" },
		{ "/./g", "http://a/g" }, { "/../g", "http://a/g" },
		{ "g.", "http://a/b/c/g." }, { ".g", "http://a/b/c/.g" },
		{ "g..", "http://a/b/c/g.." }, { "..g", "http://a/b/c/..g" },
		{ "./../g", "http://a/b/g" }, { "./g/.", "http://a/b/c/g/" },
		{ "g/./h", "http://a/b/c/g/h" }, { "g/../h", "http://a/b/c/h" },
		{ "g;x=1/./y", "http://a/b/c/g;x=1/y" },
		{ "g;x=1/../y", "http://a/b/c/y" },
		{ "g?y/./x", "http://a/b/c/g?y/./x" },
		{ "g#s/../x", "http://a/b/c/g#s/../x" },
		{ "./this:that", "http://a/b/c/this:that" },
	};

	(void)state;
	check_urls("http://a/b/c/d;p?q", cases, ARRAY_LEN(cases));
	check_urls("http://a", &(struct url_case){ "g", "http://a/g" }, 1);
}

static void test_safe(void **state)
{
	static const struct url_case cases[] = {
		{ "https://a.example/b?c=d&e#f", "https://a.example/b?c=d&e#f" },
		{ "HTTP://A/", "http://A/" },
		{ "mailto:a@b.example", "mailto:a@b.example" },
		{ "#a", "#a" },
		{ " ht\ntp://a /\x01\xe2\x80\x8b ", "http://a/" },
		{ "http://a/\"<>^`{|}", "http://a/%22%3C%3E%5E%60%7B%7C%7D" },
		{ "http://a/\xc3\xa9", "http://a/\xc3\xa9" },
		{ "javascript%3Aalert(1)", "https://v/t/javascript%3Aalert(1)" },
		{ "javascript&colon;x", "https://v/t/javascript&colon;x" },
		{ "", NULL }, { " \t", NULL },
		{ "javascript:alert(1)", NULL }, { "JaVaScRiPt:alert(1)", NULL },
		{ " \x01java\tscr\nipt:alert(1)", NULL },
		{ "java\xc2\xadscript:x", NULL }, { "java\xe2\x80\x8bscript:x", NULL },
		{ "vbscript:x", NULL }, { "data:text/html,x", NULL },
		{ "feed:http://a", NULL }, { "file:///etc/passwd", NULL },
		{ "tel:1", NULL }, { "x:y", NULL },
		{ "//evil.example", NULL }, { "/\t/evil.example", NULL },
		{ "///evil.example", NULL }, { "/\\evil.example", NULL },
		{ "\\\\evil.example", NULL }, { "\\/evil.example", NULL },
		{ "http://good.example\\@evil.example", NULL },
		{ "http:evil", NULL }, { "http:/evil", NULL }, { "http:///evil", NULL },
		{ "http://", NULL }, { "https://?a", NULL }, { "mailto:", NULL },
	};
	static const struct url_case relative = { "a", NULL };

	(void)state;
	check_urls("https://v/t/1", cases, ARRAY_LEN(cases));
	check_urls(NULL, &relative, 1);
	check_urls("javascript:x", &relative, 1);
	check_urls("//v/t", &relative, 1);
	check_urls("/t/1", &relative, 1);
	check_urls("https://v\\w/", &relative, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_writers),
		cmocka_unit_test(test_resolution),
		cmocka_unit_test(test_safe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
