#ifndef TEXT_MDTABLE_H
#define TEXT_MDTABLE_H

#include "base/arena.h"
#include "base/buf.h"

/*
 * Tables in the source of a Markdown body, which a reader gets as they were
 * written.  A first parse tells where the paragraphs are, md_find_table() whether
 * one ends with a table; for a second, md_write_headings() puts a heading in place
 * of each table's lines, which ends a paragraph as a table does and takes none
 * of its text along.
 */
struct md_lines {
	struct str *p; /* in the arena: views of the body, without line ends */
	size_t n;
};

/* A paragraph's place: lines [first, end), the first line of the body being 0,
 * its text in the first of them behind `indent` bytes, in so many quotations. */
struct md_place {
	size_t first, end, indent, quotes;
};

struct md_table {
	struct md_table *next;
	struct md_place at;
	struct str text; /* in the arena; its lines without the markers around it */
	size_t heading;  /* line of what was put in its place */
};

struct md_lines md_split(struct arena *a, struct str body);
/* In the arena, or NULL. */
struct md_table *md_find_table(struct arena *a, const struct md_lines *lines,
			       const struct md_place *paragraph);
/* Appends the body and sets heading in each table; they stand in the order of
 * their lines. */
void md_write_headings(const struct md_lines *lines, struct md_table *tables,
		       struct buf *out);

#endif
