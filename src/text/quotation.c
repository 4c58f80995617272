/* Quotations in the bytes of a body.  It is not parsed: what is cut out must leave
 * the rest as it was, byte for byte. */
#include "text/quotation.h"

#include "base/mem.h"
#include "text/htmltoken.h"

#include <stdint.h>
#include <stdlib.h>

enum { DEPTH_MAX = 64 };

static struct quotation *add(struct quotations *q, enum quotation_kind kind, size_t start,
			     size_t inner)
{
	GROW(q->items, q->n, q->cap);
	q->items[q->n] = (struct quotation){ .kind = kind, .start = start, .end = start,
					     .inner = inner };
	return &q->items[q->n++];
}

/* --- Lines --- */

/* The marks before a line: '>' behind up to three blanks, and one that belongs to the
 * mark before. */
static unsigned marks_of(struct str line)
{
	unsigned marks = 0;
	size_t at = 0;

	while (marks < DEPTH_MAX) {
		size_t blanks = at;

		while (blanks < line.n && blanks - at < (marks ? 4 : 3) && line.p[blanks] == ' ')
			blanks++;
		if (blanks == line.n || line.p[blanks] != '>')
			break;
		marks++;
		at = blanks + 1;
	}
	return marks;
}

static bool is_blank(struct str line)
{
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] != '>' && !html_blank(line.p[i]))
			return false;
	return true;
}

static void find_lines(struct quotations *q, struct str body, bool lazily)
{
	size_t open[DEPTH_MAX], depth = 0, at = 0, lazy = 0;
	bool in_lazy = false, goes_on = false;

	while (at < body.n) {
		struct str rest = str_slice(body, at, body.n);
		size_t feed = str_index(rest, '\n');
		struct str line = str_slice(rest, 0, feed);
		unsigned marks = marks_of(line);

		depth = depth > marks ? marks : depth;
		while (depth < marks) {
			struct quotation *new = add(q, QUOTATION_LINES, at, at);

			open[depth] = q->n - 1;
			new->depth = (unsigned)++depth;
		}
		in_lazy &= goes_on && !marks && !is_blank(line);
		if (lazily && goes_on && !marks && !is_blank(line) && !in_lazy) {
			add(q, QUOTATION_LAZY, at, at);
			lazy = q->n - 1;
			in_lazy = true;
		}
		goes_on = !is_blank(line) && (marks || in_lazy);
		at += feed + (feed < rest.n);
		for (size_t i = 0; i < depth; i++)
			q->items[open[i]].end = at;
		if (in_lazy)
			q->items[lazy].end = at;
	}
}

/* --- Elements --- */

static bool has_class(const char *at, const char *end, struct str class)
{
	struct str name, value;

	while (html_attribute(&at, end, &name, &value)) {
		struct str rest = value;

		if (!str_ieq(name, STR("class")))
			continue;
		while (str_present(rest))
			if (str_eq(str_split(&rest, ' '), class))
				return true;
	}
	return false;
}

/* Which of the two elements the name is; NULL for others. */
static const char *element_of(struct str name)
{
	return str_ieq(name, STR("blockquote")) ? "blockquote"
	       : str_ieq(name, STR("aside"))	? "aside"
						: NULL;
}

/* The longest name looked for, and more. */
enum { ELEMENT_MAX = 16 };

/* Elements that are open: asides that quote nobody count too. */
struct open {
	const char *element;
	size_t item; /* in the quotations, or NO_ITEM */
};
enum { OPEN_MAX = 100 };
#define NO_ITEM SIZE_MAX

/* Closes the innermost such element, and those within it. */
static void close_element(struct quotations *q, struct open *open, size_t *n,
			  const char *element, size_t end)
{
	size_t to = *n;

	while (to > 0 && open[to - 1].element != element)
		to--;
	if (!to)
		return;
	for (; *n >= to; --*n)
		if (open[*n - 1].item != NO_ITEM)
			q->items[open[*n - 1].item].end = end;
}

static void find_elements(struct quotations *q, struct str body)
{
	struct open open[OPEN_MAX];
	const char *at = body.p, *end = str_end(body);
	size_t n = 0;

	while (body.n && (at = memchr(at, '<', (size_t)(end - at)))) {
		bool closes = end - at > 1 && at[1] == '/';
		const char *start = at + 1 + closes;
		struct str name = html_name(start, end - start > ELEMENT_MAX
							   ? start + ELEMENT_MAX : end);
		const char *element = element_of(name), *from = at++, *to;

		if (!element)
			continue;
		to = html_tag_end(str_end(name), end, NULL);
		if (!to)
			break;
		at = to;
		if (closes) {
			close_element(q, open, &n, element, (size_t)(to - body.p));
		} else if (n < OPEN_MAX) {
			bool quotes = *element == 'b' ||
				      has_class(str_end(name), to, STR("quote"));

			open[n].element = element;
			open[n].item = quotes ? q->n : NO_ITEM;
			n++;
			if (quotes)
				add(q, QUOTATION_HTML, (size_t)(from - body.p),
				    (size_t)(to - body.p));
		}
	}
	while (n-- > 0)
		if (open[n].item != NO_ITEM)
			q->items[open[n].item].end = body.n;
}

/* --- [quote] --- */

/* Behind "[quote...]" or "[/quote]" at s, or 0. */
static size_t bbcode_tag(struct str s, bool *closes)
{
	size_t end;

	*closes = s.n > 1 && s.p[1] == '/';
	if (!str_ieq(str_slice(s, 1 + *closes, 6 + *closes), STR("quote")))
		return 0;
	end = str_index(str_slice(s, 0, 512), ']');
	if (end >= s.n || end == 512 || memchr(s.p, '\n', end) ||
	    html_letter(s.p[6 + *closes]))
		return 0;
	return end + 1;
}

/* What isn't closed quotes nobody. */
static void find_bbcode(struct quotations *q, struct str body)
{
	size_t open[DEPTH_MAX], n = 0;

	for (size_t at = 0; at < body.n; at++) {
		struct str rest = str_slice(body, at, body.n);
		size_t skip = str_index(rest, '['), tag;
		bool closes;

		at += skip;
		if (at == body.n)
			break;
		tag = bbcode_tag(str_slice(rest, skip, rest.n), &closes);
		if (!tag)
			continue;
		if (!closes && n < DEPTH_MAX) {
			open[n++] = q->n;
			add(q, QUOTATION_BBCODE, at, at + tag);
		} else if (closes && n) {
			q->items[open[--n]].end = at + tag;
		}
		at += tag - 1;
	}
}

/* --- All of them --- */

static int compare(const void *a, const void *b)
{
	const struct quotation *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end > y->end ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (x->depth > y->depth) - (x->depth < y->depth);
}

/* Leaves out what is empty, and what begins in one and ends outside of it; says
 * of each where those within it end. */
static void nest(struct quotations *q)
{
	size_t outer[4 * DEPTH_MAX], depth = 0, n = 0;

	for (size_t i = 0; i < q->n; i++) {
		struct quotation item = q->items[i];

		while (depth && q->items[outer[depth - 1]].end <= item.start)
			q->items[outer[--depth]].next = n;
		if (item.end == item.start || depth == ARRAY_LEN(outer) ||
		    (depth && item.end > q->items[outer[depth - 1]].end))
			continue;
		q->items[n] = item;
		outer[depth++] = n++;
	}
	while (depth)
		q->items[outer[--depth]].next = n;
	q->n = n;
}

void quotations_find(struct quotations *q, enum body_format format, struct str body)
{
	q->n = 0;
	if (format != BODY_HTML)
		find_lines(q, body, format == BODY_MARKDOWN);
	if (format != BODY_TEXT)
		find_elements(q, body);
	find_bbcode(q, body);
	if (q->n)
		qsort(q->items, q->n, sizeof(*q->items), compare);
	nest(q);
}

void quotations_release(struct quotations *q)
{
	free(q->items);
	*q = (struct quotations)QUOTATIONS_INIT;
}

void quotation_replace(struct buf *out, const struct quotation *q, struct str mark)
{
	static const struct {
		const char *before, *after;
	} around[] = {
		[QUOTATION_LINES] = { "", "\n" },
		[QUOTATION_LAZY] = { "", "\n" },
		[QUOTATION_HTML] = { "<blockquote>", "</blockquote>" },
		[QUOTATION_BBCODE] = { "[quote]", "[/quote]" },
	};

	for (unsigned i = 0; i < q->depth; i++)
		buf_adds(out, "> ");
	buf_adds(out, around[q->kind].before);
	buf_addstr(out, mark);
	buf_adds(out, around[q->kind].after);
}
