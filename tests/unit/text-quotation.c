/*
 * Where bodies quote in blocks: lines, elements and [quote], nested, unclosed,
 * crossing; and the sentences of a text, which are the same in every format.
 */
#include "check.h"

#include "text/quotation.h"
#include "text/words.h"

/* Each quotation between { and }, those within it likewise. */
static void mark(struct buf *out, const struct quotations *q, struct str body, size_t from,
		 size_t to, size_t i, size_t end)
{
	for (; i < end; i = q->items[i].next) {
		buf_addstr(out, str_slice(body, from, q->items[i].start));
		buf_addc(out, '{');
		mark(out, q, body, q->items[i].start, q->items[i].end, i + 1, q->items[i].next);
		buf_addc(out, '}');
		from = q->items[i].end;
	}
	buf_addstr(out, str_slice(body, from, to));
}

static void finds(enum body_format format, const char *body, const char *marked)
{
	struct quotations q = QUOTATIONS_INIT;
	struct buf out = BUF_INIT;

	quotations_find(&q, format, str_of(body));
	mark(&out, &q, str_of(body), 0, strlen(body), 0, q.n);
	assert_string_equal(out.p, marked);
	buf_release(&out);
	quotations_release(&q);
}

static void lines(void **state)
{
	(void)state;
	finds(BODY_TEXT, "", "");
	finds(BODY_TEXT, "a > b", "a > b");
	finds(BODY_TEXT, "> a\n> b\nc\n", "{> a\n> b\n}c\n");
	finds(BODY_TEXT, "x\n   > a", "x\n{   > a}");
	finds(BODY_TEXT, "    > code", "    > code");
	finds(BODY_TEXT, "> a\n> > b\n>> c\n> d\n", "{> a\n{> > b\n>> c\n}> d\n}");
	finds(BODY_TEXT, ">> b\n> a\n", "{{>> b\n}> a\n}");
	finds(BODY_TEXT, "> a\n\n> b", "{> a\n}\n{> b}");
	/* Markdown goes on without the mark, until an empty line. */
	finds(BODY_MARKDOWN, "> a\nb\nc\n\nd", "{> a\n}{b\nc\n}\nd");
	finds(BODY_MARKDOWN, "> a\n>\nb", "{> a\n>\n}b");
	finds(BODY_HTML, "> a", "> a");
}

static void elements(void **state)
{
	(void)state;
	finds(BODY_HTML, "<p>a</p><blockquote class=x>b</blockquote>c",
	      "<p>a</p>{<blockquote class=x>b</blockquote>}c");
	finds(BODY_HTML, "<blockquote>a<BLOCKQUOTE>b</blockquote></blockquote>",
	      "{<blockquote>a{<BLOCKQUOTE>b</blockquote>}</blockquote>}");
	finds(BODY_HTML, "<blockquote>a", "{<blockquote>a}");
	finds(BODY_HTML, "a</blockquote>", "a</blockquote>");
	finds(BODY_HTML, "<aside>a</aside><aside class=\"no quote\">b</aside>",
	      "<aside>a</aside>{<aside class=\"no quote\">b</aside>}");
	finds(BODY_HTML, "<aside class=quote><aside>x</aside>y</aside>z",
	      "{<aside class=quote><aside>x</aside>y</aside>}z");
	finds(BODY_HTML, "<blockquotes>a<blockquote", "<blockquotes>a<blockquote");
	finds(BODY_MARKDOWN, "a\n<blockquote>b</blockquote>",
	      "a\n{<blockquote>b</blockquote>}");
	finds(BODY_TEXT, "<blockquote>b</blockquote>", "<blockquote>b</blockquote>");
}

static void bbcode(void **state)
{
	(void)state;
	finds(BODY_MARKDOWN, "[quote=\"jo, post:1\"]\na\n[/quote]\nb",
	      "{[quote=\"jo, post:1\"]\na\n[/quote]}\nb");
	finds(BODY_TEXT, "[QUOTE]a[quote]b[/quote][/QUOTE]",
	      "{[QUOTE]a{[quote]b[/quote]}[/QUOTE]}");
	finds(BODY_TEXT, "[quote]a", "[quote]a");
	finds(BODY_TEXT, "[quotes]a[/quote]", "[quotes]a[/quote]");
	/* What begins in one and ends outside of it is none. */
	finds(BODY_TEXT, "> [quote]a\nb[/quote]", "{> [quote]a\n}b[/quote]");
}

static void replacing(void **state)
{
	struct quotation q = { .kind = QUOTATION_LINES, .depth = 2 };
	struct buf out = BUF_INIT;

	(void)state;
	quotation_replace(&out, &q, STR("[x]"));
	q = (struct quotation){ .kind = QUOTATION_HTML };
	quotation_replace(&out, &q, STR("[x]"));
	assert_string_equal(out.p, "> > [x]\n<blockquote>[x]</blockquote>");
	buf_release(&out);
}

/* Deep, long and broken: all of it is looked at once. */
static void large(void **state)
{
	static const char *const pieces[] = {
		">", "> ", "<", "<a", "<blockquote>", "[quote]", "](", "&", "<!--", "[quote",
		"> a\nb\n", "<blockquote", "-a", "\xc3\xa9.",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		struct quotations q = QUOTATIONS_INIT;
		struct sentence s = { .words = BUF_INIT };
		struct buf b = BUF_INIT;
		struct words w;

		while (b.n < 1 << 20)
			buf_adds(&b, pieces[i]);
		for (int format = 0; body_format_names[format]; format++)
			quotations_find(&q, (enum body_format)format, buf_str(&b));
		words_init(&w, buf_str(&b));
		while (sentence_next(&w, &s))
			;
		sentence_release(&s);
		quotations_release(&q);
		buf_release(&b);
	}
}

static void reads(const char *text, const char *sentences)
{
	struct sentence s = { .words = BUF_INIT };
	struct buf out = BUF_INIT;
	struct words w;

	words_init(&w, str_of(text));
	while (sentence_next(&w, &s)) {
		buf_addstr(&out, buf_str(&s.words));
		buf_addc(&out, '|');
	}
	assert_string_equal(out.p, sentences);
	buf_release(&out);
	sentence_release(&s);
}

static void sentences(void **state)
{
	(void)state;
	reads("", "");
	reads("...", "");
	reads("The Lid. It leaks!\nAnd more", "the lid|it leaks|and more|");
	reads("The *lid* ~~of~~ the `pot`", "the lid of the pot|");
	reads("<p>The <em>lid</em> of</p><p>the&nbsp;pot</p>", "the lid of|the pot|");
	reads("> The lid\n> of the\n>\n> pot", "the lid of the|pot|");
	reads("[the lid](https://a.example/x) of [it](y", "the lid of it y|");
	reads("version 2.5 of it", "version 2 5 of it|");
	reads("it isn\xe2\x80\x99t; it isn't", "it isn t|it isn t|");
	reads("a <b and c", "a b and c|");
	reads("\xc3\x89t\xc3\xa9", "\xc3\xa9t\xc3\xa9|");
}

static void parts(void **state)
{
	struct sentence s = { .words = BUF_INIT };
	struct words w;

	(void)state;
	words_init(&w, STR("One two three. Four"));
	assert_true(sentence_next(&w, &s));
	assert_int_equal(s.n, 3);
	assert_true(str_is(sentence_part(&s, 0, 2), "one two"));
	assert_true(str_is(sentence_part(&s, 1, 2), "two three"));
	assert_true(sentence_next(&w, &s));
	assert_true(str_is(sentence_part(&s, 0, 1), "four"));
	assert_false(sentence_next(&w, &s));
	sentence_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines),     cmocka_unit_test(elements),
		cmocka_unit_test(bbcode),    cmocka_unit_test(replacing),
		cmocka_unit_test(large),     cmocka_unit_test(sentences),
		cmocka_unit_test(parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
