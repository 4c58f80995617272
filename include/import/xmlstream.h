#ifndef IMPORT_XMLSTREAM_H
#define IMPORT_XMLSTREAM_H

#include "base/diag.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * XML of any size as events: what begins, what ends, the text between.  Strict where
 * strangers could profit: no DOCTYPE, hence no entities but XML's five; nothing loaded
 * from elsewhere; a value at most 10 MB, 256 levels (libxml2's limits).
 * What stands on it: xmlrows.h (table dumps) and xmltree.h (records).
 */
struct xmlattr {
	struct str space; /* its namespace; absent: none */
	struct str name;  /* local */
	struct str value; /* valid UTF-8 without NUL, like all that is given */
};

/* Namespaces are URIs; one that a prefix without a declaration stands for is told by
 * that prefix. */
struct xmlelement {
	struct str space, name;
	const struct xmlattr *attrs; /* in the order of the file */
	size_t attrs_n;
};

/* All is valid during the call.  0 to go on, -1 (with a diagnostic) stops.  A text
 * comes in several pieces. */
struct xmlevents {
	int (*start)(void *ctx, const struct xmlelement *e, struct place where);
	int (*end)(void *ctx);
	int (*text)(void *ctx, struct str text, struct place where);
};

struct xmlstream {
	const struct xmlevents *events;
	void *ctx;
	/* The encoding that the file declares counts; else it is UTF-8, whatever it
	 * declares. */
	bool declared;
	/* What isn't well-formed is a warning for the file, and the reading goes on with
	 * what libxml2 makes of it: ends may be missing or be those of other elements. */
	bool recover;
	unsigned long breaches; /* out: against well-formedness, so far */
};

/* Any breach, unless it recovers, ends the reading with an error that names file and
 * line.  0, or -1 with diagnostics. */
int xmlstream_read(struct xmlstream *how, const char *path, struct diags *diags);

#endif
