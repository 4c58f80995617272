/*
 * candor-archive(5) tells the truth: it prints the schema that the program
 * makes, and the SQL of its examples runs on an archive, which is a good one
 * afterwards.
 */
#include "archive-fixture.h"

#include "archive/schema.h"

/* The page's text without mdoc's escapes. */
static struct buf read_page(void)
{
	static const struct {
		const char *escape;
		char c;
	} escapes[] = { { "\\(aq", '\'' }, { "\\(ha", '^' }, { "\\-", '-' }, { "\\e", '\\' } };
	struct buf page = read_file("man/candor-archive.5"), text = BUF_INIT;

	for (size_t i = 0; i < page.n; i++) {
		struct str rest = str_slice(buf_str(&page), i, page.n);
		bool found = false;

		for (size_t e = 0; e < ARRAY_LEN(escapes) && !found; e++) {
			found = str_starts(rest, str_of(escapes[e].escape));
			if (found) {
				buf_addc(&text, escapes[e].c);
				i += strlen(escapes[e].escape) - 1;
			}
		}
		if (!found)
			buf_addc(&text, page.p[i]);
	}
	buf_release(&page);
	return text;
}

/* Takes the next literal display off *rest. */
static bool next_display(struct str *rest, struct str *display)
{
	size_t at = str_find(*rest, STR("\n.Bd -literal"));
	struct str from = str_slice(*rest, at + 1, rest->n);
	size_t end;

	str_split(&from, '\n');
	end = str_find(from, STR(".Ed\n"));
	if (at == rest->n || end == from.n)
		return false;
	*display = str_slice(from, 0, end);
	*rest = str_slice(from, end, from.n);
	return true;
}

static void prints_the_schema(void **state)
{
	struct buf page = read_page(), want = BUF_INIT;
	struct str rest = buf_str(&page), display;

	(void)state;
	for (const struct schema_object *o = schema_objects; o->name; o++)
		buf_addf(&want, "%s%s;\n", want.n ? "\n" : "", o->sql);
	rest = str_slice(rest, str_find(rest, STR("\n.Sh SCHEMA")), rest.n);
	assert_true(next_display(&rest, &display));
	if (!str_eq(display, buf_str(&want)))
		fail_msg("the schema in the page differs from the program's:\n%s", want.p);
	buf_release(&page);
	buf_release(&want);
}

static void examples_run(void **state)
{
	struct buf page = read_page();
	struct str rest = buf_str(&page), display;
	struct diags d = DIAGS_INIT;
	struct archive *a;
	int examples = 0;
	char folder[] = "/tmp/candor-manual-XXXXXX", path[64];

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/a.db", folder);
	make_archive(path);
	rest = str_slice(rest, str_find(rest, STR("\n.Sh EXAMPLES")), rest.n);
	while (next_display(&rest, &display)) {
		char *sql = xmemdup0(display.p, display.n);

		if (display.p[0] != '$') {
			shell(path, sql);
			examples++;
		}
		free(sql);
	}
	assert_true(examples >= 7);
	a = open_ok(path, ARCHIVE_READ);
	archive_check(a, &d);
	no_diags(&d);
	archive_close(a);
	unlink(path);
	rmdir(folder);
	buf_release(&page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prints_the_schema),
		cmocka_unit_test(examples_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
