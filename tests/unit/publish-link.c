/*
 * Proves that links lead where a browser would go from that page of that site,
 * with the file that answers there, and what is another host's, the host's above
 * the site, or no page at all.
 */
#include "check.h"

#include "base/mem.h"
#include "publish/link.h"

static const struct {
	const char *page, *href, *want; /* "path#anchor", "host", "other" */
} cases[] = {
	{ "index.html", "", "index.html" },
	{ "index.html", "./", "index.html" },
	{ "index.html", "about/", "about/index.html" },
	{ "index.html", "about", "about" },
	{ "about/index.html", "../", "index.html" },
	{ "about/index.html", "..", "index.html" },
	{ "about/index.html", ".", "about/index.html" },
	{ "about/index.html", "a//b", "about/a//b" },
	{ "about/index.html", "../rules.yaml", "rules.yaml" },
	{ "about/index.html", " ./../a/./b//../c/ ", "a/b/c/index.html" },
	{ "about/index.html", "../rules.yaml?x=../#y", "rules.yaml#y" },
	{ "about/index.html", "#team", "about/index.html#team" },
	{ "about/index.html", "?page=2#team", "about/index.html#team" },
	{ "about/index.html", "#", "about/index.html" },
	{ "about/index.html", "#TOP", "about/index.html" },
	{ "about/index.html", "#:~:text=word", "about/index.html" },
	{ "about/index.html", "../#a%20b", "index.html#a b" },
	{ "about/index.html", "two%20words%C3%A9.png", "about/two words\xc3\xa9.png" },
	{ "about/index.html", "100%.png", "about/100%.png" },
	{ "about/index.html", "a&amp;b.png", "about/a&b.png" },
	{ "about/index.html", "/", "other" },
	{ "about/index.html", "/open/rules.yaml", "rules.yaml" },
	{ "about/index.html", "/openly/", "other" },
	{ "about/index.html", "../../", "other" },
	{ "about/index.html", "../../../open/x", "x" },
	{ "x.html", "https://acme.example/open/about/#a", "about/index.html#a" },
	{ "x.html", "http://ACME.example/open/about/", "about/index.html" },
	{ "x.html", "HTTPS://acme.example/open/", "index.html" },
	{ "x.html", "//acme.example/open/x", "x" },
	{ "x.html", "https://acme.example/shop", "other" },
	{ "x.html", "https://acme.example", "other" },
	{ "x.html", "https://acme.example.evil/open/", "host" },
	{ "x.html", "//cdn.example", "host" },
	{ "x.html", "mailto:open@acme.example", "other" },
	{ "x.html", "data:text/css,a%20b", "other" },
	{ "x.html", "a:b/c", "other" },
	{ "x.html", "./a:b/c", "a:b/c" },
};

static void links_lead_where_browsers_go(void **state)
{
	const struct str url = STR("https://acme.example/open/");
	struct arena a = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct link l = link_resolve(&a, url, str_of(cases[i].page),
					     str_of(cases[i].href));
		struct str got = l.kind == LINK_HOST    ? STR("host")
				 : l.kind == LINK_OTHER ? STR("other")
				 : l.anchor.n ? arena_printf(&a, "%.*s#%.*s", STR_ARG(l.path),
							     STR_ARG(l.anchor))
					      : l.path;

		if (!str_is(got, cases[i].want))
			print_error("on %s, '%s':\n", cases[i].page, cases[i].href);
		assert_str(got, cases[i].want);
	}
	arena_release(&a);
}

/* Above the host's root there is nothing but the root. */
static void hosts_end_at_their_root(void **state)
{
	struct arena a = ARENA_INIT;
	struct link l = link_resolve(&a, STR("https://acme.example/"), STR("a/index.html"),
				     STR("../../../rules.yaml"));

	(void)state;
	assert_int_equal(l.kind, LINK_SITE);
	assert_str(l.path, "rules.yaml");
	assert_true(l.relative);
	l = link_resolve(&a, STR("https://acme.example/"), STR("a/index.html"), STR("#x"));
	assert_false(l.relative);
	l = link_resolve(&a, STR("https://acme.example/"), STR("a/index.html"),
			 STR("https://acme.example/b"));
	assert_false(l.relative);
	assert_str(l.path, "b");
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(links_lead_where_browsers_go),
		cmocka_unit_test(hosts_end_at_their_root),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
