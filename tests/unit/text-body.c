/*
 * Proves that a body is read within its limits or as plain text with the reason
 * told, that no visible text is lost on the way, that hostile bodies which cost
 * the parsers quadratic time end at once by what is counted, and what a reader is
 * taken to see.  Reading from several threads gives what one gives.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/body.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

/* Appends what is seen; the reason for the fallback, or NULL. */
static const char *see(struct buf *out, enum body_format format, struct str body,
		       unsigned how)
{
	struct arena a = ARENA_INIT;
	struct body_tree tree;

	body_read(&a, format, body, &tree);
	body_visible(&tree, how, out);
	arena_release(&a);
	return tree.fallback;
}

static void check_seen(enum body_format format, const char *body, unsigned how,
		       const char *seen)
{
	struct buf out = BUF_INIT;

	assert_null(see(&out, format, str_of(body), how));
	assert_string_equal(out.p, seen);
	buf_release(&out);
}

static void test_visible(void **state)
{
	(void)state;
	check_seen(BODY_MARKDOWN, "# a\n\nb *c*\nd  \ne\n\n- f\n- g\n", 0,
		   "a\nb c d e\nf\ng");
	check_seen(BODY_MARKDOWN, "a\n\n> b\n\nc", 0, "a\nb\nc");
	check_seen(BODY_MARKDOWN, "a\n\n> b\n\nc", VISIBLE_NO_QUOTES, "a\nc");
	check_seen(BODY_MARKDOWN, "a\n\n    b\n     c\n\nd `e`", 0, "a\nb\nc\nd e");
	check_seen(BODY_MARKDOWN, "a\n\n    b\n\nd `e`", VISIBLE_NO_CODE, "a\nd e");
	check_seen(BODY_MARKDOWN, "![a  b](c) [d](e)", 0, "a b d");
	check_seen(BODY_HTML, "a<img src=b alt=' c '>d", 0, "acd");
	check_seen(BODY_HTML, "<p> a&nbsp;<b> b</b></p><table><tr><td>c<td>d</table>", 0,
		   "a\u00a0 b\nc\nd");
	check_seen(BODY_HTML, "a<aside class=quote>b<blockquote>c</blockquote></aside>d",
		   VISIBLE_NO_QUOTES, "a\nd");
	check_seen(BODY_HTML, "a<blockquote class=spoiler>b</blockquote>",
		   VISIBLE_NO_QUOTES, "a\nSpoiler\nb");
	check_seen(BODY_HTML, "a<script>b</script><!-- c -->", 0, "a");
	check_seen(BODY_HTML, "a<script\\x20c>b</script><p>d", 0, "ab\nd");
	check_seen(BODY_HTML, "a<script<b>c</script>d", 0, "acd");
	check_seen(BODY_TEXT, "a\nb\n\n> c\n>d\n\ne", 0, "a b\nc d\ne");
	check_seen(BODY_TEXT, "a\nb\n\n> c\n>d\n\ne", VISIBLE_NO_QUOTES, "a b\ne");
	check_seen(BODY_HTML, "", 0, "");
}

/* n times s. */
static void repeat(struct buf *b, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_adds(b, s);
}

static void check_fallback(enum body_format format, struct str body, const char *reason)
{
	struct buf out = BUF_INIT;
	const char *told = see(&out, format, body, 0);

	if ((told != NULL) != (reason != NULL) || (told && !strstr(told, reason)))
		fail_msg("'%s' instead of '%s': %.40s", told ? told : "none",
			 reason ? reason : "none", body.p);
	buf_release(&out);
}

struct repeated {
	enum body_format format;
	const char *before, *part, *after;
	size_t n;
	const char *reason;
};

static void check_repeated(const struct repeated *r)
{
	struct buf body = BUF_INIT;

	buf_adds(&body, r->before);
	repeat(&body, r->part, r->n);
	buf_adds(&body, r->after);
	check_fallback(r->format, buf_str(&body), r->reason);
	buf_release(&body);
}

static void test_limits(void **state)
{
	static const struct repeated cases[] = {
		{ BODY_MARKDOWN, "", "a", "", 1 << 20, NULL },
		{ BODY_MARKDOWN, "", "a", "", (1 << 20) + 1, "bytes" },
		{ BODY_HTML, "", "a", "", 1 << 20, NULL },
		{ BODY_HTML, "", "a", "", (1 << 20) + 1, "bytes" },
		{ BODY_HTML, "<p", " a=1", ">b", 3, NULL },
		{ BODY_HTML, "<p", " a=1", ">b", 101, "attributes" },
		{ BODY_HTML, "", "<b>", "a", 98, NULL },
		{ BODY_HTML, "", "<b>", "a", 99, "nesting" },
		{ BODY_HTML, "", "<div>", "a", 150, NULL },
		{ BODY_HTML, "", "<div>", "a", 300, "nesting" },
		{ BODY_HTML, "", "<blockquote>", "a", 101, "nesting" },
		{ BODY_HTML, "", "<font>", "a", 300, "nesting" },
		{ BODY_MARKDOWN, "", "> ", "a", 98, NULL },
		{ BODY_MARKDOWN, "", "> ", "a", 101, "quotations" },
		{ BODY_MARKDOWN, "", "[", "", 10001, "brackets" },
		{ BODY_MARKDOWN, "", "*a **b ", "", 200, NULL },
		{ BODY_HTML, "a<b", "", "", 1, "unclosed markup" },
		{ BODY_HTML, "a<b c=\"", "", "", 1, "unclosed markup" },
		{ BODY_HTML, "a<!-- b", "", "", 1, "unclosed markup" },
		{ BODY_HTML, "a<script>b", "", "", 1, "unclosed markup" },
		{ BODY_HTML, "a<svg>b", "", "", 1, "unclosed markup" },
		{ BODY_HTML, "a</svg><svg>b", "", "", 1, "unclosed markup" },
		{ BODY_HTML, "a<plaintext>b</plaintext>", "", "", 1, "dropped text" },
		{ BODY_HTML, "a<XMP><p>b</XMP>", "", "", 1, "dropped text" },
		{ BODY_HTML, "a<textarea> </textarea>", "", "", 1, NULL },
		{ BODY_HTML, "a<svg><g>b</g></svg>", "", "", 1, "dropped text" },
		{ BODY_HTML, "a<select><option>b</select>c", "", "", 1, "dropped text" },
		{ BODY_HTML, "a<object><p>b</p></object>", "", "", 1, "dropped text" },
		{ BODY_HTML, "a<template><svg>b</svg></template>", "", "", 1, NULL },
		{ BODY_HTML, "a<svg> <path/><style>b</style></svg>", "", "", 1, NULL },
		{ BODY_HTML, "a<noscript>b</noscript><title>c</title>", "", "", 1, NULL },
		{ BODY_HTML, "<svg>", "<g>", "</svg>a", 190, NULL },
		{ BODY_HTML, "<svg>", "<g>", "</svg>a", 201, "nesting" },
		{ BODY_MARKDOWN, "a <b>c</b> <!-- d\n", "", "", 1, NULL },
		{ BODY_MARKDOWN, "a\n\n<!-- d\n", "", "", 1, "unclosed markup" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		check_repeated(&cases[i]);
}

static double cpu_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Each took seconds, or minutes, without the limits. */
static void test_quadratic(void **state)
{
	static const struct repeated cases[] = {
		{ BODY_MARKDOWN, "", "![[]()", "", 32000, "brackets" },
		{ BODY_MARKDOWN, "", "- ", "x\n", 48000, "nesting" },
		{ BODY_MARKDOWN, "- - - - - - - - - - - - - - - - - - - - x", "\n", "",
		  900000, "nesting" },
		{ BODY_MARKDOWN, "", ">", "a*", 48000, "nesting" },
		{ BODY_MARKDOWN, "", "*a_ ", "", 200000, NULL },
		{ BODY_MARKDOWN, "", "a](", "", 200000, NULL },
		{ BODY_MARKDOWN, "", "<!--", "", 200000, "unclosed markup" },
		{ BODY_HTML, "", "<!--", "", 200000, "unclosed markup" },
		{ BODY_HTML, "", "<script>", "", 100000, "unclosed markup" },
		{ BODY_HTML, "", "<a ", "", 300000, "attributes" },
		{ BODY_HTML, "", "<b></i>", "", 100000, "nesting" },
		{ BODY_HTML, "<b><i><u><s><sub><sup><small><kbd><mark>", "<td>a", "",
		  200000, "nodes" },
		{ BODY_HTML, "", "</b>", "", 200000, NULL },
		{ BODY_HTML, "", "<p>", "", 300000, NULL },
		{ BODY_HTML, "", "<3", "", 300000, NULL },
		{ BODY_HTML, "", "&", "", 1000000, NULL },
		{ BODY_HTML, "", "&#", "", 500000, NULL },
		{ BODY_HTML, "", " <b> </b>", "", 100000, NULL },
		{ BODY_HTML, "", "a <b> ", "", 90, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		double start = cpu_seconds();

		check_repeated(&cases[i]);
		/* Far above what it takes, far below what quadratic time is. */
		if (cpu_seconds() - start > 5)
			fail_msg("case %zu: %f s", i, cpu_seconds() - start);
	}
}

/* One long address used by many links, or reopened in many blocks. */
static void test_amplification(void **state)
{
	struct buf body = BUF_INIT;

	(void)state;
	buf_adds(&body, "[a]: /");
	repeat(&body, "b", 200000);
	buf_adds(&body, "\n\n");
	repeat(&body, "[a] ", 5000);
	check_fallback(BODY_MARKDOWN, buf_str(&body), "references");

	buf_reset(&body);
	buf_adds(&body, "<a href=/");
	repeat(&body, "b", 200000);
	buf_adds(&body, ">");
	repeat(&body, "<div>a</div>", 50000);
	check_fallback(BODY_HTML, buf_str(&body), "nodes");
	buf_release(&body);
}

/* Words in markup of every kind, deep and long: all of them come out. */
static void test_nothing_lost(void **state)
{
	static const char *const around[] = {
		"<p>%s</p>", "<ul>%s<li>x</ul>", "<table>%s</table>",
		"<select></select>%s",
		"<title></title>%s", "</div>%s", "<!-- -->%s<!-->", "<body>%s</body>",
		"<head>%s</head>", "<frameset></frameset>%s", "<a><b>%s</a></b>",
		"<html><title>x</title>%s", "<option>%s", "<form>%s<form>",
		"<p><table>%s",
		"<button>%s<button>", "<br>%s</br>", "</p>%s</p>", "<col>%s</col>",
		"<meta charset=utf-16>%s", "<base href=x>%s", "<map><area>%s</map>",
		"<video>%s</video>", "<image>%s</image>", "<embed>%s", "<keygen>%s",
	};
	struct buf body = BUF_INIT, out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(around); i++) {
		struct str form = str_of(around[i]);
		size_t at = str_find(form, STR("%s"));

		buf_reset(&body);
		buf_reset(&out);
		buf_addstr(&body, str_slice(form, 0, at));
		buf_adds(&body, "w\u00f6rd &eacute;&lt;");
		buf_addstr(&body, str_slice(form, at + 2, form.n));
		see(&out, BODY_HTML, buf_str(&body), 0);
		if (str_find(buf_str(&out), STR("w\u00f6rd \u00e9<")) == out.n)
			fail_msg("%s: %s", body.p, out.p);
	}
	buf_release(&body);
	buf_release(&out);
}

static void test_bytes(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	assert_null(see(&out, BODY_HTML, STR("a\0b<p\0>c\xff</p>\x01\r\nd&#1;"), 0));
	assert_string_equal(out.p, "ab\nc\ufffd\nd");
	buf_reset(&out);
	assert_null(see(&out, BODY_MARKDOWN, STR("a\0\r\n\r\nb\xc3&#1;\rc"), 0));
	assert_string_equal(out.p, "a\nb\ufffd c");
	for (int format = BODY_MARKDOWN; format <= BODY_TEXT; format++) {
		buf_reset(&out);
		assert_null(see(&out, (enum body_format)format, STR("a\xff\xc3 b"), 0));
		assert_string_equal(out.p, "a\ufffd\ufffd b");
	}
	buf_reset(&out);
	see(&out, BODY_HTML, STR("<a title='\xf0\x9f\x98\x80'>\xf0\x9f\x98\x80</a>"), 0);
	assert_true(utf8_valid(buf_str(&out)));
	assert_string_equal(out.p, "\xf0\x9f\x98\x80");
	buf_release(&out);
}

/* What falls back shows the body as it was written. */
static void test_fallback_text(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	assert_string_equal(see(&out, BODY_HTML, STR("<p>a</p>\n\n<b"), 0),
			    "unclosed markup");
	assert_string_equal(out.p, "<p>a</p>\n<b");
	buf_release(&out);
}

static void *read_often(void *result)
{
	static const char *const bodies[] = {
		"# a\n\n- *b* [c](d)\n- <kbd>e</kbd>\n", "<p>a<ul><li>b</ul>", "a\n> b\n",
	};
	static const enum body_format formats[] = { BODY_MARKDOWN, BODY_HTML, BODY_TEXT };

	for (int i = 0; i < 3000; i++)
		see(result, formats[i % 3], str_of(bodies[i % 3]), 0);
	return NULL;
}

static void test_threads(void **state)
{
	struct buf results[4] = { BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT };
	pthread_t threads[4];

	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, read_often,
						&results[i]), 0);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	for (size_t i = 0; i < 4; i++) {
		assert_true(str_eq(buf_str(&results[0]), buf_str(&results[i])));
		assert_true(str_starts(buf_str(&results[i]), STR("a\nb c\nea\nba\nb")));
	}
	for (size_t i = 0; i < 4; i++)
		buf_release(&results[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_visible),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_quadratic),
		cmocka_unit_test(test_amplification),
		cmocka_unit_test(test_nothing_lost),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_fallback_text),
		cmocka_unit_test(test_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
