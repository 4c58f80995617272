/*
 * Lines come whole whatever blocks they fall into, a line that is too long
 * comes as nothing and doesn't spoil the next; pairs of names are known again.
 */
#include "check.h"

#include "base/buf.h"
#include "import/lines.h"
#include "base/seen.h"

#include <unistd.h>

/* A pipe's reading end as a path: lines come from it in small pieces. */
static void fill_pipe(char *path, size_t n, const char *text)
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], text, strlen(text)), strlen(text));
	close(ends[1]);
	snprintf(path, n, "/dev/fd/%d", ends[0]);
}

#define assert_lines(text, expected) assert_lines_of((text), (expected), __LINE__)
static void assert_lines_of(const char *text, const char *expected, int line)
{
	struct diags diags = DIAGS_INIT;
	struct buf out = BUF_INIT;
	struct lines lines;
	struct str s;
	char path[32];

	fill_pipe(path, sizeof(path), text);
	assert_int_equal(lines_open(&lines, path, &diags), 0);
	while (lines_next(&lines, &s, &diags) == 1)
		buf_addf(&out, "%lu[%.*s]", lines.number, STR_ARG(s));
	lines_release(&lines);
	close((int)strtol(path + strlen("/dev/fd/"), NULL, 10));
	assert_diags(&diags, "");
	if (strcmp(out.p, expected) != 0) {
		print_error("%s instead of %s\n", out.p, expected);
		_fail(__FILE__, line);
	}
	buf_release(&out);
}

static void gives_lines(void **state)
{
	(void)state;
	assert_lines("", "");
	assert_lines("\n", "1[]");
	assert_lines("a", "1[a]");
	assert_lines("a\n\nb\n", "1[a]2[]3[b]");
	assert_lines("\xef\xbb\xbf" "a\n\xef\xbb\xbf" "b", "1[a]2[\xef\xbb\xbf" "b]");
}

/* Lines of every length around the size of a block, told apart by a letter. */
static void crosses_blocks(void **state)
{
	const size_t block = 256 * 1024;
	struct diags diags = DIAGS_INIT;
	FILE *f = tmpfile();
	struct lines lines;
	struct str s;
	char path[32];

	(void)state;
	assert_non_null(f);
	for (size_t n = block - 20; n < block + 20; n++) {
		for (size_t i = 0; i < n; i++)
			putc('a' + (int)(n % 26), f);
		putc('\n', f);
	}
	assert_int_equal(fflush(f), 0);
	snprintf(path, sizeof(path), "/dev/fd/%d", fileno(f));
	assert_int_equal(lines_open(&lines, path, &diags), 0);
	for (size_t n = block - 20; n < block + 20; n++) {
		assert_int_equal(lines_next(&lines, &s, &diags), 1);
		assert_int_equal(s.n, n);
		assert_int_equal(s.p[0], 'a' + n % 26);
		assert_int_equal(s.p[n - 1], 'a' + n % 26);
	}
	assert_int_equal(lines_next(&lines, &s, &diags), 0);
	lines_release(&lines);
	fclose(f);
}

static void passes_over_long_lines(void **state)
{
	const size_t limit = (size_t)LINE_MAX_MB << 20;
	char *block = malloc(1 << 20);
	struct diags diags = DIAGS_INIT;
	FILE *f = tmpfile();
	struct lines lines;
	struct str s;
	char path[32];

	(void)state;
	assert_non_null(block);
	assert_non_null(f);
	memset(block, 'x', 1 << 20);
	for (int i = 0; i < LINE_MAX_MB; i++)
		fwrite(block, 1, 1 << 20, f);
	fputs("\n", f); /* the longest that may be */
	for (int i = 0; i < LINE_MAX_MB + 3; i++)
		fwrite(block, 1, 1 << 20, f);
	fputs("\nnext\n", f);
	for (int i = 0; i < LINE_MAX_MB + 1; i++)
		fwrite(block, 1, 1 << 20, f);
	assert_int_equal(fflush(f), 0);
	snprintf(path, sizeof(path), "/dev/fd/%d", fileno(f));
	assert_int_equal(lines_open(&lines, path, &diags), 0);
	assert_int_equal(lines_next(&lines, &s, &diags), 1);
	assert_int_equal(s.n, limit);
	assert_int_equal(lines_next(&lines, &s, &diags), 1);
	assert_false(str_present(s));
	assert_int_equal(lines_next(&lines, &s, &diags), 1);
	assert_str(s, "next");
	assert_int_equal(lines.number, 3);
	assert_int_equal(lines_next(&lines, &s, &diags), 1);
	assert_false(str_present(s));
	assert_int_equal(lines_next(&lines, &s, &diags), 0);
	lines_release(&lines);
	fclose(f);
	free(block);
}

static void says_what_is_missing(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct lines lines;

	(void)state;
	assert_int_equal(lines_open(&lines, "/nowhere", &diags), -1);
	assert_diags(&diags, "/nowhere: error: cannot open: No such file or directory "
			     "[not-found]\n");
	assert_int_equal(lines_open(&lines, "/", &diags), -1);
	assert_diags(&diags, "/: error: cannot read: Is a directory [unreadable]\n");
}

static void knows_pairs_again(void **state)
{
	struct seen seen = SEEN_INIT;
	char name[24];

	(void)state;
	assert_int_equal(seen_get(&seen, STR("a"), STR("b")), 0);
	for (unsigned i = 1; i <= 5000; i++) {
		snprintf(name, sizeof(name), "%u", i);
		assert_int_equal(seen_add(&seen, STR("v"), str_of(name), i), 0);
	}
	for (unsigned i = 1; i <= 5000; i++) {
		snprintf(name, sizeof(name), "%u", i);
		assert_int_equal(seen_add(&seen, STR("v"), str_of(name), 7777), i);
		assert_int_equal(seen_get(&seen, STR("w"), str_of(name)), 0);
	}
	/* Where one name ends and the other begins counts. */
	assert_int_equal(seen_add(&seen, STR("ab"), STR("c"), 1), 0);
	assert_int_equal(seen_get(&seen, STR("a"), STR("bc")), 0);
	seen_release(&seen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_lines),
		cmocka_unit_test(crosses_blocks),
		cmocka_unit_test(passes_over_long_lines),
		cmocka_unit_test(says_what_is_missing),
		cmocka_unit_test(knows_pairs_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
