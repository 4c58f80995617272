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
		{ "#a", "https://v/t/1#a" },
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
		{ "http://a.example:8080/b", "http://a.example:8080/b" },
		{ "https://[2001:db8::1]:8080/", "https://[2001:db8::1]:8080/" },
		{ "https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/" },
		{ "https://b\xc3\xbc" "cher.example/", "https://b\xc3\xbc" "cher.example/" },
		{ "http://good.example@evil.example/", NULL },
		{ "http://good.example:pass@evil.example/", NULL },
		{ "https://@evil.example", NULL }, { "https://good.\xe2\x80\x8b@evil", NULL },
		{ "https://a.example/@b?c=d@e#f@g", "https://a.example/@b?c=d@e#f@g" },
		{ "https://good.example%40evil.example/",
		  "https://good.example%40evil.example/" },
	};
	static const struct url_case relative = { "a", NULL };

	(void)state;
	check_urls("https://v/t/1", cases, ARRAY_LEN(cases));
	check_urls(NULL, &relative, 1);
	check_urls(NULL, &(struct url_case){ "#a", NULL }, 1);
	check_urls("javascript:x", &relative, 1);
	check_urls("//v/t", &relative, 1);
	check_urls("/t/1", &relative, 1);
	check_urls("https://v\\w/", &relative, 1);
	check_urls("https://u@v/", &relative, 1);
}

/* As long as the post lets it be: nothing is cut, which would lead elsewhere. */
static void test_long(void **state)
{
	struct buf url = BUF_INIT, out = BUF_INIT;

	(void)state;
	buf_addlit(&url, "https://a.example/");
	for (int i = 0; i < 100000; i++)
		buf_addc(&url, 'a');
	assert_true(url_safe(buf_str(&url), STR_NONE, &out));
	assert_true(str_eq(buf_str(&url), buf_str(&out)));
	buf_release(&url);
	buf_release(&out);
}

/* What GNU Wget 1.21 made of these. */
static void test_files(void **state)
{
	static const struct {
		const char *url, *file;
	} cases[] = {
		{ "https://a.example/b/c.png", "a.example/b/c.png" },
		{ "http://A.Example/B.PNG", "a.example/B.PNG" },
		{ "http://a:8080/b", "a:8080/b" },
		{ "http://a:80/b", "a/b" }, { "https://a:443/b", "a/b" },
		{ "https://a:80/b", "a:80/b" }, { "http://a:443/b", "a:443/b" },
		{ "http://a/b%20c.png", "a/b c.png" }, { "http://a/%41%5a", "a/AZ" },
		{ "http://a/b%2Fc", "a/b%2Fc" }, { "http://a/b%2fc", "a/b%2Fc" },
		{ "http://a/b%5Cc", "a/b\\c" }, { "http://a/x%00y%0Az%7F", "a/x%00y%0Az%7F" },
		{ "http://a/%C3%A9", "a/\xc3\xa9" }, { "http://a/\xc3\xa9", "a/\xc3\xa9" },
		{ "http://a/p%25", "a/p%" }, { "http://a/%", "a/%" }, { "http://a/%4g", "a/%4g" },
		{ "http://a//b///c", "a/b/c" }, { "http://a/b+c", "a/b+c" },
		{ "http://a/b?x=1&y=2", "a/b?x=1&y=2" }, { "http://a/b?", "a/b?" },
		{ "http://a/b?u=http://h/p", "a/b?u=http:%2F%2Fh%2Fp" },
		{ "http://a/b?p=../x", "a/b?p=..%2Fx" }, { "http://a/b?%20%2F", "a/b? %2F" },
		{ "http://a/b%3Fc", "a/b?c" }, { "http://a/b#c", "a/b" },
		{ "http://a", "a/index.html" }, { "http://a/", "a/index.html" },
		{ "http://a/b/", "a/b/index.html" }, { "http://a/b/?c", "a/b/index.html?c" },
		/* These aren't plain paths, so nothing is opened by them. */
		{ "http://a/%2e%2e/b", "a/../b" }, { "http://../b", "../b" },
		{ "mailto:a@b", NULL }, { "#a", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf out = BUF_INIT;

		assert_int_equal(url_file(str_of(cases[i].url), &out), cases[i].file != NULL);
		assert_string_equal(out.p, cases[i].file ? cases[i].file : "");
		buf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_writers),
		cmocka_unit_test(test_resolution),
		cmocka_unit_test(test_safe),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
