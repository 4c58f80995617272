/*
 * Since when what is gone is, post by post; where what isn't gone stands; and that
 * hiding a thread or a post leaves a sound archive that says when, and showing it
 * again one that says nothing.
 */
#include "archive-fixture.h"

static int say_withdrawn(void *ctx, const struct withdrawn_post *p)
{
	buf_addf(ctx, "%lld/%.*s%s %lld;", (long long)p->thread, STR_ARG(p->id),
		 p->alone ? " alone" : "",
		 p->since == WHEN_NONE ? -1 : (long long)p->since);
	return 0;
}

static int say_origin(void *ctx, const struct archive_origin *o)
{
	buf_addf(ctx, "%.*s/%.*s%s%.*s%s %.*s;", STR_ARG(o->venue), STR_ARG(o->id),
		 str_present(o->post) ? "/" : "", STR_ARG(o->post), o->hidden ? " hidden" : "",
		 STR_ARG(o->url));
	return 0;
}

static void expect_withdrawn(struct archive *a, const char *expected)
{
	struct diags d = DIAGS_INIT;
	struct buf b = BUF_INIT;

	assert_int_equal(archive_each_withdrawn(a, say_withdrawn, &b, &d), 0);
	no_diags(&d);
	assert_string_equal(b.p, expected);
	buf_release(&b);
}

static void expect_origins(struct archive *a, const char *expected)
{
	struct diags d = DIAGS_INIT;
	struct buf b = BUF_INIT;

	assert_int_equal(archive_each_origin(a, say_origin, &b, &d), 0);
	no_diags(&d);
	assert_string_equal(b.p, expected);
	buf_release(&b);
}

static void hide(struct archive *a, int64_t thread, struct str post, bool hidden, int64_t now)
{
	struct diags d = DIAGS_INIT;

	assert_int_equal(archive_set_hidden(a, thread, post, hidden, now, &d), 0);
	no_diags(&d);
}

static void hides_and_shows(void **state)
{
	struct archive *a;
	struct diags d = DIAGS_INIT;

	(void)state;
	make_archive("a.db");
	a = open_ok("a.db", ARCHIVE_WRITE);
	expect_withdrawn(a, "");
	expect_origins(a, "forum/t1 https://forum.example/t1;forum/t2 https://forum.example/t2;"
			  "forum/t1/11 https://forum.example/p;"
			  "forum/t2/21 https://forum.example/p;");
	begin(a);
	hide(a, 1, STR("11"), true, 1000);
	hide(a, 2, STR_NONE, true, 3000);
	hide(a, 2, STR_NONE, true, 4000); /* is so already */
	hide(a, 1, STR("nobody"), true, 4000);
	commit(a);
	expect_withdrawn(a, "1/11 alone 1000;2/20 3000;2/21 3000;");
	expect_origins(a, "forum/t1 https://forum.example/t1;"
			  "forum/t2 hidden https://forum.example/t2;"
			  "forum/t1/11 hidden https://forum.example/p;");
	begin(a);
	hide(a, 2, STR("21"), true, 5000);
	commit(a);
	/* It went with its thread, whatever came then. */
	expect_withdrawn(a, "1/11 alone 1000;2/20 3000;2/21 alone 3000;");
	begin(a);
	hide(a, 2, STR_NONE, false, 6000);
	hide(a, 1, STR("11"), false, 6000);
	commit(a);
	expect_withdrawn(a, "2/21 alone 5000;");
	assert_int_equal(archive_check(a, &d), 0);
	no_diags(&d);
	archive_close(a);
}

/* What its venue deleted stays so, since then; somebody's hand leaves no time. */
static void what_is_gone_stays_gone(void **state)
{
	struct archive *a;

	(void)state;
	make_archive("a.db");
	shell("a.db", "UPDATE thread SET gone = 1, withdrawn = 7 WHERE id = 1;"
		      "UPDATE thread SET hidden = 1 WHERE id = 2");
	a = open_ok("a.db", ARCHIVE_WRITE);
	begin(a);
	hide(a, 1, STR_NONE, true, 1000);
	hide(a, 1, STR_NONE, false, 2000);
	commit(a);
	expect_withdrawn(a, "1/10 7;1/11 7;2/20 -1;2/21 -1;");
	expect_origins(a, "forum/t2 hidden https://forum.example/t2;");
	archive_close(a);
}

static void word(struct archive *a, const char *name, struct str post, int64_t at)
{
	const struct label l = { .name = str_of(name), .post = post, .quote = STR_NONE,
				 .by = STR("eve"), .at = at, .note = STR_NONE };
	enum archive_change change;
	struct diags d = DIAGS_INIT;

	assert_int_equal(archive_add_label(a, 2, &l, &change, &d), 0);
	no_diags(&d);
}

static void the_latest_word_stands(void **state)
{
	struct diags d = DIAGS_INIT;
	struct archive *a;

	(void)state;
	make_archive("a.db");
	a = open_ok("a.db", ARCHIVE_WRITE);
	begin(a);
	assert_int_equal(archive_label_stands(a, 2, STR_NONE, STR("odd"), &d), 0);
	word(a, "odd", STR_NONE, 1000);
	assert_int_equal(archive_label_stands(a, 2, STR_NONE, STR("odd"), &d), 1);
	assert_int_equal(archive_label_stands(a, 2, STR("20"), STR("odd"), &d), 0);
	assert_int_equal(archive_label_stands(a, 1, STR_NONE, STR("odd"), &d), 0);
	word(a, "not-odd", STR_NONE, 2000);
	word(a, "odd", STR("20"), 3000);
	assert_int_equal(archive_label_stands(a, 2, STR_NONE, STR("odd"), &d), 0);
	assert_int_equal(archive_label_stands(a, 2, STR("20"), STR("odd"), &d), 1);
	commit(a);
	no_diags(&d);
	archive_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(hides_and_shows),
		IN_FOLDER(what_is_gone_stays_gone),
		IN_FOLDER(the_latest_word_stands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
