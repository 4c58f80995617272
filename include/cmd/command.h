#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

#include "archive/archive.h"
#include "base/arena.h"
#include "base/diag.h"
#include "base/opts.h"
#include "select/config.h"
#include "select/select.h"

#include <stdbool.h>
#include <stdio.h>

/*
 * A command is one file with one const struct; candor.c's table names it.  The
 * runner parses options, provides what the command says it needs, prints the
 * diagnostics and turns them into the exit status.
 */

/* Flags that every command takes. */
struct global_options {
	const char *dir, *config, *archive, *rules, *theme, *output;
	int64_t now;
	int quiet, verbose, format, color;
	bool strict, help, version;
};

enum command_needs {
	NEEDS_CONFIG = 1,  /* run.config */
	NEEDS_RULES = 2,   /* run.rules, run.config */
	NEEDS_READ = 4,    /* run.archive, read-only */
	NEEDS_WRITE = 8,   /* run.archive, for writing */
	NEEDS_CREATE = 16, /* the same, made when absent */
	NEEDS_OUTPUT = 32  /* run.config.output, and the rest of it without --output */
};

/* Everything that a command works with; owned by the runner. */
struct run {
	struct global_options global;
	const struct command *command;
	void *options;           /* the command's own, filled by its rows */
	int argc;                /* operands */
	char **argv;
	struct config config;
	struct rules *rules;
	struct archive *archive;
	int64_t now;             /* the clock: --now, SOURCE_DATE_EPOCH, the system's */
	struct diags diags;
	struct arena arena;      /* what lives as long as the run */
	FILE *out;               /* results */
};

struct command {
	const char *name;
	const char *args;    /* "PRODUCT|THREAD" */
	const char *summary; /* one line, lower case */
	unsigned needs;
	int min_args, max_args; /* max -1: any number */
	const struct opt *opts; /* or NULL */
	size_t options_size;    /* of the struct that opts fill */
	/* Appends what its help says between summary and options; may be NULL. */
	void (*explain)(struct buf *out);
	/* Looks at the operands before anything is opened; may be NULL. */
	int (*check)(struct run *run);
	/* Both: 0, or -1 with diagnostics in run->diags. */
	int (*run)(struct run *run);
};

extern const struct opt global_opts[];
extern const struct command *const commands[]; /* NULL-terminated, in help's order */
const struct command *command_find(const char *name);

/* The help text of one command, or of the program for NULL. */
void command_help(FILE *out, const struct command *command);

/* For a command that goes on while files change: candor.yaml, by the name that the flags
 * give it, and the rules, as for NEEDS_RULES.  0, or -1 with all mistakes of both;
 * release config in both cases, free rules. */
const char *command_config(const struct run *run);
int command_load(const struct run *run, struct config *config, struct rules **rules,
		 struct diags *diags);
/* Prints them as the runner does in the end. */
void command_report(const struct run *run, const struct diags *diags);

/* The whole program: main() only calls this. */
int candor(int argc, char **argv);

#endif
