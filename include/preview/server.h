#ifndef PREVIEW_SERVER_H
#define PREVIEW_SERVER_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * An HTTP server for whoever sits at this machine: on 127.0.0.1 alone, in the caller's
 * thread of execution.  What other sites could make a browser send here is refused
 * before the caller sees it:
 *
 *   - Host must be 127.0.0.1 or localhost with the server's port (DNS rebinding);
 *   - Origin, where there is one, must be that, too; a POST must have one, or say
 *     Sec-Fetch-Site: same-origin; what other pages load, as an image or a script, is
 *     refused: only their links lead here;
 *   - with a secret, all paths lie below one that nobody can guess, which stands in
 *     server_url(): what is served is for the one who read that, not for every user of
 *     the machine;
 *   - GET and HEAD, POST where it is asked for; a body of at most 64 kB; paths that are
 *     UTF-8 without NUL, backslash, empty parts and parts that begin with a dot.
 *
 * Every answer says nosniff, no-store, no-referrer, same-origin and that it must not
 * be framed.
 */
struct server;

struct server_request {
	bool post;
	struct str path;   /* below the secret; begins with '/'; decoded */
	const struct server_field {
		struct str name, value; /* decoded; UTF-8 without NUL */
	} *fields; /* of the query, then of the form */
	size_t fields_n;
	struct arena *arena; /* of the request: all of the above lives as long */
};

struct server_response {
	int status;            /* 200 */
	const char *type;      /* static: "text/html; charset=utf-8" */
	const char *policy;    /* static: the content security policy; NULL: nothing may load;
				* empty: none, the page brings its own */
	bool events;           /* a stream of what server_tell() says, instead of a body */
	struct str location;   /* of a redirection, below the secret; borrowed from the
				* request's arena; else absent */
	struct buf body;       /* owned; the server takes it */
};

struct server_options {
	int64_t port; /* 0: a free one */
	bool post, secret;
	/* Answers one request; response is set for an empty page that was found. */
	void (*answer)(void *ctx, const struct server_request *request,
		       struct server_response *response);
	void *ctx;
};

/* 0, or -1 with a diagnostic (the port is taken) and *out NULL. */
int server_start(struct server **out, const struct server_options *o, struct diags *diags);
void server_stop(struct server *s); /* NULL is fine */
/* "http://127.0.0.1:PORT/", with the secret and a slash behind it. */
const char *server_url(const struct server *s);
/* Answers what comes within so many milliseconds, or until fd, another's and -1 where
 * there is none, has something to read.  -1 with a diagnostic. */
int server_run(struct server *s, int ms, int fd, struct diags *diags);
/* A server-sent event (HTML Standard, 9.2) of one line for all who listen now; and the
 * first thing that those hear who come later. */
void server_tell(struct server *s, struct str line);

/* Whether a path is one that can be asked for: a part that begins with a dot is "..", or
 * nobody's business. */
bool server_path_is_fine(struct str path);
/* The field's value, absent when there is none; of several the first. */
struct str server_field(const struct server_request *r, const char *name);

#endif
