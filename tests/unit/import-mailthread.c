/*
 * Who answers whom: references before what others say of them, missing messages that
 * hold a thread together, loops, subjects as a last resort, what the archive has.
 */
#include "check.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/when.h"
#include "import/mailthread.h"

/* Ids are a letter, repeated. */
static struct str id_of(char c)
{
	static char id[MAILTHREAD_ID];

	memset(id, c, sizeof(id));
	return str_make(id, sizeof(id));
}

/* A message: its letter, those of its references, its day; subject 0 is none. */
static void add(struct mailthread *t, char c, const char *refs, int day, int subject,
		bool reply)
{
	uint32_t i = mailthread_node(t, id_of(c));

	for (; *refs; refs++)
		mailthread_refer(t, i, id_of(*refs));
	t->nodes[i].here = true;
	t->nodes[i].date = day * (int64_t)WHEN_DAY;
	t->nodes[i].subject = (uint64_t)subject;
	t->nodes[i].reply = reply;
}

/* Of each message "child<parent/root", '-' where it has no parent; releases t. */
#define assert_threads(t, expected) assert_threads_at((t), (expected), __LINE__)
static void assert_threads_at(struct mailthread *t, const char *expected, int line)
{
	struct buf out = BUF_INIT;

	mailthread_link(t);
	for (size_t i = 0; i < t->n; i++) {
		const struct mailthread_node *m = &t->nodes[i];

		if (!m->here)
			continue;
		buf_addf(&out, "%s%c<%c/%c", out.n ? " " : "", m->id[0],
			 m->parent == MAILTHREAD_NONE ? '-' : t->nodes[m->parent].id[0],
			 t->nodes[m->root].id[0]);
	}
	assert_str_at(buf_str(&out), expected, __FILE__, line);
	buf_release(&out);
	mailthread_release(t);
	*t = (struct mailthread)MAILTHREAD_INIT;
}

static void follows_references(void **state)
{
	struct mailthread t = MAILTHREAD_INIT;

	(void)state;
	assert_threads(&t, "");
	add(&t, 'a', "", 1, 0, false);
	add(&t, 'b', "a", 2, 0, false);
	add(&t, 'c', "ab", 3, 0, false);
	add(&t, 'd', "", 1, 0, false);
	assert_threads(&t, "a<-/a b<a/a c<b/a d<-/d");
	/* Before the message that it answers. */
	add(&t, 'c', "b", 3, 0, false);
	add(&t, 'b', "a", 2, 0, false);
	add(&t, 'a', "", 1, 0, false);
	assert_threads(&t, "c<b/a b<a/a a<-/a");
	/* What c says of b is less than what b says. */
	add(&t, 'a', "", 1, 0, false);
	add(&t, 'x', "", 1, 0, false);
	add(&t, 'c', "xb", 2, 0, false);
	add(&t, 'b', "a", 3, 0, false);
	assert_threads(&t, "a<-/a x<-/x c<b/a b<a/a");
}

static void holds_threads_together_that_lack_messages(void **state)
{
	struct mailthread t = MAILTHREAD_INIT;

	(void)state;
	/* Nearest above, and none. */
	add(&t, 'a', "", 1, 0, false);
	add(&t, 'c', "axy", 2, 0, false);
	add(&t, 'd', "y", 3, 0, false);
	assert_threads(&t, "a<-/a c<a/a d<a/a");
	add(&t, 'c', "x", 2, 0, false);
	add(&t, 'd', "x", 3, 0, false);
	assert_threads(&t, "c<-/x d<-/x");
}

static void breaks_loops(void **state)
{
	struct mailthread t = MAILTHREAD_INIT;

	(void)state;
	add(&t, 'a', "a", 1, 0, false);
	assert_threads(&t, "a<-/a");
	add(&t, 'a', "b", 1, 0, false);
	add(&t, 'b', "a", 2, 0, false);
	assert_threads(&t, "a<b/b b<-/b");
	add(&t, 'a', "c", 1, 0, false);
	add(&t, 'b', "a", 2, 0, false);
	add(&t, 'c', "b", 3, 0, false);
	assert_threads(&t, "a<c/c c<-/c b<a/c");
	/* Whatever the order they come in. */
	add(&t, 'c', "b", 3, 0, false);
	add(&t, 'b', "a", 2, 0, false);
	add(&t, 'a', "c", 1, 0, false);
	assert_threads(&t, "c<-/c b<a/c a<c/c");
	add(&t, 'a', "xyxyx", 1, 0, false);
	assert_threads(&t, "a<-/x");
}

static void looks_at_subjects_last(void **state)
{
	struct mailthread t = MAILTHREAD_INIT;

	(void)state;
	add(&t, 'a', "", 1, 7, false);
	add(&t, 'b', "", 2, 7, true);
	add(&t, 'c', "", 2 + MAILTHREAD_DAYS, 7, true);
	add(&t, 'd', "", 3 + 2 * MAILTHREAD_DAYS, 7, true); /* too late */
	add(&t, 'e', "", 2, 8, true);  /* of another subject */
	add(&t, 'f', "", 2, 7, false); /* no reply: another thread */
	add(&t, 'g', "", 3, 0, true);  /* without a subject */
	add(&t, 'h', "", 3, 0, false);
	add(&t, 'i', "x", 3, 7, true); /* says itself where it belongs */
	assert_threads(&t, "a<-/a b<a/a c<i/x d<-/d e<-/e f<-/f g<-/g h<-/h i<-/x");
	add(&t, 'b', "", 1, 7, true); /* before its subject */
	add(&t, 'a', "", 2, 7, false);
	assert_threads(&t, "b<-/b a<-/a");
}

static void knows_what_the_archive_has(void **state)
{
	struct mailthread t = MAILTHREAD_INIT;

	(void)state;
	add(&t, 'c', "axb", 3, 0, false);
	t.nodes[mailthread_find(&t, id_of('b'))].known = 9;
	t.nodes[mailthread_find(&t, id_of('a'))].known = 4;
	mailthread_link(&t);
	/* The thread of the first row; b is in another one. */
	assert_int_equal(t.nodes[mailthread_find(&t, id_of('a'))].thread, 4);
	assert_int_equal(t.nodes[mailthread_find(&t, id_of('c'))].parent,
			 mailthread_find(&t, id_of('a')));
	assert_int_equal(mailthread_find(&t, id_of('z')), MAILTHREAD_NONE);
	mailthread_release(&t);
}

static void keeps_the_first_and_the_last_references(void **state)
{
	struct mailthread t = MAILTHREAD_INIT;
	uint32_t i = mailthread_node(&t, id_of('m'));

	(void)state;
	for (int c = 'A'; c < 'A' + 40; c++)
		mailthread_refer(&t, i, id_of((char)c));
	assert_int_equal(t.nodes[i].refs_n, MAILTHREAD_REFS);
	assert_int_equal(t.refs_n, MAILTHREAD_REFS);
	assert_int_equal(t.nodes[t.refs[0]].id[0], 'A');
	assert_int_equal(t.nodes[t.refs[1]].id[0], 'A' + 40 - MAILTHREAD_REFS + 1);
	assert_int_equal(t.nodes[t.refs[MAILTHREAD_REFS - 1]].id[0], 'A' + 39);
	mailthread_release(&t);
}

/* A chain of replies, and one of missing messages, take no time that grows with their
 * square: that would be minutes here. */
static void links_long_chains(void **state)
{
	enum { LONG = 300000 };
	struct mailthread t = MAILTHREAD_INIT;
	char before[MAILTHREAD_ID + 1], id[MAILTHREAD_ID + 1];
	uint32_t i;

	(void)state;
	for (int n = LONG; n; n--) {
		snprintf(id, sizeof(id), "%016d", n);
		snprintf(before, sizeof(before), "%016d", n - 1);
		i = mailthread_node(&t, str_of(id));
		mailthread_refer(&t, i, str_of(before));
		t.nodes[i].here = n > LONG / 2 || n == 1;
		t.nodes[i].date = n;
	}
	mailthread_link(&t);
	i = mailthread_find(&t, STR("0000000000300000"));
	assert_str(str_make(t.nodes[t.nodes[i].parent].id, MAILTHREAD_ID), "0000000000299999");
	mailthread_release(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(follows_references),
		cmocka_unit_test(holds_threads_together_that_lack_messages),
		cmocka_unit_test(breaks_loops),
		cmocka_unit_test(looks_at_subjects_last),
		cmocka_unit_test(knows_what_the_archive_has),
		cmocka_unit_test(keeps_the_first_and_the_last_references),
		cmocka_unit_test(links_long_chains),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
