/* XML by libxml2's SAX interface: no tree is built, and a DOCTYPE is met before
 * anything in it is read.  The only file that knows libxml2's XML parser. */
#include "import/xmlstream.h"

#include "base/instream.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>

#include <libxml/parser.h>

enum { BLOCK = 128 * 1024 };

struct reader {
	struct xmlstream *how;
	const char *path;
	struct diags *diags;

	xmlParserCtxtPtr parser;
	struct xmlattr *attrs; /* owned; the element's */
	size_t attrs_cap;
	struct buf values; /* those of the element that held an ampersand */
	bool failed;       /* a diagnostic is there: the first one counts */
	struct buf breach; /* the first one, under recover */
	unsigned long breach_line;

	struct instream in;
	bool started, ended;
	bool foreign; /* libxml2 converts what it is given */
	size_t at, ready, n; /* of block: given out, checked, read */
	unsigned long line;  /* of block[0] */
	char block[BLOCK];
};

static struct place here(const struct reader *s)
{
	const struct _xmlParserInput *input = s->parser->input;

	return place_line(s->path, input ? (unsigned long)input->line : 0, 0);
}

static void stop(struct reader *s)
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

/* Under recover only the first breach is told. */
static void note_breach(struct reader *s, unsigned long line, const char *fmt, ...)
{
	va_list ap;

	if (s->how->breaches++)
		return;
	va_start(ap, fmt);
	buf_vaddf(&s->breach, fmt, ap);
	va_end(ap);
	s->breach_line = line;
}

/* The one at block[s->ready]; under recover another takes its place. */
static int bad_byte(struct reader *s)
{
	unsigned long line = s->line + line_feeds(str_make(s->block, s->ready));
	unsigned char byte = (unsigned char)s->block[s->ready];

	if (s->how->recover) {
		note_breach(s, line, "byte 0x%02X is not UTF-8", byte);
		s->block[s->ready] = '?';
		return 0;
	}
	s->failed = true;
	return diag_add(s->diags, DIAG_BAD_UTF8, place_line(s->path, line, 0),
			"byte 0x%02X is not UTF-8", byte);
}

/* Moves ready to the end of the characters that are whole. */
static int check(struct reader *s)
{
	for (;;) {
		s->ready += utf8_check(str_make(s->block + s->ready, s->n - s->ready));
		if (s->ready == s->n || (!s->ended && s->n - s->ready <= 3))
			return 0;
		if (bad_byte(s) < 0)
			return -1;
	}
}

/* Reads until there are a few bytes or the file ends. */
static int fill(struct reader *s)
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

/* Whether the XML declaration names an encoding other than UTF-8. */
static bool names_encoding(struct str head)
{
	static const struct str key = { "encoding", 8 };
	struct str value;

	head = str_slice(head, 0, str_find(head, STR("?>")));
	if (!str_starts(head, STR("<?xml")))
		return false;
	value = str_slice(head, str_find(head, key) + key.n, head.n);
	value = str_slice(value, str_index(value, '=') + 1, value.n);
	value = str_trim(value);
	value = str_slice(value, 1, value.n); /* the quotation mark */
	return value.n && !str_ieq(str_slice(value, 0, 5), STR("utf-8")) &&
	       !str_ieq(str_slice(value, 0, 4), STR("utf8"));
}

static void begin(struct reader *s)
{
	struct str head = str_make(s->block, s->n);

	if (str_starts(head, STR("\xef\xbb\xbf")))
		s->at = s->ready = 3;
	else if (s->how->declared)
		s->foreign = str_starts(head, STR("\xff\xfe")) ||
			     str_starts(head, STR("\xfe\xff")) || names_encoding(head);
}

/* The next block: what of the last was cut within a character comes first. */
static int next_block(struct reader *s)
{
	s->line += line_feeds(str_make(s->block, s->ready));
	memmove(s->block, s->block + s->ready, s->n - s->ready);
	s->n -= s->ready;
	s->at = s->ready = 0;
	if (fill(s) < 0)
		return -1;
	if (!s->started)
		begin(s);
	s->started = true;
	if (!s->foreign)
		return check(s);
	s->ready = s->n;
	return 0;
}

static int give_bytes(void *ctx, char *to, int room)
{
	struct reader *s = ctx;
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

/* What libxml2 converted is checked here, the rest was before. */
static bool is_text(struct reader *s, struct str text)
{
	if (!s->foreign || utf8_valid(text))
		return true;
	s->failed = true;
	diag_add(s->diags, DIAG_BAD_UTF8, here(s), "text that is not in the encoding declared");
	return false;
}

/* Of a prefix without a declaration the prefix itself. */
static struct str space_of(const xmlChar *prefix, const xmlChar *uri)
{
	return str_of((const char *)(uri ? uri : prefix));
}

/* attributes: local name, prefix, URI, value, end of value; n times. */
static bool read_attrs(struct reader *s, const xmlChar **attributes, size_t n)
{
	const xmlChar **end = n ? attributes + 5 * n : attributes;
	struct xmlattr *attr;
	size_t bytes = 0;

	while (s->attrs_cap < n)
		GROW(s->attrs, s->attrs_cap, s->attrs_cap);
	for (const xmlChar **a = attributes; a < end; a += 5)
		bytes += (size_t)(a[4] - a[3]);
	/* Room for all of them at once: views must not move. */
	buf_reset(&s->values);
	buf_room(&s->values, bytes);
	attr = s->attrs;
	for (const xmlChar **a = attributes; a < end; a += 5, attr++) {
		struct str value = str_make((const char *)a[3], (size_t)(a[4] - a[3]));

		attr->space = space_of(a[1], a[2]);
		attr->name = str_of((const char *)a[0]);
		attr->value = unescape(&s->values, value);
		if (!is_text(s, attr->value))
			return false;
	}
	return true;
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix,
		     const xmlChar *uri, int namespaces_n, const xmlChar **namespaces,
		     int n, int defaulted, const xmlChar **attributes)
{
	struct reader *s = ctx;
	struct xmlelement e = { .attrs_n = (size_t)n };

	(void)namespaces_n, (void)namespaces, (void)defaulted;
	if (s->failed)
		return;
	e.space = space_of(prefix, uri);
	e.name = str_of((const char *)name);
	if (!read_attrs(s, attributes, e.attrs_n)) {
		stop(s);
		return;
	}
	e.attrs = s->attrs;
	if (s->how->events->start(s->how->ctx, &e, here(s)) < 0)
		stop(s);
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix,
		   const xmlChar *uri)
{
	struct reader *s = ctx;

	(void)name, (void)prefix, (void)uri;
	if (!s->failed && s->how->events->end(s->how->ctx) < 0)
		stop(s);
}

static void on_text(void *ctx, const xmlChar *text, int n)
{
	struct reader *s = ctx;
	struct str piece = str_make((const char *)text, (size_t)n);

	if (s->failed)
		return;
	if (!is_text(s, piece) || s->how->events->text(s->how->ctx, piece, here(s)) < 0)
		stop(s);
}

static void on_doctype(void *ctx, const xmlChar *name, const xmlChar *external,
		       const xmlChar *system)
{
	struct reader *s = ctx;

	(void)name, (void)external, (void)system;
	if (s->failed)
		return;
	diag_add(s->diags, DIAG_SYNTAX, here(s), "a DOCTYPE, which is never read");
	diag_hint(s->diags, "take it out: nothing in it is needed");
	stop(s);
}

/* A breach of well-formedness is "fatal"; what is below that is advice. */
static void on_error(void *ctx, xmlErrorPtr e)
{
	struct reader *s = ctx;
	struct str what = str_trim(str_of(e->message));
	unsigned long line = (unsigned long)(e->line > 0 ? e->line : 0);

	if (s->failed || e->level != XML_ERR_FATAL)
		return;
	if (s->how->recover) {
		note_breach(s, line, "broken XML: %.*s", STR_ARG(what));
		return;
	}
	diag_add(s->diags, DIAG_SYNTAX, place_line(s->path, line, 0), "broken XML: %.*s",
		 STR_ARG(what));
	stop(s);
}

static void tell_breaches(struct reader *s)
{
	diag_add(s->diags, DIAG_XML_BROKEN, place_line(s->path, s->breach_line, 0), "%s",
		 s->breach.p);
	diag_hint(s->diags, "%lu place%s in the file; what could be read was taken",
		  s->how->breaches, s->how->breaches == 1 ? "" : "s");
}

static int flags(const struct reader *s)
{
	return XML_PARSE_NONET | (s->foreign ? 0 : XML_PARSE_IGNORE_ENC) |
	       (s->how->recover ? XML_PARSE_RECOVER : 0);
}

static void parse(struct reader *s)
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
		.ignorableWhitespace = on_text, /* it may stand between two words */
		.serror = on_error,
	};
	s->parser->userData = s;
	/* Without a startDocument handler there is no document to free. */
	if (next_block(s) == 0)
		xmlCtxtReadIO(s->parser, give_bytes, NULL, s, NULL, NULL, flags(s));
	if (!s->failed && !s->parser->wellFormed && !s->how->breaches) {
		diag_add(s->diags, DIAG_SYNTAX, here(s), "broken XML");
		s->failed = true;
	}
	if (!s->failed && s->how->breaches)
		tell_breaches(s);
	xmlFreeParserCtxt(s->parser);
}

int xmlstream_read(struct xmlstream *how, const char *path, struct diags *diags)
{
	struct reader *s = xcalloc(1, sizeof(*s));
	bool failed;

	how->breaches = 0;
	if (instream_open(&s->in, path, diags) < 0) {
		free(s);
		return -1;
	}
	s->how = how;
	s->path = instream_name(path);
	s->diags = diags;
	s->line = 1;
	buf_init(&s->values);
	buf_init(&s->breach);
	parse(s);
	failed = s->failed;
	instream_release(&s->in);
	free(s->attrs);
	buf_release(&s->values);
	buf_release(&s->breach);
	free(s);
	return failed ? -1 : 0;
}
