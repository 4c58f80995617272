#ifndef TEXT_MARKDOWN_H
#define TEXT_MARKDOWN_H

#include "base/buf.h"
#include "base/str.h"

/*
 * Appends the HTML of Markdown (CommonMark) that the site's own people wrote:
 * themes and content.  Raw HTML passes; posts never come here.
 */
void markdown_page(struct str text, struct buf *html);

#endif
