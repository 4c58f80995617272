/* Lists of addresses with the status that somebody found them at. */
#include "import/crawl.h"

#include "base/json.h"
#include "base/mem.h"
#include "base/progress.h"
#include "import/csvread.h"
#include "import/jsonstream.h"
#include "import/lines.h"

#include <stdlib.h>

bool crawl_is_gone(int status)
{
	return status == 404 || status == 410 || status == 451;
}

bool crawl_is_there(int status)
{
	return status >= 200 && status <= 299;
}

/* --- Addresses in one form --- */

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static int hex(char c)
{
	char small = (char)(c | 32);

	if (digit(c))
		return c - '0';
	return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

/* RFC 3986, section 2.3 */
static bool unreserved(int c)
{
	return c && (digit((char)c) || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
		     strchr("-._~", c));
}

/* Takes the byte, or what is percent-encoded, off *s (section 6.2.2). */
static void add_byte(struct buf *out, struct str *s)
{
	int high = s->n > 2 && s->p[0] == '%' ? hex(s->p[1]) : -1;
	int low = high < 0 ? -1 : hex(s->p[2]);
	int byte = high * 16 + low;

	if (low < 0)
		buf_addc(out, s->p[0]);
	else if (unreserved(byte))
		buf_addc(out, (char)byte);
	else
		buf_addf(out, "%%%02X", (unsigned)byte);
	*s = str_slice(*s, low < 0 ? 1 : 3, s->n);
}

/* The scheme's end; 0 for one that isn't the web's. */
static size_t web_scheme(struct str url)
{
	if (str_ieq(str_slice(url, 0, 7), STR("http://")))
		return 7;
	return str_ieq(str_slice(url, 0, 8), STR("https://")) ? 8 : 0;
}

static void add_host(struct buf *out, struct str host)
{
	if (str_ends(host, STR(":80")))
		host.n -= 3;
	else if (str_ends(host, STR(":443")))
		host.n -= 4;
	for (size_t i = 0; i < host.n; i++)
		buf_addc(out, host.p[i] >= 'A' && host.p[i] <= 'Z' ? (char)(host.p[i] | 32)
								    : host.p[i]);
}

static void one_form(struct buf *out, struct str url, bool fragment)
{
	static const bool path_ends[256] = { ['?'] = true, ['#'] = true };
	static const bool host_ends[256] = { ['/'] = true, ['?'] = true, ['#'] = true };
	struct str rest, path;
	size_t n;

	buf_reset(out);
	url = str_trim(url);
	if (!fragment || str_ends(url, STR("#")))
		url.n = str_index(url, '#');
	rest = str_slice(url, web_scheme(url), url.n);
	if (rest.n < url.n) {
		n = str_until(rest, host_ends);
		add_host(out, str_slice(rest, 0, n));
		rest = str_slice(rest, n, rest.n);
	}
	n = str_until(rest, path_ends);
	path = str_slice(rest, 0, n);
	rest = str_slice(rest, n, rest.n);
	while (path.n && path.p[path.n - 1] == '/')
		path.n--;
	while (path.n)
		add_byte(out, &path);
	while (rest.n)
		add_byte(out, &rest);
}

int crawl_status(struct crawl *c, struct str url)
{
	struct buf form = BUF_INIT;
	uint64_t found = 0;

	for (int fragment = 1; !found && fragment >= 0; fragment--) {
		one_form(&form, url, fragment);
		found = seen_get(&c->addresses, buf_str(&form), STR(""));
	}
	buf_release(&form);
	if (!found)
		return -1;
	c->asked += !c->items[found - 1].asked;
	c->items[found - 1].asked = true;
	return c->items[found - 1].status;
}

/* --- What a line says --- */

/* Without blanks, signs and case, the likeliest first. */
static const char *const url_names[] = { "url", "address", "uri", "link", "urlname" };
static const char *const status_names[] = {
	"statuscode", "httpstatuscode", "httpstatus", "httpcode", "responsecode", "status",
	"code", "result",
};

static bool is_named(struct str name, const char *plain)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (c >= 'A' && c <= 'Z')
			c |= 32;
		if (!digit(c) && !(c >= 'a' && c <= 'z'))
			continue;
		if (c != *plain++)
			return false;
	}
	return !*plain;
}

/* The first number in it. */
static int status_of(struct str text)
{
	size_t from = 0, n = 0;
	int status = 0;

	while (from < text.n && !digit(text.p[from]))
		from++;
	for (; from + n < text.n && digit(text.p[from + n]) && n < 4; n++)
		status = status * 10 + (text.p[from + n] - '0');
	return n == 3 ? status : CRAWL_NO_ANSWER;
}

static int add(struct crawl *c, struct str url, int status, struct place where,
	       struct diags *diags)
{
	struct buf form = BUF_INIT;
	uint64_t known;

	one_form(&form, url, true);
	if (!form.n) {
		buf_release(&form);
		return diag_add(diags, DIAG_MISSING_KEY, where, "there is no address");
	}
	known = seen_add(&c->addresses, buf_str(&form), STR(""), c->n + 1);
	buf_release(&form);
	if (known) {
		c->items[known - 1].status = status;
		return 0;
	}
	GROW(c->items, c->n, c->cap);
	c->items[c->n++] = (struct crawled){ .status = status };
	progress_add(1);
	return 0;
}

/* --- Lines --- */

static bool parts(char c)
{
	return c == ' ' || c == '\t' || c == ',' || c == ';';
}

static int take_plain(struct crawl *c, struct str line, struct place where,
		      struct diags *diags)
{
	struct str url = str_trim(line), status;
	size_t n = 0;

	if (!url.n || url.p[0] == '#')
		return 0;
	while (n < url.n && digit(url.p[n]))
		n++;
	if (n && n < url.n && parts(url.p[n])) {
		status = str_slice(url, 0, n);
		url = str_slice(url, n, url.n);
	} else {
		for (n = url.n; n && digit(url.p[n - 1]); n--)
			;
		status = str_slice(url, n, url.n);
		url = str_slice(url, 0, n && parts(url.p[n - 1]) ? n : 0);
	}
	while (url.n && parts(url.p[0]))
		url = str_slice(url, 1, url.n);
	while (url.n && parts(url.p[url.n - 1]))
		url.n--;
	if (status.n && str_find(url, STR("://")) < url.n)
		return add(c, url, status_of(status), where, diags);
	diag_add(diags, DIAG_SYNTAX, where, "this is no address with a status");
	diag_hint(diags, "a line is '404 https://forum.example/t/1', or the same the other "
			 "way round");
	return -1;
}

static const struct json *member(const struct json *object, const char *const *names,
				 size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < object->u.object.n; k++)
			if (is_named(object->u.object.members[k].key, names[i]))
				return &object->u.object.members[k].value;
	return NULL;
}

static int take_object(struct crawl *c, const struct json *object, struct place where,
		       struct diags *diags)
{
	const struct json *url = NULL, *status = NULL;

	if (object->kind == JSON_OBJECT) {
		url = member(object, url_names, ARRAY_LEN(url_names));
		status = member(object, status_names, ARRAY_LEN(status_names));
	}
	if (!url || url->kind != JSON_STR || !status)
		return diag_add(diags, DIAG_MISSING_KEY, where,
				"this is no object with 'url' and 'status'");
	if (status->kind == JSON_STR)
		return add(c, url->u.str, status_of(status->u.str), where, diags);
	if (status->kind == JSON_INT && status->u.integer >= 100 && status->u.integer <= 999)
		return add(c, url->u.str, (int)status->u.integer, where, diags);
	return add(c, url->u.str, CRAWL_NO_ANSWER, where, diags);
}

/* Objects one after the other, or in a list. */
static int read_json(struct crawl *c, const char *path, struct diags *diags)
{
	static const char *const none[] = { NULL };
	struct arena arena = ARENA_INIT;
	struct jsonstream s;
	struct jsonitem item;
	int status = 0, got;

	if (jsonstream_open(&s, path, none, diags) < 0)
		return -1;
	while ((got = jsonstream_next(&s, &item, diags)) == 1) {
		const struct json *v = json_parse(&arena, item.text, item.where, diags);

		if (!v || take_object(c, v, item.where, diags) < 0)
			status = -1;
		arena_reset(&arena);
	}
	jsonstream_release(&s);
	arena_release(&arena);
	return got < 0 ? -1 : status;
}

static int read_lines(struct crawl *c, const char *path, struct diags *diags)
{
	struct str line;
	struct lines l;
	int status = 0, got;

	if (lines_open(&l, path, diags) < 0)
		return -1;
	while ((got = lines_next(&l, &line, diags)) == 1) {
		struct place where = place_line(instream_name(path), l.number, 0);

		if (!str_present(line))
			status = diag_add(diags, DIAG_TOO_LARGE, where,
					  "a line of more than %d MB", LINE_MAX_MB);
		else if (take_plain(c, line, where, diags) < 0)
			status = -1;
	}
	lines_release(&l);
	return got < 0 ? -1 : status;
}

/* --- Tables --- */

static long find_column(const struct csvread *r, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < r->names_n; k++)
			if (is_named(r->names[k], names[i]))
				return (long)k;
	return -1;
}

static int read_rows(struct crawl *c, struct csvread *r, struct diags *diags)
{
	long url = find_column(r, url_names, ARRAY_LEN(url_names));
	long code = find_column(r, status_names, ARRAY_LEN(status_names));
	struct csvrow row;
	int status = 0, got;

	if (url < 0 || code < 0) {
		diag_add(diags, DIAG_MISSING_KEY,
			 place_line(instream_name(r->in.path), 1, 0),
			 "no column is called '%s'", url < 0 ? "url" : "status");
		diag_hint(diags, "the first line names the columns, unless it is '404 "
				 "https://forum.example/t/1'");
		return -1;
	}
	while ((got = csvread_next(r, &row, diags)) == 1)
		if (!row.n || add(c, row.fields[url], status_of(row.fields[code]), row.where,
				  diags) < 0)
			status = -1;
	return got < 0 ? -1 : status;
}

static int read_table(struct crawl *c, const char *path, struct diags *diags)
{
	struct csvread r;
	int status;

	if (csvread_open(&r, path, '\0', diags) < 0)
		return -1;
	status = read_rows(c, &r, diags);
	csvread_release(&r);
	return status;
}

/* --- All of it --- */

/* An object, or a list of such. */
static bool is_json(struct str begin)
{
	if (str_starts(begin, STR("[")))
		begin = str_trim(str_slice(begin, 1, begin.n));
	return str_starts(begin, STR("{"));
}

int crawl_read(struct crawl *c, const char *path, struct diags *diags)
{
	struct buf head = BUF_INIT;
	struct str begin, line;
	int status;

	*c = (struct crawl){ .addresses = SEEN_INIT };
	if (instream_head(path, &head, diags) < 0) {
		buf_release(&head);
		return -1;
	}
	begin = buf_str(&head);
	if (str_starts(begin, STR("\xef\xbb\xbf")))
		begin = str_slice(begin, 3, begin.n);
	begin = str_trim(begin);
	line = str_slice(begin, 0, str_index(begin, '\n'));
	if (is_json(begin))
		status = read_json(c, path, diags);
	else if (!line.n || line.p[0] == '#' || str_find(line, STR("://")) < line.n)
		status = read_lines(c, path, diags);
	else
		status = read_table(c, path, diags);
	buf_release(&head);
	return status;
}

void crawl_release(struct crawl *c)
{
	seen_release(&c->addresses);
	free(c->items);
}
