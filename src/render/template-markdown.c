/*
 * Markdown with tags to HTML with tags.  Each tag goes through cmark as a word
 * that cannot occur in the source, since it is made from the source's hash;
 * one that stands alone on its line goes as an HTML comment, which is a block
 * of its own and ends a paragraph.  A section whose body is one list gets the
 * list's own tags moved outside.  What HTML means is template-context.c's.
 */
#include "template-impl.h"

#include "base/mem.h"
#include "base/sha256.h"
#include "text/markdown.h"
#include "text/mdlimits.h"

#include <stdlib.h>

/* 'x', 16 hex digits of the hash, 8 of the tag's index: letters and digits
 * only, so that Markdown, HTML and URLs leave it alone. */
enum { PREFIX = 17, WORD = PREFIX + 8 };

static void make_prefix(struct str source, char prefix[PREFIX + 1])
{
	unsigned char digest[SHA256_SIZE];

	sha256_of(source, digest);
	prefix[0] = 'x';
	sha256_hex(digest, (PREFIX - 1) / 2, prefix + 1);
}

/* What cmark gets to read. */
static void write_words(const struct template *t, const struct pieces *pieces,
			const char *prefix, struct buf *out)
{
	for (size_t i = 0; i < pieces->n; i++) {
		const struct piece *piece = &pieces->items[i];

		if (piece->tag == TAG_NONE) {
			buf_addstr(out, piece->text);
		} else if (t->tags[piece->tag].alone) {
			buf_addstr(out, t->tags[piece->tag].indent);
			buf_addf(out, "<!--%s%08zx-->\n", prefix, piece->tag);
		} else {
			buf_addf(out, "%s%08zx", prefix, piece->tag);
		}
	}
}

/* The eight digits behind the prefix, or TAG_NONE. */
static size_t read_index(struct str digits)
{
	size_t index = 0;

	for (size_t i = 0; i < 8; i++) {
		char c = i < digits.n ? digits.p[i] : '?';

		if (c >= '0' && c <= '9')
			index = index * 16 + (size_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			index = index * 16 + (size_t)(c - 'a') + 10;
		else
			return TAG_NONE;
	}
	return index;
}

/* Widens [*from, *to) by what write_words() put around the word of a tag that
 * stands alone; in code it has become text. */
static void take_comment(struct str html, size_t *from, size_t *to)
{
	static const struct {
		struct str before, after;
	} forms[] = { { { "<!--", 4 }, { "-->", 3 } },
		      { { "&lt;!--", 7 }, { "--&gt;", 6 } } };

	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		struct str before = str_slice(html, 0, *from);
		struct str after = str_slice(html, *to, html.n);

		if (!str_ends(before, forms[i].before) ||
		    !str_starts(after, forms[i].after))
			continue;
		*from -= forms[i].before.n;
		*to += forms[i].after.n;
		*to += *to < html.n && html.p[*to] == '\n';
		return;
	}
}

static void read_words(const struct template *t, const char *prefix, struct pieces *out)
{
	struct str html = buf_str(&t->html);
	struct str needle = str_of(prefix);
	size_t literal = 0, at = 0;

	for (;;) {
		size_t from = at + str_find(str_slice(html, at, html.n), needle);
		size_t to = from + WORD;
		size_t tag = read_index(str_slice(html, from + PREFIX, html.n));

		if (from == html.n)
			break;
		if (tag >= t->tags_n) {
			at = from + PREFIX;
			continue;
		}
		if (t->tags[tag].alone)
			take_comment(html, &from, &to);
		if (from > literal)
			pieces_add(out, (struct piece){ .tag = TAG_NONE,
				   .text = str_slice(html, literal, from) });
		pieces_add(out, (struct piece){ .tag = tag });
		literal = at = to;
	}
	if (literal < html.n)
		pieces_add(out, (struct piece){ .tag = TAG_NONE,
			   .text = str_slice(html, literal, html.n) });
}

/* Markdown keeps nothing of a link definition that no link uses. */
static void find_lost(struct compile *c, const struct pieces *pieces)
{
	struct template *t = c->t;
	bool *seen = xcalloc(t->tags_n, sizeof(*seen));

	for (size_t i = 0; i < pieces->n; i++)
		if (pieces->items[i].tag != TAG_NONE)
			seen[pieces->items[i].tag] = true;
	for (size_t i = 0; i < t->tags_n && !compile_over(c); i++)
		if (!seen[i])
			compile_mistake(c, DIAG_TAG_LOST, tag_place(&t->tags[i]),
					"Markdown leaves out what stands here");
	free(seen);
}

/* <ul>, or <ol> with whatever cmark gave it: its length with the line end, or 0. */
static size_t list_head(struct str s, struct str *tail)
{
	size_t n = str_index(s, '\n');

	if (str_starts(s, STR("<ul>\n")))
		*tail = STR("</ul>\n");
	else if (str_starts(s, STR("<ol>\n")) || str_starts(s, STR("<ol start=\"")))
		*tail = STR("</ol>\n");
	else
		return 0;
	return n < s.n ? n + 1 : 0;
}

/* +1 where a list begins, -1 where one ends; s begins with '<'. */
static int list_step(struct str s)
{
	if (str_starts(s, STR("<ul>")) || str_starts(s, STR("<ol>")) ||
	    str_starts(s, STR("<ol ")))
		return 1;
	return str_starts(s, STR("</ul>")) || str_starts(s, STR("</ol>")) ? -1 : 0;
}

/* Whether the list that begins the pieces [first, last) ends where they do. */
static bool list_fills(const struct pieces *p, size_t first, size_t last)
{
	long depth = 0;

	for (size_t i = first; i < last; i++) {
		struct str rest = p->items[i].text;

		for (;;) {
			rest = str_slice(rest, str_index(rest, '<'), rest.n);
			if (!rest.n)
				break;
			depth += list_step(rest);
			if (depth == 0)
				return i + 1 == last && rest.n == strlen("</ul>\n");
			rest = str_slice(rest, 1, rest.n);
		}
	}
	return false;
}

/* How much of a literal piece moves out of the section that it begins or ends. */
struct cut {
	size_t head, tail;
};

/* A section (pieces from open to close) whose body is one list of Markdown's;
 * a list in HTML was written to be repeated as a whole. */
static void cut_list(const struct template *t, const struct pieces *p, size_t open,
		     size_t close, struct cut *cuts)
{
	const struct tag *tag = &t->tags[p->items[open].tag];
	struct str body = source_text(&t->source), tail;
	size_t head;

	if (tag->kind != TAG_SECTION || !tag->alone || close - open < 2)
		return;
	body = str_trim(str_slice(body, tag->at + tag->n, body.n));
	head = list_head(p->items[open + 1].text, &tail);
	if (!head || str_starts(body, STR("<")) ||
	    !str_ends(p->items[close - 1].text, tail) || !list_fills(p, open + 1, close))
		return;
	cuts[open + 1].head = head;
	cuts[close - 1].tail = tail.n;
}

static void add_text(struct pieces *out, struct str text)
{
	if (text.n)
		pieces_add(out, (struct piece){ .text = text, .tag = TAG_NONE });
}

/* {{#a}}<ul> items </ul>{{/a}} becomes (if any a)<ul>{{#a}} items {{/a}}</ul>(end). */
static void move_lists(struct pieces *p, const struct cut *cuts)
{
	struct pieces out = { 0 };

	for (size_t i = 0; i < p->n; i++) {
		struct piece piece = p->items[i], if_any = piece;
		size_t head = i + 1 < p->n ? cuts[i + 1].head : 0;
		size_t tail = i > 0 ? cuts[i - 1].tail : 0;

		if_any.if_any = true;
		if (piece.tag == TAG_NONE) {
			add_text(&out, str_slice(piece.text, cuts[i].head,
						 piece.text.n - cuts[i].tail));
			continue;
		}
		if (head) {
			pieces_add(&out, if_any);
			add_text(&out, str_slice(p->items[i + 1].text, 0, head));
		}
		pieces_add(&out, piece);
		if (tail) {
			struct str text = p->items[i - 1].text;

			add_text(&out, str_slice(text, text.n - tail, text.n));
			pieces_add(&out, if_any);
		}
	}
	pieces_release(p);
	*p = out;
}

static void find_lists(const struct template *t, struct pieces *p)
{
	struct cut *cuts = xcalloc(p->n + 1, sizeof(*cuts));
	size_t *opened = xcalloc(t->tags_n, sizeof(*opened)); /* by tag: its piece + 1 */

	for (size_t i = 0; i < p->n; i++) {
		size_t tag = p->items[i].tag;

		if (tag == TAG_NONE)
			continue;
		opened[tag] = i + 1;
		if (t->tags[tag].kind == TAG_CLOSE && opened[t->tags[tag].partner])
			cut_list(t, p, opened[t->tags[tag].partner] - 1, i, cuts);
	}
	move_lists(p, cuts);
	free(opened);
	free(cuts);
}

int template_markdown(struct compile *c, struct pieces *pieces)
{
	struct template *t = c->t;
	const char *limit = markdown_limits(source_text(&t->source));
	struct buf text = BUF_INIT;
	char prefix[PREFIX + 1];

	if (limit)
		return compile_mistake(c, DIAG_TOO_LARGE, place_file(t->source.path),
				       "more %s than Markdown can be read with", limit);
	make_prefix(source_text(&t->source), prefix);
	write_words(t, pieces, prefix, &text);
	markdown_page(buf_str(&text), &t->html);
	buf_release(&text);
	pieces_release(pieces);
	read_words(t, prefix, pieces);
	find_lost(c, pieces);
	if (c->mistakes)
		return -1;
	find_lists(t, pieces);
	return 0;
}
