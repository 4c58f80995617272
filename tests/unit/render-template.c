/*
 * The template engine from C: how a hostile value is written in every context,
 * the exact place of every mistake, bodies that are HTML, scopes, and that a
 * page of a thousand equal mistakes tells one.  What templates look like is
 * tests/template's.
 */
#include "base/mem.h"
#include "render/template.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct {
	const char *name, *text;
	enum template_kind kind;
} partials[] = {
	{ "inline", "<b>{{evil}}</b>", TEMPLATE_HTML },
	{ "block", "<div>{{evil}}</div>\n", TEMPLATE_HTML },
	{ "deep", "{{> block}}", TEMPLATE_HTML },
	{ "open", "<div>", TEMPLATE_HTML },
	{ "close", "</div>", TEMPLATE_HTML },
	{ "self", "{{> self}}", TEMPLATE_HTML },
	{ "ping", "{{> pong}}", TEMPLATE_HTML },
	{ "pong", "{{> ping}}", TEMPLATE_HTML },
	{ "child", "({{#node}}{{> child}}{{/node}})", TEMPLATE_HTML },
	{ "triplets", "{{#three}}{{> triplets}}{{/three}}", TEMPLATE_HTML },
	{ "body", "<article>{{html}}</article>", TEMPLATE_HTML },
	{ "disclosure", "<p>chosen</p>\n", TEMPLATE_HTML },
	{ "two", "{{> disclosure}}{{> disclosure}}", TEMPLATE_HTML },
	{ "shy", "{{#evil}}{{> disclosure}}{{/evil}}", TEMPLATE_HTML },
};

static bool load(void *ctx, struct str name, struct source *out, enum template_kind *kind,
		 struct diags *diags)
{
	(void)ctx;
	(void)diags;
	for (size_t i = 0; i < ARRAY_LEN(partials); i++)
		if (str_is(name, partials[i].name)) {
			source_from(out, partials[i].name, str_of(partials[i].text));
			*kind = partials[i].kind;
			return true;
		}
	return false;
}

static const struct template_loader loader = { load, NULL, NULL };

#define EVIL "\"'<&>`{{x}} javascript:"

struct world {
	struct arena arena;
	struct value data;
	struct templates *set;
	struct diags diags;
	struct buf page;
};

static void open_world(struct world *w)
{
	struct value node;

	*w = (struct world){ .arena = ARENA_INIT, .diags = DIAGS_INIT, .page = BUF_INIT };
	w->set = templates_new(&loader);
	w->data = value_object(&w->arena, 8);
	node = value_object(&w->arena, 1);
	value_set(&w->arena, &w->data, "evil", value_text(STR(EVIL)));
	value_set(&w->arena, &w->data, "url", value_text(STR("https://a.example/?b=1&c")));
	value_set(&w->arena, &w->data, "html", value_html(STR("<p>one</p>")));
	value_set(&w->arena, &w->data, "phrase", value_html(STR("<em>one</em>")));
	value_set(&w->arena, &w->data, "none", value_none());
	value_set(&w->arena, &w->data, "yes", value_bool(true));
	value_set(&w->arena, &w->data, "three", value_list(&w->arena, 3));
	value_set(&w->arena, &w->data, "node", node);
}

static void close_world(struct world *w)
{
	buf_release(&w->page);
	diags_release(&w->diags);
	templates_free(w->set);
	arena_release(&w->arena);
}

static const struct template *compile(struct world *w, const char *text,
				      enum template_kind kind, unsigned flags)
{
	struct source source;
	const struct template *t;

	source_from(&source, "t", str_of(text));
	t = template_compile(w->set, &source, kind, flags, &w->diags);
	source_release(&source);
	return t;
}

static int render(struct world *w, const struct template *t)
{
	const struct value *scopes[] = { &w->data };

	return template_render(t, scopes, 1, &w->page, &w->diags);
}

/* The page that text makes; fails on a mistake. */
static void check_page(const char *text, enum template_kind kind, const char *want)
{
	struct world w;
	const struct template *t;

	open_world(&w);
	t = compile(&w, text, kind, 0);
	if (!t || render(&w, t) < 0)
		fail_msg("'%s': %s", text, w.diags.items[0].message);
	assert_string_equal(w.page.p, want);
	close_world(&w);
}

struct page_case {
	const char *text, *want;
};

static void check_pages(const struct page_case *cases, size_t n, enum template_kind kind)
{
	for (size_t i = 0; i < n; i++)
		check_page(cases[i].text, kind, cases[i].want);
}

#define ESCAPED "&quot;&#39;&lt;&amp;&gt;&#96;{{x}} javascript:"
#define ENCODED "%22%27%3C%26%3E%60%7B%7Bx%7D%7D%20javascript%3A"

static void contexts(void **state)
{
	static const struct page_case cases[] = {
		{ "{{evil}}", ESCAPED },
		{ "<b>{{evil}}</b>", "<b>" ESCAPED "</b>" },
		{ "<title>{{evil}}</title>", "<title>" ESCAPED "</title>" },
		{ "<textarea></titl{{evil}}</textarea>",
		  "<textarea></titl" ESCAPED "</textarea>" },
		{ "<i title=\"{{evil}}\"></i>", "<i title=\"" ESCAPED "\"></i>" },
		{ "<i title='{{evil}}'></i>", "<i title='" ESCAPED "'></i>" },
		{ "<i title = \"a {{evil}}\" b></i>", "<i title = \"a " ESCAPED "\" b></i>" },
		{ "<a href=\"{{evil}}\"></a>", "<a href=\"#blocked\"></a>" },
		{ "<a HREF='{{evil}}'></a>", "<a HREF='#blocked'></a>" },
		{ "<a href=\" {{evil}}\"></a>", "<a href=\" #blocked\"></a>" },
		{ "<a href=\"x{{evil}}\"></a>", "<a href=\"x#blocked\"></a>" },
		{ "<a href=\"{{url}}\"></a>",
		  "<a href=\"https://a.example/?b=1&amp;c\"></a>" },
		{ "<a href=\"/{{evil}}\"></a>",
		  "<a href=\"/%22%27%3C&amp;%3E%60%7B%7Bx%7D%7D%20javascript:\"></a>" },
		{ "<a href=\"?{{evil}}\"></a>", "<a href=\"?" ENCODED "\"></a>" },
		{ "<a href=\"a&amp;b#{{evil}}\"></a>",
		  "<a href=\"a&amp;b#" ENCODED "\"></a>" },
		{ "<a href=\"MAILTO:a?subject={{evil}}\"></a>",
		  "<a href=\"MAILTO:a?subject=" ENCODED "\"></a>" },
		{ "<a href=\"{{none}}{{url}}\"></a>",
		  "<a href=\"https://a.example/?b=1&amp;c\"></a>" },
		{ "<a href=\"{{#yes}}{{url}}{{/yes}}{{^yes}}/{{evil}}{{/yes}}\"></a>",
		  "<a href=\"https://a.example/?b=1&amp;c\"></a>" },
		{ "<img srcset=\"{{url}} 1x, {{evil}} {{yes}}x\">",
		  "<img srcset=\"https://a.example/?b=1&amp;c 1x, #blocked truex\">" },
		{ "<svg><a xlink:href=\"{{evil}}\"/></svg>",
		  "<svg><a xlink:href=\"#blocked\"/></svg>" },
		{ "<meta name=\"a\" content=\"{{evil}}\">",
		  "<meta name=\"a\" content=\"" ESCAPED "\">" },
		{ "<script src=\"{{evil}}\"></script>", "<script src=\"#blocked\"></script>" },
		{ "<!-- a --><!--> {{evil}}", "<!-- a --><!--> " ESCAPED },
		{ "<!doctype html><p>{{evil}}</p>", "<!doctype html><p>" ESCAPED "</p>" },
		{ "a < b {{evil}}", "a < b " ESCAPED },
		{ "<b {{#none}}hidden{{/none}}>x</b>", "<b >x</b>" },
		{ "<b{{#yes}} hidden{{/yes}}>x</b>", "<b hidden>x</b>" },
		{ "<b a=\"1\"{{#yes}} c=\"{{evil}}\"{{/yes}}{{^yes}} d{{/yes}} e>x</b>",
		  "<b a=\"1\" c=\"" ESCAPED "\" e>x</b>" },
	};

	(void)state;
	check_pages(cases, ARRAY_LEN(cases), TEMPLATE_HTML);
}

/* VALUE_HTML goes between elements as it is; in Markdown it replaces the
 * paragraph that it would be alone in, if it is more than a phrase. */
static void html_values(void **state)
{
	static const struct page_case html[] = {
		{ "<div>{{html}}</div>", "<div><p>one</p></div>" },
		{ "<p>{{phrase}}</p>", "<p><em>one</em></p>" },
		{ "{{> body}}", "<article><p>one</p></article>" },
	}, markdown[] = {
		{ "a\n\n{{html}}\n\nb\n", "<p>a</p>\n<p>one</p>\n<p>b</p>\n" },
		{ "{{phrase}}\n", "<p><em>one</em></p>\n" },
		{ "- {{html}}\n", "<ul>\n<li><p>one</p></li>\n</ul>\n" },
		{ "{{none}}\n\nb\n", "<p>b</p>\n" },
		{ "{{evil}}\n", "<p>" ESCAPED "</p>\n" },
		{ "`<a {{#yes}}b{{/yes}}>` 1 < b {{#yes}}c{{/yes}}\n",
		  "<p><code>&lt;a b&gt;</code> 1 &lt; b c</p>\n" },
		{ "<li {{#yes}}class=\"x\"{{/yes}}>y</li>\n", "<li class=\"x\">y</li>\n" },
	};

	(void)state;
	check_pages(html, ARRAY_LEN(html), TEMPLATE_HTML);
	check_pages(markdown, ARRAY_LEN(markdown), TEMPLATE_MARKDOWN);
}

struct mistake_case {
	const char *text;
	const char *id;
	unsigned line, column;
	enum template_kind kind;
	unsigned flags;
};

/* The first mistake is of that kind and there, whether it is found by the
 * compiler or when the page is made. */
static void check_mistake(const struct mistake_case *c)
{
	struct world w;
	const struct template *t;
	const struct diag *d;

	open_world(&w);
	t = compile(&w, c->text, c->kind, c->flags);
	if (t && render(&w, t) == 0)
		fail_msg("'%s': no mistake", c->text);
	d = &w.diags.items[0];
	if (strcmp(diag_name(d->id), c->id) != 0 || d->line != c->line ||
	    d->column != c->column)
		fail_msg("'%s': %lu:%lu %s [%s]", c->text, d->line, d->column, d->message,
			 diag_name(d->id));
	close_world(&w);
}

static void check_mistakes(const struct mistake_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check_mistake(&cases[i]);
}

#define MD TEMPLATE_MARKDOWN
#define HTML TEMPLATE_HTML
#define PLAIN TEMPLATE_MUSTACHE

static void syntax_mistakes(void **state)
{
	static const struct mistake_case cases[] = {
		{ "a {{b", "syntax", 1, 3, PLAIN, 0 },
		{ "a\n\xc3\xa4 {{b}", "syntax", 2, 3, MD, 0 },
		{ "{{! never closed", "syntax", 1, 1, HTML, 0 },
		{ "{{=a b}}", "syntax", 1, 1, PLAIN, 0 },
		{ "{{=ab=}}", "syntax", 1, 1, PLAIN, 0 },
		{ "{{=a b c=}}", "syntax", 1, 1, PLAIN, 0 },
		{ "{{=<% %>=}}<%# a %>", "syntax", 1, 12, PLAIN, 0 },
		{ "x{{#yes}}", "syntax", 1, 2, PLAIN, 0 },
		{ "x\n {{/yes}}", "syntax", 2, 2, PLAIN, 0 },
		{ "{{#yes}}\n{{^none}}\n{{/yes}}", "syntax", 2, 1, HTML, 0 },
		{ "{{}}", "syntax", 1, 1, PLAIN, 0 },
		{ "{{a b}}", "syntax", 1, 1, PLAIN, 0 },
		{ "{{a.}}", "syntax", 1, 1, PLAIN, 0 },
		{ "{{a'b}}", "syntax", 1, 1, HTML, 0 },
		{ "{{> ../a}}", "syntax", 1, 1, HTML, 0 },
		{ "x {{{evil}}}", "tag-raw", 1, 3, HTML, 0 },
		{ "x {{&evil}}", "tag-raw", 1, 3, MD, 0 },
	};

	(void)state;
	check_mistakes(cases, ARRAY_LEN(cases));
}

static void context_mistakes(void **state)
{
	static const struct mistake_case cases[] = {
		{ "<{{evil}}>", "tag-context", 1, 2, HTML, 0 },
		{ "<b{{evil}}></b>", "tag-context", 1, 3, HTML, 0 },
		{ "</{{evil}}>", "tag-context", 1, 3, HTML, 0 },
		{ "<b {{evil}}></b>", "tag-context", 1, 4, HTML, 0 },
		{ "<b a{{evil}}></b>", "tag-context", 1, 5, HTML, 0 },
		{ "<b a {{evil}}></b>", "tag-context", 1, 6, HTML, 0 },
		{ "<b a={{evil}}></b>", "tag-context", 1, 6, HTML, 0 },
		{ "<b a=x{{evil}}></b>", "tag-context", 1, 7, HTML, 0 },
		{ "<b a=\"x\"{{evil}}></b>", "tag-context", 1, 9, HTML, 0 },
		{ "<b a={{#yes}}\"x\"{{/yes}}></b>", "tag-context", 1, 6, HTML, 0 },
		{ "<script>\n{{evil}}</script>", "tag-context", 2, 1, HTML, 0 },
		{ "<script>{{#yes}}{{/yes}}</script>", "tag-context", 1, 9, HTML, 0 },
		{ "<STYLE>{{evil}}</style>", "tag-context", 1, 8, HTML, 0 },
		{ "<xmp>{{evil}}</xmp>", "tag-context", 1, 6, HTML, 0 },
		{ "<b onclick=\"{{evil}}\"></b>", "tag-context", 1, 13, HTML, 0 },
		{ "<b OnX='{{#yes}}{{/yes}}'></b>", "tag-context", 1, 9, HTML, 0 },
		{ "<b style=\"{{evil}}\"></b>", "tag-context", 1, 11, HTML, 0 },
		{ "<iframe srcdoc=\"{{evil}}\"></iframe>", "tag-context", 1, 17, HTML, 0 },
		{ "<meta http-equiv=\"{{evil}}\">", "tag-context", 1, 19, HTML, 0 },
		{ "<meta content=\"{{evil}}\" http-equiv=\"x\">", "tag-context", 1, 16, HTML, 0 },
		{ "<meta http-equiv=\"x\" content=\"{{evil}}\">", "tag-context", 1, 31, HTML, 0 },
		{ "<svg><set to=\"{{evil}}\"/></svg>", "tag-context", 1, 15, HTML, 0 },
		{ "<!-- {{evil}} -->", "tag-context", 1, 6, HTML, 0 },
		{ "<!-- {{#yes}} --> {{/yes}}", "tag-context", 1, 6, HTML, 0 },
		{ "<!doctype {{evil}}>", "tag-context", 1, 11, HTML, 0 },
		{ "<?{{evil}}>", "tag-context", 1, 3, HTML, 0 },
		{ "<title></{{evil}}></title>", "tag-context", 1, 10, HTML, 0 },
		{ "<a href=\"javascript:{{evil}}\"></a>", "tag-context", 1, 21, HTML, 0 },
		{ "<a href=\"java\nscript:{{evil}}\"></a>", "tag-context", 2, 8, HTML, 0 },
		{ "<a href=\"data:,{{evil}}\"></a>", "tag-context", 1, 16, HTML, 0 },
		{ "<a href=\"x&#58;{{evil}}\"></a>", "tag-context", 1, 16, HTML, 0 },
		{ "<a href=\"{{evil}}:x\"></a>", "tag-context", 1, 18, HTML, 0 },
		{ "<a href=\"{{evil}}&colon;x\"></a>", "tag-context", 1, 18, HTML, 0 },
		{ "<a href=\"{{#yes}}x{{/yes}}:\"></a>", "tag-context", 1, 27, HTML, 0 },
		{ "<b title=\"{{> inline}}\"></b>", "tag-context", 1, 11, HTML, 0 },
		{ "<title>{{> inline}}</title>", "tag-context", 1, 8, HTML, 0 },
		{ "x\n\n<b {{evil}}>y</b>\n", "tag-context", 3, 4, MD, 0 },
		{ "<!--\n{{#yes}}\n-->\n{{/yes}}\n", "tag-context", 2, 1, MD, 0 },
		{ "<{{url}}>\n", "tag-context", 1, 2, MD, 0 },
		{ "x <a href=\"{{url}}\"{{#yes}} b=\"c\"{{/yes}}>y</a>\n", "tag-context", 1, 20, MD, 0 },
	};

	(void)state;
	check_mistakes(cases, ARRAY_LEN(cases));
}

#define QUOTES "> > > > > > > > > > > > > > > > > > > > "

static void structure_mistakes(void **state)
{
	static const struct mistake_case cases[] = {
		{ "{{#yes}}<b>{{/yes}}", "section-crosses", 1, 1, HTML, 0 },
		{ "<b>\n {{#yes}}</b>{{/yes}}", "section-crosses", 2, 2, HTML, 0 },
		{ "<b>{{#yes}}</b><b>{{/yes}}</b>", "section-crosses", 1, 4, HTML, 0 },
		{ "<b>{{^none}}</b>{{/none}}", "section-crosses", 1, 4, HTML, 0 },
		{ "{{#yes}}<b {{/yes}}></b>", "section-crosses", 1, 1, HTML, 0 },
		{ "<b a=\"{{#yes}}\">{{/yes}}</b>", "section-crosses", 1, 7, HTML, 0 },
		{ "<b a=\"{{#yes}}\" c=\"{{/yes}}\"></b>", "section-crosses", 1, 7, HTML, 0 },
		{ "<title>{{#yes}}</t{{/yes}}itle>", "section-crosses", 1, 8, HTML, 0 },
		{ "<b{{#yes}} c{{/yes}}d></b>", "section-crosses", 1, 21, HTML, 0 },
		{ "<b{{#yes}} c{{/yes}}=\"d\"></b>", "section-crosses", 1, 21, HTML, 0 },
		{ "<b{{#yes}}c{{/yes}}></b>", "section-crosses", 1, 11, HTML, 0 },
		{ "# a {{#yes}}\n\nb {{/yes}}\n", "section-crosses", 1, 5, MD, 0 },
		{ "{{#yes}}\n- a\n\nb {{/yes}}\n", "section-crosses", 1, 1, MD, 0 },
		{ "- a {{#yes}}\n- b {{/yes}}\n", "section-crosses", 1, 5, MD, 0 },
		{ "> {{#yes}}\n\n{{/yes}}\n", "section-crosses", 1, 3, MD, 0 },
		{ "[r] [r]{{#yes}}x\n\n[r]: a{{/yes}}\n", "section-crosses", 1, 8, MD, 0 },
		{ "<b>", "html-unbalanced", 1, 1, HTML, 0 },
		{ "x</b>", "html-unbalanced", 1, 2, HTML, 0 },
		{ "<i>\n<b></i>", "html-unbalanced", 2, 1, HTML, 0 },
		{ "<b", "html-unbalanced", 1, 3, HTML, 0 },
		{ "<!-- x", "html-unbalanced", 1, 7, HTML, 0 },
		{ "<script>x", "html-unbalanced", 1, 1, HTML, 0 },
		{ "<p>x<ul></ul></p>", "html-unbalanced", 1, 5, HTML, 0 },
		{ "<p>{{> deep}}</p>", "html-unbalanced", 1, 4, HTML, 0 },
		{ "{{> open}}{{> close}}", "html-unbalanced", 1, 1, HTML, 0 },
		{ "a\n\n<div>\n\n<span>b\n", "html-unbalanced", 5, 1, MD, 0 },
		{ "x {{> nobody}}", "unknown-partial", 1, 3, HTML, 0 },
		{ "{{> self}}", "partial-recursion", 1, 1, HTML, 0 },
		{ "{{> ping}}", "partial-recursion", 1, 1, HTML, 0 },
		{ "{{> child}}", "partial-recursion", 1, 11, HTML, 0 },
		{ "{{> triplets}}", "partial-recursion", 1, 11, HTML, 0 },
		{ "a\n\n[r]: {{url}}\n", "tag-lost", 3, 6, MD, 0 },
		{ QUOTES QUOTES QUOTES QUOTES QUOTES QUOTES "a", "too-large", 0, 0, MD, 0 },
	};

	(void)state;
	check_mistakes(cases, ARRAY_LEN(cases));
}

static void value_mistakes(void **state)
{
	static const struct mistake_case cases[] = {
		{ "a\n {{evli}}", "missing-key", 2, 2, HTML, 0 },
		{ "{{#evli}}{{/evli}}", "missing-key", 1, 1, HTML, 0 },
		{ "{{^evli}}{{/evli}}", "missing-key", 1, 1, MD, 0 },
		{ "{{node.x}}", "missing-key", 1, 1, HTML, 0 },
		{ "{{evil.x}}", "missing-key", 1, 1, HTML, 0 },
		{ "x {{three}}", "bad-value", 1, 3, HTML, 0 },
		{ "x {{node}}", "bad-value", 1, 3, HTML, 0 },
		{ "x {{.}}", "bad-value", 1, 3, HTML, 0 },
		{ "<b title=\"{{html}}\"></b>", "bad-value", 1, 11, HTML, 0 },
		{ "<a href=\"{{html}}\"></a>", "bad-value", 1, 10, HTML, 0 },
		{ "<title>{{phrase}}</title>", "bad-value", 1, 8, HTML, 0 },
		{ "<textarea>{{html}}</textarea>", "bad-value", 1, 11, HTML, 0 },
		{ "<svg>{{phrase}}</svg>", "bad-value", 1, 6, HTML, 0 },
		{ "<math><mi>{{phrase}}</mi></math>", "bad-value", 1, 11, HTML, 0 },
		{ "[x]({{phrase}})\n", "bad-value", 1, 5, MD, 0 },
		{ "[x](y \"{{phrase}}\")\n", "bad-value", 1, 8, MD, 0 },
		{ "~~~ {{phrase}}\n~~~\n", "bad-value", 1, 5, MD, 0 },
		{ "<p>{{html}}</p>", "bad-value", 1, 4, HTML, 0 },
		{ "text and {{html}}\n", "bad-value", 1, 10, MD, 0 },
	};

	(void)state;
	check_mistakes(cases, ARRAY_LEN(cases));
}

#define D TEMPLATE_NEEDS_DISCLOSURE

static void disclosure_mistakes(void **state)
{
	static const struct mistake_case cases[] = {
		{ "x", "disclosure-missing", 1, 1, MD, D },
		{ "{{> block}}", "disclosure-missing", 1, 1, HTML, D },
		{ "{{! {{> disclosure}} }}", "disclosure-missing", 1, 1, HTML, D },
		{ "{{> disclosure}}\n\n{{> disclosure}}", "disclosure-twice", 3, 1, MD, D },
		{ "{{> two}}", "disclosure-twice", 1, 17, HTML, D },
		{ "{{> disclosure}}{{> two}}", "disclosure-twice", 1, 1, HTML, D },
		{ "{{#yes}}{{> disclosure}}{{/yes}}", "disclosure-hidden", 1, 9, HTML, D },
		{ "{{^yes}}\n{{> disclosure}}\n{{/yes}}", "disclosure-hidden", 2, 1, MD, D },
		{ "{{> disclosure}}{{> shy}}", "disclosure-hidden", 1, 10, HTML, D },
		{ "<!--{{> disclosure}}-->", "disclosure-hidden", 1, 5, HTML, D },
		{ "<b title=\"{{> disclosure}}\"></b>", "disclosure-hidden", 1, 11, HTML, D },
		{ "<template>{{> disclosure}}</template>", "disclosure-hidden", 1, 11, HTML, D },
		{ "<noscript>{{> disclosure}}</noscript>", "disclosure-hidden", 1, 11, HTML, D },
		{ "<details>{{> disclosure}}</details>", "disclosure-hidden", 1, 10, HTML, D },
		{ "<div hidden><div>{{> disclosure}}</div></div>", "disclosure-hidden", 1, 18, HTML, D },
		{ "<div aria-hidden=\"true\">{{> disclosure}}</div>", "disclosure-hidden", 1, 25, HTML, D },
		{ "<div style=\"\">{{> disclosure}}</div>", "disclosure-hidden", 1, 15, HTML, D },
		{ "<div{{#yes}} hidden{{/yes}}>{{> disclosure}}</div>", "disclosure-hidden", 1, 29, HTML, D },
	};

	(void)state;
	check_mistakes(cases, ARRAY_LEN(cases));
	check_page("<div>\n{{> disclosure}}\n</div>", HTML, "<div>\n<p>chosen</p>\n</div>");
}

/* Each tag is told once, however often it is rendered and in how many pages. */
static void told_once(void **state)
{
	struct world w;
	const struct template *t;

	(void)state;
	open_world(&w);
	t = compile(&w, "{{#three}}{{gone}}{{gone}}{{/three}}", HTML, 0);
	assert_non_null(t);
	for (int i = 0; i < 100; i++)
		assert_int_equal(render(&w, t), -1);
	assert_int_equal(w.diags.n, 2);
	assert_int_equal(w.diags.items[0].column, 11);
	assert_int_equal(w.diags.items[1].column, 19);
	close_world(&w);
}

static void suggestions(void **state)
{
	struct world w;

	(void)state;
	open_world(&w);
	assert_int_equal(render(&w, compile(&w, "{{#node}}{{phrsae}}{{/node}}", HTML, 0)), -1);
	assert_string_equal(w.diags.items[0].message, "no key 'phrsae'");
	assert_string_equal(w.diags.items[0].hint, "did you mean 'phrase'?");
	close_world(&w);
}

/* A broken file tells twenty mistakes, and that there are more. */
static void many_mistakes(void **state)
{
	struct world w;
	struct buf text = BUF_INIT;

	(void)state;
	open_world(&w);
	for (int i = 0; i < 100000; i++)
		buf_adds(&text, "{{/a}}");
	assert_null(compile(&w, text.p, MD, 0));
	assert_int_equal(w.diags.n, 20);
	assert_string_equal(w.diags.items[19].hint, "more mistakes in this file are not shown");
	buf_release(&text);
	close_world(&w);
}

static void repeat_compile(const char *unit, size_t n, enum template_kind kind,
			   const char *id, unsigned column)
{
	struct world w;
	struct buf text = BUF_INIT;

	open_world(&w);
	for (size_t i = 0; i < n; i++)
		buf_adds(&text, unit);
	assert_null(compile(&w, text.p, kind, 0));
	assert_int_equal(w.diags.n, 1);
	assert_string_equal(diag_name(w.diags.items[0].id), id);
	assert_int_equal(w.diags.items[0].column, column);
	buf_release(&text);
	close_world(&w);
}

/* A megabyte of nesting ends at the cap, at once. */
static void nesting(void **state)
{
	(void)state;
	repeat_compile("{{#yes}}", 130000, MD, "too-deep", 64 * 8 + 1);
	repeat_compile("{{#yes}}", 130000, PLAIN, "too-deep", 64 * 8 + 1);
	repeat_compile("<b>", 300000, HTML, "too-deep", 256 * 3 - 2);
}

/* Scopes are searched from the innermost; "." is the innermost. */
static void scopes(void **state)
{
	struct world w;
	struct value outer, inner;
	const struct value *chain[2] = { &outer, &inner };
	const struct template *t;

	(void)state;
	open_world(&w);
	outer = value_object(&w.arena, 0);
	inner = value_object(&w.arena, 0);
	value_set(&w.arena, &outer, "a", value_text(STR("outer a")));
	value_set(&w.arena, &outer, "b", value_text(STR("outer b")));
	value_set(&w.arena, &inner, "a", value_int(&w.arena, INT64_MIN));
	t = compile(&w, "{{a}} {{b}} {{#.}}{{a}}{{/.}}", HTML, 0);
	assert_int_equal(template_render(t, chain, 2, &w.page, &w.diags), 0);
	assert_string_equal(w.page.p, "-9223372036854775808 outer b -9223372036854775808");
	close_world(&w);
}

/* A failed partial fails every page that uses it, and is told once. */
static void failed_partial(void **state)
{
	struct world w;

	(void)state;
	open_world(&w);
	assert_null(compile(&w, "{{> open}}", HTML, 0));
	assert_null(compile(&w, "{{> open}}", HTML, 0));
	assert_int_equal(w.diags.n, 1);
	assert_string_equal(w.diags.items[0].path, "open");
	assert_non_null(compile(&w, "{{> block}}", HTML, 0));
	close_world(&w);
}

/* A shared set: threads with diags of their own make the same page. */
static void *render_often(void *arg)
{
	const struct template *t = arg;
	struct arena a = ARENA_INIT;
	struct value data = value_object(&a, 1);
	const struct value *chain[] = { &data };
	struct diags diags = DIAGS_INIT;
	struct buf first = BUF_INIT, page = BUF_INIT;
	size_t wrong = 0;

	value_set(&a, &data, "evil", value_text(STR("x")));
	for (int i = 0; i < 1000; i++) {
		buf_reset(&page);
		template_render(t, chain, 1, &page, &diags);
		if (i == 0)
			buf_addstr(&first, buf_str(&page));
		wrong += !str_eq(buf_str(&first), buf_str(&page));
	}
	wrong += diags.n != 1;
	buf_release(&first);
	buf_release(&page);
	diags_release(&diags);
	arena_release(&a);
	return (void *)wrong;
}

static void threads(void **state)
{
	struct world w;
	pthread_t workers[4];
	const struct template *t;

	(void)state;
	open_world(&w);
	t = compile(&w, "{{> block}} {{gone}}", HTML, 0);
	assert_non_null(t);
	for (size_t i = 0; i < ARRAY_LEN(workers); i++)
		assert_int_equal(pthread_create(&workers[i], NULL, render_often, (void *)t), 0);
	for (size_t i = 0; i < ARRAY_LEN(workers); i++) {
		void *wrong;

		assert_int_equal(pthread_join(workers[i], &wrong), 0);
		assert_null(wrong);
	}
	close_world(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(contexts),
		cmocka_unit_test(html_values),
		cmocka_unit_test(syntax_mistakes),
		cmocka_unit_test(context_mistakes),
		cmocka_unit_test(structure_mistakes),
		cmocka_unit_test(value_mistakes),
		cmocka_unit_test(disclosure_mistakes),
		cmocka_unit_test(told_once),
		cmocka_unit_test(suggestions),
		cmocka_unit_test(many_mistakes),
		cmocka_unit_test(nesting),
		cmocka_unit_test(scopes),
		cmocka_unit_test(failed_partial),
		cmocka_unit_test(threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
