/*
 * Tables come row by row whatever their separators, quotes and line ends, and
 * whatever blocks they fall into; a row that is wrong names its line and leaves the
 * next one whole.
 */
#include "check.h"

#include "base/buf.h"
#include "base/mem.h"
#include "import/csvread.h"

#include <unistd.h>

/* A pipe's reading end as a path. */
static void fill_pipe(char *path, size_t n, struct str bytes)
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], bytes.p, bytes.n), bytes.n);
	close(ends[1]);
	snprintf(path, n, "/dev/fd/%d", ends[0]);
}

static void empty_pipe(const char *path)
{
	close((int)strtol(path + strlen("/dev/fd/"), NULL, 10));
}

static void say_row(struct buf *out, unsigned long line, const struct str *fields, size_t n)
{
	buf_addf(out, "%lu", line);
	for (size_t i = 0; i < n; i++)
		buf_addf(out, "[%.*s]", STR_ARG(fields[i]));
}

/* All rows as "LINE[FIELD][FIELD]", mistakes as "LINE: MESSAGE;" where they occur. */
static void say_table(struct str table, char separator, struct buf *out)
{
	struct diags diags = DIAGS_INIT;
	struct csvread r;
	struct csvrow row;
	char path[32];
	int got = -1;

	fill_pipe(path, sizeof(path), table);
	if (csvread_open(&r, path, separator, &diags) == 0) {
		say_row(out, 0, r.names, r.names_n);
		while ((got = csvread_next(&r, &row, &diags)) == 1) {
			if (row.n)
				say_row(out, row.where.line, row.fields, row.n);
			for (size_t i = 0; i < diags.n; i++)
				buf_addf(out, "%lu: %s;", diags.items[i].line,
					 diags.items[i].message);
			diags_release(&diags);
		}
		csvread_release(&r);
	}
	for (size_t i = 0; i < diags.n; i++)
		buf_addf(out, "%lu! %s;", diags.items[i].line, diags.items[i].message);
	assert_int_equal(got < 0, diags.n > 0);
	diags_release(&diags);
	empty_pipe(path);
}

#define assert_table(table, expected) assert_table_of(STR(table), 0, (expected), __LINE__)
static void assert_table_of(struct str table, char separator, const char *expected, int line)
{
	struct buf out = BUF_INIT;

	say_table(table, separator, &out);
	if (strcmp(out.p, expected) != 0) {
		print_error("%s instead of %s\n", out.p, expected);
		_fail(__FILE__, line);
	}
	buf_release(&out);
}

static void gives_rows(void **state)
{
	(void)state;
	assert_table("a,b\n1,2\n3,4", "0[a][b]2[1][2]3[3][4]");
	assert_table("\xef\xbb\xbf" "a,b\r\n1,2\r\n", "0[a][b]2[1][2]");
	assert_table("\r\n\na , b\n\n1,2\n\r\n,\n", "0[a][b]5[1][2]7[][]");
	assert_table("a\n1\n", "0[a]2[1]");
	assert_table("a,b\n", "0[a][b]");
}

static void quotes(void **state)
{
	(void)state;
	assert_table("a,b\n\"1,\"\"2\"\"\r\n3\",\"\"\n4,5\n", "0[a][b]2[1,\"2\"\r\n3][]4[4][5]");
	assert_table("a,b\nx\"y\"z, \"q\"\n", "0[a][b]2[x\"y\"z][ \"q\"]");
	assert_table("a,\"b\nb\"\n1,2\r3\n", "0[a][b\nb]3[1][2\r3]");
}

static void finds_the_separator(void **state)
{
	(void)state;
	assert_table("a;b\n1,5;2\n", "0[a][b]2[1,5][2]");
	assert_table("a\tb\n1\t2\n", "0[a][b]2[1][2]");
	assert_table("a|b\n1|2\n", "0[a][b]2[1][2]");
	assert_table("\"a;b;c\",d\n1,2\n", "0[a;b;c][d]2[1][2]");
	assert_table_of(STR("a;b,c\n1;2,3\n"), ',', "0[a;b][c]2[1;2][3]", __LINE__);
}

static void tells_mistakes(void **state)
{
	(void)state;
	assert_table("", "0! an empty file, expected the names of columns;");
	assert_table("\xff\xfe" "a\0", "1! this is UTF-16;");
	assert_table("a,b\n1\n1,2\n1,2,3\n",
		     "0[a][b]2: a row of 1 field in a table of 2;3[1][2]"
		     "4: a row of 3 fields in a table of 2;");
	assert_table("a,b\n\"1\"x\"y,2\n3,4\n",
		     "0[a][b]2: text behind the quote that ends a field;3[3][4]");
	assert_table("a,b\n1,2\n3,\"4\n\n5", "0[a][b]2[1][2]"
		     "3: the file ends in a field in quotes;");
	assert_table("a,b\n1,caf\xe9\n\n3,4\n", "0[a][b]2: this is not UTF-8;4[3][4]");
	assert_table("a,b\n1,2\0\n3,4\n", "0[a][b]2: a NUL byte;3[3][4]");
	assert_table("a,\"b\n1,2\n", "1! the file ends in a field in quotes;");
}

/* Quotes, separators and line ends at every place around the end of a block. */
static void crosses_blocks(void **state)
{
	const size_t block = 256 * 1024;
	FILE *f = tmpfile();
	struct diags diags = DIAGS_INIT;
	struct csvread r;
	struct csvrow row;
	char path[32];

	(void)state;
	assert_non_null(f);
	fputs("a,b\r\n", f);
	for (size_t n = block - 20; n < block + 20; n++) {
		for (size_t i = 0; i < n; i++)
			fputc('x', f);
		fputs(",\"\"\"\r\n\"\r\n", f);
	}
	assert_int_equal(fflush(f), 0);
	rewind(f);
	snprintf(path, sizeof(path), "/dev/fd/%d", fileno(f));
	assert_int_equal(csvread_open(&r, path, 0, &diags), 0);
	for (size_t n = block - 20, line = 2; n < block + 20; n++, line += 2) {
		assert_int_equal(csvread_next(&r, &row, &diags), 1);
		assert_int_equal(row.n, 2);
		assert_int_equal(row.where.line, line);
		assert_int_equal(row.fields[0].n, n);
		assert_str(row.fields[1], "\"\r\n");
	}
	assert_int_equal(csvread_next(&r, &row, &diags), 0);
	assert_diags(&diags, "");
	csvread_release(&r);
	fclose(f);
}

/* A quote that nobody closes: no more is held than a row may have. */
static void ends_long_rows(void **state)
{
	static char spaces[1 << 20];
	FILE *f = tmpfile();
	struct diags diags = DIAGS_INIT;
	struct csvread r;
	struct csvrow row;
	char path[32];

	(void)state;
	assert_non_null(f);
	fputs("a,b\n1,\"", f);
	for (size_t i = 0; i <= CSV_ROW_MAX_MB; i++)
		assert_int_equal(fwrite(spaces, 1, sizeof(spaces), f), sizeof(spaces));
	assert_int_equal(fflush(f), 0);
	rewind(f);
	snprintf(path, sizeof(path), "/dev/fd/%d", fileno(f));
	assert_int_equal(csvread_open(&r, path, 0, &diags), 0);
	assert_int_equal(csvread_next(&r, &row, &diags), -1);
	assert_int_equal(diags.counts[DIAG_TOO_LARGE], 1);
	diags_release(&diags);
	csvread_release(&r);
	fclose(f);
}

static void finds_columns(void **state)
{
	struct diags diags = DIAGS_INIT;
	const struct place where = place_line("map.yaml", 3, 7);
	struct csvread r;
	struct buf expected = BUF_INIT;
	char path[32];

	(void)state;
	fill_pipe(path, sizeof(path), STR("id,name,,name,created\n"));
	assert_int_equal(csvread_open(&r, path, 0, &diags), 0);
	assert_int_equal(csvread_find(&r, STR("name")), 1);
	assert_int_equal(csvread_find(&r, STR("Name")), -1);
	assert_int_equal(csvread_column(&r, STR("created"), where, &diags), 4);
	assert_diags(&diags, "");
	assert_int_equal(csvread_column(&r, STR("craeted"), where, &diags), -1);
	assert_int_equal(csvread_column(&r, STR("name"), where, &diags), -1);
	buf_addf(&expected,
		 "map.yaml:3:7: error: no column 'craeted' in '%s' [missing-key]\n"
		 "  hint: did you mean 'created'?\n"
		 "map.yaml:3:7: error: column 'name' is there twice in '%s' "
		 "[duplicate-key]\n", path, path);
	assert_diags(&diags, expected.p);
	buf_release(&expected);
	csvread_release(&r);
	empty_pipe(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_rows),
		cmocka_unit_test(quotes),
		cmocka_unit_test(finds_the_separator),
		cmocka_unit_test(tells_mistakes),
		cmocka_unit_test(crosses_blocks),
		cmocka_unit_test(ends_long_rows),
		cmocka_unit_test(finds_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
