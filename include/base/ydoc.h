#ifndef BASE_YDOC_H
#define BASE_YDOC_H

#include "base/arena.h"
#include "base/source.h"

#include <stdbool.h>

/*
 * A YAML document as a tree with positions.  Strict: one document, UTF-8, at
 * most 1 MB and 64 levels, no anchors, aliases, tags, merge keys, duplicate
 * or non-scalar keys; each is a diagnostic at its place, and all
 * of them are reported where the parser can go on.
 */
enum ykind { Y_SCALAR, Y_LIST, Y_MAP };

struct ynode {
	enum ykind kind;
	bool quoted;              /* scalar written in quotes or as a block */
	struct str text;          /* scalar: its value; in the doc's arena */
	size_t at, n;             /* bytes of the node in the source, with quotes
				   * and brackets; n 0: nothing was written */
	const struct ynode *key;  /* in a map: the key's node, else NULL */
	struct ynode *next;       /* the next item or entry */
	struct ynode *first;      /* list: first item; map: first entry's value */
	size_t count;             /* items or entries */
};

struct ydoc {
	const struct source *source; /* borrowed; outlives the doc */
	struct arena arena;          /* owns the nodes */
	struct ynode *root;          /* NULL for an empty document */
};

/* 0, or -1 with diagnostics; release in both cases. */
int ydoc_parse(struct ydoc *doc, const struct source *source, struct diags *diags);
/* The same for n bytes of the source from at on: front matter. */
int ydoc_parse_part(struct ydoc *doc, const struct source *source, size_t at, size_t n,
		    struct diags *diags);
void ydoc_release(struct ydoc *doc);

/* The value under key in a map, or NULL. */
const struct ynode *ydoc_get(const struct ynode *map, const char *key);
/* An unquoted empty scalar, ~ or null. */
bool ydoc_is_null(const struct ynode *node);
/* "a list", "a mapping", "text", "nothing": for messages. */
const char *ydoc_kind_name(const struct ynode *node);

#endif
