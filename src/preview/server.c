/* HTTP on loopback.  The only file that knows libmicrohttpd.  What is served is the
 * caller's; who may ask for it is decided here. */
#include "preview/server.h"

#include "base/library.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>

#include <microhttpd.h>

enum { BODY_MAX = 64 * 1024, SECRET_BYTES = 16, IDLE_SECONDS = 60, CONNECTIONS = 64 };
/* Streams of events: half of the connections are for what pages load.  One that didn't
 * take so many bytes has nobody behind it. */
enum { STREAMS = CONNECTIONS / 2, UNHEARD_MAX = 64 * 1024, BEAT_SECONDS = 15 };

struct server {
	struct MHD_Daemon *daemon;
	struct server_options options;
	char *url;          /* owned; see server_url() */
	struct str prefix;  /* of paths: the part of url behind the port, without its
			     * last slash */
	char hosts[2][32];  /* "127.0.0.1:8080", "localhost:8080" */
	struct stream *streams; /* libmicrohttpd frees them, by end_stream() */
	size_t streams_n;
	struct buf news;    /* owned: the last event */
	time_t beat;        /* when all streams got something last */
	bool woken;         /* a stream has something to send */
};

/* One request on its way in. */
struct exchange {
	struct buf body;    /* owned */
	bool begun, too_large;
	bool cut;           /* the path holds a NUL, where libmicrohttpd ends it */
	struct arena arena;
	struct server_field *fields; /* owned; strings in the arena */
	size_t fields_n, fields_cap;
};

/* --- Fields --- */

struct str server_field(const struct server_request *r, const char *name)
{
	for (size_t i = 0; i < r->fields_n; i++)
		if (str_is(r->fields[i].name, name))
			return r->fields[i].value;
	return STR_NONE;
}

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0'
	       : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* application/x-www-form-urlencoded (URL Standard, section 5.1); absent when it isn't
 * UTF-8 or holds a NUL. */
static struct str decode(struct arena *a, struct str s)
{
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < s.n; i++) {
		int high = s.p[i] == '%' && i + 2 < s.n ? hex(s.p[i + 1]) : -1;
		int low = high >= 0 ? hex(s.p[i + 2]) : -1;

		if (low >= 0) {
			buf_addc(&out, (char)(high << 4 | low));
			i += 2;
		} else {
			buf_addc(&out, s.p[i] == '+' ? ' ' : s.p[i]);
		}
	}
	if (!utf8_valid(buf_str(&out)) || str_index(buf_str(&out), '\0') < out.n) {
		buf_release(&out);
		return STR_NONE;
	}
	return buf_to_arena(&out, a);
}

static void add_field(struct exchange *e, struct str name, struct str value)
{
	GROW(e->fields, e->fields_n, e->fields_cap);
	e->fields[e->fields_n++] = (struct server_field){ name, value };
}

/* Those of the form.  False when one can't be read. */
static bool take_form(struct exchange *e)
{
	struct str rest = buf_str(&e->body);

	while (rest.n) {
		struct str value = str_split(&rest, '&');
		struct str name = decode(&e->arena, str_split(&value, '='));

		value = decode(&e->arena, str_present(value) ? value : STR(""));
		if (!str_present(name) || !str_present(value))
			return false;
		add_field(e, name, value);
	}
	return true;
}

/* Those of the query, which libmicrohttpd has decoded. */
static enum MHD_Result take_argument(void *ctx, enum MHD_ValueKind kind, const char *name,
				     const char *value)
{
	struct exchange *e = ctx;
	struct str n = arena_str(&e->arena, str_of(name));
	struct str v = arena_str(&e->arena, str_of(value ? value : ""));

	(void)kind;
	add_field(e, n, v);
	return MHD_YES;
}

static bool take_fields(struct exchange *e, struct MHD_Connection *c)
{
	MHD_get_connection_values(c, MHD_GET_ARGUMENT_KIND, take_argument, e);
	for (size_t i = 0; i < e->fields_n; i++)
		if (!utf8_valid(e->fields[i].name) || !utf8_valid(e->fields[i].value))
			return false;
	return take_form(e);
}

/* --- Who may ask --- */

static const char *header(struct MHD_Connection *c, const char *name)
{
	return MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
}

static bool is_ours(const struct server *s, const char *host)
{
	return host && (!strcasecmp(host, s->hosts[0]) || !strcasecmp(host, s->hosts[1]));
}

static bool origin_is_ours(const struct server *s, const char *origin)
{
	static const char scheme[] = "http://";

	return !strncasecmp(origin, scheme, strlen(scheme)) &&
	       is_ours(s, origin + strlen(scheme));
}

/* By Fetch Metadata: our own pages, the address bar, a link; not what others load. */
static bool not_loaded_elsewhere(struct MHD_Connection *c, const char *site)
{
	const char *mode = header(c, "Sec-Fetch-Mode");

	return !site || !strcmp(site, "same-origin") || !strcmp(site, "none") ||
	       (mode && !strcmp(mode, "navigate"));
}

static bool may_ask(const struct server *s, struct MHD_Connection *c, bool post)
{
	const char *origin = header(c, "Origin"), *site = header(c, "Sec-Fetch-Site");

	if (!is_ours(s, header(c, "Host")))
		return false;
	if (origin)
		return origin_is_ours(s, origin);
	return post ? site && !strcmp(site, "same-origin") : not_loaded_elsewhere(c, site);
}

bool server_path_is_fine(struct str path)
{
	if (!str_starts(path, STR("/")) || !utf8_valid(path))
		return false;
	for (size_t i = 0; i < path.n; i++) {
		unsigned char c = (unsigned char)path.p[i];

		if (c < ' ' || c == 0x7F || c == '\\')
			return false;
		if (c == '/' && i + 1 < path.n && strchr("/.", path.p[i + 1]))
			return false;
	}
	return true;
}

/* As long as the one it is compared with, it takes as long whatever differs. */
static bool same_bytes(struct str a, struct str b)
{
	unsigned char differs = a.n != b.n;

	for (size_t i = 0; i < a.n && i < b.n; i++)
		differs |= (unsigned char)(a.p[i] ^ b.p[i]);
	return !differs;
}

/* --- Streams of events --- */

/* Somebody who listens. */
struct stream {
	struct server *server;
	struct MHD_Connection *connection;
	struct buf out; /* owned: what is to be sent */
	bool asleep;    /* there was nothing: woken by wake() */
	bool over;
	struct stream *next;
};

static ssize_t read_stream(void *ctx, uint64_t at, char *to, size_t room)
{
	struct stream *t = ctx;
	size_t n = t->out.n < room ? t->out.n : room;

	(void)at;
	if (t->over)
		return MHD_CONTENT_READER_END_OF_STREAM;
	if (!n) {
		t->asleep = true;
		MHD_suspend_connection(t->connection);
		return 0;
	}
	memcpy(to, t->out.p, n);
	memmove(t->out.p, t->out.p + n, t->out.n - n);
	buf_cut(&t->out, t->out.n - n);
	return (ssize_t)n;
}

static void end_stream(void *ctx)
{
	struct stream *t = ctx, **at = &t->server->streams;

	while (*at != t)
		at = &(*at)->next;
	*at = t->next;
	t->server->streams_n--;
	buf_release(&t->out);
	free(t);
}

static struct MHD_Response *make_stream(struct server *s, struct MHD_Connection *c,
					struct server_response *r)
{
	enum { BLOCK = 4096 };
	struct stream *t = xcalloc(1, sizeof(*t));

	r->type = "text/event-stream";
	*t = (struct stream){ .server = s, .connection = c, .out = BUF_INIT,
			      .next = s->streams };
	s->streams = t;
	s->streams_n++;
	/* Milliseconds until a browser tries again. */
	buf_adds(&t->out, "retry: 500\n\n");
	buf_addstr(&t->out, buf_str(&s->news));
	return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, read_stream, t,
						 end_stream);
}

static void wake(struct stream *t)
{
	if (t->asleep) {
		MHD_resume_connection(t->connection);
		t->server->woken = true;
	}
	t->asleep = false;
}

static void send_to_all(struct server *s, struct str bytes)
{
	for (struct stream *t = s->streams; t; t = t->next) {
		if (t->out.n > UNHEARD_MAX)
			t->over = true;
		else
			buf_addstr(&t->out, bytes);
		wake(t);
	}
	s->beat = time(NULL);
}

void server_tell(struct server *s, struct str line)
{
	buf_reset(&s->news);
	buf_addf(&s->news, "data: %.*s\n\n", STR_ARG(line));
	send_to_all(s, buf_str(&s->news));
}

/* Who went away is found out by talking to them. */
static void keep_alive(struct server *s)
{
	if (time(NULL) - s->beat >= BEAT_SECONDS)
		send_to_all(s, STR(":\n\n"));
}

/* --- Answers --- */

static void refuse(struct server_response *r, int status, const char *why)
{
	r->status = status;
	r->type = "text/plain; charset=utf-8";
	buf_addf(&r->body, "%s\n", why);
}

static void add_header(struct MHD_Response *m, const char *name, const char *value)
{
	if (MHD_add_response_header(m, name, value) != MHD_YES)
		die("out of memory");
}

static void add_headers(const struct server *s, struct MHD_Response *m,
			const struct server_response *r)
{
	static const char *const fixed[][2] = {
		{ "X-Content-Type-Options", "nosniff" },
		{ "X-Frame-Options", "DENY" },
		{ "Referrer-Policy", "same-origin" },
		{ "Cache-Control", "no-store" },
		{ "Cross-Origin-Opener-Policy", "same-origin" },
		{ "Cross-Origin-Resource-Policy", "same-origin" },
	};

	for (size_t i = 0; i < ARRAY_LEN(fixed); i++)
		add_header(m, fixed[i][0], fixed[i][1]);
	add_header(m, "Content-Type", r->type);
	if (!r->policy || *r->policy)
		add_header(m, "Content-Security-Policy",
			   r->policy ? r->policy
				     : "default-src 'none'; frame-ancestors 'none'");
	if (str_present(r->location)) {
		struct buf to = BUF_INIT;

		buf_addstr(&to, s->prefix);
		buf_addstr(&to, r->location);
		add_header(m, "Location", to.p);
		buf_release(&to);
	}
}

static enum MHD_Result send_response(struct server *s, struct MHD_Connection *c,
				     struct server_response *r)
{
	size_t n = r->body.n;
	struct MHD_Response *m;
	enum MHD_Result result;

	if (r->events && s->streams_n == STREAMS)
		refuse(r, MHD_HTTP_SERVICE_UNAVAILABLE, "too many listen");
	if (r->events && r->status == MHD_HTTP_OK)
		m = make_stream(s, c, r);
	else
		m = MHD_create_response_from_buffer(n, n ? buf_detach(&r->body) : NULL,
						    n ? MHD_RESPMEM_MUST_FREE
						      : MHD_RESPMEM_PERSISTENT);
	if (!m)
		die("out of memory");
	add_headers(s, m, r);
	result = MHD_queue_response(c, (unsigned)r->status, m);
	MHD_destroy_response(m);
	buf_release(&r->body);
	return result;
}

/* --- Requests --- */

/* The secret comes off the path; false when it isn't there. */
static bool take_prefix(const struct server *s, struct str *path)
{
	struct str start = str_slice(*path, 0, s->prefix.n);

	if (!same_bytes(start, s->prefix))
		return false;
	*path = str_slice(*path, s->prefix.n, path->n);
	return path->n > 0;
}

static void answer(struct server *s, struct MHD_Connection *c, struct exchange *e,
		   const char *url, bool post, struct server_response *response)
{
	struct server_request request = { .post = post, .path = str_of(url),
					  .arena = &e->arena };

	if (!may_ask(s, c, post))
		refuse(response, MHD_HTTP_FORBIDDEN, "not from there");
	else if (e->cut || !server_path_is_fine(request.path))
		refuse(response, MHD_HTTP_BAD_REQUEST, "no such path can be");
	else if (!take_prefix(s, &request.path))
		refuse(response, MHD_HTTP_NOT_FOUND,
		       "not here: open the address that candor printed");
	else if (e->too_large)
		refuse(response, MHD_HTTP_CONTENT_TOO_LARGE, "too much");
	else if (!take_fields(e, c))
		refuse(response, MHD_HTTP_BAD_REQUEST, "a field isn't UTF-8");
	else {
		request.fields = e->fields;
		request.fields_n = e->fields_n;
		s->options.answer(s->options.ctx, &request, response);
	}
}

static void *begin_exchange(void *ctx, const char *uri, struct MHD_Connection *c)
{
	struct exchange *e = xcalloc(1, sizeof(*e));

	(void)ctx, (void)c;
	buf_init(&e->body);
	e->cut = strstr(uri, "%00") != NULL;
	return e;
}

static enum MHD_Result on_request(void *ctx, struct MHD_Connection *c, const char *url,
				  const char *method, const char *version,
				  const char *data, size_t *n, void **state)
{
	struct server *s = ctx;
	struct exchange *e = *state;
	struct server_response response = {
		.status = MHD_HTTP_OK, .type = "text/html; charset=utf-8",
		.body = BUF_INIT,
	};
	bool post = !strcmp(method, "POST");

	(void)version;
	if (!e->begun) {
		e->begun = true;
		return MHD_YES;
	}
	if (*n) {
		e->too_large |= e->body.n + *n > BODY_MAX;
		if (!e->too_large)
			buf_add(&e->body, data, *n);
		*n = 0;
		return MHD_YES;
	}
	if (strcmp(method, "GET") && strcmp(method, "HEAD") && !(post && s->options.post))
		refuse(&response, MHD_HTTP_METHOD_NOT_ALLOWED, "no such method");
	else
		answer(s, c, e, url, post, &response);
	return send_response(s, c, &response);
}

static void on_end(void *ctx, struct MHD_Connection *c, void **state,
		   enum MHD_RequestTerminationCode why)
{
	struct exchange *e = *state;

	(void)ctx, (void)c, (void)why;
	if (!e)
		return;
	buf_release(&e->body);
	arena_release(&e->arena);
	free(e->fields);
	free(e);
	*state = NULL;
}

/* --- The server --- */

static int add_secret(struct buf *url, struct diags *diags)
{
	unsigned char bytes[SECRET_BYTES];

	if (getrandom(bytes, sizeof(bytes), 0) != sizeof(bytes))
		return diag_errno(diags, DIAG_IO, NO_PLACE, "no random bytes");
	for (size_t i = 0; i < sizeof(bytes); i++)
		buf_addf(url, "%02x", bytes[i]);
	buf_addc(url, '/');
	return 0;
}

static int name_server(struct server *s, struct diags *diags)
{
	const union MHD_DaemonInfo *info =
		MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
	unsigned port = info ? info->port : 0;
	struct buf url = BUF_INIT;
	size_t root;

	snprintf(s->hosts[0], sizeof(s->hosts[0]), "127.0.0.1:%u", port);
	snprintf(s->hosts[1], sizeof(s->hosts[1]), "localhost:%u", port);
	buf_addf(&url, "http://%s", s->hosts[0]);
	root = url.n;
	buf_addc(&url, '/');
	if (s->options.secret && add_secret(&url, diags) < 0) {
		buf_release(&url);
		return -1;
	}
	s->url = buf_detach(&url);
	s->prefix = str_slice(str_of(s->url), root, strlen(s->url) - 1);
	return 0;
}

int server_start(struct server **out, const struct server_options *o, struct diags *diags)
{
	const struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)o->port),
		.sin_addr = { htonl(INADDR_LOOPBACK) },
	};
	struct server *s = xcalloc(1, sizeof(*s));

	*out = NULL;
	s->options = *o;
	buf_init(&s->news);
	errno = 0;
	s->daemon = MHD_start_daemon(
		MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_request, s,
		MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_URI_LOG_CALLBACK, begin_exchange,
		NULL, MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL, MHD_OPTION_CONNECTION_TIMEOUT,
		(unsigned)IDLE_SECONDS, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
		MHD_OPTION_END);
	if (!s->daemon)
		diag_errno(diags, DIAG_IO, NO_PLACE, "cannot serve on 127.0.0.1:%lld",
			   (long long)o->port);
	if (!s->daemon || name_server(s, diags) < 0) {
		server_stop(s);
		return -1;
	}
	*out = s;
	return 0;
}

void server_stop(struct server *s)
{
	if (!s)
		return;
	/* It must not be stopped while somebody sleeps. */
	for (struct stream *t = s->streams; t; t = t->next) {
		t->over = true;
		wake(t);
	}
	if (s->daemon)
		MHD_stop_daemon(s->daemon);
	buf_release(&s->news);
	free(s->url);
	free(s);
}

const char *server_url(const struct server *s)
{
	return s->url;
}

/* Until something is to be done at the daemon or at fd. */
static int wait_for(struct server *s, int ms, int fd)
{
	const union MHD_DaemonInfo *info =
		MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	struct pollfd at[] = { { .fd = info->epoll_fd, .events = POLLIN },
			       { .fd = fd, .events = POLLIN } };
	MHD_UNSIGNED_LONG_LONG most;

	if (MHD_get_timeout(s->daemon, &most) == MHD_YES && most < (unsigned)ms)
		ms = (int)most;
	/* Of those libmicrohttpd 0.9.75 doesn't say that they needn't wait. */
	if (s->woken)
		ms = 0;
	s->woken = false;
	return poll(at, ARRAY_LEN(at), ms);
}

int server_run(struct server *s, int ms, int fd, struct diags *diags)
{
	keep_alive(s);
	if ((wait_for(s, ms, fd) >= 0 || errno == EINTR) && MHD_run(s->daemon) == MHD_YES)
		return 0;
	return diag_errno(diags, DIAG_IO, NO_PLACE, "the server can't go on");
}

void library_microhttpd(struct buf *out)
{
	buf_adds(out, MHD_get_version());
}
