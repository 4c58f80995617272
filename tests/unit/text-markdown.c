/*
 * Proves what is read in Markdown beyond CommonMark, case by case, and that both
 * ways of reading it, the direct one and the one that a body with raw HTML takes,
 * give the same: for every case here, for the fuzzers' corpus and, where
 * CANDOR_SHARED is, for real posts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/json.h"
#include "base/mem.h"
#include "both-ways.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void check_both_ways(struct str body)
{
	struct buf direct = BUF_INIT, rendered = BUF_INIT;

	if (!both_ways(body, &direct, &rendered))
		fail_msg("%.*s\nreads %s\nand   %s", STR_ARG(body), direct.p, rendered.p);
	buf_release(&direct);
	buf_release(&rendered);
}

static bool read_file(const char *path, struct buf *out)
{
	FILE *f = fopen(path, "r");
	size_t n;

	if (!f)
		return false;
	while ((n = fread(buf_room(out, 65536), 1, 65536, f)))
		out->p[out->n += n] = '\0';
	fclose(f);
	return true;
}

struct sample {
	const char *in, *out; /* out NULL: both ways alike is all that is asked */
};

static void check_samples(const struct sample *samples, size_t n)
{
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < n; i++) {
		check_both_ways(str_of(samples[i].in));
		buf_reset(&out);
		both_ways_read(str_of(samples[i].in), &out);
		if (samples[i].out)
			assert_string_equal(out.p, samples[i].out);
	}
	buf_release(&out);
}

#define CHECK(samples) check_samples(samples, ARRAY_LEN(samples))
/* Where the post was written: what leads to a place on its page leads there. */
#define BASE "https://forum.example/t/1"
#define A(url) "<a href=\"" url "\" rel=\"nofollow ugc noopener\">"
#define PRE(text) "<pre tabindex=\"0\"><code>" text "</code></pre>\n"

static void test_strike(void **state)
{
	static const struct sample samples[] = {
		{ "~~a~~ ~b~", "<p><del>a</del> <del>b</del></p>\n" },
		{ "a~~b~~c", "<p>a<del>b</del>c</p>\n" },
		{ "~~a *b* `c`\n[d](#e)~~",
		  "<p><del>a <em>b</em> <code>c</code>\n" A(BASE "#e") "d</a></del></p>\n" },
		{ "*~~a~~*, **b ~~c~~**", "<p><em><del>a</del></em>, "
		  "<strong>b <del>c</del></strong></p>\n" },
		{ "~~a ~b~ c~~ ~a ~~b~~ c~", "<p>~~a <del>b</del> c~~ ~a <del>b</del> c~"
		  "</p>\n" },
		{ "[a ~~b~~](#c)", "<p>" A(BASE "#c") "a <del>b</del></a></p>\n" },
		/* None. */
		{ "~~a~ ~~~b~~~ ~~ c ~~ ~~d", "<p>~~a~ ~~~b~~~ ~~ c ~~ ~~d</p>\n" },
		{ "~5 to ~10, a~b~c, ~/x and ~/y",
		  "<p>~5 to ~10, a~b~c, ~/x and ~/y</p>\n" },
		{ "\\~~a~~ \\~\\~b\\~\\~ ~c~\n\n~c~", "<p>~~a~~ ~~b~~ ~c~</p>\n<p><del>c</del></p>\n" },
		{ "`~~a~~` ~~b\n\nc~~", "<p><code>~~a~~</code> ~~b</p>\n<p>c~~</p>\n" },
		{ "*a ~~b* c~~", "<p><em>a ~~b</em> c~~</p>\n" },
		{ "![~~a~~ \\~ http://b.c](#d)",
		  "<p>" A(BASE "#d") "~~a~~ ~ http://b.c</a></p>\n" },
		{ "~~~~", "<pre tabindex=\"0\"><code></code></pre>\n" },
	};

	(void)state;
	CHECK(samples);
}

static void test_urls(void **state)
{
	static const struct sample samples[] = {
		{ "http://a.b", "<p>" A("http://a.b") "http://a.b</a></p>\n" },
		{ "www.a.b/c", "<p>" A("http://www.a.b/c") "www.a.b/c</a></p>\n" },
		{ "(see https://a.b/c_(d)?e=f&g.)", "<p>(see " A("https://a.b/c_(d)?e=f&amp;g")
		  "https://a.b/c_(d)?e=f&amp;g</a>.)</p>\n" },
		{ "**http://a.b/x_y_z**, [HTTP://a.b]",
		  "<p><strong>" A("http://a.b/x_y_z") "http://a.b/x_y_z</a></strong>, ["
		  A("http://a.b") "HTTP://a.b</a>]</p>\n" },
		{ "http://a.b/c&hl; http://a.b<c", "<p>" A("http://a.b/c") "http://a.b/c</a>"
		  "&amp;hl; " A("http://a.b") "http://a.b</a>&lt;c</p>\n" },
		{ "~~http://a.b/~c/~~ \"http://a.b\"", "<p><del>" A("http://a.b/~c/")
		  "http://a.b/~c/</a></del> &quot;" A("http://a.b") "http://a.b</a>&quot;"
		  "</p>\n" },
		{ "http://a.b/\u00e9|[x]", "<p>" A("http://a.b/%C3%A9%7C%5Bx%5D")
		  "http://a.b/\u00e9|[x]</a></p>\n" },
		{ "# www.a.b\n- www.a.b", "<h1>" A("http://www.a.b") "www.a.b</a></h1>\n<ul>\n"
		  "<li>" A("http://www.a.b") "www.a.b</a></li>\n</ul>\n" },
		/* None. */
		{ "http:// http://a http://a. www. www.. xhttp://a.b me@www.a.b",
		  "<p>http:// http://a http://a. www. www.. xhttp://a.b me@www.a.b</p>\n" },
		{ "http://a_b.c_d www.a_b.c ftp://www.a.b a@b.c",
		  "<p>http://a_b.c_d www.a_b.c ftp://www.a.b a@b.c</p>\n" },
		{ "`http://a.b` [http://a.b](#c) <http://a.b>",
		  "<p><code>http://a.b</code> " A(BASE "#c") "http://a.b</a> " A("http://a.b")
		  "http://a.b</a></p>\n" },
		{ "<a href=#c>x http://a.b</a> www.a.b",
		  "<p>" A(BASE "#c") "x http://a.b</a> " A("http://www.a.b") "www.a.b</a></p>\n" },
		{ "<abbr>http://a.b</abbr>", "<p><abbr>" A("http://a.b") "http://a.b</a>"
		  "</abbr></p>\n" },
	};

	(void)state;
	CHECK(samples);
}

static void test_tasks(void **state)
{
	static const struct sample samples[] = {
		{ "- [ ] a\n- [x] b\n1. [X] *c*\n", "<ul>\n<li>\u2610 a</li>\n<li>\u2611 b</li>\n"
		  "</ul>\n<ol>\n<li>\u2611 <em>c</em></li>\n</ol>\n" },
		{ "- [ ] a\n\n  [ ] b\n- [ ] c", "<ul>\n<li><p>\u2610 a</p>\n<p>[ ] b</p>\n</li>\n"
		  "<li><p>\u2610 c</p>\n</li>\n</ul>\n" },
		/* None. */
		{ "[ ] a\n\n- [ ]b\n- \\[ ] c\n- [y] d\n- [ ]\n- a [ ] b",
		  "<p>[ ] a</p>\n<ul>\n<li>[ ]b</li>\n<li>[ ] c</li>\n<li>[y] d</li>\n"
		  "<li>[ ]</li>\n<li>a [ ] b</li>\n</ul>\n" },
		{ "- [x] a\n\n[x]: #b", "<ul>\n<li>" A(BASE "#b") "x</a> a</li>\n</ul>\n" },
	};

	(void)state;
	CHECK(samples);
}

static void test_tables(void **state)
{
	static const struct sample samples[] = {
		{ "| a | b |\n|---|---|\n| *c* | `d` |\n\ne",
		  PRE("| a | b |\n|---|---|\n| *c* | &#96;d&#96; |\n") "<p>e</p>\n" },
		{ "a *b\nc*\nd | e\n:-:|--\nf\n", "<p>a <em>b\nc</em></p>\n"
		  PRE("d | e\n:-:|--\nf\n") },
		{ "> - a\n>   | b |\n>   |---|\n>   | c |\nd",
		  "<blockquote>\n<ul>\n<li>a" PRE("| b |\n|---|\n| c |\nd\n")
		  "</li>\n</ul>\n</blockquote>\n" },
		{ "1. | a |\n   |---|\n\n   b\n", "<ol>\n<li>" PRE("| a |\n|---|\n")
		  "<p>b</p>\n</li>\n</ol>\n" },
		{ "[a]: #b\n| [a] |\n|--|\n\n[a]", PRE("| [a] |\n|--|\n") "<p>" A(BASE "#b")
		  "a</a></p>\n" },
		{ "a `b\n| c |\n|--|\n| d` |", "<p>a &#96;b</p>\n" PRE("| c |\n|--|\n| d&#96; |\n") },
		{ "|a|\n|-|\n\n# b\n\n|c|\n|-|\n|d|", PRE("|a|\n|-|\n") "<h1>b</h1>\n"
		  PRE("|c|\n|-|\n|d|\n") },
		{ "|a\\|b|\n|-|\n", PRE("|a\\|b|\n|-|\n") },
		{ "|<b>a</b>|\n|-|\n", PRE("|&lt;b&gt;a&lt;/b&gt;|\n|-|\n") },
		/* None. */
		{ "|a|\n|-|-|\nb", "<p>|a|\n|-|-|\nb</p>\n" },
		{ "|-|\na", "<p>|-|\na</p>\n" },
		{ "a\n|-|", "<p>a\n|-|</p>\n" },
		{ "a | b\n---", "<h1>a | b</h1>\n" },
		{ "```\n|a|\n|-|\n```", PRE("|a|\n|-|\n") },
		{ "> a\n|b|\n|-|", "<blockquote>\n<p>a\n|b|\n|-|</p>\n</blockquote>\n" },
		{ "a\n      |b|\n|-|", "<p>a\n|b|\n|-|</p>\n" },
	};

	(void)state;
	CHECK(samples);
}

/* CommonMark's own constructs. */
static void test_both_ways(void **state)
{
	static const struct sample samples[] = {
		{ "# a *b*\n\nc\n===\n\nd  \ne\\\nf\ng", NULL },
		{ "- a\n- b\n  - c\n\n    d\n  - e\n\n3) f\n4) g\n", NULL },
		{ "- a\n\n- b\n\n  > c\n  > - d\n  >\n  >   e\n", NULL },
		{ "-\n- \n  a\n-   b\n\n\n      c\n", NULL },
		{ "> a\nb\n> > c\n\n> ```py\n> d\n\n    e\n\tf\n", NULL },
		{ "```C++ x\n<&\"'>\n\n```\n~~~ \n\n~~~\n```lang-js\na\n```\n``` &quot;\nb\n```", NULL },
		{ "`a  b` `` ` `` ` c `\n`d\ne`", NULL },
		{ "*a **b** _c_* ***d*** __e__ *f*g* **", NULL },
		{ "&amp; &lt;b&gt; &copy; &#38; &#0; &nbsp; &bogus; \\& \\*a\\*", NULL },
		{ "![a *b* `c` &amp; ![d](e) [f](g)\nh  \ni](j \"k\")![](l)", NULL },
		{ "[a **b** `c` ![d](e)](f 'g') [](h) [i] <mailto:j@k.l>\n\n[i]: </m n>", NULL },
		{ "[a](/b\"c<d>[e]{f}\\g^h`i|j%20k&l='m'\u00e9)", NULL },
		{ "[a](<b c> \"d\") [e](javascript:f) [g](#h) [i](//j)", NULL },
		{ "a\n***\nb\n- - -\n", NULL },
		{ "  a\n   b   \n\n\n\n   c \t\n\td", NULL },
		{ "- ```\n  a\n  ```\n- # b\n- ---\n- > c\n", NULL },
		{ "- [ ] ~~a~~ http://b.c\n\n  | d |\n  |---|\n", NULL },
		{ "1. a\n1. b\n\n0. c\n\n123456789. d", NULL },
		{ "", NULL },
	};

	(void)state;
	CHECK(samples);
}

/* How many texts called `key` are in it; each is checked. */
static size_t check_bodies(const struct json *v, const char *key)
{
	size_t n = 0;

	if (v->kind == JSON_LIST)
		for (size_t i = 0; i < v->u.list.n; i++)
			n += check_bodies(&v->u.list.items[i], key);
	if (v->kind != JSON_OBJECT)
		return n;
	for (size_t i = 0; i < v->u.object.n; i++) {
		const struct json_member *m = &v->u.object.members[i];

		if (m->value.kind == JSON_STR && str_is(m->key, key)) {
			check_both_ways(m->value.u.str);
			n++;
		} else {
			n += check_bodies(&m->value, key);
		}
	}
	return n;
}

/* The bodies in each file of the folder; with key NULL each file is one. */
static size_t check_folder(const char *folder, const char *key)
{
	DIR *dir = opendir(folder);
	size_t n = 0;

	for (struct dirent *e; dir && (e = readdir(dir));) {
		struct diags diags = DIAGS_INIT;
		struct arena a = ARENA_INIT;
		struct buf path = BUF_INIT, text = BUF_INIT;
		const struct json *v;

		buf_addf(&path, "%s/%s", folder, e->d_name);
		if (e->d_name[0] != '.' && read_file(path.p, &text)) {
			v = key ? json_parse(&a, buf_str(&text), place_line(path.p, 1, 0), &diags) : NULL;
			if (!key)
				check_both_ways(buf_str(&text));
			n += key ? (v ? check_bodies(v, key) : 0) : 1;
		}
		buf_release(&text);
		buf_release(&path);
		arena_release(&a);
		diags_release(&diags);
	}
	if (dir)
		closedir(dir);
	return n;
}

static void test_corpus(void **state)
{
	(void)state;
	assert_true(check_folder("tests/fuzz/corpus/body-markdown", NULL) > 5);
}

static void test_real_posts(void **state)
{
	const char *shared = getenv("CANDOR_SHARED");
	struct buf path = BUF_INIT;
	size_t n;

	(void)state;
	buf_addf(&path, "%s/data/github/rust-rest", shared ? shared : "../shared");
	n = check_folder(path.p, "body");
	if (!n)
		print_message("no %s\n", path.p);
	buf_release(&path);
	if (!n)
		skip();
	assert_true(n > 1000);
}

static double cpu_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Half a megabyte of what each step looks for. */
static void test_linear(void **state)
{
	static const char *const parts[] = {
		"~", "~~", "~ ", "~~a ", "a~~ ", "~~a~~", "~a ~~b ", "~~a~ ", "\\~", "*~~a ",
		"http://a.b/(", "http://a.b/)", "http://a.b ", "www.", "_www.", "w", "http://",
		"http://a.b;", "&a;", "http://a.b/&a;", "(", "[ ] ", "- [ ] a\n", "|", "||\n",
		"|-|\n", "|a|\n|-|\n\n", "a|b\n-|-\n", "|a\n", "|-", "> |a|\n> |-|\n>\n",
		"<a>www.a.b ", "<b>~~", "| a |\n|---|\n# b\n", "~~\n",
	};
	struct buf body = BUF_INIT, out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		double start = cpu_seconds(), took;

		buf_reset(&body);
		buf_reset(&out);
		while (body.n < 500000)
			buf_adds(&body, parts[i]);
		both_ways_read(buf_str(&body), &out);
		took = cpu_seconds() - start;
		if (took > 5)
			fail_msg("%f s: %s", took, parts[i]);
	}
	buf_release(&body);
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_strike),
		cmocka_unit_test(test_urls),
		cmocka_unit_test(test_tasks),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_both_ways),
		cmocka_unit_test(test_corpus),
		cmocka_unit_test(test_real_posts),
		cmocka_unit_test(test_linear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
