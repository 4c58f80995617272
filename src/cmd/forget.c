/* candor forget: erases what somebody wants erased, or hides it until that is
 * decided, and lists what caches must no longer hold. */
#include "cmd/command.h"

#include "base/json.h"
#include "base/stop.h"
#include "publish/purge.h"

#include <stdlib.h>

struct forget_flags {
	const char *author, *thread, *post, *name;
	bool hide, show, dry_run, json;
};

#define AT(member) offsetof(struct forget_flags, member)
static const struct opt opts[] = {
	{ "author", 0, OPT_STR, AT(author), "VENUE/ID", "an account and all its posts", 0, 0, NULL },
	{ "thread", 0, OPT_STR, AT(thread), "THREAD", "a thread: VENUE/ID or its URL", 0, 0, NULL },
	{ "post", 0, OPT_STR, AT(post), "VENUE/THREAD/POST", "one post", 0, 0, NULL },
	{ "name", 0, OPT_STR, AT(name), "NAME", "a name, wherever it stands", 0, 0, NULL },
	{ "hide", 0, OPT_FLAG, AT(hide), NULL, "withdraw now, decide later: nothing is erased", 0, 0, NULL },
	{ "show", 0, OPT_FLAG, AT(show), NULL, "take --hide back", 0, 0, NULL },
	{ "dry-run", 'n', OPT_FLAG, AT(dry_run), NULL, "say what would go, write nothing", 0, 0, NULL },
	{ "json", 0, OPT_FLAG, AT(json), NULL, "the result as JSON", 0, 0, NULL },
	{ 0 }
};

enum { TARGETS = 4 };

/* One run of the command. */
struct forgetting {
	struct run *run;
	struct venue *venues;
	size_t venues_n;
	struct archive_target targets[TARGETS];
	size_t n;
	struct selection selection;
	struct purge purge;
	bool pages_known;
	struct archive_forgotten sum; /* rows are owned */
};

static const struct forget_flags *flags_of(const struct run *run)
{
	return run->options;
}

/* --- What is meant --- */

static int check_flags(struct run *run)
{
	const struct forget_flags *f = flags_of(run);

	if (!f->author && !f->thread && !f->post && !f->name) {
		diag_add(&run->diags, DIAG_USAGE, NO_PLACE, "nothing says what to forget");
		diag_hint(&run->diags, "name it with --author, --thread, --post or --name");
		return -1;
	}
	if (f->name && (!*f->name || f->hide || f->show))
		return diag_add(&run->diags, DIAG_USAGE, NO_PLACE,
				"option '--name' takes a name to erase");
	if (f->hide && f->show)
		return diag_add(&run->diags, DIAG_USAGE, NO_PLACE,
				"--hide and --show are each other's opposite");
	return 0;
}

static int bad_name(struct run *run, const char *option, const char *value,
		    const char *shape)
{
	diag_add(&run->diags, DIAG_USAGE, NO_PLACE, "option '--%s': '%s' is no %s", option,
		 value, shape);
	diag_hint(&run->diags, "the venue's slug, then the ids that the venue gave");
	return -1;
}

/* "VENUE/REST"; the venue must be one of the archive's. */
static int split_venue(struct forgetting *f, const char *option, const char *value,
		       const char *shape, struct archive_target *out)
{
	struct str s = str_of(value);
	size_t slash = str_index(s, '/');

	out->venue = str_slice(s, 0, slash);
	out->id = str_slice(s, slash + 1, s.n);
	out->post = STR_NONE;
	if (!out->venue.n || !out->id.n)
		return bad_name(f->run, option, value, shape);
	for (size_t i = 0; i < f->venues_n; i++)
		if (str_eq(f->venues[i].slug, out->venue))
			return 0;
	diag_add(&f->run->diags, DIAG_NO_SUCH_VENUE, NO_PLACE, "no venue '%.*s'",
		 STR_ARG(out->venue));
	diag_hint(&f->run->diags, "option '--%s' takes %s", option, shape);
	return -1;
}

/* By name or URL, where the archive has it; else by name. */
static int find_thread(struct forgetting *f, const char *value, struct archive_target *out)
{
	struct run *run = f->run;
	int64_t row = archive_find_thread(run->archive, str_of(value), &run->diags);
	struct thread t;

	if (row < 0)
		return -1;
	if (row) {
		if (archive_thread_head(run->archive, row, f->venues, f->venues_n, &run->arena,
					&t, &run->diags) < 0)
			return -1;
		*out = (struct archive_target){ .thing = ARCHIVE_THREAD,
							.venue = t.venue->slug, .id = t.id };
		return 0;
	}
	if (strstr(value, "://")) {
		diag_add(&run->diags, DIAG_NO_SUCH_THREAD, NO_PLACE,
			 "the archive has no thread '%s'", value);
		diag_hint(&run->diags, "to keep out what isn't there yet, name it VENUE/ID");
		return -1;
	}
	return split_venue(f, "thread", value, "VENUE/ID", out);
}

/* Ids may hold slashes: the thread is one that there is, else all but the last part. */
static int find_post(struct forgetting *f, const char *value, struct archive_target *out)
{
	struct str both;

	if (split_venue(f, "post", value, "VENUE/THREAD/POST", out) < 0)
		return -1;
	both = out->id;
	for (size_t i = 1; i + 1 < both.n; i++) {
		struct str name;
		int64_t row;

		if (both.p[i] != '/')
			continue;
		name = str_make(value, out->venue.n + 1 + i);
		row = archive_find_thread(f->run->archive, name, &f->run->diags);
		if (row < 0)
			return -1;
		out->id = str_slice(both, 0, i);
		out->post = str_slice(both, i + 1, both.n);
		if (row)
			return 0;
	}
	return out->post.n ? 0 : bad_name(f->run, "post", value, "VENUE/THREAD/POST");
}

static int find_targets(struct forgetting *f)
{
	const struct forget_flags *flags = flags_of(f->run);
	struct run *run = f->run;
	int status = archive_venues(run->archive, &run->arena, &f->venues, &f->venues_n,
				    &run->diags);

	if (status == 0 && flags->author) {
		f->targets[f->n].thing = ARCHIVE_AUTHOR;
		status = split_venue(f, "author", flags->author, "VENUE/ID", &f->targets[f->n++]);
	}
	if (status == 0 && flags->thread) {
		f->targets[f->n].thing = ARCHIVE_THREAD;
		status = find_thread(f, flags->thread, &f->targets[f->n++]);
	}
	if (status == 0 && flags->post) {
		f->targets[f->n].thing = ARCHIVE_POST;
		status = find_post(f, flags->post, &f->targets[f->n++]);
	}
	if (status == 0 && flags->name)
		f->targets[f->n++] = (struct archive_target){ .thing = ARCHIVE_NAME,
							      .id = str_of(flags->name) };
	return status;
}

/* --- Where it is published --- */

/* Which pages hold it is known by the rules, before it is erased.  What can't be
 * found out keeps nobody from erasing. */
static void find_pages(struct forgetting *f)
{
	struct run *run = f->run;
	struct diags unsaid = DIAGS_INIT;
	const char *problem = "no configuration is read with --archive alone";

	if (run->config.url.n) {
		problem = "the rules can't be read";
		if (rules_load(&run->rules, arena_strz(&run->arena, run->config.rules),
			       &unsaid) == 0) {
			problem = "the choice can't be made";
			f->pages_known = select_run(&f->selection, run->archive, run->rules,
						    &run->config, run->now, &unsaid) == 0 ||
					 f->selection.pages_n;
		}
	}
	if (f->pages_known)
		f->pages_known = purge_begin(&f->purge, run->archive, &run->config,
					     &f->selection, &unsaid) == 0;
	diags_release(&unsaid);
	if (f->pages_known)
		return;
	diag_add(&run->diags, DIAG_PURGE_UNKNOWN, NO_PLACE,
		 "the pages that hold it can't be listed: %s", problem);
	diag_hint(&run->diags, "build, and empty the caches of the whole site");
}

/* --- Doing it --- */

static const char *const thing_names[] = { "author", "thread", "post", "name" };

static void say_nothing_found(struct run *run, const struct archive_target *t)
{
	diag_add(&run->diags, DIAG_NOTHING_FOUND, NO_PLACE,
		 "the archive has nothing of %s '%.*s%s%.*s%s%.*s'", thing_names[t->thing],
		 STR_ARG(t->venue), t->venue.n ? "/" : "", STR_ARG(t->id),
		 t->post.n ? "/" : "", STR_ARG(t->post));
	diag_hint(&run->diags, flags_of(run)->hide || flags_of(run)->show
				       ? "is it written as the venue has it?"
				       : "a later import won't bring it in; is it written "
					 "as the venue has it?");
}

static int hide_all(struct forgetting *f)
{
	struct run *run = f->run;
	int status = 0;

	for (size_t i = 0; i < f->n && status == 0; i++) {
		struct archive_forgotten done;

		status = archive_hide(run->archive, &f->targets[i], flags_of(run)->hide,
				      run->now, &done, &run->diags);
		f->sum.posts += done.posts;
		f->sum.threads += done.threads;
		for (size_t k = 0; k < done.rows_n; k++)
			archive_forgotten_add(&f->sum, done.rows[k]);
		archive_forgotten_release(&done);
	}
	archive_forgotten_sort(&f->sum);
	return status;
}

static int change_all(struct forgetting *f)
{
	struct run *run = f->run;
	bool hides = flags_of(run)->hide || flags_of(run)->show;
	int status = hides ? hide_all(f)
			   : archive_forget(run->archive, f->targets, f->n, &f->sum, &run->diags);

	for (size_t i = 0; i < f->n && status == 0; i++)
		if (!f->targets[i].found)
			say_nothing_found(run, &f->targets[i]);
	return status;
}

static void say_counts(const struct run *run, const struct archive_forgotten *s, struct buf *out)
{
	const struct forget_flags *flags = flags_of(run);

	buf_addf(out, "%s posts: %zu, threads: %zu",
		 flags->hide ? "hidden" : flags->show ? "shown again" : "erased", s->posts,
		 s->threads);
	if (!flags->hide && !flags->show)
		buf_addf(out, ", labels: %zu, authors: %zu; replaced quotations: %zu, names: %zu",
			 s->labels, s->authors, s->quotations, s->names);
}

/* The log says what was done, not to whom. */
static int log_run(struct forgetting *f)
{
	const struct forget_flags *flags = flags_of(f->run);
	struct buf command = BUF_INIT, result = BUF_INIT;
	int status;

	buf_adds(&command, "forget");
	buf_adds(&command, flags->hide ? " --hide" : flags->show ? " --show" : "");
	for (size_t i = 0; i < f->n; i++)
		buf_addf(&command, " --%s", thing_names[f->targets[i].thing]);
	say_counts(f->run, &f->sum, &result);
	status = archive_log_run(f->run->archive, f->run->now, command.p, "", result.p,
				 &f->run->diags);
	buf_release(&command);
	buf_release(&result);
	return status;
}

static int write_all(struct forgetting *f)
{
	struct run *run = f->run;
	int status = archive_begin(run->archive, &run->diags);

	if (status == 0)
		status = change_all(f);
	if (status == 0 && !flags_of(run)->dry_run)
		status = log_run(f);
	if (status == 0 && !flags_of(run)->dry_run) {
		stop_hold();
		return archive_commit(run->archive, &run->diags);
	}
	archive_rollback(run->archive);
	return status;
}

/* Nobody stops between the commit and this.  Hidden rows stay; and what was erased was
 * overwritten already, this time. */
static int compact(struct run *run)
{
	const struct forget_flags *flags = flags_of(run);

	if (flags->hide || flags->show || flags->dry_run)
		return 0;
	if (archive_compact(run->archive, &run->diags) == 0)
		return 0;
	diag_hint(&run->diags, "it is erased, but older copies of it may be left in the file: "
			       "make as much room as the archive has, and run this again");
	return -1;
}

/* --- The result --- */

static void write_url(void *ctx, struct str url)
{
	struct run *run = ctx;

	fwrite(url.p, 1, url.n, run->out);
	putc('\n', run->out);
}

static void add_json_url(void *ctx, struct str url)
{
	jsonw_str(ctx, url);
}

static void write_json(struct forgetting *f)
{
	const struct {
		const char *key;
		size_t n;
	} counts[] = {
		{ "posts", f->sum.posts },     { "threads", f->sum.threads },
		{ "labels", f->sum.labels },   { "authors", f->sum.authors },
		{ "quotations", f->sum.quotations }, { "names", f->sum.names },
	};
	struct buf b = BUF_INIT;
	struct jsonw w;

	jsonw_init(&w, &b);
	jsonw_object(&w);
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		jsonw_key_int(&w, counts[i].key, (int64_t)counts[i].n);
	jsonw_key(&w, "purge");
	jsonw_list(&w);
	if (f->pages_known)
		purge_each(&f->purge, f->sum.rows, f->sum.rows_n, add_json_url, &w);
	jsonw_list_end(&w);
	jsonw_object_end(&w);
	write_url(f->run, buf_str(&b));
	buf_release(&b);
}

static void write_result(struct forgetting *f)
{
	struct run *run = f->run;
	struct buf counts = BUF_INIT;

	if (flags_of(run)->json)
		write_json(f);
	else if (f->pages_known)
		purge_each(&f->purge, f->sum.rows, f->sum.rows_n, write_url, run);
	fflush(run->out);
	say_counts(run, &f->sum, &counts);
	if (!run->global.quiet)
		fprintf(stderr, "%s%s\n", flags_of(run)->dry_run ? "dry run: " : "", counts.p);
	buf_release(&counts);
}

static int run_forget(struct run *run)
{
	struct forgetting f = { .run = run };
	int status = find_targets(&f);

	if (status == 0) {
		find_pages(&f);
		status = write_all(&f);
	}
	if (status == 0) {
		write_result(&f);
		status = compact(run);
	}
	stop_let();
	archive_forgotten_release(&f.sum);
	purge_release(&f.purge);
	selection_release(&f.selection);
	return status;
}

const struct command cmd_forget = {
	.name = "forget",
	.args = "",
	.summary = "erase an author, a thread or a post for good, or hide it",
	.needs = NEEDS_WRITE,
	.min_args = 0,
	.max_args = 0,
	.opts = opts,
	.options_size = sizeof(struct forget_flags),
	.check = check_flags,
	.run = run_forget,
	.kept = "nothing was erased or hidden",
};
