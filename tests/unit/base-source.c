/* Sources: loading refuses what isn't text, and every byte has the line and
 * column that an editor shows. */
#include "check.h"

#include "base/source.h"

#include <unistd.h>

static void assert_position(const struct source *s, size_t at, unsigned line,
			    unsigned column)
{
	unsigned l, c;

	source_position(s, at, &l, &c);
	assert_int_equal(l, line);
	assert_int_equal(c, column);
}

static void positions(void **state)
{
	struct source s;

	(void)state;
	source_from(&s, "x", STR("a\xc3\xa9z\nb\r\n\nend"));
	assert_position(&s, 0, 1, 1);
	assert_position(&s, 1, 1, 2);
	assert_position(&s, 3, 1, 3);
	assert_position(&s, 4, 1, 4); /* the line end belongs to its line */
	assert_position(&s, 5, 2, 1);
	assert_position(&s, 8, 3, 1);
	assert_position(&s, 11, 4, 3);
	assert_position(&s, 12, 4, 4);
	assert_position(&s, 9999, 4, 4);
	source_release(&s);
	source_from(&s, "x", STR(""));
	assert_position(&s, 0, 1, 1);
	source_release(&s);
}

static void lines(void **state)
{
	struct source s;

	(void)state;
	source_from(&s, "x", STR("one\ntwo\r\n\nfour"));
	assert_str(source_line(&s, 0), "one");
	assert_str(source_line(&s, 3), "one");
	assert_str(source_line(&s, 4), "two");
	assert_str(source_line(&s, 8), "two");
	assert_str(source_line(&s, 9), "");
	assert_str(source_line(&s, 10), "four");
	assert_str(source_line(&s, 9999), "four");
	source_release(&s);
}

/* A file with these bytes, removed after loading. */
static int load(struct source *s, struct str bytes, struct diags *diags)
{
	char path[] = "/tmp/candor-unit-XXXXXX";
	int fd = mkstemp(path), result;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.p, bytes.n), bytes.n);
	assert_int_equal(close(fd), 0);
	result = source_load(s, path, diags);
	assert_int_equal(unlink(path), 0);
	return result;
}

static void loads(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct source s;

	(void)state;
	assert_int_equal(load(&s, STR("\xef\xbb\xbf" "a: 1\n"), &diags), 0);
	assert_str(source_text(&s), "a: 1\n");
	source_release(&s);
	assert_int_equal(load(&s, STR("\xef\xbb\xbf"), &diags), 0);
	assert_str(source_text(&s), "");
	source_release(&s);
	assert_int_equal(diags.n, 0);
}

static void refuses(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct buf large = BUF_INIT;
	struct source s;

	(void)state;
	assert_int_equal(load(&s, STR("a\nb\xff\n"), &diags), -1);
	assert_int_equal(diags.items[0].id, DIAG_BAD_UTF8);
	assert_int_equal(diags.items[0].line, 2);
	assert_int_equal(diags.items[0].column, 2);
	assert_string_equal(diags.items[0].excerpt, "b\\xFF");
	assert_int_equal(load(&s, str_make("a\0b", 3), &diags), -1);
	assert_int_equal(diags.items[1].id, DIAG_BAD_UTF8);
	assert_int_equal(diags.items[1].column, 2);
	buf_room(&large, SOURCE_MAX + 1);
	memset(large.p, 'a', SOURCE_MAX + 1);
	assert_int_equal(load(&s, str_make(large.p, SOURCE_MAX), &diags), 0);
	source_release(&s);
	assert_int_equal(load(&s, str_make(large.p, SOURCE_MAX + 1), &diags), -1);
	assert_int_equal(diags.items[2].id, DIAG_TOO_LARGE);
	buf_release(&large);
	diags_release(&diags);
	assert_int_equal(source_load(&s, "/nowhere/at-all", &diags), -1);
	assert_diags(&diags, "/nowhere/at-all: error: cannot read the file: "
			     "No such file or directory [not-found]\n");
	assert_int_equal(source_load(&s, "/", &diags), -1);
	assert_int_equal(diags.items[0].id, DIAG_UNREADABLE);
	diags_release(&diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(positions),
		cmocka_unit_test(lines),
		cmocka_unit_test(loads),
		cmocka_unit_test(refuses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
