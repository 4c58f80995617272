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

static void release_one(struct diag *d)
{
	free(d->path);
	free(d->message);
	free(d->excerpt);
	free(d->hint);
}

void diags_release(struct diags *d)
{
	for (size_t i = 0; i < d->n; i++)
		release_one(&d->items[i]);
	free(d->items);
	*d = (struct diags)DIAGS_INIT;
}

static char *masked(struct str s)
{
	struct buf b = BUF_INIT;

	utf8_add_masked(&b, s);
	return buf_detach(&b);
}

/* Tabs become one space, so that the caret stands where the column says. */
static char *masked_line(struct str line, size_t at, unsigned long *caret)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < line.n; i++) {
		size_t next = i + 1;

		while (next < line.n && ((unsigned char)line.p[next] & 0xc0) == 0x80)
			next++;
		if (i == at)
			*caret = utf8_count(buf_str(&b));
		if (line.p[i] == '\t')
			buf_addc(&b, ' ');
		else
			utf8_add_masked(&b, str_slice(line, i, next));
		i = next - 1;
	}
	if (at >= line.n)
		*caret = utf8_count(buf_str(&b));
	return buf_detach(&b);
}

static void set_source_place(struct diag *d, struct place where)
{
	struct str line = source_line(where.source, where.at);
	struct str text = source_text(where.source);
	size_t at = where.at < text.n ? where.at : text.n;
	size_t in_line = (size_t)(text.p + at - line.p);
	unsigned row, column;

	source_position(where.source, at, &row, &column);
	d->path = masked(str_of(where.source->path));
	d->line = row;
	d->column = column;
	d->excerpt = masked_line(line, in_line, &d->caret);
	d->width = utf8_count(str_slice(line, in_line, in_line + where.n));
	d->width = d->width ? d->width : 1;
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
	d->width = 1;
}

static void add(struct diags *d, enum diag_id id, struct place where, struct str text)
{
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
	struct diag *last = &d->items[d->n - 1];
	struct buf b = BUF_INIT;
	va_list ap;

	invariant(d->n > 0);
	va_start(ap, fmt);
	buf_vaddf(&b, fmt, ap);
	va_end(ap);
	free(last->hint);
	last->hint = masked(buf_str(&b));
	buf_release(&b);
}

static void move_one(struct diags *d, struct diag *from)
{
	GROW(d->items, d->n, d->cap);
	d->items[d->n++] = *from;
}

void diags_merge(struct diags *d, struct diags *from)
{
	for (size_t i = 0; i < from->n; i++)
		move_one(d, &from->items[i]);
	free(from->items);
	*from = (struct diags)DIAGS_INIT;
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

void diags_merge_once(struct diags *d, struct diags *from)
{
	for (size_t i = 0; i < from->n; i++)
		if (has(d, &from->items[i]))
			release_one(&from->items[i]);
		else
			move_one(d, &from->items[i]);
	free(from->items);
	*from = (struct diags)DIAGS_INIT;
}

static size_t count(const struct diags *d, enum diag_level level)
{
	size_t n = 0;

	for (size_t i = 0; i < d->n; i++)
		n += rows[d->items[i].id].level == level;
	return n;
}

size_t diags_errors(const struct diags *d)
{
	return count(d, DIAG_ERROR);
}

size_t diags_warnings(const struct diags *d)
{
	return count(d, DIAG_WARNING);
}

int diags_status(const struct diags *d, bool strict)
{
	int status = 0;

	for (size_t i = 0; i < d->n; i++) {
		enum diag_level level = rows[d->items[i].id].level;
		int s = level == DIAG_ERROR		? rows[d->items[i].id].status
			: level == DIAG_WARNING && strict ? 1
							: 0;

		if (s && (!status || s < status))
			status = s;
	}
	return status;
}
