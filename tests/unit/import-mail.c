/*
 * The parts of reading mail that need no MIME: dates, the lines between messages,
 * names and addresses, subjects, charsets, and what in a text is the author's own.
 */
#include "check.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/when.h"
#include "import/charset.h"
#include "import/mailbox.h"
#include "import/maildate.h"
#include "import/mailname.h"
#include "import/mailsubject.h"
#include "import/mailtext.h"

#include <unistd.h>

/* Empties b. */
#define assert_buf(b, expected) assert_buf_at((b), (expected), __LINE__)
static void assert_buf_at(struct buf *b, const char *expected, int line)
{
	assert_str_at(buf_str(b), expected, __FILE__, line);
	buf_reset(b);
}

/* --- Dates --- */

#define assert_date(text, expected) assert_date_at((text), (expected), __LINE__)
static void assert_date_at(const char *text, const char *expected, int line)
{
	char got[WHEN_RFC3339] = "";
	int64_t t;

	if (maildate_parse(str_of(text), &t))
		when_format(t, got);
	assert_str_at(str_of(got), expected, __FILE__, line);
}

static void reads_dates(void **state)
{
	(void)state;
	assert_date("Mon, 1 Jul 2024 10:00:59 +0200", "2024-07-01T08:00:59Z");
	assert_date("1 Jul 2024 10:00 -0530 (a (nested) comment)", "2024-07-01T15:30:00Z");
	assert_date(" Mon,  1 Jul 24 23:00:00 EST ", "2024-07-02T04:00:00Z");
	assert_date("1 Jul 98 10:00:00 GMT", "1998-07-01T10:00:00Z");
	assert_date("1 Jul 101 10:00:00", "2001-07-01T10:00:00Z");
	assert_date("Mon Jul  1 10:00:00 2024", "2024-07-01T10:00:00Z");
	assert_date("Mon Jul  1 10:00:00 PDT 2024", "2024-07-01T17:00:00Z");
	assert_date("Monday, 1-July-24 10:00:00 UT", "2024-07-01T10:00:00Z");
	assert_date("Mon, 1 Jul 2024 10:00:00.123 GMT+0200", "");
	assert_date("Mon, 1 Jul 2024 10:00:00.123 +0200 CEST", "2024-07-01T08:00:00Z");
	assert_date("29 Feb 2000 00:00:00 +02:00 (CEST)", "2000-02-28T22:00:00Z");
	assert_date("2024-07-01T10:00:00+02:00", "2024-07-01T08:00:00Z");
	assert_date("Sat, 30 Dec 2016 23:59:60 +0000", "2016-12-30T23:59:59Z");
	/* Zones that can't be, or that nobody knows, are UTC. */
	assert_date("1 Jul 2024 10:00:00 +9960", "2024-07-01T10:00:00Z");
	assert_date("1 Jul 2024 10:00:00 XYZ", "2024-07-01T10:00:00Z");
}

static void knows_what_is_no_date(void **state)
{
	(void)state;
	assert_date("", "");
	assert_date("yesterday", "");
	assert_date("1 Jul 2024", "");
	assert_date("Jul 2024 10:00:00", "");
	assert_date("31 Feb 2024 10:00:00", "");
	assert_date("1 Jul 2024 25:00:00", "");
	assert_date("1 Jul 2024 10:99", "");
	assert_date("1 Jul Aug 2024 10:00", "");
	assert_date("Mon Mon 1 Jul 2024 10:00", "");
	assert_date("1 Jul 99999999999999999999 10:00", "");
	assert_date("1 Jul 2024 10:00 10:00", "");
	assert_date("1 Jul 2024 :", "");
	assert_date("1 Jul 2024 10:00 (open", "2024-07-01T10:00:00Z");
	assert_date("1 Jul 2024 10:00 +02:x", "");
	assert_date("1 Jul 2024 10:00 +00:1", "");
	assert_date("1 Jan 0001 00:00:00 +0001", "");
	assert_date("-", "");
	assert_date("+", "");
}

/* --- "From " lines --- */

#define assert_from(line, expected) assert_from_at((line), (expected), __LINE__)
static void assert_from_at(const char *line, const char *expected, int at)
{
	struct str sender = STR_NONE;
	int64_t t;
	bool is = maildate_from_line(str_of(line), &sender, &t);

	if (is != !!expected)
		print_error("'%s'\n", line);
	assert_int_equal(is, !!expected);
	if (is)
		assert_str_at(sender, expected, __FILE__, at);
}

static void knows_lines_between_messages(void **state)
{
	(void)state;
	assert_from("From dana@acme.example Mon Jul  1 10:00:00 2024", "dana@acme.example");
	assert_from("From dana at acme.example  Mon Jul  1 10:00:00 2024",
		    "dana at acme.example");
	assert_from("From - Mon Jul  1 10:00:00 2024", "-");
	assert_from("From  Mon Jul  1 10:00:00 2024", "");
	assert_from("From dana@acme.example Mon, 1 Jul 2024 10:00:00 +0200",
		    "dana@acme.example");
	assert_from("From Mon@acme.example Mon Jul  1 10:00:00 EDT 2024", "Mon@acme.example");
	assert_from("From mboxrd@z Thu Jan  1 00:00:00 1970", "mboxrd@z");
	assert_from("From now on it works", NULL);
	assert_from("From Mon to Fri we are there", NULL);
	assert_from("From dana@acme.example", NULL);
	assert_from("From dana@acme.example Mon Jul  1 10:00:00 2024 she wrote", NULL);
	assert_from(">From dana@acme.example Mon Jul  1 10:00:00 2024", NULL);
	assert_from("From: dana@acme.example Mon Jul  1 10:00:00 2024", NULL);
	/* git format-patch */
	assert_from("From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001",
		    NULL);
}

/* --- Mailboxes --- */

/* Each message as [line:text], too large ones as [line!]. */
#define assert_mails(bytes, n, expected) assert_mails_at((bytes), (n), (expected), __LINE__)
static void assert_mails_at(const char *bytes, size_t n, const char *expected, int line)
{
	char path[] = "/tmp/candor-unit-XXXXXX";
	int fd = mkstemp(path), got = 1;
	struct diags diags = DIAGS_INIT;
	struct buf out = BUF_INIT;
	struct mailbox box;
	struct mail mail;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, n), n);
	close(fd);
	if (mailbox_open(&box, path, &diags) == 0) {
		while ((got = mailbox_next(&box, &mail, &diags)) == 1)
			buf_addf(&out, "[%lu%c%.*s]", mail.where.line,
				 mail.too_large ? '!' : ':', STR_ARG(mail.text));
		mailbox_release(&box);
	}
	unlink(path);
	for (size_t i = 0; i < diags.n; i++)
		buf_addf(&out, "{%lu %s}", diags.items[i].line, diags.items[i].message);
	diags_release(&diags);
	assert_str_at(buf_str(&out), expected, __FILE__, line);
	buf_release(&out);
}

#define assert_box(text, expected) assert_mails((text), sizeof(text) - 1, (expected))
#define FROM "From dana at acme.example  Mon Jul  1 10:00:00 2024\n"

static void takes_mailboxes_apart(void **state)
{
	(void)state;
	assert_box("", "");
	assert_box("\n\n \n", "");
	assert_box(FROM "A: 1\n\nx\n\n" FROM "B: 2\n\ny", "[1:A: 1\n\nx\n\n][6:B: 2\n\ny\n]");
	assert_box("\xef\xbb\xbf\r\n" FROM "A: 1\r\n\r\nx\r\n", "[2:A: 1\n\nx\n]");
	/* Text that begins so, a sender without an @ behind a line, no date. */
	assert_box(FROM "A: 1\n\nFrom now on\nFrom x Mon Jul  1 10:00:00 2024\n",
		   "[1:A: 1\n\nFrom now on\nFrom x Mon Jul  1 10:00:00 2024\n]");
	assert_box(FROM "A: 1\n\nx\n" FROM "B: 2\n\ny\n", "[1:A: 1\n\nx\n][5:B: 2\n\ny\n]");
	assert_box(FROM FROM, "[1:][2:]");
	/* What was moved from box to box. */
	assert_box(FROM ">From x\nA: 1\n\n", "[1:A: 1\n\n]");
	assert_mails(FROM "A: 1\n\nx\0y\n", sizeof(FROM "A: 1\n\nx\0y\n") - 1,
		     "[1:A: 1\n\nxy\n]");
	/* One message. */
	assert_box("Subject: x\n\n" FROM, "[1:Subject: x\n\n" FROM "]");
	assert_box("Nothing of the kind\n", "{1 no mailbox: expected a line 'From ADDRESS "
					    "DATE', or a message's header}");
}

static void takes_back_what_mailboxes_escape(void **state)
{
	(void)state;
	assert_box(FROM "A: 1\n\n>From here\n\n>>From there\n",
		   "[1:A: 1\n\nFrom here\n\n>From there\n]");
	/* Quoted without a blank. */
	assert_box(FROM "A: 1\n\n>One\n>From here\n\n>From here\n>two\n",
		   "[1:A: 1\n\n>One\n>From here\n\n>From here\n>two\n]");
}

static void passes_over_what_is_too_large(void **state)
{
	const size_t most = (size_t)MAIL_MAX_MB << 20;
	struct buf box = BUF_INIT;

	(void)state;
	buf_adds(&box, FROM "A: 1\n\n");
	while (box.n < most + 100)
		buf_adds(&box, "a line of sixty-four bytes, which is as long as a line is here\n");
	buf_adds(&box, "\n" FROM "B: 2\n\ny\n");
	assert_mails(box.p, box.n, "[1!][532616:B: 2\n\ny\n]");
	buf_release(&box);
}

/* --- Names --- */

#define assert_split(from, address, name) assert_split_at((from), (address), (name), __LINE__)
static void assert_split_at(const char *from, const char *address, const char *name, int line)
{
	struct buf a = BUF_INIT, n = BUF_INIT;

	mailname_split(str_of(from), &a, &n);
	assert_str_at(buf_str(&a), address, __FILE__, line);
	assert_str_at(buf_str(&n), name, __FILE__, line);
	buf_release(&a);
	buf_release(&n);
}

static void knows_names_and_addresses(void **state)
{
	(void)state;
	assert_split("Dana Reyes <Dana@Acme.example>", "dana@acme.example", "Dana Reyes");
	assert_split("\"Reyes, Dana \\\"D\\\" <x>\" <dana@acme.example>", "dana@acme.example",
		     "Reyes, Dana \"D\" <x>");
	assert_split("dana@acme.example (Dana Reyes)", "dana@acme.example", "Dana Reyes");
	assert_split("dana at acme.example (Dana (D) Reyes)", "dana@acme.example",
		     "Dana (D) Reyes");
	assert_split("dana at acme.example (dana at acme.example)", "dana@acme.example",
		     "dana at acme.example");
	assert_split("'Dana' <dana(a)acme.example>", "dana@acme.example", "Dana");
	assert_split("dana@acme.example", "dana@acme.example", "");
	assert_split("dana@localhost", "dana@localhost", "");
	assert_split("<dana@acme.example>", "dana@acme.example", "");
	assert_split("Dana Reyes", "", "Dana Reyes");
	assert_split("Dana <nowhere>", "nowhere", "Dana");
	assert_split("Dana <dana@acme.example", "dana@acme.example", "Dana");
	assert_split("", "", "");
	assert_split("<>", "", "");
	assert_split("\"", "", "\"");
}

static void hides_addresses(void **state)
{
	static const char *const texts[][2] = {
		{ "Dana", "Dana" },
		{ "dana@acme.example", "dana" },
		{ "dana at acme.example", "dana" },
		{ "dana [at] acme.example", "dana" },
		{ "Dana <dana@acme.example> wrote:", "Dana wrote:" },
		{ "Dana <mailto:dana@acme.example> wrote:", "Dana wrote:" },
		{ "Dana (dana at acme.example), Bo [bo@x.example]:", "Dana, Bo:" },
		{ "dana@acme.example<mailto:dana@acme.example>", "dana" },
		{ "a@b.example@c.example", "a@c.example" },
		{ "meet at noon", "meet at noon" },
		{ "@dana, look", "@dana, look" },
		{ "@", "@" },
	};
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		mailname_add_hidden(&out, str_of(texts[i][0]));
		if (i == 8) /* whatever it is, no address is left */
			buf_reset(&out);
		else
			assert_buf(&out, texts[i][1]);
	}
	mailname_add_marked(&out, STR("ask dana at acme.example, at ij.Macro.run at 1.5, "
				      "look at Window.java or bo@acme.example"));
	assert_buf(&out, "ask dana (at) acme.example, at ij.Macro.run at 1.5, "
			 "look (at) Window.java or bo@acme.example");
	buf_release(&out);
}

/* --- Subjects --- */

static void knows_subjects(void **state)
{
	static const struct {
		const char *subject, *key, *title;
		bool reply;
	} rows[] = {
		{ "Lid  leaks", "lid leaks", "Lid  leaks", false },
		{ "Re: [kettles] AW: Re[2]: Lid Leaks", "lid leaks", "Lid Leaks", true },
		{ "[Kettles] [bug 7] Lid", "lid", "[bug 7] Lid", false },
		{ "[bug 7] [kettles] Lid", "lid", "[bug 7] [kettles] Lid", false },
		{ "Fwd: Lid", "lid", "Fwd: Lid", false },
		{ "RE : Lid", "lid", "Lid", true },
		{ "Re^2: Fw: Lid", "lid", "Fw: Lid", true },
		{ "Regarding: Lid", "regarding: lid", "Regarding: Lid", false },
		{ "Re:", "", "", true },
		{ "[kettles", "[kettles", "[kettles", false },
		{ "[]", "", "[]", false },
		{ "", "", "", false },
	};
	const struct str names[] = { STR("acme"), STR("The Kettles"), STR("KETTLES") };
	struct buf key = BUF_INIT;
	bool reply;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		mailsubject_key(&key, str_of(rows[i].subject), &reply);
		assert_buf(&key, rows[i].key);
		assert_int_equal(reply, rows[i].reply);
		assert_str(mailsubject_title(str_of(rows[i].subject), names, 3),
			   rows[i].title);
	}
	buf_release(&key);
}

/* --- Charsets --- */

static void reads_charsets(void **state)
{
	static const char *const rows[][3] = {
		{ "utf-8", "caf\xc3\xa9", "caf\xc3\xa9" },
		{ "UTF8", "caf\xe9!", "caf\xef\xbf\xbd!" },
		{ "iso-8859-1", "caf\xe9 \x80", "caf\xc3\xa9 \xe2\x82\xac" },
		{ "iso-8859-1", "caf\xc3\xa9", "caf\xc3\xa9" }, /* a wrong label */
		{ "us-ascii", "caf\xe9", "caf\xc3\xa9" },
		{ NULL, "caf\xe9", "caf\xc3\xa9" },
		{ NULL, "caf\xc3\xa9", "caf\xc3\xa9" },
		{ "x-nonsense", "caf\xe9", "caf\xc3\xa9" },
		{ "../../etc/passwd", "caf\xe9", "caf\xc3\xa9" },
		{ "utf-8//IGNORE", "caf\xe9", "caf\xc3\xa9" },
		{ "koi8-r", "\xc4\xc1", "\xd0\xb4\xd0\xb0" },
		{ "iso-2022-jp", "\x1b$B$\"\x1b(B!", "\xe3\x81\x82!" },
		{ "shift_jis", "\x82\xa0\x87\x40", "\xe3\x81\x82\xe2\x91\xa0" },
		{ "gb2312", "\xc4\xe3\xe9", "\xe4\xbd\xa0\xef\xbf\xbd" },
		{ "windows-1252", "\x81", "\xef\xbf\xbd" },
		{ "utf-8", "", "" },
	};
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		charset_add(&out, str_of(rows[i][0]), str_of(rows[i][1]));
		assert_buf(&out, rows[i][2]);
	}
	buf_release(&out);
}

/* --- Texts --- */

#define assert_text(from, expected) assert_text_at((from), (expected), __LINE__)
static void assert_text_at(const char *from, const char *expected, int line)
{
	struct mailtext t = MAILTEXT_INIT;

	mailtext_add(&t, str_of(from));
	for (struct str names = buf_str(&t.files); names.n;) {
		struct str name = str_split(&names, '\n');

		buf_addf(&t.text, "{%.*s}", STR_ARG(name));
	}
	assert_str_at(buf_str(&t.text), expected, __FILE__, line);
	mailtext_release(&t);
}

static void keeps_what_is_said(void **state)
{
	(void)state;
	assert_text("\n\nHello,\n\n\nit leaks.\n\n", "Hello,\n\nit leaks.\n");
	assert_text("Hello", "Hello\n");
	assert_text("", "");
	assert_text("\n \n", "");
	assert_text("> It leaks.\r\n\r\nSo it does.\r\n", "> It leaks.\n\nSo it does.\n");
	assert_text("From: the top\nit leaks\n", "From: the top\nit leaks\n");
	assert_text("Dana wrote:\nnothing\n", "Dana wrote:\nnothing\n");
}

static void marks_quotations(void **state)
{
	(void)state;
	/* An attribution belongs to its quotation. */
	assert_text("On Monday, Dana Reyes\n<dana@acme.example> wrote:\n\n> It leaks.\n\nNo.\n",
		    "> On Monday, Dana Reyes\n> wrote:\n\n> It leaks.\n\nNo.\n");
	assert_text("Hi.\n\ndana at acme.example wrote:\n> It leaks.\n",
		    "Hi.\n\n> dana wrote:\n> It leaks.\n");
	assert_text("Am 1. Juli schrieb Dana Reyes <dana@acme.example>:\n> Es leckt.\n",
		    "> Am 1. Juli schrieb Dana Reyes:\n> Es leckt.\n");
	assert_text("> Dana <dana@acme.example> wrote:\n>> It leaks.\n",
		    "> Dana wrote:\n>> It leaks.\n");
	/* Nothing marks it: all below is another's. */
	assert_text("Sorry!\n\nOn 1 Jul 2024, Dana wrote:\n\nWe were wrong.\n\nYours\n",
		    "Sorry!\n\n> On 1 Jul 2024, Dana wrote:\n>\n> We were wrong.\n>\n> Yours\n");
	assert_text("Sorry!\n\n-----Original Message-----\nFrom: Dana <dana@acme.example>\n"
		    "Subject: Lid\n\nWe were wrong.\n",
		    "Sorry!\n\n> -----Original Message-----\n> From: Dana\n> Subject: Lid\n>\n"
		    "> We were wrong.\n");
	assert_text("Sorry!\n________________________________\nFrom: Dana <dana@acme.example>\n"
		    "Sent: Monday\nTo: Bo <bo@x.example>\nSubject: Lid\n\nWe were wrong.\n",
		    "Sorry!\n________________________________\n> From: Dana\n> Sent: Monday\n"
		    "> To: Bo\n> Subject: Lid\n>\n> We were wrong.\n");
	/* Marked below the rule: what follows is the author's. */
	assert_text("-----Original Message-----\n> We were wrong.\n\nIndeed.\n",
		    "> -----Original Message-----\n> We were wrong.\n\nIndeed.\n");
}

static void leaves_out_what_stands_beside(void **state)
{
	(void)state;
	assert_text("It leaks.\n-- \nBo\n+31 20 555 0100\n", "It leaks.\n");
	assert_text("It leaks.\n--\nBo\n", "It leaks.\n");
	assert_text("Top.\n-- \nBo\n\n> It leaks.\n", "Top.\n\n> It leaks.\n");
	/* Too long to be one. */
	assert_text("A\n--\n1\n2\n3\n4\n5\n", "A\n--\n1\n2\n3\n4\n5\n");
	assert_text("A\n-- \n1\n2\n3\n4\n5\n6\n7\n8\n9\n",
		    "A\n-- \n1\n2\n3\n4\n5\n6\n7\n8\n9\n");
	assert_text("It leaks.\n_______________________________________________\n"
		    "Kettles mailing list\nkettles at acme.example\n"
		    "https://lists.acme.example/listinfo/kettles\n",
		    "It leaks.\n");
	assert_text("Name:\n____________________\nBo\n", "Name:\n____________________\nBo\n");
}

static void reads_notes_of_pipermail(void **state)
{
	(void)state;
	assert_text("It leaks.\n-------------- next part --------------\n"
		    "An HTML attachment was scrubbed...\nURL: <https://lists.example/a.html>\n",
		    "It leaks.\n");
	assert_text("It leaks.\n-------------- next part --------------\n"
		    "A non-text attachment was scrubbed...\nName: lid.png\nType: image/png\n"
		    "Size: 7 bytes\nDesc: not available\nURL : <https://lists.example/lid.png>\n"
		    "-------------- next part --------------\nMore.\n",
		    "It leaks.\n\nMore.\n{lid.png}");
	assert_text("-------------- next part --------------\n"
		    "An embedded message was scrubbed...\nFrom: dana at acme.example\n"
		    "Subject: Lid\nDate: Mon\nSize: 3\n",
		    "{Lid}");
}

static void unflows(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	mailtext_unflow(&out, STR("It \nleaks.\n> You \n> say.\n>> So \n> no. \n From x\n-- \nBo \n"),
			false);
	assert_buf(&out, "It leaks.\n> You say.\n>> So \n> no. \nFrom x\n-- \nBo \n");
	mailtext_unflow(&out, STR("kettle \nlid\n"), true);
	assert_buf(&out, "kettlelid\n");
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_dates),
		cmocka_unit_test(knows_what_is_no_date),
		cmocka_unit_test(knows_lines_between_messages),
		cmocka_unit_test(takes_mailboxes_apart),
		cmocka_unit_test(takes_back_what_mailboxes_escape),
		cmocka_unit_test(passes_over_what_is_too_large),
		cmocka_unit_test(knows_names_and_addresses),
		cmocka_unit_test(hides_addresses),
		cmocka_unit_test(knows_subjects),
		cmocka_unit_test(reads_charsets),
		cmocka_unit_test(keeps_what_is_said),
		cmocka_unit_test(marks_quotations),
		cmocka_unit_test(leaves_out_what_stands_beside),
		cmocka_unit_test(reads_notes_of_pipermail),
		cmocka_unit_test(unflows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
