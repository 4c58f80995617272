/* candor review --serve: what waits, asked in a browser: pages, and what is posted. */
#include "review-session.h"

#include "base/mem.h"
#include "preview/browser.h"
#include "preview/review.h"
#include "preview/server.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

enum { WAIT_MS = 1000, NAME_MAX_BYTES = 200 };

/* One request. */
struct asking {
	struct session *s;
	const struct server_request *request;
	struct server_response *response;
	struct diags diags;
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

static void go_to_next(struct asking *k)
{
	const struct waiting *next;

	if (session_look(k->s, false, &k->diags) < 0) {
		say_diags(k);
		go_to(k, STR("/"));
		return;
	}
	next = session_next(k->s);
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
		.undo = session_last(s) != NULL, .keys = s->keys, .answered = s->answered,
		.skipped = session_skipped(s),
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

	if (session_look(k->s, true, &k->diags) < 0) {
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

	if (session_look(k->s, false, &k->diags) < 0) {
		send_failure(k);
		return;
	}
	w = session_find(s, key);
	if (!w) {
		say(k, false, "That has been answered in the meantime.");
		go_to_next(k);
		return;
	}
	if (archive_thread(k->s->archive, w->thread, selection->venues, selection->venues_n,
			   k->request->arena, &t, &k->diags) < 0) {
		send_failure(k);
		return;
	}
	d = session_answered(s, key);
	c = (struct review_case){ .item = w, .thread = &t,
				  .answer = d ? arena_strz(k->request->arena, d->label.name)
					      : NULL };
	view_init(&v, s);
	review_item(&k->response->body, &v, &c);
	send_page(k);
}

/* --- What is posted --- */

static void answer_with(struct asking *k, const struct waiting *w, const struct label *what)
{
	struct session *s = k->s;
	const struct done *before = session_answered(s, str_of(w->key));
	struct str quote = server_field(k->request, "quote");
	struct label label = *what;

	label.by = s->by;
	if (quote.n && str_is(label.name, "wrong"))
		label.quote = quote;
	/* The same button twice. */
	if (before && str_eq(before->label.name, label.name)) {
		go_to_next(k);
		return;
	}
	if (session_put(s, w, &label, &k->diags) < 0) {
		say_diags(k);
		go_to_item(k, w->key);
		return;
	}
	session_note(s, w, &label);
	s->answered++;
	go_to_next(k);
}

static void take_answer(struct asking *k, struct str key)
{
	struct session *s = k->s;
	struct str answer = server_field(k->request, "answer");
	const struct waiting *w = session_look(k->s, false, &k->diags) < 0 ? NULL : session_find(s, key);
	const struct label nothing = { .name = STR_NONE };

	if (k->diags.n) {
		say_diags(k);
		go_to(k, arena_printf(k->request->arena, "/item/%.*s", STR_ARG(key)));
	} else if (!w) {
		say(k, false, "That had been answered in the meantime; nothing was written.");
		go_to_next(k);
	} else if (str_is(answer, "skip")) {
		session_note(s, w, &nothing);
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

	return session_put(k->s, &d->item, &label, &k->diags);
}

/* Of an admission the word is taken back.  Any other answer stands until its page, which
 * is shown again, has got a new one. */
static void undo(struct asking *k)
{
	struct session *s = k->s;
	struct done *d = session_last(s);

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
	session_rest(k.s);
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
		status = server_run(server, WAIT_MS, -1, &run->diags);
	browser_forget(file);
	server_stop(server);
	return status;
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
