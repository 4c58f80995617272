#ifndef IMPORT_FEEDTEXT_H
#define IMPORT_FEEDTEXT_H

#include "base/arena.h"
#include "base/buf.h"
#include "import/xmltree.h"

/*
 * Texts of feeds: markup, addresses, names.  What is returned is in the arena or in
 * the tree.
 */

/* The xml:base that holds for the node (RFC 3986, section 5.1); absent without one. */
struct str feed_base(struct arena *arena, const struct xmlnode *node);
/* The address on the web that is meant by s, resolved against base; absent when that
 * is none. */
struct str feed_address(struct arena *arena, struct str s, struct str base);

/* Appends HTML with the addresses of its links and images resolved against base. */
void feed_html(struct buf *out, struct str html, struct str base);
/* Appends what the node holds, XHTML, as HTML, with its addresses resolved against
 * the xml:base of each element. */
void feed_xhtml(struct buf *out, const struct xmlnode *node, struct arena *arena);

/* Text with HTML's references in it, as one line of characters: for titles, which
 * many feeds escape twice. */
struct str feed_line(struct arena *arena, struct str text);
/* HTML as one line of what a reader sees. */
struct str feed_line_of_html(struct arena *arena, struct str html);
/* A person's name without a mail address: of "dana@acme.example (Dana Reyes)" the name,
 * of an address alone what stands before the '@'.  Absent when nothing is left. */
struct str feed_name(struct arena *arena, struct str s);

/* "CC BY-SA 4.0" for the address of a Creative Commons licence, or for a text that
 * begins so; absent for all else, which may be no licence. */
struct str feed_licence(struct arena *arena, struct str s);

#endif
