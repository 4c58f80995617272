/* YAML: every node and every mistake has its exact place, what is refused is
 * refused before it costs anything, and time grows with the input's size. */
#include "check.h"

#include "base/mem.h"
#include "base/source.h"
#include "base/ydoc.h"

#include <time.h>

/* The bytes of the source that a node covers. */
static struct str span(const struct ydoc *doc, const struct ynode *node)
{
	return str_slice(source_text(doc->source), node->at, node->at + node->n);
}

static void nodes_know_their_bytes(void **state)
{
	struct diags d = DIAGS_INIT;
	const struct ynode *v;
	struct source s;
	struct ydoc doc;

	(void)state;
	source_from(&s, "f",
		    STR("# \xc3\xa9\r\n\"k\xc3\xa9y\": 'a''b'\r\nlist: [1, {x: 2}]\r\n"
			"text: |\n  one\n\nseq:\n  - a\n  - b c # d\n\n\nnone:\n"));
	assert_int_equal(ydoc_parse(&doc, &s, &d), 0);
	assert_int_equal(doc.root->kind, Y_MAP);
	assert_int_equal(doc.root->count, 5);
	v = doc.root->first;
	assert_str(v->key->text, "k\xc3\xa9y");
	assert_str(span(&doc, v->key), "\"k\xc3\xa9y\"");
	assert_true(v->key->quoted);
	assert_str(v->text, "a'b");
	assert_str(span(&doc, v), "'a''b'");
	v = ydoc_get(doc.root, "list");
	assert_int_equal(v->kind, Y_LIST);
	assert_int_equal(v->count, 2);
	assert_str(span(&doc, v), "[1, {x: 2}]");
	assert_str(span(&doc, v->first->next), "{x: 2}");
	assert_false(v->first->quoted);
	v = ydoc_get(doc.root, "text");
	assert_str(v->text, "one\n");
	assert_true(v->quoted);
	v = ydoc_get(doc.root, "seq");
	assert_str(span(&doc, v), "- a\n  - b c");
	v = ydoc_get(doc.root, "none");
	assert_true(ydoc_is_null(v));
	assert_int_equal(v->n, 0);
	assert_null(ydoc_get(doc.root, "nope"));
	assert_null(ydoc_get(v, "nope"));
	ydoc_release(&doc);
	source_release(&s);
}

static void a_part_has_the_places_of_the_whole(void **state)
{
	struct diags d = DIAGS_INIT;
	struct source s;
	struct ydoc doc;

	(void)state;
	source_from(&s, "page.md", STR("---\ntitle: \xc3\xa9\na: {\n---\nbody: [\n"));
	assert_int_equal(ydoc_parse_part(&doc, &s, 4, 10, &d), 0);
	assert_str(span(&doc, doc.root->first), "\xc3\xa9");
	ydoc_release(&doc);
	assert_int_equal(ydoc_parse_part(&doc, &s, 4, 15, &d), -1);
	ydoc_release(&doc);
	source_release(&s);
	assert_diags(&d, "page.md:4:1: error: did not find expected node content "
			 "[syntax]\n"
			 "    4 | ---\n"
			 "      | ^\n"
			 "  hint: is the '}' missing for the '{' in line 3, column 4?\n");
}

static void assert_refused(struct str text, const char *expected)
{
	struct diags d = DIAGS_INIT;
	struct source s;
	struct ydoc doc;

	source_from(&s, "f", text);
	assert_int_equal(ydoc_parse(&doc, &s, &d), -1);
	ydoc_release(&doc);
	source_release(&s);
	assert_diags(&d, expected);
}

static void unclosed(void **state)
{
	(void)state;
	assert_refused(STR("a: [1, 2\nb: 3\nc: 4\n"),
		       "f:2:2: error: did not find expected ',' or ']' [syntax]\n"
		       "    2 | b: 3\n"
		       "      |  ^\n"
		       "  hint: is the ']' missing for the '[' in line 1, column 4?\n");
	assert_refused(STR("\xc3\xa9: {x: 1\nb: 3\n"),
		       "f:2:2: error: did not find expected ',' or '}' [syntax]\n"
		       "    2 | b: 3\n"
		       "      |  ^\n"
		       "  hint: is the '}' missing for the '{' in line 1, column 4?\n");
	assert_refused(STR("a: \"abc\nb: 1\n"),
		       "f:3:1: error: found unexpected end of stream [syntax]\n"
		       "    3 | \n"
		       "      | ^\n"
		       "  hint: is the '\"' missing for the '\"' in line 1, column 4?\n");
}

static void common_slips(void **state)
{
	(void)state;
	assert_refused(STR("a:\n\tb: 2\n"),
		       "f:2:1: error: a tab before a key or value [syntax]\n"
		       "    2 |  b: 2\n"
		       "      | ^\n"
		       "  hint: indent with spaces\n");
	assert_refused(STR("a: @x\n"),
		       "f:1:4: error: this character can't begin a value [syntax]\n"
		       "    1 | a: @x\n"
		       "      |    ^\n"
		       "  hint: put the text in quotes\n");
	assert_refused(STR("a: b: c\n"),
		       "f:1:5: error: a ':' where no key can stand [syntax]\n"
		       "    1 | a: b: c\n"
		       "      |     ^\n"
		       "  hint: indent the keys of a mapping alike, and quote text that "
		       "holds ': '\n");
	assert_refused(STR("a: x\x01y\n"),
		       "f:1:5: error: control characters are not allowed [syntax]\n"
		       "    1 | a: x\\x01y\n"
		       "      |     ^~~~\n");
}

static void duplicates_all_and_in_order(void **state)
{
	(void)state;
	assert_refused(STR("b: 1\na: 1\n\"b\": 2\na: {x: 1, x: 2}\nb: 3\n"),
		       "f:4:11: error: duplicate key 'x' [duplicate-key]\n"
		       "    4 | a: {x: 1, x: 2}\n"
		       "      |           ^\n"
		       "  hint: it was first given in line 4\n"
		       "f:4:1: error: duplicate key 'a' [duplicate-key]\n"
		       "    4 | a: {x: 1, x: 2}\n"
		       "      | ^\n"
		       "  hint: it was first given in line 2\n"
		       "f:3:1: error: duplicate key 'b' [duplicate-key]\n"
		       "    3 | \"b\": 2\n"
		       "      | ^~~\n"
		       "  hint: it was first given in line 1\n"
		       "f:5:1: error: duplicate key 'b' [duplicate-key]\n"
		       "    5 | b: 3\n"
		       "      | ^\n"
		       "  hint: it was first given in line 1\n");
}

static void what_is_not_supported(void **state)
{
	(void)state;
	assert_refused(STR("a: &x 1\nb: *x\n"),
		       "f:1:4: error: anchors ('&') are not supported [syntax]\n"
		       "    1 | a: &x 1\n"
		       "      |    ^~\n"
		       "f:2:4: error: aliases ('*') are not supported [syntax]\n"
		       "    2 | b: *x\n"
		       "      |    ^~\n");
	assert_refused(STR("a: !t &x [1]\n"),
		       "f:1:7: error: anchors ('&') are not supported [syntax]\n"
		       "    1 | a: !t &x [1]\n"
		       "      |       ^~\n"
		       "f:1:4: error: tags ('!') are not supported [syntax]\n"
		       "    1 | a: !t &x [1]\n"
		       "      |    ^~\n");
	assert_refused(STR("<<: {a: b}\n? [c]\n: d\n"),
		       "f:1:1: error: merge keys ('<<') are not supported [syntax]\n"
		       "    1 | <<: {a: b}\n"
		       "      | ^~\n"
		       "  hint: write the keys out\n"
		       "f:2:3: error: a key must be text, not a list [syntax]\n"
		       "    2 | ? [c]\n"
		       "      |   ^\n");
	assert_refused(STR("a: 1\n---\nb: 2\n"),
		       "f:2:1: error: a second document in one file [syntax]\n"
		       "    2 | ---\n"
		       "      | ^~~\n");
	assert_refused(STR("a: \"x\\0y\"\n"),
		       "f:1:4: error: a NUL character in text [syntax]\n"
		       "    1 | a: \"x\\0y\"\n"
		       "      |    ^~~~~~\n");
}

static void what_is(void **state)
{
	static const char *const good[] = { "", "# nothing\n", "---\na: 1\n...\n",
					    "%YAML 1.1\n---\na: 1\n", "\"<<\": 1\n",
					    "a: 1\nA: 2\n", "x", "[]" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		struct diags d = DIAGS_INIT;
		struct source s;
		struct ydoc doc;

		source_from(&s, "f", str_of(good[i]));
		assert_int_equal(ydoc_parse(&doc, &s, &d), 0);
		assert_int_equal(doc.root == NULL, i < 2);
		ydoc_release(&doc);
		source_release(&s);
		assert_diags(&d, "");
	}
}

/* Appends piece with i in place of its '%'. */
static void add_numbered(struct buf *text, struct str piece, size_t i)
{
	buf_addstr(text, str_split(&piece, '%'));
	if (!str_present(piece))
		return;
	buf_addint(text, (long long)i);
	buf_addstr(text, piece);
}

/* Parses n copies of a piece between two ends; returns the first diagnostic's
 * id, or DIAG_COUNT, and takes the time. */
static enum diag_id parse_many(const char *start, const char *piece, size_t n,
			       const char *end)
{
	enum diag_id id = DIAG_COUNT;
	struct diags d = DIAGS_INIT;
	struct buf text = BUF_INIT;
	clock_t began = clock();
	struct source s;
	struct ydoc doc;

	buf_adds(&text, start);
	for (size_t i = 0; i < n; i++)
		add_numbered(&text, str_of(piece), i);
	buf_adds(&text, end);
	source_from(&s, "f", buf_str(&text));
	if (ydoc_parse(&doc, &s, &d) < 0)
		id = d.items[0].id;
	/* Quadratic ones take minutes. */
	assert_true(clock() - began < 10 * CLOCKS_PER_SEC);
	ydoc_release(&doc);
	source_release(&s);
	buf_release(&text);
	diags_release(&d);
	return id;
}

static void depth_has_a_limit(void **state)
{
	(void)state;
	assert_int_equal(parse_many("", "[", 64, ""), DIAG_SYNTAX);
	assert_int_equal(parse_many("", "[", 65, ""), DIAG_TOO_DEEP);
	assert_int_equal(parse_many("", "[", 1000000, ""), DIAG_TOO_DEEP);
	assert_int_equal(parse_many("", "{a: ", 65, ""), DIAG_TOO_DEEP);
	assert_int_equal(parse_many("", "- ", 500000, ""), DIAG_TOO_DEEP);
	assert_int_equal(parse_many("", "? ", 500000, ""), DIAG_SYNTAX);
}

static void large_input_is_no_trouble(void **state)
{
	(void)state;
	assert_int_equal(parse_many("", "k%:\n", 110000, ""), DIAG_COUNT);
	assert_int_equal(parse_many("{", "k%: 1, ", 70000, "}"), DIAG_COUNT);
	assert_int_equal(parse_many("[", "[], ", 250000, "]"), DIAG_COUNT);
	assert_int_equal(parse_many("", "a:\n", 340000, ""), DIAG_DUPLICATE_KEY);
	assert_int_equal(parse_many("", "- &a b\n", 140000, ""), DIAG_SYNTAX);
	assert_int_equal(parse_many("", "- *a\n", 200000, ""), DIAG_SYNTAX);
	assert_int_equal(parse_many("", "\xc3\xa9 ", 340000, ""), DIAG_COUNT);
	assert_int_equal(parse_many("", "a ", SOURCE_MAX / 2 + 1, ""), DIAG_TOO_LARGE);
}

/* The hint of each would have to look for the line of the first one. */
static void late_duplicates_are_no_trouble(void **state)
{
	struct buf start = BUF_INIT;

	(void)state;
	for (int i = 0; i < 200000; i++)
		buf_addlit(&start, "#\n");
	assert_int_equal(parse_many(start.p, "a:\n", 200000, ""), DIAG_DUPLICATE_KEY);
	buf_release(&start);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nodes_know_their_bytes),
		cmocka_unit_test(a_part_has_the_places_of_the_whole),
		cmocka_unit_test(unclosed),
		cmocka_unit_test(common_slips),
		cmocka_unit_test(duplicates_all_and_in_order),
		cmocka_unit_test(what_is_not_supported),
		cmocka_unit_test(what_is),
		cmocka_unit_test(depth_has_a_limit),
		cmocka_unit_test(large_input_is_no_trouble),
		cmocka_unit_test(late_duplicates_are_no_trouble),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
