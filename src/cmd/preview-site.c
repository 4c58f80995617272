/* The site that a preview shows, from one state of the files to the next.  Requests are
 * preview-answer.c's. */
#include "preview-site.h"

#include "base/mem.h"
#include "render/theme.h"
#include "select/rules.h"
#include "select/texts.h"

#include <stdlib.h>
#include <unistd.h>

/* What the watch tells apart. */
enum { CHANGED_FILES = 1, CHANGED_ARCHIVE = 2 };

enum {
	WAIT_MS = 1000,
	/* An archive that is being written: milliseconds between tries, for a page. */
	TRY_MS = 20,
	TRIES = 10,
	/* That nobody who wants to write waits for while texts are read. */
	READ_MS = 20
};

/* A clock that was set stands still. */
static int64_t clock_of(const struct preview *p)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	bool held = p->run->global.now != WHEN_NONE || (epoch && *epoch);

	return held ? p->run->now : (int64_t)time(NULL);
}

/* --- Telling --- */

/* Another name: whoever shows the last one loads again. */
static void rename_edition(struct preview *p)
{
	snprintf(p->name, sizeof(p->name), "%llx-%u", (unsigned long long)time(NULL),
		 ++p->count);
}

static void tell(struct preview *p)
{
	struct buf line = BUF_INIT;

	buf_addf(&line, "{\"edition\":\"%s\",\"done\":%s}", p->name,
		 p->edition && p->edition->done ? "true" : "false");
	server_tell(p->server, buf_str(&line));
	buf_release(&line);
}

/* On a terminal, or under -v. */
static void say_time(const struct preview *p, int64_t began)
{
	const struct global_options *g = &p->run->global;
	time_t now = time(NULL);
	char at[16];
	struct tm t;

	if (!g->verbose && (g->quiet || !isatty(STDERR_FILENO)))
		return;
	localtime_r(&now, &t);
	strftime(at, sizeof(at), "%T", &t);
	fprintf(stderr, "%s %s in %lld ms\n", at,
		p->wrong.n ? "could not be built" : p->count > 1 ? "rebuilt" : "built",
		(long long)(when_clock_ms() - began));
}

void preview_note(struct preview *p, struct diags *found)
{
	struct diags *all = &p->edition->found, fresh = DIAGS_INIT;
	size_t before = all->n;

	diags_merge(all, found);
	fresh.items = all->items + before;
	fresh.n = all->n - before;
	for (size_t i = 0; i < fresh.n; i++)
		fresh.counts[fresh.items[i].id]++;
	command_report(p->run, &fresh);
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool same_diags(const struct diags *a, const struct diags *b)
{
	bool same = a->n == b->n;

	for (size_t i = 0; same && i < a->n; i++)
		same = a->items[i].id == b->items[i].id &&
		       a->items[i].line == b->items[i].line &&
		       same_text(a->items[i].path, b->items[i].path) &&
		       same_text(a->items[i].message, b->items[i].message);
	return same;
}

/* --- The archive --- */

/* Somebody may be writing it: that takes milliseconds, or is told. */
static struct archive *open_archive(const struct config *c, struct diags *diags)
{
	const struct timespec pause = { .tv_nsec = TRY_MS * 1000000L };
	char *path = xmemdup0(c->archive.p, c->archive.n);
	struct archive *a = NULL;

	for (int i = 0; i < TRIES; i++) {
		struct diags own = DIAGS_INIT;
		bool locked;

		archive_open(&a, path, ARCHIVE_TRY, &own);
		locked = own.counts[DIAG_LOCKED] > 0;
		if (a || !locked || i == TRIES - 1) {
			diags_merge(diags, &own);
			diags_release(&own);
			break;
		}
		diags_release(&own);
		nanosleep(&pause, NULL);
	}
	free(path);
	return a;
}

static bool is_of(const struct archive *a, const struct fsys_stamp *stamp, uint32_t counter)
{
	struct fsys_stamp now = { 0 };

	fsys_stamp(archive_path(a), &now);
	return archive_change_counter(a) == counter && !memcmp(&now, stamp, sizeof(now));
}

/* What the archive says no to may be better in a moment. */
static void take_wrong(struct preview *p, struct diags *wrong, bool closed)
{
	diags_release(&p->wrong);
	diags_merge(&p->wrong, wrong);
	p->busy = closed || p->wrong.counts[DIAG_LOCKED] ||
		  p->wrong.counts[DIAG_ARCHIVE_DAMAGED] || p->wrong.counts[DIAG_IO];
	p->tried = time(NULL);
}

struct archive *preview_archive(struct preview *p)
{
	struct diags own = DIAGS_INIT;
	struct archive *a = NULL;

	if (p->edition)
		a = open_archive(&p->edition->config, &own);
	if (a && !is_of(a, &p->edition->stamp, p->edition->counter)) {
		bool known = p->wrong.n && is_of(a, &p->stamp, p->counter);

		archive_close(a);
		if (!known)
			preview_refresh(p);
		a = known || p->wrong.n ? NULL : open_archive(&p->edition->config, &own);
	}
	if (own.n && !p->wrong.n) {
		command_report(p->run, &own);
		take_wrong(p, &own, true);
		tell(p);
	}
	diags_release(&own);
	return a;
}

/* --- Editions --- */

static void free_edition(struct edition *e)
{
	if (!e)
		return;
	live_close(e->live);
	shop_close(e->shop);
	rules_free(e->rules);
	config_release(&e->config);
	diags_release(&e->found);
	free(e);
}

static const char *shop_folder(const struct preview *p, struct edition *e)
{
	const struct preview_flags *flags = p->run->options;
	struct str dir = e->config.product_pages;

	if (flags->shop || !str_present(dir))
		return flags->shop;
	return arena_strz(&e->config.doc.arena, dir);
}

/* Everything that the site is made of. */
static void watch_files(struct preview *p, struct edition *e)
{
	struct config *c = &e->config;
	struct arena *a = &c->doc.arena;
	const char *archive = arena_strz(a, c->archive), *slash = strrchr(archive, '/');
	char *theme = theme_find(arena_strz(a, c->theme));
	const char *shop = shop_folder(p, e);
	const struct watch_root roots[] = {
		{ command_config(p->run), false, NULL, CHANGED_FILES },
		{ arena_strz(a, c->rules), false, NULL, CHANGED_FILES },
		{ arena_strz(a, c->content), true, NULL, CHANGED_FILES },
		{ theme ? theme : arena_printf(a, "themes/%.*s", STR_ARG(c->theme)).p, true,
		  NULL, CHANGED_FILES },
		{ arena_printf(a, "%.*simages", slash ? (int)(slash - archive) + 1 : 0,
			       archive).p, true, NULL, CHANGED_FILES },
		{ archive, false, NULL, CHANGED_ARCHIVE },
		{ arena_printf(a, "%s-journal", archive).p, false, NULL, CHANGED_ARCHIVE },
		{ shop, true, place_skips, CHANGED_FILES },
	};

	watch_set(p->watch, roots, ARRAY_LEN(roots) - (shop ? 0 : 1));
	free(theme);
}

/* How far the texts of an archive were read. */
struct ahead {
	struct fsys_stamp stamp;
	uint32_t counter;
	size_t next;
};

/* Whether there are more. */
static bool read_some(struct preview *p, struct ahead *h, struct archive *a,
		      struct diags *diags)
{
	const struct selection *s = live_selection(p->edition->live);
	int64_t until;

	if (!is_of(a, &h->stamp, h->counter)) {
		if (texts_renew(p->texts, a, diags) < 0)
			return false;
		fsys_stamp(archive_path(a), &h->stamp);
		h->counter = archive_change_counter(a);
		h->next = 0;
	}
	until = when_clock_ms() + READ_MS;
	while (h->next < texts_count(p->texts) && when_clock_ms() < until)
		texts_read_ahead(p->texts, h->next++, a, s->venues, s->venues_n);
	return h->next < texts_count(p->texts);
}

/* Before rules that ask for texts: a choice that had to read them all would keep the
 * archive for so long that those who want to write give up. */
static void read_ahead(struct preview *p, const struct edition *e)
{
	const struct vocabulary *v = &e->rules->vocabulary;
	bool more = p->edition && (phrases_count(v->phrases) || v->patterns_n);
	struct ahead ahead = { .next = 0 };

	while (more) {
		struct diags unasked = DIAGS_INIT;
		struct archive *a = open_archive(&e->config, &unasked);

		more = a && read_some(p, &ahead, a, &unasked);
		archive_close(a);
		diags_release(&unasked);
	}
}

static int make_site(struct preview *p, struct edition *e, bool *closed, struct diags *diags)
{
	struct build_input in = { .config = &e->config, .rules = e->rules, .jobs = 1,
				  .now = clock_of(p), .texts = p->texts };
	int status;

	read_ahead(p, e);
	in.archive = open_archive(&e->config, diags);
	*closed = !in.archive;
	if (*closed)
		return -1;
	fsys_stamp(archive_path(in.archive), &e->stamp);
	e->counter = archive_change_counter(in.archive);
	p->stamp = e->stamp;
	p->counter = e->counter;
	status = live_open(&e->live, &in, diags);
	archive_close(in.archive);
	return status;
}

/* Where the choice may differ; the ledger names the day. */
static int64_t valid_until(const struct edition *e)
{
	const struct selection *s = live_selection(e->live);
	int64_t midnight = (s->day + 1) * WHEN_DAY;

	return s->next < midnight ? s->next : midnight;
}

/* Of the files as they are; NULL with what is wrong with them, and whether it was the
 * archive that couldn't be opened. */
static struct edition *make_edition(struct preview *p, bool *closed, struct diags *diags)
{
	struct edition *e = xcalloc(1, sizeof(*e));
	int status = command_load_config(p->run, &e->config, diags);
	const char *shop;

	/* With a mistake in the configuration, those that it named before. */
	if (status == 0 || !p->edition)
		watch_files(p, e);
	if (command_load_rules(&e->config, &e->rules, diags) < 0)
		status = -1;
	shop = shop_folder(p, e);
	if (shop && shop_open(&e->shop, shop, diags) < 0)
		status = -1;
	/* Links, and fragments in pages of a shop, lead to the preview. */
	e->config.url = str_of(server_url(p->server));
	if (status == 0 && make_site(p, e, closed, diags) == 0 && !diags_errors(diags)) {
		e->until = valid_until(e);
		return e;
	}
	free_edition(e);
	return NULL;
}

void preview_refresh(struct preview *p)
{
	struct diags diags = DIAGS_INIT;
	int64_t began = when_clock_ms();
	bool closed = false;
	struct edition *e = make_edition(p, &closed, &diags);
	bool news = e || !same_diags(&diags, &p->wrong);

	if (news)
		command_report(p->run, &diags);
	if (e) {
		struct diags none = DIAGS_INIT;

		free_edition(p->edition);
		p->edition = e;
		take_wrong(p, &none, false);
		diags_merge(&e->found, &diags);
		rename_edition(p);
	} else {
		take_wrong(p, &diags, closed);
	}
	diags_release(&diags);
	if (!news)
		return;
	say_time(p, began);
	tell(p);
}

/* --- Time goes by --- */

/* Some milliseconds' worth of what nobody asked for. */
static void go_on(struct preview *p)
{
	struct archive *a = preview_archive(p);
	struct diags found = DIAGS_INIT;

	if (!a)
		return;
	p->edition->done = live_step(p->edition->live, a, &found) <= 0;
	archive_close(a);
	preview_note(p, &found);
	diags_release(&found);
	if (p->edition->done)
		tell(p);
}

static bool is_due(const struct preview *p)
{
	return (p->busy && time(NULL) != p->tried) ||
	       (p->edition && !p->wrong.n && clock_of(p) >= p->edition->until);
}

static bool is_idle(const struct preview *p)
{
	return p->edition && !p->edition->done && !p->wrong.n && watch_wait(p->watch) > WAIT_MS;
}

int preview_wait(const struct preview *p)
{
	int ms = watch_wait(p->watch);

	return is_idle(p) ? 0 : ms < WAIT_MS ? ms : WAIT_MS;
}

void preview_tick(struct preview *p)
{
	unsigned changed = watch_look(p->watch);

	if (changed & CHANGED_FILES || is_due(p) || (changed && p->wrong.n))
		preview_refresh(p);
	else if (changed)
		archive_close(preview_archive(p));
	else if (is_idle(p))
		go_on(p);
}

/* --- Files --- */

void preview_get(struct preview *p, struct archive *a, struct str path, struct buf *out,
		 struct live_file *what, struct diags *diags)
{
	size_t before = out->n;
	struct diags own = DIAGS_INIT;
	struct str kept;
	bool good;

	*what = (struct live_file){ .found = LIVE_NOTHING };
	good = a && live_get(p->edition->live, a, path, out, what, &own) == 0 &&
	       !diags_errors(&own);
	diags_merge(diags, &own);
	diags_release(&own);
	if (good && what->found == LIVE_FILE) {
		kept_put(&p->kept, path, str_slice(buf_str(out), before, out->n));
		return;
	}
	kept = good ? STR_NONE : kept_get(p->kept, path);
	if (!str_present(kept))
		return;
	buf_cut(out, before);
	buf_addstr(out, kept);
	what->found = LIVE_FILE;
}

void preview_release(struct preview *p)
{
	free_edition(p->edition);
	texts_free(p->texts);
	diags_release(&p->wrong);
	kept_free(p->kept);
}
