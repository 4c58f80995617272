/* Without GMime there is no mail, and the message says what to install. */
#undef HAVE_GMIME
#include "../../src/import/mime.c"

#include "import-try.h"

static void says_what_to_install(void **state)
{
	struct try *t = try_begin();

	(void)state;
	try_file("box.mbox", "From dana@acme.example Mon Jul  1 10:00:00 2024\n\n");
	assert_int_equal(try_import(t, "mbox", "box.mbox"), -1);
	assert_diags(&t->diags,
		     "error: built without GMime, which mail needs [not-found]\n"
		     "  hint: install GMime 3 (Debian: libgmime-3.0-dev) and build again\n");
	assert_export(t, "");
	try_end(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_to_install),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
