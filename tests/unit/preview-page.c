/*
 * What the preview adds to a page: leave for its own files in the page's policy, and in
 * nothing else; a mark where the page begins; its script where it ends, as a browser sees
 * beginning and end.
 */
#include "check.h"

#include "preview/page.h"

#define BASE "http://127.0.0.1:4400/"
#define OTHER "http://localhost:4400/"
#define SCRIPT " " BASE "_candor/preview.js " OTHER "_candor/preview.js"
#define STYLE " " BASE "_candor/preview.css " OTHER "_candor/preview.css"
#define CONNECT " " BASE "_candor/ " OTHER "_candor/"
#define RUN "<script src=\"/_candor/preview.js\" data-edition=\"7-1\"></script>"

static void dressed(const char *page, const char *mark, const char *want)
{
	const struct page_extras extras = { .base = STR(BASE), .edition = STR("7-1"),
					    .mark = str_of(mark) };
	struct buf out = BUF_INIT;

	page_dress(&out, str_of(page), &extras);
	assert_string_equal(out.p, want);
	buf_release(&out);
}

/* What its script is told of it. */
static void says_what_it_is(void **state)
{
	struct page_extras extras = { .base = STR(BASE), .edition = STR("7-1"), .waits = true,
				      .whole = true };
	struct buf out = BUF_INIT;

	(void)state;
	page_dress(&out, STR("<body>x"), &extras);
	assert_string_equal(out.p, "<body>x<script src=\"/_candor/preview.js\" "
				   "data-edition=\"7-1\" data-waits data-whole></script>");
	buf_release(&out);
}

static void policy(const char *before, const char *after)
{
	struct buf page = BUF_INIT, want = BUF_INIT;

	buf_addf(&page, "<META content=\"%s\" http-equiv='Content-Security-Policy'><p>x",
		 before);
	buf_addf(&want, "<META content=\"%s\" http-equiv='Content-Security-Policy'><p>x",
		 after);
	dressed(page.p, NULL, want.p);
	buf_release(&page);
	buf_release(&want);
}

static void policies(void **state)
{
	(void)state;
	policy("default-src 'none'", "default-src 'none'; script-src" SCRIPT
				     "; style-src" STYLE "; connect-src" CONNECT);
	policy("default-src 'none'; style-src 'self'",
	       "default-src 'none'; style-src 'self'" STYLE "; script-src" SCRIPT
	       "; connect-src" CONNECT);
	policy("DEFAULT-SRC 'self' https://x.example;;  Script-Src 'none' ; img-src *",
	       "DEFAULT-SRC 'self' https://x.example; Script-Src 'none'" SCRIPT
	       "; img-src *; style-src 'self' https://x.example" STYLE
	       "; connect-src 'self' https://x.example" CONNECT);
	/* What isn't forbidden stays so. */
	policy("base-uri 'none'; script-src 'self'", "base-uri 'none'; script-src 'self'" SCRIPT);
	policy("", "");
	/* With references in it nothing is understood, and nothing changed. */
	policy("default-src &#39;none&#39;", "default-src &#39;none&#39;");
}

static void only_policies(void **state)
{
	static const char *const same[] = {
		"<meta name=\"description\" content=\"default-src 'none'\"><p>x",
		"<!-- <meta http-equiv=content-security-policy content=\"default-src x\"> --><p>",
		"<textarea><meta http-equiv=content-security-policy content=\"a b\"></textarea>",
		"<meta http-equiv=\"content-security-policy\"><p>",
		"<meta http-equiv=\"content-security-policy\" content=\"default-src",
		"<p>a fragment</p>", "", "<", "<!--", "</", "<body", "\xff\xfe<\xff",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++)
		dressed(same[i], NULL, same[i]);
}

static void scripts(void **state)
{
	(void)state;
	dressed("<html><p>x</body></html>\n", NULL, "<html><p>x" RUN "</body></html>\n");
	dressed("<body><!-- </body> --><script>'</body>'</script><p title='</body>'></BODY >",
		NULL, "<body><!-- </body> --><script>'</body>'</script><p title='</body>'>" RUN
		      "</BODY >");
	dressed("<!doctype html><body>x", NULL, "<!doctype html><body>x" RUN);
	dressed("</body></body>", NULL, RUN "</body></body>");
}

static void marks(void **state)
{
	(void)state;
	dressed("<body class='<body>'><p>x</body>", "A <b> & \"c\"",
		"<body class='<body>'>"
		"<link rel=\"stylesheet\" href=\"/_candor/preview.css\">"
		"<div class=\"candor-preview-mark\" role=\"note\"><p>"
		"A &lt;b&gt; &amp; &quot;c&quot;</p></div><p>x" RUN "</body>");
}

static void types(void **state)
{
	(void)state;
	assert_true(page_is_html(page_type(STR("a/index.html"))));
	assert_true(page_is_html(page_type(STR("A.HTM"))));
	assert_string_equal(page_type(STR("site.css")), "text/css; charset=utf-8");
	assert_string_equal(page_type(STR("CNAME")), "application/octet-stream");
	assert_string_equal(page_type(STR(".css")), "application/octet-stream");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(policies),
		cmocka_unit_test(only_policies),
		cmocka_unit_test(scripts),
		cmocka_unit_test(says_what_it_is),
		cmocka_unit_test(marks),
		cmocka_unit_test(types),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
