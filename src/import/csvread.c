/* Tables (RFC 4180), row by row.  What columns mean is the importers'. */
#include "import/csvread.h"

#include "base/mem.h"
#include "base/suggest.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { BLOCK = 256 * 1024 };
static const size_t row_max = (size_t)CSV_ROW_MAX_MB << 20;

/* --- Bytes --- */

/* Appends to the block until it is full or the file at its end. */
static int fill(struct csvread *r, struct diags *diags)
{
	while (!r->ended && r->block.n < BLOCK) {
		size_t room = BLOCK - r->block.n;
		ssize_t n = instream_read(&r->in, buf_room(&r->block, room), room, diags);

		if (n < 0)
			return -1;
		r->block.n += (size_t)n;
		r->block.p[r->block.n] = '\0';
		r->ended = n == 0;
	}
	return 0;
}

/* The byte after the next ahead ones, without taking it; -1 at the end of the file,
 * -2 when it can't be read. */
static int peek(struct csvread *r, size_t ahead, struct diags *diags)
{
	if (r->at + ahead >= r->block.n) {
		memmove(r->block.p, r->block.p + r->at, r->block.n - r->at);
		buf_cut(&r->block, r->block.n - r->at);
		r->at = 0;
		if (fill(r, diags) < 0)
			return -2;
	}
	if (r->at + ahead >= r->block.n)
		return -1;
	return (unsigned char)r->block.p[r->at + ahead];
}

static void take(struct csvread *r)
{
	r->line += r->block.p[r->at++] == '\n';
}

/* --- Fields --- */

static struct place here(const struct csvread *r)
{
	return place_line(instream_name(r->in.path), r->line, 0);
}

/* A mistake of the row alone; the first one is told. */
static void wrong(struct csvread *r, struct place where, const char *what,
		  struct diags *diags)
{
	if (!r->wrong)
		diag_add(diags, DIAG_SYNTAX, where, "%s", what);
	r->wrong = true;
}

static void end_field(struct csvread *r)
{
	GROW(r->ends, r->n, r->cap);
	r->ends[r->n++] = r->text.n;
	buf_addc(&r->text, '\0');
}

static int too_long(struct csvread *r, struct diags *diags)
{
	diag_add(diags, DIAG_TOO_LARGE, here(r), "a row of more than %d MB",
		 CSV_ROW_MAX_MB);
	diag_hint(diags, "is a quote missing that ends a field?");
	return -1;
}

/* Up to the quote that ends the field.  0, or -1. */
static int read_quoted(struct csvread *r, struct diags *diags)
{
	struct place opened = here(r);
	int c;

	take(r);
	while ((c = peek(r, 0, diags)) >= 0) {
		take(r);
		if (c == '"' && peek(r, 0, diags) != '"')
			return 0;
		if (c == '"')
			take(r);
		buf_addc(&r->text, (char)c);
		if (r->text.n > row_max)
			return too_long(r, diags);
	}
	if (c == -1)
		wrong(r, opened, "the file ends in a field in quotes", diags);
	return c == -1 ? 0 : -1;
}

/* Whether the row ends before c, which is the next byte. */
static bool at_end(struct csvread *r, int c, struct diags *diags)
{
	return c < 0 || c == '\n' || (c == '\r' && peek(r, 1, diags) == '\n');
}

/* One field with what ends it: 1 when another follows, 0 after the row's last, -1. */
static int read_field(struct csvread *r, struct diags *diags)
{
	bool quoted = peek(r, 0, diags) == '"';
	int c;

	if (quoted && read_quoted(r, diags) < 0)
		return -1;
	while ((c = peek(r, 0, diags)) != (unsigned char)r->separator &&
	       !at_end(r, c, diags)) {
		if (quoted)
			wrong(r, here(r), "text behind the quote that ends a field",
			      diags);
		buf_addc(&r->text, (char)c);
		if (r->text.n > row_max)
			return too_long(r, diags);
		take(r);
	}
	end_field(r);
	if (c == -2)
		return -1;
	if (c == '\r')
		take(r);
	if (c >= 0)
		take(r);
	return c == (unsigned char)r->separator;
}

/* --- Rows --- */

/* 1, 0 at the end, -1. */
static int pass_empty_lines(struct csvread *r, struct diags *diags)
{
	int c;

	while ((c = peek(r, 0, diags)) == '\n' ||
	       (c == '\r' && peek(r, 1, diags) == '\n'))
		take(r);
	return c >= 0 ? 1 : c + 1;
}

static void check_text(struct csvread *r, struct place where, struct diags *diags)
{
	if (!utf8_valid(buf_str(&r->text))) {
		r->wrong = true;
		diag_add(diags, DIAG_BAD_UTF8, where, "this is not UTF-8");
		diag_hint(diags, "if it comes from Windows or is Latin-1, "
			  "'iconv -f WINDOWS-1252 -t UTF-8' makes UTF-8 of it");
	}
	for (size_t i = 0, from = 0; i < r->n; from = r->ends[i++] + 1)
		if (memchr(r->text.p + from, '\0', r->ends[i] - from))
			wrong(r, where, "a NUL byte", diags);
}

static void point_at_fields(struct csvread *r)
{
	if (r->fields_cap < r->n) {
		r->fields_cap = r->cap;
		r->fields = xreallocarray(r->fields, r->cap, sizeof(*r->fields));
	}
	for (size_t i = 0, from = 0; i < r->n; from = r->ends[i++] + 1)
		r->fields[i] = str_make(r->text.p + from, r->ends[i] - from);
}

/* A row of any length. */
static int read_row(struct csvread *r, struct csvrow *row, struct diags *diags)
{
	int got = pass_empty_lines(r, diags);

	if (got < 1)
		return got;
	*row = (struct csvrow){ .where = here(r) };
	buf_reset(&r->text);
	r->n = 0;
	r->wrong = false;
	while ((got = read_field(r, diags)) == 1)
		;
	if (got < 0)
		return -1;
	check_text(r, row->where, diags);
	if (r->wrong)
		return 1;
	point_at_fields(r);
	row->fields = r->fields;
	row->n = r->n;
	return 1;
}

int csvread_next(struct csvread *r, struct csvrow *row, struct diags *diags)
{
	int got = read_row(r, row, diags);

	if (got < 1 || !row->n || row->n == r->names_n)
		return got;
	diag_add(diags, DIAG_SYNTAX, row->where, "a row of %zu field%s in a table of %zu",
		 row->n, row->n == 1 ? "" : "s", r->names_n);
	if (row->n < r->names_n && peek(r, 0, diags) == -1)
		diag_hint(diags, "it is the last one: is the file cut off?");
	row->n = 0;
	return 1;
}

/* --- The first row --- */

/* The most frequent one before the first line end outside quotes. */
static char likely_separator(struct str head)
{
	static const char separators[] = ",;\t|";
	size_t counts[sizeof(separators)] = { 0 }, best = 0;
	bool quoted = false;

	for (size_t i = 0; i < head.n && (quoted || head.p[i] != '\n'); i++) {
		const char *found = strchr(separators, head.p[i]);

		quoted ^= head.p[i] == '"';
		if (found && !quoted && head.p[i])
			counts[found - separators]++;
	}
	for (size_t i = 1; separators[i]; i++)
		best = counts[i] > counts[best] ? i : best;
	return separators[best];
}

static int refuse_utf16(const struct csvread *r, struct diags *diags)
{
	diag_add(diags, DIAG_BAD_UTF8, here(r), "this is UTF-16");
	diag_hint(diags, "'iconv -f UTF-16 -t UTF-8' makes UTF-8 of it");
	return -1;
}

static int read_names(struct csvread *r, char separator, struct diags *diags)
{
	struct str head;
	struct csvrow row;
	int got;

	if (fill(r, diags) < 0)
		return -1;
	head = buf_str(&r->block);
	if (str_starts(head, STR("\xff\xfe")) || str_starts(head, STR("\xfe\xff")))
		return refuse_utf16(r, diags);
	r->at = str_starts(head, STR("\xef\xbb\xbf")) ? 3 : 0;
	while (r->at < head.n && strchr("\r\n", head.p[r->at]) && head.p[r->at])
		take(r);
	r->separator = separator ? separator :
				   likely_separator(str_slice(head, r->at, head.n));
	got = read_row(r, &row, diags);
	if (got == 0)
		return diag_add(diags, DIAG_SYNTAX, place_file(instream_name(r->in.path)),
				"an empty file, expected the names of columns");
	if (got < 0 || r->wrong)
		return -1;
	r->names_n = row.n;
	r->names = arena_array(&r->arena, struct str, row.n);
	for (size_t i = 0; i < row.n; i++)
		r->names[i] = arena_str(&r->arena, str_trim(row.fields[i]));
	return 0;
}

int csvread_open(struct csvread *r, const char *path, char separator, struct diags *diags)
{
	*r = (struct csvread){ .arena = ARENA_INIT, .block = BUF_INIT, .text = BUF_INIT,
			       .line = 1 };
	if (instream_open(&r->in, path, diags) < 0)
		return -1;
	if (read_names(r, separator, diags) == 0)
		return 0;
	csvread_release(r);
	return -1;
}

long csvread_find(const struct csvread *r, struct str name)
{
	for (size_t i = 0; i < r->names_n; i++)
		if (str_eq(r->names[i], name))
			return (long)i;
	return -1;
}

static int no_column(const struct csvread *r, struct str name, struct place where,
		     struct diags *diags)
{
	const char **known = xcalloc(r->names_n, sizeof(*known)), *near;

	for (size_t i = 0; i < r->names_n; i++)
		known[i] = r->names[i].p;
	near = suggest(name, known, r->names_n);
	diag_add(diags, DIAG_MISSING_KEY, where, "no column '%.*s' in '%s'",
		 STR_ARG(name), instream_name(r->in.path));
	if (near)
		diag_hint(diags, "did you mean '%s'?", near);
	free(known);
	return -1;
}

long csvread_column(const struct csvread *r, struct str name, struct place where,
		    struct diags *diags)
{
	long found = csvread_find(r, name);

	if (found < 0)
		return no_column(r, name, where, diags);
	for (size_t i = (size_t)found + 1; i < r->names_n; i++)
		if (str_eq(r->names[i], name))
			return diag_add(diags, DIAG_DUPLICATE_KEY, where,
					"column '%.*s' is there twice in '%s'",
					STR_ARG(name), instream_name(r->in.path));
	return found;
}

void csvread_release(struct csvread *r)
{
	instream_release(&r->in);
	arena_release(&r->arena);
	buf_release(&r->block);
	buf_release(&r->text);
	free(r->ends);
	free(r->fields);
}
