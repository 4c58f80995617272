/*
 * What is taken out of texts and what isn't, case by case; across the nodes of a
 * tree in every format; that addresses of links go along; that where finds
 * overlap, all of them goes; that a pattern that gives up hides the whole text;
 * and that redacting again changes nothing.
 */
#include "check.h"

#include "render/body.h"
#include "text/body.h"
#include "text/redact.h"

#define E "[email removed]"
#define P "[phone number removed]"
#define C "[card number removed]"
#define O "[order number removed]"

enum { EMAIL, PHONE, CARD, ORDER, ITEMS };

struct state {
	struct regex *order;
	struct redact_item items[ITEMS];
	struct redactor redactor;
	struct arena arena;
	size_t counts[ITEMS];
	struct redacted done;
};

static struct regex *compile(const char *pattern)
{
	struct diags diags = DIAGS_INIT;
	struct regex *r = regex_new(str_of(pattern), NO_PLACE, &diags);

	assert_diags(&diags, "");
	return r;
}

static struct redact_item item(enum redact_kind kind)
{
	return (struct redact_item){ .kind = kind, .name = str_of(redact_names[kind]) };
}

static int setup(void **p)
{
	struct state *s = calloc(1, sizeof(*s));

	s->order = compile("\\b[AB]-\\d{6}\\b");
	s->items[EMAIL] = item(REDACT_EMAIL);
	s->items[PHONE] = item(REDACT_PHONE);
	s->items[CARD] = item(REDACT_CARD);
	s->items[ORDER] = (struct redact_item){ .kind = REDACT_PATTERN,
						.name = STR("order number"),
						.regex = s->order };
	s->redactor = (struct redactor){ s->items, ITEMS, STR("open@acme.example"),
					 language_find(STR("en")) };
	s->done.counts = s->counts;
	*p = s;
	return 0;
}

static int teardown(void **p)
{
	struct state *s = *p;

	regex_free(s->order);
	arena_release(&s->arena);
	free(s);
	return 0;
}

static struct str redact(struct state *s, const char *text)
{
	return redact_text(&s->redactor, &s->arena, str_of(text), &s->done);
}

struct redact_case {
	const char *in, *out; /* out NULL: stays as it is */
};

static void check_cases(struct state *s, const struct redact_case *c, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str out = redact(s, c[i].in);

		assert_str(out, c[i].out ? c[i].out : c[i].in);
		assert_str(redact(s, out.p), out.p);
	}
}

#define CHECK(cases) check_cases(*p, cases, sizeof(cases) / sizeof((cases)[0]))

static void emails(void **p)
{
	static const struct redact_case cases[] = {
		{ "bob@example.com", E },
		{ "Write to bob.smith+shop@mail.example.co.uk, please.",
		  "Write to " E ", please." },
		{ "bob@example.com.", E "." },
		{ "<bob@example.com>;ann@example.org", "<" E ">;" E },
		{ "\"bob@example.com\"", "\"" E "\"" },
		{ "o'neil_99@my-host.example", E },
		{ "-bob@example.com-", "-" E "-" },
		{ "BOB@EXAMPLE.COM", E },
		{ "bob@163.com", E },
		{ "b@x.de", E },
		{ "<CAF1x=7abc@mail.gmail.com>", "<CAF1x=" E ">" },
		{ "mailto:bob@example.com", "mailto:" E },
		{ "root@myserver.example:/var/www", E ":/var/www" },
		{ "https://x.example/?email=bob@example.com&a=1",
		  "https://x.example/?email=" E "&a=1" },
		{ "https://x.example/?email=bob%40example.com",
		  "https://x.example/?email=" E },
		{ "j\u00f6rg@m\u00fcller.de", E },
		{ "bob@xn--mller-kva.example", E },
		{ "bob@b\u00fccher.\u043e\u043d\u043b\u0430\u0439\u043d", E },
		{ "\u7528\u6237@\u4f8b\u5b50.\u5e7f\u544a", E },
		{ "\u90ae\u7bb1\u662fbob@example.com\u8c22\u8c22",
		  "\u90ae\u7bb1\u662f" E "\u8c22\u8c22" },
		{ "\u201cbob@example.com\u201d", "\u201c" E "\u201d" },
		{ "bob\uff20example.com", E },
		{ "bob@example\uff0ecom", E },
		{ "b\u200bob@exam\u00adple.com", E },
		{ "bob (at) example (dot) com", E },
		{ "bob[at]example.com", E },
		{ "bob {AT} example dot com", E },
		{ "bob( at )example[dot]co[dot]uk!", E "!" },
		{ "bob@example[dot]com", E },
		{ "git@bob@example.com", "git@" E },
		{ "open@acme.example", NULL },
		{ "Open@Acme.example or reopen@acme.example", "Open@Acme.example or " E },
		{ "@mention and @me", NULL },
		{ "@bob@social.example", NULL },
		{ "user@host", NULL },
		{ "pi@raspberry.local", NULL },
		{ "git@github.com:acme/kettle.git", NULL },
		{ "icon@2x.png and icon@3x.PNG", NULL },
		{ "react@16.8.0", NULL },
		{ "react@16.7.0-alpha.0", NULL },
		{ "@scope/pkg@1.2.3 pkg@next pkg@1.2.beta", NULL },
		{ "nginx@sha256:4b1d", NULL },
		{ "https://user@host.example/ and ftp://u:pass@host.example/", NULL },
		{ "Object@1b2c3d", NULL },
		{ "a@b", NULL },
		{ "bob@example.c", NULL },
		{ "bob@.com", NULL },
		{ "@example.com", NULL },
		{ "bob@example..com", NULL },
		{ "5 @ 3.50 each", NULL },
		{ "array[at].first", NULL },
		{ "look (at) this", NULL },
		{ "systemd getty@tty1.service", NULL },
	};

	CHECK(cases);
}

static void phones(void **p)
{
	static const struct redact_case cases[] = {
		{ "+49 30 1234567", P },
		{ "Tel.: +49 (0)30 / 123 45 67, please", "Tel.: " P ", please" },
		{ "+4915112345678", P },
		{ "(+49) 171 1234567", P },
		{ "+1 555 123 4567", P },
		{ "+1-555-123-4567", P },
		{ "+44 20 7946 0958", P },
		{ "+33.1.23.45.67.89", P },
		{ "+33 1 23 45 67 08", P },
		{ "call +49 30 1234567!", "call " P "!" },
		{ "tel:+4930123456", "tel:" P },
		{ "https://x.example/?tel=%2B4930123456", "https://x.example/?tel=" P },
		{ "030 1234567", P },
		{ "030/1234567", P },
		{ "0171-1234567", P },
		{ "0171 - 123 45 67", P },
		{ "(030) 123 45 67", P },
		{ "Tel.030 1234567", "Tel." P },
		{ "Phone=020 7946 0958", "Phone=" P },
		{ "01 23 45 67 89", P },
		{ "01.23.45.67.89", P },
		{ "0049 30 1234567", P },
		{ "00 49 30 1234567", P },
		{ "0800-449-076", P },
		{ "03-8400-4575", P },
		{ "030 1234567 0171 7654321", P " " P },
		{ "030 1234567 (0171) 7654321", P " " P },
		{ "(555) 123-4567", P },
		{ "(555)123-4567", P },
		{ "555-123-4567", P },
		{ "555.123.4567", P },
		{ "555 123 4567", P },
		{ "1-800-555-0199", P },
		{ "1 (800) 555-0199", P },
		{ "1800-555-0199", P },
		{ "555-123-4567, 555-987-6543", P ", " P },
		{ "on 2024-01-15 030 1234567", "on 2024-01-15 " P },
		{ "(call 555-123-4567)", "(call " P ")" },
		{ "555\u2011123\u20114567", P },
		{ "555\u00a0123\u20094567", P },
		{ "5\u200b55-1\u200b23-4567", P },
		{ "\uff0b\uff14\uff19 \uff13\uff10 \uff11\uff12\uff13\uff14\uff15\uff16", P },
		{ "\u0660\u0663\u0660 \u0661\u0662\u0663\u0664\u0665\u0666\u0667", P },
		{ "5\ufe0f\u20e35\ufe0f\u20e35\ufe0f\u20e3-123-4567", P },
		{ "\u96fb\u8a7103-1234-5678\u307e\u3067",
		  "\u96fb\u8a71" P "\u307e\u3067" },
		{ "2024-01-15", NULL },
		{ "2024-01-15 10:00:00", NULL },
		{ "15.01.2024 and 01-15-2024", NULL },
		{ "01/02/2024 10:30", NULL },
		{ "01.02.2024 10 Uhr", NULL },
		{ "2024/01/15 10:00", NULL },
		{ "01.02.2024 - 03.04.2024", NULL },
		{ "11:50:07.9619 -0800", NULL },
		{ "10:00+0200", NULL },
		{ "version 1.2.3.4 of 10.15.7", NULL },
		{ "0.12.345.6789", NULL },
		{ "192.168.100.100 and 010.020.030.040", NULL },
		{ "ISBN 978-3-16-148410-0", NULL },
		{ "ISBN 0-306-40615-2", NULL },
		{ "EAN 4006381333931", NULL },
		{ "4 006381 333931", NULL },
		{ "0 12345 67890 5", NULL },
		{ "2024-0001-77", NULL },
		{ "RMA-030-1234567", NULL },
		{ "026-1234567-1234567", NULL },
		{ "#555-123-4567", NULL },
		{ "id_555-123-4567", NULL },
		{ "555-123-4567x", NULL },
		{ "1234567890", NULL },
		{ "0301234567", NULL },
		{ "1700000000", NULL },
		{ "1 000 000 000", NULL },
		{ "1 050 000 000", NULL },
		{ "100 200 300 4000", NULL },
		{ "$555.123.4567", NULL },
		{ "19.99 and 1,234,567,890", NULL },
		{ "48.8583701, 2.2944813", NULL },
		{ "+1.23456789", NULL },
		{ "+123", NULL },
		{ "+0123456789", NULL },
		{ "C++ 12345678 and 5+12345678", NULL },
		{ "100-200 and 2001-2002", NULL },
		{ "Boston, MA 02139-4307", NULL },
		{ "0xdeadbeef 00:1b:44:11:3a:b7", NULL },
		{ "00-14-22-01-23-45", NULL },
		{ "123e4567-e89b-12d3-a456-426614174000", NULL },
		{ "550e8400-0000-0000-0000-446655440000", NULL },
		{ "https://x.example/p/555-123-4567", NULL },
		{ "www.x.example/030-1234567", NULL },
		{ "x.example/p/555-123-4567", NULL },
		{ "+1234567890123456", NULL },
	};

	CHECK(cases);
}

static void cards(void **p)
{
	static const struct redact_case cases[] = {
		{ "4111 1111 1111 1111", C },
		{ "4111-1111-1111-1111", C },
		{ "4111111111111111", C },
		{ "my card 4111 1111 1111 1111 12/27 123.", "my card " C " 12/27 123." },
		{ "4111111111111111/12/27", C "/12/27" },
		{ "12 4111 1111 1111 1111", "12 " C },
		{ "card#4111111111111111", "card#" C },
		{ "4222222222222", C },
		{ "5555 5555 5555 4444", C },
		{ "2221000000000009", C },
		{ "2720 9900 0000 0007", C },
		{ "378282246310005", C },
		{ "3782 822463 10005", C },
		{ "6011111111111117", C },
		{ "30569309025904", C },
		{ "3056 930902 5904", C },
		{ "3530111333300000", C },
		{ "6200000000000005", C },
		{ "6759649826438453", C },
		{ "6304000000000000", C },
		{ "\uff14\uff11\uff11\uff11 \uff11\uff11\uff11\uff11 1111 1111", C },
		{ "4111\u00a01111\u202f1111\u20111111", NULL },
		{ "4111\u00a01111\u202f1111\u20091111", C },
		{ "4111\u20101111\u20111111-1111", C },
		{ "411111\u200b1111111111", C },
		{ "\u5361\u53f74111111111111111\u3002", "\u5361\u53f7" C "\u3002" },
		{ "4111111111111112", NULL },
		{ "4111 1111-1111 1111", NULL },
		{ "41111111 1111 1111", NULL },
		{ "411111111111111", NULL },
		{ "1111111111111117", NULL },
		{ "2721000000000004", NULL },
		{ "x4111111111111111", NULL },
		{ "4111111111111111a", NULL },
		{ "04111111111111111", NULL },
		{ "4111111111111111-5", NULL },
		{ "0.4111111111111111", NULL },
		{ "https://x.example/4111111111111111", NULL },
		{ "x.example/4111111111111111", NULL },
		{ "41111111-1111-1111-1111-111111111111", NULL },
		{ "1700000000000", NULL },
		/* An EAN whose digits are right for a card too. */
		{ "4006381000093", NULL },
	};

	CHECK(cases);
}

static void patterns(void **p)
{
	static const struct redact_case cases[] = {
		{ "A-123456", O },
		{ "Order A-123456, B-654321.", "Order " O ", " O "." },
		{ "A\u2011123456 and A-\u0661\u0662\u0663456", O " and " O },
		{ "A-12\u200b3456", O },
		{ "A-1234567 and XA-123456", NULL },
		{ "a-123456@example.com", E },
		{ "bob@A-123456.example and A-123456@x.example", E " and " E },
		{ "(555) 123-4567 A-123456", P " " O },
		{ "", NULL },
		{ "nothing here", NULL },
		{ "[email removed] [A removed]", NULL },
	};

	CHECK(cases);
}

/* All that either of two finds covers goes. */
static void overlaps(void **p)
{
	struct state *s = *p;
	struct regex *greeting = compile("hello \\w+");
	struct redact_item items[] = {
		{ .kind = REDACT_PATTERN, .name = STR("greeting"), .regex = greeting },
		item(REDACT_EMAIL),
	};
	const struct redactor r = { items, 2, STR_NONE, s->redactor.language };

	assert_str(redact_text(&r, &s->arena, STR("so hello bob@example.com."), NULL),
		   "so " E ".");
	assert_str(redact_text(&r, &s->arena, STR("so hello bobbobbobbob@x.de."), NULL),
		   "so [greeting removed].");
	regex_free(greeting);
}

static void marks_are_in_the_sites_language(void **p)
{
	static const char text[] = "a@b.de 555-123-4567 4111111111111111 A-123456";
	struct state *s = *p;

	s->redactor.language = language_find(STR("de"));
	assert_str(redact(s, text),
		   "[E-Mail-Adresse entfernt] [Telefonnummer entfernt] "
		   "[Kartennummer entfernt] [order number entfernt]");
	s->redactor.language = language_find(STR("nl"));
	assert_str(redact(s, text),
		   "[e-mailadres verwijderd] [telefoonnummer verwijderd] "
		   "[kaartnummer verwijderd] [order number verwijderd]");
}

static void counts(void **p)
{
	struct state *s = *p;
	struct str same = STR("nothing");

	assert_ptr_equal(redact_text(&s->redactor, &s->arena, same, &s->done).p, same.p);
	redact(s, "a@b.de c@d.de 555-123-4567 A-123456 4111111111111111 A-123456 e@f.de");
	assert_int_equal(s->counts[EMAIL], 3);
	assert_int_equal(s->counts[PHONE], 1);
	assert_int_equal(s->counts[CARD], 1);
	assert_int_equal(s->counts[ORDER], 2);
	assert_null(s->done.stopped);
}

/* A pattern that gives up, or matches too often, takes all of the text. */
static void limits(void **p)
{
	struct state *s = *p;
	struct regex *slow = compile("(a+)+(a+)+(a+)+$");
	struct redact_item items[] = {
		{ .kind = REDACT_PATTERN, .name = STR("a"), .regex = slow },
	};
	const struct redactor r = { items, 1, STR_NONE, s->redactor.language };
	struct buf many = BUF_INIT;

	assert_str(redact_text(&r, &s->arena,
			       STR("x aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"), &s->done),
		   "[a removed]");
	assert_ptr_equal(s->done.stopped, &items[0]);
	s->done.stopped = NULL;
	for (int i = 0; i < 1000; i++)
		buf_adds(&many, "A-123456 ");
	assert_int_equal(redact_text(&s->redactor, &s->arena, buf_str(&many), &s->done).n,
			 1000 * sizeof(O));
	for (int i = 0; i < 30000; i++)
		buf_adds(&many, "A-123456 ");
	assert_str(redact_text(&s->redactor, &s->arena, buf_str(&many), &s->done), O);
	assert_null(s->done.stopped);
	buf_release(&many);
	regex_free(slow);
}

/* --- bodies --- */

struct body_case {
	enum body_format format;
	const char *in, *out;
};

static void html_of(struct state *s, enum body_format format, struct str in,
		    struct buf *out)
{
	static const struct body_style style = {
		.base_url = { "https://x.example/", 18 }, .heading_base = 1,
	};
	struct body_tree tree;

	body_read(&s->arena, format, in, &tree);
	redact_tree(&s->redactor, &s->arena, tree.root, &s->done);
	body_html(&tree, &style, out);
}

static void bodies(void **p)
{
#define LINK(url, text) "<a href=\"" url "\" rel=\"nofollow ugc noopener\">" text "</a>"
	static const struct body_case cases[] = {
		{ BODY_HTML, "<p>jo<b>hn</b>@example.com</p>", "<p>" E "</p>\n" },
		{ BODY_HTML, "<p>a <b>b jo</b>hn@exam<i>ple</i>.com c</p>",
		  "<p>a <strong>b " E "</strong> c</p>\n" },
		{ BODY_HTML, "<p>bob<span></span>@<!-- x -->example.com</p>",
		  "<p>" E "</p>\n" },
		{ BODY_HTML, "<p>&#98;ob&#64;example&#46;com</p>", "<p>" E "</p>\n" },
		{ BODY_HTML, "<p>4111 1111<br>1111 1111 x</p>", "<p>" C " x</p>\n" },
		{ BODY_HTML, "<p>4111 1111\n  1111 1111</p>", "<p>" C "</p>\n" },
		{ BODY_HTML, "<p>4111 1111</p><p>1111 1111</p>",
		  "<p>4111 1111</p>\n<p>1111 1111</p>\n" },
		{ BODY_HTML, "<ul><li>555-123-4567<li>bob@example.com</ul>",
		  "<ul>\n<li>" P "</li>\n<li>" E "</li>\n</ul>\n" },
		{ BODY_HTML, "<table><tr><td>555-123-<td>4567</table>",
		  "<table>\n<tbody>\n<tr>\n<td>555-123-</td>\n<td>4567</td>\n</tr>\n"
		  "</tbody>\n</table>\n" },
		{ BODY_HTML, "<blockquote>A-123456</blockquote>",
		  "<blockquote>\n<p>" O "</p>\n</blockquote>\n" },
		{ BODY_HTML, "<p><a href=\"mailto:bob@example.com\">write</a></p>",
		  "<p>write</p>\n" },
		{ BODY_HTML, "<p><a href=\"mailto:open@acme.example\">write</a></p>",
		  "<p>" LINK("mailto:open@acme.example", "write") "</p>\n" },
		{ BODY_HTML, "<p><a href=\"https://x.example/?u=b%6fb%40example.com\">x</a></p>",
		  "<p>x</p>\n" },
		{ BODY_HTML, "<p><a href=\"mail\nto:bob@exam\tple.com\">x</a></p>",
		  "<p>x</p>\n" },
		{ BODY_HTML, "<p><a href=\"https://x.example/A-123456\">x</a></p>",
		  "<p>x</p>\n" },
		{ BODY_HTML, "<p><a href=\"https://x.example/555-123-4567\">x</a></p>",
		  "<p>" LINK("https://x.example/555-123-4567", "x") "</p>\n" },
		{ BODY_HTML, "<p>bob@<a href=\"https://example.com\">example.com</a> x</p>",
		  "<p>" E " x</p>\n" },
		{ BODY_HTML, "<p><img src=\"https://x.example/i.png\" alt=\"bob@example.com\"></p>",
		  "<p>" LINK("https://x.example/i.png", E) "</p>\n" },
		{ BODY_HTML, "<p><img src=\"https://x.example/bob@example.com.png\"></p>",
		  "<p>image</p>\n" },
		{ BODY_HTML, "<p><abbr title=\"ask bob@example.com\">Bob</abbr></p>",
		  "<p><abbr title=\"ask " E "\">Bob</abbr></p>\n" },
		{ BODY_HTML, "<p><code>555-123-4567 +49 30 1234567 bob@example.com</code></p>",
		  "<p><code>555-123-4567 " P " " E "</code></p>\n" },
		{ BODY_HTML, "<p><code>bob</code>@example.com</p>",
		  "<p><code>" E "</code></p>\n" },
		{ BODY_HTML, "<p>bob<code>@example.com</code></p>", "<p>" E "</p>\n" },
		{ BODY_HTML, "<pre>030 1234567\n4111 1111\n1111 1111\nA-123456</pre>",
		  "<pre tabindex=\"0\"><code>030 1234567\n" C "\n" O "</code></pre>\n" },
		{ BODY_HTML, "<details><summary>bob@example.com</summary>555-123-4567</details>",
		  "<details>\n<summary>" E "</summary>\n<p>" P "</p>\n</details>\n" },
		{ BODY_MARKDOWN, "**bob**@example.com and `A-123456`",
		  "<p><strong>" E "</strong> and <code>" O "</code></p>\n" },
		{ BODY_MARKDOWN, "bob\\@example.com <bob@example.com>",
		  "<p>" E " " E "</p>\n" },
		{ BODY_MARKDOWN, "# 555-123-4567\n\n> 4111\n> 1111 1111 1111",
		  "<h1>" P "</h1>\n<blockquote>\n<p>" C "</p>\n</blockquote>\n" },
		{ BODY_MARKDOWN, "[call](tel:+4930123456 \"+4930123456\")", "<p>call</p>\n" },
		{ BODY_TEXT, "Call 555-123-4567\n> bob@example.com\nA-123456",
		  "<p>Call " P "</p>\n<blockquote>\n<p>" E "</p>\n</blockquote>\n<p>" O "</p>\n" },
		{ BODY_TEXT, "my card is 4111 1111\n1111 1111\nthanks",
		  "<p>my card is " C "<br>thanks</p>\n" },
		{ BODY_TEXT, "5551234567\nnothing", "<p>5551234567<br>nothing</p>\n" },
	};
	struct buf out = BUF_INIT, again = BUF_INIT;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_reset(&out);
		buf_reset(&again);
		html_of(*p, cases[i].format, str_of(cases[i].in), &out);
		assert_str(buf_str(&out), cases[i].out);
		html_of(*p, BODY_HTML, buf_str(&out), &again);
		assert_str(buf_str(&again), cases[i].out);
	}
	buf_release(&out);
	buf_release(&again);
}

static void calls(void **p)
{
	struct state *s = *p;

	assert_true(redact_url(&s->redactor, STR("tel:0301234567"), NULL));
	assert_true(redact_url(&s->redactor, STR("SMS:5551234"), NULL));
	assert_false(redact_url(&s->redactor, STR("https://x.example/tel:1"), NULL));
	assert_false(redact_url(&s->redactor, STR_NONE, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(emails, setup, teardown),
		cmocka_unit_test_setup_teardown(phones, setup, teardown),
		cmocka_unit_test_setup_teardown(cards, setup, teardown),
		cmocka_unit_test_setup_teardown(patterns, setup, teardown),
		cmocka_unit_test_setup_teardown(overlaps, setup, teardown),
		cmocka_unit_test_setup_teardown(marks_are_in_the_sites_language, setup,
						teardown),
		cmocka_unit_test_setup_teardown(counts, setup, teardown),
		cmocka_unit_test_setup_teardown(limits, setup, teardown),
		cmocka_unit_test_setup_teardown(bodies, setup, teardown),
		cmocka_unit_test_setup_teardown(calls, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
