#ifndef BASE_OPTS_H
#define BASE_OPTS_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct diags;

/*
 * Command-line options by rows: parsing, --help and shell completions come
 * from the same rows.  Long options take "--name value" or "--name=value";
 * a prefix isn't enough; "--" ends options; an unknown one gets a suggestion.
 */
enum opt_type {
	OPT_FLAG,  /* bool, set to true */
	OPT_COUNT, /* int, plus one each time */
	OPT_STR,   /* const char * into argv; the last one stands */
	OPT_INT,   /* int64_t within min..max */
	OPT_ENUM,  /* int, the index in names */
	OPT_TIME,  /* int64_t: RFC 3339 or epoch seconds */
};

struct opt {
	const char *name; /* long, without dashes */
	char letter;      /* short, or 0 */
	enum opt_type type;
	size_t offset;    /* in the struct that the rows fill */
	const char *arg;  /* the value's name in help: "DIR" */
	const char *help; /* one line, lower case, no full stop */
	int64_t min, max;
	const char *const *names; /* OPT_ENUM: NULL-terminated */
};

/* All but flags and counts do. */
bool opt_takes_value(const struct opt *row);

/* Rows (ended by a row without name) and the struct that they fill. */
struct opt_group {
	const struct opt *rows;
	void *out;
};

/*
 * The index of the first word that is neither an option of the groups nor the
 * value of one: the command's name behind the global flags.  argc when there
 * is none.  Says nothing about mistakes; opts_parse() does.
 */
int opts_operand(int argc, char **argv, const struct opt_group *groups, size_t n);
/*
 * Takes the options of the groups out of argv (argc words, argv[0] included
 * and kept) and leaves the operands in order behind argv[0]; *argc is updated.
 * 0, or -1 with usage diagnostics.
 */
int opts_parse(int *argc, char **argv, const struct opt_group *groups, size_t n,
	       struct diags *diags);
/* The option lines of a help text: "  -C, --dir DIR   run there". */
struct buf;
void opts_help(struct buf *out, const struct opt *rows);

#endif
