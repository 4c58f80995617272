/*
 * Headings of a fragment keep their order whatever level the first one gets, and
 * nothing else in it changes; a style sheet in a fragment can't end its element, and
 * is ASCII.
 */
#include "render/fragment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void shifts(const char *html, int level, const char *want)
{
	struct buf b = BUF_INIT;

	buf_adds(&b, html);
	fragment_headings(&b, level);
	assert_string_equal(b.p, want);
	buf_release(&b);
}

static void test_headings(void **state)
{
	(void)state;
	shifts("", 3, "");
	shifts("<p>h2 &lt;h2&gt; <hr><header></header><hgroup></hgroup>", 3,
	       "<p>h2 &lt;h2&gt; <hr><header></header><hgroup></hgroup>");
	shifts("<h2>a</h2><h3 id=\"x\">b</h3><h4\n>c</h4>", 2,
	       "<h2>a</h2><h3 id=\"x\">b</h3><h4\n>c</h4>");
	shifts("<h2>a</h2><h3 id=\"x\">b</h3><H4\n>c</H4 >", 3,
	       "<h3>a</h3><h4 id=\"x\">b</h4><H5\n>c</H5 >");
	shifts("<h2>a</h2><h3>b</h3><h4>c</h4><h6>d</h6><h3>e</h3>", 5,
	       "<h5>a</h5><h6>b</h6><h6>c</h6><h6>d</h6><h6>e</h6>");
	/* The theme's first heading may be of any level; nothing is above it. */
	shifts("<h1>a</h1><h2>b</h2>", 2, "<h2>a</h2><h3>b</h3>");
	shifts("<h4>a</h4><h5>b</h5><h3>c</h3><h1>d</h1>", 2,
	       "<h2>a</h2><h3>b</h3><h2>c</h2><h2>d</h2>");
	shifts("<h7><h0><h2x><h", 3, "<h7><h0><h2x><h");
	shifts("<h2", 3, "<h2");
	shifts("</", 3, "</");
	shifts("<", 3, "<");
}

static void styles(const char *css, const char *want)
{
	struct buf b = BUF_INIT;

	fragment_style(&b, str_of(css));
	assert_string_equal(b.p, want);
	buf_release(&b);
}

static void test_style(void **state)
{
	(void)state;
	styles("a > b { color: red }\n", "<style>\na > b { color: red }\n</style>\n");
	styles("q { content: \"\xe2\x80\x9c\" }\n", "<style>\nq { content: \"\\201c \" }\n</style>\n");
	styles("/* </style><script> */", "<style>\n/* \\3c /style><script> */</style>\n");
	styles("@media (width < 9em) {}<", "<style>\n@media (width < 9em) {}<</style>\n");
	styles("\xff", "<style>\n\\fffd </style>\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headings),
		cmocka_unit_test(test_style),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
