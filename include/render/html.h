#ifndef RENDER_HTML_H
#define RENDER_HTML_H

#include "base/buf.h"
#include "base/str.h"

#include <stdbool.h>

/*
 * Writers named by the context that the text lands in.  All take valid UTF-8;
 * bytes that aren't come out as U+FFFD.
 */
/* Text or a double-quoted attribute: & < > " ' ` as references, C0 controls
 * but tab, LF and CR left out. */
void html_text(struct buf *out, struct str s);
/* The same, and line ends and tabs as references. */
void html_attr(struct buf *out, struct str s);
/* A path segment of a URL: everything but unreserved characters percent-encoded. */
void url_segment(struct buf *out, struct str s);
/* XML text and attributes (feeds, sitemap): & < > " ' escaped, characters that
 * XML 1.0 doesn't allow left out. */
void xml_text(struct buf *out, struct str s);

/*
 * The URL if it is safe to link to, cleaned: http, https or mailto after
 * removal of controls and blanks; relative ones, fragments too, resolved against
 * base (absent: dropped); never //, \\, data:, nor user@host, which shows one
 * host and leads to another.  False when there is nothing to link to.
 */
bool url_safe(struct str url, struct str base, struct buf *out);
/*
 * The file that `wget --force-directories` makes of what is at a URL that
 * url_safe() let through: "HOST/PATH?QUERY", the host in lower case, percent
 * escapes decoded but for '/' and control bytes.  May hold "." and ".." as parts.
 * False for what isn't on the web.
 */
bool url_file(struct str url, struct buf *out);

#endif
