/*
 * What is taken out of others' posts when somebody is forgotten, case by case: pieces
 * of removed texts in quotations, names where they are names, and that what comes in
 * later loses the same, though nothing but hashes is left; and who can read the
 * tombstones can't go from word to word.
 */
#include "archive-fixture.h"

#include "archive/handle.h"
#include "archive/scrub.h"

static const struct author quill = { .id = { "q9", 2 }, .name = { "Quill_Marten", 12 } };
static const struct author max = { .id = { "m1", 2 }, .name = { "Max", 3 } };
static const struct author jane = { .id = { "jm-wren", 7 }, .name = { "Jane Wren", 9 } };

static const char removed[] = "The lid jumps off whenever the water boils. Twice! "
			      "I bought it for the tea in Ostrava, you know.\n\n"
			      "> Somebody else said this before.\n";

struct state {
	void *folder; /* owned: the fixture's */
	struct archive *a;
	struct scrub *s;
	struct arena arena;
	struct diags d;
};

static int open_archive(void **state)
{
	struct state *st = xcalloc(1, sizeof(*st));

	enter_folder(&st->folder);
	make_archive("a.db");
	st->a = open_ok("a.db", ARCHIVE_WRITE);
	begin(st->a);
	st->s = archive_scrub(st->a);
	assert_int_equal(scrub_enter(st->s, STR("forum"), STR("t1"), &st->d), 0);
	*state = st;
	return 0;
}

static int close_archive(void **state)
{
	struct state *st = *state;
	void *folder = st->folder;

	no_diags(&st->d);
	archive_close(st->a);
	arena_release(&st->arena);
	free(st);
	return leave_folder(&folder);
}

static void learn_text(struct state *st)
{
	assert_int_equal(scrub_learn_post(st->s, BODY_MARKDOWN, str_of(removed), &st->d), 0);
}

/* As if in another run: what was at hand isn't any more. */
static void forget_pieces(struct state *st)
{
	archive_scrub_drop(st->a);
	st->s = archive_scrub(st->a);
	assert_int_equal(scrub_enter(st->s, STR("forum"), STR("t1"), &st->d), 0);
}

#define becomes(st, format, body, left) becomes_at(st, format, body, left, __LINE__)
static void becomes_at(struct state *st, enum body_format format, const char *body,
		       const char *left, int line)
{
	struct str out, again;
	int changed = scrub_body(st->s, format, str_of(body), &st->arena, &out, &st->d);

	if (!str_is(out, left) || changed != !!strcmp(body, left)) {
		print_error("'%s'\nbecomes '%.*s'\nnot     '%s'\n", body, STR_ARG(out), left);
		_fail(__FILE__, line);
	}
	assert_int_equal(scrub_body(st->s, format, out, &st->arena, &again, &st->d), 0);
	assert_true(str_eq(out, again));
}

#define stays(st, format, body) becomes_at(st, format, body, body, __LINE__)

static void quotations(void **state)
{
	struct state *st = *state;

	learn_text(st);
	becomes(st, BODY_MARKDOWN, "> the *lid* jumps off\n> whenever the water boils\n\nMine too.",
		"> [removed]\n\nMine too.");
	becomes(st, BODY_HTML, "<blockquote><p>bought it for the tea</p></blockquote>x",
		"<blockquote>[removed]</blockquote>x");
	becomes(st, BODY_TEXT, "[quote=q]The lid jumps off[/quote] x",
		"[quote][removed][/quote] x");
	/* Few words count in the thread that they are of. */
	becomes(st, BODY_TEXT, "> twice!\nyes", "> [removed]\nyes");
	becomes(st, BODY_TEXT, "> jumps off\nyes", "> [removed]\nyes");
	/* The innermost quotation that holds it goes, and what is in it. */
	becomes(st, BODY_TEXT, "> I say so as well, and always did.\n> > The lid jumps off whenever\n",
		"> I say so as well, and always did.\n> > [removed]\n");
	becomes(st, BODY_TEXT, "> The lid jumps off whenever\n> > a b c d e f g\n", "> [removed]\n");
	/* Who is quoted may be said in it, at more length than what they said. */
	becomes(st, BODY_TEXT, "> On Mon., 3. March 2025 at 10:00 Quill Q. Marten of Ostrava\n"
			       "> <quill@cust.example> wrote:\n> the lid jumps off whenever\n\nyes",
		"> [removed]\n\nyes");
	becomes(st, BODY_HTML, "<blockquote><p>Quill the old tea drinker wrote here:</p>"
			       "<p>the lid jumps off</p></blockquote>",
		"<blockquote>[removed]</blockquote>");
	stays(st, BODY_TEXT, "> Quill wrote this about my kettle:\n> nothing is ever any good\n");
	/* What isn't quoted is one's own, and what another said is theirs. */
	stays(st, BODY_TEXT, "The lid jumps off whenever the water boils.");
	stays(st, BODY_TEXT, "> Somebody else said this before.\n");
	stays(st, BODY_TEXT, "> the lid\n> of my own pot is fine, and a good one, too\n");
	stays(st, BODY_TEXT, "> the water is what jumps whenever lid boils\n");
	assert_int_equal(scrub_enter(st->s, STR("forum"), STR("t2"), &st->d), 0);
	becomes(st, BODY_TEXT, "> the lid jumps off\nyes", "> [removed]\nyes");
	stays(st, BODY_TEXT, "> twice!\nyes");
}

static void quotations_that_come_later(void **state)
{
	struct state *st = *state;

	learn_text(st);
	becomes(st, BODY_TEXT, "> jumps off whenever the\n", "> [removed]\n");
	forget_pieces(st);
	/* The same, whole sentences, and short ones here. */
	becomes(st, BODY_TEXT, "> jumps off whenever the\n", "> [removed]\n");
	becomes(st, BODY_TEXT, "> I bought it for the tea in Ostrava, you know.\n", "> [removed]\n");
	becomes(st, BODY_HTML, "<blockquote>Twice!</blockquote>",
		"<blockquote>[removed]</blockquote>");
	/* Nobody spells it out word by word. */
	stays(st, BODY_TEXT, "> the lid jumps off\n");
	stays(st, BODY_TEXT, "> I bought it for the\n");
	assert_int_equal(scrub_enter(st->s, STR("forum"), STR("t2"), &st->d), 0);
	stays(st, BODY_TEXT, "> jumps off whenever the\n");
	becomes(st, BODY_TEXT, "> The lid jumps off whenever the water boils\n", "> [removed]\n");
}

static void distinct_names(void **state)
{
	struct state *st = *state;

	assert_int_equal(scrub_learn_author(st->s, &quill, &st->d), 0);
	assert_int_equal(scrub_learn_author(st->s, &jane, &st->d), 0);
	for (int i = 0; i < 2; i++) {
		/* In any thread, of any venue. */
		assert_int_equal(scrub_enter(st->s, STR("list"), STR("9"), &st->d), 0);
		becomes(st, BODY_TEXT, "I told quill_marten's friend QUILL_MARTEN.",
			"I told [removed]'s friend [removed].");
		becomes(st, BODY_HTML, "<a href=\"/u/quill_marten\">@Quill_Marten</a>",
			"<a href=\"/u/[removed]\">@[removed]</a>");
		becomes(st, BODY_TEXT, "Ask Jane Wren or jane\nwren (jane-wren, JaneWren, jm-wren).",
			"Ask [removed] or [removed] ([removed], [removed], [removed]).");
		stays(st, BODY_TEXT, "Jane, the wren, quill and marten. quill_martens");
		stays(st, BODY_TEXT, "Jane. Wren");
		forget_pieces(st);
	}
	/* Where she took part one says "Jane". */
	becomes(st, BODY_TEXT, "Thanks Jane, the jane of all wrens.",
		"Thanks [removed], the jane of all wrens.");
}

/* With a full stop or an apostrophe in it, however that is written. */
static void names_with_signs(void **state)
{
	static const struct author authors[] = {
		{ .id = { "1", 1 }, .name = { "Pat O'Brien", 11 } },
		{ .id = { "2", 1 }, .name = { "John Q. Public", 14 } },
		{ .id = { "3", 1 }, .name = { "Quist, Mara", 11 } },
		{ .id = { "4", 1 }, .name = { "R&D  Kowalski (Acme)", 20 } },
		{ .id = { "5", 1 }, .name = { "Ana del Rio de la Vega", 22 } },
	};
	struct state *st = *state;

	for (size_t i = 0; i < ARRAY_LEN(authors); i++)
		assert_int_equal(scrub_learn_author(st->s, &authors[i], &st->d), 0);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(scrub_enter(st->s, STR("list"), STR("9"), &st->d), 0);
		becomes(st, BODY_TEXT, "Pat O'Brien, PAT O\xe2\x80\x99" "BRIEN's", "[removed], [removed]'s");
		becomes(st, BODY_HTML, "<p>Pat O&#39;Brien</p><a href=\"/x/Pat%20O%27Brien\">x</a>",
			"<p>[removed]</p><a href=\"/x/[removed]\">x</a>");
		becomes(st, BODY_TEXT, "John Q. Public, john q public", "[removed], [removed]");
		becomes(st, BODY_TEXT, "On Monday Quist, Mara wrote", "On Monday [removed] wrote");
		becomes(st, BODY_HTML, "R&amp;D Kowalski (Acme)!", "[removed])!");
		becomes(st, BODY_TEXT, "> told Ana del\n> Rio de la Vega so\n", "> told [removed] so\n");
		stays(st, BODY_TEXT, "Pat. O, Brien; John. Q? Public; quist (mara); ana\n\ndel rio de la vega");
		forget_pieces(st);
	}
}

/* Mailing lists know people by a hash of the address. */
static void addresses(void **state)
{
	/* printf %s jane.w@cust.example | sha256sum */
	static const struct author hashed = { .id = { "de3f40f472e38671", 16 }, .name = { "Jane", 4 } };
	struct state *st = *state;

	assert_int_equal(scrub_learn_author(st->s, &hashed, &st->d), 0);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(scrub_enter(st->s, STR("other"), STR("9"), &st->d), 0);
		becomes(st, BODY_TEXT, "Bo <Jane.W@cust.example>, jane.w (at) cust.example.",
			"Bo <[removed]>, [removed].");
		becomes(st, BODY_HTML, "<a href=\"mailto:jane.w%40cust.example\">x</a>",
			"<a href=\"mailto:[removed]\">x</a>");
		stays(st, BODY_TEXT, "jane.w@cust2.example, w@cust.example, jane.w at cust, a@b @ c@");
		forget_pieces(st);
	}
}

static void names_that_are_words(void **state)
{
	struct state *st = *state;

	assert_int_equal(scrub_learn_author(st->s, &max, &st->d), 0);
	forget_pieces(st);
	becomes(st, BODY_TEXT, "Thanks Max, at max power.", "Thanks [removed], at max power.");
	assert_int_equal(scrub_enter(st->s, STR("forum"), STR("t2"), &st->d), 0);
	becomes(st, BODY_TEXT, "@max: hello", "@[removed]: hello");
	becomes(st, BODY_TEXT, "On Monday, Max wrote:\n\n> Hello you.\n",
		"On Monday, [removed] wrote:\n\n> Hello you.\n");
	becomes(st, BODY_TEXT, "On Monday max (of Wrenholt):\n> Hello you.\n",
		"On Monday [removed] (of Wrenholt):\n> Hello you.\n");
	becomes(st, BODY_MARKDOWN, "[quote=\"max, post:2\"]\nHello.\n[/quote]",
		"[quote=\"[removed], post:2\"]\nHello.\n[/quote]");
	becomes(st, BODY_HTML, "<a href=\"https://f.example/users/12/max\">m</a>",
		"<a href=\"https://f.example/users/12/[removed]\">m</a>");
	becomes(st, BODY_HTML, "<img src=\"https://f.example/user_avatar/f.example/max/40/9.png\">",
		"<img src=\"https://f.example/user_avatar/f.example/[removed]/40/9.png\">");
	becomes(st, BODY_HTML, "<a href=\"https://github.com/max\">m</a>",
		"<a href=\"https://github.com/[removed]\">m</a>");
	stays(st, BODY_TEXT, "https://f.example/settings/f.example/max");
	scrub_ask(st->s);
	stays(st, BODY_TEXT, "Max power, or max.");
	assert_true(scrub_counts(st->s)->unsure > 0);
	assert_int_equal(scrub_enter(st->s, STR("list"), STR("t2"), &st->d), 0);
	stays(st, BODY_TEXT, "@max: another venue's");
}

/* One who is called like the mark doesn't make it grow. */
static void named_like_the_mark(void **state)
{
	static const struct author odd = { .id = { "x", 1 }, .name = { "Removed", 7 } };
	struct state *st = *state;

	assert_int_equal(scrub_learn_author(st->s, &odd, &st->d), 0);
	assert_int_equal(scrub_learn_name(st->s, STR("removed"), &st->d), 0);
	assert_int_equal(scrub_learn_post(st->s, BODY_TEXT, STR("removed"), &st->d), 0);
	stays(st, BODY_TEXT, "[removed] @removed\n> [removed]\n");
}

static void titles(void **state)
{
	struct state *st = *state;
	struct str out;

	assert_int_equal(scrub_title_gone(st->s, &st->d), 0);
	assert_int_equal(scrub_learn_title(st->s, STR("My lid, it jumps!"), &st->d), 0);
	forget_pieces(st);
	assert_int_equal(scrub_title_gone(st->s, &st->d), 1);
	assert_int_equal(scrub_url(st->s, STR("https://f.example/t/my-lid-it-jumps/7"),
				   &st->arena, &out, &st->d), 1);
	assert_true(str_is(out, "https://f.example/t/-/7"));
	assert_int_equal(scrub_url(st->s, STR("https://f.example/7-my-lid-it-jumps"),
				   &st->arena, &out, &st->d), 1);
	assert_true(str_is(out, "https://f.example/7--"));
	assert_int_equal(scrub_enter(st->s, STR("forum"), STR("t2"), &st->d), 0);
	assert_int_equal(scrub_title_gone(st->s, &st->d), 0);
	becomes(st, BODY_TEXT, "see /my-lid-it-jumps", "see /[removed]");
}

static void labels(void **state)
{
	struct state *st = *state;
	struct str out;

	learn_text(st);
	assert_int_equal(scrub_learn_author(st->s, &quill, &st->d), 0);
	assert_int_equal(scrub_quote(st->s, STR("the lid jumps off"), &st->arena, &out, &st->d), 1);
	assert_true(str_is(out, "[removed]"));
	assert_int_equal(scrub_quote(st->s, STR("Sorry Quill_Marten, our mistake"), &st->arena,
				     &out, &st->d), 1);
	assert_true(str_is(out, "Sorry [removed], our mistake"));
	assert_int_equal(scrub_quote(st->s, STR_NONE, &st->arena, &out, &st->d), 0);
	assert_false(str_present(out));
}

#define IN_ARCHIVE(test) \
	cmocka_unit_test_setup_teardown(test, open_archive, close_archive)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_ARCHIVE(quotations),
		IN_ARCHIVE(quotations_that_come_later),
		IN_ARCHIVE(distinct_names),
		IN_ARCHIVE(names_with_signs),
		IN_ARCHIVE(addresses),
		IN_ARCHIVE(names_that_are_words),
		IN_ARCHIVE(named_like_the_mark),
		IN_ARCHIVE(titles),
		IN_ARCHIVE(labels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
