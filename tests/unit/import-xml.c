/*
 * The reader of XML tables gives every row with its values decoded and its
 * line, and ends with one error that names file and line at anything that a
 * data dump can't hold: broken XML, bytes that aren't UTF-8, a DOCTYPE.
 */
#include "check.h"

#include "base/buf.h"
#include "import/xmlcolumns.h"

#include <unistd.h>

static char dir[] = "/tmp/candor-unit-XXXXXX";
static const char path[] = "P.xml"; /* in there */

static int note_row(void *ctx, const struct xmlrow *row)
{
	struct buf *out = ctx;

	buf_addf(out, "%lu:", row->where.line);
	for (size_t i = 0; i < row->n; i++)
		buf_addf(out, " %.*s%s%.*s='%.*s'", STR_ARG(row->attrs[i].space),
			 row->attrs[i].space.n ? ":" : "", STR_ARG(row->attrs[i].name),
			 STR_ARG(row->attrs[i].value));
	buf_addc(out, '\n');
	return 0;
}

/* What reading the bytes gives: rows, then the diagnostic, if any. */
static char *read_bytes(struct str bytes)
{
	struct diags diags = DIAGS_INIT;
	struct buf out = BUF_INIT;
	FILE *f = fopen(path, "w");
	int status;

	assert_non_null(f);
	assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
	assert_int_equal(fclose(f), 0);
	status = xmlrows_read(path, "posts", note_row, &out, &diags);
	assert_int_equal(status, diags.n ? -1 : 0);
	assert_true(diags.n <= 1);
	if (diags.n) {
		struct str said = str_of(diags.items[0].message);

		assert_string_equal(diags.items[0].path, path);
		/* What comes behind the colon is libxml2's and changes. */
		buf_addf(&out, "%lu %s: %.*s\n", diags.items[0].line,
			 diag_name(diags.items[0].id),
			 STR_ARG(str_slice(said, 0, str_index(said, ':'))));
	}
	diags_release(&diags);
	unlink(path);
	return buf_detach(&out);
}

#define assert_rows(text, expected) assert_rows_of(STR(text), (expected), __LINE__)
static void assert_rows_of(struct str bytes, const char *expected, int line)
{
	char *got = read_bytes(bytes);

	if (strcmp(got, expected) != 0) {
		print_error("read:\n%sinstead of:\n%s", got, expected);
		_fail(__FILE__, line);
	}
	free(got);
}

static void gives_rows(void **state)
{
	(void)state;
	assert_rows("<posts/>", "");
	assert_rows("\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?>\r\n<posts>\r\n"
		    "  <row Id=\"1\" Body=\"a\" />\r\n<row/>\r\n"
		    "  <!-- no --><row\n Body='b\"'></row>\n</posts>",
		    "3: Id='1' Body='a'\n4:\n6: Body='b\"'\n");
}

static void decodes_values(void **state)
{
	(void)state;
	assert_rows("<posts><row a=\"&lt;p&gt;&amp;amp; &#38;lt; &#x26; &quot;&apos;\" "
		    "b='&#xA;&#x1F600;\xc3\xa9' c='&amp;&amp;' x:d='no' "
		    "xmlns:x='u' e=''/></posts>",
		    "1: a='<p>&amp; &lt; & \"'' b='\n\xf0\x9f\x98\x80\xc3\xa9' c='&&' "
		    "u:d='no' e=''\n");
	/* Values stay while others are decoded. */
	assert_rows("<posts><row a='&amp;' b='&amp; in a text that needs the room of "
		    "many bytes, more than a buffer has in the beginning, and "
		    "some'/></posts>",
		    "1: a='&' b='& in a text that needs the room of many bytes, more "
		    "than "
		    "a buffer has in the beginning, and some'\n");
}

static void refuses_other_xml(void **state)
{
	(void)state;
	assert_rows("<html><row/></html>", "1 syntax: expected <posts>, found <html>\n");
	assert_rows("<posts>\n<row/>\n<post/></posts>",
		    "2:\n3 syntax: expected <row>, found <post>\n");
	assert_rows("<posts>\n<row><b/></row></posts>",
		    "2:\n2 syntax: expected nothing inside <row>, found <b>\n");
	assert_rows("<posts>\n\nabc</posts>", "3 syntax: text where only rows belong\n");
	assert_rows("<posts><row><![CDATA[x]]></row></posts>",
		    "1:\n1 syntax: text where only rows belong\n");
}

static void refuses_doctypes(void **state)
{
	(void)state;
	assert_rows("<?xml version='1.0'?>\n<!DOCTYPE posts [\n<!ENTITY a 'aaaaaaaaaa'>\n"
		    "<!ENTITY b '&a;&a;&a;&a;&a;&a;'>]>\n<posts><row "
		    "Body='&b;'/></posts>",
		    "2 syntax: a DOCTYPE, which is never read\n");
	assert_rows("<!DOCTYPE posts SYSTEM 'file:///etc/passwd'><posts/>",
		    "1 syntax: a DOCTYPE, which is never read\n");
	assert_rows("<posts>\n<row Body='&b;'/></posts>",
		    "2 syntax: broken XML\n");
}

static void refuses_broken_xml(void **state)
{
	(void)state;
	assert_rows("", "1 syntax: broken XML\n");
	assert_rows("<posts>\n<row Id='1'/>\n",
		    "2: Id='1'\n3 syntax: broken XML\n");
	assert_rows("<posts>\n<row Id='1", "2 syntax: broken XML\n");
	assert_rows("<posts>\n<row Id='1' Id='2'/></posts>",
		    "2 syntax: broken XML\n");
	assert_rows("<posts>\n<row Id='&#0;'/></posts>",
		    "2 syntax: broken XML\n");
	assert_rows("<posts></posts>\n<posts/>",
		    "2 syntax: broken XML\n");
}

static void refuses_bad_bytes(void **state)
{
	(void)state;
	assert_rows("<posts>\n<row a='\n\xff'/></posts>",
		    "3 bad-utf8: byte 0xFF is not UTF-8\n");
	/* Overlong, a surrogate, cut at the end of the file. */
	assert_rows("<posts>\n<row a='\xc1\x81'/></posts>",
		    "2 bad-utf8: byte 0xC1 is not UTF-8\n");
	assert_rows("<posts><row a='\xe0\x80\xaf'/></posts>",
		    "1 bad-utf8: byte 0xE0 is not UTF-8\n");
	assert_rows("<posts><row a='\xed\xa0\x80'/></posts>",
		    "1 bad-utf8: byte 0xED is not UTF-8\n");
	assert_rows("<posts><row a='\xe2\x82", "1 bad-utf8: byte 0xE2 is not UTF-8\n");
	/* What is declared doesn't count. */
	assert_rows("<?xml version='1.0' encoding='ISO-8859-1'?>\n<posts>\n<row "
		"a='\xe9'/>",
		    "3 bad-utf8: byte 0xE9 is not UTF-8\n");
	assert_rows("<?xml version='1.0' encoding='ISO-8859-1'?><posts><row "
		"a='\xc3\xa9'/>"
		    "</posts>", "1: a='\xc3\xa9'\n");
}

/* UTF-16 with its mark, and a NUL byte; instructions are nobody's. */
static void refuses_other_encodings(void **state)
{
	(void)state;
	assert_rows("\xff\xfe<\0p\0o\0s\0t\0s\0/\0>\0",
		    "1 bad-utf8: byte 0xFF is not UTF-8\n");
	assert_rows("<\0p\0o\0s\0t\0s\0/\0>\0", "1 syntax: broken XML\n");
	assert_rows("<posts>\n<row a='\0'/></posts>", "2 syntax: broken XML\n");
	assert_rows("<posts>\0</posts>", "1 syntax: broken XML\n");
	assert_rows("<?xml-stylesheet href='file:///etc/passwd'?><posts><?php evil()?>"
		    "<row a='1'/></posts>", "1: a='1'\n");
}

/* A character of three bytes at every offset around the end of a block. */
static void keeps_characters_whole(void **state)
{
	(void)state;
	for (size_t pad = 131072 - 40; pad < 131072 + 8; pad++) {
		struct buf text = BUF_INIT;
		struct str got, want = STR("\xe2\x82\xac'\n");
		char *rows;

		buf_addlit(&text, "<posts><row a='");
		for (size_t i = 0; i < pad; i++)
			buf_addc(&text, 'x');
		buf_addlit(&text, "\xe2\x82\xac'/></posts>");
		rows = read_bytes(buf_str(&text));
		got = str_of(rows);
		assert_true(str_ends(got, want));
		assert_int_equal(got.n, strlen("1: a='") + pad + want.n);
		free(rows);
		buf_release(&text);
	}
}

static void takes_large_values(void **state)
{
	struct buf text = BUF_INIT;
	char *rows;

	(void)state;
	buf_addlit(&text, "<posts><row a='");
	for (size_t i = 0; i < 1 << 20; i++)
		buf_addlit(&text, "&amp;");
	buf_addlit(&text, "'/></posts>");
	rows = read_bytes(buf_str(&text));
	assert_int_equal(strlen(rows), strlen("1: a=''\n") + (1 << 20));
	free(rows);
	buf_reset(&text);
	buf_addlit(&text, "<posts><row a='");
	for (size_t i = 0; i < 11000000; i++)
		buf_addc(&text, 'x');
	buf_addlit(&text, "'/></posts>");
	rows = read_bytes(buf_str(&text));
	assert_true(str_starts(str_of(rows), STR("1 syntax: broken XML")));
	free(rows);
	buf_release(&text);
}

static int stop_at_once(void *ctx, const struct xmlrow *row)
{
	struct diags *diags = ctx;

	return diag_add(diags, DIAG_BAD_VALUE, row->where, "enough");
}

static void stops_when_told(void **state)
{
	struct diags diags = DIAGS_INIT;
	FILE *f = fopen(path, "w");

	(void)state;
	assert_non_null(f);
	fputs("<posts><row/><row/><broken", f);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(xmlrows_read(path, "posts", stop_at_once, &diags, &diags), -1);
	assert_diags(&diags, "P.xml:1: error: enough [bad-value]\n");
	unlink(path);
	assert_int_equal(xmlrows_read("/nowhere/x", "posts", note_row, NULL, &diags),
			 -1);
	assert_diags(&diags, "/nowhere/x: error: cannot open: No such file or directory "
			     "[not-found]\n");
}

struct record {
	int64_t id, at;
	struct str text;
};

static const struct xmlcolumn columns[] = {
	{ "Id", XML_NUMBER, offsetof(struct record, id), true },
	{ "At", XML_TIME, offsetof(struct record, at), true },
	{ "Text", XML_TEXT, offsetof(struct record, text), false },
	{ NULL, XML_TEXT, 0, false }
};

static void fills_structs(void **state)
{
	const struct xmlattr good[] = {
		{ STR_NONE, STR("Text"), STR("t") }, { STR_NONE, STR("New"), STR("?") },
		{ STR_NONE, STR("At"), STR("2010-08-25T19:50:51.187") }, { STR_NONE, STR("Id"), STR("-1") },
	};
	const struct xmlattr bad[] = { { STR_NONE, STR("Id"), STR("1x") } };
	struct xmlrow row = { good, 4, place_line("P.xml", 7, 0) };
	struct diags diags = DIAGS_INIT;
	struct record r = { 0 };

	(void)state;
	assert_int_equal(xmlcolumns_read(columns, &row, &r, &diags), 0);
	assert_int_equal(r.id, -1);
	assert_int_equal(r.at, 1282765851);
	assert_str(r.text, "t");
	row.attrs = bad;
	row.n = 1;
	assert_int_equal(xmlcolumns_read(columns, &row, &r, &diags), -1);
	assert_diags(&diags, "P.xml:7: error: 'Id' is no number: '1x' [bad-value]\n"
			     "P.xml:7: error: missing 'At' [missing-key]\n");
}

static int enter(void **state)
{
	(void)state;
	return mkdtemp(dir) && chdir(dir) == 0 ? 0 : -1;
}

static int leave(void **state)
{
	(void)state;
	return chdir("/") == 0 && rmdir(dir) == 0 ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_rows),
		cmocka_unit_test(decodes_values),
		cmocka_unit_test(refuses_other_xml),
		cmocka_unit_test(refuses_doctypes),
		cmocka_unit_test(refuses_broken_xml),
		cmocka_unit_test(refuses_bad_bytes),
		cmocka_unit_test(refuses_other_encodings),
		cmocka_unit_test(keeps_characters_whole),
		cmocka_unit_test(takes_large_values),
		cmocka_unit_test(stops_when_told),
		cmocka_unit_test(fills_structs),
	};

	return cmocka_run_group_tests(tests, enter, leave);
}
