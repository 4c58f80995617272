#ifndef IMPORT_CRAWL_H
#define IMPORT_CRAWL_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/seen.h"

#include <stdbool.h>

/*
 * What a crawler, a link checker or a loop around curl found: addresses, and with
 * which HTTP status each answered.  Three forms, told apart by how the file begins:
 *
 * - JSON: objects one after the other (JSON Lines), or in a list;
 * - a table with a row of names (import/csvread.h);
 * - else lines "404 https://a.example/" or "https://a.example/ 404", where a comma, a
 *   semicolon or a tab may stand for the blank, and what begins with '#' is passed over.
 *
 * Members and columns are known by the names that the usual tools give them.  Of the
 * status the first number counts ("404 Not Found", "404.0"); what has none of three
 * digits didn't answer.
 */
enum { CRAWL_NO_ANSWER = 0 };

struct crawl {
	struct seen addresses; /* in one form; the number is one more than an index in */
	struct crawled {
		int status;
		bool asked;
	} *items; /* owned */
	size_t n, cap;
	size_t asked; /* how many of them crawl_status() was asked for */
};

/* Of an address that is there twice the last line counts.  -1 with a diagnostic for
 * every line that says nothing; release in any case. */
int crawl_read(struct crawl *c, const char *path, struct diags *diags);
void crawl_release(struct crawl *c);
/*
 * The status of the address, or -1 when the list hasn't got it.  It is looked up as it
 * is, then without its fragment, which no server sees.  http and https, the case of the
 * host and of percent-encoding, the usual ports and slashes at the end of the path make
 * no difference.
 */
int crawl_status(struct crawl *c, struct str url);

/* Whether a server that answers so says that there is nothing: 404, 410, 451. */
bool crawl_is_gone(int status);
/* Whether it says that it is there: 200 to 299. */
bool crawl_is_there(int status);

#endif
