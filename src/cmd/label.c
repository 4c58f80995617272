/* candor label THREAD LABEL: a curator's word on a thread.  What a label must say is
 * labelling.c's, tables of them label-table.c's. */
#include "cmd/labelling.h"

#include <stdlib.h>

struct label_flags {
	const char *post, *quote, *by, *note, *from;
	int64_t until; /* 0: not given */
	bool export;
};

#define AT(member) offsetof(struct label_flags, member)
static const struct opt opts[] = {
	{ "post", 0, OPT_STR, AT(post), "ID", "the post that shows it", 0, 0, NULL },
	{ "quote", 0, OPT_STR, AT(quote), "TEXT", "the sentence that shows it", 0, 0, NULL },
	{ "until", 0, OPT_TIME, AT(until), "TIME", "for embargo and expires: when it ends", 0,
	  0, NULL },
	{ "by", 0, OPT_STR, AT(by), "NAME", "who says so (else $USER)", 0, 0, NULL },
	{ "note", 0, OPT_STR, AT(note), "TEXT", "for other curators", 0, 0, NULL },
	{ "from", 0, OPT_STR, AT(from), "FILE", "many, from a CSV table", 0, 0, NULL },
	{ "export", 0, OPT_FLAG, AT(export), NULL, "all of them, as a CSV table", 0, 0, NULL },
	{ 0 }
};

static struct str text_or_none(const char *s)
{
	return s && *s ? str_of(s) : STR_NONE;
}

/* An embargo's note begins with its time: what a label says is in its row. */
static struct str note_of(struct run *run)
{
	const struct label_flags *flags = run->options;
	char time[WHEN_RFC3339];

	if (!flags->until)
		return text_or_none(flags->note);
	when_format(flags->until, time);
	return arena_printf(&run->arena, "%s%s%s", time, flags->note ? " " : "",
			    flags->note ? flags->note : "");
}

/* The latest word stands, and of two in one second the one whose name comes last: one
 * that differs from those of this second comes behind them. */
static int64_t time_behind(const struct thread *t, const struct label *label)
{
	int64_t at = label->at;

	for (size_t i = 0; i < t->labels_n; i++)
		at += t->labels[i].at == at && at < WHEN_MAX &&
		      !str_eq(t->labels[i].name, label->name);
	return at;
}

static int label_one(struct run *run, struct str by)
{
	const struct label_flags *flags = run->options;
	struct label label = {
		.name = str_of(run->argv[1]),
		.post = text_or_none(flags->post),
		.quote = text_or_none(flags->quote),
		.by = by,
		.at = run->now,
		.note = note_of(run),
	};
	struct labelling l;
	enum archive_change change;
	const struct thread *t;
	int status = labelling_init(&l, run);

	t = status == 0 ? labelling_thread(&l, str_of(run->argv[0]), NO_PLACE) : NULL;
	if (t)
		label.at = time_behind(t, &label);
	if (status == 0 && (!t || labelling_check(&l, &label, NO_PLACE) < 0 ||
			    labelling_add(&l, l.thread.row, &label, &change) < 0 ||
			    labelling_commit(&l) < 0))
		status = -1;
	labelling_release(&l);
	return status;
}

static bool takes_time(const char *name)
{
	return !strcmp(name, "embargo") || !strcmp(name, "expires");
}

static int check_one(struct run *run)
{
	const struct label_flags *flags = run->options;
	const char *name = run->argc > 1 ? run->argv[1] : NULL;

	if (run->argc != 2) {
		diag_add(&run->diags, DIAG_USAGE, NO_PLACE, "'candor label' takes %s",
			 run->command->args);
		diag_hint(&run->diags, "try 'candor label --help'");
		return -1;
	}
	if (!str_is_slug(str_of(name))) {
		diag_add(&run->diags, DIAG_USAGE, NO_PLACE, "'%s' is no name for a label", name);
		diag_hint(&run->diags, "up to 64 of a-z, 0-9 and -");
		return -1;
	}
	if (flags->until && !takes_time(name))
		return diag_add(&run->diags, DIAG_USAGE, NO_PLACE,
				"the label '%s' takes no --until", name);
	return 0;
}

static int check_table(struct run *run)
{
	const struct label_flags *flags = run->options;

	if (!run->argc && !(flags->from && flags->export) && !flags->post && !flags->quote &&
	    !flags->until && !flags->note)
		return 0;
	diag_add(&run->diags, DIAG_USAGE, NO_PLACE, "'%s' goes with no %s",
		 flags->from ? "--from" : "--export",
		 flags->from && flags->export ? "'--export'" : "words on one thread");
	diag_hint(&run->diags, "the table says which thread, and all that is said of it");
	return -1;
}

static int check_label(struct run *run)
{
	const struct label_flags *flags = run->options;

	return flags->from || flags->export ? check_table(run) : check_one(run);
}

static int run_label(struct run *run)
{
	const struct label_flags *flags = run->options;
	const char *by = flags->by ? flags->by : getenv("USER");
	const char *path = arena_strz(&run->arena, run->config.archive);

	if (!flags->export && (!by || !*by))
		return diag_add(&run->diags, DIAG_USAGE, NO_PLACE,
				"a label needs --by NAME: who says so");
	if (archive_open(&run->archive, path, flags->export ? ARCHIVE_READ : ARCHIVE_WRITE,
			 &run->diags) < 0)
		return -1;
	if (flags->export)
		return label_export(run);
	return flags->from ? label_import(run, flags->from, str_of(by))
			   : label_one(run, str_of(by));
}

const struct command cmd_label = {
	.name = "label",
	.args = "THREAD LABEL",
	.summary = "record a curator's word on a thread",
	.needs = NEEDS_CONFIG,
	.min_args = 0,
	.max_args = 2,
	.opts = opts,
	.options_size = sizeof(struct label_flags),
	.check = check_label,
	.run = run_label,
	.kept = "the archive is as it was",
};
