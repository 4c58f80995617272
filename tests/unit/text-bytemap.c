/*
 * A passage of the visible text is found in the bytes of the body: its letters are
 * those that the bytes show when they are read in the body's format.  Of a sentence
 * that is there twice, quoted once, the right one is taken; what has no sure place
 * has none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "random.h"
#include "text/bytemap.h"
#include "text/sentence.h"

#include <stdlib.h>
#include <time.h>

static void show(enum body_format format, struct str body, struct buf *out)
{
	struct body_spans foreign = { .items = NULL };
	struct arena arena = ARENA_INIT;
	struct body_tree tree;

	body_read(&arena, format, body, &tree);
	body_prose(&tree, out, &foreign);
	body_spans_release(&foreign);
	arena_release(&arena);
}

static void letters(struct buf *out, struct str s)
{
	const char *p = s.p, *end = str_end(s);

	while (p < end) {
		uint32_t c = utf8_next(&p, end);

		if (c != UTF8_BAD && utf8_wordlike(c))
			utf8_add(out, c);
	}
}

struct sample {
	enum body_format format;
	const char *body, *passage, *bytes; /* bytes NULL: no sure place */
};

static const struct sample samples[] = {
	{ BODY_TEXT, "Hello.\nWe were wrong. Bye", "We were wrong.", "We were wrong." },
	{ BODY_TEXT, "> We were wrong.\n\nWe were wrong.", "We were wrong.", "We were wrong." },
	{ BODY_MARKDOWN, "We **were** [wrong](http://a.example/wrong).", "We were wrong.",
	  "We **were** [wrong](http://a.example/wrong)." },
	{ BODY_MARKDOWN, "It's *ours*, sorry.", "It's ours, sorry.", "It's *ours*, sorry." },
	{ BODY_MARKDOWN, "- one\n- (we were\n  wrong)", "(we were wrong)", "(we were\n  wrong)" },
	{ BODY_MARKDOWN, "See <http://b.example/> now. Ok.", "See http://b.example/ now.",
	  "See <http://b.example/> now." },
	{ BODY_HTML, "<p>Hi</p><p>We <b>were</b> wrong &amp; sorry.</p>", "We were wrong & sorry.",
	  "We <b>were</b> wrong &amp; sorry." },
	{ BODY_HTML, "<p title=\"were\">W&eacute; were</p>", "W\xc3\xa9 were", "W&eacute; were" },
	{ BODY_HTML, "<p>a&#101;b <!-- no > --> c</p>", "aeb c", "a&#101;b <!-- no > --> c" },
	{ BODY_HTML, "<script>we were</script><p>we were</p>", "we were", NULL },
	{ BODY_TEXT, "!!! ???", "???", NULL },
};

static void check(const struct sample *s)
{
	struct str body = str_of(s->body), passage = str_of(s->passage);
	struct buf visible = BUF_INIT;
	struct bytemap map;
	size_t from, start, stop;
	bool found;

	show(s->format, body, &visible);
	for (from = visible.n - passage.n; from > 0; from--)
		if (str_starts(str_slice(buf_str(&visible), from, visible.n), passage))
			break;
	bytemap_init(&map, s->format, body, buf_str(&visible));
	found = bytemap_find(&map, from, from + passage.n, &start, &stop);
	if (found != (s->bytes != NULL))
		fail_msg("%s in %s: found %d", s->passage, s->body, found);
	if (found && !str_is(str_slice(body, start, stop), s->bytes))
		fail_msg("%s in %s: %.*s", s->passage, s->body, (int)(stop - start),
			 s->body + start);
	bytemap_release(&map);
	buf_release(&visible);
}

static void test_samples(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(samples); i++)
		check(&samples[i]);
}

/* The second of two equal ones, not the one that is quoted. */
static void test_quoted(void **state)
{
	struct str body = STR("> Our mistake.\n\nNo, `x`. Our mistake.");
	struct buf visible = BUF_INIT;
	struct bytemap map;
	size_t start, stop;

	(void)state;
	show(BODY_MARKDOWN, body, &visible);
	bytemap_init(&map, BODY_MARKDOWN, body, buf_str(&visible));
	assert_true(bytemap_find(&map, visible.n - 12, visible.n, &start, &stop));
	assert_int_equal(start, body.n - 12);
	assert_int_equal(stop, body.n);
	bytemap_release(&map);
	buf_release(&visible);
}

/* --- Any body, any sentence --- */

static const char *const parts[][16] = {
	{ "we ", "were ", "wrong. ", "Sorry! ", "\n", "\n\n", "> ", "- ", "e.g. ", "1.2 ", "\xc3\xa9t\xc3\xa9 " },
	{ "we ", "were ", "**wrong**. ", "*Sorry*! ", "\n", "\n\n", "> ", "- ", "[a b](http://x.example/we) ",
	  "`were` ", "&amp; ", "&eacute;", "<b>we</b> ", "\\*", "\xc3\xa9t\xc3\xa9 ", "# " },
	{ "we ", "were ", "<b>wrong</b>. ", "Sorry! ", "<p>", "</p>", "<blockquote>", "</blockquote>", "<br>",
	  "&eacute;", "&lt;", "<a href=\"we\">a</a> ", "&#119;e ", "<i title='>'>", "</i>", "<li>" },
};
static const enum body_format formats[] = { BODY_TEXT, BODY_MARKDOWN, BODY_HTML };

static size_t check_sentences(enum body_format format, struct str body, size_t *found)
{
	struct buf visible = BUF_INIT;
	struct sentences all;
	struct bytemap map;
	size_t from, to, start, stop, n = 0;

	show(format, body, &visible);
	bytemap_init(&map, format, body, buf_str(&visible));
	all = sentences_of(buf_str(&visible));
	for (; sentences_next(&all, &from, &to); n++) {
		struct buf shown = BUF_INIT, want = BUF_INIT, got = BUF_INIT;

		if (!bytemap_find(&map, from, to, &start, &stop))
			continue;
		++*found;
		assert_true(start < stop && stop <= body.n);
		show(format, str_slice(body, start, stop), &shown);
		letters(&want, str_slice(buf_str(&visible), from, to));
		letters(&got, buf_str(&shown));
		if (strcmp(want.p, got.p))
			fail_msg("'%s' instead of '%s' in '%.*s'", got.p, want.p, STR_ARG(body));
		buf_release(&shown);
		buf_release(&want);
		buf_release(&got);
	}
	bytemap_release(&map);
	buf_release(&visible);
	return n;
}

static void test_random(void **state)
{
	struct random r = { 11 };
	size_t sentences = 0, found = 0;

	(void)state;
	for (int round = 0; round < 6000; round++) {
		uint32_t f = random_below(&r, 3);
		struct buf body = BUF_INIT;

		for (uint32_t i = random_below(&r, 20); i > 0; i--) {
			const char *part = parts[f][random_below(&r, 16)];

			buf_adds(&body, part ? part : " ");
		}
		sentences += check_sentences(formats[f], buf_str(&body), &found);
		buf_release(&body);
	}
	assert_true(found > sentences * 8 / 10);
}

static void test_linear(void **state)
{
	static const char *const hostile[] = { "<", "](", "&", "&a", "<!--", "<a b=\"", "we " };
	clock_t start = clock();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(hostile); i++) {
		struct buf body = BUF_INIT;
		struct bytemap map;

		while (body.n < 1 << 19)
			buf_adds(&body, hostile[i]);
		bytemap_init(&map, BODY_HTML, buf_str(&body), STR("we were"));
		bytemap_release(&map);
		bytemap_init(&map, BODY_MARKDOWN, buf_str(&body), STR("we were"));
		bytemap_release(&map);
		buf_release(&body);
	}
	assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_quoted),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_linear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
