/* Visible text back to the bytes of the body.  Knows of markup only what must not be
 * taken for text: tags, comments, entities, the targets of links. */
#include "text/bytemap.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>

/* No name of an entity is longer. */
enum { ENTITY_MAX = 34 };

/* --- Letters --- */

static void add_stored(struct bytemap *m, struct str bytes, size_t at, size_t behind)
{
	for (size_t i = 0; i < bytes.n; i++) {
		if (m->stored.n == m->cap) {
			m->cap += m->cap / 2 + 256;
			m->at = xreallocarray(m->at, m->cap, sizeof(*m->at));
			m->behind = xreallocarray(m->behind, m->cap, sizeof(*m->behind));
		}
		m->at[m->stored.n] = (uint32_t)at;
		m->behind[m->stored.n] = (uint32_t)behind;
		buf_addc(&m->stored, bytes.p[i]);
	}
}

/* The character at *p when it is a letter or a digit, else nothing; moves *p. */
static struct str next_letter(const char **p, const char *end)
{
	const char *start = *p;
	uint32_t c = utf8_next(p, end);

	return c != UTF8_BAD && utf8_wordlike(c) ? str_make(start, (size_t)(*p - start))
						 : STR_NONE;
}

static void add_letters(struct buf *out, struct str s)
{
	const char *p = s.p, *end = str_end(s);

	while (p < end)
		buf_addstr(out, next_letter(&p, end));
}

/* --- Markup: each answers how many bytes it takes at s, or 0. --- */

static size_t comment(struct str s)
{
	return str_starts(s, STR("<!--")) ? str_find(s, STR("-->")) : 0;
}

/* '>' in a quoted attribute doesn't end it. */
static size_t tag(struct str s)
{
	char quote = 0;
	size_t i = 1;

	if (s.n < 2 || s.p[0] != '<' || !(((s.p[1] | 32) >= 'a' && (s.p[1] | 32) <= 'z') ||
					  s.p[1] == '/' || s.p[1] == '!' || s.p[1] == '?'))
		return 0;
	for (; i < s.n; i++) {
		char c = s.p[i];

		if (quote)
			quote = c == quote ? 0 : quote;
		else if ((c == '"' || c == '\'') && s.p[i - 1] == '=')
			quote = c;
		else if (c == '>')
			return i + 1;
	}
	return 0;
}

/* "](address)": what a link of Markdown leads to. */
static size_t target(struct str s)
{
	unsigned depth = 0;

	if (!str_starts(s, STR("](")))
		return 0;
	for (size_t i = 1; i < s.n && s.p[i] != '\n'; i++) {
		depth += s.p[i] == '(';
		depth -= s.p[i] == ')';
		if (!depth)
			return i + 1;
	}
	return 0;
}

/* An address in angle brackets is seen; it is no tag. */
static bool is_autolink(struct str s)
{
	struct str inner = str_slice(s, 1, s.n ? s.n - 1 : 0);

	return str_index(inner, ' ') == inner.n &&
	       (str_find(inner, STR("://")) < inner.n || str_index(inner, '@') < inner.n ||
		str_starts(inner, STR("mailto:")));
}

static size_t markup(const struct bytemap *m, struct str s)
{
	size_t n;

	if (m->format == BODY_TEXT)
		return 0;
	if (s.p[0] == ']')
		return m->format == BODY_MARKDOWN ? target(s) : 0;
	if (s.p[0] != '<')
		return 0;
	n = comment(s);
	if (!n)
		n = tag(s);
	return n && m->format == BODY_MARKDOWN && is_autolink(str_slice(s, 0, n)) ? 0 : n;
}

static size_t entity(struct str s)
{
	size_t n = 1;

	if (s.p[0] != '&')
		return 0;
	while (n < s.n && n < ENTITY_MAX &&
	       ((s.p[n] >= '0' && s.p[n] <= '9') || s.p[n] == '#' ||
		((s.p[n] | 32) >= 'a' && (s.p[n] | 32) <= 'z')))
		n++;
	return n > 1 && n < s.n && s.p[n] == ';' ? n + 1 : 0;
}

/* The letters that an entity stands for, as its reader reads it. */
static void add_entity(struct bytemap *m, struct str s, size_t at)
{
	struct arena arena = ARENA_INIT;
	struct buf seen = BUF_INIT, letters = BUF_INIT;
	struct body_tree tree;

	body_read(&arena, m->format, s, &tree);
	body_visible(&tree, 0, &seen);
	add_letters(&letters, buf_str(&seen));
	add_stored(m, buf_str(&letters), at, at + s.n);
	buf_release(&seen);
	buf_release(&letters);
	arena_release(&arena);
}

/* An entity of a sign or a blank, the most frequent, needs no reader. */
static bool is_sign(struct str s)
{
	static const char *const signs[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&nbsp;",
					     "&#39;", "&#x27;", "&rsquo;", "&lsquo;",
					     "&rdquo;", "&ldquo;", "&ndash;", "&mdash;",
					     "&hellip;" };

	for (size_t i = 0; i < ARRAY_LEN(signs); i++)
		if (str_is(s, signs[i]))
			return true;
	return false;
}

/* A tag that is opened and never closed would be searched to the end each time. */
static void read_stored(struct bytemap *m)
{
	const char *p = m->body.p, *end = str_end(m->body);
	size_t failures = 0;

	while (p < end) {
		struct str rest = str_make(p, (size_t)(end - p)), letter;
		size_t at = (size_t)(p - m->body.p);
		bool opens = p[0] == '<' || p[0] == ']';
		size_t n = opens && failures < 100 ? markup(m, rest) : 0;

		failures += opens && !n;
		if (n) {
			p += n;
			continue;
		}
		n = m->format == BODY_TEXT ? 0 : entity(rest);
		if (n) {
			if (!is_sign(str_slice(rest, 0, n)))
				add_entity(m, str_slice(rest, 0, n), at);
			p += n;
			continue;
		}
		letter = next_letter(&p, end);
		add_stored(m, letter, at, at + letter.n);
	}
}

void bytemap_init(struct bytemap *m, enum body_format format, struct str body,
		  struct str visible)
{
	*m = (struct bytemap){ .seen = BUF_INIT, .stored = BUF_INIT, .visible = visible,
			       .body = body, .format = format };
	invariant(body.n < UINT32_MAX);
	add_letters(&m->seen, visible);
	read_stored(m);
}

void bytemap_release(struct bytemap *m)
{
	buf_release(&m->seen);
	buf_release(&m->stored);
	free(m->at);
	free(m->behind);
}

/* --- Finding --- */

static const char *find_from(const char *p, const char *end, struct str what)
{
	return p < end ? memmem(p, (size_t)(end - p), what.p, what.n) : NULL;
}

/* How often what is in s, from the left without overlaps; *which is the number of the
 * one that begins at byte at, if one does. */
static size_t count(struct str s, struct str what, size_t at, size_t *which)
{
	const char *end = str_end(s), *p = s.p;
	size_t n = 0;

	*which = SIZE_MAX;
	while ((p = find_from(p, end, what))) {
		if ((size_t)(p - s.p) == at)
			*which = n;
		n++;
		p += what.n;
	}
	return n;
}

static const char *nth(struct str s, struct str what, size_t n)
{
	const char *end = str_end(s), *p = find_from(s.p, end, what);

	while (p && n-- > 0)
		p = find_from(p + what.n, end, what);
	return p;
}

static bool is_mark(const struct bytemap *m, char c)
{
	return m->format == BODY_MARKDOWN && (c == '*' || c == '_' || c == '~' || c == '`');
}

/* Markup at s that closes what was open; a closing tag only within the passage. */
static size_t closer(const struct bytemap *m, struct str s, struct str tail)
{
	size_t n;

	if (!s.n)
		return 0;
	if (is_mark(m, s.p[0]))
		return 1;
	if (s.p[0] == ']')
		return markup(m, s);
	n = tail.n && str_starts(s, STR("</")) ? markup(m, s) : 0;
	return n < s.n && tail.n && s.p[n] == tail.p[0] ? n : 0;
}

/* What closes behind the last letter belongs to it, and stops and quotes where they
 * stand in the body as they are seen. */
static size_t with_tail(const struct bytemap *m, size_t stop, struct str tail)
{
	for (;;) {
		size_t n = closer(m, str_slice(m->body, stop, m->body.n), tail);

		if (!n && tail.n && stop < m->body.n && m->body.p[stop] == tail.p[0] &&
		    tail.p[0] != '<' && tail.p[0] != '&') {
			tail = str_slice(tail, 1, tail.n);
			n = 1;
		}
		if (!n)
			return stop;
		stop += n;
	}
}

/* The same for what opens, and stands, before the first letter. */
static size_t with_head(const struct bytemap *m, size_t start, struct str passage)
{
	const char *p = passage.p, *end = str_end(passage), *first = p;

	while (p < end && !next_letter(&p, end).n)
		first = p;
	for (; start; start--) {
		char c = m->body.p[start - 1];

		if (is_mark(m, c) || (m->format == BODY_MARKDOWN && c == '['))
			continue;
		if (first == passage.p || c != first[-1] || c == '>' || c == ';')
			break;
		first--;
	}
	return start;
}

/* The bytes of s behind its last letter. */
static struct str tail_of(struct str s)
{
	const char *p = s.p, *end = str_end(s), *last = s.p;

	while (p < end)
		if (next_letter(&p, end).n)
			last = p;
	return str_slice(s, (size_t)(last - s.p), s.n);
}

bool bytemap_find(const struct bytemap *m, size_t from, size_t to, size_t *start,
		  size_t *stop)
{
	struct str passage = str_slice(m->visible, from, to);
	struct buf before = BUF_INIT, letters = BUF_INIT;
	struct str stored = buf_str(&m->stored), what;
	size_t which, ignored, n;
	const char *found = NULL;

	add_letters(&before, str_slice(m->visible, 0, from));
	add_letters(&letters, passage);
	what = buf_str(&letters);
	n = what.n ? count(buf_str(&m->seen), what, before.n, &which) : 0;
	if (n && which < n && count(stored, what, 0, &ignored) == n)
		found = nth(stored, what, which);
	if (found) {
		size_t i = (size_t)(found - stored.p);

		*start = with_head(m, m->at[i], passage);
		*stop = with_tail(m, m->behind[i + what.n - 1], tail_of(passage));
	}
	buf_release(&before);
	buf_release(&letters);
	return found != NULL;
}
