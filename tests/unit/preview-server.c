/*
 * Who may ask the server, and for what: each request that another site could make a
 * browser send, or that leaves the folder, is refused; what the one at the machine asks
 * for is answered, with the headers that keep it there.
 */
#include "check.h"

#include "preview/server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

static struct server *server;
static struct diags diags;
static int port;
static char secret[64]; /* "/0123.../" */
static int bell[2]; /* a pipe: what is read from it is told, '.' is the end */
static pthread_t thread;

enum { FOR_LONG_MS = 600000, SOON_MS = 10000 };

/* "POST /path a=b" */
static void answer(void *ctx, const struct server_request *r, struct server_response *out)
{
	assert_ptr_equal(ctx, &diags);
	if (str_is(r->path, "/away")) {
		out->status = 303;
		out->location = STR("/there");
		return;
	}
	if (str_is(r->path, "/listen")) {
		out->events = true;
		return;
	}
	if (str_is(r->path, "/tell"))
		server_tell(server, server_field(r, "line"));
	if (str_is(r->path, "/own"))
		out->policy = "";
	buf_addf(&out->body, "%s %.*s", r->post ? "POST" : "GET", STR_ARG(r->path));
	for (size_t i = 0; i < r->fields_n; i++)
		buf_addf(&out->body, " %.*s=%.*s", STR_ARG(r->fields[i].name),
			 STR_ARG(r->fields[i].value));
}

static void *serve(void *arg)
{
	struct pollfd at = { .fd = bell[0], .events = POLLIN };
	char c = ' ';

	while (c != '.') {
		if (server_run(server, FOR_LONG_MS, bell[0], &diags) < 0)
			return arg;
		if (poll(&at, 1, 0) == 1 && read(bell[0], &c, 1) == 1)
			server_tell(server, str_make(&c, 1));
	}
	return NULL;
}

static int talk(const char *request)
{
	const struct sockaddr_in to = { .sin_family = AF_INET,
					.sin_port = htons((uint16_t)port),
					.sin_addr = { htonl(INADDR_LOOPBACK) } };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (const struct sockaddr *)&to, sizeof(to)), 0);
	assert_int_equal(write(fd, request, strlen(request)), strlen(request));
	return fd;
}

/* What the server sends back to these bytes. */
static void ask(const char *request, struct buf *out)
{
	int fd = talk(request);
	ssize_t n;

	buf_reset(out);
	while ((n = read(fd, buf_room(out, 65536), 65536)) > 0)
		out->n += (size_t)n;
	out->p[out->n] = '\0';
	close(fd);
}

/* $P: port, $S: the secret path. */
static void expand(const char *from, struct buf *out)
{
	for (; *from; from++) {
		if (from[0] == '$' && from[1] == 'P')
			buf_addf(out, "%d", port), from++;
		else if (from[0] == '$' && from[1] == 'S')
			buf_adds(out, secret), from++;
		else
			buf_addc(out, *from);
	}
}

static const struct {
	const char *line, *headers, *body;
	int status;
	const char *says;
} cases[] = {
	{ "GET $Sa", "Host: 127.0.0.1:$P", "", 200, "GET /a" },
	{ "GET $S", "Host: localhost:$P", "", 200, "GET /" },
	{ "GET $Sa?x=1&y=%C3%A9+z", "Host: localhost:$P", "", 200, "GET /a x=1 y=\xc3\xa9 z" },
	{ "HEAD $Sa", "Host: 127.0.0.1:$P", "", 200, "" },
	{ "POST $Sb", "Host: 127.0.0.1:$P\r\nOrigin: http://127.0.0.1:$P", "k=v%26w&e=&f", 200,
	  "POST /b k=v&w e= f=" },
	{ "POST $Sb", "Host: 127.0.0.1:$P\r\nSec-Fetch-Site: same-origin", "k=v", 200,
	  "POST /b k=v" },
	{ "GET $Saway", "Host: 127.0.0.1:$P", "", 303, "$Sthere" },
	/* Other names of this address, other ports. */
	{ "GET $Sa", "Host: evil.example:$P", "", 403, "not from there" },
	{ "GET $Sa", "Host: 127.0.0.1", "", 403, "" },
	{ "GET $Sa", "Host: 127.0.0.1:1", "", 403, "" },
	{ "GET $Sa", "Host: 127.0.0.1:$P.evil.example", "", 403, "" },
	/* Other origins. */
	{ "GET $Sa", "Host: 127.0.0.1:$P\r\nOrigin: https://evil.example", "", 403, "" },
	{ "GET $Sa", "Host: 127.0.0.1:$P\r\nOrigin: null", "", 403, "" },
	{ "POST $Sb", "Host: 127.0.0.1:$P", "k=v", 403, "" },
	{ "POST $Sb", "Host: 127.0.0.1:$P\r\nSec-Fetch-Site: cross-site", "k=v", 403, "" },
	{ "POST $Sb", "Host: 127.0.0.1:$P\r\nOrigin: https://127.0.0.1:$P", "k=v", 403, "" },
	/* What pages of others load, and their links. */
	{ "GET $Sa", "Host: 127.0.0.1:$P\r\nSec-Fetch-Site: cross-site\r\n"
		    "Sec-Fetch-Mode: no-cors", "", 403, "" },
	{ "GET $Sa", "Host: 127.0.0.1:$P\r\nSec-Fetch-Site: same-site\r\n"
		    "Sec-Fetch-Mode: no-cors", "", 403, "" },
	{ "GET $Sa", "Host: 127.0.0.1:$P\r\nSec-Fetch-Site: cross-site\r\n"
		    "Sec-Fetch-Mode: navigate", "", 200, "" },
	{ "GET $Sa", "Host: 127.0.0.1:$P\r\nSec-Fetch-Site: none\r\n"
		    "Sec-Fetch-Mode: navigate", "", 200, "" },
	/* Without the secret, with a part of it, with another one. */
	{ "GET /a", "Host: 127.0.0.1:$P", "", 404, "the address that candor printed" },
	{ "GET /", "Host: 127.0.0.1:$P", "", 404, "" },
	{ "GET /0123456789abcdef0123456789abcdef/a", "Host: 127.0.0.1:$P", "", 404, "" },
	/* Ways out. */
	{ "GET $S..%2f..%2fetc/passwd", "Host: 127.0.0.1:$P", "", 400, "no such path" },
	{ "GET $S%2e%2e/x", "Host: 127.0.0.1:$P", "", 400, "" },
	{ "GET $Sa//b", "Host: 127.0.0.1:$P", "", 400, "" },
	{ "GET $Sa%5c..%5cb", "Host: 127.0.0.1:$P", "", 400, "" },
	{ "GET $S.git/config", "Host: 127.0.0.1:$P", "", 400, "" },
	{ "GET $S%252e%252e/x", "Host: 127.0.0.1:$P", "", 200, "GET /%2e%2e/x" },
	{ "GET $Sa%00b", "Host: 127.0.0.1:$P", "", 400, "" },
	{ "GET $Sa/../../b", "Host: 127.0.0.1:$P", "", 400, "" },
	{ "GET $Sa%2f..%2fb", "Host: 127.0.0.1:$P", "", 400, "" },
	{ "GET $S%ff", "Host: 127.0.0.1:$P", "", 400, "" },
	{ "GET $Sa?x=%ff", "Host: 127.0.0.1:$P", "", 400, "isn't UTF-8" },
	{ "POST $Sb", "Host: 127.0.0.1:$P\r\nOrigin: http://127.0.0.1:$P", "k=%00", 400, "" },
	/* Other methods. */
	{ "PUT $Sa", "Host: 127.0.0.1:$P", "", 405, "no such method" },
	{ "DELETE $Sa", "Host: 127.0.0.1:$P", "", 405, "" },
	{ "OPTIONS $Sa", "Host: 127.0.0.1:$P\r\nOrigin: https://evil.example", "", 405, "" },
};

static void answers(void **state)
{
	struct buf got = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct buf request = BUF_INIT, says = BUF_INIT;
		char status[32];

		expand(cases[i].line, &request);
		buf_adds(&request, " HTTP/1.1\r\n");
		expand(cases[i].headers, &request);
		buf_addf(&request, "\r\nContent-Type: application/x-www-form-urlencoded\r\n"
				   "Content-Length: %zu\r\nConnection: close\r\n\r\n%s",
			 strlen(cases[i].body), cases[i].body);
		ask(request.p, &got);
		expand(cases[i].says, &says);
		snprintf(status, sizeof(status), "HTTP/1.1 %d ", cases[i].status);
		if (strncmp(got.p, status, strlen(status)) || !strstr(got.p, says.p))
			fail_msg("%s\ngave\n%s", request.p, got.p);
		assert_non_null(strstr(got.p, "X-Content-Type-Options: nosniff\r\n"));
		assert_non_null(strstr(got.p, "Cache-Control: no-store\r\n"));
		assert_non_null(strstr(got.p, "Content-Security-Policy: default-src 'none'"));
		if (cases[i].status != 200)
			assert_null(strstr(got.p, "GET /"));
		buf_release(&request);
		buf_release(&says);
	}
	buf_release(&got);
}

static void refuses_large_bodies(void **state)
{
	struct buf request = BUF_INIT, got = BUF_INIT;

	(void)state;
	expand("POST $Sb HTTP/1.1\r\nHost: 127.0.0.1:$P\r\nOrigin: http://127.0.0.1:$P\r\n"
	       "Content-Length: 100000\r\nConnection: close\r\n\r\n", &request);
	for (int i = 0; i < 100000; i++)
		buf_addc(&request, 'x');
	ask(request.p, &got);
	assert_non_null(strstr(got.p, "HTTP/1.1 413 "));
	buf_release(&request);
	buf_release(&got);
}

/* Sixteen thousand fields are no matter of seconds. */
static void takes_many_fields(void **state)
{
	struct buf request = BUF_INIT, got = BUF_INIT;

	(void)state;
	expand("POST $Sb HTTP/1.1\r\nHost: 127.0.0.1:$P\r\nOrigin: http://127.0.0.1:$P\r\n"
	       "Content-Length: 64000\r\nConnection: close\r\n\r\n", &request);
	for (int i = 0; i < 32000; i++)
		buf_adds(&request, "a&");
	ask(request.p, &got);
	assert_non_null(strstr(got.p, "HTTP/1.1 200 "));
	buf_release(&request);
	buf_release(&got);
}

/* What isn't HTTP is answered before anybody looks, or not at all; nothing stays. */
static void refuses_what_is_no_request(void **state)
{
	static const char *const texts[] = {
		"GET $Sa HTTP/1.1\r\nConnection: close\r\n\r\n",
		"GET $Sa HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n",
		"GET $Sa HTTP/1.1\r\nHost 127\r\nConnection: close\r\n\r\n",
		"GET $Sa HTTP/9.9\r\nConnection: close\r\n\r\n",
		"\r\n\r\n\r\nGET\r\n\r\n",
	};
	struct buf got = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct buf request = BUF_INIT;
		int fd;

		expand(texts[i], &request);
		fd = talk(request.p);
		shutdown(fd, SHUT_WR);
		buf_reset(&got);
		while (read(fd, buf_room(&got, 4096), 4096) > 0)
			;
		close(fd);
		buf_release(&request);
	}
	buf_release(&got);
}

/* --- Streams of events --- */

static int listen_for_news(const char *method)
{
	struct buf request = BUF_INIT;
	int fd;

	buf_adds(&request, method);
	expand(" $Slisten HTTP/1.1\r\nHost: 127.0.0.1:$P\r\n\r\n", &request);
	fd = talk(request.p);
	buf_release(&request);
	return fd;
}

static void tell(const char *line)
{
	struct buf request = BUF_INIT, got = BUF_INIT;

	expand("GET $Stell?line=", &request);
	buf_adds(&request, line);
	expand(" HTTP/1.1\r\nHost: 127.0.0.1:$P\r\nConnection: close\r\n\r\n", &request);
	ask(request.p, &got);
	buf_release(&request);
	buf_release(&got);
}

/* Reads until it was said; what came is in got. */
static void hear(int fd, const char *want, struct buf *got)
{
	while (!strstr(got->p, want)) {
		ssize_t n = read(fd, buf_room(got, 4096), 4096);

		if (n <= 0)
			fail_msg("no '%s' after\n%s", want, got->p);
		got->n += (size_t)n;
		got->p[got->n] = '\0';
	}
}

/* Not only when somebody asks for something. */
static void tells_at_once(void **state)
{
	struct buf got = BUF_INIT;
	struct pollfd at = { .fd = listen_for_news("GET"), .events = POLLIN };

	(void)state;
	hear(at.fd, "retry: 500", &got);
	for (int i = 0; i < 3; i++) {
		/* All that was said before is read, and its stream asleep. */
		while (poll(&at, 1, 100) == 1)
			got.n = (size_t)read(at.fd, got.p, got.cap);
		assert_int_equal(write(bell[1], "!", 1), 1);
		assert_int_equal(poll(&at, 1, SOON_MS), 1);
	}
	close(at.fd);
	buf_release(&got);
}

static void tells_all_who_listen(void **state)
{
	struct buf first = BUF_INIT, second = BUF_INIT;
	int one = listen_for_news("GET"), other;

	(void)state;
	hear(one, "retry: 500", &first);
	assert_non_null(strstr(first.p, "Content-Type: text/event-stream\r\n"));
	tell("a");
	hear(one, "data: a\n\n", &first);
	other = listen_for_news("GET");
	hear(other, "data: a\n\n", &second);
	tell("b");
	hear(one, "data: b\n\n", &first);
	hear(other, "data: b\n\n", &second);
	close(one);
	for (int i = 0; i < 3; i++)
		tell("c");
	tell("d");
	hear(other, "data: d\n\n", &second);
	close(other);
	buf_release(&first);
	buf_release(&second);
}

/* Half of the connections stay free, and a place gets free again. */
static void few_may_listen(void **state)
{
	struct buf got = BUF_INIT;
	int fds[32], n = sizeof(fds) / sizeof(*fds), fd;

	(void)state;
	tell("x");
	tell("y");
	for (int i = 0; i < n; i++) {
		fds[i] = listen_for_news("GET");
		buf_reset(&got);
		hear(fds[i], "retry:", &got);
	}
	fd = listen_for_news("GET");
	buf_reset(&got);
	hear(fd, "HTTP/1.1 503 ", &got);
	close(fd);
	close(fds[0]);
	for (int i = 0; strstr(got.p, " 503 "); i++) {
		assert_true(i < 1000);
		tell("z");
		fd = listen_for_news("GET");
		buf_reset(&got);
		hear(fd, "\r\n\r\n", &got);
		close(fd);
	}
	for (int i = 1; i < n; i++)
		close(fds[i]);
	buf_release(&got);
}

/* Nobody stays behind a question for the headers alone. */
static void head_of_a_stream(void **state)
{
	struct buf got = BUF_INIT;

	(void)state;
	/* Those of the last test are gone. */
	tell("x");
	tell("y");
	for (int i = 0; i < 40; i++) {
		int fd = listen_for_news("HEAD");

		buf_reset(&got);
		hear(fd, "HTTP/1.1 200 ", &got);
		hear(fd, "\r\n\r\n", &got);
		close(fd);
	}
	buf_release(&got);
}

static void brings_its_own_policy(void **state)
{
	struct buf request = BUF_INIT, got = BUF_INIT;

	(void)state;
	expand("GET $Sown HTTP/1.1\r\nHost: 127.0.0.1:$P\r\nConnection: close\r\n\r\n",
	       &request);
	ask(request.p, &got);
	assert_non_null(strstr(got.p, "HTTP/1.1 200 "));
	assert_null(strstr(got.p, "Content-Security-Policy"));
	assert_non_null(strstr(got.p, "X-Frame-Options: DENY"));
	buf_release(&request);
	buf_release(&got);
}

static void port_is_taken(void **state)
{
	const struct server_options again = { .port = port, .answer = answer };
	struct diags said = DIAGS_INIT;
	struct server *second;
	char want[128];

	(void)state;
	assert_int_equal(server_start(&second, &again, &said), -1);
	assert_null(second);
	snprintf(want, sizeof(want), "error: cannot serve on 127.0.0.1:%d: Address already in "
				     "use [io]\n", port);
	assert_diags(&said, want);
}

static int begin(void **state)
{
	const struct server_options o = { .post = true, .secret = true, .answer = answer,
					  .ctx = &diags };
	int n = 0;

	(void)state;
	if (pipe(bell) < 0)
		return -1;
	if (server_start(&server, &o, &diags) < 0 ||
	    sscanf(server_url(server), "http://127.0.0.1:%d%n", &port, &n) != 1)
		return -1;
	snprintf(secret, sizeof(secret), "%s", server_url(server) + n);
	if (strlen(secret) != 34)
		return -1;
	return pthread_create(&thread, NULL, serve, &port);
}

static int end(void **state)
{
	void *failed;

	(void)state;
	assert_int_equal(write(bell[1], ".", 1), 1);
	pthread_join(thread, &failed);
	server_stop(server);
	assert_null(failed);
	assert_diags(&diags, "");
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers),
		cmocka_unit_test(refuses_large_bodies),
		cmocka_unit_test(takes_many_fields),
		cmocka_unit_test(refuses_what_is_no_request),
		cmocka_unit_test(tells_at_once),
		cmocka_unit_test(tells_all_who_listen),
		cmocka_unit_test(few_may_listen),
		cmocka_unit_test(head_of_a_stream),
		cmocka_unit_test(brings_its_own_policy),
		cmocka_unit_test(port_is_taken),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
