/*
 * Proves that what search engines read of a thread is JSON with schema.org's
 * keys and the words as they are, and that no word of a post can end the
 * element that it stands in.
 */
#include "check.h"

#include "base/json.h"
#include "base/mem.h"
#include "render/jsonld.h"

static const char site[] = "https://open.example/";
static const char before[] = "<script type=\"application/ld+json\">";
static const char after[] = "</script>";

static struct value when(struct arena *a, const char *time)
{
	struct value v = value_object(a, 1);

	if (!time)
		return value_none();
	value_set(a, &v, "time", value_text(str_of(time)));
	return v;
}

static struct value post(struct arena *a, const char *name, const char *text, bool first)
{
	struct value v = value_object(a, 8), author = value_object(a, 3);

	value_set(a, &author, "deleted", value_bool(!name));
	value_set(a, &author, "name", value_text(name ? str_of(name) : STR("gone")));
	value_set(a, &author, "url",
		  name ? value_text(STR("https://a.example/u?a=1&b=2")) : value_none());
	value_set(a, &v, "author", author);
	value_set(a, &v, "anchor", value_text(STR("t_forum_1_2")));
	value_set(a, &v, "created", when(a, "2026-01-02T03:04:05Z"));
	value_set(a, &v, "edited", when(a, first ? NULL : "2026-01-03T00:00:00Z"));
	value_set(a, &v, "text", value_text(str_of(text)));
	value_set(a, &v, "body", value_html(STR("<p>not this</p>")));
	value_set(a, &v, "first", value_bool(first));
	return v;
}

/* A thread of a posting with this text, and a comment by nobody. */
static struct value thread(struct arena *a, const char *title, const char *text)
{
	struct value v = value_object(a, 4), posts = value_list(a, 2);

	posts.u.list.items[0] = post(a, "Ann & <b>", text, true);
	posts.u.list.items[1] = post(a, NULL, "yes", false);
	value_set(a, &v, "title", value_text(str_of(title)));
	value_set(a, &v, "path", value_text(STR("threads/forum/1/")));
	value_set(a, &v, "posts", posts);
	return v;
}

/* What stands in the element. */
static struct str inside(const struct buf *b)
{
	struct str s = buf_str(b);

	assert_true(str_starts(s, STR("<script type=\"application/ld+json\">")));
	assert_true(str_ends(s, STR("</script>")));
	return str_slice(s, sizeof(before) - 1, s.n - (sizeof(after) - 1));
}

static void all_keys(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf b = BUF_INIT;
	struct value t = thread(&a, "Lid", "stuck");

	(void)state;
	jsonld_thread(&b, str_of(site), &t);
	assert_str(inside(&b),
		"{\"@context\":\"https://schema.org\",\"@type\":\"DiscussionForumPosting\","
		"\"url\":\"https://open.example/threads/forum/1/\",\"headline\":\"Lid\","
		"\"author\":{\"@type\":\"Person\",\"name\":\"Ann \\u0026 \\u003cb\\u003e\","
		"\"url\":\"https://a.example/u?a=1\\u0026b=2\"},"
		"\"datePublished\":\"2026-01-02T03:04:05Z\",\"text\":\"stuck\","
		"\"comment\":[{\"@type\":\"Comment\","
		"\"url\":\"https://open.example/threads/forum/1/#t_forum_1_2\","
		"\"author\":{\"@type\":\"Person\",\"name\":\"[deleted]\"},"
		"\"datePublished\":\"2026-01-02T03:04:05Z\","
		"\"dateModified\":\"2026-01-03T00:00:00Z\",\"text\":\"yes\"}]}");
	buf_release(&b);
	arena_release(&a);
}

static void no_word_ends_the_element(void **state)
{
	static const char *const words[] = {
		"</script><script>alert(1)</script>", "<!-- <script>", "--> ]]>", "&lt;/script>",
		"\"}],\"@type\":\"Review\",\"x\":[{\"y\":\"", "\\", "\\u003c/script>", "\\\"",
		"a\u2028b\u2029c\u2027d\u202f", "line\nline\ttab\x01\x7f", "{{company}}",
	};
	struct diags diags = DIAGS_INIT;
	struct arena a = ARENA_INIT;
	struct buf b = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		struct value t = thread(&a, words[i], words[i]);
		struct json *json;
		struct str s;

		buf_reset(&b);
		jsonld_thread(&b, str_of(site), &t);
		s = inside(&b);
		assert_int_equal(str_index(s, '<'), s.n);
		assert_int_equal(str_index(s, '>'), s.n);
		assert_int_equal(str_index(s, '&'), s.n);
		assert_int_equal(str_find(s, STR("\xe2\x80\xa8")), s.n);
		assert_int_equal(str_find(s, STR("\xe2\x80\xa9")), s.n);
		json = json_parse(&a, s, place_line("jsonld", 1, 0), &diags);
		assert_non_null(json);
		assert_str(json_get(json, "headline")->u.str, words[i]);
		assert_str(json_get(json, "text")->u.str, words[i]);
		assert_str(json_get(json, "@type")->u.str, "DiscussionForumPosting");
	}
	buf_release(&b);
	arena_release(&a);
}

/* An answer is no posting, and nothing is none. */
static void nothing_without_the_first_post(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf b = BUF_INIT;
	struct value t = thread(&a, "Lid", "stuck");
	struct value *posts = (struct value *)value_get(&t, STR("posts"));

	(void)state;
	posts->u.list.items++;
	posts->u.list.n = 1;
	jsonld_thread(&b, str_of(site), &t);
	assert_int_equal(b.n, 0);
	posts->u.list.n = 0;
	jsonld_thread(&b, str_of(site), &t);
	assert_int_equal(b.n, 0);
	t = thread(&a, "Lid", "");
	jsonld_thread(&b, str_of(site), &t);
	assert_int_equal(b.n, 0);
	buf_release(&b);
	arena_release(&a);
}

/* A post known by a letter, in answer to another, or to none for 0. */
static struct value answer(struct arena *a, char id, char to, const char *text)
{
	struct value v = post(a, "A", text, id == 'a'), reply = value_object(a, 1);

	*(struct value *)value_get(&v, STR("anchor")) =
		value_text(arena_printf(a, "%c", id));
	value_set(a, &reply, "anchor", value_text(arena_printf(a, "%c", to)));
	value_set(a, &v, "reply_to", to ? reply : value_none());
	return v;
}

/* "a(b(c)d)": the texts, each with those that answer it. */
static void outline(struct buf *out, const struct json *post)
{
	const struct json *comments = json_get(post, "comment");

	buf_addstr(out, json_get(post, "text")->u.str);
	if (!comments)
		return;
	buf_addc(out, '(');
	for (size_t i = 0; i < comments->u.list.n; i++)
		outline(out, &comments->u.list.items[i]);
	buf_addc(out, ')');
}

static void check_outline(struct arena *a, struct value posts, const char *want)
{
	struct value t = value_object(a, 3);
	struct diags diags = DIAGS_INIT;
	struct buf b = BUF_INIT, out = BUF_INIT;

	value_set(a, &t, "title", value_text(STR("Lid")));
	value_set(a, &t, "path", value_text(STR("threads/forum/1/")));
	value_set(a, &t, "posts", posts);
	jsonld_thread(&b, str_of(site), &t);
	outline(&out, json_parse(a, inside(&b), place_line("jsonld", 1, 0), &diags));
	assert_str(buf_str(&out), want);
	buf_release(&b);
	buf_release(&out);
}

/* e answers what is unknown, f what comes after it, g a post without words. */
static void answers_hang_from_what_they_answer(void **state)
{
	struct arena a = ARENA_INIT;
	struct value posts = value_list(&a, 8);
	struct value all[] = {
		answer(&a, 'a', 0, "a"), answer(&a, 'c', 'a', "c"), answer(&a, 'b', 'c', "b"),
		answer(&a, 'd', 0, "d"), answer(&a, 'e', 'x', "e"), answer(&a, 'f', 'g', "f"),
		answer(&a, 'i', 'b', ""), answer(&a, 'g', 'i', "g"),
	};

	(void)state;
	memcpy(posts.u.list.items, all, sizeof(all));
	check_outline(&a, posts, "a(c(b(g))def)");
	arena_release(&a);
}

/* However long people talk: a reader of JSON has a limit too. */
static void no_answer_lies_too_deep(void **state)
{
	struct arena a = ARENA_INIT;
	struct value posts = value_list(&a, 20);

	(void)state;
	for (size_t i = 0; i < 20; i++)
		posts.u.list.items[i] = answer(&a, (char)('a' + i),
					       (char)(i ? 'a' + i - 1 : 0), "p");
	check_outline(&a, posts, "p(p(p(p(p(p(p(p(p(p(p(p(p(p(p(p(pppp))))))))))))))))");
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_keys),
		cmocka_unit_test(no_word_ends_the_element),
		cmocka_unit_test(nothing_without_the_first_post),
		cmocka_unit_test(answers_hang_from_what_they_answer),
		cmocka_unit_test(no_answer_lies_too_deep),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
