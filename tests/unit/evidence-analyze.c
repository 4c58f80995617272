/*
 * Only what is new or changed is looked at: a rewritten post and its neighbours, other
 * patterns, another role; and what was found goes with what it was found in.
 */
#include "archive-fixture.h"

#include "evidence/analyze.h"

static const char few[] =
	"patterns: [{name: wrong, kind: admission, grade: fault, any: we were wrong},"
	" {name: leak, kind: resolution, any: leaks}]";
static const char more[] =
	"patterns: [{name: wrong, kind: admission, grade: slip, any: we were wrong}]";

static bool staff(void *ctx, struct str venue, const struct author *author, int64_t created)
{
	(void)created;
	assert_true(str_is(venue, "forum"));
	return author->staff && !ctx;
}

static struct analysis_counts look(const char *yaml, void *ctx, bool all)
{
	const struct analysis how = { .is_contributor = staff, .ctx = ctx, .all = all };
	struct archive *a = open_ok("a.db", ARCHIVE_WRITE);
	struct analysis_counts counts;
	struct diags d = DIAGS_INIT;
	struct patterns *p;

	assert_int_equal(patterns_parse(&p, str_of(yaml), &d), 0);
	begin(a);
	assert_int_equal(analyze(a, p, &how, &counts, &d), 0);
	no_diags(&d);
	commit(a);
	archive_close(a);
	patterns_free(p);
	return counts;
}

static void incremental(void **state)
{
	static const char faults[] = "SELECT count(*) FROM evidence WHERE grade = 'fault'";
	struct analysis_counts c;

	(void)state;
	make_archive("a.db");
	c = look(few, NULL, false);
	assert_int_equal(c.posts, 4);
	assert_int_equal(c.looked, 4);
	assert_int_equal(c.findings[KIND_ADMISSION][GRADE_FAULT], 2);
	assert_int_equal(c.findings[KIND_RESOLUTION][GRADE_NONE], 2);
	assert_int_equal(c.current[ROLE_CONTRIBUTOR], 2);
	assert_int_equal(c.current[ROLE_CUSTOMER], 2);
	assert_int_equal(look(few, NULL, false).looked, 0);
	assert_int_equal(look(few, NULL, true).looked, 4);
	assert_int_equal(shell_int("a.db", faults), 2);
	shell("a.db", "UPDATE post SET body = 'We know.' WHERE id = 2");
	assert_int_equal(shell_int("a.db", faults), 1);
	c = look(few, NULL, false);
	assert_int_equal(c.looked, 2);
	assert_int_equal(c.findings[KIND_ADMISSION][GRADE_FAULT], 1);
	c = look(more, NULL, false);
	assert_int_equal(c.looked, 4);
	assert_int_equal(c.findings[KIND_ADMISSION][GRADE_SLIP], 1);
	assert_int_equal(c.findings[KIND_RESOLUTION][GRADE_NONE], 0);
}

/* Nobody is a contributor any more: what they admitted is no admission.  The
 * customers answer nothing, and needn't be looked at. */
static void roles(void **state)
{
	struct analysis_counts c;

	(void)state;
	make_archive("a.db");
	look(few, NULL, false);
	c = look(few, &c, false);
	assert_int_equal(c.looked, 2);
	assert_int_equal(c.findings[KIND_ADMISSION][GRADE_FAULT], 0);
}

/* The bytes of a finding show its sentence, and digests stay. */
static void places(void **state)
{
	(void)state;
	make_archive("a.db");
	look(few, NULL, false);
	assert_int_equal(shell_int("a.db", "SELECT min(substr(CAST(body AS BLOB), start + 1, stop - start) "
				   "= CAST('We were wrong — sorry.' AS BLOB)) FROM evidence JOIN post "
				   "ON post.id = post_id WHERE kind = 'admission'"), 1);
	assert_int_equal(shell_int("a.db", "SELECT count(digest) FROM thread"), 2);
}

static void audit(void **state)
{
	static const char path[] = "own.yaml";
	const struct analysis how = { .is_contributor = staff, .dry = true };
	struct diags d = DIAGS_INIT;
	struct patterns *p;
	struct archive *a;
	FILE *f;

	(void)state;
	make_archive("a.db");
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(few, f);
	fclose(f);
	a = open_ok("a.db", ARCHIVE_READ);
	assert_int_equal(patterns_load(&p, path, true, &d), 0);
	assert_int_equal(patterns_audit(a, p, &how, &d), 0);
	no_diags(&d); /* four posts prove nothing */
	patterns_free(p);
	archive_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(incremental),
		IN_FOLDER(roles),
		IN_FOLDER(places),
		IN_FOLDER(audit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
