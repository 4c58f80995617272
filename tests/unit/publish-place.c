/*
 * The markers of a shop's page: found where a browser sees a comment and nowhere
 * else, with the bytes between them, in any encoding; every mistake is named at its
 * line and column, and what only looks like a marker is warned of.  A page of nothing
 * else is read in no time.
 */
#include "../../src/publish/place-markers.h"
#include "base/buf.h"
#include "base/mem.h"
#include "said.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>

#include <cmocka.h>

/* "slug(between)slug(between)", then what was said. */
static void check_page(const char *page, const char *spots_want, const char *said_want)
{
	struct str text = str_of(page);
	struct diags d = DIAGS_INIT;
	struct buf found = BUF_INIT, told = BUF_INIT;
	struct spots spots;
	int status = spots_find(&spots, "p.html", text, &d);

	for (size_t i = 0; status == 0 && i < spots.n; i++) {
		const struct spot *s = &spots.items[i];

		buf_addf(&found, "%.*s(%.*s)", STR_ARG(s->slug),
			 STR_ARG(str_slice(text, s->from, s->to)));
	}
	for (size_t i = 0; i < d.n; i++)
		buf_addf(&told, "%lu:%lu %s: %s\n", d.items[i].line, d.items[i].column,
			 diag_name(d.items[i].id), d.items[i].message);
	assert_string_equal(told.p, said_want);
	assert_string_equal(found.p, spots_want);
	assert_int_equal(status, diags_errors(&d) ? -1 : 0);
	spots_release(&spots);
	buf_release(&found);
	buf_release(&told);
	diags_release(&d);
}

static void test_found(void **state)
{
	(void)state;
	check_page("", "", "");
	check_page("<p>no marker <!-- a comment --> < 3 </p", "", "");
	check_page("<!-- candor:a --><!-- /candor -->", "a()", "");
	check_page("<!--candor:a-->x<!--/candor-->", "a(x)", "");
	check_page("<!--\n\tcandor: a\r\n -->\r\n<p>x</p>\r\n<!-- /candor\n-->",
		   "a(\r\n<p>x</p>\r\n)", "");
	check_page("<!-- candor:a -->1<!-- /candor --><hr><!-- candor:b-2 -->2<!-- /candor -->",
		   "a(1)b-2(2)", "");
	check_page("<!-- candor:a --><!-- a comment of the theme --><!-- /candor -->",
		   "a(<!-- a comment of the theme -->)", "");
	/* ASCII is a part of these, and nothing else is looked at. */
	check_page("\xff\xfe\x80<!-- candor:a -->\xe9<!-- /candor -->", "a(\xe9)", "");
	check_page("<a title='it\"s' x=y'z><!-- candor:a --></a><!-- /candor -->", "a(</a>)", "");
	check_page("<!-- Candor:a --><!-- candor --><!-- candorx:a -->", "", "");
}

static void test_ignored(void **state)
{
	(void)state;
	check_page("<script>\n'<!-- candor:a -->'</script><!-- candor:b --><!-- /candor -->",
		   "b()",
		   "2:2 marker-ignored: this marker is left alone: it stands in an element "
		   "whose text is not HTML to a browser\n");
	check_page("<TextArea><!-- /candor --></textarea >", "",
		   "1:11 marker-ignored: this marker is left alone: it stands in an element "
		   "whose text is not HTML to a browser\n");
	check_page("<a title=\"<!-- candor:a -->\">", "",
		   "1:11 marker-ignored: this marker is left alone: it stands in a tag\n");
	check_page("<!-- off: <!-- candor:a --> -->", "",
		   "1:11 marker-ignored: this marker is left alone: it stands in another "
		   "comment\n");
	check_page("<!-- candor: what we use here -->", "",
		   "1:1 marker-ignored: this marker is left alone: no product's slug follows "
		   "'candor:'\n");
	check_page("<!-- candor: -->", "",
		   "1:1 marker-ignored: this marker is left alone: no product's slug follows "
		   "'candor:'\n");
	/* A browser never gets to the end of these. */
	check_page("<p title=\"<!-- candor:a --><!-- /candor -->", "",
		   "1:11 marker-ignored: this marker is left alone: it stands in a tag\n"
		   "1:28 marker-ignored: this marker is left alone: it stands in a tag\n");
	check_page("<style><!-- candor:a --></styles>", "",
		   "1:8 marker-ignored: this marker is left alone: it stands in an element "
		   "whose text is not HTML to a browser\n");
}

static void test_broken(void **state)
{
	(void)state;
	check_page("\n\xc3\xa9 <!-- candor:a -->", "",
		   "2:3 marker-broken: the place of 'a' has no end\n");
	check_page("<p><!-- /candor -->", "",
		   "1:4 marker-broken: an end without a marker of a product before it\n");
	check_page("<!-- candor:a --><!-- /candor --><!-- /candor -->", "",
		   "1:34 marker-broken: an end without a marker of a product before it\n");
	check_page("<!-- candor:a -->\n<!-- candor:b --><!-- /candor -->", "",
		   "2:1 marker-broken: the place of 'a', from line 1 on, has no end before "
		   "this marker of 'b'\n");
	check_page("<!-- candor:a --><!-- /candor -->\n<!-- candor:a --><!-- /candor -->", "",
		   "2:1 marker-broken: 'a' has a place in this page already, in line 1\n");
	check_page("<!-- candor:a --><script>x<!-- /candor -->", "",
		   "1:27 marker-ignored: this marker is left alone: it stands in an element "
		   "whose text is not HTML to a browser\n"
		   "1:1 marker-broken: the place of 'a' has no end\n");
	check_page("<!-- candor:a --><!-- /candor:a -->", "",
		   "1:1 marker-broken: the place of 'a' has no end\n");
}

/* A page that comes back to the same bytes for each marker is read for minutes. */
static void test_many(void **state)
{
	static const struct {
		const char *before, *each, *behind;
		size_t said;
	} rows[] = {
		{ "<a title='", "<!--", "-->'>", 0 },
		{ "", "<!-- <!-- ", "-->", 0 },
		{ "<a title='", "<!-- candor:a -->", "'>", 100000 },
		{ "<script>", "<!-- candor:a -->\n", "</script>", 100000 },
		{ "", "<!-- candor:a --><!-- /candor -->", "", 99999 },
		{ "", "<!-- /candor -->\n", "", 100000 },
	};

	(void)state;
	alarm(60);
	for (size_t r = 0; r < ARRAY_LEN(rows); r++) {
		struct diags d = DIAGS_INIT;
		struct buf page = BUF_INIT;
		struct spots spots;

		buf_adds(&page, rows[r].before);
		for (size_t i = 0; i < 100000; i++)
			buf_adds(&page, rows[r].each);
		buf_adds(&page, rows[r].behind);
		spots_find(&spots, "p.html", buf_str(&page), &d);
		assert_int_equal(diags_errors(&d) + diags_warnings(&d), rows[r].said);
		spots_release(&spots);
		diags_release(&d);
		buf_release(&page);
	}
	alarm(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_ignored),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
