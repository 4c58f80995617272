/* HTTP on loopback.  The only file that knows libmicrohttpd.  What is served is the
 * caller's; who may ask for it is decided here. */
#include "preview/server.h"

#include "base/library.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/socket.h>

#include <microhttpd.h>

enum { BODY_MAX = 64 * 1024, SECRET_BYTES = 16, IDLE_SECONDS = 60, CONNECTIONS = 64 };

struct server {
	struct MHD_Daemon *daemon;
	struct server_options options;
	char *url;          /* owned; see server_url() */
	struct str prefix;  /* of paths: the part of url behind the port, without its
			     * last slash */
	char hosts[2][32];  /* "127.0.0.1:8080", "localhost:8080" */
};

/* One request on its way in. */
struct exchange {
	struct buf body;    /* owned */
	bool too_large;
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

static bool may_ask(const struct server *s, struct MHD_Connection *c, bool post)
{
	const char *origin = header(c, "Origin"), *site = header(c, "Sec-Fetch-Site");

	if (!is_ours(s, header(c, "Host")))
		return false;
	if (origin)
		return origin_is_ours(s, origin);
	return !post || (site && !strcmp(site, "same-origin"));
}

/* Decoded already; a part that begins with a dot is "..", or nobody's business. */
static bool path_is_fine(struct str path)
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

static enum MHD_Result send_response(const struct server *s, struct MHD_Connection *c,
				     struct server_response *r)
{
	static const char *const fixed[][2] = {
		{ "X-Content-Type-Options", "nosniff" },
		{ "X-Frame-Options", "DENY" },
		{ "Referrer-Policy", "same-origin" },
		{ "Cache-Control", "no-store" },
		{ "Cross-Origin-Opener-Policy", "same-origin" },
		{ "Cross-Origin-Resource-Policy", "same-origin" },
	};
	size_t n = r->body.n;
	struct MHD_Response *m =
		MHD_create_response_from_buffer(n, n ? buf_detach(&r->body) : NULL,
						n ? MHD_RESPMEM_MUST_FREE
						  : MHD_RESPMEM_PERSISTENT);
	enum MHD_Result result;

	if (!m)
		die("out of memory");
	for (size_t i = 0; i < ARRAY_LEN(fixed); i++)
		add_header(m, fixed[i][0], fixed[i][1]);
	add_header(m, "Content-Type", r->type);
	add_header(m, "Content-Security-Policy",
		   r->policy ? r->policy : "default-src 'none'; frame-ancestors 'none'");
	if (str_present(r->location)) {
		struct buf to = BUF_INIT;

		buf_addstr(&to, s->prefix);
		buf_addstr(&to, r->location);
		add_header(m, "Location", to.p);
		buf_release(&to);
	}
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
	else if (!path_is_fine(request.path))
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
	if (!e) {
		*state = e = xcalloc(1, sizeof(*e));
		buf_init(&e->body);
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
	errno = 0;
	s->daemon = MHD_start_daemon(
		MHD_USE_EPOLL, 0, NULL, NULL, on_request, s, MHD_OPTION_SOCK_ADDR, &address,
		MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL, MHD_OPTION_CONNECTION_TIMEOUT,
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
	if (s->daemon)
		MHD_stop_daemon(s->daemon);
	free(s->url);
	free(s);
}

const char *server_url(const struct server *s)
{
	return s->url;
}

int server_run(struct server *s, int ms, struct diags *diags)
{
	if (MHD_run_wait(s->daemon, ms) == MHD_YES || errno == EINTR)
		return 0;
	return diag_errno(diags, DIAG_IO, NO_PLACE, "the server can't go on");
}

void library_microhttpd(struct buf *out)
{
	buf_adds(out, MHD_get_version());
}
