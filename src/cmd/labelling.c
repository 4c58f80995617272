/* What a label must say, and whether it is so.  Where labels come from is label.c's
 * and label-table.c's. */
#include "cmd/labelling.h"

#include "base/mem.h"
#include "text/quote.h"

int labelling_init(struct labelling *l, struct run *run)
{
	*l = (struct labelling){ .run = run, .arena = ARENA_INIT };
	l->roster = roster_new(&run->config);
	if (archive_begin(run->archive, &run->diags) < 0)
		return -1;
	l->begun = true;
	return archive_venues(run->archive, &run->arena, &l->venues, &l->venues_n, &run->diags);
}

int labelling_commit(struct labelling *l)
{
	l->begun = false; /* a commit that fails rolls back */
	return archive_commit(l->run->archive, &l->run->diags);
}

void labelling_release(struct labelling *l)
{
	if (l->begun)
		archive_rollback(l->run->archive);
	roster_free(l->roster);
	arena_release(&l->arena);
}

const struct thread *labelling_thread(struct labelling *l, struct str name,
				      struct place where)
{
	struct diags *diags = &l->run->diags;
	int64_t row = archive_find_thread(l->run->archive, name, diags);

	if (row == 0) {
		diag_add(diags, DIAG_NO_SUCH_THREAD, where,
			 "the archive has no thread '%.*s'", STR_ARG(name));
		diag_hint(diags, "a thread is VENUE/ID or its URL");
	}
	if (row <= 0)
		return NULL;
	arena_reset(&l->arena);
	return archive_thread(l->run->archive, row, l->venues, l->venues_n, &l->arena,
			      &l->thread, diags) < 0 ? NULL : &l->thread;
}

/* --- What must be said --- */

enum { NEEDS_POST = 1, NEEDS_QUOTE = 2, NEEDS_NOTE = 4, NEEDS_UNTIL = 8 };
static const char *const parts[] = { "post", "quote", "note", "until" };

static const struct rule {
	const char *name;
	unsigned needs;
	const char *hint;
} rules[] = {
	{ "wrong", NEEDS_POST | NEEDS_QUOTE,
	  "the post in which one of you admits it, and the sentence" },
	{ "permission", NEEDS_POST | NEEDS_NOTE,
	  "the post, and where its author's permission is recorded" },
	{ "not-permission", NEEDS_POST, "the post that may no longer be shown" },
	{ "embargo", NEEDS_UNTIL, "the time before which the thread is not shown" },
	{ "expires", NEEDS_UNTIL, "the time from which the thread is no longer shown" },
};

/* What a label's opposite is called is easily mistaken. */
static int check_name(struct labelling *l, struct str name, struct place where)
{
	static const char *const words[] = { "wrong",  "permission", "embargo", "expires",
					     "solved", "thanked",    "private", "publish" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (!str_starts(name, STR("no-")) ||
		    !str_is(str_slice(name, 3, name.n), words[i]))
			continue;
		diag_add(&l->run->diags, where.path ? DIAG_BAD_VALUE : DIAG_USAGE, where,
			 "the label '%.*s' would take nothing back", STR_ARG(name));
		diag_hint(&l->run->diags, "did you mean 'not-%s'?", words[i]);
		return -1;
	}
	return 0;
}

static unsigned said(const struct label *label)
{
	int64_t until;

	return (label->post.n ? NEEDS_POST : 0) | (label->quote.n ? NEEDS_QUOTE : 0) |
	       (label->note.n ? NEEDS_NOTE : 0) |
	       (label_until(label, &until) ? NEEDS_UNTIL : 0);
}

/* "--post and --quote", or as the columns of a table. */
static void add_needs(struct buf *out, unsigned needs, bool flags)
{
	bool more = false;

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		if (!(needs & 1u << i))
			continue;
		if (1u << i == NEEDS_UNTIL && !flags)
			buf_adds(out, "a note that begins with a time");
		else
			buf_addf(out, "%s%s%s", more ? " and " : "", flags ? "--" : "",
				 parts[i]);
		more = true;
	}
}

static int check_words(struct labelling *l, const struct label *label, struct place where)
{
	struct diags *diags = &l->run->diags;

	for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
		const struct rule *r = &rules[i];
		struct buf needs = BUF_INIT;

		if (!str_is(label->name, r->name) || !(r->needs & ~said(label)))
			continue;
		add_needs(&needs, r->needs, !where.path);
		diag_add(diags, where.path ? DIAG_BAD_VALUE : DIAG_USAGE, where,
			 "the label '%s' needs %s", r->name, needs.p);
		diag_hint(diags, "%s", r->hint);
		buf_release(&needs);
		return -1;
	}
	return 0;
}

/* --- Admissions --- */

static int check_author(struct labelling *l, const struct post *post, struct place where)
{
	struct diags *diags = &l->run->diags;
	int who = post->author ? roster_whose(l->roster, l->thread.venue->slug, post->author)
			       : ROSTER_NONE;

	if (roster_speaks(l->roster, who, post->created))
		return 0;
	diag_add(diags, DIAG_NOT_CONTRIBUTOR, where,
		 "post '%.*s' is not a contributor's: %.*s wrote it%s", STR_ARG(post->id),
		 STR_ARG(post->author ? post->author->name : STR("a deleted account")),
		 who == ROSTER_NONE ? "" : ", who didn't speak for the company then");
	diag_hint(diags, "an admission is the company's own; %s in %s",
		  who == ROSTER_NONE ? "list their accounts under 'contributors'"
				     : "see their 'active' under 'contributors'",
		  l->run->config.source.path);
	return -1;
}

static int check_admission(struct labelling *l, const struct post *post, struct str quote,
			   struct place where)
{
	int status = check_author(l, post, where);

	if (quote_stands(post->format, post->body, quote))
		return status;
	diag_add(&l->run->diags, DIAG_QUOTE_NOT_FOUND, where,
		 "the quote does not stand in post '%.*s'", STR_ARG(post->id));
	diag_hint(&l->run->diags, "copy the sentence as the post has it");
	return -1;
}

int labelling_check(struct labelling *l, const struct label *label, struct place where)
{
	const struct thread *t = &l->thread;
	const struct post *post = thread_post(t, label->post);

	if (check_name(l, label->name, where) < 0 || check_words(l, label, where) < 0)
		return -1;
	if (label->post.n && !post)
		return diag_add(&l->run->diags, DIAG_NO_SUCH_POST, where,
				"thread '%.*s/%.*s' has no post '%.*s'",
				STR_ARG(t->venue->slug), STR_ARG(t->id),
				STR_ARG(label->post));
	return str_is(label->name, "wrong") ? check_admission(l, post, label->quote, where)
					    : 0;
}

int labelling_add(struct labelling *l, int64_t thread, const struct label *label,
		  enum archive_change *change)
{
	struct run *run = l->run;

	if (archive_add_label(run->archive, thread, label, change, &run->diags) < 0)
		return -1;
	return archive_apply_label(run->archive, thread, label, &run->diags);
}
