#ifndef UNIT_CHECK_H
#define UNIT_CHECK_H

/* What unit tests share: cmocka with what it needs before it, and assertions
 * on views and diagnostics. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/diag.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>

/* s holds exactly the bytes of a C string. */
#define assert_str(s, expected) assert_str_at((s), (expected), __FILE__, __LINE__)
static inline void assert_str_at(struct str s, const char *expected, const char *file,
				 int line)
{
	if (str_is(s, expected))
		return;
	print_error("'%.*s' instead of '%s'\n", STR_ARG(s), expected);
	_fail(file, line);
}

/* Everything recorded, as text (notes too), and nothing else; empties d. */
#define assert_diags(d, expected) assert_diags_at((d), (expected), __FILE__, __LINE__)
static inline void assert_diags_at(struct diags *d, const char *expected,
				   const char *file, int line)
{
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);

	diags_print(d, out, DIAG_TEXT, false, true);
	fclose(out);
	if (strcmp(text, expected) != 0) {
		print_error("these diagnostics:\n%sinstead of:\n%s", text, expected);
		_fail(file, line);
	}
	free(text);
	diags_release(d);
}

#endif
