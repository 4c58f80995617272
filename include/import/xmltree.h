#ifndef IMPORT_XMLTREE_H
#define IMPORT_XMLTREE_H

#include "base/arena.h"
#include "import/xmlstream.h"

#include <stdint.h>

/*
 * XML records, one at a time: each element of certain names comes as a small tree, and
 * above it what the file said around the records until then (a feed's own title, say).
 * Memory is what surrounds the records, and one of them.
 *
 * A name is written with a prefix that the caller gives its namespace, whatever prefix
 * the file uses: "atom:entry".  Names in none, and in those whose prefix is "", stand
 * alone: "item".  Names in other namespaces begin with "?:".
 */
struct xmlspace {
	const char *prefix;
	const char *uri; /* several may share a prefix */
};

struct xmlnode {
	struct str name;  /* absent: text */
	struct str local; /* the name behind the prefix */
	struct str text;  /* of a text */
	const struct xmlattr *attrs; /* names like those of elements; no space */
	size_t attrs_n;
	struct xmlnode *first, *last, *next; /* children in order; sibling */
	struct xmlnode *up;                  /* NULL for the root */
	int depth;                           /* the root's is 1 */
	unsigned long line;
};

struct xmlrecord {
	const struct xmlnode *node;
	struct place where;  /* its first line */
	struct arena *arena; /* of this record */
};

enum {
	XMLTREE_RECORD_MB = 64, /* of memory */
	XMLTREE_AROUND_MB = 16, /* of what surrounds the records */
	XMLTREE_DEPTH = 100
};

struct xmltree {
	const struct xmlspace *spaces;  /* ends with a NULL prefix */
	const char *const *roots;       /* NULL-terminated; a record may be one */
	const char *const *records;     /* NULL-terminated */
	const char *wanted;             /* "a feed": for what has no such root */
	bool recover;                   /* as of struct xmlstream */
	/* The record is valid during the call.  0 to go on; -1 (with a diagnostic) stops. */
	int (*fn)(void *ctx, const struct xmlrecord *record);
	void *ctx;
	uint64_t cut; /* out: records without an end, left out under recover */
};

/* The encoding that the file declares counts.  0, or -1 with diagnostics. */
int xmltree_read(struct xmltree *how, const char *path, struct diags *diags);

/* The first tag of a file that begins with head, without its brackets: "rss version='2.0'";
 * absent when it isn't XML. */
struct str xmltree_root(struct str head);

/* The first child of that name, or NULL; also for no node. */
const struct xmlnode *xmlnode_child(const struct xmlnode *node, const char *name);
/* The next sibling of the same name, or NULL. */
const struct xmlnode *xmlnode_again(const struct xmlnode *node);
/* Absent where there is none. */
struct str xmlnode_attr(const struct xmlnode *node, const char *name);
/* All text in the node, in order, without blanks at the ends; absent for no node. */
struct str xmlnode_text(struct arena *arena, const struct xmlnode *node);
/* The same of the first child that is there of those named; names end with NULL. */
struct str xmlnode_first(struct arena *arena, const struct xmlnode *node,
			 const char *const *names);

#endif
