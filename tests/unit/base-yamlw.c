/* Whatever a text holds, the reader of YAML gets it back, byte for byte and as text. */
#include "check.h"

#include "base/source.h"
#include "base/utf8.h"
#include "base/yamlw.h"
#include "base/ydoc.h"

static void assert_back(const char *before, struct str s, const char *behind)
{
	struct diags d = DIAGS_INIT;
	struct buf text = BUF_INIT;
	const struct ynode *node;
	struct source source;
	struct ydoc doc;

	buf_adds(&text, before);
	yamlw_text(&text, s);
	buf_adds(&text, behind);
	source_from(&source, "f", buf_str(&text));
	assert_int_equal(ydoc_parse(&doc, &source, &d), 0);
	node = ydoc_get(doc.root, "key");
	if (node->kind == Y_LIST)
		node = node->first;
	assert_false(ydoc_is_null(node));
	assert_int_equal(node->kind, Y_SCALAR);
	assert_true(str_eq(node->text, s));
	ydoc_release(&doc);
	source_release(&source);
	buf_release(&text);
	diags_release(&d);
}

static void assert_everywhere(struct str s)
{
	assert_back("key: ", s, "\n");
	assert_back("key: ", s, "   # 3 posts\nnext: 1\n");
	assert_back("key: [", s, "]\n");
	assert_back("key: [", s, ", x]\n");
}

static void texts_come_back(void **state)
{
	static const char *const texts[] = {
		"Dana Reyes", "", " ", "a ", " a", "Q: & A", "a:", "a: b", "a #b", "#", "- a",
		"\"Best\" Ltd", "O'Neill & Sons", "back\\slash", "null", "Null", "~", "no", "Y",
		"17", "1e3", "0x1f", "12:30", "{{x}}", "[a]", "{a: b}", "a, b", "*a", "&a", "!a",
		"%a", "@a", "`a`", "|", ">", "?", "? a", "---", "...", "<<", "=", "a\nb", "a\tb",
		"a\r\nb", "\x01\x7f", "https://open.acme.example/a?b=c#d", "mailto:open@acme.example",
		"\xe7\x99\xbd\xe6\x9d\xa8\xe8\x8c\xb6\xe9\xa6\x86", /* Chinese */
		"\xf0\x9f\xab\x96 tea", "\xef\xbb\xbf" "a", "a\xc2\x85" "b", "a\xe2\x80\xa8" "b",
		"\xe2\x80\xae" "abc", "\xc2\xa0", "\xef\xbf\xbe", "\xf3\xa0\x80\x81",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_everywhere(str_of(texts[i]));
}

static void every_character_comes_back(void **state)
{
	struct buf s = BUF_INIT;

	(void)state;
	for (uint32_t c = 1; c < 0x3100; c++) {
		buf_reset(&s);
		buf_adds(&s, "a");
		utf8_add(&s, c);
		assert_back("key: [", buf_str(&s), "]\n");
	}
	buf_release(&s);
}

static void assert_written_as(struct str text, const char *want)
{
	struct buf out = BUF_INIT;

	yamlw_text(&out, text);
	assert_string_equal(out.p, want);
	assert_int_equal(out.n, strlen(want));
	buf_release(&out);
}

static void assert_written(const char *text, const char *want)
{
	assert_written_as(str_of(text), want);
}

static void what_is_plain_stays_plain(void **state)
{
	(void)state;
	assert_written("Dana Reyes", "Dana Reyes");
	assert_written("https://open.acme.example/", "https://open.acme.example/");
	assert_written("mailto:open@acme.example", "mailto:open@acme.example");
	assert_written("17", "\"17\"");
	assert_written("no", "\"no\"");
	assert_written("Caf\xc3\xa9", "\"Caf\xc3\xa9\"");
	assert_written("a\xff" "b", "\"a\xef\xbf\xbd" "b\"");
	assert_written_as(STR("a\0b"), "\"a\xef\xbf\xbd" "b\"");
	assert_written("a\nb", "\"a\\x0Ab\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_come_back),
		cmocka_unit_test(every_character_comes_back),
		cmocka_unit_test(what_is_plain_stays_plain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
