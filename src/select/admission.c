/* Admissions against the thread that they are in. */
#include "select/admission.h"

#include "base/utf8.h"
#include "text/quote.h"

/* Whose the post is; or what keeps it from being the company's, and what to do. */
static const char *author_of(struct admission *a, const struct post *post,
			     const struct thread *t, const struct roster *roster,
			     const char **hint)
{
	int who = post->author ? roster_whose(roster, t->venue->slug, post->author)
			       : ROSTER_NONE;

	a->who = who;
	a->author = post->author ? post->author->name : STR_NONE;
	if (roster_speaks(roster, who, post->created))
		return NULL;
	*hint = "list the author's account under 'contributors' in candor.yaml, or "
		"label it 'not-wrong'";
	if (who == ROSTER_NONE)
		return "names a post that no contributor wrote";
	*hint = "mend the author's 'active' in candor.yaml, or label it 'not-wrong'";
	return "names a post whose author didn't speak for the company then";
}

/* What is wrong with the label and what to do, or NULL. */
static const char *flaw_of(struct admission *a, const struct thread *t,
			   const struct roster *roster, const char **hint)
{
	const struct post *post;

	*hint = "label it again with --post and --quote, or label it 'not-wrong'";
	if (!str_present(a->post))
		return "names no post that shows it";
	post = thread_post(t, a->post);
	if (!post)
		return "names a post that isn't in the thread";
	if (post->gone || post->hidden)
		return "names a post that is gone or hidden";
	if (a->quote.n && !quote_stands(post->format, post->body, a->quote))
		return "quotes what isn't in the post";
	a->at = post->created;
	return author_of(a, post, t, roster, hint);
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
		 "the label 'wrong' of '%.*s/%.*s' %s, so the label doesn't count",
		 STR_ARG(t->venue->slug), STR_ARG(t->id), flaw);
	diag_hint(diags, "%s", hint);
	return 0;
}

static int damaged(const struct passage *p, const struct thread *t, struct place where,
		   struct diags *diags)
{
	diag_add(diags, DIAG_ARCHIVE_DAMAGED, where,
		 "evidence in post '%.*s' of '%.*s/%.*s' is no part of its body",
		 STR_ARG(p->post), STR_ARG(t->venue->slug), STR_ARG(t->id));
	diag_hint(diags, "look for it again with 'candor analyze'");
	return -1;
}

int admission_found(struct admission *a, const struct passage *p, const struct thread *t,
		    const struct roster *roster, struct arena *arena, struct place where,
		    struct diags *diags)
{
	const struct post *post = thread_post(t, p->post);
	struct str part;
	const char *hint;

	if (!post)
		return 0;
	part = str_slice(post->body, p->start, p->stop);
	if (p->stop > post->body.n || !utf8_valid(part))
		return damaged(p, t, where, diags);
	*a = (struct admission){ .post = p->post,
				 .quote = quote_text(arena, post->format, part) };
	return a->quote.n && !flaw_of(a, t, roster, &hint);
}
