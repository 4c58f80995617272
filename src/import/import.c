/* What importers share: the table, the transaction around a run, the venue, what is
 * gone.  Formats are the importers' own. */
#include "import/import.h"

#include "base/buf.h"
#include "base/fsys.h"
#include "base/mem.h"
#include "base/progress.h"
#include "base/stop.h"
#include "base/utf8.h"
#include "import/counts.h"
#include "import/inputs.h"

#include <stdlib.h>

/* Beyond that many mistakes the file is of another kind, or the program that
 * wrote it is broken: more of them help nobody. */
enum { MISTAKES_MAX = 100 };

#define FORMAT(name) extern const struct importer importer_##name;
#include "import/formats.h"
#undef FORMAT

const struct importer *const importers[] = {
#define FORMAT(name) &importer_##name,
#include "import/formats.h"
#undef FORMAT
	NULL
};

const struct importer *importer_find(const char *name)
{
	for (size_t i = 0; importers[i]; i++)
		if (strcmp(importers[i]->name, name) == 0)
			return importers[i];
	return NULL;
}

int import_bad_record(struct import *in, struct place where, struct diags *bad)
{
	if (!in->options->keep_going) {
		diags_merge(in->diags, bad);
		if (diags_errors(in->diags) < MISTAKES_MAX)
			return 0;
		return diag_add(in->diags, DIAG_TOO_MANY_MISTAKES, place_file(where.path),
				"too many mistakes; the rest is not read");
	}
	/* Every one is counted, the first ones are told. */
	if (in->counts->skipped[SKIP_BAD]++ < MISTAKES_MAX)
		diag_add(in->diags, DIAG_RECORD_SKIPPED, where, "record skipped: %s",
			 bad->items[0].message);
	diags_release(bad);
	return 0;
}

static void count_posts(struct import_counts *c, const struct thread *t)
{
	c->posts += t->posts_n;
	c->solved += t->solved_by.n > 0;
	for (size_t i = 0; i < t->posts_n; i++) {
		c->authors_unknown += !t->posts[i].author;
		c->replies += t->posts[i].parent.n > 0;
	}
}

/* With the venue by itself: one of which the export holds nothing isn't empty. */
static void note_thread(struct import *in, const struct thread *t)
{
	seen_add(&in->threads, t->venue->slug, STR_NONE, 1);
	seen_add(&in->threads, t->venue->slug, t->id, 1);
}

int import_thread(struct import *in, struct thread *thread,
		  const struct archive_put *how)
{
	struct import_counts *c = in->counts;
	struct archive_put put = *how;
	enum archive_change change;

	put.complete = how->complete && !in->options->partial && !c->skipped[SKIP_BAD];
	if (in->options->whole)
		note_thread(in, thread);
	put.counts = &c->put;
	put.now = in->options->now;
	if (archive_put_thread(in->archive, thread, &put, &change, in->diags) < 0)
		return -1;
	c->threads_new += change == ARCHIVE_NEW;
	c->threads_changed += change == ARCHIVE_CHANGED;
	c->threads_same += change == ARCHIVE_SAME;
	c->threads_refused += change == ARCHIVE_REFUSED;
	count_posts(c, thread);
	progress_add(1);
	return 0;
}

int import_product(struct import *in, struct product *product,
		   enum archive_change *change)
{
	struct import_counts *c = in->counts;

	if (archive_put_product(in->archive, product, change, in->diags) < 0)
		return -1;
	c->products_new += *change == ARCHIVE_NEW;
	c->products_changed += *change == ARCHIVE_CHANGED;
	c->products_same += *change == ARCHIVE_SAME;
	progress_add(1);
	return 0;
}

/* --- The venue --- */

/* "https://forum.acme.example/x" to "forum-acme-example"; absent without a
 * host. */
static struct str slug_of_url(struct arena *arena, struct str url)
{
	size_t at = str_find(url, STR("://"));
	struct str host = str_slice(url, at + 3, url.n);
	char *slug;

	host = str_slice(host, 0, str_index(host, '/'));
	host = str_slice(host, 0, 64);
	if (at == url.n || !host.n)
		return STR_NONE;
	slug = arena_strz(arena, host);
	for (size_t i = 0; i < host.n; i++) {
		if (slug[i] >= 'A' && slug[i] <= 'Z')
			slug[i] = (char)(slug[i] + ('a' - 'A'));
		if (!str_is_slug(str_make(slug + i, 1)))
			slug[i] = '-';
	}
	return str_make(slug, host.n);
}

static struct str first_of(struct str a, struct str b)
{
	return str_present(a) ? a : b;
}

static int find_venue(struct import *in, struct str slug, struct arena *arena,
		      struct venue *out)
{
	struct venue *known;
	size_t n;

	if (archive_venues(in->archive, arena, &known, &n, in->diags) < 0)
		return -1;
	*out = (struct venue){ .slug = slug };
	for (size_t i = 0; i < n; i++)
		if (str_eq(known[i].slug, slug))
			*out = known[i];
	return 0;
}

static int needs_url(struct import *in)
{
	const char *flag = in->options->url_flag ? in->options->url_flag : "--url";

	diag_add(in->diags, DIAG_USAGE, NO_PLACE, "the export doesn't say the venue's address");
	diag_hint(in->diags, "say it with %s, as in %s https://forum.acme.example", flag, flag);
	return -1;
}

int import_venue(struct import *in, const struct venue *guess, struct arena *arena,
		 struct venue *out)
{
	const struct import_options *o = in->options;
	struct str url = first_of(str_of(o->url), guess->url);
	struct str slug = first_of(str_of(o->venue), guess->slug);
	enum archive_change change;

	if (!str_present(slug))
		slug = slug_of_url(arena, url);
	if (!str_present(slug))
		return needs_url(in);
	if (!str_is_slug(slug))
		return diag_add(in->diags, DIAG_USAGE, NO_PLACE,
				"'%.*s' is no slug of a venue: 1 to 64 of a-z, 0-9, '-'",
				STR_ARG(slug));
	if (find_venue(in, slug, arena, out) < 0)
		return -1;
	out->url = first_of(str_of(o->url), first_of(out->url, guess->url));
	if (!str_present(out->url))
		return needs_url(in);
	out->name = first_of(str_of(o->name), out->name);
	out->name = first_of(out->name, first_of(guess->name, slug));
	out->kind = first_of(out->kind, guess->kind);
	out->licence = first_of(str_of(o->licence), out->licence);
	out->licence = first_of(out->licence, guess->licence);
	out->own |= o->own;
	return archive_put_venue(in->archive, out, &change, in->diags);
}

/* --- What the venue deleted --- */

struct gone {
	int64_t venue;
	bool (*test)(void *ctx, struct str id);
	void *ctx;
	int64_t *rows; /* owned */
	size_t n, cap;
};

static int collect_gone(void *ctx, const struct thread *t)
{
	struct gone *g = ctx;

	if (t->gone || t->venue->row != g->venue || !g->test(g->ctx, t->id))
		return 0;
	GROW(g->rows, g->n, g->cap);
	g->rows[g->n++] = t->row;
	return 0;
}

static int mark_one(struct import *in, int64_t row, const struct venue *venues, size_t n,
		    struct arena *arena)
{
	const struct archive_put how = { .complete = false, .now = in->options->now };
	enum archive_change change;
	struct thread t;

	if (archive_thread(in->archive, row, venues, n, arena, &t, in->diags) < 0)
		return -1;
	t.gone = true;
	in->counts->threads_gone++;
	return archive_put_thread(in->archive, &t, &how, &change, in->diags);
}

int import_mark_gone(struct import *in, int64_t venue,
		     bool (*gone)(void *ctx, struct str id), void *ctx)
{
	struct gone g = { .venue = venue, .test = gone, .ctx = ctx };
	struct arena venues_arena = ARENA_INIT, arena = ARENA_INIT;
	struct venue *venues;
	size_t n;
	int status;

	status = archive_venues(in->archive, &venues_arena, &venues, &n, in->diags);
	if (status == 0)
		status = archive_each_thread(in->archive, collect_gone, &g, in->diags);
	for (size_t i = 0; status == 0 && i < g.n; i++) {
		status = mark_one(in, g.rows[i], venues, n, &arena);
		arena_reset(&arena);
	}
	free(g.rows);
	arena_release(&venues_arena);
	arena_release(&arena);
	return status;
}

/* --- Of a whole venue --- */

struct unseen {
	const struct seen *threads;
	struct str venue;
};

static bool is_unseen(void *ctx, struct str id)
{
	const struct unseen *u = ctx;

	return !seen_get(u->threads, u->venue, id);
}

static int mark_unseen(struct import *in)
{
	struct arena arena = ARENA_INIT;
	struct venue *venues;
	size_t n;
	int status = archive_venues(in->archive, &arena, &venues, &n, in->diags);

	for (size_t i = 0; status == 0 && i < n; i++) {
		struct unseen u = { &in->threads, venues[i].slug };

		if (seen_get(&in->threads, u.venue, STR_NONE))
			status = import_mark_gone(in, venues[i].row, is_unseen, &u);
	}
	arena_release(&arena);
	return status;
}

/* --- A run --- */

static int log_run(const struct import *in, const struct importer *how, char **operands,
		   size_t n)
{
	struct buf command = BUF_INIT, source = BUF_INIT, result = BUF_INIT;
	int status;

	buf_addf(&command, "import %s", how->name);
	/* A file's name is any bytes. */
	for (size_t i = 0; i < n; i++) {
		buf_adds(&source, i ? "\n" : "");
		utf8_add_repaired(&source, str_of(operands[i]));
	}
	import_counts_text(in->counts, &result);
	status = archive_log_run(in->archive, in->options->now, command.p, source.p,
				 result.p, in->diags);
	buf_release(&command);
	buf_release(&source);
	buf_release(&result);
	return status;
}

static int read_all(struct import *in, const struct importer *how, char **operands,
		    size_t n)
{
	struct fsys_names files = { 0 };
	uint64_t left_out;
	int status;

	if (inputs_expand(how, operands, n, &files, &left_out, in->diags) < 0)
		return -1;
	in->counts->skipped[SKIP_FILE] += left_out;
	progress_begin("records", 0);
	for (size_t i = 0; i < files.n; i++)
		progress_input(files.items[i]);
	status = how->read(in, files.items, files.n);
	if (status == 0 && in->options->whole && !in->counts->skipped[SKIP_BAD])
		status = mark_unseen(in);
	progress_end();
	fsys_names_release(&files);
	return status;
}

/* All of it or nothing; what is committed is also compacted before anybody stops. */
static int keep(struct archive *a, struct diags *diags)
{
	int status = -1;

	stop_hold();
	if (archive_commit(a, diags) == 0)
		status = archive_wants_compacting(a) ? archive_compact(a, diags) : 0;
	else
		archive_rollback(a);
	stop_let();
	return status;
}

/* Of a file of another format every line is a mistake: which one it is says more. */
static void say_mistakes(struct diags *said, const struct importer *how, char **operands,
			 size_t n, struct diags *diags)
{
	const struct importer *really = NULL;
	size_t i = 0;

	if (diags_errors(said))
		while (i < n && !(really = inputs_really(how, operands[i])))
			i++;
	if (!really) {
		diags_merge(diags, said);
		return;
	}
	diag_add(diags, DIAG_UNKNOWN_FORMAT, place_file(operands[i]), "this is '%s', not '%s'",
		 really->name, how->name);
	diag_hint(diags, "name the format that it is");
}

int import_run(struct archive *a, const struct importer *how, char **operands, size_t n,
	       const struct import_options *o, struct import_counts *counts,
	       struct diags *diags)
{
	struct diags said = DIAGS_INIT;
	struct import in = { a, o, counts, &said, SEEN_INIT };
	int status = -1;

	*counts = (struct import_counts){ 0 };
	if (archive_begin(a, diags) < 0)
		return -1;
	if (read_all(&in, how, operands, n) == 0 && diags_errors(&said) == 0 &&
	    log_run(&in, how, operands, n) == 0 && (!o->finish || o->finish(o->ctx) == 0))
		status = keep(a, &said);
	else
		archive_rollback(a);
	say_mistakes(&said, how, operands, n, diags);
	diags_release(&said);
	seen_release(&in.threads);
	return status;
}
