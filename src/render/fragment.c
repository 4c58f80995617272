/* A fragment's headings and its style sheet.  What it says is the theme's. */
#include "render/fragment.h"

#include "base/utf8.h"
#include "text/htmltoken.h"

/* The digit in the next "<h2" or "</h2" from at on, or NULL. */
static char *next_level(char *at, char *end)
{
	while ((at = memchr(at, '<', (size_t)(end - at)))) {
		at += 1 + (at[1] == '/');
		/* The byte at the end is NUL. */
		if ((at[0] == 'h' || at[0] == 'H') && at[1] >= '1' && at[1] <= '6' &&
		    (html_blank(at[2]) || at[2] == '>'))
			return at + 1;
	}
	return NULL;
}

void fragment_headings(struct buf *html, int level)
{
	char *end = html->p + html->n, *at = next_level(html->p, end);
	int shift = at ? level - (*at - '0') : 0;

	for (; at; at = next_level(at, end)) {
		int shifted = *at - '0' + shift;

		*at = (char)('0' + (shifted < level ? level : shifted > 6 ? 6 : shifted));
	}
}

void fragment_style(struct buf *out, struct str css)
{
	const char *at = css.p;

	buf_addlit(out, "<style>\n");
	while (at < str_end(css)) {
		const char *from = at;
		uint32_t c = utf8_next(&at, str_end(css));

		/* "</style" would end it, in a text and in a comment too. */
		if (c >= 0x80 || (c == '<' && at < str_end(css) && *at == '/'))
			buf_addf(out, "\\%x ", c == UTF8_BAD ? 0xfffd : c);
		else
			buf_add(out, from, (size_t)(at - from));
	}
	buf_addlit(out, "</style>\n");
}
