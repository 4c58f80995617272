/* Trusted Markdown to HTML, by cmark.  Knows nothing of templates. */
#include "text/markdown.h"

#include "base/mem.h"

#include <cmark.h>
#include <stdlib.h>

void markdown_page(struct str text, struct buf *html)
{
	char *s = cmark_markdown_to_html(text.p, text.n,
					 CMARK_OPT_UNSAFE | CMARK_OPT_VALIDATE_UTF8);

	if (!s)
		die("out of memory in cmark");
	buf_adds(html, s);
	free(s);
}
