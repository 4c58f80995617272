/* Quotations in BBCode become block quotes; all else stays. */
#include "check.h"

#include "text/bbquote.h"

static void converts(void **state)
{
	static const struct {
		const char *md, *expected;
	} cases[] = {
		{ "", "" },
		{ "no [quote", "no [quote\n" },
		{ "[quoted]\nx", "[quoted]\nx\n" },
		{ "[quote]a[/quote]b", "> a\n\nb\n" },
		{ "x\n[quote=\"bob, post:1, topic:2\"]\na\n\nb\n[/quote]\n\nc",
		  "x\n> a\n> \n> b\n\n\nc\n" },
		{ "[quote=a]\n[quote=b]\nx\n[/quote]\ny\n[/quote]\nz",
		  "> > x\n> \n> y\n\nz\n" },
		{ "[quote]\nnever closed", "> never closed\n" },
		{ "text [quote]\na\n[/quote]", "text [quote]\na\n[/quote]\n" },
		{ "```\n[quote]\n```\nx", "```\n[quote]\n```\nx\n" },
		{ "[/quote][quote]", "[/quote][quote]\n" },
	};
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_str(bbquote_markdown(&arena, str_of(cases[i].md)),
			   cases[i].expected);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(converts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
