#ifndef IMPORT_MAILNAME_H
#define IMPORT_MAILNAME_H

#include "base/buf.h"
#include "base/str.h"

/*
 * Who wrote a message, and keeping addresses out of what readers see.  An address is
 * known in the forms that archives of lists give it: dana@acme.example,
 * "dana at acme.example", "dana(a)acme.example", "dana [at] acme.example".
 */

/*
 * Takes the value of a From field apart: "Dana Reyes <dana@acme.example>",
 * "dana@acme.example (Dana Reyes)", or an address alone.  Appends the address in lower
 * case and with an @, and the name without quotes, still encoded (RFC 2047).  What is
 * no address is a name.
 */
void mailname_split(struct str from, struct buf *address, struct buf *name);
/*
 * Appends a text without addresses: one in brackets goes with them, of another one the
 * part before the @ stays.
 */
void mailname_add_hidden(struct buf *out, struct str text);
/*
 * Appends a text in which "dana at acme.example" is "dana (at) acme.example", which is
 * no word of English.
 */
void mailname_add_marked(struct buf *out, struct str text);
/* Without blanks and quotes around it. */
struct str mailname_unquoted(struct str name);

#endif
