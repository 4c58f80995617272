/* Table dumps in XML, by libxml2's SAX interface: no tree is built, and a
 * DOCTYPE is met before anything in it is read.  The only file that knows
 * libxml2's XML parser.  What columns mean is the importer's. */
#include "import/xmlstream.h"

#include "base/instream.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>

#include <libxml/parser.h>

enum { BLOCK = 128 * 1024 };

struct xmlstream {
	const char *path;
	const char *root;
	int (*fn)(void *ctx, const struct xmlrow *row);
	void *ctx;
	struct diags *diags;

	xmlParserCtxtPtr parser;
	struct xmlattr *attrs; /* owned; the row's */
	size_t attrs_cap;
	struct buf values; /* those of the row that held an ampersand */
	int depth;
	bool failed; /* a diagnostic is there: the first one counts */

	struct instream in;
	bool started, ended;
	size_t at, ready, n; /* of block: given out, checked, read */
	unsigned long line;  /* of block[0] */
	char block[BLOCK];
};

static struct place here(const struct xmlstream *s)
{
	const struct _xmlParserInput *input = s->parser->input;

	return place_line(s->path, input ? (unsigned long)input->line : 0, 0);
}

static void stop(struct xmlstream *s)
{
	s->failed = true;
	xmlStopParser(s->parser);
}

/* --- The bytes.  They are checked here: libxml2 lets some overlong forms
 * pass, and can't say which byte it didn't like. --- */

static unsigned long line_feeds(struct str text)
{
	unsigned long n = 0;
	size_t at;

	while ((at = str_index(text, '\n')) < text.n) {
		text = str_slice(text, at + 1, text.n);
		n++;
	}
	return n;
}

static int bad_byte(struct xmlstream *s, size_t at)
{
	unsigned long line = s->line + line_feeds(str_make(s->block, at));

	s->failed = true;
	return diag_add(s->diags, DIAG_BAD_UTF8, place_line(s->path, line, 0),
			"byte 0x%02X is not UTF-8", (unsigned char)s->block[at]);
}

/* Reads until there are a few bytes or the file ends. */
static int fill(struct xmlstream *s)
{
	while (!s->ended && s->n < 4) {
		ssize_t n = instream_read(&s->in, s->block + s->n, BLOCK - s->n,
					  s->diags);

		if (n < 0) {
			s->failed = true;
			return -1;
		}
		s->ended = n == 0;
		s->n += (size_t)n;
	}
	return 0;
}

/* The next block: what of the last was cut within a character comes first. */
static int next_block(struct xmlstream *s)
{
	s->line += line_feeds(str_make(s->block, s->ready));
	memmove(s->block, s->block + s->ready, s->n - s->ready);
	s->n -= s->ready;
	s->at = s->ready = 0;
	if (fill(s) < 0)
		return -1;
	s->ready = utf8_check(str_make(s->block, s->n));
	if (s->ready < s->n && (s->ended || s->n - s->ready > 3))
		return bad_byte(s, s->ready);
	if (!s->started && str_starts(str_make(s->block, s->n), STR("\xef\xbb\xbf")))
		s->at = 3;
	s->started = true;
	return 0;
}

static int give_bytes(void *ctx, char *to, int room)
{
	struct xmlstream *s = ctx;
	size_t n;

	if (s->at == s->ready && next_block(s) < 0)
		return -1;
	n = s->ready - s->at < (size_t)room ? s->ready - s->at : (size_t)room;
	memcpy(to, s->block + s->at, n);
	s->at += n;
	return (int)n;
}

/* --- The events --- */

/* Without NOENT libxml2 leaves every ampersand of a value as "&#38;". */
static struct str unescape(struct buf *out, struct str value)
{
	static const struct str amp = { "&#38;", 5 };
	size_t from = out->n;

	if (str_index(value, '&') == value.n)
		return value;
	for (;;) {
		size_t at = str_find(value, amp);

		buf_addstr(out, str_slice(value, 0, at));
		if (at == value.n)
			return str_make(out->p + from, out->n - from);
		buf_addc(out, '&');
		value = str_slice(value, at + amp.n, value.n);
	}
}

/* attributes: local name, prefix, URI, value, end of value; n times. */
static void give_row(struct xmlstream *s, const xmlChar **attributes, size_t n)
{
	const xmlChar **end = n ? attributes + 5 * n : attributes;
	struct xmlrow row = { .where = here(s) };
	size_t bytes = 0;

	while (s->attrs_cap < n)
		GROW(s->attrs, s->attrs_cap, s->attrs_cap);
	for (const xmlChar **a = attributes; a < end; a += 5)
		bytes += (size_t)(a[4] - a[3]);
	/* Room for all of them at once: views must not move. */
	buf_reset(&s->values);
	buf_room(&s->values, bytes);
	for (const xmlChar **a = attributes; a < end; a += 5) {
		struct str value = str_make((const char *)a[3], (size_t)(a[4] - a[3]));

		if (a[1])
			continue;
		s->attrs[row.n].name = str_of((const char *)a[0]);
		s->attrs[row.n].value = unescape(&s->values, value);
		row.n++;
	}
	row.attrs = s->attrs;
	if (s->fn(s->ctx, &row) < 0)
		stop(s);
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix,
		     const xmlChar *uri, int namespaces_n, const xmlChar **namespaces,
		     int n, int defaulted, const xmlChar **attributes)
{
	struct xmlstream *s = ctx;
	const char *want = s->depth == 0 ? s->root : s->depth == 1 ? "row" : NULL;

	(void)prefix, (void)uri, (void)namespaces_n, (void)namespaces, (void)defaulted;
	if (s->failed)
		return;
	if (!want || strcmp((const char *)name, want) != 0) {
		if (want)
			diag_add(s->diags, DIAG_SYNTAX, here(s),
				 "expected <%s>, found <%s>", want, name);
		else
			diag_add(s->diags, DIAG_SYNTAX, here(s),
				 "expected nothing inside <row>, found <%s>", name);
		stop(s);
		return;
	}
	if (s->depth++ == 1)
		give_row(s, attributes, (size_t)n);
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix,
		   const xmlChar *uri)
{
	struct xmlstream *s = ctx;

	(void)name, (void)prefix, (void)uri;
	s->depth--;
}

static void on_text(void *ctx, const xmlChar *text, int n)
{
	struct xmlstream *s = ctx;

	if (s->failed || !str_trim(str_make((const char *)text, (size_t)n)).n)
		return;
	diag_add(s->diags, DIAG_SYNTAX, here(s), "text where only rows belong");
	stop(s);
}

static void on_doctype(void *ctx, const xmlChar *name, const xmlChar *external,
		       const xmlChar *system)
{
	struct xmlstream *s = ctx;

	(void)name, (void)external, (void)system;
	if (s->failed)
		return;
	diag_add(s->diags, DIAG_SYNTAX, here(s), "a DOCTYPE, which no data dump has");
	stop(s);
}

/* A breach of well-formedness is "fatal"; what is below that is advice. */
static void on_error(void *ctx, xmlErrorPtr e)
{
	struct xmlstream *s = ctx;
	struct str what = str_trim(str_of(e->message));

	if (s->failed || e->level != XML_ERR_FATAL)
		return;
	diag_add(s->diags, DIAG_SYNTAX,
		 place_line(s->path, (unsigned long)(e->line > 0 ? e->line : 0), 0),
		 "broken XML: %.*s", STR_ARG(what));
	stop(s);
}

static void parse(struct xmlstream *s)
{
	/* Not every part of libxml2 says that it lacks memory: it never does. */
	xmlMemSetup(free, xmalloc, xrealloc, xstrdup);
	s->parser = xmlNewParserCtxt();
	invariant(s->parser);
	*s->parser->sax = (xmlSAXHandler){
		.initialized = XML_SAX2_MAGIC,
		.internalSubset = on_doctype,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.serror = on_error,
	};
	s->parser->userData = s;
	/* Without a startDocument handler there is no document to free. */
	xmlCtxtReadIO(s->parser, give_bytes, NULL, s, NULL, NULL,
		      XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
	if (!s->failed && !s->parser->wellFormed) {
		diag_add(s->diags, DIAG_SYNTAX, here(s), "broken XML");
		s->failed = true;
	}
	xmlFreeParserCtxt(s->parser);
}

int xmlstream_rows(const char *path, const char *root,
		   int (*fn)(void *ctx, const struct xmlrow *row), void *ctx,
		   struct diags *diags)
{
	struct xmlstream *s = xcalloc(1, sizeof(*s));
	bool failed;

	if (instream_open(&s->in, path, diags) < 0) {
		free(s);
		return -1;
	}
	s->path = instream_name(path);
	s->root = root;
	s->fn = fn;
	s->ctx = ctx;
	s->diags = diags;
	s->line = 1;
	buf_init(&s->values);
	parse(s);
	failed = s->failed;
	instream_release(&s->in);
	free(s->attrs);
	buf_release(&s->values);
	free(s);
	return failed ? -1 : 0;
}
