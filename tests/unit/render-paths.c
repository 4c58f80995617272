/*
 * Proves that ids become safe segments as paths.h says, that no two
 * ids of a folder share a path whoever chose them, and that relative links
 * lead where they should.
 */
#include "render/paths.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void check_segment(struct str id, const char *want)
{
	struct buf b = BUF_INIT;

	path_segment(&b, id);
	assert_string_equal(b.p, want);
	buf_release(&b);
}

static void plain_ids_stand(void **state)
{
	char longest[65];

	(void)state;
	memset(longest, 'a', 64);
	longest[64] = '\0';
	check_segment(STR("42"), "42");
	check_segment(STR("kettle-2"), "kettle-2");
	check_segment(STR("con"), "con");
	check_segment(STR("--"), "--");
	check_segment(STR("topic-20260115"), "topic-20260115");
	check_segment(str_of(longest), longest);
}

/* The digits are those that sha256sum prints. */
static void others_are_cleaned_and_hashed(void **state)
{
	(void)state;
	check_segment(STR("Foo"), "foo-1cbec737");
	check_segment(STR(""), "-e3b0c442");
	check_segment(STR(".."), "-5ec1f7e7");
	check_segment(STR("../../etc"), "etc-74ccf3c5");
	check_segment(STR("/etc/passwd"), "etc-passwd-74acf318");
	check_segment(STR("CON"), "con-a3dbc4b6");
	check_segment(STR("a\0b"), "a-b-59b271ae");
	/* composed and decomposed: two ids, as the venue says */
	check_segment(STR("caf\xc3\xa9"), "caf-850f7dc4");
	check_segment(STR("cafe\xcc\x81"), "cafe-81ef060b");
}

static void every_segment_is_safe(void **state)
{
	struct buf id = BUF_INIT, b = BUF_INIT;

	(void)state;
	for (size_t n = 0; n <= 300; n++) {
		for (int c = 0; c < 256; c += 5) {
			buf_reset(&id);
			for (size_t i = 0; i < n; i++)
				buf_addc(&id, (char)(i % 7 ? 'x' : c));
			buf_reset(&b);
			path_segment(&b, buf_str(&id));
			assert_in_range(b.n, 1, PATH_SEGMENT_MAX);
			assert_int_equal(strspn(b.p, "abcdefghijklmnopqrstuvwxyz"
						     "0123456789-"), b.n);
		}
	}
	buf_release(&id);
	buf_release(&b);
}

static void cut_leaves_no_dash_before_the_hash(void **state)
{
	struct buf id = BUF_INIT, b = BUF_INIT;

	(void)state;
	for (int i = 0; i < 54; i++)
		buf_addc(&id, 'A');
	buf_addlit(&id, "--bcd");
	path_segment(&b, buf_str(&id));
	assert_int_equal(b.n, 54 + 9);
	assert_null(strstr(b.p, "--"));
	buf_release(&id);
	buf_release(&b);
}

/* A plain id that reads like another's cleaned one keeps its path: the other
 * moves to the long form. */
static void forged_plain_id_moves_the_other(void **state)
{
	struct str ids[] = { STR("Foo"), STR("foo-1cbec737"), STR("FOO") };
	bool clash[3];
	struct buf b = BUF_INIT;

	(void)state;
	assert_int_equal(path_clashes(ids, 3, clash), 1);
	assert_true(clash[0]);
	assert_false(clash[1]);
	assert_false(clash[2]);
	thread_path_long(&b, STR("forum"), ids[0]);
	assert_string_equal(b.p, "threads/forum/"
			    "foo--1cbec737f863e4922cee63cc2ebbfaaf/");
	buf_release(&b);
	assert_int_equal(path_clashes(ids, 0, clash), 0);
}

/* What file systems, URLs and people take for something else, or for the same. */
static void hostile_ids_stay_apart(void **state)
{
	static const char *const ids[] = {
		"../../etc", "/etc", "etc", "..", ".", "...", "", " ", "a", "a ", "a.", " a", "A",
		"a/", "a\\", "a:", "a%", "%61", "a?", "a#", "a&", "a\n", "a\t", "a..", "./a",
		"con", "CON", "con.", "con.txt", "nul", "NUL", "aux:", "com1", "lpt1.log",
		"caf\xc3\xa9", "cafe\xcc\x81", "CAF\xc3\x89", "caf", "\xe2\x80\xae" "abc", "abc",
		"..%2f", "%2e%2e", "C:\\x", "~", "~root", "index.html", "INDEX.HTML", "-", "--",
		"\xf0\x9f\x91\xa8", "\xff", "a_b", "a-b", "a b", "A-B", "\xc4\xb0", "i", "I",
	};
	struct str list[ARRAY_LEN(ids)];
	bool clash[ARRAY_LEN(ids)];
	char *made[2][ARRAY_LEN(ids)];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ids); i++)
		list[i] = str_of(ids[i]);
	assert_int_equal(path_clashes(list, ARRAY_LEN(ids), clash), 0);
	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		struct buf path = BUF_INIT, anchor = BUF_INIT;

		thread_path(&path, list[i], list[i]);
		path_anchor(&anchor, list[i]);
		made[0][i] = buf_detach(&path);
		made[1][i] = buf_detach(&anchor);
		assert_int_equal(strspn(made[0][i], "abcdefghijklmnopqrstuvwxyz0123456789-/"),
				 strlen(made[0][i]));
		assert_null(strstr(made[0][i], "//"));
		assert_int_equal(strspn(made[1][i], "abcdefghijklmnopqrstuvwxyz0123456789-"),
				 strlen(made[1][i]));
		for (size_t k = 0; k < i; k++) {
			assert_string_not_equal(made[0][k], made[0][i]);
			assert_string_not_equal(made[1][k], made[1][i]);
		}
	}
	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		free(made[0][i]);
		free(made[1][i]);
	}
}

static void forged_id_takes_nobodys_anchor(void **state)
{
	static const char *const ids[] = { "Foo", "foo-1cbec737", "FOO",
					   "foo--1cbec737f863e4922cee63cc2ebbfaaf" };
	struct buf b = BUF_INIT, other = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ids); i++)
		for (size_t k = 0; k < i; k++) {
			buf_reset(&b);
			buf_reset(&other);
			path_anchor(&b, str_of(ids[i]));
			path_anchor(&other, str_of(ids[k]));
			assert_string_not_equal(b.p, other.p);
		}
	buf_release(&b);
	buf_release(&other);
}

/* And nobody can take the long form by choosing it as an id. */
static void long_form_is_reserved(void **state)
{
	struct str forged = STR("foo--1cbec737f863e4922cee63cc2ebbfaaf");
	struct buf b = BUF_INIT;

	(void)state;
	path_segment(&b, forged);
	assert_false(str_eq(buf_str(&b), forged));
	assert_true(b.n <= PATH_SEGMENT_MAX);
	buf_release(&b);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Case, punctuation and accents vary over few letters; some ids are forged to
 * be what others become. */
static size_t make_ids(struct str *ids, size_t n)
{
	static const char *const parts[] = { "a", "A", "-", "_", "\xc3\xa9", "" };
	struct buf b = BUF_INIT;
	size_t count = 0;

	for (size_t i = 0; i < 6 * 6 * 6 * 6 && count < n; i++) {
		buf_reset(&b);
		for (size_t rest = i, j = 0; j < 4; j++, rest /= 6)
			buf_adds(&b, parts[rest % 6]);
		ids[count++] = str_of(xmemdup0(b.p, b.n));
		buf_reset(&b);
		path_segment(&b, ids[count - 1]);
		if (i % 3 == 0 && count < n)
			ids[count++] = str_of(xmemdup0(b.p, b.n));
	}
	buf_release(&b);
	return count;
}

static void no_two_ids_share_a_path(void **state)
{
	enum { MAX = 2000 };
	struct str ids[MAX];
	const char *sorted[MAX];
	char *paths[MAX];
	bool clash[MAX];
	size_t n = make_ids(ids, MAX), distinct = 0;

	(void)state;
	for (size_t i = 0; i < n; i++)
		sorted[i] = ids[i].p;
	qsort(sorted, n, sizeof(*sorted), by_text);
	for (size_t i = 0; i < n; i++)
		if (!i || strcmp(sorted[i - 1], sorted[i]) != 0)
			ids[distinct++] = str_of(sorted[i]);
	assert_true(path_clashes(ids, distinct, clash) > 100);
	for (size_t i = 0; i < distinct; i++) {
		struct buf b = BUF_INIT;

		(clash[i] ? thread_path_long : thread_path)(&b, STR("forum"), ids[i]);
		paths[i] = buf_detach(&b);
	}
	qsort(paths, distinct, sizeof(*paths), by_text);
	for (size_t i = 1; i < distinct; i++)
		assert_string_not_equal(paths[i - 1], paths[i]);
	for (size_t i = 0; i < distinct; i++)
		free(paths[i]);
	for (size_t i = 0; i < n; i++)
		free((char *)sorted[i]);
}

static void check_path(struct buf *b, const char *want)
{
	assert_string_equal(b->p, want);
	buf_reset(b);
}

static void paths_of_design(void **state)
{
	struct str s = STR("kettle-2");
	unsigned char digest[SHA256_SIZE] = { 0xab, 0xcd, 0x01, 0x23, 0x45 };
	struct buf b = BUF_INIT;

	(void)state;
	page_path(&b, STR("about"));
	check_path(&b, "about/");
	product_path(&b, s);
	check_path(&b, "products/kettle-2/");
	candidates_path(&b, s);
	check_path(&b, "products/kettle-2/all/");
	fragment_path(&b, s);
	check_path(&b, "products/kettle-2/fragment.html");
	product_feed_path(&b, s);
	check_path(&b, "products/kettle-2/feed.xml");
	thread_path(&b, STR("forum"), STR("17"));
	check_path(&b, "threads/forum/17/");
	asset_path(&b, STR("style.min.css"), digest);
	check_path(&b, "assets/style.min.abcd0123.css");
	asset_path(&b, STR("LICENSE"), digest);
	check_path(&b, "assets/LICENSE.abcd0123");
	topic_path(&b, s, STR("lid"));
	check_path(&b, "products/kettle-2/topics/lid/");
	contributor_path(&b, STR("ada"));
	check_path(&b, "contributors/ada/");
	wrong_path(&b, 1);
	check_path(&b, "wrong/");
	wrong_path(&b, 12);
	check_path(&b, "wrong/12/");
	sitemap_path(&b, 2);
	check_path(&b, "sitemap-2.xml");
	path_file(&b, STR(PATH_HOME));
	check_path(&b, "index.html");
	path_file(&b, STR("wrong/"));
	check_path(&b, "wrong/index.html");
	path_file(&b, STR("feed.xml"));
	check_path(&b, "feed.xml");
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_ids_stand),
		cmocka_unit_test(others_are_cleaned_and_hashed),
		cmocka_unit_test(every_segment_is_safe),
		cmocka_unit_test(cut_leaves_no_dash_before_the_hash),
		cmocka_unit_test(forged_plain_id_moves_the_other),
		cmocka_unit_test(hostile_ids_stay_apart),
		cmocka_unit_test(forged_id_takes_nobodys_anchor),
		cmocka_unit_test(long_form_is_reserved),
		cmocka_unit_test(no_two_ids_share_a_path),
		cmocka_unit_test(paths_of_design),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
