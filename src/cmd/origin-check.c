/* candor origin-check FILE: hides what a crawler no longer found at its venue. */
#include "cmd/command.h"

#include "base/instream.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/progress.h"
#include "base/utf8.h"
#include "import/crawl.h"

#include <inttypes.h>
#include <stdlib.h>

struct origin_flags {
	bool restore, force, dry_run, json;
};

#define AT(member) offsetof(struct origin_flags, member)
static const struct opt opts[] = {
	{ "restore", 0, OPT_FLAG, AT(restore), NULL, "show again what is back", 0, 0, NULL },
	{ "force", 0, OPT_FLAG, AT(force), NULL, "even most of a venue", 0, 0, NULL },
	{ "dry-run", 'n', OPT_FLAG, AT(dry_run), NULL, "only say what would be hidden", 0, 0, NULL },
	{ "json", 0, OPT_FLAG, AT(json), NULL, "the result as JSON", 0, 0, NULL },
	{ 0 }
};

/* A thread or post of the archive about which there is something to do. */
struct found {
	int64_t thread;              /* row */
	struct str venue, id, post, url; /* in the run's arena; post may be absent */
	int status;
};

struct list {
	struct found *items; /* owned; as the archive is read */
	size_t n, cap;
};

/* What a venue has that is shown, and what of it is gone. */
struct tally {
	struct str venue;
	struct { size_t shown, gone; } threads, posts;
};

struct checking {
	struct run *run;
	struct crawl crawl;
	struct list gone, back;
	struct tally *tallies; /* in the run's arena; by venue */
	size_t tallies_n;
	size_t threads_n;      /* of gone: they come first */
	size_t hidden;         /* gone, and hidden before */
};

/* --- What is to do --- */

static int tally_cmp(const void *key, const void *tally)
{
	return str_cmp(*(const struct str *)key, ((const struct tally *)tally)->venue);
}

static void add(struct checking *c, struct list *list, const struct archive_origin *o,
		int status)
{
	struct arena *a = &c->run->arena;

	GROW(list->items, list->n, list->cap);
	list->items[list->n++] = (struct found){
		.thread = o->thread, .status = status,
		.venue = arena_str(a, o->venue), .id = arena_str(a, o->id),
		.post = arena_str(a, o->post), .url = arena_str(a, o->url),
	};
}

static int found_row_cmp(const void *key, const void *found)
{
	int64_t x = *(const int64_t *)key, y = ((const struct found *)found)->thread;

	return (x > y) - (x < y);
}

/* Whether a post's thread goes as a whole; threads are read in the order of rows. */
static bool thread_goes(const struct checking *c, int64_t thread)
{
	return c->threads_n && bsearch(&thread, c->gone.items, c->threads_n,
				       sizeof(*c->gone.items), found_row_cmp);
}

static int see_hidden(struct checking *c, const struct archive_origin *o, int status)
{
	int ours;

	c->hidden += crawl_is_gone(status);
	if (!crawl_is_there(status))
		return 0;
	ours = archive_label_stands(c->run->archive, o->thread, o->post, STR(ORIGIN_GONE),
				    &c->run->diags);
	if (ours == 1)
		add(c, &c->back, o, status);
	return ours < 0 ? -1 : 0;
}

static int see_origin(void *ctx, const struct archive_origin *o)
{
	struct checking *c = ctx;
	bool post = str_present(o->post);
	struct tally *t = bsearch(&o->venue, c->tallies, c->tallies_n, sizeof(*t), tally_cmp);
	int status = crawl_status(&c->crawl, o->url);
	bool gone = crawl_is_gone(status);

	if (post && thread_goes(c, o->thread))
		return 0;
	if (o->hidden)
		return see_hidden(c, o, status);
	invariant(t);
	if (post) {
		t->posts.shown++;
		t->posts.gone += gone;
	} else {
		t->threads.shown++;
		t->threads.gone += gone;
		c->threads_n += gone;
	}
	if (gone)
		add(c, &c->gone, o, status);
	return 0;
}

static int compare(struct checking *c)
{
	struct run *run = c->run;
	struct venue *venues;

	if (archive_venues(run->archive, &run->arena, &venues, &c->tallies_n, &run->diags) < 0)
		return -1;
	c->tallies = arena_array(&run->arena, struct tally, c->tallies_n);
	for (size_t i = 0; i < c->tallies_n; i++)
		c->tallies[i].venue = venues[i].slug;
	return archive_each_origin(run->archive, see_origin, c, &run->diags);
}

/* --- An outage --- */

/* Of a handful more than half may well be gone. */
enum { HANDFUL = 5 };

static int check_part(struct checking *c, struct str venue, const char *what, size_t gone,
		      size_t shown)
{
	if (gone < HANDFUL || gone <= shown / 2)
		return 0;
	diag_add(&c->run->diags, DIAG_ORIGIN_OUTAGE,
		 place_file(instream_name(c->run->argv[0])),
		 "%zu of the %zu %s of '%.*s' would be hidden", gone, shown, what,
		 STR_ARG(venue));
	diag_hint(&c->run->diags, "a venue that moved or is out of order looks so; if they "
				  "are really gone, --force");
	return -1;
}

static int check_outage(struct checking *c)
{
	const struct origin_flags *flags = c->run->options;
	int status = 0;

	for (size_t i = 0; !flags->force && i < c->tallies_n; i++) {
		const struct tally *t = &c->tallies[i];

		if (check_part(c, t->venue, "threads", t->threads.gone, t->threads.shown) < 0 ||
		    check_part(c, t->venue, "posts", t->posts.gone, t->posts.shown) < 0)
			status = -1;
	}
	return status;
}

/* --- Doing it --- */

static int change(struct run *run, const struct found *f, bool hide)
{
	struct buf note = BUF_INIT;
	struct label label = {
		.name = hide ? STR(ORIGIN_GONE) : STR("not-" ORIGIN_GONE),
		.post = f->post,
		.quote = STR_NONE,
		.by = STR(ORIGIN_CHECK),
		.at = run->now,
	};
	enum archive_change changed;
	int status;

	buf_addf(&note, "%d %.*s", f->status, STR_ARG(f->url));
	label.note = buf_str(&note);
	status = archive_set_hidden(run->archive, f->thread, f->post, hide, run->now,
				    &run->diags);
	if (status == 0)
		status = archive_add_label(run->archive, f->thread, &label, &changed,
					   &run->diags);
	buf_release(&note);
	return status;
}

static int change_all(struct run *run, const struct list *list, bool hide)
{
	for (size_t i = 0; i < list->n; i++)
		if (change(run, &list->items[i], hide) < 0)
			return -1;
	return 0;
}

static void say_counts(struct buf *b, const struct checking *c)
{
	const struct origin_flags *flags = c->run->options;

	buf_addf(b, "%saddresses: %zu, unknown: %zu; threads hidden: %zu, posts hidden: %zu, "
		    "hidden before: %zu, %s: %zu",
		 flags->dry_run ? "dry run: " : "", c->crawl.n, c->crawl.n - c->crawl.asked,
		 c->threads_n, c->gone.n - c->threads_n, c->hidden,
		 flags->restore ? "shown again" : "back", c->back.n);
}

static int store(struct checking *c)
{
	struct run *run = c->run;
	const struct origin_flags *flags = run->options;
	struct buf result = BUF_INIT;
	int status;

	say_counts(&result, c);
	status = change_all(run, &c->gone, true) < 0 ||
		 (flags->restore && change_all(run, &c->back, false) < 0) ||
		 archive_log_run(run->archive, run->now, ORIGIN_CHECK,
				 instream_name(run->argv[0]), result.p, &run->diags) < 0;
	buf_release(&result);
	return status ? -1 : archive_commit(run->archive, &run->diags);
}

/* --- Saying it --- */

/* "hidden  forum/12 post 3  404 https://forum.example/t/12#3" */
static void text_list(struct buf *b, const struct list *list, const char *what)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct found *f = &list->items[i];

		buf_addf(b, "%s  %.*s/", what, STR_ARG(f->venue));
		utf8_add_masked(b, f->id);
		if (str_present(f->post)) {
			buf_addlit(b, " post ");
			utf8_add_masked(b, f->post);
		}
		buf_addf(b, "  %d ", f->status);
		utf8_add_masked(b, f->url);
		buf_addc(b, '\n');
	}
}

static void json_list(struct jsonw *w, const struct list *list, const char *key)
{
	jsonw_key(w, key);
	jsonw_list(w);
	for (size_t i = 0; i < list->n; i++) {
		const struct found *f = &list->items[i];

		jsonw_object(w);
		jsonw_key_str(w, "venue", f->venue);
		jsonw_key_str(w, "id", f->id);
		jsonw_key_str(w, "post", f->post);
		jsonw_key_int(w, "status", f->status);
		jsonw_key_str(w, "url", f->url);
		jsonw_object_end(w);
	}
	jsonw_list_end(w);
}

static void say_json(struct buf *b, const struct checking *c)
{
	const struct origin_flags *flags = c->run->options;
	struct jsonw w;

	jsonw_init(&w, b);
	jsonw_object(&w);
	jsonw_key_int(&w, "addresses", (int64_t)c->crawl.n);
	jsonw_key_int(&w, "unknown", (int64_t)(c->crawl.n - c->crawl.asked));
	jsonw_key_int(&w, "hidden_before", (int64_t)c->hidden);
	jsonw_key_bool(&w, "dry_run", flags->dry_run);
	json_list(&w, &c->gone, "hidden");
	json_list(&w, &c->back, flags->restore ? "restored" : "back");
	jsonw_object_end(&w);
	buf_addc(b, '\n');
}

static void say(const struct checking *c)
{
	const struct origin_flags *flags = c->run->options;
	struct buf b = BUF_INIT;

	if (flags->json) {
		say_json(&b, c);
	} else {
		text_list(&b, &c->gone, "hidden");
		text_list(&b, &c->back, flags->restore ? "shown" : "back");
		say_counts(&b, c);
		buf_addc(&b, '\n');
	}
	fwrite(b.p, 1, b.n, c->run->out);
	buf_release(&b);
}

static int run_origin_check(struct run *run)
{
	const struct origin_flags *flags = run->options;
	struct checking c = { .run = run };
	int status;

	progress_begin("addresses", 0);
	progress_input(run->argv[0]);
	status = crawl_read(&c.crawl, run->argv[0], &run->diags);
	progress_end();
	/* Nobody else writes between what is seen and what is done. */
	if (status == 0)
		status = archive_begin(run->archive, &run->diags);
	if (status == 0)
		status = compare(&c) < 0 || check_outage(&c) < 0 ? -1 : 0;
	if (status == 0 && !flags->dry_run)
		status = store(&c);
	if (status == 0)
		say(&c);
	crawl_release(&c.crawl);
	free(c.gone.items);
	free(c.back.items);
	return status;
}

const struct command cmd_origin_check = {
	.name = "origin-check",
	.args = "FILE",
	.summary = "hide what a crawler no longer found at its venue",
	.needs = NEEDS_WRITE,
	.min_args = 1,
	.max_args = 1,
	.opts = opts,
	.options_size = sizeof(struct origin_flags),
	.run = run_origin_check,
	.kept = "the archive is as it was",
};
