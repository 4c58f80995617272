/* Quotations as proof.  Uses body for the visible text. */
#include "text/quote.h"

/* Appends s with every run of blanks as one space, none at the ends. */
static void fold_blanks(struct buf *out, struct str s)
{
	s = str_trim(s);
	for (size_t i = 0; i < s.n; i++) {
		bool blank = s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\n' ||
			     s.p[i] == '\r' || s.p[i] == '\f';

		if (!blank)
			buf_addc(out, s.p[i]);
		else if (out->n && out->p[out->n - 1] != ' ')
			buf_addc(out, ' ');
	}
}

/* What a reader sees of a text outside quotations, blanks folded. */
static void read_visible(enum body_format format, struct str text, struct buf *out)
{
	struct arena arena = ARENA_INIT;
	struct buf visible = BUF_INIT;
	struct body_tree tree;

	body_read(&arena, format, text, &tree);
	body_visible(&tree, VISIBLE_NO_QUOTES, &visible);
	fold_blanks(out, buf_str(&visible));
	buf_release(&visible);
	arena_release(&arena);
}

static bool within(const struct buf *text, const struct buf *part)
{
	return part->n && str_find(buf_str(text), buf_str(part)) < text->n;
}

bool quote_stands(enum body_format format, struct str body, struct str quote)
{
	struct buf text = BUF_INIT, plain = BUF_INIT, marked_up = BUF_INIT;
	bool found;

	read_visible(format, body, &text);
	fold_blanks(&plain, quote);
	found = within(&text, &plain);
	if (!found) {
		read_visible(format, quote, &marked_up);
		found = within(&text, &marked_up);
	}
	buf_release(&marked_up);
	buf_release(&plain);
	buf_release(&text);
	return found;
}

struct str quote_text(struct arena *a, enum body_format format, struct str part)
{
	struct buf text = BUF_INIT;

	read_visible(format, part, &text);
	return buf_to_arena(&text, a);
}
