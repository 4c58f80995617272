/*
 * A quotation marked in its post: across markup, blanks and lines, outside of what the post
 * quotes, and nothing but the mark is new.
 */
#include "check.h"

#include "text/mark.h"

/* What is left of the tree, with [ ] around what is marked, and of what kind. */
static void show(struct buf *out, const struct node *n)
{
	if (node_is_block(n->kind) && out->n)
		buf_addc(out, '/');
	buf_addstr(out, n->text);
	for (const struct node *c = n->first; c; c = c->next) {
		const char *ends = c->kind == NODE_MARK		 ? "[]"
				   : c->kind == NODE_EMPH	 ? "**"
				   : c->kind == NODE_LINK	 ? "<>"
				   : c->kind == NODE_CODE	 ? "``"
				   : c->kind == NODE_BREAK ? "||"
							   : "";

		if (*ends)
			buf_addc(out, ends[0]);
		show(out, c);
		if (*ends)
			buf_addc(out, ends[1]);
	}
}

static void assert_marked(enum body_format format, const char *body, const char *quote,
			  const char *expected)
{
	struct arena arena = ARENA_INIT;
	struct buf seen = BUF_INIT;
	struct body_tree tree;

	body_read(&arena, format, str_of(body), &tree);
	assert_int_equal(body_mark(&arena, &tree, str_of(quote)),
			 strchr(expected, '[') != NULL);
	show(&seen, tree.root);
	assert_string_equal(seen.p, expected);
	buf_release(&seen);
	arena_release(&arena);
}

static void marks(void **state)
{
	static const struct {
		enum body_format format;
		const char *body, *quote, *expected;
	} cases[] = {
		{ BODY_TEXT, "It was us.", "It was us.", "[It was us.]" },
		{ BODY_TEXT, "Yes. It was us. Sorry.", "It was us.", "Yes. [It was us.] Sorry." },
		{ BODY_TEXT, "It  was\nus.", "It was us.", "[It  was]||[us.]" },
		{ BODY_TEXT, "One.\n\nTwo.", "One. Two.", "[One.]/[Two.]" },
		{ BODY_TEXT, "us us", "us", "[us] us" },
		{ BODY_TEXT, "> It was us.\n\nNo.", "It was us.", "It was us./No." },
		{ BODY_TEXT, "> It was us.\n\nIt was us.", "It was us.",
		  "It was us./[It was us.]" },
		{ BODY_TEXT, "It was us.", "", "It was us." },
		{ BODY_TEXT, "It was us.", "It was them.", "It was us." },
		{ BODY_TEXT, "Caf\303\251 \303\251t\303\251", "\303\251t\303\251",
		  "Caf\303\251 [\303\251t\303\251]" },
		{ BODY_MARKDOWN, "It *was* us, [sorry](http://a.example/).", "It was us, sorry.",
		  "[It ]*[was]*[ us, ]<[sorry]>[.]" },
		{ BODY_MARKDOWN, "The `lid()` broke.", "The lid() broke.",
		  "[The ][`lid()`][ broke.]" },
		{ BODY_HTML, "<p>a</p><blockquote>It was us.</blockquote><p>It <em>was us</em>.</p>",
		  "It was us.", "a//It was us./[It ]*[was us]*[.]" },
		{ BODY_HTML, "<p>No. <b>It</b> <i>was</i> us. So</p>", "It was us.",
		  "No. [It][ ]*[was]*[ us.] So" },
		{ BODY_HTML, "<pre>It was us.</pre><p>It was us.</p>", "It was us.",
		  "It was us./[It was us.]" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_marked(cases[i].format, cases[i].body, cases[i].quote,
			      cases[i].expected);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(marks) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
