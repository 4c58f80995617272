/*
 * Proves that visible text in is visible text out.  Random bodies have numbered
 * words wherever a reader sees text and decoys wherever none is seen; of what is
 * published, and of what counts as visible, every word comes once and in its order,
 * and no decoy comes, but where the body is shown as its source.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/mem.h"
#include "random.h"
#include "render/body.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS = 4000, DEPTH = 6 };

struct body {
	struct random random;
	struct buf text;
	size_t words;
};

static bool chance(struct body *b, uint32_t one_in)
{
	return !random_below(&b->random, one_in);
}

#define PICK(b, list) (list)[random_below(&(b)->random, ARRAY_LEN(list))]

static void put_word(struct body *b)
{
	buf_addf(&b->text, "w%zux", b->words++);
}

/* Adds form with each %w a new word. */
static void put(struct body *b, const char *form)
{
	for (const char *at; (at = strstr(form, "%w")); form = at + 2) {
		buf_add(&b->text, form, (size_t)(at - form));
		put_word(b);
	}
	buf_adds(&b->text, form);
}

/* --- HTML --- */

static void put_unseen(struct body *b)
{
	static const char *const forms[] = {
		"<!-- decoy -->", "<!--><!-- > decoy --!>", "<?decoy>", "<!decoy>",
		"<script>decoy <p> </scrip></script>", "<style><!-- decoy </style>",
		"<title>decoy</title>", "<iframe>decoy</iframe>",
		"<noembed><p>decoy</noembed>", "<noframes>decoy</noframes >",
		"<noscript><img alt=decoy></noscript>",
		"<template><b>decoy</b></template>", "<datalist><option>decoy</datalist>",
		"<svg viewBox='0 0'><title>decoy</title><path d=decoy /></svg>",
		"<select></select>", "<textarea> </textarea>", "<br title=decoy>",
		"</x decoy>", "<object data=decoy></object>",
	};

	buf_adds(&b->text, PICK(b, forms));
}

static void put_html(struct body *b, int depth)
{
	static const char *const names[] = {
		"b", "i", "em", "u", "del", "sub", "kbd", "code", "small", "mark", "span",
		"font", "x-y", "label", "button", "q", "a", "abbr", "p", "div", "h1", "h3",
		"h6", "blockquote", "pre", "ul", "ol", "li", "table", "tbody", "tr", "td",
		"th", "caption", "details", "summary", "dl", "dt", "dd", "section", "form",
		"fieldset", "center", "figure", "listing", "samp", "tt", "aside", "video",
		"map", "option", "head", "body", "html", "main", "address", "dialog",
	};
	static const char *const attributes[] = {
		"", "", "", " class=decoy", " title='decoy>'", " href=\"http://decoy/\"",
		" href=#decoy", " class='quote decoy'", " class=spoiler", " id=\"decoy\" x/",
		" class=lang-decoy", " start=7", " style=decoy hidden",
	};
	static const char *const texts[] = {
		"%w", "%w ", " %w", "%w &amp; %w", "\n%w\n", "%w<br>%w", "<hr>%w",
		"<img alt=' %w ' src=decoy>", "%w&lt;%w", "%w < %w", "%w<3%w", "&%w;",
		"%w&#32;%w", " ", "\n\n",
	};
	uint32_t parts = random_below(&b->random, 4);

	for (uint32_t i = 0; i <= parts; i++) {
		const char *name = PICK(b, names);

		if (depth == DEPTH || chance(b, 3)) {
			put(b, PICK(b, texts));
			continue;
		}
		if (chance(b, 8))
			put_unseen(b);
		if (!chance(b, 9))
			buf_addf(&b->text, "<%s%s>", name, PICK(b, attributes));
		put_html(b, depth + 1);
		if (!chance(b, 4))
			buf_addf(&b->text, "</%s>", chance(b, 9) ? PICK(b, names) : name);
	}
}

/* --- Markdown --- */

/* Blocks, each in lines that begin with prefix. */
static void put_blocks(struct body *b, const char *prefix, int depth)
{
	static const char *const blocks[] = {
		"%w", "# %w", "%w *%w* **%w**", "%w\\\n%w", "[%w](http://decoy/ \"decoy\")",
		"![%w](decoy)", "`%w` ``%w ` %w``", "[%w][decoy]", "%w &amp;%w&copy;%w",
		"%w<!-- decoy -->%w", "%w <kbd title=decoy>%w</kbd>", "<http://%w.example/>",
		"*%w [_%w_ `%w`](<decoy>)*%w", "%w\\*%w\\_%w", "**%w*%w", "[%w] ![%w",
		"%w~~%w~~ ~%w", "| %w | %w |", "- [ ] %w", "http://%w.example/%w",
	};
	char inner[64];
	uint32_t n = 1 + random_below(&b->random, 3);

	for (uint32_t i = 0; i < n; i++) {
		uint32_t kind = random_below(&b->random, depth == DEPTH ? 5 : 7);

		buf_adds(&b->text, prefix);
		if (kind < 3) {
			put(b, PICK(b, blocks));
		} else if (kind == 3) {
			buf_addf(&b->text, "```decoy\n%s", prefix);
			put(b, "%w  %w");
			buf_addf(&b->text, "\n%s```", prefix);
		} else if (kind == 4) {
			put(b, "|%w|%w|");
			buf_addf(&b->text, "\n%s|-|:-:|\n%s", prefix, prefix);
			put(b, "|%w|*%w*|");
		} else {
			static const char *const markers[] = { "> ", "- ", "+ ", "2. ", "9) " };
			const char *marker = PICK(b, markers);

			snprintf(inner, sizeof(inner), "%s%s", prefix,
				 *marker == '>' ? marker : strlen(marker) == 2 ? "  " : "   ");
			put(b, marker);
			put(b, "%w");
			buf_addf(&b->text, "\n%s\n", *marker == '>' ? inner : prefix);
			put_blocks(b, inner, depth + 1);
		}
		buf_addf(&b->text, "%s%s\n", kind > 4 ? "" : "\n", prefix);
	}
}

static void put_markdown(struct body *b)
{
	put_blocks(b, "", 0);
	buf_adds(&b->text, "\n[decoy]: http://decoy/ 'decoy'\n");
}

/* --- Anything --- */

/* In no order at all. */
static void put_soup(struct body *b, const char *const *parts, uint32_t n)
{
	const char *part = "", *before;

	for (int i = 0; i < 40; i++) {
		before = part;
		part = parts[random_below(&b->random, n)];
		/* What follows three backticks or tildes names a language. */
		if (!strchr("`~", *part) || *part != *before)
			put(b, part);
	}
}

static const char *const html_soup[] = {
	"%w", "%w", " %w", "%w ", "%w\n", "<p>", "</p>", "<b>", "</b>", "<a href=#decoy>",
	"</a>", "<ul>", "</ul>", "<li>", "</li>", "<table>", "</table>", "<tr>", "<td>",
	"<th>", "</td>", "<blockquote>", "</blockquote>", "<details>", "<summary>",
	"</summary>", "</details>", "<pre>", "</pre>", "<code>", "</code>", "<h2>", "</h2>",
	"<dl>", "<dt>", "<dd>", "</dl>", "<br>", "<hr>", "<div>", "</div>", "<kbd>",
	"</kbd>", "<aside class=quote>", "</aside>", "<svg></svg>", "<form>", "</form>",
	"<body>", "</body>", "</html>", "<head>", "<frameset></frameset>", "<option>",
	"<!-- decoy -->", "<script>decoy</script>", "</x>", "< ", "& ", "&lt;", "</br>",
};

static const char *const markdown_soup[] = {
	"%w", "%w", "%w ", " %w", "> ", "- ", "1. ", "    ", "# ", "\n", "\n", "\n\n", "*",
	"**", "_", "__", "`", " ", "\t", "\\", "&amp;", "&", "![", "[", "]", "!", "\n~~~\n",
	"\n===\n", "\n---\n", "| ", "|", "\n|-|-|\n", "\n---|---\n", "~~", "~", "  \n",
	"- [x] ", "<b>", "</b>", "<!-- -->", "\n<div>\n", "\n</div>\n", "\n\n",
};

/* --- What comes out --- */

/* NULL, or what is wrong with the words in text. */
static const char *misses(const struct body *b, struct str text)
{
	static char fault[60];
	size_t next = 0;

	for (const char *at = text.p; (at = strchr(at, 'w')); at++) {
		char *end;
		size_t n = strtoul(at + 1, &end, 10);

		if (end == at + 1 || *end != 'x')
			continue;
		if (n != next++) {
			snprintf(fault, sizeof(fault), "word %zu is %zu", next - 1, n);
			return fault;
		}
	}
	snprintf(fault, sizeof(fault), "%zu words of %zu", next, b->words);
	return next == b->words ? NULL : fault;
}

/* What stands between the tags. */
static void add_text(struct buf *out, struct str html)
{
	while (html.n) {
		size_t tag = str_index(html, '<');

		buf_add(out, html.p, tag);
		html = str_slice(html, tag, html.n);
		html = str_slice(html, str_index(html, '>') + 1, html.n);
	}
}

/* Of an image without words, and of details without a summary, some are ours. */
static void check(const struct body *b, enum body_format format)
{
	const struct body_style style = { .heading_base = 1 };
	struct buf html = BUF_INIT, published = BUF_INIT, visible = BUF_INIT;
	struct arena a = ARENA_INIT;
	struct body_tree tree;
	const char *wrong;

	body_read(&a, format, buf_str(&b->text), &tree);
	body_html(&tree, &style, &html);
	add_text(&published, buf_str(&html));
	body_visible(&tree, 0, &visible);
	wrong = misses(b, buf_str(&published));
	if (!wrong)
		wrong = misses(b, buf_str(&visible));
	if (!wrong && !tree.fallback && strstr(published.p, "decoy"))
		wrong = "a decoy";
	if (wrong)
		fail_msg("%s in\n%.400s\nof\n%.400s", wrong, html.p, b->text.p);
	buf_release(&html);
	buf_release(&published);
	buf_release(&visible);
	arena_release(&a);
}

static void begin(struct body *b)
{
	buf_reset(&b->text);
	b->words = 0;
}

static void test_html(void **state)
{
	struct body b = { .random = { 1 }, .text = BUF_INIT };

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		begin(&b);
		put_html(&b, 0);
		check(&b, BODY_HTML);
		begin(&b);
		put_soup(&b, html_soup, ARRAY_LEN(html_soup));
		check(&b, BODY_HTML);
	}
	buf_release(&b.text);
}

static void test_markdown(void **state)
{
	struct body b = { .random = { 1 }, .text = BUF_INIT };

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		begin(&b);
		put_markdown(&b);
		check(&b, BODY_MARKDOWN);
		begin(&b);
		put_soup(&b, markdown_soup, ARRAY_LEN(markdown_soup));
		check(&b, BODY_MARKDOWN);
	}
	buf_release(&b.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_html),
		cmocka_unit_test(test_markdown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
