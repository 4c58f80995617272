/* candor label THREAD LABEL: a curator's word on a thread.  A wrong label
 * must show whose sentence it rests on, so that the share can be proved; a
 * permission is the post's ground. */
#include "cmd/command.h"

#include "base/mem.h"
#include "text/quote.h"

#include <stdlib.h>

/* These are more than words: the post keeps what they say. */
#define PERMISSION "permission"
#define NO_PERMISSION "not-permission"

struct label_flags {
	const char *post, *quote, *by, *note;
};

#define AT(member) offsetof(struct label_flags, member)
static const struct opt opts[] = {
	{ "post", 0, OPT_STR, AT(post), "ID", "the post that shows it", 0, 0, NULL },
	{ "quote", 0, OPT_STR, AT(quote), "TEXT", "the sentence that shows it", 0, 0, NULL },
	{ "by", 0, OPT_STR, AT(by), "NAME", "who says so (else $USER)", 0, 0, NULL },
	{ "note", 0, OPT_STR, AT(note), "TEXT", "for other curators", 0, 0, NULL },
	{ 0 }
};

static int check_author(struct run *run, const struct thread *t, const struct post *post)
{
	struct roster *roster = roster_new(&run->config);
	int who = post->author ? roster_whose(roster, t->venue->slug, post->author)
			       : ROSTER_NONE;
	bool ours = roster_speaks(roster, who, post->created);

	roster_free(roster);
	if (ours)
		return 0;
	diag_add(&run->diags, DIAG_NOT_CONTRIBUTOR, NO_PLACE,
		 "post '%.*s' is not a contributor's: %.*s wrote it%s", STR_ARG(post->id),
		 STR_ARG(post->author ? post->author->name : STR("a deleted account")),
		 who == ROSTER_NONE ? "" : ", who didn't speak for the company then");
	diag_hint(&run->diags, "an admission is the company's own; %s in %s",
		  who == ROSTER_NONE ? "list their accounts under 'contributors'"
				     : "see their 'active' under 'contributors'",
		  run->config.source.path);
	return -1;
}

static int check_admission(struct run *run, const struct thread *t,
			   const struct post *post, const char *quote)
{
	int status = check_author(run, t, post);

	if (!quote_stands(post->format, post->body, str_of(quote))) {
		status = diag_add(&run->diags, DIAG_QUOTE_NOT_FOUND, NO_PLACE,
				  "the quote does not stand in post '%.*s'", STR_ARG(post->id));
		diag_hint(&run->diags, "copy the sentence as the post has it");
	}
	return status;
}

/* What a label of some names must come with. */
static const struct rule {
	const char *name;
	bool quote, note; /* beside the post */
	const char *needs, *hint;
} rules[] = {
	{ "wrong", true, false, "--post and --quote",
	  "the post in which one of you admits it, and the sentence" },
	{ PERMISSION, false, true, "--post and --note",
	  "the post, and where its author's permission is recorded" },
	{ NO_PERMISSION, false, false, "--post", "the post that may no longer be shown" },
};

static int check_words(struct run *run, const char *name)
{
	const struct label_flags *flags = run->options;

	for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
		const struct rule *r = &rules[i];

		if (strcmp(name, r->name) != 0 ||
		    (flags->post && (flags->quote || !r->quote) &&
		     ((flags->note && *flags->note) || !r->note)))
			continue;
		diag_add(&run->diags, DIAG_USAGE, NO_PLACE, "the label '%s' needs %s", name,
			 r->needs);
		diag_hint(&run->diags, "%s", r->hint);
		return -1;
	}
	return 0;
}

static int check_label(struct run *run, const struct thread *t, const char *name)
{
	const struct label_flags *flags = run->options;
	const struct post *post = flags->post ? thread_post(t, str_of(flags->post)) : NULL;
	bool wrong = !strcmp(name, "wrong");

	if (check_words(run, name) < 0)
		return -1;
	if (flags->post && !post)
		return diag_add(&run->diags, DIAG_NO_SUCH_POST, NO_PLACE,
				"thread '%.*s/%.*s' has no post '%s'",
				STR_ARG(t->venue->slug), STR_ARG(t->id), flags->post);
	return wrong ? check_admission(run, t, post, flags->quote) : 0;
}

static int load_thread(struct run *run, const char *name, struct thread *t)
{
	struct venue *venues;
	size_t venues_n;
	int64_t row = archive_find_thread(run->archive, str_of(name), &run->diags);

	if (row == 0) {
		diag_add(&run->diags, DIAG_NO_SUCH_THREAD, NO_PLACE,
			 "the archive has no thread '%s'", name);
		diag_hint(&run->diags, "a thread is VENUE/ID or its URL");
	}
	if (row <= 0)
		return -1;
	if (archive_venues(run->archive, &run->arena, &venues, &venues_n, &run->diags) < 0)
		return -1;
	return archive_thread(run->archive, row, venues, venues_n, &run->arena, t, &run->diags);
}

static struct str text_or_none(const char *s)
{
	return s && *s ? str_of(s) : STR_NONE;
}

static int set_permission(struct run *run, const struct thread *t, const char *name)
{
	const struct label_flags *flags = run->options;
	bool given = !strcmp(name, PERMISSION);

	if (!given && strcmp(name, NO_PERMISSION) != 0)
		return 0;
	return archive_set_permission(run->archive, t->row, str_of(flags->post),
				      given ? str_of(flags->note) : STR_NONE, &run->diags);
}

static int store(struct run *run, const struct thread *t, const char *name,
		 const char *by)
{
	const struct label_flags *flags = run->options;
	struct label label = {
		.name = str_of(name),
		.post = text_or_none(flags->post),
		.quote = text_or_none(flags->quote),
		.by = str_of(by),
		.at = run->now,
		.note = text_or_none(flags->note),
	};
	enum archive_change change;

	if (archive_begin(run->archive, &run->diags) < 0 ||
	    set_permission(run, t, name) < 0 ||
	    archive_add_label(run->archive, t->row, &label, &change, &run->diags) < 0)
		return -1;
	return archive_commit(run->archive, &run->diags);
}

static int run_label(struct run *run)
{
	const struct label_flags *flags = run->options;
	const char *name = run->argv[1];
	const char *by = flags->by ? flags->by : getenv("USER");
	struct thread t;

	if (!by || !*by)
		return diag_add(&run->diags, DIAG_USAGE, NO_PLACE,
				"a label needs --by NAME: who says so");
	if (!str_is_slug(str_of(name))) {
		diag_add(&run->diags, DIAG_USAGE, NO_PLACE, "'%s' is no name for a label", name);
		diag_hint(&run->diags, "up to 64 of a-z, 0-9 and -");
		return -1;
	}
	if (load_thread(run, run->argv[0], &t) < 0 || check_label(run, &t, name) < 0)
		return -1;
	return store(run, &t, name, by);
}

const struct command cmd_label = {
	.name = "label",
	.args = "THREAD LABEL",
	.summary = "record a curator's word on a thread",
	.needs = NEEDS_CONFIG | NEEDS_WRITE,
	.min_args = 2,
	.max_args = 2,
	.opts = opts,
	.options_size = sizeof(struct label_flags),
	.run = run_label,
};
