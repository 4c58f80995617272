/*
 * What goes into an archive comes out again, in canonical order and in the
 * exact lines of the interchange form; a second import changes not one byte of
 * the file; newer exports are followed; nothing a curator said is lost; what
 * was forgotten stays out; and the digest depends on the content alone.
 */
#include "archive-fixture.h"

static const char expected_lines[] =
	"{\"type\":\"venue\",\"slug\":\"forum\",\"name\":\"The forum\","
	"\"url\":\"https://forum.example/\",\"language\":\"en\",\"licence\":\"CC BY-SA 4.0\"}\n"
	"{\"type\":\"product\",\"slug\":\"kettle-2\",\"name\":\"Kettle 2\","
	"\"url\":\"https://shop.example/kettle-2\"}\n"
	"{\"type\":\"thread\",\"venue\":\"forum\",\"id\":\"t1\","
	"\"url\":\"https://forum.example/t1\",\"title\":\"A lid that leaks\","
	"\"created\":\"2023-11-14T22:13:21Z\",\"solved_by\":\"11\","
	"\"tags\":[\"boil\",\"lid\"],\"products\":[\"kettle-2\"],\"posts\":["
	"{\"id\":\"10\",\"author\":{\"id\":\"u4\",\"name\":\"Carl\","
	"\"url\":\"https://carl.example/\"},\"created\":\"2023-11-14T22:13:21Z\","
	"\"format\":\"markdown\",\"body\":\"The *lid* leaks.\\n\\\"Why?\\\"\",\"score\":3},"
	"{\"id\":\"11\",\"parent\":\"10\",\"author\":{\"id\":\"u17\",\"name\":\"Dana\","
	"\"staff\":true},\"created\":\"2023-11-14T22:15:01Z\","
	"\"edited\":\"2023-11-14T22:16:40Z\",\"format\":\"html\","
	"\"language\":\"de-AT\",\"body\":\"<p>We were wrong \xe2\x80\x94 sorry.</p>\","
	"\"url\":\"https://forum.example/p\",\"licence\":\"CC BY 4.0\"}],"
	"\"labels\":[{\"name\":\"wrong\",\"post\":\"11\",\"quote\":\"We were wrong\","
	"\"by\":\"kim\",\"at\":\"2023-11-14T22:18:20Z\"}]}\n"
	"{\"type\":\"thread\",\"venue\":\"forum\",\"id\":\"t2\",";

static void lines_are_canonical(void **state)
{
	struct diags d = DIAGS_INIT;
	struct buf lines = BUF_INIT;
	struct archive *a;

	(void)state;
	make_archive("a.db");
	a = open_ok("a.db", ARCHIVE_READ);
	assert_int_equal(all_lines(a, true, &lines, &d), 0);
	buf_cut(&lines, strlen(expected_lines));
	assert_string_equal(lines.p, expected_lines);
	archive_close(a);
	buf_release(&lines);
}

/* Every key that a thread and a post may have. */
static void lines_hold_every_key(void **state)
{
	struct str aliases[] = { STR("K2") };
	struct product product = a_product;
	struct venue venue = a_venue;
	struct post post = {
		.id = STR("1"), .created = 0, .edited = WHEN_NONE, .format = BODY_TEXT,
		.body = STR(""), .score = -2, .permission = STR("mail of 1 May"),
		.gone = true, .hidden = true, .withdrawn = 60, .fetched = 86400,
	};
	struct label label = { .name = STR("private"), .by = STR("kim"), .at = -1,
			       .note = STR("asked for it") };
	struct thread t = {
		.venue = &venue, .id = STR("1"), .url = STR("u"), .title = STR(""),
		.created = 0, .updated = 1, .score = -1, .views = 0, .gone = true,
		.hidden = true, .withdrawn = WHEN_NONE, .embargo = 2, .expires = 3, .posts = &post, .posts_n = 1,
		.labels = &label, .labels_n = 1,
	};
	struct buf b = BUF_INIT;

	(void)state;
	venue.kind = STR("qa");
	venue.licence = venue.language = STR_NONE;
	venue.own = true;
	jsonl_venue(&b, &venue);
	assert_string_equal(b.p, "{\"type\":\"venue\",\"slug\":\"forum\",\"name\":\"The forum\","
				 "\"url\":\"https://forum.example/\",\"kind\":\"qa\","
				 "\"own\":true}");
	buf_reset(&b);
	product.aliases = aliases;
	product.aliases_n = 1;
	jsonl_product(&b, &product);
	assert_non_null(strstr(b.p, "kettle-2\",\"aliases\":[\"K2\"]}"));
	buf_reset(&b);
	jsonl_thread(&b, &t, true);
	assert_string_equal(b.p,
		"{\"type\":\"thread\",\"venue\":\"forum\",\"id\":\"1\",\"url\":\"u\","
		"\"title\":\"\",\"created\":\"1970-01-01T00:00:00Z\","
		"\"updated\":\"1970-01-01T00:00:01Z\",\"score\":-1,\"views\":0,"
		"\"gone\":true,\"hidden\":true,\"embargo\":\"1970-01-01T00:00:02Z\","
		"\"expires\":\"1970-01-01T00:00:03Z\",\"posts\":[{\"id\":\"1\","
		"\"created\":\"1970-01-01T00:00:00Z\",\"format\":\"text\",\"body\":\"\","
		"\"score\":-2,\"permission\":\"mail of 1 May\",\"gone\":true,"
		"\"hidden\":true,\"withdrawn\":\"1970-01-01T00:01:00Z\",\"fetched\":\"1970-01-02T00:00:00Z\"}],\"labels\":["
		"{\"name\":\"private\",\"by\":\"kim\",\"at\":\"1969-12-31T23:59:59Z\","
		"\"note\":\"asked for it\"}]}");
	buf_reset(&b);
	jsonl_thread(&b, &t, false);
	assert_null(strstr(b.p, "fetched"));
	buf_release(&b);
}

/* Not one byte: the file is compared. */
static void again_changes_nothing(void **state)
{
	struct buf before, after;
	struct arena arena = ARENA_INIT;
	struct venue venue;
	struct thread *t;
	struct archive *a;

	(void)state;
	make_archive("a.db");
	before = read_file("a.db");
	a = open_ok("a.db", ARCHIVE_WRITE);
	begin(a);
	put_basics(a, &venue);
	t = a_thread(&arena, &venue, 1);
	t->posts[0].fetched = 1800000000;
	assert_int_equal(put(a, t, true), ARCHIVE_SAME);
	assert_int_equal(t->row, 1);
	assert_int_equal(t->posts[1].row, 2);
	assert_int_equal(put(a, a_thread(&arena, &venue, 2), true), ARCHIVE_SAME);
	commit(a);
	archive_close(a);
	after = read_file("a.db");
	assert_int_equal(before.n, after.n);
	assert_memory_equal(before.p, after.p, before.n);
	buf_release(&before);
	buf_release(&after);
	arena_release(&arena);
}

/* Puts t1, changed by edit, over the archive's; what it did comes back. */
static enum archive_change reput(void (*edit)(struct thread *t, struct arena *arena),
				 bool complete)
{
	struct archive *a = open_ok("a.db", ARCHIVE_WRITE);
	struct arena arena = ARENA_INIT;
	enum archive_change change;
	unsigned char digest[SHA256_SIZE];
	struct venue venue;
	struct thread *t;

	begin(a);
	put_basics(a, &venue);
	t = a_thread(&arena, &venue, 1);
	edit(t, &arena);
	change = put(a, t, complete);
	commit(a);
	archive_close(a);
	arena_release(&arena);
	assert_int_equal(shell_int("a.db", "SELECT count(*) FROM thread WHERE digest IS NULL"), 0);
	digest_agrees("a.db", digest);
	return change;
}

static void edit_nothing(struct thread *t, struct arena *arena)
{
	(void)t;
	(void)arena;
}

static void edit_body(struct thread *t, struct arena *arena)
{
	(void)arena;
	t->posts[0].body = STR("The lid leaked.");
	t->posts[0].edited = 1700000400;
	t->posts[0].fetched = 1700000500;
}

static void drop_first_post(struct thread *t, struct arena *arena)
{
	(void)arena;
	t->posts++;
	t->posts_n--;
}

static void follows_the_venue(void **state)
{
	(void)state;
	make_archive("a.db");
	assert_int_equal(reput(edit_body, true), ARCHIVE_CHANGED);
	assert_int_equal(shell_int("a.db", "SELECT body = 'The lid leaked.' AND fetched = "
					   "1700000500 FROM post WHERE id = 1"), 1);
	assert_int_equal(reput(edit_body, true), ARCHIVE_SAME);
	assert_int_equal(reput(drop_first_post, false), ARCHIVE_SAME);
	assert_int_equal(reput(drop_first_post, true), ARCHIVE_CHANGED);
	assert_int_equal(shell_int("a.db", "SELECT group_concat(gone, '') FROM "
					   "(SELECT gone FROM post ORDER BY id)"), 1000);
	assert_int_equal(reput(drop_first_post, true), ARCHIVE_SAME);
	assert_int_equal(reput(edit_body, true), ARCHIVE_CHANGED);
	assert_int_equal(shell_int("a.db", "SELECT sum(gone) FROM post"), 0);
	/* All the while the label is there. */
	assert_int_equal(shell_int("a.db", "SELECT count(*) FROM label"), 1);
}

static void edit_tags(struct thread *t, struct arena *arena)
{
	t->tags = arena_array(arena, struct str, 2);
	t->tags[0] = STR("leak");
	t->tags[1] = STR("lid");
	t->products_n = 0;
	t->labels_n = 0;
}

static void hide(struct thread *t, struct arena *arena)
{
	(void)arena;
	t->hidden = true;
	t->posts[1].hidden = true;
	t->posts[1].permission = STR("by mail");
	t->posts[0].language = STR("nl");
	t->embargo = 1800000000;
}

static void keeps_what_curators_said(void **state)
{
	(void)state;
	make_archive("a.db");
	assert_int_equal(reput(edit_tags, true), ARCHIVE_CHANGED);
	assert_int_equal(shell_int("a.db", "SELECT count(*) FROM thread_tag WHERE thread_id = 1 "
					   "AND tag IN ('leak', 'lid')"), 2);
	assert_int_equal(shell_int("a.db", "SELECT count(*) FROM thread_tag WHERE thread_id = 1"),
			 2);
	assert_int_equal(shell_int("a.db", "SELECT count(*) FROM thread_product"), 2);
	assert_int_equal(reput(hide, true), ARCHIVE_CHANGED);
	assert_int_equal(reput(edit_nothing, true), ARCHIVE_SAME);
	assert_int_equal(shell_int("a.db", "SELECT hidden AND embargo = 1800000000 FROM thread"),
			 1);
	assert_int_equal(shell_int("a.db", "SELECT hidden AND permission = 'by mail' AND "
					   "licence = 'CC BY 4.0' FROM post WHERE id = 2"), 1);
	assert_int_equal(shell_int("a.db", "SELECT language = 'nl' FROM post WHERE id = 1"), 1);
}

/* Puts t1 as `edit` leaves it, at the instant `now`. */
static enum archive_change reput_at(void (*edit)(struct thread *, struct arena *),
				    int64_t now)
{
	const struct archive_put how = { .complete = true, .now = now };
	struct archive *a = open_ok("a.db", ARCHIVE_WRITE);
	struct arena arena = ARENA_INIT;
	struct diags d = DIAGS_INIT;
	enum archive_change change;
	struct venue venue;
	struct thread *t;

	begin(a);
	put_basics(a, &venue);
	t = a_thread(&arena, &venue, 1);
	edit(t, &arena);
	assert_int_equal(archive_put_thread(a, t, &how, &change, &d), 0);
	commit(a);
	archive_close(a);
	arena_release(&arena);
	return change;
}

static void lose_first(struct thread *t, struct arena *arena)
{
	(void)arena;
	t->gone = true;
	t->posts++;
	t->posts_n--;
	t->posts[0].parent = STR_NONE;
}

static void hide_and_say_when(struct thread *t, struct arena *arena)
{
	(void)arena;
	t->posts[1].hidden = true;
	t->posts[1].withdrawn = 77;
}

static int64_t withdrawn(const char *of)
{
	struct buf sql = BUF_INIT;
	int64_t v;

	buf_addf(&sql, "SELECT withdrawn FROM %s", of);
	v = shell_int("a.db", sql.p);
	buf_release(&sql);
	return v;
}

/* Since when something is gone or hidden: as long as it is, and no longer. */
static void knows_when_it_was_withdrawn(void **state)
{
	unsigned char digest[SHA256_SIZE];

	(void)state;
	make_archive("a.db");
	assert_int_equal(reput_at(lose_first, 1000), ARCHIVE_CHANGED);
	assert_int_equal(withdrawn("thread WHERE id = 1"), 1000);
	assert_int_equal(withdrawn("post WHERE id = 1"), 1000);
	assert_int_equal(withdrawn("post WHERE id = 2"), -1);
	digest_agrees("a.db", digest);
	assert_int_equal(reput_at(lose_first, 2000), ARCHIVE_SAME);
	assert_int_equal(withdrawn("post WHERE id = 1"), 1000);
	assert_int_equal(reput_at(edit_nothing, 3000), ARCHIVE_CHANGED);
	assert_int_equal(withdrawn("thread WHERE id = 1"), -1);
	assert_int_equal(withdrawn("post WHERE id = 1"), -1);
	assert_int_equal(reput_at(hide_and_say_when, 4000), ARCHIVE_CHANGED);
	assert_int_equal(withdrawn("post WHERE id = 2"), 77);
	assert_int_equal(reput_at(edit_nothing, 5000), ARCHIVE_SAME);
	assert_int_equal(withdrawn("post WHERE id = 2"), 77);
	assert_int_equal(reput_at(lose_first, 6000), ARCHIVE_CHANGED);
	assert_int_equal(withdrawn("post WHERE id = 2"), 77);
	/* A curator who hides in a shell leaves no time; nobody invents one. */
	shell("a.db", "UPDATE thread SET hidden = 1 WHERE id = 2");
	assert_int_equal(reput_at(lose_first, 7000), ARCHIVE_SAME);
	assert_int_equal(withdrawn("thread WHERE id = 2"), -1);
	digest_agrees("a.db", digest);
}

/* Of two names the one on the newest post stands, whichever came first. */
static void newest_name_stands(void **state)
{
	static const char *const name = "SELECT name = 'New' FROM author WHERE ref = 'u4'";
	static const struct author old = { .id = { "u4", 2 }, .name = { "Old", 3 } };
	static const struct author new = { .id = { "u4", 2 }, .name = { "New", 3 } };

	(void)state;
	for (int swapped = 0; swapped < 2; swapped++) {
		const char *path = swapped ? "b.db" : "a.db";
		struct archive *a = open_ok(path, ARCHIVE_CREATE);
		struct arena arena = ARENA_INIT;
		struct venue venue;
		struct thread *t[2];
		struct buf before, after;

		begin(a);
		put_basics(a, &venue);
		t[0] = a_thread(&arena, &venue, 1);
		t[1] = a_thread(&arena, &venue, 2);
		t[0]->posts[0].author = &old;
		t[1]->posts[0].author = &new;
		put(a, t[swapped], true);
		put(a, t[!swapped], true);
		commit(a);
		assert_int_equal(shell_int(path, name), 1);
		before = read_file(path);
		begin(a);
		assert_int_equal(put(a, t[0], true), ARCHIVE_SAME);
		assert_int_equal(put(a, t[1], true), ARCHIVE_SAME);
		commit(a);
		after = read_file(path);
		assert_memory_equal(before.p, after.p, before.n);
		buf_release(&before);
		buf_release(&after);
		archive_close(a);
		arena_release(&arena);
	}
}

/* A mistake in a thread leaves nothing of it, and the transaction goes on. */
static void bad_threads_leave_nothing(void **state)
{
	struct archive *a = open_ok("a.db", ARCHIVE_CREATE);
	struct archive_put how = { .where = place_line("dump.xml", 7, 0) };
	struct arena arena = ARENA_INIT;
	struct diags d = DIAGS_INIT;
	enum archive_change change;
	struct str unknown[] = { STR("kettle-3") };
	struct venue venue;
	struct thread *t;

	(void)state;
	begin(a);
	put_basics(a, &venue);
	t = a_thread(&arena, &venue, 1);
	t->products = unknown;
	assert_int_equal(archive_put_thread(a, t, &how, &change, &d), -1);
	assert_int_equal(d.items[0].line, 7);
	one_diag(&d, DIAG_NO_SUCH_PRODUCT, "'kettle-3'");
	t = a_thread(&arena, &venue, 1);
	t->posts[1].id = t->posts[0].id;
	assert_int_equal(archive_put_thread(a, t, &how, &change, &d), -1);
	one_diag(&d, DIAG_DUPLICATE_ID, "'10'");
	t = a_thread(&arena, &venue, 1);
	t->posts[1].body = str_make("a\0b", 3);
	assert_int_equal(archive_put_thread(a, t, &how, &change, &d), -1);
	one_diag(&d, DIAG_BAD_UTF8, "NUL");
	t = a_thread(&arena, &venue, 1);
	t->posts[1].body = STR("\xff");
	assert_int_equal(archive_put_thread(a, t, &how, &change, &d), -1);
	one_diag(&d, DIAG_BAD_UTF8, "broken UTF-8");
	t = a_thread(&arena, &venue, 1);
	t->posts[1].created = WHEN_MAX + 1;
	assert_int_equal(archive_put_thread(a, t, &how, &change, &d), -1);
	one_diag(&d, DIAG_BAD_VALUE, "CHECK");
	assert_int_equal(put(a, a_thread(&arena, &venue, 2), true), ARCHIVE_NEW);
	commit(a);
	assert_int_equal(shell_int("a.db", "SELECT count(*) FROM thread"), 1);
	assert_int_equal(shell_int("a.db", "SELECT count(*) FROM post"), 2);
	archive_close(a);
	arena_release(&arena);
}

static void venues_and_products(void **state)
{
	struct archive *a = open_ok("a.db", ARCHIVE_CREATE);
	struct str aliases[] = { STR("K2"), STR("Kettle II") };
	struct product product = a_product;
	struct venue venue = a_venue;
	struct diags d = DIAGS_INIT;
	enum archive_change change;

	(void)state;
	begin(a);
	archive_put_venue(a, &venue, &change, &d);
	assert_int_equal(change, ARCHIVE_NEW);
	archive_put_venue(a, &venue, &change, &d);
	assert_int_equal(change, ARCHIVE_SAME);
	venue.own = true;
	archive_put_venue(a, &venue, &change, &d);
	assert_int_equal(change, ARCHIVE_CHANGED);
	product.aliases = aliases;
	product.aliases_n = 2;
	archive_put_product(a, &product, &change, &d);
	assert_int_equal(change, ARCHIVE_NEW);
	archive_put_product(a, &product, &change, &d);
	assert_int_equal(change, ARCHIVE_SAME);
	product.aliases++;
	product.aliases_n = 1;
	archive_put_product(a, &product, &change, &d);
	assert_int_equal(change, ARCHIVE_CHANGED);
	no_diags(&d);
	product.slug = STR("Kettle 2");
	assert_int_equal(archive_put_product(a, &product, &change, &d), -1);
	one_diag(&d, DIAG_BAD_VALUE, "'Kettle 2' is no slug");
	venue.slug = STR("../etc");
	assert_int_equal(archive_put_venue(a, &venue, &change, &d), -1);
	one_diag(&d, DIAG_BAD_VALUE, "'../etc' is no slug");
	commit(a);
	assert_int_equal(shell_int("a.db", "SELECT count(*) FROM product_alias"), 1);
	archive_close(a);
}

/* The digest is that of the lines, in whatever order they came. */
static void digest_ignores_order(void **state)
{
	unsigned char one[SHA256_SIZE], other[SHA256_SIZE];
	struct arena arena = ARENA_INIT;
	struct venue venue;

	(void)state;
	for (int backwards = 0; backwards < 2; backwards++) {
		struct archive *a = open_ok(backwards ? "b.db" : "a.db", ARCHIVE_CREATE);

		begin(a);
		put_basics(a, &venue);
		for (int i = 0; i < 600; i++)
			put(a, a_thread(&arena, &venue, backwards ? 599 - i : i), true);
		commit(a);
		archive_close(a);
	}
	digest_agrees("a.db", one);
	digest_agrees("b.db", other);
	assert_memory_equal(one, other, SHA256_SIZE);
	arena_release(&arena);
}

struct seen {
	struct buf text;
};

static int see_post(void *ctx, const struct post_facts *p)
{
	struct seen *seen = ctx;

	buf_addf(&seen->text, "%d:%.*s:%d:%d:%d%d ", (int)p->thread, STR_ARG(p->id),
		 (int)p->author, (int)p->score, p->gone, p->ground);
	return 0;
}

static int see_label(void *ctx, int64_t thread, const struct label *l)
{
	struct seen *seen = ctx;

	buf_addf(&seen->text, "%d:%.*s:%.*s ", (int)thread, STR_ARG(l->name), STR_ARG(l->by));
	return 0;
}

static int see_link(void *ctx, int64_t thread, int64_t product)
{
	struct seen *seen = ctx;

	buf_addf(&seen->text, "%d:%d ", (int)thread, (int)product);
	return 0;
}

static int see_tag(void *ctx, int64_t thread, struct str tag)
{
	struct seen *seen = ctx;

	buf_addf(&seen->text, "%d:%.*s ", (int)thread, STR_ARG(tag));
	return 0;
}

static int see_author(void *ctx, const struct author *author)
{
	struct seen *seen = ctx;

	buf_addf(&seen->text, "%.*s:%d ", STR_ARG(author->id), author->staff);
	return 0;
}

static int stop_at_once(void *ctx, const struct author *author)
{
	(void)ctx;
	(void)author;
	return 42;
}

static void scans_say_what_is_there(void **state)
{
	struct seen seen = { BUF_INIT };
	struct diags d = DIAGS_INIT;
	struct archive *a;

	(void)state;
	make_archive("a.db");
	shell("a.db", "INSERT INTO label (thread_id, name, by, at) VALUES "
		      "(1, 'x', 'b', 1), (1, 'x', 'a', 1), (2, 'a', 'z', 0);"
		      "UPDATE post SET gone = 1, author_id = NULL WHERE id = 3");
	a = open_ok("a.db", ARCHIVE_READ);
	assert_int_equal(archive_each_post(a, see_post, &seen, &d), 0);
	assert_string_equal(seen.text.p, "1:10:1:3:01 1:11:2:0:01 2:20:0:3:11 2:21:2:0:01 ");
	buf_reset(&seen.text);
	archive_each_label(a, see_label, &seen, &d);
	assert_string_equal(seen.text.p, "1:x:a 1:x:b 1:wrong:kim 2:a:z ");
	buf_reset(&seen.text);
	archive_each_link(a, see_link, &seen, &d);
	assert_string_equal(seen.text.p, "1:1 2:1 ");
	buf_reset(&seen.text);
	archive_each_tag(a, see_tag, &seen, &d);
	assert_string_equal(seen.text.p, "1:boil 1:lid 2:boil 2:lid ");
	buf_reset(&seen.text);
	archive_each_author(a, see_author, &seen, &d);
	assert_string_equal(seen.text.p, "u4:0 u17:1 ");
	assert_int_equal(archive_each_author(a, stop_at_once, NULL, &d), 42);
	assert_int_equal(archive_find_thread(a, STR("forum/t2"), &d), 2);
	assert_int_equal(archive_find_thread(a, STR("https://forum.example/t2"), &d), 2);
	assert_int_equal(archive_find_thread(a, STR("forum/t3"), &d), 0);
	no_diags(&d);
	buf_release(&seen.text);
	archive_close(a);
}

/* A label keeps the hash of the post that the curator saw. */
static void labels_know_their_post(void **state)
{
	struct label label = { .name = STR("wrong"), .post = STR("11"), .by = STR("lee"),
			       .at = 1700000300 };
	struct diags d = DIAGS_INIT;
	enum archive_change change;
	struct archive *a;

	(void)state;
	make_archive("a.db");
	a = open_ok("a.db", ARCHIVE_WRITE);
	begin(a);
	assert_int_equal(archive_add_label(a, 1, &label, &change, &d), 0);
	assert_int_equal(change, ARCHIVE_NEW);
	assert_int_equal(archive_add_label(a, 1, &label, &change, &d), 0);
	assert_int_equal(change, ARCHIVE_SAME);
	label.at = 1700000150; /* before the post was edited */
	assert_int_equal(archive_add_label(a, 1, &label, &change, &d), 0);
	label.at = 1700000300;
	assert_int_equal(archive_add_label(a, 99, &label, &change, &d), -1);
	one_diag(&d, DIAG_BAD_VALUE, "FOREIGN KEY");
	commit(a);
	archive_close(a);
	assert_int_equal(shell_int("a.db", "SELECT count(*) FROM label JOIN post ON post = ref "
					   "WHERE label.hash = post.hash"), 2);
	assert_int_equal(shell_int("a.db", "SELECT count(*) FROM label WHERE hash IS NULL"), 1);
}

static size_t forget(enum archive_thing thing, struct str id, struct str post)
{
	struct archive *a = open_ok("a.db", ARCHIVE_WRITE);
	struct archive_target what = { thing, STR("forum"), id, post, false };
	struct archive_forgotten done;
	struct diags d = DIAGS_INIT;
	size_t posts;

	begin(a);
	assert_int_equal(archive_forget(a, &what, 1, &done, &d), 0);
	commit(a);
	no_diags(&d);
	archive_compact(a, &d);
	no_diags(&d);
	archive_close(a);
	posts = done.posts;
	archive_forgotten_release(&done);
	return posts;
}

/* No byte of the erased text is left in the file. */
static bool file_holds(const char *path, const char *text)
{
	struct buf bytes = read_file(path);
	bool found = memmem(bytes.p, bytes.n, text, strlen(text)) != NULL;

	buf_release(&bytes);
	return found;
}

static void label_the_forgotten(struct thread *t, struct arena *arena)
{
	t->labels = arena_array(arena, struct label, 1);
	t->labels[0] = (struct label){ .name = STR("wrong"), .post = STR("11"),
				       .quote = STR("We were wrong"), .by = STR("kim"),
				       .at = 1700000300 };
	t->labels_n = 1;
}

static void forgotten_stays_out(void **state)
{
	unsigned char digest[SHA256_SIZE];

	(void)state;
	make_archive("a.db");
	assert_true(file_holds("a.db", "We were wrong"));
	assert_int_equal(forget(ARCHIVE_POST, STR("t1"), STR("11")), 1);
	assert_int_equal(shell_int("a.db", "SELECT count(*) FROM label"), 0);
	assert_int_equal(reput(label_the_forgotten, true), ARCHIVE_SAME);
	assert_int_equal(shell_int("a.db", "SELECT count(*) FROM label"), 0);
	assert_int_equal(forget(ARCHIVE_AUTHOR, STR("u17"), STR_NONE), 1);
	assert_false(file_holds("a.db", "We were wrong"));
	assert_false(file_holds("a.db", "Dana"));
	assert_int_equal(reput(label_the_forgotten, true), ARCHIVE_SAME);
	assert_int_equal(shell_int("a.db", "SELECT count(*) FROM post"), 2);
	assert_int_equal(forget(ARCHIVE_THREAD, STR("t1"), STR_NONE), 1);
	assert_int_equal(reput(edit_nothing, true), ARCHIVE_REFUSED);
	assert_int_equal(shell_int("a.db", "SELECT count(*) FROM thread"), 1);
	/* What never was there is kept out as well. */
	assert_int_equal(forget(ARCHIVE_THREAD, STR("t9"), STR_NONE), 0);
	digest_agrees("a.db", digest);
}

/* Into out, the blob that sql selects. */
static void shell_blob(const char *path, const char *sql, unsigned char out[SHA256_SIZE])
{
	sqlite3_stmt *stmt;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	assert_int_equal(sqlite3_column_bytes(stmt, 0), SHA256_SIZE);
	memcpy(out, sqlite3_column_blob(stmt, 0), SHA256_SIZE);
	sqlite3_finalize(stmt);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* Hashes are made as the manual says: archives of other versions hold them. */
static void hashes_are_as_documented(void **state)
{
	static const char body[] = "markdown\0The *lid* leaks.\n\"Why?\"";
	static const char name[] = "post\0forum\0t1\00011";
	unsigned char want[SHA256_SIZE], have[SHA256_SIZE], key[SHA256_SIZE];

	(void)state;
	make_archive("a.db");
	sha256_of(str_make(body, sizeof(body) - 1), want);
	shell_blob("a.db", "SELECT hash FROM post WHERE id = 1", have);
	assert_memory_equal(have, want, SHA256_SIZE);
	forget(ARCHIVE_POST, STR("t1"), STR("11"));
	shell_blob("a.db", "SELECT key FROM tombstone_key", key);
	sha256_hmac(str_make((char *)key, SHA256_SIZE), str_make(name, sizeof(name) - 1), want);
	shell_blob("a.db", "SELECT hash FROM tombstone WHERE kind = 'post'", have);
	assert_memory_equal(have, want, SHA256_SIZE);
}

/* A digest is stored without reading the thread again: where a thread isn't
 * stored as it was given, in order and each thing once, it must hold as well. */
static void digests_of_new_threads_hold(void **state)
{
	struct str tags[] = { STR("lid"), STR("boil"), STR("lid") };
	struct str products[] = { STR("kettle-2"), STR("kettle-2") };
	struct label labels[] = {
		{ .name = STR("wrong"), .by = STR("kim"), .at = 2 },
		{ .name = STR("wrong"), .by = STR("kim"), .at = 1, .note = STR("") },
		{ .name = STR("wrong"), .by = STR("kim"), .at = 2 },
	};
	struct author renamed = carl;
	struct arena arena = ARENA_INIT;
	struct diags d = DIAGS_INIT;
	struct venue venue;
	struct archive *a;

	(void)state;
	renamed.name = STR("Carlo");
	a = open_ok("a.db", ARCHIVE_CREATE);
	begin(a);
	put_basics(a, &venue);
	for (int i = 3; i < 35; i++) {
		struct thread *t = a_thread(&arena, &venue, i);

		t->posts[0].author = i & 1 ? &renamed : &carl;
		if (i & 2)
			t->posts[1].author = &carl;
		if (i & 4) {
			t->tags = tags;
			t->tags_n = i & 1 ? 3 : 2;
		}
		if (i & 8) {
			t->products = products;
			t->products_n = 2;
		}
		if (i & 16) {
			t->labels = labels;
			t->labels_n = i & 1 ? 3 : 2;
		}
		t->posts[0].created += i & 1 ? 1000 : 0;
		put(a, t, true);
	}
	commit(a);
	assert_int_equal(archive_check(a, &d), 0);
	no_diags(&d);
	archive_close(a);
	arena_release(&arena);
}

static void runs_are_logged(void **state)
{
	struct archive *a = open_ok("a.db", ARCHIVE_CREATE);
	struct diags d = DIAGS_INIT;

	(void)state;
	begin(a);
	assert_int_equal(archive_log_run(a, 5, "import jsonl", "x.jsonl", "1 thread", &d), 0);
	archive_rollback(a);
	assert_int_equal(shell_int("a.db", "SELECT count(*) FROM import_run"), 0);
	begin(a);
	assert_int_equal(archive_log_run(a, 5, "import jsonl", "x.jsonl", "1 thread", &d), 0);
	commit(a);
	assert_int_equal(shell_int("a.db", "SELECT at FROM import_run"), 5);
	archive_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(lines_are_canonical),
		cmocka_unit_test(lines_hold_every_key),
		IN_FOLDER(again_changes_nothing),
		IN_FOLDER(follows_the_venue),
		IN_FOLDER(keeps_what_curators_said),
		IN_FOLDER(knows_when_it_was_withdrawn),
		IN_FOLDER(newest_name_stands),
		IN_FOLDER(bad_threads_leave_nothing),
		IN_FOLDER(venues_and_products),
		IN_FOLDER(digest_ignores_order),
		IN_FOLDER(scans_say_what_is_there),
		IN_FOLDER(labels_know_their_post),
		IN_FOLDER(forgotten_stays_out),
		IN_FOLDER(hashes_are_as_documented),
		IN_FOLDER(digests_of_new_threads_hold),
		IN_FOLDER(runs_are_logged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
