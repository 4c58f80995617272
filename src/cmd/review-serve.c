/*
 * candor review --serve: what waits, asked in a browser.  The archive is open for reading
 * while a page is made, and for writing while an answer is: others can read and write all
 * the time, and what they said is there on the next page.
 */
#include "cmd/labelling.h"
#include "cmd/review.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "preview/browser.h"
#include "preview/review.h"
#include "preview/server.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

enum { WAIT_MS = 1000, NAME_MAX_BYTES = 200 };

/* What was answered, or skipped; the last of it can be undone. */
struct done {
	struct waiting item;  /* strings in the session's arena */
	struct label label;   /* that was written; no name: it was skipped */
	bool undone;
};

struct session {
	struct run *run;
	struct review review;
	const char *path;    /* of the archive */
	uint32_t counter;    /* of the archive when the list was read */
	bool listed;
	time_t started;
	struct arena arena;  /* of the session */
	struct str by;
	struct done *done;   /* owned; the last answer last */
	size_t done_n, done_cap;
	size_t answered;
	bool keys;
	struct buf message;  /* for the next page */
	bool failed;
};

/* One request. */
struct asking {
	struct session *s;
	const struct server_request *request;
	struct server_response *response;
	struct diags diags;
	struct archive *archive; /* open for reading, or NULL */
};

static volatile sig_atomic_t stopped;

static void stop(int signal_number)
{
	(void)signal_number;
	stopped = 1;
}

/* --- Answers --- */

/* 303: what was posted is done, and this is the page to see next.  path is in the
 * request's arena, or static. */
static void go_to(struct asking *k, struct str path)
{
	k->response->status = 303;
	k->response->location = path;
}

static void go_to_item(struct asking *k, const char *key)
{
	go_to(k, arena_printf(k->request->arena, "/item/%s", key));
}

static void say(struct asking *k, bool failed, const char *what)
{
	buf_reset(&k->s->message);
	buf_adds(&k->s->message, what);
	k->s->failed = failed;
}

/* What went wrong, with what to do about it. */
static void say_diags(struct asking *k)
{
	struct buf *message = &k->s->message;

	say(k, true, "Nothing was written: ");
	for (size_t i = 0; i < k->diags.n; i++) {
		const struct diag *d = &k->diags.items[i];

		buf_addf(message, "%s%s%s%s", i ? "; " : "", d->message,
			 d->hint ? ": " : "", d->hint ? d->hint : "");
	}
}

/* --- What waits --- */

/* Reads the archive as it is now; choose: what is shown, too, which takes longer. */
static int look(struct asking *k, bool choose)
{
	struct session *s = k->s;
	uint32_t counter;

	if (!k->archive && archive_open(&k->archive, s->path, ARCHIVE_READ, &k->diags) < 0)
		return -1;
	counter = archive_change_counter(k->archive);
	if (s->listed && counter == s->counter)
		return 0;
	s->listed = false;
	if (choose && review_choose(&s->review, k->archive, &k->diags) < 0)
		return -1;
	if (review_list(&s->review, k->archive, &k->diags) < 0)
		return -1;
	s->listed = true;
	s->counter = counter;
	return 0;
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

/* The last that can be undone, or NULL. */
static struct done *find_last(const struct session *s)
{
	for (size_t i = s->done_n; i-- > 0;)
		if (!s->done[i].undone)
			return &s->done[i];
	return NULL;
}

static size_t count_skipped(const struct session *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->review.list.n; i++)
		n += is_skipped(s, &s->review.list.items[i]);
	return n;
}

/* The best that wasn't skipped, or NULL. */
static const struct waiting *find_next(const struct session *s)
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

/* That waits, or that was answered here; NULL: somebody else did. */
static const struct waiting *find_item(const struct session *s, struct str key)
{
	const struct waiting *w = waiting_find(&s->review.list, key);
	const struct done *d = w ? NULL : find_answered(s, key);

	return d ? &d->item : w;
}

static void go_to_next(struct asking *k)
{
	const struct waiting *next;

	if (look(k, false) < 0) {
		say_diags(k);
		go_to(k, STR("/"));
		return;
	}
	next = find_next(k->s);
	if (next)
		go_to_item(k, next->key);
	else
		go_to(k, STR("/"));
}

/* --- Pages --- */

static void view_init(struct review_view *v, const struct session *s)
{
	*v = (struct review_view){
		.config = &s->run->config, .roster = s->review.roster,
		.selection = &s->review.selection, .list = &s->review.list,
		.by = s->by, .message = buf_str(&s->message), .failed = s->failed,
		.undo = find_last(s) != NULL, .keys = s->keys, .answered = s->answered,
		.skipped = count_skipped(s),
	};
}

static void send_page(struct asking *k)
{
	k->response->policy = review_policy;
	buf_reset(&k->s->message);
	k->s->failed = false;
}

static void send_failure(struct asking *k)
{
	k->response->status = 503;
	k->response->type = "text/plain; charset=utf-8";
	for (size_t i = 0; i < k->diags.n; i++)
		buf_addf(&k->response->body, "%s\n", k->diags.items[i].message);
	buf_adds(&k->response->body, "Load the page again to try again.\n");
}

static size_t first_of(struct str from)
{
	size_t n = 0;

	for (size_t i = 0; i < from.n && i < 9 && from.p[i] >= '0' && from.p[i] <= '9'; i++)
		n = n * 10 + (size_t)(from.p[i] - '0');
	return n;
}

static void send_overview(struct asking *k)
{
	struct review_view v;

	if (look(k, true) < 0) {
		send_failure(k);
		return;
	}
	view_init(&v, k->s);
	review_overview(&k->response->body, &v, first_of(server_field(k->request, "from")));
	send_page(k);
}

static void send_item(struct asking *k, struct str key)
{
	struct session *s = k->s;
	const struct selection *selection = &s->review.selection;
	const struct waiting *w;
	const struct done *d;
	struct review_case c;
	struct review_view v;
	struct thread t;

	if (look(k, false) < 0) {
		send_failure(k);
		return;
	}
	w = find_item(s, key);
	if (!w) {
		say(k, false, "That has been answered in the meantime.");
		go_to_next(k);
		return;
	}
	if (archive_thread(k->archive, w->thread, selection->venues, selection->venues_n,
			   k->request->arena, &t, &k->diags) < 0) {
		send_failure(k);
		return;
	}
	d = waiting_find(&s->review.list, key) ? NULL : find_answered(s, key);
	c = (struct review_case){ .item = w, .thread = &t,
				  .answer = d ? arena_strz(k->request->arena, d->label.name)
					      : NULL };
	view_init(&v, s);
	review_item(&k->response->body, &v, &c);
	send_page(k);
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

/* Checked and written in one transaction, so that nobody comes between. */
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

/* Opens the archive for this one label. */
static int put_label(struct asking *k, const struct waiting *w, struct label *label)
{
	struct session *s = k->s;
	struct run run = { .config = s->run->config, .arena = ARENA_INIT };
	int status;

	archive_close(k->archive);
	k->archive = NULL;
	status = archive_open(&run.archive, s->path, ARCHIVE_WRITE, &run.diags);
	if (status == 0)
		status = write_label(s, &run, w, label);
	archive_close(run.archive);
	diags_merge(&k->diags, &run.diags);
	diags_release(&run.diags);
	arena_release(&run.arena);
	return status;
}

/* --- What is posted --- */

static struct label keep(struct arena *a, const struct label *l)
{
	return (struct label){ .name = arena_str(a, l->name), .post = arena_str(a, l->post),
			       .quote = arena_str(a, l->quote), .by = arena_str(a, l->by),
			       .note = arena_str(a, l->note), .at = l->at };
}

/* The list goes with the next look; this stays. */
static void note_done(struct session *s, const struct waiting *w, const struct label *label)
{
	struct arena *a = &s->arena;
	struct done *d;

	GROW(s->done, s->done_n, s->done_cap);
	d = &s->done[s->done_n++];
	*d = (struct done){ .item = *w, .label = keep(a, label) };
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

static void answer_with(struct asking *k, const struct waiting *w, const struct label *what)
{
	struct session *s = k->s;
	const struct done *before = find_answered(s, str_of(w->key));
	struct str quote = server_field(k->request, "quote");
	struct label label = *what;

	label.by = s->by;
	if (quote.n && str_is(label.name, "wrong"))
		label.quote = quote;
	/* The same button twice. */
	if (before && str_eq(before->label.name, label.name) &&
	    !waiting_find(&s->review.list, str_of(w->key))) {
		go_to_next(k);
		return;
	}
	if (put_label(k, w, &label) < 0) {
		say_diags(k);
		go_to_item(k, w->key);
		return;
	}
	note_done(s, w, &label);
	s->answered++;
	go_to_next(k);
}

static void take_answer(struct asking *k, struct str key)
{
	struct session *s = k->s;
	struct str answer = server_field(k->request, "answer");
	const struct waiting *w = look(k, false) < 0 ? NULL : find_item(s, key);
	const struct label nothing = { .name = STR_NONE };

	if (k->diags.n) {
		say_diags(k);
		go_to(k, arena_printf(k->request->arena, "/item/%.*s", STR_ARG(key)));
	} else if (!w) {
		say(k, false, "That had been answered in the meantime; nothing was written.");
		go_to_next(k);
	} else if (str_is(answer, "skip")) {
		note_done(s, w, &nothing);
		go_to_next(k);
	} else if (!s->by.n) {
		say(k, true, "Say who you are first: your name stands beside your answers.");
		go_to_item(k, w->key);
	} else if (str_is(answer, "yes") || str_is(answer, "no")) {
		answer_with(k, w, str_is(answer, "yes") ? &w->yes : &w->no);
	} else {
		k->response->status = 400;
	}
}

static int take_back(struct asking *k, const struct done *d)
{
	struct label label = { .name = STR("undecided"), .post = d->label.post,
			       .quote = d->label.quote, .by = d->label.by };

	return put_label(k, &d->item, &label);
}

/* Of an admission the word is taken back.  Any other answer stands until its page, which
 * is shown again, has got a new one. */
static void undo(struct asking *k)
{
	struct session *s = k->s;
	struct done *d = find_last(s);

	if (!d) {
		go_to_next(k);
		return;
	}
	if (str_present(d->label.name) && d->item.kind == WAITING_ADMISSION) {
		if (take_back(k, d) < 0) {
			say_diags(k);
			go_to(k, STR("/"));
			return;
		}
		s->answered--;
		say(k, false, "Your last answer is taken back.");
	}
	d->undone = true;
	go_to_item(k, d->item.key);
}

static void skip_nothing(struct asking *k)
{
	struct session *s = k->s;
	for (size_t i = 0; i < s->done_n; i++)
		s->done[i].undone |= !str_present(s->done[i].label.name);
	go_to_next(k);
}

static void set_person(struct asking *k)
{
	struct str by = str_trim(server_field(k->request, "by"));

	if (!by.n || by.n > NAME_MAX_BYTES) {
		say(k, true, by.n ? "That name is too long." : "Without a name no answer counts.");
	} else {
		k->s->by = arena_str(&k->s->arena, by);
	}
	go_to(k, STR("/"));
}

static void set_keys(struct asking *k)
{
	k->s->keys = str_is(server_field(k->request, "on"), "1");
	go_to_next(k);
}

/* --- Requests --- */

static void send_file(struct asking *k, const char *type, const unsigned char *bytes, size_t n)
{
	k->response->type = type;
	buf_add(&k->response->body, bytes, n);
}

static void send_css(struct asking *k)
{
	send_file(k, "text/css; charset=utf-8", review_css, review_css_n);
}

static void send_js(struct asking *k)
{
	send_file(k, "text/javascript; charset=utf-8", review_js, review_js_n);
}

static void send_svg(struct asking *k)
{
	send_file(k, "image/svg+xml", review_svg, review_svg_n);
}

static const struct route {
	const char *path;
	bool post;
	void (*answer)(struct asking *k);
} routes[] = {
	{ "/", false, send_overview },	   { "/next", false, go_to_next },
	{ "/review.css", false, send_css }, { "/review.js", false, send_js },
	{ "/review.svg", false, send_svg }, { "/undo", true, undo },
	{ "/again", true, skip_nothing },  { "/by", true, set_person },
	{ "/keys", true, set_keys },
};

static void answer_request(struct asking *k)
{
	static const struct str items = { "/item/", 6 };
	const struct server_request *r = k->request;

	for (size_t i = 0; i < ARRAY_LEN(routes); i++)
		if (str_is(r->path, routes[i].path) && r->post == routes[i].post) {
			routes[i].answer(k);
			return;
		}
	if (str_starts(r->path, items)) {
		struct str key = str_slice(r->path, items.n, r->path.n);

		(r->post ? take_answer : send_item)(k, key);
		return;
	}
	k->response->status = 404;
	k->response->type = "text/plain; charset=utf-8";
	buf_adds(&k->response->body, "there is no such page\n");
}

static void on_request(void *ctx, const struct server_request *request,
		       struct server_response *response)
{
	struct asking k = { .s = ctx, .request = request, .response = response };

	answer_request(&k);
	archive_close(k.archive);
	diags_release(&k.diags);
}

/* --- The session --- */

static void catch_signals(void)
{
	const struct sigaction action = { .sa_handler = stop };

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

static int serve(struct session *s)
{
	struct run *run = s->run;
	const struct review_flags *flags = run->options;
	const struct server_options options = { .port = flags->port, .post = true,
						.secret = true, .answer = on_request,
						.ctx = s };
	struct server *server;
	char *file = NULL;
	int status;

	catch_signals();
	if (server_start(&server, &options, &run->diags) < 0)
		return -1;
	fprintf(run->out, "Review at %s; Ctrl-C ends\n", server_url(server));
	fflush(run->out);
	status = flags->open ? browser_open(server_url(server), &file, &run->diags) : 0;
	while (status == 0 && !stopped)
		status = server_run(server, WAIT_MS, &run->diags);
	browser_forget(file);
	server_stop(server);
	return status;
}

static void session_init(struct session *s, struct run *run)
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

static void session_release(struct session *s)
{
	review_release(&s->review);
	buf_release(&s->message);
	free(s->done);
	arena_release(&s->arena);
}

int review_serve(struct run *run)
{
	struct session s;
	int status;

	session_init(&s, run);
	status = review_choose(&s.review, run->archive, &run->diags);
	if (status == 0)
		status = review_check(&s.review);
	archive_close(run->archive);
	run->archive = NULL;
	if (status == 0)
		status = serve(&s);
	session_release(&s);
	return status;
}
