/*
 * Mailboxes into threads: what becomes of fields and of MIME's parts, what is left out,
 * months that come one by one, bad messages; and a real list, whose figures were counted
 * by other means.
 */
#include "import-try.h"

#include "base/mem.h"
#include "base/sha256.h"
#include "import/mime.h"

/* Skips where mail can't be read. */
static struct try *begin(void)
{
	struct try *t = try_begin();

	if (mime_ready(&t->diags) < 0) {
		diags_release(&t->diags);
		try_end(t);
		print_message("no GMime, with which mail is read\n");
		skip();
	}
	t->options.venue = "kettles";
	t->options.url = "https://lists.acme.example/kettles/";
	t->options.now = 1730000000; /* 2024-10-27 */
	return t;
}

#define FROM "From x@y.example Mon Jul  1 10:00:00 2024\n"
#define VENUE \
	"{'type':'venue','slug':'kettles','name':'kettles'," \
	"'url':'https://lists.acme.example/kettles/','kind':'list'}\n"

static int import_box(struct try *t, const char *text)
{
	try_file("box.mbox", text);
	return try_import(t, "mbox", "box.mbox");
}

/* The id of a Message-ID or an address. */
static const char *id(const char *text)
{
	static char hex[8][17];
	static int next;
	unsigned char digest[SHA256_SIZE];
	char *to = hex[next++ % 8];

	sha256_of(str_of(text), digest);
	sha256_hex(digest, 8, to);
	return to;
}

static void maps_messages(void **state)
{
	struct try *t = begin();
	struct buf expected = BUF_INIT;

	(void)state;
	assert_int_equal(
		import_box(t,
			   FROM "From: Dana Reyes <Dana@Acme.example>\n"
				"Message-ID: <1@acme.example>\n"
				"Date: Mon, 1 Jul 2024 10:00:00 +0200\n"
				"Subject: [Kettles] =?utf-8?q?Caf=C3=A9?= =?utf-8?q?_lid?=\n"
				"Archived-At: <https://lists.acme.example/1>\n"
				"\nIt leaks.\n-- \nDana\n\n"
			   FROM "From: bo at x.example (Bo)\n"
				"Message-ID: <2@x.example>\nIn-Reply-To: <1@acme.example>\n"
				"Date: Mon, 1 Jul 2024 12:00:00 +0200\n"
				"Subject: Re: [Kettles] Lid\n\n"
				"Dana <dana at acme.example> wrote:\n> It leaks.\n\n"
				"Ask eva at acme.example\n"),
		0);
	assert_int_equal(t->counts.threads_new, 1);
	assert_int_equal(t->counts.posts, 2);
	assert_int_equal(t->counts.replies, 1);
	buf_adds(&expected, VENUE);
	buf_addf(&expected,
		 "{'type':'thread','venue':'kettles','id':'%s',"
		 "'url':'https://lists.acme.example/1','title':'Caf\xc3\xa9 lid',"
		 "'created':'2024-07-01T08:00:00Z','posts':[{'id':'%s','author':{'id':'%s',"
		 "'name':'Dana Reyes'},'created':'2024-07-01T08:00:00Z','format':'text',"
		 "'body':'It leaks.\\n','url':'https://lists.acme.example/1',"
		 "'fetched':'2024-10-27T03:33:20Z'},{'id':'%s','parent':'%s',"
		 "'author':{'id':'%s','name':'Bo'},'created':'2024-07-01T10:00:00Z',"
		 "'format':'text','body':'> Dana wrote:\\n> It leaks.\\n\\n"
		 "Ask eva (at) acme.example\\n','fetched':'2024-10-27T03:33:20Z'}]}\n",
		 id("1@acme.example"), id("1@acme.example"), id("dana@acme.example"),
		 id("2@x.example"), id("1@acme.example"), id("bo@x.example"));
	assert_export(t, expected.p);
	buf_release(&expected);
	try_end(t);
}

/* --- What is in a message --- */

/* Exactly the body (as in JSON, ' for ") and the format of one message, whose fields but
 * for From and Date are given. */
#define assert_body(fields, expected) assert_body_at((fields), (expected), __LINE__)
static void assert_body_at(const char *message, const char *expected, int line)
{
	struct try *t = begin();
	struct buf box = BUF_INIT, want = BUF_INIT;
	char *lines, *part;

	buf_addf(&box, FROM "From: Dana <dana@acme.example>\n%s", message);
	assert_int_equal(import_box(t, box.p), 0);
	lines = try_export(t);
	part = strstr(lines, "\"format\":");
	assert_non_null(part);
	*strstr(part, ",\"fetched\"") = '\0';
	buf_addf(&want, "'format':%s", expected);
	for (size_t i = 0; i < want.n; i++)
		want.p[i] = want.p[i] == '\'' ? '"' : want.p[i];
	assert_str_at(str_of(part), want.p, __FILE__, line);
	free(lines);
	buf_release(&box);
	buf_release(&want);
	try_end(t);
}

#define MIXED(type) "Content-Type: multipart/" type "; boundary=B\n\n"
#define PART(type) "--B\nContent-Type: " type "\n\n"

static void reads_mime(void **state)
{
	(void)state;
	assert_body("Subject: x\n\nplain\n", "'text','body':'plain\\n'");
	assert_body("Subject: x\n", "'text','body':''");
	assert_body("Content-Type: text/plain; charset=iso-8859-1\n"
		    "Content-Transfer-Encoding: quoted-printable\n\ncaf=E9=20=\nau lait=\n",
		    "'text','body':'caf\xc3\xa9 au lait\\n'");
	assert_body("Content-Type: text/plain; charset=\"utf-8\"\n"
		    "Content-Transfer-Encoding: base64\n\nY2Fmw6kK\n",
		    "'text','body':'caf\xc3\xa9\\n'");
	assert_body("Content-Type: text/plain; charset=x-nonsense\n\ncaf\xe9\n",
		    "'text','body':'caf\xc3\xa9\\n'");
	assert_body("Content-Type: text/plain; format=flowed\n\nIt \nleaks.\n",
		    "'text','body':'It leaks.\\n'");
	assert_body("Content-Type: text/html\n\n<p>It leaks.</p>\n",
		    "'html','body':'<p>It leaks.</p>\\n'");
	assert_body(MIXED("alternative") PART("text/plain") "Plain\n" PART("text/html")
		    "<p>Rich</p>\n--B--\n",
		    "'text','body':'Plain\\n'");
	assert_body(MIXED("alternative") PART("text/x-nonsense") "?\n" PART("text/html")
		    "<p>Rich</p>\n--B--\n",
		    "'html','body':'<p>Rich</p>\\n<p>[attachment: text/x-nonsense]</p>\\n'");
	assert_body(MIXED("mixed") PART("text/html") "<p>Rich</p>\n" PART("text/plain")
		    "____________________\nKettles mailing list\n--B--\n",
		    "'html','body':'<p>Rich</p>'");
	assert_body(MIXED("mixed") PART("text/plain") "Plain\n" PART("text/html")
		    "<p>Rich</p><script>x</script>\n--B--\n",
		    "'text','body':'Plain\\n\\nRich\\n'");
}

static void names_attachments(void **state)
{
	(void)state;
	assert_body(MIXED("mixed") PART("text/plain") "See this.\n"
		    PART("image/png; name=\"=?utf-8?q?caf=C3=A9?=.png\"") "x\n"
		    "--B\nContent-Type: text/plain\n"
		    "Content-Disposition: attachment; filename=a.log\n\nx\n"
		    PART("message/rfc822") "Subject: x\n\nprivate\n"
		    PART("application/pgp-signature") "x\n--B--\n",
		    "'text','body':'See this.\\n\\n[attachment: caf\xc3\xa9.png]\\n"
		    "[attachment: a.log]\\n[attachment: message/rfc822]\\n'");
	assert_body(MIXED("encrypted; protocol=\"application/pgp-encrypted\"")
		    PART("application/pgp-encrypted") "Version: 1\n"
		    PART("application/octet-stream; name=encrypted.asc") "x\n--B--\n",
		    "'text','body':'[attachment: application/pgp-encrypted]\\n"
		    "[attachment: encrypted.asc]\\n'");
	/* Pictures inside a text are no files. */
	assert_body(MIXED("related") PART("text/html") "<img src=cid:1>\n"
		    PART("image/png") "x\n--B--\n",
		    "'html','body':'<img src=cid:1>'");
	assert_body("\n-------------- next part --------------\n"
		    "An HTML attachment was scrubbed...\nURL: <x>\n",
		    "'text','body':'[attachment: HTML]\\n'");
}

static void survives_broken_mime(void **state)
{
	struct buf deep = BUF_INIT;

	(void)state;
	/* Never closed; a boundary that never comes; encodings that aren't. */
	assert_body(MIXED("mixed") PART("text/plain") "Open\n", "'text','body':'Open\\n'");
	assert_body("Content-Type: multipart/mixed\n\nNo boundary\n", "'text','body':''");
	assert_body("Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n***\n",
		    "'text','body':''");
	assert_body("Content-Type: text\n\nBody\n", "'text','body':'Body\\n'");
	assert_body("Content-Type: ;;;\nno field\nX: y\n\nBody\n", "'text','body':'Body\\n'");
	for (int i = 0; i < 200; i++)
		buf_addf(&deep, "Content-Type: multipart/mixed; boundary=B%d\n\n--B%d\n", i, i);
	buf_adds(&deep, "\ndeep\n");
	assert_body(deep.p, "'text','body':'[attachment: multipart/mixed]\\n'");
	buf_release(&deep);
}

static void finds_authors(void **state)
{
	struct try *t = begin();
	struct buf want = BUF_INIT;

	(void)state;
	assert_int_equal(
		import_box(t, FROM "From: =?utf-8?q?J=C3=B6?= <jo@x.example>\nSubject: a\n\n"
			      "\n" FROM "From: ann@x.example\nSubject: b\n\n\n"
			      FROM "From: \"eva@x.example\" <eva@x.example>\nSubject: c\n\n\n"
			      FROM "From: Dana via Kettles <kettles@lists.acme.example>\n"
				   "Reply-To: Dana <dana@acme.example>\nSubject: d\n\n\n"
			      FROM "From: Bo via Kettles <kettles@lists.acme.example>\n"
				   "Subject: e\n\n\n"
			      FROM "Subject: f\n\n\n"),
		0);
	assert_int_equal(t->counts.posts, 6);
	assert_int_equal(t->counts.authors_unknown, 1);
	buf_addf(&want, "'author':{'id':'%s','name':'J\xc3\xb6'}", id("jo@x.example"));
	assert_true(exports(t, want.p));
	buf_reset(&want);
	buf_addf(&want, "'author':{'id':'%s','name':'ann'}", id("ann@x.example"));
	assert_true(exports(t, want.p));
	buf_reset(&want);
	buf_addf(&want, "'author':{'id':'%s','name':'eva'}", id("eva@x.example"));
	assert_true(exports(t, want.p));
	buf_reset(&want);
	buf_addf(&want, "'author':{'id':'%s','name':'Dana'}", id("dana@acme.example"));
	assert_true(exports(t, want.p));
	buf_reset(&want);
	buf_addf(&want, "'author':{'id':'%s','name':'Bo'}", id("\nBo"));
	assert_true(exports(t, want.p));
	buf_release(&want);
	try_end(t);
}

static void finds_dates(void **state)
{
	struct try *t = begin();

	(void)state;
	assert_int_equal(
		import_box(t, FROM "From: a@x.example\nDate: never\nSubject: a\n\n\n"
			      FROM "From: a@x.example\nDate: 1 Jan 1970 00:00:00 +0000\n"
				   "Subject: b\n\n\n"
			      FROM "From: a@x.example\nDate: 1 Jan 2099 00:00:00 +0000\n"
				   "Subject: c\n\n\n"
			      "From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: a@x.example\n"
			      "Received: by x; with y; Tue, 2 Jul 2024 00:00:00 +0000\n"
			      "Subject: d\n\n\n"),
		0);
	assert_int_equal(t->counts.threads_new, 4);
	assert_true(exports(t, "'title':'a','created':'2024-07-01T10:00:00Z'"));
	assert_true(exports(t, "'title':'b','created':'2024-07-01T10:00:00Z'"));
	assert_true(exports(t, "'title':'c','created':'2024-07-01T10:00:00Z'"));
	assert_true(exports(t, "'title':'d','created':'2024-07-02T00:00:00Z'"));
	try_end(t);
}

/* --- Which list it is, and where --- */

static void asks_messages_for_their_list(void **state)
{
	struct try *t = begin();

	(void)state;
	t->options.venue = t->options.url = NULL;
	assert_int_equal(import_box(t, FROM "From: a@x.example\nSubject: a\n\n\n"), -1);
	assert_diags(&t->diags,
		     "error: the export doesn't say the venue's address [usage]\n"
		     "  hint: say it with --url, as in --url https://forum.acme.example\n");
	assert_int_equal(
		import_box(t, FROM "From: a@x.example\nSubject: [acme-kettles] a\n"
				   "List-Id: Acme Kettles <kettles.lists.acme.example>\n"
				   "List-Archive: <https://lists.acme.example/kettles/>\n\n\n"),
		0);
	assert_true(exports(t, "{'type':'venue','slug':'lists-acme-example',"
			       "'name':'Acme Kettles',"
			       "'url':'https://lists.acme.example/kettles/','kind':'list'}"));
	assert_true(exports(t, "'title':'a'"));
	try_end(t);
}

static void points_to_pages_of_pipermail(void **state)
{
	struct try *t = begin();

	(void)state;
	t->options.url = "https://lists.acme.example/pipermail/kettles/";
	try_file("2024-July.txt", FROM "From: a@x.example\nMessage-ID: <1@x>\n\n\n");
	assert_int_equal(try_import(t, "mbox", "2024-July.txt"), 0);
	assert_true(exports(t, "'url':'https://lists.acme.example/pipermail/kettles/"
			       "2024-July/thread.html#"));
	try_end(t);
}

/* --- Copies, months --- */

#define MAIL(id, reply, subject, body) \
	FROM "From: a@x.example\nMessage-ID: <" id ">\nIn-Reply-To: <" reply ">\n" \
	     "Subject: " subject "\n\n" body "\n\n"

static void knows_copies(void **state)
{
	struct try *t = begin();

	(void)state;
	assert_int_equal(import_box(t, MAIL("1@x", "", "a", "one")
					       MAIL("1@x", "", "a", "one, with a footer")
					       MAIL("1@x", "", "b", "two")
					       MAIL("1@x", "", "b", "two")),
			 0);
	assert_int_equal(t->counts.posts, 2);
	assert_int_equal(t->counts.skipped[SKIP_TWICE], 2);
	/* Without a Message-ID what they say decides. */
	assert_int_equal(import_box(t, FROM "From: a@x.example\nSubject: c\n\none\n\n"
				       FROM "From: a@x.example\nSubject: c\n\ntwo\n\n"
				       FROM "From: a@x.example\nSubject: c\n\none\n"),
			 0);
	assert_int_equal(t->counts.posts, 2);
	assert_int_equal(t->counts.skipped[SKIP_TWICE], 1);
	try_end(t);
}

static void takes_months_one_by_one(void **state)
{
	struct try *t = begin();
	char *whole, *months;

	(void)state;
	assert_int_equal(import_box(t, MAIL("1@x", "", "a", "one") MAIL("2@x", "1@x", "a", "two")),
			 0);
	/* It answers what only the archive has, and names the first message nowhere. */
	assert_int_equal(import_box(t, MAIL("3@x", "2@x", "Re: b", "three")), 0);
	assert_int_equal(t->counts.threads_changed, 1);
	assert_int_equal(t->counts.threads_new, 0);
	assert_int_equal(t->counts.put.posts_new, 1);
	months = try_export(t);
	assert_int_equal(import_box(t, MAIL("1@x", "", "a", "one") MAIL("2@x", "1@x", "a", "two")
					       MAIL("3@x", "2@x", "Re: b", "three")),
			 0);
	assert_int_equal(t->counts.threads_same, 1);
	whole = try_export(t);
	assert_string_equal(months, whole);
	free(months);
	free(whole);
	/* Two that only the first one holds together. */
	assert_int_equal(import_box(t, MAIL("4@x", "1@x", "Re: a", "four")), 0);
	assert_int_equal(import_box(t, FROM "From: a@x.example\nMessage-ID: <2@x>\nSubject: a\n\ntwo\n\n"
				       FROM "From: a@x.example\nMessage-ID: <4@x>\nSubject: b\n\nfour\n"),
			 0);
	assert_int_equal(t->counts.threads_new, 0);
	assert_int_equal(t->counts.threads_changed, 1);
	assert_true(exports(t, "'title':'a','created':"));
	/* Nothing is gone, unless it is said to be the whole list. */
	assert_int_equal(import_box(t, MAIL("1@x", "", "a", "one")), 0);
	assert_int_equal(t->counts.put.posts_gone, 0);
	t->options.whole = true;
	assert_int_equal(import_box(t, MAIL("1@x", "", "a", "one")), 0);
	assert_int_equal(t->counts.put.posts_gone, 3);
	try_end(t);
}

/* --- Bad mailboxes --- */

static void complains_of_bad_mail(void **state)
{
	struct try *t = begin();
	static const char box[] =
		"From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: a@x.example\n\n\n"
		FROM "\nno header\n\n" FROM "From: a@x.example\n\nfine\n";

	(void)state;
	assert_int_equal(import_box(t, box), -1);
	assert_diags(&t->diags,
		     "box.mbox:1: error: a message without a date that can be right "
		     "[bad-value]\n"
		     "box.mbox:5: error: no message: it has no header [bad-value]\n");
	assert_export(t, "");
	t->options.keep_going = true;
	assert_int_equal(import_box(t, box), 0);
	assert_int_equal(t->counts.posts, 1);
	assert_int_equal(t->counts.skipped[SKIP_BAD], 2);
	diags_release(&t->diags);
	t->options.keep_going = false;
	assert_int_equal(import_box(t, "{\"posts\": []}\n"), -1);
	assert_diags(&t->diags, "box.mbox:1: error: no mailbox: expected a line 'From ADDRESS "
				"DATE', or a message's header [syntax]\n");
	assert_int_equal(try_import(t, "mbox", "none.mbox"), -1);
	assert_int_equal(t->diags.items[0].id, DIAG_NOT_FOUND);
	diags_release(&t->diags);
	try_end(t);
}

static void sniffs(void **state)
{
	static const char *const boxes[] = {
		FROM, "\n" FROM,
		"Return-Path: <x>\nReceived: by x;\n\tMon\nFrom: a@x.example\n\n", NULL
	};
	static const char *const others[] = {
		"", "From here on\n", "From: a\n\n", "Subject: x\nno field\n", "{\"a\": 1}\n",
		"id,body\n1,x\n", "<feed/>\n", NULL
	};

	(void)state;
	for (size_t i = 0; boxes[i]; i++)
		assert_true(importer_find("mbox")->sniff("x", str_of(boxes[i])) > 0);
	for (size_t i = 0; others[i]; i++)
		assert_int_equal(importer_find("mbox")->sniff("x", str_of(others[i])), 0);
}

/* --- A real list --- */

/* Counted with Python's mailbox module. */
static void reads_a_real_list(void **state)
{
	const char *shared = getenv("CANDOR_SHARED");
	struct buf path = BUF_INIT;
	char *dir, *lines;
	struct try *t;

	(void)state;
	buf_addf(&path, "%s/data/mbox/imagej-bugs", shared ? shared : "../shared");
	dir = realpath(path.p, NULL);
	buf_release(&path);
	if (!dir) {
		print_message("no data/mbox/imagej-bugs in CANDOR_SHARED\n");
		skip();
	}
	t = begin();
	assert_int_equal(try_import(t, "mbox", dir), 0);
	assert_int_equal(t->counts.posts, 1753);
	assert_int_equal(t->counts.threads_new, 492);
	assert_int_equal(t->counts.replies, 1144);
	lines = try_export(t);
	assert_null(strstr(lines, "scrubbed..."));
	free(lines);
	/* Again: no change. */
	t->options.now += 86400;
	assert_int_equal(try_import(t, "mbox", dir), 0);
	assert_int_equal(t->counts.threads_same, 492);
	free(dir);
	try_end(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(maps_messages),
		cmocka_unit_test(reads_mime),
		cmocka_unit_test(names_attachments),
		cmocka_unit_test(survives_broken_mime),
		cmocka_unit_test(finds_authors),
		cmocka_unit_test(finds_dates),
		cmocka_unit_test(asks_messages_for_their_list),
		cmocka_unit_test(points_to_pages_of_pipermail),
		cmocka_unit_test(knows_copies),
		cmocka_unit_test(takes_months_one_by_one),
		cmocka_unit_test(complains_of_bad_mail),
		cmocka_unit_test(sniffs),
		cmocka_unit_test(reads_a_real_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
