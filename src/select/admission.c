/* Labels `wrong` against the thread that they are about. */
#include "select/admission.h"

static const struct post *find_post(const struct thread *t, struct str id)
{
	for (size_t i = 0; i < t->posts_n; i++)
		if (str_eq(t->posts[i].id, id))
			return &t->posts[i];
	return NULL;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Appends s without blanks at its ends and each run of them as one space. */
static void add_folded(struct buf *out, struct str s)
{
	s = str_trim(s);
	for (size_t i = 0; i < s.n; i++)
		if (!is_blank(s.p[i]))
			buf_addc(out, s.p[i]);
		else if (!is_blank(s.p[i + 1])) /* the last one isn't blank */
			buf_addc(out, ' ');
}

static bool holds_folded(struct str text, struct str quote)
{
	struct buf a = BUF_INIT, b = BUF_INIT;
	bool holds;

	add_folded(&a, text);
	add_folded(&b, quote);
	holds = str_find(buf_str(&a), buf_str(&b)) < a.n || b.n == 0;
	buf_release(&a);
	buf_release(&b);
	return holds;
}

/* In the body as the venue gave it, or in what a reader sees of it, what it
 * quotes from others left out. */
static bool quote_stands(const struct post *post, struct str quote)
{
	struct arena arena = ARENA_INIT;
	struct buf visible = BUF_INIT;
	struct body_tree tree;
	bool stands;

	if (!quote.n || str_find(post->body, quote) < post->body.n)
		return true;
	body_read(&arena, post->format, post->body, &tree);
	body_visible(&tree, VISIBLE_NO_QUOTES, &visible);
	stands = holds_folded(buf_str(&visible), quote);
	buf_release(&visible);
	arena_release(&arena);
	return stands;
}

static bool by_contributor(const struct post *post, const struct thread *t,
			   const struct roster *roster)
{
	return post->author &&
	       roster_find(roster, t->venue->slug, post->author) != ROSTER_NONE;
}

/* What is wrong with the label and what to do, or NULL. */
static const char *flaw_of(struct admission *a, const struct thread *t,
			   const struct roster *roster, const char **hint)
{
	const struct post *post;

	*hint = "label it again with --post and --quote, or label it 'not-wrong'";
	if (!str_present(a->post))
		return "names no post that shows it";
	post = find_post(t, a->post);
	if (!post)
		return "names a post that isn't in the thread";
	if (post->gone || post->hidden)
		return "names a post that is gone or hidden";
	if (!quote_stands(post, a->quote))
		return "quotes what isn't in the post";
	*hint = "list the author's account under 'contributors' in candor.yaml, or "
		"label it 'not-wrong'";
	if (!by_contributor(post, t, roster))
		return "names a post that no contributor wrote";
	a->at = post->created;
	return NULL;
}

int admission_holds(struct admission *a, const struct thread *t,
		    const struct roster *roster, struct place where,
		    struct diags *diags)
{
	const char *hint, *flaw = flaw_of(a, t, roster, &hint);

	if (!flaw)
		return 1;
	if (!diags)
		return 0;
	diag_add(diags, DIAG_BAD_ADMISSION, where,
		 "the label 'wrong' of '%.*s/%.*s' %s, so the thread doesn't count",
		 STR_ARG(t->venue->slug), STR_ARG(t->id), flaw);
	diag_hint(diags, "%s", hint);
	return 0;
}
