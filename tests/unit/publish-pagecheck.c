/*
 * Proves that what a page names is found in its markup and nowhere else (not in
 * text, comments and scripts), and that the checks of finished pages say the same
 * in whatever order the files come.
 */
#include "check.h"

#include "base/buf.h"
#include "base/mem.h"
#include "publish/pagecheck.h"
#include "publish/pagescan.h"

/* --- What a page names --- */

static void assert_scan(const struct page_scan *s, const char *want)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < s->ids_n; i++)
		buf_addf(&b, "#%.*s ", STR_ARG(s->ids[i]));
	for (size_t i = 0; i < s->links_n; i++)
		buf_addf(&b, "%s%.*s ",
			 s->links[i].style ? "css:" : s->links[i].loads ? "load:" : "",
			 STR_ARG(s->links[i].href));
	assert_str(str_trim(buf_str(&b)), want);
	buf_release(&b);
}

static void check_html(const char *html, const char *want)
{
	struct page_scan s;

	page_scan(&s, str_of(html));
	assert_scan(&s, want);
	page_scan_release(&s);
}

static void markup_is_read(void **state)
{
	(void)state;
	check_html("<a href=x>y</a><A HREF = 'z'>&lt;a href=q></a>", "x z");
	check_html("<p id=\"a\"><p id=b class='id=c'>< a href=x><", "#a #b");
	check_html("<!-- <a href=x> --><!--><a href=y>", "y");
	check_html("<!doctype html><title><a href=x></title><a href=y>", "y");
	check_html("<script src=s>'<a href=x>'</script><a href=y>", "load:s y");
	check_html("<noscript><a href=x></noscript>", "x");
	check_html("<a href=x rel='nofollow ugc noopener'><a rel=ugc href=y><a href=z>", "z");
	check_html("<a href", "");
	check_html("<a href=\"x", "");
	check_html("<a href>", "");
}

static void what_loads_is_told_apart(void **state)
{
	(void)state;
	check_html("<img src=a srcset='b 1x, c 2x,d,e 3x' alt=f>",
		   "load:a load:b load:c load:d,e");
	check_html("<link rel='alternate stylesheet' href=a><link href=b rel=canonical>"
		   "<link rel=ICON href=c><link rel=me>",
		   "css:a b load:c");
	check_html("<iframe src=a>href=b</iframe><video poster=c src=d><form action=e>"
		   "<object data=f><input src=g><svg><use xlink:href=h /></svg>",
		   "load:a load:c load:d e load:f load:g load:h");
	check_html("<p style='background: url(a.png)'><style>@import 'b'; p { c: url( \"d\" ) }"
		   "/* url(x) */ q { fill: url(#e) } @import url(f);</style>",
		   "load:a.png load:b load:d load:f");
}

/* --- What is wrong with pages --- */

static const struct {
	const char *path, *bytes;
} files[] = {
	{ "index.html", "<p id=top1><a href=b/#y><a href=b/#z><a href=gone><a href=#top1>" },
	{ "a/index.html", "<p id=x><p id=x><p id=x><a href=../gone><a href='../b'>" },
	{ "b/index.html", "<p id=y><a href=../s.css#any><a href=../a/><a href=../gone>"
			  "<a href=https://acme.example/forum/1>"
			  "<a href=https://acme.example/fair>"
			  "<img src=//cdn.example/a>" },
	{ "p/fragment.html", "<link rel=stylesheet href=https://acme.example/s.css>"
			     "<p id=q><a href=#q><a href=#r><a href=../a/>" },
	{ "s.css", "a { b: url(https://acme.example/a/) url(./no.png) }" },
};

static const char found[] =
	"out/a/index.html: error: the link to 'b' leads nowhere [link-broken]\n"
	"  hint: pages are folders: it needs a '/' behind the name\n"
	"out/a/index.html: error: the link to 'gone' leads nowhere, on 3 pages [link-broken]\n"
	"out/a/index.html: error: the id 'x' stands twice [id-twice]\n"
	"out/b/index.html: error: the link to 'fair' leads nowhere [link-broken]\n"
	"out/b/index.html: warning: '//cdn.example/a' is asked of another host [third-party]\n"
	"  hint: put a copy into the theme's assets/ or into content/\n"
	"out/index.html: error: the link to 'b/#z' leads to a page without that id "
	"[anchor-missing]\n"
	"out/p/fragment.html: error: the link to 'p/fragment.html#r' leads to a page without "
	"that id [anchor-missing]\n"
	"out/p/fragment.html: error: a fragment's link to '../a/' leads into the page that "
	"includes it [link-broken]\n"
	"  hint: begin it with {{root}}\n"
	"out/s.css: error: the link to 'no.png' leads nowhere [link-broken]\n";

static void check_order(size_t first, size_t step)
{
	const struct str forum = STR("https://acme.example/forum/");
	struct pagecheck *c = pagecheck_new(STR("https://acme.example/"), &forum, 1);
	struct diags d = DIAGS_INIT;

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		size_t k = (first + i * step) % ARRAY_LEN(files);

		assert_int_equal(pagecheck_put(c, str_of(files[k].path),
					       str_of(files[k].bytes), &d), 0);
	}
	pagecheck_report(c, "out", NULL, 0, &d);
	assert_diags(&d, found);
	pagecheck_free(c);
}

static void any_order_finds_the_same(void **state)
{
	(void)state;
	for (size_t first = 0; first < ARRAY_LEN(files); first++)
		for (size_t step = 1; step < ARRAY_LEN(files); step++)
			check_order(first, step);
}

static void paths_are_taken_once(void **state)
{
	struct pagecheck *c = pagecheck_new(STR("https://acme.example/"), NULL, 0);
	struct diags d = DIAGS_INIT;

	(void)state;
	assert_int_equal(pagecheck_put(c, STR("a"), STR("x"), &d), 0);
	assert_int_equal(pagecheck_put(c, STR("a"), STR("y"), &d), -1);
	assert_diags(&d, "error: two things would be published as 'a' [duplicate-path]\n"
			 "  hint: one of them is in content/: rename it\n");
	pagecheck_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(markup_is_read),
		cmocka_unit_test(what_loads_is_told_apart),
		cmocka_unit_test(any_order_finds_the_same),
		cmocka_unit_test(paths_are_taken_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
