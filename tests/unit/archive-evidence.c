/*
 * Findings come out as they went in, for a thread and for all; new ones take
 * the place of old; a rewritten body takes them, and what was looked at in its
 * thread, away; and what a shell made of them is damage.
 */
#include "archive-fixture.h"

static const struct finding fault = { KIND_ADMISSION, GRADE_FAULT, 3, 16, { "wrong", 5 } };
static const struct finding thanks = { KIND_GRATITUDE, GRADE_NONE, 0, 4, { "thanks", 6 } };

static void put_findings(int64_t post, int64_t looked, const struct finding *f, size_t n)
{
	struct archive *a = open_ok("a.db", ARCHIVE_WRITE);
	struct diags d = DIAGS_INIT;

	begin(a);
	assert_int_equal(archive_put_findings(a, post, looked, f, n, &d), 0);
	commit(a);
	archive_close(a);
}

static int say(void *ctx, const struct evidence_facts *e)
{
	buf_addf(ctx, "%lld/%.*s %s %s %zu-%zu %.*s; ", (long long)e->thread,
		 STR_ARG(e->post), evidence_kind_names[e->found.kind],
		 evidence_grade_names[e->found.grade], e->found.start, e->found.stop,
		 STR_ARG(e->found.pattern));
	return 0;
}

static void in_and_out(void **state)
{
	struct diags d = DIAGS_INIT;
	struct buf said = BUF_INIT;
	struct archive *a;

	(void)state;
	make_archive("a.db");
	put_findings(4, 7, &fault, 1);
	put_findings(2, 7, (struct finding[]){ fault, thanks }, 2);
	put_findings(2, 8, (struct finding[]){ fault, thanks }, 2);
	a = open_ok("a.db", ARCHIVE_READ);
	assert_int_equal(archive_each_evidence(a, say, &said, &d), 0);
	no_diags(&d);
	assert_string_equal(said.p, "1/11 gratitude none 0-4 thanks; "
				    "1/11 admission fault 3-16 wrong; "
				    "2/21 admission fault 3-16 wrong; ");
	archive_close(a);
	buf_release(&said);
}

static int read_thread(struct archive *a, struct arena *arena, struct evidence **e,
		       size_t *n, struct diags *d)
{
	struct venue *venues;
	size_t venues_n;
	struct thread t;

	assert_int_equal(archive_venues(a, arena, &venues, &venues_n, d), 0);
	assert_int_equal(archive_thread(a, 1, venues, venues_n, arena, &t, d), 0);
	return archive_evidence(a, &t, arena, e, n, d);
}

static void of_a_thread(void **state)
{
	struct arena arena = ARENA_INIT;
	struct diags d = DIAGS_INIT;
	struct evidence *e;
	struct archive *a;
	size_t n;

	(void)state;
	make_archive("a.db");
	put_findings(2, 7, (struct finding[]){ fault, thanks }, 2);
	a = open_ok("a.db", ARCHIVE_READ);
	assert_int_equal(read_thread(a, &arena, &e, &n, &d), 0);
	assert_int_equal(n, 2);
	assert_int_equal(e[1].post->row, 2);
	assert_int_equal(e[1].found.grade, GRADE_FAULT);
	assert_true(str_is(e[1].found.pattern, "wrong"));
	archive_close(a);
	arena_release(&arena);
}

static int say_look(void *ctx, const struct post_look *look)
{
	buf_addf(ctx, "%lld:%lld ", (long long)look->row, (long long)look->looked);
	return 0;
}

static void looks_are(const char *want)
{
	struct archive *a = open_ok("a.db", ARCHIVE_READ);
	struct diags d = DIAGS_INIT;
	struct buf said = BUF_INIT;

	assert_int_equal(archive_each_look(a, say_look, &said, &d), 0);
	assert_string_equal(said.p, want);
	archive_close(a);
	buf_release(&said);
}

static void what_was_looked_at(void **state)
{
	(void)state;
	make_archive("a.db");
	looks_are("1:0 2:0 3:0 4:0 ");
	put_findings(1, -5, NULL, 0);
	put_findings(2, 7, &fault, 1);
	put_findings(3, 7, &thanks, 1);
	looks_are("1:-5 2:7 3:7 4:0 ");
	shell("a.db", "UPDATE post SET score = 5, body = body");
	looks_are("1:-5 2:7 3:7 4:0 ");
	shell("a.db", "UPDATE post SET body = 'x' WHERE id = 2");
	looks_are("1:0 2:0 3:7 4:0 ");
	assert_int_equal(shell_int("a.db", "SELECT post_id FROM evidence"), 3);
}

static void damage(void **state)
{
	static const struct {
		const char *sql, *says;
	} rows[] = {
		{ "UPDATE evidence SET kind = 'praise'", "'kind'" },
		{ "UPDATE evidence SET grade = 'worst'", "" },
		{ "UPDATE evidence SET grade = NULL", "an admission has a grade" },
		{ "UPDATE evidence SET start = 16", "no range of bytes" },
		{ "UPDATE evidence SET start = -1", "no range of bytes" },
		{ "UPDATE evidence SET stop = 1 << 40", "no range of bytes" },
		{ "UPDATE evidence SET pattern = x'ff'", "'pattern'" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct diags d = DIAGS_INIT;
		struct buf said = BUF_INIT;
		struct archive *a;

		remove("a.db");
		make_archive("a.db");
		put_findings(2, 7, &fault, 1);
		force("a.db", rows[i].sql);
		a = open_ok("a.db", ARCHIVE_READ);
		assert_int_equal(archive_each_evidence(a, say, &said, &d), -1);
		one_diag(&d, DIAG_ARCHIVE_DAMAGED, rows[i].says);
		archive_close(a);
		buf_release(&said);
	}
}

/* Only who reads the body can tell. */
static void beyond_the_body(void **state)
{
	struct finding long_one = fault;
	struct arena arena = ARENA_INIT;
	struct diags d = DIAGS_INIT;
	struct evidence *e;
	struct archive *a;
	size_t n;

	(void)state;
	make_archive("a.db");
	long_one.stop = 400;
	put_findings(2, 7, &long_one, 1);
	a = open_ok("a.db", ARCHIVE_READ);
	assert_int_equal(read_thread(a, &arena, &e, &n, &d), -1);
	one_diag(&d, DIAG_ARCHIVE_DAMAGED, "beyond the body");
	archive_close(a);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(in_and_out),
		IN_FOLDER(of_a_thread),
		IN_FOLDER(what_was_looked_at),
		IN_FOLDER(damage),
		IN_FOLDER(beyond_the_body),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
