/* Collecting diagnostics.  How they are printed is diag-print.c's. */
#include "base/diag.h"

#include "base/mem.h"
#include "base/source.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdlib.h>

static const struct {
	const char *name;
	enum diag_level level;
	int status;
} rows[] = {
#define DIAG(name, id, level, status) { id, DIAG_##level, status },
#include "base/diag-list.h"
#undef DIAG
};

const char *diag_name(enum diag_id id)
{
	return rows[id].name;
}

enum diag_level diag_level(enum diag_id id)
{
	return rows[id].level;
}

static char *masked(struct str s)
{
	struct buf b = BUF_INIT;

	utf8_add_masked(&b, s);
	return buf_detach(&b);
}

/* Enough of a line to see what is meant: a whole file may be one line. */
enum { EXCERPT_MAX = 120, EXCERPT_BEFORE = 60 };

/* Appends s masked, tabs as one space so that the caret stands where the
 * column says; returns the characters appended. */
static size_t add_excerpt(struct buf *b, struct str s)
{
	size_t before = b->n;

	while (str_present(s)) {
		utf8_add_masked(b, str_split(&s, '\t'));
		if (str_present(s))
			buf_addc(b, ' ');
	}
	return utf8_count(str_slice(buf_str(b), before, b->n));
}

/* The byte that begins the nth character before (or all there are). */
static size_t back(struct str s, size_t at, size_t n)
{
	while (at > 0 && n-- > 0)
		do
			at--;
		while (at > 0 && ((unsigned char)s.p[at] & 0xc0) == 0x80);
	return at;
}

static size_t forward(struct str s, size_t at, size_t n)
{
	const char *p = s.p + at;

	while (p < str_end(s) && n-- > 0)
		utf8_next(&p, str_end(s));
	return (size_t)(p - s.p);
}

/* Shows [at, end) of line with what stands around it. */
static void set_excerpt(struct diag *d, struct str line, size_t at, size_t end)
{
	struct buf b = BUF_INIT;
	size_t from = 0, to = forward(line, 0, EXCERPT_MAX);

	if (to < line.n) {
		from = back(line, at, EXCERPT_BEFORE);
		to = forward(line, from, EXCERPT_MAX);
	}
	end = end < to ? end : to;
	buf_adds(&b, from > 0 ? "..." : "");
	d->caret = b.n + add_excerpt(&b, str_slice(line, from, at));
	d->under = add_excerpt(&b, str_slice(line, at, end));
	d->under = d->under ? d->under : 1;
	add_excerpt(&b, str_slice(line, end, to));
	buf_adds(&b, to < line.n ? "..." : "");
	d->excerpt = buf_detach(&b);
}

static void set_source_place(struct diag *d, struct place where)
{
	struct str text = source_text(where.source);
	size_t at = where.at < text.n ? where.at : text.n;
	struct str line = source_line(where.source, at);
	size_t start = (size_t)(line.p - text.p);
	size_t end = where.n < text.n - at ? at + where.n : text.n;
	unsigned row, column;

	source_position(where.source, at, &row, &column);
	d->path = masked(str_of(where.source->path));
	d->line = row;
	d->column = column;
	/* The place may be the line's end, or go on behind it. */
	at = at - start < line.n ? at - start : line.n;
	end = end - start < line.n ? end - start : line.n;
	d->width = utf8_count(str_slice(line, at, end));
	set_excerpt(d, line, at, end);
}

static void set_place(struct diag *d, struct place where)
{
	if (where.source) {
		set_source_place(d, where);
		return;
	}
	d->path = where.path ? masked(str_of(where.path)) : NULL;
	d->line = where.line;
	d->column = where.column;
}

static void add(struct diags *d, enum diag_id id, struct place where, struct str text)
{
	d->dropped = d->counts[id]++ >= DIAGS_KEPT;
	if (d->dropped)
		return;
	GROW(d->items, d->n, d->cap);
	d->items[d->n] = (struct diag){ .id = id, .message = masked(text) };
	set_place(&d->items[d->n], where);
	d->n++;
}

int diag_add(struct diags *d, enum diag_id id, struct place where,
	     const char *fmt, ...)
{
	struct buf b = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	add(d, id, where, buf_str(&b));
	buf_release(&b);
	return -1;
}

int diag_errno(struct diags *d, enum diag_id id, struct place where,
	       const char *fmt, ...)
{
	int error = errno;
	struct buf b = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	buf_addf(&b, ": %s", strerror(error));
	add(d, id, where, buf_str(&b));
	buf_release(&b);
	return -1;
}

void diag_hint(struct diags *d, const char *fmt, ...)
{
	struct buf b = BUF_INIT;
	struct diag *last;
	va_list ap;

	invariant(d->n > 0);
	if (d->dropped)
		return;
	last = &d->items[d->n - 1];
	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	free(last->hint);
	last->hint = masked(buf_str(&b));
	buf_release(&b);
}

static void release_item(struct diag *item)
{
	free(item->path);
	free(item->message);
	free(item->excerpt);
	free(item->hint);
}

void diags_release(struct diags *d)
{
	for (size_t i = 0; i < d->n; i++)
		release_item(&d->items[i]);
	free(d->items);
	*d = (struct diags)DIAGS_INIT;
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static bool has(const struct diags *d, const struct diag *one)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct diag *old = &d->items[i];

		if (old->id == one->id && old->line == one->line &&
		    old->column == one->column && same_text(old->path, one->path) &&
		    same_text(old->message, one->message))
			return true;
	}
	return false;
}

void diags_merge(struct diags *d, struct diags *from)
{
	for (size_t i = 0; i < from->n; i++) {
		struct diag *item = &from->items[i];

		from->counts[item->id]--;
		if (has(d, item)) {
			release_item(item);
			continue;
		}
		if (d->counts[item->id]++ >= DIAGS_KEPT) {
			release_item(item);
			continue;
		}
		GROW(d->items, d->n, d->cap);
		d->items[d->n++] = *item;
	}
	/* What from had counted without keeping it. */
	for (size_t id = 0; id < DIAG_COUNT; id++)
		d->counts[id] += from->counts[id];
	free(from->items);
	*from = (struct diags)DIAGS_INIT;
}

size_t diags_count(const struct diags *d, enum diag_level level)
{
	size_t n = 0;

	for (size_t id = 0; id < DIAG_COUNT; id++)
		n += rows[id].level == level ? d->counts[id] : 0;
	return n;
}

int diags_status(const struct diags *d, bool strict)
{
	int status = 0;

	for (size_t id = 0; id < DIAG_COUNT; id++) {
		int s = rows[id].level == DIAG_ERROR ? rows[id].status : 0;

		if (rows[id].level == DIAG_WARNING && strict)
			s = rows[id].status;
		if (d->counts[id] && s && (!status || s < status))
			status = s;
	}
	return status;
}
