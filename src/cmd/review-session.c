/* What waits in a session of the review, what was answered in it, and the labels that
 * come of that.  Pages and requests are review-serve.c's. */
#include "review-session.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "cmd/labelling.h"

#include <stdlib.h>

/* --- What waits --- */

int session_look(struct session *s, bool choose, struct diags *diags)
{
	uint32_t counter;

	if (!s->archive && archive_open(&s->archive, s->path, ARCHIVE_READ, diags) < 0)
		return -1;
	counter = archive_change_counter(s->archive);
	if (s->listed && counter == s->counter)
		return 0;
	s->listed = false;
	if (choose && review_choose(&s->review, s->archive, diags) < 0)
		return -1;
	if (review_list(&s->review, s->archive, diags) < 0)
		return -1;
	s->listed = true;
	s->counter = counter;
	return 0;
}

void session_rest(struct session *s)
{
	archive_close(s->archive);
	s->archive = NULL;
}

static const struct done *find_done(const struct session *s, struct str key)
{
	for (size_t i = s->done_n; i-- > 0;)
		if (str_is(key, s->done[i].item.key))
			return &s->done[i];
	return NULL;
}

static bool is_skipped(const struct session *s, const struct waiting *w)
{
	const struct done *d = find_done(s, str_of(w->key));

	return d && !d->undone && !str_present(d->label.name);
}

struct done *session_last(const struct session *s)
{
	for (size_t i = s->done_n; i-- > 0;)
		if (!s->done[i].undone)
			return &s->done[i];
	return NULL;
}

size_t session_skipped(const struct session *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->review.list.n; i++)
		n += is_skipped(s, &s->review.list.items[i]);
	return n;
}

const struct waiting *session_next(const struct session *s)
{
	const struct waiting_list *list = &s->review.list;

	for (size_t i = 0; i < list->n; i++)
		if (!is_skipped(s, &list->items[i]))
			return &list->items[i];
	return NULL;
}

/* What was answered here, and may be answered anew; NULL. */
static const struct done *find_answered(const struct session *s, struct str key)
{
	const struct done *d = find_done(s, key);

	return d && str_present(d->label.name) &&
			       !(d->undone && d->item.kind == WAITING_ADMISSION)
		       ? d
		       : NULL;
}

const struct done *session_answered(const struct session *s, struct str key)
{
	return waiting_find(&s->review.list, key) ? NULL : find_answered(s, key);
}

const struct waiting *session_find(const struct session *s, struct str key)
{
	const struct done *d = session_answered(s, key);

	return d ? &d->item : waiting_find(&s->review.list, key);
}

/* --- Labels --- */

/* Whole seconds order labels: on one thread no two of ours are of the same. */
static int64_t label_time(const struct session *s, const struct thread *t)
{
	int64_t at = s->run->now + (int64_t)(time(NULL) - s->started);

	for (size_t i = 0; i < t->labels_n; i++)
		if (t->labels[i].at >= at && t->labels[i].at < WHEN_MAX)
			at = t->labels[i].at + 1;
	return at;
}

/* What the answer does beside its label. */
static int show_again(struct run *run, const struct waiting *w, const struct label *l)
{
	if (w->kind != WAITING_ORIGIN)
		return 0;
	return archive_set_hidden(run->archive, w->thread, l->post,
				  str_is(l->name, ORIGIN_GONE), l->at, &run->diags);
}

static int write_label(const struct session *s, struct run *run, const struct waiting *w,
		       struct label *label)
{
	struct str name = arena_printf(&run->arena, "%.*s/%.*s", STR_ARG(w->venue),
				       STR_ARG(w->id));
	enum archive_change change;
	const struct thread *t;
	struct labelling l;
	int status = labelling_init(&l, run);

	t = status == 0 ? labelling_thread(&l, name, NO_PLACE) : NULL;
	if (t)
		label->at = label_time(s, t);
	if (!t || labelling_check(&l, label, NO_PLACE) < 0 ||
	    labelling_add(&l, t->row, label, &change) < 0 ||
	    show_again(run, w, label) < 0 || labelling_commit(&l) < 0)
		status = -1;
	labelling_release(&l);
	return status;
}

int session_put(struct session *s, const struct waiting *w, struct label *label,
		struct diags *diags)
{
	struct run run = { .config = s->run->config, .arena = ARENA_INIT };
	int status;

	session_rest(s);
	status = archive_open(&run.archive, s->path, ARCHIVE_WRITE, &run.diags);
	if (status == 0)
		status = write_label(s, &run, w, label);
	archive_close(run.archive);
	diags_merge(diags, &run.diags);
	diags_release(&run.diags);
	arena_release(&run.arena);
	return status;
}

/* --- What was answered --- */

static struct label keep(struct arena *a, const struct label *l)
{
	return (struct label){ .name = arena_str(a, l->name), .post = arena_str(a, l->post),
			       .quote = arena_str(a, l->quote), .by = arena_str(a, l->by),
			       .note = arena_str(a, l->note), .at = l->at };
}

/* The list goes with the next look; this stays.  w may be of an earlier answer. */
void session_note(struct session *s, const struct waiting *w, const struct label *label)
{
	struct done own = { .item = *w, .label = keep(&s->arena, label) };
	struct arena *a = &s->arena;
	struct done *d;

	GROW(s->done, s->done_n, s->done_cap);
	d = &s->done[s->done_n++];
	*d = own;
	w = &own.item;
	d->item.venue = arena_str(a, w->venue);
	d->item.id = arena_str(a, w->id);
	d->item.title = arena_str(a, w->title);
	d->item.post = arena_str(a, w->post);
	d->item.quote = arena_str(a, w->quote);
	d->item.author = arena_str(a, w->author);
	d->item.pattern = arena_str(a, w->pattern);
	d->item.label = keep(a, &w->label);
	d->item.other = keep(a, &w->other);
	d->item.yes = keep(a, &w->yes);
	d->item.no = keep(a, &w->no);
	/* The products are the selection's, which may be made anew. */
	d->item.products = NULL;
	d->item.products_n = 0;
}

/* --- The session --- */

void session_init(struct session *s, struct run *run)
{
	const struct review_flags *flags = run->options;
	const char *by = flags->by ? flags->by : getenv("USER");

	*s = (struct session){ .run = run, .arena = ARENA_INIT, .started = time(NULL),
			       .keys = true };
	if (by && utf8_valid(str_of(by)))
		s->by = str_trim(str_of(by));
	s->path = arena_strz(&s->arena, run->config.archive);
	buf_init(&s->message);
	review_init(&s->review, run);
}

void session_release(struct session *s)
{
	session_rest(s);
	review_release(&s->review);
	buf_release(&s->message);
	free(s->done);
	arena_release(&s->arena);
}
