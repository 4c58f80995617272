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

static bool stands_in_visible(enum body_format format, struct str body, struct str quote)
{
	struct arena arena = ARENA_INIT;
	struct buf visible = BUF_INIT, text = BUF_INIT, wanted = BUF_INIT;
	struct body_tree tree;
	bool found;

	body_read(&arena, format, body, &tree);
	body_visible(&tree, VISIBLE_NO_QUOTES, &visible);
	fold_blanks(&text, buf_str(&visible));
	fold_blanks(&wanted, quote);
	found = wanted.n && str_find(buf_str(&text), buf_str(&wanted)) < text.n;
	buf_release(&wanted);
	buf_release(&text);
	buf_release(&visible);
	arena_release(&arena);
	return found;
}

bool quote_stands(enum body_format format, struct str body, struct str quote)
{
	if (!str_trim(quote).n)
		return false;
	return str_find(body, quote) < body.n || stands_in_visible(format, body, quote);
}
