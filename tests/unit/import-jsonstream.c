/*
 * Values come out of a file whole and in order, whatever blocks they fall into, each
 * with the place where it begins; what isn't closed or doesn't belong is told where it
 * stands.  And pieces of threads come back together.
 */
#include "check.h"

#include "base/buf.h"
#include "import/gather.h"
#include "import/jsonstream.h"

#include <unistd.h>

static const char *const lists[] = { "issues", "pulls", NULL };
static char path[] = "/tmp/candor-unit-XXXXXX";

static void write_file(struct str text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text.p, 1, text.n, f), text.n);
	assert_int_equal(fclose(f), 0);
}

/* "LIST@LINE:COLUMN TEXT" a line. */
static void say_all(struct buf *out, struct diags *diags)
{
	struct jsonstream s;
	struct jsonitem item;

	assert_int_equal(jsonstream_open(&s, path, lists, diags), 0);
	while (jsonstream_next(&s, &item, diags) == 1)
		buf_addf(out, "%s@%lu:%lu %.*s\n", item.list ? item.list : "",
			 item.where.line, item.where.column, STR_ARG(item.text));
	jsonstream_release(&s);
}

#define assert_gives(text, expected, said) assert_gives_at((text), (expected), (said), __LINE__)
static void assert_gives_at(const char *text, const char *expected, const char *said,
			    int line)
{
	struct diags diags = DIAGS_INIT;
	struct buf out = BUF_INIT, want = BUF_INIT;

	write_file(str_of(text));
	say_all(&out, &diags);
	if (*said)
		buf_addf(&want, "%s:%s\n", path, said);
	assert_diags(&diags, want.p);
	if (strcmp(out.p, expected) != 0) {
		print_error("%sinstead of\n%s", out.p, expected);
		_fail(__FILE__, line);
	}
	buf_release(&out);
	buf_release(&want);
}

static void documents(void **state)
{
	(void)state;
	assert_gives("", "", "");
	assert_gives(" \n", "", "");
	assert_gives("{\"a\":[1,{}]}", "@1:1 {\"a\":[1,{}]}\n", "");
	assert_gives("\xef\xbb\xbf{}\n{ }", "@1:1 {}\n@2:1 { }\n", "");
	assert_gives("\x1e{\"a\":1}\n\x1e{\"b\":2}\n", "@1:2 {\"a\":1}\n@2:2 {\"b\":2}\n", "");
	assert_gives("1 \"}\" null", "@1:1 1\n@1:3 \"}\"\n@1:7 null\n", "");
}

static void items(void **state)
{
	(void)state;
	assert_gives("[]", "", "");
	assert_gives("[{},\n \"\\\"]\", [1,[2]] ]{}",
		     "@1:2 {}\n@2:2 \"\\\"]\"\n@2:9 [1,[2]]\n@2:18 {}\n", "");
	assert_gives("{\"repo\":\"a\",\"issues\":[1,\n2],\"x\":{\"issues\":[3]},\"pulls\":[]}",
		     "issues@1:23 1\nissues@2:1 2\n"
		     "@1:1 {\"repo\":\"a\",\"issues\":[\n],\"x\":{\"issues\":[3]},\"pulls\":[]}\n",
		     "");
	assert_gives("{\"issues\":null}", "@1:1 {\"issues\":null}\n", "");
	/* Columns are characters. */
	assert_gives("[\"\xc3\xa9\",1]", "@1:2 \"\xc3\xa9\"\n@1:6 1\n", "");
}

static void mistakes(void **state)
{
	(void)state;
	assert_gives("[1,\n {\"a\":", "@1:2 1\n",
		     "2:2: error: what begins here isn't closed where the file ends [syntax]");
	assert_gives("[1,", "@1:2 1\n",
		     "1:1: error: what begins here isn't closed where the file ends [syntax]");
	assert_gives("{\"a\":1,", "",
		     "1:1: error: what begins here isn't closed where the file ends [syntax]");
	assert_gives("\n\"a", "",
		     "2:1: error: what begins here isn't closed where the file ends [syntax]");
	assert_gives("{a:1}", "", "1:2: error: expected a key in double quotes [syntax]");
	assert_gives("{\"a\" 1}", "", "1:6: error: expected ':' [syntax]");
	assert_gives("[}", "", "1:2: error: expected a value [syntax]");
	assert_gives("[1]]", "@1:2 1\n", "1:4: error: expected a value [syntax]");
}

/* Values of every length around a block's end. */
static void crosses_blocks(void **state)
{
	const size_t block = 256 * 1024;
	struct diags diags = DIAGS_INIT;
	struct jsonstream s;
	struct jsonitem item;

	(void)state;
	for (size_t n = block - 8; n < block + 8; n++) {
		struct buf b = BUF_INIT;

		buf_addlit(&b, "{\"head\":1,\"issues\":[\"");
		memset(buf_room(&b, n), 'x', n);
		b.n += n;
		buf_adds(&b, "\",{\"k\":\"v\"}],\"tail\":2}");
		write_file(buf_str(&b));
		assert_int_equal(jsonstream_open(&s, path, lists, &diags), 0);
		assert_int_equal(jsonstream_next(&s, &item, &diags), 1);
		assert_int_equal(item.text.n, n + 2);
		assert_int_equal(jsonstream_next(&s, &item, &diags), 1);
		assert_str(item.text, "{\"k\":\"v\"}");
		assert_int_equal(item.where.column, 21 + n + 3);
		assert_int_equal(jsonstream_next(&s, &item, &diags), 1);
		assert_str(item.text, "{\"head\":1,\"issues\":[],\"tail\":2}");
		assert_int_equal(jsonstream_next(&s, &item, &diags), 0);
		jsonstream_release(&s);
		buf_release(&b);
	}
	assert_diags(&diags, "");
}

static void heads(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct buf head = BUF_INIT;
	struct jsonstream s;
	struct jsonitem item;

	(void)state;
	write_file(STR("{\"repo\":\"a/b\",\"issues\":[1],\"later\":2}"));
	assert_int_equal(jsonstream_open(&s, path, lists, &diags), 0);
	assert_int_equal(jsonstream_next(&s, &item, &diags), 1);
	jsonstream_head(&s, &head);
	assert_str(buf_str(&head), "{\"repo\":\"a/b\",\"issues\":[]}");
	jsonstream_release(&s);
	buf_release(&head);
	assert_diags(&diags, "");
}

/* One over the limit ends the reading, and memory stays near the limit. */
static void too_large(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct jsonstream s;
	struct jsonitem item;
	FILE *f = fopen(path, "w");

	(void)state;
	assert_non_null(f);
	fputs("[\"", f);
	for (size_t i = 0; i < (size_t)(JSONSTREAM_MAX_MB + 1) << 20; i += 64)
		fputs("0123456789012345678901234567890123456789012345678901234567890123", f);
	fputs("\"]", f);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(jsonstream_open(&s, path, lists, &diags), 0);
	assert_int_equal(jsonstream_next(&s, &item, &diags), -1);
	assert_true(s.buf.cap < (size_t)JSONSTREAM_MAX_MB * 2 << 20);
	jsonstream_release(&s);
	assert_int_equal(diags.counts[DIAG_TOO_LARGE], 1);
	diags_release(&diags);
}

/* --- Pieces --- */

static int say_thread(void *ctx, struct str key, const struct gather_piece *pieces,
		      size_t n)
{
	buf_addf(ctx, "%.*s:", STR_ARG(key));
	for (size_t i = 0; i < n; i++)
		buf_addf(ctx, " %d@%lu %.*s", pieces[i].kind, pieces[i].where.line,
			 STR_ARG(pieces[i].text));
	buf_addc(ctx, '\n');
	return 0;
}

static void gathers(void **state)
{
	static const struct {
		const char *key, *text;
	} pieces[] = { { "b", "one" }, { "a", "two" }, { "b", "three" }, { "c", "four" },
		       { "a", "five" }, { "b", "six" } };
	struct diags diags = DIAGS_INIT;
	struct gather g = GATHER_INIT;
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		const struct gather_piece piece = { str_of(pieces[i].text), (int)i % 2,
						    place_line("x", i + 1, 0) };

		assert_int_equal(gather_add(&g, str_of(pieces[i].key), &piece, &diags), 0);
	}
	assert_int_equal(gather_each(&g, say_thread, &out, &diags), 0);
	assert_string_equal(out.p, "b: 0@1 one 0@3 three 1@6 six\na: 1@2 two 0@5 five\n"
				   "c: 1@4 four\n");
	gather_release(&g);
	buf_release(&out);
	assert_diags(&diags, "");
}

/* A million pieces of a hundred thousand threads, the last of each far behind. */
static int count_thread(void *ctx, struct str key, const struct gather_piece *pieces,
			size_t n)
{
	size_t *threads = ctx;

	++*threads;
	assert_int_equal(n, 10);
	for (size_t i = 0; i < n; i++)
		assert_true(str_eq(pieces[i].text, key));
	return 0;
}

static void gathers_many(void **state)
{
	struct diags diags = DIAGS_INIT;
	struct gather g = GATHER_INIT;
	size_t threads = 0;

	(void)state;
	for (int i = 0; i < 1000000; i++) {
		char key[16];
		struct gather_piece piece = { .where = place_line("x", 1, 0) };

		snprintf(key, sizeof(key), "%d", i % 100000);
		piece.text = str_of(key);
		assert_int_equal(gather_add(&g, piece.text, &piece, &diags), 0);
	}
	assert_int_equal(gather_each(&g, count_thread, &threads, &diags), 0);
	assert_int_equal(threads, 100000);
	gather_release(&g);
	assert_diags(&diags, "");
}

static int begin(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	return fd < 0 ? -1 : close(fd);
}

static int end(void **state)
{
	(void)state;
	return unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(documents), cmocka_unit_test(items),
		cmocka_unit_test(mistakes),  cmocka_unit_test(crosses_blocks),
		cmocka_unit_test(heads),     cmocka_unit_test(too_large),
		cmocka_unit_test(gathers),   cmocka_unit_test(gathers_many),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
