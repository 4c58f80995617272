/* Words and sentences of a text, past the markup that stands between them. */
#include "text/words.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "text/htmltoken.h"

#include <stdlib.h>

enum { TARGET_MAX = 2048, REFERENCE_MAX = 12 };

void words_init(struct words *w, struct str text)
{
	*w = (struct words){ .text = text, .broken = true };
}

/* Elements between which a sentence doesn't go on. */
static bool is_block(struct str name)
{
	static const char *const blocks[] = {
		"p", "div", "li", "br", "blockquote", "aside", "h1", "h2", "h3", "h4", "h5",
		"h6", "tr", "td", "th", "pre", "ul", "ol", "hr", "header", "dt", "dd",
	};

	for (size_t i = 0; i < ARRAY_LEN(blocks); i++)
		if (str_ieq(name, str_of(blocks[i])))
			return true;
	return false;
}

/* Behind the tag or comment at `at`, or `at` where none is closed. */
static const char *skip_tag(struct words *w, const char *at, const char *end)
{
	const char *name = at + 1, *to;

	if (w->no_tags || end - at < 3)
		return at;
	if (str_starts(str_make(at, (size_t)(end - at)), STR("<!--"))) {
		to = html_comment_end(at + 4, end);
	} else {
		name += *name == '/';
		if (name == end || !html_letter(*name))
			return at;
		to = html_tag_end(str_end(html_name(name, end)), end, NULL);
		w->broken |= is_block(html_name(name, end));
	}
	/* Once is enough: who looks again at every '<' looks for ever. */
	w->no_tags = !to;
	return to ? to : at;
}

static const char *skip_target(const char *at, const char *end)
{
	const char *p = at + 2;

	if (end - at > TARGET_MAX)
		end = at + TARGET_MAX;
	while (p < end && *p != ')' && *p != '\n')
		p++;
	return p < end && *p == ')' ? p + 1 : at;
}

static const char *skip_reference(const char *at, const char *end)
{
	const char *p = at + 1;

	if (end - at > REFERENCE_MAX)
		end = at + REFERENCE_MAX;
	while (p < end && (html_letter(*p) || (*p >= '0' && *p <= '9') || *p == '#'))
		p++;
	return p < end && *p == ';' ? p + 1 : at;
}

/* Behind a line feed: whether the line that begins there is an empty one, marks of a
 * quotation aside. */
static bool empty_line(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '>'))
		at++;
	return at == end || *at == '\n';
}

/* "2.5", "example.org" */
static bool goes_on(char c)
{
	return html_letter(c) || (c >= '0' && c <= '9') || c & 0x80;
}

/* Moves over what is no word; what ends a sentence is noted. */
static const char *skip_rest(struct words *w, const char *at, const char *end)
{
	const char *to = at, *next = at;
	uint32_t c;

	if (*at == '<')
		to = skip_tag(w, at, end);
	else if (*at == ']' && end - at > 1 && at[1] == '(')
		to = skip_target(at, end);
	else if (*at == '&')
		to = skip_reference(at, end);
	if (to > at)
		return to;
	c = utf8_next(&next, end);
	if (c == '\n')
		w->broken |= empty_line(next, end);
	else if (c < 0x80 && c && strchr(".!?:;", (int)c))
		w->broken |= next == end || !goes_on(*next);
	w->colon |= c == ':' && (next == end || strchr("\r\n<*_", *next));
	return next;
}

/* Behind the word at `at`, `at` where there is none; appended to out, folded. */
static const char *take_word(const char *at, const char *end, struct buf *out)
{
	for (const char *next = at; at < end; at = next) {
		uint32_t c = utf8_next(&next, end);

		if (c == UTF8_BAD || !utf8_wordlike(c))
			break;
		utf8_add(out, utf8_fold(c));
	}
	return at;
}

bool words_next(struct words *w, struct buf *out, bool *begins)
{
	const char *at = w->text.p + w->at, *end = str_end(w->text);

	w->colon = false;
	while (w->text.n && at < end) {
		const char *to = take_word(at, end, out);

		if (to > at) {
			*begins = w->broken;
			w->broken = false;
			w->at = (size_t)(to - w->text.p);
			return true;
		}
		at = skip_rest(w, at, end);
	}
	w->at = w->text.n;
	return false;
}

void sentence_release(struct sentence *s)
{
	buf_release(&s->words);
	free(s->ends);
	*s = (struct sentence){ .words = BUF_INIT };
}

bool sentence_next(struct words *w, struct sentence *s)
{
	struct words before = *w;
	size_t start = 0;
	bool begins;

	buf_reset(&s->words);
	s->n = 0;
	while (words_next(w, &s->words, &begins)) {
		if (begins && s->n) {
			/* It is the next one's. */
			buf_cut(&s->words, start - 1);
			s->announces = w->colon;
			*w = before;
			w->broken = true;
			return true;
		}
		GROW(s->ends, s->n, s->cap);
		s->ends[s->n++] = s->words.n;
		buf_addc(&s->words, ' ');
		start = s->words.n;
		before = *w;
	}
	s->announces = w->colon;
	if (s->n)
		buf_cut(&s->words, s->words.n - 1);
	return s->n > 0;
}

struct str sentence_part(const struct sentence *s, size_t from, size_t n)
{
	return str_slice(buf_str(&s->words), from ? s->ends[from - 1] + 1 : 0,
			 s->ends[from + n - 1]);
}
