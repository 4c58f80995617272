#ifndef IMPORT_CHARSET_H
#define IMPORT_CHARSET_H

#include "base/buf.h"
#include "base/str.h"

/*
 * Appends bytes, said to be in a charset, as UTF-8; what is none there becomes
 * U+FFFD.  Labels are not believed where they are known to be wrong, as browsers do
 * (WHATWG, Encoding): Latin 1 and ASCII are windows-1252, GB 2312 is GB 18030, and so
 * on; and text without a label, with an unknown one or one of those two that is valid
 * UTF-8 is UTF-8.  The label may be absent.
 */
void charset_add(struct buf *out, struct str label, struct str bytes);

#endif
